"""Every act asks who may do it, at what instant and for which election: read from the calls in the sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import shailoo
from shailoo.accounts.roles import MAY

SOURCE = Path(shailoo.__file__).parent
OF_NO_ELECTION = ("accounts.", "ledger.", "jobs.", "documents.", "commissions.", "cooperation.")
"""The rooms whose acts may concern no election; a sitting about one asks for it all the same."""


def calls() -> Iterator[tuple[str, dict[str, ast.expr]]]:
    """Where `accounts.access.refusal` is called, and what it is given by name."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_refusal(node.func):
                given = {each.arg: each.value for each in node.keywords if each.arg is not None}
                if "may" in given:
                    yield f"{path.relative_to(SOURCE)}:{node.lineno}", given


def _is_refusal(called: ast.expr) -> bool:
    name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
    return name == "refusal"


def test_every_act_asks_at_which_instant_and_for_which_election() -> None:
    asked = list(calls())
    for where, given in asked:
        act = given["may"].value if isinstance(given["may"], ast.Constant) else ""
        assert "at" in given, where
        assert act == "" or act in MAY, (where, act)
        room = where.split("/")[0]
        if not room.startswith(tuple(each.rstrip(".") for each in OF_NO_ELECTION)):
            assert "election" in given, (where, act)
    assert len(asked) > 35
