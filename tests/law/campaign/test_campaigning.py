"""Acts of campaigning: the signs, who may not, in which period, in which form, from what money (L22, L23, L47.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from shailoo.law.calendar import Kind
from shailoo.law.campaign.campaigning import Act, Form, Sign, Verdict, campaigning
from shailoo.law.campaign.persons import Part, Participant, Status, age
from shailoo.law.campaign.polling import Polling
from shailoo.law.outcome import Severity
from tests.law.campaign.cases import EDITION, POLLING, REPEAT, at, codes, found, norms_of_steps


def somebody(*statuses: Status, part: Part = Part.CAMPAIGNER) -> Participant:
    return Participant(part, frozenset(statuses), born=date(1980, 5, 1))


CANDIDATE = somebody(Status.CITIZEN, Status.CANDIDATE)
MEETING = Act(
    POLLING,
    at(9, 10),
    (CANDIDATE,),
    frozenset({Sign.CALL_TO_VOTE}),
    moves_voters=True,
    form=Form.PUBLIC_EVENT,
    cost=Decimal(0),
)


@pytest.mark.norm("L22.9.a", "L22.9.b1", "L22.13.2", "L23.1.a1", "L23.1.a2")
def test_a_candidates_meeting_in_the_campaign_is_lawful() -> None:
    outcome = campaigning(MEETING, EDITION)
    assert outcome.value.verdict is Verdict.LAWFUL
    assert (outcome.value.opens, outcome.value.closes) == (at(9, 4, 0), at(10, 3, 8))
    assert outcome.findings == ()
    assert {"L22.9.a", "L22.10.1", "L22.13.2", "L23.1.a1", "L23.1.a2"} <= norms_of_steps(outcome)


@pytest.mark.norm("L22.10.1", "L22.10.2", "L22.10.3", "L22.10.4")
@pytest.mark.parametrize(
    ("sign", "item"),
    [
        (Sign.CALL_TO_VOTE, "L22.10.1"),
        (Sign.PREFERENCE, "L22.10.2"),
        (Sign.CONSEQUENCES, "L22.10.3"),
        (Sign.ACTIVITY_OUTSIDE_OFFICE, "L22.10.4"),
    ],
)
def test_each_sign_makes_campaigning(sign: Sign, item: str) -> None:
    outcome = campaigning(replace(MEETING, signs=frozenset({sign})), EDITION)
    assert outcome.value.verdict is Verdict.LAWFUL
    assert outcome.steps[0].norm == item


def test_what_bears_no_sign_is_no_campaigning_and_is_not_tested_further() -> None:
    outcome = campaigning(replace(MEETING, signs=frozenset(), at=at(10, 4)), EDITION)
    assert outcome.value.verdict is Verdict.NO_CAMPAIGNING
    assert codes(outcome) == {"no_campaign_sign"}


@pytest.mark.norm("L1.d21", "L22.10.4")
def test_news_that_is_not_meant_to_move_voters_is_campaigning_only_where_the_sign_alone_decides() -> None:
    news = replace(MEETING, signs=frozenset({Sign.ACTIVITY_OUTSIDE_OFFICE}), moves_voters=False, at=at(8, 1))
    assert campaigning(news, EDITION).value.verdict is Verdict.NO_CAMPAIGNING
    assert campaigning(news, EDITION).grounds == ("L22.10.4", "L1.d21")
    by_sign = campaigning(news, EDITION.with_readings(campaigning_test="sign_alone"))
    assert by_sign.value.verdict is Verdict.UNLAWFUL


@pytest.mark.norm("L1.d21")
def test_where_the_purpose_is_not_established_the_commission_settles_it() -> None:
    open_act = replace(MEETING, moves_voters=None)
    question = campaigning(open_act, EDITION).unsettled
    assert question is not None
    assert question.norms == ("L1.d21", "L22.10.1")
    assert question.options == ("meant_to_move_voters", "meant_to_inform")
    assert campaigning(open_act, EDITION.with_readings(campaigning_test="sign_alone")).unsettled is None


# ------------------------------------------------------------------------------------- who


MAY_CAMPAIGN = {Status.CITIZEN, Status.CANDIDATE, Status.PARTY, Status.AUTHORIZED_REPRESENTATIVE, Status.PROXY}


@pytest.mark.norm("L22.15", "L10-1.7.7")
@pytest.mark.parametrize("part", Part)
@pytest.mark.parametrize("status", sorted(set(Status) - MAY_CAMPAIGN))
def test_nobody_on_the_list_campaigns_orders_or_spreads(status: Status, part: Part) -> None:
    outcome = campaigning(replace(MEETING, participants=(CANDIDATE, somebody(status, part=part))), EDITION)
    norm = "L10-1.7.7" if status is Status.CITIZEN_OBSERVER else "L22.15"
    assert found(outcome) == [(norm, "campaigner_barred")]
    assert outcome.findings[0].facts == {"campaigner": status.value, "campaign_part": part.value}
    assert outcome.findings[0].fields == ("participants[1].statuses",)
    assert outcome.value.verdict is Verdict.UNLAWFUL
    assert "may_campaign" not in codes(outcome)


def test_everybody_else_may_campaign() -> None:
    assert campaigning(replace(MEETING, participants=(somebody(*MAY_CAMPAIGN),)), EDITION).findings == ()


@pytest.mark.norm("L22.15")
@pytest.mark.parametrize(("born", "old_enough"), [(date(2002, 9, 10), True), (date(2002, 9, 11), False)])
def test_campaigning_is_open_from_the_eighteenth_birthday(born: date, old_enough: bool) -> None:
    outcome = campaigning(replace(MEETING, participants=(replace(CANDIDATE, born=born),)), EDITION)
    assert ("campaigner_too_young" in codes(outcome)) is not old_enough


@pytest.mark.norm("L22.15")
def test_the_age_of_a_citizen_is_asked_for_and_of_organizations_and_registered_people_it_is_not() -> None:
    citizen = replace(somebody(Status.CITIZEN), born=None)
    outcome = campaigning(replace(MEETING, participants=(citizen,)), EDITION)
    assert found(outcome) == [("L22.15", "campaigner_age_not_known")]
    assert outcome.value.verdict is Verdict.LAWFUL
    for status in MAY_CAMPAIGN - {Status.CITIZEN}:
        known = replace(citizen, statuses=frozenset({Status.CITIZEN, status}))
        assert campaigning(replace(MEETING, participants=(known,)), EDITION).findings == ()
    club = replace(citizen, statuses=frozenset({Status.PARTY}))
    assert campaigning(replace(MEETING, participants=(club,)), EDITION).findings == ()


def test_somebody_born_on_a_leap_day_completes_the_year_on_the_first_of_march() -> None:
    assert age(date(2000, 2, 29), date(2018, 2, 28)) == 17
    assert age(date(2000, 2, 29), date(2018, 3, 1)) == 18


@pytest.mark.norm("L22.15")
@pytest.mark.parametrize(
    ("on_duty", "code", "severity"),
    [
        (True, "candidate_campaigns_on_duty", Severity.ERROR),
        (None, "campaigner_duty_not_known", Severity.WARNING),
    ],
)
def test_an_official_who_is_a_candidate_campaigns_off_duty_only(
    on_duty: bool | None, code: str, severity: Severity
) -> None:
    official = replace(somebody(Status.STATE_OFFICIAL, Status.CANDIDATE), on_duty=on_duty)
    outcome = campaigning(replace(MEETING, participants=(official,)), EDITION)
    assert [(each.code, each.severity) for each in outcome.findings] == [(code, severity)]


@pytest.mark.norm("L22.15")
def test_an_official_who_is_a_candidate_can_be_read_as_barred() -> None:
    official = replace(somebody(Status.LOCAL_OFFICIAL, Status.CANDIDATE), on_duty=False)
    act = replace(MEETING, participants=(official,))
    assert campaigning(act, EDITION).findings == ()
    law = EDITION.with_readings(candidate_in_office="barred")
    assert found(campaigning(act, law)) == [("L22.15", "campaigner_barred")]


def test_a_judge_who_is_a_candidate_stays_barred() -> None:
    judge = replace(somebody(Status.JUDGE, Status.CANDIDATE), on_duty=False)
    assert found(campaigning(replace(MEETING, participants=(judge,)), EDITION)) == [("L22.15", "campaigner_barred")]


def test_a_participant_is_somebody() -> None:
    with pytest.raises(ValueError, match="at least"):
        Participant(Part.ORDERER, frozenset())


# ------------------------------------------------------------------------------------- when


@pytest.mark.norm("L23.1.a1")
def test_campaigning_opens_at_midnight_after_the_last_day_of_registration() -> None:
    early = campaigning(replace(MEETING, at=at(9, 3, 23, 59)), EDITION)
    assert found(early) == [("L23.1.a1", "campaigning_too_early")]
    assert campaigning(replace(MEETING, at=at(9, 4, 0)), EDITION).findings == ()


@pytest.mark.norm("L23.1.a2", "L47.3.f")
def test_from_midnight_to_eight_of_the_day_before_campaigning_is_lawful_with_a_warning() -> None:
    assert campaigning(replace(MEETING, at=at(10, 2, 23, 59)), EDITION).findings == ()
    for moment in (at(10, 3, 0), at(10, 3, 7, 59)):
        outcome = campaigning(replace(MEETING, at=moment), EDITION)
        assert outcome.value.verdict is Verdict.LAWFUL
        assert [each.severity for each in outcome.findings] == [Severity.WARNING]
        assert found(outcome) == [("L47.3.f", "campaigning_on_the_day_before")]


@pytest.mark.norm("L23.1.a2", "L47.3.f")
def test_from_eight_of_the_day_before_until_the_end_of_election_day_campaigning_is_unlawful() -> None:
    for moment in (at(10, 3, 8), at(10, 4, 23, 59)):
        outcome = campaigning(replace(MEETING, at=moment), EDITION)
        assert outcome.value.verdict is Verdict.UNLAWFUL
        assert found(outcome) == [("L23.1.a2", "campaigning_after_its_end")]
        assert "L47.3.f" in norms_of_steps(outcome)


@pytest.mark.norm("L47.3.f")
def test_the_day_before_can_be_read_as_barred_from_midnight() -> None:
    law = EDITION.with_readings(day_before_voting="barred")
    assert campaigning(replace(MEETING, at=at(10, 2, 23, 59)), law).findings == ()
    barred = campaigning(replace(MEETING, at=at(10, 3, 0)), law)
    assert found(barred) == [("L23.1.a2", "campaigning_after_its_end")]
    assert "L47.3.f" in norms_of_steps(barred)


def test_silence_counted_from_mobile_voting_begins_before_the_day_that_article_47_names() -> None:
    law = EDITION.with_readings(campaign_closing="mobile_voting")
    outcome = campaigning(replace(MEETING, at=at(10, 2, 9)), law)
    assert found(outcome) == [("L23.1.a2", "campaigning_after_its_end")]
    assert "L47.3.f" not in norms_of_steps(outcome)


@pytest.mark.norm("L23.1.a2")
def test_after_the_voting_there_is_no_campaign() -> None:
    outcome = campaigning(replace(MEETING, at=at(10, 5, 0)), EDITION)
    assert found(outcome) == [("L23.1.a2", "campaigning_after_voting")]


@pytest.mark.norm("L23.1.a1")
def test_an_opening_that_is_not_known_is_said_and_not_assumed() -> None:
    outcome = campaigning(MEETING, EDITION.with_readings(campaign_opening="last_decision"))
    assert found(outcome) == [("L23.1.a1", "campaign_opening_not_known")]
    assert outcome.errors == ()


@pytest.mark.norm("L23.1.a2", "L23.2.a2", "L47.3.f")
def test_the_silence_is_kept_also_where_the_opening_is_not_known() -> None:
    law = EDITION.with_readings(campaign_opening="last_decision")
    assert found(campaigning(replace(MEETING, at=at(10, 3, 8)), law)) == [("L23.1.a2", "campaigning_after_its_end")]
    undecided = replace(MEETING, polling=REPEAT, at=at(11, 18, 8, year=2017))
    assert found(campaigning(undecided, EDITION)) == [("L23.2.a2", "campaigning_after_its_end")]
    before = replace(undecided, at=at(11, 18, 7, 59, year=2017))
    assert [code for _norm, code in found(campaigning(before, EDITION))] == [
        "campaign_opening_not_known",
        "campaigning_on_the_day_before",
    ]


@pytest.mark.norm("L23.2.a1", "L23.2.a2")
def test_before_a_repeat_voting_campaigning_runs_from_the_decision_to_24_hours_before() -> None:
    decided = replace(REPEAT, repeat_voting_decision=at(10, 30, 15, year=2017))
    act = replace(MEETING, polling=decided)
    for moment, expected in (
        (at(10, 30, 14, 59, year=2017), [("L23.2.a1", "campaigning_too_early")]),
        (at(10, 30, 15, year=2017), []),
        (at(11, 17, 23, year=2017), []),
        (at(11, 18, 7, 59, year=2017), [("L47.3.f", "campaigning_on_the_day_before")]),
        (at(11, 18, 8, year=2017), [("L23.2.a2", "campaigning_after_its_end")]),
    ):
        assert found(campaigning(replace(act, at=moment), EDITION)) == expected


@pytest.mark.norm("L23.2.a1")
def test_before_the_voting_at_some_precincts_campaigning_depends_on_the_reading() -> None:
    some = Polling(Kind.REPEAT_VOTING, REPEAT.election_day, REPEAT.calling, only_at_precincts=True)
    act = replace(MEETING, polling=some, at=at(11, 1, year=2017))
    law = EDITION.with_readings(repeat_campaigning="run_off_only")
    assert found(campaigning(act, law)) == [("L23.2.a1", "no_campaigning_before_this_voting")]
    assert found(campaigning(act, EDITION)) == [("L23.2.a1", "campaign_opening_not_known")]


# ------------------------------------------------------------------------------------- how, from what money


@pytest.mark.norm("L22.13.1", "L22.13.2", "L22.13.3", "L22.13.4", "L22.9.b1")
@pytest.mark.parametrize(
    ("form", "item"),
    [
        (Form.MASS_MEDIA, "L22.13.1"),
        (Form.PUBLIC_EVENT, "L22.13.2"),
        (Form.MATERIAL, "L22.13.3"),
        (Form.OTHER, "L22.13.4"),
    ],
)
def test_every_form_is_open(form: Form, item: str) -> None:
    outcome = campaigning(replace(MEETING, form=form, foreign_media=False), EDITION)
    assert outcome.findings == ()
    assert item in norms_of_steps(outcome)


@pytest.mark.norm("L22.9.b1")
def test_a_form_that_was_not_recorded_is_asked_for() -> None:
    outcome = campaigning(replace(MEETING, form=None), EDITION)
    assert found(outcome) == [("L22.9.b1", "campaign_form_not_recorded")]
    assert outcome.errors == ()


@pytest.mark.norm("L22.16.a1")
@pytest.mark.parametrize(
    ("foreign", "expected"),
    [
        (True, [("L22.16.a1", "campaigning_through_foreign_media")]),
        (None, [("L22.16.a1", "media_origin_not_known")]),
        (False, []),
    ],
)
def test_nobody_campaigns_through_foreign_media(foreign: bool | None, expected: list[tuple[str, str]]) -> None:
    outcome = campaigning(replace(MEETING, form=Form.MASS_MEDIA, foreign_media=foreign), EDITION)
    assert found(outcome) == expected
    assert bool(outcome.errors) is (foreign is True)


PAID = replace(MEETING, participants=(somebody(Status.CITIZEN),), cost=Decimal("0.01"), agreed=True, from_fund=True)


@pytest.mark.norm("L22.11")
def test_a_citizen_campaigns_for_money_only_by_agreement_and_through_the_fund() -> None:
    assert campaigning(PAID, EDITION).findings == ()
    assert "paid_from_fund" in codes(campaigning(PAID, EDITION))
    alone = campaigning(replace(PAID, agreed=False), EDITION)
    assert found(alone) == [("L22.11", "paid_campaigning_not_agreed")]
    cash = campaigning(replace(PAID, from_fund=False), EDITION)
    assert found(cash) == [("L22.11", "not_paid_from_fund")]
    unknown = campaigning(replace(PAID, cost=None), EDITION)
    assert found(unknown) == [("L22.11", "campaign_cost_not_known")]
    assert unknown.errors == ()
    free = campaigning(replace(PAID, cost=Decimal(0), agreed=False, from_fund=False), EDITION)
    assert free.value.verdict is Verdict.LAWFUL
    assert "L22.11" in norms_of_steps(free)


@pytest.mark.norm("L22.11")
def test_agreement_and_payment_that_are_not_known_are_said() -> None:
    outcome = campaigning(replace(PAID, agreed=None, from_fund=None), EDITION)
    assert found(outcome) == [("L22.11", "agreement_not_known"), ("L22.11", "fund_payment_not_known")]
    assert outcome.errors == ()


@pytest.mark.norm("L22.11")
@pytest.mark.parametrize("status", [Status.CANDIDATE, Status.PARTY])
def test_a_contestant_needs_nobodys_agreement_but_the_own_fund(status: Status) -> None:
    own = replace(PAID, participants=(somebody(status),), agreed=None)
    assert campaigning(own, EDITION).findings == ()
    assert "paid_from_fund" in codes(campaigning(own, EDITION))
    assert found(campaigning(replace(own, from_fund=False), EDITION)) == [("L22.11", "not_paid_from_fund")]
