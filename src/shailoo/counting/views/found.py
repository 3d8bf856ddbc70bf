"""What was found in a protocol's figures, in words: the same on its own page and on the pages of decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shailoo.counting import words
from shailoo.counting.models import ProtocolFinding
from shailoo.elections.queries import Ballot


@dataclass(frozen=True, slots=True)
class Told:
    """One correlation that does not hold: what it says, its figures, the lines to look at, what follows, its norms."""

    code: str
    severity: str
    meaning: str
    formula: str
    lines: tuple[str, ...]
    breach: str
    norms: tuple[str, ...]


def in_words(findings: Iterable[ProtocolFinding], printed: Ballot) -> list[Told]:
    """Each finding for the page, each of its paragraphs cited once."""
    return [
        Told(
            code=each.code,
            severity=each.severity,
            meaning=words.correlation(each.code),
            formula=words.formula(each.formula),
            lines=tuple(marked(name, printed) for name in each.fields),
            breach=words.on_breach(each.code),
            norms=tuple(words.cited(each.norms)),
        )
        for each in findings
    ]


def marked(path: str, printed: Ballot) -> str:
    """A field or a line that a correlation names."""
    try:
        return words.field(path, printed)
    except KeyError:
        return path
