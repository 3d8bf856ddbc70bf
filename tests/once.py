"""A scene that is built once for a module's tests: each sees it as it was built, and nothing of what another did."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

Built = TypeVar("Built")


@dataclass(frozen=True)
class Once(Generic[Built]):
    """What was built, and the folder of its files."""

    built: Built
    folder: Path

    def here(self, settings: Settings) -> Built:
        """For one test: a copy of its own, since a test changes the records that it holds."""
        settings.DATA = self.folder
        return copy.deepcopy(self.built)


def once(build: Callable[[], Built]) -> Callable[..., Iterator[Once[Built]]]:
    """A fixture that builds within a transaction which ends with the module; tests run inside it, each rolled back."""

    @pytest.fixture(scope="module")
    def kept(
        django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[Once[Built]]:
        folder = tmp_path_factory.mktemp("scene")
        with django_db_blocker.unblock(), transaction.atomic():
            with override_settings(DATA=folder):
                found = Once(build(), folder)
            with django_db_blocker.block():
                yield found
            transaction.set_rollback(True)

    return kept
