"""The command line of results: what it prints, and its exit codes."""

from __future__ import annotations

import json

import pytest

from shailoo.cli import results as command
from shailoo.results import matters
from shailoo.results.models import Determination, Publication
from tests.results import scene as scenes
from tests.results.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A voting in the tests' own database, where the command finds Django set up already."""
    monkeypatch.setattr(command, "start_django", lambda: None)
    monkeypatch.setattr(command, "require_tables", lambda: None)
    built = scenes.build()
    scenes.all_protocols(built, lines={"invalid": None})
    return built


def test_tabulate_prints_the_sums_and_what_is_unknown(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.tabulate(json_output=True) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["summed"], printed["votes"]["p01"], printed["lines"]["invalid"]) == (8, 2400, None)
    assert command.tabulate(election=scene.voting.election.slug) == 0
    out = capsys.readouterr().out
    assert "8 of 8 protocols" in out
    assert "unknown  invalid ballots" in out


def test_determine_shows_the_obstacles_and_exits_with_2(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.determine() == 2
    assert "L36.2.c4  tec protocol unsigned: commission tec-kg02" in capsys.readouterr().err
    assert command.determine(by="cec_chair-cec", decision="№ 1") == 2
    assert not Determination.objects.exists()


def test_determine_and_publish(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    scenes.sign_all(scene)
    assert command.determine() == 0
    taken = scenes.decision(scene, matters.determination(scene.voting))
    assert command.determine(by="cec_chair-cec", decision=taken.label, json_output=True) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["seats"] == {"p01": 60, "p02": 40, "p03": 20}
    assert command.publish("official", by="cec_operator-cec") == 0
    assert Publication.objects.get().kind == "official"


def test_nobody_determines_without_the_office(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.determine(by="cec_member-cec", decision="№ 1")
    assert ended.value.code == 2
    assert "holds no office" in capsys.readouterr().err


def test_an_unknown_election_is_refused(scene: Scene) -> None:
    with pytest.raises(SystemExit) as ended:
        command.tabulate(election="no-such-election")
    assert ended.value.code == 2
