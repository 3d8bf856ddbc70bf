"""Commissions in public: who sits in each, where it is found, its departments and its working groups."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shailoo.commissions import queries, register, words
from shailoo.commissions.models import Commission
from shailoo.elections.models import Voting
from shailoo.portal.templatetags.figures import name as name_of
from shailoo.portal.views.answers import of_record


@of_record
def composition(request: HttpRequest, voting: Voting | None, code: str) -> HttpResponse:
    """For whoever has business with a commission: its members and their terms, its address, its departments."""
    del voting  # of every election
    found = commission_or_404(code)
    context = {
        "commission": found,
        "members": register.by_post(queries.members_of(found.body, timezone.now())),
        "contact": queries.contact_of(found),
        "divisions": register.divisions_of(found),
        "groups": register.groups_of(found),
        "superior": queries.superior(found),
        "results": found.level == Commission.Level.TEC,
        "trail": [(words.TITLES["commissions"], reverse("portal:commissions")), (name_of(found.body), "")],
    }
    return render(request, "commissions/public/composition.html", context)


def commission_or_404(code: str) -> Commission:
    """The commission whose body has that code; 404 where there is none."""
    found = queries.by_code(code)
    if found is None:
        raise Http404(code)
    return found
