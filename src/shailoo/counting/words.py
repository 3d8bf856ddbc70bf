"""The words of counting's states, acts, pages and refusals, in the language of the page.

Lines, correlations and refusals have their words in `shailoo.wording`; a code that is newer than its wording is shown
in the English of its data, never left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from shailoo.counting.states import Act, State
from shailoo.elections.queries import Ballot
from shailoo.law.outcome import Finding, Refused
from shailoo.law.protocol import LineType
from shailoo.law.protocol import correlation as correlation_of
from shailoo.law.protocol import line as line_of
from shailoo.wording import LANGUAGES, Catalogue, citations, numbers, sentences, text

STATES: Mapping[State, Promise] = {
    State.EXPECTED: gettext_lazy("expected"),
    State.RECEIVED: gettext_lazy("received, to be entered"),
    State.FIRST_ENTRY: gettext_lazy("first entry going on"),
    State.FIRST_ENTERED: gettext_lazy("entered once"),
    State.SECOND_ENTRY: gettext_lazy("second entry going on"),
    State.DIFFERENT: gettext_lazy("entries differ, to be entered again"),
    State.FIRST_REENTRY: gettext_lazy("first re-entry going on"),
    State.FIRST_REENTERED: gettext_lazy("re-entered once"),
    State.SECOND_REENTRY: gettext_lazy("second re-entry going on"),
    State.CONFLICTING: gettext_lazy("in conflict, a third person decides"),
    State.TO_EXPLAIN: gettext_lazy("to be explained"),
    State.PARKED: gettext_lazy("parked with the chairperson"),
    State.RETURNED: gettext_lazy("returned to the PEC"),
    State.ACCEPTED: gettext_lazy("accepted"),
    State.REPLACED: gettext_lazy("replaced"),
}
COLOURS: Mapping[State, str] = {
    State.EXPECTED: "grey",
    State.RECEIVED: "blue",
    State.FIRST_ENTRY: "light-blue",
    State.FIRST_ENTERED: "blue",
    State.SECOND_ENTRY: "light-blue",
    State.DIFFERENT: "orange",
    State.FIRST_REENTRY: "light-blue",
    State.FIRST_REENTERED: "orange",
    State.SECOND_REENTRY: "light-blue",
    State.CONFLICTING: "red",
    State.TO_EXPLAIN: "yellow",
    State.PARKED: "red",
    State.RETURNED: "purple",
    State.ACCEPTED: "green",
    State.REPLACED: "grey",
}
ACTS: Mapping[Act, Promise] = {
    Act.TAKE_OVER: gettext_lazy("Take over the protocol"),
    Act.IMPORT: gettext_lazy("Import protocols"),
    Act.CLAIM: gettext_lazy("Enter this protocol"),
    Act.RELEASE: gettext_lazy("Give the entry back"),
    Act.FINISH: gettext_lazy("Go on with your entry"),
    Act.SETTLE: gettext_lazy("Decide between the two entries"),
    Act.ENTER_AGAIN: gettext_lazy("Have it entered again by two people"),
    Act.EXPLAIN: gettext_lazy("Write the explanation"),
    Act.ACCEPT_WITH_ACT: gettext_lazy("Accept with an act on the difference"),
    Act.RETURN_TO_PEC: gettext_lazy("Return the protocol to the PEC"),
    Act.REPLACE: gettext_lazy("Take over a recount or a correction"),
}
PAGES: Mapping[str, Promise] = {
    "identification": gettext_lazy("A. The form"),
    "voters": gettext_lazy("B. Voters"),
    "cheques": gettext_lazy("C. Identification of voters"),
    "ballots": gettext_lazy("D. Ballots"),
    "mobile": gettext_lazy("E. Mobile voting"),
    "boxes": gettext_lazy("F. Ballots found in the boxes"),
    "votes": gettext_lazy("G. Votes"),
    "scanners": gettext_lazy("H. Scanning ballot boxes"),
    "times": gettext_lazy("I. Times"),
    "signatures": gettext_lazy("J. Signatures, opinions, complaints"),
}
PARTS: Mapping[str, Promise] = {
    "box_no": gettext_lazy("number of the box"),
    "voters": gettext_lazy("voters"),
    "marked_applications": gettext_lazy("applications marked"),
    "found": gettext_lazy("ballots found"),
    "unofficial": gettext_lazy("ballots of another form"),
    "seal_intact": gettext_lazy("seal intact"),
    "control_sheet_found": gettext_lazy("control sheet found"),
    "invalidated": gettext_lazy("ballots of this box declared invalid"),
    "package_quantity": gettext_lazy("quantity on the package"),
}
UNREADABLE: Mapping[str, Promise] = {
    "not_a_whole_number": gettext_lazy("Write a whole number, zero as 0."),
    "negative": gettext_lazy("A count cannot be negative."),
    "too_large": gettext_lazy("The number is too large."),
    "too_long": gettext_lazy("The text is too long."),
    "not_a_text": gettext_lazy("Write plain text."),
    "not_a_time": gettext_lazy("Write hours and minutes, for example 20:05."),
    "not_a_date": gettext_lazy("Write the day, for example 04.10.2020."),
    "not_a_date_and_time": gettext_lazy("Write day and time, for example 05.10.2020 01:40."),
    "neither_yes_nor_no": gettext_lazy("Choose yes or no."),
}
SIGNS: Mapping[str, str] = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "*": "×", "-": numbers.MINUS}
_SIGN = re.compile(r"[=!<>]=|(?<=\s)[*-](?=\s)")


def language() -> str:
    """The language of the page, one of those that wording has."""
    code = (get_language() or "ky")[:2]
    return code if code in LANGUAGES else "ky"


def line(name: str) -> str:
    """The official name of a line of the protocol."""
    return _said(Catalogue.LINES, name, line_of(name).name)


def correlation(code: str) -> str:
    """What a control correlation means."""
    return _said(Catalogue.CORRELATIONS, code, correlation_of(code).meaning)


def on_breach(code: str) -> str:
    """What a commission does about a breach of it."""
    return _said(Catalogue.BREACHES, code, correlation_of(code).on_breach)


def field(path: str, ballot: Ballot) -> str:
    """A field by the names of its line and of the option or box that it stands for."""
    name, _dot, rest = path.replace("[", ".").replace("]", "").partition(".")
    if not rest:
        return line(name)
    choice = next((choice for choice in ballot.lines if choice.code == rest), None)
    if choice is not None:
        return choice.name(language()) if name == "votes" else f"{line(name)}: {choice.name(language())}"
    row, _dot, part = rest.partition(".")
    if row.isdigit() and part:
        return _("Box %(number)s: %(part)s") % {"number": int(row) + 1, "part": PARTS.get(part, part)}
    beside = {"against_all": line("against_all"), "invalid": line("invalid")}
    return f"{line(name)}: {beside.get(rest, rest)}"


def part(path: str) -> str:
    """A figure of one mobile box by its own name alone, for a form that names the box above it."""
    name = path.rpartition(".")[2]
    found = str(PARTS.get(name, name))
    return found[:1].upper() + found[1:]


def value(found: object, kind: LineType) -> str:
    """A value of a protocol as people read it: counts in thousands, local days and times, yes and no."""
    if found is None or found == "":
        return numbers.NONE
    if isinstance(found, bool):
        return _("Yes") if found else _("No")
    if isinstance(found, int):
        return numbers.count(found)
    if isinstance(found, list):
        return "; ".join(value(each, kind) for each in found) or _("none")
    if isinstance(found, dict):
        return ", ".join(f"{PARTS.get(name, name)}: {value(each, kind)}" for name, each in found.items())
    return as_typed(str(found), kind)


def as_typed(found: str, kind: LineType) -> str:
    """A day or a moment as a clerk types it (05.10.2020 01:40); any other text as it is."""
    try:
        if kind is LineType.DATETIME:
            return f"{datetime.fromisoformat(found):%d.%m.%Y %H:%M}"
        return f"{date.fromisoformat(found):%d.%m.%Y}" if kind is LineType.DATE else found
    except ValueError:  # what could not be read is shown as it was typed
        return found


def formula(found: str) -> str:
    """A correlation with its figures put in, in the signs of arithmetic instead of those of the formula's language."""
    known = {"and": _("and"), "or": _("or"), "not": _("not")}
    said = _SIGN.sub(lambda sign: SIGNS[sign[0]], found)
    said = re.sub(r"\b(and|or|not)\b", lambda word: known[word[0]], said)
    return re.sub(r"(?<![\w.:])\d{4,}\b", lambda digits: numbers.count(int(digits[0])), said)


def act_done(name: str) -> str:
    """An act of the ledger in a history."""
    return _said(Catalogue.ACTS, name, name)


def cited(norms: Iterable[str]) -> list[str]:
    """The norms to cite, each paragraph once."""
    return citations.once(norms, language())


def refusal(refused: Refused) -> list[tuple[str, str]]:
    """Each ground of a refusal as (address of the field on the page, words with the norm)."""
    return [pair for found in refused.findings for pair in _told(found)]


def _told(found: Finding) -> Iterable[tuple[str, str]]:
    try:
        words = sentences.finding(found, language())
    except KeyError:  # a code that is newer than its wording
        words = found.code
    words = f"{words} ({citations.cite(found.norm, language())})"
    if not found.fields:
        return [("", words)]
    return [(f"#id_{path}", words) for path in found.fields[:1]]


def _said(catalogue: Catalogue, code: str, otherwise: str) -> str:
    try:
        return text(catalogue, code, language())
    except (KeyError, FileNotFoundError):
        return otherwise
