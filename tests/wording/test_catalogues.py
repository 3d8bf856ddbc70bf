"""The catalogues: nothing missing, three languages each, no language standing in for another."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import shailoo.wording
from shailoo.accounts.roles import Role
from shailoo.counting.states import Act, State
from shailoo.law.editions import editions
from shailoo.law.mandates import Result as SeatsResult
from shailoo.law.norms import known
from shailoo.law.presidential import Result as PresidentResult
from shailoo.law.protocol import facts, line, lines, pages
from shailoo.results.queries import Standing
from shailoo.wording import LANGUAGES, Catalogue, entries, has, sentences
from shailoo.wording.sentences import placeholders

WORDS = Path(shailoo.wording.__file__).parent
NUMBER = re.compile(r"\d+(?:-\d+)?")
THOUSANDS = re.compile(r"(?<=\d)[ ,\u00a0](?=\d{3}\b)")
LATIN = re.compile(r"[A-Za-z]+")
CODES = re.compile(r"\bCR\d+\b|\b(?:JPEG|PNG|TIFF|PDF|JSON|SHA-256|UTF-8|WGS 84)\b")


def languages_of(catalogue: Catalogue) -> tuple[str, ...]:
    """The English summaries of norms are the rules of `law.norms`, the English reasons the notes of the editions."""
    return ("ky", "ru") if catalogue in (Catalogue.NORMS, Catalogue.REASONS) else LANGUAGES


def named_in(path: Path) -> tuple[str, ...]:
    return tuple(tomllib.loads(path.read_text(encoding="utf-8")))


def numbers_in(words: str) -> set[str]:
    """Articles, parts, days and counts, without the sign between thousands."""
    return set(NUMBER.findall(THOUSANDS.sub("", words)))


@pytest.mark.parametrize("catalogue", Catalogue)
def test_every_entry_has_exactly_its_languages(catalogue: Catalogue) -> None:
    wanted = set(languages_of(catalogue))
    found = entries(catalogue)
    assert found
    assert {code: set(words) for code, words in found.items() if set(words) != wanted} == {}
    assert [
        code for code, words in found.items() if not all(text.strip() == text != "" for text in words.values())
    ] == []


@pytest.mark.parametrize("catalogue", Catalogue)
def test_the_languages_of_an_entry_ask_for_the_same_facts(catalogue: Catalogue) -> None:
    differing = [code for code, words in entries(catalogue).items() if len({*map(placeholders, words.values())}) > 1]
    assert differing == []


@pytest.mark.parametrize("language", ["ky", "ru"])
@pytest.mark.parametrize("catalogue", Catalogue)
def test_no_english_is_left_in_kyrgyz_and_russian(catalogue: Catalogue, language: str) -> None:
    def left(words: str) -> list[str]:
        return LATIN.findall(CODES.sub("", re.sub(r"\{\w+\}", "", words)))

    assert {code: left(words[language]) for code, words in entries(catalogue).items() if left(words[language])} == {}


@pytest.mark.parametrize("catalogue", Catalogue)
def test_kyrgyz_is_not_russian(catalogue: Catalogue) -> None:
    kyrgyz = {code: words["ky"] for code, words in entries(catalogue).items()}
    assert [code for code, words in kyrgyz.items() if re.search("[щЩ]", words)] == []
    assert [code for code, words in entries(catalogue).items() if words["ky"] == words["ru"]] == []
    assert [code for code, words in entries(catalogue).items() if re.search("[ңөүҢӨҮ]", words["ru"])] == []


@pytest.mark.parametrize("catalogue", [Catalogue.STEPS, Catalogue.FINDINGS, Catalogue.NORMS, Catalogue.REASONS])
def test_sentences_end_as_sentences(catalogue: Catalogue) -> None:
    open_ended = [
        code for code, words in entries(catalogue).items() if not all(text[-1] in ".?}" for text in words.values())
    ]
    assert open_ended == []


def test_every_line_field_and_fact_has_its_words() -> None:
    fields = [f"{each.id}.{name}" for each in lines() if each.structure for name in each.structure.fields]
    wanted = [*(each.id for each in lines()), *fields, *(each.id for each in facts())]
    assert [name for name in wanted if not has(Catalogue.LINES, name)] == []


def test_every_section_and_page_has_its_words() -> None:
    wanted = {*pages(), *(each.section for each in lines())}
    assert set(entries(Catalogue.SECTIONS)) == wanted
    assert line("votes").section in wanted


def test_every_state_act_and_standing_has_its_words() -> None:
    assert set(entries(Catalogue.STATES)) == {*map(str, State), *map(str, Act), *map(str, Standing)}


def test_every_result_has_its_words() -> None:
    assert set(entries(Catalogue.OUTCOMES)) == {*map(str, SeatsResult), *map(str, PresidentResult)}


def test_every_reading_and_option_has_its_words() -> None:
    readings = [reading for each in editions() for reading in each.readings]
    wanted = {reading.name for reading in readings}
    wanted |= {f"{reading.name}.{option}" for reading in readings for option in reading.options}
    assert set(entries(Catalogue.READINGS)) == wanted


def test_every_reading_has_its_reason_in_the_file_of_its_chapter() -> None:
    chapters = {name: path.stem for path in (WORDS / "reasons").glob("*.toml") for name in named_in(path)}
    assert chapters == {reading.name: reading.chapter for each in editions() for reading in each.readings}
    assert set(entries(Catalogue.REASONS)) == set(chapters)


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_a_reason_names_the_articles_days_and_numbers_of_its_note(language: str) -> None:
    notes = {(reading.name, reading.why) for each in editions() for reading in each.readings}
    differing = {name: numbers_in(note) ^ numbers_in(sentences.reason(name, language)) for name, note in notes}
    assert {name: numbers for name, numbers in differing.items() if numbers} == {}


def test_every_role_has_its_words() -> None:
    assert [role for role in Role.values if not has(Catalogue.VALUES, f"role.{role}")] == []


def test_every_summary_is_of_a_norm_that_is_there() -> None:
    assert [name for name in entries(Catalogue.NORMS) if not known(name)] == []
