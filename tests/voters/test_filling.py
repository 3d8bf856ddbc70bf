"""The first large delivery fills an empty table and makes its keys once; the table is never without them afterwards."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from shailoo.voters import staging
from shailoo.voters.models import Entry, Filling
from tests.voters.scene import AT, Scene, accepted, delivered, package, row

KEYS = {"a_person_has_one_current_entry", "entries_of_a_precinct", "voters_entry_pkey"}
DEFINED = "SELECT string_agg(indexdef, ';' ORDER BY indexdef) FROM pg_indexes WHERE tablename = 'voters_entry'"


def keys() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'voters_entry'::regclass")
        return {name for (name,) in cursor.fetchall()}


def asked(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def test_a_table_that_was_filled_without_keys_has_the_same_keys(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    before = asked(
        "SELECT string_agg(indexdef, ';' ORDER BY indexdef) FROM pg_indexes WHERE tablename = 'voters_entry'"
    )
    monkeypatch.setattr(staging, "WORTH_NEW_KEYS", 0)
    taken = accepted(scene, package(scene, [row(), row(pin="10101199012346")]))
    assert (taken.opened, Filling.objects.count(), keys()) == (2, 1, KEYS)
    assert asked(DEFINED) == before
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="a_person_has_one_current_entry"), transaction.atomic():
        Entry.objects.create(**_again(Entry.objects.get(pin=10101199012346)))


def _again(entry: Entry) -> dict[str, object]:
    return {field.attname: getattr(entry, field.attname) for field in Entry._meta.fields if field.attname != "id"}


def test_a_small_delivery_and_a_table_with_people_keep_their_keys(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(scene, package(scene, [row()]))
    assert asked("SELECT voters_entries_without_keys()") is False
    monkeypatch.setattr(staging, "WORTH_NEW_KEYS", 0)
    delivered(scene, package(scene, [row()], number=2), at=AT.replace(day=23))
    assert (Filling.objects.count(), keys()) == (0, KEYS)


def test_no_transaction_ends_without_the_keys(scene: Scene) -> None:
    with pytest.raises(DatabaseError, match="entries have lost their keys"), transaction.atomic():
        assert_left_without_keys()
    assert keys() == KEYS


def assert_left_without_keys() -> None:
    """The keys are taken away, and the transaction comes to its end."""
    assert asked("SELECT voters_entries_without_keys()") is True
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
