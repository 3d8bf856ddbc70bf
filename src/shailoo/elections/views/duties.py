"""The calendar of an office: what is due, what is coming, and recording that something was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.models import Body
from shailoo.accounts.web import rule
from shailoo.commissions.models import Commission
from shailoo.elections import queries, words
from shailoo.elections.actions import fulfil
from shailoo.elections.agenda import Lateness, lateness, missing_below, of_office
from shailoo.elections.deadlines import Level, Standing, State
from shailoo.elections.forms import FulfilForm
from shailoo.elections.models import Deadline, Fulfilment, Voting
from shailoo.elections.views.scene import ASKED, acting, address, may, now, own, voting_of, voting_or_404
from shailoo.elections.whose import Whose, is_recorded_once, whose
from shailoo.law.calendar import local_day
from shailoo.law.outcome import NormId, Refused
from shailoo.wording import sentences

LATEST_RECORDS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One term in the words of the page."""

    standing: Standing
    title: str
    actors: str
    state: str
    colour: str
    href: str
    many: bool  # whether it binds many commissions below

    @property
    def deadline(self) -> Deadline:
        return self.standing.deadline

    @property
    def norms(self) -> list[NormId]:
        return words.cited_once(self.standing.norms)


@rule("elections.fulfil")
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """For a chairperson or secretary of any commission: what is due for us, until when, by which norm; what comes."""
    voting = voting_of(request)
    if voting is None:
        return render(request, "elections/none.html", {"may": may(request)})
    at, commission = now(voting), own(request)
    rows = [row_of(request, each, commission) for each in of_office(acting(request), voting, at)]
    pressing = [row for row in rows if row.standing.state in (State.LATE, State.DUE)]
    coming = [row for row in rows if row.standing.state is State.COMING and (row.deadline.last or row.deadline.first)]
    context = {
        "voting": voting,
        "election": voting.election,
        "now": at,
        "may": may(request),
        "counts": [
            (
                words.value("deadline_state", state),
                words.COLOURS[state],
                sum(row.standing.state is state for row in rows),
            )
            for state in (State.LATE, State.DUE)
        ],
        "groups": [group for group in _grouped(pressing, commission) if group[1]],
        "coming": coming,
        "others": _others(request, voting),
        "lateness": address(request, "lateness"),
    }
    return render(request, "elections/calendar.html", context)


@rule("elections.fulfil")
@require_http_methods(["GET", "HEAD", "POST"])
def term(request: HttpRequest, event: str) -> HttpResponse:
    """One term, who has not done what it asks, and the form to record that it was done, with its paper."""
    voting, commission = voting_or_404(request), own(request)
    at = now(voting)
    found = standing_or_404(request, voting, event, at)
    tec = _tec_of(request, found, commission)
    below = () if is_recorded_once(found, commission) else _missing(voting, found, tec)
    form = FulfilForm(
        request.POST or None,
        own=commission.body if is_recorded_once(found, commission) else None,
        below=below,
        today=local_day(at),
    )
    if request.method == "POST" and form.is_valid():
        answer = fulfil(voting, event, bodies=form.chosen(), note=form.note(), by=acting(request), at=at)
        if not isinstance(answer, Refused):
            number = len(answer)
            told = ngettext("Recorded for %(count)d commission.", "Recorded for %(count)d commissions.", number)
            messages.success(request, f"{words.title(event)}: {told % {'count': number}}")
            return redirect(address(request, "calendar"))
        form.refuse(answer)
    open_to = is_recorded_once(found, commission) and found.count.missing
    context = {
        "voting": voting,
        "election": voting.election,
        "now": at,
        "row": row_of(request, found, commission),
        "form": form,
        "records": bool(open_to or below) and not _not_begun(found, at),
        "not_begun": _not_begun(found, at),
        "tec": tec if below else None,
        "choose": _tecs(request, voting, found) if tec is None and _asks_for_tec(found, commission) else [],
        "summaries": [(norm, _summary(norm)) for norm in words.cited_once(found.norms)],
        "recorded": _recorded(voting, event, commission),
        "back": address(request, "calendar"),
    }
    return render(request, "elections/term.html", context, status=422 if request.method == "POST" else 200)


