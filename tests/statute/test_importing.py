"""A text is imported whole or not at all, kept for good, and replaced only by standing beside its successor."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Role
from shailoo.cli.law_text import diff, import_file, show
from shailoo.law.outcome import Refused
from shailoo.law.text import Act, Language, Lines
from shailoo.ledger.models import Act as RecordedAct
from shailoo.statute import queries
from shailoo.statute.actions import AlreadyImported, Faulty, Imported, import_text
from shailoo.statute.models import Article, Text
from tests.law.text.texts import ENGLISH, RUSSIAN

pytestmark = pytest.mark.django_db
AT = datetime(2020, 7, 1, 6, 0, tzinfo=UTC)
EDITION = date(2017, 6, 5)
LATER = date(2020, 6, 30)


def taken(
    text: str = ENGLISH,
    *,
    edition: date = EDITION,
    language: Language = Language.EN,
    at: datetime = AT,
    by: Office | None = None,
    only: Lines | None = None,
) -> Imported | AlreadyImported | Faulty | Refused:
    return import_text(
        text.encode(), source="law.txt", act=Act.LAW, edition=edition, language=language, by=by, at=at, only=only
    )


def imported(text: str = ENGLISH, *, edition: date = EDITION, language: Language = Language.EN) -> Text:
    done = taken(text, edition=edition, language=language)
    assert isinstance(done, Imported)
    return done.text


def test_a_text_is_kept_with_its_hash_and_the_act_is_recorded() -> None:
    text = imported()
    assert Article.objects.filter(text=text).count() == 5
    act = RecordedAct.objects.get(name="law.text_imported")
    told = json.loads(act.payload)
    assert act.subject == f"text:{text.pk}"
    assert (told["sha256"], told["edition"], told["articles"]) == (text.sha256, "2017-06-05", 5)


def test_the_same_file_again_says_so_and_writes_nothing() -> None:
    text = imported()
    again = taken(at=AT + timedelta(days=1))
    assert isinstance(again, AlreadyImported)
    assert again.text == text
    assert (Text.objects.count(), RecordedAct.objects.count()) == (1, 1)


def test_other_lines_of_the_same_file_are_another_import() -> None:
    imported()
    done = taken(only=Lines(1, 30))
    assert isinstance(done, Imported)
    assert done.text.source == "law.txt, 1:30"


def test_a_faulty_text_leaves_nothing_behind() -> None:
    done = taken("Article 2 A\n1. One.\n1. Two.\nArticle 1 B\n1. One.")
    assert isinstance(done, Faulty)
    assert [fault.line for fault in done.faults] == [3, 4]
    assert not Text.objects.exists()
    assert not RecordedAct.objects.exists()


def test_a_newer_import_replaces_and_the_older_stays_readable() -> None:
    old = imported()
    new = imported(ENGLISH.replace("dusk", "dawn"))
    assert new.supersedes == old
    assert queries.current_of(Act.LAW, EDITION, Language.EN) == new
    assert [each for each, _number in queries.texts()] == [new, old]
    found = queries.passage(old, "L2.1.b")
    assert found is not None
    assert found.pieces[0].text == "It returns at dusk."


def test_editions_and_languages_stand_beside_each_other() -> None:
    imported()
    imported(RUSSIAN, language=Language.RU)
    imported(edition=LATER)
    assert len(queries.current()) == 3


@pytest.mark.parametrize(
    ("language", "edition", "expected"),
    [
        ("ru", EDITION, (EDITION, "ru")),
        ("ru", LATER, (EDITION, "ru")),
        ("en", LATER, (LATER, "en")),
        ("ky", date(2019, 1, 1), (EDITION, "ru")),
        ("en", date(2000, 1, 1), (EDITION, "en")),
    ],
)
def test_the_text_shown_is_in_the_readers_language_first(
    language: str, edition: date, expected: tuple[date, str]
) -> None:
    imported()
    imported(RUSSIAN, language=Language.RU)
    imported(edition=LATER)
    found = queries.best(queries.current(), "L", edition, language)
    assert found is not None
    assert (found.edition, found.language) == expected


def test_without_a_text_there_is_none_to_show() -> None:
    assert queries.best([], "L", EDITION, "ky") is None


@pytest.mark.parametrize(
    ("citation", "anchor", "pieces"),
    [
        ("L2", "L2", 13),
        ("L2.1", "L2.1", 2),
        ("L2.1.b", "L2.1.b", 1),
        ("L2.1.b3", "L2.1.b", 1),
        ("L2.4-1.2.a", "L2.4-1.2", 1),
        ("L2.1.f", "L2.1", 2),
        ("L4", "L4", 1),
    ],
)
def test_a_citation_finds_its_own_words_or_its_paragraph(citation: str, anchor: str, pieces: int) -> None:
    found = queries.passage(imported(), citation)
    assert found is not None
    assert (found.anchor, len(found.pieces)) == (anchor, pieces)


def test_an_article_that_the_text_does_not_have_is_not_found() -> None:
    assert queries.passage(imported(), "L77.1") is None


def test_two_editions_differ_where_their_words_do() -> None:
    old, new = imported(), imported(ENGLISH.replace("dusk", "dawn"), edition=LATER)
    (found,) = queries.differences(old, new)
    assert found.anchor == "L2.1"
    assert [run.text for run in found.runs][1:3] == ["dusk.", "dawn."]
    assert queries.differing(old, new) == ["L2"]
    assert queries.differences(old, new, "L4") == []


# ------------------------------------------------------------------------------------- who, and what the database holds


def office(role: Role) -> Office:
    body = Body.objects.create(code="cec", kind="cec", name_ky="БШК", name_ru="ЦИК", name_en="CEC")
    person = Person.objects.create(username="someone", name="Someone", password="!")
    return Office.objects.create(person=person, body=body, role=role, since=AT - timedelta(days=1))


def test_an_operator_of_the_commission_may_import() -> None:
    assert isinstance(taken(by=office(Role.CEC_OPERATOR)), Imported)


def test_a_territorial_clerk_may_not() -> None:
    done = taken(by=office(Role.TEC_OPERATOR))
    assert isinstance(done, Refused)
    assert done.codes == ("office_may_not",)
    assert not Text.objects.exists()


def test_texts_and_articles_are_never_changed() -> None:
    imported()
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    for change in (
        "UPDATE statute_text SET source = 'x'",
        "DELETE FROM statute_article",
        "UPDATE statute_article SET heading = 'x'",
        "TRUNCATE statute_text, statute_article",
    ):
        with pytest.raises(DatabaseError, match=r"Cannot|never emptied"), transaction.atomic():
            connection.cursor().execute(change)


def test_a_text_has_one_first_import_and_known_words() -> None:
    imported()
    fields = {"source": "x", "sha256": "x", "imported_at": AT}
    for act, language, name in (
        ("L", "en", "a_text_has_one_first_import"),
        ("L", "de", "a_text_has_a_known_language"),
        ("X", "en", "a_text_is_of_a_known_act"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Text.objects.create(act=act, edition=EDITION, language=language, **fields)


def test_an_article_stands_once_in_its_text() -> None:
    text = imported()
    for anchor, position, name in (
        ("L2", 99, "an_article_stands_once_in_its_text"),
        ("L9", 1, "an_article_has_one_place_in_its_text"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Article.objects.create(text=text, anchor=anchor, position=position, pieces=[])


# ------------------------------------------------------------------------------------- the command line


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with the text; the commands use the database of the tests."""
    for name in ("start_django", "require_tables"):
        monkeypatch.setattr(f"shailoo.cli.law_text.{name}", lambda: None)
    path = tmp_path / "law.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    return path


