"""Verify an export of Shailoo's ledger: every act, every chain, every signed head. Needs Python 3.9 and nothing else.

    python3 verify_ledger.py [FOLDER] [--key "RW..."]

The folder holds acts.jsonl (one act a line, in the order of the log), heads/ (what the commission signed) and
shailoo.pub. Where content is withheld because it tells of people, its SHA-256 stands in its place and is checked as
well as the rest. Exit code 0: everything holds. 1: something does not, and is named. 2: the folder cannot be read.

How an act is hashed. A part is its length in bytes, a colon, its UTF-8 and a comma. The hash of an act of form 2 is the
SHA-256 of these parts: "shailoo-act/2", chain, sequence, name, subject, office or nothing, instant in UTC with
microseconds, the parts of its grounds as one part, SHA-256 of the content, hash of the act before. The log is the
Merkle tree of RFC 6962 over these hashes.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

FORMAT = "shailoo-head/1"
ACTS, HEADS, KEY = "acts.jsonl", "heads", "shailoo.pub"
BLANK = " \t\r\n"  # and no other sign that is taken for an end of line elsewhere
NOTE, SIGNATURE, CHAINS = ".json", ".json.minisig", ".chains.json"
MOST_SHOWN = 50


class UnreadableError(ValueError):
    """What was given is no export, head or key; the text says where and why."""


class Entry(NamedTuple):
    """One act as the ledger keeps it. `payload` is None where it is withheld; then its SHA-256 is given."""

    chain: str
    sequence: int
    name: str
    subject: str
    office: int | None
    at: str
    grounds: tuple[str, ...]
    payload: str | None
    payload_sha256: str
    form: int
    previous: str
    hash: str


@dataclass(frozen=True)
class Fault:
    """Something that does not hold: a stable code, the place, what was found and what was due."""

    code: str
    where: str
    found: str = ""
    due: str = ""

    def __str__(self) -> str:
        against = f": {self.found or 'nothing'} instead of {self.due or 'nothing'}" if self.found or self.due else ""
        return f"{self.where}: {self.code.replace('_', ' ')}{against}"


# ---------------------------------------------------------------- hashes


def part(text: str) -> bytes:
    """A text with its length before it, so that no two lists of texts look the same."""
    raw = text.encode()
    return b"%d:%b," % (len(raw), raw)


def act_hash(act: Entry) -> str:
    """The hash that the act must have. Empty where it cannot be told: content of form 1 that is withheld."""
    office = "" if act.office is None else str(act.office)
    if act.form == 2:
        digest = act.payload_sha256 if act.payload is None else hashlib.sha256(act.payload.encode()).hexdigest()
        grounds = b"".join(part(ground) for ground in act.grounds).decode()
        told = ("shailoo-act/2", act.chain, str(act.sequence), act.name, act.subject, office, act.at)
        return hashlib.sha256(b"".join(map(part, (*told, grounds, digest, act.previous)))).hexdigest()
    if act.payload is None:
        return ""
    fields = (act.chain, str(act.sequence), act.name, act.subject, office or "-", act.at)
    return hashlib.sha256(
        chr(31).join((*fields, ",".join(act.grounds), act.payload, act.previous)).encode()
    ).hexdigest()


class Tree:
    """A Merkle tree that grows at its right end and keeps one hash a level."""

    def __init__(self) -> None:
        self.size = 0
        self._whole: list[bytes] = []  # complete subtrees, largest first

    def add(self, leaf: bytes) -> None:
        """Append a leaf hash."""
        filled = self.size
        while filled & 1:
            leaf = hashlib.sha256(b"\x01" + self._whole.pop() + leaf).digest()
            filled >>= 1
        self._whole.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        found = self._whole[-1] if self._whole else hashlib.sha256(b"").digest()
        for left in reversed(self._whole[:-1]):
            found = hashlib.sha256(b"\x01" + left + found).digest()
        return found


def leaf_of(digest: str) -> bytes:
    """The leaf hash of an act's hash."""
    return hashlib.sha256(b"\x00" + bytes.fromhex(digest)).digest()


