"""The command line as a whole: it names its commands, loads only what it needs, and says how it ended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = ("demo", "serve", "territory", "results", "publish", "verify", "law", "db")
WITHOUT_DJANGO = (["verify", "--help"], ["law", "norm", "L64.2.a"], ["law", "--help"], ["db", "--help"], ["--help"])


def shailoo(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from shailoo.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment or None)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_worth_reading(command: str) -> None:
    found = shailoo(command, "--help")
    assert found.returncode == 0, found.stderr
    assert len(found.stdout.splitlines()) > 5


def test_help_names_every_command_and_the_exit_codes() -> None:
    found = shailoo("--help")
    assert all(f"│ {command} " in found.stdout for command in COMMANDS)
    assert "Exit codes" in found.stdout


def test_no_command_and_a_wrong_command_do_no_harm() -> None:
    assert shailoo().returncode == 0
    wrong = shailoo("cuont")
    assert wrong.returncode != 0
    assert "cuont" in wrong.stdout + wrong.stderr


@pytest.mark.parametrize("arguments", WITHOUT_DJANGO, ids=" ".join)
def test_what_needs_no_database_loads_no_django(arguments: list[str]) -> None:
    program = (
        "import sys\nfrom shailoo.cli import app\n"
        f"try:\n    app({arguments!r})\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "assert not [name for name in sys.modules if name == 'django' or name.startswith('django.')]\n"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert found.returncode == 0, found.stderr


def test_a_server_that_does_not_answer_is_said_in_words(tmp_path: Path) -> None:
    nowhere = f"postgresql:///x?host={tmp_path}"
    for arguments in (["territory", "import", str(tmp_path)], ["demo", "--once"]):
        found = shailoo(*arguments, SHAILOO_DATABASE_URL=nowhere, SHAILOO_DATA=str(tmp_path))
        assert (found.returncode, "Traceback" in found.stderr) == (1, False), found.stderr
        assert "does not answer" in found.stderr


def test_a_reader_who_closes_the_pipe_early_is_no_error() -> None:
    call = [sys.executable, "-c", "from shailoo.cli import main; main()", "law", "coverage"]
    command = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert command.stdout is not None
    assert command.stderr is not None
    command.stdout.close()
    assert command.stderr.read() == b""
    command.stderr.close()
    assert command.wait() == 0
