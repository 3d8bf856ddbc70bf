"""What time it is in an election: the real time, or the own clock of a rehearsal or demonstration."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from shailoo.elections.models import Clock, Election

BISHKEK = ZoneInfo("Asia/Bishkek")


def now(election: Election) -> datetime:
    """The instant in UTC at which an act in `election` is done now. One query the first time for an election object."""
    try:
        own = election.clock
    except Clock.DoesNotExist:
        return timezone.now()
    return own.shows + (timezone.now() - own.set_at)


def local(instant: datetime) -> datetime:
    """The same instant on the clocks of Bishkek, by which legal days are counted."""
    return instant.astimezone(BISHKEK)
