"""A formula with the numbers put in, as the "why?" page and the act print it. Only computed when somebody looks."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from fractions import Fraction

from shailoo.law.protocol.formula import UNREADABLE, Facts, Formula, Scope, items, reader

_MOST_SHOWN = 4
_SIGNS: Mapping[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.FloorDiv: "//",
    ast.BitOr: "|",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
}


def with_numbers(formula: Formula, facts: Facts, known: frozenset[str]) -> str:
    """`formula` with every figure in the place of its name; parts that cannot be computed keep their words."""
    return _show(formula.tree, dict(facts), Scope(known))


def failing_items(formula: Formula, facts: Facts, known: frozenset[str]) -> tuple[str, ...]:
    """The keys of the items on which a formula of the form `all(… for … in …)` is false; empty for other formulas."""
    call = formula.tree
    if not (isinstance(call, ast.Call) and isinstance(call.args[0], ast.GeneratorExp)):
        return ()
    loop, scope, own = call.args[0], Scope(known), dict(facts)
    test = reader(loop.elt, items(loop, scope)[3])
    return tuple(key for key in _each(loop, own, scope) if not test(own))


def _each(loop: ast.GeneratorExp, facts: Facts, scope: Scope) -> Iterator[str]:
    """Bind the loop's variable to each of its items in turn; yields the item's key, which is itself outside a map."""
    variable, source, condition, _ = items(loop, scope)
    keyed = _map_behind(loop, facts, scope)
    found = ((key, keyed[key]) for key in keyed) if keyed is not None else ((item, item) for item in source(facts))
    for key, item in found:
        facts[variable] = item
        if condition is None or condition(facts):
            yield str(key)


def _map_behind(loop: ast.GeneratorExp, facts: Facts, scope: Scope) -> Mapping[str, object] | None:
    """The map of a loop over `lines.values()`, so that a value can be named by its key."""
    source = loop.generators[0].iter
    if isinstance(source, ast.Call) and isinstance(source.func, ast.Attribute) and source.func.attr == "values":
        found: Mapping[str, object] = reader(source.func.value, scope)(facts)
        return found
    return None


def _show(node: ast.expr, facts: Facts, scope: Scope) -> str:
    match node:
        case ast.Compare():
            parts = [_inside(node.left, facts, scope)]
            for sign, value in zip(node.ops, node.comparators, strict=True):
                parts += [_SIGNS[type(sign)], _inside(value, facts, scope)]
            return " ".join(parts)
        case ast.BoolOp():
            word = " and " if isinstance(node.op, ast.And) else " or "
            return word.join(_inside(part, facts, scope) for part in node.values)
        case ast.BinOp():
            left, right = _inside(node.left, facts, scope), _operand(node.right, facts, scope)
            return f"{left} {_SIGNS[type(node.op)]} {right}"
        case ast.UnaryOp(op=ast.Not()):
            return f"not {_inside(node.operand, facts, scope)}"
        case ast.IfExp():
            chosen = node.body if _value(node.test, facts, scope) else node.orelse
            return _show(chosen, facts, scope)
        case ast.Call(func=ast.Name(id="moment")):
            return _show(node.args[0], facts, scope)
        case ast.Call(func=ast.Name(id="isinstance")):
            return f"isinstance({_value(node.args[0], facts, scope)!r}, int)"
        case ast.Call(args=[ast.GeneratorExp() as loop]):
            return _show_items(node, loop, facts, scope)
    return _written(_value(node, facts, scope), node)


def _inside(node: ast.expr, facts: Facts, scope: Scope) -> str:
    """A part of a larger expression: in brackets where it would otherwise be misread."""
    shown = _show(node, facts, scope)
    return f"({shown})" if isinstance(node, ast.BoolOp) else shown


def _operand(node: ast.expr, facts: Facts, scope: Scope) -> str:
    shown = _show(node, facts, scope)
    return f"({shown})" if isinstance(node, ast.BinOp) else shown


def _show_items(call: ast.Call, loop: ast.GeneratorExp, facts: Facts, scope: Scope) -> str:
    """A loop written out: the terms of a sum, the items that fail, or the first of those that hold."""
    variable, _, _, inner = items(loop, scope)
    test = reader(loop.elt, inner)
    held: list[str] = []
    failed: list[str] = []
    try:
        named = _map_behind(loop, facts, scope) is not None
        for key in _each(loop, facts, scope):
            shown = _show(loop.elt, facts, inner)
            named = named or isinstance(facts[variable], str)
            (held if test(facts) else failed).append(f"{key}: {shown}" if named else shown)
    except UNREADABLE:
        return ast.unparse(call)
    if ast.unparse(call.func) == "sum":
        return _written_sum(call, [_show(loop.elt, facts, inner) for _ in _each(loop, facts, scope)], facts, scope)
    chosen = failed or held
    more = [f"{len(chosen) - _MOST_SHOWN} more"] if len(chosen) > _MOST_SHOWN else []
    return " and ".join([*chosen[:_MOST_SHOWN], *more]) or "nothing to compare"


def _written_sum(call: ast.Call, terms: list[str], facts: Facts, scope: Scope) -> str:
    if len(terms) > _MOST_SHOWN:
        return str(_value(call, facts, scope))
    return f"({' + '.join(terms)})" if len(terms) > 1 else "".join(terms) or "0"


def _value(node: ast.expr, facts: Facts, scope: Scope) -> object:
    try:
        return reader(node, scope)(facts)
    except UNREADABLE:
        return ast.unparse(node)


def _written(value: object, node: ast.expr) -> str:
    match value:
        case bool() | int() | str() | None:
            return str(value)
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case set() | frozenset():
            return "{" + ", ".join(sorted(map(str, value))) + "}"
        case Mapping():
            return "{" + ", ".join(f"{key}: {each}" for key, each in value.items()) + "}"
        case tuple() | list():
            return "(" + ", ".join(map(str, value)) + ")"
        case datetime():
            return value.isoformat(" ", "minutes")
        case time():
            return value.isoformat("minutes")
        case date():
            return value.isoformat()
    return ast.unparse(node)
