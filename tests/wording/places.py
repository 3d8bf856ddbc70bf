"""Every place in the sources where a step, a finding or a question is made, with its codes and facts, read by AST."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import shailoo
from shailoo.wording import Catalogue

SOURCE = Path(shailoo.__file__).parent
MAKERS = {"Step": Catalogue.STEPS, "Finding": Catalogue.FINDINGS, "because": Catalogue.FINDINGS}
CODE_AT = {"Unsettled": 0}  # everywhere else the norm comes first
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Place:
    """A call that makes a coded answer. `facts` is None where they cannot be read from the source alone."""

    where: str
    catalogue: Catalogue
    codes: tuple[str, ...]
    facts: frozenset[str] | None


@cache
def places() -> tuple[Place, ...]:
    """Every place, in the order of files and lines."""
    files = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
    return tuple(place for path in files for place in _of(path))


@cache
def faults_of_files() -> frozenset[str]:
    """Every code of a fault in a file of protocols or areas, as its finding is called."""
    counting = SOURCE / "counting"
    protocols = (counting / "values.py", counting / "actions/importing.py", *(counting / "importing").glob("*.py"))
    found = {code for path in protocols for code in _named(path, {"Fault": 2, "UnreadableError": 0})}
    areas = (SOURCE / "territory/actions.py", SOURCE / "territory/sources.py")
    codes = {code for path in areas for code in _named(path, {"Defect": 3, "defect": 1, "ValueError": 0})}
    return frozenset(found | {f"territory.{code}" for code in codes})


@cache
def options() -> frozenset[str]:
    """Every option of an open question that the sources write out; others are lists and candidates."""
    calls = (node for path in SOURCE.rglob("*.py") for node in ast.walk(_tree(path)) if isinstance(node, ast.Call))
    written = (call.args[2] for call in calls if _called(call) == "Unsettled" and len(call.args) > 2)
    elements = (element for given in written if isinstance(given, ast.Tuple) for element in given.elts)
    return frozenset(text for element in elements for text in _strings(element, None))


def _named(path: Path, at: dict[str, int]) -> Iterator[str]:
    """The codes written out in calls of certain names, each at its place among the arguments."""
    for call in (node for node in ast.walk(_tree(path)) if isinstance(node, ast.Call)):
        place = at.get(_called(call))
        if place is not None and len(call.args) > place:
            yield from (text for text in _strings(call.args[place], None) if text.isidentifier())


@cache
def recorded() -> frozenset[str]:
    """Every name of an act that some room writes into the ledger."""
    calls = (node for path in SOURCE.rglob("*.py") for node in ast.walk(_tree(path)) if isinstance(node, ast.Call))
    return frozenset(
        name
        for call in calls
        if _called(call) in ("record", "_record", "told")
        for argument in call.args[:2]
        for name in _strings(argument, None)
        if "." in name
    )


def _of(path: Path) -> Iterator[Place]:
    tree = _tree(path)
    functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or _called(node) not in (*MAKERS, "Unsettled", "_obstacle"):
            continue
        function = next((each for each in functions if each.lineno <= node.lineno <= (each.end_lineno or 0)), None)
        position = CODE_AT.get(_called(node), 1)
        if len(node.args) <= position:
            continue
        codes = tuple(dict.fromkeys(_strings(node.args[position], function)))
        catalogue = Catalogue.QUESTIONS if _called(node) == "Unsettled" else MAKERS.get(_called(node))
        where = f"{path.relative_to(SOURCE)}:{node.lineno}"
        yield Place(where, catalogue or Catalogue.FINDINGS, codes, _facts(node, function))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _strings(node: ast.expr, function: Function | None) -> Iterator[str]:
    """The texts that an expression can be, as far as its function says."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from (*_strings(body, function), *_strings(other, function))
        case ast.Dict(values=values):
            yield from (text for value in values for text in _strings(value, function))
        case ast.Subscript(value=value):
            yield from _strings(value, function)
        case ast.Name(id=name) if function is not None:
            for value in _assigned(name, function):
                yield from _strings(value, None)


def _assigned(name: str, function: Function) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, (ast.AnnAssign, ast.AugAssign)) else targets
        value = getattr(node, "value", None)
        if any(isinstance(each, ast.Name) and each.id == name for each in targets) and isinstance(value, ast.expr):
            yield value


def _facts(call: ast.Call, function: Function | None) -> frozenset[str] | None:
    """The names of the facts that are there in any case."""
    keywords = {each.arg for each in call.keywords}
    if _called(call) in ("because", "_obstacle"):
        return None if None in keywords else frozenset(name for name in keywords if name and name != "fields")
    given = next((each.value for each in call.keywords if each.arg == "facts"), None)
    at = 3 if _called(call) == "Finding" else 2
    given = call.args[at] if given is None and len(call.args) > at else given
    return frozenset() if given is None else _keys(given, function)


def _keys(node: ast.expr, function: Function | None) -> frozenset[str] | None:
    if isinstance(node, ast.Dict):
        keys = [key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
        return frozenset(keys) if len(keys) == len(node.keys) else None
    if isinstance(node, ast.BinOp):
        left, right = _keys(node.left, function), _keys(node.right, function)
        return None if left is None or right is None else left | right
    if isinstance(node, ast.Name) and function is not None:
        found = [_keys(value, None) for value in _assigned(node.id, function)]
        if len(found) == 1:
            return found[0]
    return None
