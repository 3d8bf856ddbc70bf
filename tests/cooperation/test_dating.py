"""Dates as they are known: to the day, to the year, not at all; and what names and addresses are compared by."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.cooperation import mapping, naming, places, websites
from shailoo.cooperation.dating import UNKNOWN, Dated, Precision


@given(st.one_of(st.dates(date(1900, 1, 1)).map(Dated.of_day), st.integers(1000, 2999).map(Dated.of_year)))
def test_a_date_is_written_and_read_back_with_its_precision(value: Dated) -> None:
    assert Dated.read(value.written) == value


def test_of_a_year_neither_month_nor_day_is_known() -> None:
    assert Dated.of_year(2004).written == "2004"
    assert Dated.read("") is UNKNOWN
    for on, precision in (
        (date(2004, 5, 1), Precision.YEAR),
        (None, Precision.DAY),
        (date(2004, 1, 1), Precision.NONE),
    ):
        with pytest.raises(ValueError, match=r"date|year"):
            Dated(on, precision)
    for wrong in ("2004-13-01", "20", "гг", "2004-1"):
        with pytest.raises(ValueError):
            Dated.read(wrong)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Election Commission of Malaysia", "The election commission, MALAYSIA"),
        ("Шайлоо жана референдум өткөрүү", "шайлоо, референдум откоруу"),
        ("Türkiye", "turkiye"),
    ],
)
def test_names_are_compared_without_case_signs_and_small_words(one: str, other: str) -> None:
    assert naming.key(one) == naming.key(other)


def test_names_that_differ_stay_apart() -> None:
    assert naming.key("ACEEEO") != naming.key("ACEEO")
    assert naming.keys(["", "-", "A", "SCO", "sco"]) == ["sco"]


@pytest.mark.parametrize(
    ("printed", "opens"),
    [
        ("www.spr.gov.my", "http://www.spr.gov.my"),
        ("HTTPS://Shailoo.gov.kg/ru/", "https://shailoo.gov.kg/ru/"),
        (" http://example.org:8080/a?b=c ", "http://example.org:8080/a?b=c"),
        ("", ""),
    ],
)
def test_a_website_opens_however_it_was_printed(printed: str, opens: str) -> None:
    assert websites.normal(printed) == opens


@pytest.mark.parametrize(
    "printed", ["javascript:alert(1)", "no site", "ftp://a.b", "http://user:word@a.b", "a..b", "x"]
)
def test_what_is_no_website_is_none(printed: str) -> None:
    with pytest.raises(ValueError):
        websites.normal(printed)


def test_the_map_shows_every_partner_within_its_view_and_nothing_twice() -> None:
    everyone = sorted(places.CAPITALS)
    for home, partners in (("BA", ["MY", "KR", "HR"]), ("KG", ["KZ"]), ("KG", [c for c in everyone if c != "KG"])):
        drawn = mapping.drawing(home, partners)
        assert drawn is not None
        left, top, width, height = map(int, drawn.view_box.split())
        assert 0 <= left <= left + width <= mapping.WIDEST
        assert 0 <= top <= top + height <= 2 * mapping.SOUTH
        for each in (drawn.home, *(line.to for line in drawn.lines), *drawn.others):
            assert left <= each.x <= left + width, each
            assert top <= each.y <= top + height, each
        shown = [drawn.home.code, *(line.to.code for line in drawn.lines), *(each.code for each in drawn.others)]
        assert len(shown) == len(set(shown))
        assert [line.ordinal for line in drawn.lines] == list(range(1, len(partners) + 1))
    assert mapping.drawing("KG", []) is None
    assert mapping.drawing("", ["KG"]) is None


def test_every_capital_lies_on_earth() -> None:
    assert len(places.CAPITALS) == 195
    assert all(-900 <= north <= 900 and -1800 <= east <= 1800 for north, east in places.CAPITALS.values())
