"""A protocol's figures held against the control correlations of the election's edition, and what follows from it.

What the system knows of the precinct and the scanner reports on file are put beside the figures; who entered and when
never are. A figure that was not sent makes its correlations "not made".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from shailoo.counting.comparison import Lines
from shailoo.counting.states import State
from shailoo.law.editions import Edition, edition
from shailoo.law.outcome import Severity
from shailoo.law.protocol import Check, Nature, Result, check, required_lines

if TYPE_CHECKING:  # the checks themselves need no database: an import runs them in processes of their own
    from shailoo.counting.models import ScannerReport
    from shailoo.elections.models import Voting
    from shailoo.elections.queries import Ballot

EVERY_LINE_FILLED = "CR39"  # the one correlation that looks at what is missing


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a voting before any paper comes: the law, the day, the ballot."""

    edition_id: str
    readings: tuple[tuple[str, str], ...]  # taken by decision for this election
    kind: str
    round: str
    day: date
    codes: tuple[str, ...]
    withdrawn: tuple[str, ...]

    @classmethod
    def of(cls, voting: Voting, ballot: Ballot) -> Setting:
        election = voting.election
        withdrawn = tuple(choice.code for choice in ballot.choices if choice.withdrawn)
        readings = tuple(sorted(election.readings.items()))
        return cls(election.edition_id, readings, election.kind, voting.kind, voting.day, ballot.codes, withdrawn)

    @property
    def edition(self) -> Edition:
        """The law of the election."""
        return _edition(self.edition_id, self.readings)


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of the precinct whose paper it is."""

    number: str
    tec: str
    kind: str


@dataclass(frozen=True, slots=True)
class Breach:
    """A correlation that the figures do not hold, ready to be kept."""

    code: str
    severity: Severity
    nature: Nature
    formula: str  # with the numbers put in
    fields: tuple[str, ...]
    norms: tuple[str, ...]

    @classmethod
    def of(cls, result: Result) -> Breach:
        formula = result.with_numbers
        return cls(result.code, result.severity, result.nature, formula, result.fields, result.norms)


def held_against(lines: Lines, setting: Setting, place: Place, scanners: Sequence[Mapping[str, object]]) -> Check:
    """Every correlation of the precinct, held against its lines. Without a report those on scanners are not made."""
    scope: dict[str, object] = {
        "election_type": setting.kind,
        "voting_round": setting.round,
        "election_day": setting.day,
        "precinct_no": place.number,
        "tec_id": place.tec,
        "precinct_kind": place.kind,
        "ballot_options": list(setting.codes),
        "withdrawn_options": list(setting.withdrawn),
    }
    if scanners:
        scope["scanners"] = list(scanners)
    return check(lines, setting.edition, scope=scope)


@lru_cache(maxsize=8)
def _edition(edition_id: str, readings: tuple[tuple[str, str], ...]) -> Edition:
    return edition(edition_id).with_readings(**dict(readings))


def breaches(made: Check, unknown: Collection[str] = ()) -> tuple[Breach, ...]:
    """What the check found. `unknown` are lines that the source does not have at all: that is no blank on the paper."""
    found: list[Breach] = []
    for result in made.failures:
        if result.code == EVERY_LINE_FILLED and unknown and not set(result.fields) - set(unknown):
            continue
        found.append(Breach.of(result))
    return tuple(found)


def state_after(found: Iterable[Breach]) -> State:
    """Where a protocol stands after its check: an error parks it, a warning is to be explained (L35.15)."""
    severities = {breach.severity for breach in found}
    if Severity.ERROR in severities:
        return State.PARKED
    return State.TO_EXPLAIN if severities else State.ACCEPTED


def only_accounting(natures_of_errors: Iterable[str]) -> bool:
    """Whether a true count may stand with an act: every error is one of accounting (L36.7, "paper leads")."""
    return all(nature == Nature.ACCOUNTING for nature in natures_of_errors)


def required() -> tuple[str, ...]:
    """The ids of the lines without which a protocol is not complete (L34.3)."""
    return tuple(line.id for line in required_lines())


def as_line(report: ScannerReport, codes: Sequence[str]) -> dict[str, object]:
    """A scanner report as the record that the correlations read."""
    return {
        "device_no": report.device_no,
        "role": report.role,
        "initial_total": report.initial_total,
        "total": report.total,
        "votes": dict(zip(codes, report.votes, strict=False)),
        "against_all": report.against_all,
        "invalid": report.invalid,
        "report_at": report.report_at,
        "decision_at": report.decision_at,
        "failed_at": report.failed_at,
        "last_ballot_at": report.last_ballot_at,
    }
