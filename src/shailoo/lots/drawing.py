"""How a public lot is drawn: pure arithmetic that anyone can repeat with a pen, dice and `sha256sum`.

    list      the lines "1. LABEL\\n2. LABEL\\n…": UTF-8, each line ended by one line feed, the last too
    list hash sha256 of these bytes, 64 lower-case hexadecimal digits
    ticket    sha256 of the UTF-8 text "PURPOSE|LIST HASH|ROUND|SEED|NUMBER", without a line feed
    order     by the tickets, the smallest first, among the entries that take part in the round

ROUND and NUMBER are decimal without leading zeros; NUMBER is that of the entry on the list; SEED is the digits of the
dice, 1 to 6, written one after the other as they fell. The first k of the order are drawn where a round draws k.
An entry that was drawn takes no part in the later rounds, unless the lot says that each round draws from all.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST_DIGITS = 20  # of a die with six faces: 6^20 is more than 2^51 orders
MOST_DIGITS = 200
MOST_ITEMS = 100_000
LONGEST_LABEL = 400  # characters
SEPARATOR = "|"
BETWEEN_NAMES = " / "
_SEED = re.compile(rf"[1-6]{{{FEWEST_DIGITS},{MOST_DIGITS}}}", re.ASCII)
_SPACES = re.compile(r"\s+")


class Taking(StrEnum):
    """Whether an entry that was drawn takes part in the later rounds of the same lot."""

    ONCE = "once"
    ANEW = "anew"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An entry's place in the order of a round, its ticket, and whether it is among those drawn."""

    place: int
    item: int
    ticket: str
    taken: bool


def label(*names: str) -> str:
    """An entry as it stands on the list: its names in three languages, each once, joined by " / ".

    NFC, without control characters, no two spaces in a row; "" where nothing is left.
    """
    plain = (_plain(each) for each in names)
    return BETWEEN_NAMES.join(dict.fromkeys(each for each in plain if each))


def _plain(text: str) -> str:
    spaced = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    return "".join(sign for sign in spaced if unicodedata.category(sign)[0] != "C").strip()


def written(labels: Iterable[str]) -> str:
    """The list in the form that is hashed and published."""
    return "".join(f"{number}. {each}\n" for number, each in enumerate(labels, 1))


def list_hash(labels: Iterable[str]) -> str:
    """SHA-256 of the list."""
    return sha256(written(labels))


def is_seed(digits: str) -> bool:
    """Whether these are digits of dice, and enough of them."""
    return _SEED.fullmatch(digits) is not None


def ticket(purpose: str, hashed: str, round_: int, seed: str, item: int) -> str:
    """The ticket of the entry with the number `item`."""
    return sha256(SEPARATOR.join((purpose, hashed, str(round_), seed, str(item))))


def draw(purpose: str, hashed: str, round_: int, seed: str, pool: Sequence[int], taken: int | None) -> list[Drawn]:
    """The order of a round: every entry of `pool` by its ticket; the first `taken` are drawn, all where it is None.

    Raises ValueError for a seed that is none, and where more are to be drawn than take part.
    """
    if not is_seed(seed):
        raise ValueError("a seed is at least 20 digits from 1 to 6")
    if taken is not None and not 1 <= taken <= len(pool):
        raise ValueError("no more can be drawn than take part, and one at least")
    tickets = sorted((ticket(purpose, hashed, round_, seed, item), item) for item in pool)
    most = len(pool) if taken is None else taken
    return [Drawn(place, item, own, place <= most) for place, (own, item) in enumerate(tickets, 1)]


def pool(items: int, drawn: Iterable[Sequence[int]], taking: Taking) -> list[int]:
    """The numbers that take part in the next round of a list of `items`, after rounds that drew `drawn`."""
    out = set() if taking is Taking.ANEW else {item for each in drawn for item in each}
    return [item for item in range(1, items + 1) if item not in out]


def sha256(text: str) -> str:
    """Lower-case hexadecimal SHA-256 of a text's UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
