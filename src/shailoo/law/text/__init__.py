"""The official text of the law, cut into articles, paragraphs, items and blocks with the anchors of our norm ids.

Pure: a text goes in, a tree or its faults come out. The text itself is data of an installation (decision 004), never
part of the program.
"""

from __future__ import annotations

from shailoo.law.text.comparing import Change, Run, compare
from shailoo.law.text.cutting import cut
from shailoo.law.text.matching import Match, match
from shailoo.law.text.model import Act, Article, Cut, Fault, Gap, Language, Lines, Piece, language_of

__all__ = [
    "Act",
    "Article",
    "Change",
    "Cut",
    "Fault",
    "Gap",
    "Language",
    "Lines",
    "Match",
    "Piece",
    "Run",
    "compare",
    "cut",
    "language_of",
    "match",
]
