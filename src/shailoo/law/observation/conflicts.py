"""Which mandates of one person exclude each other: one table for Art. 9, 10, 10-1, 17, 19 and 20.

Each line says which mandate a norm denies to whoever holds another one, so that the one to refuse or to end is known
whichever came first. Where the law names a pair nowhere, the pair is free; two pairs are only warned of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from shailoo.law.editions import Edition
from shailoo.law.observation.exclusions import barring
from shailoo.law.observation.people import Mandate, Office
from shailoo.law.outcome import Finding, NormId, Outcome, Severity, Step, applies


@dataclass(frozen=True, slots=True)
class Conflict:
    """`norm` denies the mandate `barred` to whoever holds the mandate `beside`."""

    barred: Mandate
    beside: Mandate
    norm: NormId
    severity: Severity = Severity.ERROR


CONFLICTS: tuple[Conflict, ...] = (
    Conflict(Mandate.OBSERVER, Mandate.COMMISSION_MEMBER, "L9.3.a2.5"),
    Conflict(Mandate.OBSERVER, Mandate.COMMISSION_REPRESENTATIVE, "L9.3.a2.6"),
    Conflict(Mandate.CITIZEN_OBSERVER, Mandate.COMMISSION_MEMBER, "L10-1.4.5"),
    Conflict(Mandate.CITIZEN_OBSERVER, Mandate.COMMISSION_REPRESENTATIVE, "L10-1.4.6"),
    Conflict(Mandate.CITIZEN_OBSERVER, Mandate.AUTHORIZED_REPRESENTATIVE, "L10-1.4.6"),
    Conflict(Mandate.CITIZEN_OBSERVER, Mandate.FINANCIAL_REPRESENTATIVE, "L10-1.4.6"),
    Conflict(Mandate.CITIZEN_OBSERVER, Mandate.PROXY, "L10-1.4.6", Severity.WARNING),  # the item names no proxies
    Conflict(Mandate.CITIZEN_OBSERVER, Mandate.OBSERVER, "L10-1.4.7"),
    Conflict(Mandate.COMMISSION_REPRESENTATIVE, Mandate.COMMISSION_MEMBER, "L17.4.9"),
    Conflict(Mandate.AUTHORIZED_REPRESENTATIVE, Mandate.COMMISSION_MEMBER, "L19.2", Severity.WARNING),  # not listed
    Conflict(Mandate.FINANCIAL_REPRESENTATIVE, Mandate.COMMISSION_MEMBER, "L19.2", Severity.WARNING),
    Conflict(Mandate.PROXY, Mandate.COMMISSION_MEMBER, "L20.3.8"),
    # mandates that only citizens can have, beside the one that no citizen can have
    Conflict(Mandate.INTERNATIONAL_OBSERVER, Mandate.OBSERVER, "L10.1.b"),
    Conflict(Mandate.INTERNATIONAL_OBSERVER, Mandate.COMMISSION_REPRESENTATIVE, "L10.1.b"),
    Conflict(Mandate.INTERNATIONAL_OBSERVER, Mandate.AUTHORIZED_REPRESENTATIVE, "L10.1.b"),
    Conflict(Mandate.INTERNATIONAL_OBSERVER, Mandate.FINANCIAL_REPRESENTATIVE, "L10.1.b"),
    Conflict(Mandate.INTERNATIONAL_OBSERVER, Mandate.PROXY, "L10.1.b"),
)


def between(one: Mandate, other: Mandate) -> Conflict | None:
    """The line of the table for two mandates of one person, whichever came first; None where they go together."""
    return next((each for each in CONFLICTS if {each.barred, each.beside} == {one, other} and one is not other), None)


def conflicts(mandate: Mandate, others: frozenset[Mandate]) -> list[Step | Finding]:
    """What stands between `mandate` and the other mandates of the same person."""
    lines = [found for other in sorted(others) if (found := between(mandate, other)) is not None]
    if not lines:
        return [Step(_GROUND[mandate], "mandate_without_conflict", {"mandate": mandate.value})]
    return [_finding(line, ("person.mandates",)) for line in lines]


_GROUND: dict[Mandate, NormId] = {
    Mandate.COMMISSION_REPRESENTATIVE: "L17.4.9",
    Mandate.AUTHORIZED_REPRESENTATIVE: "L19.2",
    Mandate.FINANCIAL_REPRESENTATIVE: "L19.2",
    Mandate.PROXY: "L20.3.8",
    Mandate.OBSERVER: "L9.3.a2",
    Mandate.CITIZEN_OBSERVER: "L10-1.4",
    Mandate.INTERNATIONAL_OBSERVER: "L10.1.b",
}
"""The mandates that a rule of their own decides on, each with the norm that would name a conflict."""


def _finding(line: Conflict, fields: tuple[str, ...]) -> Finding:
    facts = {"mandate": line.barred.value, "beside_mandate": line.beside.value}
    if line.severity is Severity.WARNING:
        return Finding(line.norm, "mandates_together_not_named", Severity.WARNING, facts, fields)
    return Finding(line.norm, "mandates_exclude_each_other", Severity.ERROR, facts, fields)


# ------------------------------------------------------------------------------------- one person, all mandates


@dataclass(frozen=True, slots=True)
class Held:
    """A mandate with the local days of its term, both included (None: not ended), and where it is exercised.

    `commission` names where a representative in a commission is; others may leave it out. Raises ValueError where it
    is missing, or where the term ends before it begins.
    """

    mandate: Mandate
    since: date
    until: date | None = None
    commission: str | None = None

    def __post_init__(self) -> None:
        if self.mandate is Mandate.COMMISSION_REPRESENTATIVE and self.commission is None:
            raise ValueError("a representative in a commission needs the commission")
        if self.until is not None and self.until < self.since:
            raise ValueError("a mandate ends on or after the day on which it begins")

    def overlaps(self, other: Held) -> bool:
        """Whether both are held on one day."""
        return (other.until is None or self.since <= other.until) and (self.until is None or other.since <= self.until)


@dataclass(frozen=True, slots=True)
class PersonsMandates:
    """Every mandate that one person holds or seeks at one election, and the offices held all the while."""

    mandates: tuple[Held, ...]
    offices: frozenset[Office] = frozenset()


@dataclass(frozen=True, slots=True)
class RoleConflicts:
    """The mandates that the person may not have, each once; none means that all go together."""

    barred: tuple[Mandate, ...]


@applies("L9.3.a2", "L10.1.b", "L10-1.4", "L17.4", "L17.5", "L19.2", "L20.3")
def role_conflicts(facts: PersonsMandates, edition: Edition) -> Outcome[RoleConflicts]:
    """Which mandates of one person exclude each other, or are excluded by an office, at the same election.

    Two mandates conflict where they are held on one day. A second mandate of a representative is in conflict with the
    first where it is in another commission (L17.5).
    """
    findings = [*_pairs(facts), *_offices(facts, edition)]
    barred = tuple(
        dict.fromkeys(Mandate(str(each.facts["mandate"])) for each in findings if each.severity is Severity.ERROR)
    )
    steps = (Step("L9.3.a2", "mandates_compared", {"mandates": len(facts.mandates)}),)
    return Outcome(RoleConflicts(barred), steps, tuple(findings))


def _pairs(facts: PersonsMandates) -> Iterator[Finding]:
    for one, other in combinations(facts.mandates, 2):
        if not one.overlaps(other):
            continue
        if (line := between(one.mandate, other.mandate)) is not None:
            yield _finding(line, ("mandates",))
        if _in_two_commissions(one, other):
            named = {"mandate": one.mandate.value, "commission": str(one.commission), "other": str(other.commission)}
            yield Finding("L17.5", "representative_in_two_commissions", Severity.ERROR, named, ("mandates",))


def _in_two_commissions(one: Held, other: Held) -> bool:
    both = one.mandate is other.mandate is Mandate.COMMISSION_REPRESENTATIVE
    return both and one.commission != other.commission


def _offices(facts: PersonsMandates, edition: Edition) -> Iterator[Finding]:
    for mandate in dict.fromkeys(each.mandate for each in facts.mandates):
        for office in sorted(facts.offices):
            norm = barring(mandate, office, edition)
            if norm is not None:
                named = {"mandate": mandate.value, "excluded_office": office.value}
                yield Finding(norm, "mandate_barred_by_office", Severity.ERROR, named, ("offices",))
