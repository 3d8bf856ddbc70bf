"""Values, formulas and refusals as people read them, never as the program writes them."""

from __future__ import annotations

import pytest
from django.utils import translation

from shailoo.counting import words
from shailoo.law.outcome import Finding, Refused, Severity
from shailoo.law.protocol import LineType

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("found", "kind", "said"),
    [
        (1325, LineType.INTEGER, f"1{NB}325"),
        (True, LineType.BOOLEAN, "Ооба"),
        (False, LineType.BOOLEAN, "Жок"),
        ("2020-10-04T23:08", LineType.DATETIME, "04.10.2020 23:08"),
        ("2020-10-04", LineType.DATE, "04.10.2020"),
        ("20:05", LineType.TIME, "20:05"),
        ([], LineType.LIST, "жок"),
        (["акт", "тизме"], LineType.LIST, "акт; тизме"),
        ({"seal_intact": True}, LineType.STRUCTURE, "пломба бузулган эмес: Ооба"),
        (None, LineType.INTEGER, "—"),
    ],
)
def test_a_value_is_shown_as_people_write_it(found: object, kind: LineType, said: str) -> None:
    with translation.override("ky"):
        assert words.value(found, kind) == said


@pytest.mark.parametrize("typed", ["5 октября, ночью", "2020-13-04T25:00", ""])
def test_what_could_not_be_read_is_shown_as_it_was_typed(typed: str) -> None:
    assert words.as_typed(typed, LineType.DATETIME) == typed


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ky", f"1{NB}325 = 651 + 673 жана 20:00 ≥ 08:00"),
        ("ru", f"1{NB}325 = 651 + 673 и 20:00 ≥ 08:00"),
        ("en", f"1{NB}325 = 651 + 673 and 20:00 ≥ 08:00"),
    ],
)
def test_a_formula_is_written_in_the_signs_of_arithmetic(language: str, said: str) -> None:
    with translation.override(language):
        assert words.formula("1325 == 651 + 673 and 20:00 >= 08:00") == said


def test_a_refusal_cites_the_article_and_not_its_id() -> None:
    refused = Refused((Finding("L36.2.a1", "another_person_enters_second", Severity.ERROR, {}, ()),))
    with translation.override("ky"):
        ((_address, sentence),) = words.refusal(refused)
    assert sentence.endswith("(36-берене, 2-бөлүк)")
    assert "L36" not in sentence
