"""Findings at people as they are kept with a draft: codes, fields and plain facts, never a name or a number of a paper.

`Of` says where a finding came from, so that each kind of look replaces its own findings alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeAlias

from shailoo.law.outcome import Fact, Finding, Severity
from shailoo.observation.models import Applicant

Kept: TypeAlias = dict[str, Any]  # a row of the JSON column


class Of(StrEnum):
    """What found it."""

    READING = "reading"  # what was typed could not be read: the person cannot be handed in so
    PHOTO = "photo"  # a photograph was sent and could not be used
    PAPER = "paper"  # a copy of a document was sent and could not be used
    LAW = "law"  # what the rules say of the person as entered


def kept(findings: Iterable[Finding], of: Of) -> list[Kept]:
    """The findings as they are kept; the name of a person is left out."""
    return [
        {
            "of": of.value,
            "norm": each.norm,
            "code": each.code,
            "severity": each.severity.value,
            "fields": list(each.fields),
            "facts": {name: plain(value) for name, value in each.facts.items() if name != "person"},
        }
        for each in findings
    ]


def read(held: Sequence[Mapping[str, Any]], *wanted: Of) -> list[Finding]:
    """The findings that were kept, all or those of certain looks."""
    return [
        Finding(
            each["norm"],
            each["code"],
            Severity(each["severity"]),
            {name: fact(value) for name, value in each["facts"].items()},
            tuple(each["fields"]),
        )
        for each in held
        if not wanted or each["of"] in wanted
    ]


def of_person(applicant: Applicant) -> list[Finding]:
    """The findings at a person with the name put in, errors first."""
    found = read(applicant.faults)
    told = [
        Finding(each.norm, each.code, each.severity, {**each.facts, "person": applicant.name}, each.fields)
        for each in found
    ]
    return sorted(told, key=lambda each: each.severity is not Severity.ERROR)


def instead(held: Sequence[Kept], findings: Iterable[Finding], of: Of) -> list[Kept]:
    """What was kept with the findings of one look exchanged for new ones."""
    return [each for each in held if each["of"] != of] + kept(findings, of)


def stops(held: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a person cannot be handed in as entered: something could not be read, or is missing."""
    return any(each["of"] == Of.READING for each in held)


def plain(value: Fact) -> Any:
    """A fact as JSON keeps it."""
    if isinstance(value, datetime):
        return {"instant": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, int) else str(value)


def fact(value: Any) -> Fact:
    """A fact that JSON kept."""
    if isinstance(value, dict):
        return datetime.fromisoformat(value["instant"]) if "instant" in value else date.fromisoformat(value["day"])
    return value if isinstance(value, int) else str(value)
