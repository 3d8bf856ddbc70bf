"""The staff's first page: what is due for the office in use, most urgent first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import office_of, signed_in
from shailoo.desk.duties import duties
from shailoo.elections.clock import now
from shailoo.elections.queries import featured


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """For a TEC operator or chairperson at 03:00: what waits for me, how much of it, until when, by which norm."""
    office = office_of(request)
    if office is None:
        return redirect("accounts:offices")
    voting = featured()
    found = duties(office, voting) if voting else []
    context = {
        "office": office,
        "voting": voting,
        "election": voting.election if voting else None,
        "duties": found,
        "now": now(voting.election) if voting else None,
        "may_read_results": Role(office.role) in MAY["results.read"],
    }
    return render(request, "desk/home.html", context)
