"""The forming of a campaign fund and its special account: who, when, with whose permission (L41.1, L41.5, L54.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shailoo.law.calendar import Kind, Occasion, when
from shailoo.law.editions import Edition
from shailoo.law.finance.called import PRESIDENTIAL, require_election
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies


class Holder(StrEnum):
    """For whom an account is opened."""

    CANDIDATE = "candidate"  # for President
    PARTY = "party"  # that nominated a list
    LIST_CANDIDATE = "list_candidate"


@dataclass(frozen=True, slots=True)
class FundAccount:
    """A campaign fund and its special account, local days. None stands for what has not happened or is not known.

    `formed_on` is the day on which the fund was formed, `documents_on` that of the registration documents,
    `representative_on` that on which the party's financial representative was registered. `permission` is the number
    of the CEC's permission of `permitted_on`; `bank_listed` says whether the bank stood on the CEC's list on the day of
    opening. `interest` is what the bank credited on the account, som; `open_accounts` how many the contender has.
    """

    kind: Kind
    election_day: date
    holder: Holder
    nominated_on: date | None = None
    representative_on: date | None = None
    documents_on: date | None = None
    registered_on: date | None = None
    formed_on: date | None = None
    permission: str | None = None
    permitted_on: date | None = None
    opened_on: date | None = None
    bank_listed: bool | None = None
    interest: Decimal | None = None
    open_accounts: int | None = None

    def __post_init__(self) -> None:
        require_election(self.kind)
        if (self.holder is Holder.CANDIDATE) is not (self.kind in PRESIDENTIAL):
            raise ValueError(
                "a candidate for President has a fund at elections of the President, a party at those of lists"
            )


@dataclass(frozen=True, slots=True)
class Forming:
    """Whether the fund was formed in each of its terms; None where that cannot be told yet."""

    in_term: bool | None
    before_documents: bool | None
    refusal_ground: bool


def inspect(account: FundAccount, edition: Edition) -> Outcome[Forming]:
    """Whether a campaign fund was formed in time and its special account opened and kept as the law asks."""
    if account.holder is Holder.LIST_CANDIDATE:
        return _own_fund_of_list_candidate()
    steps = [*_party_has_fund(account)]
    findings: list[Finding] = []
    in_term = _in_term(account, edition, steps, findings)
    before = _before_documents(account, findings)
    ground = account.formed_on is None and account.documents_on is not None
    if ground:
        norm = "L53.7.4" if account.holder is Holder.CANDIDATE else "L61.7.5"
        findings.append(Finding(norm, "fund_not_formed", Severity.ERROR, {}, ("formed_on",)))
    findings += [*_account(account), *_kept(account, edition)]
    return Outcome(Forming(in_term, before, ground), tuple(steps), tuple(findings))


@applies("L41.1.e")
def _own_fund_of_list_candidate() -> Outcome[Forming]:
    """Own money of a candidate on a list may enter the party's fund (L62.2.1), but no fund of his own."""
    found = Finding("L41.1.e", "list_candidate_may_have_no_fund", Severity.ERROR, {}, ("holder",))
    return Outcome(Forming(in_term=None, before_documents=None, refusal_ground=False), findings=(found,))


@applies("L62.1")
def _party_has_fund(account: FundAccount) -> Iterator[Step]:
    """A party that nominated a list has a fund; that it has none is a ground for refusal once the documents are in."""
    if account.holder is Holder.PARTY and account.formed_on is not None:
        yield Step("L62.1", "party_has_fund", {"formed_on": account.formed_on})


@applies("L54.1", "L41.1.b")
def _in_term(account: FundAccount, edition: Edition, steps: list[Step], findings: list[Finding]) -> bool | None:
    """The days after nomination, or after the registration of the party's financial representative."""
    candidate = account.holder is Holder.CANDIDATE
    start = account.nominated_on if candidate else account.representative_on
    if start is None:
        return None
    anchor = "nomination" if candidate else "registration_of_financial_representative"
    name = "fund_formed_presidential" if candidate else "fund_formed_party"
    occasion = Occasion(account.kind, account.election_day).knowing(**{anchor: start})
    last = when(name, occasion, edition).last
    if last is None:
        raise ValueError(f"{name} has no last day")  # its anchor is known, so it has one
    norm = "L54.1" if candidate else "L41.1.b"
    if account.formed_on is None:
        steps.append(Step(norm, "fund_due", {"last": last}))
        return None
    facts: dict[str, Fact] = {"formed_on": account.formed_on, "last": last}
    if account.formed_on <= last:
        steps.append(Step(norm, "fund_formed_in_term", facts))
        return True
    findings.append(Finding(norm, "fund_formed_late", Severity.WARNING, facts, ("formed_on",)))
    return False


@applies("L41.1.a")
def _before_documents(account: FundAccount, findings: list[Finding]) -> bool | None:
    """A candidate's fund is formed between nomination and the documents; a breach alone is no refusal ground."""
    if account.holder is not Holder.CANDIDATE or account.formed_on is None:
        return None
    if account.nominated_on is not None and account.formed_on < account.nominated_on:
        facts: dict[str, Fact] = {"formed_on": account.formed_on, "nominated_on": account.nominated_on}
        findings.append(Finding("L41.1.a", "fund_formed_before_nomination", Severity.WARNING, facts, ("formed_on",)))
        return False
    if account.documents_on is None:
        return None
    if account.formed_on > account.documents_on:
        facts = {"formed_on": account.formed_on, "documents_on": account.documents_on}
        findings.append(Finding("L41.1.a", "fund_formed_after_documents", Severity.WARNING, facts, ("formed_on",)))
    return account.formed_on <= account.documents_on


@applies("L41.5.b", "L41.6.a")
def _account(account: FundAccount) -> Iterator[Finding]:
    """Opened with a permission of the CEC that was there before, at a bank of its list."""
    if account.opened_on is None:
        return
    if account.permission is None or account.permitted_on is None:
        yield Finding("L41.5.b", "account_without_permission", Severity.ERROR, {}, ("permission", "permitted_on"))
    elif account.permitted_on > account.opened_on:
        facts: dict[str, Fact] = {"opened_on": account.opened_on, "permitted_on": account.permitted_on}
        yield Finding("L41.5.b", "account_opened_before_permission", Severity.ERROR, facts, ("opened_on",))
    if account.bank_listed is None:
        yield Finding("L41.6.a", "bank_listing_unknown", Severity.WARNING, {}, ("bank_listed",))
    elif not account.bank_listed:
        yield Finding("L41.6.a", "bank_not_listed", Severity.ERROR, {}, ("bank_listed",))


@applies("L41.1.d", "L41.5.d")
def _kept(account: FundAccount, edition: Edition) -> Iterator[Finding]:
    """A registered contender keeps the one account; it bears no interest."""
    if account.opened_on is not None and account.interest is None:
        yield Finding("L41.5.d", "account_interest_unknown", Severity.WARNING, {}, ("interest",))
    elif account.interest:
        yield Finding(
            "L41.5.d", "account_bears_interest", Severity.ERROR, {"interest": account.interest}, ("interest",)
        )
    if account.registered_on is None:
        return
    if account.open_accounts is None:
        yield Finding("L41.1.d", "open_accounts_unknown", Severity.WARNING, {}, ("open_accounts",))
    elif account.open_accounts != edition.fund_accounts:
        facts: dict[str, Fact] = {"open_accounts": account.open_accounts}
        yield Finding("L41.1.d", "not_one_open_account", Severity.ERROR, facts, ("open_accounts",))
