"""The rows of a delivery that waits for its decision: unlogged tables of its own in the application's own schema.

The file is copied as it is into a table of texts; one statement makes of it the rows to be taken, each with all its
faults added up and with the entry that its person has now. The law's answers come in as a table (`eligibility`); what
is said here is only how the fields are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from shailoo.elections.clock import local
from shailoo.voters.eligibility import CITIZEN, Verdicts
from shailoo.voters.exchange.faults import BIT, Consequence, bits_of
from shailoo.voters.exchange.manifest import CHANGE, COLUMNS, PERSON, Kind

OLDEST = 120  # years; a reading
LONGEST = 200  # letters of a field
NO_RIGHT, NOT_TAKEN = bits_of(Consequence.NO_RIGHT), bits_of(Consequence.NOT_TAKEN)
RAW, TWICE = "voters_raw", "voters_twice"
WORTH_NEW_KEYS = 100_000  # rows: below, making the keys anew takes longer than keeping them
# A full delivery joins two countries; hashes and sorts of this size stay in the server's memory.
MEMORY = "SET LOCAL work_mem = '192MB'"

OP = f"""CASE
    WHEN s.faults & {NOT_TAKEN} <> 0 THEN 'held'
    WHEN s.change = 'removed' THEN 'removed'
    WHEN s.faults & {NO_RIGHT} <> 0 THEN CASE WHEN s.entry_id IS NULL THEN 'barred' ELSE 'ended' END
    WHEN s.entry_id IS NULL THEN 'new'
    WHEN s.was_in <> s.precinct_id THEN 'moved'
    WHEN s.differs THEN 'changed'
    ELSE 'same' END"""
"""What a staged row does to the lists."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The tables of one delivery."""

    delivery: int

    @property
    def rows(self) -> str:
        return f"voters_stage_{self.delivery:d}"

    @property
    def gone(self) -> str:
        return f"voters_gone_{self.delivery:d}"

    def holds(self, rows: int) -> bool:
        """Whether the tables are there with all their rows; a crash of the server empties them."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [self.rows])
            if not cursor.fetchone()[0]:
                return False
            cursor.execute(f"SELECT count(*) FROM {self.rows}")  # noqa: S608  # a name of ours
            return bool(cursor.fetchone()[0] == rows)

    def drop(self) -> None:
        """Nothing of the delivery's rows is kept once it is decided."""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.rows}, {self.gone}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a delivery's rows are held against."""

    register: int
    voting: int
    kind: Kind
    made_at: datetime
    verdicts: Verdicts


@contextmanager
def copying(kind: Kind) -> Iterator[Any]:  # Any: the driver's own object, which takes bytes
    """A table of texts, and a way to copy rows into it; its rows are numbered as those of the file."""
    texts = ", ".join(f"{name} text NOT NULL DEFAULT ''" for name in (*CHANGE, *PERSON))
    names = ", ".join(COLUMNS[kind])
    with connection.cursor() as cursor:
        cursor.execute(MEMORY)
        cursor.execute(f"DROP TABLE IF EXISTS {RAW}")
        cursor.execute(f"CREATE UNLOGGED TABLE {RAW} (row integer GENERATED ALWAYS AS IDENTITY, {texts})")
        # An empty field is an empty text, quoted or not.
        copy = f"COPY {RAW} ({names}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL *)"
        with cursor.copy(copy) as into:
            yield into


def stage(asked: Asked, delivery: int) -> Stage:
    """Make the rows to be taken out of what was copied, with every fault of every row."""
    made = Stage(delivery)
    with connection.cursor() as cursor:
        cursor.execute(MEMORY)
        made.drop()
        cursor.execute(f"ANALYZE {RAW} (row)")
        cursor.execute(_checked(made, asked.kind), _facts(asked))
        cursor.execute(f"DROP TABLE {RAW}")
        cursor.execute(f"ANALYZE {made.rows} (pin, entry_id, faults, precinct_id)")
        _twice(cursor, made)
        _leave_out(cursor, made, asked)
    return made


def _facts(asked: Asked) -> dict[str, Any]:  # Any: what the driver takes
    made_on = local(asked.made_at).date()
    return {
        "register": asked.register,
        "voting": asked.voting,
        "day": asked.verdicts.day.isoformat(),
        "last_born": asked.verdicts.last_born.isoformat(),
        "verdicts": list(asked.verdicts.faults),
        "made_on": made_on.isoformat(),
        "oldest": _years_before(made_on, OLDEST).isoformat(),
        "citizen": CITIZEN,
    }


def _years_before(day: date, years: int) -> date:
    return (day - timedelta(days=day.day - 1)).replace(year=day.year - years)


def _day(name: str) -> str:
    """A field as a day, NULL where it is none; `_written` says whether it is written as the format has it."""
    return f"CASE WHEN octet_length({name}) = 10 AND pg_input_is_valid({name}, 'date') THEN {name}::date END"


def _written(name: str) -> str:
    return f"coalesce({name}_day::text = {name}, false)"


_TEXTS = ("surname", "name", "patronymic", "basis", "district", "locality", "street", "house", "flat")
_SAME = ("surname", "name", "patronymic", "sex", "basis", "district", "locality", "street", "house", "flat")
_DAYS = ("born", "biometric_on", "incapable_from", "incapable_until", "reason_on")
# OFFSET keeps what is worked out here from being worked out again wherever it is used; written as a bigint, so that the
# planner knows it for nothing before it decides whether several processes may read the rows.
_FIELDS = f"""
    SELECT *, CASE WHEN octet_length(pin) = 14 AND pg_input_is_valid(pin, 'bigint') THEN pin::bigint END AS digits,
           surname || ' ' || name || ' ' || patronymic AS whole,
           {", ".join(f"CASE WHEN {name} <> '' THEN {_day(name)} END AS {name}_day" for name in _DAYS)}
    FROM {RAW} OFFSET bigint '0'
