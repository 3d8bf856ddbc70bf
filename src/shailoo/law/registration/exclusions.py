"""Candidates of a list whom a ground of their own takes off it; the others close up in their order (L61.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.registration.application import ListedCandidate, PartyList
from shailoo.law.registration.election import Contest
from shailoo.law.registration.grounds import BARS
from shailoo.law.registration.papers import OF_LISTED, State, Windows


@dataclass(frozen=True, slots=True)
class Exclusions:
    """Who stays, in order; who is taken off and on which grounds; whether something of a candidate may still come."""

    order: tuple[str, ...]
    excluded: Mapping[str, tuple[NormId, ...]]
    waits: bool


@applies("L61.8")
def excluded_from(party_list: PartyList, windows: Windows) -> Outcome[Exclusions]:
    """Each candidate's papers, right to be elected and other lists; a WARNING for each ground and each gap."""
    findings: list[Finding] = []
    excluded: dict[str, tuple[NormId, ...]] = {}
    order: list[str] = []
    waits = False
    for place, candidate in enumerate(party_list.candidates):
        field = f"party_list.candidates[{place}]"
        grounds = dict.fromkeys((*_barred(candidate, field, findings), *_elsewhere(candidate, field, findings)))
        if not grounds:
            lacking, open_papers = _papers(candidate, field, windows, findings)
            grounds |= dict.fromkeys(lacking)
            unchecked = _unchecked(candidate, field, findings)
            waits = waits or (not lacking and (open_papers or unchecked))
        if grounds:
            excluded[candidate.id] = tuple(grounds)
        else:
            order.append(candidate.id)
    facts: dict[str, Fact] = {"candidates": len(order), "excluded": len(excluded)}
    step = Step("L61.8", "registration_list_order", facts)
    return Outcome(Exclusions(tuple(order), excluded, waits), (step,), tuple(findings))


@applies("L61.7.3", "L61.7.6")
def _barred(candidate: ListedCandidate, field: str, findings: list[Finding]) -> list[NormId]:
    """No right to be elected, or another citizenship."""
    grounds: list[NormId] = []
    for bar in sorted(candidate.bars or ()):
        ground = BARS[Contest.LISTS][bar]
        facts: dict[str, Fact] = {"candidate": candidate.id, "election_bar": bar.value, "behind": ground.behind}
        findings.append(
            Finding(ground.norm, "registration_candidate_barred", Severity.WARNING, facts, (f"{field}.bars",))
        )
        grounds.append(ground.norm)
    return grounds


@applies("L61.4", "L61.7.4")
def _elsewhere(candidate: ListedCandidate, field: str, findings: list[Finding]) -> list[NormId]:
    """Registered on another list of this election: the later one loses the candidate."""
    if candidate.other_list is None:
        return []
    facts: dict[str, Fact] = {"candidate": candidate.id, "list": candidate.other_list, "behind": "L61.4"}
    findings.append(
        Finding("L61.7.4", "registration_on_another_list", Severity.WARNING, facts, (f"{field}.other_list",))
    )
    return ["L61.7.4"]


@applies("L61.1.2", "L61.7.1")
def _papers(
    candidate: ListedCandidate, field: str, windows: Windows, findings: list[Finding]
) -> tuple[list[NormId], bool]:
    """The grounds from papers whose time is over, and whether others may still come or be corrected."""
    grounds: list[NormId] = []
    open_papers = False
    for paper, norm in OF_LISTED.items():
        state = windows.state(candidate.papers.get(paper))
        if state is State.IN_ORDER:
            continue
        facts: dict[str, Fact] = {"candidate": candidate.id, "registration_paper": paper.value}
        fields = (f"{field}.papers.{paper.value}",)
        if state is State.NOT_PROVIDED:
            facts["behind"] = norm
            grounds.append("L61.7.1")
            findings.append(
                Finding("L61.7.1", "registration_candidate_paper_not_provided", Severity.WARNING, facts, fields)
            )
            continue
        open_papers = True
        missing = state is State.MISSING
        code = "registration_candidate_paper_missing" if missing else "registration_candidate_paper_defective"
        facts["until"] = windows.additions_until if missing else windows.corrections_until
        findings.append(Finding(norm, code, Severity.WARNING, facts, fields))
    return grounds, open_papers


def _unchecked(candidate: ListedCandidate, field: str, findings: list[Finding]) -> bool:
    if candidate.bars is not None:
        return False
    facts: dict[str, Fact] = {"candidate": candidate.id}
    findings.append(
        Finding("L61.7.3", "registration_candidate_right_not_checked", Severity.WARNING, facts, (f"{field}.bars",))
    )
    return True
