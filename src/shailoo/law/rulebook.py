"""The rules that can be asked by name: what facts each takes, which norms it carries out, and its answer as JSON.

`rule("fund")` loads only the module of that rule. A rule is a pure function `decide(facts, edition) -> Outcome`; its
first parameter's class is the form of its facts (`law.facts`). The names are a contract (docs/contracts.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from inspect import getdoc
from types import MappingProxyType
from typing import Any, get_type_hints

from shailoo.law import facts
from shailoo.law.editions import Edition
from shailoo.law.facts import Json
from shailoo.law.json_reader import Faulty
from shailoo.law.outcome import RULES, Finding, NormId, Outcome, Step

WHERE: Mapping[str, str] = MappingProxyType(
    {
        # name -> module:function, in the order of the law
    }
)


@dataclass(frozen=True, slots=True)
class NamedRule:
    """A rule by its name: the function, the class of its facts, a sentence on what it decides."""

    name: str
    decide: Callable[[Any, Edition], Outcome[Any]]  # Any: each rule has facts and a value of its own
    facts: type
    summary: str

    @property
    def norms(self) -> tuple[NormId, ...]:
        """The norms that the rule itself carries out; its parts may carry out more."""
        place = f"{self.decide.__module__}.{self.decide.__qualname__}"
        return tuple(norm for norm, places in RULES.items() if place in places)

    def schema(self) -> dict[str, Json]:
        return facts.schema(self.facts)

    def ask(self, text: str, edition: Edition) -> Outcome[Any] | Faulty:
        """The outcome for the facts of a JSON document, or every fault of the document."""
        given = facts.read(self.facts, text)
        return given if isinstance(given, Faulty) else self.decide(given, edition)


def rules() -> tuple[NamedRule, ...]:
    """Every rule of the book, in the order of the law."""
    return tuple(rule(name) for name in WHERE)


def rule(name: str) -> NamedRule:
    """The rule of that name. Raises KeyError naming the known ones."""
    if name not in WHERE:
        raise KeyError(f"there is no rule {name!r}; the rules are {', '.join(WHERE)}")
    place, _colon, function = WHERE[name].partition(":")
    decide = getattr(import_module(place), function)
    hints = [hint for key, hint in get_type_hints(decide).items() if key != "return"]
    return NamedRule(name, decide, hints[0], (getdoc(decide) or "").partition("\n")[0])


def printed(found: Outcome[Any], edition: Edition) -> dict[str, Json]:
    """An outcome as JSON; codes as they are, the words belong to the faces."""
    unsettled = found.unsettled
    return {
        "edition": edition.id,
        "value": facts.as_json(found.value),
        "findings": [_finding(each) for each in found.findings],
        "grounds": list(found.grounds),
        "steps": [_step(each) for each in found.steps],
        "unsettled": None
        if unsettled is None
        else {
            "question": unsettled.question,
            "norms": list(unsettled.norms),
            "options": list(unsettled.options),
        },
    }


def _finding(each: Finding) -> dict[str, Json]:
    return {
        "norm": each.norm,
        "code": each.code,
        "severity": str(each.severity),
        "facts": facts.as_json(each.facts),
        "fields": list(each.fields),
    }


def _step(each: Step) -> dict[str, Json]:
    return {"norm": each.norm, "code": each.code, "facts": facts.as_json(each.facts)}
