"""Art. 30: what stands on a ballot, and how a line is crossed out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from shailoo.law.voters.ballot_paper import (
    CANDIDATE_LINE,
    PARTY_LINE,
    BallotLine,
    BallotPaper,
    CrossedLine,
    CrossingOut,
    Element,
    Language,
    LineField,
    ballot_paper,
    crossing_out,
)
from tests.law.voters.cases import JK, LAW, PRESIDENT, breaches, errors, passed

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "oracles.yaml").read_text(encoding="utf-8"))
AGAINST_ALL = BallotLine(None, square=True)


def lines(names: tuple[str, ...], fields: tuple[LineField, ...]) -> tuple[BallotLine, ...]:
    return (*(BallotLine(name, frozenset(fields), square=True) for name in names), AGAINST_ALL)


PARTIES = BallotPaper(
    voting=JK,
    registered=("p1", "p2", "p3"),
    drawn=("p2", "p3", "p1"),
    lines=lines(("p2", "p3", "p1"), PARTY_LINE),
    form_decided=True,
    approved=date(2020, 9, 8),
    one_sided=True,
    opaque=True,
    languages=frozenset(Language),
    elements=frozenset(Element),
)
CANDIDATES = replace(PARTIES, voting=PRESIDENT, lines=lines(PARTIES.drawn, CANDIDATE_LINE), approved=date(2017, 9, 19))


@pytest.mark.norm("L30.3", "L30.4", "L30.5.a2")
@pytest.mark.parametrize(("paper", "norm"), [(PARTIES, "L30.4"), (CANDIDATES, "L30.3")])
def test_a_ballot_by_lot_with_every_element_may_be_approved(paper: BallotPaper, norm: str) -> None:
    found = ballot_paper(paper, LAW)
    assert (found.value, found.findings) == (True, ())
    assert {(norm, "ballot_order_drawn"), ("L30.5.a2", "ballot_against_all_last")} <= passed(found)


@pytest.mark.norm("L30.3", "L30.4")
@pytest.mark.parametrize(("paper", "norm"), [(PARTIES, "L30.4"), (CANDIDATES, "L30.3")])
def test_contestants_are_those_registered_in_the_order_of_the_lot(paper: BallotPaper, norm: str) -> None:
    first, second, third, last = paper.lines
    swapped = ballot_paper(replace(paper, lines=(second, first, third, last)), LAW)
    assert errors(swapped) == {(norm, "ballot_order_not_drawn")}
    without = ballot_paper(replace(paper, lines=(first, second, last), drawn=("p2", "p3")), LAW)
    assert errors(without) == {(norm, "ballot_contestant_missing")}
    strange = ballot_paper(replace(paper, registered=("p2", "p3")), LAW)
    assert errors(strange) == {(norm, "ballot_contestant_not_registered")}
    twice = ballot_paper(replace(paper, lines=(first, second, third, third, last)), LAW)
    assert (norm, "ballot_contestant_not_registered") in errors(twice)


@pytest.mark.norm("L30.3", "L30.4")
@pytest.mark.parametrize(
    ("paper", "norm", "field"),
    [(PARTIES, "L30.4", LineField.PARTY_NAME), *((CANDIDATES, "L30.3", field) for field in CANDIDATE_LINE)],
)
def test_a_line_tells_all_that_the_law_asks(paper: BallotPaper, norm: str, field: LineField) -> None:
    first = replace(paper.lines[0], shows=paper.lines[0].shows - {field})
    found = ballot_paper(replace(paper, lines=(first, *paper.lines[1:])), LAW)
    assert errors(found) == {(norm, "ballot_line_incomplete")}
    assert found.errors[0].facts == {"contestant": "p2", "line_field": field}


@pytest.mark.norm("L30.5.a1")
@pytest.mark.parametrize(("square", "code"), [(False, "ballot_square_missing"), (None, "square")])
def test_every_contestant_has_an_empty_square_to_the_right(square: bool | None, code: str) -> None:
    first = replace(PARTIES.lines[0], square=square)
    found = ballot_paper(replace(PARTIES, lines=(first, *PARTIES.lines[1:])), LAW)
    assert errors(found) == {("L30.5.a1", code)}
    assert found.value is (None if square is None else False)


@pytest.mark.norm("L30.5.a2")
@pytest.mark.parametrize(
    "broken",
    [
        PARTIES.lines[:-1],
        (AGAINST_ALL, *PARTIES.lines[:-1]),
        (*PARTIES.lines[:-1], BallotLine(None)),
        (AGAINST_ALL, *PARTIES.lines),
    ],
)
def test_against_all_is_the_last_line_once_with_its_square(broken: tuple[BallotLine, ...]) -> None:
    assert errors(ballot_paper(replace(PARTIES, lines=broken), LAW)) == {("L30.5.a2", "ballot_against_all_missing")}


@pytest.mark.norm("L30.1.a2", "L30.2.a2", "L30.6.a3")
@pytest.mark.parametrize(
    ("name", "norm"), [("form_decided", "L30.1.a2"), ("one_sided", "L30.2.a2"), ("opaque", "L30.6.a3")]
)
def test_form_protection_one_side_and_dense_paper(name: str, norm: str) -> None:
    found = ballot_paper(replace(PARTIES, **{name: False}), LAW)  # type: ignore[arg-type]  # a field by its name
    assert (found.value, errors(found)) == (False, {(norm, name)})
    unknown = ballot_paper(replace(PARTIES, **{name: None}), LAW)  # type: ignore[arg-type]
    assert (unknown.value, breaches(unknown)) == (None, {(norm, name)})


@pytest.mark.norm("L30.6.a1")
@pytest.mark.parametrize("language", Language)
def test_a_ballot_speaks_both_languages(language: Language) -> None:
    found = ballot_paper(replace(PARTIES, languages=frozenset(Language) - {language}), LAW)
    assert errors(found) == {("L30.6.a1", "ballot_language_missing")}


@pytest.mark.norm("L30.6.a2")
@pytest.mark.parametrize("element", Element)
def test_a_ballot_explains_itself_and_names_printer_and_number(element: Element) -> None:
    found = ballot_paper(replace(PARTIES, elements=frozenset(Element) - {element}), LAW)
    assert errors(found) == {("L30.6.a2", "ballot_element_missing")}


@pytest.mark.norm("L30.2.a1")
def test_the_text_is_approved_twenty_five_full_days_before() -> None:
    late = ballot_paper(replace(PARTIES, approved=date(2020, 9, 9)), LAW)
    assert breaches(late) == {("L30.2.a1", "ballot_text_approved")}


def test_a_contestant_is_drawn_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        replace(PARTIES, drawn=("p1", "p1"))


# ------------------------------------------------------------------------------------- crossing out


def crossed(name: str, ballots: int = 1001) -> CrossedLine:
    return CrossedLine(
        contestant=name,
        one_straight_line=True,
        along_whole_line=True,
        over_the_square=True,
        by_ballpoint_pen=True,
        ballots=ballots,
    )


DROPPED = CrossingOut(printed=("A", "B", "C"), dropped_out=("C",), crossed=(crossed("C"),), ballots=1001)


@pytest.mark.norm("L30.10.a1")
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_who_dropped_out_is_crossed_out_and_the_others_stand(case: dict[str, Any]) -> None:
    names = tuple(case["crossed_out"])
    facts = CrossingOut(tuple(case["printed"]), names, tuple(crossed(name) for name in names), 1001)
    found = crossing_out(facts, LAW)
    assert (list(found.value), found.findings) == (case["standing"], ())


@pytest.mark.norm("L30.10.a1")
def test_every_ballot_is_crossed_out_and_no_other_line() -> None:
    none = crossing_out(replace(DROPPED, crossed=()), LAW)
    assert errors(none) == {("L30.10.a1", "ballot_line_not_crossed_out")}
    some = crossing_out(replace(DROPPED, crossed=(crossed("C", 1000),)), LAW)
    assert errors(some) == {("L30.10.a1", "ballots_not_all_crossed_out")}
    wrong = crossing_out(replace(DROPPED, crossed=(crossed("C"), crossed("A"))), LAW)
    assert errors(wrong) == {("L30.10.a1", "ballot_line_crossed_out_wrongly")}
    assert wrong.value == ("A", "B")


@pytest.mark.norm("L30.10.a2")
@pytest.mark.parametrize("name", ["one_straight_line", "along_whole_line", "over_the_square", "by_ballpoint_pen"])
def test_a_line_is_crossed_out_by_one_straight_stroke_of_a_ballpoint_pen(name: str) -> None:
    line = replace(crossed("C"), **{name: False})  # type: ignore[arg-type]  # a field by its name
    assert errors(crossing_out(replace(DROPPED, crossed=(line,)), LAW)) == {("L30.10.a2", name)}


def test_only_what_is_printed_drops_out() -> None:
    with pytest.raises(ValueError, match="printed"):
        replace(DROPPED, dropped_out=("D",))
