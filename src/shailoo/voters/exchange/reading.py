"""A file is read in pieces while its hash is taken; what is not the form that it must have is told by row.

Nothing of a row is ever told but its number: a file that cannot be taken leaves no name and no number of a person in
an error, a log or a server's protocol. So the form of every row is looked at here, before the server sees it.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

PIECE = 1024 * 1024  # bytes read at once
LONGEST_ROW = 16 * 1024  # bytes
MOST_TOLD = 100  # broken rows that are told; a file with more is of another form altogether
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in b"\n\r")
_CONTROL = re.compile(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")


class Source(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes: ...


@dataclass
class Bounded:
    """A source that ends after so many bytes: what is longer than its manifest says need not be read to its end."""

    source: Source
    left: int

    def read(self, size: int, /) -> bytes:
        block = self.source.read(min(size, self.left)) if self.left else b""
        self.left -= len(block)
        return block


class Flaw(StrEnum):
    """What makes a file unreadable."""

    HEADER = "voters_header_wrong"
    ENCODING = "voters_row_not_utf8"
    CONTROL = "voters_row_has_control_character"
    QUOTES = "voters_row_quotes_wrong"
    FIELDS = "voters_row_fields_wrong"
    LENGTH = "voters_row_too_long"
    END = "voters_row_end_wrong"


@dataclass(frozen=True, slots=True, order=True)
class Broken:
    """A row that is not of the form: its number (1 = the first below the header, 0 = the header), and why."""

    row: int
    flaw: Flaw


@dataclass
class Reading:
    """One pass over a file. After `pieces` is used up it knows size, rows, hash, and everything that is broken."""

    source: Source
    columns: Sequence[str]
    size: int = 0
    rows: int = 0
    broken: list[Broken] = field(default_factory=list)
    _hash: hashlib._Hash = field(default_factory=hashlib.sha256)
    _crlf: bool = False

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def pieces(self) -> Iterator[bytes]:
        """Whole rows without the header, while nothing is broken; reads on to the end in any case."""
        rest, headed = b"", False
        for block in self._blocks():
            rest += block
            cut = rest.rfind(b"\n") + 1
            if not cut:
                rest = self._bounded(rest)
                continue
            rows, rest = rest[:cut], self._bounded(rest[cut:])
            if not headed:
                rows, headed = self._below_header(rows), True
            yield from self._whole(rows)
        if rest:
            if not headed:
                rest = self._below_header(rest)
            yield from self._whole(rest + (b"\r\n" if self._crlf else b"\n") if rest else b"")
        elif not headed:
            self._tell(0, Flaw.HEADER)

    def _blocks(self) -> Iterator[bytes]:
        while block := self.source.read(PIECE):
            self._hash.update(block)
            self.size += len(block)
            yield block

    def _bounded(self, rest: bytes) -> bytes:
        """The beginning of a row; what is far longer than a row is not kept in memory."""
        if len(rest) <= LONGEST_ROW:
            return rest
        self._tell(self.rows + 1, Flaw.LENGTH)
        return rest[:1]

    def _below_header(self, rows: bytes) -> bytes:
        header, _end, below = rows.partition(b"\n")
        self._crlf = header.endswith(b"\r")
        if header.removesuffix(b"\r") != ",".join(self.columns).encode():
            self._tell(0, Flaw.HEADER)
        return below

    def _whole(self, rows: bytes) -> Iterator[bytes]:
        if not rows:
            return
        lines = rows.split(b"\n")
        lines.pop()
        suspects = range(len(lines)) if self._strange(rows, len(lines)) else self._suspects(lines, b'"' in rows)
        for place in suspects:
            if (flaw := self._flaw(lines[place])) is not None:
                self._tell(self.rows + place + 1, flaw)
        self.rows += len(lines)
        if not self.broken:
            yield rows

    def _strange(self, rows: bytes, count: int) -> bool:
        """Whether every row must be looked at: control characters, other ends of lines, no UTF-8."""
        without = rows.translate(None, _CONTROLS)  # three times as quick as a search
        if len(without) != len(rows) or rows.count(b"\r") != (count if self._crlf else 0):
            return True
        try:
            rows.decode()
        except UnicodeDecodeError:
            return True
        return False

    def _suspects(self, lines: list[bytes], quotes: bool) -> list[int]:  # noqa: FBT001  # what was seen at a glance
        """The rows that are not plainly right: with quotes, with another number of commas, or very long."""
        wanted = len(self.columns) - 1
        if quotes:
            return [
                place
                for place, line in enumerate(lines)
                if line.count(b",") != wanted or b'"' in line or len(line) > LONGEST_ROW
            ]
        return [place for place, line in enumerate(lines) if line.count(b",") != wanted or len(line) > LONGEST_ROW]

    def _flaw(self, row: bytes) -> Flaw | None:
        if row.endswith(b"\r") != self._crlf or b"\r" in row[:-1]:
            return Flaw.END
        if len(row) > LONGEST_ROW:
            return Flaw.LENGTH
        if _CONTROL.search(row):
            return Flaw.CONTROL
        try:
            text = row.decode().removesuffix("\r")
        except UnicodeDecodeError:
            return Flaw.ENCODING
        try:
            (fields,) = csv.reader([text], strict=True)
        except (csv.Error, ValueError):
            return Flaw.QUOTES
        if '"' in text and not _QUOTED.fullmatch(text):
            return Flaw.QUOTES
        return None if len(fields) == len(self.columns) else Flaw.FIELDS

    def _tell(self, row: int, flaw: Flaw) -> None:
        found = Broken(row, flaw)
        if len(self.broken) < MOST_TOLD and found not in self.broken:
            self.broken.append(found)


def ahead(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces: the next one is read and looked at while the one before is on its way to the server."""
    with ThreadPoolExecutor(1, thread_name_prefix="voters-reading") as reader:
        coming = reader.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = reader.submit(next, pieces, None)
            yield piece


_FIELD = r'(?:[^",]*|"(?:[^"]|"")*")'
_QUOTED = re.compile(rf"{_FIELD}(?:,{_FIELD})*")
