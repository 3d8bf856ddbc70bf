"""How much each source may give to a fund and how much a fund may spend (L41.4, L54.2, L54.3, L62.2).

Every limit is a multiple of the calculated index of the day of calling. Whether the limit of individuals and of legal
entities is each donor's own or that of all together is the reading `donation_cap_scope`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.finance import DonationCapScope
from shailoo.law.finance.called import Called, RepeatVoting
from shailoo.law.outcome import NormId, applies


class FundSource(StrEnum):
    """Where money of a fund comes from; the law knows the first four (L41.2, L54.2, L62.2)."""

    OWN = "own"  # of the candidate, or of a candidate on the list
    PARTY = "party"
    INDIVIDUAL = "individual"
    LEGAL_ENTITY = "legal_entity"
    OTHER = "other"


DONATIONS = frozenset({FundSource.INDIVIDUAL, FundSource.LEGAL_ENTITY})

PRESIDENT: Mapping[FundSource, str] = MappingProxyType(
    {  # the value of the edition that limits each source of a candidate for President
        FundSource.OWN: "own_cap_index_president",
        FundSource.PARTY: "party_cap_index_president",
        FundSource.INDIVIDUAL: "individual_cap_index_president",
        FundSource.LEGAL_ENTITY: "legal_entity_cap_index_president",
    }
)
JOGORKU_KENESH: Mapping[FundSource, str] = MappingProxyType(
    {  # the same of a party with a list
        FundSource.OWN: "candidate_cap_index_jogorku_kenesh",
        FundSource.PARTY: "party_cap_index_jogorku_kenesh",
        FundSource.INDIVIDUAL: "individual_cap_index_jogorku_kenesh",
        FundSource.LEGAL_ENTITY: "legal_entity_cap_index_jogorku_kenesh",
    }
)


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that one giver, or all givers of a source together, may give: `som`, by `norm`."""

    norm: NormId
    som: Decimal


@applies("L54.2.1", "L54.2.2", "L54.2.3", "L54.2.4", "L62.2.1", "L62.2.2", "L62.2.3", "L62.2.4")
def cap(source: FundSource, called: Called, edition: Edition) -> Cap:
    """The limit of a source. Raises KeyError for a source that the law does not know."""
    name = (PRESIDENT if called.presidential else JOGORKU_KENESH)[source]
    multiple: int = getattr(edition, name)
    return Cap(edition.norm_of(name), multiple * called.index)


def counted_together(source: FundSource, giver: str, called: Called, edition: Edition) -> tuple[FundSource, str]:
    """Whose receipts count against one limit: the giver's own, or those of the whole source.

    There is one candidate for President and one party behind a fund; a list has many candidates.
    """
    if source in DONATIONS:
        return source, giver if edition.donation_cap_scope is DonationCapScope.PER_DONOR else ""
    of_one = source is FundSource.PARTY or called.presidential
    return source, "" if of_one else giver


@applies("L62.2.b", "L54.3", "L41.4.d")
def spending_limit(
    called: Called, set_maximum: Decimal | None, repeat_voting: RepeatVoting | None, edition: Edition
) -> Decimal | None:
    """The most that may be spent from the fund, in som; None where no law sets a maximum, as for the President.

    `set_maximum` is a maximum of a candidate for President, should a law set one again: the text of L54.3 is repealed.
    A candidate who takes part in a repeat voting may spend one half more.
    """
    if not called.presidential:
        return edition.spending_limit_index_jogorku_kenesh * called.index
    if set_maximum is None or repeat_voting is None or not repeat_voting.takes_part:
        return set_maximum
    factor = edition.repeat_voting_spending_factor
    return set_maximum * factor.numerator / factor.denominator
