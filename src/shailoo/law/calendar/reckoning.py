"""From an election and what is known of it to the days and instants of its events.

What has not happened yet is taken at its latest lawful moment, so that a calendar is whole from the first day; the
entry then says that it is provisional. What cannot be known before it happens (a complaint) has no days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import floor
from types import MappingProxyType
from typing import TypeAlias

from shailoo.law.calendar.events import Bound, Counting, Event, Kind, Unit, event, events
from shailoo.law.calendar.terms import end_of, later, length, local_day, months_from, start_of, statutory
from shailoo.law.editions import BackwardCounting, Edition, ForwardCounting, TermBeforeCalling
from shailoo.law.outcome import NormId

Moment: TypeAlias = date | datetime


@dataclass(frozen=True, slots=True)
class Occasion:
    """An election whose terms are computed.

    `election_day` is the day of the voting (of the repeat voting for that kind); `calling` the local day on which it
    was called. `known` holds what has happened, anchor -> local day, or instant with a zone.
    """

    kind: Kind
    election_day: date
    calling: date | None = None
    known: Mapping[str, Moment] = field(default_factory=lambda: MappingProxyType({}))

    def knowing(self, **moments: Moment) -> Occasion:
        """The same election with more that has happened."""
        return replace(self, known=MappingProxyType({**self.known, **moments}))


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of an election's calendar.

    `first` and `last` are local days, both included, None where the term has no such side or its anchor is not known.
    `last_inclusive` is the last day under inclusive counting where it differs. `opens` and `closes` are the instants of
    the half-open term. `reduced_from` is the number of days before shortening. `waits_for` names the unknown anchor;
    `provisional` means that the anchor was taken at its latest lawful moment; `due_on_calling` that the computed last
    day lay before the calling.
    """

    event: Event
    first: date | None = None
    last: date | None = None
    last_inclusive: date | None = None
    opens: datetime | None = None
    closes: datetime | None = None
    time: time | None = None
    reduced_from: int | None = None
    waits_for: str | None = None
    provisional: bool = False
    due_on_calling: bool = False

    @property
    def id(self) -> str:
        return self.event.id

    @property
    def norms(self) -> tuple[NormId, ...]:
        return self.event.norms

    def in_time(self, at: datetime) -> bool:
        """Whether an act at the instant `at` lies in the term. Raises ValueError where the term has no instants."""
        if self.opens is None and self.closes is None:
            raise ValueError(f"{self.id} waits for {self.waits_for}")
        return (self.opens is None or self.opens <= at) and (self.closes is None or at < self.closes)


def calendar(occasion: Occasion, edition: Edition) -> tuple[Entry, ...]:
    """Every event that elections of this kind know, in the order of the data."""
    return tuple(_when(each, occasion, edition) for each in events().values() if occasion.kind in each.kinds)


def when(name: str, occasion: Occasion, edition: Edition) -> Entry:
    """The event `name` in this election. Raises KeyError where elections of this kind have no such event."""
    found = event(name)
    if occasion.kind not in found.kinds:
        raise KeyError(f"elections of kind {occasion.kind} have no event {name!r}")
    return _when(found, occasion, edition)


# ------------------------------------------------------------------------------------- anchors

