"""A formula with the numbers put in, as the "why?" page and the act print it. Only computed when somebody looks."""

from __future__ import annotations

import ast
from collections.abc import Mapping
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
    variable, source, _, inner = items(loop, scope)
    test = reader(loop.elt, inner)
    keyed = _keyed(loop.generators[0].iter, own, scope)
    found = [(key, keyed[key]) for key in keyed] if keyed is not None else ((item, item) for item in source(own))
    failed = []
    for key, item in found:
        own[variable] = item
        if not test(own):
            failed.append(str(key))
    return tuple(failed)


def _keyed(source: ast.expr, facts: Facts, scope: Scope) -> Mapping[str, object] | None:
    """The map behind `lines.values()`, so that a failing value can be named by its key."""
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
    """A loop written out: the sum's terms, or the items that fail, else the first of those that hold."""
    variable, source, condition, inner = items(loop, scope)
    test = reader(loop.elt, inner)
    shown: list[tuple[bool, str]] = []
    try:
        for item in source(facts):
            facts[variable] = item
            if condition is None or condition(facts):
                shown.append((bool(test(facts)), _show(loop.elt, facts, inner)))
    except UNREADABLE:
        return ast.unparse(call)
    if ast.unparse(call.func) == "sum":
        if len(shown) > _MOST_SHOWN:
            return str(_value(call, facts, scope))
        return f"({' + '.join(text for _, text in shown)})" if len(shown) > 1 else "".join(t for _, t in shown) or "0"
    first = [text for held, text in sorted(shown, key=lambda each: each[0])][:_MOST_SHOWN]
    more = [f"{len(shown) - len(first)} more"] if len(shown) > len(first) else []
    return " and ".join([*first, *more]) or "nothing to compare"


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
