"""A country whose lists are made, counted and searchable: once a module, with a savepoint for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from shailoo.voters.enquiry.quick import HEADERS
from shailoo.voters.enquiry.views import public
from tests.voters.enquiry.scene import Counted, build_counted


@pytest.fixture(scope="module")
def country(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Counted]:
    """The country, taken back when the module is over."""
    folder = tmp_path_factory.mktemp("country")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DATA=folder):
            made = build_counted(folder)
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def counted(country: Counted, db: None) -> Counted:
    """The country as it was made; what a test does is taken back to where it began."""
    return country


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What a process keeps for some seconds is of the test before."""
    for kept in (public.OPEN, public.FRAMES, public.PLACES, HEADERS):
        kept.forget()
