"""Voters' data from hospitals, places of detention, and missions abroad (Art. 14.5, 14.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.voters import InstitutionData
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer
from shailoo.law.voters.voting import Voting


@dataclass(frozen=True, slots=True)
class ReportedVoter:
    """A person whom an institution expects on election day; `listed`: in a final voter list, None where not known."""

    id: str
    listed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionReport:
    """A report of a hospital or a temporary detention facility: local days of receipt (None: not received), people."""

    voting: Voting
    received_by_registry: date | None = None
    received_by_pec: date | None = None
    people: tuple[ReportedVoter, ...]

    def __post_init__(self) -> None:
        if not self.voting.knows("hospital_and_detention_data"):
            raise ValueError(f"there is no such report before {self.voting.kind}")


@dataclass(frozen=True, slots=True)
class ReportUse:
    """Whom mobile voting is prepared for, and who is to be added to a list (`institution_data`)."""

    mobile: tuple[str, ...]
    to_be_listed: tuple[str, ...]


@applies("L14.5", "L15.6")
def institution_report(facts: InstitutionReport, edition: Edition) -> Outcome[ReportUse]:
    """For whom an institution's data prepare mobile voting, and whether they came in time to both addressees."""
    answer = Answer()
    term = facts.voting.term("hospital_and_detention_data", edition)
    answer.kept("L14.5", facts.received_by_registry, term, "received_by_registry")
    answer.kept("L14.5", facts.received_by_pec, term, "received_by_pec")
    listed = tuple(each.id for each in facts.people if each.listed)
    missing = tuple(each.id for each in facts.people if each.listed is False)
    if any(each.listed is None for each in facts.people):
        answer.unknown("L15.6", "listed", "people")
    if listed:
        answer.steps.append(Step("L14.5", "report_prepares_mobile_voting", {"reported": len(listed)}))
    return answer.outcome(ReportUse(listed, _to_be_listed(missing, edition, answer)))


def _to_be_listed(missing: tuple[str, ...], edition: Edition, answer: Answer) -> tuple[str, ...]:
    """The lists have closed by then, unless the data are read to change them too."""
    if not missing:
        return ()
    people: dict[str, Fact] = {"reported": len(missing)}
    if edition.institution_data is InstitutionData.ALSO_LISTS:
        answer.steps.append(Step("L14.5", "report_adds_to_lists", people))
        return missing
    answer.findings.append(Finding("L15.6", "report_of_unlisted_voters", Severity.WARNING, people, ("people",)))
    return ()


@dataclass(frozen=True, slots=True)
class VoterAbroad:
    """A voter in the data of a mission: registered with the consulate, and biometrically. None: not known."""

    id: str
    consular: bool | None = None
    biometric: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionReport:
    """A mission's data on voters abroad, and the local day on which the State Registry Service received them."""

    voting: Voting
    received: date | None = None
    people: tuple[VoterAbroad, ...]

    def __post_init__(self) -> None:
        if not self.voting.knows("abroad_voter_data"):
            raise ValueError(f"there is no such report before {self.voting.kind}")


@applies("L14.6.a")
def mission_report(facts: MissionReport, edition: Edition) -> Outcome[tuple[str, ...]]:
    """Which voters of a mission's data are taken: those registered with the consulate and biometrically."""
    answer = Answer()
    term = facts.voting.term("abroad_voter_data", edition)
    answer.kept("L14.6.a", facts.received, term, "received")
    taken = tuple(each.id for each in facts.people if each.consular and each.biometric)
    answer.steps.append(Step("L14.6.a", "mission_voters_taken", {"reported": len(facts.people), "taken": len(taken)}))
    for each in facts.people:
        who: dict[str, Fact] = {"voter": each.id}
        if False in (each.consular, each.biometric):
            answer.findings.append(Finding("L14.6.a", "mission_voter_rejected", Severity.WARNING, who, ("people",)))
        elif None in (each.consular, each.biometric):
            answer.findings.append(Finding("L14.6.a", "mission_voter_not_known", Severity.WARNING, who, ("people",)))
    return answer.outcome(taken)
