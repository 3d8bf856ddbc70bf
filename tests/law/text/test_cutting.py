"""A published text becomes articles, paragraphs, items and blocks, or a list of everything that is wrong with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.text import Act, Cut, Language, cut, language_of
from shailoo.law.text.model import Lines
from tests.law.text.texts import ENGLISH, KYRGYZ, REGULATION, RUSSIAN


def anchors(found: Cut, article: str) -> list[str]:
    return [piece.anchor for each in found.articles if each.anchor == article for piece in each.pieces]


def words(found: Cut, anchor: str) -> str:
    """The text of the piece at an anchor."""
    (text,) = [piece.text for each in found.articles for piece in each.pieces if piece.anchor == anchor]
    return text


def test_articles_stand_once_although_the_contents_name_them_before() -> None:
    found = cut(ENGLISH)
    assert [each.anchor for each in found.articles] == ["L1", "L2", "L2-1", "L3", "L4"]
    assert [each.chapter[:10] for each in found.articles] == ["Chapter I."] * 3 + ["Chapter II"] * 2
    assert not found.faults


def test_blocks_without_a_number_are_counted_by_letters_and_members_of_a_list_too() -> None:
    assert anchors(cut(ENGLISH), "L2")[:6] == ["L2.1.a", "L2.1.b", "L2.2", "L2.2.a", "L2.2.b", "L2.2.c"]
    assert words(cut(ENGLISH), "L2.2.b") == "those who cannot swim."


def test_a_second_list_of_a_paragraph_is_told_from_the_first() -> None:
    assert anchors(cut(ENGLISH), "L2")[7:] == [
        "L2.4-1.a",
        "L2.4-1.1",
        "L2.4-1.2",
        "L2.4-1.3",
        "L2.4-1.b",
        "L2.4-1.b.1",
    ]


def test_what_a_page_break_tore_apart_is_joined_and_marks_of_emphasis_go() -> None:
    found = cut(ENGLISH)
    assert words(found, "L2.1.a") == "A boat has a crew. It leaves when the captain says so."
    assert words(found, "L2.4-1.2") == "look at the sky, the sea and the land;"
    assert words(found, "L2.4-1.a") == "The captain must always:"


def test_an_article_of_definitions_counts_them() -> None:
    found = cut(ENGLISH)
    assert anchors(found, "L1") == [
        "L1",
        *(f"L1.d0{number}" for number in (1, 2, 3, 4)),
        "L1.d04.1",
        "L1.d04.2",
        "L1.d05",
        "L1.d06",
    ]
    assert words(found, "L1.d02") == "Crew – people who row, and who bail;"


def test_a_remark_on_changes_is_no_text_of_the_article() -> None:
    by_anchor = {each.anchor: each for each in cut(ENGLISH).articles}
    assert (by_anchor["L2"].heading, by_anchor["L2"].remark) == ("The boat", "(as of 5/06/2017)")
    assert by_anchor["L2-1"].remark == "(as of 05/06/2017. Note! From January on)"
    assert anchors(cut(ENGLISH), "L2-1") == ["L2-1.a"]


def test_a_number_that_is_left_out_is_told_and_is_no_fault() -> None:
    (gap,) = cut(ENGLISH).gaps
    assert (gap.anchor, gap.missing) == ("L2.4", "3")
    assert ENGLISH.splitlines()[gap.line - 1].startswith("4. Repealed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RUSSIAN, ["L1.1.a", "L1.2.a", "L1.2.1", "L1.2.2", "L1-1.a"]),
        (KYRGYZ, ["L1.1.a", "L1.2.a", "L1.2.1", "L1.2.2", "L2.a"]),
    ],
)
def test_russian_and_kyrgyz_texts_are_cut_alike(text: str, expected: list[str]) -> None:
    assert [piece.anchor for each in cut(text).articles for piece in each.pieces] == expected


def test_the_regulation_ends_where_another_act_begins() -> None:
    found = cut(REGULATION, Act.REGULATION)
    assert [each.anchor for each in found.articles] == ["R1", "R2"]
    assert anchors(found, "R1") == ["R1.1.a", "R1.2.a"]
    assert anchors(found, "R2") == ["R2.1", "R2.1.a", "R2.1.b", "R2.3.a"]
    assert [gap.missing for gap in found.gaps] == ["2"]


@pytest.mark.parametrize(
    ("text", "line", "code", "anchor"),
    [
        ("Only words.", 1, "no_article_found", "L"),
        ("Article 1 A\n1. One.\nArticle 1 B\n1. Two.", 3, "article_twice", "L1"),
        ("Article 5 A\n1. One.\nArticle 4 B\n1. Two.", 3, "article_out_of_order", "L4"),
        ("Article 1 A\nArticle 2 B\n1. Two.", 1, "article_without_text", "L1"),
        ("Article 1 A\n1. One.\n1. Two.", 3, "paragraph_out_of_order", "L1.1"),
        ("Article 1 A\n2. One.\n1. Two.", 3, "paragraph_out_of_order", "L1.1"),
        ("Article 1 A\n1. One:\n2) two;\n1) one.", 4, "item_out_of_order", "L1.1.1"),
        ("Article 1 A\n1. One:\n1) one;\n1) two.", 4, "item_out_of_order", "L1.1.1"),
    ],
)
def test_a_fault_is_told_with_its_line_and_nothing_is_cut(text: str, line: int, code: str, anchor: str) -> None:
    found = cut(text)
    assert [(fault.line, fault.code, fault.anchor) for fault in found.faults] == [(line, code, anchor)]
    assert found.articles == ()


def test_all_faults_are_told_in_one_pass_in_the_order_of_the_lines() -> None:
    found = cut("Article 2 A\n1. One.\n1. Two.\nArticle 1 B\n1. One:\n2) x;\n2) y.")
    assert [fault.line for fault in found.faults] == [3, 4, 7]
    assert str(found.faults[0]) == "line 3: L2.1: paragraph out of order: Two."


def test_a_point_of_another_section_is_a_fault() -> None:
    found = cut("1. Words\n1.1 One.\n2.2 Two.", Act.REGULATION)
    assert [fault.code for fault in found.faults] == ["paragraph_of_another_section"]


def test_a_citation_at_the_beginning_of_a_line_is_no_heading() -> None:
    found = cut("Article 1 A\n1. As said in\nArticle 7 of this law, boats float.")
    assert [each.anchor for each in found.articles] == ["L1"]
    assert words(found, "L1.1.a").endswith("in Article 7 of this law, boats float.")


def test_lines_of_a_file_keep_their_numbers() -> None:
    found = cut(Lines(3, 4).of("x\ny\nArticle 1 A\n1. One.\nz"))
    assert [piece.line for each in found.articles for piece in each.pieces] == [4]
    assert words(found, "L1.1.a") == "One."


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, Language.EN), (RUSSIAN, Language.RU), (KYRGYZ, Language.KY)])
def test_the_language_is_told_by_its_letters(text: str, language: Language) -> None:
    assert language_of(text) is language


SENTENCES = st.text(alphabet="abcde ", min_size=1, max_size=20).map(lambda text: f"W{text.strip()}.")
PARAGRAPHS = st.lists(st.tuples(SENTENCES, st.lists(SENTENCES, max_size=3)), min_size=1, max_size=4)


@given(st.lists(PARAGRAPHS, min_size=1, max_size=5))
def test_every_word_of_a_numbered_text_is_kept_under_its_number(articles: list[list[tuple[str, list[str]]]]) -> None:
    lines, expected = [], []
    for number, paragraphs in enumerate(articles, 1):
        lines.append(f"Article {number} Heading")
        for place, (sentence, items) in enumerate(paragraphs, 1):
            lines.append(f"{place}. {sentence}")
            expected.append((f"L{number}.{place}.a", " ".join(sentence.split())))
            for item, words_of_item in enumerate(items, 1):
                lines.append(f" - {item}) {words_of_item}")
                expected.append((f"L{number}.{place}.{item}", " ".join(words_of_item.split())))
    found = cut("\n\n".join(lines))
    assert [(piece.anchor, piece.text) for each in found.articles for piece in each.pieces] == expected
