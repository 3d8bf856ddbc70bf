"""`shailoo sealed`: every personal document opens, or is named without being shown."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from shailoo import keys
from shailoo.cli import app
from shailoo.documents.sealed.actions import Content, erase, seal, seal_all

pytestmark = pytest.mark.django_db
AT = datetime(2020, 9, 1, 9, tzinfo=UTC)


def called(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        app(["sealed", *arguments])
    return int(ended.value.code or 0), capsys.readouterr().out


def test_what_opens_is_counted_and_what_does_not_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    kept, going, damaged = seal_all(
        [Content("identity", f"applicant:{n}", b"AN 1234567") for n in "123"], by=None, at=AT
    )
    erase([going], ground="R3.8.a2", by=None, at=AT)
    assert called(capsys, "check") == (0, "2 under seal, 0 of them do not open; 1 erased\n")

    number = keys.renew_sealing_key(Path(settings.DATA))
    lost = seal(Content("photo", "applicant:4", b"a face"), by=None, at=AT)
    (Path(settings.DATA) / "keys" / "sealing" / f"{number:04d}.key").unlink()
    code, said = called(capsys, "check")
    assert code == 1
    assert f"does not open: photo of applicant:4, number {lost.pk}\n" in said
    assert "3 under seal, 1 of them do not open" in said
    assert "AN 1234567" not in said
    assert {kept.key, damaged.key} == {number - 1}


def test_a_new_key_seals_from_now_on(capsys: pytest.CaptureFixture[str]) -> None:
    before = seal(Content("photo", "applicant:1", b"a face"), by=None, at=AT)
    code, said = called(capsys, "renew-key")
    after = seal(Content("photo", "applicant:1", b"a face"), by=None, at=AT)
    assert (code, f"key {after.key} " in said, after.key) == (0, True, before.key + 1)
    assert called(capsys, "check")[0] == 0
