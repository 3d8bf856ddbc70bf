"""What may not be done to a registered candidate: dismissal, transfer, prosecution, arrest (L21.9.a, L21.10.a1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class Measure(StrEnum):
    """What is done to a candidate."""

    DISMISSAL = "dismissal"
    TRANSFER = "transfer"
    CRIMINAL_LIABILITY = "criminal_liability"
    DETENTION = "detention"
    ARREST = "arrest"
    COURT_PENALTY = "court_penalty"  # an administrative penalty that a court imposes


MEASURES: Mapping[Measure, NormId] = MappingProxyType(
    {
        Measure.DISMISSAL: "L21.9.a1",
        Measure.TRANSFER: "L21.9.a2",
        Measure.CRIMINAL_LIABILITY: "L21.10.a1",
        Measure.DETENTION: "L21.10.a1",
        Measure.ARREST: "L21.10.a1",
        Measure.COURT_PENALTY: "L21.10.a1",
    }
)


@dataclass(frozen=True, slots=True)
class Incident:
    """A measure against somebody who is registered as a candidate. Instants carry a zone; None: not known or not yet.

    `status_ended_at`: the status of candidate ended; `results_declared_at`: results were officially declared.
    `by_employer`: on the employer's initiative (dismissal). `own_consent`: with the candidate's consent (transfer).
    `caught_in_the_act` and `cec_consented` are asked of prosecution, detention, arrest and penalty.
    """

    measure: Measure
    at: datetime
    registered_at: datetime
    status_ended_at: datetime | None = None
    results_declared_at: datetime | None = None
    by_employer: bool | None = None
    own_consent: bool | None = None
    caught_in_the_act: bool | None = None
    cec_consented: bool | None = None

    @property
    def protected_until(self) -> datetime | None:
        """Prosecution is barred until results are declared, dismissal and transfer while the candidate is one."""
        employment = self.measure in (Measure.DISMISSAL, Measure.TRANSFER)
        return self.status_ended_at if employment else self.results_declared_at


@dataclass(frozen=True, slots=True)
class Protection:
    """Whether the measure is allowed; None where what decides it is not known."""

    allowed: bool | None


@applies("L21.9.a1", "L21.9.a2", "L21.10.a1")
def protection(facts: Incident, _edition: Edition) -> Outcome[Protection]:
    """Whether a dismissal, transfer, prosecution or arrest of a registered candidate is allowed (L21.9, L21.10)."""
    norm, told = MEASURES[facts.measure], {"protection_measure": facts.measure.value}
    if facts.at < facts.registered_at or (facts.protected_until is not None and facts.at >= facts.protected_until):
        return Outcome(Protection(allowed=True), (Step(norm, "protection_not_in_force", told),))
    allowed = _allowed(facts)
    if allowed:
        return Outcome(Protection(allowed=True), (Step(norm, "protection_measure_allowed", told),))
    return Outcome(Protection(allowed), (), (_breach(facts, norm),))


def _allowed(facts: Incident) -> bool | None:
    """What lifts the protection; None where it is not known."""
    match facts.measure:
        case Measure.DISMISSAL:
            return None if facts.by_employer is None else not facts.by_employer
        case Measure.TRANSFER:
            return facts.own_consent
        case _:
            lifted = (facts.caught_in_the_act, facts.cec_consented)
            return True if True in lifted else None if None in lifted else False


_FIELDS: Mapping[Measure, tuple[str, ...]] = {
    Measure.DISMISSAL: ("by_employer",),
    Measure.TRANSFER: ("own_consent",),
}


def _breach(facts: Incident, norm: NormId) -> Finding:
    fields = _FIELDS.get(facts.measure, ("caught_in_the_act", "cec_consented"))
    told: dict[str, Fact] = {"protection_measure": facts.measure.value, "at": facts.at}
    if _allowed(facts) is None:
        return Finding(norm, "protection_not_known", Severity.ERROR, told, fields)
    return Finding(norm, "protection_breached", Severity.ERROR, told, fields)
