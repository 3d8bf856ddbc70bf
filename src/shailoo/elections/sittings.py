"""What commissions ask of elections when they sit: which elections there are, and what time it is in one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shailoo.commissions.clocks import Elections, Occasion, told_by
from shailoo.elections import clock, queries


def now(slug: str) -> datetime | None:
    """The instant on the clock of the election; None where there is none of that slug."""
    election = queries.by_slug(slug)
    return clock.now(election) if election else None


def occasions() -> Sequence[Occasion]:
    """The elections called, the latest first."""
    return [
        Occasion(each.slug, each.name_ky, each.name_ru, each.name_en, each.origin, each.rehearsal)
        for each in queries.called()
    ]


told_by(Elections(now, occasions))