"""  # noqa: S608  # names of ours
_OFTEN = f"""
    SELECT *, coalesce(digits BETWEEN 10000000000000 AND 29999999999999, false) AS pin_ok,
           {_written("born")} AS born_ok,
           biometric_on = '' OR {_written("biometric_on")} AS biometric_ok,
           (incapable_from = '' AND incapable_until = '')
           OR ({_written("incapable_from")} AND (incapable_until = '' OR {_written("incapable_until")}))
           AS incapable_ok,
           reason_on = '' OR {_written("reason_on")} AS reason_ok
    FROM ({_FIELDS}) f OFFSET bigint '0'
"""  # noqa: S608  # names of ours
_LAW = """(%(verdicts)s::bigint[])[1
    + (born_day <= %(last_born)s::date)::int
    + 2 * (citizenship = %(citizen)s)::int
    + 4 * (incapable_from <> '' AND incapable_from_day <= %(day)s::date
           AND (incapable_until = '' OR incapable_until_day > %(day)s::date))::int
    + 8 * CASE custody WHEN 'detention' THEN 1 WHEN 'confinement' THEN 2 ELSE 0 END
    + 24 * (biometric_on <> '')::int]"""

_OCTETS = ", ".join(f"octet_length({name})" for name in (*_TEXTS, "reason"))  # quicker to know than letters
_LETTERS = ", ".join(f"length({name})" for name in (*_TEXTS, "reason"))
_FORM = (
    ("pin_malformed", "NOT pin_ok"),
    ("change_unknown", "{unknown_change}"),
    ("reason_missing", "change = 'removed' AND (reason = '' OR reason_on = '')"),
    ("reason_day_unreadable", "NOT reason_ok"),
    ("already_listed", "change = 'added' AND e.id IS NOT NULL"),
    ("not_listed", "change IN ('changed', 'removed') AND e.id IS NULL"),
)
_ROW = (
    ("sex_unknown", "sex NOT IN ('f', 'm')"),
    ("born_unreadable", "NOT born_ok"),
    ("citizenship_not_given", "citizenship = ''"),
    ("biometric_unreadable", "NOT biometric_ok"),
    ("incapacity_unreadable", "NOT incapable_ok"),
    ("custody_unknown", "custody NOT IN ('none', 'detention', 'confinement')"),
    ("precinct_unknown", "p.id IS NULL"),
    ("precinct_not_voting", "p.id IS NOT NULL AND p.region_id IS NULL"),
    ("name_missing", "surname = '' AND name = ''"),
    ("address_missing", "locality = '' AND district = ''"),
    ("basis_unknown", "basis NOT IN ('residence', 'voting_address', 'consular')"),
    ("field_too_long", f"greatest({_OCTETS}) > {LONGEST} AND greatest({_LETTERS}) > {LONGEST}"),
    ("pin_of_other_sex", "pin_ok AND sex = CASE left(pin, 1) WHEN '1' THEN 'm' ELSE 'f' END"),
    (
        "pin_of_other_birth",
        "pin_ok AND born_ok AND substr(pin, 2, 8) <> substr(born, 9, 2) || substr(born, 6, 2) || substr(born, 1, 4)",
    ),
    ("name_not_cyrillic", "whole ~ '[^Ѐ-ӿ .ʼ''’-]'"),
    ("born_improbable", "born_ok AND NOT born_day BETWEEN %(oldest)s::date AND %(made_on)s::date"),
    (
        "biometric_improbable",
        "biometric_on <> '' AND biometric_ok"
        " AND (biometric_on_day > %(made_on)s::date OR born_ok AND biometric_on_day < born_day)",
    ),
    ("house_missing", "house = '' AND basis <> 'consular'"),
    ("abroad_without_consulate", "p.kind = 'abroad' AND basis NOT IN ('consular', 'voting_address')"),
)


_ENTRY = """SELECT id, pin AS was_pin, precinct_id AS was_in, region_id AS was_region, {was} FROM voters_entry
               WHERE register_id = %(register)s AND until IS NULL"""
_LISTED = {
    # A country against a country: read once. Some thousands against a country: each looked up by its key.
    Kind.FULL: f"LEFT JOIN ({_ENTRY}) e ON e.was_pin = CASE WHEN r.pin_ok THEN r.digits END",
    Kind.INCREMENTAL: f"LEFT JOIN LATERAL ({_ENTRY} AND pin = CASE WHEN r.pin_ok THEN r.digits END LIMIT 1) e ON true",
}
"""How the entry is found that a row's person has now."""


