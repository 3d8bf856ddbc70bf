"""Help and second chances for a voter: a helper, a new ballot for a spoiled one (Art. 31.9, 31.10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer, Requirement


class HelperRole(StrEnum):
    """What a helper is besides a voter."""

    COMMISSION_MEMBER = "commission_member"
    CANDIDATE = "candidate"
    CANDIDATE_REPRESENTATIVE = "candidate_representative"
    PARTY_REPRESENTATIVE = "party_representative"
    OBSERVER = "observer"
    RELATIVE = "relative"


BARRED_HELPERS: Mapping[HelperRole, NormId] = MappingProxyType(
    {
        HelperRole.COMMISSION_MEMBER: "L31.10.a1",
        HelperRole.CANDIDATE: "L31.10.a1",
        HelperRole.CANDIDATE_REPRESENTATIVE: "L31.10.a1",
        HelperRole.PARTY_REPRESENTATIVE: "L31.10.a1",
        HelperRole.OBSERVER: "L31.10.a1",
    }
)
"""Who may not help a voter. A relative may, being a voter."""


@dataclass(frozen=True, slots=True)
class Assistance:
    """A voter who wants help, and the helper. None: not known.

    `unable`: cannot sign for the ballot or fill it in alone; `told_orally`: told the commission so; `helper_votes`: the
    helper is a voter; `helper_roles`: what else the helper is.
    """

    unable: bool | None = None
    told_orally: bool | None = None
    helper_votes: bool | None = None
    helper_roles: frozenset[HelperRole] = frozenset()


ASSISTANCE: Mapping[str, Requirement] = MappingProxyType(
    {
        "unable": Requirement("L31.10.a1"),
        "helper_votes": Requirement("L31.10.a1"),
        "told_orally": Requirement("L31.10.a2"),
    }
)
"""What must be so for a voter to be helped; nothing is asked for in writing."""


@applies("L31.10.a1", "L31.10.a2")
def assistance(facts: Assistance, _edition: Edition) -> Outcome[bool | None]:
    """Whether a voter may be helped by this person: unable alone, said aloud, by another voter outside the election."""
    answer = Answer()
    answer.require(ASSISTANCE, facts)
    barred = [role for role in HelperRole if role in facts.helper_roles and role in BARRED_HELPERS]
    for role in barred:
        who: dict[str, Fact] = {"helper_role": role}
        found = Finding(BARRED_HELPERS[role], "helper_barred", Severity.ERROR, who, ("helper_roles",))
        answer.findings.append(found)
    if not barred:
        answer.steps.append(Step("L31.10.a1", "helper_not_barred"))
    return answer.outcome(answer.verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotReplacement:
    """A voter who believes to have spoiled the ballot. None: not known.

    `asked_issuer`: asked the member who issued it; `returned`: the spoiled ballot was handed back, so it is in no box;
    `spare`: ballots still there. `given`: a new one was given, with `noted` in the voter list, the spoiled one
    `cancelled` and a `document` on it drawn up.
    """

    asked_issuer: bool | None = None
    returned: bool | None = None
    spare: int
    given: bool = False
    noted: bool | None = None
    cancelled: bool | None = None
    document: bool | None = None


ASKED: Mapping[str, Requirement] = MappingProxyType(
    {"asked_issuer": Requirement("L31.9.a1"), "returned": Requirement("L31.9.a1")}
)
"""What entitles to a new ballot; the law sets no limit to how often."""

GIVEN: Mapping[str, Requirement] = MappingProxyType(
    {
        "noted": Requirement("L31.9.a2"),
        "cancelled": Requirement("L31.9.a3"),
        "document": Requirement("L31.9.a3"),
    }
)
"""What a member does who gives a new ballot; no second cheque or signature is asked for."""


@applies("L31.9.a1", "L31.9.a2", "L31.9.a3")
def ballot_replacement(facts: BallotReplacement, _edition: Edition) -> Outcome[bool | None]:
    """Whether a voter gets a new ballot for a spoiled one, and whether the exchange was recorded."""
    answer = Answer()
    answer.require(ASKED, facts)
    if not facts.given:
        numbers: dict[str, Fact] = {"spare": facts.spare}
        none = Finding("L31.9.a2", "replacement_no_ballot_left", Severity.ERROR, numbers, ("spare",))
        answer.test(facts.spare > 0, Step("L31.9.a2", "replacement_ballot_there", numbers), none)
    else:
        answer.require(GIVEN, facts)
    return answer.outcome(answer.verdict)
