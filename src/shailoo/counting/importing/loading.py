"""Judged rows into the tables: one COPY into a staging table, then one statement a table.

The staging table is unlogged and lives for one transaction. A temporary one would keep its long values in a few private
buffers, and 100,000 protocols would spend minutes there.

The numbers of protocols and figures are taken from their sequences before the COPY, so that no statement has to find
out afterwards which row became which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from shailoo.counting.guards import SUMMED
from shailoo.counting.importing.judging import Judged
from shailoo.counting.models import Import

# Foreign keys are checked after each statement. Left to the end of the transaction, their checks would queue, and every
# guarded row after them would walk the whole queue: its trigger opens a subtransaction.
AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE"
STAGE = """
CREATE UNLOGGED TABLE counting_staged (
    number text NOT NULL, state text NOT NULL, lines jsonb NOT NULL, explanation text NOT NULL,
    act_number text NOT NULL, act_text text NOT NULL, breaches jsonb NOT NULL, scanners jsonb NOT NULL,
    protocol_id bigint NOT NULL, figures_id bigint NOT NULL
)
"""
COLUMNS = "number, state, lines, explanation, act_number, act_text, breaches, scanners, protocol_id, figures_id"
COPY = f"COPY counting_staged ({COLUMNS}) FROM STDIN"
NUMBERS = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
ANALYZE = "ANALYZE counting_staged"  # a new table has no statistics of its own accord
DONE = "DROP TABLE counting_staged"
PROTOCOLS = """
INSERT INTO counting_protocol (id, voting_id, precinct_id, tec_id, version, occasion, source, state, round, reason,
                               decision, received_at, received_by_id, imported_in_id)
SELECT s.protocol_id, v.voting_id, v.precinct_id, v.tec_id, 1, 'original', 'import', s.state, 1, '', '', %(at)s,
       %(by)s, %(file)s
FROM counting_staged s JOIN territory_precinct p ON p.number = s.number
JOIN elections_votingprecinct v ON v.precinct_id = p.id AND v.voting_id = %(voting)s
"""
FINDINGS = """
INSERT INTO counting_protocolfinding (figures_id, code, severity, nature, formula, fields, norms)
SELECT s.figures_id, b.code, b.severity, b.nature, b.formula, b.fields, b.norms
FROM counting_staged s, jsonb_to_recordset(s.breaches)
     AS b(code text, severity text, nature text, formula text, fields varchar[], norms varchar[])
"""
EXPLANATIONS = """
INSERT INTO counting_explanation (figures_id, kind, number, text, office_id, at)
SELECT figures_id, 'explanation', '', explanation, %(by)s, %(at)s FROM counting_staged WHERE explanation <> ''
UNION ALL
SELECT figures_id, 'act', act_number, act_text, %(by)s, %(at)s FROM counting_staged WHERE act_text <> ''
"""


SCANNERS = """
INSERT INTO counting_scannerreport (voting_id, precinct_id, device_no, version, role, initial_total, total, votes,
    against_all, invalid, decision_at, report_at, failed_at, last_ballot_at, reason, office_id, recorded_at)
SELECT p.voting_id, p.precinct_id, r.device_no, 1, r.role, r.initial_total, r.total,
    ARRAY(SELECT coalesce((r.votes ->> c.code)::integer, 0)
          FROM unnest(%(codes)s::text[]) WITH ORDINALITY c(code, place) ORDER BY c.place),
    r.against_all, r.invalid, r.decision_at AT TIME ZONE 'Asia/Bishkek', r.report_at AT TIME ZONE 'Asia/Bishkek',
    r.failed_at AT TIME ZONE 'Asia/Bishkek', r.last_ballot_at AT TIME ZONE 'Asia/Bishkek', '', %(by)s, %(at)s
FROM counting_staged s JOIN counting_protocol p ON p.id = s.protocol_id, jsonb_to_recordset(s.scanners)
     AS r(device_no text, role text, initial_total integer, total integer, votes jsonb, against_all integer,
          invalid integer, decision_at timestamp, report_at timestamp, failed_at timestamp, last_ballot_at timestamp)
"""


class Loader:
    """Takes judged rows as they come, inside the caller's transaction; `finish` makes protocols of them."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(AT_ONCE)
            cursor.execute(STAGE)

    def add(self, rows: Iterable[Judged]) -> None:
        """Bring rows into the staging table."""
        lot = list(rows)
        with connection.cursor() as cursor:
            protocols, figures = (
                _numbers(cursor, table, len(lot)) for table in ("counting_protocol", "counting_figures")
            )
            with cursor.copy(COPY) as copy:
                for row, *numbers in zip(lot, protocols, figures, strict=True):
                    written = (row.explanation, row.act_number, row.act_text)
                    copy.write_row((row.number, row.state, row.lines, *written, row.breaches, row.scanners, *numbers))

    def finish(self, file: Import, codes: Sequence[str]) -> None:
        """Protocols, figures, findings and explanations of everything that was added."""
        known: dict[str, Any] = {"voting": file.voting_id, "by": file.office_id, "at": file.at, "file": file.pk}
        with connection.cursor() as cursor:
            cursor.execute(ANALYZE)
            cursor.execute(PROTOCOLS, known)
            cursor.execute(_figures(codes), known | {f"code_{i}": code for i, code in enumerate(codes)})
            cursor.execute(FINDINGS)
            cursor.execute(EXPLANATIONS, known)
            cursor.execute(SCANNERS, known | {"codes": list(codes)})
        self.drop()

    def drop(self) -> None:
        """Leave nothing behind, also where the file is refused."""
        with connection.cursor() as cursor:
            cursor.execute(DONE)


def _numbers(cursor: CursorWrapper, table: str, count: int) -> list[int]:
    """So many new numbers of a table, from its own sequence."""
    cursor.execute(NUMBERS, [table, count])
    return [number for (number,) in cursor.fetchall()]


def _figures(codes: Sequence[str]) -> str:
    """The statement for the figures: a column for each summed line, NULL where the file has none.

    The lines of a row are unpacked once: to ask the packed ones for each column in turn reads all of them as often.
    """
    votes = ", ".join(f"coalesce((given.votes ->> %(code_{i})s)::integer, 0)" for i in range(len(codes)))
    ballots = f"ARRAY[{votes}]::integer[]"
    values = {name: f"given.{name}" for name in SUMMED}
    total = f"coalesce(given.against_all, 0) + (SELECT sum(n) FROM unnest({ballots}) n)"  # noqa: S608  # as below
    values["valid"] = f"coalesce(given.valid, {total})"
    values["against_all"] = "coalesce(given.against_all, 0)"
    lines = ", ".join([*(f"{name} integer" for name in SUMMED), "votes jsonb"])
    return f"""
    INSERT INTO counting_figures (id, protocol_id, round, voting_id, precinct_id, tec_id, region_id,
                                  {", ".join(SUMMED)}, votes, lines, made_at)
    SELECT s.figures_id, s.protocol_id, 1, v.voting_id, v.precinct_id, v.tec_id, v.region_id,
           {", ".join(values[name] for name in SUMMED)}, {ballots}, s.lines, %(at)s
    FROM counting_staged s CROSS JOIN LATERAL jsonb_to_record(s.lines) AS given({lines})
    JOIN territory_precinct p ON p.number = s.number
    JOIN elections_votingprecinct v ON v.precinct_id = p.id AND v.voting_id = %(voting)s
    """  # noqa: S608  # the names are ours, the codes are parameters
