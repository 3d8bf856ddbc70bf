"""What the rules can answer, and the code that answers: read from the sources, so that a page can show both.

A coded answer is a call of `Step`, `Finding`, `because` or `Unsettled`. A rule's answers are those that its function
makes itself or through functions of its own module that it calls. Nothing is run to know this.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from shailoo.law.coverage import PACKAGE

Function = ast.FunctionDef | ast.AsyncFunctionDef
Named = Function | ast.ClassDef


class Answer(StrEnum):
    """What kind of coded answer a call makes."""

    STEP = "step"
    FINDING = "finding"
    QUESTION = "question"


_MAKERS: Mapping[str, tuple[Answer, int]] = MappingProxyType(
    {
        # the call -> what it makes, and the place of the code among its arguments
        "Step": (Answer.STEP, 1),
        "Finding": (Answer.FINDING, 1),
        "because": (Answer.FINDING, 1),
        "Unsettled": (Answer.QUESTION, 0),
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """A code that a rule can answer with."""

    answer: Answer
    code: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A function or class as it stands in the sources: its dotted name, file, first line (from 1) and text."""

    name: str
    file: str
    line: int
    text: str
    summary: str  # the first line of its docstring; "" where it has none

    @property
    def short(self) -> str:
        """Its name within the module."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class _Module:
    """A file of the sources, and its top functions, classes and methods by their name within it."""

    name: str
    path: Path
    text: str
    parts: Mapping[str, Named]


def summary(place: str) -> str:
    """One sentence on what the rule at a dotted name does: the first line of its docstring, or ""."""
    found = passage(place)
    return found.summary if found else ""


def passage(place: str) -> Passage | None:
    """The code at a dotted name ("shailoo.law.mandates.allocate"); None where the sources have none of that name."""
    module, name = _found(place)
    return _passage(module, name) if module and name in module.parts else None


def parts_of(place: str) -> tuple[Passage, ...]:
    """The functions of the same module that the rule calls, directly or through each other, in the file's order."""
    module, name = _found(place)
    if module is None or name not in module.parts:
        return ()
    used = _reached(module, name) - {name}
    return tuple(sorted((_passage(module, each) for each in used), key=lambda each: each.line))


@cache
def said_by(place: str) -> tuple[Said, ...]:
    """Every code that the rule at a dotted name can answer with, each once, in the order of the file."""
    module, name = _found(place)
    if module is None or name not in module.parts:
        return ()
    reached = sorted((module.parts[each] for each in _reached(module, name)), key=lambda node: node.lineno)
    return tuple(dict.fromkeys(said for node in reached for said in _said(node)))


def _found(place: str) -> tuple[_Module | None, str]:
    """The module that a dotted name begins with, and the rest of the name."""
    parts = place.split(".")
    if parts[0] != PACKAGE.name or not all(part.isidentifier() for part in parts):
        return None, ""
    for length in range(len(parts) - 1, 1, -1):
        base = PACKAGE.joinpath(*parts[1:length])
        for path in (base.with_suffix(".py"), base / "__init__.py"):
            if path.is_file():
                return _module(".".join(parts[:length]), path), ".".join(parts[length:])
    return None, ""


@cache
def _module(name: str, path: Path) -> _Module:
    text = path.read_text(encoding="utf-8")
    parts: dict[str, Named] = {}
    for node in ast.parse(text, str(path)).body:
        if isinstance(node, Named):
            parts[node.name] = node
        if isinstance(node, ast.ClassDef):
            parts |= {f"{node.name}.{each.name}": each for each in node.body if isinstance(each, Function)}
    return _Module(name, path, text, parts)


def _passage(module: _Module, name: str) -> Passage:
    node = module.parts[name]
    first = min(each.lineno for each in (node, *node.decorator_list))
    lines = module.text.splitlines()[first - 1 : node.end_lineno]
    file = f"{PACKAGE.name}/{module.path.relative_to(PACKAGE).as_posix()}"
    documented = (ast.get_docstring(node) or "").partition("\n\n")[0]
    return Passage(f"{module.name}.{name}", file, first, "\n".join(lines), " ".join(documented.split()))


def _reached(module: _Module, name: str) -> frozenset[str]:
    """The functions that a call of `name` can lead to within its module, itself included."""
    reached, waiting = {name}, [name]
    while waiting:
        for called in _names_in(module.parts[waiting.pop()]):
            if called not in reached and isinstance(module.parts.get(called), Function):
                reached.add(called)
                waiting.append(called)
    return frozenset(reached)


def _names_in(node: ast.AST) -> Iterator[str]:
    yield from (each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load))


def _said(node: Named) -> Iterator[Said]:
    for call in (each for each in ast.walk(node) if isinstance(each, ast.Call)):
        answer, position = _MAKERS.get(_called(call), (None, 0))
        if answer is not None and len(call.args) > position:
            yield from (Said(answer, code) for code in _texts(call.args[position], node))


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _texts(node: ast.expr, within: Named | None) -> Iterator[str]:
    """The texts that an expression can be, as far as its function says."""
    match node:
        case ast.Constant(value=str(text)) if text.isidentifier():
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from (*_texts(body, within), *_texts(other, within))
        case ast.Name(id=name) if within is not None:
            for each in ast.walk(within):
                if isinstance(each, ast.Assign) and name in [getattr(target, "id", "") for target in each.targets]:
                    yield from _texts(each.value, None)
