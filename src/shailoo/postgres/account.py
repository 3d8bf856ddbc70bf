"""Who the server runs as: the caller, or, because PostgreSQL refuses root, the unprivileged user `nobody`."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Account:
    """The operating system's user that owns the cluster's files and runs the server."""

    uid: int
    gid: int
    name: str
    is_caller: bool

    def owns(self, path: Path) -> None:
        """Hand `path` over to this account; nothing to do where the caller is the account."""
        if not self.is_caller:
            os.chown(path, self.uid, self.gid)

    def may_enter(self, path: Path) -> bool:
        """Whether the account can reach `path`: a caller always, `nobody` where every folder lets strangers through."""
        folders = (path, *path.parents) if path.is_dir() else path.parents
        return self.is_caller or all(folder.stat().st_mode & stat.S_IXOTH for folder in folders if folder.exists())

    def run(
        self, command: Sequence[str | Path], *, given: str = "", at: Path = Path("/")
    ) -> subprocess.CompletedProcess[str]:
        """Run a PostgreSQL program as this account, with `given` as its input; output and errors come back as one text.

        It runs in a session of its own, so a Ctrl-C at the terminal reaches us and not a half-started server, and in
        the folder `at`, because the account may not be allowed to stand in ours. No PG* variable reaches it.
        """
        return subprocess.run(
            [str(part) for part in command],
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
            cwd=at,
            env=clean_environment(),
            start_new_session=True,
            umask=0o077,
            user=None if self.is_caller else self.uid,
            group=None if self.is_caller else self.gid,
            extra_groups=None if self.is_caller else [],
        )


def server_account() -> Account:
    """The account for this process: itself, or `nobody` for root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), str(os.geteuid()), is_caller=True)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid, nobody.pw_name, is_caller=False)


def clean_environment() -> dict[str, str]:
    """Our environment without the PG* variables, which would point the programs elsewhere; messages in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}
