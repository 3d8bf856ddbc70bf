"""Which breaches of Article 47 somebody is liable for, and which of them recorded facts show.

The penalty stands in other laws, and whether somebody is guilty is for a court: a record only says that there is
something to report. What no record can show (force, bribes, forgery) is named by people; here it gets its item.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import Entry, Occasion, end_of, event
from shailoo.law.campaign.polling import campaign_closes
from shailoo.law.complaints.election import Election
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class Breach(StrEnum):
    """Every breach that Article 47 names."""

    HINDERING_SUFFRAGE = "hindering_suffrage"
    SECRECY = "secrecy"
    VOTER_LIST_ACCESS = "voter_list_access"
    SIGNATURE_PRESSURE = "signature_pressure"
    FORGED_SIGNATURES = "forged_signatures"
    BRIBERY = "bribery"
    OFFICE_ADVANTAGE = "office_advantage"
    VOTER_DATA = "voter_data"
    FINANCING = "financing"
    BALLOTS_FOR_OTHERS = "ballots_for_others"
    FORGED_DOCUMENTS = "forged_documents"
    FALSE_DOCUMENTS = "false_documents"
    MISCOUNT = "miscount"
    RESULTS_WITHHELD = "results_withheld"
    FALSE_INFORMATION = "false_information"
    HONOUR = "honour"
    OBSERVERS_RIGHTS = "observers_rights"  # of members, observers, representatives, media too
    GROUNDLESS_REFUSAL = "groundless_refusal"
    PRECINCT_RIGHTS = "precinct_rights"
    CAMPAIGN_RULES = "campaign_rules"
    COMMISSION_HINDERED = "commission_hindered"
    BALLOTS_TAKEN_OUT = "ballots_taken_out"
    STATEMENTS_WITHHELD = "statements_withheld"
    LEAVE_REFUSED = "leave_refused"


class Actor(StrEnum):
    """Who committed it, as far as Article 47 tells people apart."""

    COMMISSION = "commission"  # its members too
    OFFICIAL = "official"
    EMPLOYEE = "employee"  # somebody who holds an office or a post
    CONTENDER = "contender"  # a candidate or a party
    EMPLOYER = "employer"
    OTHER = "other"


ANYBODY = frozenset(Actor)
ITEMS: Mapping[Breach, tuple[NormId, frozenset[Actor]]] = MappingProxyType(
    {
        # breach -> its item, and those whom the item is about
        Breach.HINDERING_SUFFRAGE: ("L47.1.a", ANYBODY),
        Breach.SECRECY: ("L47.1.b", ANYBODY),
        Breach.VOTER_LIST_ACCESS: ("L47.1.c", ANYBODY),
        Breach.SIGNATURE_PRESSURE: ("L47.1.d", ANYBODY),
        Breach.FORGED_SIGNATURES: ("L47.1.e", ANYBODY),
        Breach.BRIBERY: ("L47.1.f", ANYBODY),
        Breach.OFFICE_ADVANTAGE: ("L47.2.a", frozenset({Actor.OFFICIAL, Actor.EMPLOYEE})),
        Breach.VOTER_DATA: ("L47.2.b", frozenset({Actor.OFFICIAL})),
        Breach.FINANCING: ("L47.2.c", ANYBODY),
        Breach.BALLOTS_FOR_OTHERS: ("L47.2.d", frozenset({Actor.COMMISSION})),
        Breach.FORGED_DOCUMENTS: ("L47.2.e", ANYBODY),
        Breach.FALSE_DOCUMENTS: ("L47.2.f", ANYBODY),
        Breach.MISCOUNT: ("L47.2.g", frozenset({Actor.COMMISSION})),
        Breach.RESULTS_WITHHELD: ("L47.2.h", frozenset({Actor.COMMISSION, Actor.OFFICIAL})),
        Breach.FALSE_INFORMATION: ("L47.3.a", ANYBODY),
        Breach.HONOUR: ("L47.3.b", ANYBODY),
        Breach.OBSERVERS_RIGHTS: ("L47.3.c", ANYBODY),
        Breach.GROUNDLESS_REFUSAL: ("L47.3.d", frozenset({Actor.COMMISSION, Actor.OFFICIAL})),
        Breach.PRECINCT_RIGHTS: ("L47.3.e", ANYBODY),
        Breach.CAMPAIGN_RULES: ("L47.3.f", ANYBODY),
        Breach.COMMISSION_HINDERED: ("L47.3.g", ANYBODY),
        Breach.BALLOTS_TAKEN_OUT: ("L47.3.h", ANYBODY),
        Breach.STATEMENTS_WITHHELD: ("L47.3.i", frozenset({Actor.COMMISSION, Actor.CONTENDER})),
        Breach.LEAVE_REFUSED: ("L47.3.j", frozenset({Actor.EMPLOYER})),
    }
)


class Duty(StrEnum):
    """A duty with a term of the calendar, whose breach Article 47 names."""

    VOTER_DATA = "voter_data"  # preliminary lists to the CEC
    FUND_REPORT = "fund_report"
    PEC_PROTOCOL_COPIES = "pec_protocol_copies"
    TEC_PROTOCOL_COPIES = "tec_protocol_copies"
    PEC_PROTOCOLS_ONLINE = "pec_protocols_online"
    TEC_PROTOCOLS_ONLINE = "tec_protocols_online"
    GENERAL_RESULTS = "general_results"
    FULL_RESULTS = "full_results"


DUTIES: Mapping[Duty, tuple[str, Breach]] = MappingProxyType(
    {
        Duty.VOTER_DATA: ("preliminary_lists_to_cec", Breach.VOTER_DATA),
        Duty.FUND_REPORT: ("fund_report", Breach.STATEMENTS_WITHHELD),
        Duty.PEC_PROTOCOL_COPIES: ("pec_protocol_copies", Breach.OBSERVERS_RIGHTS),
        Duty.TEC_PROTOCOL_COPIES: ("tec_protocol_copies", Breach.OBSERVERS_RIGHTS),
        Duty.PEC_PROTOCOLS_ONLINE: ("pec_protocols_online", Breach.RESULTS_WITHHELD),
        Duty.TEC_PROTOCOLS_ONLINE: ("tec_protocols_online", Breach.RESULTS_WITHHELD),
        Duty.GENERAL_RESULTS: ("general_results_to_media", Breach.RESULTS_WITHHELD),
        Duty.FULL_RESULTS: ("results_published_full", Breach.RESULTS_WITHHELD),
    }
)


@dataclass(frozen=True, slots=True)
class Performance:
    """How somebody kept a duty: when it was done, None if it was not.

    `since` is the instant that its term runs from, where that is not the election day: the signing of the protocol, the
    determination of the results.
    """

    duty: Duty
    who: str
    since: datetime | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Campaigning:
    """An act of campaigning of which there is a record, such as a broadcast: whose, and at which instant."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money that somebody had to transfer to a commission until a local day, and the day of the transfer."""

    who: str
    due: date
    made: date | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal to register somebody: who refused whom, and the norm that the decision names, None if it names none."""

    who: str
    whom: str
    ground: str | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """An application for leave of somebody who takes part in the election, and what the employer answered."""

    who: str
    granted: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """A breach that people report: which, and who committed it."""

    breach: Breach
    actor: Actor
    who: str


@dataclass(frozen=True, slots=True)
class Records:
    """What is recorded of an election at the instant `as_of`. Instants are of Bishkek unless they name a zone."""

    election: Election
    as_of: datetime
    performances: tuple[Performance, ...] = ()
    campaigning: tuple[Campaigning, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    leaves: tuple[Leave, ...] = ()
    reported: tuple[Reported, ...] = ()

    def __post_init__(self) -> None:
        for each in self.performances:
            if self.election.kind not in event(DUTIES[each.duty][0]).kinds:
                raise ValueError(f"an election of kind {self.election.kind} knows no duty {each.duty}")


@dataclass(frozen=True, slots=True)
class Suspected:
    """Something to report to the competent body: the item of Article 47, the breach, and who."""

    norm: NormId
    breach: Breach
    who: str


Found = tuple[Suspected, Finding]


@applies("L47.2.b", "L47.2.c", "L47.2.h", "L47.3.c", "L47.3.d", "L47.3.f", "L47.3.i", "L47.3.j")
def report(records: Records, edition: Edition) -> Outcome[tuple[Suspected, ...]]:
    """Which breaches of Article 47 the recorded facts show, and under which item a reported breach falls."""
    found = [
        *_duties(records, edition),
        *_campaigning(records, edition),
        *_transfers(records),
        *_refusals(records),
        *_leaves(records),
    ]
    named = [(Suspected(ITEMS[each.breach][0], each.breach, each.who), each) for each in records.reported]
    steps = tuple(
        Step(suspected.norm, "liability_item", {"liability_breach": suspected.breach.value}) for suspected, _ in named
    )
    beside = tuple(
        Finding(
            suspected.norm,
            "liability_of_others",
            Severity.WARNING,
            {"liability_breach": each.breach.value},
            ("reported",),
        )
        for suspected, each in named
        if each.actor not in ITEMS[each.breach][1]
    )
    value = (*(suspected for suspected, _finding in found), *(suspected for suspected, _each in named))
    return Outcome(value, steps, (*(finding for _suspected, finding in found), *beside))


@applies("L47.2.b", "L47.2.h", "L47.3.c", "L47.3.i")
def _duties(records: Records, edition: Edition) -> Iterator[Found]:
    """A duty that was not done when its term was over, or was done after it."""
    for each in records.performances:
        name, breach = DUTIES[each.duty]
        term = _term(name, each, records.election, edition)
        if term.closes is None or term.last is None or (each.done_at or records.as_of) < term.closes:
            continue
        facts: dict[str, Fact] = {"who": each.who, "liability_duty": each.duty.value, "last": term.last}
        if each.done_at is None:
            code = "duty_not_done"
        else:
            code = "duty_done_late"
            facts["done"] = each.done_at
        norm = ITEMS[breach][0]
        yield Suspected(norm, breach, each.who), Finding(norm, code, Severity.WARNING, facts, ("performances",))


def _term(name: str, each: Performance, election: Election, edition: Edition) -> Entry:
    """The term of a duty; without days where it runs from something that is not known to have happened."""
    if each.since is not None:
        return election.term(name, edition, **{event(name).anchor: each.since})
    entry = election.term(name, edition)
    return Entry(entry.event) if entry.provisional else entry


@applies("L47.3.f")
def _campaigning(records: Records, edition: Edition) -> Iterator[Found]:
    """Campaigning after it had to end, until the end of the election day."""
    if not records.campaigning:
        return
    election = records.election
    silence = campaign_closes(Occasion(election.kind, election.election_day), edition)
    over = end_of(election.election_day)
    for each in records.campaigning:
        if silence is not None and silence <= each.at < over:
            facts: dict[str, Fact] = {"who": each.who, "at": each.at, "silence": silence}
            finding = Finding("L47.3.f", "campaigning_in_silence", Severity.WARNING, facts, ("campaigning",))
            yield Suspected("L47.3.f", Breach.CAMPAIGN_RULES, each.who), finding


@applies("L47.2.c")
def _transfers(records: Records) -> Iterator[Found]:
    """Money for commissions that came late or has not come."""
    for each in records.transfers:
        late = records.as_of >= end_of(each.due) if each.made is None else each.made > each.due
        if late:
            facts: dict[str, Fact] = {"who": each.who, "last": each.due}
            finding = Finding("L47.2.c", "transfer_delayed", Severity.WARNING, facts, ("transfers",))
            yield Suspected("L47.2.c", Breach.FINANCING, each.who), finding


@applies("L47.3.d")
def _refusals(records: Records) -> Iterator[Found]:
    """A refusal to register that names no ground."""
    for each in records.refusals:
        if each.ground is None:
            facts: dict[str, Fact] = {"who": each.who, "whom": each.whom}
            finding = Finding("L47.3.d", "refusal_without_ground", Severity.WARNING, facts, ("refusals",))
            yield Suspected("L47.3.d", Breach.GROUNDLESS_REFUSAL, each.who), finding


@applies("L47.3.j")
def _leaves(records: Records) -> Iterator[Found]:
    """Leave that an employer refused."""
    for each in records.leaves:
        if not each.granted:
            finding = Finding("L47.3.j", "leave_refused", Severity.WARNING, {"who": each.who}, ("leaves",))
            yield Suspected("L47.3.j", Breach.LEAVE_REFUSED, each.who), finding
