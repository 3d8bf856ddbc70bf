"""Whether a person is listed, by PIN and day of birth: one statement that does the same work whatever it finds.

It looks up the person, one list of the edition, and counts the try. Who is not known, was born on another day, or is
in no list, has the edition's first list looked through instead of an own one; so neither the answer nor its time tells
which of the three it was. Once `MOST_WRONG` tries of a day were in vain, nothing is answered any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from shailoo.elections.clock import BISHKEK
from shailoo.voters.enquiry.tries import MOST_WRONG, mark_of
from shailoo.voters.lists.models import Edition, VoterList
from shailoo.voters.models import Register

CHECK = """
WITH swept AS (
    DELETE FROM voter_enquiry_tries WHERE mark IN (
        SELECT mark FROM voter_enquiry_tries WHERE day < %(today)s LIMIT 4 FOR UPDATE SKIP LOCKED
    )
), person AS MATERIALIZED (
    SELECT e.id, e.precinct_id FROM voters_entry e
    WHERE e.register_id = %(register)s AND e.pin = %(pin)s AND e.born = %(born)s
          AND e.since <= %(at)s AND (e.until IS NULL OR e.until > %(at)s)
), looked AS MATERIALIZED (
    SELECT l.precinct_id, array_position(l.entries, coalesce((SELECT id FROM person), 0)) AS number
    FROM voter_lists_voterlist l
    WHERE l.edition_id = %(edition)s AND l.precinct_id = coalesce((SELECT precinct_id FROM person), %(other)s)
), counted AS (
    INSERT INTO voter_enquiry_tries AS known (mark, day, wrong)
    SELECT %(mark)s, %(today)s, 1 - count(number) FROM looked
    ON CONFLICT (mark) DO UPDATE SET wrong = known.wrong + excluded.wrong
    RETURNING wrong
)
SELECT looked.precinct_id, looked.number FROM looked, counted
WHERE looked.number IS NOT NULL AND counted.wrong < %(most)s
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """Where a person is listed: the key of the precinct, and the number in its list."""

    precinct: int
    number: int


@dataclass(frozen=True, slots=True)
class Open:
    """The edition that is asked, with the precinct whose list is looked through for who is not found."""

    edition: Edition
    other: int


def open_edition() -> Open | None:
    """The last edition of the register that the public asks; None while it has none. One query, lists or not."""
    lists = VoterList.objects.filter(edition=OuterRef("pk")).order_by("precinct_id").values("precinct_id")[:1]
    related = ("register__election__clock", "register__voting", "change")
    found = (
        Edition.objects.filter(register=Subquery(_latest_registers().values("pk")[:1]))
        .select_related(*related)
        .annotate(other=Subquery(lists))
        .order_by("-at", "-pk")
        .first()
    )
    return None if found is None else Open(found, found.other or 0)


def asked_register() -> Register | None:
    """The register that the public asks: of the latest day of voting; a rehearsal's only while there is no other."""
    return _latest_registers().first()


def _latest_registers() -> QuerySet[Register]:
    related = ("election__clock", "voting")
    return Register.objects.select_related(*related).order_by("election__rehearsal", "-voting__day", "-pk")


def find(asked: Open, pin: str, born: date, *, real: datetime) -> Listed | None:
    """Where the person stands in the edition; None also where too many tries of that PIN were in vain today.

    `pin` has 14 digits. `real` is the real time, by which tries are counted, also in a rehearsal.
    """
    with connection.cursor() as cursor:
        cursor.execute(CHECK, facts(asked, pin, born, real))
        row = cursor.fetchone()
    if row is None:
        return None
    return Listed(int(row[0]), int(row[1]))


def facts(asked: Open, pin: str, born: date, real: datetime) -> Mapping[str, int | str | date | datetime]:
    """What the statement takes."""
    edition, today = asked.edition, real.astimezone(BISHKEK).date()
    return {
        "register": edition.register_id,
        "edition": edition.pk,
        "at": edition.change.at,
        "pin": int(pin),
        "born": born,
        "other": asked.other,
        "mark": mark_of(pin, today),
        "today": today,
        "most": MOST_WRONG,
    }
