"""The law's numbers and open questions on days and terms (Art. 48, 56, 57, 59, 61.6, 63)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class BackwardCounting(StrEnum):
    """What the last day of a term "no later than N days before" is."""

    FULL_DAYS = "full_days"  # N whole days lie between the act and the day: the last day is E-N-1
    INCLUSIVE = "inclusive"  # the last day is E-N


class ForwardCounting(StrEnum):
    """What the last day of a term "within N days after" is."""

    EVENT_DAY_NOT_COUNTED = "event_day_not_counted"
    EVENT_DAY_COUNTED = "event_day_counted"


class ReductionRounding(StrEnum):
    """How a fourth or a third of a term becomes whole days; at least one day remains."""

    NEAREST_HALF_DOWN = "nearest_half_down"
    FLOOR = "floor"
    CEIL = "ceil"
    EXACT = "exact"  # no rounding: the instant, to the minute


class ReductionScope(StrEnum):
    """Which terms are shortened at early and repeat elections."""

    PRE_ELECTION_TERMS = "pre_election_terms"
    ALSO_POST_ELECTION_TERMS = "also_post_election_terms"


class TermBeforeCalling(StrEnum):
    """What becomes of a shortened term whose end lies before the calling (L59.4 with L13, L14)."""

    DUE_ON_CALLING = "due_on_calling"
    AS_COMPUTED = "as_computed"


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """What an edition says on days and terms; the terms themselves are the data of `law.calendar`."""

    minimum_reduced_days: int
    lists_to_vote: int

    backward_counting: BackwardCounting
    forward_counting: ForwardCounting
    reduction_rounding: ReductionRounding
    reduction_scope: ReductionScope
    term_before_calling: TermBeforeCalling

    def last_day_after(self, event: date, days: int) -> date:
        """The last local day, until 24:00, of a term "within `days` days after" `event` (`forward_counting`)."""
        counted = 1 if self.forward_counting is ForwardCounting.EVENT_DAY_COUNTED else 0
        return event + timedelta(days=days - counted)

    def last_day_before(self, event: date, days: int) -> date:
        """The last local day, until 24:00, of a term "no later than `days` days before" `event`.

        `backward_counting` says whether so many full days must lie between the two.
        """
        full = 1 if self.backward_counting is BackwardCounting.FULL_DAYS else 0
        return event - timedelta(days=days + full)
