"""The printed lists: made once for a module, and rolled back to after every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from tests.voters.printing.scene import Press, press


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Press]:
    """The printed lists in a transaction around all tests of the module."""
    folder = tmp_path_factory.mktemp("printing")
    with django_db_blocker.unblock(), override_settings(DATA=folder), transaction.atomic():
        yield press(folder)
        transaction.set_rollback(True)


@pytest.fixture
def paper(made: Press, db: None, settings: Settings) -> Press:
    """The printed lists as they were made, with the folder where their files lie."""
    settings.DATA = made.folder
    return made