def canonical(value: object) -> str:
    """The one way in which heads and tables of chains are written."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


# ---------------------------------------------------------------- heads

Table = Callable[
    [], "str | None"
]  # quoted for Python 3.9; tables are large and seldom needed; None where there is none at hand


@dataclass(frozen=True)
class Head:
    """A signed head: its note, the signature over it, and how to get the table of chains that it names by hash.

    `origin` names the log, `previous` is the SHA-256 of the note before. `source` says where it was read.
    """

    source: str
    text: str
    signature: str
    table: Table
    origin: str
    number: int
    size: int
    root: str
    at: str
    chains_sha256: str
    previous: str


def read_head(source: str, note: str, signature: str, table: Table) -> Head:
    """A head from the texts of its files. Raises UnreadableError where the note is not written as heads are."""
    try:
        data = json.loads(note)
        if data.pop("format") != FORMAT or canonical({"format": FORMAT, **data}) != note:
            raise UnreadableError(f"{source}: is not written as a head is")
        head = Head(source, note, signature, table, **data)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableError(f"{source}: is no head of a log ({error})") from error
    if not isinstance(head.size, int) or not isinstance(head.number, int) or head.size < 0:
        raise UnreadableError(f"{source}: is no head of a log")
    return head


def read_head_file(path: Path) -> Head:
    """A head from its file, with the signature and the table of chains beside it. Raises UnreadableError."""
    beside = path.with_name(path.name[: -len(NOTE)] + CHAINS)

    def table() -> str | None:
        return beside.read_bytes().decode(errors="replace") if beside.is_file() else None

    try:
        signature = path.with_name(path.name[: -len(NOTE)] + SIGNATURE).read_bytes().decode()
        return read_head(path.name, path.read_bytes().decode(), signature, table)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path.name}: {error}") from error


def head_files(folder: Path) -> list[Path]:
    """The notes in a folder of heads, in order."""
    return sorted(path for path in folder.glob("*" + NOTE) if not path.name.endswith(CHAINS))


Signed = Callable[[Head], bool]


# ---------------------------------------------------------------- the audit


@dataclass
class Audit:
    """Walks the log from its first act to its last, and holds each head against what has come by then.

    `heads` are those kept with the log, `published` those from elsewhere; `signed` tells whether the key signed one.
    Feed every act of the log by `enter`, then the acts that no head covers yet by `follow`, then call `close`. What
    does not hold stands in `faults`.
    """

    heads: Sequence[Head]
    published: Sequence[Head]
    signed: Signed
    faults: list[Fault] = field(default_factory=list)
    chains: dict[str, tuple[int, str]] = field(default_factory=dict)
    tree: Tree = field(default_factory=Tree)
    unread: int = 0  # acts of form 1 whose content is withheld: their place is checked, their content cannot be

    def __post_init__(self) -> None:
        self._due = sorted((*self.heads, *self.published), key=lambda head: (head.size, head.number))
        self._next = 0
        self._size_agreed = 0
        self._strayed = False
        self._promised: dict[tuple[str, int], list[tuple[str, Head]]] = {}
        self._agreed: dict[tuple[str, bool], int] = {}
        self._blamed: set[tuple[str, bool]] = set()
        for head in self._due:
            if not self.signed(head):
                self.blame("head_not_signed_by_this_key", _name(head))
        if len({head.origin for head in self._due}) > 1:
            self.blame("heads_of_different_logs", ", ".join(sorted({head.origin for head in self._due})))
        for head in (*self.published, *_sample(self.heads)):
            for chain, (sequence, digest) in (self._sound_table(head) or {}).items():
                self._promised.setdefault((chain, sequence), []).append((digest, head))
        self._meet()

    def blame(self, code: str, where: str, found: object = "", due: object = "") -> None:
        """Note that something does not hold."""
        self.faults.append(Fault(code, where, str(found), str(due)))

    def enter(self, act: Entry) -> None:
        """The next act of the log."""
        self.follow(act)
        try:
            self.tree.add(leaf_of(act.hash))
        except ValueError:
            self.tree.add(bytes(32))
        self._meet()

    def follow(self, act: Entry) -> None:
        """Hold an act against its own content and against the act before it in its chain."""
        sequence, digest = self.chains.get(act.chain, (0, ""))
        if act.sequence != sequence + 1:
            self.blame("act_out_of_place", f"act {act.sequence} of {act.chain}", act.sequence, sequence + 1)
        elif act.previous != digest:
            self.blame("act_not_linked", f"act {act.sequence} of {act.chain}", act.previous, digest)
        due = act_hash(act)
        if due != act.hash:
            if due or act.form != 1:
                self.blame("act_content_changed", f"act {act.sequence} of {act.chain}", act.hash, due)
            else:
                self.unread += 1
        self.chains[act.chain] = (act.sequence, act.hash)
        for promised, head in self._promised.pop((act.chain, act.sequence), ()):
            self._keep_promise(head, act.chain, act.sequence, promised, act.hash)

    def close(self) -> list[Fault]:
        """Meet the heads that speak of more acts than there are; returns all faults."""
        for head in self._due[self._next :]:
            where = f"{_name(head)}: acts {self.tree.size} to {head.size - 1} of the log"
            self.blame("acts_missing_from_the_log", where, self.tree.size, head.size)
        for (chain, sequence), promises in sorted(self._promised.items(), key=lambda each: each[0]):
            for promised, head in promises:
                self._keep_promise(head, chain, sequence, promised, "")
        return self.faults

    def _meet(self) -> None:
        while self._next < len(self._due) and self._due[self._next].size == self.tree.size:
            self._hold(self._due[self._next])
            self._next += 1

    def _hold(self, head: Head) -> None:
        """A head against the acts so far: the root of the tree, and the table of chains."""
        if self.tree.root().hex() == head.root:
            if _sha256(canonical(self.chains)) != head.chains_sha256:
                self.blame("table_of_chains_differs_from_head", _name(head))
            self._sound_table(head)
            self._size_agreed = head.size
        elif not self._strayed:  # every later head strays as well, and says nothing new
            where = f"{_name(head)}: leaves {self._size_agreed} to {head.size - 1} of the log"
            self.blame("log_differs_from_head", where, self.tree.root().hex(), head.root)
            self._strayed = True

    def _sound_table(self, head: Head) -> dict[str, Any] | None:
        """The head's table of chains, if it is at hand and the one that was signed."""
        text = head.table()
        if text is None:
            return None
        if _sha256(text) == head.chains_sha256:
            table: dict[str, Any] = json.loads(text)
            return table
        fault = Fault("table_of_chains_changed", _name(head), _sha256(text), head.chains_sha256)
        if fault not in self.faults:
            self.faults.append(fault)
        return None

    def _keep_promise(self, head: Head, chain: str, sequence: int, promised: str, found: str) -> None:
        """A head's table says how far a chain went, and with what hash. Heads kept with the log may be made up with it:
        what agrees with them says nothing of what a published head says."""
        outside = head in self.published
        if promised == found:
            self._agreed[chain, outside] = sequence
        elif (chain, outside) not in self._blamed:
            self._blamed.add((chain, outside))
            where = f"chain {chain}, acts {self._agreed.get((chain, outside), 0) + 1} to {sequence}, in {_name(head)}"
            self.blame(
                "chain_differs_from_head", where, found or f"{self.chains.get(chain, (0, ''))[0]} acts", promised
            )


