"""The language of the control correlations (L35.15): small, total and safe, because a commission may write in it.

A formula is an expression over the lines of a protocol. It is parsed once, every part of it is held against a white
list, and it becomes nested Python functions; nothing of it is ever executed as code. What the white list does not name
is refused when the formula is loaded: no power, no float, no attribute of an object, no call but the few here.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from shailoo.law.editions import value_types
from shailoo.law.protocol.moments import moment

Facts: TypeAlias = dict[str, Any]  # Any: a line holds a count, a text, a time, records; the formula's use decides
Reader: TypeAlias = Callable[[Facts], Any]

# A formula is written by people and read by people; what goes beyond these bounds is a mistake or an attack.
LONGEST_TEXT = 1_000
MOST_NODES = 250
LARGEST_LITERAL = 10_000
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, OverflowError)
"""What evaluating a formula on odd figures may raise; the check then calls its correlation "not made"."""
FUNCTIONS = frozenset({"all", "ballot_limit", "isinstance", "len", "max", "moment", "range", "set", "sum"})


class FormulaError(ValueError):
    """A formula says something that the language does not know."""


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """A formula ready to be evaluated on facts as often as needed."""

    text: str
    tree: ast.expr
    names: tuple[str, ...]  # the lines it reads, in the order of its text
    required: frozenset[str]  # the lines without which it cannot be evaluated at all
    read: Reader

    @classmethod
    def parse(cls, text: str, known: Collection[str]) -> Formula:
        """The formula of `text` over the names `known`. Raises FormulaError naming what is not allowed."""
        if len(text) > LONGEST_TEXT:
            raise FormulaError(f"longer than {LONGEST_TEXT} characters")
        line = " ".join(text.split())
        try:
            tree = ast.parse(line, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise FormulaError(f"not an expression: {error}") from error
        if sum(1 for _ in ast.walk(tree)) > MOST_NODES:
            raise FormulaError(f"more than {MOST_NODES} parts")
        scope = Scope(frozenset(known))
        read = reader(tree, scope)
        return cls(line, tree, tuple(_names(tree, scope.known)), _required(tree, scope.known), read)


@dataclass(frozen=True, slots=True)
class Scope:
    """The names a part of a formula may read: the lines, and the variables of the comprehensions around it."""

    known: frozenset[str]
    variables: Mapping[str, str] = field(default_factory=dict)  # variable -> where its items come from

    def with_variable(self, name: str, source: str) -> Scope:
        if name in self.known or name in self.variables or name in FUNCTIONS or name == "edition":
            raise FormulaError(f"{name!r} already means something else")
        return Scope(self.known, {**self.variables, name: source})


def reader(node: ast.expr, scope: Scope) -> Reader:
    """The function that evaluates `node` on facts. Raises FormulaError where `node` is not in the language."""
    make = _READERS.get(type(node))
    if make is None:
        raise FormulaError(f"{type(node).__name__} is not allowed: {ast.unparse(node)}")
    return make(node, scope)


def items(node: ast.GeneratorExp, scope: Scope) -> tuple[str, Reader, Reader | None, Scope]:
    """A comprehension's variable, where its items come from, its condition, and the scope of its element."""
    if len(node.generators) != 1 or node.generators[0].is_async:
        raise FormulaError(f"more than one loop is not allowed: {ast.unparse(node)}")
    loop = node.generators[0]
    if not isinstance(loop.target, ast.Name) or len(loop.ifs) > 1:
        raise FormulaError(f"a loop has one variable and at most one condition: {ast.unparse(node)}")
    inner = scope.with_variable(loop.target.id, ast.unparse(loop.iter).removesuffix(".values()"))
    condition = reader(loop.ifs[0], inner) if loop.ifs else None
    return loop.target.id, reader(loop.iter, scope), condition, inner


def _constant(node: ast.Constant, _: Scope) -> Reader:
    value = node.value
    whole = isinstance(value, int) and abs(value) <= LARGEST_LITERAL
    key = isinstance(value, str) and value.isidentifier() and not value.startswith("_")
    if not (value is None or whole or key):
        raise FormulaError(f"the literal {value!r} is not allowed")
    return lambda _facts: value


def _name(node: ast.Name, scope: Scope) -> Reader:
    if node.id not in scope.known and node.id not in scope.variables:
        raise FormulaError(f"{node.id!r} is no line, no fact and no variable")
    return operator.itemgetter(node.id)


def _attribute(node: ast.Attribute, scope: Scope) -> Reader:
    """`edition.cap` reads a value of the law; `box.found` reads the key of a record, never an object's attribute."""
    name = node.attr
    if name.startswith("_"):
        raise FormulaError(f"the name {name!r} is not allowed")
    if isinstance(node.value, ast.Name) and node.value.id == "edition":
        if name not in value_types():
            raise FormulaError(f"an edition has no value {name!r}")
        return lambda facts: getattr(facts["edition"], name)
    record, label = reader(node.value, scope), f"{_label(node.value, scope)}.{name}"

    def read(facts: Facts) -> Any:  # see Facts
        try:
            return record(facts)[name]
        except LookupError as error:
            raise KeyError(label) from error

    return read


