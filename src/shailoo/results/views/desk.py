"""What every page of this department starts from: the voting, the office that acts, the clock, and names by code."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import office_of, require_election
from shailoo.commissions.models import Commission
from shailoo.elections import clock
from shailoo.elections import queries as elections
from shailoo.elections.models import Voting
from shailoo.law.outcome import Refused
from shailoo.results import words
from shailoo.results.forms import ActForm
from shailoo.results.tabulation import OptionRow, Row, Tabulation


def voting_or_404(request: HttpRequest) -> Voting:
    """The voting that the desk is at work on; 403 for an office of another election."""
    voting = elections.featured()
    if voting is None:
        raise Http404("no voting")
    require_election(request, voting.election.slug)
    return voting


def acting(request: HttpRequest) -> Office:
    """The office in use; the access rule of the view has let nobody else in."""
    office = office_of(request)
    if office is None:
        raise Http404("no office")
    return office


def scene(request: HttpRequest, voting: Voting) -> dict[str, object]:
    """What every page here shows: the election, and which acts the office in use is offered."""
    role = Role(acting(request).role)
    return {
        "election": voting.election,
        "may": {act.removeprefix("results.") for act, roles in MAY.items() if role in roles},
        "may_ask": role in MAY["commissions.propose_item"],
    }


def now(voting: Voting) -> datetime:
    return clock.now(voting.election)


def own_tec(request: HttpRequest) -> Commission | None:
    """The TEC of the office in use; None for an office of the CEC."""
    return Commission.objects.filter(pk=acting(request).body_id, level=Commission.Level.TEC).first()


def names_of(tabulation: Tabulation) -> dict[str, str]:
    """Lists, regions and commissions by code, in the language of the page."""
    rows: tuple[OptionRow | Row, ...] = (*tabulation.options, *tabulation.regions, *tabulation.tecs)
    code = (get_language() or "ky")[:2]
    return {row.code: {"ru": row.name_ru, "en": row.name_en}.get(code) or row.name_ky for row in rows}


def refuse(form: ActForm, refused: Refused, tabulation: Tabulation) -> None:
    """Show a refusal on the form."""
    form.refuse(refused.findings, words.findings(refused.findings, names_of(tabulation)))
