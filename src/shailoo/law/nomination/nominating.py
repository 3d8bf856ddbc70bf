"""The act of nomination: who nominates, when, how, with which papers, and what the CEC owes on receiving them.

Presidential candidates by L49 and L50.4, lists of parties for the Jogorku Kenesh by L60.1, L60.2 and L60.5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import Entry, local_day
from shailoo.law.editions import Edition
from shailoo.law.nomination.election import Called, facts_of, last_day_of
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class Nominator(StrEnum):
    """Who nominates: a citizen himself or herself, or a party."""

    CITIZEN = "citizen"
    PARTY = "party"


class Paper(StrEnum):
    """What is handed in with a nomination."""

    INTENT_STATEMENT = "intent_statement"  # of a citizen who nominates himself or herself
    NOMINATION_PROTOCOL = "nomination_protocol"
    INTENT_APPLICATION = "intent_application"  # of the candidate whom a party nominates
    CONGRESS_PROTOCOL = "congress_protocol"
    LIST_SIGNED_BY_PARTY = "list_signed_by_party"
    LIST_SEALED_BY_PARTY = "list_sealed_by_party"


CITIZENS_PAPERS: Mapping[Paper, NormId] = MappingProxyType({Paper.INTENT_STATEMENT: "L49.5"})
PARTYS_PAPERS: Mapping[Paper, NormId] = MappingProxyType(
    {Paper.NOMINATION_PROTOCOL: "L49.4.b", Paper.INTENT_APPLICATION: "L49.4.b"}
)
LISTS_PAPERS: Mapping[Paper, NormId] = MappingProxyType(
    {
        Paper.CONGRESS_PROTOCOL: "L60.2.d",
        Paper.LIST_SIGNED_BY_PARTY: "L60.5.a",
        Paper.LIST_SEALED_BY_PARTY: "L60.5.a",
    }
)


@dataclass(frozen=True, slots=True)
class Party:
    """The nominating party: local days of its registration and, if so, of its removal from the register.

    `by_charter`: it nominated as its charter provides (None: not known).
    """

    registered_on: date
    struck_off_on: date | None = None
    by_charter: bool | None = None

    def is_registered(self, on: date) -> bool:
        return self.registered_on <= on and (self.struck_off_on is None or on < self.struck_off_on)


@dataclass(frozen=True, slots=True)
class Congress:
    """The congress that nominated a list: its local day, and whether it voted in secret (None: not known)."""

    held_on: date
    secret_ballot: bool | None = None


@dataclass(frozen=True, slots=True)
class Nomination:
    """One act of nomination as it came to the CEC. Instants carry a zone.

    `printed` and `by_authorized` (None: not known) are asked of parties only: in printed form, handed in by an
    authorised representative. `confirmed_at`: written confirmation of receipt. `decided_at`: the CEC's decision whether
    a presidential candidate meets the requirements. None: not done.
    """

    election: Called
    by: Nominator
    received_at: datetime
    papers: frozenset[Paper]
    party: Party | None = None
    congress: Congress | None = None
    printed: bool | None = None
    by_authorized: bool | None = None
    confirmed_at: datetime | None = None
    decided_at: datetime | None = None

    def __post_init__(self) -> None:
        if (self.by is Nominator.PARTY) is (self.party is None):
            raise ValueError("a party is given where a party nominates, and only there")

    @property
    def due(self) -> Mapping[Paper, NormId]:
        """The papers that this nomination needs."""
        if not self.election.is_presidential:
            return LISTS_PAPERS
        return PARTYS_PAPERS if self.by is Nominator.PARTY else CITIZENS_PAPERS


@dataclass(frozen=True, slots=True)
class Nominated:
    """Whether the nomination is good, which papers are missing, and by which local day the CEC decides on it.

    `decide_by` is None for lists, whose check belongs to registration.
    """

    good: bool
    missing: tuple[Paper, ...]
    decide_by: date | None


@applies("L49.2.a", "L49.2.b", "L49.3.a", "L49.3.b", "L49.4.a", "L49.4.b", "L49.4.c", "L49.5", "L50.4.a", "L60.1.a")
@applies("L60.1.b", "L60.2.a", "L60.2.d", "L60.5.a")
def nominate(facts: Nomination, edition: Edition) -> Outcome[Nominated]:
    """Whether a nomination was made by who may nominate, in time, in due form and with its papers (L49, L60)."""
    told = tuple(_presidential(facts, edition) if facts.election.is_presidential else _of_list(facts, edition))
    findings = tuple(each for each in told if isinstance(each, Finding))
    value = Nominated(
        good=not any(found.severity is Severity.ERROR for found in findings),
        missing=tuple(paper for paper in facts.due if paper not in facts.papers),
        decide_by=last_day_of(_decision(facts, edition)) if facts.election.is_presidential else None,
    )
    return Outcome(value, tuple(each for each in told if isinstance(each, Step)), findings)


# ------------------------------------------------------------------------------------- the President


def _presidential(facts: Nomination, edition: Edition) -> Iterator[Step | Finding]:
    yield from _term_of_president(facts, edition)
    if facts.by is Nominator.CITIZEN:
        yield Step("L49.3.a", "nomination_by_citizen")
    else:
        yield from _registered(facts, "L49.3.b")
        yield from _party_form(facts)
    yield from _papers(facts)
    yield from _receipt(facts, edition)
    yield from _decided(facts, edition)


def _term_of_president(facts: Nomination, edition: Edition) -> Iterator[Step | Finding]:
    """From the day after publication of the calling to the last day of nomination."""
    if facts.election.published_on is None:
        yield Finding("L49.2.a", "nomination_before_publication", Severity.ERROR, {}, ("election",))
    else:
        opens = facts.election.term("nomination_start_presidential", edition)
        first: dict[str, Fact] = {"at": facts.received_at, "first_day": local_day(opens.opens or facts.received_at)}
        if opens.in_time(facts.received_at):
            yield Step("L49.2.a", "nomination_begun", first)
        else:
            yield Finding("L49.2.a", "nomination_too_early", Severity.ERROR, first, ("received_at",))
    ends = facts.election.term("nomination_end_presidential", edition)
    last = facts_of(ends, facts.received_at)
    if ends.in_time(facts.received_at):
        yield Step("L49.2.b", "nomination_in_time", last)
    else:
        yield Finding("L49.2.b", "nomination_late", Severity.ERROR, last, ("received_at",))


def _party_form(facts: Nomination) -> Iterator[Step | Finding]:
    by_charter = facts.party.by_charter if facts.party else None
    if by_charter:
        yield Step("L49.4.a", "nomination_by_charter")
    elif by_charter is None:
        yield Finding("L49.4.a", "nomination_charter_not_checked", Severity.ERROR, {}, ("party",))
    else:
        yield Finding("L49.4.a", "nomination_against_charter", Severity.ERROR, {}, ("party",))
    for form, kept in (("printed", facts.printed), ("by_authorized", facts.by_authorized)):
        if kept is None:
            yield Finding("L49.4.b", "nomination_form_not_known", Severity.ERROR, {"nomination_form": form}, (form,))
        elif not kept:
            yield Finding("L49.4.b", "nomination_form_not_kept", Severity.ERROR, {"nomination_form": form}, (form,))


def _receipt(facts: Nomination, edition: Edition) -> Iterator[Step | Finding]:
    """The law promises the written confirmation where a party hands in; its delay is the CEC's own."""
    if facts.by is Nominator.CITIZEN:
        return
    term = facts.election.term("documents_receipt_confirmed", edition, document_receipt=facts.received_at)
    if facts.confirmed_at is None:
        yield Finding("L49.4.c", "nomination_receipt_not_confirmed", Severity.WARNING, {}, ("confirmed_at",))
    elif term.in_time(facts.confirmed_at):
        yield Step("L49.4.c", "nomination_receipt_confirmed", {"at": facts.confirmed_at})
    else:
        late: dict[str, Fact] = {"at": facts.confirmed_at, "received_at": facts.received_at}
        yield Finding("L49.4.c", "nomination_receipt_confirmed_late", Severity.WARNING, late, ("confirmed_at",))


