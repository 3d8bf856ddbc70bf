"""What is due for an office, gathered from the departments; the desk itself knows no rule and no table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.counting.queries import due, progress
from shailoo.counting.states import Act, State
from shailoo.elections.models import Election, Voting
from shailoo.law.editions import Edition
from shailoo.results.queries.draft import draft
from shailoo.results.queries.tabulating import tabulate
from shailoo.results.queries.territorial import latest_tec_protocols


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of the desk: a task by its code, how many records wait, where to do it, its norm, its last moment."""

    code: str
    waiting: int
    address: str
    norm: str
    until: datetime | None = None


_ENTRIES = {  # what a clerk begins with a paper in this state
    State.RECEIVED: "counting.enter_first",
    State.FIRST_ENTERED: "counting.enter_second",
    State.DIFFERENT: "counting.enter_again",
    State.FIRST_REENTERED: "counting.enter_again_second",
}
_NORMS = {
    Act.CLAIM: ("counting.enter", "L36.2.a1"),
    Act.EXPLAIN: ("counting.explain", "L35.15"),
    Act.SETTLE: ("counting.settle", "L36.2.b1"),
    Act.ACCEPT_WITH_ACT: ("counting.decide_parked", "L36.7.a1"),
}


def duties(office: Office, voting: Voting) -> list[Duty]:
    """What waits for this office: what is due at once first, then by the last moment."""
    found = [*_at_tec(office, voting), *_at_cec(office, voting)]
    return sorted(found, key=lambda duty: (duty.until is not None, str(duty.until), duty.code))


def _at_tec(office: Office, voting: Voting) -> Iterator[Duty]:
    """Protocols by the act that is open to this office, and the TEC's own protocol."""
    role = Role(office.role)
    expected = voting.precincts.filter(tec_id=office.body_id).exists()
    if not expected:
        return
    if role in MAY["counting.take_over"]:
        states = progress(voting, office.body.commission).states
        if waiting := states.get(State.EXPECTED, 0):
            yield Duty("counting.take_over", waiting, _queue_of(State.EXPECTED), "L36.1.a1")
    for each in due(office, voting):
        if each.act in _NORMS and each.count:
            code, norm = _NORMS[each.act]
            code = _ENTRIES.get(each.state, code) if each.act is Act.CLAIM else code
            yield Duty(code, each.count, _queue_of(each.state), norm)
    if (
        role in MAY["results.sign_tec_protocol"]
        and not latest_tec_protocols(voting).filter(tec=office.body_id).exists()
    ):
        until = _last_moment(voting, voting.election.edition.tec_protocols_days)
        yield Duty("results.sign_tec_protocol", 1, reverse("results:tec_protocol"), "L37-1.4", until)


def _queue_of(state: State) -> str:
    return f"{reverse('counting:queue')}?state={state.value}"


def _at_cec(office: Office, voting: Voting) -> Iterator[Duty]:
    """The determination with its obstacles, and its official publication."""
    role, law = Role(office.role), voting.election.edition
    last = voting.determinations.order_by("-version").first()
    if role in MAY["results.determine"] and last is None and tabulate(voting).national.expected:
        obstacles = len(draft(voting).obstacles)
        until = _last_moment(voting, law.determination_days)
        yield Duty("results.determine", obstacles, reverse("results:determination"), "L37.1.a", until)
    if role in MAY["results.publish"] and last is not None and not last.publications.exists():
        days, norm = _publication_term(voting, law)
        until = _end_of_day(timezone.localtime(last.at), days)
        yield Duty("results.publish", 1, reverse("results:publications"), norm, until)


def _publication_term(voting: Voting, law: Edition) -> tuple[int, str]:
    if voting.election.kind == Election.Kind.PRESIDENTIAL:
        return law.official_publication_days_president, "L58.2"
    return law.official_publication_days_jogorku_kenesh, "L64.8"


def _last_moment(voting: Voting, days: int) -> datetime:
    """24:00 local time of the day so many days after the day of voting."""
    return _end_of_day(timezone.make_aware(datetime.combine(voting.day, time())), days)


def _end_of_day(start: datetime, days: int) -> datetime:
    return timezone.make_aware(datetime.combine(start.date() + timedelta(days=days + 1), time()))
