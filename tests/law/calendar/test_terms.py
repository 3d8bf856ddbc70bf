"""What each reading of days and terms does, the data of the calendar, and that no event overtakes the next."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.calendar import BISHKEK, Bound, Counting, Kind, Occasion, Unit, calendar, events, start_of, when
from shailoo.law.calendar.calling import Calling, Ground, check_calling, postpone
from shailoo.law.calendar.terms import is_reduced, length, months_from, reduced, statutory
from shailoo.law.editions import Edition, edition, editions
from shailoo.law.norms import known, norms

LAW = edition("2020-06-30")
JK_2020 = Occasion(Kind.JK, date(2020, 10, 4), date(2020, 7, 3))
EARLY_2021 = Occasion(Kind.PRESIDENTIAL_EARLY, date(2021, 1, 10), date(2020, 10, 24))


# ------------------------------------------------------------------------------------- the data


def test_every_event_cites_norms_that_exist() -> None:
    assert [(each.id, norm) for each in events().values() for norm in each.norms if norm not in norms()] == []


def test_every_norm_of_the_law_that_sets_a_term_is_in_the_calendar() -> None:
    dated = {norm for each in events().values() for norm in each.norms}
    without = [name for name, norm in norms().items() if norm.deadline is not None and name not in dated]
    assert without == []


def test_a_term_before_election_day_counts_back_and_one_after_counts_forward() -> None:
    for each in events().values():
        number = statutory(each, LAW)
        if each.counting is Counting.FULL_DAYS:
            assert number < 0, each.id
        if each.counting is Counting.FORWARD and each.bound in (Bound.WITHIN, Bound.NO_LATER_THAN):
            assert number >= 0, each.id


def test_shortened_are_only_terms_of_three_days_or_more() -> None:
    for each in events().values():
        if each.reducible:
            assert abs(statutory(each, LAW)) >= 3, each.id
            assert each.unit is Unit.DAY, each.id


def test_what_cannot_be_known_before_it_happens_is_all_that_waits() -> None:
    known_at_start = Occasion(
        Kind.PRESIDENTIAL_EARLY, date(2021, 1, 10), date(2020, 10, 24), {"powers_termination": date(2020, 10, 16)}
    )
    for each in calendar(known_at_start, LAW):
        assert (each.waits_for is None) == (each.first is not None or each.last is not None), each.id
        if each.waits_for is not None:
            assert each.event.anchor == each.waits_for


@pytest.mark.parametrize("kind", Kind)
def test_elections_of_every_kind_have_a_calendar(kind: Kind) -> None:
    found = calendar(Occasion(kind, date(2020, 10, 4), date(2020, 7, 3)), LAW)
    assert {each.id for each in found} == {each.id for each in events().values() if kind in each.kinds}
    with pytest.raises(KeyError, match="no event"):
        when(
            next(each.id for each in events().values() if kind not in each.kinds),
            JK_2020.__class__(kind, date(2020, 10, 4)),
            LAW,
        )


# ------------------------------------------------------------------------------------- readings


def test_inclusive_counting_gives_one_day_more() -> None:
    inclusive = LAW.with_readings(backward_counting="inclusive")
    for each in calendar(JK_2020, LAW):
        other = when(each.id, JK_2020, inclusive)
        if each.last_inclusive is not None:
            assert other.last == each.last_inclusive == each.last + timedelta(days=1), each.id  # type: ignore[operator]
            assert other.last_inclusive is None


def test_counting_the_day_of_the_event_takes_a_day_from_terms_after_it() -> None:
    counted = LAW.with_readings(forward_counting="event_day_counted")
    assert when("determination_of_results", JK_2020, LAW).last == date(2020, 10, 24)
    assert when("determination_of_results", JK_2020, counted).last == date(2020, 10, 23)


@pytest.mark.norm("L48.2.c", "L59.4.c", "L63.2.b")
@pytest.mark.parametrize(
    ("rounding", "fifty", "forty_five", "three"),
    [
        ("nearest_half_down", 37, 34, 2),
        ("floor", 37, 33, 2),
        ("ceil", 38, 34, 3),
        ("exact", Fraction(75, 2), Fraction(135, 4), Fraction(9, 4)),
    ],
)
def test_rounding_of_a_fourth(rounding: str, fifty: Fraction, forty_five: Fraction, three: Fraction) -> None:
    law = LAW.with_readings(reduction_rounding=rounding)
    assert [reduced(days, Fraction(1, 4), law) for days in (50, 45, 3)] == [fifty, forty_five, three]
    assert reduced(1, Fraction(1, 4), law) == 1


def test_without_rounding_the_term_ends_within_a_day() -> None:
    found = when("signature_lists_submitted", EARLY_2021, LAW.with_readings(reduction_rounding="exact"))
    assert found.closes == start_of(date(2020, 12, 3)) + timedelta(hours=12)
    assert (found.last, f"{found.time:%H:%M}") == (date(2020, 12, 3), "12:00")


@pytest.mark.norm("L59.4.b")
def test_what_an_early_election_requires_before_its_calling_is_due_on_calling() -> None:
    early = Occasion(Kind.JK_EARLY, date(2019, 4, 21), date(2019, 3, 8))
    found = when("precincts_established", early, LAW)
    assert (found.last, found.due_on_calling) == (date(2019, 3, 8), True)
    computed = when("precincts_established", early, LAW.with_readings(term_before_calling="as_computed"))
    assert (computed.last, computed.due_on_calling) == (date(2019, 3, 1), False)
    assert not when("nomination_end_jk", early, LAW).due_on_calling


def test_only_three_kinds_of_election_are_shortened() -> None:
    shortened = {kind for kind in Kind for each in events().values() if is_reduced(each, kind, LAW)}
    assert shortened == {Kind.PRESIDENTIAL_EARLY, Kind.JK_EARLY, Kind.REPEAT_JK}


# ------------------------------------------------------------------------------------- months, and a second way


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(-60, 60))
def test_months_land_in_their_month_on_the_same_day_or_its_last(day: date, months: int) -> None:
    found = months_from(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


@given(st.integers(3, 120), st.sampled_from([Fraction(1, 4), Fraction(1, 3)]))
def test_shortening_counted_on_fingers(days: int, part: Fraction) -> None:
    """The naive way: the whole number that lies nearest; of two, the smaller one."""
    exact = days * (1 - part)
    naive = min(range(1, days + 1), key=lambda whole: (abs(whole - exact), whole))
    assert reduced(days, part, LAW) == naive


@given(st.dates(date(2018, 1, 1), date(2040, 12, 31)), st.sampled_from(list(Kind)), st.integers(91, 120))
def test_full_days_counted_one_by_one(day: date, kind: Kind, before: int) -> None:
    """The naive way: walk back from the day and count the days that lie between."""
    occasion = Occasion(kind, day, day - timedelta(days=before))
    for each in calendar(occasion, LAW):
        if (
            each.event.counting is Counting.FULL_DAYS
            and each.event.unit is Unit.DAY
            and each.last
            and not each.event.time
        ):
            assert each.closes == start_of(each.last + timedelta(days=1))
            between = (day - each.last).days - 1
            assert each.due_on_calling or between == -length(each.event, kind, LAW), each.id


# ------------------------------------------------------------------------------------- no event overtakes the next

PRESIDENTIAL = (Kind.PRESIDENTIAL, Kind.PRESIDENTIAL_EARLY, Kind.REPEAT_PRESIDENTIAL)
PARLIAMENTARY = (Kind.JK, Kind.JK_EARLY, Kind.REPEAT_JK)
CHAINS = {
    "President": (
        PRESIDENTIAL,
        "nomination_start_presidential nomination_end_presidential signature_lists_submitted signature_check_completed "
        "registration_end_presidential campaign_end voting_opens determination_of_results oath",
    ),
    "papers of the President's candidates": (
        PRESIDENTIAL,
        "nomination_end_presidential registration_documents_presidential registration_decision "
        "registration_end_presidential ballot_text_approved ballots_printed ballots_to_pecs",
    ),
    "lists": (
        PARLIAMENTARY,
        "nomination_start_jk participation_notice nomination_end_jk registration_documents_jk registration_decision "
        "registration_end_jk ballot_text_approved list_recall_by_party candidate_recall_by_party "
        "withdrawal_list_candidate campaign_end voting_opens determination_of_results results_published_full",
    ),
    "voter lists": (
        (*PRESIDENTIAL, *PARLIAMENTARY),
        "abroad_voter_data precincts_established preliminary_lists_to_cec preliminary_lists_posted "
        "preliminary_lists_posted_day45 control_lists_to_cec control_lists_posted voter_list_corrections_end "
        "hospital_and_detention_data final_lists_posted voting_opens",
    ),
    "polling": (
        (*PRESIDENTIAL, *PARLIAMENTARY),
        "ballots_to_tecs mobile_voting_applications_end mobile_voting_lot mobile_voting_day pec_opening_meeting "
        "voting_opens voting_closes device_reports_latest voted_lists_online pec_protocols_online tec_protocols_online "
        "determination_of_results",
    ),
    "repeat voting": (
        (Kind.REPEAT_VOTING,),
        "repeat_voting_published voters_informed_repeat_voting ballots_to_tecs_repeat_voting "
        "withdrawal_presidential_candidate campaign_end_repeat_voting mobile_voting_day voting_opens fund_report "
        "determination_of_results",
    ),
}


def overtaken(chain: str, occasion: Occasion, law: Edition) -> list[tuple[str, str]]:
    """Pairs of neighbours in which the earlier event ends after the later one."""
    ends = [(name, when(name, occasion, law)) for name in chain.split()]
    moments = [(name, each.closes or each.opens) for name, each in ends]
    return [
        (name, other)
        for (name, moment), (other, later) in pairwise(moments)
        if moment is not None and later is not None and moment > later
    ]


@pytest.mark.parametrize("name", CHAINS)
@given(day=st.dates(date(2018, 1, 1), date(2040, 12, 31)), data=st.data())
def test_no_event_overtakes_the_next(name: str, day: date, data: st.DataObject) -> None:
    kinds, chain = CHAINS[name]
    kind = data.draw(st.sampled_from(kinds))
    first = {Kind.JK_EARLY: 40, Kind.PRESIDENTIAL_EARLY: 77, Kind.REPEAT_JK: 54}.get(kind, 100)
    law = data.draw(st.sampled_from([LAW, LAW.with_readings(backward_counting="inclusive"), editions()[0]]))
    calling = day - timedelta(days=data.draw(st.integers(first, first + 20)))
    occasion = Occasion(kind, day, calling, {"first_round_determination": day - timedelta(days=20)})
    assert overtaken(chain, occasion, law) == []


def test_rounding_up_breaks_the_chain_of_documents_and_check() -> None:
    """Why the default rounding is what it is: 34 days before, less 8 days of check, is after 27 days before."""
    ceil = LAW.with_readings(reduction_rounding="ceil")
    papers = CHAINS["papers of the President's candidates"][1]
    assert ("registration_decision", "registration_end_presidential") in overtaken(papers, EARLY_2021, ceil)
    assert overtaken(papers, EARLY_2021, LAW) == []


# ------------------------------------------------------------------------------------- calling


def calling(kind: Kind, ground: Ground, called: date, day: date, **known: date) -> Calling:
    return Calling(kind, ground, called, day, **known)


REGULAR_JK = calling(Kind.JK, Ground.DECREE, date(2020, 7, 3), date(2020, 10, 4), term_ends=date(2020, 10, 4))
REGULAR_2017 = calling(
    Kind.PRESIDENTIAL, Ground.RESOLUTION, date(2017, 6, 14), date(2017, 10, 15), term_ends=date(2017, 12, 1)
)
DEEMED_2021 = calling(
    Kind.PRESIDENTIAL_EARLY, Ground.DEEMED, date(2020, 10, 24), date(2021, 1, 10), powers_ended=date(2020, 10, 16)
)
EARLY_JK = calling(Kind.JK_EARLY, Ground.DECREE, date(2019, 3, 8), date(2019, 4, 21), dissolved=date(2019, 3, 4))
RUN_OFF = calling(
    Kind.REPEAT_VOTING, Ground.CEC_DECISION, date(2017, 10, 30), date(2017, 11, 19), determined_on=date(2017, 10, 30)
)
REPEAT_JK = calling(
    Kind.REPEAT_JK, Ground.CEC_DECISION, date(2020, 10, 21), date(2020, 12, 20), failed_on=date(2020, 10, 6)
)
REPEAT_PRESIDENT = calling(
    Kind.REPEAT_PRESIDENTIAL, Ground.RESOLUTION, date(2017, 11, 20), date(2018, 3, 4), failed_on=date(2017, 10, 30)
)


@pytest.mark.norm("L48.1.a", "L48.1.b", "L48.3.a", "L48.4.a", "L59.3.a", "L59.3.b", "L59.4.a", "L59.4.b", "L59.5")
@pytest.mark.norm("L56.2.a", "L56.2.b", "L57.a", "L57.c", "L38.5.a1", "L38.5.a2", "L63.1", "L63.2.c", "L48.2.b")
@pytest.mark.parametrize(
    ("called", "published"),
    [
        (REGULAR_JK, date(2020, 7, 6)),
        (REGULAR_2017, None),
        (DEEMED_2021, date(2020, 10, 26)),
        (EARLY_JK, date(2019, 3, 11)),
        (RUN_OFF, date(2017, 11, 2)),
        (REPEAT_JK, date(2020, 10, 23)),
        (REPEAT_PRESIDENT, date(2017, 11, 23)),
    ],
    ids=lambda value: value.kind if isinstance(value, Calling) else str(value),
)
def test_a_calling_by_the_right_body_in_its_term_stands(called: Calling, published: date | None) -> None:
    found = check_calling(called, LAW)
    assert (found.value.stands, found.findings) == (True, ())
    assert found.value.publish_by == published


def changed(called: Calling, **changes: object) -> Calling:
    from dataclasses import replace

    return replace(called, **changes)  # type: ignore[arg-type]  # names and kinds are those of the table below


@pytest.mark.norm("L48.1.a", "L48.1.b", "L48.2.a", "L48.2.b", "L48.3.b", "L59.3.a", "L59.3.b", "L59.4.a", "L59.4.b")
@pytest.mark.norm("L59.6.a", "L56.2.a", "L57.a", "L38.5.a2", "L38.5.a1")
@pytest.mark.parametrize(
    ("called", "norm", "code"),
    [
        (changed(REGULAR_JK, ground=Ground.RESOLUTION), "L59.3.a", "calling_by_another_body"),
        (changed(REGULAR_JK, called_on=date(2020, 7, 6)), "L59.3.a", "called_too_late"),
        (changed(REGULAR_JK, called_on=date(2020, 6, 25)), "L59.3.a", "called_too_early"),
        (changed(REGULAR_JK, election_day=date(2020, 10, 11)), "L59.3.b", "not_the_regular_day"),
        (
            changed(REGULAR_JK, ground=Ground.DEEMED, called_on=date(2020, 7, 7)),
            "L59.6.a",
            "deemed_called_on_another_day",
        ),
        (changed(REGULAR_2017, called_on=date(2017, 6, 15)), "L48.1.b", "called_too_late"),
        (changed(REGULAR_2017, election_day=date(2017, 10, 8)), "L48.1.a", "not_the_regular_day"),
        (changed(DEEMED_2021, called_on=date(2020, 10, 23)), "L48.3.b", "deemed_called_on_another_day"),
        (changed(DEEMED_2021, ground=Ground.RESOLUTION), "L48.2.a", "called_too_late"),
        (changed(DEEMED_2021, election_day=date(2021, 1, 17)), "L48.2.b", "election_day_too_late"),
        (changed(EARLY_JK, called_on=date(2019, 3, 10)), "L59.4.a", "called_too_late"),
        (changed(EARLY_JK, election_day=date(2019, 4, 23)), "L59.4.b", "election_day_too_late"),
        (changed(RUN_OFF, election_day=date(2017, 11, 12)), "L56.2.a", "repeat_voting_too_early"),
        (changed(REPEAT_JK, called_on=date(2020, 11, 7)), "L38.5.a2", "called_too_late"),
        (changed(REPEAT_JK, ground=Ground.DECREE), "L38.5.a1", "calling_by_another_body"),
        (changed(REPEAT_PRESIDENT, called_on=date(2017, 12, 1)), "L57.a", "called_too_late"),
        (changed(REGULAR_JK, election_day=date(2020, 7, 3)), "L59.3.a", "day_before_calling"),
    ],
)
def test_a_calling_that_does_not_stand_says_why(called: Calling, norm: str, code: str) -> None:
    found = check_calling(called, LAW)
    assert not found.value.stands
    assert (norm, code) in {(each.norm, each.code) for each in found.errors}


@pytest.mark.norm("L57.a", "L38.5.a1", "L38.5.a4")
def test_who_calls_a_repeat_presidential_election_is_a_reading() -> None:
    by_cec = changed(REPEAT_PRESIDENT, ground=Ground.CEC_DECISION)
    assert not check_calling(by_cec, LAW).value.stands
    found = check_calling(by_cec, LAW.with_readings(repeat_election_president_caller="cec"))
    assert found.value.stands
    assert found.value.publish_by == date(2017, 11, 27)  # seven days of the general term


@pytest.mark.norm("L61.6")
def test_with_one_list_or_none_the_election_moves_by_25_days_and_with_two_it_stays() -> None:
    assert postpone(JK_2020, 2, LAW).value == JK_2020
    for lists in (0, 1):
        found = postpone(JK_2020, lists, LAW)
        assert found.value.election_day == date(2020, 10, 29)
        assert found.value.election_day.strftime("%A") == "Thursday"
        assert [each.code for each in found.warnings] == ["postponed_day_is_no_sunday"]
        assert when("nomination_end_jk", found.value, LAW).last == date(2020, 9, 13)
    assert when("determination_of_results", found.value, LAW).last == date(2020, 11, 18)


def test_every_event_of_the_map_that_depends_on_hours_has_its_zone() -> None:
    for each in calendar(JK_2020, LAW):
        for moment in (each.opens, each.closes):
            assert moment is None or moment.tzinfo is BISHKEK
    assert known("L61.6")
