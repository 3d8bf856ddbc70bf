"""Sums of accepted protocols in one SQL statement, whatever they are grouped by.

L36.2.b2 and L37.4.b1: only the figures of the current round of accepted protocols are summed, each precinct once, and
precincts whose results are invalid are left out. The statement reads the revision in the same snapshot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg import sql

from shailoo.counting.models import Figures
from shailoo.counting.states import QUARANTINED
from shailoo.results.queries.revision import CURRENT
from shailoo.results.tabulation import Sums

LINES = Figures.SUMMED
_NOTHING = sql.SQL("")
_QUARANTINED = sql.SQL(", ").join(sql.Literal(state.value) for state in QUARANTINED)

STANDING = sql.SQL(
    """
    aside AS (  -- the newest quarantined version of each precinct
        SELECT DISTINCT ON (p.precinct_id) p.precinct_id, p.id AS protocol_id, p.state, p.version, p.occasion, p.source,
               f.id AS figures_id, f.valid, f.participated
        FROM counting_protocol p LEFT JOIN counting_figures f ON f.protocol_id = p.id AND f.round = p.round
        WHERE p.voting_id = %(voting)s AND p.state IN ({quarantined})
        ORDER BY p.precinct_id, p.version DESC
    ),
    invalid AS (  -- precincts whose invalidation nothing has lifted
        SELECT i.precinct_id, coalesce(f.participated, s.participated) AS participated
        FROM results_invalidation i
        LEFT JOIN counting_protocol p
               ON p.voting_id = i.voting_id AND p.precinct_id = i.precinct_id AND p.state = 'accepted'
        LEFT JOIN counting_figures f ON f.protocol_id = p.id AND f.round = p.round
        LEFT JOIN aside s ON s.precinct_id = i.precinct_id
        WHERE i.voting_id = %(voting)s AND i.lifts_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM results_invalidation l WHERE l.lifts_id = i.id)
    )
    """
).format(quarantined=_QUARANTINED)

_STATEMENT = sql.SQL(
    """
    WITH RECURSIVE {standing}{more},
    sums AS (
        SELECT {keys}, count(*) AS expected,
               count(f.id) AS summed,
               count(s.precinct_id) FILTER (WHERE p.id IS NULL AND i.precinct_id IS NULL) AS quarantined,
               coalesce(sum(s.valid) FILTER (WHERE p.id IS NULL AND i.precinct_id IS NULL), 0) AS quarantined_valid,
               count(i.precinct_id) AS invalidated,
               coalesce(sum(i.participated), 0) AS invalid_participated,
               count(i.participated) AS invalid_participated_known,
               {columns}
        FROM elections_votingprecinct vp
        {joins}
        LEFT JOIN invalid i ON i.precinct_id = vp.precinct_id
        LEFT JOIN aside s ON s.precinct_id = vp.precinct_id
        LEFT JOIN counting_protocol p
               ON p.voting_id = vp.voting_id AND p.precinct_id = vp.precinct_id AND p.state = 'accepted'
        LEFT JOIN counting_figures f ON f.protocol_id = p.id AND f.round = p.round AND i.precinct_id IS NULL
        WHERE vp.voting_id = %(voting)s
        GROUP BY {keys}
    )
    SELECT {revision} AS revision,
           coalesce((SELECT max(r.changed_at) FROM results_revision r WHERE r.voting_id = %(voting)s),
                    statement_timestamp()) AS as_of,
           sums.*
    FROM (VALUES (1)) AS one LEFT JOIN sums ON true
    """
)


@dataclass(frozen=True, slots=True)
class Part:
    """The sums of one group of precincts, with what is needed to add groups up without losing an unknown."""

    key: tuple[Any, ...]  # Any: the group's own columns
    sums: Sums


@dataclass(frozen=True, slots=True)
class Parts:
    """Groups of one voting as of one snapshot."""

    revision: str
    as_of: datetime
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """By what the precincts are grouped: key columns, and the joins and named queries that they need."""

    keys: sql.Composable
    width: int
    joins: sql.Composable
    more: sql.Composable


BY_TEC = Grouping(sql.SQL("vp.tec_id, vp.region_id"), 2, joins=_NOTHING, more=_NOTHING)


def read(voting_id: int, ballot: int, by: Grouping, extra: Mapping[str, list[int]] | None = None) -> Parts:
    """The sums of the voting's precincts grouped `by`; `ballot` is the number of options without "against all".

    One statement, so that sums and revision are of one snapshot. A group whose summed protocols lack a line has None
    there, never the sum of those that have it.
    """
    statement = _STATEMENT.format(
        standing=STANDING,
        more=by.more,
        keys=by.keys,
        joins=by.joins,
        columns=_columns(ballot),
        revision=sql.SQL(CURRENT),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(None), {**(extra or {}), "voting": voting_id})
        rows = cursor.fetchall()
    parts = tuple(_part(row[2:], by.width) for row in rows if row[2] is not None)
    return Parts(f"{voting_id}-{rows[0][0]}", rows[0][1], parts)


def _columns(ballot: int) -> sql.Composed:
    """Votes by place on the ballot; then sum and count of each line, so that an unknown is seen."""
    votes = [sql.SQL("coalesce(sum(f.votes[{}]), 0)").format(place) for place in range(1, ballot + 1)]
    lines = [sql.SQL("coalesce(sum(f.{0}), 0), count(f.{0})").format(sql.Identifier(name)) for name in LINES]
    return sql.SQL(", ").join([*votes, *lines])


def _part(row: tuple[Any, ...], width: int) -> Part:
    expected, summed, quarantined, aside, invalidated, invalid_participated, known = row[width : width + 7]
    figures = row[width + 7 :]
    ballot = len(figures) - 2 * len(LINES)
    pairs = zip(LINES, figures[ballot::2], figures[ballot + 1 :: 2], strict=True)
    lines = {name: int(total) if count == summed else None for name, total, count in pairs}
    sums = Sums(
        expected=expected,
        summed=summed,
        quarantined=quarantined,
        invalidated=invalidated,
        votes=tuple(int(number) for number in figures[:ballot]),
        against_all=lines["against_all"] or 0,
        valid=lines["valid"] or 0,
        lines=lines,
        quarantined_valid=int(aside),
        invalidated_participated=int(invalid_participated) if known == invalidated else None,
    )
    return Part(row[:width], sums)


def add(parts: Iterable[Sums], ballot: int) -> Sums:
    """The sums of several groups together; a line unknown in one of them is unknown in the whole."""
    rows = tuple(parts)
    lines = {name: _add([row.lines[name] for row in rows]) for name in LINES}
    return Sums(
        expected=sum(row.expected for row in rows),
        summed=sum(row.summed for row in rows),
        quarantined=sum(row.quarantined for row in rows),
        invalidated=sum(row.invalidated for row in rows),
        votes=tuple(sum(row.votes[place] for row in rows) for place in range(ballot)),
        against_all=sum(row.against_all for row in rows),
        valid=sum(row.valid for row in rows),
        lines=lines,
        quarantined_valid=sum(row.quarantined_valid for row in rows),
        invalidated_participated=_add([row.invalidated_participated for row in rows]),
    )


def _add(numbers: Iterable[int | None]) -> int | None:
    total = 0
    for number in numbers:
        if number is None:
            return None
        total += number
    return total
