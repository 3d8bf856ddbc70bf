"""Whether a candidate used the advantages of office or employment (L21.2 to L21.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class Advantage(StrEnum):
    """The six forms of using the advantages of office or employment."""

    SUBORDINATES = "subordinates"
    PREMISES = "premises"
    COMMUNICATIONS = "communications"
    VEHICLES = "vehicles"
    BUSINESS_TRIPS = "business_trips"
    MEDIA_ACCESS = "media_access"


ADVANTAGES: Mapping[Advantage, NormId] = MappingProxyType(
    {
        Advantage.SUBORDINATES: "L21.3.1",
        Advantage.PREMISES: "L21.3.2",
        Advantage.COMMUNICATIONS: "L21.3.3",
        Advantage.VEHICLES: "L21.3.4",
        Advantage.BUSINESS_TRIPS: "L21.3.5",
        Advantage.MEDIA_ACCESS: "L21.3.6",
    }
)


class Holding(StrEnum):
    """What a candidate holds or heads."""

    STATE_POSITION = "state_position"
    MUNICIPAL_POSITION = "municipal_position"
    HEADS_STATE_OR_MUNICIPAL_BODY = "heads_state_or_municipal_body"  # enterprise or institution, or a branch of one
    HEADS_BODY_WITH_STATE_SHARE = "heads_body_with_state_share"  # or a branch of one
    NONE = "none"


@dataclass(frozen=True, slots=True)
class UseOfOffice:
    """An alleged use of the advantages of office.

    `state_share`: share of the state or municipality in the body that the candidate heads. `confirmed`: the allegation
    is confirmed. `official_duty`: an elected official was doing official duties. None: not known.
    """

    holding: Holding
    form: Advantage
    confirmed: bool | None = None
    state_share: Fraction | None = None
    official_duty: bool | None = None

    def __post_init__(self) -> None:
        if self.state_share is not None and not 0 <= self.state_share <= 1:
            raise ValueError("a share lies between 0 and 1")


@dataclass(frozen=True, slots=True)
class UseFound:
    """Whether the candidate is bound by the ban, and broke it; None where that is not known."""

    bound: bool | None
    broken: bool | None


@applies("L21.2", "L21.3", "L21.4")
def advantage(facts: UseOfOffice, edition: Edition) -> Outcome[UseFound]:
    """Whether a candidate in office used its advantages in one of the six forms of the law (L21.2 to L21.4)."""
    told = tuple(_told(facts, edition))
    steps = tuple(each for each in told if isinstance(each, Step))
    findings = tuple(each for each in told if isinstance(each, Finding))
    bound = _bound(facts, edition)
    broken = any(found.code == "advantage_of_office_used" for found in findings)
    return Outcome(UseFound(bound, None if findings and not broken else broken), steps, findings)


def _bound(facts: UseOfOffice, edition: Edition) -> bool | None:
    """Whom the ban binds: holders and heads; of mixed bodies those with more than the share of the law."""
    if facts.holding is not Holding.HEADS_BODY_WITH_STATE_SHARE:
        return facts.holding is not Holding.NONE
    return None if facts.state_share is None else facts.state_share > edition.office_state_share


def _told(facts: UseOfOffice, edition: Edition) -> Iterator[Step | Finding]:
    bound = _bound(facts, edition)
    if bound is None:
        limit: dict[str, Fact] = {"threshold": edition.office_state_share}
        yield Finding("L21.2", "advantage_state_share_not_known", Severity.ERROR, limit, ("state_share",))
        return
    holding: dict[str, Fact] = {"office_holding": facts.holding.value}
    if not bound:
        yield Step("L21.2", "advantage_does_not_bind", holding)
        return
    yield Step("L21.2", "advantage_binds", holding)
    yield from _use(facts)


def _use(facts: UseOfOffice) -> Iterator[Step | Finding]:
    form: dict[str, Fact] = {"office_advantage": facts.form.value}
    norm = ADVANTAGES[facts.form]
    if facts.confirmed is False:
        yield Step(norm, "advantage_not_confirmed", form)
    elif facts.official_duty:
        yield Step("L21.4", "advantage_was_official_duty", form)
    elif facts.confirmed is None:
        yield Finding(norm, "advantage_to_be_confirmed", Severity.ERROR, form, ("confirmed",))
    elif facts.official_duty is None:
        yield Finding("L21.4", "advantage_duty_not_known", Severity.ERROR, form, ("official_duty",))
    else:
        yield Finding(norm, "advantage_of_office_used", Severity.ERROR, form, ("form",))
