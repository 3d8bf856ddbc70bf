"""The term of a norm in words: "no later than 3 calendar days before: election day"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext, ngettext, npgettext

from shailoo.law.norms import Bound, Deadline, Unit
from shailoo.portal.templatetags.figures import language
from shailoo.wording import Catalogue, text


def deadline(term: Deadline) -> str:
    """The term in the language of the page: its bound, its length, the event that it is counted from, its hour."""
    parts = [_bound(term)]
    if term.time:
        hours = term.time if term.to_time is None else f"{term.time}–{term.to_time}"
        parts.append(gettext("%(hours)s local time") % {"hours": hours})
    return gettext("%(term)s; counted from: %(event)s") % {"term": ", ".join(parts), "event": anchor(term.anchor)}


def anchor(name: str) -> str:
    """The event that a term is counted from."""
    return text(Catalogue.VALUES, f"anchor.{name}", language())


def _bound(term: Deadline) -> str:
    if term.bound is Bound.IMMEDIATELY or term.offset is None or term.unit is None:
        return gettext("immediately")
    if term.offset == 0 and term.to_offset is None:
        return _at_once(term.bound)
    before = term.offset < 0
    if term.bound is Bound.WITHIN:
        say = gettext("within the %(span)s before it") if before else gettext("within %(span)s")
        return say % {"span": _span(term, _WITHIN)}
    return _say(term.bound, before=before) % {"span": _span(term, _PLAIN)}


def _at_once(bound: Bound) -> str:
    """A term of no length: it begins or ends with the event itself."""
    if bound is Bound.NOT_EARLIER_THAN:
        return gettext("not before it")
    return gettext("not after it") if bound is Bound.NO_LATER_THAN else gettext("on the same day")


def _say(bound: Bound, *, before: bool) -> str:
    match bound, before:
        case Bound.NO_LATER_THAN, True:
            return gettext("no later than %(span)s before")
        case Bound.NO_LATER_THAN, False:
            return gettext("no later than %(span)s after")
        case Bound.NOT_EARLIER_THAN, True:
            return gettext("not earlier than %(span)s before")
        case Bound.NOT_EARLIER_THAN, False:
            return gettext("not earlier than %(span)s after")
        case _, True:
            return gettext("%(span)s before")
        case _:
            return gettext("%(span)s after")


_Spans = Mapping[Unit, Callable[[int], str]]
_PLAIN: _Spans = {
    Unit.HOUR: lambda number: ngettext("%(number)s hour", "%(number)s hours", number),
    Unit.CALENDAR_DAY: lambda number: ngettext("%(number)s calendar day", "%(number)s calendar days", number),
    Unit.MONTH: lambda number: ngettext("%(number)s month", "%(number)s months", number),
}
_WITHIN: _Spans = {  # Kyrgyz and Russian decline what stands after "within"
    Unit.HOUR: lambda number: npgettext("within", "%(number)s hour", "%(number)s hours", number),
    Unit.CALENDAR_DAY: lambda number: npgettext(
        "within", "%(number)s calendar day", "%(number)s calendar days", number
    ),
    Unit.MONTH: lambda number: npgettext("within", "%(number)s month", "%(number)s months", number),
}


def _span(term: Deadline, said: _Spans) -> str:
    """ "3 calendar days", or "5–10 calendar days" where the law gives both ends."""
    if term.offset is None or term.unit is None:
        raise ValueError("a term without a length has no span")
    shown = str(abs(term.offset)) if term.to_offset is None else f"{abs(term.offset)}–{abs(term.to_offset)}"
    return said[term.unit](abs(term.to_offset or term.offset)) % {"number": shown}
