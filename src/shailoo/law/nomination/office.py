"""Which registered candidates suspend office or employment, and what employers and the CEC owe (L21.5 to L21.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import Entry
from shailoo.law.editions import Edition
from shailoo.law.nomination.election import Called, last_day_of
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class Position(StrEnum):
    """Where a candidate works or serves."""

    PRESIDENT = "president"
    JOGORKU_KENESH_DEPUTY = "jogorku_kenesh_deputy"
    STATE_POLITICAL = "state_political"
    STATE_ADMINISTRATIVE = "state_administrative"
    MUNICIPAL_ADMINISTRATIVE = "municipal_administrative"
    MASS_MEDIA = "mass_media"
    OTHER = "other"
    NONE = "none"


SUSPENDED: Mapping[Position, NormId] = MappingProxyType(
    dict.fromkeys(
        (
            Position.STATE_POLITICAL,
            Position.STATE_ADMINISTRATIVE,
            Position.MUNICIPAL_ADMINISTRATIVE,
            Position.MASS_MEDIA,
        ),
        "L21.5",
    )
)


@dataclass(frozen=True, slots=True)
class Employment:
    """A registered candidate's office or employment. Days are local, instants carry a zone; None: not happened.

    `suspended_at` and `resumed_at`: the candidate stopped and took up the duties again; `results_declared_at`: results
    were officially declared. `applied_on`: the candidate asked the employer for release; `ordered_on`: the employer
    ordered it; `pay_kept`: with average pay (None: not known). `copy_received_at`: the CEC got the copy of the order;
    `copy_certified` (None: not known). `informed_at`: the CEC informed the candidate of these duties.
    """

    election: Called
    registered_at: datetime
    position: Position
    suspended_at: datetime | None = None
    resumed_at: datetime | None = None
    results_declared_at: datetime | None = None
    applied_on: date | None = None
    ordered_on: date | None = None
    pay_kept: bool | None = None
    copy_received_at: datetime | None = None
    copy_certified: bool | None = None
    informed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OfficeDuty:
    """Whether the candidate must suspend office, until which local day the copy of the order is due, and any breach.

    `copy_due` is None where no suspension is asked. `in_breach` is the candidate's own breach of Article 21.
    """

    must_suspend: bool
    copy_due: date | None
    in_breach: bool


@applies("L21.5", "L21.6", "L21.7", "L21.8")
def office(facts: Employment, edition: Edition) -> Outcome[OfficeDuty]:
    """Whether a registered candidate suspended office or employment, and the order and its copy came in time (L21)."""
    told = (*_informed(facts, edition), *_suspended(facts, edition), *_released(facts, edition), *_copy(facts, edition))
    findings = tuple(each for each in told if isinstance(each, Finding))
    must = facts.position in SUSPENDED
    value = OfficeDuty(
        must_suspend=must,
        copy_due=last_day_of(_copy_term(facts, edition)) if must else None,
        in_breach=any(found.severity is Severity.ERROR for found in findings),
    )
    return Outcome(value, tuple(each for each in told if isinstance(each, Step)), findings)


def _informed(facts: Employment, edition: Edition) -> Iterator[Step | Finding]:
    """The CEC informs on registering; that it did not is its own fault."""
    term = facts.election.term("candidate_informed_of_rights", edition, registration=facts.registered_at)
    if facts.informed_at is None:
        yield Finding("L21.8", "office_candidate_not_informed", Severity.WARNING, {}, ("informed_at",))
    elif term.in_time(facts.informed_at):
        yield Step("L21.8", "office_candidate_informed", {"at": facts.informed_at})
    else:
        told: dict[str, Fact] = {"at": facts.informed_at, "last_day": last_day_of(term)}
        yield Finding("L21.8", "office_candidate_informed_late", Severity.WARNING, told, ("informed_at",))


def _suspended(facts: Employment, edition: Edition) -> Iterator[Step | Finding]:
    """From registration until results are declared."""
    told: dict[str, Fact] = {"office_position": facts.position.value}
    norm = SUSPENDED.get(facts.position)
    if norm is None:
        yield Step("L21.5", "office_need_not_be_suspended", told)
        return
    term = facts.election.term("office_given_up_for_campaign", edition, registration=facts.registered_at)
    if facts.suspended_at is None:
        yield Finding(norm, "office_not_suspended", Severity.ERROR, told, ("suspended_at",))
    elif facts.suspended_at > facts.registered_at and not term.in_time(facts.suspended_at):
        late: dict[str, Fact] = {"at": facts.suspended_at, "last_day": last_day_of(term)}
        yield Finding(norm, "office_suspended_late", Severity.ERROR, late, ("suspended_at",))
    else:
        yield Step(norm, "office_suspended", told)
    resumed, declared = facts.resumed_at, facts.results_declared_at
    if resumed is not None and (declared is None or resumed < declared):
        early: dict[str, Fact] = {"at": resumed}
        yield Finding(norm, "office_resumed_early", Severity.ERROR, early, ("resumed_at",))


def _released(facts: Employment, edition: Edition) -> Iterator[Step | Finding]:
    """Every registered candidate who asks is released; a breach is the employer's (L47.3), not the candidate's."""
    if facts.applied_on is None:
        return
    term = facts.election.term("office_suspended", edition, candidate_application=facts.applied_on)
    last = last_day_of(term)
    if facts.ordered_on is None:
        yield Step("L21.6", "office_release_due", {"last_day": last})
        return
    days: dict[str, Fact] = {"at": facts.ordered_on, "last_day": last}
    if facts.ordered_on <= last:
        yield Step("L21.6", "office_released_in_time", days)
    else:
        yield Finding("L21.6", "office_released_late", Severity.WARNING, days, ("ordered_on",))
    if facts.pay_kept is None:
        yield Finding("L21.6", "office_pay_not_known", Severity.WARNING, {}, ("pay_kept",))
    elif not facts.pay_kept:
        yield Finding("L21.6", "office_released_without_pay", Severity.WARNING, {}, ("pay_kept",))


def _copy(facts: Employment, edition: Edition) -> Iterator[Step | Finding]:
    """A certified copy of the order is asked of those who must suspend, and taken from anyone."""
    if facts.position not in SUSPENDED:
        return
    term = _copy_term(facts, edition)
    last = last_day_of(term)
    if facts.copy_received_at is None:
        yield Step("L21.7", "office_copy_due", {"last_day": last})
        return
    days: dict[str, Fact] = {"at": facts.copy_received_at, "last_day": last}
    if term.in_time(facts.copy_received_at):
        yield Step("L21.7", "office_copy_in_time", days)
    else:
        yield Finding("L21.7", "office_copy_late", Severity.ERROR, days, ("copy_received_at",))
    if not facts.copy_certified:
        yield Finding("L21.7", "office_copy_not_certified", Severity.ERROR, {}, ("copy_certified",))


def _copy_term(facts: Employment, edition: Edition) -> Entry:
    return facts.election.term("suspension_orders_submitted", edition, registration=facts.registered_at)
