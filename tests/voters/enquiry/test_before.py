"""The public side before there is anything to show: every page answers, and says what is not there yet."""

from __future__ import annotations

import pytest
from django.test import Client

ADDRESS = "/ky/voters/am-i-listed/"
UNKNOWN = {"pin": "20101199099999", "born": "01.01.1990"}


def test_before_any_edition_the_page_says_so(db: None) -> None:
    page = Client().get(ADDRESS).content.decode().split("<main")[1].split("</main")[0]
    assert "Азырынча тизме жок" in page
    assert "<form" not in page
    assert Client().post(ADDRESS, UNKNOWN).status_code == 200


@pytest.mark.parametrize("place", ["", "precinct/", "precinct/?q=Ош", "statistics/"])
def test_other_pages_answer(db: None, place: str) -> None:
    assert Client().get(f"/ky/voters/{place}").status_code == 200


@pytest.mark.parametrize("place", ["statistics/KG02/", "statistics.csv", "stations/1001/"])
def test_what_is_not_there_is_no_page(db: None, place: str) -> None:
    assert Client().get(f"/ky/voters/{place}").status_code == 404
