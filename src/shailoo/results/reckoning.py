"""From sums to what follows by law: one way for the draft, the determination, the "why?" page and the verifier.

Pure: takes plain rows and an edition, reads nothing. The law itself stands in `law.mandates` and `law.presidential`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from shailoo.law.editions import Edition, ThresholdBase
from shailoo.law.mandates import Allocation, Count, ListVotes, SeatRules, allocate
from shailoo.law.mandates import Region as SeatRegion
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, Unsettled
from shailoo.law.presidential import Ballot, Candidate, Decision, PresidentCount, PresidentRules, decide
from shailoo.results.tabulation import OptionRow, Row, Sums

Reckoned: TypeAlias = Allocation | Decision
UNITS_OF_THE_REGIONAL_TEST = ("oblast", "republican_city")  # L64.2.b: oblasts, Bishkek and Osh; nowhere abroad


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the result of a voting is reckoned from."""

    kind: str  # Election.Kind: "jogorku_kenesh" or "presidential"
    voting: str  # Voting.Kind: "general", "repeat" or "at_precincts"
    options: tuple[OptionRow, ...]
    national: Sums
    regions: tuple[Row, ...] = ()
    withdrawn: tuple[str, ...] = ()  # codes crossed out after printing (L30.10)


def reckon(facts: Facts, edition: Edition) -> Outcome[Reckoned]:
    """What follows from the sums (Art. 37, 55 to 57, 64): an allocation of seats, or a presidential decision."""
    if facts.kind == "presidential":
        return _widen(decide(president_count(facts), PresidentRules.of(edition)))
    return _widen(allocate(seat_count(facts), SeatRules.of(edition)))


def seat_count(facts: Facts) -> Count:
    """The sums as the count of Art. 64."""
    standing = _standing(facts)
    lists = tuple(ListVotes(o.code, votes, o.registered, o.registered) for o, votes in standing)
    return Count(
        participated=facts.national.participated,
        against_all=facts.national.against_all,
        invalid=facts.national.invalid,
        lists=lists,
        regions=tuple(_region(facts, row) for row in facts.regions if row.kind in UNITS_OF_THE_REGIONAL_TEST),
        invalidated_participants=facts.national.invalidated_participated or 0,
    )


def president_count(facts: Facts) -> PresidentCount:
    """The sums as the count of Art. 55 and 56."""
    return PresidentCount(
        participated=facts.national.participated,
        against_all=facts.national.against_all,
        invalid=facts.national.invalid,
        candidates=tuple(Candidate(option.code, votes) for option, votes in _standing(facts)),
        ballot=Ballot.REPEAT if facts.voting == "repeat" else Ballot.FIRST,
        crossed_out=facts.withdrawn,
        invalidated_participants=facts.national.invalidated_participated or 0,
    )


def percentage_base(national: Sums, edition: Edition) -> tuple[str, int]:
    """What published percentages are shares of, and how many that are: the reading taken, as far as it is known.

    Where voters who took part are not known, the votes for all options and against all are the base, and are named so.
    """
    if edition.threshold_base is ThresholdBase.LIST_VOTES:
        return "list_votes", sum(national.votes)
    if edition.threshold_base is ThresholdBase.PARTICIPATED and national.participated is not None:
        return "participated", national.participated
    return "valid_with_against_all", national.cast


def outcome_data(outcome: Outcome[Reckoned]) -> dict[str, object]:
    """An outcome as plain data, in the form that is published, stored with a determination, and recomputed."""
    value = outcome.value
    data: dict[str, object] = {"outcome": value.result.value, "grounds": list(outcome.grounds)}
    if isinstance(value, Allocation):
        data |= {
            "admitted": list(value.admitted),
            "excluded": {code: str(why) for code, why in value.excluded.items()},
            "quotient": _fraction(value.quotient),
            "seats": dict(value.seats),
            "open_seats": value.open_seats,
            "vacant": value.vacant,
        }
    else:
        data |= {"elected": value.elected, "candidates": list(value.candidates)}
    data["unsettled"] = _unsettled_data(outcome.unsettled)
    data["steps"] = [step_data(step) for step in outcome.steps]
    data["findings"] = [finding_data(finding) for finding in outcome.findings]
    return data


def step_data(step: Step) -> dict[str, object]:
    """A step as plain data; fractions are written "p/q"."""
    return {"norm": step.norm, "code": step.code, "facts": {name: plain(fact) for name, fact in step.facts.items()}}


def finding_data(finding: Finding) -> dict[str, object]:
    facts = {name: plain(fact) for name, fact in finding.facts.items()}
    return {
        "norm": finding.norm,
        "code": finding.code,
        "severity": finding.severity.value,
        "facts": facts,
        "fields": list(finding.fields),
    }


def step_of(data: Mapping[str, object]) -> Step:
    """A stored step as it was; the inverse of `step_data`."""
    facts = data["facts"]
    assert isinstance(facts, Mapping)  # noqa: S101  (we wrote it)
    return Step(str(data["norm"]), str(data["code"]), {name: fact_of(value) for name, value in facts.items()})


def finding_of(data: Mapping[str, object]) -> Finding:
    """A stored finding as it was; the inverse of `finding_data`."""
    facts, fields = data["facts"], data["fields"]
    assert isinstance(facts, Mapping)  # noqa: S101  (we wrote it)
    assert isinstance(fields, list)  # noqa: S101  (we wrote it)
    plain_facts = {name: fact_of(value) for name, value in facts.items()}
    return Finding(str(data["norm"]), str(data["code"]), Severity(str(data["severity"])), plain_facts, tuple(fields))


def plain(fact: Fact) -> int | str:
    """A fact as JSON keeps it."""
    if isinstance(fact, Fraction):
        return f"{fact.numerator}/{fact.denominator}"
    if isinstance(fact, Decimal):
        return str(fact)
    return fact if isinstance(fact, (int, str)) else fact.isoformat()


def fact_of(value: object) -> Fact:
    """A fact from JSON: "p/q" with whole numbers is a fraction, the rest stands as it is."""
    if isinstance(value, int):
        return value
    text = str(value)
    above, slash, below = text.partition("/")
    if slash and above.lstrip("-").isdecimal() and below.isdecimal() and int(below):
        return Fraction(int(above), int(below))
    return text


def _standing(facts: Facts) -> list[tuple[OptionRow, int]]:
    """The options that stand, in ballot order, with their votes."""
    options = [option for option in facts.options if option.kind != "against_all"]
    return [
        (option, votes)
        for option, votes in zip(options, facts.national.votes, strict=True)
        if option.code not in facts.withdrawn
    ]


def _region(facts: Facts, row: Row) -> SeatRegion:
    codes = [option.code for option in facts.options if option.kind != "against_all"]
    votes = {code: n for code, n in zip(codes, row.sums.votes, strict=True) if code not in facts.withdrawn}
    return SeatRegion(row.code, row.sums.participated, votes, row.sums.against_all)


def _widen(outcome: Outcome[Allocation] | Outcome[Decision]) -> Outcome[Reckoned]:
    return Outcome(outcome.value, outcome.steps, outcome.findings, outcome.unsettled)


def _fraction(value: Fraction | None) -> str | None:
    return None if value is None else f"{value.numerator}/{value.denominator}"


def _unsettled_data(unsettled: Unsettled | None) -> dict[str, Sequence[str] | str] | None:
    if unsettled is None:
        return None
    return {"question": unsettled.question, "norms": list(unsettled.norms), "options": list(unsettled.options)}
