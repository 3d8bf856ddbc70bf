"""What the tests of results share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings


@pytest.fixture(autouse=True, scope="session")
def flush_as_the_owner(flush_past_the_guards: None) -> Iterator[None]:
    """Empty the guarded tables after a transactional test also where the database's user is no superuser.

    The owner of the tables may lay their triggers aside; the application never does.
    """
    from django.db.backends.base.operations import BaseDatabaseOperations
    from django.db.backends.postgresql.operations import DatabaseOperations

    def flush(self: Any, sql_list: list[str]) -> None:
        tables = [f'"{name}"' for name in connection.introspection.django_table_names(only_existing=True)]
        off = [f"ALTER TABLE {name} DISABLE TRIGGER USER;" for name in tables]
        on = [f"ALTER TABLE {name} ENABLE TRIGGER USER;" for name in tables]
        BaseDatabaseOperations.execute_sql_flush(self, [*off, *sql_list, *on])

    patch = pytest.MonkeyPatch()
    patch.setattr(DatabaseOperations, "execute_sql_flush", flush)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def own_data_folder(settings: Settings, tmp_path: Path) -> None:
    """Files and keys of a test lie in a folder of its own, never in the installation's."""
    settings.DATA = tmp_path
