"""What was typed or sent becomes a value of its line's type, so that two who mean the same have written the same.

" 12 ", "012" and "12" are one count; "9.05" and "09:05" one time. Nothing here knows who typed it or when.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TypeAlias

from shailoo.law.protocol import LineType

Value: TypeAlias = "int | str | bool | list[Value] | dict[str, Value]"

LARGEST = 9_999_999  # of one line; no precinct comes near, and a ballot of 200 such lines still adds up in its column
LONGEST = 2_000  # characters of a text
FIRST_YEAR, LAST_YEAR = 1900, 2999  # at the ends of the calendar a time is kept but can never be read again

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
_COUNT = re.compile(r"[0-9]{1,12}")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)


class UnreadableError(ValueError):
    """What was given is no value of its type; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(raw: object, kind: LineType) -> Value | None:
    """The value that `raw` means as `kind`; None where nothing was given. Raises UnreadableError."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    return _READERS[kind](raw)


def read_signed(raw: object) -> int | None:
    """A difference of two counts (L35.14), which may be negative. Raises UnreadableError."""
    text = _SPACES.sub("", str(raw)).replace("\u2212", "-") if raw is not None else ""
    if not text:
        return None
    if text.startswith("-"):
        return -_count(text[1:])
    return _count(text)


def _count(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise UnreadableError("not_a_whole_number")
    if isinstance(raw, str):
        digits = _SPACES.sub("", raw)
        if digits.startswith(("-", "\u2212")) and _COUNT.fullmatch(digits[1:]):
            raise UnreadableError("negative")
        if not _COUNT.fullmatch(digits) or not digits.isascii():
            raise UnreadableError("not_a_whole_number")
        raw = int(digits)
    if raw < 0:
        raise UnreadableError("negative")
    if raw > LARGEST:
        raise UnreadableError("too_large")
    return raw


def _text(raw: object) -> str:
    if not isinstance(raw, str | int) or isinstance(raw, bool):
        raise UnreadableError("not_a_text")
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", str(raw))).strip()
    if len(text) > LONGEST:
        raise UnreadableError("too_long")
    if any(unicodedata.category(letter) == "Cc" for letter in text):
        raise UnreadableError("not_a_text")
    return text


def _truth(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    known = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "0": False}
    found = known.get(str(raw).strip().lower())
    if found is None:
        raise UnreadableError("neither_yes_nor_no")
    return found


def _time(raw: object) -> str:
    found = _TIME.fullmatch(str(raw).strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise UnreadableError("not_a_time")
    return f"{int(found[1]):02}:{found[2]}"


def _date(raw: object) -> str:
    if isinstance(raw, date):
        return raw.isoformat()
    text = str(raw).strip()
    if found := _DAY.fullmatch(text):
        text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    try:
        found_day = date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableError("not_a_date") from error
    if not within_reach(found_day):
        raise UnreadableError("not_a_date")
    return found_day.isoformat()


def within_reach(day: date) -> bool:
    """Whether a day lies in the years that the database gives back in every time zone."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def _datetime(raw: object) -> str:
    text = _SPACES.sub(" ", str(raw)).strip().replace("T", " ")
    day, _, hour = text.partition(" ")
    if not hour:
        raise UnreadableError("not_a_date_and_time")
    try:
        moment = datetime.fromisoformat(f"{_date(day)}T{_time(hour)}")
    except ValueError as error:
        raise UnreadableError("not_a_date_and_time") from error
    return moment.isoformat(timespec="minutes")


def _names(raw: object) -> list[Value]:
    parts = re.split(r"[\n;]", raw) if isinstance(raw, str) else raw
    if not isinstance(parts, list | tuple):
        raise UnreadableError("not_a_list")
    return [text for text in (_text(part) for part in parts) if text]


def _counts(raw: object) -> dict[str, Value]:
    if not isinstance(raw, Mapping):
        raise UnreadableError("not_counts")
    return {_text(key): _count(value) for key, value in raw.items()}


def _whole(raw: object) -> Value:
    """A structure sent whole by a machine: plain JSON, no fractions."""
    if isinstance(raw, bool | int):
        return raw
    if isinstance(raw, str):
        return _storable(raw)
    if isinstance(raw, list | tuple):
        return [_whole(part) for part in raw if part is not None]
    if isinstance(raw, Mapping):
        return {_storable(str(key)): _whole(part) for key, part in raw.items() if part is not None}
    raise UnreadableError("not_a_structure")


def _storable(text: str) -> str:
    """The text itself; a NUL or half a letter, which JSON can spell and no database keeps, is unreadable."""
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
        raise UnreadableError("not_a_text")
    return text


_READERS: Mapping[LineType, Callable[[object], Value]] = {
    LineType.INTEGER: _count,
    LineType.TEXT: _text,
    LineType.CODE: _text,
    LineType.BOOLEAN: _truth,
    LineType.DATE: _date,
    LineType.TIME: _time,
    LineType.DATETIME: _datetime,
    LineType.LIST: _names,
    LineType.STRUCTURE: _whole,
    LineType.COUNTS: _counts,
}
