"""Art. 41.2, 41.3, 41.5: who may give to a fund, and what becomes of the money of those who may not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from shailoo.law.finance.donors import BARRED, Donation, Donor, DonorKind, Treatment, screen
from tests.law.finance.cases import CITIZEN, COMPANY, LAW, TRADER, breaches, errors, passed

NORMS_OF_BARRED = {
    "L41.3.a": {
        "foreign_state",
        "foreign_legal_entity",
        "foreign_branch",
        "foreign_citizen",
        "international_organization",
    },
    "L41.3.b": {"stateless"},
    "L41.3.c": {"state_body", "local_government"},
    "L41.3.d": {"state_institution", "municipal_institution", "state_enterprise", "municipal_enterprise"},
    "L41.3.f": {"military"},
    "L41.3.g": {"law_enforcement", "court"},
    "L41.3.h": {"charity"},
    "L41.3.i": {"religious"},
}


@pytest.mark.norm("L41.2.b")
@pytest.mark.parametrize("donor", [CITIZEN, TRADER, COMPANY], ids=lambda donor: donor.kind)
def test_citizens_and_legal_entities_may_give(donor: Donor) -> None:
    found = screen(Donation(donor), LAW)
    assert found.value is Treatment.CREDIT
    assert (found.findings, found.unsettled) == ((), None)
    assert passed(found) == {("L41.2.b", "donor_screened")}


@pytest.mark.norm("L41.3.a", "L41.3.b", "L41.3.c", "L41.3.d", "L41.3.f", "L41.3.g", "L41.3.h", "L41.3.i")
@pytest.mark.parametrize(
    ("norm", "kind"), [(norm, kind) for norm, kinds in NORMS_OF_BARRED.items() for kind in sorted(kinds)]
)
def test_each_barred_donor_is_refused_by_its_item(norm: str, kind: str) -> None:
    found = screen(Donation(replace(COMPANY, kind=DonorKind(kind), identity_document="AN1")), LAW)
    assert found.value is Treatment.RETURN
    assert errors(found) == {(norm, "donor_is_barred")}


def test_every_donor_is_barred_or_one_of_the_three_that_may_give() -> None:
    assert set(DonorKind) - BARRED.keys() == {DonorKind.CITIZEN, DonorKind.ENTREPRENEUR, DonorKind.LEGAL_ENTITY}
    assert {kind.value for kind in BARRED} == set().union(*NORMS_OF_BARRED.values())


@pytest.mark.norm("L41.3.a")
@pytest.mark.parametrize(
    ("participants", "treatment", "code"),
    [
        (True, Treatment.RETURN, "donor_has_foreign_participants"),
        (None, Treatment.REVIEW, "donor_fact_unknown"),
    ],
)
def test_foreign_participants_bar_a_legal_entity(participants: bool | None, treatment: Treatment, code: str) -> None:
    found = screen(Donation(replace(COMPANY, foreign_participants=participants)), LAW)
    assert found.value is treatment
    assert breaches(found) == {("L41.3.a", code)}


@pytest.mark.norm("L41.3.a")
@pytest.mark.parametrize(
    ("entities", "foreign", "treatment", "code"),
    [
        (True, False, Treatment.RETURN, "donor_has_entity_participants"),
        (None, False, Treatment.REVIEW, "donor_fact_unknown"),
        (True, True, Treatment.RETURN, "donor_has_foreign_participants"),
        (False, False, Treatment.CREDIT, None),
    ],
)
def test_other_legal_entities_as_participants_bar_only_by_the_reading(
    entities: bool | None, foreign: bool, treatment: Treatment, code: str | None
) -> None:
    donation = Donation(replace(COMPANY, foreign_participants=foreign, entity_participants=entities))
    by_text = screen(donation, LAW.with_readings(legal_entity_participants="any_legal_entity"))
    assert by_text.value is treatment
    assert breaches(by_text) == (set() if code is None else {("L41.3.a", code)})
    if not foreign:
        assert screen(donation, LAW).findings == ()


STATE = [
    (True, True, "both", Treatment.RETURN, "donor_has_state_share_and_preferences"),
    (True, False, "both", Treatment.REVIEW, "donor_has_state_share_or_preferences"),
    (False, True, "both", Treatment.REVIEW, "donor_has_state_share_or_preferences"),
    (True, None, "both", Treatment.REVIEW, "donor_fact_unknown"),
    (None, True, "both", Treatment.REVIEW, "donor_fact_unknown"),
    (None, None, "both", Treatment.REVIEW, "donor_fact_unknown"),
    (True, False, "either", Treatment.RETURN, "donor_has_state_share_and_preferences"),
    (False, True, "either", Treatment.RETURN, "donor_has_state_share_and_preferences"),
    (False, None, "either", Treatment.REVIEW, "donor_fact_unknown"),
    (None, False, "either", Treatment.REVIEW, "donor_fact_unknown"),
]


@pytest.mark.norm("L41.3.e")
@pytest.mark.parametrize(("share", "preferences", "reading", "treatment", "code"), STATE)
def test_a_state_share_with_preferences_bars_and_the_reading_says_whether_one_is_enough(
    share: bool | None, preferences: bool | None, reading: str, treatment: Treatment, code: str
) -> None:
    donor = replace(COMPANY, state_share=share, preferences=preferences)
    found = screen(Donation(donor), LAW.with_readings(state_share_bar=reading))
    assert found.value is treatment
    assert breaches(found) == {("L41.3.e", code)}


@pytest.mark.norm("L41.3.e")
@pytest.mark.parametrize(("share", "preferences"), [(False, False), (False, None), (None, False)])
def test_without_one_of_the_two_the_bar_cannot_hold(share: bool | None, preferences: bool | None) -> None:
    found = screen(Donation(replace(COMPANY, state_share=share, preferences=preferences)), LAW)
    assert found.value is Treatment.CREDIT


@pytest.mark.norm("L41.3.j")
@pytest.mark.parametrize(
    ("donor", "marked"),
    [
        (replace(CITIZEN, name=None), ("name",)),
        (replace(CITIZEN, identity_document=None), ("identity_document",)),
        (replace(COMPANY, registration_number=None), ("registration_number",)),
        (Donor(DonorKind.CITIZEN), ("name", "identity_document")),
    ],
)
def test_a_donor_without_name_or_paper_is_anonymous_and_the_money_waits(donor: Donor, marked: tuple[str, ...]) -> None:
    found = screen(Donation(donor), LAW)
    assert found.value is Treatment.HOLD
    assert [(each.norm, each.code, each.fields) for each in found.findings] == [
        ("L41.3.j", "donor_is_anonymous", marked)
    ]
    assert found.unsettled is not None
    assert found.unsettled.options == ("anonymous_money_to_cec", "anonymous_money_to_sending_bank")


@pytest.mark.norm("L41.3.j")
@pytest.mark.parametrize(
    ("confirmed", "treatment", "code"),
    [(False, Treatment.HOLD, "donor_is_not_found"), (None, Treatment.REVIEW, "donor_fact_unknown")],
)
def test_a_donor_whom_no_register_knows_is_anonymous(confirmed: bool | None, treatment: Treatment, code: str) -> None:
    found = screen(Donation(replace(CITIZEN, confirmed=confirmed)), LAW)
    assert found.value is treatment
    assert breaches(found) == {("L41.3.j", code)}


@pytest.mark.norm("L41.3.k")
@pytest.mark.parametrize("donor", [COMPANY, TRADER], ids=lambda donor: donor.kind)
@pytest.mark.parametrize("debt", ["budget_debt", "social_fund_debt"])
@pytest.mark.parametrize(
    ("amount", "treatment"),
    [
        (Decimal("0.01"), Treatment.AWAIT_COURT),
        (Decimal(0), Treatment.CREDIT),
        (None, Treatment.REVIEW),
    ],
)
def test_a_debt_of_one_tyiyn_bars_those_who_trade(
    donor: Donor, debt: str, amount: Decimal | None, treatment: Treatment
) -> None:
    fields = {"budget_debt": donor.budget_debt, "social_fund_debt": donor.social_fund_debt, debt: amount}
    indebted = replace(donor, budget_debt=fields["budget_debt"], social_fund_debt=fields["social_fund_debt"])
    found = screen(Donation(indebted), LAW)
    assert found.value is treatment
    said = {"await_court": {("L41.3.k", "donor_is_debtor")}, "review": {("L41.3.k", "donor_fact_unknown")}}
    assert breaches(found) == said.get(treatment, set())
    assert bool(found.errors) is (treatment is Treatment.AWAIT_COURT)


@pytest.mark.norm("L41.3.k")
def test_a_citizen_who_does_not_trade_is_not_asked_for_debts() -> None:
    assert screen(Donation(replace(CITIZEN, budget_debt=Decimal(5))), LAW).value is Treatment.CREDIT


@pytest.mark.norm("L41.5.c")
@pytest.mark.parametrize(("currency", "treatment"), [("KGS", Treatment.CREDIT), ("USD", Treatment.RETURN)])
def test_only_som_are_taken(currency: str, treatment: Treatment) -> None:
    found = screen(Donation(CITIZEN, currency), LAW)
    assert found.value is treatment
    assert errors(found) == ({("L41.5.c", "donation_in_foreign_currency")} if currency == "USD" else set())


def test_every_bar_is_named_and_the_gravest_treatment_taken() -> None:
    donor = replace(COMPANY, name=None, foreign_participants=True, budget_debt=Decimal(1))
    found = screen(Donation(donor, "EUR"), LAW)
    assert found.value is Treatment.RETURN
    assert {norm for norm, _code in breaches(found)} == {"L41.5.c", "L41.3.j", "L41.3.a", "L41.3.k"}
    assert found.unsettled is None