def _subscript(node: ast.Subscript, scope: Scope) -> Reader:
    if isinstance(node.slice, ast.Slice):
        raise FormulaError(f"a slice is not allowed: {ast.unparse(node)}")
    container, key, label = reader(node.value, scope), reader(node.slice, scope), _label(node.value, scope)

    def read(facts: Facts) -> Any:  # see Facts
        wanted = key(facts)
        try:
            return container(facts)[wanted]
        except LookupError as error:
            raise KeyError(f"{label}.{wanted}") from error

    return read


def _label(node: ast.expr, scope: Scope) -> str:
    text = ast.unparse(node)
    return scope.variables.get(text, text)


def _comparison(node: ast.Compare, scope: Scope) -> Reader:
    values = [reader(each, scope) for each in (node.left, *node.comparators)]
    if isinstance(right := node.comparators[0], ast.Constant) and len(values) == 2:
        compare = _COMPARISONS_WITH_LITERAL.get(type(node.ops[0]))
        if compare is not None:
            return compare(values[0], right.value)
    operators = [_COMPARISONS.get(type(each)) for each in node.ops]
    if None in operators:
        raise FormulaError(f"this comparison is not allowed: {ast.unparse(node)}")
    made = [make(left, right) for make, left, right in zip(operators, values, values[1:], strict=False) if make]
    return made[0] if len(made) == 1 else _every(made)


def _boolean(node: ast.BoolOp, scope: Scope) -> Reader:
    parts = [reader(each, scope) for each in node.values]
    return _every(parts) if isinstance(node.op, ast.And) else _some(parts)


def _every(parts: list[Reader]) -> Reader:
    if len(parts) == 2:
        first, second = parts
        return lambda facts: first(facts) and second(facts)

    def read(facts: Facts) -> bool:
        for part in parts:  # noqa: SIM110  # a loop is twice as quick here as `all`
            if not part(facts):
                return False
        return True

    return read


def _some(parts: list[Reader]) -> Reader:
    return lambda facts: any(part(facts) for part in parts)


def _arithmetic(node: ast.BinOp, scope: Scope) -> Reader:
    make = _ARITHMETIC.get(type(node.op))
    if make is None:
        raise FormulaError(f"this operation is not allowed: {ast.unparse(node)}")
    return make(reader(node.left, scope), reader(node.right, scope))


def _unary(node: ast.UnaryOp, scope: Scope) -> Reader:
    value = reader(node.operand, scope)
    if isinstance(node.op, ast.Not):
        return lambda facts: not value(facts)
    if isinstance(node.op, ast.USub):
        return lambda facts: -value(facts)
    raise FormulaError(f"this operation is not allowed: {ast.unparse(node)}")


def _choice(node: ast.IfExp, scope: Scope) -> Reader:
    test, one, other = (reader(each, scope) for each in (node.test, node.body, node.orelse))
    return lambda facts: one(facts) if test(facts) else other(facts)


def _tuple(node: ast.Tuple, scope: Scope) -> Reader:
    if not node.elts:
        raise FormulaError("an empty tuple is not allowed")
    parts = [reader(each, scope) for each in node.elts]
    return lambda facts: tuple(part(facts) for part in parts)


def _dictionary(node: ast.Dict, scope: Scope) -> Reader:
    """`{**votes, 'against_all': against_all}`: maps merged from left to right."""
    keys = [None if key is None else reader(key, scope) for key in node.keys]
    values = [reader(value, scope) for value in node.values]

    def read(facts: Facts) -> dict[Any, Any]:
        merged: dict[Any, Any] = {}
        for key, value in zip(keys, values, strict=True):
            merged.update(value(facts) if key is None else {key(facts): value(facts)})
        return merged

    return read


def _call(node: ast.Call, scope: Scope) -> Reader:
    if node.keywords or any(isinstance(each, ast.Starred) for each in node.args):
        raise FormulaError(f"only plain arguments are allowed: {ast.unparse(node)}")
    if isinstance(node.func, ast.Attribute):
        return _method(node, node.func, scope)
    if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS:
        raise FormulaError(f"this call is not allowed: {ast.unparse(node)}")
    if node.func.id == "isinstance":
        return _whole_number(node, scope)
    if len(node.args) != 1:
        raise FormulaError(f"one argument is needed: {ast.unparse(node)}")
    argument = node.args[0]
    if isinstance(argument, ast.GeneratorExp):
        return _over_items(node.func.id, argument, scope)
    if node.func.id == "range" and ast.unparse(argument)[:4] != "len(":
        raise FormulaError(f"a range is only allowed over the length of a list: {ast.unparse(node)}")
    return _function(node.func.id, reader(argument, scope))


def _function(name: str, argument: Reader) -> Reader:
    if name == "moment":
        return lambda facts: moment(argument(facts), facts.get("election_day"))
    if name == "ballot_limit":
        return lambda facts: facts["edition"].ballot_limit(argument(facts))
    function = _FUNCTIONS.get(name)
    if function is None:
        raise FormulaError(f"{name} is only allowed over a comprehension")
    return lambda facts: function(argument(facts))


