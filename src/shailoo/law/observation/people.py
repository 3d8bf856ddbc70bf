"""Persons who hold a mandate at an election: what is known of them, what each mandate asks of its holder.

Carries out L9.3.a1, L10.1.b, L17.3 and the personal conditions among the exclusions of L17.4, L19.2 and L20.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar.terms import months_from
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.observation import CitizenObserverCitizenship
from shailoo.law.outcome import Fact, Finding, NormId, Severity, Step, applies

_MONTHS_OF_A_YEAR = 12


class Mandate(StrEnum):
    """What one person can be at an election for another, for an organization or for a commission."""

    COMMISSION_MEMBER = "commission_member"
    COMMISSION_REPRESENTATIVE = "commission_representative"  # Art. 17, 18
    AUTHORIZED_REPRESENTATIVE = "authorized_representative"  # Art. 19
    FINANCIAL_REPRESENTATIVE = "financial_representative"  # Art. 19, for finance
    PROXY = "proxy"  # Art. 20
    OBSERVER = "observer"  # Art. 9: of a candidate or a party
    CITIZEN_OBSERVER = "citizen_observer"  # Art. 10-1: of an NGO
    INTERNATIONAL_OBSERVER = "international_observer"  # Art. 10, the Regulation
    MEDIA_REPRESENTATIVE = "media_representative"  # Art. 11


class Citizenship(StrEnum):
    """Whose citizen a person is. A citizen of Kyrgyzstan counts as one also where another citizenship is held."""

    KYRGYZ = "kyrgyz"
    FOREIGN = "foreign"
    STATELESS = "stateless"


class Office(StrEnum):
    """An office or employment that the exclusion lists name, or that they leave out on purpose."""

    JOGORKU_KENESH_DEPUTY = "jogorku_kenesh_deputy"
    LOCAL_DEPUTY = "local_deputy"
    GOVERNMENT_MEMBER = "government_member"
    STATE_OFFICIAL = "state_official"  # L1.d06: represents authority, manages, administers, controls or supervises
    LOCAL_OFFICIAL = "local_official"  # L1.d06, in local self-government
    PRESIDENT_OFFICE_OFFICER = "president_office_officer"
    GOVERNMENT_OFFICE_OFFICER = "government_office_officer"
    JOGORKU_KENESH_OFFICE_OFFICER = "jogorku_kenesh_office_officer"
    JUDGE = "judge"
    PROSECUTOR = "prosecutor"  # also law enforcement (L1.d20.4)
    LAW_ENFORCEMENT_OFFICER = "law_enforcement_officer"  # L1.d20
    FISCAL_OFFICER = "fiscal_officer"
    SERVICEMAN = "serviceman"  # military
    STATE_EMPLOYEE = "state_employee"  # none of the functions of L1.d06
    MUNICIPAL_EMPLOYEE = "municipal_employee"  # none of the functions of L1.d06
    MEDIA_WORKER = "media_worker"  # journalist, creative worker or official of an editorial office


@dataclass(frozen=True, slots=True)
class Person:
    """Who holds or seeks a mandate, as of the day examined. None: not shown, and never taken as fulfilled.

    `mandates` are the other mandates that the person holds at this election.
    """

    citizenship: Citizenship | None
    born: date | None = None
    has_right_to_vote: bool | None = None
    lives_permanently_in_country: bool | None = None  # L1.d19: by a registration mark
    has_uncancelled_conviction: bool | None = None
    offices: frozenset[Office] = frozenset()
    mandates: frozenset[Mandate] = frozenset()


class Requirement(StrEnum):
    """What a mandate can ask of its holder."""

    KYRGYZ_CITIZENSHIP = "kyrgyz_citizenship"
    NO_KYRGYZ_CITIZENSHIP = "no_kyrgyz_citizenship"
    RIGHT_TO_VOTE = "right_to_vote"
    AGE = "age"
    PERMANENT_RESIDENCE = "permanent_residence"
    NO_CONVICTION = "no_conviction"


_AUTHORIZED: Mapping[Requirement, NormId] = MappingProxyType({Requirement.KYRGYZ_CITIZENSHIP: "L19.2"})

REQUIRED: Mapping[Mandate, Mapping[Requirement, NormId]] = MappingProxyType(
    {
        Mandate.OBSERVER: {
            Requirement.KYRGYZ_CITIZENSHIP: "L9.3.a1",
            Requirement.RIGHT_TO_VOTE: "L9.3.a1",
        },
        Mandate.CITIZEN_OBSERVER: {Requirement.KYRGYZ_CITIZENSHIP: "L10-1.4"},
        Mandate.INTERNATIONAL_OBSERVER: {Requirement.NO_KYRGYZ_CITIZENSHIP: "L10.1.b"},
        Mandate.COMMISSION_REPRESENTATIVE: {
            Requirement.KYRGYZ_CITIZENSHIP: "L17.3",
            Requirement.AGE: "L17.3",
            Requirement.RIGHT_TO_VOTE: "L17.3",
            Requirement.PERMANENT_RESIDENCE: "L17.3",
            Requirement.NO_CONVICTION: "L17.4.15",
        },
        Mandate.AUTHORIZED_REPRESENTATIVE: _AUTHORIZED,
        Mandate.FINANCIAL_REPRESENTATIVE: _AUTHORIZED,
        Mandate.PROXY: {Requirement.KYRGYZ_CITIZENSHIP: "L20.2.a1"},
    }
)
"""Mandate -> what its holder must be, and the norm that asks for it."""

_EXCLUDED_BY_CITIZENSHIP: Mapping[tuple[Mandate, Citizenship], NormId] = MappingProxyType(
    {
        (Mandate.COMMISSION_REPRESENTATIVE, Citizenship.FOREIGN): "L17.4.13",
        (Mandate.COMMISSION_REPRESENTATIVE, Citizenship.STATELESS): "L17.4.14",
        (Mandate.AUTHORIZED_REPRESENTATIVE, Citizenship.FOREIGN): "L19.2.12",
        (Mandate.AUTHORIZED_REPRESENTATIVE, Citizenship.STATELESS): "L19.2.13",
        (Mandate.FINANCIAL_REPRESENTATIVE, Citizenship.FOREIGN): "L19.2.12",
        (Mandate.FINANCIAL_REPRESENTATIVE, Citizenship.STATELESS): "L19.2.13",
        (Mandate.PROXY, Citizenship.FOREIGN): "L20.3.12",
    }
)
"""Where an exclusion list has an item of its own for those who are no citizens."""

_FIELD: Mapping[Requirement, str] = MappingProxyType(
    {
        Requirement.KYRGYZ_CITIZENSHIP: "person.citizenship",
        Requirement.NO_KYRGYZ_CITIZENSHIP: "person.citizenship",
        Requirement.RIGHT_TO_VOTE: "person.has_right_to_vote",
        Requirement.AGE: "person.born",
        Requirement.PERMANENT_RESIDENCE: "person.lives_permanently_in_country",
        Requirement.NO_CONVICTION: "person.has_uncancelled_conviction",
    }
)


@applies(
    "L9.3.a1", "L10.1.b", "R1.4", "L10-1.4", "L17.3", "L17.4.13", "L17.4.14", "L17.4.15",
    "L19.2.12", "L19.2.13", "L20.2.a1", "L20.3.12",
)  # fmt: skip
def requirements(mandate: Mandate, person: Person, on: date, edition: Edition) -> list[Step | Finding]:
    """Each personal condition of a mandate: a step where it is met, a finding where it is not, or is not shown."""
    found = [_held(each, norm, mandate, person, on, edition) for each, norm in REQUIRED[mandate].items()]
    if mandate is Mandate.CITIZEN_OBSERVER:
        found = [] if edition.citizen_observer_citizenship is CitizenObserverCitizenship.NOT_REQUIRED else found
        if person.has_right_to_vote is not True:  # unlike L9.3.a1 the article does not ask for it
            facts = {"mandate": mandate.value}
            unclear = ("person.has_right_to_vote",)
            found.append(Finding("L10-1.4", "mandate_right_to_vote_not_asked", Severity.WARNING, facts, unclear))
    return found


def _held(
    asked: Requirement, norm: NormId, mandate: Mandate, person: Person, on: date, edition: Edition
) -> Step | Finding:
    if asked is Requirement.AGE and person.born is not None:
        return _age(norm, mandate, person.born, on, edition)
    answer = _answer(asked, person)
    facts = {"mandate": mandate.value, "mandate_requirement": asked.value}
    if answer is True:
        return Step(norm, "mandate_requirement_met", facts)
    if answer is None:
        return Finding(norm, "mandate_requirement_not_shown", Severity.ERROR, facts, (_FIELD[asked],))
    if asked is Requirement.KYRGYZ_CITIZENSHIP and person.citizenship is not None:
        norm = _EXCLUDED_BY_CITIZENSHIP.get((mandate, person.citizenship), norm)
    return Finding(norm, "mandate_requirement_not_met", Severity.ERROR, facts, (_FIELD[asked],))


def _answer(asked: Requirement, person: Person) -> bool | None:
    """Whether the person meets the condition; None where it is not shown."""
    match asked:
        case Requirement.KYRGYZ_CITIZENSHIP:
            return None if person.citizenship is None else person.citizenship is Citizenship.KYRGYZ
        case Requirement.NO_KYRGYZ_CITIZENSHIP:
            return None if person.citizenship is None else person.citizenship is not Citizenship.KYRGYZ
        case Requirement.RIGHT_TO_VOTE:
            return person.has_right_to_vote
        case Requirement.AGE:
            return None  # without a day of birth nothing is shown; with one `_age` answers
        case Requirement.PERMANENT_RESIDENCE:
            return person.lives_permanently_in_country
        case Requirement.NO_CONVICTION:
            return None if person.has_uncancelled_conviction is None else not person.has_uncancelled_conviction


def _age(norm: NormId, mandate: Mandate, born: date, on: date, edition: Edition) -> Step | Finding:
    years = edition.commission_representative_age
    reached = _turned(born, years)
    facts: dict[str, Fact] = {"mandate": mandate.value, "years": years, "reached": reached, "day": on}
    if reached <= on:
        return Step(norm, "mandate_age_reached", facts)
    return Finding(norm, "mandate_age_not_reached", Severity.ERROR, facts, ("person.born",))


def _turned(born: date, years: int) -> date:
    """The birthday on which so many years are reached."""
    return months_from(born, years * _MONTHS_OF_A_YEAR)
