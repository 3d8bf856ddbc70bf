"""The rules on campaign money as anyone asks them: by name, from JSON; every answer can be said in three languages."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import shailoo.wording
from shailoo.law import facts
from shailoo.law.calendar import Kind
from shailoo.law.finance.account import FundAccount, Holder, inspect
from shailoo.law.finance.audit import AuditAddressee, AuditPower, compose, request
from shailoo.law.finance.called import RepeatVoting
from shailoo.law.finance.debtors import Beneficiary, DebtorsMoney, Onward, follow
from shailoo.law.finance.deposits import Deposit, settle
from shailoo.law.finance.donors import Donation, Donor, DonorKind, screen
from shailoo.law.finance.funds import Fund, FundEnd, Receipt, review
from shailoo.law.finance.limits import FundSource
from shailoo.law.finance.purposes import Purpose
from shailoo.law.finance.reports import Demand, FundReport, judge, review_bank
from shailoo.law.finance.spending import Method, Operation, Signatory, Spending, permit
from shailoo.law.finance.support import Support, weigh
from shailoo.law.json_reader import Faulty
from shailoo.law.outcome import Outcome, Severity
from shailoo.wording import LANGUAGES, sentences
from tests.law.finance.cases import (
    CITIZEN,
    COMPANY,
    DONORS,
    ELECTION_DAY,
    JK,
    LAW,
    PRESIDENT,
    at,
    candidate_fund,
    gift,
    own,
    paid,
    party_fund,
    som,
)
from tests.law.finance.test_account import CANDIDATE
from tests.law.finance.test_audit import ASKED, DEPUTY, HEAD, OFFICIAL, group, others
from tests.law.finance.test_deposits import PARTY as DEPOSIT
from tests.law.finance.test_reports import BANK, REPORT
from tests.law.finance.test_spending import CONTRACT, PAYMENT, in_repeat_voting

UNFILLED = re.compile(r"[{}]|\b[a-z]+_[a-z_]+\b")
MIXED = {**DONORS, "debtor": replace(COMPANY, budget_debt=som(1)), "foreigner": Donor(DonorKind.FOREIGN_CITIZEN)}
REPEAT = RepeatVoting(date(2017, 10, 30), date(2017, 11, 19), takes_part=True)


def fund_with_everything() -> Fund:
    """Every kind of receipt and expense that a fund should not have, and some that it may."""
    receipts = (
        own("1", 100),
        gift("2", 210_000),
        gift("3", 30_000, in_kind=True),
        gift("4", 5, "foreigner"),
        gift("5", 6, None),
        gift("6", 7, currency="USD"),
        Receipt("7", FundSource.LEGAL_ENTITY, "debtor", som(8)),
        Receipt("8", FundSource.OTHER, "lender", som(9)),
    )
    expenses = (
        paid("a", 600_000_000),
        paid("b", 5, Purpose.OTHER),
        paid("c", 5, Purpose.LABOUR),
        paid("d", 5, Purpose.OPERATING),
        paid("e", 5, Purpose.OPERATING, serves_campaign=False),
        paid("f", 60_000, from_fund=False),
    )
    return party_fund(*receipts, donors=MIXED, expenses=expenses, end=FundEnd.LIST_RECALLED, return_fee=som("1.5"))


def answers() -> Iterator[Outcome[Any]]:
    """Answers of every rule; together they hold every wording of this chapter (tested below)."""
    yield review(fund_with_everything(), LAW)
    yield review(party_fund(own("1", 100), expenses=(paid("e", 1),), end=FundEnd.ELECTION_OVER), LAW)
    yield review(party_fund(own("1", 100), expenses=(paid("e", 1),), end=FundEnd.LIST_RECALLED), LAW)
    yield review(candidate_fund(expenses=(paid("e", 5, from_fund=False),)), LAW)
    yield review(candidate_fund(own("1", 99), set_maximum=som(9), repeat_voting=REPEAT), LAW)
    yield review(party_fund(gift("1", 5), repaid={"citizen": som(6)}, end=FundEnd.LIST_RECALLED), LAW)
    yield follow(DebtorsMoney(som(9), som(8), onward=(Onward(Beneficiary.OTHER, som(1)),)), LAW)
    yield follow(DebtorsMoney(som(9), som(8), onward=(Onward(Beneficiary.SOCIAL_FUND, som(9)),)), LAW)
    for donor in _donors():
        yield screen(Donation(donor), LAW)
        fund = party_fund(Receipt("1", _source(donor), "x", som(5)), donors={"x": donor})
        yield review(fund, LAW)
    yield screen(Donation(CITIZEN, "USD"), LAW)
    by_text = LAW.with_readings(legal_entity_participants="any_legal_entity")
    for entities in (None, True):
        owned = replace(COMPANY, entity_participants=entities)
        yield screen(Donation(owned), by_text)
        yield review(party_fund(Receipt("1", FundSource.LEGAL_ENTITY, "x", som(5)), donors={"x": owned}), by_text)
    for account in _accounts():
        yield inspect(account, LAW)
    for spending in _operations():
        yield permit(spending, LAW)
    yield from _supports()
    for report in (REPORT, replace(REPORT, received_on=date(2020, 11, 1), receipts=None, expenses=som(1))):
        yield judge(report, LAW)
        yield judge(replace(report, received_on=None, asked_on=date(2020, 11, 1)), LAW)
        yield judge(replace(report, received_on=None, bank_receipts=som(1)), LAW)
    yield judge(replace(REPORT, bank_receipts=som(1), by_source=_other_source()), LAW)
    yield review_bank(replace(BANK, asked_at=at("2020-09-20T12:00"), demands=(Demand(at("2020-08-10T12:00")),)), LAW)
    yield from _audits()
    for deposit in _deposits():
        yield settle(deposit, LAW)


def _source(donor: Donor) -> FundSource:
    return FundSource.LEGAL_ENTITY if donor.kind is DonorKind.LEGAL_ENTITY else FundSource.INDIVIDUAL


def _donors() -> Iterator[Donor]:
    yield from (CITIZEN, replace(CITIZEN, name=None), replace(CITIZEN, confirmed=False))
    yield from (Donor(kind, name="x", identity_document="1", registration_number="1") for kind in DonorKind)
    yield replace(COMPANY, foreign_participants=True, budget_debt=som(1), social_fund_debt=som(2))
    yield replace(COMPANY, state_share=True, preferences=True)
    yield replace(COMPANY, state_share=True)
    yield replace(COMPANY, state_share=True, preferences=None)


def _accounts() -> Iterator[FundAccount]:
    yield CANDIDATE
    yield replace(CANDIDATE, formed_on=None, opened_on=None)
    yield replace(CANDIDATE, formed_on=date(2017, 8, 1), permission=None, bank_listed=None, interest=som(1))
    yield replace(CANDIDATE, formed_on=date(2017, 6, 1), permitted_on=date(2018, 1, 1), bank_listed=False)
    yield replace(CANDIDATE, registered_on=date(2017, 8, 1))
    yield replace(CANDIDATE, registered_on=date(2017, 8, 1), open_accounts=2, interest=None)
    yield FundAccount(Kind.JK, ELECTION_DAY, Holder.PARTY, formed_on=date(2020, 8, 1))
    yield FundAccount(Kind.JK, ELECTION_DAY, Holder.LIST_CANDIDATE)


def _operations() -> Iterator[Spending]:
    for operation in Operation:
        late = replace(PAYMENT, operation=operation, at=at("2020-10-04T12:00"), ended_at=at("2020-10-01T12:00"))
        yield replace(late, signed_by=None, payee=None)
    yield replace(PAYMENT, method=None)
    yield replace(PAYMENT, expense=paid("e", 5, from_fund=False), payee=None)
    yield from (replace(CONTRACT, signed_by=each) for each in Signatory)
    yield in_repeat_voting(Operation.PAYMENT, "2017-10-20T12:00")
    yield Spending(Kind.JK, ELECTION_DAY, Operation.RECEIPT, at("2020-09-20T12:00"))
    yield replace(PAYMENT, method=Method.CASH)


def _supports() -> Iterator[Outcome[Any]]:
    support = Support(linked=True, booked=False, price=som(5), reference_price=som(10))
    yield weigh(support, LAW)
    yield weigh(replace(support, lowest_share=Fraction(4, 5)), LAW)
    yield weigh(replace(support, price=som(10)), LAW)
    yield weigh(replace(support, price=som(0)), LAW)
    yield weigh(replace(support, price=som(0), booked=None), LAW)
    yield weigh(replace(support, booked=None, lowest_share=Fraction(4, 5)), LAW)
    yield weigh(replace(support, reference_price=None), LAW)
    yield weigh(replace(support, linked=False), LAW)
    yield weigh(replace(support, booked=True), LAW)


def _other_source() -> tuple[Any, ...]:
    return (replace(REPORT.by_source[0], source=FundSource.OTHER),)


def _audits() -> Iterator[Outcome[Any]]:
    yield compose(group(HEAD, *others(9), OFFICIAL), LAW)
    bare = replace(OFFICIAL, home_body=None, seconded_on=None, released=None, keeps_post_and_pay=None)
    yield compose(group(HEAD, DEPUTY, bare), LAW)
    late = replace(OFFICIAL, seconded_on=date(2020, 9, 1), released=False, keeps_post_and_pay=False)
    yield compose(group(HEAD, DEPUTY, late), LAW)
    for power in AuditPower:
        for addressee in AuditAddressee:
            yield request(replace(ASKED, power=power, addressee=addressee), LAW)
            yield request(replace(ASKED, power=power, addressee=addressee, instruction=None), LAW)
    yield request(replace(ASKED, received_at=at("2020-10-01T10:00"), asked_at=at("2020-10-02T10:00")), LAW)


def _deposits() -> Iterator[Deposit]:
    yield from (DEPOSIT, Deposit(PRESIDENT, "c01"), replace(DEPOSIT, from_fund=None))
    yield replace(DEPOSIT, paid=som(1), from_fund=False, paid_on=date(2020, 9, 1))
    yield replace(DEPOSIT, paid=som(6_000_000), paid_on=date(2020, 8, 1))
    for filed in (True, False, None):
        yield replace(DEPOSIT, report_filed=filed, votes=(60,), participated=(1_000,))
    yield replace(DEPOSIT, votes=(40,), participated=(1_000,))


ANSWERS = tuple(answers())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_can_be_said(language: str) -> None:
    said: list[str] = []
    for outcome in ANSWERS:
        said += [sentences.step(step, language) for step in outcome.steps]
        said += [sentences.finding(found, language) for found in outcome.findings]
        if outcome.unsettled is not None:
            said += [sentences.question(each, language) for each in _asked(outcome)]
    assert len(said) > 300
    assert [sentence for sentence in said if UNFILLED.search(sentence)] == []


def test_the_answers_hold_every_code_of_the_chapter() -> None:
    seen = {step.code for outcome in ANSWERS for step in outcome.steps}
    seen |= {found.code for outcome in ANSWERS for found in outcome.findings}
    folder = Path(shailoo.wording.__file__).parent
    known: set[str] = set()
    for name in ("steps", "findings"):
        words = tomllib.loads((folder / name / "finance.toml").read_text(encoding="utf-8"))
        known |= {code.partition(".")[0] for code in words}
    assert known - seen == set()


EXPLAINED = {
    # what must be explained and stands; every other finding stops the act
    *("donor_fact_unknown", "donor_has_state_share_or_preferences", "materials_over_cap", "expense_connection_unknown"),
    *("fund_formed_late", "fund_formed_before_nomination", "fund_formed_after_documents"),
    *("bank_listing_unknown", "open_accounts_unknown", "payee_unknown", "payment_method_unknown"),
    *("account_interest_unknown", "fund_report_late"),
    *("support_booking_unknown", "support_reference_price_unknown"),
    *("fund_report_not_received", "fund_report_differs_from_bank", "debtors_money_not_passed_on"),
    *("audit_official_not_released", "audit_official_release_unknown", "audit_official_pay_not_kept"),
    *("audit_official_pay_unknown", "audit_official_not_seconded", "audit_official_seconded_late"),
    *("deposit_above_due", "deposit_account_unknown", "deposit_awaits_report", "deposit_report_unknown"),
}
BY_CASE = {
    *("support_given_free", "support_far_below_price"),  # open while nobody knows whether it stands in the fund
    "donor_is_debtor",  # stops the crediting; in a fund it is no fault of the contender
    "deposit_not_paid",  # stops the registration; before it there is still time
}


def test_what_stops_an_act_and_what_is_only_explained() -> None:
    found = {(each.code, each.severity) for outcome in ANSWERS for each in outcome.findings}
    explained = {code for code, severity in found if severity is Severity.WARNING}
    stopping = {code for code, severity in found if severity is Severity.ERROR}
    assert explained - BY_CASE == EXPLAINED
    assert stopping & EXPLAINED == set()


def _asked(outcome: Outcome[Any]) -> tuple[str, ...]:
    return () if outcome.unsettled is None else (outcome.unsettled.question, *outcome.unsettled.options)


def test_every_answer_has_a_form_in_json_and_cites_norms_item_by_item() -> None:
    for outcome in ANSWERS:
        assert json.dumps(facts.as_json(outcome.value))
        assert all(
            norm.startswith(("L41.", "L42.", "L46.", "L53.", "L54.", "L61.", "L62.")) for norm in outcome.grounds
        )


# ------------------------------------------------------------------------------------- from JSON

ELECTION = {"kind": "jk", "on": "2020-07-03", "indices": [{"since": "2006-01-01", "som": 100}]}
FUND: dict[str, Any] = {
    "election": ELECTION,
    "contender": "p01",
    "donors": {"d1": {"kind": "citizen", "name": "x", "identity_document": "AN1", "confirmed": True}},
    "receipts": [{"id": "1", "source": "individual", "giver": "d1", "amount": "200000.01"}],
}


def test_a_fund_is_read_from_json_and_answers_as_from_code() -> None:
    given = facts.read(Fund, json.dumps(FUND))
    assert isinstance(given, Fund)
    assert given.election == JK
    found = review(given, LAW)
    assert found.value.credited == {"1": 200_000}
    assert [each.amount for each in found.value.returns] == [Decimal("0.01")]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"contender": ""}, "$.contender"),
        ({"receipts": [{**FUND["receipts"][0], "amount": "1.005"}]}, "$.receipts[0].amount"),
        ({"receipts": FUND["receipts"] * 2}, "$"),
        ({"election": {**ELECTION, "on": "2001-01-01"}}, "$.election"),
    ],
)
def test_facts_that_cannot_be_are_faults_of_the_document(change: dict[str, Any], path: str) -> None:
    faulty = facts.read(Fund, json.dumps({**FUND, **change}))
    assert isinstance(faulty, Faulty)
    assert path in str(faulty)


@pytest.mark.parametrize("kind", [Fund, Donation, Spending, Support, FundAccount, FundReport, Deposit])
def test_the_form_of_the_facts_says_what_each_is(kind: type) -> None:
    schema = facts.schema(kind)
    assert schema["type"] == "object"
    assert schema["description"]
