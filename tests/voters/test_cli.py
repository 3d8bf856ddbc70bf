"""`shailoo voters`: from a generated delivery to the changed lists, without a page."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from shailoo.accounts.models import PersonalReading
from shailoo.cli import app, voters
from shailoo.voters.models import Delivery, Entry
from shailoo.voters.states import State
from tests.voters.scene import Scene


@pytest.fixture(autouse=True)
def on_the_tests_database(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("start_django", "require_tables"):
        monkeypatch.setattr(voters, name, lambda: None)


@pytest.fixture
def called(capsys: pytest.CaptureFixture[str]) -> object:
    def call(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            app(["voters", *map(str, arguments)])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call


def test_a_country_is_generated_delivered_and_listed(
    scene: Scene, tmp_path: Path, called: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(called)
    key = tmp_path / "service.ed25519"
    code, said, _err = called("generate", tmp_path, "--rows", 400, "--faults", 1, "--key", key)
    assert (code, "faults planted" in said) == (0, True)
    manifest = next(tmp_path.glob("*-full.json"))
    code, said, _err = called("receive", manifest, "--by", "hasan")
    delivery = Delivery.objects.get()
    assert (code, f"rows: {delivery.rows}" in said, delivery.faulty > 20) == (0, True, True)
    assert "too_young" in called("faults", delivery.pk, "--by", "saltanat")[1]
    assert called("faults", delivery.pk, "--by", "saltanat", "--file", tmp_path / "f.csv")[0] == 2
    assert called("faults", delivery.pk, "--by", "hasan", "--file", tmp_path / "f.csv")[0] == 0
    assert (tmp_path / "f.csv").stat().st_mode & 0o077 == 0
    assert PersonalReading.objects.count() == 1
    assert "KG02" in called("difference", delivery.pk, "--by", "saltanat")[1]
    assert "1001" in called("difference", delivery.pk, "--by", "saltanat", "--precincts")[1]
    assert called("accept", delivery.pk, "--by", "hasan")[0] == 2
    assert called("accept", delivery.pk, "--by", "saltanat")[0] == 0
    assert Delivery.objects.get().state == State.ACCEPTED
    listed = Entry.objects.filter(precinct__number="1001").count()
    assert f"1001: {listed} listed" in called("history", "--precinct", "1001", "--by", "hasan", "--on", "2099-01-01")[1]
    pin = Entry.objects.filter(precinct__number="1001").values_list("pin", flat=True)[0]
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{pin}\n"))
    assert called("history", "--by", "hasan")[0] == 2  # an operator reads no single voter's history
    code, said, _err = called("history", "--by", "saltanat")
    assert (code, "to now: precinct 1001" in said, str(pin) in said) == (0, True, False)


def test_what_is_refused_is_told_with_its_code(scene: Scene, tmp_path: Path, called: object) -> None:
    assert callable(called)
    called("generate", tmp_path, "--rows", 50, "--number", 2, "--key", tmp_path / "service.ed25519")
    manifest = next(tmp_path.glob("*-full.json"))
    code, _said, err = called("receive", manifest, "--by", "hasan")
    assert (code, "voters_delivery_gap number=2 last=0 (L14.3.b)" in err) == (2, True)
    assert called("receive", manifest, "--by", "aizada")[0] == 2
    called("generate", tmp_path, "--rows", 50, "--key", tmp_path / "service.ed25519")
    called("receive", next(tmp_path.glob("*-0001-full.json")), "--by", "hasan")
    waiting = Delivery.objects.get()
    assert called("refuse", waiting.pk, "wrong month", "--by", "saltanat")[0] == 0
    assert Delivery.objects.get().reason == "wrong month"
