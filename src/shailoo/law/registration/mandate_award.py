"""From the result to the deputy: notice, incompatible duties given up in three days, registration (L65.1, L65.2).

Until the mandate is awarded a fact that takes the right to be elected cancels the decision on a candidate (L46.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies
from shailoo.law.presidential import Impediment
from shailoo.law.registration.election import Contest, Election
from shailoo.law.registration.succession import Cause, Place, Standing, Succession, Vacancy, require_list, succession


@dataclass(frozen=True, slots=True)
class Award:
    """A candidate elected from a list, at the instant `at`; `places` is the whole list. None: not yet, or none.

    `determined_at` is the determination of results, `protocol_signed_at` the signature of the protocol, `notified_at`
    when the candidate was told. `application_at` is when the CEC got a copy of the application to give up incompatible
    duties, or the statement that there are none. `impediment` was confirmed at `confirmed_at`; `registered_at` is the
    registration as a deputy, with which the mandate is awarded, and `papers_given` says that certificate and badge
    were given.
    """

    election: Election
    at: datetime
    places: tuple[Place, ...]
    elected: str
    determined_at: datetime
    protocol_signed_at: datetime
    notified_at: datetime | None = None
    application_at: datetime | None = None
    impediment: Impediment | None = None
    confirmed_at: datetime | None = None
    registered_at: datetime | None = None
    papers_given: bool | None = None

    def __post_init__(self) -> None:
        self.election.require(Contest.LISTS)
        require_list(self.places)
        standing = {each.candidate: each.standing for each in self.places}
        if standing.get(self.elected) is not Standing.ELECTED:
            raise ValueError(f"{self.elected} is not elected from this list")
        if (self.impediment is None) != (self.confirmed_at is None):
            raise ValueError("an impediment has an instant at which it was confirmed")
        if self.confirmed_at is not None and self.confirmed_at < self.determined_at:
            raise ValueError("the fact was confirmed before the results were determined")
        if self.registered_at is not None and self.registered_at < self.determined_at:
            raise ValueError("a deputy was registered before the results were determined")


class AwardStep(StrEnum):
    """What comes next for the elected candidate."""

    NOTIFY = "notify"
    WAIT = "wait"  # for the application
    REGISTER = "register"
    REGISTERED = "registered"
    PASSES_ON = "passes_on"  # not this candidate: see `succession`


@dataclass(frozen=True, slots=True)
class Awarding:
    """The next step, the first instants after the terms of the application and of the registration, and who follows."""

    next_step: AwardStep
    application_until: datetime | None = None
    registration_until: datetime | None = None
    succession: Succession | None = None


@applies("L65.1.a", "L65.1.b", "L65.1.c", "L65.2.a", "L65.2.b", "L46.4.b", "L46.4.c")
def award(facts: Award, edition: Edition) -> Outcome[Awarding]:
    """What comes next for an elected candidate: notice, application, registration, or the next on the list."""
    steps: list[Step] = []
    findings: list[Finding] = []
    if _cancelled(facts, steps, findings):
        return _passes_on(facts, Cause.ELECTION_CANCELLED, edition, steps, findings)
    if facts.notified_at is None:
        steps.append(Step("L65.1.a", "elected_to_be_notified", {"candidate": facts.elected}))
        return Outcome(Awarding(AwardStep.NOTIFY), tuple(steps), tuple(findings))
    notified: dict[str, Fact] = {"candidate": facts.elected, "notified_at": facts.notified_at}
    if facts.notified_at < facts.protocol_signed_at:
        early = Finding("L65.1.a", "elected_notified_before_protocol", Severity.WARNING, notified, ("notified_at",))
        findings.append(early)
    else:
        steps.append(Step("L65.1.a", "elected_notified", notified))
    until = facts.election.until("incompatible_duties_given_up", edition, notification_to_elected=facts.notified_at)
    given = facts.application_at
    if given is None and facts.at < until:
        steps.append(Step("L65.1.b", "duties_to_be_given_up", {"until": until}))
        return Outcome(Awarding(AwardStep.WAIT, until), tuple(steps), tuple(findings))
    if given is None or given >= until:
        kept = Finding("L65.1.b", "duties_not_given_up", Severity.ERROR, {"until": until}, ("application_at",))
        return _passes_on(facts, Cause.DUTIES_KEPT, edition, steps, [*findings, kept], until)
    steps.append(Step("L65.1.b", "duties_given_up", {"application_at": given, "until": until}))
    return _registration(facts, given, until, edition, steps, findings)


@applies("L46.4.b")
def _cancelled(facts: Award, steps: list[Step], findings: list[Finding]) -> bool:
    """Whether a fact cancels the decision on the election; once the mandate is awarded only Art. 65 can end it."""
    if facts.impediment is None or facts.confirmed_at is None:
        return False
    told: dict[str, Fact] = {"candidate": facts.elected, "impediment": facts.impediment.value}
    told["confirmed_at"] = facts.confirmed_at
    if facts.registered_at is not None and facts.registered_at <= facts.confirmed_at:
        findings.append(
            Finding("L46.4.b", "impediment_after_award", Severity.WARNING, told, ("impediment", "confirmed_at"))
        )
        return False
    steps.append(Step("L46.4.b", "election_of_candidate_cancelled", told))
    return True


def _passes_on(
    facts: Award,
    cause: Cause,
    edition: Edition,
    steps: list[Step],
    findings: list[Finding],
    application_until: datetime | None = None,
) -> Outcome[Awarding]:
    found = succession(Vacancy(facts.places, facts.elected, cause), edition)
    value = Awarding(AwardStep.PASSES_ON, application_until, succession=found.value)
    return Outcome(value, (*steps, *found.steps), (*findings, *found.findings))


@applies("L65.2.a", "L65.2.b")
def _registration(
    facts: Award,
    application_at: datetime,
    application_until: datetime,
    edition: Edition,
    steps: list[Step],
    findings: list[Finding],
) -> Outcome[Awarding]:
    """Within three days from the determination or the application, whichever is later; with certificate and badge."""
    ready = max(facts.determined_at, application_at)
    until = facts.election.until("deputies_registered", edition, resignation_applications_receipt=ready)
    done = facts.registered_at
    if done is None:
        steps.append(Step("L65.2.a", "deputy_to_be_registered", {"candidate": facts.elected, "until": until}))
    else:
        steps.append(Step("L65.2.a", "deputy_registered", {"candidate": facts.elected, "registered_at": done}))
    if (done or facts.at) >= until:
        findings.append(
            Finding("L65.2.a", "deputy_registered_late", Severity.WARNING, {"until": until}, ("registered_at",))
        )
    if done is not None and facts.papers_given is not True:
        findings.append(Finding("L65.2.b", "deputy_without_papers", Severity.WARNING, fields=("papers_given",)))
    step = AwardStep.REGISTER if done is None else AwardStep.REGISTERED
    return Outcome(Awarding(step, application_until, until), tuple(steps), tuple(findings))
