"""What TECs have signed: their latest protocols, the sums of these (L37.1.a), and where they differ from PEC figures.

L64.1 and L55.1 add up PEC protocols, L37.1 adds up TEC protocols; both must give the same (reading `list_votes_sum`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from shailoo.commissions.models import Commission
from shailoo.elections.models import Voting
from shailoo.results.models import TecProtocol
from shailoo.results.queries.precincts import Standing, precinct_results
from shailoo.results.queries.sums import LINES, add
from shailoo.results.queries.tabulating import ballot_of, tabulate
from shailoo.results.tabulation import OptionRow, Row, Sums, Tabulation


@dataclass(frozen=True, slots=True)
class TecRow:
    """A TEC with its latest protocol; `signed` is None, and there are no sums, where it has signed none."""

    code: str
    name_ky: str
    name_ru: str
    name_en: str
    protocol_id: int | None
    version: int | None
    signed: datetime | None
    sums: Sums | None


@dataclass(frozen=True, slots=True)
class TecTabulation:
    """The sums of TEC protocols. `national` adds up the signed ones; it is the nation's where none is unsigned."""

    options: tuple[OptionRow, ...]
    national: Sums
    tecs: tuple[TecRow, ...]

    @property
    def unsigned(self) -> tuple[TecRow, ...]:
        return tuple(row for row in self.tecs if row.signed is None)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A line in which a TEC's protocol is not the sum of its precincts' present figures. Counts; None: not known.

    `line` is a line of the protocol, "votes.<code>", or "protocols": versions summed now that the TEC did not sum
    (`pec`) and versions it summed that no longer stand (`tec`).
    """

    tec: str
    name_ky: str
    name_ru: str
    name_en: str
    line: str
    pec: int | None
    tec_value: int | None


def latest_tec_protocols(voting: Voting) -> QuerySet[TecProtocol]:
    """The newest version of each TEC's protocol."""
    return (
        TecProtocol.objects.filter(voting=voting)
        .order_by("tec_id", "-version")
        .distinct("tec_id")
        .select_related("tec__body", "office__person")
    )


def tec_protocols(voting: Voting, tec: Commission) -> QuerySet[TecProtocol]:
    """Every version that a TEC has signed, the newest first."""
    signed = TecProtocol.objects.filter(voting=voting, tec=tec).select_related("office__person", "final_sitting")
    return signed.order_by("-version")


def from_tec_protocols(voting: Voting) -> TecTabulation:
    """The sums of the latest TEC protocols; two queries beside the tabulation, which names the TECs."""
    tabulation = tabulate(voting)
    signed = {found.tec.body.code: found for found in latest_tec_protocols(voting)}
    rows = tuple(_tec_row(row, signed.get(row.code)) for row in tabulation.tecs)
    sums = [row.sums for row in rows if row.sums is not None]
    return TecTabulation(tabulation.options, add(sums, ballot_of(tabulation.options)), rows)


def _tec_row(row: Row, found: TecProtocol | None) -> TecRow:
    names = (row.code, row.name_ky, row.name_ru, row.name_en)
    if found is None:
        return TecRow(*names, None, None, None, None)
    return TecRow(*names, found.pk, found.version, found.at, sums_of(found, row.sums))


def sums_of(found: TecProtocol, expected: Sums) -> Sums:
    """The sums that a TEC has signed, in the form of a tabulation; what is not in a protocol is that of `expected`."""
    lines: dict[str, int | None] = {name: found.sums.get(name) for name in LINES}
    return Sums(
        expected=found.pec_count,
        summed=found.protocols_used,
        quarantined=expected.quarantined,
        invalidated=expected.invalidated,
        votes=tuple(found.votes),
        against_all=lines["against_all"] or 0,
        valid=lines["valid"] or 0,
        lines=lines,
        quarantined_valid=expected.quarantined_valid,
        invalidated_participated=expected.invalidated_participated,
    )


def disagreements(voting: Voting) -> tuple[Disagreement, ...]:
    """Every line in which a signed TEC protocol and the present PEC figures differ (CR62, CR63), by TEC and line."""
    tabulation = tabulate(voting)
    return _disagreements(voting, tabulation, from_tec_protocols(voting))


