"""`shailoo law`: what the law says and what follows from it, on the command line, without a database.

Exit codes: 0 all well, 1 the law finds an error, 2 the input is unknown or cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from textwrap import wrap
from typing import Annotated

from cyclopts import App, Parameter

from shailoo.cli.law_calendar import law_calendar
from shailoo.cli.law_rules import check_rule, rules
from shailoo.cli.law_seats import president, seats
from shailoo.law import protocol
from shailoo.law.coverage import Coverage, Status
from shailoo.law.coverage import coverage as trace
from shailoo.law.editions import Edition, Value
from shailoo.law.editions import edition as edition_of
from shailoo.law.editions import editions as all_editions
from shailoo.law.norms import Deadline, Norm, resolve

CLEAN, FOUND, BAD_INPUT = 0, 1, 2
WIDTH = 100  # columns of a norm

app = App(name="law", help="The law as data: norms, editions, control correlations, seats, and how the code covers it.")
check_app = App(name="check", help="Hold a document against the law.")
app.command(check_app)
app.command(seats)
app.command(president)
app.command(rules)
app.command(law_calendar, name="calendar")
app.command("shailoo.cli.law_text:app", name="text", help="The official text, as the commission publishes it.")
check_app.default(check_rule)


@app.command
def coverage(*, json_output: Annotated[bool, Parameter(name="--json", negative=())] = False) -> int:
    """Show what the house does with every norm, by article and by area, and which norms are open.

    decided: a rule and a test; dated: an event of the calendar; recorded: an act or a document of a department; human:
    no software can decide it; open: a department will take it.

    Exit code 1 if the sources cite a norm that the law does not have.
    """
    found = trace()
    print(_as_json(_coverage_document(found)) if json_output else "\n".join(_coverage_lines(found)))
    return FOUND if found.unknown else CLEAN


@app.command
def norm(citation: str, /) -> int:
    """Show a norm, or every norm of a paragraph or article.

    Parameters
    ----------
    citation
        "L64.3.d" a norm, "L64.3" a paragraph, "L64" an article, "R3.7" the regulation on observers.
    """
    try:
        found = resolve(citation)
    except KeyError as error:
        return _refuse(str(error.args[0]))
    print("\n\n".join("\n".join(_norm_lines(each)) for each in found))
    return CLEAN


@app.command
def editions(*, json_output: Annotated[bool, Parameter(name="--json", negative=())] = False) -> int:
    """Show every edition with its values and readings, each with its norms."""
    documents = [_edition_document(each) for each in all_editions()]
    print(
        _as_json(documents) if json_output else "\n\n".join("\n".join(_edition_lines(each)) for each in all_editions())
    )
    return CLEAN


@check_app.command(name="protocol")
def check_protocol(
    file: Path,
    /,
    *,
    edition: str | None = None,
    json_output: Annotated[bool, Parameter(name="--json", negative=())] = False,
) -> int:
    """Hold a precinct's protocol against the control correlations; with --json as `law check` prints other rules.

    Exit code 0 if no error is found (warnings may be), 1 if an error is found, 2 if the file cannot be read.

    Parameters
    ----------
    file
        A JSON object, line -> value, with the names and structures of law/protocol/lines.toml.
    edition
        The edition of the law; the newest one if none is named.
    """
    if json_output:
        check_rule("protocol", str(file), edition_id=edition)
        return CLEAN
    try:
        law = all_editions()[-1] if edition is None else edition_of(edition)
        given = protocol.read(file.read_text(encoding="utf-8"))
    except KeyError as error:
        return _refuse(str(error.args[0]))
    except (OSError, UnicodeDecodeError) as error:
        return _refuse(f"{file} cannot be read: {error}")
    if given.faults:
        return _refuse(*(f"{file}: {fault}" for fault in given.faults))
    found = protocol.check(given.lines, law)
    print("\n".join(_check_lines(found)))
    return FOUND if found.errors else CLEAN


def _refuse(*sentences: str) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return BAD_INPUT


def _check_lines(found: protocol.Check) -> Iterable[str]:
    for each in found.failures:
        norms = ", ".join(each.norms)
        yield f"{each.severity.upper()} {each.code} ({each.nature}, {norms}): {each.correlation.meaning}"
        yield f"  {each.formula}"
        yield f"  {each.with_numbers}"
        yield f"  lines: {', '.join(each.fields)}"
        yield f"  then:  {each.correlation.on_breach}"
    if found.only_accounting_errors:
        yield "All errors are of accounting: a true count stands, the difference goes into an act (L36.7, L37.4)."
    missing = sorted({name for each in found.not_made for name in each.missing})
    if missing:
        yield f"Not made for want of figures: {', '.join(each.code for each in found.not_made)}"
        yield f"  missing: {', '.join(missing)}"
    passed = sum(each.verdict is protocol.Verdict.PASSED for each in found.results)
    yield (
        f"Edition {found.edition.id}: {passed} passed, {len(found.errors)} errors, {len(found.warnings)} warnings, "
        f"{len(found.not_made)} not made"
    )


def _coverage_lines(found: Coverage) -> Iterable[str]:
    for article, each in found.by_article.items():
        yield f"{article:8}{each.covered:5} of {each.total:3}"
    yield ""
    yield "".join((f"{'area':18}", *(f"{status:>10}" for status in Status)))
    for area, numbers in found.by_area.items():
        yield "".join((f"{area:18}", *(f"{number:10}" for number in numbers.values())))
    yield ""
    for department in sorted({*found.open.values()}):
        names = [name for name, room in found.open.items() if room == department]
        yield from wrap(f"open, for {department}: {', '.join(names)}", WIDTH, subsequent_indent="  ")
    yield ""
    yield "".join(f"{status}: {number}  " for status, number in found.statuses.items()) + f"of {found.total} norms"
    if not found.tests_known:
        yield "The tests are not part of this installation, so no norm counts as decided."
    for mark in found.unknown:
        yield f"unknown norm {mark.citation} cited at {mark.where}"


def _coverage_document(found: Coverage) -> dict[str, object]:
    return {
        "total": found.total,
        "statuses": {str(status): number for status, number in found.statuses.items()},
        "by_article": {name: {"total": each.total, "covered": each.covered} for name, each in found.by_article.items()},
        "by_area": {str(area): numbers for area, numbers in found.by_area.items()},
        "norms": {
            name: {
                "status": str(each.status),
                "rules": list(each.rules),
                "tests": list(each.tests),
                "events": list(each.events),
                "acts": list(each.acts),
                "way": each.way and str(each.way),
            }
            for name, each in found.trace.items()
        },
        "open": found.open,
        "tests_known": found.tests_known,
        "unknown": [{"citation": mark.citation, "where": mark.where} for mark in found.unknown],
    }


def _norm_lines(found: Norm) -> Iterable[str]:
    yield f"{found.id} ({found.kind}, {found.area})"
    parts = {
        "who": ", ".join(found.actors),
        "rule": found.rule,
        "items": "; ".join(f"{item.id} {item.rule}" for item in found.items),
        "deadline": _written_deadline(found.deadline) if found.deadline else "",
        "check": found.check,
        "documents": ", ".join((*found.documents, *found.papers)),
        "note": found.note,
    }
    for name, text in parts.items():
        if text:
            yield from wrap(text, WIDTH, initial_indent=f"  {name + ':':11}", subsequent_indent=" " * 13)


def _written_deadline(term: Deadline) -> str:
    offsets = [str(each) for each in (term.offset, term.to_offset) if each is not None]
    hours = [each for each in (term.time, term.to_time) if each is not None]
    unit = [term.unit] if term.unit else []
    return " ".join([term.bound, " to ".join(offsets), *unit, f"from {term.anchor}", " to ".join(hours)]).strip()


def _edition_lines(found: Edition) -> Iterable[str]:
    yield f"{found.id}: in force from {found.since} " + (f"until {found.until}" if found.until else "on")
    for name, value in found.values.items():
        clause = found.clause(name)
        yield f"  {name:48}{_written(value):>8}  {', '.join(clause.norms)}  ({clause.unit})"
    for reading in found.readings:
        yield f"  {reading.name:48}{reading.taken}  of {' | '.join(reading.options)}  {', '.join(reading.norms)}"


def _edition_document(found: Edition) -> dict[str, object]:
    return {
        "id": found.id,
        "adopted": str(found.adopted),
        "since": str(found.since),
        "until": str(found.until) if found.until else None,
        "values": {name: _clause_document(found, name, value) for name, value in found.values.items()},
        "readings": {
            each.name: {
                "taken": str(each.taken),
                "default": each.default,
                "options": list(each.options),
                "norms": list(each.norms),
                "why": each.why,
            }
            for each in found.readings
        },
    }


def _clause_document(found: Edition, name: str, value: Value) -> Mapping[str, object]:
    clause = found.clause(name)
    return {
        "value": value if isinstance(value, int) else _written(value),
        "unit": clause.unit,
        "norms": list(clause.norms),
        "since": str(clause.since),
        "until": str(clause.until) if clause.until else None,
    }


def _written(value: Value) -> str:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return str(value) if isinstance(value, int) else f"{value:%H:%M}"


def _as_json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
