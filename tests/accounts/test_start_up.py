"""Nothing starts while a page, an operation of the API or a job does not say who may open or run it."""

from __future__ import annotations

import pytest
from django.core.checks import Tags, run_checks
from procrastinate.contrib.django import app

from shailoo.accounts.background import INSTALLATION, by_the_installation, in_the_right_of, jobs
from shailoo.accounts.roles import MAY
from shailoo.accounts.web import RULE, views
from shailoo.api.access import ACT
from shailoo.api.urls import api
from shailoo.cli.environment import require_access_rules


def serious() -> list[str | None]:
    """The ids of the faults that stop a start."""
    return [each.id for each in run_checks(tags=[Tags.security]) if each.is_serious()]


def test_everything_that_stands_says_who_may(capsys: pytest.CaptureFixture[str]) -> None:
    require_access_rules()
    assert capsys.readouterr().err == ""
    assert jobs()["elections.send_reminders"] == INSTALLATION
    assert all(right == INSTALLATION or right in MAY for right in jobs().values())


@pytest.mark.parametrize("missing", ["view", "operation", "job"])
def test_one_that_does_not_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    """`shailoo serve` and `shailoo jobs work` end by the same sentence, which names what lacks its rule."""
    if missing == "view":
        place, view = next((place, view) for place, view in views() if "desk/counting/" in place)
        monkeypatch.delattr(view, RULE)
        expected, named = "shailoo.E001", place
    elif missing == "operation":
        operation = next(iter(api._routers[-1][1].path_operations.values())).operations[0]
        monkeypatch.delattr(operation.view_func, ACT)
        expected, named = "shailoo.E002", operation.view_func.__name__
    else:
        monkeypatch.setitem(app.tasks, "test.unmarked", app.tasks["elections.send_reminders"])
        monkeypatch.setattr(app.tasks["elections.send_reminders"], "func", lambda: None)
        expected, named = "shailoo.E003", "test.unmarked"
    assert set(serious()) == {expected}
    with pytest.raises(SystemExit) as left:
        require_access_rules()
    assert left.value.code == 1
    assert named in capsys.readouterr().err


@pytest.mark.parametrize("command", ["serve", "work"])
def test_both_programs_ask_before_they_begin(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    from shailoo.cli import jobs as cli_jobs
    from shailoo.cli import serve as cli_serve

    module = cli_serve if command == "serve" else cli_jobs
    done: list[str] = []

    def refuse() -> None:
        raise SystemExit(1)

    monkeypatch.setattr(module, "start_django", lambda: done.append("django"))
    monkeypatch.setattr(module, "require_tables", lambda: done.append("tables"))
    monkeypatch.setattr(module, "require_access_rules", refuse)
    monkeypatch.setattr(cli_serve, "is_free", lambda *_: True)
    monkeypatch.setattr(cli_serve, "run", lambda *_: done.append("served"))
    monkeypatch.setattr("django.core.management.call_command", lambda *_: done.append("worked"))
    with pytest.raises(SystemExit):
        cli_serve.serve() if command == "serve" else cli_jobs.work()
    assert done == ["django", "tables"]


def test_a_job_is_marked_with_an_act_that_exists() -> None:
    def work() -> None:
        """A job's function."""

    assert by_the_installation(work) is work
    assert in_the_right_of("counting.import")(work) is work
    with pytest.raises(KeyError):
        in_the_right_of("counting.dream")
