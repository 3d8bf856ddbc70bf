"""Candidates of a list whom a ground of their own takes off it; the others close up in their order (L61.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.registration.application import ListedCandidate, PartyList
from shailoo.law.registration.election import Contest
from shailoo.law.registration.grounds import BARS
from shailoo.law.registration.papers import OF_LISTED, Paper, State, Windows


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
        found = _test(candidate, place, windows)
        findings += found.findings
        if found.grounds:
            excluded[candidate.id] = tuple(dict.fromkeys(found.grounds))
        else:
            order.append(candidate.id)
            waits = waits or bool(found.findings)
    facts: dict[str, Fact] = {"candidates": len(order), "excluded": len(excluded)}
    step = Step("L61.8", "registration_list_order", facts)
    return Outcome(Exclusions(tuple(order), excluded, waits), (step,), tuple(findings))


@dataclass(frozen=True, slots=True)
class _Tested:
    """A candidate's grounds and findings; findings without a ground are gaps that may still be filled."""

    grounds: tuple[NormId, ...] = ()
    findings: tuple[Finding, ...] = ()


_IN_ORDER = _Tested()


def _test(candidate: ListedCandidate, place: int, windows: Windows) -> _Tested:
    """What stands against a candidate; one who has no right to be elected is not asked for papers."""
    papers = [(paper, norm, windows.state(candidate.papers.get(paper))) for paper, norm in OF_LISTED.items()]
    open_papers = [each for each in papers if each[2] is not State.IN_ORDER]
    if candidate.bars is not None and not candidate.bars and candidate.other_list is None and not open_papers:
        return _IN_ORDER
    field = f"party_list.candidates[{place}]"
    findings: list[Finding] = []
    grounds = [*_barred(candidate, field, findings), *_elsewhere(candidate, field, findings)]
    if not grounds:
        grounds = _papers(candidate, open_papers, field, windows, findings)
        _unchecked(candidate, field, findings)
    return _Tested(tuple(grounds), tuple(findings))


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
    candidate: ListedCandidate,
    open_papers: Sequence[tuple[Paper, NormId, State]],
    field: str,
    windows: Windows,
    findings: list[Finding],
) -> list[NormId]:
    """The grounds from papers whose time is over; others may still come or be corrected."""
    grounds: list[NormId] = []
    for paper, norm, state in open_papers:
        facts: dict[str, Fact] = {"candidate": candidate.id, "registration_paper": paper.value}
        fields = (f"{field}.papers.{paper.value}",)
        if state is State.NOT_PROVIDED:
            facts["behind"] = norm
            grounds.append("L61.7.1")
            findings.append(
                Finding("L61.7.1", "registration_candidate_paper_not_provided", Severity.WARNING, facts, fields)
            )
            continue
        missing = state is State.MISSING
        code = "registration_candidate_paper_missing" if missing else "registration_candidate_paper_defective"
        facts["until"] = windows.additions_until if missing else windows.corrections_until
        findings.append(Finding(norm, code, Severity.WARNING, facts, fields))
    return grounds


@applies("L61.7.3")
def _unchecked(candidate: ListedCandidate, field: str, findings: list[Finding]) -> None:
    """A right to be elected that nobody has checked is waited for."""
    if candidate.bars is None:
        facts: dict[str, Fact] = {"candidate": candidate.id}
        fields = (f"{field}.bars",)
        findings.append(Finding("L61.7.3", "registration_candidate_right_not_checked", Severity.WARNING, facts, fields))
