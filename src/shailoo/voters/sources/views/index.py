"""The beginning of the pages on sources: what each office does here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shailoo.accounts.web import acting, rule
from shailoo.voters.sources import places
from shailoo.voters.sources.views.request import voting_of


@rule(*places.ACTS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For whoever gives or receives data of voters beside the register: the way to one's own pages."""
    by = acting(request)
    context = {
        "election": voting_of(request).election,
        "addresses": places.may(by, *places.ADDRESSES),
        "missions": places.may(by, *places.MISSIONS),
        "institutions": places.may(by, *places.INSTITUTIONS),
    }
    return render(request, "voter_sources/index.html", context)
