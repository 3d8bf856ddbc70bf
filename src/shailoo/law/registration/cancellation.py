"""When a registration may be cancelled: an exhaustive list of grounds, what each asks for, and its term (Art. 46).

A registered candidate or list until five days before election day, an elected candidate after that, death at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.campaign import RevocationTerm
from shailoo.law.editions.chapters.registration import OwnWithdrawal
from shailoo.law.norms import article_of
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.registration.election import Contest, Election
from shailoo.law.registration.withdrawal import Ballots, ballots_after


class Subject(StrEnum):
    """Whose registration is to be cancelled."""

    CANDIDATE = "candidate"
    LIST = "list"
    ELECTED = "elected"  # a candidate who was elected


class Ground(StrEnum):
    """Why a registration is to be cancelled."""

    OWN_WITHDRAWAL = "own_withdrawal"
    PARTY_RECALL = "party_recall"  # of candidates, or of the list
    OTHER_MONEY = "other_money"  # money used beside the campaign fund
    OVERSPENDING = "overspending"
    REGISTRATION_RULES = "registration_rules"
    ABUSE_OF_OFFICE = "abuse_of_office"
    INVOLVED_IN_ABUSE = "involved_in_abuse"  # by representatives
    CAMPAIGN_RULES = "campaign_rules"
    BRIBERY = "bribery"
    CONVICTION = "conviction"
    CONCEALMENT = "concealment"  # of facts that take the right to be elected
    CITIZENSHIP_LOST = "citizenship_lost"
    OTHER_CITIZENSHIP = "other_citizenship"
    OTHER_STATUTE = "other_statute"  # another ground of a law that shows that there is no right to be elected
    DEATH = "death"
    OTHER = "other"  # a ground that Article 46 does not know


GROUNDS: Mapping[Subject, Mapping[Ground, NormId]] = MappingProxyType(
    {
        Subject.CANDIDATE: MappingProxyType(
            {
                Ground.OWN_WITHDRAWAL: "L46.2.1",
                Ground.PARTY_RECALL: "L46.2.2",
                Ground.OTHER_MONEY: "L46.2.3.a",
                Ground.OVERSPENDING: "L46.2.3.b",
                Ground.REGISTRATION_RULES: "L46.2.4",
                Ground.ABUSE_OF_OFFICE: "L46.2.5.a",
                Ground.INVOLVED_IN_ABUSE: "L46.2.5.b",
                Ground.CAMPAIGN_RULES: "L46.2.6",
                Ground.BRIBERY: "L46.2.7",
                Ground.CONVICTION: "L46.2.8",
                Ground.DEATH: "L46.1.f",
            }
        ),
        Subject.LIST: MappingProxyType(
            {
                Ground.PARTY_RECALL: "L46.3.1",
                Ground.OTHER_MONEY: "L46.3.2.a",
                Ground.OVERSPENDING: "L46.3.2.b",
                Ground.REGISTRATION_RULES: "L46.3.3",
                Ground.ABUSE_OF_OFFICE: "L46.3.4",
                Ground.CAMPAIGN_RULES: "L46.3.5",
                Ground.BRIBERY: "L46.3.6",
            }
        ),
        Subject.ELECTED: MappingProxyType(
            {
                Ground.CONCEALMENT: "L46.1.a",
                Ground.CONVICTION: "L46.1.b",
                Ground.CITIZENSHIP_LOST: "L46.1.c",
                Ground.OTHER_CITIZENSHIP: "L46.1.d",
                Ground.OTHER_STATUTE: "L46.1.e",
                Ground.DEATH: "L46.1.f",
            }
        ),
    }
)


class Person(StrEnum):
    """Who did what the ground is about."""

    CANDIDATE = "candidate"
    REPRESENTATIVE = "representative"  # of the candidate or of the party
    CLOSE_RELATIVE = "close_relative"
    PARTY_LEADERSHIP = "party_leadership"
    EXECUTIVE_OFFICIAL = "executive_official"  # of the party's executive body, or a representative of that body
    SOMEBODY_ELSE = "somebody_else"


_AROUND_CANDIDATE = frozenset({Person.CANDIDATE, Person.REPRESENTATIVE})
_OF_PARTY = frozenset({Person.PARTY_LEADERSHIP, Person.EXECUTIVE_OFFICIAL, Person.REPRESENTATIVE})

PERSONS: Mapping[NormId, frozenset[Person]] = MappingProxyType(
    {
        "L46.2.5.a": _AROUND_CANDIDATE,
        "L46.2.5.b": frozenset({Person.CANDIDATE}),
        "L46.2.6": _AROUND_CANDIDATE,
        "L46.2.7": _AROUND_CANDIDATE | {Person.CLOSE_RELATIVE},
        "L46.3.4": frozenset({Person.PARTY_LEADERSHIP}),
        "L46.3.5": _OF_PARTY,
        "L46.3.6": _OF_PARTY,
    }
)
"""Whose acts count: those of a candidate or leadership that was involved in what representatives did are their own."""

BREACHED_ARTICLES: Mapping[Subject, Mapping[Contest, frozenset[str]]] = MappingProxyType(
    {
        Subject.CANDIDATE: MappingProxyType(
            {Contest.PRESIDENT: frozenset({"21", "53"}), Contest.LISTS: frozenset({"21", "61"})}
        ),
        Subject.LIST: MappingProxyType({Contest.LISTS: frozenset({"21", "61"})}),
    }
)
"""Articles whose breach is a ground: Art. 53 is about the President only, Art. 61 about lists only."""


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A proposal to cancel a registration, decided at `decided_at`.

    `confirmed` says whether the ground's facts are proven (None: not known); of money it is what the rule on campaign
    funds finds. `person` did it; `breached` is the norm that was breached ("L21.3"); `warnings` are written warnings
    before it; `statute` names the law of another ground. `ballots_made` says whether the ballots have been made.
    """

    election: Election
    subject: Subject
    ground: Ground
    decided_at: datetime
    confirmed: bool | None
    person: Person | None = None
    breached: str | None = None
    warnings: int = 0
    statute: str | None = None
    ballots_made: bool | None = None

    def __post_init__(self) -> None:
        if self.subject is Subject.LIST:
            self.election.require(Contest.LISTS)
        if self.ground is Ground.PARTY_RECALL and self.election.contest is Contest.PRESIDENT:
            raise ValueError("a party recalls candidates of its list, and not a candidate for President")


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Whether a registration may be cancelled, by which norm, until when, and what follows for the ballots.

    `until` is the first instant after the term, None where the ground has none.
    """

    may: bool
    ground: NormId | None
    until: datetime | None
    ballots: Ballots = Ballots.UNCHANGED


@applies(
    "L46.1.a",
    "L46.1.b",
    "L46.1.c",
    "L46.1.d",
    "L46.1.f",
    "L46.2.1",
    "L46.2.2",
    "L46.2.3.a",
    "L46.2.3.b",
    "L46.2.8",
    "L46.3.1",
    "L46.3.2.a",
    "L46.3.2.b",
    "L46.5",
)
def cancellation(facts: Cancellation, edition: Edition) -> Outcome[Cancelled]:
    """Whether a registration may be cancelled: a ground of Article 46, what that ground asks for, and its term."""
    norm = GROUNDS[facts.subject].get(facts.ground)
    if norm is None:
        told: dict[str, Fact] = {"cancelled_subject": facts.subject.value, "cancels": facts.ground.value}
        unknown = Finding("L46.5", "cancellation_ground_not_listed", Severity.ERROR, told, ("ground",))
        return Outcome(Cancelled(may=False, ground=None, until=None), (), (unknown,))
    steps = [
        Step(norm, "cancellation_ground", {"cancelled_subject": facts.subject.value, "cancels": facts.ground.value})
    ]
    findings: list[Finding] = []
    if facts.confirmed is not True:
        findings.append(Finding(norm, "cancellation_not_confirmed", Severity.ERROR, fields=("confirmed",)))
    _person(facts, norm, findings)
    _conditions(facts, norm, edition, findings)
    until = _term(facts, edition, steps, findings)
    ballots = Ballots.UNCHANGED
    if not findings and _is_on_the_ballot(facts):
        ballots = ballots_after(made=facts.ballots_made)
        steps.append(Step("L30.10.a1", "ballots_after_departure", {"ballots_follow": ballots.value}))
    return Outcome(Cancelled(not findings, norm, until, ballots), tuple(steps), tuple(findings))


def _is_on_the_ballot(facts: Cancellation) -> bool:
    """A candidate for President and a list are lines of the ballot until the voting; a list's candidates are none."""
    if facts.subject is Subject.LIST:
        return True
    return facts.subject is Subject.CANDIDATE and facts.election.contest is Contest.PRESIDENT


