"""The members that acts of the ledger have, read from the sources: what each `record("name", …, payload=…)` writes."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import shailoo

SOURCES = Path(shailoo.__file__).parent


@cache
def members() -> dict[str, set[str]]:
    """The name of an act -> the members that a reader of the sources finds in its payload, at the top of it."""
    found: dict[str, set[str]] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for name, keys in _recorded(function, tree):
                    found.setdefault(name, set()).update(keys)
    return found


def _recorded(function: ast.FunctionDef, tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    for call in ast.walk(function):
        if not isinstance(call, ast.Call) or _called(call) not in ("record", "_record"):
            continue
        payload = next((each.value for each in call.keywords if each.arg == "payload"), None)
        for name in _names(call.args[0]) if call.args else ():
            yield name, set(_keys(payload, function, tree)) if payload is not None else set()


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _names(given: ast.expr) -> Iterator[str]:
    """The names that the first argument can be: a text, or one of two."""
    for each in ast.walk(given):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and "." in each.value:
            yield each.value


def _keys(payload: ast.expr, function: ast.FunctionDef, tree: ast.Module) -> Iterator[str]:
    """The members of a dictionary that stands there, that a name stands for, or that a function of the file gives."""
    match payload:
        case ast.Dict():
            for key, value in zip(payload.keys, payload.values, strict=True):
                if isinstance(key, ast.Constant):
                    yield str(key.value)
                elif key is None:
                    yield from _keys(value, function, tree)
        case ast.BinOp():
            yield from _keys(payload.left, function, tree)
            yield from _keys(payload.right, function, tree)
        case ast.Name():
            for each in ast.walk(function):
                if isinstance(each, ast.Assign | ast.AnnAssign) and each.value is not None:
                    targets = each.targets if isinstance(each, ast.Assign) else [each.target]
                    if any(isinstance(target, ast.Name) and target.id == payload.id for target in targets):
                        yield from _keys(each.value, function, tree)
                    yield from _set_later(payload.id, targets)
        case ast.Call(func=ast.Name(id=name)):
            for each in ast.walk(tree):
                if isinstance(each, ast.FunctionDef) and each.name == name:
                    for returned in ast.walk(each):
                        if isinstance(returned, ast.Return) and returned.value is not None:
                            yield from _keys(returned.value, each, tree)
        case ast.IfExp():
            yield from _keys(payload.body, function, tree)
            yield from _keys(payload.orelse, function, tree)


def _set_later(name: str, targets: Iterable[ast.expr]) -> Iterator[str]:
    for target in targets:
        if (
            isinstance(target, ast.Subscript)
            and isinstance(target.value, ast.Name)
            and target.value.id == name
            and isinstance(target.slice, ast.Constant)
        ):
            yield str(target.slice.value)
