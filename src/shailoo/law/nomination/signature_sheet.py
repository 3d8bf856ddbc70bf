"""Which signatures of one sheet count for a presidential candidate, and why the others do not (L52.2 to L52.5, L52.9).

A defect of the sheet voids all its entries, a defect of an entry that entry. Of several signatures of one voter for one
candidate the first that counts is counted; for other candidates a voter may sign as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.nomination.ages import completed_years
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class SheetFault(StrEnum):
    """What voids a whole sheet."""

    NOT_OF_SET_FORM = "not_of_set_form"
    NOT_CERTIFIED = "not_certified"
    NOT_SEALED = "not_sealed"  # the CEC seals what it accepts: a sheet without its seal was not among it
    COLLECTED_WHERE_FORBIDDEN = "collected_where_forbidden"


class EntryFault(StrEnum):
    """What voids one entry, as the check found it."""

    NOT_AUTHENTIC = "not_authentic"
    INCOMPLETE = "incomplete"


class Invalidity(StrEnum):
    """Every reason for which a signature does not count, in the order in which they are tried."""

    NOT_OF_SET_FORM = "not_of_set_form"
    NOT_CERTIFIED = "not_certified"
    NOT_SEALED = "not_sealed"
    COLLECTED_WHERE_FORBIDDEN = "collected_where_forbidden"
    COLLECTOR_INCAPABLE = "collector_incapable"
    COLLECTOR_UNDER_AGE = "collector_under_age"
    BEFORE_NOMINATION = "before_nomination"
    NO_RIGHT_TO_VOTE = "no_right_to_vote"
    NOT_AUTHENTIC = "not_authentic"
    INCOMPLETE = "incomplete"
    REPEATED = "repeated"


INVALID: Mapping[Invalidity, NormId] = MappingProxyType(
    {
        Invalidity.NOT_OF_SET_FORM: "L52.9",
        Invalidity.NOT_CERTIFIED: "L52.9",
        Invalidity.NOT_SEALED: "L52.7.c",
        Invalidity.COLLECTED_WHERE_FORBIDDEN: "L52.3.b",
        Invalidity.COLLECTOR_INCAPABLE: "L52.4",
        Invalidity.COLLECTOR_UNDER_AGE: "L52.4",
        Invalidity.BEFORE_NOMINATION: "L52.2.a",
        Invalidity.NO_RIGHT_TO_VOTE: "L52.3.a",
        Invalidity.NOT_AUTHENTIC: "L52.7.b",
        Invalidity.INCOMPLETE: "L52.9",
        Invalidity.REPEATED: "L52.5.b",
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One signature: the voter's number, the local day of signing, the right to vote on that day (None: not known)."""

    voter: str
    signed_on: date
    may_vote: bool | None = None
    faults: frozenset[EntryFault] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One signature sheet of one candidate.

    `collector_born` and `collector_capable` are those of the person who collected (None: not known). `counted` holds,
    candidate by candidate, the voters whose signatures already count from earlier sheets.
    """

    candidate: str
    number: int
    nominated_on: date
    entries: tuple[Entry, ...]
    collector_born: date | None = None
    collector_capable: bool | None = None
    faults: frozenset[SheetFault] = frozenset()
    counted: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class SheetCount:
    """What a sheet adds, in signatures: `voters` are those whose signatures count; `open` could not be decided."""

    entries: int
    valid: int
    open: int
    invalid: Mapping[str, int]
    voters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    voter: str
    why: Invalidity | None  # None: nothing speaks against it
    known: bool = True


@applies("L52.2.a", "L52.3.a", "L52.3.b", "L52.4", "L52.5.a", "L52.5.b", "L52.7.b", "L52.7.c", "L52.9")
def count_sheet(facts: Sheet, edition: Edition) -> Outcome[SheetCount]:
    """Which signatures of a sheet count for the candidate, and for which reason each other one does not (L52)."""
    judged = tuple(_judge(facts, edition))
    invalid = Counter(each.why for each in judged if each.why is not None)
    voters = tuple(each.voter for each in judged if each.why is None and each.known)
    undecided = sum(each.why is None and not each.known for each in judged)
    value = SheetCount(
        entries=len(judged),
        valid=len(voters),
        open=undecided,
        invalid={why.value: invalid[why] for why in Invalidity if invalid[why]},
        voters=voters,
    )
    return Outcome(value, tuple(_steps(facts, value)), tuple(_findings(facts, value, invalid)))


def _judge(facts: Sheet, edition: Edition) -> Iterator[_Judged]:
    """Each entry in turn; a voter who counts already, or may count, is not counted again."""
    taken = set(facts.counted.get(facts.candidate, frozenset()))
    for entry in facts.entries:
        why = next(_against(facts, entry, edition), None)
        if why is None and entry.voter in taken:
            why = Invalidity.REPEATED
        if why is None:
            taken.add(entry.voter)
        known = None not in (entry.may_vote, facts.collector_born, facts.collector_capable)
        yield _Judged(entry.voter, why, known)


def _against(facts: Sheet, entry: Entry, edition: Edition) -> Iterator[Invalidity]:
    """What speaks against an entry by itself, the sheet first."""
    yield from (Invalidity(fault.value) for fault in SheetFault if fault in facts.faults)
    if facts.collector_capable is False:
        yield Invalidity.COLLECTOR_INCAPABLE
    if _is_minor(facts.collector_born, entry.signed_on, edition):
        yield Invalidity.COLLECTOR_UNDER_AGE
    if entry.signed_on < facts.nominated_on:
        yield Invalidity.BEFORE_NOMINATION
    if entry.may_vote is False:
        yield Invalidity.NO_RIGHT_TO_VOTE
    yield from (Invalidity(fault.value) for fault in EntryFault if fault in entry.faults)


def _is_minor(born: date | None, on: date, edition: Edition) -> bool:
    return born is not None and completed_years(born, on) < edition.collector_age_from


def _steps(facts: Sheet, value: SheetCount) -> Iterator[Step]:
    counts: dict[str, Fact] = {"sheet": facts.number, "number": value.valid, "signatures": value.entries}
    yield Step("L52.9", "signature_sheet_counted", counts)
    elsewhere = frozenset[str]().union(*(voters for name, voters in facts.counted.items() if name != facts.candidate))
    both = sum(voter in elsewhere for voter in value.voters)
    if both:
        yield Step("L52.5.a", "signature_for_several_candidates", {"sheet": facts.number, "number": both})


def _findings(facts: Sheet, value: SheetCount, invalid: Counter[Invalidity]) -> Iterator[Finding]:
    """One finding for each reason; what is not known yet is said as well."""
    for why, norm in INVALID.items():
        if invalid[why]:
            told: dict[str, Fact] = {"sheet": facts.number, "number": invalid[why], "invalidity": why.value}
            yield Finding(norm, "signature_invalid", Severity.ERROR, told, (_FIELD.get(why, "entries"),))
    if value.open and None in (facts.collector_born, facts.collector_capable):
        unknown: dict[str, Fact] = {"sheet": facts.number, "number": value.open}
        fields = ("collector_born", "collector_capable")
        yield Finding("L52.4", "signature_collector_not_known", Severity.ERROR, unknown, fields)
    elif value.open:
        open_right: dict[str, Fact] = {"sheet": facts.number, "number": value.open}
        yield Finding("L52.3.a", "signature_right_not_known", Severity.ERROR, open_right, ("entries",))


_FIELD: Mapping[Invalidity, str] = {
    Invalidity.NOT_OF_SET_FORM: "faults",
    Invalidity.NOT_CERTIFIED: "faults",
    Invalidity.NOT_SEALED: "faults",
    Invalidity.COLLECTED_WHERE_FORBIDDEN: "faults",
    Invalidity.COLLECTOR_INCAPABLE: "collector_capable",
    Invalidity.COLLECTOR_UNDER_AGE: "collector_born",
}
