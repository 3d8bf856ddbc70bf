"""The trace from norm to rule to test: it is whole, and a citation of a norm that does not exist is found."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import shailoo.law
from shailoo.law.coverage import (
    PACKAGE,
    Coverage,
    Mark,
    Status,
    Way,
    coverage,
    marks_of_acts,
    marks_of_rules,
    marks_of_tests,
)
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
    assert found.total - found.statuses[Status.OPEN] == sum(each.covered for each in found.by_article.values())
    assert sum(sum(numbers.values()) for numbers in found.by_area.values()) == found.total
    assert len(found.open) == found.statuses[Status.OPEN]
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


def test_at_least_45_per_cent_of_the_norms_are_decided_or_dated() -> None:
    found = coverage()
    assert 100 * (found.statuses[Status.DECIDED] + found.statuses[Status.DATED]) >= 45 * found.total


def test_a_norm_of_the_calendar_is_dated_and_a_decided_one_stays_decided(tmp_path: Path) -> None:
    found = write(tmp_path)
    assert found.trace["L15.5.c"].status is Status.DATED
    assert found.trace["L15.5.c"].events == ("final_lists_posted",)


def test_what_an_act_writes_down_is_recorded(tmp_path: Path) -> None:
    act = 'class Acts:\n    @records("L36.3.a2")\n    def sign(self): ...\n'
    found = write(tmp_path, rules=RULE + act)
    assert found.trace["L36.3.a2"].status is Status.RECORDED
    assert found.trace["L36.3.a2"].acts == ("house.law.mandates.Acts.sign",)


def test_what_people_decide_is_human_and_an_unknown_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "house" / "law" / "human").mkdir(parents=True)
    file = tmp_path / "house" / "law" / "human" / "conduct.toml"
    file.write_text('"L35.3.c" = "conduct"\n', encoding="utf-8")
    found = coverage(package=tmp_path / "house", tests=tmp_path / "tests")
    assert (found.trace["L35.3.c"].status, found.trace["L35.3.c"].way) == (Status.HUMAN, Way.CONDUCT)
    file.write_text('"L35.3.c" = "prayer"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="prayer"):
        coverage(package=tmp_path / "house", tests=tmp_path / "tests")


def test_nothing_is_called_human_that_a_rule_decides() -> None:
    both = [name for name, each in coverage().trace.items() if each.way and each.status is not Status.HUMAN]
    assert both == []


def test_every_act_that_says_it_records_does_write() -> None:
    """A marked act calls the ledger, freezes or issues a paper, itself or by a function of its own module."""
    silent = []
    for mark in {mark.where: mark for mark in marks_of_acts(PACKAGE)}.values():
        module, _dot, name = mark.where.rpartition(".")
        source = inspect.getsource(importlib.import_module(module))
        if not writes(ast.parse(source), name):
            silent.append(mark.where)
    assert silent == []


def writes(tree: ast.Module, name: str, seen: frozenset[str] = frozenset()) -> bool:
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    if name in seen or name not in functions:
        return False
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(functions[name])
        if isinstance(node, ast.Call)
    }
    if called & {"record", "freeze", "issue", "told"}:
        return True
    return any(writes(tree, each, seen | {name}) for each in called)


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
