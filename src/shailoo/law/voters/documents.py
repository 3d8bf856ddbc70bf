"""Which papers are election documents, and who is an executive official or serves in law enforcement (Art. 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, NormId, Outcome, Step, applies
from shailoo.law.voters.answer import Answer


class PaperKind(StrEnum):
    """A paper or file that a commission keeps."""

    VOTER_LIST = "paper_voter_list"
    VALID_BALLOTS = "paper_valid_ballots"
    INVALID_BALLOTS = "paper_invalid_ballots"
    UNUSED_BALLOTS = "paper_unused_ballots"
    SPOILED_BALLOTS = "paper_spoiled_ballots"
    CHEQUES = "paper_cheques"
    IDENTIFICATION_REPORT = "paper_identification_report"
    SCANNER_REPORT = "paper_scanner_report"
    PROTOCOL = "paper_protocol"
    DECISION = "paper_decision"
    REGISTRATION_FILE = "paper_registration_file"
    SUMMARY_TABLE = "paper_summary_table"
    ACT = "paper_act"
    COMPLAINT = "paper_complaint"
    CONTROL_SHEET = "paper_control_sheet"
    CORRESPONDENCE = "paper_correspondence"


ELECTION_DOCUMENTS: Mapping[PaperKind, NormId] = MappingProxyType(
    {
        PaperKind.VOTER_LIST: "L1.d08.1",
        PaperKind.VALID_BALLOTS: "L1.d08.2",
        PaperKind.INVALID_BALLOTS: "L1.d08.3",
        PaperKind.UNUSED_BALLOTS: "L1.d08.4",
        PaperKind.SPOILED_BALLOTS: "L1.d08.5",
        PaperKind.CHEQUES: "L1.d08.6",
        PaperKind.IDENTIFICATION_REPORT: "L1.d08.7",
        PaperKind.SCANNER_REPORT: "L1.d08.8",
        PaperKind.PROTOCOL: "L1.d08.9",
        PaperKind.DECISION: "L1.d08.10",
        PaperKind.REGISTRATION_FILE: "L1.d08.11",
        PaperKind.SUMMARY_TABLE: "L1.d08.12",
    }
)
"""The closed list of election documents, each with its item."""

HANDED_OVER_WITH_THEM = frozenset({PaperKind.ACT, PaperKind.COMPLAINT, PaperKind.CONTROL_SHEET})
"""Papers that go to the superior commission together with election documents (L35.19) and are none."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that is to be filed."""

    kind: PaperKind


class Filing(StrEnum):
    """How a paper is kept."""

    ELECTION_DOCUMENT = "election_document"
    BESIDE_THEM = "beside_them"
    APART = "apart"


@applies("L1.d08")
def election_document(facts: Paper, _edition: Edition) -> Outcome[Filing]:
    """Whether a paper is an election document, with the custody and archive that the law asks for one."""
    answer = Answer()
    what: dict[str, Fact] = {"paper": facts.kind}
    if facts.kind in ELECTION_DOCUMENTS:
        answer.steps.append(Step(ELECTION_DOCUMENTS[facts.kind], "paper_is_election_document", what))
        return answer.outcome(Filing.ELECTION_DOCUMENT)
    answer.steps.append(Step("L1.d08", "paper_not_in_the_list", what))
    beside = facts.kind in HANDED_OVER_WITH_THEM
    return answer.outcome(Filing.BESIDE_THEM if beside else Filing.APART)


# ------------------------------------------------------------------------------------- officials


class Employer(StrEnum):
    """Where a person serves."""

    INTERNAL_AFFAIRS = "internal_affairs"
    NATIONAL_SECURITY = "national_security"
    FINANCIAL_POLICE = "financial_police"
    PROSECUTOR = "prosecutor"
    CUSTOMS = "customs"
    DRUG_CONTROL = "drug_control"
    STATE_BODY = "state_body"  # any other
    LOCAL_GOVERNMENT = "local_government"
    ELSEWHERE = "elsewhere"


LAW_ENFORCEMENT: Mapping[Employer, NormId] = MappingProxyType(
    {
        Employer.INTERNAL_AFFAIRS: "L1.d20.1",
        Employer.NATIONAL_SECURITY: "L1.d20.2",
        Employer.FINANCIAL_POLICE: "L1.d20.3",
        Employer.PROSECUTOR: "L1.d20.4",
        Employer.CUSTOMS: "L1.d20.5",
        Employer.DRUG_CONTROL: "L1.d20.6",
    }
)
"""The six law enforcement agencies, each with its item. A fiscal body is none by itself."""


class Function(StrEnum):
    """What somebody does in office, for good, for a time or under a special mandate."""

    AUTHORITY = "authority"  # represents authority
    MANAGING = "managing"  # organizes and manages
    ADMINISTRATIVE = "administrative"
    CONTROL = "control"
    SUPERVISION = "supervision"
    TECHNICAL = "technical"
    TEACHING = "teaching"


OFFICIAL = frozenset(
    {
        Function.AUTHORITY,
        Function.MANAGING,
        Function.ADMINISTRATIVE,
        Function.CONTROL,
        Function.SUPERVISION,
    }
)
"""The functions of which each makes an executive official."""


@dataclass(frozen=True, slots=True)
class Service:
    """Where a person serves and what the person does there, on the day that is asked about."""

    employer: Employer
    functions: frozenset[Function] = frozenset()


@dataclass(frozen=True, slots=True)
class PublicStanding:
    """What a person is for the exclusions of the law."""

    executive_official: bool
    law_enforcement: bool


@applies("L1.d06", "L1.d20")
def public_service(facts: Service, _edition: Edition) -> Outcome[PublicStanding]:
    """Whether a person is an executive official, and whether the person serves in a law enforcement agency."""
    answer = Answer()
    where: dict[str, Fact] = {"employer": facts.employer}
    enforcing = facts.employer in LAW_ENFORCEMENT
    if enforcing:
        answer.steps.append(Step(LAW_ENFORCEMENT[facts.employer], "service_in_law_enforcement", where))
    official = facts.employer is not Employer.ELSEWHERE and bool(facts.functions & OFFICIAL)
    if official:
        answer.steps.append(Step("L1.d06", "service_as_executive_official", where))
    else:
        answer.steps.append(Step("L1.d06", "service_without_official_functions", where))
    return answer.outcome(PublicStanding(official, enforcing))
