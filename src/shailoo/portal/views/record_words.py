"""The record of acts in words: what was done, on what, by whom, and its content beside what earlier acts had said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shailoo.ledger.history import Row
from shailoo.portal import saying
from shailoo.portal.formats import dates
from shailoo.portal.templatetags.figures import language
from shailoo.portal.templatetags.parts import role_name
from shailoo.wording import Catalogue, has, numbers, text

MOST_CELLS = 150  # of one act on a page; its file holds all
LONGEST_CELL = 400  # letters
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_CATALOGUES = {**dict.fromkeys(("state", "from", "to", "states"), Catalogue.STATES), "event": Catalogue.EVENTS}
"""Members whose values are codes of a catalogue of their own."""
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Cell:
    """One member of an act's content: what it is, what earlier acts on the record said of it, what this one says.

    `before` is "" where no earlier act said anything.
    """

    label: str
    before: str
    now: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An act as pages write it. `who` is empty for acts of the system itself."""

    row: Row
    what: str
    who: str
    body: str
    on: str
    cells: tuple[Cell, ...]
    more: int  # members beyond those in `cells`

    @property
    def compared(self) -> bool:
        """Whether an earlier act on the same record said something of what this one says."""
        return any(cell.before for cell in self.cells)


def shown(row: Row, known: Mapping[str, Any]) -> Shown:
    """The act in the language of the page; `known` is what earlier acts said of the same record."""
    cells = list(_cells(row.payload or {}, known))
    return Shown(
        row,
        saying.act(row.name),
        role_name(row.role) if row.role else "",
        row.body_names.get(language(), ""),
        subject(row.subject),
        tuple(cells[:MOST_CELLS]),
        max(len(cells) - MOST_CELLS, 0),
    )


def one_after_another(rows: Iterable[Row]) -> Iterator[Shown]:
    """Acts on one record, oldest first, each beside what those before it said."""
    known: dict[str, Any] = {}
    for row in rows:
        yield shown(row, known)
        known.update(row.payload or {})


def subject(name: str) -> str:
    """A record in words: "voting:1/precinct:1007" as "Voting 1, precinct 1007"."""
    return ", ".join(_part(part) for part in name.split("/"))


def _part(name: str) -> str:
    kind, colon, rest = name.partition(":")
    code = f"subject.{kind}"
    if not has(Catalogue.VALUES, code):
        return name
    return f"{text(Catalogue.VALUES, code, language())} {rest}" if colon else text(Catalogue.VALUES, code, language())


# ------------------------------------------------------------------------------------- contents


def _cells(payload: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[Cell]:
    """The members in words. One whose name has no words is left out: the file of the act holds it all the same."""
    named = {key: payload[key] for key in payload if _has_words(key)}
    before = dict(_leaves({key: known[key] for key in named if key in known}, ()))
    for path, value in _leaves(named, ()):
        old = before.get(path, _MISSING)
        said = "" if old is _MISSING else _value(path[-1], old)
        yield Cell(" · ".join(map(_key, path)), said, _value(path[-1], value), old is not _MISSING and old != value)


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every member that holds no others, by the way to it; a list of plain values is one member."""
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _leaves(inner, (*path, str(key)))
    elif isinstance(value, list) and any(isinstance(each, Mapping | list) for each in value):
        for number, inner in enumerate(value, 1):
            yield from _leaves(inner, (*path, str(number)))
    elif path:
        yield path, value


def _has_words(name: str) -> bool:
    return has(Catalogue.VALUES, f"key.{name}") or has(Catalogue.LINES, name)


def _key(name: str) -> str:
    """A member's name in words: of the record, else a line of the protocol; a code of a list or precinct as it is."""
    for catalogue, code in ((Catalogue.VALUES, f"key.{name}"), (Catalogue.LINES, name)):
        if has(catalogue, code):
            return text(catalogue, code, language())
    return name


def _value(key: str, value: Any) -> str:
    match value:
        case None | "" | [] | {}:
            return numbers.NONE
        case bool():
            return _("yes") if value else _("no")
        case int():
            return numbers.count(value) if key not in ("year", "number") else str(value)
        case list():
            told = ", ".join(_value(key, each) for each in value)
        case str():
            told = _text(key, value)
        case _:
            told = str(value)
    return told if len(told) <= LONGEST_CELL else f"{told[:LONGEST_CELL]}…"


def _text(key: str, value: str) -> str:
    if _INSTANT.fullmatch(value):
        return dates.full_time(datetime.fromisoformat(value.replace("Z", "+00:00")), language())
    own = _CATALOGUES.get(key)
    for catalogue, code in ((Catalogue.VALUES, f"{key}.{value}"), *([(own, value)] if own else [])):
        if has(catalogue, code):
            return text(catalogue, code, language())
    return value
