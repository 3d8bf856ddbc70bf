"""Art. 60.4: a party's notice of participation. The election is that of 4 October 2020, the parties are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.editions import edition
from shailoo.law.nomination.election import Called
from shailoo.law.nomination.participation import PARTS, Designation, Notice, NoticePart, notice
from shailoo.law.outcome import Severity

LAW = edition("2017-06-05")


def at(day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2020, 7, day, hour, minute, tzinfo=BISHKEK)


NOTICE = Notice(
    Called(Kind.JK, date(2020, 10, 4), date(2020, 7, 3)),
    at(6),
    frozenset(NoticePart),
    Designation(differs=False),
    confirmed_at=at(6, 12, 30),
    certificate_at=at(6, 12, 30),
)


def changed(**changes: object) -> Notice:
    return replace(NOTICE, **changes)  # type: ignore[arg-type]  # a test's own


def told(facts: Notice) -> list[tuple[str, str, Severity]]:
    return [(found.norm, found.code, found.severity) for found in notice(facts, LAW).findings]


@pytest.mark.norm("L60.4.a", "L60.4.b", "L60.4.c", "L60.4.d", "L60.4.e", "L60.4.f")
def test_a_notice_that_is_whole_and_in_time() -> None:
    outcome = notice(NOTICE, LAW)
    assert (outcome.value.in_time, outcome.value.complete, outcome.findings) == (True, True, ())
    assert set(outcome.grounds) == {f"L60.4.{letter}" for letter in "abcdef"}


@pytest.mark.norm("L60.4.a")
@pytest.mark.parametrize(
    ("received", "code"),
    [
        (at(2, 23, 59), "participation_notice_before_calling"),
        (at(3, 0, 0), None),
        (at(8, 23, 59), None),
        (at(9, 0, 0), "participation_notice_late"),
    ],
)
def test_notice_is_given_within_five_days_of_calling_and_lateness_is_put_to_the_commission(
    received: datetime, code: str | None
) -> None:
    facts = changed(received_at=received, confirmed_at=received, certificate_at=received)
    assert told(facts) == ([("L60.4.a", code, Severity.WARNING)] if code else [])
    assert notice(facts, LAW).value.in_time is (code is None)


@pytest.mark.norm("L60.4.b")
@pytest.mark.parametrize("part", NoticePart)
def test_each_part_of_a_notice_is_asked_for(part: NoticePart) -> None:
    outcome = notice(changed(parts=frozenset(NoticePart) - {part}), LAW)
    assert outcome.value.missing == (part,)
    assert [(found.norm, found.facts["notice_part"]) for found in outcome.findings] == [(PARTS[part], part.value)]


@pytest.mark.norm("L60.4.c")
@pytest.mark.parametrize(
    ("designation", "code", "severity"),
    [
        (Designation(differs=None), "participation_name_not_compared", Severity.ERROR),
        (Designation(differs=True), "participation_name_to_be_agreed", Severity.WARNING),
        (
            Designation(differs=True, ballots_approved_on=date(2020, 9, 1)),
            "participation_name_not_agreed",
            Severity.ERROR,
        ),
        (
            Designation(differs=True, agreed_on=date(2020, 9, 2), ballots_approved_on=date(2020, 9, 1)),
            "participation_name_not_agreed",
            Severity.ERROR,
        ),
    ],
)
def test_another_name_than_that_of_the_charter_is_agreed_before_ballots_are_approved(
    designation: Designation, code: str, severity: Severity
) -> None:
    assert told(changed(designation=designation)) == [("L60.4.c", code, severity)]


@pytest.mark.norm("L60.4.c")
@pytest.mark.parametrize("approved", [None, date(2020, 9, 1)])
def test_an_agreed_name_is_good(approved: date | None) -> None:
    agreed = Designation(differs=True, agreed_on=date(2020, 9, 1), ballots_approved_on=approved)
    assert told(changed(designation=agreed)) == []


@pytest.mark.norm("L60.4.d")
@pytest.mark.parametrize(
    ("changed_on", "ended", "locked"),
    [
        (date(2020, 7, 5), None, False),
        (date(2020, 7, 6), None, True),
        (date(2020, 10, 25), date(2020, 10, 25), True),
        (date(2020, 10, 26), date(2020, 10, 25), False),
    ],
)
def test_name_and_emblem_stay_from_submission_to_the_end(changed_on: date, ended: date | None, locked: bool) -> None:
    designation = Designation(differs=False, changed_on=changed_on, process_ended_on=ended)
    expected = [("L60.4.d", "participation_name_changed", Severity.ERROR)]
    assert told(changed(designation=designation)) == (expected if locked else [])


@pytest.mark.norm("L60.4.e", "L60.4.f")
@pytest.mark.parametrize(
    ("when", "codes"),
    [
        (at(6, 23, 59), []),
        (at(7, 0, 0), ["participation_confirmed_late", "participation_certificate_late"]),
        (None, ["participation_not_confirmed", "participation_without_certificate"]),
    ],
)
def test_confirmation_and_certificate_come_on_the_day_of_receipt(when: datetime | None, codes: list[str]) -> None:
    found = told(changed(confirmed_at=when, certificate_at=when))
    assert [code for _norm, code, _severity in found] == codes
    assert {severity for _norm, _code, severity in found} <= {Severity.WARNING}


def test_presidential_elections_know_no_notice() -> None:
    with pytest.raises(ValueError, match="Jogorku Kenesh"):
        changed(election=Called(Kind.PRESIDENTIAL, date(2020, 10, 18), date(2020, 6, 10)))
