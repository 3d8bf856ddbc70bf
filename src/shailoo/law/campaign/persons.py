"""Who takes part in campaigning, and whom the law bars from it (L22.15, L10-1.7); who is a close relative (L1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.campaign import CandidateInOffice
from shailoo.law.outcome import Fact, Finding, NormId, Severity, applies


class Status(StrEnum):
    """What somebody is while campaigning; one person can be several things."""

    CITIZEN = "citizen"
    CANDIDATE = "candidate"  # registered, alone or on a list
    PARTY = "party"  # with a registered list
    AUTHORIZED_REPRESENTATIVE = "authorized_representative"
    PROXY = "proxy"
    STATE_OFFICIAL = "state_official"
    LOCAL_OFFICIAL = "local_official"
    COMMISSION_MEMBER = "commission_member"
    OBSERVER = "observer"
    CITIZEN_OBSERVER = "citizen_observer"
    INTERNATIONAL_OBSERVER = "international_observer"
    JUDGE = "judge"
    RELIGIOUS_REPRESENTATIVE = "religious_representative"
    CHARITY_ORGANIZATION = "charity_organization"
    FOREIGN_CITIZEN = "foreign_citizen"
    FOREIGN_ORGANIZATION = "foreign_organization"
    STATELESS_PERSON = "stateless_person"


BARRED: Mapping[Status, NormId] = {
    Status.STATE_OFFICIAL: "L22.15",
    Status.LOCAL_OFFICIAL: "L22.15",
    Status.COMMISSION_MEMBER: "L22.15",
    Status.OBSERVER: "L22.15",
    Status.CITIZEN_OBSERVER: "L10-1.7.7",
    Status.INTERNATIONAL_OBSERVER: "L22.15",
    Status.JUDGE: "L22.15",
    Status.RELIGIOUS_REPRESENTATIVE: "L22.15",
    Status.CHARITY_ORGANIZATION: "L22.15",
    Status.FOREIGN_CITIZEN: "L22.15",
    Status.FOREIGN_ORGANIZATION: "L22.15",
    Status.STATELESS_PERSON: "L22.15",
}
"""Who may not campaign, nor issue or spread campaign materials, and by which norm."""

CONTESTANTS = frozenset({Status.CANDIDATE, Status.PARTY})
"""Those who stand for election and have a campaign fund."""

_OFFICIALS = frozenset({Status.STATE_OFFICIAL, Status.LOCAL_OFFICIAL})
_OF_AGE = frozenset({*CONTESTANTS, Status.AUTHORIZED_REPRESENTATIVE, Status.PROXY})
"""Organizations, and people whose age was tested when they were registered."""


class Part(StrEnum):
    """What somebody does in an act of campaigning."""

    CAMPAIGNER = "campaigner"
    ORDERER = "orderer"
    DISTRIBUTOR = "distributor"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who campaigns, orders campaigning, or spreads materials.

    `born`: local day of birth, left out for organizations or where it is not known. `on_duty`: whether an official acts
    in the time or with the means of the office; null where it is not known.
    """

    part: Part
    statuses: frozenset[Status]
    born: date | None = None
    on_duty: bool | None = None

    def __post_init__(self) -> None:
        if not self.statuses:
            raise ValueError("somebody who campaigns is at least a citizen or an organization")


def age(born: date, on: date) -> int:
    """Complete years on a local day; somebody born on 29 February completes a year on 1 March of a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@applies("L22.15", "L10-1.7.7")
def barred(participants: tuple[Participant, ...], on: date, edition: Edition) -> list[Finding]:
    """Everybody among those who take part whom the law bars from campaigning on that local day."""
    found: list[Finding] = []
    for index, each in enumerate(participants):
        found += _by_status(each, index, edition)
        if each.born is not None and age(each.born, on) < edition.campaigning_age:
            facts: dict[str, Fact] = {"age": age(each.born, on), "needed_age": edition.campaigning_age}
            field = f"participants[{index}].born"
            found.append(Finding("L22.15", "campaigner_too_young", Severity.ERROR, facts, (field,)))
        elif each.born is None and Status.CITIZEN in each.statuses and not each.statuses & _OF_AGE:
            needed: dict[str, Fact] = {"needed_age": edition.campaigning_age}
            born = f"participants[{index}].born"
            found.append(Finding("L22.15", "campaigner_age_not_known", Severity.WARNING, needed, (born,)))
    return found


def _by_status(each: Participant, index: int, edition: Edition) -> list[Finding]:
    """One finding for each status that bars; an official who is a candidate by `candidate_in_office`."""
    found: list[Finding] = []
    for status, norm in BARRED.items():
        if status not in each.statuses:
            continue
        facts: dict[str, Fact] = {"campaigner": str(status), "campaign_part": str(each.part)}
        fields = (f"participants[{index}].statuses",)
        if status in _OFFICIALS and Status.CANDIDATE in each.statuses:
            found += _candidate_in_office(each, facts, fields, edition)
        else:
            found.append(Finding(norm, "campaigner_barred", Severity.ERROR, facts, fields))
    return found


def _candidate_in_office(
    each: Participant, facts: dict[str, Fact], fields: tuple[str, ...], edition: Edition
) -> list[Finding]:
    if edition.candidate_in_office is CandidateInOffice.BARRED:
        return [Finding("L22.15", "campaigner_barred", Severity.ERROR, facts, fields)]
    if each.on_duty is None:
        return [Finding("L22.15", "campaigner_duty_not_known", Severity.WARNING, facts, fields)]
    if each.on_duty:
        return [Finding("L22.15", "candidate_campaigns_on_duty", Severity.ERROR, facts, fields)]
    return []


class Relation(StrEnum):
    """How somebody is related to a candidate: the close relatives of Article 1."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    ADOPTIVE_PARENT = "adoptive_parent"
    ADOPTED_CHILD = "adopted_child"
    FULL_SIBLING = "full_sibling"
    HALF_SIBLING = "half_sibling"
    GRANDFATHER = "grandfather"
    GRANDMOTHER = "grandmother"
    GRANDCHILD = "grandchild"


CLOSE_RELATIVES: Mapping[Relation, NormId] = {
    Relation.SPOUSE: "L1.d03.1",
    Relation.PARENT: "L1.d03.2",
    Relation.CHILD: "L1.d03.3",
    Relation.ADOPTIVE_PARENT: "L1.d03.4",
    Relation.ADOPTED_CHILD: "L1.d03.5",
    Relation.FULL_SIBLING: "L1.d03.6",
    Relation.HALF_SIBLING: "L1.d03.7",
    Relation.GRANDFATHER: "L1.d03.8",
    Relation.GRANDMOTHER: "L1.d03.9",
    Relation.GRANDCHILD: "L1.d03.10",
}
"""The closed list of close relatives, each with its item."""
