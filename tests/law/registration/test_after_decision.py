"""What follows a decision: the copy of a refusal, publication, certificates, postponement (L53, L61)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shailoo.law.calendar import Kind
from shailoo.law.outcome import Severity
from shailoo.law.registration.election import Election
from shailoo.law.registration.follow_up import SHOWN, Registered, Shown, follow_up
from shailoo.law.registration.postponement import RegisteredLists, postponement
from shailoo.law.registration.refusal import Refusal, refusal
from tests.law.registration.cases import LAW, LISTS, PRESIDENT, local

SECOND = timedelta(seconds=1)
PRESIDENT_DECIDED = local("2017-09-05 15:00")
LIST_DECIDED = local("2020-09-01 15:00")
REFUSED = (
    Refusal(PRESIDENT, PRESIDENT_DECIDED, PRESIDENT_DECIDED, PRESIDENT_DECIDED, grounds_named=True),
    Refusal(LISTS, LIST_DECIDED, LIST_DECIDED, LIST_DECIDED, grounds_named=True),
)


# ------------------------------------------------------------------------------------- refusal


@pytest.mark.norm("L53.6", "L61.7.a")
@pytest.mark.parametrize(("refused", "norm"), [(REFUSED[0], "L53.6"), (REFUSED[1], "L61.7.a")])
def test_a_copy_of_the_refusal_is_handed_over_within_a_day(refused: Refusal, norm: str) -> None:
    until = refusal(refused, LAW).value.copy_until
    assert until - refused.decided_at == timedelta(days=1, hours=9)  # the next day ends
    in_time = refusal(replace(refused, at=until, copy_given_at=until - SECOND), LAW)
    assert (in_time.value.told, in_time.findings) == (True, ())
    late = refusal(replace(refused, at=until, copy_given_at=until), LAW)
    assert [(found.norm, found.severity) for found in late.findings] == [(norm, Severity.WARNING)]
    assert refusal(replace(refused, at=until - SECOND, copy_given_at=None), LAW).findings == ()
    overdue = refusal(replace(refused, at=until, copy_given_at=None), LAW)
    assert ([found.code for found in overdue.findings], overdue.value.told) == (["refusal_copy_late"], False)


@pytest.mark.norm("L53.6", "L61.7.a")
@pytest.mark.parametrize("refused", REFUSED)
@pytest.mark.parametrize("named", [False, None])
def test_the_copy_names_the_grounds(refused: Refusal, named: bool | None) -> None:
    outcome = refusal(replace(refused, grounds_named=named), LAW)
    assert [found.code for found in outcome.findings] == ["refusal_grounds_not_shown"]
    assert not outcome.value.told


@pytest.mark.norm("L53.8.a")
def test_a_candidate_for_president_is_told() -> None:
    assert "L53.8.a" in refusal(REFUSED[0], LAW).grounds
    assert "L53.8.a" not in refusal(REFUSED[1], LAW).grounds
    assert "L53.8.a" not in refusal(replace(REFUSED[0], copy_given_at=None), LAW).grounds


def test_the_end_of_the_term_for_an_appeal_is_told() -> None:
    assert refusal(REFUSED[0], LAW).value.appeal_until == local("2017-09-11 00:00")  # 5 days
    assert refusal(REFUSED[1], LAW).value.appeal_until == local("2020-09-04 00:00")  # 2 days


@pytest.mark.parametrize("field", ["at", "copy_given_at"])
def test_nothing_follows_a_decision_before_it_was_taken(field: str) -> None:
    early: Any = {field: PRESIDENT_DECIDED - SECOND}
    with pytest.raises(ValueError):
        replace(REFUSED[0], **early)


# ------------------------------------------------------------------------------------- publication, certificates


def registered(election: Election, **changed: Any) -> Registered:
    at = local("2020-09-01 15:00") if election is LISTS else local("2017-09-01 15:00")
    shown = frozenset(SHOWN[election.contest])
    done = Registered(election, at + timedelta(days=9), at, at, shown, at, dated=True)
    return replace(done, **changed)


ENDS = [
    (LISTS, local("2020-09-07 00:00"), local("2020-09-04 00:00")),
    (PRESIDENT, local("2017-09-07 00:00"), local("2017-09-04 00:00")),
]


@pytest.mark.norm("L53.10.a", "L61.11.a")
@pytest.mark.parametrize(("election", "until", "_certificates"), ENDS)
def test_a_registration_is_published_within_five_days(election: Election, until: datetime, _certificates: Any) -> None:
    done = follow_up(registered(election, published_at=until - SECOND), LAW)
    assert (done.value.done, done.findings, done.value.publication_until) == (True, (), until)
    late = follow_up(registered(election, published_at=until), LAW)
    assert [found.norm for found in late.findings] == ["L61.11.a" if election is LISTS else "L53.10.a"]
    assert not late.value.done


@pytest.mark.norm("L53.11", "L61.12")
@pytest.mark.parametrize(("election", "_published", "until"), ENDS)
def test_certificates_are_given_within_two_days(election: Election, _published: Any, until: datetime) -> None:
    norm = "L61.12" if election is LISTS else "L53.11"
    assert follow_up(registered(election, certificates_at=until - SECOND), LAW).findings == ()
    for late in (registered(election, certificates_at=until), registered(election, certificates_at=None, at=until)):
        assert [found.norm for found in follow_up(late, LAW).findings] == [norm]
    due = follow_up(registered(election, certificates_at=None, at=until - SECOND), LAW)
    assert (due.value.done, due.findings) == (False, ())
    undated = follow_up(registered(election, dated=None), LAW)
    assert [(found.norm, found.code) for found in undated.findings] == [(norm, "certificate_without_date")]


@pytest.mark.norm("L53.10.b", "L61.11.b", "L61.11.a")
@pytest.mark.parametrize("election", [LISTS, PRESIDENT])
def test_a_publication_shows_everything_that_the_law_asks_to_show(election: Election) -> None:
    for item, norm in SHOWN[election.contest].items():
        shown = frozenset(SHOWN[election.contest]) - {item}
        outcome = follow_up(registered(election, shown=shown), LAW)
        assert [(found.norm, found.facts["published_item"]) for found in outcome.findings] == [(norm, item)]


@pytest.mark.norm("L53.10.b", "L61.11.b")
def test_membership_of_a_party_is_shown_of_candidates_for_president_only() -> None:
    assert Shown.PARTY_MEMBERSHIP in SHOWN[PRESIDENT.contest]
    assert Shown.PARTY_MEMBERSHIP not in SHOWN[LISTS.contest]


def test_nothing_follows_a_registration_before_it_was_made() -> None:
    with pytest.raises(ValueError):
        registered(LISTS, published_at=local("2020-09-01 14:59"))


# ------------------------------------------------------------------------------------- postponement


@pytest.mark.norm("L61.6")
@pytest.mark.parametrize(("lists", "day"), [(0, date(2020, 10, 29)), (1, date(2020, 10, 29)), (2, None)])
def test_with_one_list_or_none_the_election_is_postponed_by_25_days(lists: int, day: date | None) -> None:
    ends = local("2020-09-04 00:00")
    outcome = postponement(RegisteredLists(LISTS, ends, lists), LAW)
    assert outcome.value.election_day == day
    assert [found.norm for found in outcome.findings] == ([] if day is None else ["L61.6"])  # a Thursday
    assert postponement(RegisteredLists(LISTS, ends - SECOND, lists), LAW).value.election_day is None


@pytest.mark.norm("L61.6")
def test_the_25_days_are_not_shortened() -> None:
    early = Election(Kind.JK_EARLY, date(2019, 4, 21), date(2019, 3, 8))
    outcome = postponement(RegisteredLists(early, local("2019-04-20 00:00"), 0), LAW)
    assert outcome.value.election_day == date(2019, 5, 16)


@pytest.mark.norm("L61.6")
def test_the_president_s_election_is_not_postponed() -> None:
    assert postponement(RegisteredLists(PRESIDENT, local("2017-09-10 00:00"), 0), LAW).value.election_day is None
