"""Where an installation keeps its data, and the folders of its database server.

    DATA/postgresql.lock          held while the server is made, started, stopped or restored
    DATA/postgresql/password      the owner's password, mode 0600, in libpq's passfile form
    DATA/postgresql/application-password  the application's, in the same form; there once its role is
    DATA/postgresql/server/       owned by the server's account, mode 0700: cluster/, socket/, log

Where root's DATA lies in a private folder that the server's account cannot enter, DATA/postgresql is a link to a folder
under /var/lib/shailoo.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from shailoo.postgres.account import Account
from shailoo.postgres.binaries import ROOTS_FOLDER
from shailoo.postgres.errors import ServerError

ROLE = "shailoo"  # owns the database: migrations, backups
APPLICATION = "shailoo_application"  # serves pages: owns nothing (`rights`)
DATABASE = "shailoo"
PORT = 5432  # only the name of the socket: nothing listens on a network
SOCKET_NAME = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH = 103  # bytes: sun_path of macOS less the closing zero; Linux has 107
LOCK_PATIENCE = 360.0  # seconds: longer than the longest start that the holder may be waiting for
CHECKOUT = Path(__file__).resolve().parents[3]


def default_data_dir() -> Path:
    """SHAILOO_DATA, else `shailoo` in the user's data folder (XDG), never a folder inside the checkout.

    For root the user's folder is private as a rule and the server's account could not enter: then /var/lib/shailoo.
    A user without a usable home (HOME empty, a service account) gets a folder of his own in /var/tmp.
    """
    if given := os.environ.get("SHAILOO_DATA"):
        return Path(given).expanduser().absolute()
    if os.geteuid() == 0:
        return ROOTS_FOLDER
    own = Path("/var/tmp") / f"shailoo-{os.geteuid()}"  # noqa: S108 - checked to be ours by `Folders.prepare`
    return next((folder for folder in _users_data_folders() if _is_fit(folder)), own)


def _users_data_folders() -> Iterator[Path]:
    if (xdg := os.environ.get("XDG_DATA_HOME", "")).startswith("/"):
        yield Path(xdg, "shailoo")
    if (home := os.environ.get("HOME", "")).startswith("/"):
        yield Path(home, ".local/share/shailoo")
    try:
        yield Path(pwd.getpwuid(os.geteuid()).pw_dir, ".local/share/shailoo")
    except KeyError:
        return  # a user id without an entry, as containers have them


def _is_fit(folder: Path) -> bool:
    """Whether `folder` can be made or used by us and lies outside the checkout."""
    if (CHECKOUT / "pyproject.toml").is_file() and folder.resolve().is_relative_to(CHECKOUT):
        return False
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    return nearest != Path("/") and os.access(nearest, os.W_OK | os.X_OK)


@dataclass(frozen=True, slots=True)
class Folders:
    """The places of one server, for one data folder and the account that the server runs as."""

    data: Path
    account: Account

    @property
    def home(self) -> Path:
        return (self.data / "postgresql").resolve()

    @property
    def password(self) -> Path:
        return self.home / "password"

    @property
    def application_password(self) -> Path:
        return self.home / "application-password"

    @property
    def server(self) -> Path:
        return self.home / "server"

    @property
    def cluster(self) -> Path:
        return self.server / "cluster"

    @property
    def log(self) -> Path:
        return self.server / "log"

    @property
    def socket(self) -> Path:
        """The folder of the Unix socket: beside the cluster, or a short one where that path is too long."""
        beside = self.server / "socket"
        if len(os.fsencode(beside / f"{SOCKET_NAME}.lock")) <= LONGEST_SOCKET_PATH and _is_plain(beside):
            return beside
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return Path("/tmp") / f"shailoo-{self.account.uid}-{digest}"  # noqa: S108 - `_claim` checks whose it is

    def url(self, database: str = DATABASE) -> str:
        """The owner's libpq URL, without a secret: the password is read from its file by whoever may read that."""
        return self._url(ROLE, database, self.password)

    def application_url(self, database: str = DATABASE) -> str:
        """The same for the application's role."""
        return self._url(APPLICATION, database, self.application_password)

    def _url(self, role: str, database: str, password: Path) -> str:
        places = f"host={_quoted(self.socket)}&port={PORT}&passfile={_quoted(password)}"
        return f"postgresql://{role}@/{database}?{places}"

    def prepare(self) -> None:
        """Make the folders and the password. Raises ServerError where the machine does not let us."""
        try:
            self.data.mkdir(mode=0o755, parents=True, exist_ok=True)
            self._make_home()
            for folder in (self.server, self.socket):
                _claim(folder, self.account)
            if not self.password.exists():
                write_password(self.password, ROLE, secrets.token_urlsafe(32))
        except OSError as broken:
            raise ServerError(self._advice(broken)) from broken

    def _make_home(self) -> None:
        named = self.data / "postgresql"
        if named.is_dir():
            return
        if not self.account.is_caller and not self.account.may_enter(self.data):
            _open_own_folder(self.data)
        if self.account.may_enter(self.data):
            named.mkdir(mode=0o711)
            return
        named.unlink(missing_ok=True)  # a link whose target is gone
        ROOTS_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        elsewhere = Path(tempfile.mkdtemp(prefix="postgresql-", dir=ROOTS_FOLDER))
        elsewhere.chmod(0o711)
        named.symlink_to(elsewhere)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the installation's lock on its server. Raises ServerError where that cannot be had in six minutes."""
        try:
            self.data.mkdir(mode=0o755, parents=True, exist_ok=True)
            descriptor = os.open(self.data / "postgresql.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as broken:
            raise ServerError(self._advice(broken)) from broken
        try:
            _wait_for_lock(descriptor)
            yield
        finally:
            os.close(descriptor)

    def _advice(self, broken: OSError) -> str:
        return (
            f"the data folder {self.data} cannot be used: {broken.strerror or broken}"
            f"{f' ({broken.filename})' if broken.filename else ''}.\n"
            "Name a folder that you may write to in SHAILOO_DATA, or run as the user who made this one."
        )

    def size(self) -> int:
        """Bytes that the cluster takes on disk."""
        total = 0
        for folder, _, files in os.walk(self.cluster):
            for name in files:
                try:
                    total += Path(folder, name).lstat().st_blocks * 512
                except FileNotFoundError:
                    continue  # the running server removed it meanwhile
        return total

    def remove(self) -> None:
        """Delete all of it, wherever it lies."""
        for folder in (self.socket, self.home):
            shutil.rmtree(folder, ignore_errors=True)
        named = self.data / "postgresql"
        if named.is_symlink():
            named.unlink()


def _is_plain(path: Path) -> bool:
    """No letter in it that PostgreSQL's list of folders or its settings file would read as punctuation."""
    return not set(str(path)) & set(",'\"\\\n")


def _quoted(path: Path) -> str:
    return quote(str(path), safe="/")


def _claim(folder: Path, account: Account) -> None:
    """Make `folder` the account's own and private. Raises where a stranger was there first."""
    try:
        folder.mkdir(mode=0o700)
        account.owns(folder)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid:
            raise PermissionError(1, f"belongs to another user than {account.name}", str(folder)) from None
    folder.chmod(0o700)


def _open_own_folder(folder: Path) -> None:
    """Let strangers through (not look into) a folder of root's that was named as the data folder itself."""
    if folder.stat().st_uid == os.geteuid():
        folder.chmod(folder.stat().st_mode | 0o011)


def write_password(path: Path, role: str, password: str) -> None:
    """A role's password in libpq's form, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(f"*:*:*:{role}:{password}\n")
        handle.flush()
        os.fsync(handle.fileno())
    draft.rename(path)


def _wait_for_lock(descriptor: int) -> None:
    deadline = time.monotonic() + LOCK_PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise ServerError("another process has been starting or stopping the server for six minutes") from None
            time.sleep(0.02)
        else:
            return
