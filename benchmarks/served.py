"""Servers to measure: the product as `shailoo serve` starts it, and two yardsticks under the same granian.

python -m benchmarks.served uncached PORT       Django without the micro-cache
python -m benchmarks.served constant PORT FILE  no application at all: one page from memory
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.machine import family, peak
from shailoo.cli.serve import THREADS

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

WORKERS = 2  # the machine of the aims has two cores
HOST = "127.0.0.1"
START_LIMIT = 60.0  # seconds
PAGE = "SHAILOO_BENCH_PAGE"  # the file whose bytes the constant application answers with
CHECKOUT = Path(__file__).resolve().parents[1]


def uncached() -> WSGIApplication:
    """The whole application without the micro-cache in front."""
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def constant() -> WSGIApplication:
    """The same page for everyone, from memory: the least that a WSGI server can do."""
    body = Path(os.environ[PAGE]).read_bytes()
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        del environ
        start_response("200 OK", list(headers))
        return [body]

    return answer


class Served:
    """A running server; `peak` is the memory of all its processes together at their highest, in bytes."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self._process = process

    def peak(self) -> int:
        return sum(peak(each) for each in family(self._process.pid))

    def get(self, path: str, encoding: str = "identity") -> bytes:
        """A page as a reader without a copy of it gets it, on a connection of its own."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=START_LIMIT)
        connection.request("GET", path, headers={"Accept-Encoding": encoding})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return content

    def answers(self) -> bool:
        """Whether it takes connections; raises RuntimeError where it has ended."""
        if self._process.poll() is not None:
            raise RuntimeError("the server ended before it served")
        with suppress(OSError), socket.create_connection((HOST, self.port), timeout=1):
            return True
        return False


@contextmanager
def product(url: str, data: Path) -> Iterator[Served]:
    """`shailoo serve` on the database `url`."""
    port = free_port()
    command = ["-c", "from shailoo.cli import main; main()", "serve", "--port", str(port), "--workers", str(WORKERS)]
    with _running(command, port, {"SHAILOO_DATABASE_URL": url, "SHAILOO_DATA": str(data)}) as served:
        yield served


@contextmanager
def yardstick(name: str, url: str, data: Path, page: Path | None = None) -> Iterator[Served]:
    """One of the applications of this module under the same granian."""
    port = free_port()
    environment = {"SHAILOO_DATABASE_URL": url, "SHAILOO_DATA": str(data), PAGE: str(page or "")}
    with _running(["-m", "benchmarks.served", name, str(port)], port, environment) as served:
        yield served


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[Served]:
    """Start, wait until it answers, and end it in order, whatever happens."""
    process = subprocess.Popen([sys.executable, *command], env=os.environ | environment, cwd=CHECKOUT)
    try:
        served, deadline = Served(port, process), time.monotonic() + START_LIMIT
        while not served.answers():
            if time.monotonic() > deadline:
                raise TimeoutError("the server did not start")
            time.sleep(0.05)
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def main(name: str, port: int) -> None:
    """Serve an application of this module as `shailoo serve` does its own."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shailoo.settings")
    Granian(
        f"benchmarks.served:{name}",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=WORKERS,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
