"""The canonical text of a list, of which its SHA-256 is taken: the same in Python and in the database.

    shailoo voter list 1
    <election> <stage> <number of the edition> <precinct> <voters>
    [pin, "surname", "name", "patronymic", "sex", "born", "district", "locality", "street", "house", "flat"]
    ...

One line for a voter, in the order of the list, as JSON with a space behind each comma; the number in the list is the
place of the line. UTF-8, every line with its end. Who holds a paper list and its lines can prove that it is the one
that was frozen; the hash alone tells nothing of anybody.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Protocol

FIRST_LINE = "shailoo voter list 1"
FIELDS = ("pin", "surname", "name", "patronymic", "sex", "born", "district", "locality", "street", "house", "flat")
_VALUES = ", ".join("born::text" if name == "born" else name for name in FIELDS)
LINE = f"json_build_array({_VALUES})::text"
"""The line of an entry as SQL."""
HASH = (
    f"encode(sha256(convert_to('{FIRST_LINE}' || chr(10) || {{head}} || chr(10) || coalesce({{lines}} || chr(10), ''),"
    " 'UTF8')), 'hex')"
)
"""The hash as SQL: of the second line `head`, and of `lines`, joined by ends of lines."""


class Voter(Protocol):
    """What a line of a list says of a voter."""

    @property
    def pin(self) -> int: ...
    @property
    def surname(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def patronymic(self) -> str: ...
    @property
    def sex(self) -> str: ...
    @property
    def born(self) -> object: ...
    @property
    def district(self) -> str: ...
    @property
    def locality(self) -> str: ...
    @property
    def street(self) -> str: ...
    @property
    def house(self) -> str: ...
    @property
    def flat(self) -> str: ...


def head(election: str, stage: str, edition: int, precinct: str, voters: int) -> str:
    """The second line."""
    return f"{election} {stage} {edition} {precinct} {voters}"


def written(second_line: str, voters: Iterable[Voter]) -> Iterator[bytes]:
    """The canonical text in pieces."""
    yield f"{FIRST_LINE}\n{second_line}\n".encode()
    for voter in voters:
        values = [voter.pin, *(str(getattr(voter, name)) for name in FIELDS[1:])]
        yield f"{json.dumps(values, ensure_ascii=False)}\n".encode()


def sha256(second_line: str, voters: Iterable[Voter]) -> str:
    """The hash of the canonical text."""
    digest = hashlib.sha256()
    for piece in written(second_line, voters):
        digest.update(piece)
    return digest.hexdigest()
