"""Art. 37-1, 39, 58.2, 64.8: what of the results is published by when, and what the publication holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.calendar import Kind, start_of
from shailoo.law.complaints.election import Election
from shailoo.law.complaints.publication import (
    Content,
    Piece,
    Posting,
    Preliminary,
    Published,
    Requester,
    ResultsRequest,
    State,
    answer,
    follow,
)
from shailoo.law.outcome import Severity
from tests.law.complaints import naive
from tests.law.complaints.cases import JK, LAW, PRESIDENT, at, codes, errors, passed

DETERMINED = date(2020, 10, 20)
LONG_AFTER = at("2021-01-10")
LAST = [
    (Piece.VOTED_LISTS, date(2020, 10, 9), "L37-1.3"),
    (Piece.PEC_PROTOCOLS, date(2020, 10, 22), "L37-1.2"),
    (Piece.TEC_PROTOCOLS, date(2020, 10, 23), "L37-1.4"),
    (Piece.GENERAL_DATA, date(2020, 10, 21), "L39.2"),
    (Piece.FULL_DATA, date(2020, 11, 3), "L64.8"),
]
LAST_OF_PRESIDENT = [
    (Piece.PRESIDENT_RESULT, date(2020, 10, 23), "L58.2"),
    (Piece.FULL_DATA, date(2020, 11, 3), "L39.3"),
]


def state(published: Published, piece: Piece, law: Any = LAW) -> tuple[State, date | None]:  # Any: an edition
    (found,) = (each for each in follow(published, law).value if each.piece is piece)
    return found.state, found.last


def posted(piece: Piece, instant: datetime, units: int = 1) -> Posting:
    return Posting(piece, units, units, instant)


@pytest.mark.norm("L37-1.2", "L37-1.3", "L37-1.4", "L39.2", "L39.3", "L58.2", "L64.8")
@pytest.mark.parametrize(
    ("election", "piece", "last", "norm"),
    [*((JK, *each) for each in LAST), *((PRESIDENT, *each) for each in LAST_OF_PRESIDENT)],
)
def test_each_piece_has_its_last_day(election: Election, piece: Piece, last: date, norm: str) -> None:
    too_late = start_of(last + timedelta(days=1))
    in_time = too_late - timedelta(minutes=1)
    determined = DETERMINED if last >= DETERMINED else None
    before = Published(election, in_time, determined)
    assert state(before, piece) == (State.DUE, last)
    assert (norm, "publication_due") in passed(follow(before, LAW))
    done = replace(before, postings=(posted(piece, in_time),))
    assert state(done, piece) == (State.DONE, last)
    assert (norm, "published_in_time") in passed(follow(done, LAW))
    over = Published(election, too_late, determined)
    assert state(over, piece) == (State.OVERDUE, last)
    assert (norm, "publication_overdue") in errors(follow(over, LAW))
    late = replace(over, postings=(posted(piece, too_late),))
    assert state(late, piece) == (State.DONE_LATE, last)
    assert (norm, "published_late") in codes(follow(late, LAW))


AFTER_VOTING = {Piece.VOTED_LISTS: 5, Piece.PEC_PROTOCOLS: 18, Piece.TEC_PROTOCOLS: 19}
AFTER_DETERMINATION = {Piece.GENERAL_DATA: 1, Piece.PRESIDENT_RESULT: 3, Piece.FULL_DATA: 14}


@given(
    kind=st.sampled_from(list(Kind)),
    election_day=st.dates(date(2020, 1, 5), date(2029, 12, 30)),
    until_determined=st.integers(1, 20),
)
def test_last_days_are_those_counted_day_by_day(kind: Kind, election_day: date, until_determined: int) -> None:
    determined = naive.days_after(election_day, until_determined)
    published = Published(Election(kind, election_day), start_of(determined), determined)
    for standing in follow(published, LAW).value:
        if standing.piece in AFTER_VOTING:
            assert standing.last == naive.days_after(election_day, AFTER_VOTING[standing.piece])
        elif standing.piece is not Piece.PRELIMINARY:
            assert standing.last == naive.days_after(determined, AFTER_DETERMINATION[standing.piece])


def test_a_part_is_as_late_as_the_whole() -> None:
    part = Posting(Piece.PEC_PROTOCOLS, 2475, 2474, at("2020-10-20T10:00"))
    published = Published(JK, at("2020-10-23T00:00"), DETERMINED, (part,))
    assert state(published, Piece.PEC_PROTOCOLS)[0] is State.OVERDUE
    (found,) = (each for each in follow(published, LAW).findings if each.norm == "L37-1.2")
    assert found.facts["missing_units"] == 1


@pytest.mark.norm("L39.2", "L39.3")
def test_what_follows_the_determination_waits_for_it() -> None:
    published = Published(JK, at("2020-10-30"))
    assert state(published, Piece.GENERAL_DATA) == (State.WAITING, None)
    assert state(published, Piece.FULL_DATA) == (State.WAITING, None)
    assert ("L39.2", "publication_waits") in passed(follow(published, LAW))


def test_only_a_president_has_the_short_term() -> None:
    assert Piece.PRESIDENT_RESULT not in [each.piece for each in follow(Published(JK, LONG_AFTER), LAW).value]
    for kind in (Kind.PRESIDENTIAL_EARLY, Kind.REPEAT_PRESIDENTIAL, Kind.REPEAT_VOTING):
        found = follow(Published(Election(kind, JK.election_day), LONG_AFTER, DETERMINED), LAW)
        assert Piece.PRESIDENT_RESULT in [each.piece for each in found.value]


@pytest.mark.norm("L58.2", "L39.3", "L64.8")
def test_the_reading_of_the_official_publication() -> None:
    at_once = LAW.with_readings(official_publication="all_at_once")
    president, jk = Published(PRESIDENT, at("2020-10-20"), DETERMINED), Published(JK, at("2020-10-20"), DETERMINED)
    assert state(president, Piece.FULL_DATA) == (State.DUE, date(2020, 11, 3))
    assert state(president, Piece.FULL_DATA, at_once) == (State.DUE, date(2020, 10, 23))
    assert state(jk, Piece.FULL_DATA, at_once) == (State.DUE, date(2020, 11, 3))


@pytest.mark.norm("L39.3")
@pytest.mark.parametrize("missing", Content)
def test_the_official_publication_holds_everything(missing: Content) -> None:
    whole = Published(JK, at("2020-10-20"), DETERMINED, contents=frozenset(Content))
    assert follow(whole, LAW).findings != ()  # the lists of voters are overdue, but nothing of the contents is missing
    assert "publication_lacks" not in {code for _norm, code in codes(follow(whole, LAW))}
    (lacks,) = (
        each
        for each in follow(replace(whole, contents=frozenset(Content) - {missing}), LAW).findings
        if each.code == "publication_lacks"
    )
    assert (lacks.norm, lacks.severity, lacks.facts) == ("L39.3", Severity.ERROR, {"publication_content": missing})


# ------------------------------------------------------------------------------------- preliminary results

RECEIVED = at("2020-10-04T21:30")


def preliminary(posted_at: str | None, as_of: str, *, labelled: bool | None = True) -> Published:
    given = Preliminary("1001", RECEIVED, None if posted_at is None else at(posted_at), labelled)
    return Published(JK, at(as_of), preliminary=(given,))


@pytest.mark.norm("L37-1.1", "L39.1.b1")
@pytest.mark.parametrize(
    ("posted_at", "as_of", "wanted"),
    [
        ("2020-10-04T23:59", "2020-10-05", State.DONE),
        ("2020-10-05T00:00", "2020-10-05", State.DONE_LATE),
        (None, "2020-10-04T23:59", State.DUE),
        (None, "2020-10-05T00:00", State.OVERDUE),
    ],
)
def test_preliminary_results_go_online_at_once(posted_at: str | None, as_of: str, wanted: State) -> None:
    published = preliminary(posted_at, as_of)
    found = follow(published, LAW)
    assert state(published, Piece.PRELIMINARY)[0] is wanted
    assert (("L37-1.1", "preliminary_not_at_once") in codes(found)) is (wanted in (State.DONE_LATE, State.OVERDUE))
    assert (("L39.1.b1", "preliminary_posted") in passed(found)) is (wanted is State.DONE)


@pytest.mark.norm("L39.1.b2")
def test_preliminary_results_say_that_they_are() -> None:
    marked = preliminary("2020-10-04T22:00", "2020-10-04T23:00")
    assert codes(follow(marked, LAW)) == set()
    assert ("L39.1.b1", "preliminary_posted") in passed(follow(marked, LAW))
    unmarked = follow(replace(marked, preliminary=(replace(marked.preliminary[0], labelled=False),)), LAW)
    assert codes(unmarked) == {("L39.1.b2", "preliminary_not_labelled")}
    assert ("L39.1.b1", "preliminary_posted") not in passed(unmarked)
    unknown = follow(replace(marked, preliminary=(replace(marked.preliminary[0], labelled=None),)), LAW)
    assert codes(unknown) == {("L39.1.b2", "preliminary_label_not_known")}
    waiting = preliminary(None, "2020-10-04T23:00", labelled=None)
    assert codes(follow(waiting, LAW)) == set()


@pytest.mark.norm("L39.3")
def test_whole_data_of_which_nobody_knows_what_they_hold_are_told() -> None:
    day = at("2020-10-21")
    out = Published(JK, day, DETERMINED, (posted(Piece.FULL_DATA, day),))
    assert ("L39.3", "publication_contents_not_known") in codes(follow(out, LAW))
    read = replace(out, contents=frozenset(Content))
    part = replace(out, postings=(Posting(Piece.FULL_DATA, 2, 1, day),))
    other = replace(out, postings=(posted(Piece.GENERAL_DATA, day),))
    for published in (read, part, other):
        assert "publication_contents_not_known" not in {code for _norm, code in codes(follow(published, LAW))}


def test_without_results_nothing_is_due() -> None:
    assert state(Published(JK, at("2020-10-04T21:00")), Piece.PRELIMINARY)[0] is State.WAITING


def test_what_was_published_in_the_very_minute_was_published() -> None:
    postings = (posted(Piece.FULL_DATA, LONG_AFTER),)
    online = (Preliminary("1001", RECEIVED, RECEIVED), Preliminary("1002", LONG_AFTER))
    assert Published(JK, LONG_AFTER, postings=postings, preliminary=online).as_of == LONG_AFTER


@pytest.mark.parametrize(
    "changes",
    [
        {"postings": (posted(Piece.FULL_DATA, LONG_AFTER), posted(Piece.FULL_DATA, LONG_AFTER))},
        {"postings": (posted(Piece.PRELIMINARY, LONG_AFTER),)},
        {"postings": (posted(Piece.FULL_DATA, LONG_AFTER + timedelta(minutes=1)),)},
        {"preliminary": (Preliminary("1001", LONG_AFTER + timedelta(minutes=1)),)},
        {"preliminary": (Preliminary("1001", RECEIVED, RECEIVED - timedelta(minutes=1)),)},
        {"determined_on": LONG_AFTER.date() + timedelta(days=1)},
    ],
)
def test_what_cannot_have_been_published(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"once|precinct|after"):
        Published(JK, LONG_AFTER, **changes)


@pytest.mark.parametrize(
    ("units", "published", "last"), [(0, 0, None), (1, 2, LONG_AFTER), (1, 1, None), (1, 0, LONG_AFTER)]
)
def test_what_cannot_be_a_posting(units: int, published: int, last: datetime | None) -> None:
    with pytest.raises(ValueError, match="published"):
        Posting(Piece.FULL_DATA, units, published, last)


# ------------------------------------------------------------------------------------- on request


@pytest.mark.norm("L39.1.a")
@pytest.mark.parametrize("who", Requester)
def test_who_gets_results_on_request(who: Requester) -> None:
    found = answer(ResultsRequest(who, 47), LAW)
    assert found.value is (who is not Requester.OTHER)
    if found.value:
        assert passed(found) == {("L39.1.a", "results_to_be_given")}
    else:
        assert codes(found) == {("L39.1.a", "results_not_for_this_requester")}


@pytest.mark.norm("L39.1.a")
def test_an_answer_has_the_volume_of_the_protocol() -> None:
    whole, part = ResultsRequest(Requester.VOTER, 47, 47), ResultsRequest(Requester.VOTER, 47, 46)
    assert passed(answer(whole, LAW)) == {("L39.1.a", "results_given")}
    assert errors(answer(part, LAW)) == {("L39.1.a", "results_given_in_part")}
