"""The trace from norm to rule to test: it is whole, and a citation of a norm that does not exist is found."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

import shailoo.law
from shailoo.law.coverage import PACKAGE, Coverage, Mark, Status, coverage, marks_of_rules, marks_of_tests
from shailoo.law.norms import norms
from shailoo.law.outcome import RULES

RULE = '''
class Table:
    @applies("L64.3.b", "L64.5")
    def allocate(self):
        """Marked twice."""

@applies("L64.2")
def exclude():
    """Marked with a paragraph."""
'''
TEST = """
@pytest.mark.norm("L64.3.b")
def test_quotient(): ...

CASES = [pytest.param(1, marks=pytest.mark.norm("L64.2.a"))]
"""


def write(tmp_path: Path, *, rules: str = RULE, tests: str = TEST) -> Coverage:
    """The coverage of one rule file and one test file."""
    (tmp_path / "house" / "law").mkdir(parents=True)
    (tmp_path / "house" / "law" / "mandates.py").write_text(rules, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_mandates.py").write_text(tests, encoding="utf-8")
    return coverage(package=tmp_path / "house", tests=tmp_path / "tests")


def test_no_rule_and_no_test_of_the_house_cites_a_norm_that_the_law_does_not_have() -> None:
    assert coverage().unknown == ()


def test_every_norm_has_a_status_and_an_article() -> None:
    found = coverage()
    assert found.total == len(norms()) == sum(found.statuses.values())
    assert sum(article.total for article in found.by_article.values()) == found.total
    assert found.statuses[Status.DECIDED] == sum(article.covered for article in found.by_article.values())
    assert found.by_article["L35"].covered > 30
    assert found.tests_known


def test_the_marks_in_the_source_are_the_rules_that_the_running_house_knows() -> None:
    for module in pkgutil.walk_packages(shailoo.law.__path__, "shailoo.law."):
        importlib.import_module(module.name)
    running = {Mark(norm, rule) for norm, rules in RULES.items() for rule in rules if rule.startswith("shailoo.law.")}
    written = {mark for mark in marks_of_rules(PACKAGE) if mark.where.startswith("shailoo.law.")}
    assert running
    assert running == written


def test_a_norm_with_a_rule_and_a_test_is_decided(tmp_path: Path) -> None:
    found = write(tmp_path)
    quotient = found.trace["L64.3.b"]
    assert quotient.status is Status.DECIDED
    assert "house.law.mandates.Table.allocate" in quotient.rules
    assert quotient.tests == ("tests/test_mandates.py::test_quotient",)


def test_a_paragraph_stands_for_each_of_its_norms_and_a_case_counts_as_a_test(tmp_path: Path) -> None:
    found = write(tmp_path)
    assert found.trace["L64.2.a"].status is Status.DECIDED
    assert found.trace["L64.2.b"].rules == ("house.law.mandates.exclude",)
    assert found.trace["L64.2.b"].status is Status.OPEN


def test_a_rule_without_a_test_and_a_test_without_a_rule_leave_the_norm_open(tmp_path: Path) -> None:
    found = write(tmp_path, tests=TEST.replace("L64.3.b", "L64.4"))
    assert found.trace["L64.5"].status is Status.OPEN
    assert (found.trace["L64.4"].status, found.trace["L64.4"].rules) == (Status.OPEN, ())


def test_a_control_correlation_is_a_rule_that_is_data(tmp_path: Path) -> None:
    found = write(tmp_path, rules="", tests=TEST.replace("L64.3.b", "L35.13.a1"))
    assert found.trace["L35.13.a1"].status is Status.DECIDED
    assert "shailoo.law.protocol.correlations:CR32" in found.trace["L35.13.a1"].rules


def test_an_unknown_norm_is_named_with_its_place(tmp_path: Path) -> None:
    found = write(tmp_path, rules=RULE.replace("L64.5", "L64.55"), tests=TEST.replace("L64.2.a", "L99"))
    assert found.unknown == (
        Mark("L64.55", "house.law.mandates.Table.allocate"),
        Mark("L99", "tests/test_mandates.py::module"),
    )


def test_without_the_tests_no_norm_counts_as_decided(tmp_path: Path) -> None:
    found = coverage(tests=tmp_path / "absent")
    assert not found.tests_known
    assert found.statuses[Status.DECIDED] == 0
    assert found.trace["L64.3.b"].rules


@pytest.mark.parametrize("text", ["import pytest\n", "pytestmark = pytest.mark.norm(*LIST)\n", "norm('L64.1')\n"])
def test_only_marks_in_plain_words_count(tmp_path: Path, text: str) -> None:
    (tmp_path / "test_x.py").write_text(text, encoding="utf-8")
    assert list(marks_of_tests(tmp_path)) == []
