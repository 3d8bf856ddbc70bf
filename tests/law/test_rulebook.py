"""The rules that can be asked by name: each answers any facts that fit its schema, in words of three languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from shailoo.law import facts, rulebook
from shailoo.law.calendar import BISHKEK
from shailoo.law.editions import Edition, editions
from shailoo.law.json_reader import Faulty
from shailoo.wording import LANGUAGES, sentences

STABLE = {
    "seats",
    "president",
    "protocol",
    "list-composition",
    "fund",
    "complaint",
    "vacancy",
    "candidate",
    "observer",
    "representative",
    "ballot-quantity",
    "withdrawal",
}
FACTS = tuple(each.name for each in rulebook.rules() if each.name not in ("seats", "president", "protocol"))
LAW = editions()[-1]
DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31)).map(date.isoformat)
NUMBERS = st.one_of(st.integers(0, 6), st.integers(0, 3_000_000))
AMOUNTS = st.one_of(NUMBERS, st.integers(0, 600_000_000).map(str), st.just("0.01"), st.just("200000.01"))


def documents(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:  # Any: a JSON document
    """Documents that fit a schema of `law.facts`; optional members come and go."""
    if "anyOf" in schema:
        forms = schema["anyOf"]
        if any("pattern" in each and each["pattern"].startswith("^[0-9]{1,18}") for each in forms):
            return AMOUNTS
        return st.one_of(*(documents(each) for each in forms))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "object" if "properties" in schema:
            required = {name: documents(schema["properties"][name]) for name in schema["required"]}
            others = {name: documents(each) for name, each in schema["properties"].items() if name not in required}
            return st.fixed_dictionaries(required, optional=others)
        case "object":
            return st.dictionaries(st.sampled_from(["a", "b", "c"]), documents(schema["additionalProperties"]))
        case "array":
            return st.lists(documents(schema["items"]), max_size=3)
        case "integer":
            return NUMBERS
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
    return texts(schema)


def texts(schema: Mapping[str, Any]) -> st.SearchStrategy[str]:
    if schema.get("format") == "date":
        return DAYS
    pattern = schema.get("pattern", "")
    if pattern.startswith(r"^\d{4}"):
        return st.builds("{}T{:02}:{:02}".format, DAYS, st.integers(0, 23), st.integers(0, 59))
    if pattern.startswith(r"^\d\d:"):
        return st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
    if pattern:
        return st.builds("{}/{}".format, st.integers(0, 9), st.integers(9, 20))
    return st.sampled_from(["a", "b", "№ 17", "Асанова"])


def test_every_stable_name_is_a_rule() -> None:
    assert set(rulebook.WHERE) >= STABLE


@pytest.mark.parametrize("name", rulebook.WHERE)
def test_every_rule_says_what_it_decides_which_norms_and_in_which_form(name: str) -> None:
    found = rulebook.rule(name)
    assert found.summary.endswith(".")
    assert found.norms
    Draft202012Validator.check_schema(found.schema())


def test_an_unknown_rule_is_refused_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match=r"no rule .fnud..*fund"):
        rulebook.rule("fnud")


@pytest.mark.parametrize("name", FACTS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(data=st.data())
def test_whatever_fits_the_schema_is_answered_in_three_languages(name: str, data: st.DataObject) -> None:
    found = rulebook.rule(name)
    document = data.draw(documents(found.schema()))
    assert Draft202012Validator(found.schema()).is_valid(document)
    answer = found.ask(json.dumps(document), LAW)
    if isinstance(answer, Faulty):  # facts that cannot be, such as more women than candidates
        assert all(each.path.startswith("$") and each.message for each in answer.problems)
        return
    json.dumps(rulebook.printed(answer, LAW), ensure_ascii=False)
    for language in LANGUAGES:
        for step in answer.steps:
            assert sentences.step(step, language)
        for finding in answer.findings:
            assert sentences.finding(finding, language)
        if answer.unsettled is not None:
            assert sentences.question(answer.unsettled.question, language)


@pytest.mark.parametrize("name", rulebook.WHERE)
@pytest.mark.parametrize("text", ["", "[]", "1.5", '{"no_such_fact": 1}', "{" * 5000])
def test_what_does_not_fit_is_a_fault_with_its_path(name: str, text: str) -> None:
    answer = rulebook.rule(name).ask(text, LAW)
    assert isinstance(answer, Faulty)
    assert answer.problems[0].path.startswith("$")


# ------------------------------------------------------------------------------------- reading facts


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    """One."""

    number: int


@dataclass(frozen=True)
class Sample:
    """Every kind of fact."""

    count: int
    name: str
    sure: bool
    money: Decimal
    share: Fraction
    day: date
    at: datetime
    hour: time
    colour: Colour
    inner: Inner
    many: tuple[Inner, ...]
    colours: frozenset[Colour]
    by_name: Mapping[str, int]
    unknown: int | None
    given: int = 7

    def __post_init__(self) -> None:
        if self.count > 99:
            raise ValueError("more than there can be")


WHOLE: dict[str, Any] = {
    "count": 3,
    "name": "a",
    "sure": True,
    "money": "1500.50",
    "share": "9/100",
    "day": "2020-10-04",
    "at": "2020-10-04T18:00",
    "hour": "18:00",
    "colour": "red",
    "inner": {"number": 1},
    "many": [{"number": 2}],
    "colours": ["red"],
    "by_name": {"x": 1},
}


def read(**changes: object) -> Sample | Faulty:
    return facts.read(Sample, json.dumps({**WHOLE, **changes}))


def test_every_kind_of_fact_is_read_and_printed_again() -> None:
    found = read()
    assert isinstance(found, Sample)
    assert (found.money, found.share, found.unknown, found.given) == (Decimal("1500.50"), Fraction(9, 100), None, 7)
    assert found.at == datetime(2020, 10, 4, 18, tzinfo=BISHKEK)
    printed = facts.as_json(found)
    assert isinstance(printed, dict)
    assert printed["at"] == "2020-10-04T18:00+06:00"
    assert {**printed, "at": WHOLE["at"], "hour": WHOLE["hour"]} == {**WHOLE, "unknown": None, "given": 7}


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        ({"count": -1}, "$.count", "0 or more"),
        ({"count": 1.0}, "$.count", "integer"),
        ({"count": True}, "$.count", "integer"),
        ({"count": 100}, "$", "more than there can be"),
        ({"name": " "}, "$.name", "empty"),
        ({"sure": 1}, "$.sure", "true or false"),
        ({"money": "1,5"}, "$.money", "amount"),
        ({"money": "1.555"}, "$.money", "amount"),
        ({"money": -5}, "$.money", "amount"),
        ({"share": "2"}, "$.share", "from 0 to 1"),
        ({"day": "2020-02-31"}, "$.day", "a day such as"),
        ({"at": "2020-10-04"}, "$.at", "an instant"),
        ({"hour": "25:00"}, "$.hour", "an hour"),
        ({"colour": "blue"}, "$.colour", "one of red"),
        ({"inner": {}}, "$.inner.number", "missing"),
        ({"many": [{"number": 1}, {"number": "x"}]}, "$.many[1].number", "integer"),
        ({"many": {}}, "$.many", "array"),
        ({"by_name": {"x": "y"}}, "$.by_name.x", "integer"),
        ({"colours": ["red", "blue"]}, "$.colours[1]", "one of red"),
        ({"extra": 1}, "$.extra", "unknown key"),
        ({"name": None}, "$.name", "missing"),
    ],
)
def test_every_fault_has_its_path_and_its_reason(change: dict[str, object], path: str, said: str) -> None:
    found = read(**change)
    assert isinstance(found, Faulty)
    assert any(each.path == path and said in each.message for each in found.problems), found.problems


def test_all_faults_are_named_at_once() -> None:
    found = read(count=-1, day="x", inner={"number": None})
    assert isinstance(found, Faulty)
    assert [each.path for each in found.problems] == ["$.count", "$.day", "$.inner.number"]


def test_the_schema_says_the_same() -> None:
    schema = facts.schema(Sample)
    validator = Draft202012Validator(schema)
    assert validator.is_valid(WHOLE)
    assert not validator.is_valid({**WHOLE, "count": -1})
    assert not validator.is_valid({**WHOLE, "extra": 1})
    assert "given" not in schema["required"]  # type: ignore[operator]  # a list in every schema of an object
    assert "unknown" not in schema["required"]  # type: ignore[operator]  # as above


def test_a_value_without_a_form_in_json_is_a_bug() -> None:
    with pytest.raises(TypeError, match="no form in JSON"):
        facts.as_json(1.5)


def test_the_readings_of_every_chapter_are_named_by_chapter() -> None:
    law: Edition = LAW
    chapters = {each.chapter for each in law.readings}
    assert {"results", "calendar", "finance", "nomination", "registration", "complaints", "observation"} <= chapters
    assert {each.name for each in law.readings_of_results} >= {"threshold_base", "forward_counting"}
    assert "gender_order_rule" not in {each.name for each in law.readings_of_results}
