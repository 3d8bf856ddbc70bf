"""The public pages as a reader meets them: every address, in three languages, whole, quick, and never a fault."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.portal import nation as nations
from tests.portal.nation import Nation

LANGUAGES = ("ky", "ru", "en")
PAGES = (
    "",
    "?map=turnout",
    "areas/",
    "areas/KG/",
    "areas/KG02/",
    "areas/KG02215/",
    "areas/ABROAD/",
    "commissions/",
    "commissions/TEC-3/",
    "precincts/",
    "precincts/?q=1006",
    "precincts/1001/",
    "precincts/1006/",
    "precincts/1006/?version=1",
    "precincts/1007/",
    "precincts/1008/",
    "why/",
    "versions/",
    "downloads/",
    "law/",
    "law/?q=threshold&area=mandates",
    "law/L64.3/",
    "law/L64/",
    "law/CR19/",
    "about/",
    "accessibility/",
)


@pytest.fixture
def nation(db: None) -> Nation:
    return nations.build()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_in_every_language(client: Client, nation: Nation, address: str, language: str) -> None:
    response = client.get(f"/{language}/{address}")
    assert response.status_code == 200, address
    html = response.content.decode()
    assert f'lang="{language}"' in html
    assert "<c-" not in html, "a component was not drawn"
    assert html.count("<h1") == 1
    assert " style=" not in html
    assert not response.cookies