# ------------------------------------------------------------------------------------- terms


def standing_or_404(request: HttpRequest, voting: Voting, event: str, at: datetime) -> Standing:
    """Where a term that asks something of the office's commission, or of those below it, stands."""
    for each in of_office(acting(request), voting, at):
        if each.event.id == event and each.state is not State.NOT_APPLICABLE:
            return each
    raise Http404(event)


def row_of(request: HttpRequest, found: Standing, commission: Commission) -> Row:
    return Row(
        found,
        words.title(found.event.id),
        words.actors(found.event),
        words.state(found),
        words.COLOURS[found.state],
        address(request, "term", found.event.id),
        found.level is not Level.ONE and not is_recorded_once(found, commission),
    )


def _grouped(rows: Iterable[Row], commission: Commission) -> list[tuple[str, list[Row]]]:
    kept = list(rows)
    return [(each.value, [row for row in kept if whose(row.standing, commission) is each]) for each in Whose]


def _others(request: HttpRequest, voting: Voting) -> list[tuple[object, str]]:
    """The calendars of the other elections."""
    return [
        (each, address(request, "calendar", **{ASKED: each.slug}))
        for each in queries.called()
        if each.pk != voting.election_id
    ]


# ------------------------------------------------------------------------------------- who has not done it


def _asks_for_tec(found: Standing, commission: Commission) -> bool:
    return found.level is Level.PEC and commission.level == Commission.Level.CEC and bool(found.count.missing)


def _tec_of(request: HttpRequest, found: Standing, commission: Commission) -> Commission | None:
    """The TEC below which precinct commissions are chosen: its own, or for the CEC the one of the address."""
    if found.level is not Level.PEC or commission.level == Commission.Level.PEC:
        return None
    if commission.level == Commission.Level.TEC:
        return commission
    code = request.GET.get("tec", "")
    if not code:
        return None
    return tec_or_404(code)


def tec_or_404(code: str) -> Commission:
    found = Commission.objects.select_related("body").filter(level=Commission.Level.TEC)
    tec = found.filter(body__code=code).first() if code.isprintable() else None
    if tec is None:
        raise Http404(code)
    return tec


def _missing(voting: Voting, found: Standing, tec: Commission | None) -> tuple[Body, ...]:
    """The commissions below that have not done it: TECs, or the precinct commissions of one TEC."""
    if found.level is Level.TEC:
        return tuple(each.tec.body for each in lateness(voting, found.event.id) if each.count.missing)
    return missing_below(voting, found.event.id, tec) if tec is not None else ()


def _tecs(request: HttpRequest, voting: Voting, found: Standing) -> list[tuple[Lateness, str]]:
    """The TECs under which somebody has not done it, each with the address of its form."""
    return [
        (each, address(request, "term", found.event.id, tec=each.tec.body.code))
        for each in lateness(voting, found.event.id)
        if each.count.missing
    ]


def _not_begun(found: Standing, at: datetime) -> bool:
    return found.deadline.opens is not None and at < found.deadline.opens


def _summary(norm: NormId) -> str:
    """Our summary in Kyrgyz or Russian; the template has the English one."""
    return sentences.norm(norm, words.language()) if words.language() != "en" else ""


def _recorded(voting: Voting, event: str, commission: Commission) -> list[Fulfilment]:
    """The latest records of this commission and of those below it."""
    found = Fulfilment.objects.filter(voting=voting, event=event).select_related("body", "office__body")
    if commission.level == Commission.Level.PEC:
        found = found.filter(body=commission.pk)
    elif commission.level == Commission.Level.TEC:
        found = found.filter(body=commission.pk) | found.filter(body__superior=commission.pk)
    return list(found.order_by("-at", "-pk")[:LATEST_RECORDS])
