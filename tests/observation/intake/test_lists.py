"""Lists of people as files: every encoding that is known, every fault by row and column, nothing typed is lost."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from shailoo.law.outcome import Refused
from shailoo.observation.intake import lists, templates
from shailoo.observation.intake.columns import ASKED, Field, required
from shailoo.observation.intake.lists import Listed
from shailoo.observation.models import Application
from shailoo.wording import LANGUAGES, Catalogue, has, text
from tests.observation.intake.files import abroad, at_home, table, workbook

pytestmark = pytest.mark.django_db
MISSION, PARTY = Application.Kind.INTERNATIONAL, Application.Kind.OBSERVER


def read(content: bytes, kind: str = MISSION) -> Listed:
    found = lists.read(content, kind, default_language="ru")
    assert isinstance(found, Listed), found
    return found


def codes(content: bytes, kind: str = MISSION) -> tuple[str, ...]:
    found = lists.read(content, kind, default_language="ru")
    assert isinstance(found, Refused), found
    return found.codes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_table_is_read_in_every_language_encoding_and_form(language: str, encoding: str, sign: str) -> None:
    content = table(MISSION, [abroad(7), abroad(8)], language=language, encoding=encoding, sign=sign)
    one, other = read(content).people
    assert (one.faults, other.faults) == ((), ())
    assert one.surname == "Novak"
    assert one.dossier.born == date(1967, 8, 8)
    assert one.citizenships == ("CZ",)
    assert (one.language, one.dossier.document_number) == ("en", "P1000007")


def test_a_russian_table_of_an_old_program_is_read() -> None:
    content = table(MISSION, [abroad(1, surname="Иванова", given_names="Мария")], language="ru", encoding="cp1251")
    assert read(content).people[0].surname == "Иванова"


@pytest.mark.parametrize("encoding", ["cp866", "utf-16-le"])
def test_a_table_whose_encoding_cannot_be_known_is_refused_clearly(encoding: str) -> None:
    content = table(MISSION, [abroad(1, surname="Иванова", given_names="Мария")], language="ru", encoding=encoding)
    assert codes(content) == ("upload_in_unknown_encoding",)


def test_a_workbook_is_read_with_its_days_as_days() -> None:
    people = read(workbook(MISSION, [abroad(3)])).people
    assert people[0].faults == ()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([])
    sheet.append(["Surname", "Given names", "Citizenship", "Date of birth", "Passport number", "Passport valid until"])
    sheet.append(["Haas", "Ida", "Austria", date(1981, 2, 3), 123456, date(2027, 1, 1)])
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue()).people[0]
    assert found.faults == ()
    assert (found.dossier.born, found.dossier.document_number) == (date(1981, 2, 3), "123456")
    assert found.citizenships == ("AT",)


def test_every_fault_is_told_by_its_column_and_what_was_typed_is_kept() -> None:
    wrong = abroad(
        1,
        surname="4711",
        given_names="",
        citizenships="Atlantis",
        born="02/03/1980",
        document_number="???",
        document_expires_on="31.02.2027",
        language="elvish",
        email="nobody",
    )
    found = read(table(MISSION, [abroad(0), wrong, abroad(2)])).people
    assert [bool(each.faults) for each in found] == [False, True, False], "a faulty row does not stop the others"
    assert {(each.fields[0], each.code) for each in found[1].faults} == {
        ("surname", "applicant_name_unreadable"),
        ("given_names", "applicant_field_missing"),
        ("citizenships", "applicant_country_unknown"),
        ("born", "applicant_day_unreadable"),
        ("document_number", "applicant_document_unreadable"),
        ("document_expires_on", "applicant_day_unreadable"),
        ("language", "applicant_language_unknown"),
        ("email", "applicant_email_unreadable"),
    }
    assert found[1].dossier.typed["born"] == "02/03/1980"
    assert found[1].dossier.typed["surname"] == "4711"
    assert "02/03/1980" not in str(found[1].faults), "a fault never holds what was typed"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"votes": "maybe"}, "applicant_yes_or_no"),
        ({"commission": "PEC-9999"}, "applicant_commission_unknown"),
        ({"offices": "king"}, "applicant_office_unknown"),
        ({"address": "x" * 301}, "applicant_field_too_long"),
    ],
)
def test_what_is_asked_at_home_is_read_too(changes: dict[str, str], code: str) -> None:
    known = {"commission": ""} if "commission" not in changes else {}
    (found,) = read(table(PARTY, [at_home(1, **{**known, **changes})]), PARTY).people
    assert code in [each.code for each in found.faults]


def test_offices_are_known_by_their_names_in_every_language() -> None:
    for language in LANGUAGES:
        named = text(Catalogue.VALUES, "excluded_office.judge", language)
        (found,) = read(table(PARTY, [at_home(1, offices=f"{named}, commission_member")]), PARTY).people
        assert found.dossier.offices == ("judge", "commission_member")


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", ("upload_empty",)),
        (b"a;b\n1;2\n", ("people_list_without_headings",)),
        (b"%PDF-1.7 this is no list", ("upload_of_another_type",)),
        (b"PK\x03\x04 nor is this", ("upload_unreadable",)),
        (b"Surname;Surname;Given names", None),
    ],
)
def test_a_file_that_is_no_list_is_refused_as_a_whole(content: bytes, wanted: tuple[str, ...] | None) -> None:
    found = codes(content)
    assert found == wanted if wanted else {"people_list_column_twice", "people_list_column_missing"} <= set(found)


def test_columns_are_named_when_they_are_unknown_or_missing() -> None:
    found = lists.read(b"Surname;Given names;Shoe size\nHaas;Ida;38\n", MISSION, default_language="en")
    assert isinstance(found, Refused)
    assert {each.facts.get("column") for each in found.findings} >= {"Shoe size"}
    missing = {each.facts["list_field"] for each in found.findings if each.code == "people_list_column_missing"}
    assert missing == {"citizenships", "born", "document_number", "document_expires_on"}


def test_headings_without_people_and_too_many_people_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(table(MISSION, [])) == ("people_list_without_people",)
    monkeypatch.setattr(lists, "MOST_ROWS", 2)
    assert codes(table(MISSION, map(abroad, range(3)))) == ("people_list_too_long",)


@pytest.mark.parametrize("kind", Application.Kind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_are_what_the_reader_understands(kind: str, language: str) -> None:
    assert codes(templates.as_csv(kind, language), kind) == ("people_list_without_people",)
    assert codes(templates.as_workbook(kind, language), kind) == ("people_list_without_people",)
    assert set(required(kind)) <= set(ASKED[kind])


@pytest.mark.parametrize("each", Field)
def test_every_field_has_its_words(each: Field) -> None:
    assert has(Catalogue.VALUES, f"list_field.{each.value}")
