"""What a percentage on a page is a percentage of: never a number without its base (L64.2, reading `threshold_base`)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shailoo.law.editions import Edition, ThresholdBase
from shailoo.results.reckoning import percentage_base
from shailoo.results.tabulation import Sums

OF: dict[ThresholdBase, Promise] = {
    ThresholdBase.PARTICIPATED: _("of voters who took part"),
    ThresholdBase.VALID_WITH_AGAINST_ALL: _("of valid votes, with “against all”"),
    ThresholdBase.LIST_VOTES: _("of votes for the lists"),
}


@dataclass(frozen=True, slots=True)
class ShareBase:
    """The base in voters or votes, which one it is, and the one that the reading asks for."""

    number: int
    kind: ThresholdBase
    asked: ThresholdBase

    @property
    def words(self) -> str:
        """ "of voters who took part", in the language of the page."""
        return str(OF[self.kind])

    @property
    def stands_in(self) -> bool:
        """Whether the base asked for is not known and another one is shown in its place."""
        return self.kind is not self.asked

    def share(self, votes: int) -> Fraction | None:
        """The exact share; None of nothing."""
        return Fraction(votes, self.number) if self.number else None


def base_of(sums: Sums, edition: Edition) -> ShareBase:
    """The base of the percentages of these sums; valid votes where participants are asked for and not known."""
    kind, number = percentage_base(sums, edition)
    return ShareBase(number, ThresholdBase(kind), edition.threshold_base)
