"""The hand-worked cases of campaign money (D01 to D22), each as its facts and what they come to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from shailoo.law.calendar import Kind
from shailoo.law.finance.account import FundAccount, Holder, inspect
from shailoo.law.finance.audit import AuditAddressee, AuditPower, AuditRequest, request
from shailoo.law.finance.called import Called, Index, RepeatVoting
from shailoo.law.finance.deposits import Deposit, settle
from shailoo.law.finance.donors import Donation, DonorKind, Treatment, screen
from shailoo.law.finance.funds import Receipt, review
from shailoo.law.finance.limits import FundSource, cap, spending_limit
from shailoo.law.finance.purposes import Purpose
from shailoo.law.finance.reports import FundReport, judge
from shailoo.law.finance.spending import Operation, Payee, Signatory, Spending, permit
from tests.law.finance.cases import (
    CALLING,
    CITIZEN,
    COMPANY,
    JK,
    LAW,
    PRESIDENT,
    at,
    candidate_fund,
    errors,
    gift,
    own,
    paid,
    party_fund,
    som,
)

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "oracles.yaml").read_text(encoding="utf-8"))


def test_every_case_of_the_series_is_here() -> None:
    assert list(CASES) == [f"D{number:02}" for number in (1, 2, 4, 6, 7, 9, 11, 12, 14, 16, 17, 19, 21, 22)]


@pytest.mark.norm("L54.2.1", "L54.2.2", "L54.2.3", "L54.2.4", "L53.4.a")
@pytest.mark.norm("L62.2.1", "L62.2.2", "L62.2.3", "L62.2.4", "L62.2.b", "L61.2.a")
@pytest.mark.parametrize("election", [PRESIDENT, JK], ids=lambda called: called.kind)
def test_d01_all_limits(election: Called) -> None:
    expected = CASES["D01"][election.kind.value]
    for source in ("own", "party", "individual", "legal_entity"):
        assert cap(FundSource(source), election, LAW).som == expected[source]
    assert settle(Deposit(election, "x"), LAW).value.due == expected["deposit"]
    assert spending_limit(election, None, None, LAW) == expected.get("spending")


@pytest.mark.norm("L41.4.a")
def test_d02_the_index_of_the_day_of_calling() -> None:
    indices = tuple(Index(since, som(index)) for since, index in CASES["D02"]["indices"].items())
    assert cap(FundSource.INDIVIDUAL, Called(Kind.JK, CALLING, indices), LAW).som == CASES["D02"]["limit"]


@pytest.mark.norm("L62.2.3", "L41.4.b")
def test_d04_two_donations_of_one_individual() -> None:
    case = CASES["D04"]
    fund = party_fund(*(gift(str(place), amount) for place, amount in enumerate(case["donations"])))
    found = review(fund, LAW).value
    assert found.money == case["credited"]
    assert [each.amount for each in found.returns] == [case["returned"]]


@pytest.mark.norm("L62.2", "L62.2.3")
def test_d06_materials_in_kind_count() -> None:
    case = CASES["D06"]
    found = review(party_fund(gift("1", case["cash"]), gift("2", case["in_kind"], in_kind=True)), LAW)
    assert [each.facts["over"] for each in found.findings] == [case["over_cap"]]


@pytest.mark.norm("L62.2.b", "L46.3.2.b")
def test_d07_party_spending_at_the_limit_and_above() -> None:
    case = CASES["D07"]
    for spent, over, ground in zip(case["spent"], case["over_limit"], case["ground"], strict=True):
        found = review(party_fund(own("1", 1_000), expenses=(paid("e", spent),)), LAW)
        assert (("L62.2.b", "spending_over_limit") in errors(found)) is over
        assert ("L46.3.2.b" in found.value.grounds) is ground


@pytest.mark.norm("L46.2.3.a")
def test_d09_other_money_of_a_candidate_with_a_small_fund() -> None:
    case = CASES["D09"]
    receipt = Receipt("1", FundSource.OWN, None, som(case["receipts"]))
    for outside, ground in zip(case["outside"], case["ground"], strict=True):
        found = review(candidate_fund(receipt, expenses=(paid("e", outside, from_fund=False),)), LAW)
        assert (found.value.grounds == ("L46.2.3.a",)) is ground


@pytest.mark.norm("L54.3", "L46.2.3.b", "L41.4.d")
def test_d11_no_maximum_for_a_candidate_for_president() -> None:
    case = CASES["D11"]
    repeat = RepeatVoting(CALLING, CALLING.replace(day=20), takes_part=True)
    found = review(candidate_fund(expenses=(paid("e", case["spent"]),), repeat_voting=repeat), LAW).value
    assert found.limit is case["maximum"]
    assert ("L46.2.3.b" in found.grounds) is case["ground"]
    assert spending_limit(PRESIDENT, som(case["set_maximum"]), repeat, LAW) == case["raised"]


@pytest.mark.norm("L41.14.b", "L41.14.c")
def test_d12_contracts_and_payments_on_the_eve() -> None:
    case = CASES["D12"]
    for event in case["events"]:
        spending = Spending(
            Kind.JK,
            case["election_day"],
            Operation(event["operation"]),
            at(event["at"]),
            signed_by=Signatory.FINANCIAL_REPRESENTATIVE,
            expense=paid("e", 1),
            payee=Payee.INDIVIDUAL,
        )
        assert permit(spending, LAW).value.allowed is event["allowed"], event


@pytest.mark.norm("L53.4.b", "L41.16.b")
def test_d14_refund_at_five_per_cent() -> None:
    case = CASES["D14"]
    for votes, refund in zip(case["votes"], case["refund"], strict=True):
        deposit = Deposit(
            PRESIDENT,
            "c01",
            paid=som(1_000_000),
            paid_on=CALLING,
            from_fund=True,
            report_filed=True,
            votes=(votes,),
            participated=(case["participated"],),
        )
        assert settle(deposit, LAW).value.refund == refund


@pytest.mark.norm("L41.16.a")
def test_d16_report_term() -> None:
    case = CASES["D16"]
    for received, in_time in zip(case["received"], case["in_time"], strict=True):
        report = FundReport(Kind.JK, case["election_day"], received_on=received)
        assert judge(report, LAW).value.in_time is in_time


@pytest.mark.norm("L41.3.a", "L41.3.b", "L41.3.d", "L41.3.e", "L41.3.h", "L41.3.j", "L41.5.c")
@pytest.mark.parametrize("case", CASES["D17"]["donors"], ids=lambda case: str(case["norm"]))
def test_d17_donor_screen(case: dict[str, Any]) -> None:
    changes = {
        key: value for key, value in case.items() if key not in ("donor", "currency", "treatment", "norm", "kind")
    }
    base = {"citizen": CITIZEN, "company": COMPANY}[case["donor"]]
    donor = replace(base, kind=DonorKind(case.get("kind", base.kind)), **changes)
    found = screen(Donation(donor, case.get("currency", "KGS")), LAW)
    assert found.value is Treatment(case["treatment"])
    assert [each.norm for each in found.findings] == ([] if case["norm"] is None else [case["norm"]])


@pytest.mark.norm("L54.1", "L41.1.a")
def test_d19_both_terms_bind_but_only_a_missing_fund_is_a_ground() -> None:
    case = CASES["D19"]
    expected = zip(case["formed"], case["in_term"], case["before_documents"], case["refusal_ground"], strict=True)
    for formed, in_term, before, ground in expected:
        account = FundAccount(
            Kind.PRESIDENTIAL,
            case["election_day"],
            Holder.CANDIDATE,
            nominated_on=case["nominated"],
            documents_on=case["documents"],
            formed_on=formed,
        )
        found = inspect(account, LAW).value
        assert (found.in_term, found.before_documents, found.refusal_ground) == (in_term, before, ground)


@pytest.mark.norm("L42.6.4.b", "L42.6.4.c")
def test_d21_requests_of_the_audit_group() -> None:
    case = CASES["D21"]
    for received, due, at_once in zip(case["received"], case["due"], case["at_once"], strict=True):
        power, addressee = AuditPower.REQUEST_INFORMATION, AuditAddressee.STATE_BODY
        asked = AuditRequest(Kind.JK, case["election_day"], power, addressee, at(received), instruction="1")
        found = request(asked, LAW).value
        assert (found.due, found.at_once) == (due, at_once)


@pytest.mark.norm("L62.2.b", "L61.2.a")
def test_d22_spending_with_the_deposit() -> None:
    case = CASES["D22"]
    expenses = (paid("e", case["campaign"]), paid("d", case["deposit"], Purpose.DEPOSIT))
    found = review(party_fund(own("1", 1_000), expenses=expenses), LAW)
    assert (("L62.2.b", "spending_over_limit") in errors(found)) is case["over_limit"]
    assert (found.value.limit or 0) - found.value.spent == case["left"]
