"""The lines of a list: by the page, and the number of one entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from shailoo.voters.lists import folding
from shailoo.voters.lists.models import VoterList


@dataclass(frozen=True, slots=True)
class Line:
    """One voter in a list, with the number in it."""

    number: int
    entry_id: int
    pin: int
    surname: str
    name: str
    patronymic: str
    sex: str
    born: date
    district: str
    locality: str
    street: str
    house: str
    flat: str

    @property
    def residence(self) -> str:
        """The address in one line."""
        home = "-".join(part for part in (self.house, self.flat) if part)
        return ", ".join(part for part in (self.district, self.locality, self.street, home) if part)


# A page of keys is cut out of the array first; the entries are then looked up by their keys, in their order.
_LINE = """
SELECT k.number, e.id, e.pin, e.surname, e.name, e.patronymic, e.sex, e.born, e.district, e.locality, e.street,
       e.house, e.flat
"""
_LINES = f"""
{_LINE}
FROM (SELECT u.id, u.place + %(first)s - 1 AS number
      FROM voter_lists_voterlist l,
           LATERAL unnest(l.entries[%(first)s:%(last)s]) WITH ORDINALITY AS u(id, place)
      WHERE l.id = %(list)s) k
JOIN voters_entry e ON e.id = k.id
ORDER BY k.number
"""  # noqa: S608  # expressions of ours
_WHOLE = folding.SQL.format("e.surname || ' ' || e.name || ' ' || e.patronymic")
_FOUND = f"""
{_LINE}
FROM voter_lists_voterlist l
CROSS JOIN LATERAL unnest(l.entries) WITH ORDINALITY AS k(id, number)
JOIN voters_entry e ON e.id = k.id
WHERE l.id = %(list)s AND starts_with({_WHOLE}, %(words)s)
ORDER BY k.number LIMIT %(most)s
"""  # as above


def lines(found: VoterList, first: int, count: int) -> list[Line]:
    """`count` lines from the number `first` on, fewer at the end. Raises ValueError for a number below 1."""
    if first < 1 or count < 0:
        raise ValueError("numbers in a list begin with 1")
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {"list": found.pk, "first": first, "last": first + count - 1})
        return [Line(*row) for row in cursor.fetchall()]


def found_in(found: VoterList, text: str, most: int) -> list[Line]:
    """The lines whose surname, or surname and name, begin with the text; letters may be written the Russian way."""
    words = folding.folded(text)
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, {"list": found.pk, "words": words, "most": most})
        return [Line(*row) for row in cursor.fetchall()]


def number_of(found: VoterList, entry_id: int) -> int | None:
    """The number of an entry in the list; None where it is not in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_position(l.entries, %s::bigint) FROM voter_lists_voterlist l WHERE l.id = %s",
            [entry_id, found.pk],
        )
        row = cursor.fetchone()
    return int(row[0]) if row and row[0] is not None else None
