"""Whether a candidate in office uses the advantages of office to be elected (L21.2, L21.3, L21.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class Position(StrEnum):
    """The office or employment of a candidate."""

    STATE_OR_MUNICIPAL_POSITION = "state_or_municipal_position"
    HEAD_OF_STATE_ENTERPRISE = "head_of_state_enterprise"  # or of a municipal one
    HEAD_OF_STATE_INSTITUTION = "head_of_state_institution"
    HEAD_OF_BODY_WITH_STATE_SHARE = "head_of_body_with_state_share"
    HEAD_OF_BRANCH_WITH_STATE_SHARE = "head_of_branch_with_state_share"
    OTHER = "other"


_BY_SHARE = frozenset({Position.HEAD_OF_BODY_WITH_STATE_SHARE, Position.HEAD_OF_BRANCH_WITH_STATE_SHARE})


class Advantage(StrEnum):
    """The six forms of using office (L21.3)."""

    STAFF = "staff"
    PREMISES = "premises"
    COMMUNICATIONS = "communications"
    VEHICLES = "vehicles"
    BUSINESS_TRIP = "business_trip"
    MEDIA_ACCESS = "media_access"


ADVANTAGES: Mapping[Advantage, NormId] = {
    Advantage.STAFF: "L21.3.1",
    Advantage.PREMISES: "L21.3.2",
    Advantage.COMMUNICATIONS: "L21.3.3",
    Advantage.VEHICLES: "L21.3.4",
    Advantage.BUSINESS_TRIP: "L21.3.5",
    Advantage.MEDIA_ACCESS: "L21.3.6",
}

UNCONDITIONAL = frozenset({Advantage.COMMUNICATIONS})
"""The form that needs no further circumstance to be one."""


@dataclass(frozen=True, slots=True)
class UseOfOffice:
    """Something of a candidate's office that was used to be nominated or elected.

    `state_share`: the share of the state or a municipality in the capital of the body, from 0 to 1. `circumstance`:
    whether that holds which makes the form an abuse: `staff` are subordinate, or other public employees in duty time;
    `premises` are not open to other candidates on the same terms; `vehicles` are free or at a preferential price;
    `business_trip`: a public official collects signatures or campaigns on one; `media_access` is better than that of
    other candidates. `duty_of_elected`: it was the official duty of an elected official. Null: not known.
    """

    position: Position
    advantage: Advantage
    for_election: bool | None = None
    state_share: Fraction | None = None
    circumstance: bool | None = None
    duty_of_elected: bool = False


class Abuse(StrEnum):
    """What the use is."""

    NOT_BOUND = "not_bound"
    NONE = "none"
    ABUSE = "abuse"
    NOT_ESTABLISHED = "not_established"


@applies("L21.2", "L21.3.1", "L21.3.2", "L21.3.3", "L21.3.4", "L21.3.5", "L21.3.6", "L21.4")
def office_abuse(use: UseOfOffice, edition: Edition) -> Outcome[Abuse]:
    """Whether a candidate whom the law binds used the advantages of office, and in which of the six forms."""
    steps: list[Step] = []
    findings: list[Finding] = []
    bound = _is_bound(use, edition, findings, steps)
    if bound is not True:
        return Outcome(Abuse.NOT_BOUND if bound is False else Abuse.NOT_ESTABLISHED, tuple(steps), tuple(findings))
    if use.duty_of_elected:
        steps.append(Step("L21.4", "official_duty_of_elected"))
        return Outcome(Abuse.NONE, tuple(steps), tuple(findings))
    norm = ADVANTAGES[use.advantage]
    facts: dict[str, Fact] = {"advantage": str(use.advantage)}
    holds = True if use.advantage in UNCONDITIONAL else use.circumstance
    if use.for_election is False or holds is False:
        steps.append(Step(norm, "advantage_not_used", facts))
        return Outcome(Abuse.NONE, tuple(steps), tuple(findings))
    if use.for_election is None or holds is None:
        fields = tuple(name for name in ("for_election", "circumstance") if getattr(use, name) is None)
        findings.append(Finding(norm, "advantage_not_established", Severity.WARNING, facts, fields))
        return Outcome(Abuse.NOT_ESTABLISHED, tuple(steps), tuple(findings))
    findings.append(Finding(norm, "advantage_used", Severity.ERROR, facts, ("advantage",)))
    return Outcome(Abuse.ABUSE, tuple(steps), tuple(findings))


def _is_bound(use: UseOfOffice, edition: Edition, findings: list[Finding], steps: list[Step]) -> bool | None:
    """L21.2: public positions, heads of public bodies, and of bodies with more than 30 % of public capital."""
    facts: dict[str, Fact] = {"position": str(use.position)}
    if use.position is Position.OTHER:
        steps.append(Step("L21.2", "position_not_bound", facts))
        return False
    if use.position in _BY_SHARE:
        if use.state_share is None:
            findings.append(Finding("L21.2", "state_share_not_known", Severity.WARNING, facts, ("state_share",)))
            return None
        shares: dict[str, Fact] = {"share": use.state_share, "share_to_exceed": edition.office_state_share}
        above = use.state_share > edition.office_state_share
        steps.append(Step("L21.2", "state_share_above" if above else "state_share_not_above", shares))
        return above
    steps.append(Step("L21.2", "position_bound", facts))
    return True
