"""Art. 21: status, office and protection of registered candidates, and the advantages of office. Days are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.editions import edition
from shailoo.law.nomination.election import Called
from shailoo.law.nomination.office import SUSPENDED, Employment, Position, office
from shailoo.law.nomination.office_advantage import ADVANTAGES, Advantage, Holding, UseOfOffice, advantage
from shailoo.law.nomination.protection import MEASURES, Incident, Measure, protection
from shailoo.law.nomination.status import LOSSES, Candidacy, Loss, status
from shailoo.law.outcome import Severity

LAW = edition("2017-06-05")


def at(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2020, month, day, hour, minute, tzinfo=BISHKEK)


# ------------------------------------------------------------------------------------- status

REGISTERED = at(9, 1)


@pytest.mark.norm("L21.11.a1")
@pytest.mark.parametrize(("asked", "lasts"), [(at(10, 20, 9, 59), True), (at(10, 20, 10, 0), False)])
def test_the_status_ends_when_results_are_declared(asked: datetime, lasts: bool) -> None:
    outcome = status(Candidacy(REGISTERED, asked, results_declared_at=at(10, 20, 10)), LAW)
    assert outcome.value.is_candidate is lasts
    assert outcome.value.why is (None if lasts else Loss.RESULTS_DECLARED)
    assert "L21.11.a1" in outcome.grounds


@pytest.mark.norm("L21.11.a2")
def test_a_withdrawal_ends_the_status_at_once_and_the_first_end_counts() -> None:
    facts = Candidacy(REGISTERED, at(11, 1), withdrawn_at=at(9, 20, 15, 30), results_declared_at=at(10, 20))
    outcome = status(facts, LAW)
    assert (outcome.value.is_candidate, outcome.value.ended_at) == (False, at(9, 20, 15, 30))
    assert outcome.grounds == ("L21.11.a2", "L21.9.b")
    assert status(replace(facts, at=at(9, 20, 15, 29)), LAW).value.is_candidate is True


@pytest.mark.norm("L21.11.a3")
@pytest.mark.parametrize(
    ("asked", "goes_through", "is_candidate"),
    [
        (at(10, 31, 23, 59), False, True),  # the decision alone ends nothing: the third may still be called up
        (at(11, 1, 0, 0), False, False),
        (at(11, 1, 0, 0), True, True),
        (at(11, 1, 0, 0), None, None),
        (at(10, 31), None, True),
    ],
)
def test_who_does_not_go_through_is_a_candidate_until_the_day_of_the_repeat_voting(
    asked: datetime, goes_through: bool | None, is_candidate: bool | None
) -> None:
    outcome = status(Candidacy(REGISTERED, asked, repeat_voting=date(2020, 11, 1), goes_through=goes_through), LAW)
    assert outcome.value.is_candidate is is_candidate
    assert [found.norm for found in outcome.findings] == (["L21.11.a3"] if is_candidate is None else [])
    assert ("L21.11.a3" in outcome.grounds) is (is_candidate is not True)


@pytest.mark.norm("L21.9.b")
@pytest.mark.parametrize(("asked", "days"), [(at(10, 1, 11, 59), 29), (at(10, 1, 12, 0), 30), (at(12, 1), 49)])
def test_participation_counts_as_service_from_registration_to_the_end(asked: datetime, days: int) -> None:
    outcome = status(Candidacy(REGISTERED, asked, results_declared_at=at(10, 20)), LAW)
    assert outcome.value.service_days == days
    assert next(step for step in outcome.steps if step.norm == "L21.9.b").facts["days"] == days


def test_before_registration_there_is_no_candidate() -> None:
    assert status(Candidacy(REGISTERED, at(8, 31)), LAW).value.is_candidate is False
    assert status(Candidacy(REGISTERED, REGISTERED), LAW).value.is_candidate is True
    assert status(Candidacy(REGISTERED, at(9, 2), withdrawn_at=REGISTERED), LAW).value.is_candidate is False
    with pytest.raises(ValueError, match="withdraws"):
        Candidacy(REGISTERED, at(9, 2), withdrawn_at=at(8, 31))


def test_every_loss_has_its_norm() -> None:
    assert set(LOSSES) == set(Loss)


# ------------------------------------------------------------------------------------- office

ELECTION = Called(Kind.JK, date(2020, 10, 4), date(2020, 7, 3), date(2020, 7, 3))
OFFICE = Employment(
    ELECTION,
    REGISTERED,
    Position.STATE_ADMINISTRATIVE,
    suspended_at=REGISTERED,
    applied_on=date(2020, 9, 1),
    ordered_on=date(2020, 9, 4),
    pay_kept=True,
    copy_received_at=at(9, 6, 23, 59),
    copy_certified=True,
    informed_at=at(9, 1, 23, 59),
)


def changed(**changes: object) -> Employment:
    return replace(OFFICE, **changes)  # type: ignore[arg-type]  # a test's own


def told(facts: Employment) -> list[tuple[str, str]]:
    return [(found.norm, found.code) for found in office(facts, LAW).findings]


@pytest.mark.norm("L21.5", "L21.6", "L21.7", "L21.8")
def test_office_is_suspended_in_time_with_everything_handed_in() -> None:
    outcome = office(OFFICE, LAW)
    assert (outcome.value.must_suspend, outcome.value.copy_due) == (True, date(2020, 9, 6))
    assert (outcome.value.in_breach, outcome.findings) == (False, ())
    assert set(outcome.grounds) == {"L21.5", "L21.6", "L21.7", "L21.8"}


@pytest.mark.norm("L21.5")
@pytest.mark.parametrize("position", Position)
def test_which_positions_are_suspended(position: Position) -> None:
    outcome = office(changed(position=position, suspended_at=None), LAW)
    assert outcome.value.must_suspend is (position in SUSPENDED)
    assert [found.norm for found in outcome.findings] == (["L21.5"] if position in SUSPENDED else [])


@pytest.mark.norm("L21.5")
@pytest.mark.parametrize(
    ("suspended", "findings"),
    [
        (at(8, 20), []),
        (at(9, 1, 23, 59), []),
        (at(9, 2, 0, 0), [("L21.5", "office_suspended_late")]),
        (None, [("L21.5", "office_not_suspended")]),
    ],
)
def test_office_is_suspended_from_registration_on(suspended: datetime | None, findings: list[tuple[str, str]]) -> None:
    assert told(changed(suspended_at=suspended)) == findings
    assert office(changed(suspended_at=suspended), LAW).value.in_breach is bool(findings)


@pytest.mark.norm("L21.5")
@pytest.mark.parametrize(
    ("declared", "resumed", "early"),
    [
        (at(10, 20), at(10, 20), False),
        (at(10, 20), at(10, 19), True),
        (None, at(10, 19), True),
        (at(10, 20), None, False),
    ],
)
def test_office_stays_suspended_until_results_are_declared(
    declared: datetime | None, resumed: datetime | None, early: bool
) -> None:
    facts = changed(results_declared_at=declared, resumed_at=resumed)
    assert told(facts) == ([("L21.5", "office_resumed_early")] if early else [])


@pytest.mark.norm("L21.6")
@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"ordered_on": date(2020, 9, 5)}, ["office_released_late"]),
        ({"pay_kept": False}, ["office_released_without_pay"]),
        ({"pay_kept": None}, ["office_pay_not_known"]),
        ({"ordered_on": None}, []),
        ({"applied_on": None, "ordered_on": None}, []),
    ],
)
@pytest.mark.parametrize("position", [Position.OTHER, Position.MASS_MEDIA])
def test_an_employer_releases_within_three_days_with_pay_and_the_candidate_is_not_to_blame(
    position: Position, changes: dict[str, object], codes: list[str]
) -> None:
    outcome = office(changed(position=position, **changes), LAW)
    assert [found.code for found in outcome.findings] == codes
    assert all(found.norm == "L21.6" and found.severity is Severity.WARNING for found in outcome.findings)
    assert outcome.value.in_breach is False
    due = [step.facts["last_day"] for step in outcome.steps if step.code == "office_release_due"]
    assert due == ([date(2020, 9, 4)] if changes == {"ordered_on": None} else [])


@pytest.mark.norm("L21.7")
@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"copy_received_at": at(9, 7, 0, 0)}, [("L21.7", "office_copy_late")]),
        ({"copy_certified": False}, [("L21.7", "office_copy_not_certified")]),
        ({"copy_certified": None}, [("L21.7", "office_copy_not_certified")]),
        ({"copy_received_at": None}, []),
    ],
)
def test_a_certified_copy_comes_within_five_days(changes: dict[str, object], findings: list[tuple[str, str]]) -> None:
    assert told(changed(**changes)) == findings
    assert told(changed(position=Position.OTHER, **changes)) == []


@pytest.mark.norm("L21.8")
@pytest.mark.parametrize(
    ("informed", "code"), [(at(9, 2, 0, 0), "office_candidate_informed_late"), (None, "office_candidate_not_informed")]
)
def test_the_commission_informs_on_the_day_of_registration(informed: datetime | None, code: str) -> None:
    outcome = office(changed(informed_at=informed), LAW)
    assert [(found.norm, found.code, found.severity) for found in outcome.findings] == [
        ("L21.8", code, Severity.WARNING)
    ]


# ------------------------------------------------------------------------------------- protection

INCIDENT = Incident(
    Measure.ARREST,
    at(9, 15),
    REGISTERED,
    by_employer=True,
    own_consent=False,
    caught_in_the_act=False,
    cec_consented=False,
)
PROSECUTION = [measure for measure, norm in MEASURES.items() if norm == "L21.10.a1"]


@pytest.mark.norm("L21.9.a1", "L21.9.a2", "L21.10.a1")
@pytest.mark.parametrize("measure", Measure)
def test_each_measure_against_a_registered_candidate_breaks_its_norm(measure: Measure) -> None:
    outcome = protection(replace(INCIDENT, measure=measure), LAW)
    assert outcome.value.allowed is False
    assert [(found.norm, found.code) for found in outcome.findings] == [(MEASURES[measure], "protection_breached")]


@pytest.mark.norm("L21.9.a1")
@pytest.mark.parametrize(("by_employer", "allowed"), [(True, False), (False, True), (None, None)])
def test_dismissal_is_barred_on_the_employers_initiative(by_employer: bool | None, allowed: bool | None) -> None:
    outcome = protection(replace(INCIDENT, measure=Measure.DISMISSAL, by_employer=by_employer), LAW)
    assert outcome.value.allowed is allowed
    assert outcome.grounds == ("L21.9.a1",)


@pytest.mark.norm("L21.9.a2")
@pytest.mark.parametrize(("consent", "allowed"), [(True, True), (False, False), (None, None)])
def test_transfer_needs_the_candidates_consent(consent: bool | None, allowed: bool | None) -> None:
    outcome = protection(replace(INCIDENT, measure=Measure.TRANSFER, own_consent=consent), LAW)
    assert outcome.value.allowed is allowed
    assert outcome.grounds == ("L21.9.a2",)


@pytest.mark.norm("L21.10.a1")
@pytest.mark.parametrize("measure", PROSECUTION)
@pytest.mark.parametrize(
    ("caught", "consent", "allowed"),
    [(True, None, True), (None, True, True), (False, None, None), (None, False, None), (False, False, False)],
)
def test_prosecution_needs_consent_or_the_very_act(
    measure: Measure, caught: bool | None, consent: bool | None, allowed: bool | None
) -> None:
    facts = replace(INCIDENT, measure=measure, caught_in_the_act=caught, cec_consented=consent)
    assert protection(facts, LAW).value.allowed is allowed


@pytest.mark.norm("L21.9.a1", "L21.10.a1")
@pytest.mark.parametrize("measure", Measure)
def test_protection_lasts_from_registration_to_its_end(measure: Measure) -> None:
    end = at(10, 20)
    facts = replace(INCIDENT, measure=measure, status_ended_at=end, results_declared_at=end)
    before, last, after = (replace(facts, at=moment) for moment in (at(9, 1, 11, 59), at(10, 20, 11, 59), end))
    assert [protection(each, LAW).value.allowed for each in (before, last, after)] == [True, False, True]


@pytest.mark.norm("L21.10.a1")
def test_who_withdrew_is_still_protected_from_prosecution_until_results_are_declared() -> None:
    withdrawn = replace(INCIDENT, status_ended_at=at(9, 10))
    assert protection(withdrawn, LAW).value.allowed is False
    assert protection(replace(withdrawn, measure=Measure.DISMISSAL), LAW).value.allowed is True


# ------------------------------------------------------------------------------------- advantages of office

USE = UseOfOffice(Holding.STATE_POSITION, Advantage.VEHICLES, confirmed=True, official_duty=False)


@pytest.mark.norm("L21.3", "L21.2")
@pytest.mark.parametrize("form", Advantage)
def test_each_form_of_using_office_has_its_norm(form: Advantage) -> None:
    outcome = advantage(replace(USE, form=form), LAW)
    assert outcome.value.broken is True
    assert [(found.norm, found.code) for found in outcome.findings] == [(ADVANTAGES[form], "advantage_of_office_used")]


@pytest.mark.norm("L21.2")
@pytest.mark.parametrize(
    ("holding", "share", "bound"),
    [
        (Holding.STATE_POSITION, None, True),
        (Holding.MUNICIPAL_POSITION, None, True),
        (Holding.HEADS_STATE_OR_MUNICIPAL_BODY, None, True),
        (Holding.HEADS_BODY_WITH_STATE_SHARE, Fraction(30, 100), False),
        (Holding.HEADS_BODY_WITH_STATE_SHARE, Fraction(301, 1000), True),
        (Holding.HEADS_BODY_WITH_STATE_SHARE, None, None),
        (Holding.NONE, None, False),
    ],
)
def test_whom_the_ban_binds(holding: Holding, share: Fraction | None, bound: bool | None) -> None:
    outcome = advantage(replace(USE, holding=holding, state_share=share), LAW)
    assert (outcome.value.bound, outcome.value.broken) == (bound, bound)
    assert "L21.2" in outcome.grounds


@pytest.mark.norm("L21.4")
@pytest.mark.parametrize(("duty", "broken"), [(True, False), (False, True), (None, None)])
def test_elected_officials_do_their_duties(duty: bool | None, broken: bool | None) -> None:
    outcome = advantage(replace(USE, official_duty=duty), LAW)
    assert outcome.value.broken is broken
    assert ("L21.4" in outcome.grounds) is (duty is not False)


@pytest.mark.norm("L21.3")
@pytest.mark.parametrize(("confirmed", "broken"), [(True, True), (False, False), (None, None)])
def test_only_what_is_confirmed_counts(confirmed: bool | None, broken: bool | None) -> None:
    assert advantage(replace(USE, confirmed=confirmed), LAW).value.broken is broken


def test_a_share_is_a_share() -> None:
    with pytest.raises(ValueError, match="share"):
        replace(USE, state_share=Fraction(3, 2))
