"""The list of a public lot and what is to be drawn from it (Art. 24, 30, 31, 33, 52).

The law names the draws and, for those among the members of a precinct commission, who takes no part; how a lot is
drawn it leaves to the commission. `listing` answers before anything is drawn, on the list alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.observation.observers import Level
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.voters.opening import ROLES


class Purpose(StrEnum):
    """What a lot decides."""

    BALLOT_ORDER = "ballot_order"
    STATION_DUTIES = "station_duties"
    MOBILE_TEAM = "mobile_team"
    AIR_TIME = "air_time"
    SIGNATURE_SAMPLE = "signature_sample"
    OTHER = "other"  # whatever a commission decides by lot of its own accord


NORMS: Mapping[Purpose, tuple[NormId, ...]] = MappingProxyType(
    {
        Purpose.BALLOT_ORDER: ("L30.3", "L30.4"),
        Purpose.STATION_DUTIES: ("L31.1.b", "L31.1.c"),
        Purpose.MOBILE_TEAM: ("L33.4.a1", "L33.4.a2"),
        Purpose.AIR_TIME: ("L24.8.a2", "L19.7.5"),
        Purpose.SIGNATURE_SAMPLE: ("L52.8.a",),
        Purpose.OTHER: ("L8.1",),
    }
)
"""The norms by which each lot is drawn; openness (L8.1) is the only one where a commission draws of its own accord."""

DRAWN_AT: Mapping[Purpose, Level] = MappingProxyType(
    {
        Purpose.BALLOT_ORDER: Level.CEC,
        Purpose.STATION_DUTIES: Level.PEC,
        Purpose.MOBILE_TEAM: Level.PEC,
        Purpose.SIGNATURE_SAMPLE: Level.CEC,
    }
)
"""The commissions at which a lot is drawn; every other lot can be drawn at any."""

WITHOUT_HEADS: Mapping[Purpose, NormId] = MappingProxyType(
    {Purpose.STATION_DUTIES: "L31.1.c", Purpose.MOBILE_TEAM: "L33.4.a2"}
)
"""The lots among a commission's members in which its chairperson and secretary take no part."""


class Post(StrEnum):
    """What an entry of the list is in the commission that draws."""

    CHAIRPERSON = "chairperson"
    SECRETARY = "secretary"
    MEMBER = "member"
    NONE = "none"  # no member of it: a party, a candidate, a sheet of signatures


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the list: how it is called there, and its post in the commission."""

    label: str
    post: Post = Post.NONE


@dataclass(frozen=True, slots=True)
class LotList:
    """A lot before it is published: by which commission, for what, among whom.

    `rounds` says for each round what is drawn in it (a role of `law.voters.opening`, or "") in the order of drawing,
    and `drawn` how many entries it takes; None where it settles the order of all.
    """

    purpose: Purpose
    level: Level
    items: tuple[Listed, ...]
    rounds: tuple[str, ...]
    drawn: tuple[int | None, ...]

    def __post_init__(self) -> None:
        if not self.items or not self.rounds or len(self.rounds) != len(self.drawn):
            raise ValueError("a lot has entries, and says of every round how many it takes")
        if any(each is not None and each < 1 for each in self.drawn):
            raise ValueError("a round takes one entry at least")


@dataclass(frozen=True, slots=True)
class Drawable:
    """Whether the law lets this lot be drawn from this list."""

    drawable: bool


@applies("L30.3", "L30.4", "L31.1.b", "L31.1.c", "L33.4.a1", "L33.4.a2")
def listing(facts: LotList, edition: Edition) -> Outcome[Drawable]:
    """Whether a lot may be drawn from this list.

    A precinct commission draws its duties and its mobile team among its members without chairperson and secretary
    (L31.1.c, L33.4.a2): all four duties (L31.1.b), and as many members as the law asks for mobile voting (L33.4.a1).
    """
    found = [*_place(facts), *_members(facts), *_duties(facts), *_team(facts, edition)]
    findings = tuple(each for each in found if isinstance(each, Finding))
    return Outcome(Drawable(not findings), tuple(each for each in found if isinstance(each, Step)), findings)


def _place(facts: LotList) -> Iterator[Step | Finding]:
    norm = NORMS[facts.purpose][0]
    due = DRAWN_AT.get(facts.purpose)
    named: dict[str, Fact] = {"lot_purpose": facts.purpose.value}
    if due is not None and due is not facts.level:
        yield Finding(norm, "lot_at_another_commission", Severity.ERROR, named, ("level",))
        return
    for each in NORMS[facts.purpose]:
        if each not in WITHOUT_HEADS.values():
            yield Step(each, "lot_is_drawn", named)


def _members(facts: LotList) -> Iterator[Step | Finding]:
    norm = WITHOUT_HEADS.get(facts.purpose)
    if norm is None:
        return
    heads = [each.label for each in facts.items if each.post in (Post.CHAIRPERSON, Post.SECRETARY)]
    strangers = [each.label for each in facts.items if each.post is Post.NONE]
    if heads:
        yield Finding(norm, "lot_heads_listed", Severity.ERROR, {"members": ", ".join(heads)}, ("items",))
    else:
        yield Step(norm, "lot_without_heads")
    if strangers:
        among = NORMS[facts.purpose][0]
        yield Finding(among, "lot_not_a_member", Severity.ERROR, {"members": ", ".join(strangers)}, ("items",))


def _duties(facts: LotList) -> Iterator[Step | Finding]:
    if facts.purpose is not Purpose.STATION_DUTIES:
        return
    if sorted(facts.rounds) != sorted(role.value for role in ROLES) or None in facts.drawn:
        yield Finding("L31.1.b", "lot_duties_incomplete", Severity.ERROR, {"duties": len(ROLES)}, ("rounds",))
    else:
        yield Step("L31.1.b", "lot_duties_complete", {"duties": len(ROLES)})


def _team(facts: LotList, edition: Edition) -> Iterator[Step | Finding]:
    if facts.purpose is not Purpose.MOBILE_TEAM:
        return
    taken = sum(each or 0 for each in facts.drawn)
    numbers: dict[str, Fact] = {"drawn": taken, "needed": edition.mobile_members}
    if taken < edition.mobile_members:
        yield Finding("L33.4.a1", "lot_team_too_small", Severity.ERROR, numbers, ("drawn",))
    else:
        yield Step("L33.4.a1", "lot_team_large_enough", numbers)
