"""What all rules of the chapter have in common: facts from a document, words in three languages, speed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from shailoo.law import facts
from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.editions import edition
from shailoo.law.nomination.election import Called
from shailoo.law.nomination.list_change import ListChange
from shailoo.law.nomination.list_composition import Gender
from shailoo.law.nomination.nominating import Nomination, Nominator
from shailoo.law.nomination.office import Employment, Position
from shailoo.law.nomination.office_advantage import Advantage, Holding, UseOfOffice
from shailoo.law.nomination.participation import Designation
from shailoo.law.nomination.protection import Incident, Measure
from shailoo.law.nomination.signature_sheet import Entry, Sheet
from shailoo.law.nomination.status import Candidacy
from shailoo.law.nomination.term_of_office import Elected
from shailoo.law.outcome import Outcome
from shailoo.law.rulebook import WHERE, rule
from shailoo.wording import LANGUAGES, sentences
from tests.law.nomination.lists import CASES, changed, list_of, smallest
from tests.law.nomination.test_candidate import DEPUTY, PRESIDENT
from tests.law.nomination.test_nominating import LIST
from tests.law.nomination.test_participation import NOTICE
from tests.law.nomination.test_signatures import NOMINATED, signatures

LAW = edition("2017-06-05")
NOON = datetime(2020, 9, 1, 12, tzinfo=BISHKEK)
PRESIDENTIAL = Called(Kind.PRESIDENTIAL, date(2020, 10, 18), date(2020, 6, 10), date(2020, 6, 12))
SHEET = Sheet("c1", 1, NOMINATED, tuple(Entry(str(n), NOMINATED, n % 9 > 0) for n in range(20)), date(1990, 1, 1), True)

SAMPLES: Mapping[str, tuple[object, ...]] = {
    "candidate-status": (
        Candidacy(NOON, datetime(2020, 11, 2, tzinfo=BISHKEK), repeat_voting=date(2020, 11, 1), goes_through=False),
        Candidacy(NOON, datetime(2020, 11, 2, tzinfo=BISHKEK), repeat_voting=date(2020, 11, 1)),
        Candidacy(NOON, NOON),
    ),
    "candidate-office": (
        Employment(PRESIDENTIAL, NOON, Position.MASS_MEDIA, applied_on=date(2020, 9, 1)),
        Employment(
            PRESIDENTIAL, NOON, Position.STATE_POLITICAL, NOON, NOON, None, date(2020, 9, 1), date(2020, 9, 9), False
        ),
    ),
    "office-advantage": (
        UseOfOffice(Holding.STATE_POSITION, Advantage.VEHICLES, True, official_duty=False),
        UseOfOffice(Holding.HEADS_BODY_WITH_STATE_SHARE, Advantage.PREMISES, None, Fraction(1, 2)),
        UseOfOffice(Holding.HEADS_BODY_WITH_STATE_SHARE, Advantage.PREMISES, None),
    ),
    "candidate-protection": (Incident(Measure.ARREST, NOON, NOON), Incident(Measure.TRANSFER, NOON, NOON, NOON)),
    "nomination": (
        Nomination(PRESIDENTIAL, Nominator.CITIZEN, NOON, frozenset()),
        LIST,
        replace(LIST, congress=None, papers=frozenset()),
    ),
    "candidate": (
        PRESIDENT,
        replace(PRESIDENT, certificate=None, residence=None, times_president=1, citizen=None, foreign_citizenship=True),
        replace(DEPUTY, born=date(2005, 1, 1)),
    ),
    "signature-sheet": (SHEET, replace(SHEET, collector_capable=None, counted={"c2": frozenset({"1"})})),
    "signatures": (signatures(31_000, 90, checked=3_000), signatures(30_000, 1), replace(signatures(9), check=None)),
    "term-of-office": (Elected(PRESIDENT.kind, date(2017, 11, 24)), Elected(DEPUTY.kind)),
    "list-composition": (
        list_of(CASES["C04"]),
        changed(list_of(CASES["C07"]), {5: {"ethnicity": None}, 50: {"limited_health": None}}),
    ),
    "list-change": (
        ListChange(smallest(), changed(smallest(), {3: {"person": "c900", "gender": Gender.MAN}}), frozenset(), False),
    ),
    "participation-notice": (NOTICE, replace(NOTICE, parts=frozenset(), designation=Designation(differs=None))),
}
CASES_OF_RULES = [(name, each) for name, samples in SAMPLES.items() for each in samples]
LATIN = re.compile(r"[A-Za-z]{3,}")


def decide(name: str, given: object) -> Outcome[Any]:  # Any: each rule has a value of its own
    found = rule(name).ask(json.dumps(facts.as_json(given)), LAW)
    assert isinstance(found, Outcome), found
    return found


def test_every_rule_of_the_chapter_has_its_samples() -> None:
    assert {name for name, place in WHERE.items() if place.startswith("shailoo.law.nomination.")} == set(SAMPLES)


@pytest.mark.parametrize(("name", "given"), CASES_OF_RULES)
def test_facts_come_back_from_a_document_as_they_are(name: str, given: object) -> None:
    assert facts.read(type(given), json.dumps(facts.as_json(given))) == given
    assert decide(name, given).grounds


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "given"), CASES_OF_RULES)
def test_every_step_and_finding_is_a_sentence(name: str, given: object, language: str) -> None:
    outcome = decide(name, given)
    said = [sentences.step(step, language) for step in outcome.steps]
    said += [sentences.finding(found, language) for found in outcome.findings]
    assert said
    if language != "en":
        assert [each for each in said if LATIN.search(each.replace("Centre", ""))] == []
    if outcome.unsettled is not None:
        assert all(
            sentences.question(each, language) for each in (outcome.unsettled.question, *outcome.unsettled.options)
        )


@pytest.mark.parametrize(("name", "given"), CASES_OF_RULES)
def test_a_finding_marks_fields_that_its_facts_have(name: str, given: object) -> None:
    known = set(facts.as_json(given) or ())  # type: ignore[arg-type]  # facts are an object of JSON
    assert {field for found in decide(name, given).findings for field in found.fields} <= known