def _decided(facts: Nomination, edition: Edition) -> Iterator[Step | Finding]:
    term = _decision(facts, edition)
    last = last_day_of(term)
    if facts.decided_at is None:
        yield Step("L50.4.a", "nomination_decision_due", {"last_day": last})
    elif term.in_time(facts.decided_at):
        yield Step("L50.4.a", "nomination_decided_in_time", {"at": facts.decided_at, "last_day": last})
    else:
        late: dict[str, Fact] = {"at": facts.decided_at, "last_day": last}
        yield Finding("L50.4.a", "nomination_decided_late", Severity.WARNING, late, ("decided_at",))


def _decision(facts: Nomination, edition: Edition) -> Entry:
    """Five days for the decision whether the candidate meets the requirements."""
    return facts.election.term("eligibility_decision_presidential", edition, nomination=facts.received_at)


# ------------------------------------------------------------------------------------- lists


def _of_list(facts: Nomination, edition: Edition) -> Iterator[Step | Finding]:
    if facts.by is Nominator.CITIZEN:
        yield Finding("L60.2.a", "nomination_of_list_by_citizen", Severity.ERROR, {}, ("by",))
        return
    yield from _registered(facts, "L60.2.a")
    yield from _congress(facts, edition)
    yield from _papers(facts)


