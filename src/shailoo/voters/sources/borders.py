"""Borders in SQL: where ranges of addresses meet or leave a hole, and where the register's addresses lie in them.

An address belongs to the range of its houses; else to the row of its street without houses; else to the row of its
locality without a street. Districts left empty in a plan stand for any.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from shailoo.law.outcome import Finding, Severity
from shailoo.voters.sources.models import AddressPlan

NORM = "L13.5.a1"
# A country's homes are grouped by the words of their addresses: in memory, or they are sorted on the disk.
MEMORY = "SET LOCAL work_mem = '192MB'; SET LOCAL hash_mem_multiplier = 4"

IN_FORCE = """
    SELECT DISTINCT ON (p.tec_id) p.id FROM voter_sources_addressplan p
    JOIN voter_sources_planapproval a ON a.plan_id = p.id
    WHERE p.voting_id = %(voting)s ORDER BY p.tec_id, a.at DESC, a.id DESC
"""
"""The plans that hold: of each TEC the one that was approved last."""

_MEET = """
    b.locality_key = a.locality_key AND b.street_key = a.street_key
    AND (b.district_key = a.district_key OR a.district_key = '' OR b.district_key = '')
    AND (a.house_from IS NULL) = (b.house_from IS NULL)
    AND (a.house_from IS NULL OR (
        a.house_from <= b.house_to AND b.house_from <= a.house_to
        AND (a.parity = b.parity OR 'all' IN (a.parity, b.parity))
        AND (a.parity = b.parity OR least(a.house_to, b.house_to) > greatest(a.house_from, b.house_from)
             OR (greatest(a.house_from, b.house_from) %% 2 = 1) = ('odd' IN (a.parity, b.parity)))))
