"""What is due for an office, gathered from the departments; the desk itself knows no rule and no table.

Terms are those of the election's calendar; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.commissions.models import Commission
from shailoo.commissions.register import waiting_for
from shailoo.commissions.words import DUTIES
from shailoo.counting.queries import due, progress
from shailoo.counting.states import Act, State
from shailoo.elections import words
from shailoo.elections.agenda import current, for_office
from shailoo.elections.deadlines import Standing
from shailoo.elections.models import Election, Voting
from shailoo.elections.whose import Whose, whose
from shailoo.results.queries.draft import draft
from shailoo.results.queries.tabulating import tabulate
from shailoo.results.queries.territorial import latest_tec_protocols


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of the desk: a task by its code, how many records wait, where to do it, its norm, its last moment.

    `title` names a task that has no code of its own: a term of the calendar. `dated` says that the law sets it a term,
    also where the day is not known yet; what has no term is to be done at once.
    """

    code: str
    waiting: int
    address: str
    norm: str
    until: datetime | None = None
    title: str = ""
    dated: bool = False


SIGNED, DETERMINED = "tec_protocols_online", "determination_of_results"
PUBLISHED = {  # the term of the official publication, and its norm
    Election.Kind.PRESIDENTIAL: ("presidential_result_published", "L58.2"),
    Election.Kind.JOGORKU_KENESH: ("results_published_full", "L64.8"),
}
SEEN_HERE = frozenset(
    {"pec_protocol_delivered", "tec_tabulation", "tec_protocol_delivered", SIGNED, DETERMINED}
    | {name for name, _norm in PUBLISHED.values()}
)
"""Terms that counting and results keep by acts of their own, with a line of their own on the desk."""

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
    """What waits for this office in counting and results: what is due at once first, then by the last moment."""
    closes = dict(current(voting).filter(event__in=SEEN_HERE).values_list("event", "closes"))
    return in_order([*_at_tec(office, voting, closes), *_at_cec(office, voting, closes)])


def terms(office: Office, voting: Voting, now: datetime) -> list[Duty]:
    """The terms of the calendar that press this office, late or due within days: its own, then those of bodies below.

    What the CEC records for others, such as banks, stands on the page of the calendar alone.
    """
    commission = Commission.objects.filter(pk=office.body_id).first()
    if commission is None or Role(office.role) not in MAY["elections.fulfil"]:
        return []
    pressing = [each for each in for_office(office, voting, now) if each.event.id not in SEEN_HERE]
    wanted = (Whose.OWN, Whose.BELOW)
    return [_term(each, voting) for kind in wanted for each in pressing if whose(each, commission) is kind]


def of_commission(office: Office) -> list[Duty]:
    """What waits for this office in its commission: sittings of today, minutes, decisions to make public."""
    role = Role(office.role)
    if role not in MAY["commissions.vote"]:
        return []
    waiting = waiting_for(office)
    publishes = waiting.to_publish if role in MAY["commissions.keep_sitting"] else 0
    found = (
        ("sit", len(waiting.today), waiting.today[0].pk if waiting.today else 0, "L8.2"),
        ("write", len(waiting.to_write), waiting.to_write[0].pk if waiting.to_write else 0, "L36.2.c2"),
        ("sign", len(waiting.to_sign), waiting.to_sign[0].sitting_id if waiting.to_sign else 0, "L36.2.c2"),
        ("announce", len(waiting.to_announce), waiting.to_announce[0].sitting_id if waiting.to_announce else 0, "L8.1"),
    )
    places = dict.fromkeys(("write", "sign", "announce"), "commissions:minutes") | {"sit": "commissions:sitting"}
    duties = [
        Duty(f"commissions.{code}", count, reverse(places[code], args=[pk]), norm, title=str(DUTIES[code]))
        for code, count, pk, norm in found
        if count
    ]
    if publishes:
        place = reverse("commissions:decisions")
        duties.append(Duty("commissions.publish", publishes, place, "L8.1", title=str(DUTIES["publish"])))
    return duties


def in_order(found: list[Duty]) -> list[Duty]:
    """What is due at once first, then by the last moment, so that what is late stands before what is not."""

    def place(duty: Duty) -> tuple[bool, bool, float, str]:
        return duty.dated, duty.until is None, duty.until.timestamp() if duty.until else 0, duty.code

    return sorted(found, key=place)


def _term(found: Standing, voting: Voting) -> Duty:
    asked = urlencode({"election": voting.election.slug})
    return Duty(
        f"elections.{found.event.id}",
        found.count.missing,
        f"{reverse('elections:term', args=[found.event.id])}?{asked}",
        found.norms[0],
        found.deadline.closes,
        words.title(found.event.id),
        dated=True,
    )


def _at_tec(office: Office, voting: Voting, closes: Mapping[str, datetime | None]) -> Iterator[Duty]:
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
        place = reverse("results:tec_protocol")
        yield Duty("results.sign_tec_protocol", 1, place, "L37-1.4", closes.get(SIGNED), dated=True)


def _queue_of(state: State) -> str:
    return f"{reverse('counting:queue')}?state={state.value}"


def _at_cec(office: Office, voting: Voting, closes: Mapping[str, datetime | None]) -> Iterator[Duty]:
    """The determination with its obstacles, and its official publication."""
    role = Role(office.role)
    last = voting.determinations.order_by("-version").first()
    if role in MAY["results.determine"] and last is None and tabulate(voting).national.expected:
        obstacles = len(draft(voting).obstacles)
        place = reverse("results:determination")
        code = "results.determine" if obstacles else "results.determine_now"
        yield Duty(code, obstacles or 1, place, "L37.1.a", closes.get(DETERMINED), dated=True)
    if role in MAY["results.publish"] and last is not None and not last.publications.exists():
        name, norm = PUBLISHED[Election.Kind(voting.election.kind)]
        place = reverse("results:publications")
        yield Duty("results.publish", 1, place, norm, closes.get(name), dated=True)
