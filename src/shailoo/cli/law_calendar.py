"""`shailoo law calendar`: every term of an election, as a table, JSON, CSV or iCalendar (docs/contracts.md)."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, TypeVar

from cyclopts import Parameter

from shailoo.cli.law_seats import EditionId, Readings, edition_with, refuse
from shailoo.law.calendar import Kind, Occasion, calendar
from shailoo.law.editions import editions, in_force
from shailoo.law.json_reader import Faulty, Problem
from shailoo.wording import agenda

T = TypeVar("T")
Known = Annotated[
    list[str] | None,
    Parameter(name="--known", negative="", help="What has happened, such as determination_of_results=2017-10-30."),
]
Flag = Annotated[bool, Parameter(negative=())]


def law_calendar(
    *,
    kind: str,
    election_day: str,
    calling: str | None = None,
    edition_id: EditionId = None,
    readings: Readings = None,
    known: Known = None,
    language: str = "en",
    json_output: Annotated[bool, Parameter(name="--json", negative=())] = False,
    ics: Flag = False,
    csv_output: Annotated[bool, Parameter(name="--csv", negative=())] = False,
) -> None:
    """Print every event of an election's calendar with its norms, its first and its last day.

    Without --edition the edition in force on the day of calling holds, or the oldest one known here. Terms whose anchor
    has not happened are counted from its latest lawful day; those that wait for a complaint or a paper have no days.

    Parameters
    ----------
    kind
        presidential, presidential_early, jk, jk_early, repeat_voting, repeat_presidential or repeat_jk.
    election_day
        The day of the voting, such as 2020-10-04.
    calling
        The day on which the election was called.
    language
        Of titles and actors: ky, ru or en.
    """
    problems: list[Problem] = []
    occasion = _occasion(kind, election_day, calling, known or [], problems)
    if sum((json_output, ics, csv_output)) > 1:
        problems.append(Problem("--json, --ics, --csv", "only one of them can be printed"))
    if language not in ("ky", "ru", "en"):
        problems.append(Problem("--language", f"is ky, ru or en, not {language!r}"))
    if problems or occasion is None:
        refuse(Faulty(tuple(problems)))
    edition = edition_with(edition_id or _edition_of(occasion), readings or [])
    entries = calendar(occasion, edition)
    if ics:
        sys.stdout.write(
            agenda.as_ics(entries, language, name=f"{kind} {election_day}", uid=f"{kind}.{election_day}").decode(
                "utf-8"
            )
        )
    elif json_output:
        sys.stdout.write(
            json.dumps([agenda.record(each, language) for each in entries], ensure_ascii=False, indent=2) + "\n"
        )
    elif csv_output:
        _print_csv([agenda.record(each, language) for each in entries])
    else:
        _print_table([agenda.record(each, language) for each in entries])


def _occasion(
    kind: str, election_day: str, calling: str | None, known: Sequence[str], problems: list[Problem]
) -> Occasion | None:
    """The election, or every fault of how it was named."""
    if kind not in tuple(Kind):
        problems.append(Problem("--kind", f"is one of {', '.join(Kind)}, not {kind!r}"))
    day = _day("--election-day", election_day, problems)
    called = None if calling is None else _day("--calling", calling, problems)
    happened = _known(known, problems)
    if day and called and called >= day:
        problems.append(Problem("--calling", f"{called} is not before the election day {day}"))
    return None if problems or day is None else Occasion(Kind(kind), day, called, happened)


def _known(given: Sequence[str], problems: list[Problem]) -> Mapping[str, date]:
    from shailoo.law.calendar import anchors

    found: dict[str, date] = {}
    for each in given:
        name, equals, written = each.partition("=")
        if not equals or name not in anchors():
            problems.append(Problem("--known", f"{each!r} is none of {', '.join(sorted(anchors()))}, with =DAY"))
        elif day := _day("--known", written, problems):
            found[name] = day
    return found


def _day(name: str, written: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        problems.append(Problem(name, f'must be a day such as "2020-10-04", not {written!r}'))
        return None


def _edition_of(occasion: Occasion) -> str:
    try:
        return in_force(occasion.calling or occasion.election_day).id
    except KeyError:
        return editions()[0].id


def _print_csv(rows: Sequence[agenda.Record]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(rows[0])
    for each in rows:
        writer.writerow(" ".join(map(str, cell)) if isinstance(cell, list) else cell for cell in each.values())


def _print_table(rows: Sequence[agenda.Record]) -> None:
    for each in sorted(rows, key=lambda found: str(found["last"] or found["first"] or "9")):
        span = f"{each['first'] or '':10}  {each['last'] or '':10} {each['time'] or '':5}"
        norms = ", ".join(map(str, each["norms"])) if isinstance(each["norms"], list) else ""
        print(f"{span}  {each['title']}  ({each['actor']}; {norms})")
