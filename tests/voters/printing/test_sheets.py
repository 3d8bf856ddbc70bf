"""A list on paper: what is read from it, where it ends, what it may not show."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import cast

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from shailoo.voters.printing.sheets.content import BY_HAND, Bilingual, Column, Head, Row, Sheet
from shailoo.voters.printing.sheets.drawing import draw, fitting
from shailoo.voters.printing.sheets.fonts import REGULAR
from shailoo.voters.printing.sheets.layout import PADDING, frame, lines, pages, width

HEAD = Head(
    title=Bilingual("Шайлоочулардын акыркы тизмеси", "Окончательный список избирателей"),
    election=Bilingual("Шайлоо", "Выборы"),
    precinct="1001",
    place=Bilingual("Кербен ш., № 2 мектеп", "г. Кербен, школа № 2"),
    number="F1-1001",
    copy=1,
    formed="19.09.2020",
    sha256="ab" * 32,
    mark=Bilingual("Машыгуу", "Репетиция"),
)
SIGNED = (
    *(Column.NUMBER, Column.NAME, Column.BORN, Column.RESIDENCE),
    *(Column.DOCUMENT, Column.SIGNATURE, Column.MEMBER, Column.NOTE),
)
POSTED = (Column.NUMBER, Column.NAME)


NAME = "Өмүрова Жаңыл Үсөн кызы"


def sheet(count: int, columns: tuple[Column, ...] = SIGNED, name: str = NAME) -> Sheet:
    data = ("05.06.1990", "Кербен, Арча, Манас 1") if Column.BORN in columns else ("", "")
    rows = tuple(Row(at, f"{name} {at}", *data) for at in range(1, count + 1))
    return Sheet(HEAD, columns, rows, counted=Column.SIGNATURE in columns)


def texts(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def test_every_voter_stands_once_in_order_with_the_letters_of_the_language() -> None:
    found = "\n".join(texts(draw(sheet(100)).content)[:-1])
    read = re.findall(rf"^(\d+) {NAME} (\d+)\s+05\.06\.1990 Кербен, Арча, Манас 1$", found, re.MULTILINE)
    assert read == [(str(at), str(at)) for at in range(1, 101)]


def test_pages_say_which_they_are_how_many_stand_on_them_and_so_far() -> None:
    asked = sheet(100)
    made = draw(asked)
    said = texts(made.content)
    laid = pages(asked, frame(asked))
    assert len(said) == made.pages == len(laid) + 1
    assert sum(page.voters for page in laid) == laid[-1].running == 100
    running = 0
    for number, (page, text) in enumerate(zip(laid, said, strict=False), 1):
        running += page.voters
        assert f"{number}-барак, баары {made.pages}" in text
        assert f"лист {number} из {made.pages}" in text
        assert f"Бул барактагы шайлоочулар: {page.voters} · Ушул баракка чейин кошо: {running}" in text
        for repeated in (
            HEAD.title.ky,
            HEAD.title.ru,
            HEAD.place.ky,
            HEAD.place.ru,
            HEAD.sha256,
            "F1-1001",
            "Репетиция",
        ):
            assert repeated in text


def test_the_last_page_has_the_totals_and_lines_to_count_and_sign_on() -> None:
    last = texts(draw(sheet(100)).content)[-1]
    for words in (
        "Жыйынтык барагы / Итоговый лист",
        "Число избирателей в списке",
        "100",
        "Төрага",
        "Секретарь",
        "Мөөр",
    ):
        assert words in last
    assert "Число избирателей, получивших бюллетень" in last
    assert "Число подписей в списке" in last
    posted = texts(draw(sheet(100, POSTED)).content)[-1]
    assert "получивших бюллетень" not in posted


def test_the_page_of_totals_sums_to_the_list_page_by_page() -> None:
    asked = sheet(61)
    last = texts(draw(asked).content)[-1]
    for number, page in enumerate(pages(asked, frame(asked)), 1):
        assert f"{number}: {page.voters}" in last


def test_the_same_sheet_gives_the_same_bytes_and_another_copy_gives_others() -> None:
    assert draw(sheet(30)).content == draw(sheet(30)).content
    assert draw(sheet(30)).content != draw(sheet(31)).content


def test_text_is_text_in_fonts_that_are_in_the_file_and_the_language_is_said() -> None:
    reader = PdfReader(io.BytesIO(draw(sheet(20)).content))
    assert reader.root_object.get("/Lang") == "ky"
    resources = cast(DictionaryObject, reader.pages[0].get("/Resources"))
    fonts = cast(DictionaryObject, resources.get("/Font"))
    used = [cast(DictionaryObject, font.get_object()) for font in fonts.values()]
    embedded = [font for font in used if str(font.get("/Subtype")) == "/TrueType"]
    assert len(embedded) >= 2
    for font in embedded:
        assert "/FontFile2" in cast(DictionaryObject, font.get("/FontDescriptor"))
        assert "/ToUnicode" in font


def test_what_is_signed_lies_across_with_room_for_a_hand_and_what_is_read_stands() -> None:
    signed, posted = frame(sheet(1)), frame(sheet(1, POSTED))
    assert signed.width > signed.height
    assert posted.width < posted.height
    assert signed.least > 8 * 72 / 25.4
    hand = [right - left for column, (left, right) in signed.columns.items() if column in BY_HAND]
    assert min(hand) > 18 * 72 / 25.4


@pytest.mark.parametrize(
    "name",
    [
        "Абдурахмонов-Мамытбекович Жеңишбек Асылбек-Сыйнатбек уулу",
        "Ж" * 120,
        "Ы " * 70,
    ],
)
def test_a_long_name_goes_on_in_further_lines_within_its_column(name: str) -> None:
    asked = sheet(5, name=name)
    paper = frame(asked)
    left, right = paper.columns[Column.NAME]
    (page, *more) = pages(asked, paper)
    assert page.rows[0].height > paper.least or len(page.rows[0].name) <= 2
    for placed in page.rows:
        assert all(width(line) <= right - left - 2 * PADDING for line in placed.name)
        assert "".join(placed.name).replace(" ", "") == placed.row.name.replace(" ", "")
    assert sum(each.height for each in page.rows) <= paper.top - paper.bottom
    assert sum(each.voters for each in (page, *more)) == 5


def test_words_that_fit_stay_in_one_line() -> None:
    assert lines("Осмонов Азамат", 400) == ("Осмонов Азамат",)
    assert lines("", 400) == ("",)
    exact = width("Осмонов Азамат")
    assert lines("Осмонов Азамат", exact) == ("Осмонов Азамат",)
    assert lines("Осмонов Азамат", exact - 0.01) == ("Осмонов", "Азамат")


def test_a_long_name_of_an_election_is_set_smaller_and_over_nothing() -> None:
    long = "Кыргыз Республикасынын Жогорку Кеңешинин депутаттарын мөөнөтүнөн мурда шайлоо, 04.10.2020"
    head = replace(HEAD, election=Bilingual(long, long))
    assert long in texts(draw(replace(sheet(3, POSTED), head=head)).content)[0]
    for room in (50.0, 200.0, 5_000.0):
        size = fitting(long, REGULAR, 7.5, room)
        assert width(long, size, REGULAR) <= room + 0.001
        assert (size == 7.5) == (room == 5_000.0)


def test_a_list_without_voters_has_a_page_that_says_so() -> None:
    made = draw(sheet(0))
    assert made.pages == 2
    assert "Избирателей на листе: 0" in texts(made.content)[0]
