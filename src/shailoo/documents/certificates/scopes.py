"""What a certificate can be good for: elections, told by the room above that knows them, and bodies.

Documents stand below the elections, so the room of elections enters itself here: the arrow of use stays downward.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from shailoo.accounts.models import Body
from shailoo.documents.certificates.lists import Names


@dataclass(frozen=True, slots=True)
class Elections:
    """What the room of elections tells: the names of elections by slug, latest first, and the clock of one of them.

    The clock answers None for a slug that is no election's.
    """

    names: Callable[[], Mapping[str, Names]]
    now: Callable[[str], datetime | None]


_TOLD: list[Elections] = []


def told_by(elections: Elections) -> None:
    """Enter who knows the elections. Raises ValueError where somebody else has entered."""
    if _TOLD and _TOLD[0] != elections:
        raise ValueError("the elections that certificates cite are told by one room")
    _TOLD[:] = [elections]


def election_names() -> Mapping[str, Names]:
    """The elections called, by slug, each with its names; the latest first."""
    return _TOLD[0].names() if _TOLD else {}


def now(election: str = "") -> datetime:
    """The instant by which a certificate for that election is issued; the real time for "" and an unknown slug."""
    known = _TOLD[0].now(election) if election and _TOLD else None
    return known or timezone.now()


def body_names(body: Body) -> Names:
    """The names of a body in the site's languages."""
    return {"ky": body.name_ky, "ru": body.name_ru, "en": body.name_en}
