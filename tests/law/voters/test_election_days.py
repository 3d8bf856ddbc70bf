"""Art. 7 and 31.1: when an election is held, and when voters are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.calendar import Kind
from shailoo.law.voters.election_days import (
    ElectionDayFacts,
    Holding,
    Regime,
    RegimeKind,
    VotingNotice,
    election_day,
    voting_notice,
)
from shailoo.law.voters.voting import Voting
from tests.law.voters.cases import JK, LAW, REPEAT, breaches, errors, passed

UNCALLED = Voting(Kind.JK, date(2020, 10, 4))


@pytest.mark.norm("L7.3")
@pytest.mark.parametrize("kind", RegimeKind)
@pytest.mark.parametrize(
    ("since", "until", "blocked"),
    [
        (date(2020, 10, 4), date(2020, 10, 4), True),
        (date(2020, 9, 1), date(2020, 10, 3), False),
        (date(2020, 10, 5), None, False),
        (date(2020, 9, 1), None, True),
    ],
)
def test_no_election_is_held_under_a_regime(kind: RegimeKind, since: date, until: date | None, blocked: bool) -> None:
    found = election_day(ElectionDayFacts(JK, (Regime(kind, since, until),)), LAW)
    assert found.value is (Holding.BLOCKED if blocked else Holding.MAY_BE_HELD)
    assert errors(found) == ({("L7.3", "election_day_under_regime")} if blocked else set())


@pytest.mark.norm("L7.1", "L7.2")
@pytest.mark.parametrize(
    ("voting", "began", "late"),
    [
        (JK, date(2015, 10, 4), False),
        (JK, date(2015, 10, 3), True),
        (Voting(Kind.PRESIDENTIAL, date(2017, 10, 15), date(2017, 6, 1)), date(2011, 12, 1), False),
        (Voting(Kind.PRESIDENTIAL, date(2017, 10, 15), date(2017, 6, 1)), date(2011, 10, 14), True),
        (Voting(Kind.PRESIDENTIAL, date(2018, 2, 28), date(2017, 6, 1)), date(2012, 2, 29), False),
        (Voting(Kind.PRESIDENTIAL, date(2018, 3, 1), date(2017, 6, 1)), date(2012, 2, 29), True),
    ],
)
def test_a_regular_election_comes_before_the_term_of_office_ends(voting: Voting, began: date, late: bool) -> None:
    found = election_day(ElectionDayFacts(voting, term_began=began), LAW)
    assert (("L7.2", "election_after_term") in breaches(found)) is late
    assert (("L7.1", "election_before_term_ends") in passed(found)) is not late
    assert found.value is Holding.MAY_BE_HELD


@pytest.mark.norm("L7.2")
@pytest.mark.parametrize(("asked_on", "warned"), [(date(2020, 7, 5), False), (date(2020, 7, 6), True), (None, False)])
def test_an_election_that_nobody_called_in_time_is_warned_of(asked_on: date | None, warned: bool) -> None:
    found = election_day(ElectionDayFacts(UNCALLED, asked_on=asked_on), LAW)
    assert (("L7.2", "election_not_called") in breaches(found)) is warned
    called = election_day(ElectionDayFacts(JK, asked_on=asked_on), LAW)
    assert called.findings == ()


def test_a_repeat_voting_follows_from_no_term_of_office() -> None:
    found = election_day(ElectionDayFacts(REPEAT, term_began=date(2010, 1, 1), asked_on=date(2020, 10, 30)), LAW)
    assert found.findings == ()


TOLD = VotingNotice(JK, date(2020, 9, 23), says_time=True, says_place=True)


@pytest.mark.norm("L31.1.a2", "L31.1.a3")
@pytest.mark.parametrize(
    ("voting", "last", "norm", "term"),
    [
        (JK, date(2020, 9, 23), "L31.1.a2", "voters_informed"),
        (REPEAT, date(2020, 10, 24), "L31.1.a3", "voters_informed_repeat_voting"),
    ],
)
def test_voters_are_told_ten_days_before_and_seven_before_a_repeat_voting(
    voting: Voting, last: date, norm: str, term: str
) -> None:
    notice = replace(TOLD, voting=voting, given=last)
    assert (voting_notice(notice, LAW).value, voting_notice(notice, LAW).findings) == (True, ())
    late = voting_notice(replace(notice, given=date.fromordinal(last.toordinal() + 1)), LAW)
    assert (late.value, breaches(late)) == (False, {(norm, term)})
    assert breaches(voting_notice(replace(notice, given=None), LAW)) == {(norm, term)}


@pytest.mark.norm("L31.1.a2")
@pytest.mark.parametrize("name", ["says_time", "says_place"])
def test_a_notice_says_when_and_where(name: str) -> None:
    found = voting_notice(replace(TOLD, **{name: False}), LAW)  # type: ignore[arg-type]  # a field by its name
    assert errors(found) == {("L31.1.a2", "notice_incomplete")}
    unknown = voting_notice(replace(TOLD, **{name: None}), LAW)  # type: ignore[arg-type]  # a field by its name
    assert errors(unknown) == {("L31.1.a2", name)}
