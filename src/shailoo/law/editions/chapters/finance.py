"""The law's numbers and open questions on campaign funds, audit, deposits (Art. 41, 42, 53.4, 54, 61.2, 62)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class DonationCapScope(StrEnum):
    """Whose donations the limit of individuals and of legal entities is (L54.2, L62.2)."""

    PER_DONOR = "per_donor"
    TOTAL = "total"


class StateShareBar(StrEnum):
    """When a state share and preferences bar a legal entity from giving (L41.3)."""

    BOTH = "both"
    EITHER = "either"


class DepositAsSpending(StrEnum):
    """Whether the deposit, which is paid from the fund, counts towards the limit of spending (L62.2)."""

    COUNTED = "counted"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True, kw_only=True)
class Finance:
    """What an edition says on campaign funds, audit, deposits. `*_index` are multiples of the calculated index."""

    own_cap_index_president: int
    party_cap_index_president: int
    individual_cap_index_president: int
    legal_entity_cap_index_president: int
    candidate_cap_index_jogorku_kenesh: int
    party_cap_index_jogorku_kenesh: int
    individual_cap_index_jogorku_kenesh: int
    legal_entity_cap_index_jogorku_kenesh: int
    spending_limit_index_jogorku_kenesh: int
    repeat_voting_spending_factor: Fraction
    outside_money_share: Fraction
    overspending_share: Fraction
    fund_accounts: int
    audit_group_members: int
    audit_heads: int
    audit_request_at_once_days: int

    donation_cap_scope: DonationCapScope
    state_share_bar: StateShareBar
    deposit_as_spending: DepositAsSpending
