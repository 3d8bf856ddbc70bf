"""Who is late: every term of the commissions below, one term by TEC, one TEC's precinct commissions; each as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shailoo.accounts.models import Body
from shailoo.accounts.web import rule
from shailoo.commissions.models import Commission
from shailoo.elections import words
from shailoo.elections.agenda import Lateness, lateness, missing_below, of_office
from shailoo.elections.deadlines import Level, Standing, State
from shailoo.elections.models import Voting
from shailoo.elections.views.duties import row_of, standing_or_404, tec_or_404
from shailoo.elections.views.scene import acting, address, as_csv, may, now, own, voting_of, voting_or_404

_COUNTS = ("expected", "done", "late", "missing")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of many commissions, what it is counted for, and its table by TEC."""

    voting: Voting
    standing: Standing
    tecs: tuple[Lateness, ...]


@rule("elections.read_lateness")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """For the CEC (a TEC: of its own): each term of TECs and PECs, how many have kept it, late, or not at all."""
    voting = voting_of(request)
    if voting is None:
        return render(request, "elections/none.html", {"may": may(request)})
    at, commission = now(voting), own(request)
    context = {
        "voting": voting,
        "election": voting.election,
        "now": at,
        "rows": [
            (row_of(request, each, commission), address(request, "lateness_of", each.event.id))
            for each in _terms(request, voting, at)
        ],
        "exports": [("CSV", address(request, "lateness_file"))],
        "back": address(request, "calendar"),
    }
    return render(request, "elections/lateness.html", context)


@rule("elections.read_lateness")
@require_safe
def overview_file(request: HttpRequest) -> HttpResponse:
    """The overview as CSV."""
    voting = voting_or_404(request)
    rows = (
        (each.event.id, words.title(each.event.id), each.level, each.deadline.last, each.state, *_counted(each))
        for each in _terms(request, voting, now(voting))
    )
    return as_csv("terms", voting, ("event", "title", "level", "last_day", "state", *_COUNTS), rows)


@rule("elections.read_lateness")
@require_safe
def by_tec(request: HttpRequest, event: str) -> HttpResponse:
    """One term by territorial commission, those with most missing first."""
    term = _term(request, event)
    context = {
        "voting": term.voting,
        "election": term.voting.election,
        "now": now(term.voting),
        "row": row_of(request, term.standing, own(request)),
        "rows": [(each, address(request, "missing", event, each.tec.body.code)) for each in term.tecs],
        "of_pecs": term.standing.level is Level.PEC,
        "exports": [("CSV", address(request, "lateness_of_file", event))],
        "back": address(request, "lateness"),
    }
    return render(request, "elections/lateness_term.html", context)


@rule("elections.read_lateness")
@require_safe
def by_tec_file(request: HttpRequest, event: str) -> HttpResponse:
    """One term by TEC as CSV."""
    term = _term(request, event)
    rows = ((each.tec.body.code, each.tec.body.name_ky, each.tec.body.name_ru, *_numbers(each)) for each in term.tecs)
    return as_csv(event, term.voting, ("tec", "name_ky", "name_ru", *_COUNTS), rows)


@rule("elections.read_lateness")
@require_safe
def by_pec(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The precinct commissions of one TEC that have not done it."""
    term, tec, missing = _below(request, event, code)
    context = {
        "voting": term.voting,
        "election": term.voting.election,
        "now": now(term.voting),
        "row": row_of(request, term.standing, own(request)),
        "tec": tec,
        "missing": missing,
        "count": next((each.count for each in term.tecs if each.tec.pk == tec.pk), None),
        "record": address(request, "term", event, tec=code) if missing and "fulfil" in may(request) else "",
        "exports": [("CSV", address(request, "missing_file", event, code))],
        "back": address(request, "lateness_of", event),
    }
    return render(request, "elections/lateness_tec.html", context)


@rule("elections.read_lateness")
@require_safe
def by_pec_file(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The precinct commissions of one TEC that have not done it, as CSV."""
    term, tec, missing = _below(request, event, code)
    rows = ((each.code, each.name_ky, each.name_ru, tec.body.code, event) for each in missing)
    return as_csv(f"{event}-{code}", term.voting, ("pec", "name_ky", "name_ru", "tec", "event"), rows)


# ------------------------------------------------------------------------------------- what they show


def _terms(request: HttpRequest, voting: Voting, at: datetime) -> list[Standing]:
    """Every term that binds TECs or PECs: what is late first; those of each paper only where something was done."""
    return [
        each
        for each in of_office(acting(request), voting, at)
        if each.level is not Level.ONE
        and each.state is not State.NOT_APPLICABLE
        and (each.deadline.last or each.deadline.first or each.count.done)
    ]


def _term(request: HttpRequest, event: str) -> Term:
    """One term with its table; a territorial commission sees its own row alone."""
    voting, commission = voting_or_404(request), own(request)
    standing = standing_or_404(request, voting, event, now(voting))
    if standing.level is Level.ONE:
        raise Http404(event)
    found = lateness(voting, event)
    if commission.level == Commission.Level.TEC:
        found = tuple(each for each in found if each.tec.pk == commission.pk)
    return Term(voting, standing, found)


def _below(request: HttpRequest, event: str, code: str) -> tuple[Term, Commission, tuple[Body, ...]]:
    """A term of precinct commissions, a TEC, and those below it that have not done it."""
    term, commission, tec = _term(request, event), own(request), tec_or_404(code)
    if term.standing.level is not Level.PEC:
        raise Http404(event)
    if commission.level == Commission.Level.TEC and tec.pk != commission.pk:
        raise PermissionDenied(code)
    return term, tec, missing_below(term.voting, event, tec)


def _counted(found: Standing) -> tuple[int, int, int, int]:
    return found.count.expected, found.count.done, found.count.late, found.count.missing


def _numbers(found: Lateness) -> tuple[int, int, int, int]:
    return found.count.expected, found.count.done, found.count.late, found.count.missing
