"""The scene of the lists: built once for a module, and rolled back to after every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.voters.lists.scene import Country, country


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Country]:
    """The country in a transaction around all tests of the module."""
    folder = tmp_path_factory.mktemp("lists")
    with django_db_blocker.unblock(), override_settings(DATA=folder), transaction.atomic():
        yield country(folder)
        transaction.set_rollback(True)


@pytest.fixture
def land(built: Country, db: None) -> Country:
    """The country as it was built."""
    return built
