"""The words of results' obstacles, refusals and standings, in the language of the page.

Every coded answer has its sentence in `shailoo.wording`; a code that is newer than its wording is shown with its
numbers, never left out. What only the desk shows (standings, grounds, violations) stands here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from shailoo.law.editions import Reading
from shailoo.law.outcome import Finding, NormId, Step
from shailoo.results.models import Invalidation, Publication
from shailoo.results.queries import Standing
from shailoo.wording import LANGUAGES, Catalogue, citations, sentences, text

_NORM_ID = re.compile(r"\b[LER]\d+(?:-\d+)?(?:\.\d+(?:-\d+)?)*[a-z]?\d*")
_Coded = TypeVar("_Coded", Step, Finding)

STANDINGS: Mapping[Standing, Promise] = {
    Standing.SUMMED: gettext_lazy("in the sums"),
    Standing.INVALIDATED: gettext_lazy("results invalid"),
    Standing.QUARANTINED: gettext_lazy("beside the sums"),
    Standing.IN_WORK: gettext_lazy("being entered"),
    Standing.MISSING: gettext_lazy("no protocol yet"),
}
COLOURS: Mapping[Standing, str] = {
    Standing.SUMMED: "green",
    Standing.INVALIDATED: "purple",
    Standing.QUARANTINED: "red",
    Standing.IN_WORK: "blue",
    Standing.MISSING: "grey",
}
GROUNDS: Mapping[Invalidation.Ground, Promise] = {
    Invalidation.Ground.NO_CERTAINTY: gettext_lazy("Results cannot be established with certainty (37.4.1)"),
    Invalidation.Ground.WILL_AFFECTED: gettext_lazy("Violations affected the will of voters (37.4.2)"),
    Invalidation.Ground.SUPERIOR_DECISION: gettext_lazy("Decision of the superior commission (37.4.3)"),
    Invalidation.Ground.COURT_DECISION: gettext_lazy("Decision of a court (37.4.4)"),
    Invalidation.Ground.BALLOTS_INVALIDATED: gettext_lazy("The ballots found are invalidated (37.4.5)"),
}
VIOLATIONS: Mapping[str, Promise] = {
    "votes_not_certain": gettext_lazy("Votes cannot be determined with certainty"),
    "will_in_voting_or_counting": gettext_lazy("The will of voters was affected in voting or counting"),
    "campaigning_on_election_day": gettext_lazy("Campaigning on election day"),
    "hindering_rights": gettext_lazy("Hindering citizens' electoral rights"),
    "impeding_observation": gettext_lazy("Impeding observation"),
    "voting_for_others": gettext_lazy("Voting for other voters"),
    "interfering_with_commissions": gettext_lazy("Interfering with the work of commissions"),
    "bribing_voters": gettext_lazy("Bribing voters"),
}
KINDS: Mapping[Publication.Kind, Promise] = {
    Publication.Kind.PRELIMINARY: gettext_lazy("preliminary"),
    Publication.Kind.OFFICIAL: gettext_lazy("official"),
}

CHAPTERS: Mapping[str, Promise] = {
    "results": gettext_lazy("Results and protocols"),
    "calendar": gettext_lazy("Days and terms"),
    "voters": gettext_lazy("Voter lists"),
    "observation": gettext_lazy("Observers and representatives"),
    "nomination": gettext_lazy("Nomination, signatures and lists"),
    "registration": gettext_lazy("Registration, withdrawal and mandates"),
    "campaign": gettext_lazy("Campaigning and mass media"),
    "finance": gettext_lazy("Campaign funds"),
    "complaints": gettext_lazy("Complaints and publication"),
    "sittings": gettext_lazy("Sittings of commissions"),
}
"""The chapters of readings in the order of the desk: what a result rests on first."""


def cited(norm: NormId) -> str:
    """The citation of a norm, for a sentence that cannot hold a link."""
    return citations.cite(norm, _language())


def with_citations(text: str) -> str:
    """A remark of an edition, its norms by citation."""
    return _NORM_ID.sub(lambda found: citations.cite(found[0], _language()), text)


def cited_once(norms: Iterable[NormId]) -> list[NormId]:
    """The norms to link to, each paragraph once."""
    return citations.once(norms, _language())


def findings(found: Iterable[Finding], names: Mapping[str, str]) -> list[tuple[str, NormId]]:
    """Each finding as a sentence with its norm; `names` are those of lists and commissions by code."""
    return [(_said(sentences.finding, each, names), each.norm) for each in found]


def steps(found: Iterable[Step], names: Mapping[str, str]) -> list[tuple[str, NormId]]:
    """Each step as a sentence with its norm."""
    return [(_said(sentences.step, each, names), each.norm) for each in found]


def outcome(code: str) -> str:
    return sentences.outcome(code, _language())


def question(code: str, names: Mapping[str, str]) -> str:
    """A question that the law leaves open, or one of its options, which can be a list or a candidate."""
    try:
        return sentences.question(code, _language(), names)
    except KeyError:
        return _spaced(code)


def reading(name: str) -> str:
    return sentences.reading(name, _language())


def option(parameter: str, taken: str) -> str:
    return sentences.option(parameter, taken, _language())


def reason(about: Reading) -> str:
    """Why the default of a reading is taken: in English the note of its edition, else our words for that note."""
    if _language() == "en":
        return with_citations(about.why)
    return sentences.reason(about.name, _language())


def term(name: str) -> str:
    """What an event of the calendar is called."""
    return text(Catalogue.EVENTS, name, _language())


def line(name: str, names: Mapping[str, str]) -> str:
    """A line of a protocol, or the votes of an option ("votes.p03")."""
    try:
        return sentences.line_name(name, _language(), names)
    except KeyError:  # a sum of our own that no protocol has
        return _spaced(name)


def _said(say: Callable[[_Coded, str, Mapping[str, str]], str], found: _Coded, names: Mapping[str, str]) -> str:
    """The sentence of a step or finding; a code that is newer than its wording with its numbers."""
    try:
        return say(found, _language(), names)
    except KeyError:
        told = ", ".join(sentences.fact(name, fact, _language(), names) for name, fact in found.facts.items())
        return f"{_spaced(found.code)}: {told}" if told else _spaced(found.code)


def _language() -> str:
    code = (get_language() or LANGUAGES[0])[:2]
    return code if code in LANGUAGES else LANGUAGES[0]


def _spaced(code: str) -> str:
    return code.replace("_", " ").replace(".", ": ")
