"""A file's bytes become a header and numbered rows, or the faults that make it unreadable."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from shailoo.counting.importing.columns import Fault

LARGEST_FILE = 400 * 1024 * 1024  # bytes; 100,000 full protocols are a tenth of it
NumberedRow: TypeAlias = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A readable file: its header, and its text from which rows are read as often as needed."""

    header: tuple[str, ...]
    text: str
    delimiter: str

    def rows(self, faults: list[Fault]) -> Iterator[NumberedRow]:
        """Line number and cells of each row; empty lines are passed over. What cannot be read goes to `faults`."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter, strict=True)
        try:
            next(reader)
            for row in reader:
                if row and any(row):
                    yield reader.line_num, row
        except csv.Error as error:
            faults.append(Fault(reader.line_num, "", "row_unreadable", "L34.3", str(error)))


def opened(content: bytes) -> Sheet | list[Fault]:
    """The file as UTF-8 (with or without a mark), separated by commas or semicolons; else its faults."""
    if len(content) > LARGEST_FILE:
        return [Fault(0, "", "file_too_large", value=str(len(content)))]
    faults: list[Fault] = []
    if (nul := content.find(b"\0")) >= 0:
        faults.append(Fault(content.count(b"\n", 0, nul) + 1, "", "nul_byte"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.append(Fault(content.count(b"\n", 0, error.start) + 1, "", "bad_encoding"))
        return faults
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        return [*faults, Fault(1, "", "row_unreadable", "L34.3", str(error))]
    if not any(header):
        faults.append(Fault(1, "", "file_is_empty"))
    return faults or Sheet(tuple(header), text, delimiter)
