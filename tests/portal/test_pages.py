"""The public pages as a reader meets them: every address, in three languages, whole, quick, and never a fault."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from shailoo.portal.views import errors
from shailoo.results import queries as results
from tests.once import Once, once
from tests.portal import nation as nations
from tests.portal.nation import Nation
from tests.signing_in import sign_in

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
    "law/?q=порог&status=decided",
    "law/L59.5/",
    "law/editions/",
    "law/editions/2020-06-30/",
    "law/editions/2017-06-05/2020-06-30/",
    "law/rules/",
    "law/rules/shailoo.law.mandates.allocate/",
    "calendar/",
    "calendar/?actor=cec&state=late",
    "calendar/invented-2020/",
    "calendar/invented-2020/registration_documents_jk/",
    "calendar/invented-2020/complaint_decided/",
    "calendar/invented-2020/deemed_called_jk/",
    "about/",
    "accessibility/",
)


kept_nation = once(nations.build)


@pytest.fixture
def nation(kept_nation: Once[Nation], db: None, settings: Settings) -> Nation:
    return kept_nation.here(settings)


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


# ------------------------------------------------------------------------------------- never sent twice

BUDGETS = {
    "": 12,
    "areas/": 8,
    "areas/KG02/": 14,
    "commissions/TEC-3/": 22,
    "precincts/": 8,
    "precincts/1006/": 26,
    "why/": 40,
    "versions/": 8,
    "downloads/": 8,
    "law/": 3,
    "law/L64/": 9,
    "law/L64.3/": 9,
    "law/editions/": 5,
    "law/editions/2017-06-05/2020-06-30/": 4,
    "law/rules/shailoo.law.mandates.allocate/": 3,
    "about/": 3,
}


@pytest.mark.parametrize(("address", "most"), BUDGETS.items())
def test_a_page_keeps_to_its_budget_of_queries(
    client: Client, nation: Nation, address: str, most: int, django_assert_max_num_queries: Any
) -> None:
    client.get(f"/ky/{address}")
    with django_assert_max_num_queries(most):
        client.get(f"/ky/{address}")


@pytest.mark.parametrize("address", ["", "areas/KG02/", "why/", "precincts/1006/", "law/L64.3/", "downloads/"])
def test_a_reader_who_has_the_page_is_told_so_after_two_queries(
    client: Client, nation: Nation, address: str, django_assert_max_num_queries: Any
) -> None:
    first = client.get(f"/ky/{address}")
    assert first["Cache-Control"] == "public, max-age=1"
    with django_assert_max_num_queries(2):
        again = client.get(f"/ky/{address}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content
    assert again["ETag"] == first["ETag"]


def test_a_page_has_another_name_in_another_language_with_another_query_and_with_other_figures(
    client: Client, nation: Nation
) -> None:
    names = [client.get(address)["ETag"] for address in ("/ky/", "/ru/", "/ky/?map=turnout", "/ky/areas/")]
    nations.accepted(nation, "1008", (100, 50, 20))
    names.append(client.get("/ky/")["ETag"])
    assert len(set(names)) == len(names)


def test_new_figures_are_sent_to_a_reader_who_has_the_old_page(client: Client, nation: Nation) -> None:
    old = client.get("/en/")
    nations.accepted(nation, "1008", (100, 50, 20))
    new = client.get("/en/", headers={"If-None-Match": old["ETag"]})
    assert new.status_code == 200
    assert new.content != old.content


def test_the_page_of_someone_signed_in_is_their_own(client: Client, nation: Nation) -> None:
    sign_in(client, nation.chair.person)
    response = client.get("/ky/")
    assert "private" in response["Cache-Control"]


# ------------------------------------------------------------------------------------- bad addresses

NOWHERE = (
    "areas/KG99/",
    "areas/%00/",
    "areas/KG02/?page=2",
    "areas/KG02215/?page=0",
    "areas/KG02215/?page=99999999999999999999",
    "areas/KG02215/?page=-1",
    "areas/KG02215/?page=٣",
    "areas/KG02215/?sort=password",
    "precincts/?page=abc",
    "precincts/9999/",
    "precincts/1006/?version=7",
    "precincts/1006/?version=1%27",
    "precincts/1006/scans/1/1/",
    "commissions/CEC/",
    "commissions/TEC-9/",
    "versions/0/",
    "versions/99/",
    "versions/1/bundle.zip",
    "downloads/precincts.exe",
    "downloads/persons.csv",
    "downloads/precincts.csv?area=KG99",
    "law/L999/",
    "law/CR999/",
    "law/__class__/",
    "law/?area=everything",
    "?map=votes",
    "nowhere/",
)


@pytest.mark.parametrize("address", NOWHERE)
def test_a_bad_address_is_no_page_and_never_a_fault(client: Client, nation: Nation, address: str) -> None:
    response = client.get(f"/ky/{address}")
    assert response.status_code == 404
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize(
    "typed", ["' OR 1=1 --", "\x00\x01", "%", "_", "<script>alert(1)</script>", "я" * 5000, "\u202e"]
)
def test_whatever_is_typed_into_the_search_is_only_searched_for(client: Client, nation: Nation, typed: str) -> None:
    response = client.get("/ky/precincts/", {"q": typed})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_public_page_can_only_be_read(client: Client, nation: Nation, method: str) -> None:
    assert getattr(client, method)("/ky/").status_code == 405


def test_without_an_election_the_pages_say_so(client: Client, db: None) -> None:
    for address in ("", "areas/", "why/", "downloads/", "law/", "about/"):
        assert client.get(f"/ky/{address}").status_code == 200


@pytest.mark.parametrize(
    ("asked", "cookie", "given"),
    [("ru,en;q=0.5", "", "/ru/"), ("de", "", "/ky/"), ("en-GB", "", "/en/"), ("ru", "en", "/en/"), ("", "", "/ky/")],
)
def test_the_entrance_leads_to_the_readers_own_language(client: Client, asked: str, cookie: str, given: str) -> None:
    if cookie:
        client.cookies["django_language"] = cookie
    response = client.get("/", headers={"accept-language": asked})
    assert (response.status_code, response["Location"]) == (302, given)
    assert "Accept-Language" in response["Vary"]


def test_every_language_is_named_on_every_page(client: Client, nation: Nation) -> None:
    html = client.get("/ru/areas/KG02/?sort=-valid").content.decode()
    for language in LANGUAGES:
        assert f'hreflang="{language}"' in html
        assert f"/{language}/areas/KG02/?sort=-valid" in html


@pytest.mark.parametrize(("status", "address"), [(404, "/ky/nowhere/"), (404, "/nowhere/"), (404, "/ru/law/L999/")])
def test_a_page_that_is_not_there_shows_the_way_on(client: Client, nation: Nation, status: int, address: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert "/precincts/" in response.content.decode()


def test_a_fault_of_ours_is_told_even_where_nothing_can_be_drawn(
    client: Client, nation: Nation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(results, "tabulate", fail)
    monkeypatch.setattr(errors, "render_to_string", fail)
    client.raise_request_exception = False
    response = client.get("/ru/")
    assert response.status_code == 500
    assert "Сбой на нашей стороне" in response.content.decode()
    assert response["Cache-Control"] == "no-store"
