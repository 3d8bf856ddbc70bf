"""Art. 17 to 20: who appoints representatives and proxies, their papers, numbers, registration and term."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.calendar import Kind
from shailoo.law.observation.conduct import RepresentativeKind
from shailoo.law.observation.representatives import (
    PAPERS,
    Complaint,
    Election,
    Ending,
    Principal,
    PrincipalKind,
    RepresentativePaper,
    RepresentativeStanding,
    representative,
)
from shailoo.law.outcome import Outcome
from tests.law.observation.cases import (
    CITIZEN,
    ELECTION,
    LAW,
    PARTY,
    PUBLISHED,
    appointment,
    errors,
    steps,
    warnings,
)

COMMISSION = RepresentativeKind.COMMISSION
AUTHORIZED = RepresentativeKind.AUTHORIZED
FINANCIAL = RepresentativeKind.FINANCIAL
PROXY = RepresentativeKind.PROXY
AFTER = replace(ELECTION, results_published=PUBLISHED)


def asked(kind: RepresentativeKind, **changes: Any) -> Outcome[RepresentativeStanding]:  # Any: fields of every type
    return representative(appointment(kind, **changes), LAW)


@pytest.mark.norm("L17.1.a1", "L17.2", "L19.1", "L19.5", "L19.9.a1", "L20.1", "L20.2.a1", "L20.2.a2")
@pytest.mark.parametrize(
    ("kind", "may_appoint", "starts"),
    [
        (COMMISSION, ("L17.1.a1", "representative_principal_may_appoint"), {"L17.2"}),
        (AUTHORIZED, ("L19.1", "representative_number_is_free"), {"L19.5", "L19.9.a1"}),
        (FINANCIAL, ("L19.1", "representative_number_is_free"), {"L19.5", "L19.9.a1"}),
        (PROXY, ("L20.1", "representative_number_is_free"), {"L20.2.a2"}),
    ],
)
def test_representatives_in_order_act_from_registration(
    kind: RepresentativeKind, may_appoint: tuple[str, str], starts: set[str]
) -> None:
    found = asked(kind)
    assert errors(found) == warnings(found) == []
    assert found.value.active
    assert found.value.since == date(2020, 9, 4)
    assert may_appoint in steps(found)
    assert {norm for norm, code in steps(found) if code == "representative_since"} == starts
    the_day_before = asked(kind, on=date(2020, 9, 3))
    assert the_day_before.value.admissible
    assert not the_day_before.value.active
    assert not asked(kind, registered_on=None, on=date(2020, 9, 3)).value.active


# ------------------------------------------------------------------------------------- who appoints


@pytest.mark.norm("L17.1.a1")
@pytest.mark.parametrize(
    ("registered", "expected"),
    [
        (date(2020, 9, 4), []),
        (date(2020, 9, 5), [("L17.1.a1", "representative_before_registration")]),
        (None, [("L17.1.a1", "representative_before_registration")]),
    ],
)
def test_a_representative_in_a_commission_comes_after_the_registration_of_the_list(
    registered: date | None, expected: list[tuple[str, str]]
) -> None:
    assert errors(asked(COMMISSION, principal=replace(PARTY, registered_on=registered))) == expected


@pytest.mark.norm("L17.1.a1")
def test_of_a_list_the_party_alone_has_a_representative_in_a_commission() -> None:
    found = asked(COMMISSION, principal=replace(PARTY, kind=PrincipalKind.LIST_CANDIDATE))
    assert errors(found) == [("L17.1.a1", "representative_sent_by_party_alone")]
    assert errors(asked(COMMISSION, principal=replace(PARTY, kind=PrincipalKind.CANDIDATE))) == []


@pytest.mark.norm("L19.1", "L20.1")
@pytest.mark.parametrize(("kind", "item"), [(AUTHORIZED, "L19.1"), (FINANCIAL, "L19.1"), (PROXY, "L20.1")])
def test_the_others_can_be_appointed_from_nomination(kind: RepresentativeKind, item: str) -> None:
    nominated = Principal(PrincipalKind.CANDIDATE, nominated_on=date(2020, 8, 1))
    assert errors(asked(kind, principal=nominated)) == []
    stranger = Principal(PrincipalKind.CANDIDATE)
    assert errors(asked(kind, principal=stranger)) == [(item, "representative_before_nomination")]


# ------------------------------------------------------------------------------------- papers, numbers

AUTHORIZED_PAPERS = {
    **dict.fromkeys(
        (
            "scope_of_powers",
            "last_name",
            "first_name",
            "patronymic",
            "date_of_birth",
            "passport_number",
            "passport_date",
            "permanent_address",
            "job_or_occupation",
            "contacts",
        ),
        "L19.3.a1",
    ),
    "consent": "L19.3.a3",
}
ASKED = {
    COMMISSION: dict.fromkeys(("identity_document", "job_or_occupation", "permanent_address", "contacts"), "L17.1.a2"),
    AUTHORIZED: AUTHORIZED_PAPERS,
    FINANCIAL: {**AUTHORIZED_PAPERS, "signature_right": "L19.3.a2"},
    PROXY: dict.fromkeys(("principals_proposal", "own_application"), "L20.2.a1"),
}


@pytest.mark.norm("L17.1.a2", "L19.3.a1", "L19.3.a2", "L19.3.a3", "L20.2.a1")
@pytest.mark.parametrize("kind", RepresentativeKind)
@pytest.mark.parametrize("paper", RepresentativePaper)
def test_each_paper_that_is_asked_for_is_missed_by_its_norm(
    kind: RepresentativeKind, paper: RepresentativePaper
) -> None:
    item = ASKED[kind].get(paper.value)
    found = asked(kind, papers=frozenset(PAPERS[kind]) - {paper})
    assert errors(found) == ([] if item is None else [(item, "representative_paper_missing")])


@pytest.mark.norm("L17.1.a1")
@pytest.mark.parametrize(("others", "expected"), [(0, []), (1, [("L17.1.a1", "representative_already_there")])])
def test_one_representative_of_a_party_in_a_commission(others: int, expected: list[tuple[str, str]]) -> None:
    found = asked(COMMISSION, others_of_principal=others)
    assert errors(found) == expected
    assert (("L17.1.a1", "representative_place_is_free") in steps(found)) is (expected == [])


@pytest.mark.norm("L19.1", "L20.1")
@pytest.mark.parametrize("kind", [AUTHORIZED, FINANCIAL, PROXY])
def test_the_others_are_not_counted(kind: RepresentativeKind) -> None:
    assert errors(asked(kind, others_of_principal=40, other_commissions=9)) == []


@pytest.mark.norm("L17.5")
@pytest.mark.parametrize(("other", "expected"), [(0, []), (1, [("L17.5", "representative_of_another_commission")])])
def test_a_person_represents_in_one_commission(other: int, expected: list[tuple[str, str]]) -> None:
    assert errors(asked(COMMISSION, other_commissions=other)) == expected


# ------------------------------------------------------------------------------------- registration


@pytest.mark.norm("L17.7", "L19.4.a1", "L20.2.a2")
@pytest.mark.parametrize(
    ("kind", "item"), [(COMMISSION, "L17.7"), (AUTHORIZED, "L19.4.a1"), (FINANCIAL, "L19.4.a1"), (PROXY, "L20.2.a2")]
)
def test_whoever_is_registered_has_a_certificate(kind: RepresentativeKind, item: str) -> None:
    assert errors(asked(kind, certificate_number=None)) == [(item, "representative_without_certificate")]
    assert errors(asked(kind, certificate_number=None, registered_on=None, on=date(2020, 9, 4))) == []
    refused = asked(kind, certificate_number=None, refused=True, refusal_reasons=("citizenship not shown",))
    assert (item, "representative_without_certificate") not in errors(refused)


@pytest.mark.norm("L19.4.a1")
@pytest.mark.parametrize("kind", [AUTHORIZED, FINANCIAL])
@pytest.mark.parametrize(("registered", "late"), [(date(2020, 9, 5), False), (date(2020, 9, 6), True)])
def test_the_commission_answers_within_two_days_of_the_last_paper(
    kind: RepresentativeKind, registered: date, late: bool
) -> None:
    found = asked(kind, registered_on=registered, papers_complete_on=date(2020, 9, 3))
    assert found.value.answer_due == date(2020, 9, 5)
    assert warnings(found) == ([("L19.4.a1", "representative_answer_late")] if late else [])


@pytest.mark.norm("L19.4.a1")
def test_the_two_days_do_not_start_while_a_paper_is_missing() -> None:
    papers = frozenset(PAPERS[AUTHORIZED]) - {RepresentativePaper.CONSENT}
    found = asked(AUTHORIZED, papers=papers, registered_on=None, certificate_number=None)
    assert found.value.answer_due is None
    assert ("L19.4.a1", "representative_answer_waits_for_papers") in steps(found)


@pytest.mark.norm("L19.4.a1")
def test_no_other_registration_has_a_term() -> None:
    assert asked(COMMISSION).value.answer_due is None
    assert asked(PROXY).value.answer_due is None
    repeat_voting = Election(Kind.REPEAT_VOTING, date(2020, 11, 1))
    assert asked(AUTHORIZED, election=repeat_voting).value.answer_due is None


@pytest.mark.norm("L19.4.a2")
def test_a_refusal_has_reasons_and_a_ground_in_the_law() -> None:
    barred = replace(CITIZEN, citizenship=None)
    whole = asked(AUTHORIZED, person=barred, refused=True, refusal_reasons=("citizenship not shown",))
    assert ("L19.4.a2", "representative_refusal_has_ground") in steps(whole)
    assert [item for item, _ in errors(whole)] == ["L19.2"]
    assert not whole.value.active
    assert whole.value.since is None
    mute = asked(AUTHORIZED, person=barred, refused=True)
    assert ("L19.4.a2", "representative_refusal_without_reasons") in errors(mute)
    groundless = asked(FINANCIAL, refused=True, refusal_reasons=("we know him",))
    assert errors(groundless) == [("L19.4.a2", "representative_refusal_without_ground")]


# ------------------------------------------------------------------------------------- term


@pytest.mark.norm("L18.5", "L19.9.a2", "L19.9.a3")
@pytest.mark.parametrize(
    ("kind", "until", "norm"),
    [
        (COMMISSION, PUBLISHED, "L18.5"),
        (AUTHORIZED, PUBLISHED, "L19.9.a2"),
        (FINANCIAL, date(2020, 11, 13), "L19.9.a3"),
        (PROXY, None, None),
    ],
)
def test_the_last_day_after_official_publication(
    kind: RepresentativeKind, until: date | None, norm: str | None
) -> None:
    found = asked(kind, election=AFTER)
    assert found.value.until == until
    assert [step.norm for step in found.steps if "until" in step.facts] == ([norm] if norm else [])
    assert found.value.admissible
    if until is not None:
        assert asked(kind, election=AFTER, on=until).value.active
        assert not asked(kind, election=AFTER, on=until + timedelta(days=1)).value.active


@pytest.mark.norm("L19.9.a3")
@given(st.dates(date(2020, 10, 5), date(2021, 6, 30)))
def test_a_financial_representative_stays_twenty_days(published: date) -> None:
    found = asked(FINANCIAL, election=replace(ELECTION, results_published=published))
    assert found.value.until is not None
    assert (found.value.until - published).days == 20


LOST = date(2020, 9, 20)


@pytest.mark.norm("L18.4", "L19.9.a2", "L19.9.a3", "L20.8")
@pytest.mark.parametrize(
    ("kind", "item", "until"),
    [
        (COMMISSION, "L18.4", LOST),
        (AUTHORIZED, "L19.9.a2", LOST),
        (FINANCIAL, None, date(2020, 11, 13)),
        (PROXY, "L20.8", LOST),
    ],
)
def test_the_loss_of_the_status_ends_the_powers_but_those_over_money(
    kind: RepresentativeKind, item: str | None, until: date
) -> None:
    found = asked(kind, principal=replace(PARTY, status_lost_on=LOST), election=AFTER)
    assert found.value.until == until
    told = {each for each, code in steps(found) if code.startswith("representative_ends_with") and each != "L18.5"}
    assert told == ({item} if item else set())


@pytest.mark.norm("L19.9.a2", "L19.9.a3")
def test_by_the_other_reading_a_financial_representative_ends_with_the_status() -> None:
    facts = appointment(FINANCIAL, principal=replace(PARTY, status_lost_on=LOST), election=AFTER)
    other = LAW.with_readings(financial_representative_term="ends_with_status")
    assert representative(facts, other).value.until == LOST
    assert representative(replace(facts, principal=PARTY), other).value.until == date(2020, 11, 13)


@pytest.mark.norm("L18.3.a1", "L18.3.a2", "L19.8", "L20.7.a1", "L20.7.a2")
@pytest.mark.parametrize(
    ("kind", "item"), [(COMMISSION, "L18.3.a1"), (AUTHORIZED, "L19.8"), (FINANCIAL, "L19.8"), (PROXY, "L20.7.a1")]
)
def test_who_appointed_may_end_the_powers_at_any_time(kind: RepresentativeKind, item: str) -> None:
    recalled = date(2020, 9, 15)
    found = asked(kind, ending=Ending(recalled_on=recalled))
    assert (item, "representative_recalled") in steps(found)
    assert found.value.until == recalled
    assert not found.value.active
    assert (("L18.3.a2", "representative_can_be_replaced") in steps(found)) is (kind is COMMISSION)
    assert (("L20.7.a2", "proxy_certificate_annulled") in steps(found)) is (kind is PROXY)


@pytest.mark.norm("L20.7.a3")
@pytest.mark.parametrize(
    ("returned", "told", "until"),
    [
        (date(2020, 9, 12), date(2020, 9, 15), date(2020, 9, 15)),
        (date(2020, 9, 15), date(2020, 9, 12), date(2020, 9, 15)),
        (date(2020, 9, 12), None, None),
        (None, date(2020, 9, 12), None),
    ],
)
def test_a_proxy_resigns_by_both_acts(returned: date | None, told: date | None, until: date | None) -> None:
    found = asked(PROXY, ending=Ending(certificate_returned_on=returned, principal_told_on=told))
    assert found.value.until == until
    assert (("L20.7.a3", "proxy_resignation_incomplete") in steps(found)) is (until is None)


@pytest.mark.norm("L18.5", "L18.6")
@pytest.mark.parametrize(
    ("complaints", "until", "told"),
    [
        ((), PUBLISHED, ("L18.5", "representative_ends_with_publication")),
        ((Complaint(True, date(2020, 10, 20)),), PUBLISHED, ("L18.5", "representative_ends_with_publication")),
        ((Complaint(True, date(2020, 11, 5)),), date(2020, 11, 5), ("L18.6", "representative_ends_with_decision")),
        (
            (Complaint(False, date(2020, 11, 5)), Complaint(True, date(2020, 11, 2))),
            date(2020, 11, 5),
            ("L18.6", "representative_ends_with_decision"),
        ),
        ((Complaint(False),), None, ("L18.6", "representative_stays_for_complaint")),
    ],
)
def test_a_complaint_against_the_results_keeps_the_representatives(
    complaints: tuple[Complaint, ...], until: date | None, told: tuple[str, str]
) -> None:
    found = asked(COMMISSION, election=AFTER, complaints=complaints)
    assert found.value.until == until
    assert told in steps(found)


@pytest.mark.norm("L18.6")
def test_by_the_other_reading_only_the_complainants_keep_theirs() -> None:
    own = LAW.with_readings(representatives_during_complaint="complainants")
    stranger = appointment(COMMISSION, election=AFTER, complaints=(Complaint(by_own_principal=False),))
    assert representative(stranger, LAW).value.until is None
    assert representative(stranger, own).value.until == PUBLISHED
    theirs = appointment(COMMISSION, election=AFTER, complaints=(Complaint(by_own_principal=True),))
    assert representative(theirs, own).value.until is None


DAYS = st.one_of(st.none(), st.dates(date(2020, 9, 5), date(2020, 12, 31)))


@given(DAYS, DAYS, DAYS, st.lists(DAYS, max_size=3))
def test_the_earliest_end_counts_as_a_naive_reader_would_find_it(
    lost: date | None, recalled: date | None, published: date | None, decisions: list[date | None]
) -> None:
    found = asked(
        COMMISSION,
        election=replace(ELECTION, results_published=published),
        principal=replace(PARTY, status_lost_on=lost),
        ending=Ending(recalled_on=recalled),
        complaints=tuple(Complaint(True, each) for each in decisions),
    )
    horizon = date(2021, 12, 31)
    day = date(2020, 9, 4)
    while day < horizon:
        over = (lost is not None and day >= lost) or (recalled is not None and day >= recalled)
        settled = published is not None and day >= published and all(each and day >= each for each in decisions)
        if over or settled:
            break
        day += timedelta(days=1)
    assert found.value.until == (None if day == horizon else day)
