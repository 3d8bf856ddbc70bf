"""Reading lots: the lists, what was drawn, and the file by which anyone computes a lot anew."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from shailoo.accounts.models import Office
from shailoo.commissions.models import Attendance, Commission, Sitting
from shailoo.law.lots.listing import Purpose
from shailoo.lots.checking import FORMAT
from shailoo.lots.drawing import written
from shailoo.lots.models import Draw, Item, Place, Round, SeedEntry
from shailoo.lots.states import State

PUBLIC = (State.PUBLISHED.value, State.SEEDED.value, State.DRAWN.value, State.VOIDED.value)
"""States in which anyone sees a lot; one that was given up before its list was public is shown with its reason only."""


def lots() -> QuerySet[Draw]:
    """Every lot with its commission, the newest first."""
    return Draw.objects.select_related("commission__body", "publication", "voiding")


def public_lots() -> QuerySet[Draw]:
    """The lots whose lists are or were public."""
    return lots().filter(publication__isnull=False)


def lot_of(body: str, year: int, number: int) -> Draw | None:
    """The lot of a commission by its number in a year."""
    return lots().filter(commission__body__code=body, year=year, number=number).first()


def lots_of(commission: Commission) -> QuerySet[Draw]:
    """The lots of one commission, the newest first."""
    return lots().filter(commission=commission)


def rounds_of(draw: Draw) -> list[Round]:
    """The rounds of a lot with their seeds and results, in the order of drawing."""
    return list(draw.rounds.select_related("seed", "result__office__body").order_by("number"))


def places_of(round_: Round) -> QuerySet[Place]:
    """The order of a drawn round, the smallest ticket first."""
    return round_.places.select_related("item").order_by("place")


def labels_of(draw: Draw) -> list[str]:
    """The list in its order."""
    return list(draw.items.order_by("number").values_list("label", flat=True))


def as_list(draw: Draw) -> str:
    """The bytes that were hashed, as text: list.txt."""
    return written(labels_of(draw))


def as_file(draw: Draw) -> str:
    """The whole lot as JSON, in the format that the checkers take; rounds that were not drawn are not in it."""
    found = {
        "format": FORMAT,
        "purpose": draw.purpose_line,
        "commission": draw.commission.body.code,
        "election": draw.election,
        "title": draw.title,
        "state": draw.state,
        "published_at": _instant(draw.publication.at) if hasattr(draw, "publication") else None,
        "items": labels_of(draw),
        "list_hash": draw.list_hash,
        "taking": draw.taking,
        "rounds_planned": draw.rounds.count(),
        "rounds": [_round(each) for each in rounds_of(draw) if hasattr(each, "result")],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _round(found: Round) -> dict[str, object]:
    rows = places_of(found).values_list("place", "item__number", "ticket", "taken")
    return {
        "round": found.number,
        "role": found.role,
        "drawn": found.drawn,
        "seed": found.seed.digits,
        "seeded_at": _instant(found.seed.at),
        "drawn_at": _instant(found.result.at),
        "order": [{"place": place, "item": item, "ticket": own, "drawn": taken} for place, item, own, taken in rows],
    }


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


# ------------------------------------------------------------------------------------- for other rooms


@dataclass(frozen=True, slots=True)
class Taken:
    """An entry that a lot drew: in which round, for which role, at which place, and whose office it is."""

    round: int
    role: str
    place: int
    label: str
    office: int | None  # key of the office, where the entry is a member of the commission


def taken(draw: Draw) -> list[Taken]:
    """What a drawn lot decided, by round and place; [] while it is not drawn."""
    if draw.state != State.DRAWN.value:
        return []
    rows = Place.objects.filter(round__draw=draw, taken=True).order_by("round__number", "place")
    found = rows.values_list("round__number", "round__role", "place", "item__label", "item__office_id")
    return [Taken(*row) for row in found]


def standing(commission: Commission, purpose: Purpose, election: str) -> Draw | None:
    """The latest drawn lot of a commission for a purpose in an election; None where nothing was drawn."""
    found = lots_of(commission).filter(purpose=purpose.value, election=election, state=State.DRAWN.value)
    return found.order_by("-frozen_at", "-pk").first()


# ------------------------------------------------------------------------------------- for the desk


@dataclass(frozen=True, slots=True)
class Entering:
    """Where the entry of digits stands, without any digit: the attempt, and who has typed."""

    attempt: int
    waiting: bool
    mine: bool
    differed: int  # attempts whose entries differed


def entering(round_: Round, person_id: int) -> Entering:
    """What a member may know while digits are entered."""
    rows = list(SeedEntry.objects.filter(round=round_).values_list("attempt", "slot", "person_id"))
    per_attempt = Counter(attempt for attempt, _slot, _person in rows)
    last = max(per_attempt, default=0)
    waiting = per_attempt.get(last, 0) == 1
    open_ = last if waiting else last + 1
    mine = any(attempt == open_ and person == person_id for attempt, _slot, person in rows)
    return Entering(open_, waiting, mine, sum(count == 2 for count in per_attempt.values()))


def attempts(round_: Round) -> Sequence[SeedEntry]:
    """Every entry of a round whose seed is found, those that differed too."""
    return list(round_.entries.select_related("office__body").order_by("attempt", "slot"))


def open_sittings(office: Office) -> QuerySet[Sitting]:
    """The open sittings of the office's commission at which it is present now."""
    here = Attendance.objects.filter(office=office, left_at__isnull=True).values("sitting_id")
    return Sitting.objects.filter(commission_id=office.body_id, state="open", pk__in=here).order_by("-opened_at")


def items_of(draw: Draw) -> QuerySet[Item]:
    return draw.items.order_by("number")
