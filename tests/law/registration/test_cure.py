"""The notice of inconsistencies within 24 hours and the corrections within 48 (L53.2, L61.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from shailoo.law.outcome import Severity
from shailoo.law.registration.cure import CureState, Inconsistencies, cure
from tests.law.registration.cases import LAW, LISTS, PRESIDENT, local

SECOND = timedelta(seconds=1)
RECEIVED = local("2020-08-20 10:00")
TOLD = local("2020-08-21 09:00")
CASE = Inconsistencies(LISTS, local("2020-08-22 12:00"), RECEIVED, notice_sent_at=TOLD, notice_received_at=TOLD)


@pytest.mark.norm("L61.3.c", "L53.2.c")
@pytest.mark.parametrize(
    ("sent", "warned"), [(RECEIVED + timedelta(hours=24) - SECOND, False), (RECEIVED + timedelta(hours=24), True)]
)
def test_the_notice_is_sent_within_24_hours(sent: datetime, warned: bool) -> None:
    told = replace(CASE, notice_sent_at=sent, notice_received_at=sent)
    outcome = cure(told, LAW)
    assert outcome.value.notice_until == RECEIVED + timedelta(hours=24)
    assert [(found.norm, found.severity) for found in outcome.findings] == (
        [("L61.3.c", Severity.WARNING)] if warned else []
    )
    assert outcome.value.corrections_until == sent + timedelta(hours=48)
    received = local("2017-08-28 10:00")
    president = replace(
        told, election=PRESIDENT, at=received + (CASE.at - RECEIVED), received_at=received,
        notice_sent_at=received + (sent - RECEIVED), notice_received_at=received + (sent - RECEIVED),
    )  # fmt: skip
    assert [found.norm for found in cure(president, LAW).findings] == (["L53.2.c"] if warned else [])


@pytest.mark.norm("L61.3.c")
def test_a_notice_that_was_never_sent_is_due_and_then_overdue() -> None:
    unsent = replace(CASE, notice_sent_at=None, notice_received_at=None, at=local("2020-08-21 09:59"))
    due = cure(unsent, LAW)
    assert (due.value.state, due.value.corrections_until, due.findings) == (CureState.NOTICE_DUE, None, ())
    overdue = cure(replace(unsent, at=local("2020-08-21 10:00")), LAW)
    assert [found.code for found in overdue.findings] == ["cure_notice_overdue"]
    assert overdue.value.state is CureState.NOTICE_DUE


@pytest.mark.norm("L53.2.c", "L61.3.c")
def test_what_is_found_later_is_told_with_the_same_48_hours() -> None:
    later = local("2020-08-25 10:00")
    found = replace(CASE, at=later, found_at=later, notice_sent_at=later, notice_received_at=later)
    outcome = cure(found, LAW)
    assert [each.code for each in outcome.findings] == ["cure_found_later"]
    assert outcome.value.corrections_until == local("2020-08-27 10:00")
    after_24_hours = replace(found, found_at=RECEIVED + timedelta(hours=24))
    assert [each.code for each in cure(after_24_hours, LAW).findings] == ["cure_found_later"]
    in_the_24_hours = replace(found, found_at=RECEIVED + timedelta(hours=24) - SECOND)
    assert [each.code for each in cure(in_the_24_hours, LAW).findings] == ["cure_notice_late"]


@pytest.mark.norm("L53.2.d", "L61.3.d")
@pytest.mark.parametrize(("election", "norm"), [(LISTS, "L61.3.d"), (PRESIDENT, "L53.2.d")])
def test_corrections_come_within_48_hours_of_the_receipt_of_the_notice(election: Any, norm: str) -> None:
    start = RECEIVED if election is LISTS else local("2017-08-28 10:00")
    told = start + timedelta(hours=20)
    end = told + timedelta(hours=48)
    case = Inconsistencies(election, end, start, notice_sent_at=told, notice_received_at=told)
    in_time = cure(replace(case, resubmitted_at=end - SECOND), LAW)
    assert (in_time.value.state, in_time.findings) == (CureState.CORRECTED, ())
    late = cure(replace(case, resubmitted_at=end), LAW)
    assert (late.value.state, [found.norm for found in late.errors]) == (CureState.EXPIRED, [norm])
    assert cure(replace(case, at=end - SECOND), LAW).value.state is CureState.OPEN
    assert cure(case, LAW).value.state is CureState.EXPIRED
    just_now = replace(case, at=end - SECOND, resubmitted_at=end - SECOND)
    assert cure(just_now, LAW).value.state is CureState.CORRECTED
    to_come = replace(case, at=end - 2 * SECOND, resubmitted_at=end - SECOND)
    assert cure(to_come, LAW).value.state is CureState.OPEN


@pytest.mark.norm("L61.3.d")
def test_the_48_hours_run_from_the_receipt_and_not_from_the_sending() -> None:
    arrived = replace(CASE, notice_received_at=TOLD + timedelta(hours=5))
    assert cure(arrived, LAW).value.corrections_until == TOLD + timedelta(hours=53)


@pytest.mark.norm("L61.3.d")
def test_corrections_end_with_registration() -> None:
    told = local("2020-09-03 12:00")
    case = replace(CASE, at=told, received_at=local("2020-09-03 10:00"), notice_sent_at=told, notice_received_at=told)
    outcome = cure(case, LAW)
    assert outcome.value.corrections_until == local("2020-09-04 00:00")
    assert "cure_ends_with_registration" in [step.code for step in outcome.steps]
    assert cure(replace(case, at=local("2020-09-04 00:00")), LAW).value.state is CureState.EXPIRED


def test_documents_corrected_before_any_notice_are_corrected() -> None:
    unsent = replace(CASE, notice_sent_at=None, notice_received_at=None, resubmitted_at=local("2020-08-20 15:00"))
    assert cure(unsent, LAW).value.state is CureState.CORRECTED


@pytest.mark.parametrize(
    "changed",
    [
        {"notice_sent_at": None},
        {"notice_received_at": TOLD - SECOND},
        {"notice_sent_at": RECEIVED - SECOND},
        {"resubmitted_at": RECEIVED - SECOND},
    ],
)
def test_an_order_that_cannot_be_is_none(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        replace(CASE, **changed)
