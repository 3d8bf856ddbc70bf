"""The state of the count: for TEC secretaries at night and for the CEC."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shailoo.accounts.web import rule
from shailoo.results import queries
from shailoo.results.views.desk import now, own_tec, scene, voting_or_404


@rule("results.read")
@require_safe
def tabulation(request: HttpRequest) -> HttpResponse:
    """Totals, completeness and what stands beside the totals, by region and TEC."""
    voting = voting_or_404(request)
    found = queries.tabulate(voting)
    options = [option for option in found.options if option.kind != "against_all"]
    return render(
        request,
        "results/tabulation.html",
        {
            **scene(request, voting),
            "tabulation": found,
            "as_of": now(voting) - (timezone.now() - found.as_of),  # on the election's own clock
            "national": found.national,
            "turnout": queries.turnout(found.national),
            "own_tec": own_tec(request),
            "votes": list(zip(options, found.national.votes, strict=True)),
        },
    )
