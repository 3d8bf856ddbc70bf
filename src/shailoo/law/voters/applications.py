"""A voter's application on the voter lists: missing, mistaken, or another voting address (Art. 15.3 to 15.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.voters import ListApplicationReceipt
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer, Requirement
from shailoo.law.voters.identity import NATIONAL_PASSPORTS, IdentityDocument
from shailoo.law.voters.voting import Voting


class Subject(StrEnum):
    """What the voter asks for."""

    NOT_LISTED = "not_listed"
    MISTAKE = "mistake"
    VOTING_ADDRESS = "voting_address"


class Ruling(StrEnum):
    """What follows for the application."""

    ACCEPTED = "accepted"  # it goes on to the State Registry Service
    TO_BE_COMPLETED = "to_be_completed"  # something that must be attached is missing
    REFERRED_FOR_BIOMETRICS = "referred_for_biometrics"
    OUT_OF_TIME = "out_of_time"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class ListApplication:
    """An application that reached a precinct commission, and what became of it. None: not done, or not known.

    Instants are local or with a zone, days are local. `document` is the identity document whose copy is attached to an
    application for a voting address, `holds_id_card` whether the voter has an ID card; `voting_address_is_residence`
    whether the address asked for is where the voter lives. `changed` is the day of inclusion or correction, `answered`
    the day on which the State Registry Service told of it.
    """

    voting: Voting
    subject: Subject
    received_by_pec: datetime
    received_by_registry: datetime | None = None
    written: bool | None = None
    copies_attached: bool | None = None
    standard_form: bool | None = None
    document: IdentityDocument | None = None
    lives_abroad: bool = False
    holds_id_card: bool | None = None
    voting_address_is_residence: bool | None = None
    biometric: bool | None = None
    passed_on: datetime | None = None
    changed: date | None = None
    answered: date | None = None
    voter_told: bool | None = None

    def __post_init__(self) -> None:
        if not self.voting.knows("voter_list_corrections_end"):
            raise ValueError(f"there are no applications on lists before {self.voting.kind}")


@dataclass(frozen=True, slots=True)
class Path:
    """The norms and terms of an application of one subject: receipt, passing on, answer, and its way."""

    receipt: NormId
    receipt_term: str
    passing_on: NormId
    passing_on_term: str
    answer: NormId
    answer_term: str
    answer_anchor: str
    route_norm: NormId
    route: str


_CORRECTION = Path(
    receipt="L15.3.a1",
    receipt_term="voter_list_corrections_end",
    passing_on="L15.3.a3",
    passing_on_term="list_application_passed_on",
    answer="L15.3.b1",
    answer_term="list_correction_reply",
    answer_anchor="inclusion_or_correction",
    route_norm="L15.3.a4",
    route="by_administrator",
)
PATHS: Mapping[Subject, Path] = MappingProxyType(
    {
        Subject.NOT_LISTED: _CORRECTION,
        Subject.MISTAKE: _CORRECTION,
        Subject.VOTING_ADDRESS: Path(
            receipt="L15.4.a1",
            receipt_term="voting_address_applications_end",
            passing_on="L15.4.b1",
            passing_on_term="voting_address_application_passed_on",
            answer="L15.4.b3",
            answer_term="voting_address_reply",
            answer_anchor="inclusion_in_list",
            route_norm="L15.4.b1",
            route="straight",
        ),
    }
)

CORRECTION_PAPERS: Mapping[str, Requirement] = MappingProxyType(
    {"written": Requirement("L15.3.a2"), "copies_attached": Requirement("L15.3.a2")}
)
"""What an application on a missing or mistaken entry must have."""

ADDRESS_PAPERS: Mapping[str, Requirement] = MappingProxyType({"standard_form": Requirement("L15.4.a2")})
"""What an application for a voting address must have, beside the copy of a document."""


@applies(
    "L1.d05",
    "L1.d13",
    "L15.3.a1",
    "L15.3.a2",
    "L15.3.a3",
    "L15.3.a4",
    "L15.3.b1",
    "L15.3.b2",
    "L15.3.c",
    "L15.4.a1",
    "L15.4.a2",
    "L15.4.a3",
    "L15.4.b1",
    "L15.4.b3",
    "L15.5.a",
)
def list_application(facts: ListApplication, edition: Edition) -> Outcome[Ruling]:
    """What follows for an application on the voter lists: in time, complete, passed on at once, answered in time."""
    answer = Answer()
    path = PATHS[facts.subject]
    in_time = _in_time(facts, path, edition, answer)
    if in_time is not True:
        return answer.outcome(Ruling.NOT_KNOWN if in_time is None else Ruling.OUT_OF_TIME)
    complete = _complete(facts, answer)
    referred = _referred(facts, answer)
    _way(facts, path, edition, answer)
    if not complete:
        return answer.outcome(Ruling.TO_BE_COMPLETED)
    return answer.outcome(Ruling.REFERRED_FOR_BIOMETRICS if referred else Ruling.ACCEPTED)


def _in_time(facts: ListApplication, path: Path, edition: Edition, answer: Answer) -> bool | None:
    """By receipt at the precinct commission, or at the State Registry Service (`list_application_receipt`)."""
    term = facts.voting.term(path.receipt_term, edition)
    at_registry = edition.list_application_receipt is ListApplicationReceipt.AT_THE_REGISTRY
    received, field = facts.received_by_pec, "received_by_pec"
    if at_registry:
        if facts.received_by_registry is None:
            answer.unknown("L15.5.a", "received_by_registry")
            return None
        received, field = facts.received_by_registry, "received_by_registry"
    norm = "L15.5.a" if at_registry else path.receipt
    closes: Fact = term.last if term.last is not None else ""
    moments: dict[str, Fact] = {"received": received, "last_day": closes, "receipt": field}
    late = Finding(norm, "application_out_of_time", Severity.ERROR, moments, (field,))
    return answer.test(term.in_time(received), Step(norm, "application_in_time", moments), late)


def _complete(facts: ListApplication, answer: Answer) -> bool:
    before = len(answer.findings)
    if facts.subject is not Subject.VOTING_ADDRESS:
        answer.require(CORRECTION_PAPERS, facts)
        return len(answer.findings) == before
    answer.require(ADDRESS_PAPERS, facts)
    _document(facts, answer)
    complete = len(answer.findings) == before
    if facts.voting_address_is_residence:
        same = Finding(
            "L1.d13", "application_address_is_residence", Severity.WARNING, {}, ("voting_address_is_residence",)
        )
        answer.findings.append(same)
    return complete


def _document(facts: ListApplication, answer: Answer) -> None:
    """At home a copy of the ID card; abroad another national passport too, of a voter who has no ID card."""
    document = facts.document
    if document is None:
        answer.findings.append(Finding("L15.4.a2", "application_document_missing", Severity.ERROR, {}, ("document",)))
        return
    given: dict[str, Fact] = {"identity_document": document}
    if document is IdentityDocument.ID_CARD:
        answer.steps.append(Step("L15.4.a2", "application_document_attached", given))
    elif document not in NATIONAL_PASSPORTS:
        answer.findings.append(
            Finding("L1.d05", "application_document_no_passport", Severity.ERROR, given, ("document",))
        )
    elif not facts.lives_abroad:
        answer.findings.append(Finding("L15.4.a2", "application_needs_id_card", Severity.ERROR, given, ("document",)))
    elif facts.holds_id_card is None:
        answer.unknown("L15.4.a3", "holds_id_card")
    else:
        held = Finding(
            "L15.4.a3", "application_id_card_goes_first", Severity.ERROR, given, ("document", "holds_id_card")
        )
        answer.test(not facts.holds_id_card, Step("L15.4.a3", "application_document_attached", given), held)


def _referred(facts: ListApplication, answer: Answer) -> bool:
    """Whether the voter must first be registered biometrically."""
    if facts.biometric is None:
        answer.required("biometric", Requirement("L15.3.c"), None)
        return False
    without = Finding("L15.3.c", "application_needs_biometrics", Severity.WARNING, {}, ("biometric",))
    return not answer.test(facts.biometric, Step("L15.3.c", "application_with_biometrics"), without)


def _way(facts: ListApplication, path: Path, edition: Edition, answer: Answer) -> None:
    """At once to the State Registry Service, a correction by way of the administrator; then the answer."""
    answer.steps.append(Step(path.route_norm, "application_route", {"route": path.route}))
    passing = facts.voting.term(path.passing_on_term, edition, list_application_receipt=facts.received_by_pec)
    answer.kept(path.passing_on, facts.passed_on, passing, "passed_on")
    if facts.changed is None:
        return
    replying = facts.voting.term(path.answer_term, edition, **{path.answer_anchor: facts.changed})
    answer.kept(path.answer, facts.answered, replying, "answered")
    if path is _CORRECTION and facts.answered is not None:
        answer.required("voter_told", Requirement("L15.3.b2", Severity.WARNING), facts.voter_told)
