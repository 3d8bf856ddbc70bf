"""The scene is built once for a module; what a test does to it is undone behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.voters.applications.scene import Scene, make


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """The scene in a transaction of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make(tmp_path_factory.mktemp("service"))
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


@pytest.fixture
def scene(built: Scene, db: None) -> Scene:
    """The scene as it was built."""
    return built