def _congress(facts: Nomination, edition: Edition) -> Iterator[Step | Finding]:
    if facts.congress is None:
        yield Finding("L60.2.d", "nomination_without_congress", Severity.ERROR, {}, ("congress",))
        return
    if facts.congress.secret_ballot:
        yield Step("L60.2.d", "nomination_by_secret_ballot")
    elif facts.congress.secret_ballot is None:
        yield Finding("L60.2.d", "nomination_ballot_not_known", Severity.ERROR, {}, ("congress",))
    else:
        yield Finding("L60.2.d", "nomination_by_open_ballot", Severity.ERROR, {}, ("congress",))
    held = facts.congress.held_on
    first: dict[str, Fact] = {"day": held, "first_day": facts.election.called_on}
    if held < local_day(facts.election.term("nomination_start_jk", edition).opens or facts.election.called_on):
        yield Finding("L60.1.a", "nomination_before_calling", Severity.ERROR, first, ("congress",))
    else:
        yield Step("L60.1.a", "nomination_after_calling", first)
    ends = facts.election.term("nomination_end_jk", edition)
    days = facts_of(ends, held)
    if held > last_day_of(ends):
        yield Finding("L60.1.b", "nomination_late", Severity.ERROR, days, ("congress",))
    else:
        yield Step("L60.1.b", "nomination_in_time", days)


# ------------------------------------------------------------------------------------- both


def _registered(facts: Nomination, norm: NormId) -> Iterator[Step | Finding]:
    """The party stood in the register on the day on which the calling was officially published."""
    party, day = facts.party, facts.election.published_on
    if party is None:
        return
    if day is None:
        yield Finding(norm, "nomination_party_awaits_publication", Severity.ERROR, {}, ("election",))
        return
    days: dict[str, Fact] = {"registered_on": party.registered_on, "day": day}
    if party.is_registered(day):
        yield Step(norm, "nomination_party_registered", days)
    else:
        yield Finding(norm, "nomination_party_not_registered", Severity.ERROR, days, ("party",))


def _papers(facts: Nomination) -> Iterator[Step | Finding]:
    for paper, norm in facts.due.items():
        if paper in facts.papers:
            yield Step(norm, "nomination_paper_present", {"nomination_paper": paper.value})
        else:
            yield Finding(
                norm, "nomination_paper_missing", Severity.ERROR, {"nomination_paper": paper.value}, ("papers",)
            )
