"""The list of documents, in public and at the desk: narrowed, paged, taken away, with a fixed number of queries."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.commissions.papers.forms import DECISION as KIND
from shailoo.documents.actions import store
from shailoo.documents.lists import LONGEST_CELL, Cell, to_csv, to_xlsx
from shailoo.documents.models import Document
from shailoo.documents.queries import issues
from tests.commissions import scene as scenes
from tests.counting.browser import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> scenes.Scene:
    """The CEC issued a decision in three languages and another a year before, the TEC a protocol in two languages."""
    built = scenes.build()
    tec = scenes.office(built.tec, Role.TEC_CHAIR)
    issue("decision/CEC/2020/12", KIND, built.chair, 2020)
    issue("decision/CEC/2019/3", KIND, built.chair, 2019, languages=("ky",))
    issue("jk-2020/TEC-1/protocol-1", "tec_protocol", tec, 2020, languages=("ky", "ru"))
    return built


def issue(
    number: str, kind: str, office: Office, year: int, *, languages: tuple[str, ...] = ("ky", "ru", "en")
) -> None:
    at = datetime(year, 10, 5, 4, 30, tzinfo=UTC)
    for language in languages:
        file = store(f"{number}/{language}".encode(), "application/pdf", at=at)
        Document.objects.create(
            number=number, kind=kind, language=language, subject="x:1", data={}, file=file, office=office, created_at=at
        )


def numbers(query: str = "", address: str = "/en/documents/", client: Client | None = None) -> set[str]:
    answer = (client or Client()).get(f"{address}?{query}")
    assert answer.status_code == 200, query
    return set(re.findall(r'documents/([\w/-]+?)/"', answer.content.decode())) - {"verify", "certificates"}


DECISION, EARLIER, PROTOCOL = "decision/CEC/2020/12", "decision/CEC/2019/3", "jk-2020/TEC-1/protocol-1"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {DECISION, EARLIER, PROTOCOL}),
        ("kind=commission_decision", {DECISION, EARLIER}),
        ("body=TEC-1", {PROTOCOL}),
        ("year=2019", {EARLIER}),
        ("language=en", {DECISION}),
        ("language=ru&year=2020", {DECISION, PROTOCOL}),
        ("q=protocol-1", {PROTOCOL}),
        ("q=TEC-1+ru", {PROTOCOL}),
        ("q=no+such+document", set()),
        ("kind=none", {DECISION, EARLIER, PROTOCOL}),
        ("year=nineteen&body=%00", {DECISION, EARLIER, PROTOCOL}),
    ],
)
def test_the_list_is_narrowed_by_words_kind_body_year_and_language(
    scene: scenes.Scene, query: str, found: set[str]
) -> None:
    del scene
    assert numbers(query) == found


def test_a_kind_is_found_by_its_name_in_the_language_of_the_page(scene: scenes.Scene) -> None:
    del scene
    assert numbers("q=Чечим", "/ky/documents/") == {DECISION, EARLIER}
    assert "Документ табылган жок" in Client().get("/ky/documents/?q=zzz").content.decode()


def test_the_list_is_taken_away_as_it_was_narrowed(scene: scenes.Scene) -> None:
    del scene
    client = Client()
    page = client.get("/en/documents/?kind=commission_decision").content.decode()
    for form in ("csv", "json", "xlsx"):
        assert f"/en/documents/list.{form}?kind=commission_decision" in page
    rows = json.loads(client.get("/en/documents/list.json?kind=commission_decision").content)
    assert [(row["number"], row["language"]) for row in rows] == [
        (DECISION, "en"),
        (DECISION, "ky"),
        (DECISION, "ru"),
        (EARLIER, "ky"),
    ]
    assert rows[0]["body"] == "CEC"
    assert re.fullmatch(r"[0-9a-f]{64}", rows[0]["sha256"])
    text = client.get("/en/documents/list.csv?kind=tec_protocol").content.decode("utf-8-sig")
    assert [row["language"] for row in csv.DictReader(io.StringIO(text))] == ["ky", "ru"]
    book = ZipFile(io.BytesIO(client.get("/en/documents/list.xlsx").content))
    assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == 1 + 6


def test_pages_hold_fifty_numbers_and_ask_as_often_for_many_as_for_few(
    scene: scenes.Scene, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.get("/en/documents/")
    asked = 7
    with django_assert_num_queries(asked):
        client.get("/en/documents/")
    for number in range(60):
        issue(f"note/{number}", KIND, scene.chair, 2020)
    with django_assert_num_queries(asked):
        page = client.get("/en/documents/?page=2").content.decode()
    assert 'aria-current="page">2<' in page
    assert len(numbers("page=1") | numbers("page=2")) == 63


def test_at_the_desk_the_list_begins_with_ones_own_commission(scene: scenes.Scene) -> None:
    desk = signed_in(scene.chair)
    own = desk.get("/en/desk/documents/")
    assert own.status_code == 200
    assert PROTOCOL not in own.content.decode()
    assert "/en/desk/documents/list.csv?body=CEC" in own.content.decode()
    assert PROTOCOL in desk.get("/en/desk/documents/?body=").content.decode()
    assert PROTOCOL in desk.get("/en/desk/documents/list.csv?body=TEC-1").content.decode()
    assert Client().get("/en/desk/documents/").status_code == 302


def test_no_cell_becomes_a_formula_and_a_long_text_ends_with_a_sign() -> None:
    rows: list[list[Cell]] = [["=1+1", ["a", "b"], None, 7], ["@x", "x" * (LONGEST_CELL + 1), "-1", 8]]
    text = to_csv(("a", "b", "c", "d"), rows).decode("utf-8-sig").splitlines()
    assert text[1] == "'=1+1,a b,,7"
    assert text[2].startswith("'@x,")
    book = ZipFile(io.BytesIO(to_xlsx(("a", "b", "c", "d"), rows)))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert "…".encode() in book.read("xl/sharedStrings.xml")


def test_a_number_that_is_gone_meanwhile_is_left_out(scene: scenes.Scene) -> None:
    del scene
    assert [each.number for each in issues(["none", PROTOCOL])] == [PROTOCOL]
