"""An elected President to whom the mandate is not awarded yet: what cancels the decision on the results (L46.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shailoo.law.editions import Edition
from shailoo.law.outcome import Outcome, applies
from shailoo.law.presidential import AfterImpediment, BeforeMandate, Impediment, PresidentRules, before_mandate


@dataclass(frozen=True, slots=True)
class ElectedPresident:
    """A fact about the elected person. Days are local; `awarded_on` is that of the mandate's award, None: not yet."""

    elected: str
    impediment: Impediment
    determined_on: date
    confirmed_on: date
    awarded_on: date | None = None

    def __post_init__(self) -> None:
        if self.confirmed_on < self.determined_on:
            raise ValueError("the fact was confirmed before the results were determined")


@applies("L46.4.a")
def elected_president(facts: ElectedPresident, edition: Edition) -> Outcome[AfterImpediment]:
    """Whether a fact confirmed before the award of the mandate makes the election of the President null and void."""
    fact = BeforeMandate(
        facts.elected, facts.impediment, facts.determined_on, facts.confirmed_on, awarded_at=facts.awarded_on
    )
    return before_mandate(fact, PresidentRules.of(edition))
