"""The Kyrgyz order: in Python and in SQL alike, and names as they should be written."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from shailoo.territory.names import ALPHABET, clean, ky_sort_key


def test_the_letters_of_kyrgyz_stand_where_its_alphabet_has_them() -> None:
    names = [
        "Өзгөн",
        "Ысык-Көл",
        "Оргочор",
        "Ноокат",
        "Түп",
        "Тоң",
        "Тон",
        "Токмок",
        "Үч-Коргон",
        "Урмарал",
        "ёлка",
        "Жети",
    ]
    assert sorted(names, key=ky_sort_key) == [
        *("ёлка", "Жети", "Ноокат", "Оргочор", "Өзгөн", "Токмок", "Тон", "Тоң", "Түп", "Урмарал", "Үч-Коргон"),
        "Ысык-Көл",
    ]


def test_digits_and_latin_letters_stand_before_kyrgyz_ones() -> None:
    assert sorted(["Ак", "ak", "1-май"], key=ky_sort_key) == ["1-май", "ak", "Ак"]


@pytest.mark.parametrize(
    ("given_name", "meant"),
    [
        ("Тоӊ", "Тоң"),
        ("району\xa0", "району"),
        (" Чон-Алайский  район ", "Чон-Алайский район"),
        ("Кек – Таш", "Кек-Таш"),
        ("Кара- Буринский", "Кара-Буринский"),
        ("и\u0306", "й"),
    ],
)
def test_names_are_cleaned(given_name: str, meant: str) -> None:
    assert clean(given_name) == meant


@given(st.text(alphabet=ALPHABET + ALPHABET.upper() + "abzABZ019 -.ўқ", max_size=30))
def test_cleaning_a_clean_name_changes_nothing(name: str) -> None:
    assert clean(clean(name)) == clean(name)


@pytest.mark.django_db
@given(st.lists(st.text(alphabet=ALPHABET + ALPHABET.upper() + "azAZ09 -ўқ", max_size=12), min_size=1, max_size=20))
def test_the_database_gives_the_same_key(names: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ky_sort(n) FROM unnest(%s::text[]) WITH ORDINALITY u(n, i) ORDER BY i", [names])
        assert [key for (key,) in cursor.fetchall()] == [ky_sort_key(name) for name in names]
