"""A party's notice that it takes part in an election of the Jogorku Kenesh, and the CEC's answer (L60.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import local_day
from shailoo.law.editions import Edition
from shailoo.law.nomination.election import Called, last_day_of
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class NoticePart(StrEnum):
    """What the notice holds and encloses."""

    REPRESENTATIVE_NAME = "representative_name"
    REPRESENTATIVE_DATA = "representative_data"
    CHARTER_COPY_NOTARISED = "charter_copy_notarised"
    LEADER_SIGNATURE = "leader_signature"
    PARTY_SEAL = "party_seal"


PARTS: Mapping[NoticePart, NormId] = MappingProxyType(dict.fromkeys(NoticePart, "L60.4.b"))


@dataclass(frozen=True, slots=True)
class Designation:
    """The party's short name and emblem for electoral documents; local days, None: not happened.

    `differs`: they differ from the charter (None: not known). `agreed_on` with the CEC; `ballots_approved_on`: the text
    of the ballot was approved; `changed_on`: the party changed them; `process_ended_on`: the electoral process ended.
    """

    differs: bool | None = None
    agreed_on: date | None = None
    ballots_approved_on: date | None = None
    changed_on: date | None = None
    process_ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of participation as received. Instants carry a zone; None: not done.

    `confirmed_at`: the CEC's written confirmation; `certificate_at`: its certificate for the special election account.
    """

    election: Called
    received_at: datetime
    parts: frozenset[NoticePart]
    designation: Designation
    confirmed_at: datetime | None = None
    certificate_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.election.is_presidential:
            raise ValueError("parties give notice of participation in elections of the Jogorku Kenesh only")


@dataclass(frozen=True, slots=True)
class Participation:
    """Whether the notice is complete and came in time, and which parts are missing."""

    in_time: bool
    complete: bool
    missing: tuple[NoticePart, ...]


@applies("L60.4.a", "L60.4.b", "L60.4.c", "L60.4.d", "L60.4.e", "L60.4.f")
def notice(facts: Notice, edition: Edition) -> Outcome[Participation]:
    """Whether a party gave notice of participation in time and whole, and the CEC confirmed it at once (L60.4)."""
    told = (*_time(facts, edition), *_parts(facts), *_designation(facts), *_answer(facts, edition))
    missing = tuple(part for part in PARTS if part not in facts.parts)
    term = facts.election.term("participation_notice", edition)
    value = Participation(term.in_time(facts.received_at), not missing, missing)
    findings = tuple(each for each in told if isinstance(each, Finding))
    return Outcome(value, tuple(each for each in told if isinstance(each, Step)), findings)


def _time(facts: Notice, edition: Edition) -> Iterator[Step | Finding]:
    """The law names no consequence of lateness: it is shown, and the CEC decides."""
    term = facts.election.term("participation_notice", edition)
    days: dict[str, Fact] = {"at": facts.received_at, "last_day": last_day_of(term)}
    if term.in_time(facts.received_at):
        yield Step("L60.4.a", "participation_notice_in_time", days)
    elif term.opens is not None and facts.received_at < term.opens:
        yield Finding("L60.4.a", "participation_notice_before_calling", Severity.WARNING, days, ("received_at",))
    else:
        yield Finding("L60.4.a", "participation_notice_late", Severity.WARNING, days, ("received_at",))


def _parts(facts: Notice) -> Iterator[Step | Finding]:
    for part, norm in PARTS.items():
        told: dict[str, Fact] = {"notice_part": part.value}
        if part in facts.parts:
            yield Step(norm, "participation_part_present", told)
        else:
            yield Finding(norm, "participation_part_missing", Severity.ERROR, told, ("parts",))


def _designation(facts: Notice) -> Iterator[Step | Finding]:
    """Agreed where it differs from the charter, at the latest before ballots are approved; then left as it is."""
    given = facts.designation
    if given.differs is None:
        yield Finding("L60.4.c", "participation_name_not_compared", Severity.ERROR, {}, ("designation",))
    elif not given.differs:
        yield Step("L60.4.c", "participation_name_of_charter")
    elif given.agreed_on is not None and given.agreed_on <= (given.ballots_approved_on or given.agreed_on):
        yield Step("L60.4.c", "participation_name_agreed", {"day": given.agreed_on})
    elif given.ballots_approved_on is None:
        yield Finding("L60.4.c", "participation_name_to_be_agreed", Severity.WARNING, {}, ("designation",))
    else:
        approved: dict[str, Fact] = {"day": given.ballots_approved_on}
        yield Finding("L60.4.c", "participation_name_not_agreed", Severity.ERROR, approved, ("designation",))
    received = local_day(facts.received_at)
    if given.changed_on is None or given.changed_on < received:
        yield Step("L60.4.d", "participation_name_unchanged", {"day": received})
    elif given.process_ended_on is not None and given.changed_on > given.process_ended_on:
        yield Step("L60.4.d", "participation_name_changed_afterwards", {"day": given.changed_on})
    else:
        locked: dict[str, Fact] = {"day": given.changed_on}
        yield Finding("L60.4.d", "participation_name_changed", Severity.ERROR, locked, ("designation",))


def _answer(facts: Notice, edition: Edition) -> Iterator[Step | Finding]:
    """Confirmation and certificate without delay: on the day of receipt; the delay is the CEC's own."""
    term = facts.election.term(
        "participation_notice_confirmed", edition, participation_notice_receipt=facts.received_at
    )
    if facts.confirmed_at is None:
        yield Finding("L60.4.e", "participation_not_confirmed", Severity.WARNING, {}, ("confirmed_at",))
    elif term.in_time(facts.confirmed_at):
        yield Step("L60.4.e", "participation_confirmed", {"at": facts.confirmed_at})
    else:
        told: dict[str, Fact] = {"at": facts.confirmed_at, "received_at": facts.received_at}
        yield Finding("L60.4.e", "participation_confirmed_late", Severity.WARNING, told, ("confirmed_at",))
    if facts.certificate_at is None:
        yield Finding("L60.4.f", "participation_without_certificate", Severity.WARNING, {}, ("certificate_at",))
    elif term.in_time(facts.certificate_at):
        yield Step("L60.4.f", "participation_certificate_issued", {"at": facts.certificate_at})
    else:
        issued: dict[str, Fact] = {"at": facts.certificate_at, "received_at": facts.received_at}
        yield Finding("L60.4.f", "participation_certificate_late", Severity.WARNING, issued, ("certificate_at",))
