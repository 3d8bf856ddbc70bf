"""The rules whose facts are documents with a contract of their own: seats, president, protocol (docs/contracts.md).

All other rules take a dataclass that `law.facts` reads. A form says how its document is read, what its JSON schema is
and what follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from shailoo.law import contracts, protocol
from shailoo.law.editions import Edition, ThresholdBase
from shailoo.law.facts import Json
from shailoo.law.json_reader import Faulty, Problem
from shailoo.law.mandates import Allocation, allocate
from shailoo.law.outcome import Outcome, Step
from shailoo.law.presidential import Decision, decide

_COUNT: dict[str, Json] = {"type": "integer", "minimum": 0}
_POSITIVE: dict[str, Json] = {"type": "integer", "minimum": 1}
_SHARE: dict[str, Json] = {
    "anyOf": [{"type": "integer", "enum": [0, 1]}, {"type": "string", "pattern": "^[0-9]+([./][0-9]+)?$"}]
}
_ID: dict[str, Json] = {"type": "string", "minLength": 1}


@dataclass(frozen=True, slots=True)
class Form:
    """A document's way into a rule: `decide` answers for its text, or names every fault of it."""

    summary: str
    schema: Callable[[], dict[str, Json]]
    ask: Callable[[str, Edition], Outcome[Any] | Faulty]  # Any: each rule has a value of its own
    decided_by: str  # dotted name of the function that carries the norms


@dataclass(frozen=True, slots=True)
class Checked:
    """What the control correlations say of a protocol: how many hold, are broken, warn, or could not be made."""

    passed: int
    errors: int
    warnings: int
    not_made: int


def _object(properties: dict[str, Json], *required: str) -> dict[str, Json]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _entries(**more: dict[str, Json]) -> dict[str, Json]:
    return {"type": "array", "minItems": 1, "items": _object({"id": _ID, "votes": _COUNT, **more}, "id", "votes")}


def _seats_schema() -> dict[str, Json]:
    votes: dict[str, Json] = {"type": "object", "additionalProperties": _COUNT}
    region = _object({"votes": votes, "participated": _COUNT, "against_all": _COUNT}, "votes")
    return _object(
        {
            "seats": _POSITIVE,
            "threshold": _SHARE,
            "regional_threshold": _SHARE,
            "cap": _POSITIVE,
            "base": {"type": "string", "enum": [each.value for each in ThresholdBase]},
            "participated": _COUNT,
            "against_all": _COUNT,
            "invalid": _COUNT,
            "lists": _entries(registered=_COUNT),
            "regions": {"type": "object", "additionalProperties": region},
        },
        "lists",
    )


def _president_schema() -> dict[str, Json]:
    return _object(
        {
            "participated": _COUNT,
            "against_all": _COUNT,
            "invalid": _COUNT,
            "round": {"type": "integer", "enum": [1, 2]},
            "candidates": _entries(),
            "invalidated_participants": _COUNT,
        },
        "candidates",
    )


def _protocol_schema() -> dict[str, Json]:
    """Lines by id: whole numbers for counts, texts for times, days and names, objects and arrays for structures."""
    known: dict[str, Json] = {each.id: _line(each) for each in protocol.lines()}
    others: dict[str, Json] = {each.id: {} for each in protocol.facts()}
    return {"type": "object", "properties": {**known, **others}, "additionalProperties": False}


def _line(line: protocol.Line) -> Json:
    if line.structure is not None:
        return {"type": ["object", "array", "null"]}
    return {"type": ["integer", "null"]} if line.type is protocol.LineType.INTEGER else {}


def _seats(text: str, edition: Edition) -> Outcome[Allocation] | Faulty:
    request = contracts.read_seats(text, edition)
    return request if isinstance(request, Faulty) else allocate(request.count, request.rules)


def _president(text: str, edition: Edition) -> Outcome[Decision] | Faulty:
    request = contracts.read_president(text, edition)
    return request if isinstance(request, Faulty) else decide(request.count, request.rules)


def _protocol(text: str, edition: Edition) -> Outcome[Checked] | Faulty:
    given = protocol.read(text)
    if given.faults:
        return Faulty(tuple(Problem("$", fault) for fault in given.faults))
    found = protocol.check(given.lines, edition)
    passed = [each for each in found.results if each.verdict is protocol.Verdict.PASSED]
    steps = tuple(Step(each.norm, each.code, {"verdict": each.verdict.value}) for each in passed)
    value = Checked(len(passed), len(found.errors), len(found.warnings), len(found.not_made))
    return Outcome(value, steps, tuple(each.finding() for each in found.failures))


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "protocol": Form(
            "Hold a precinct's protocol against the control correlations (L35.15, L36.2).",
            _protocol_schema,
            _protocol,
            "shailoo.law.protocol.checking.check",
        ),
        "president": Form(
            "Decide a presidential first round or repeat voting (Art. 37.3, 37.6, 55 to 57).",
            _president_schema,
            _president,
            "shailoo.law.presidential.decide",
        ),
        "seats": Form(
            "Distribute the mandates of the Jogorku Kenesh (Art. 37.3 and 64).",
            _seats_schema,
            _seats,
            "shailoo.law.mandates.allocate",
        ),
    }
)
