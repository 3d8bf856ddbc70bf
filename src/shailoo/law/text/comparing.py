"""The difference between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\S+")


class Change(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that both texts share, or that only one of them has."""

    change: Change
    text: str


def compare(before: str, after: str) -> tuple[Run, ...]:
    """The words of both texts in order; what was removed stands before what was added in its place."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs: list[Run] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            _add(runs, Change.SAME, new[new_from:new_to])
            continue
        _add(runs, Change.REMOVED, old[old_from:old_to])
        _add(runs, Change.ADDED, new[new_from:new_to])
    return tuple(runs)


def _add(runs: list[Run], change: Change, words: Sequence[str]) -> None:
    if words:
        runs.append(Run(change, " ".join(words)))