def _disagreements(voting: Voting, tabulation: Tabulation, territorial: TecTabulation) -> tuple[Disagreement, ...]:
    pec = {row.code: row.sums for row in tabulation.tecs}
    outdated = _outdated_tables(voting)
    return tuple(
        Disagreement(row.code, row.name_ky, row.name_ru, row.name_en, line, ours, theirs)
        for row in territorial.tecs
        if row.sums is not None
        for line, ours, theirs in (
            *_differing_lines(tabulation.options, pec[row.code], row.sums),
            *outdated.get(row.code, ()),
        )
    )


def _differing_lines(
    options: Iterable[OptionRow], pec: Sums, tec: Sums
) -> Iterator[tuple[str, int | None, int | None]]:
    if pec.summed != tec.summed:
        yield "protocols_used", pec.summed, tec.summed
    for name in LINES:
        if pec.lines[name] != tec.lines[name]:
            yield name, pec.lines[name], tec.lines[name]
    codes = [option.code for option in options if option.kind != "against_all"]
    for code, ours, theirs in zip(codes, pec.votes, tec.votes, strict=True):
        if ours != theirs:
            yield f"votes.{code}", ours, theirs


def _outdated_tables(voting: Voting) -> Mapping[str, list[tuple[str, int | None, int | None]]]:
    """TECs whose summary table names other versions of protocols than stand now, equal sums or not (CR68, L36.7.a5)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH latest AS (
                SELECT DISTINCT ON (t.tec_id) t.tec_id, t."table" FROM results_tecprotocol t
                WHERE t.voting_id = %(voting)s ORDER BY t.tec_id, t.version DESC
            ), summed AS (
                SELECT l.tec_id, entry ->> 0 AS number, (entry ->> 1)::int AS version
                FROM latest l, jsonb_array_elements(l."table") AS entry
            ), standing AS (
                SELECT vp.tec_id, c.number, p.version::int
                FROM elections_votingprecinct vp
                JOIN territory_precinct c ON c.id = vp.precinct_id
                JOIN counting_protocol p
                  ON p.voting_id = vp.voting_id AND p.precinct_id = vp.precinct_id AND p.state = 'accepted'
                WHERE vp.voting_id = %(voting)s AND vp.tec_id IN (SELECT tec_id FROM latest)
                  AND NOT EXISTS (
                      SELECT 1 FROM results_invalidation i
                      WHERE i.voting_id = vp.voting_id AND i.precinct_id = vp.precinct_id AND i.lifts_id IS NULL
                        AND NOT EXISTS (SELECT 1 FROM results_invalidation f WHERE f.lifts_id = i.id))
            )
            SELECT b.code, count(*) FILTER (WHERE s.tec_id IS NULL), count(*) FILTER (WHERE n.tec_id IS NULL)
            FROM summed s FULL JOIN standing n USING (tec_id, number, version)
            JOIN accounts_body b ON b.id = tec_id
            WHERE s.tec_id IS NULL OR n.tec_id IS NULL
            GROUP BY b.code
            """,
            {"voting": voting.pk},
        )
        return {code: [("protocols", added, gone)] for code, added, gone in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """A TEC's summary table (L36.2.b3) as it would be signed now."""

    precincts: int
    numbers: tuple[str, ...]  # every precinct summed, as often as it is summed
    table: list[list[int | str | None]]  # [precinct number, protocol version, lines…, votes…]
    recounts: tuple[str, ...]
    not_summed: tuple[tuple[str, Standing], ...]


def summary_table(voting: Voting, tec: Commission) -> SummaryTable:
    """The rows of a TEC's summary table from the present figures; one query."""
    rows = precinct_results(voting, tec=tec)
    summed = [row for row in rows if row.standing is Standing.SUMMED]
    return SummaryTable(
        precincts=len(rows),
        numbers=tuple(row.number for row in summed),
        table=[[row.number, row.version, *(row.lines or ()), *(row.votes or ())] for row in summed],
        recounts=tuple(row.number for row in summed if row.occasion == "recount"),
        not_summed=tuple((row.number, row.standing) for row in rows if row.standing is not Standing.SUMMED),
    )
