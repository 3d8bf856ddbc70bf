"""Free space in print and Internet media: how much is due, who is exempt, how it is shared (L22.18, L25.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from shailoo.law.campaign.paid_media import BROADCAST, Medium, OutletClass
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.campaign import FreeSpaceBasis
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies


@dataclass(frozen=True, slots=True)
class FreeSpace:
    """The free space of one outlet in an election campaign, in square millimetres of print or their electronic equal.

    `official_only`: a newspaper founded only to publish official information and legal acts. `specialized`: a medium
    for children, technology, science and the like; `refuses`: it gives no space; `campaign_items`: campaign
    publications it carried. `contestants`: registered candidates and parties. `area`: free space given in all, over
    `issues`. `given`: contestant -> space, where it is recorded.
    """

    outlet_class: OutletClass
    medium: Medium
    contestants: tuple[str, ...]
    area: int
    issues: int = 1
    official_only: bool = False
    specialized: bool = False
    refuses: bool = False
    campaign_items: int = 0
    given: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.medium in BROADCAST:
            raise ValueError("a broadcaster gives time, not space")
        if len(set(self.contestants)) < len(self.contestants) or not set(self.given) <= set(self.contestants):
            raise ValueError("space is given to the contestants, each named once")


@dataclass(frozen=True, slots=True)
class Space:
    """What is due in square millimetres: in all, and the equal share of each contestant; 0 where nothing is due."""

    needed: int = 0
    share: int = 0
    left: int = 0


@applies("L25.1.a1", "L25.1.a2", "L25.1.a3", "L22.18")
def print_space(space: FreeSpace, edition: Edition) -> Outcome[Space]:
    """Whether an outlet owes contestants free space, how much, and each one's equal share.

    What the page is counted for is the reading `free_space_basis`.
    """
    steps: list[Step] = []
    findings: list[Finding] = []
    if _is_exempt(space, findings, steps):
        return Outcome(Space(), tuple(steps), tuple(findings))
    needed = _needed(space, edition)
    facts: dict[str, Fact] = {"area": space.area, "needed": needed}
    if space.area < needed:
        findings.append(Finding("L25.1.a1", "free_space_too_small", Severity.ERROR, facts, ("area",)))
    else:
        steps.append(Step("L25.1.a1", "free_space_large_enough", facts))
    if not space.contestants:
        return Outcome(Space(needed, 0, space.area), tuple(steps), tuple(findings))
    share, left = divmod(space.area, len(space.contestants))
    shared: dict[str, Fact] = {"area": space.area, "contestants": len(space.contestants), "share_area": share}
    steps.append(Step("L22.18", "free_space_shared", shared))
    findings += _unequal(space, share)
    return Outcome(Space(needed, share, left), tuple(steps), tuple(findings))


def _is_exempt(space: FreeSpace, findings: list[Finding], steps: list[Step]) -> bool:
    if space.outlet_class is OutletClass.ITEM_19:
        steps.append(Step("L25.1.a1", "owes_no_free_space"))
        return True
    if space.official_only:
        steps.append(Step("L25.1.a2", "official_newspaper_exempt"))
        return True
    if space.specialized and space.refuses:
        if space.campaign_items == 0:
            steps.append(Step("L25.1.a3", "specialized_medium_exempt"))
            return True
        facts: dict[str, Fact] = {"items": space.campaign_items}
        fields = ("refuses", "campaign_items")
        findings.append(Finding("L25.1.a3", "specialized_medium_campaigns", Severity.ERROR, facts, fields))
    return False


def _needed(space: FreeSpace, edition: Edition) -> int:
    times = {
        FreeSpaceBasis.IN_TOTAL: 1,
        FreeSpaceBasis.PER_CONTESTANT: len(space.contestants),
        FreeSpaceBasis.PER_ISSUE: space.issues,
    }
    return edition.free_space * times[edition.free_space_basis]


def _unequal(space: FreeSpace, share: int) -> Iterator[Finding]:
    """Equal opportunities of L22.18: everybody's recorded space is the same."""
    for name, given in space.given.items():
        if given != share:
            facts: dict[str, Fact] = {"contestant": name, "given_area": given, "share_area": share}
            yield Finding("L22.18", "free_space_not_equal", Severity.ERROR, facts, (f"given.{name}",))
