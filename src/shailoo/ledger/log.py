"""Reading the log: its tree in blocks of 256 hashes, its newest head, and the proof that an act stands in it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from shailoo.ledger import merkle
from shailoo.ledger.models import Act, Head, Leaf, Logged, Subtree

BLOCK = 8  # levels from one kept size of subtrees to the next: 2**8 hashes are read at once
KEPT = (0, 8, 16, 24)


class Nodes:
    """The complete subtrees of the log, as `merkle` asks for them. Blocks are read once and kept with this object."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """The hash over the 2**level leaves from index * 2**level on. Raises KeyError where they are not all there."""
        if (level, index) not in self._known:
            if level in KEPT:
                self._read(level, index >> BLOCK)
            else:
                left, right = self(level - 1, 2 * index), self(level - 1, 2 * index + 1)
                self._known[level, index] = merkle.node_hash(left, right)
        return self._known[level, index]

    def _read(self, level: int, block: int) -> None:
        rows = (Leaf.objects if level == 0 else Subtree.objects.filter(level=level)).filter(
            index__gte=block << BLOCK, index__lt=(block + 1) << BLOCK
        )
        self._known.update({(level, index): bytes(digest) for index, digest in rows.values_list("index", "hash")})


def latest_head() -> Head | None:
    """The newest head, without its table of chains; None while there is none."""
    return Head.objects.order_by("-number").defer("chains").first()


def chains_logged() -> dict[str, tuple[int, str]]:
    """Of each chain the last act that has entered the log: its sequence and hash."""
    return {chain: (sequence, digest) for chain, sequence, digest in Logged.objects.values_list()}


@dataclass(frozen=True, slots=True)
class Proof:
    """That an act stands in the log, against the newest head: hashes from its leaf to the root, lowest first."""

    act: Act
    index: int
    path: tuple[bytes, ...]
    head: Head

    @property
    def holds(self) -> bool:
        """Whether the path leads from the act's hash to the head's root."""
        leaf = merkle.leaf_hash(bytes.fromhex(self.act.hash))
        return merkle.includes(leaf, self.index, self.head.size, self.path, bytes.fromhex(self.head.root))

    def data(self) -> dict[str, object]:
        """The proof for canonical JSON; whoever has the signed head needs nothing else."""
        return {
            "act": {"chain": self.act.chain_id, "sequence": self.act.sequence, "hash": self.act.hash},
            "index": self.index,
            "path": [each.hex() for each in self.path],
            "head": json.loads(self.head.note),
            "signature": self.head.signature,
        }


def proof_of(act: Act) -> Proof | None:
    """The proof against the newest head; None where the act is not yet in one."""
    head = latest_head()
    index = Leaf.objects.filter(act=act).values_list("index", flat=True).first()
    if head is None or index is None or index >= head.size:
        return None
    return Proof(act, index, tuple(merkle.inclusion(index, head.size, Nodes())), head)


def extension(old: Head, new: Head) -> list[bytes]:
    """The proof that the log of `new` begins with the log of `old`, for someone who kept the old head alone."""
    return merkle.consistency(old.size, new.size, Nodes())
