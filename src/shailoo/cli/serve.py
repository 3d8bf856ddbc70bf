"""`shailoo serve`: the pages, by granian's threads; assets collected under names that carry their hash."""

from __future__ import annotations

import errno
import os
import signal
import socket
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import Annotated

from cyclopts import Parameter, validators

from shailoo.cli.environment import (
    DONE,
    FAILED,
    REFUSED,
    leave,
    require_access_rules,
    require_tables,
    start_django,
    warn_of_excess,
)

THREADS = 8  # of each worker: they wait for the database, not for each other
Port = Annotated[int, Parameter(validator=validators.Number(gte=1, lte=65535))]
Workers = Annotated[int, Parameter(validator=validators.Number(gte=1, lte=64))]


def serve(
    *, host: str = "127.0.0.1", port: Port = 8000, workers: Workers = 2, ca_passphrase_file: Path | None = None
) -> int:
    """Serve the pages of this installation until Ctrl-C.

    Starts the embedded database server if need be. Exit code 0 after Ctrl-C, 1 where the address is taken or the
    database does not answer, 2 where the tables must be brought to this release's form first, or the key that signs
    documents does not open.

    Parameters
    ----------
    host
        The address to listen on. Anything but this machine's own belongs behind a server that speaks TLS.
    port
        The port to listen on.
    workers
        Processes; two threads of work for each processor are plenty.
    ca_passphrase_file
        The file whose first line opens the key that signs documents, in place of SHAILOO_CA_PASSPHRASE_FILE.
    """
    if not is_free(host, port):
        leave(f"{host}:{port} is taken by another program; name a free port by --port.", FAILED)
    start_django()
    require_tables()
    require_access_rules()
    warn_of_excess()
    require_open_key(ca_passphrase_file)
    print(f"http://{host}:{port}/   (Ctrl-C ends)", flush=True)
    run(host, port, workers)
    return DONE


def require_open_key(passphrase_file: Path | None) -> None:
    """End the program where there is a key that signs documents and it does not open; without one it may go on."""
    from shailoo.documents import authority, signing

    if passphrase_file is not None:
        os.environ[authority.PASSPHRASE_FILE] = str(passphrase_file.resolve())
    try:
        name = signing.unlock()
    except (authority.AuthorityLockedError, authority.AuthorityMissingError):
        leave(
            "the key that signs documents does not open: name the file of its passphrase by --ca-passphrase-file.",
            REFUSED,
        )
    print(f"Documents are signed by: {name}" if name else "Documents are not signed: make a key by `shailoo ca init`.")


def is_free(host: str, port: int) -> bool:
    """Whether the port can be listened on. Leaves for good where the address is not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as broken:
            if broken.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            leave(f"{host} is no address of this machine: {broken.strerror}", REFUSED)
    return True


def run(host: str, port: int, workers: int) -> None:
    """Collect the assets and serve until SIGINT or SIGTERM. Django must be set up."""
    collect_assets()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # Each worker is one process with its own connections; a hosts list of its own lets `--host` be reached by name.
    os.environ["SHAILOO_HOSTS"] = os.environ.get("SHAILOO_HOSTS", f"{host},127.0.0.1,localhost,[::1]")
    signal.signal(signal.SIGTERM, _interrupt)
    server = Granian(
        "shailoo.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    server.serve()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def collect_assets() -> None:
    """Put every asset under a name that carries its hash, and let the workers know by SHAILOO_COLLECTED."""
    from django.conf import settings
    from django.core.management import call_command

    if not settings.STATICFILES_DIRS:
        leave("the style sheets are not built: run `make setup` in the checkout first.", FAILED)
    backend = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES["staticfiles"] = {"BACKEND": backend}
    call_command("collectstatic", interactive=False, verbosity=0)
    os.environ["SHAILOO_COLLECTED"] = "1"
