"""Answers to those who are to be accredited: the ground of a refusal, the last day, the places, how long it can last.

What bars a person or an application is found by `accreditation`, `observers`, `media` and `representatives`; here is
what a commission may do with it (Art. 9, 10, 10-1, 17, R3.5 to R3.10).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from shailoo.law.calendar import Kind, Occasion, when
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.observation import AccreditationTerm
from shailoo.law.observation.accreditation import RefusalGround
from shailoo.law.observation.observers import Level
from shailoo.law.observation.people import Mandate
from shailoo.law.outcome import Finding, NormId, Outcome, Severity, Step, applies

_G = RefusalGround
REFUSED_BY: Mapping[RefusalGround, NormId] = MappingProxyType(
    {
        _G.NO_LEGAL_CAPACITY: "R3.10.a",
        _G.DOCUMENTS: "R3.10.b",
        _G.CONTRARY_AIMS: "R3.10.c",
        _G.EARLIER_DEPRIVED: "R3.10.d",
        _G.CITIZENSHIP: "L10.1.b",
        _G.NO_INVITATION: "R2.1.a2",
        _G.LATE: "R3.7.a2",
        _G.NOT_FOREIGN: "R1.4",
    }
)
"""The grounds on which an international observer is refused, each with its norm."""

JUDGED = frozenset({_G.NO_LEGAL_CAPACITY, _G.DOCUMENTS, _G.CONTRARY_AIMS, _G.EARLIER_DEPRIVED})
"""The grounds of R3.10: whether one is there, the Commission judges from the papers, and says why."""


@dataclass(frozen=True, slots=True)
class Refusing:
    """A refusal as it is drafted: for which mandate, on which ground, with which reason.

    `ground` is a `RefusalGround` for international observers, else the code of a finding that bars. `barred` are the
    findings that bar the person or the application, code -> norm; `found` the grounds of the others that they are.
    """

    mandate: Mandate
    ground: str
    reason: str
    barred: Mapping[str, NormId]
    found: frozenset[RefusalGround] = frozenset()


@applies("R3.5", "R3.10", "L10-1.3.a1", "L9.2.a1", "L17.2", "L11.1")
def refusing(facts: Refusing, _edition: Edition) -> Outcome[NormId | None]:
    """The norm on which somebody can be refused; None where this is no ground of the law.

    Four grounds of R3.10 are for the Commission to judge; any other one must have been found. A medium and observers
    other than international ones are refused on what bars them alone, for the law gives no other ground.
    """
    norm = _norm(facts)
    findings: list[Finding] = []
    if norm is None:
        named = {"mandate": facts.mandate.value, "refusal_ground": facts.ground}
        findings.append(Finding("R3.10", "refusal_on_no_ground_of_the_law", Severity.ERROR, named, ("ground",)))
    if not facts.reason.strip():
        findings.append(Finding(norm or "R3.5", "refusal_without_reason", Severity.ERROR, {}, ("reason",)))
    if findings or norm is None:
        return Outcome(None, (), tuple(findings))
    return Outcome(norm, (Step(norm, "refusal_rests_on_ground", {"mandate": facts.mandate.value}),))


def _norm(facts: Refusing) -> NormId | None:
    if facts.mandate is not Mandate.INTERNATIONAL_OBSERVER:
        return facts.barred.get(facts.ground)
    ground = next((each for each in RefusalGround if each.value == facts.ground), None)
    if ground is None or (ground not in JUDGED and ground not in facts.found):
        return None
    return REFUSED_BY[ground]


# ------------------------------------------------------------------------------------- in time


@applies("R3.7.a2")
def decided_in_time(occasion: Occasion, decided_at: datetime, edition: Edition) -> Outcome[bool]:
    """Whether the decree on international observers comes before accreditation closes; for a repeat voting no term."""
    if occasion.kind is Kind.REPEAT_VOTING:
        return Outcome(value=True, steps=(Step("R3.8.b1", "accreditation_term_not_set_for_repeat_voting"),))
    closes = when("observer_accreditation_ends", occasion, edition)
    named = {"decided": decided_at, "last": closes.last or occasion.election_day}
    if closes.in_time(decided_at):
        return Outcome(value=True, steps=(Step("R3.7.a2", "accreditation_decided_in_time", named),))
    if edition.accreditation_term is AccreditationTerm.FILING:
        return Outcome(value=True)
    late = Finding("R3.7.a2", "accreditation_decided_too_late", Severity.ERROR, named, ("decree_at",))
    return Outcome(value=False, findings=(late,))


# ------------------------------------------------------------------------------------- places


@applies("L9.1.b1", "L10-1.3.a3", "L17.1.a1")
def places(mandate: Mandate, level: Level, taken: int, edition: Edition) -> Outcome[int | None]:
    """How many more people one sender may have at one commission, `taken` being there; None: as many as it likes."""
    limit = _limit(mandate, level, edition)
    if limit is None:
        return Outcome(None)
    left = max(limit - taken, 0)
    return Outcome(left) if left else Outcome(0, (), (_full(mandate, taken, limit),))


def _limit(mandate: Mandate, level: Level, edition: Edition) -> int | None:
    if mandate is Mandate.OBSERVER:
        return edition.observers_per_precinct if level is Level.PEC else None
    if mandate is Mandate.CITIZEN_OBSERVER:
        return edition.citizen_observers_per_commission
    return edition.representatives_per_commission if mandate is Mandate.COMMISSION_REPRESENTATIVE else None


def _full(mandate: Mandate, taken: int, limit: int) -> Finding:
    named = {"others": taken, "limit": limit}
    if mandate is Mandate.OBSERVER:
        return Finding("L9.1.b1", "observers_of_sender_full", Severity.ERROR, named, ("others_of_sender",))
    if mandate is Mandate.CITIZEN_OBSERVER:
        return Finding("L10-1.3.a3", "citizen_observers_of_ngo_full", Severity.ERROR, named, ("others_of_sender",))
    return Finding("L17.1.a1", "representative_already_there", Severity.ERROR, named, ("others_of_principal",))


# ------------------------------------------------------------------------------------- how long at most


@applies("R3.6", "R3.8.a2", "R3.8.b2", "L10.2.a2", "L10-1.5.a2")
def latest_end(occasion: Occasion, edition: Edition) -> date:
    """The last local day that the term of an observer can have: the bound of a certificate.

    The term ends on the day of official publication, which nobody knows when a certificate is printed. The calendar
    counts on from the last day of each term that still runs, and from what has happened where it has.
    """
    repeat = occasion.kind is Kind.REPEAT_VOTING
    entry = when("observer_term_ends_repeat_voting" if repeat else "observer_term_ends", occasion, edition)
    return entry.last or occasion.election_day