def test_the_command_tells_what_was_cut(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert import_file(file, edition=EDITION) == 0
    told = capsys.readouterr().out
    assert "5 articles of 69 expected" in told
    assert "L2.4 follows a gap: 3 is not in the text" in told
    assert import_file(file, edition=EDITION, json_output=True) == 0
    assert json.loads(capsys.readouterr().out)["imported"] is False


def test_the_command_names_every_fault_and_imports_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text("Article 2 A\n1. One.\n1. Two.\nArticle 1 B\n1. One.", encoding="utf-8")
    assert import_file(file, edition=EDITION) == 1
    told = capsys.readouterr().err
    assert "line 3: L2.1: paragraph out of order" in told
    assert "line 4: L1: article out of order" in told
    assert "Nothing was imported." in told


@pytest.mark.parametrize(("content", "lines"), [(b"\xff\xfe", ""), (b"Article 1 A", "1-2")])
def test_what_cannot_be_read_is_refused(file: Path, content: bytes, lines: str) -> None:
    file.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        import_file(file, edition=EDITION, lines=lines)
    assert ended.value.code == 2


def test_a_citation_is_shown_and_two_editions_are_compared(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import_file(file, edition=EDITION)
    file.write_text(ENGLISH.replace("dusk", "dawn"), encoding="utf-8")
    import_file(file, edition=LATER)
    capsys.readouterr()
    assert show("L2.1.b") == 0
    assert capsys.readouterr().out.splitlines() == [
        "L2.1.b (2020-06-30, en): The boat (as of 5/06/2017)",
        "It returns at dawn.",
    ]
    assert diff(EDITION, LATER, language="en") == 0
    assert "[-dusk.-] {+dawn.+}" in capsys.readouterr().out
    assert diff(EDITION, LATER) == 1, "there is no Kyrgyz text"
    assert show("L77") == 1
