"""Whether a list changed after its submission only as the law allows: where candidates withdrew (L60.5.b, L60.5.c).

Who takes a withdrawn candidate's place is a member of the party, stands at that place, and the list keeps L60.3. A
place that nobody takes closes up. After registration nobody is replaced: the order is frozen then (L64.4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from shailoo.law.editions import Edition
from shailoo.law.nomination.list_composition import Composition, ListCandidate, PartyList, compose
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies

AFTER = ("after",)


@dataclass(frozen=True, slots=True)
class ListChange:
    """Two versions of a list, who withdrew between them, and whether the list was registered already."""

    before: PartyList
    after: PartyList
    withdrawn: frozenset[str]
    registered: bool

    def __post_init__(self) -> None:
        strangers = sorted(self.withdrawn - {each.person for each in self.before.candidates})
        if strangers:
            raise ValueError(f"{strangers[0]} did not stand on the list and cannot withdraw from it")


@dataclass(frozen=True, slots=True)
class Changed:
    """Whether the change is allowed; the persons who came in, and what the list is made up of where any came."""

    allowed: bool
    newcomers: tuple[str, ...]
    composition: Composition | None


@applies("L60.5.b", "L60.5.c")
def change(facts: ListChange, edition: Edition) -> Outcome[Changed]:
    """Whether a list changed after submission only by replacing withdrawn candidates, and still keeps L60.3 (L60.5)."""
    newcomers = _newcomers(facts)
    told = [*_kept(facts), *_places(facts), *_entering(facts, newcomers)]
    steps = tuple(each for each in told if isinstance(each, Step))
    findings = tuple(each for each in told if isinstance(each, Finding))
    composed = compose(facts.after, edition) if newcomers else None
    if composed is not None:
        steps = (*steps, *composed.steps)
        findings = (*findings, *(replace(each, fields=AFTER) for each in composed.findings))
    persons = tuple(each.person for each in newcomers.values())
    return Outcome(Changed(not findings, persons, composed.value if composed else None), steps, findings)


def _newcomers(facts: ListChange) -> dict[int, ListCandidate]:
    """Rank on the new list -> who was not on the old one."""
    known = {each.person for each in facts.before.candidates}
    return {rank: each for rank, each in enumerate(facts.after.candidates, 1) if each.person not in known}


def _kept(facts: ListChange) -> Iterator[Step | Finding]:
    """Who did not withdraw stays, in the same order; who withdrew is gone."""
    before = [each.person for each in facts.before.candidates]
    after = {each.person: rank for rank, each in enumerate(facts.after.candidates, 1)}
    removed = [person for person in before if person not in facts.withdrawn and person not in after]
    remaining = [person for person in after if person in facts.withdrawn]
    for person in removed:
        yield Finding("L60.5.b", "list_candidate_removed", Severity.ERROR, {"candidate": person}, AFTER)
    for person in remaining:
        yield Finding("L60.5.b", "list_withdrawn_still_stands", Severity.ERROR, {"candidate": person}, AFTER)
    was = [person for person in before if person in after and person not in facts.withdrawn]
    now = sorted(was, key=after.__getitem__)
    moved = next((new for old, new in zip(was, now, strict=True) if old != new), None)
    if moved is not None:
        place: dict[str, Fact] = {"candidate": moved, "rank": after[moved]}
        yield Finding("L60.5.b", "list_order_changed", Severity.ERROR, place, AFTER)
    elif not removed and not remaining:
        yield Step("L60.5.b", "list_order_kept", {"withdrawn": len(facts.withdrawn), "number": len(was)})


def _places(facts: ListChange) -> Iterator[Finding]:
    """Between two who stayed there come in no more than withdrew there."""
    stayed = {each.person for each in facts.after.candidates} - facts.withdrawn
    free: Counter[int] = Counter()
    passed = 0
    for each in facts.before.candidates:
        passed += each.person in stayed
        free[passed] += each.person in facts.withdrawn
    known = {each.person for each in facts.before.candidates}
    passed = 0
    for rank, each in enumerate(facts.after.candidates, 1):
        if each.person in known:
            passed += each.person in stayed
        elif free[passed]:
            free[passed] -= 1
        else:
            added: dict[str, Fact] = {"candidate": each.person, "rank": rank}
            yield Finding("L60.5.b", "list_candidate_added", Severity.ERROR, added, AFTER)


def _entering(facts: ListChange, newcomers: dict[int, ListCandidate]) -> Iterator[Step | Finding]:
    for rank, each in newcomers.items():
        told: dict[str, Fact] = {"candidate": each.person, "rank": rank}
        if facts.registered:
            yield Finding("L60.5.c", "list_replacement_after_registration", Severity.ERROR, told, AFTER)
        if each.party_member:
            yield Step("L60.5.c", "list_replaced_by_member", told)
        elif each.party_member is None:
            yield Finding("L60.5.c", "list_replacement_membership_not_known", Severity.ERROR, told, AFTER)
        else:
            yield Finding("L60.5.c", "list_replaced_by_no_member", Severity.ERROR, told, AFTER)