@applies("L46.2", "L46.3", "L46.1.f")
def _term(facts: Cancellation, edition: Edition, steps: list[Step], findings: list[Finding]) -> datetime | None:
    """Five days before election day, but for death, for the elected, and where a reading sets a special term."""
    if facts.subject is Subject.ELECTED or facts.ground is Ground.DEATH or _has_special_term(facts.ground, edition):
        return None
    norm = "L46.3" if facts.subject is Subject.LIST else "L46.2"
    until = facts.election.until("registration_cancellation_end", edition)
    if facts.decided_at < until:
        steps.append(Step(norm, "cancellation_in_time", {"until": until}))
    else:
        findings.append(Finding(norm, "cancellation_time_barred", Severity.ERROR, {"until": until}, ("decided_at",)))
    return until


def _has_special_term(ground: Ground, edition: Edition) -> bool:
    """Own withdrawal by L53.9 and L61.10, and repeated breaches of campaign rules by L28.5 where it is read so."""
    if ground is Ground.OWN_WITHDRAWAL:
        return edition.own_withdrawal is OwnWithdrawal.SPECIAL_TERM
    return ground is Ground.CAMPAIGN_RULES and edition.revocation_term is RevocationTerm.ANY_TIME


@applies("L46.2.5.a", "L46.2.5.b", "L46.2.6", "L46.2.7", "L46.3.4", "L46.3.5", "L46.3.6")
def _person(facts: Cancellation, norm: NormId, findings: list[Finding]) -> None:
    """Only acts of those whom the ground names count."""
    counting = PERSONS.get(norm)
    if counting is None or facts.person in counting:
        return
    if facts.person is None:
        findings.append(Finding(norm, "cancellation_person_not_known", Severity.ERROR, fields=("person",)))
    else:
        told: dict[str, Fact] = {"cancellation_person": facts.person.value}
        findings.append(Finding(norm, "cancellation_person_does_not_count", Severity.ERROR, told, ("person",)))


