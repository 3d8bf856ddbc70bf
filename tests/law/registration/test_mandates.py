"""From the result to the deputy, out of the list, and out of the mandate (L46.4, L65)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from shailoo.law.calendar import end_of
from shailoo.law.mandates import seat_candidates
from shailoo.law.outcome import Severity
from shailoo.law.presidential import Impediment, Result
from shailoo.law.registration.elected_president import ElectedPresident, elected_president
from shailoo.law.registration.leaving import Leaves, Request, leaving
from shailoo.law.registration.mandate_award import Award, AwardStep, award
from shailoo.law.registration.mandate_end import Ending, mandate_end
from shailoo.law.registration.succession import BEFORE_AWARD, CAUSES, Cause, Next
from tests.law.registration.cases import LAW, LISTS, ORACLES, PRESIDENT, SIZE, local, name, places

SECOND = timedelta(seconds=1)
ELECTED = Award(
    election=LISTS,
    at=local("2020-10-27 12:00"),
    places=places(),
    elected=name(20),
    determined_at=local("2020-10-23 12:00"),
    protocol_signed_at=local("2020-10-23 12:00"),
    notified_at=local("2020-10-26 10:00"),
)
NOTICE_ENDS = local("2020-10-30 00:00")


# ------------------------------------------------------------------------------------- from the result to the deputy


@pytest.mark.norm("L65.1.a")
def test_the_elected_are_notified_after_the_protocol_is_signed() -> None:
    waiting = award(replace(ELECTED, notified_at=None), LAW)
    assert waiting.value.next_step is AwardStep.NOTIFY
    assert award(ELECTED, LAW).findings == ()
    signed_later = award(replace(ELECTED, protocol_signed_at=local("2020-10-26 10:01")), LAW)
    assert [(found.norm, found.severity) for found in signed_later.findings] == [("L65.1.a", Severity.WARNING)]


@pytest.mark.norm("L65.1.b", "L65.1.c")
def test_incompatible_duties_are_given_up_within_three_days_or_the_mandate_passes_on() -> None:
    case = next(case for case in ORACLES["vacancies"] if case["id"] == "F06")
    notified = replace(ELECTED, notified_at=local(f"{case['notified']} 10:00"))
    assert award(notified, LAW).value.application_until == end_of(case["due"])
    waiting = award(replace(notified, at=end_of(case["due"]) - SECOND), LAW)
    assert waiting.value.next_step is AwardStep.WAIT
    over = award(replace(notified, at=end_of(case["due"])), LAW)
    assert over.value.next_step is AwardStep.PASSES_ON
    assert over.value.succession is not None
    assert over.value.succession.successor == name(case["successor"])
    assert [found.norm for found in over.findings] == ["L65.1.b", "L65.1.c"]


@pytest.mark.norm("L65.1.b")
@pytest.mark.parametrize(
    ("given", "step"),
    [(NOTICE_ENDS - SECOND, AwardStep.REGISTER), (NOTICE_ENDS, AwardStep.PASSES_ON)],
)
def test_an_application_counts_until_the_third_day_ends(given: Any, step: AwardStep) -> None:
    assert award(replace(ELECTED, application_at=given, at=NOTICE_ENDS), LAW).value.next_step is step


@pytest.mark.norm("L65.2.a", "L65.2.b")
def test_a_deputy_is_registered_within_three_days_with_certificate_and_badge() -> None:
    given = replace(ELECTED, application_at=local("2020-10-28 09:00"), at=local("2020-10-31 23:59"))
    due = award(given, LAW)
    assert (due.value.next_step, due.value.registration_until) == (AwardStep.REGISTER, local("2020-11-01 00:00"))
    assert due.findings == ()
    done = replace(given, registered_at=local("2020-10-31 23:59"), papers_given=True)
    assert award(done, LAW).value.next_step is AwardStep.REGISTERED
    assert award(done, LAW).findings == ()
    late = award(replace(done, registered_at=local("2020-11-01 00:00")), LAW)
    assert [found.norm for found in late.findings] == ["L65.2.a"]
    assert [found.norm for found in award(replace(done, papers_given=None), LAW).findings] == ["L65.2.b"]


@pytest.mark.norm("L65.2.a")
def test_the_three_days_run_from_the_determination_where_that_is_later() -> None:
    early = replace(
        ELECTED,
        notified_at=local("2020-10-22 10:00"),
        protocol_signed_at=local("2020-10-21 10:00"),
        application_at=local("2020-10-22 11:00"),
    )
    assert award(early, LAW).value.registration_until == local("2020-10-27 00:00")


@pytest.mark.norm("L46.4.b", "L46.4.c")
@pytest.mark.parametrize("impediment", Impediment)
def test_what_takes_the_right_to_be_elected_cancels_the_election_of_that_candidate(impediment: Impediment) -> None:
    confirmed = replace(ELECTED, impediment=impediment, confirmed_at=local("2020-10-25 10:00"))
    outcome = award(confirmed, LAW)
    assert outcome.value.next_step is AwardStep.PASSES_ON
    assert outcome.value.succession is not None
    assert outcome.value.succession.successor == name(21)
    assert "L46.4.b" in outcome.grounds
    assert [found.norm for found in outcome.findings] == ["L46.4.c"]  # the gender differs


@pytest.mark.norm("L46.4.b")
def test_once_the_mandate_is_awarded_the_decision_stands() -> None:
    registered = replace(
        ELECTED,
        application_at=local("2020-10-27 09:00"),
        registered_at=local("2020-10-27 10:00"),
        papers_given=True,
        impediment=Impediment.OTHER_CITIZENSHIP,
        confirmed_at=local("2020-10-27 10:00"),
    )
    outcome = award(registered, LAW)
    assert outcome.value.next_step is AwardStep.REGISTERED
    assert [found.code for found in outcome.findings] == ["impediment_after_award"]
    before = award(replace(registered, confirmed_at=local("2020-10-27 09:59")), LAW)
    assert before.value.next_step is AwardStep.PASSES_ON


@pytest.mark.norm("L46.4.a")
@pytest.mark.parametrize("impediment", Impediment)
def test_the_same_makes_the_election_of_a_president_null_and_void_until_the_award(impediment: Impediment) -> None:
    fact = ElectedPresident("c", impediment, date(2017, 10, 30), date(2017, 11, 10))
    outcome = elected_president(fact, LAW)
    assert outcome.value.decision.result is Result.NULL_AND_VOID
    assert outcome.value.call_by == date(2017, 12, 10)
    awarded = elected_president(replace(fact, awarded_on=date(2017, 11, 10)), LAW)
    assert (awarded.value.decision.result, awarded.value.call_by) == (Result.ELECTED, None)
    before = elected_president(replace(fact, awarded_on=date(2017, 11, 11)), LAW)
    assert before.value.decision.result is Result.NULL_AND_VOID
    assert replace(fact, confirmed_on=fact.determined_on).confirmed_on == fact.determined_on
    with pytest.raises(ValueError, match="before the results"):
        replace(fact, confirmed_on=date(2017, 10, 29))


def test_a_list_without_anybody_left_gives_nobody_else() -> None:
    full = replace(ELECTED, places=places(elected=range(1, SIZE + 1)), at=NOTICE_ENDS)
    found = award(full, LAW).value.succession
    assert found is not None
    assert found.next_step is Next.VACANT


@pytest.mark.parametrize(
    "changed",
    [
        {"elected": name(21)},
        {"election": PRESIDENT},
        {"impediment": Impediment.DEATH},
        {"impediment": Impediment.DEATH, "confirmed_at": local("2020-10-23 11:59")},
        {"registered_at": local("2020-10-23 11:59")},
    ],
)
def test_facts_that_cannot_be_are_none(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        replace(ELECTED, **changed)


# ------------------------------------------------------------------------------------- leaving the list

REQUEST = Request(
    election=LISTS,
    at=local("2020-10-10 12:00"),
    candidate=name(5),
    filed_at=local("2020-10-06 10:00"),
    on_template=True,
    notarised=True,
    in_person=True,
)


@pytest.mark.norm("L65.1.e", "L65.1.g")
def test_who_takes_a_request_back_or_files_it_without_a_notary_stays_on_the_list() -> None:
    case = ORACLES["leaving"]
    gone: set[int] = set()
    for request in case["requests"]:
        facts = replace(REQUEST, candidate=name(request["rank"]), notarised=request["notarised"])
        if request["revoked_before_decision"]:
            facts = replace(facts, revoked_at=local("2020-10-07 10:00"), decided_at=local("2020-10-08 10:00"))
        if leaving(facts, LAW).value is not Leaves.STAYS:
            gone.add(request["rank"])
    standing = [name(rank) for rank in range(1, SIZE + 1) if rank not in gone]
    elected = seat_candidates({"A": case["seats"]}, {"A": standing}).value.elected["A"]
    assert list(elected) == [name(rank) for rank in case["elected_ranks"]]


@pytest.mark.norm("L65.1.f")
def test_the_commission_decides_and_then_the_candidate_is_off_the_list() -> None:
    assert leaving(REQUEST, LAW).value is Leaves.PENDING
    decided = leaving(replace(REQUEST, decided_at=local("2020-10-08 10:00")), LAW)
    assert decided.value is Leaves.LEAVES
    assert [step.norm for step in decided.steps] == ["L65.1.f"]
    assert decided.findings == ()


@pytest.mark.norm("L65.1.d")
@pytest.mark.parametrize(
    ("filed", "value"),
    [
        ("2020-10-04 19:59", Leaves.STAYS),
        ("2020-10-04 20:00", Leaves.PENDING),
        ("2020-10-09 11:59", Leaves.PENDING),
        ("2020-10-09 12:00", Leaves.STAYS),
    ],
)
def test_a_request_is_taken_after_the_voting_and_before_the_allocation(filed: str, value: Leaves) -> None:
    facts = replace(REQUEST, filed_at=local(filed), allocation_at=local("2020-10-09 12:00"))
    outcome = leaving(facts, LAW)
    assert outcome.value is value
    assert [found.norm for found in outcome.errors] == (["L65.1.d"] if value is Leaves.STAYS else [])


@pytest.mark.norm("L65.1.e")
@pytest.mark.parametrize("form", ["on_template", "notarised", "in_person"])
def test_the_form_of_a_request(form: str) -> None:
    kept: dict[str, Any] = {form: False}
    broken = leaving(replace(REQUEST, **kept), LAW)
    assert (broken.value, [found.fields for found in broken.errors]) == (Leaves.STAYS, [(form,)])
    unknown = leaving(replace(REQUEST, **{form: None}), LAW)  # type: ignore[arg-type]  # a field by its name
    assert (unknown.value, [found.fields for found in unknown.warnings]) == (Leaves.PENDING, [(form,)])


@pytest.mark.norm("L65.1.g")
@pytest.mark.parametrize(
    ("revoked", "value"), [("2020-10-08 09:59", Leaves.STAYS), ("2020-10-08 10:00", Leaves.LEAVES)]
)
def test_a_request_is_taken_back_until_the_commission_has_decided(revoked: str, value: Leaves) -> None:
    facts = replace(REQUEST, revoked_at=local(revoked), decided_at=local("2020-10-08 10:00"))
    outcome = leaving(facts, LAW)
    assert outcome.value is value
    assert [found.norm for found in outcome.warnings] == (["L65.1.g"] if value is Leaves.LEAVES else [])


def test_a_request_taken_back_before_any_decision_needs_none() -> None:
    assert leaving(replace(REQUEST, revoked_at=local("2020-10-08 10:00")), LAW).value is Leaves.STAYS


# ------------------------------------------------------------------------------------- early end of a mandate


@pytest.mark.norm("L65.4.9")
@pytest.mark.parametrize("case", ORACLES["absence"]["cases"])
def test_thirty_working_days_of_absence_end_a_mandate_and_29_do_not(case: dict[str, Any]) -> None:
    ending = Ending("d", Cause.ABSENCE, date(2021, 5, 1), absences=(case["working_days"] - 10, 10))
    assert mandate_end(ending, LAW).value.ended is case["ended"]


@pytest.mark.norm("L65.4.9")
def test_days_in_a_row_are_asked_for_by_the_other_reading_only() -> None:
    consecutive = LAW.with_readings(absence_counting="consecutive")
    apart = Ending("d", Cause.ABSENCE, date(2021, 5, 1), absences=(20, 29))
    assert mandate_end(apart, LAW).value.ended
    refused = mandate_end(apart, consecutive)
    assert not refused.value.ended
    assert refused.errors[0].facts == {"days": 29, "needed": 30}
    assert mandate_end(replace(apart, absences=(1, 30)), consecutive).value.ended
    assert not mandate_end(replace(apart, absences=()), consecutive).value.ended


@pytest.mark.norm("L65.4.1")
@pytest.mark.parametrize("cause", [Cause.RESIGNATION, Cause.LEFT_FACTION])
@pytest.mark.parametrize(("written", "ended"), [(True, True), (False, False), (None, False)])
def test_a_resignation_is_in_writing(cause: Cause, written: bool | None, ended: bool) -> None:
    outcome = mandate_end(Ending("d", cause, date(2021, 5, 1), written=written), LAW)
    assert outcome.value.ended is ended
    assert outcome.grounds == ("L65.4.1",)


@pytest.mark.norm("L65.4.4", "L65.4.5")
@pytest.mark.parametrize("cause", [Cause.DECLARED_DEAD_OR_MISSING, Cause.CONVICTION])
@pytest.mark.parametrize(("in_force", "ended"), [(None, False), (date(2021, 5, 2), False), (date(2021, 5, 1), True)])
def test_a_court_s_decision_ends_a_mandate_once_it_is_in_force(
    cause: Cause, in_force: date | None, ended: bool
) -> None:
    outcome = mandate_end(Ending("d", cause, date(2021, 5, 1), in_force_on=in_force), LAW)
    assert outcome.value.ended is ended
    assert outcome.grounds == (CAUSES[cause],)


@pytest.mark.norm("L65.4.2", "L65.4.3", "L65.4.6", "L65.4.7", "L65.4.8", "L65.4.10")
@pytest.mark.parametrize(
    ("cause", "norm"),
    [
        (Cause.INCAPABLE, "L65.4.2"),
        (Cause.DEATH, "L65.4.3"),
        (Cause.INCOMPATIBLE_POSITION, "L65.4.6"),
        (Cause.LEFT_COUNTRY, "L65.4.7"),
        (Cause.CITIZENSHIP, "L65.4.8"),
        (Cause.INVALID_ELECTION, "L65.4.10"),
    ],
)
@pytest.mark.parametrize(("shown", "ended"), [(True, True), (False, False), (None, False)])
def test_other_facts_must_be_shown(cause: Cause, norm: str, shown: bool | None, ended: bool) -> None:
    outcome = mandate_end(Ending("d", cause, date(2021, 5, 1), shown=shown), LAW)
    assert outcome.value.ended is ended
    assert outcome.grounds == (norm,)


@pytest.mark.parametrize("cause", BEFORE_AWARD)
def test_what_happens_before_the_award_ends_no_mandate(cause: Cause) -> None:
    with pytest.raises(ValueError, match="no ground"):
        Ending("d", cause, date(2021, 5, 1))
