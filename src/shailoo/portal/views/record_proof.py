"""Check that one act stands in the signed record. Needs Python 3.9 and verify_ledger.py beside it, and nothing else.

    python3 check_proof.py act.json proof.json --key "RW..."

act.json and proof.json are what the page of an act offers. Exit code 0: everything holds. 1: something does not, and
is named. 2: a file cannot be read.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import sys
from pathlib import Path
from typing import Any


def root_of(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root to which a path leads from a leaf hash (RFC 9162, 2.1.3.2); empty where it cannot be a path there."""
    place, last, found = index, size - 1, leaf
    for each in path:
        if last == 0:
            return b""
        if place & 1 or place == last:
            found = hashlib.sha256(b"\x01" + each + found).digest()
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + each).digest()
        place, last = place >> 1, last >> 1
    return found if last == 0 else b""


def faults(act: dict[str, Any], proof: dict[str, Any], key: str) -> list[str]:
    """What does not hold, in words; `key` is the commission's public key, the line that begins with RW."""
    verifier = importlib.import_module("verify_ledger")
    found = []
    if "payload" in act and hashlib.sha256(act["payload"].encode()).hexdigest() != act["payload_sha256"]:
        found.append("the content is not the one that the act names")
    entry = verifier.Entry(
        *(act[name] for name in ("chain", "sequence", "name", "subject", "office", "at")),
        tuple(act["grounds"]),
        act.get("payload"),
        *(act[name] for name in ("payload_sha256", "form", "previous", "hash")),
    )
    computed = verifier.act_hash(entry)
    if not computed:
        sys.stdout.write("- the content of an early act is withheld: its own hash cannot be computed anew\n")
    elif computed != act["hash"]:
        found.append("the hash of the act is another one")
    head = proof["head"]
    if proof["act"]["hash"] != act["hash"]:
        found.append("the proof is of another act")
    path = [bytes.fromhex(each) for each in proof["path"]]
    if root_of(verifier.leaf_of(act["hash"]), proof["index"], head["size"], path).hex() != head["root"]:
        found.append("the path does not lead to the root")
    note = verifier.canonical(head).encode()
    if not verifier.minisign_holds(verifier.read_key(key), note, proof["signature"]):
        found.append("the head is not signed by this key")
    return found


def main() -> int:
    """The program: see the head of this file."""
    parser = argparse.ArgumentParser(description="Check that one act stands in the signed record.")
    parser.add_argument("act", type=Path)
    parser.add_argument("proof", type=Path)
    parser.add_argument("--key", required=True, help="the commission's public key: the line that begins with RW")
    given = parser.parse_args()
    try:
        act = json.loads(given.act.read_text(encoding="utf-8"))
        proof = json.loads(given.proof.read_text(encoding="utf-8"))
        found = faults(act, proof, given.key)
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"cannot be read: {error!r}\n")
        return 2
    for fault in found:
        sys.stdout.write(f"x {fault}\n")
    if found:
        return 1
    head = proof["head"]
    sys.stdout.write(f"Everything holds: act {proof['index']} of {head['size']} in head {head['number']}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