def _sample(heads: Sequence[Head]) -> Sequence[Head]:
    """The newest head and at most some thirty before it, evenly: their tables tell how far back a chain differs."""
    return [*heads[:: len(heads) // 32 + 1], *heads[-1:]]


def succession(heads: Iterable[Head]) -> Iterator[Fault]:
    """What does not hold between one stored head and the next: number, link, size."""
    before: Head | None = None
    for head in heads:
        number, digest, size = (before.number, _sha256(before.text), before.size) if before else (0, "", 0)
        if head.number != number + 1:
            yield Fault("head_out_of_place", _name(head), str(head.number), str(number + 1))
        elif head.previous != digest:
            yield Fault("head_not_linked", _name(head), head.previous, digest)
        if head.size < size:
            yield Fault("head_is_smaller_than_the_one_before", _name(head), str(head.size), str(size))
        before = head


def _name(head: Head) -> str:
    return f"head {head.number} ({head.source})"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# ---------------------------------------------------------------- Ed25519 (RFC 8032) and minisign's files

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]  # extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z


def _sum(one: Point, two: Point) -> Point:
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _sum(found, point)
        point = _sum(point, point)
        number >>= 1
    return found


def _x_of(y: int, sign: int) -> int | None:
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def _point(raw: bytes) -> Point | None:
    number = int.from_bytes(raw, "little")
    y = number & (1 << 255) - 1
    x = _x_of(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


def _bytes(point: Point) -> bytes:
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


_BASE_Y = 4 * pow(5, P - 2, P) % P
_BASE_X = _x_of(_BASE_Y, 0) or 0
BASE: Point = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % P)


def ed25519_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) is the Ed25519 signature of `message` by `key` (32 bytes)."""
    public = _point(key)
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or len(signature) != 64 or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    minus = (P - public[0], public[1], public[2], P - public[3])
    return _bytes(_sum(_times(scalar, BASE), _times(challenge, minus))) == signature[:32]


def read_key(text: str) -> bytes:
    """The 42 bytes of a public key from its file or its one line. Raises UnreadableError."""
    last = text.rstrip(BLANK).split("\n")[-1]
    raw = _unpacked(last.strip(BLANK), 42)
    if raw[:2] != b"Ed":
        raise UnreadableError("the key is of an unknown algorithm")
    return raw


def minisign_holds(key: bytes, content: bytes, text: str) -> bool:
    """Whether a signature file of minisign was made by `key` over exactly this content and its own comment."""
    lines = text.split("\n")
    if len(lines) != 5 or lines[4] or not lines[0].startswith("untrusted comment: "):
        return False
    if not lines[2].startswith("trusted comment: "):
        return False
    try:
        raw, whole = _unpacked(lines[1], 74), _unpacked(lines[3], 64)
    except UnreadableError:
        return False
    if raw[:2] != b"ED" or raw[2:10] != key[2:10]:
        return False
    comment = lines[2][len("trusted comment: ") :].encode()
    digest = hashlib.blake2b(content, digest_size=64).digest()
    return ed25519_holds(key[10:], digest, raw[10:]) and ed25519_holds(key[10:], raw[10:] + comment, whole)


def _unpacked(line: str, length: int) -> bytes:
    try:
        raw = base64.b64decode(line, validate=True)
    except ValueError as error:
        raise UnreadableError("a key or signature is not base64") from error
    if len(raw) != length or base64.b64encode(raw).decode() != line:
        raise UnreadableError(f"a key or signature has {len(raw)} bytes instead of {length}")
    return raw


# ---------------------------------------------------------------- an export


def read_line(number: int, line: str) -> Entry:
    """One line of acts.jsonl. Raises UnreadableError where it is no act, or not the act of that place in the log."""
    try:
        data = json.loads(line)
        if canonical(data) != line or data.pop("index") != number:
            raise UnreadableError(f"{ACTS}: line {number + 1} is not written as the act in place {number} is")
        payload = data.pop("payload", None)
        digest = hashlib.sha256(payload.encode()).hexdigest() if payload is not None else data.pop("payload_sha256")
        grounds = tuple(str(ground) for ground in data.pop("grounds"))
        return Entry(payload=payload, payload_sha256=digest, grounds=grounds, **data)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableError(f"{ACTS}: line {number + 1}: {error}") from error


@dataclass(frozen=True)
class Found:
    """What a verification came to. `withheld` acts are proved without their content."""

    acts: int
    chains: int
    heads: int
    withheld: int
    unread: int
    latest: str  # the note of the newest head
    faults: list[Fault]


def verify_export(folder: Path, key: bytes, published: Iterable[Head] = ()) -> Found:
    """Verify an export by `key` (42 bytes); `published` are heads from elsewhere. Raises UnreadableError."""
    try:
        heads = [read_head_file(path) for path in head_files(folder / HEADS)]
        audit = Audit(heads, list(published), lambda head: minisign_holds(key, head.text.encode(), head.signature))
        audit.faults.extend(succession(heads))
        if read_key((folder / KEY).read_text(encoding="utf-8")) != key:
            audit.blame("another_key_than_yours", KEY)
        if not heads:
            audit.blame("no_signed_head", HEADS)
        withheld = 0
        with (folder / ACTS).open(encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines):
                act = read_line(number, line.rstrip("\n"))
                withheld += act.payload is None
                audit.enter(act)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(str(error)) from error
    sizes = sorted(head.size for head in heads)
    if bisect_left(sizes, audit.tree.size) == len(sizes):
        audit.blame("acts_that_no_head_covers", ACTS, audit.tree.size, sizes[-1] if sizes else 0)
    faults, latest = audit.close(), heads[-1].text if heads else ""
    return Found(audit.tree.size, len(audit.chains), len(heads), withheld, audit.unread, latest, faults)


def main() -> int:
    """The program: see the head of this file."""
    parser = argparse.ArgumentParser(description="Verify an export of Shailoo's ledger.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--key", help="the commission's public key, as it published it: the line that begins with RW")
    given = parser.parse_args()
    try:
        own = (given.folder / KEY).read_text(encoding="utf-8") if given.key is None else given.key
        found = verify_export(given.folder, read_key(own))
    except (OSError, UnreadableError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    say = sys.stdout.write
    say(f"{found.acts} acts in {found.chains} chains, {found.heads} signed heads, {found.withheld} contents withheld\n")
    for fault in found.faults[:MOST_SHOWN]:
        say(f"x {fault}\n")
    if found.faults:
        say(f"{len(found.faults)} faults: this export does not hold.\n")
        return 1
    say("Everything holds. " + ("" if given.key else "The key is the export's own: compare it with the published one."))
    say(f"\nNewest head: {found.latest}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
