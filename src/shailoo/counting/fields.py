"""The fields that a clerk fills in, page by page (groups A to J of the protocol), and how they become its lines.

A field's path names one value: "voters_listed", "votes.p03", "mobile_boxes.0.found". Lines that the system knows
(which election, which precinct), that come by a way of their own (scanner reports) or that stay with the PEC (totals of
voter list pages, line sets of copies) are not typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from shailoo.counting.values import UnreadableError, Value, read, read_signed
from shailoo.law.protocol import Line, LineType, Source, StructureKind, lines

NOT_TYPED = frozenset(
    {
        "election_type",
        "voting_round",
        "election_day",
        "precinct_no",
        "tec_id",
        "precinct_kind",
        "replaces_protocol",
        "ballot_options",
        "withdrawn_options",
        "scanners",
        "mismatch_by_option",
        "pages",
        "copies",
    }
)
MOBILE_BOXES = 3  # most rows that a form offers; the law's limit is the edition's
_BESIDE_THE_OPTIONS = {
    "manual_votes": ("against_all",),
    "recount_votes": ("against_all",),
    "packages": ("against_all", "invalid"),
}
SIGNED = frozenset({"mismatch_total"})


@dataclass(frozen=True, slots=True)
class Field:
    """One value to type: its path, the line it belongs to, its type, and the option or the row it stands for."""

    path: str
    line: Line
    kind: LineType
    option: str | None = None
    row: int | None = None
    part: str | None = None  # the name within a row of records

    @property
    def is_support(self) -> bool:
        """Whether it stands on a supporting paper, which may not have been sent."""
        return self.line.source is Source.SUPPORT


@lru_cache(maxsize=32)
def pages(codes: tuple[str, ...]) -> Mapping[str, tuple[Field, ...]]:
    """Page -> its fields in the order of the protocol, for a ballot of these options (without "against all")."""
    found: dict[str, list[Field]] = {}
    for line in lines():
        if line.id not in NOT_TYPED:
            found.setdefault(line.page, []).extend(_fields(line, codes))
    return {page: tuple(fields) for page, fields in found.items()}


def lines_of(page: str) -> tuple[str, ...]:
    """The ids of the lines that are typed on a page."""
    return tuple(line.id for line in lines() if line.page == page and line.id not in NOT_TYPED)


def page_of(path: str) -> str:
    """The page on which a field (by its path) or a line (by its id) is typed; "" where it is not."""
    wanted = path.partition(".")[0].partition("[")[0]
    return next((line.page for line in lines() if line.id == wanted and line.id not in NOT_TYPED), "")


def _fields(line: Line, codes: Sequence[str]) -> Iterable[Field]:
    if line.structure is None or line.type is LineType.LIST:
        return [Field(line.id, line, line.type)]
    if line.structure.kind is StructureKind.RECORDS:
        return [
            Field(f"{line.id}.{row}.{part}", line, kind, row=row, part=part)
            for row in range(MOBILE_BOXES)
            for part, kind in line.structure.fields.items()
        ]
    options = (*codes, *_BESIDE_THE_OPTIONS.get(line.id, ()))
    return [Field(f"{line.id}.{code}", line, LineType.INTEGER, option=code) for code in options]


@dataclass(frozen=True, slots=True)
class Filled:
    """What a page holds: the lines that could be read, and path -> why for the fields that could not."""

    lines: dict[str, Value]
    unreadable: dict[str, str]


def fill(fields: Iterable[Field], raw: Mapping[str, object]) -> Filled:
    """The lines of `fields` from what was typed (path -> text or value); blank fields leave no value behind."""
    values: dict[str, tuple[Field, Value]] = {}
    unreadable: dict[str, str] = {}
    asked = tuple(fields)
    for field in asked:
        try:
            given = raw.get(field.path)
            value = read_signed(given) if field.path in SIGNED else read(given, field.kind)
        except UnreadableError as why:
            unreadable[field.path] = why.code
            continue
        if value is not None:
            values[field.path] = (field, value)
    return Filled(_nested(asked, values), unreadable)


def _nested(asked: tuple[Field, ...], values: Mapping[str, tuple[Field, Value]]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for field in asked:
        if field.kind is LineType.LIST:
            found[field.path] = []  # zero is written: a list without an item is an empty list
        elif field.row is not None:
            found.setdefault(field.line.id, [])
    for field, value in values.values():
        if field.option is not None:
            counts = found.setdefault(field.line.id, {})
            assert isinstance(counts, dict)  # noqa: S101  # a line of options holds counts
            counts[field.option] = value
        elif field.row is None:
            found[field.path] = value
    for name in {field.line.id for field in asked if field.row is not None}:
        found[name] = _records(asked, values, name)
    return found


def _records(asked: tuple[Field, ...], values: Mapping[str, tuple[Field, Value]], name: str) -> list[Value]:
    """The rows in which something other than a tick was typed; a tick not set is "no"."""
    rows: list[Value] = []
    for row in sorted({field.row for field in asked if field.line.id == name and field.row is not None}):
        cells: dict[str, Value] = {}
        for field in asked:
            if field.line.id != name or field.row != row or field.part is None:
                continue
            if field.path in values:
                cells[field.part] = values[field.path][1]
            elif field.kind is LineType.BOOLEAN:
                cells[field.part] = False
        if any(value is not False for value in cells.values()):
            rows.append(cells)
    return rows


def flat(lines_now: Mapping[str, Value]) -> dict[str, Value]:
    """Path -> value of every field that the lines fill, to show a form again."""
    found: dict[str, Value] = {}
    for name, value in lines_now.items():
        if isinstance(value, dict):
            found.update({f"{name}.{key}": part for key, part in value.items()})
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for row, record in enumerate(value):
                if isinstance(record, dict):
                    found.update({f"{name}.{row}.{part}": cell for part, cell in record.items()})
        else:
            found[name] = value
    return found
