"""`make test`: every check, two at a time, and then every test. One that fails fails the whole, but all run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import browser

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PLENTY_OF_MEMORY = 6 * 1024**3  # bytes
AT_ONCE = 2  # checks; what tests need is theirs alone


@dataclass(frozen=True)
class Check:
    """One check: what it holds, and the command that exits with 0 where it does."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    name: str
    passed: bool
    seconds: float


def checks() -> tuple[Check, ...]:
    """In the order in which a person wants to hear of them: the quick ones first, the tests last."""
    templates = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("templates/**/*.html"))
    django = (sys.executable, "-W", "ignore::RuntimeWarning", "-m", "django")
    tool = (sys.executable, "tools/translations.py")
    processes = os.environ.get("SHAILOO_TEST_PROCESSES", "3")
    return (
        Check("style (ruff)", (_program("ruff"), "check", "--quiet")),
        Check("format (ruff)", (_program("ruff"), "format", "--check", "--quiet")),
        Check("templates (djade)", (_program("djade"), "--check", "--target-version", "5.2", *templates)),
        Check("templates (djlint)", (_program("djlint"), "--quiet", "--lint", *templates)),
        Check("translations complete", (*tool, "check")),
        Check("floors of the house (import contracts)", (_program("lint-imports"), "--no-logo")),
        Check(
            "migrations complete", (*django, "makemigrations", "--check", "--dry-run", "--settings=shailoo.settings")
        ),
        Check("types (mypy, strict)", (_program("mypy"),)),
        Check("types of the tools (mypy, strict)", (_program("mypy"), "tools")),
        # the processes of the tests find every module compiled; without this each compiles all of them
        Check("tests can be collected", (sys.executable, "-m", "pytest", "--collect-only", "-qq")),
        Check("tests", (sys.executable, "-m", "pytest", "-n", processes)),
    )


def _program(name: str) -> str:
    return str(BIN / name)


def run(check: Check, environment: dict[str, str]) -> Result:
    """Run one check, its output as it comes."""
    print(f"\n--- {check.name}", flush=True)
    begun = time.monotonic()
    done = subprocess.run(check.command, cwd=ROOT, env=environment, check=False)
    return Result(check.name, done.returncode == 0, time.monotonic() - begun)


def run_beside(check: Check, environment: dict[str, str]) -> Result:
    """Run one check while others run; what it says is printed as one piece, and only where it fails."""
    begun = time.monotonic()
    done = subprocess.run(
        check.command, cwd=ROOT, env=environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    result = Result(check.name, done.returncode == 0, time.monotonic() - begun)
    said = "" if result.passed else done.stdout.decode(errors="replace")
    print(f"\n--- {check.name}\n{said}" if said else f"--- {check.name}", flush=True)
    return result


def run_all(every: Sequence[Check], environment: dict[str, str]) -> list[Result]:
    """The last alone, those before it a few at a time."""
    with ThreadPoolExecutor(AT_ONCE) as lanes:
        results = list(lanes.map(partial(run_beside, environment=environment), every[:-1]))
    return [*results, run(every[-1], environment)]


def environment_of_checks() -> dict[str, str]:
    """Ours, with the browser for the tests, and a key so that looking at the settings writes nothing to the data.

    Bytecode is kept even where the machine says that Python shall not: hundreds of processes start in a run.
    """
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return (
        ours
        | _temporary_folder()
        | {
            "SHAILOO_CHROMIUM": str(browser.ensure()),
            "SHAILOO_SECRET_KEY": os.environ.get("SHAILOO_SECRET_KEY", "for checks only, never for a served page"),
            "DJANGO_SETTINGS_MODULE": "shailoo.settings",
        }
    )


def _temporary_folder() -> dict[str, str]:
    """Temporary files in memory where there is plenty of it: tests of the database server wait for disks otherwise."""
    memory = Path("/dev/shm")  # noqa: S108  (the system's own place for this)
    if "TMPDIR" in os.environ or not memory.is_dir() or not os.access(memory, os.W_OK):
        return {}
    return {"TMPDIR": str(memory)} if shutil.disk_usage(memory).free > PLENTY_OF_MEMORY else {}


def summary(results: Sequence[Result]) -> str:
    """One line a check, as text."""
    lines = (f"{'ok    ' if result.passed else 'FAILED'} {result.seconds:6.1f} s  {result.name}" for result in results)
    return "\n".join(lines)


def main() -> int:
    """0 when all passed, 1 when not, 130 after Ctrl-C."""
    try:
        environment = environment_of_checks()
        results = run_all(checks(), environment)
    except RuntimeError as missing:
        print(missing, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(f"\n{summary(results)}", flush=True)
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