_SAME_DAY = {  # anchors that are the calling until something else is known
    "official_publication_of_calling": "calling",
    "calling_in_force": "calling",
    "signing_of_calling_decree": "calling",
    "repeat_voting_decision": "first_round_determination",
}
_END_OF: Mapping[str, Mapping[Kind, str] | str] = {  # anchors that are the end of another event's term
    "calling_term_end": {
        Kind.PRESIDENTIAL: "calling_deadline_presidential",
        Kind.PRESIDENTIAL_EARLY: "calling_early_presidential",
        Kind.JK: "calling_deadline_jk",
        Kind.JK_EARLY: "calling_early_jk",
    },
    "election_deemed_called": {
        Kind.PRESIDENTIAL: "deemed_called_presidential",
        Kind.PRESIDENTIAL_EARLY: "deemed_called_presidential",
        Kind.JK: "deemed_called_jk",
        Kind.JK_EARLY: "deemed_called_jk",
    },
    "nomination": {
        Kind.PRESIDENTIAL: "nomination_end_presidential",
        Kind.PRESIDENTIAL_EARLY: "nomination_end_presidential",
        Kind.REPEAT_PRESIDENTIAL: "nomination_end_presidential",
    },
    "signature_lists_receipt": "signature_lists_submitted",
    "approval_of_precinct_map": "precincts_established",
    "preliminary_lists_receipt": "preliminary_lists_to_cec",
    "determination_of_results": "determination_of_results",
    "publication_of_results": {
        Kind.PRESIDENTIAL: "presidential_result_published",
        Kind.PRESIDENTIAL_EARLY: "presidential_result_published",
        Kind.REPEAT_PRESIDENTIAL: "presidential_result_published",
        Kind.REPEAT_VOTING: "presidential_result_published",
        Kind.JK: "results_published_full",
        Kind.JK_EARLY: "results_published_full",
        Kind.REPEAT_JK: "results_published_full",
    },
    "announcement_of_results": "determination_of_results",
    "document_receipt": {
        Kind.PRESIDENTIAL: "registration_documents_presidential",
        Kind.PRESIDENTIAL_EARLY: "registration_documents_presidential",
        Kind.REPEAT_PRESIDENTIAL: "registration_documents_presidential",
        Kind.JK: "registration_documents_jk",
        Kind.JK_EARLY: "registration_documents_jk",
        Kind.REPEAT_JK: "registration_documents_jk",
    },
}
_AT_END_OF: Mapping[str, Mapping[Kind, str] | str] = {  # anchors that are the very instant at which another term ends
    "registration_end": {
        Kind.PRESIDENTIAL: "registration_end_presidential",
        Kind.PRESIDENTIAL_EARLY: "registration_end_presidential",
        Kind.REPEAT_PRESIDENTIAL: "registration_end_presidential",
        Kind.JK: "registration_end_jk",
        Kind.JK_EARLY: "registration_end_jk",
        Kind.REPEAT_JK: "registration_end_jk",
    },
    "voter_list_corrections_end": "voter_list_corrections_end",
}
_DAYS = frozenset({"election_day", "repeat_voting_day"})


@dataclass(frozen=True, slots=True)
class _Anchor:
    moment: Moment
    provisional: bool = False


def _anchor(name: str, occasion: Occasion, edition: Edition) -> _Anchor | None:
    """The moment of an anchor: known, computed, or at its latest; None where it has to happen first."""
    if name in occasion.known:
        return _Anchor(occasion.known[name])
    if name in _DAYS:
        return _Anchor(occasion.election_day)
    if name == "calling":
        return _Anchor(occasion.calling) if occasion.calling else None
    if name in ("voting_start", "repeat_voting_start"):
        return _Anchor(_at(occasion.election_day, edition.voting_opens))
    if name == "voting_end":
        return _Anchor(_at(occasion.election_day, edition.voting_closes))
    if name == "registration":
        end = _anchor("registration_end", occasion, edition)
        return None if end is None else _Anchor(local_day(later(_instant(end.moment), -1)), provisional=True)
    if name in _SAME_DAY:
        return _anchor(_SAME_DAY[name], occasion, edition)
    if name in _AT_END_OF and (entry := _other(_AT_END_OF[name], occasion, edition)) and entry.closes:
        return _Anchor(entry.closes)
    if name in _END_OF and (entry := _other(_END_OF[name], occasion, edition)) and (day := entry.last or entry.first):
        computed = name in ("calling_term_end", "election_deemed_called")
        at = entry.closes if entry.closes and entry.time else day
        return _Anchor(at, provisional=entry.provisional or not computed)
    return None


def _other(names: Mapping[Kind, str] | str, occasion: Occasion, edition: Edition) -> Entry | None:
    name = names if isinstance(names, str) else names.get(occasion.kind)
    return None if name is None or occasion.kind not in event(name).kinds else when(name, occasion, edition)


def _at(day: date, hour: time) -> datetime:
    return start_of(day) + timedelta(hours=hour.hour, minutes=hour.minute)


def _instant(moment: Moment) -> datetime:
    """The instant that hours run from: a day of which no hour is known counts from its end."""
    return moment if isinstance(moment, datetime) else end_of(moment)


# ------------------------------------------------------------------------------------- terms


def _when(each: Event, occasion: Occasion, edition: Edition) -> Entry:
    anchor = _anchor(each.anchor, occasion, edition)
    if anchor is None:
        return Entry(each, waits_for=each.anchor)
    number = length(each, occasion.kind, edition)
    opens, closes = _span(each, anchor.moment, number, edition)
    full = statutory(each, edition)
    entry = Entry(
        each,
        opens=opens,
        closes=closes,
        reduced_from=abs(full) if number != full else None,
        provisional=anchor.provisional,
    )
    entry = _clamped(entry, occasion, edition)
    return _with_days(entry, _inclusive(entry, anchor.moment, number, edition))


