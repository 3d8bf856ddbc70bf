"""Writing the ledger into a folder for outsiders: acts, heads, key, and the program that verifies them.

What an outsider may not read is not in it: the content of withheld acts is replaced by its SHA-256, which is all that
the chain needs. Persons are not in it at all; an act names its office by number.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shailoo.ledger import heads, minisign, outsider
from shailoo.ledger.canonical import canonical, sha256
from shailoo.ledger.models import Act, Head
from shailoo.ledger.openness import Sight, shows_content

VERIFIER = "verify_ledger.py"
README = """\
The ledger of an election commission, as far as it was signed.

acts.jsonl        every act, one a line, in the order of the log; withheld content as its SHA-256
heads/            what the commission signed: size and root of the log, and the end of every chain
shailoo.pub       the key that signed it, in minisign's form; compare it with the one that the commission published
verify_ledger.py  verifies all of it; needs Python 3.9 and nothing else: python3 verify_ledger.py

Any program for minisign checks the signatures of heads/*.json too. Keep a head: if a later export does not begin with
the same acts, the program says so.
"""


class NothingSignedError(Exception):
    """The log has no head yet, so that an export would prove nothing."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: acts in the log, acts whose content was withheld, heads."""

    acts: int
    withheld: int
    heads: int


def export(folder: Path, key: minisign.PublicKey) -> Exported:
    """Write everything that the newest head covers into the new or empty `folder`. Raises NothingSignedError.

    Call it in a transaction that sees one moment (`REPEATABLE READ`), or acts and heads may not fit together.
    """
    latest = Head.objects.order_by("-number").first()
    if latest is None:
        raise NothingSignedError
    folder.mkdir(parents=True, exist_ok=True)
    withheld = 0
    with (folder / outsider.ACTS).open("w", encoding="utf-8", newline="\n") as lines:
        for line, hidden in _lines(latest.size):
            lines.write(line + "\n")
            withheld += hidden
    (folder / outsider.HEADS).mkdir(exist_ok=True)
    for head in Head.objects.order_by("number").iterator(chunk_size=10):
        heads.write_files(head, folder / outsider.HEADS / f"{head.number:06}-{head.size}")
    (folder / outsider.KEY).write_text(key.text())
    (folder / "README.txt").write_text(README)
    shutil.copyfile(outsider.__file__, folder / VERIFIER)
    return Exported(latest.size, withheld, latest.number)


def _lines(size: int) -> Iterator[tuple[str, bool]]:
    """Each act of the log as a line, and whether its content is withheld."""
    acts = Act.objects.filter(leaf__index__lt=size).order_by("leaf__index").select_related("leaf")
    for act in acts.iterator(chunk_size=5000):
        public = shows_content(act.name, Sight.PUBLIC)
        content = {"payload": act.payload} if public else {"payload_sha256": sha256(act.payload)}
        told = {
            "index": act.leaf.index,
            "chain": act.chain_id,
            "sequence": act.sequence,
            "name": act.name,
            "subject": act.subject,
            "office": act.office_id,
            "at": heads.instant(act.at),
            "grounds": act.grounds,
            "form": act.form,
            "previous": act.previous,
            "hash": act.hash,
        }
        yield canonical(told | content), not public
