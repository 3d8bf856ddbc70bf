"""Every precinct of a voting as a plain row: for pages, summary tables (L36.2.b3), downloads, the checks on signing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection
from psycopg import sql

from shailoo.commissions.models import Commission
from shailoo.elections.models import Voting
from shailoo.results.queries.sums import LINES, STANDING
from shailoo.territory.models import Area, Precinct


class Standing(StrEnum):
    """Where a precinct's figures stand towards the totals."""

    SUMMED = "summed"
    INVALIDATED = "invalidated"  # L37.4.b1: out of the sums, its participants kept
    QUARANTINED = "quarantined"  # beside the sums, never inside
    IN_WORK = "in_work"  # taken over, not entered to the end
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PrecinctRow:
    """One precinct: where it stands, and the figures of its protocol. Voters and ballots are counts.

    `lines` follows `LINES`, `votes` the ballot order without "against all"; both None where no figures are known. For
    an invalidated or quarantined precinct they are shown beside the totals and are in no sum.
    """

    precinct_id: int
    number: str
    kind: str
    numbering: str
    place_ky: str
    place_ru: str
    place_en: str
    area: str
    region: str
    tec: str
    standing: Standing
    state: str  # of the protocol, empty where there is none
    protocol_id: int | None
    version: int | None
    occasion: str
    source: str
    lines: tuple[int | None, ...] | None
    votes: tuple[int, ...] | None

    def line(self, name: str) -> int | None:
        """One line of the protocol; None where it is not known."""
        return None if self.lines is None else self.lines[_PLACE[name]]

    @property
    def by_line(self) -> Mapping[str, int | None]:
        """Line -> count, in the order of the protocol."""
        return dict(zip(LINES, self.lines or (None,) * len(LINES), strict=True))

    @property
    def participated(self) -> int | None:
        return self.line("participated")

    @property
    def invalid(self) -> int | None:
        return self.line("invalid")

    @property
    def valid(self) -> int | None:
        return self.line("valid")

    @property
    def against_all(self) -> int | None:
        return self.line("against_all")

    @property
    def voters_listed(self) -> int | None:
        return self.line("voters_listed")


_PLACE = {name: place for place, name in enumerate(LINES)}

_STATEMENT = sql.SQL(
    """
    WITH RECURSIVE {standing},
    within AS (
        SELECT a.id FROM territory_area a WHERE a.id = %(area)s
        UNION ALL
        SELECT a.id FROM territory_area a JOIN within ON a.parent_id = within.id
    ),
    work AS (  -- the newest version that is on the way to being accepted
        SELECT DISTINCT ON (p.precinct_id) p.precinct_id, p.id, p.state, p.version, p.occasion, p.source
        FROM counting_protocol p
        WHERE p.voting_id = %(voting)s AND p.state NOT IN ('accepted', 'replaced', {quarantined})
        ORDER BY p.precinct_id, p.version DESC
    )
    SELECT c.id, c.number, c.kind, c.numbering, c.place_ky, c.place_ru, c.place_en,
           place.code, region.code, body.code,
           CASE WHEN i.precinct_id IS NOT NULL THEN 'invalidated' WHEN p.id IS NOT NULL THEN 'summed'
                WHEN s.precinct_id IS NOT NULL THEN 'quarantined' WHEN w.id IS NOT NULL THEN 'in_work'
                ELSE 'missing' END,
           coalesce(p.state, s.state, w.state, ''), coalesce(p.id, s.protocol_id, w.id),
           coalesce(p.version, s.version, w.version), coalesce(p.occasion, s.occasion, w.occasion, ''),
           coalesce(p.source, s.source, w.source, ''), f.votes, {columns}
    FROM elections_votingprecinct vp
    JOIN territory_precinct c ON c.id = vp.precinct_id
    JOIN territory_area place ON place.id = c.area_id
    JOIN territory_area region ON region.id = vp.region_id
    JOIN accounts_body body ON body.id = vp.tec_id
    LEFT JOIN invalid i ON i.precinct_id = vp.precinct_id
    LEFT JOIN aside s ON s.precinct_id = vp.precinct_id
    LEFT JOIN work w ON w.precinct_id = vp.precinct_id
    LEFT JOIN counting_protocol p
           ON p.voting_id = vp.voting_id AND p.precinct_id = vp.precinct_id AND p.state = 'accepted'
    LEFT JOIN counting_figures pf ON pf.protocol_id = p.id AND pf.round = p.round
    LEFT JOIN counting_figures f ON f.id = coalesce(pf.id, s.figures_id)
    WHERE vp.voting_id = %(voting)s {narrowed}
    ORDER BY length(c.number), c.number
    """
)
_COLUMNS = sql.SQL(", ").join(sql.SQL("f.{}").format(sql.Identifier(name)) for name in LINES)
_IN_AREA = sql.SQL("AND c.area_id IN (SELECT id FROM within)")
_IN_TEC = sql.SQL("AND vp.tec_id = %(tec)s")
_ITSELF = sql.SQL("AND vp.precinct_id = %(precinct)s")


def precinct_results(
    voting: Voting, *, area: Area | None = None, tec: Commission | None = None, precinct: Precinct | None = None
) -> list[PrecinctRow]:
    """Every precinct that votes, by number: all of them, those of an area or of a TEC, or one. One query."""
    narrowed = [part for part, wanted in ((_IN_AREA, area), (_IN_TEC, tec), (_ITSELF, precinct)) if wanted is not None]
    statement = _STATEMENT.format(
        standing=STANDING,
        quarantined=sql.SQL("'to_explain', 'parked', 'returned'"),
        columns=_COLUMNS,
        narrowed=sql.SQL(" ").join(narrowed),
    )
    values = {
        "voting": voting.pk,
        "area": area.pk if area else None,
        "tec": tec.pk if tec else None,
        "precinct": precinct.pk if precinct else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(None), values)
        return list(_rows(cursor.fetchall()))


def _rows(found: Iterable[tuple[Any, ...]]) -> Iterator[PrecinctRow]:
    for row in found:
        lines, votes = (row[17:], tuple(row[16])) if row[16] is not None else (None, None)
        values: tuple[Any, ...] = (*row[:10], Standing(row[10]), *row[11:16], lines, votes)
        yield PrecinctRow(*values)
