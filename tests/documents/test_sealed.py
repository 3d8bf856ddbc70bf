"""Sealed files: nobody reads them in the database, nothing of them moves, and their content goes for good in time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction

from shailoo import keys
from shailoo.documents.sealed.actions import Content, DamagedError, ErasedError, erase, mark_of, opened, seal, seal_all
from shailoo.documents.sealed.models import Erasure, SealedFile
from shailoo.ledger.models import Act

pytestmark = pytest.mark.django_db
AT = datetime(2020, 9, 1, 9, tzinfo=UTC)
PASSPORT = Content("identity", "applicant:1", b"AN 1234567, Asanova Aizada, 1981-02-03", "text/plain")


def test_what_is_sealed_is_read_back_and_by_nobody_without_the_key() -> None:
    file = seal(PASSPORT, by=None, at=AT)
    again = SealedFile.objects.get(pk=file.pk)
    assert opened(again) == PASSPORT.content
    assert again.size == len(PASSPORT.content)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text, ciphertext FROM sealed_sealedfile t")
        (row, ciphertext) = cursor.fetchone()
    for word in (b"1234567", b"Asanova", b"1981"):
        assert word not in bytes(ciphertext)
        assert word.decode() not in row
        assert word.hex() not in row


def test_two_seals_of_one_content_differ_and_bear_the_same_mark() -> None:
    one, two = seal_all([PASSPORT, PASSPORT], by=None, at=AT)
    assert bytes(one.ciphertext or b"") != bytes(two.ciphertext or b"")
    assert one.mark == two.mark
    assert one.mark != seal(Content("photo", "applicant:1", PASSPORT.content), by=None, at=AT).mark
    assert mark_of(b"x", "passport") != mark_of(b"x", "person")


@pytest.mark.parametrize(
    ("kind", "subject", "flipped"),
    [("identity", "applicant:2", None), ("photo", "applicant:1", None), ("identity", "applicant:1", 0),
     ("identity", "applicant:1", 20), ("identity", "applicant:1", -1)],
)  # fmt: skip
def test_what_was_moved_or_changed_does_not_open(kind: str, subject: str, flipped: int | None) -> None:
    file = seal(PASSPORT, by=None, at=AT)
    forged = bytearray(file.ciphertext or b"")
    if flipped is not None:
        forged[flipped] ^= 1
    moved = SealedFile(kind=kind, subject=subject, key=file.key, ciphertext=bytes(forged))
    with pytest.raises(DamagedError):
        opened(moved)


def test_a_file_is_opened_by_the_key_that_sealed_it_and_by_no_other() -> None:
    old = seal(PASSPORT, by=None, at=AT)
    number = keys.renew_sealing_key(Path(settings.DATA))
    new = seal(PASSPORT, by=None, at=AT)
    assert (old.key, new.key) == (number - 1, number)
    assert opened(old) == opened(new) == PASSPORT.content
    new.key = number - 1
    with pytest.raises(DamagedError):
        opened(new)
    new.key = number + 1
    with pytest.raises(DamagedError):
        opened(new)


def test_an_erased_file_is_gone_and_that_it_went_is_on_record() -> None:
    kept, going = seal_all([PASSPORT, PASSPORT], by=None, at=AT)
    assert erase([going], ground="R3.8.a2", by=None, at=AT) == 1
    going.refresh_from_db()
    assert going.is_erased
    assert going.mark == ""
    with pytest.raises(ErasedError):
        opened(going)
    assert opened(SealedFile.objects.get(pk=kept.pk)) == PASSPORT.content
    act = Act.objects.get(name="sealed.erased")
    assert (act.subject, '"ground":"R3.8.a2"' in act.payload) == ("applicant:1", True)
    assert Erasure.objects.get().file == going
    assert erase([going], ground="again", by=None, at=AT) == 0


def test_the_database_refuses_every_other_change() -> None:
    file = seal(PASSPORT, by=None, at=AT)
    other = seal(PASSPORT, by=None, at=AT)
    row = SealedFile.objects.filter(pk=file.pk)
    for change in (
        {"ciphertext": None, "mark": ""},  # without its ground
        {"ciphertext": other.ciphertext},
        {"subject": "applicant:2"},
        {"kind": "photo"},
        {"mark": "0" * 64},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        erase([file], ground="", by=None, at=AT)
    erase([file], ground="R3.8.a2", by=None, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.update(ciphertext=other.ciphertext, mark=other.mark)
    assert opened(SealedFile.objects.get(pk=other.pk)) == PASSPORT.content
