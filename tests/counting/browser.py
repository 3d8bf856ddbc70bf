"""A signed-in browser, and everything that a request could have changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from django.db import connection
from django.test import Client

from shailoo.accounts.models import Office
from tests.signing_in import sign_in

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Answer: TypeAlias = _MonkeyPatchedWSGIResponse
else:
    Answer: TypeAlias = object


def signed_in(office: Office) -> Client:
    """A browser of this person."""
    client = Client()
    sign_in(client, office.person)
    return client


def snapshot() -> dict[str, str]:
    """A hash of the content of every table but the sessions and the counts of tries."""
    tables = [
        name for name in connection.introspection.table_names() if name not in ("django_session", "accounts_tally")
    ]
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM \"{table}\" t"  # noqa: S608  (from the catalogue)
            )
            found[table] = cursor.fetchone()[0]
    return found


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """The tables that are not what they were."""
    return {table for table in after if before.get(table) != after[table]}