def _span(
    each: Event, anchor: Moment, number: int | Fraction, edition: Edition
) -> tuple[datetime | None, datetime | None]:
    """The half-open term (opens, closes)."""
    if each.unit is Unit.HOUR:
        return _hours(each, anchor, int(number))
    if each.counting is Counting.FULL_DAYS:
        border = _border(each, local_day(anchor), number)
        if each.bound is Bound.NOT_EARLIER_THAN:
            return border, None
        inclusive = edition.backward_counting is BackwardCounting.INCLUSIVE
        border = border + timedelta(days=1) if inclusive else border
        return None, _with_hour(each, border)
    if each.bound in (Bound.WITHIN, Bound.NO_LATER_THAN) and each.counting is Counting.FORWARD:
        return start_of(local_day(anchor)), _end_forward(each, local_day(anchor), number, edition)
    return _named(each, _day_from(each, local_day(anchor), number), local_day(anchor))


def _hours(each: Event, anchor: Moment, hours: int) -> tuple[datetime | None, datetime | None]:
    """Terms in hours run from the minute; "at once" lasts until the calendar day of its anchor ends."""
    start = anchor if isinstance(anchor, datetime) else start_of(anchor)
    at = start if hours == 0 else _instant(anchor) + timedelta(hours=hours)
    if each.bound is Bound.NOT_EARLIER_THAN:
        return at, None
    if each.bound is Bound.EXACTLY:
        return at, at
    if hours == 0:
        return (None, start) if each.bound is Bound.NO_LATER_THAN else (start, end_of(local_day(anchor)))
    return (start, at) if hours > 0 else (None, at)


def _border(each: Event, day: date, number: int | Fraction) -> datetime:
    """The instant T(N), 00:00 of the day N days or months before."""
    if each.unit is Unit.MONTH:
        return start_of(months_from(day, int(number)))
    return later(start_of(day), number)


def _end_forward(each: Event, day: date, number: int | Fraction, edition: Edition) -> datetime:
    if each.unit is Unit.MONTH:
        return end_of(months_from(day, int(number)))
    counted = 1 if edition.forward_counting is ForwardCounting.EVENT_DAY_COUNTED and number else 0
    return later(end_of(day), number - counted)


def _day_from(each: Event, day: date, number: int | Fraction) -> date:
    """The named or first day of a term; a fraction of a day counts to the day it lies in."""
    return months_from(day, int(number)) if each.unit is Unit.MONTH else day + timedelta(days=floor(number))


def _named(each: Event, day: date, anchor: date) -> tuple[datetime | None, datetime | None]:
    hour = time.fromisoformat(each.time) if each.time else None
    if each.bound is Bound.NOT_EARLIER_THAN:
        until = None if each.to_offset is None else end_of(anchor + timedelta(days=each.to_offset))
        return (_at(day, hour) if hour else start_of(day)), until
    if each.bound is Bound.NO_LATER_THAN:
        return None, (_at(day, hour) if hour else end_of(day))
    if hour:
        return _at(day, hour), _at(day, hour)
    return start_of(day), end_of(day if each.to_offset is None else anchor + timedelta(days=each.to_offset))


def _with_hour(each: Event, border: datetime) -> datetime:
    """The last local hour before a border, where the law names one ("by 18:00")."""
    if each.time is None:
        return border
    return _at(local_day(border - timedelta(seconds=1)), time.fromisoformat(each.time))


def _clamped(entry: Entry, occasion: Occasion, edition: Edition) -> Entry:
    """A shortened term that would end before the calling is due at once on calling (`term_before_calling`)."""
    calling = occasion.calling
    if (
        calling is None
        or entry.closes is None
        or not entry.event.reducible
        or entry.event.anchor != "election_day"
        or edition.term_before_calling is TermBeforeCalling.AS_COMPUTED
        or entry.closes > start_of(calling)
    ):
        return entry
    opens = None if entry.opens is None else start_of(calling)
    return replace(entry, opens=opens, closes=end_of(calling), due_on_calling=True)


def _inclusive(entry: Entry, anchor: Moment, number: int | Fraction, edition: Edition) -> date | None:
    """The last day under inclusive counting, where full days are counted and the two differ."""
    each = entry.event
    if (
        each.counting is not Counting.FULL_DAYS
        or each.bound is Bound.NOT_EARLIER_THAN
        or entry.due_on_calling
        or edition.backward_counting is BackwardCounting.INCLUSIVE
    ):
        return None
    return local_day(_border(each, local_day(anchor), number) + timedelta(days=1, seconds=-1))


def _with_days(entry: Entry, inclusive: date | None) -> Entry:
    first = None if entry.opens is None else local_day(entry.opens)
    last = None if entry.closes is None else _last_day(entry.opens, entry.closes)
    hours = [each.time() for each in (entry.closes, entry.opens) if each is not None and each.time() != time()]
    return replace(entry, first=first, last=last, last_inclusive=inclusive, time=hours[0] if hours else None)


def _last_day(opens: datetime | None, closes: datetime) -> date:
    """The local day of the last instant in time."""
    return local_day(closes if closes == opens else closes - timedelta(seconds=1))
