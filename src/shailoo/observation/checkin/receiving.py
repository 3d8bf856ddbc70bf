"""Reading what a device sends: passages as JSON. Whatever is wrong with it is an answer, never a fault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shailoo.observation.actions.presence import Noted
from shailoo.observation.checkin.looking import NUMBER
from shailoo.observation.models import Passage

LONGEST_VERDICT = 40
MOST_CONFIRMED = 10


class UnreadableError(ValueError):
    """The body is nothing that a device of ours sends."""


@dataclass(frozen=True, slots=True)
class Sending:
    """Passages with what the device's clock showed when they were sent."""

    passages: tuple[Noted, ...]
    sent_at: datetime


def received(body: bytes) -> Sending:
    """What a device sent. Raises UnreadableError."""
    try:
        told = json.loads(body)
        return Sending(tuple(_noted(each) for each in told["passages"]), _instant(told["sent_at"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as bad:
        raise UnreadableError("this is no list of passages") from bad


def _noted(row: Mapping[str, object]) -> Noted:
    number = NUMBER.fullmatch(str(row["number"]))
    confirmed = row.get("confirmed", [])
    if number is None or not isinstance(confirmed, list) or len(confirmed) > MOST_CONFIRMED:
        raise ValueError("a passage is of a numbered certificate")
    return Noted(
        uid=UUID(str(row["uid"])),
        number=number[1].upper(),
        way=Passage.Way(str(row["way"])),
        at=_instant(row["at"]),
        verdict=_printable(row.get("verdict", "")),
        confirmed=tuple(_printable(each) for each in confirmed),
    )


def _instant(text: object) -> datetime:
    found = datetime.fromisoformat(str(text))
    if found.tzinfo is None or not 2000 <= found.year <= 2199:
        raise ValueError("an instant says its offset")
    return found


def _printable(text: object) -> str:
    found = str(text)
    if len(found) > LONGEST_VERDICT or not found.isprintable():
        raise ValueError("a verdict is a short code")
    return found