def _sum(faults: Iterable[tuple[str, str]]) -> str:
    return " + ".join(f"CASE WHEN {broken} THEN {BIT[code]}::bigint ELSE 0 END" for code, broken in faults)


def _checked(made: Stage, kind: Kind) -> str:
    """Every row with its fields as what they are, its faults, and the entry that its person has now."""
    given = "change NOT IN ('added', 'changed', 'removed')" if kind is Kind.INCREMENTAL else "false"
    form = _sum((code, broken.format(unknown_change=given)) for code, broken in _FORM)
    law = f"CASE WHEN born_ok AND citizenship <> '' AND incapable_ok THEN {_LAW} ELSE 0 END"
    whole = f"CASE WHEN change = 'removed' THEN 0 ELSE {law} + {_sum(_ROW)} END"
    differs = " OR ".join([*(f"e.was_{name} <> r.{name}" for name in _SAME), "e.was_born <> r.born_day"])
    was = ", ".join(f"{name} AS was_{name}" for name in (*_SAME, "born"))
    return f"""
    CREATE UNLOGGED TABLE {made.rows} AS
    SELECT r.row, r.change, r.reason, CASE WHEN reason_ok THEN reason_on_day END AS reason_on,
           CASE WHEN pin_ok THEN digits END AS pin, CASE WHEN NOT pin_ok THEN left(pin, 40) END AS given_pin,
           {", ".join(f"r.{name}" for name in _TEXTS)}, r.sex,
           CASE WHEN born_ok THEN born_day END AS born,
           p.id AS precinct_id, p.region_id, e.id AS entry_id, e.was_in, e.was_region,
           {differs} AS differs, {form} + {whole} AS faults
    FROM ({_OFTEN}) r
    LEFT JOIN (SELECT a.id, a.number, a.kind, v.region_id FROM territory_precinct a
               LEFT JOIN elections_votingprecinct v ON v.precinct_id = a.id AND v.voting_id = %(voting)s) p
         ON p.number = r.precinct
    {_LISTED[kind].format(was=was)}
    """  # noqa: S608  # names and rules of ours


