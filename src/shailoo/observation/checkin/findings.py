"""Findings as a passage keeps them: plain JSON from which the same finding comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from shailoo.law.outcome import Fact, Finding, Severity

DAY, MOMENT = "day", "moment"


def written(found: Finding) -> dict[str, object]:
    """The finding as JSON; a day and an instant say what they are."""
    facts = {name: _plain(value) for name, value in found.facts.items()}
    return {"norm": found.norm, "code": found.code, "severity": found.severity.value, "facts": facts}


def read(kept: Mapping[str, object]) -> Finding:
    """The finding again. Raises KeyError, ValueError for what `written` did not write."""
    told = kept["facts"]
    facts = {str(name): _fact(value) for name, value in told.items()} if isinstance(told, Mapping) else {}
    return Finding(str(kept["norm"]), str(kept["code"]), Severity(str(kept["severity"])), facts)


def _plain(value: Fact) -> object:
    if isinstance(value, datetime):
        return {MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    return value if isinstance(value, int | str) else str(value)


def _fact(value: object) -> Fact:
    if isinstance(value, Mapping):
        return datetime.fromisoformat(value[MOMENT]) if MOMENT in value else date.fromisoformat(value[DAY])
    return value if isinstance(value, int | str) else str(value)
