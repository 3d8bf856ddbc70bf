"""The numbered publications, and making one (L37-1.1, L39, L64.8)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shailoo.accounts.web import rule
from shailoo.elections.models import Voting
from shailoo.law.outcome import Refused
from shailoo.results import actions, queries, words
from shailoo.results.forms import PublicationForm
from shailoo.results.models import Publication
from shailoo.results.views.desk import acting, now, refuse, scene, voting_or_404


@rule("results.read")
@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """For the CEC: every publication with its number, kind and hash, and the form for the next."""
    return _page(request, voting_or_404(request), PublicationForm(initial={"kind": Publication.Kind.PRELIMINARY}))


@rule("results.publish")
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Publish the present figures."""
    voting = voting_or_404(request)
    form = PublicationForm(request.POST)
    if form.is_valid():
        answer = actions.publish(voting, kind=form.wanted(), by=acting(request), at=now(voting))
        if not isinstance(answer, Refused):
            messages.success(request, _("Publication %(version)s is made.") % {"version": answer.version})
            return redirect("results:publications")
        refuse(form, answer, queries.tabulate(voting))
    return _page(request, voting, form, status=422)


def _page(request: HttpRequest, voting: Voting, form: PublicationForm, status: int = 200) -> HttpResponse:
    found = queries.publications(voting)
    return render(
        request,
        "results/publications.html",
        {
            **scene(request, voting),
            "form": form,
            "rows": [(each, words.KINDS[Publication.Kind(each.kind)]) for each in found],
        },
        status=status,
    )
