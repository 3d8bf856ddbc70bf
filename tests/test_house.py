"""The house rules that import contracts cannot hold: a law without floats and clocks, small modules, honest names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import shailoo

SOURCE = Path(shailoo.__file__).parent
PROJECT = SOURCE.parent.parent
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
PURE = [path for path in MODULES if path.relative_to(SOURCE).parts[0] in ("law", "wording")]
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("timezone", "now")}


def name(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def breaches(tree: ast.AST) -> Iterator[str]:
    """Floats, rounding, clocks and evaluation of text in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"float {node.value} in line {node.lineno}"
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in ("float", "round", "eval", "exec", "compile"):
                yield f"{called.id}() in line {node.lineno}"
            of_a_name = isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name)
            if of_a_name and tuple(ast.unparse(called).split(".")) in CLOCKS:
                yield f"a clock in line {node.lineno}"


@pytest.mark.parametrize("path", PURE, ids=name)
def test_the_law_has_no_float_no_rounding_and_no_clock(path: Path) -> None:
    assert list(breaches(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("source", ["x = 0.07", "round(x)", "datetime.now()", "eval('1')", "float(x)"])
def test_the_check_would_find_them(source: str) -> None:
    assert list(breaches(ast.parse(source)))


def test_there_are_modules_to_check() -> None:
    assert len(PURE) > 15


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_are_short_and_say_what_they_are_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 600
    if path.name not in ("apps.py",) and text.strip():
        assert ast.get_docstring(ast.parse(text))


def test_nothing_is_called_utils() -> None:
    vague = {"utils", "helpers", "common", "misc", "manager", "services"}
    assert [name(path) for path in MODULES if path.stem in vague] == []


def test_settings_and_urls_name_every_room() -> None:
    rooms = {path.parent.name for path in SOURCE.glob("*/models.py")}
    from django.conf import settings

    assert {f"shailoo.{room}" for room in rooms} <= set(settings.INSTALLED_APPS)
