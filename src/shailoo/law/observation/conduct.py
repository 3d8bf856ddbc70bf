"""What observers, representatives and proxies may do and may not (Art. 9, 10, 10-1, 17 to 20, R4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from shailoo.law.calendar import start_of
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.observation import InternationalObserverSilence
from shailoo.law.observation.observers import ObserverKind
from shailoo.law.observation.people import Mandate
from shailoo.law.observation.powers import Assessed, Deeds, Right, judge
from shailoo.law.outcome import Finding, Outcome, Severity, Step, applies


class RepresentativeKind(StrEnum):
    """The four kinds of representatives of candidates and parties; the values are those of `Mandate`."""

    COMMISSION = "commission_representative"  # Art. 17, 18
    AUTHORIZED = "authorized_representative"  # Art. 19, for taking part in the election
    FINANCIAL = "financial_representative"  # Art. 19, for finance
    PROXY = "proxy"  # Art. 20


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said to the media or the public about the election: when, and when voting ended.

    `last_closing` is the instant at which the last polling station closed, also of those abroad; without it voting ends
    at the hour of the law in Bishkek on `election_day`.
    """

    at: datetime
    election_day: date
    last_closing: datetime | None = None


@dataclass(frozen=True, slots=True)
class ObserverConduct:
    """What an observer wants to do, did, and said in public (None: nothing that is in question)."""

    kind: ObserverKind
    deeds: Deeds
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class RepresentativeConduct:
    """What a representative or a proxy wants to do and did."""

    kind: RepresentativeKind
    deeds: Deeds


@applies(
    "L9.4", "L9.5", "L10.3", "L10.4", "L10.5", "L10-1.6", "L10-1.7", "L10-1.8",
    "R4.4.a", "R4.4.b", "R4.5", "E10.3", "E10.4", "E10.5",
)  # fmt: skip
def observer_conduct(facts: ObserverConduct, edition: Edition) -> Outcome[Assessed]:
    """Which rights an observer has under the circumstances, and which prohibitions an act breaks.

    A right that hangs on a condition is given only where the condition is shown to hold.
    """
    value, found = judge(Mandate(facts.kind.value), facts.deeds)
    told = list(_silence(facts, edition))
    if any(isinstance(each, Finding) and each.severity is Severity.ERROR for each in told):
        spoken = {Right.STATE_OPINION, Right.HOLD_PRESS_CONFERENCES}
        lost = tuple(right for right in value.granted if right in spoken)
        kept = tuple(right for right in value.granted if right not in spoken)
        value = replace(value, granted=kept, denied=(*value.denied, *lost))
    return _outcome(value, [*found, *told])


def _silence(facts: ObserverConduct, edition: Edition) -> Iterator[Step | Finding]:
    """The duty to give no assessments before voting has ended, of international observers alone (R4.5.e)."""
    statement = facts.statement
    if statement is None or facts.kind is not ObserverKind.INTERNATIONAL:
        return
    closes = edition.voting_closes
    by_law = start_of(statement.election_day) + timedelta(hours=closes.hour, minutes=closes.minute)
    ends = statement.last_closing or by_law
    named = {"at": statement.at, "voting_ended": ends}
    if statement.at >= ends:
        yield Step("R4.5.e", "international_observer_spoke_after_voting", named)
    elif edition.international_observer_silence is InternationalObserverSilence.BARRED:
        where = ("statement.at",)
        yield Finding("R4.5.e", "international_observer_may_not_speak_yet", Severity.ERROR, named, where)
    else:
        where = ("statement.at",)
        yield Finding("R4.5.e", "international_observer_spoke_before_voting_ended", Severity.WARNING, named, where)


@applies("L17.6", "L18.1", "L18.2", "L19.6", "L19.7", "L20.4", "L20.5", "L20.6")
def representative_conduct(facts: RepresentativeConduct, _edition: Edition) -> Outcome[Assessed]:
    """Which powers a representative or a proxy has under the circumstances, and which prohibitions an act breaks."""
    value, found = judge(Mandate(facts.kind.value), facts.deeds)
    return _outcome(value, found)


def _outcome(value: Assessed, found: list[Step | Finding]) -> Outcome[Assessed]:
    steps = tuple(each for each in found if isinstance(each, Step))
    return Outcome(value, steps, tuple(each for each in found if isinstance(each, Finding)))
