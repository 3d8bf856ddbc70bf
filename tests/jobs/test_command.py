"""`shailoo jobs`: what it prints and how it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from shailoo.accounts.roles import Role
from shailoo.cli import jobs as command
from shailoo.documents.actions import place, store
from shailoo.jobs.models import Work
from tests.counting.scene import office
from tests.jobs.kinds import FAULTY
from tests.jobs.scene import asked, cec_chair

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_database_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "start_django", lambda: None)


def test_work_is_listed_shown_and_cancelled(capsys: pytest.CaptureFixture[str]) -> None:
    chair = cec_chair()
    clerk = office("clerk", chair.body, Role.PEC_OPERATOR)
    work = asked(FAULTY.code, chair, fault="none")
    assert command.list_work() == 0
    assert command.list_work(state="done") == 0
    assert capsys.readouterr().out.count("test_faulty") == 1
    assert command.show(work.pk) == 0
    assert "waiting" in capsys.readouterr().out
    for number in (0, 2**70):
        with pytest.raises(SystemExit) as left:
            command.show(number)
        assert left.value.code == 2
    for name in ("nobody", clerk.person.username):
        with pytest.raises(SystemExit) as left:
            command.cancel(work.pk, by=name)
        assert left.value.code == 2
    assert command.cancel(work.pk, by=chair.person.username) == 0
    assert Work.objects.get().state == "cancelled"
    with pytest.raises(SystemExit):
        command.cancel(work.pk, by=chair.person.username)
    assert "has ended" in capsys.readouterr().err


def test_status_fails_where_nobody_works(capsys: pytest.CaptureFixture[str]) -> None:
    chair = cec_chair()
    assert command.status() == 0
    asked(FAULTY.code, chair, fault="none", at=timezone.now() - timedelta(minutes=6))
    assert command.status() == 1
    assert "shailoo jobs work" in capsys.readouterr().out


def test_a_check_runs_here_and_now(capsys: pytest.CaptureFixture[str]) -> None:
    kept = store(b"a file", "text/plain", timezone.now())
    assert command.run("file_check") == 0
    place(kept.sha256).unlink()
    assert command.run("file_check") == 1
    assert kept.sha256 in capsys.readouterr().out
    for unknown in ("dream", FAULTY.code):
        with pytest.raises(SystemExit):
            command.run(unknown)
    assert not Work.objects.exists()
