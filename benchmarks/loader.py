"""A load of requests from a process of its own: as many readers as asked, each on one connection, none pipelined.

    python -m benchmarks.loader HOST PORT PATH REQUESTS READERS

prints one JSON object: requests answered, seconds, bytes, and how many answers had which status. It speaks just enough
HTTP/1.1 to cost less than what it measures: answers must name their length.
"""

from __future__ import annotations

import json
import select
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

CHUNK = 256 * 1024  # bytes read at once
PATIENCE = 30.0  # seconds without any answer after which the load is given up
END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"


@dataclass
class Load:
    """What came back so far."""

    wanted: int
    sent: int = 0
    answered: int = 0
    received: int = 0
    statuses: Counter[str] = field(default_factory=Counter)


def main(host: str, port: int, path: str, requests: int, readers: int) -> dict[str, object]:
    """Send `requests` requests by `readers` connections; raises TimeoutError where the server falls silent."""
    request = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    load = Load(requests)
    poll = select.epoll()
    sockets: dict[int, socket.socket] = {}
    waiting: dict[int, bytes] = {}
    for _ in range(readers):
        reader = socket.create_connection((host, port), timeout=PATIENCE)
        reader.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sockets[reader.fileno()] = reader
        waiting[reader.fileno()] = b""
        poll.register(reader.fileno(), select.EPOLLIN)
    began = time.perf_counter()
    for reader in sockets.values():
        _ask(reader, request, load)
    while load.answered < load.sent:
        ready = poll.poll(PATIENCE)
        if not ready:
            raise TimeoutError(f"{load.answered} of {load.sent} requests were answered")
        for number, _event in ready:
            received = sockets[number].recv(CHUNK)
            if not received:
                raise ConnectionError("the server closed a connection")
            waiting[number] = _taken(waiting[number] + received, load)
            if not waiting[number]:
                _ask(sockets[number], request, load)
    seconds = time.perf_counter() - began
    for reader in sockets.values():
        reader.close()
    return {
        "requests": load.answered,
        "seconds": seconds,
        "bytes": load.received,
        "statuses": dict(load.statuses),
    }


def _ask(reader: socket.socket, request: bytes, load: Load) -> None:
    if load.sent < load.wanted:
        reader.sendall(request)
        load.sent += 1


def _taken(data: bytes, load: Load) -> bytes:
    """Count the answer if it is whole; what is left to wait for."""
    end = data.find(END_OF_HEAD)
    if end < 0:
        return data
    head = data[:end].lower()
    at = head.index(LENGTH) + len(LENGTH)
    whole = end + len(END_OF_HEAD) + int(head[at:].split(b"\r\n", 1)[0])
    if len(data) < whole:
        return data
    load.answered += 1
    load.received += whole
    load.statuses[head[9:12].decode()] += 1
    return data[whole:]


if __name__ == "__main__":
    host, port, path, requests, readers = sys.argv[1:]
    print(json.dumps(main(host, int(port), path, int(requests), int(readers))))
