"""A candidate leaves a list after the voting and before seats are allocated (L65.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.outcome import Finding, Outcome, Severity, Step, applies
from shailoo.law.registration.election import Contest, Election


class Form(StrEnum):
    """What the form of the request asks for."""

    ON_TEMPLATE = "on_template"
    NOTARISED = "notarised"
    IN_PERSON = "in_person"


@dataclass(frozen=True, slots=True)
class Request:
    """A candidate's request to leave the list, at the instant `at`.

    `allocation_at` is when seats were allocated, `revoked_at` when the request was taken back, `decided_at` when the
    CEC expelled the candidate (None: not yet). The form: on the CEC's template, certified by a notary, handed in
    personally (None: not known).
    """

    election: Election
    at: datetime
    candidate: str
    filed_at: datetime
    on_template: bool | None
    notarised: bool | None
    in_person: bool | None
    allocation_at: datetime | None = None
    revoked_at: datetime | None = None
    decided_at: datetime | None = None

    def __post_init__(self) -> None:
        self.election.require(Contest.LISTS)
        later = [each for each in (self.at, self.revoked_at, self.decided_at) if each is not None]
        if min(later) < self.filed_at:
            raise ValueError("nothing follows a request before it was filed")

    @property
    def form(self) -> Mapping[Form, bool | None]:
        return MappingProxyType(
            {Form.ON_TEMPLATE: self.on_template, Form.NOTARISED: self.notarised, Form.IN_PERSON: self.in_person}
        )


class Leaves(StrEnum):
    """What becomes of the candidate; one who leaves is passed over wherever the list's order counts."""

    LEAVES = "leaves"
    STAYS = "stays"
    PENDING = "pending"  # the CEC has to decide


@applies("L65.1.d", "L65.1.e", "L65.1.f", "L65.1.g")
def leaving(facts: Request, edition: Edition) -> Outcome[Leaves]:
    """Whether a candidate leaves the list after the voting: the term, the form, and a request taken back in time."""
    findings = [*_term(facts, edition), *_form(facts)]
    steps: list[Step] = []
    if any(found.severity is Severity.ERROR for found in findings):
        return Outcome(Leaves.STAYS, (), tuple(findings))
    if facts.revoked_at is not None and (facts.decided_at is None or facts.revoked_at < facts.decided_at):
        steps.append(Step("L65.1.g", "leaving_taken_back", {"revoked_at": facts.revoked_at}))
        return Outcome(Leaves.STAYS, tuple(steps), tuple(findings))
    if facts.decided_at is None:
        steps.append(Step("L65.1.f", "leaving_to_be_decided", {"candidate": facts.candidate}))
        return Outcome(Leaves.PENDING, tuple(steps), tuple(findings))
    if facts.revoked_at is not None:
        findings.append(Finding("L65.1.g", "leaving_taken_back_late", Severity.WARNING, fields=("revoked_at",)))
    steps.append(Step("L65.1.f", "leaving_decided", {"candidate": facts.candidate, "decided_at": facts.decided_at}))
    return Outcome(Leaves.LEAVES, tuple(steps), tuple(findings))


@applies("L65.1.d")
def _term(facts: Request, edition: Edition) -> list[Finding]:
    """After the voting, which ends at 20:00, and before the allocation of seats."""
    opens = facts.election.term("withdrawal_after_voting", edition).opens
    if opens is not None and facts.filed_at < opens:
        early = Finding("L65.1.d", "leaving_before_voting_ended", Severity.ERROR, {"opens": opens}, ("filed_at",))
        return [early]
    if facts.allocation_at is not None and facts.filed_at >= facts.allocation_at:
        allocated = {"allocation_at": facts.allocation_at}
        return [Finding("L65.1.d", "leaving_after_allocation", Severity.ERROR, allocated, ("filed_at",))]
    return []


@applies("L65.1.e")
def _form(facts: Request) -> list[Finding]:
    """What is missing of the form, and what of it is not known."""
    findings: list[Finding] = []
    for form, kept in facts.form.items():
        if kept is None:
            findings.append(
                Finding(
                    "L65.1.e", "leaving_form_not_known", Severity.WARNING, {"leaving_form": form.value}, (form.value,)
                )
            )
        elif not kept:
            findings.append(
                Finding("L65.1.e", "leaving_form_not_kept", Severity.ERROR, {"leaving_form": form.value}, (form.value,))
            )
    return findings
