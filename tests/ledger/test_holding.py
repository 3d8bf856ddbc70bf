"""Acts on one record come one after the other, and no act locks a row that the application has no right to change."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.transaction import TransactionManagementError
from pgtrigger import Protect

import shailoo
from shailoo.cooperation.sorts import ALL
from shailoo.ledger.holding import hold

SOURCE = Path(shailoo.__file__).parent


def locking() -> Iterator[tuple[str, str]]:
    """Where rows are locked, and the name whose manager is asked."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "select_for_update":
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", _asked(node.value)


def _asked(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    assert isinstance(node, ast.Name), ast.dump(node)
    return node.id


def meant(where: str, name: str) -> list[type[models.Model]]:
    """The models of that name; of several rooms' the one of the file's own room."""
    named = [model for model in apps.get_models() if model.__name__ == name]
    own = [
        model
        for model in named
        if f"{SOURCE / where}".startswith(f"{apps.get_app_config(model._meta.app_label).path}/")
    ]
    return own or named


def never_changes(model: type[models.Model]) -> bool:
    """Whether a trigger refuses every change of a row, so that the application has no right to change any."""
    found = getattr(model._meta, "triggers", [])
    return any(isinstance(each, Protect) and not each.condition and "UPDATE" in str(each.operation) for each in found)


def test_no_act_locks_a_row_that_never_changes() -> None:
    fixed = {model.__name__ for model in apps.get_models() if never_changes(model)}
    assert {"Motion", "Certificate", "Accreditation", "Letter"} <= fixed
    found = list(locking())
    assert [(where, name) for where, name in found if any(map(never_changes, meant(where, name)))] == []
    assert len(found) > 40
    by_table = {name for where, name in found if name == "kind"}  # `cooperation`: whatever stands in its table of sorts
    assert by_table == {"kind"}
    assert [sort.model.__name__ for sort in ALL if never_changes(sort.model)] == []


def test_nothing_is_held_outside_of_a_transaction(db: None) -> None:
    connection.in_atomic_block, inside = False, connection.in_atomic_block
    try:
        with pytest.raises(TransactionManagementError, match="x:1"):
            hold("x:1")
    finally:
        connection.in_atomic_block = inside


@pytest.mark.django_db(transaction=True)
def test_the_second_waits_for_the_first_and_others_do_not() -> None:
    order: list[str] = []
    held, begun = Event(), Event()

    def second() -> None:
        assert held.wait(30)
        begun.set()
        with transaction.atomic():
            hold("x:1")
            order.append("second")
        connection.close()

    def other() -> None:
        assert begun.wait(30)
        with transaction.atomic():
            hold("x:2")
            order.append("other")
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        waiting, passing = pool.submit(second), pool.submit(other)
        with transaction.atomic():
            hold("x:1")
            held.set()
            passing.result(30)
            order.append("first")
        waiting.result(30)
    assert order == ["other", "first", "second"]


def test_no_trigger_locks_rows() -> None:
    """A trigger runs with the rights of whoever writes: it waits for an advisory lock, never for a row of a table."""
    bodies = {
        (model.__name__, each.name): str(each.func)
        for model in apps.get_models()
        for each in getattr(model._meta, "triggers", [])
        if each.func is not None
    }
    assert len(bodies) > 100
    locks = re.compile(r"\bFOR\s+(NO\s+KEY\s+|KEY\s+)?(UPDATE|SHARE)\b", re.IGNORECASE)
    assert [name for name, body in bodies.items() if locks.search(body)] == []