def _conditions(facts: Cancellation, norm: NormId, edition: Edition, findings: list[Finding]) -> None:
    """What some grounds ask for besides."""
    if facts.ground is Ground.REGISTRATION_RULES:
        _breached(facts, norm, findings)
    elif facts.ground is Ground.CAMPAIGN_RULES:
        _warned(facts, edition, findings)
    elif facts.ground is Ground.OTHER_STATUTE:
        _statute(facts, norm, findings)


@applies("L46.2.4", "L46.3.3")
def _breached(facts: Cancellation, norm: NormId, findings: list[Finding]) -> None:
    """The rules of Articles 21, 53 and 61, each for whom it is about."""
    articles = BREACHED_ARTICLES[facts.subject][facts.election.contest]
    if facts.breached is None:
        findings.append(Finding(norm, "cancellation_breach_not_named", Severity.ERROR, fields=("breached",)))
    elif not facts.breached.startswith("L") or article_of(facts.breached) not in articles:
        told: dict[str, Fact] = {"breached": facts.breached}
        findings.append(Finding(norm, "cancellation_breach_of_other_rules", Severity.ERROR, told, ("breached",)))


@applies("L46.2.6", "L46.3.5")
def _warned(facts: Cancellation, edition: Edition, findings: list[Finding]) -> None:
    """L28.5 sets the steps: a written warning, and then a further breach."""
    if facts.warnings < edition.cancellation_earlier_warnings:
        told: dict[str, Fact] = {"warnings": facts.warnings, "needed": edition.cancellation_earlier_warnings}
        findings.append(Finding("L28.5.a2", "cancellation_without_warning", Severity.ERROR, told, ("warnings",)))


@applies("L46.1.e")
def _statute(facts: Cancellation, norm: NormId, findings: list[Finding]) -> None:
    """An open clause beside an exhaustive list (L46.5): the law that shows the lack of the right is named."""
    if facts.statute is None:
        findings.append(Finding(norm, "cancellation_statute_not_named", Severity.ERROR, fields=("statute",)))
