"""Precincts: their size, their forming and approval, their map, and stations abroad (Art. 2.2, 13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer, Requirement
from shailoo.law.voters.voting import Voting


class StationPlace(StrEnum):
    """Where a polling station stands."""

    HOME = "home"  # in the Kyrgyz Republic
    DIPLOMATIC_MISSION = "diplomatic_mission"
    CONSULATE = "consulate"
    ELSEWHERE_ABROAD = "elsewhere_abroad"


ABROAD = frozenset({StationPlace.DIPLOMATIC_MISSION, StationPlace.CONSULATE, StationPlace.ELSEWHERE_ABROAD})


@dataclass(frozen=True, slots=True)
class PrecinctFacts:
    """A precinct for one voting. Days are local; None: not done, or not known.

    `voters` are listed voters; `larger_because` says why there are more than the law has as a rule. `constituencies` is
    the number of constituencies of the election, `region` the oblast or city that the votes are counted in (none
    abroad), `mission` the diplomatic mission or consulate that keeps a station abroad. `established` is the TEC's
    decision, `approved` the CEC's on the map with borders and address.
    """

    voting: Voting
    voters: int
    place: StationPlace = StationPlace.HOME
    region: str | None = None
    mission: str | None = None
    constituencies: int = 1
    larger_because: str | None = None
    established: date | None = None
    submitted: date | None = None
    approved: date | None = None
    published: date | None = None
    published_with_borders: bool | None = None
    published_with_address: bool | None = None
    passed_to_registry: date | None = None


class PrecinctState(StrEnum):
    """What may be done with the precinct."""

    READY = "ready"  # approved: its voter list can be compiled
    NOT_APPROVED = "not_approved"
    INADMISSIBLE = "inadmissible"  # it must not be as it is


PUBLISHED_WITH: Mapping[str, Requirement] = MappingProxyType(
    {
        "published_with_borders": Requirement("L13.5.a2", Severity.WARNING),
        "published_with_address": Requirement("L13.5.a2", Severity.WARNING),
    }
)
"""What the published map must show."""


@applies("L2.2.b", "L2.2.c", "L13.1", "L13.2", "L13.4.a1", "L13.4.a2", "L13.5.a1", "L13.5.a2", "L13.5.a3")
def precinct(facts: PrecinctFacts, edition: Edition) -> Outcome[PrecinctState]:
    """Whether a precinct is formed as Article 13 says: size, constituency, approval, publication, place abroad."""
    answer = Answer()
    _constituency(facts, edition, answer)
    _place(facts, answer)
    _size(facts, edition, answer)
    if facts.voting.knows("precincts_established") and facts.place not in ABROAD:
        established = facts.voting.term("precincts_established", edition)
        answer.kept("L13.4.a1", facts.established, established, "established")
    inadmissible = answer.stopped
    _approval(facts, edition, answer)
    if inadmissible:
        return answer.outcome(PrecinctState.INADMISSIBLE)
    return answer.outcome(PrecinctState.NOT_APPROVED if facts.approved is None else PrecinctState.READY)


def _constituency(facts: PrecinctFacts, edition: Edition, answer: Answer) -> None:
    numbers: dict[str, Fact] = {"constituencies": facts.constituencies, "lawful": edition.constituencies}
    breach = Finding("L13.1", "precinct_constituencies_wrong", Severity.ERROR, numbers, ("constituencies",))
    answer.test(
        facts.constituencies == edition.constituencies, Step("L13.1", "precinct_one_constituency", numbers), breach
    )
    if facts.place in ABROAD:
        breach = Finding("L13.2", "precinct_abroad_in_region", Severity.ERROR, {}, ("region",))
        answer.test(facts.region is None, Step("L13.2", "precinct_abroad_in_no_region"), breach)


def _place(facts: PrecinctFacts, answer: Answer) -> None:
    """Abroad there is voting on the premises of missions and consulates only, and each keeps its station."""
    if facts.place not in ABROAD:
        return
    breach = Finding("L2.2.c", "precinct_abroad_elsewhere", Severity.ERROR, {}, ("place",))
    fits = facts.place is not StationPlace.ELSEWHERE_ABROAD
    if answer.test(fits, Step("L2.2.c", "precinct_at_mission", {"place": facts.place}), breach):
        nobody = Finding("L2.2.b", "precinct_abroad_without_mission", Severity.ERROR, {}, ("mission",))
        step = Step("L2.2.b", "precinct_kept_by_mission", {"mission": facts.mission or ""})
        answer.test(facts.mission is not None, step, nobody)


def _size(facts: PrecinctFacts, edition: Edition, answer: Answer) -> None:
    """As a rule: a larger precinct stands, with its reason."""
    most = edition.precinct_voters
    numbers: dict[str, Fact] = {"voters": facts.voters, "most": most}
    if facts.voters <= most:
        answer.steps.append(Step("L13.4.a2", "precinct_size_kept", numbers))
    elif facts.larger_because is None:
        large = Finding("L13.4.a2", "precinct_larger_without_reason", Severity.WARNING, numbers, ("voters",))
        answer.findings.append(large)
    else:
        reason: dict[str, Fact] = {**numbers, "reason": facts.larger_because}
        answer.steps.append(Step("L13.4.a2", "precinct_larger_with_reason", reason))


def _approval(facts: PrecinctFacts, edition: Edition, answer: Answer) -> None:
    if facts.submitted is None and facts.approved is None:
        not_submitted = Finding("L13.5.a1", "precinct_not_submitted", Severity.ERROR, {}, ("submitted",))
        answer.findings.append(not_submitted)
        return
    if facts.approved is None:
        answer.findings.append(Finding("L13.5.a1", "precinct_not_approved", Severity.ERROR, {}, ("approved",)))
        return
    answer.steps.append(Step("L13.5.a1", "precinct_approved", {"approved": facts.approved}))
    _approved_before_lists(facts, facts.approved, edition, answer)
    for norm, done, name in _after_approval(facts):
        term = facts.voting.term("precinct_map_published", edition, approval_of_precinct_map=facts.approved)
        answer.kept(norm, done, term, name)
    if facts.published is not None:
        answer.require(PUBLISHED_WITH, facts)


def _after_approval(facts: PrecinctFacts) -> tuple[tuple[NormId, date | None, str], ...]:
    """What follows approval within one and the same term; none where the voting forms no precincts of its own."""
    if not facts.voting.knows("precinct_map_published"):
        return ()
    return ("L13.5.a2", facts.published, "published"), ("L13.5.a3", facts.passed_to_registry, "passed_to_registry")


def _approved_before_lists(facts: PrecinctFacts, approved: date, edition: Edition, answer: Answer) -> None:
    """The lists are compiled within approved borders, so approval after the day on which they are due comes late."""
    if not facts.voting.knows("preliminary_lists_to_cec"):
        return
    due = facts.voting.term("preliminary_lists_to_cec", edition).last
    if due is not None and approved > due:
        days: dict[str, Fact] = {"approved": approved, "lists_due": due}
        late = Finding("L13.5.a1", "precinct_approved_after_lists", Severity.WARNING, days, ("approved",))
        answer.findings.append(late)
