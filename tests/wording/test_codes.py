"""Every code that the sources make has its words, and they ask for no fact that is not given there."""

from __future__ import annotations

import pytest

from shailoo.law.determination import InvalidationGround
from shailoo.law.effect import Change
from shailoo.law.presidential import Impediment
from shailoo.law.protocol import correlations
from shailoo.wording import LANGUAGES, Catalogue, entries, has, sentences
from shailoo.wording.sentences import placeholders
from tests.wording.places import Place, faults_of_files, options, places, recorded

COMPUTED = {
    # codes that no single function spells out; what they can be stands in the tests named beside them
    "counting/actions/importing.py": ("faults of files: test_every_fault_of_a_file_has_its_words",),
    "territory/actions.py": ("defects of files: test_every_fault_of_a_file_has_its_words",),
    "documents/uploads/checking.py": ("Unfit: test_a_bad_file_is_refused_by_its_ground_… of the documents",),
    "law/effect.py": ("could_change_…: test_every_change_has_its_words",),
    "law/thresholds.py": ("national tests: test_sentences",),
    "law/determination.py": ("_obstacle: each of its callers is a place of its own",),
    "law/forms.py": ("correlations: test_catalogues",),
    "law/outcome.py": ("Refused.because: each of its callers is a place of its own",),
    "law/protocol/checking.py": ("correlations: test_catalogues",),
    "observation/checkin/findings.py": ("read back from what was stored",),
    "observation/actions/attaching.py": ("codes of archives: tests of observation intake",),
    "observation/faults.py": ("read back from what was stored",),
    "observation/intake/photos.py": ("Unfit: tests of observation intake",),
    "observation/intake/reading.py": ("what is unreadable: tests of observation intake",),
    "voters/actions/receiving.py": ("Flaw: test_a_row_that_is_no_row_is_told_by_its_number of the voters",),
    "voters/sources/addressing.py": ("codes of _fault: FAULTS of the tests of sources",),
    "voters/sources/people.py": ("Flaw, as of deliveries",),
    "results/actions/territorial.py": ("protocol_missing and protocol_parked: below",),
    "results/reckoning.py": ("read back from what was stored",),
}


def wordings(catalogue: Catalogue, code: str) -> list[str]:
    """The English wordings of a code, its variants included."""
    return [words["en"] for key, words in entries(catalogue).items() if key == code or key.startswith(f"{code}.")]


def test_every_code_has_words_that_its_facts_fill() -> None:
    spelt_out = [(place, code) for place in places() for code in place.codes]
    assert len(spelt_out) > 120
    assert [f"{code} ({place.where})" for place, code in spelt_out if not told(place, code)] == []


def told(place: Place, code: str) -> bool:
    """Whether the code has words, and some that ask for no more than the facts given at the place."""
    known = wordings(place.catalogue, code)
    if place.facts is None or not known:
        return bool(known) or has(Catalogue.CORRELATIONS, code)
    return any(placeholders(words) <= place.facts for words in known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_of_an_open_question_has_its_words(language: str) -> None:
    assert len(options()) > 8
    assert [option for option in sorted(options()) if not sentences.question(option, language)] == []


def test_every_fault_of_a_file_has_its_words() -> None:
    assert len(faults_of_files()) > 35
    for code in sorted(faults_of_files()):
        facts = {"file", "line", "field", "value"} if code.startswith("territory.") else {"line", "value"}
        assert any(placeholders(words) <= facts for words in wordings(Catalogue.FINDINGS, code)), code


def test_no_code_is_computed_but_where_it_is_said() -> None:
    computed = {place.where.partition(":")[0] for place in places() if not place.codes}
    assert computed <= COMPUTED.keys()


@pytest.mark.parametrize("code", ["protocol_missing", "protocol_parked"])
def test_a_precinct_without_figures_is_told(code: str) -> None:
    assert any(placeholders(words) <= {"precinct"} for words in wordings(Catalogue.FINDINGS, code))


@pytest.mark.parametrize("change", Change)
def test_every_change_has_its_words(change: Change) -> None:
    assert wordings(Catalogue.STEPS, f"could_change_{change.value}")


@pytest.mark.parametrize("ground", InvalidationGround)
def test_every_ground_of_invalidity_has_its_words(ground: InvalidationGround) -> None:
    assert has(Catalogue.VALUES, f"ground.{ground.value}")


@pytest.mark.parametrize("impediment", Impediment)
def test_every_impediment_has_its_words(impediment: Impediment) -> None:
    assert has(Catalogue.VALUES, f"impediment.{impediment.value}")


def test_every_act_of_the_ledger_has_its_words() -> None:
    assert len(recorded()) > 25
    assert [name for name in sorted(recorded()) if not has(Catalogue.ACTS, name)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_breach_is_told_for_every_correlation(language: str) -> None:
    for found in correlations():
        assert entries(Catalogue.CORRELATIONS)[found.id][language]
        assert entries(Catalogue.BREACHES)[found.id][language]
