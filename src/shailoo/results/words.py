"""The words of results' refusals, obstacles and standings, in the language of the page.

What the law answers has its words in `shailoo.wording`; the codes of this department's own acts stand here. A code that
is newer than its wording is shown with its numbers, never left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from shailoo.law.outcome import Finding, NormId, Step
from shailoo.law.protocol import line as line_of
from shailoo.results.models import Invalidation, Publication
from shailoo.results.queries import LINES, Standing
from shailoo.wording import LANGUAGES, Catalogue, numbers, text

FINDINGS: Mapping[str, Promise] = {
    "already_determined": gettext_lazy("The result is determined: say why it is to be determined anew."),
    "already_invalid": gettext_lazy("The results of precinct {precinct} are invalid already."),
    "ballots_not_invalidated": gettext_lazy("By its protocol the ballots found at this precinct are not invalid."),
    "CR57": gettext_lazy("Every complaint has to be decided before: {received} received, {decided} decided."),
    "CR60": gettext_lazy("Every precinct of the territory is summed, or listed with the reason why it is not."),
    "CR61": gettext_lazy("The sums are not those of the rows: a protocol was accepted meanwhile. Look again and sign."),
    "decision_incomplete": gettext_lazy("The decision needs its number and its text."),
    "decision_reference_missing": gettext_lazy("Name the decision of the superior commission or of the court."),
    "determined_on_other_figures": gettext_lazy(
        "Determination {version} is not of the present figures and readings: determine anew, then publish."
    ),
    "figures_changed_meanwhile": gettext_lazy("The figures changed while the publication was made. Publish again."),
    "ground_is_the_tecs": gettext_lazy("On this ground the TEC itself decides."),
    "invalid_participants_unknown": gettext_lazy("It is not known how many voters took part at an invalid precinct."),
    "line_known_to_one_side_only": gettext_lazy(
        "{commission}: the line {line} is known on one side only, to the {known_to} protocols."
    ),
    "listed_but_summed": gettext_lazy("Precinct {precinct} is listed as not summed, but it is summed or not yours."),
    "meeting_after_signing": gettext_lazy("The meeting on complaints comes before the signing."),
    "no_precincts": gettext_lazy("No precinct of this territory votes."),
    "no_such_option": gettext_lazy("This is none of the options."),
    "no_such_reading": gettext_lazy("There is no such reading."),
    "not_an_option": gettext_lazy("The answer is none of the options of the question."),
    "not_determined": gettext_lazy("Official publication follows the determination of the result."),
    "not_invalid": gettext_lazy("The results of precinct {precinct} are not invalid."),
    "nothing_changed": gettext_lazy("Nothing has changed since version {version}."),
    "office_may_not": gettext_lazy("Your office may not do this."),
    "office_not_held": gettext_lazy("The office is not held at this time."),
    "other_territory": gettext_lazy("This belongs to another commission."),
    "precinct_does_not_vote": gettext_lazy("Precinct {precinct} does not vote."),
    "precincts_awaited": gettext_lazy("The commission has decided to wait for the precincts that are not summed."),
    "protocol_unexplained": gettext_lazy("Precinct {precinct}: the differences in its protocol are not explained."),
    "question_not_open": gettext_lazy("This question is not open."),
    "reading_taken_already": gettext_lazy("This reading is taken already."),
    "reason_missing": gettext_lazy("A new version needs its reason."),
    "repeat_voting_at_precincts_due": gettext_lazy("Repeat voting at the invalid precincts has been decided."),
    "tec_protocol_unsigned": gettext_lazy("{commission} has not signed its protocol."),
    "violation_missing": gettext_lazy("Name at least one violation that supports this ground."),
}
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


def findings(found: Iterable[Finding], names: Mapping[str, str]) -> list[tuple[str, NormId]]:
    """Each finding as a sentence with its norm; `names` are those of lists and commissions by code."""
    return [(_sentence(Catalogue.FINDINGS, each.code, each.facts, names), each.norm) for each in found]


def steps(found: Iterable[Step], names: Mapping[str, str]) -> list[tuple[str, NormId]]:
    """Each step as a sentence with its norm."""
    return [(_sentence(Catalogue.STEPS, each.code, each.facts, names), each.norm) for each in found]


def outcome(code: str) -> str:
    return _words(Catalogue.OUTCOMES, code) or _spaced(code)


def question(code: str, names: Mapping[str, str]) -> str:
    """A question that the law leaves open, or one of its options, which can be a list or a candidate."""
    return names.get(code) or _words(Catalogue.QUESTIONS, code) or _spaced(code)


def reading(name: str) -> str:
    return _words(Catalogue.READINGS, name) or _spaced(name)


def option(parameter: str, taken: str) -> str:
    return _words(Catalogue.READINGS, f"{parameter}.{taken}") or _spaced(taken)


def line(name: str, names: Mapping[str, str]) -> str:
    """A line of a protocol, or the votes of an option ("votes.p03")."""
    if name.startswith("votes."):
        return names.get(name.removeprefix("votes."), name)
    return _words(Catalogue.LINES, name) or (line_of(name).name if name in LINES else _spaced(name))


def _sentence(catalogue: Catalogue, code: str, facts: Mapping[str, object], names: Mapping[str, str]) -> str:
    told = {name: _fact(name, fact, names) for name, fact in facts.items()}
    pattern = str(FINDINGS[code]) if code in FINDINGS else _words(catalogue, code)
    try:
        if pattern:
            return pattern.format(**told)
    except (KeyError, IndexError):
        pass  # a wording that asks for a number which this finding does not carry: all its numbers are listed instead
    return f"{_spaced(code)}: {', '.join(told.values())}" if told else _spaced(code)


def _fact(name: str, fact: object, names: Mapping[str, str]) -> str:
    if isinstance(fact, Fraction):
        exact = numbers.number if name in ("quotient", "parts") else numbers.percent
        return exact(fact, _language())
    if name == "line":
        return line(str(fact), names)
    return names.get(str(fact), str(fact))


def _words(catalogue: Catalogue, code: str) -> str:
    """The words of a code; "" where it has none yet."""
    try:
        return text(catalogue, code, _language())
    except (KeyError, FileNotFoundError):
        return ""


def _language() -> str:
    code = (get_language() or LANGUAGES[0])[:2]
    return code if code in LANGUAGES else LANGUAGES[0]


def _spaced(code: str) -> str:
    return code.replace("_", " ").replace(".", ": ")
