"""`migrate` builds fewer classes than Django's own, and they are the same."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.apps.registry import Apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from shailoo.ledger.management.commands.migrate import BESIDE_THE_COLUMNS, classes_that_stand

Made = tuple[list[tuple[str, object]], list[str], list[list[str]]]


def classes() -> Mapping[str, Made]:
    """What the classes are made of after the migrations of documents, each carried out on classes that are built."""
    loader = MigrationLoader(None)
    (last,) = loader.graph.leaf_nodes("documents")
    state = ProjectState(real_apps=loader.unmigrated_apps)
    for place in loader.graph.forwards_plan(last):
        for operation in loader.get_migration(*place).operations:
            assert state.apps is not None
            operation.state_forwards(place[0], state)
    return {
        model._meta.label: (
            [(field.name, field.deconstruct()[1:]) for field in model._meta.local_fields],
            sorted(relation.name for relation in model._meta.related_objects),
            [sorted(each.name for each in getattr(model._meta, option, ())) for option in BESIDE_THE_COLUMNS],
        )
        for model in state.apps.get_models()
    }


def test_the_classes_are_those_that_django_builds_and_fewer_are_built_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[str] = []
    plain = ModelState.render

    def counted(state: ModelState, apps: Apps) -> object:
        built.append(state.name)
        return plain(state, apps)

    monkeypatch.setattr(ModelState, "render", counted)
    expected, before = classes(), len(built)
    with classes_that_stand():
        assert classes() == expected
    assert any(any(beside) for _fields, _relations, beside in expected.values())
    assert len(built) - before < before * 2 / 3
    assert ModelState.render is counted
