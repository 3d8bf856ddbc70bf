"""Every act that the code records is classified: its content is public or withheld by decision, not by chance."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import shailoo
from shailoo.accounts.roles import MEMBERS
from shailoo.ledger.openness import NAMED, PUBLIC, WITHHELD, Sight, shows_content, shows_person

SOURCE = Path(shailoo.__file__).parent
Calls = list[tuple[ast.FunctionDef, ast.Call]]


@dataclass(frozen=True)
class Module:
    """A module's calls inside functions by the name that is called, and what it imports from where."""

    path: Path
    calls: dict[str, Calls]
    imports: set[tuple[str, str]]
    constants: dict[str, ast.expr]

    def sees(self, home: Path | None, function: str) -> bool:
        """Whether `function` here is the one of `home`; None stands for the ledger's own."""
        if home is None:
            return bool(self.imports & {("shailoo.ledger.actions", "record"), ("shailoo.ledger", "actions")})
        module = ".".join(("shailoo", *home.relative_to(SOURCE).with_suffix("").parts))
        return home == self.path or (module, function) in self.imports


def modules() -> Iterator[Module]:
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "record(" in text or "import told" in text or ", told" in text:
            nodes = list(ast.walk(ast.parse(text)))
            calls: dict[str, Calls] = {}
            for outer in (node for node in nodes if isinstance(node, ast.FunctionDef)):
                for call in (node for node in ast.walk(outer) if isinstance(node, ast.Call)):
                    calls.setdefault(called(call), []).append((outer, call))
            imported = (node for node in nodes if isinstance(node, ast.ImportFrom))
            names = {(str(node.module), each.name) for node in imported for each in node.names}
            constants = dict(pair for node in nodes if isinstance(node, ast.Assign) for pair in pairs(node))
            yield Module(path, calls, names, constants)


def pairs(node: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """The names in capitals that an assignment sets, each with its value; also several at once."""
    target, value = node.targets[0], node.value
    targets, values = [target], [value]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        targets, values = target.elts, value.elts
    for each, given in zip(targets, values, strict=False):
        if isinstance(each, ast.Name) and each.id.isupper():
            yield each.id, given


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def literals(given: ast.expr) -> list[str] | None:
    """The act's names that an expression can be; None where it is a variable."""
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return [given.value]
    if isinstance(given, ast.IfExp):
        return (literals(given.body) or []) + (literals(given.orelse) or [])
    return None


def assigned(function: ast.FunctionDef, name: str) -> ast.expr | None:
    """What a local variable is set to."""
    found = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
    return next((node.value for node in found if isinstance(t := node.targets[0], ast.Name) and t.id == name), None)


def given_name(call: ast.Call, at: int, keyword: str) -> ast.expr | None:
    named = [each.value for each in call.keywords if each.arg == keyword]
    return named[0] if named else (call.args[at] if len(call.args) > at else None)


def names() -> Iterator[str]:
    """Every name that reaches `record`, followed through functions that hand on a parameter of theirs."""
    known = list(modules())
    waiting: list[tuple[Path | None, str, int, str]] = [(None, "record", 0, "name")]
    for home, function, at, keyword in waiting:  # grows on the way
        for module in (each for each in known if each.sees(home, function)):
            for outer, call in module.calls.get(function, []):
                given = given_name(call, at, keyword)
                if isinstance(given, ast.Name):
                    given = assigned(outer, given.id) or module.constants.get(given.id, given)
                found = literals(given) if given is not None else []
                if found is not None:
                    yield from found
                    continue
                arguments = [each.arg for each in outer.args.args]
                assert isinstance(given, ast.Name), (module.path, call.lineno)
                assert given.id in {*arguments, *(each.arg for each in outer.args.kwonlyargs)}, (module.path, given.id)
                place = arguments.index(given.id) if given.id in arguments else len(arguments)
                step = (module.path, outer.name, place, given.id)
                if step not in waiting:
                    waiting.append(step)


def test_every_act_of_the_code_is_classified_and_nothing_else_is() -> None:
    found = set(names())
    assert found - PUBLIC - WITHHELD == set(), "withheld until they are listed in ledger/openness.py"
    assert (PUBLIC | WITHHELD) - found == set(), "no such act is recorded any more"
    assert not PUBLIC & WITHHELD
    assert {"protocol.settled", "office.given", "precinct.invalidation_lifted", "result.published"} <= found


def test_what_is_not_listed_is_withheld_and_members_alone_are_named() -> None:
    assert not shows_content("nobody.thought_of_this", Sight.PUBLIC)
    assert not shows_content("office.given", Sight.PUBLIC)
    assert shows_content("office.given", Sight.OFFICE)
    assert shows_content("result.published", Sight.PUBLIC)
    assert frozenset(MEMBERS) == NAMED
    assert not shows_person("tec_operator", Sight.PUBLIC)
    assert shows_person("tec_operator", Sight.OFFICE)
