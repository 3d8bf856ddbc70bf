"""What may be done about breaches of the rules on campaigning (L28.4, L28.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.campaign.measures import (
    AbuseApplication,
    Applicant,
    Measure,
    Offender,
    Record,
    Violation,
    abuse_application,
    campaign_warning,
)
from tests.law.campaign.cases import EDITION, POLLING, codes, found

FIRST = Violation("L27.2.a2", date(2020, 9, 10))
SECOND = Violation("L23.1.a2", date(2020, 9, 20))
RECORD = Record(POLLING, (FIRST,), (), date(2020, 9, 25))
REPEATED = Record(POLLING, (FIRST, SECOND), (date(2020, 9, 12),), date(2020, 9, 25))


@pytest.mark.norm("L28.5.a1")
@pytest.mark.parametrize("article", ["L22", "L23", "L24", "L25", "L26", "L27", "L28"])
def test_a_breach_of_articles_22_to_28_can_be_warned_of(article: str) -> None:
    outcome = campaign_warning(replace(RECORD, violations=(Violation(f"{article}.1", date(2020, 9, 10)),)), EDITION)
    assert outcome.value is Measure.WARNING
    assert outcome.unsettled is not None
    assert outcome.unsettled.norms == ("L28.5.a1",)
    assert outcome.unsettled.options == ("warn_in_writing", "take_no_measure")


@pytest.mark.norm("L28.5.a1")
@pytest.mark.parametrize("norm", ["L21.2", "L29.1", "L41.3.b", "L2.1", "L280.1"])
def test_a_breach_of_other_articles_is_none_of_campaigning(norm: str) -> None:
    outcome = campaign_warning(replace(RECORD, violations=(Violation(norm, date(2020, 9, 10)),)), EDITION)
    assert (outcome.value, outcome.unsettled) == (Measure.NONE, None)
    assert codes(outcome) == {"breach_of_other_rules", "no_campaign_breach"}


@pytest.mark.norm("L28.5.a2")
def test_a_new_breach_after_a_warning_opens_cancellation() -> None:
    outcome = campaign_warning(REPEATED, EDITION)
    assert outcome.value is Measure.CANCELLATION
    assert outcome.unsettled is not None
    assert outcome.unsettled.options == ("cancel_for_repetition", "warn_in_writing", "take_no_measure")
    assert outcome.unsettled.norms == ("L28.5.a2",)
    assert "cancelling_still_in_time" in codes(outcome)
    assert "cancellation_recommended" not in codes(outcome)
    assert "cancellation_recommended" in codes(campaign_warning(replace(REPEATED, recommended=True), EDITION))


@pytest.mark.norm("L28.5.a2")
@pytest.mark.parametrize(("warned", "repeated"), [(date(2020, 9, 19), True), (date(2020, 9, 20), False)])
def test_a_breach_on_the_day_of_the_warning_is_not_one_after_it(warned: date, repeated: bool) -> None:
    outcome = campaign_warning(replace(REPEATED, warnings=(warned,)), EDITION)
    assert (outcome.value is Measure.CANCELLATION) is repeated
    assert ("repeated_after_warning" in codes(outcome)) is repeated


@pytest.mark.norm("L28.5.a2")
def test_two_breaches_without_a_warning_are_warned_of() -> None:
    outcome = campaign_warning(replace(REPEATED, warnings=()), EDITION)
    assert outcome.value is Measure.WARNING
    assert "not_warned_yet" in codes(outcome)


@pytest.mark.norm("L28.5.a2")
@pytest.mark.parametrize(("decided", "in_time"), [(date(2020, 9, 28), True), (date(2020, 9, 29), False)])
def test_cancellation_ends_when_article_46_ends_it_or_never(decided: date, in_time: bool) -> None:
    late = replace(REPEATED, decided_on=decided)
    outcome = campaign_warning(late, EDITION)
    assert (outcome.value is Measure.CANCELLATION) is in_time
    assert found(outcome) == ([] if in_time else [("L28.5.a2", "too_late_to_cancel")])
    law = EDITION.with_readings(revocation_term="any_time")
    assert campaign_warning(late, law).value is Measure.CANCELLATION


@pytest.mark.norm("L28.4.a")
@pytest.mark.parametrize("applicant", Applicant)
@pytest.mark.parametrize("offender", Offender)
def test_the_named_may_apply_against_the_named(applicant: Applicant, offender: Offender) -> None:
    outcome = abuse_application(AbuseApplication(applicant, offender, "L28.3.a1"), EDITION)
    expected = []
    if applicant is Applicant.SOMEBODY_ELSE:
        expected.append(("L28.4.a", "applicant_not_named"))
    if offender is Offender.SOMEBODY_ELSE:
        expected.append(("L28.4.a", "offender_not_named"))
    assert found(outcome) == expected
    assert outcome.value is not bool(expected)


@pytest.mark.norm("L28.4.a")
@pytest.mark.parametrize(
    ("norm", "admitted"), [("L28.2", True), ("L22.11", True), ("L29.1", False), ("L21.3.1", False)]
)
def test_the_abuse_is_a_breach_of_articles_22_to_28(norm: str, admitted: bool) -> None:
    outcome = abuse_application(AbuseApplication(Applicant.VOTER, Offender.MASS_MEDIA, norm), EDITION)
    assert outcome.value is admitted
    assert found(outcome) == ([] if admitted else [("L28.4.a", "abuse_of_other_rules")])
