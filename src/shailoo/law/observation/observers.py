"""Observers of candidates and parties (Art. 9), international ones (Art. 10), citizen observers of NGOs (Art. 10-1).

One rule for the three kinds: who sends, who may be sent, with which papers, how many, from when until when.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.observation import ListCandidateObservers
from shailoo.law.observation.conflicts import conflicts
from shailoo.law.observation.exclusions import exclusions
from shailoo.law.observation.people import Mandate, Person, requirements
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class Level(StrEnum):
    """The three levels of election commissions (L12.2)."""

    CEC = "cec"
    TEC = "tec"
    PEC = "pec"


class ObserverKind(StrEnum):
    """The three kinds of observers; the values are those of `Mandate`."""

    OBSERVER = "observer"  # of a candidate or a party
    CITIZEN = "citizen_observer"  # of an NGO
    INTERNATIONAL = "international_observer"


class Sender(StrEnum):
    """Who sends an observer."""

    CANDIDATE = "candidate"  # for President
    LIST_CANDIDATE = "list_candidate"  # one of those on a party's list
    PARTY_WITH_LIST = "party_with_list"
    PARTY_WITHOUT_LIST = "party_without_list"  # such as one that nominated a candidate for President
    NGO = "ngo"  # of Kyrgyzstan
    FOREIGN_ORGANIZATION = "foreign_organization"  # also a diplomatic mission
    INTERNATIONAL_ORGANIZATION = "international_organization"
    NOBODY = "nobody"


class ObserverPaper(StrEnum):
    """What is handed in or shown: the entries of the nomination document, and what goes with it."""

    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PATRONYMIC = "patronymic"  # or the entry that there is none
    ADDRESS = "address"
    POLLING_STATION = "polling_station"  # its number
    COMMISSIONS = "commissions"  # each by its name
    NO_RESTRICTIONS_NOTE = "no_restrictions_note"
    IDENTITY_DOCUMENT = "identity_document"  # a passport or what replaces it
    NGO_DECISION = "ngo_decision"  # to observe, taken as the charter says
    NGO_DECISION_COPY = "ngo_decision_copy"  # certified
    NGO_STAMP = "ngo_stamp"  # on the nomination document
    CERTIFICATE = "certificate"  # of an international observer


SENDERS: Mapping[ObserverKind, Mapping[Sender, NormId]] = MappingProxyType(
    {
        ObserverKind.OBSERVER: {
            Sender.CANDIDATE: "L9.1.a",
            Sender.PARTY_WITH_LIST: "L9.1.a",
            Sender.LIST_CANDIDATE: "L9.1.a",
        },
        ObserverKind.CITIZEN: {Sender.NGO: "L10-1.1"},
        ObserverKind.INTERNATIONAL: {
            Sender.FOREIGN_ORGANIZATION: "R1.4",
            Sender.INTERNATIONAL_ORGANIZATION: "R1.4",
        },
    }
)
"""Kind -> who may send such an observer, by which norm."""

_NO_SENDER: Mapping[ObserverKind, NormId] = MappingProxyType(
    {ObserverKind.OBSERVER: "L9.1.a", ObserverKind.CITIZEN: "L10-1.1", ObserverKind.INTERNATIONAL: "R1.4"}
)

PAPERS: Mapping[ObserverKind, Mapping[ObserverPaper, NormId]] = MappingProxyType(
    {
        ObserverKind.OBSERVER: {
            ObserverPaper.FIRST_NAME: "L9.2.a2",
            ObserverPaper.LAST_NAME: "L9.2.a2",
            ObserverPaper.PATRONYMIC: "L9.2.a2",
            ObserverPaper.ADDRESS: "L9.2.a2",
            ObserverPaper.POLLING_STATION: "L9.2.a2",
            ObserverPaper.COMMISSIONS: "L9.2.a2",
            ObserverPaper.NO_RESTRICTIONS_NOTE: "L9.2.a2",
            ObserverPaper.IDENTITY_DOCUMENT: "L9.2.a3",
        },
        ObserverKind.CITIZEN: {
            ObserverPaper.NGO_DECISION: "L10-1.1",
            ObserverPaper.NGO_STAMP: "L10-1.2.a1",
            ObserverPaper.FIRST_NAME: "L10-1.2.a2",
            ObserverPaper.LAST_NAME: "L10-1.2.a2",
            ObserverPaper.PATRONYMIC: "L10-1.2.a2",
            ObserverPaper.ADDRESS: "L10-1.2.a2",
            ObserverPaper.POLLING_STATION: "L10-1.2.a2",
            ObserverPaper.COMMISSIONS: "L10-1.2.a2",
            ObserverPaper.NO_RESTRICTIONS_NOTE: "L10-1.2.a2",
            ObserverPaper.IDENTITY_DOCUMENT: "L10-1.2.a3",
            ObserverPaper.NGO_DECISION_COPY: "L10-1.2.a4",
        },
        ObserverKind.INTERNATIONAL: {
            ObserverPaper.CERTIFICATE: "R4.3.a1",
            ObserverPaper.IDENTITY_DOCUMENT: "R4.3.a1",
        },
    }
)
"""Kind -> the papers and entries that are asked for, each with its norm."""

_NAMES: Mapping[ObserverKind, NormId] = MappingProxyType(
    {ObserverKind.OBSERVER: "L9.2.a3", ObserverKind.CITIZEN: "L10-1.2.a3", ObserverKind.INTERNATIONAL: "R4.3.a2"}
)


@dataclass(frozen=True, slots=True)
class Observing:
    """An observer at one commission on the local day `on`.

    `since` is the day on which the nomination document was handed to this commission (observers of candidates and
    parties) or of the accreditation (the others), None before it. `others_of_sender` counts the observers of the same
    sender who are directed to or accredited by this commission now, `in_premises` those who are in the room now; this
    one is in neither. Days of publication are None while nothing is published; `repeat_voting` says that a repeat
    voting has been appointed. `names_agree`: of the papers and the identity document. `accreditation_rules`: the CEC's
    rules on the accreditation of citizen observers are known. `recalled_on` is the day on which a candidate or a party
    recalled its observer, `sender_status_lost_on` the one on which it ceased to take part in the election.
    Raises ValueError where nothing was there to be revoked.
    """

    kind: ObserverKind
    person: Person
    sender: Sender
    commission: Level
    on: date
    papers: frozenset[ObserverPaper] = frozenset()
    names_agree: bool | None = None
    sender_registered: bool | None = None
    since: date | None = None
    others_of_sender: int = 0
    in_premises: int = 0
    accreditation_revoked: bool = False
    accreditation_rules: bool | None = None
    results_published: date | None = None
    repeat_voting: bool = False
    repeat_results_published: date | None = None
    recalled_on: date | None = None
    sender_status_lost_on: date | None = None

    def __post_init__(self) -> None:
        if self.accreditation_revoked and (self.kind is ObserverKind.OBSERVER or self.since is None):
            raise ValueError("only an accreditation can be revoked, and candidates' and parties' observers have none")

    @property
    def mandate(self) -> Mandate:
        return Mandate(self.kind.value)


@dataclass(frozen=True, slots=True)
class ObserverStanding:
    """Whether the person can be such an observer, and is one on the day asked; the days of the term, both included.

    An observer who is `admissible` and has no `since` has still to hand in the document, or to be accredited. `until`
    is None while the day is not known.
    """

    admissible: bool
    active: bool
    since: date | None
    until: date | None


@applies(
    "L9.1.a", "L9.1.b1", "L9.1.b2", "L9.2.a1", "L9.2.a2", "L9.2.a3", "L9.2.a4",
    "L10.1.a1", "L10.2.a1", "L10.2.a2", "L10.3",
    "L10-1.1", "L10-1.2.a1", "L10-1.2.a2", "L10-1.2.a3", "L10-1.2.a4", "L10-1.3.a1", "L10-1.3.a2", "L10-1.3.a3",
    "L10-1.5.a1", "L10-1.5.a2", "L21.11.a2",
    "R1.4", "R3.6", "R3.8.a1", "R3.8.a2", "R3.8.b1", "R3.8.b2", "R4.3.a1", "R4.3.a2",
)  # fmt: skip
def observer(facts: Observing, edition: Edition) -> Outcome[ObserverStanding]:
    """Whether a person may observe at a commission: sender, person, papers, number of observers and term.

    The three kinds differ in each of these; none needs to give notice before coming (L9.2.a4).
    """
    found: list[Step | Finding] = [
        *_sender(facts, edition),
        *requirements(facts.mandate, facts.person, facts.on, edition),
        *exclusions(facts.mandate, facts.person, edition),
        *conflicts(facts.mandate, facts.person.mandates),
        *_papers(facts),
        *_number(facts, edition),
    ]
    admissible = not any(isinstance(each, Finding) and each.severity is Severity.ERROR for each in found)
    until = _until(facts)
    term = [*_due(facts), *_term(facts, until)] if admissible else [*_term(facts, until)]
    ended = any(isinstance(each, Finding) and each.severity is Severity.ERROR for each in term)
    active = admissible and not ended and facts.since is not None
    found += term
    steps = tuple(each for each in found if isinstance(each, Step))
    findings = tuple(each for each in found if isinstance(each, Finding))
    return Outcome(ObserverStanding(admissible, active, facts.since, until), steps, findings)


# ------------------------------------------------------------------------------------- sender


def _sender(facts: Observing, edition: Edition) -> Iterator[Step | Finding]:
    named = {"mandate": facts.kind.value, "sender": facts.sender.value}
    norm = SENDERS[facts.kind].get(facts.sender)
    if norm is None:
        yield Finding(_NO_SENDER[facts.kind], "observer_sender_has_no_right", Severity.ERROR, named, ("sender",))
        return
    listed = facts.sender is Sender.LIST_CANDIDATE
    if listed and edition.list_candidate_observers is ListCandidateObservers.PER_LIST:
        yield Finding(norm, "observer_sent_by_party_not_by_listed_candidate", Severity.ERROR, fields=("sender",))
        return
    yield Step(norm, "observer_sender_may_send", named)
    if facts.kind is ObserverKind.OBSERVER and facts.sender_registered is not True:
        yield Finding("L9.2.a1", "observer_sender_not_registered", Severity.ERROR, named, ("sender_registered",))


# ------------------------------------------------------------------------------------- papers


def _papers(facts: Observing) -> Iterator[Step | Finding]:
    asked = PAPERS[facts.kind]
    for paper, norm in asked.items():
        if paper not in facts.papers:
            named = {"mandate": facts.kind.value, "mandate_paper": paper.value}
            yield Finding(norm, "observer_paper_missing", Severity.ERROR, named, ("papers",))
    if facts.names_agree is not True and ObserverPaper.IDENTITY_DOCUMENT in facts.papers:
        yield Finding(_NAMES[facts.kind], "observer_names_not_compared", Severity.ERROR, fields=("names_agree",))
    if facts.names_agree and facts.papers >= asked.keys():
        yield Step(_NAMES[facts.kind], "observer_papers_complete", {"papers": len(asked)})


# ------------------------------------------------------------------------------------- numbers


def _number(facts: Observing, edition: Edition) -> Iterator[Step | Finding]:
    """How many observers of one sender there may be; at TECs and the CEC those of candidates and parties are free."""
    if facts.kind is ObserverKind.OBSERVER:
        if facts.commission is Level.PEC:
            named = {"others": facts.others_of_sender, "limit": edition.observers_per_precinct}
            if facts.others_of_sender >= edition.observers_per_precinct:
                yield Finding("L9.1.b1", "observers_of_sender_full", Severity.ERROR, named, ("others_of_sender",))
            else:
                yield Step("L9.1.b1", "observers_of_sender_within_limit", named)
        if facts.in_premises >= edition.observers_at_once:
            yield Finding("L9.1.b2", "observer_of_sender_already_in_premises", Severity.ERROR, fields=("in_premises",))
    if facts.kind is ObserverKind.CITIZEN:
        named = {"others": facts.others_of_sender, "limit": edition.citizen_observers_per_commission}
        if facts.others_of_sender >= edition.citizen_observers_per_commission:
            yield Finding("L10-1.3.a3", "citizen_observers_of_ngo_full", Severity.ERROR, named, ("others_of_sender",))
        else:
            yield Step("L10-1.3.a3", "citizen_observers_of_ngo_within_limit", named)


# ------------------------------------------------------------------------------------- term


def _published(facts: Observing) -> date | None:
    """The official publication of results, of the repeat voting where one follows; None while it is to come."""
    return facts.repeat_results_published if facts.repeat_voting else facts.results_published


def _until(facts: Observing) -> date | None:
    """The last day of the powers: the first of the days that end them, None while none is known."""
    days = [_published(facts)]
    if facts.kind is ObserverKind.OBSERVER:
        days += [facts.recalled_on, facts.sender_status_lost_on]
    return min((day for day in days if day is not None), default=None)


_STARTS: Mapping[ObserverKind, tuple[NormId, ...]] = MappingProxyType(
    {
        ObserverKind.OBSERVER: ("L9.2.a1",),
        ObserverKind.CITIZEN: ("L10-1.5.a1",),
        ObserverKind.INTERNATIONAL: ("L10.2.a1", "R3.8.a1"),
    }
)
"""Kind -> the norms by which the term starts: the Law first, and the Regulation that says the same."""
_REVOKED: Mapping[ObserverKind, NormId] = MappingProxyType(
    {ObserverKind.CITIZEN: "L10-1.9", ObserverKind.INTERNATIONAL: "R3.6"}
)


def _due(facts: Observing) -> Iterator[Step]:
    """Whoever is admissible and brings all papers is accredited as a citizen observer, or takes up Art. 9."""
    if facts.since is None and facts.kind is ObserverKind.CITIZEN:
        yield Step("L10-1.3.a1", "citizen_observer_accreditation_due")
    if facts.since is None and facts.kind is ObserverKind.OBSERVER:
        yield Step("L9.2.a1", "observer_starts_with_document")


def _term(facts: Observing, until: date | None) -> Iterator[Step | Finding]:
    """When the mandate starts and ends, and whether it has started and not ended on the day asked."""
    yield from _start(facts)
    if facts.accreditation_revoked:
        fields = ("accreditation_revoked",)
        yield Finding(_REVOKED[facts.kind], "observer_accreditation_revoked", Severity.ERROR, fields=fields)
    yield from _end(facts, until)


def _start(facts: Observing) -> Iterator[Step | Finding]:
    if facts.kind is ObserverKind.CITIZEN and facts.accreditation_rules is not True:
        unclear = ("accreditation_rules",)
        yield Finding("L10-1.3.a2", "citizen_observer_accreditation_unregulated", Severity.WARNING, fields=unclear)
    if facts.since is None:
        if facts.kind is ObserverKind.INTERNATIONAL:
            yield Finding("L10.1.a1", "international_observer_not_accredited", Severity.ERROR, fields=("since",))
        return
    norms = _STARTS[facts.kind]
    if facts.on < facts.since:
        named = {"since": facts.since, "day": facts.on}
        yield Finding(norms[0], "observer_not_yet", Severity.ERROR, named, ("since", "on"))
        return
    yield from (Step(norm, "observer_since", {"since": facts.since}) for norm in norms)
    if facts.kind is ObserverKind.OBSERVER and facts.since == facts.on:
        yield Step("L9.2.a4", "observer_without_notice", {"since": facts.since})
    if facts.kind is ObserverKind.INTERNATIONAL:
        yield Step("L10.3", "international_observer_moves_freely")


def _ending(facts: Observing) -> tuple[NormId, ...]:
    """The norms by which publication ends the powers; two readings fill gaps of the Law.

    Article 9 sets no end and is read to have the one of the other observers; for a repeat voting the Regulation is
    followed for citizen observers by analogy.
    """
    match facts.kind:
        case ObserverKind.OBSERVER:
            return ("L9.2.a1",)
        case ObserverKind.CITIZEN:
            return ("L10-1.5.a2",)
        case ObserverKind.INTERNATIONAL:
            return ("R3.8.b2",) if facts.repeat_voting else ("L10.2.a2", "R3.8.a2")


def _end(facts: Observing, until: date | None) -> Iterator[Step | Finding]:
    norms = _ending(facts)
    if facts.repeat_voting and facts.kind is not ObserverKind.OBSERVER:
        ground = "R3.8.b1" if facts.kind is ObserverKind.INTERNATIONAL else "L10-1.5.a2"
        yield Step(ground, "observer_accreditation_carried_over", {"mandate": facts.kind.value})
    yield from _early(facts)
    if until is not None and facts.on > until:
        ends: dict[str, Fact] = {"until": until, "day": facts.on}
        yield Finding(norms[0], "observer_term_ended", Severity.ERROR, ends, ("on",))
    elif until is None:
        yield from (Step(norm, "observer_until_publication") for norm in norms)
    elif until == _published(facts):
        yield from (Step(norm, "observer_until", {"until": until}) for norm in norms)


def _early(facts: Observing) -> Iterator[Step]:
    """What ends the powers before publication: recall by the sender, and the sender's own end in the election."""
    if facts.kind is not ObserverKind.OBSERVER:
        return
    if facts.recalled_on is not None:
        yield Step("L9.2.a1", "observer_recalled", {"until": facts.recalled_on})
    if facts.sender_status_lost_on is not None:
        yield Step("L21.11.a2", "observer_ends_with_sender", {"until": facts.sender_status_lost_on})
