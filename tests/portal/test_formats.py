"""Numbers, shares, dates and citations as they are written in three languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import formats, translation
from hypothesis import given
from hypothesis import strategies as st

from shailoo.portal.formats import dates
from shailoo.portal.templatetags import figures
from shailoo.wording import citations, numbers

NB = "\N{NO-BREAK SPACE}"
SUNDAY = date(2020, 10, 4)
EVENING = datetime(2020, 10, 4, 14, 15, tzinfo=UTC)  # 20:15 in Bishkek


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (999, "999"), (1_000, f"1{NB}000"), (1_887_345, f"1{NB}887{NB}345"), (-1_204, f"−1{NB}204")],
)
def test_thousands_are_held_together(value: int, text: str) -> None:
    assert numbers.count(value) == text


@pytest.mark.parametrize(("value", "text"), [(12, "+12"), (0, "0"), (-3, "−3")])
def test_a_change_shows_its_sign(value: int, text: str) -> None:
    assert numbers.signed(value) == text


@pytest.mark.parametrize(("language", "text"), [("ky", f"24,85{NB}%"), ("ru", f"24,85{NB}%"), ("en", "24.85%")])
def test_a_share_is_written_as_its_language_does(language: str, text: str) -> None:
    assert numbers.percent(Fraction(497, 2000), language) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(12345, 100_000), 2, "12.35%"),  # exactly half: up
        (Fraction(12344, 100_000), 2, "12.34%"),
        (Fraction(99999, 100_000), 2, "100.00%"),
        (Fraction(1, 3), 0, "33%"),
        (Fraction(1, 2000), 0, "0%"),
        (Fraction(-1, 200), 0, "−1%"),
        (Fraction(-1, 100_000), 2, "0.00%"),
        (Fraction(9, 100), 4, "9.0000%"),
    ],
)
def test_shares_are_rounded_half_up_and_only_when_shown(value: Fraction, decimals: int, text: str) -> None:
    assert numbers.percent(value, "en", decimals) == text


@given(st.fractions(min_value=0, max_value=1), st.integers(min_value=0, max_value=6))
def test_a_shown_share_is_never_further_from_the_truth_than_half_of_its_last_place(
    value: Fraction, decimals: int
) -> None:
    shown = Fraction(numbers.percent(value, "en", decimals).removesuffix("%")) / 100
    assert abs(shown - value) <= Fraction(1, 2 * 100 * 10**decimals)


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="exact number"):
        numbers.exact(0.2485)


def test_an_exact_quotient_keeps_its_groups() -> None:
    assert numbers.number(Fraction(1_887_345, 120), "ru") == f"15{NB}727,88"
    assert numbers.number(Fraction(1_887_345, 120), "en") == f"15{NB}727.88"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ky", "2020-жылдын 4-октябры, жекшемби"),
        ("ru", "4 октября 2020 г., воскресенье"),
        ("en", "Sunday, 4 October 2020"),
    ],
)
def test_a_day_is_told_with_its_weekday(language: str, text: str) -> None:
    assert dates.full_date(SUNDAY, language) == text


def test_kyrgyz_months_take_the_ending_of_their_year() -> None:
    told = [dates.long_date(date(2020, month, 1), "ky").split("-")[-1] for month in range(1, 13)]
    assert told == [
        *("январы", "февралы", "марты", "апрели", "майы", "июну"),
        *("июлу", "августу", "сентябры", "октябры", "ноябры", "декабры"),
    ]


def test_a_moment_is_told_on_the_clock_of_bishkek() -> None:
    assert dates.full_time(EVENING, "ky") == "2020-жылдын 4-октябры, 20:15"
    assert dates.full_moment(EVENING, "en") == "Sunday, 4 October 2020, 20:15"


def test_the_day_of_a_period_is_told_once() -> None:
    assert dates.end_time(EVENING + timedelta(minutes=30), EVENING, "ky") == "20:45"
    assert dates.end_time(EVENING + timedelta(hours=4), EVENING, "ky") == "2020-жылдын 5-октябры, 00:15"


def test_a_moment_late_in_utc_is_the_next_day_in_bishkek() -> None:
    assert dates.full_date(datetime(2020, 10, 4, 18, 0, tzinfo=UTC), "en") == "Monday, 5 October 2020"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        dates.full_time(EVENING.replace(tzinfo=None), "ky")


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (timedelta(days=12, hours=5), "12 days left"),
        (timedelta(hours=24, seconds=1), "1 day left"),
        (timedelta(hours=24), "24 hours left"),
        (timedelta(hours=1), "1 hour left"),
        (timedelta(minutes=59, seconds=59), "59 minutes left"),
        (timedelta(seconds=1), "1 minute left"),
        (timedelta(0), "the deadline has passed"),
        (-timedelta(days=1), "the deadline has passed"),
    ],
)
def test_a_deadline_is_told_in_days_then_in_hours_in_its_last_24(left: timedelta, text: str) -> None:
    with translation.override("en"):
        assert dates.time_left(EVENING + left, EVENING) == text


@pytest.mark.parametrize(
    ("norm", "ky", "ru", "en"),
    [
        ("L64.3", "64-берене, 3-бөлүк", "ст. 64, ч. 3", "Art. 64, para. 3"),
        ("L64", "64-берене", "ст. 64", "Art. 64"),
        ("L10-1.6", "10-1-берене, 6-бөлүк", "ст. 10-1, ч. 6", "Art. 10-1, para. 6"),
        ("L65.4-1", "65-берене, 4-1-бөлүк", "ст. 65, ч. 4-1", "Art. 65, para. 4-1"),
        ("L37.3.2", "37-берене, 3-бөлүк, 2-пункт", "ст. 37, ч. 3, п. 2", "Art. 37, para. 3, item 2"),
        ("L64.2.a1", "64-берене, 2-бөлүк", "ст. 64, ч. 2", "Art. 64, para. 2"),
        ("R3.10", "Жобонун 3.10-пункту", "п. 3.10 Положения", "Regulation, item 3.10"),
        ("CR19", "CR19", "CR19", "CR19"),
    ],
)
def test_a_norm_is_cited_as_lawyers_do(norm: str, ky: str, ru: str, en: str) -> None:
    assert [citations.cite(norm, language) for language in ("ky", "ru", "en")] == [ky, ru, en]


def test_a_citation_is_a_link_in_the_language_of_the_page() -> None:
    with translation.override("ru"):
        assert figures.norm("L64.3") == '<a class="govuk-link norm" href="/ru/law/L64.3/">ст. 64, ч. 3</a>'


def test_a_norm_id_cannot_smuggle_markup() -> None:
    assert "<script" not in figures.norm('"><script>')


def test_a_missing_number_is_a_dash_and_never_zero() -> None:
    assert figures.count(None) == figures.count("") == figures.percent(None) == figures.signed(None) == "—"
    assert figures.count(0) == "0"
    assert figures.share(5, 0) == figures.share(None, 5) == figures.local_time(None) == "—"


def test_a_name_is_given_in_the_language_of_the_page_or_else_as_it_is_known() -> None:
    area = SimpleNamespace(name_ky="Ысык-Көл", name_ru="Иссык-Куль", name_en="")
    with translation.override("ru"):
        assert figures.name(area) == "Иссык-Куль"
    with translation.override("en"):
        assert figures.name(area) == "Ысык-Көл"
        assert figures.name({"name_ky": "Ош", "name_en": "Osh"}) == "Osh"
    assert figures.name(None) == "—"


@pytest.mark.parametrize(("votes", "base", "length"), [(0, 9, 0), (1, 3, 333), (9, 9, 1000), (12, 9, 1000), (3, 0, 0)])
def test_a_bar_stays_within_its_ground(votes: int, base: int, length: int) -> None:
    assert figures.of_thousand(votes, base) == length


@pytest.mark.parametrize(("language", "text"), [("ky", "1,50"), ("ru", "1,50"), ("en", "1.50")])
def test_django_writes_decimals_as_we_do(language: str, text: str) -> None:
    with translation.override(language):
        assert formats.number_format(Decimal("1.50")) == text
        assert formats.number_format(1_887_345, use_l10n=True, force_grouping=True) == f"1{NB}887{NB}345"


def test_django_writes_kyrgyz_dates_the_kyrgyz_way_round() -> None:
    with translation.override("ky"):
        assert formats.date_format(SUNDAY) == "2020-ж., 4-Октябрь"
        assert formats.date_format(EVENING.astimezone(dates.BISHKEK), "SHORT_DATETIME_FORMAT") == "04.10.2020 20:15"


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_key_in_a_page_is_the_key_and_a_count_is_grouped(language: str) -> None:
    page = Template('{% load figures %}<input value="{{ key }}">{{ key|count }}')
    with translation.override(language):
        assert page.render(Context({"key": 1_887_345})) == f'<input value="1887345">1{NB}887{NB}345'
