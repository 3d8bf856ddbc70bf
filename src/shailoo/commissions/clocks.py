"""The time by which a commission sits: that of the election that a sitting is about, else the real time.

Elections stand above the commissions and know their own clocks (a rehearsal has one), so they tell them here: the
arrow of use stays downward.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Occasion:
    """An election that a sitting can be about: its slug and names, and what tells it from a real one on every paper."""

    slug: str
    name_ky: str
    name_ru: str
    name_en: str
    origin: str = "commission"  # where its data come from, as the elections room calls it
    rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class Elections:
    """What the room of elections tells: the clock of an election (None: there is no such), and the elections called."""

    now: Callable[[str], datetime | None]
    occasions: Callable[[], Sequence[Occasion]]


_TOLD: list[Elections] = []


def told_by(elections: Elections) -> None:
    """Enter who knows the elections. Raises ValueError where somebody else has entered."""
    if _TOLD and _TOLD[0] != elections:
        raise ValueError("the clocks of elections are told by one room")
    _TOLD[:] = [elections]


def now(election: str = "") -> datetime:
    """The instant at which an act in the election of that slug is done; the real time for "" and an unknown slug."""
    known = _TOLD[0].now(election) if election and _TOLD else None
    return known or timezone.now()


def occasions() -> Sequence[Occasion]:
    """The elections that a sitting can be about, the latest first."""
    return _TOLD[0].occasions() if _TOLD else ()