def _twice(cursor: CursorWrapper, made: Stage) -> None:
    """One person in several rows: told for each row that cannot stand."""
    cursor.execute(f"DROP TABLE IF EXISTS {TWICE}")
    cursor.execute(
        f"""
        CREATE UNLOGGED TABLE {TWICE} AS
        SELECT pin FROM {made.rows} WHERE pin IS NOT NULL GROUP BY pin HAVING count(*) > 1
        """  # noqa: S608  # names of ours
    )
    who = "coalesce(surname || ' ' || name || ' ' || patronymic || ' ' || born::text, '')"
    cursor.execute(
        f"""
        WITH rows AS MATERIALIZED (
            SELECT s.ctid AS place, row_number() OVER (PARTITION BY s.pin ORDER BY s.row) > 1 AS later,
                   min(coalesce(s.precinct_id, 0)) OVER of_person
                   <> max(coalesce(s.precinct_id, 0)) OVER of_person AS parted,
                   min({who}) OVER of_person <> max({who}) OVER of_person AS others
            FROM {made.rows} s JOIN {TWICE} t ON t.pin = s.pin WINDOW of_person AS (PARTITION BY s.pin)
        )
        UPDATE {made.rows} s SET faults = s.faults
            + CASE WHEN r.others THEN {BIT["pin_of_several_people"]}::bigint
                   WHEN r.parted THEN {BIT["pin_in_several_precincts"]}::bigint
                   ELSE {BIT["pin_repeated"]}::bigint END
        FROM rows r WHERE r.place = s.ctid AND (r.others OR r.parted OR r.later)
        """  # noqa: S608  # names of ours
    )
    cursor.execute(f"DROP TABLE {TWICE}")


def _leave_out(cursor: CursorWrapper, made: Stage, asked: Asked) -> None:
    """Whom a full delivery no longer names; an incremental one names everybody whom it takes off."""
    nobody = "true" if asked.kind is Kind.FULL else "false"
    cursor.execute(
        f"""
        CREATE UNLOGGED TABLE {made.gone} AS
        SELECT e.id AS entry_id, e.precinct_id, e.region_id FROM voters_entry e
        WHERE e.register_id = %s AND e.until IS NULL AND {nobody}
              AND NOT EXISTS (SELECT 1 FROM {made.rows} s WHERE s.entry_id = e.id)
        """,  # noqa: S608  # names of ours
        [asked.register],
    )


TOLD = "voters_told"
COUNTED = ("new", "gone", "moved_in", "moved_out", "changed", "same", "not_listed")


@dataclass(frozen=True, slots=True)
class Totals:
    """What a delivery changes in all, in voters; and how many of its rows are faulty, or bring nobody into a list."""

    new: int
    moved: int
    changed: int
    same: int
    gone: int
    faulty: int
    not_listed: int


def totals(made: Stage) -> Totals:
    """Count what the rows do, by what they do and where; `keep_difference` writes it down by precinct."""
    with connection.cursor() as cursor:
        cursor.execute(MEMORY)
        cursor.execute(f"DROP TABLE IF EXISTS {TOLD}")
        cursor.execute(
            f"""
            CREATE UNLOGGED TABLE {TOLD} AS
            SELECT {OP} AS op, s.precinct_id, s.region_id, s.was_in, s.was_region, s.faults <> 0 AS faulty,
                   count(*)::integer AS n
            FROM {made.rows} s GROUP BY 1, 2, 3, 4, 5, 6
            UNION ALL
            SELECT 'absent', NULL, NULL, g.precinct_id, g.region_id, false, count(*)::integer
            FROM {made.gone} g GROUP BY g.precinct_id, g.region_id
            """  # noqa: S608  # names of ours
        )
        cursor.execute(
            f"""
            SELECT {", ".join(_counted(f"op = '{op}'") for op in ("new", "moved", "changed", "same"))},
                   {_counted("op IN ('absent', 'removed', 'ended')")}, {_counted("faulty")},
                   {_counted("op IN ('held', 'barred', 'ended')")}
            FROM {TOLD}
            """  # noqa: S608  # names of ours
        )
        return Totals(*map(int, cursor.fetchone()))


def _counted(which: str) -> str:
    return f"coalesce(sum(n) FILTER (WHERE {which}), 0)"


