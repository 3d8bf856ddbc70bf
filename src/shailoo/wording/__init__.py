"""The law's codes in Kyrgyz, Russian and English: what pages and documents write for a line, a correlation, a step.

Pure data beside the law: `law` answers in codes, `wording` holds their words, faces and documents put the numbers in.
A catalogue is a TOML file of tables `[code]` with `ky`, `ru` and `en`, or a folder of the same name with a file for a
chapter of the law, or both. A language that is missing fails the tests, and so does a code that stands twice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

LANGUAGES = ("ky", "ru", "en")
_FOLDER = Path(__file__).parent


class Catalogue(StrEnum):
    """What kind of code a wording is of; each is a file of this folder, a folder beside it, or both."""

    LINES = "lines"  # lines of the protocol, structures and their fields ("mobile_boxes.found")
    SECTIONS = "sections"  # sections and pages of the protocol
    CORRELATIONS = "correlations"  # CR1 …: what holds
    BREACHES = "breaches"  # CR1 …: what to do on a breach
    STEPS = "steps"  # Step.code, with {facts}
    FINDINGS = "findings"  # Finding.code of refusals, obstacles and outcomes, with {facts}
    OUTCOMES = "outcomes"  # Result values
    QUESTIONS = "questions"  # Unsettled.question and its options
    VALUES = "values"  # facts that are codes themselves ("ground.court")
    READINGS = "readings"  # parameters ("threshold_base") and options ("threshold_base.participated")
    STATES = "states"  # states and acts of a protocol, statuses of a precinct
    ACTS = "acts"  # names of acts in the ledger
    EVENTS = "events"  # titles of the calendar's events
    ACTORS = "actors"  # who acts: bodies and persons of the calendar and of the norms
    NORMS = "norms"  # our summaries of norms, ky and ru only: the English ones are the rules of `law.norms`
    REASONS = "reasons"  # why the default of a reading is taken, ky and ru only: in English the editions say so


def text(catalogue: Catalogue, code: str, language: str) -> str:
    """The words for a code. Raises KeyError where the catalogue does not hold it."""
    return entries(catalogue)[code][language]


def has(catalogue: Catalogue, code: str) -> bool:
    """Whether the catalogue holds the code."""
    return code in entries(catalogue)


@cache
def entries(catalogue: Catalogue) -> Mapping[str, Mapping[str, str]]:
    """Every code of a catalogue with its words by language. Raises ValueError where a code stands in two files."""
    found: dict[str, Mapping[str, str]] = {}
    for path in (_FOLDER / f"{catalogue.value}.toml", *sorted((_FOLDER / catalogue.value).glob("*.toml"))):
        if path.exists():
            words = tomllib.loads(path.read_text(encoding="utf-8"))
            twice = sorted(found.keys() & words.keys())
            if twice:
                raise ValueError(f"{path.name}: {twice[0]} stands in another file of {catalogue.value} too")
            found |= words
    return found
