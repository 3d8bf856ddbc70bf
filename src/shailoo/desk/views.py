"""The staff's first page: what is due for the office in use, most urgent first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import office_of, signed_in
from shailoo.cooperation import words as cooperation
from shailoo.desk.duties import duties, in_order, of_commission, terms
from shailoo.elections.clock import now
from shailoo.elections.models import Voting
from shailoo.elections.queries import featured, next_voting
from shailoo.observation import places as observation
from shailoo.voters import rooms
from shailoo.voters import words as voters

MOST_TERMS = 10  # of the calendar; the rest is one link away


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """For a TEC operator or chairperson at 03:00: what waits for me, how much of it, until when, by which norm.

    What is counted is the voting that has a ballot; the calendar is that of the latest voting, which may have none yet.
    """
    office = office_of(request)
    if office is None:
        return redirect("accounts:offices")
    counted, kept = _of_office(office, featured()), _of_office(office, next_voting())
    at = now(kept.election) if kept else timezone.now()
    pressing = terms(office, kept, at) if kept else []
    found = in_order([*(duties(office, counted) if counted else []), *of_commission(office), *pressing[:MOST_TERMS]])
    acts = {act for act, roles in MAY.items() if Role(office.role) in roles}
    context = {
        "office": office,
        "voting": kept,
        "counted": counted if counted != kept else None,
        "election": kept.election if kept else None,
        "duties": found,
        "more": max(len(pressing) - MOST_TERMS, 0),
        "now": at,
        "may_count": "counting.read" in acts,
        "may_read_results": "results.read" in acts and counted is not None,
        "may_keep_calendar": "elections.fulfil" in acts,
        "may_record": "elections.record_moment" in acts,
        "may_read_sittings": "commissions.read" in acts,
        "may_draw": "lots.enter_seed" in acts,
        "cooperation": cooperation.PUBLIC if "cooperation.read" in acts else "",
        "observation": observation.open_to(office),
        "voter_rooms": rooms.places(office),
        "voters": voters.AT_THE_DESK if {"voters.read", "voters.deliver"} & acts else None,
        "may_issue_certificates": "documents.issue_certificate" in acts,
        "may_read_people": "accounts.read_people" in acts,
        "may_keep_keys": "accounts.revoke_key" in acts,
        "may_watch": "jobs.watch" in acts,
        "may_check": "ledger.read" in acts,
        "may_read_readings": "accounts.read_readings" in acts,
    }
    return render(request, "desk/home.html", context)


def _of_office(office: Office, voting: Voting | None) -> Voting | None:
    """The voting, unless the office was given for another election."""
    return voting if voting is not None and office.serves(voting.election.slug) else None
