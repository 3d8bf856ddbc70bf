"""Art. 41.1, 41.5, 41.6, 54.1, 62.1: the forming of a fund and its special account."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from shailoo.law.calendar import Kind
from shailoo.law.finance.account import Forming, FundAccount, Holder, inspect
from tests.law.finance.cases import LAW, breaches, errors, passed, warnings

CANDIDATE = FundAccount(
    Kind.PRESIDENTIAL,
    date(2017, 10, 15),
    Holder.CANDIDATE,
    nominated_on=date(2017, 6, 20),
    documents_on=date(2017, 7, 20),
    formed_on=date(2017, 6, 22),
    permission="41",
    permitted_on=date(2017, 6, 22),
    opened_on=date(2017, 6, 22),
    bank_listed=True,
    interest=Decimal(0),
)
PARTY = FundAccount(
    Kind.JK,
    date(2020, 10, 4),
    Holder.PARTY,
    representative_on=date(2020, 7, 20),
    documents_on=date(2020, 8, 20),
    formed_on=date(2020, 7, 22),
)


@pytest.mark.parametrize("account", [CANDIDATE, PARTY], ids=lambda account: account.holder)
def test_a_fund_formed_as_the_law_asks(account: FundAccount) -> None:
    found = inspect(account, LAW)
    assert found.findings == ()
    assert found.value.in_term is True
    assert not found.value.refusal_ground


@pytest.mark.norm("L54.1")
@pytest.mark.parametrize(
    ("kind", "formed", "in_term"),
    [
        (Kind.PRESIDENTIAL, date(2017, 6, 25), True),
        (Kind.PRESIDENTIAL, date(2017, 6, 26), False),
        (Kind.PRESIDENTIAL_EARLY, date(2017, 6, 24), True),  # 5 days less a fourth: 4
        (Kind.PRESIDENTIAL_EARLY, date(2017, 6, 25), False),
    ],
)
def test_a_candidate_forms_the_fund_in_five_days_after_nomination(kind: Kind, formed: date, in_term: bool) -> None:
    found = inspect(replace(CANDIDATE, kind=kind, formed_on=formed, opened_on=None), LAW)
    assert found.value.in_term is in_term
    assert warnings(found) == (set() if in_term else {("L54.1", "fund_formed_late")})
    assert found.errors == ()


@pytest.mark.norm("L41.1.a")
@pytest.mark.parametrize(
    ("formed", "before", "code"),
    [
        (date(2017, 6, 23), True, None),
        (date(2017, 6, 24), False, "fund_formed_after_documents"),
        (date(2017, 6, 20), True, None),
        (date(2017, 6, 19), False, "fund_formed_before_nomination"),
    ],
)
def test_a_candidates_fund_is_formed_between_nomination_and_documents(
    formed: date, before: bool, code: str | None
) -> None:
    found = inspect(replace(CANDIDATE, formed_on=formed, documents_on=date(2017, 6, 23), opened_on=None), LAW)
    assert found.value.before_documents is before
    assert warnings(found) == (set() if code is None else {("L41.1.a", code)})
    assert not found.value.refusal_ground


@pytest.mark.norm("L41.1.b")
@pytest.mark.parametrize(
    ("formed", "in_term"), [(date(2020, 7, 25), True), (date(2020, 7, 26), False), (date(2020, 7, 1), True)]
)
def test_a_party_forms_the_fund_in_five_days_after_its_financial_representative_is_registered(
    formed: date, in_term: bool
) -> None:
    found = inspect(replace(PARTY, formed_on=formed), LAW)
    assert found.value.in_term is in_term
    assert warnings(found) == (set() if in_term else {("L41.1.b", "fund_formed_late")})


@pytest.mark.norm("L62.1")
def test_a_party_with_a_list_has_a_fund() -> None:
    has = ("L62.1", "party_has_fund")
    assert has in passed(inspect(PARTY, LAW))
    assert has not in passed(inspect(replace(PARTY, formed_on=None), LAW))
    assert has not in passed(inspect(CANDIDATE, LAW))


@pytest.mark.norm("L41.1.a", "L41.1.b")
@pytest.mark.parametrize(("account", "norm"), [(CANDIDATE, "L53.7.4"), (PARTY, "L61.7.5")])
def test_only_a_missing_fund_is_a_ground_for_refusal(account: FundAccount, norm: str) -> None:
    missing = replace(account, formed_on=None, opened_on=None)
    found = inspect(missing, LAW)
    assert found.value.refusal_ground
    assert errors(found) == {(norm, "fund_not_formed")}
    waiting = inspect(replace(missing, documents_on=None), LAW)
    assert (waiting.value, waiting.findings) == (Forming(None, None, refusal_ground=False), ())
    assert {code for _norm, code in passed(waiting)} == {"fund_due"}


@pytest.mark.norm("L41.1.e")
def test_a_candidate_on_a_list_may_have_no_fund() -> None:
    found = inspect(replace(PARTY, holder=Holder.LIST_CANDIDATE), LAW)
    assert errors(found) == {("L41.1.e", "list_candidate_may_have_no_fund")}


@pytest.mark.parametrize(("account", "holder"), [(CANDIDATE, Holder.PARTY), (PARTY, Holder.CANDIDATE)])
def test_a_party_has_no_fund_at_an_election_of_the_president(account: FundAccount, holder: Holder) -> None:
    with pytest.raises(ValueError, match="a candidate for President has a fund at elections of the President"):
        replace(account, holder=holder)


@pytest.mark.norm("L41.5.b")
@pytest.mark.parametrize(
    ("permission", "permitted", "code"),
    [
        ("41", date(2017, 6, 22), None),
        ("41", date(2017, 6, 23), "account_opened_before_permission"),
        (None, date(2017, 6, 22), "account_without_permission"),
        ("41", None, "account_without_permission"),
    ],
)
def test_an_account_is_opened_with_a_permission_that_was_there_before(
    permission: str | None, permitted: date | None, code: str | None
) -> None:
    found = inspect(replace(CANDIDATE, permission=permission, permitted_on=permitted), LAW)
    assert errors(found) == (set() if code is None else {("L41.5.b", code)})


@pytest.mark.norm("L41.6.a")
@pytest.mark.parametrize(("listed", "code"), [(True, None), (False, "bank_not_listed"), (None, "bank_listing_unknown")])
def test_the_bank_stands_on_the_commissions_list(listed: bool | None, code: str | None) -> None:
    found = inspect(replace(CANDIDATE, bank_listed=listed), LAW)
    assert breaches(found) == (set() if code is None else {("L41.6.a", code)})


@pytest.mark.norm("L41.5.d")
@pytest.mark.parametrize("interest", ["0", "0.01"])
def test_no_interest_is_credited(interest: str) -> None:
    found = inspect(replace(CANDIDATE, interest=Decimal(interest)), LAW)
    assert errors(found) == ({("L41.5.d", "account_bears_interest")} if Decimal(interest) else set())
    unknown = inspect(replace(CANDIDATE, interest=None), LAW)
    assert warnings(unknown) == {("L41.5.d", "account_interest_unknown")}
    assert inspect(replace(CANDIDATE, interest=None, opened_on=None), LAW).findings == ()


@pytest.mark.norm("L41.1.d")
@pytest.mark.parametrize(
    ("accounts", "code"),
    [(1, None), (0, "not_one_open_account"), (2, "not_one_open_account"), (None, "open_accounts_unknown")],
)
def test_a_registered_contender_keeps_just_one_account(accounts: int | None, code: str | None) -> None:
    found = inspect(replace(CANDIDATE, registered_on=date(2017, 8, 1), open_accounts=accounts), LAW)
    assert breaches(found) == (set() if code is None else {("L41.1.d", code)})
    assert breaches(inspect(replace(CANDIDATE, open_accounts=accounts), LAW)) == set()
