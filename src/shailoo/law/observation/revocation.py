"""Taking an accreditation back: of international observers, citizen observers, media (L10.6, L10-1.9, L11.4, R4.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.observation import RevocationByRegulation
from shailoo.law.observation.observers import Level
from shailoo.law.outcome import Finding, NormId, Outcome, Severity, Step, applies


class Accredited(StrEnum):
    """Whose accreditation is taken back; the values are those of `Mandate`."""

    INTERNATIONAL_OBSERVER = "international_observer"
    CITIZEN_OBSERVER = "citizen_observer"
    MEDIA_REPRESENTATIVE = "media_representative"


class RevocationGround(StrEnum):
    """On what it is taken back."""

    ELECTORAL_LAW_BROKEN = "electoral_law_broken"  # the Law itself or other electoral legislation
    LEGISLATION_BROKEN = "legislation_broken"  # of the Kyrgyz Republic, not electoral
    REGULATION_BROKEN = "regulation_broken"  # the Regulation on international observers alone
    INTERNATIONAL_NORMS_BROKEN = "international_norms_broken"  # principles and norms of international law alone
    REQUEST_OF_ORGANIZATION = "request_of_organization"  # the one that sent the observer
    REQUEST_OF_OBSERVER = "request_of_observer"


_G = RevocationGround
GROUNDS: Mapping[Accredited, Mapping[RevocationGround, NormId]] = MappingProxyType(
    {
        Accredited.INTERNATIONAL_OBSERVER: {
            _G.ELECTORAL_LAW_BROKEN: "L10.6",
            _G.LEGISLATION_BROKEN: "L10.6",
            _G.REGULATION_BROKEN: "R4.7.a1",
            _G.INTERNATIONAL_NORMS_BROKEN: "R4.7.a1",
            _G.REQUEST_OF_ORGANIZATION: "R4.7.a2",
            _G.REQUEST_OF_OBSERVER: "R4.7.a2",
        },
        Accredited.CITIZEN_OBSERVER: {
            _G.ELECTORAL_LAW_BROKEN: "L10-1.9",
            _G.LEGISLATION_BROKEN: "L10-1.9",
        },
        Accredited.MEDIA_REPRESENTATIVE: {_G.ELECTORAL_LAW_BROKEN: "L11.4"},
    }
)
"""Whose accreditation -> the grounds on which it may be taken back, each with its norm."""

_RIGHT: Mapping[Accredited, NormId] = MappingProxyType(
    {
        Accredited.INTERNATIONAL_OBSERVER: "L10.6",
        Accredited.CITIZEN_OBSERVER: "L10-1.9",
        Accredited.MEDIA_REPRESENTATIVE: "L11.4",
    }
)
_REQUESTS = frozenset({_G.REQUEST_OF_ORGANIZATION, _G.REQUEST_OF_OBSERVER})
_BY_REGULATION_ALONE = frozenset({_G.REGULATION_BROKEN, _G.INTERNATIONAL_NORMS_BROKEN})


@dataclass(frozen=True, slots=True)
class Revoking:
    """A decision that takes an accreditation back, as it is drafted or taken.

    `decided_by` and `accredited_by` name the commissions; `level` is that of the deciding one. `norm_broken` is the
    norm that the decision names. `gross` says whether the decision calls the violation gross (None: it does not say).
    `written_request` matters where the ground is a request.
    """

    accredited: Accredited
    ground: RevocationGround
    level: Level
    decided_by: str
    accredited_by: str
    decision_number: str | None = None
    decided_on: date | None = None
    norm_broken: str | None = None
    gross: bool | None = None
    written_request: bool | None = None


@dataclass(frozen=True, slots=True)
class Revocation:
    """Whether the decision stands, and whether it counts against the person later (R3.10.d); None: it does not say."""

    stands: bool
    bars_later: bool | None


@applies("L10.6", "E10.6", "L10-1.9", "L11.4", "R3.10", "R4.7.a1", "R4.7.a2")
def revocation(facts: Revoking, edition: Edition) -> Outcome[Revocation]:
    """Whether an accreditation can be taken back: by this commission, on this ground, with a complete decision.

    The commission may and need not revoke; the rule says whether its decision can stand.
    """
    found = [*_competence(facts), *_ground(facts, edition), *_decision(facts), *_later(facts)]
    findings = tuple(each for each in found if isinstance(each, Finding))
    stands = not any(each.severity is Severity.ERROR for each in findings)
    steps = tuple(each for each in found if isinstance(each, Step))
    return Outcome(Revocation(stands, _bars(facts)), steps, findings)


def _competence(facts: Revoking) -> Iterator[Step | Finding]:
    """The CEC takes back what it gave; of a citizen observer, the commission that accredited."""
    norm = _RIGHT[facts.accredited]
    named = {"mandate": facts.accredited.value, "commission": facts.decided_by}
    other = facts.decided_by != facts.accredited_by
    not_cec = facts.accredited is not Accredited.CITIZEN_OBSERVER and facts.level is not Level.CEC
    if other or not_cec:
        yield Finding(norm, "revocation_by_another_commission", Severity.ERROR, named, ("decided_by", "level"))
    else:
        yield Step(norm, "revocation_by_competent_commission", named)


def _ground(facts: Revoking, edition: Edition) -> Iterator[Step | Finding]:
    named = {"mandate": facts.accredited.value, "accreditation_ground": facts.ground.value}
    norm = GROUNDS[facts.accredited].get(facts.ground)
    if norm is None:
        right = _RIGHT[facts.accredited]
        yield Finding(right, "revocation_on_no_ground_of_the_law", Severity.ERROR, named, ("ground",))
        return
    if facts.ground in _BY_REGULATION_ALONE:
        no_ground = edition.revocation_by_regulation is RevocationByRegulation.NO_GROUND
        severity = Severity.ERROR if no_ground else Severity.WARNING
        yield Finding(norm, "revocation_rests_on_regulation_alone", severity, named, ("ground",))
        return
    if facts.ground in _REQUESTS and facts.written_request is not True:
        yield Finding(norm, "revocation_request_not_written", Severity.ERROR, fields=("written_request",))
        return
    yield Step(norm, "revocation_ground", named)


def _decision(facts: Revoking) -> Iterator[Step | Finding]:
    """Number and day, and for a violation the norm that was broken."""
    norm = GROUNDS[facts.accredited].get(facts.ground, _RIGHT[facts.accredited])
    if facts.decision_number is None or facts.decided_on is None:
        where = ("decision_number", "decided_on")
        yield Finding(norm, "revocation_decision_incomplete", Severity.ERROR, fields=where)
    if facts.ground not in _REQUESTS and facts.norm_broken is None:
        yield Finding(norm, "revocation_names_no_norm", Severity.ERROR, fields=("norm_broken",))


def _bars(facts: Revoking) -> bool | None:
    """Only an international observer, and only gross violations; a request is no deprivation."""
    if facts.accredited is not Accredited.INTERNATIONAL_OBSERVER or facts.ground in _REQUESTS:
        return False
    return facts.gross


def _later(facts: Revoking) -> Iterator[Step | Finding]:
    bars = _bars(facts)
    if bars is None:
        yield Finding("R3.10.d", "revocation_gross_not_said", Severity.WARNING, fields=("gross",))
    elif bars:
        yield Step("R3.10.d", "revocation_counts_later")
    else:
        yield Step("R3.10.d", "revocation_does_not_count_later")
