"""The public look-up: how a certificate stands, by its number alone and without a name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shailoo.accounts.web import public
from shailoo.documents.certificates import queries, scopes
from shailoo.documents.certificates.code import Reach, Scope
from shailoo.documents.certificates.models import Certificate
from shailoo.documents.certificates.views import words

LONGEST_NUMBER = 20


@public
@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """For a commission's member, a journalist, a voter: is the certificate of this number valid?"""
    asked = "".join(sign for sign in request.GET.get("number", "") if sign.isprintable()).strip()[:LONGEST_NUMBER]
    found = queries.by_number(asked) if asked else None
    context: dict[str, object] = {"asked": asked, "found": found}
    return render(request, "certificates/look_up.html", context | (facts(found) if found else {}))


def facts(certificate: Certificate) -> dict[str, object]:
    """How it stands now, with the colour of its tag, and its scope in words."""
    state, colour = words.STATES[queries.state_of(certificate, scopes.now(certificate.election))]
    scope = Scope(certificate.election, Reach(certificate.reach), certificate.place)
    return {
        "state": state,
        "colour": colour,
        "election_words": words.election(scope, certificate.names_of("election")),
        "place_words": words.place(scope, certificate.names_of("place")),
    }