def _method(node: ast.Call, method: ast.Attribute, scope: Scope) -> Reader:
    """The two ways to read a map of votes: `votes.values()` and `votes.get(option, 0)`."""
    container = reader(method.value, scope)
    arguments = [reader(each, scope) for each in node.args]
    if method.attr == "values" and not arguments:
        return lambda facts: container(facts).values()
    if method.attr == "get" and len(arguments) == 2 and isinstance(default := node.args[1], ast.Constant):
        key, otherwise = arguments[0], default.value
        return lambda facts: container(facts).get(key(facts), otherwise)
    raise FormulaError(f"this call is not allowed: {ast.unparse(node)}")


def _whole_number(node: ast.Call, scope: Scope) -> Reader:
    """`isinstance(x, int)`: a whole number; true and false are none."""
    if len(node.args) != 2 or not isinstance(node.args[1], ast.Name) or node.args[1].id != "int":
        raise FormulaError(f"isinstance is only allowed with int: {ast.unparse(node)}")
    value = reader(node.args[0], scope)
    return lambda facts: type(value(facts)) is int


def _over_items(function: str, node: ast.GeneratorExp, scope: Scope) -> Reader:
    if function not in ("all", "sum"):
        raise FormulaError(f"{function} over a comprehension is not allowed: {ast.unparse(node)}")
    variable, source, condition, inner = items(node, scope)
    element = reader(node.elt, inner)

    def total(facts: Facts) -> Any:  # see Facts
        result = 0
        for item in source(facts):
            facts[variable] = item
            if condition is None or condition(facts):
                result += element(facts)
        return result

    def every(facts: Facts) -> bool:
        for item in source(facts):
            facts[variable] = item
            if (condition is None or condition(facts)) and not element(facts):
                return False
        return True

    return every if function == "all" else total


def _names(tree: ast.expr, known: frozenset[str]) -> Iterator[str]:
    found = sorted(
        (node.lineno, node.col_offset, node.id)
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id in known
    )
    yield from dict.fromkeys(name for _, _, name in found)


def _required(tree: ast.AST, known: frozenset[str]) -> frozenset[str]:
    """Every line read outside the two branches of a choice; of those only one is read."""
    if isinstance(tree, ast.Name):
        return frozenset({tree.id} & known)
    parts: list[ast.AST] = [tree.test] if isinstance(tree, ast.IfExp) else list(ast.iter_child_nodes(tree))
    return frozenset().union(*(_required(part, known) for part in parts))


_FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {"len": len, "max": max, "range": range, "set": set, "sum": sum}

_COMPARISONS: Mapping[type[ast.cmpop], Callable[[Reader, Reader], Reader]] = {
    ast.Eq: lambda left, right: lambda facts: left(facts) == right(facts),
    ast.NotEq: lambda left, right: lambda facts: left(facts) != right(facts),
    ast.Lt: lambda left, right: lambda facts: left(facts) < right(facts),
    ast.LtE: lambda left, right: lambda facts: left(facts) <= right(facts),
    ast.Gt: lambda left, right: lambda facts: left(facts) > right(facts),
    ast.GtE: lambda left, right: lambda facts: left(facts) >= right(facts),
    ast.Is: lambda left, right: lambda facts: left(facts) is right(facts),
    ast.IsNot: lambda left, right: lambda facts: left(facts) is not right(facts),
    ast.In: lambda left, right: lambda facts: left(facts) in right(facts),
}

_COMPARISONS_WITH_LITERAL: Mapping[type[ast.cmpop], Callable[[Reader, Any], Reader]] = {  # the most frequent, quicker
    ast.Eq: lambda left, right: lambda facts: left(facts) == right,
    ast.GtE: lambda left, right: lambda facts: left(facts) >= right,
    ast.IsNot: lambda left, right: lambda facts: left(facts) is not right,
}

_ARITHMETIC: Mapping[type[ast.operator], Callable[[Reader, Reader], Reader]] = {
    ast.Add: lambda left, right: lambda facts: left(facts) + right(facts),
    ast.Sub: lambda left, right: lambda facts: left(facts) - right(facts),
    ast.Mult: lambda left, right: lambda facts: left(facts) * right(facts),
    ast.FloorDiv: lambda left, right: lambda facts: left(facts) // right(facts),
    ast.BitOr: lambda left, right: lambda facts: left(facts) | right(facts),
}

_READERS: Mapping[type[ast.expr], Callable[[Any, Scope], Reader]] = {  # Any: each takes the node type of its key
    ast.Attribute: _attribute,
    ast.BinOp: _arithmetic,
    ast.BoolOp: _boolean,
    ast.Call: _call,
    ast.Compare: _comparison,
    ast.Constant: _constant,
    ast.Dict: _dictionary,
    ast.IfExp: _choice,
    ast.Name: _name,
    ast.Subscript: _subscript,
    ast.Tuple: _tuple,
    ast.UnaryOp: _unary,
}
