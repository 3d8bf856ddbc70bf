"""What a rule can answer, and its code, are read from the sources and not from memory."""

from __future__ import annotations

import inspect

import pytest

from shailoo.law import answers, mandates
from shailoo.law.answers import Answer, Said
from shailoo.law.coverage import coverage

ALLOCATE = "shailoo.law.mandates.allocate"


def test_the_code_shown_is_the_code_that_runs() -> None:
    found = answers.passage(ALLOCATE)
    assert found is not None
    assert found.text == inspect.getsource(mandates.allocate).rstrip()
    assert found.line == inspect.getsourcelines(mandates.allocate)[1]
    assert found.file == "shailoo/law/mandates.py"
    assert found.summary.startswith("Distribute the mandates")


def test_the_parts_are_the_functions_of_the_module_that_it_calls() -> None:
    names = [each.name.rpartition(".")[2] for each in answers.parts_of(ALLOCATE)]
    assert names[:3] == ["_no_mandates", "_base_unknown", "_distribute"]
    assert "allocate" not in names


def test_a_rule_answers_with_its_own_codes_and_those_of_its_parts() -> None:
    said = answers.said_by(ALLOCATE)
    assert Said(Answer.STEP, "no_list_admitted") in said
    assert Said(Answer.FINDING, "base_unknown") in said
    assert Said(Answer.QUESTION, "threshold_base_unknown") in said
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    "name",
    [
        "shailoo.law.mandates.nothing",
        "shailoo.nowhere.at_all",
        "os.path.join",
        "shailoo",
        "shailoo.law",
        "shailoo.law.mandates",
        "shailoo...settings",
        "shailoo.law.../../etc",
    ],
)
def test_a_name_that_is_no_function_of_the_program_has_no_code(name: str) -> None:
    assert answers.passage(name) is None
    assert answers.said_by(name) == ()
    assert answers.parts_of(name) == ()
    assert answers.summary(name) == ""


def test_every_rule_that_is_marked_has_its_code_and_says_what_it_does() -> None:
    rules = {place for trace in coverage().trace.values() for place in trace.rules if ":" not in place}
    assert len(rules) > 100
    assert [place for place in rules if answers.passage(place) is None] == []
