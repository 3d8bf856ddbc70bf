"""The elected President's entry into office: registration, oath, certificate and symbols (L58.1, L58.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shailoo.law.calendar import start_of
from shailoo.law.complaints.election import Election
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the certificate, the badge and the flag bear: the full name and the local days of the term of office.

    `patronymic` is None for somebody who has none.
    """

    surname: str
    first_name: str
    term_starts: date
    term_ends: date
    patronymic: str | None = None

    def __post_init__(self) -> None:
        if self.term_ends <= self.term_starts:
            raise ValueError("a term of office ends after it starts")


@dataclass(frozen=True, slots=True)
class Inauguration:
    """What happened until the local day `as_of`; None: not yet. `badge` and `flag`: received with the certificate."""

    election: Election
    determined_on: date
    as_of: date
    registered_on: date | None = None
    oath_on: date | None = None
    before_deputies: bool | None = None
    certificate: Certificate | None = None
    badge: bool = False
    flag: bool = False

    def __post_init__(self) -> None:
        if not self.election.presidential:
            raise ValueError("only a President takes office in this way")
        if max(self.determined_on, self.registered_on or self.determined_on, self.oath_on or self.as_of) > self.as_of:
            raise ValueError("nothing can have happened after the day that is asked about")


@applies("L58.1", "L58.3.a", "L58.3.b")
def enter_office(facts: Inauguration, edition: Edition) -> Outcome[date]:
    """By which day the elected President takes the oath, and whether registration and certificate were in order."""
    term = facts.election.term("oath", edition, determination_of_results=facts.determined_on)
    last = facts.election.last_day("oath", edition, determination_of_results=facts.determined_on)
    said: dict[str, Fact] = {"determined": facts.determined_on, "last": last}
    steps = [Step("L58.1", "oath_term", said)]
    findings = []
    if not term.in_time(start_of(facts.oath_on or facts.as_of)):
        code = "oath_late" if facts.oath_on else "oath_overdue"
        findings.append(Finding("L58.1", code, Severity.WARNING, said, ("oath_on",)))
    if facts.oath_on is not None:
        findings += _at_the_oath(facts)
        steps.append(Step("L58.1", "oath_taken", {"day": facts.oath_on}))
    return Outcome(last, tuple(steps), tuple(findings))


def _at_the_oath(facts: Inauguration) -> list[Finding]:
    """Registered before, deputies present, certificate and symbols received."""
    findings = []
    if facts.registered_on is None or (facts.oath_on and facts.registered_on > facts.oath_on):
        findings.append(Finding("L58.3.a", "president_not_registered", Severity.ERROR, {}, ("registered_on",)))
    if not facts.before_deputies:
        findings.append(Finding("L58.1", "oath_without_deputies", Severity.WARNING, {}, ("before_deputies",)))
    received = {"certificate": facts.certificate is not None, "badge": facts.badge, "flag": facts.flag}
    findings += [
        Finding("L58.3.b", "president_symbol_missing", Severity.ERROR, {"president_symbol": name}, (name,))
        for name, there in received.items()
        if not there
    ]
    return findings
