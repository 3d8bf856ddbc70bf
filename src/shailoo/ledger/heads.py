"""The texts of a signed head, and its files, by which it is published and kept outside the database.

    DATA/heads/ORIGIN/000017-48213.json          the note: canonical JSON
    DATA/heads/ORIGIN/000017-48213.json.minisig  the signature over it
    DATA/heads/ORIGIN/000017-48213.chains.json   the table of chains that the note names by its SHA-256

Copy them to where nobody who administers this database can change them: only then do they prove anything against such a
person (decision 007).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shailoo.ledger import minisign
from shailoo.ledger.canonical import canonical, sha256
from shailoo.ledger.models import Head
from shailoo.ledger.outsider import CHAINS, FORMAT, NOTE, SIGNATURE


def instant(at: datetime) -> str:
    """An instant as hashes and heads write it: "2020-10-05T03:00:00.123456Z"."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def written(
    latest: Head | None, *, size: int, root: bytes, chains: Mapping[str, tuple[int, str]], at: datetime
) -> Head:
    """The head that follows `latest`, not yet signed and not yet kept. The first one gives the log its name."""
    table = canonical(chains)
    head = Head(
        number=latest.number + 1 if latest else 1,
        origin=latest.origin if latest else f"shailoo-{secrets.token_hex(8)}",
        size=size,
        root=root.hex(),
        at=at,
        chains=table,
        chains_sha256=sha256(table),
        previous=sha256(latest.note) if latest else "",
    )
    head.note = note(head)
    return head


def note(head: Head) -> str:
    """The canonical JSON that is signed: every field of the head but the table itself."""
    return canonical(
        {
            "format": FORMAT,
            "origin": head.origin,
            "number": head.number,
            "size": head.size,
            "root": head.root,
            "at": instant(head.at),
            "chains_sha256": head.chains_sha256,
            "previous": head.previous,
        }
    )


def signed(head: Head, key: Ed25519PrivateKey) -> str:
    """The signature file over the head's note."""
    comment = f"{head.origin} head {head.number} of {head.size} acts at {instant(head.at)}"
    return minisign.sign(head.note.encode(), key, comment)


def keep_files(folder: Path) -> None:
    """Write the files of every head that has none below `folder`: the newest, and those that a full disk left out."""
    for number, origin, size in Head.objects.order_by("number").values_list("number", "origin", "size"):
        stem = folder / origin / f"{number:06}-{size}"
        if not Path(f"{stem}{NOTE}").exists():
            write_files(Head.objects.get(number=number), stem)


def write_files(head: Head, stem: Path) -> None:
    """Write the head's three files as `stem`.json and so on, each whole or not at all."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    _keep(Path(f"{stem}{CHAINS}"), head.chains)
    _keep(Path(f"{stem}{SIGNATURE}"), head.signature)
    _keep(Path(f"{stem}{NOTE}"), head.note)  # last: where the note stands, the others do


def _keep(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with draft.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    draft.rename(path)