def keep_faults(made: Stage) -> None:
    """Write every fault of every row."""
    kinds = ", ".join(f"({bit}::bigint, '{code}')" for code, bit in BIT.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO voters_rowfault (delivery_id, region_id, row, code, pin)
            SELECT %s, s.region_id, s.row, f.code, coalesce(s.given_pin, s.pin::text, '')
            FROM {made.rows} s JOIN (VALUES {kinds}) AS f(bit, code) ON s.faults & f.bit <> 0
            WHERE s.faults <> 0
            """,  # noqa: S608  # names and codes of ours
            [made.delivery],
        )


def keep_difference(made: Stage) -> None:
    """Write what the delivery changes in each precinct against what is listed now."""
    sums = ", ".join(_counted(f"what = '{name}'") for name in COUNTED)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO voters_difference (delivery_id, region_id, precinct_id, {", ".join(COUNTED)})
            SELECT %s, region_id, precinct_id, {sums} FROM (
                SELECT region_id, precinct_id, n, CASE op WHEN 'moved' THEN 'moved_in' WHEN 'held' THEN 'not_listed'
                       WHEN 'barred' THEN 'not_listed' WHEN 'ended' THEN 'not_listed' ELSE op END AS what
                FROM {TOLD} WHERE op NOT IN ('removed', 'absent')
                UNION ALL
                SELECT was_region, was_in, n, CASE op WHEN 'moved' THEN 'moved_out' ELSE 'gone' END
                FROM {TOLD} WHERE op IN ('moved', 'removed', 'ended', 'absent')
            ) told WHERE region_id IS NOT NULL GROUP BY region_id, precinct_id
            """,  # noqa: S608  # names of ours
            [made.delivery],
        )
        cursor.execute(f"DROP TABLE {TOLD}")


CLOSE = """
UPDATE voters_entry e SET until = %(at)s, closed_by_id = %(change)s, closed_because = o.because, reason = o.reason,
       reason_on = o.reason_on
FROM (SELECT s.entry_id, s.reason, s.reason_on, CASE {op} WHEN 'ended' THEN 'no_right' ELSE {op} END AS because
      FROM {rows} s WHERE s.entry_id IS NOT NULL AND {op} IN ('ended', 'removed', 'moved', 'changed')
      UNION ALL SELECT g.entry_id, '', NULL, 'absent' FROM {gone} g) o
WHERE e.id = o.entry_id AND e.until IS NULL
"""
OPEN = """
INSERT INTO voters_entry (register_id, region_id, precinct_id, pin, surname, name, patronymic, sex, born, basis,
    district, locality, street, house, flat, since, until, opened_by_id, opened_because, closed_by_id, closed_because,
    reason, reason_on)
SELECT %(register)s, s.region_id, s.precinct_id, s.pin, s.surname, s.name, s.patronymic, s.sex, s.born, s.basis,
    s.district, s.locality, s.street, s.house, s.flat, %(at)s, NULL, %(change)s,
    CASE {op} WHEN 'new' THEN 'listed' ELSE {op} END, NULL, '', '', NULL
FROM {rows} s WHERE {op} IN ('new', 'moved', 'changed')
"""


def apply(made: Stage, *, register: int, change: int, at: datetime, rows: int) -> tuple[int, int]:
    """Close and open entries as the staged `rows` say; returns how many were closed and opened.

    The first large delivery of an installation fills an empty table: its keys are made once it is full, in a third of
    the time. Nobody sees the table in between, and no transaction ends without them (`guards.KEYS_STAND`).
    """
    known: dict[str, Any] = {"register": register, "change": change, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(MEMORY)
        cursor.execute(CLOSE.format(op=OP, rows=made.rows, gone=made.gone), known)
        closed = cursor.rowcount
        unkeyed = rows >= WORTH_NEW_KEYS and _asked(cursor, "SELECT voters_entries_without_keys()")
        cursor.execute(OPEN.format(op=OP, rows=made.rows), known)
        opened = cursor.rowcount
        if unkeyed:
            _asked(cursor, "SELECT voters_entries_with_keys()")
        return closed, opened


def _asked(cursor: CursorWrapper, question: str) -> bool:
    cursor.execute(question)
    return bool(cursor.fetchone()[0])
