"""Whether somebody is a registered candidate at a given instant, and when and why that ended (L21.9.b, L21.11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import start_of
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class Loss(StrEnum):
    """What ends the status of a registered candidate."""

    RESULTS_DECLARED = "results_declared"
    WITHDRAWAL = "withdrawal"
    REPEAT_VOTING_OF_OTHERS = "repeat_voting_of_others"


LOSSES: Mapping[Loss, NormId] = MappingProxyType(
    {
        Loss.RESULTS_DECLARED: "L21.11.a1",
        Loss.WITHDRAWAL: "L21.11.a2",
        Loss.REPEAT_VOTING_OF_OTHERS: "L21.11.a3",
    }
)


@dataclass(frozen=True, slots=True)
class Candidacy:
    """A registered candidate's way through the election, and the instant `at` that is asked about.

    `results_declared_at`: the commission officially declared the results of the election in the media. `repeat_voting`
    is the local day of a repeat voting that was decided; `goes_through` says whether this candidate is in it (None: not
    known). Instants carry a zone; None: not happened.
    """

    registered_at: datetime
    at: datetime
    withdrawn_at: datetime | None = None
    results_declared_at: datetime | None = None
    repeat_voting: date | None = None
    goes_through: bool | None = None

    def __post_init__(self) -> None:
        if self.withdrawn_at is not None and self.withdrawn_at < self.registered_at:
            raise ValueError("who withdraws before registration was no registered candidate")


@dataclass(frozen=True, slots=True)
class CandidateStatus:
    """Whether the person is a registered candidate at the instant asked about (None: not known), and what ended it.

    `service_days`: full days of participation so far, which count as service in the profession followed before.
    """

    is_candidate: bool | None
    ended_at: datetime | None = None
    why: Loss | None = None
    service_days: int = 0


@applies("L21.9.b", "L21.11.a1", "L21.11.a2", "L21.11.a3")
def status(facts: Candidacy, _edition: Edition) -> Outcome[CandidateStatus]:
    """Whether somebody is a registered candidate at an instant, and what ended the status (L21.11)."""
    if facts.at < facts.registered_at:
        begins: dict[str, Fact] = {"at": facts.registered_at}
        return Outcome(CandidateStatus(is_candidate=False), (Step("L21.11.a1", "status_not_begun", begins),))
    ended = min(((at, why) for why, at in _ends(facts) if at <= facts.at), default=None)
    until = ended[0] if ended else facts.at
    days = (until - facts.registered_at).days
    service = Step("L21.9.b", "status_counts_as_service", {"from": facts.registered_at, "until": until, "days": days})
    if ended is not None:
        at, why = ended
        lost = Step(LOSSES[why], "status_ended", {"at": at, "status_loss": why.value})
        return Outcome(CandidateStatus(is_candidate=False, ended_at=at, why=why, service_days=days), (lost, service))
    if _is_open(facts):
        findings = (Finding("L21.11.a3", "status_repeat_voting_not_known", Severity.ERROR, {}, ("goes_through",)),)
        return Outcome(CandidateStatus(is_candidate=None, service_days=days), (service,), findings)
    lasts = Step("L21.11.a1", "status_lasts", {"at": facts.at})
    return Outcome(CandidateStatus(is_candidate=True, service_days=days), (lasts, service))


def _ends(facts: Candidacy) -> Iterator[tuple[Loss, datetime]]:
    """What ends the status and when; a repeat voting of others on its day, since the third may still be called up."""
    if facts.results_declared_at is not None:
        yield Loss.RESULTS_DECLARED, facts.results_declared_at
    if facts.withdrawn_at is not None:
        yield Loss.WITHDRAWAL, facts.withdrawn_at
    if facts.repeat_voting is not None and facts.goes_through is False:
        yield Loss.REPEAT_VOTING_OF_OTHERS, start_of(facts.repeat_voting)


def _is_open(facts: Candidacy) -> bool:
    if facts.repeat_voting is None or facts.goes_through is not None:
        return False
    return facts.at >= start_of(facts.repeat_voting)
