"""The law by itself: importing it, the calendar of every kind of election, any rule on facts that fit its schema.

Aims: importing under 100 ms, the calendar of all seven kinds under 50 ms, any rule under 1 ms. A rule is asked about
200 documents drawn from its own schema with a fixed seed; its figure is one answer, the facts being read already.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from importlib import import_module
from itertools import islice
from random import Random
from typing import Any, get_type_hints

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from tests.law.registration.test_admission import LIST
from tests.law.voters.test_opening import READY

from benchmarks.measuring import Aim, take
from shailoo.law import facts, rulebook
from shailoo.law.calendar import Kind, Occasion, calendar, events
from shailoo.law.coverage import coverage
from shailoo.law.editions import editions
from shailoo.law.json_reader import Faulty

LAW = editions()[-1]
DAY, CALLED = date(2020, 10, 4), date(2020, 7, 3)
IMPORTING, CALENDAR, RULES, TRACE = "importing the law", "calendar of seven kinds", "one rule", "the trace of the law"
DOCUMENTS = 200  # whose facts can be; a rule with many contradictions to avoid finds fewer
TRIES = 20_000
EXAMPLES: Mapping[str, object] = {  # facts with so many conditions that chance does not find any
    "station-opening": READY,
    "registration": LIST,  # of 76 candidates
}
ASKED = [name for name in rulebook.WHERE if name not in ("protocol", "president", "seats")]


def python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def test_bare_minimum_of_importing(benchmark: BenchmarkFixture) -> None:
    take(benchmark, IMPORTING, lambda: python("import datetime, enum, fractions, dataclasses"), rounds=7)


def test_importing(benchmark: BenchmarkFixture) -> None:
    take(benchmark, IMPORTING, lambda: python("import shailoo.law"), rounds=7, aim=Aim(0.1))


def test_importing_with_every_rule(benchmark: BenchmarkFixture) -> None:
    take(benchmark, IMPORTING, lambda: python("from shailoo.law.rulebook import rules; rules()"), rounds=5)


def bare_calendar() -> int:
    """As many days added as there are events, and nothing else."""
    return sum(bool(DAY + timedelta(days=place % 90)) for _kind in Kind for place in range(len(events())))


def test_bare_minimum_of_the_calendar(benchmark: BenchmarkFixture) -> None:
    take(benchmark, CALENDAR, bare_calendar, rounds=20)


def test_calendar_of_every_kind(benchmark: BenchmarkFixture) -> None:
    found = take(
        benchmark,
        CALENDAR,
        lambda: [calendar(Occasion(kind, DAY, CALLED), LAW) for kind in Kind],
        rounds=20,
        aim=Aim(0.05),
    )
    assert sum(map(len, found)) > 500


@pytest.mark.parametrize("name", ASKED)
def test_rule(benchmark: BenchmarkFixture, name: str) -> None:
    decide, given = _rule(name)
    done = take(
        benchmark,
        RULES,
        lambda: [decide(each, LAW) for each in given],
        rounds=5,
        aim=Aim(0.001 * len(given), units=len(given)),
    )
    assert len(done) == len(given) > 0


def test_trace(benchmark: BenchmarkFixture) -> None:
    assert take(benchmark, TRACE, coverage, rounds=2).total == 1104


# ------------------------------------------------------------------------------------- facts


def _rule(name: str) -> tuple[Any, list[object]]:  # Any: each rule has facts of its own
    """The function, and facts that it takes: what a document of its schema says, where that can be."""
    place, _colon, function = rulebook.WHERE[name].partition(":")
    decide = getattr(import_module(place), function)
    kind = next(hint for key, hint in get_type_hints(decide).items() if key != "return")
    if name in EXAMPLES:
        return decide, [EXAMPLES[name]]
    lot, schema = Random(name), facts.schema(kind)
    read = (facts.read(kind, json.dumps(document(schema, lot))) for _turn in range(TRIES))
    return decide, list(islice((each for each in read if not isinstance(each, Faulty)), DOCUMENTS))


def document(schema: Mapping[str, Any], lot: Random) -> Any:  # Any: a JSON document
    """A document that fits a schema of `law.facts`."""
    if "anyOf" in schema:
        return document(lot.choice(schema["anyOf"]), lot)
    if "enum" in schema:
        return lot.choice(schema["enum"])
    match schema.get("type"):
        case "object" if "properties" in schema:
            wanted = {name for name in schema["properties"] if name in schema["required"] or lot.random() < 0.7}
            return {name: document(each, lot) for name, each in schema["properties"].items() if name in wanted}
        case "object":
            return {name: document(schema["additionalProperties"], lot) for name in lot.sample("abcdef", 3)}
        case "array":
            return [document(schema["items"], lot) for _turn in range(lot.randint(0, 8))]
        case "integer":
            return lot.choice([0, 1, 2, 5, 120, 30_000, 2_000_000])
        case "boolean":
            return lot.random() < 0.5
        case "null":
            return None
    return _text(schema, lot)


def _text(schema: Mapping[str, Any], lot: Random) -> str:
    day = (CALLED + timedelta(days=lot.randint(0, 150))).isoformat()
    pattern = schema.get("pattern", "")
    if schema.get("format") == "date":
        return day
    if pattern.startswith(r"^\d{4}"):
        return f"{day}T{lot.randint(0, 23):02}:{lot.randint(0, 59):02}"
    if pattern.startswith(r"^\d\d:"):
        return f"{lot.randint(0, 23):02}:00"
    if "{1,18}" in pattern:
        return str(lot.choice([0, 1500, 200_000, 3_000_000]))
    return "1/3" if pattern else lot.choice(["a", "b", "c"])