"""

OVERLAPS = f"""
SELECT b.row, a.row, NULL FROM voter_sources_addressrange a
JOIN voter_sources_addressrange b ON b.plan_id = a.plan_id AND b.row > a.row AND {_MEET}
WHERE a.plan_id = %(plan)s
UNION ALL
SELECT b.row, a.row, c.code FROM voter_sources_addressrange b
JOIN voter_sources_addressrange a ON {_MEET}
JOIN ({IN_FORCE}) f ON f.id = a.plan_id
JOIN voter_sources_addressplan p ON p.id = a.plan_id AND p.tec_id <> %(tec)s
JOIN accounts_body c ON c.id = p.tec_id
WHERE b.plan_id = %(plan)s
ORDER BY 1, 2
"""  # noqa: S608  # names of ours

GAPS = """
WITH sides AS (
    SELECT r.row, r.district_key, r.locality_key, r.street_key, s.side,
           r.house_from + (r.house_from %% 2 <> s.side)::int AS first,
           r.house_to - (r.house_to %% 2 <> s.side)::int AS last
    FROM voter_sources_addressrange r
    JOIN (VALUES (1, 'odd'), (0, 'even')) AS s(side, parity) ON r.parity IN ('all', s.parity)
    WHERE r.plan_id = %(plan)s AND r.house_from IS NOT NULL
), run AS (
    SELECT *, max(last) OVER (PARTITION BY district_key, locality_key, street_key, side ORDER BY first, row
                              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
    FROM sides WHERE first <= last
)
SELECT row, min(before + 2), max(first - 2) FROM run
WHERE before + 2 < first AND NOT EXISTS (
    SELECT 1 FROM voter_sources_addressrange r
    WHERE r.plan_id = %(plan)s AND r.house_from IS NULL AND r.locality_key = run.locality_key
          AND r.street_key IN ('', run.street_key) AND r.district_key IN ('', run.district_key))
GROUP BY row ORDER BY row
"""


def faults(plan: AddressPlan) -> tuple[Finding, ...]:
    """Where rows of a plan meet each other or the plans in force of other TECs, and where they leave houses out."""
    known = {"plan": plan.pk, "voting": plan.voting_id, "tec": plan.tec_id}
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS, known)
        met = [_overlap(*row) for row in cursor.fetchall()]
        cursor.execute(GAPS, known)
        return (*met, *(_gap(*row) for row in cursor.fetchall()))


def _overlap(row: int, other: int, tec: str | None) -> Finding:
    if tec is not None:
        facts: dict[str, int | str] = {"row": row, "tec": tec}
        return Finding(NORM, "address_of_another_tec", Severity.ERROR, dict(facts), ("file",))
    return Finding(NORM, "address_overlap", Severity.ERROR, {"row": row, "other": other}, ("file",))


def _gap(row: int, first: int, last: int) -> Finding:
    return Finding("L14.3.a", "address_gap", Severity.ERROR, {"row": row, "first": first, "last": last}, ("file",))


# ------------------------------------------------------------------------------------- placing the register

_HOMES = """
CREATE TEMPORARY TABLE placed_homes ON COMMIT DROP AS
SELECT region_id, precinct_id, district, locality, street,
       CASE WHEN octet_length(house) < 5 AND pg_input_is_valid(house, 'integer') THEN house::integer
            ELSE address_house(house) END AS house, count(*)::integer AS voters
FROM voters_entry WHERE register_id = %(register)s AND until IS NULL AND basis = 'residence'
GROUP BY 1, 2, 3, 4, 5, 6
"""
_RANGES = f"""
CREATE TEMPORARY TABLE placed_ranges ON COMMIT DROP AS
SELECT r.* FROM voter_sources_addressrange r JOIN ({IN_FORCE}) f ON f.id = r.plan_id
"""  # noqa: S608  # names of ours
_STREETS = """
CREATE TEMPORARY TABLE placed_streets ON COMMIT DROP AS
SELECT s.*, row_number() OVER () AS id,
       (SELECT min(r.precinct_id) FROM placed_ranges r WHERE r.house_from IS NULL AND r.street_key = s.street_key
        AND s.street_key <> '' AND r.locality_key = s.locality_key
        AND r.district_key IN ('', s.district_key)) AS street_to,
       (SELECT min(r.precinct_id) FROM placed_ranges r WHERE r.street_key = '' AND r.locality_key = s.locality_key
        AND r.district_key IN ('', s.district_key)) AS locality_to,
       EXISTS (SELECT 1 FROM placed_ranges r WHERE r.locality_key = s.locality_key
               AND r.district_key IN ('', s.district_key)) AS locality_known
FROM (SELECT district, locality, street, address_key(district) AS district_key, address_key(street) AS street_key,
             address_key(CASE WHEN locality = '' THEN district ELSE locality END) AS locality_key
      FROM (SELECT DISTINCT district, locality, street FROM placed_homes) d OFFSET 0) s
"""
_HOUSES = """
CREATE TEMPORARY TABLE placed_houses ON COMMIT DROP AS
SELECT s.id AS street, r.house_from, r.house_to, r.parity, r.precinct_id FROM placed_streets s
JOIN placed_ranges r ON r.house_from IS NOT NULL AND r.locality_key = s.locality_key AND r.street_key = s.street_key
     AND r.district_key IN ('', s.district_key)
"""
FOUND = """
SELECT h.region_id, h.precinct_id, h.district, h.locality, h.street, h.house, h.voters,
       coalesce(o.precinct_id, s.street_to, s.locality_to) AS belongs,
       s.locality_known, EXISTS (SELECT 1 FROM placed_houses k WHERE k.street = s.id) AS street_known
FROM placed_homes h
JOIN placed_streets s ON s.district = h.district AND s.locality = h.locality AND s.street = h.street
LEFT JOIN placed_houses o ON o.street = s.id AND h.house BETWEEN o.house_from AND o.house_to
     AND (o.parity = 'all' OR (h.house %% 2 = 1) = (o.parity = 'odd'))
"""
_GROUND = """CASE WHEN belongs IS NOT NULL THEN 'elsewhere' WHEN NOT locality_known THEN 'locality_unknown'
             WHEN NOT street_known THEN 'street_unknown' ELSE 'house_unknown' END"""
_TOLD = f"""
CREATE TEMPORARY TABLE placed_told ON COMMIT DROP AS
SELECT region_id, precinct_id, district, locality, street, belongs,
       CASE WHEN belongs = precinct_id THEN '' ELSE {_GROUND} END AS ground, sum(voters)::integer AS voters
FROM ({FOUND}) f GROUP BY 1, 2, 3, 4, 5, 6, 7
"""  # noqa: S608  # names of ours
TABLES = ("placed_told", "placed_houses", "placed_streets", "placed_ranges", "placed_homes")


def place(cursor: CursorWrapper, *, register: int, voting: int) -> tuple[int, int, int]:
    """Hold every listed address against the borders in force; how many voters are placed, elsewhere, nowhere."""
    lay_out(cursor, register=register, voting=voting)
    cursor.execute(_TOLD, {})
    cursor.execute(
        """SELECT coalesce(sum(voters) FILTER (WHERE ground = ''), 0),
                  coalesce(sum(voters) FILTER (WHERE ground = 'elsewhere'), 0),
                  coalesce(sum(voters) FILTER (WHERE ground NOT IN ('', 'elsewhere')), 0) FROM placed_told"""
    )
    placed, elsewhere, nowhere = cursor.fetchone()
    return int(placed), int(elsewhere), int(nowhere)


def lay_out(cursor: CursorWrapper, *, register: int, voting: int) -> None:
    """Make the homes, streets and ranges that `FOUND` reads; they are gone when the transaction ends."""
    known: dict[str, Any] = {"register": register, "voting": voting}
    cursor.execute(MEMORY)
    cursor.execute(f"DROP TABLE IF EXISTS {', '.join(TABLES)}")
    cursor.execute(_HOMES, known)
    cursor.execute(_RANGES, known)
    cursor.execute("CREATE INDEX ON placed_ranges (locality_key, street_key); ANALYZE placed_ranges")
    cursor.execute(_STREETS, {})
    cursor.execute(_HOUSES, {})
    cursor.execute("CREATE INDEX ON placed_houses (street); ANALYZE placed_houses, placed_streets, placed_homes")


def keep(cursor: CursorWrapper, placement: int) -> None:
    """Write down the streets that were not placed where they are listed."""
    cursor.execute(
        """
        INSERT INTO voter_sources_misplaced
            (placement_id, region_id, listed_id, belongs_id, ground, district, locality, street, voters)
        SELECT %s, region_id, precinct_id, belongs, ground, district, locality, street, voters
        FROM placed_told WHERE ground <> ''
        """,
        [placement],
    )
