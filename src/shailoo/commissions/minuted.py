"""A version of minutes read back: what `minuting.content_of` froze, as typed data.

Names, votes and texts are those of the day on which the version was written, whatever the records say by now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from shailoo.wording import LANGUAGES


@dataclass(frozen=True, slots=True)
class Tongues:
    """A text in each language that has it; "" where one has not."""

    ky: str
    ru: str
    en: str

    def first(self, language: str) -> tuple[str, str]:
        """The language in which it is there, and the text: that asked for, else the first; no text: ("", "")."""
        order = dict.fromkeys((language, *LANGUAGES))
        return next(((code, text) for code in order if (text := str(getattr(self, code)))), ("", ""))


@dataclass(frozen=True, slots=True)
class Official:
    """An office by its key, its holder's name and its role."""

    office: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Held:
    """The sitting: instants of UTC; who presided and kept the minutes; members needed for a quorum."""

    commission: str
    number: str
    kind: str
    place: Tongues
    election: str
    planned_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    chair: Official | None
    secretary: Official | None
    seats: int | None
    quorum: int | None


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who came, in what capacity, from when to when (None: to the end)."""

    name: str
    attendee: str
    office: int | None
    arrived_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Cast:
    """The vote of a member."""

    name: str
    office: int
    choice: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of a motion, in votes and members."""

    adopted: bool
    votes_for: int
    votes_against: int
    votes_abstained: int
    members_present: int
    seats: int
    needed: int


@dataclass(frozen=True, slots=True)
class Opinion:
    """An individual opinion; `file` is the SHA-256 of what was attached."""

    name: str
    text: str
    file: str | None


@dataclass(frozen=True, slots=True)
class Taken:
    """The decision that a motion became: its number as people write it ("№ 12/2020")."""

    number: str
    dissents: tuple[Opinion, ...]


@dataclass(frozen=True, slots=True)
class Put:
    """A text put to the vote, each member's vote, and what came of it."""

    version: int
    purpose: str
    title: Tongues
    text: Tongues
    norms: tuple[str, ...]
    votes: tuple[Cast, ...]
    conclusion: Counted | None
    decision: Taken | None


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the agenda, and every text that was put on it."""

    position: int
    matter: str
    title: Tongues
    rapporteur: str
    proposed_by: Official | None
    vote_demanded: bool
    state: str
    reason: str
    motions: tuple[Put, ...]


@dataclass(frozen=True, slots=True)
class Minuted:
    """All that a version of minutes recorded."""

    sitting: Held
    present: tuple[Present, ...]
    items: tuple[Item, ...]


def read(content: Mapping[str, object]) -> Minuted:
    """The content of a version of minutes. Raises msgspec.ValidationError where it was written by nobody of ours."""
    return msgspec.convert(_in_tongues(content), type=Minuted)


def _in_tongues(content: Mapping[str, object]) -> Mapping[str, object]:
    """The content with the place in languages: versions of earlier days have it as one text, in no language named."""
    sitting = content.get("sitting")
    if not isinstance(sitting, Mapping) or not isinstance(sitting.get("place"), str):
        return content
    return {**content, "sitting": {**sitting, "place": {"ky": sitting["place"], "ru": "", "en": ""}}}
