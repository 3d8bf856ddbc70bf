"""What the tests of campaigning share: an election, its instants, and what outcomes say in one line."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.campaign.polling import Polling
from shailoo.law.editions import edition
from shailoo.law.outcome import Finding, Outcome, Severity, Step

EDITION = edition("2017-06-05")
ELECTION_DAY = date(2020, 10, 4)
CALLING = date(2020, 7, 3)
POLLING = Polling(Kind.JK, ELECTION_DAY, CALLING)
REPEAT = Polling(Kind.REPEAT_VOTING, date(2017, 11, 19), date(2017, 6, 14))


def at(month: int, day: int, hour: int = 12, minute: int = 0, *, year: int = 2020) -> datetime:
    """An instant of Bishkek, in the year of the election."""
    return datetime(year, month, day, hour, minute, tzinfo=BISHKEK)


EXPLAINED = frozenset(
    {
        # findings that must be explained and stop nothing; every other one stops the act
        "accreditation_not_known",
        "agreement_not_known",
        "bought_of_unclaimed_time",
        "calling_publication_not_known",
        "campaign_cost_not_known",
        "campaign_form_not_recorded",
        "campaign_opening_not_known",
        "campaigner_age_not_known",
        "campaigner_duty_not_known",
        "campaigning_on_the_day_before",
        "charity_done_before_nomination",
        "charity_nomination_not_known",
        "early_material_cost_not_known",
        "feature_not_checked",
        "financier_not_known",
        "free_time_not_known",
        "fund_payment_not_known",
        "grants_to_others_not_known",
        "item_condition_not_known",
        "joint_invitation_not_known",
        "material_origin_not_known",
        "media_origin_not_known",
        "meeting_time_differs",
        "minutes_to_cec_not_known",
        "new_precinct_without_place",
        "next_issue_not_known",
        "nobody_to_make_up_with",
        "offer_to_all_not_known",
        "order_not_drawn",
        "premises_answer_due",
        "premises_price_not_known",
        "premises_time_not_known",
        "rebroadcast_not_known",
        "refusal_reasons_not_known",
        "reserved_time_not_known",
        "sample_text_not_known",
        "schedule_ground_not_known",
        "site_not_known",
        "speaker_not_known",
        "stand_appeals_not_known",
        "stand_entries_not_known",
        "terms_not_on_cec_site",
        "terms_on_cec_site_late",
        "visitors_not_known",
        "voting_premises_price_not_known",
        "wage_condition_not_known",
    }
)
BY_THE_FACTS = frozenset(
    {
        # a warning where it is not known, or by the reading taken; their tests show both
        "copy_not_with_cec",
        "disclaimer_in_another_font",
        "disclaimer_not_where_it_belongs",
        "paid_time_without_request",
        "sold_outside_the_fund",
        "sold_without_contract",
        "terms_published_late",
    }
)


CITED: dict[str, frozenset[str]] = {
    code: frozenset(norms.split())
    for norms, codes in yaml.safe_load((Path(__file__).parent / "cited.yaml").read_text(encoding="utf-8")).items()
    for code in codes
}


def cites_and_severities_hold(outcome: Outcome[Any]) -> None:  # Any: of whatever value
    """The norm of every finding and step that a test looks at; what stops an act and what only warns."""
    everything: tuple[Finding | Step, ...] = (*outcome.findings, *outcome.steps)
    for said in everything:
        assert said.norm in CITED.get(said.code, {said.norm}), said
    for each in outcome.findings:
        if each.code not in BY_THE_FACTS:
            assert (each.severity is Severity.WARNING) is (each.code in EXPLAINED), each


def found(outcome: Outcome[Any]) -> list[tuple[str, str]]:
    """The findings as pairs of norm and code."""
    cites_and_severities_hold(outcome)
    return [(each.norm, each.code) for each in outcome.findings]


def codes(outcome: Outcome[Any]) -> set[str]:
    """The codes of all findings and steps."""
    cites_and_severities_hold(outcome)
    return {each.code for each in outcome.findings} | {each.code for each in outcome.steps}


def norms_of_steps(outcome: Outcome[Any]) -> set[str]:
    """The norms by which steps were made."""
    cites_and_severities_hold(outcome)
    return {each.norm for each in outcome.steps}
