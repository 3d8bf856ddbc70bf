"""`make test` as a whole: what fails, fails it; what follows still runs."""

from __future__ import annotations

import sys

import check
import pytest
from check import Check


def exits_with(code: int, name: str) -> Check:
    return Check(name, (sys.executable, "-c", f"raise SystemExit({code})"))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "environment_of_checks", dict)


def test_all_passed_is_exit_code_0(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "checks", lambda: (exits_with(0, "one"), exits_with(0, "two")))
    assert check.main() == 0


def test_one_failure_fails_the_whole_and_all_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "checks", lambda: (exits_with(1, "one"), exits_with(0, "two")))
    assert check.main() == 1
    summary = [line.split() for line in capsys.readouterr().out.splitlines()[-2:]]
    assert [(words[0], words[-1]) for words in summary] == [("FAILED", "one"), ("ok", "two")]


def test_without_a_browser_nothing_is_called_passed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def none() -> dict[str, str]:
        raise RuntimeError("no browser for the tests")

    monkeypatch.setattr(check, "environment_of_checks", none)
    assert check.main() == 1
    assert "no browser" in capsys.readouterr().err


def test_the_tests_come_last_so_that_their_closing_line_stands_beside_the_summary() -> None:
    assert check.checks()[-1].name == "tests"
