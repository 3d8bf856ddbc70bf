"""One outcome out of several: the parts of a rule answer each for itself, in the order of the law."""

from __future__ import annotations

from typing import Any, TypeVar

from shailoo.law.outcome import Outcome

T = TypeVar("T")


def joined(value: T, *parts: Outcome[Any]) -> Outcome[T]:  # Any: each part has a value of its own
    """`value` with the steps and findings of all parts in their order, and the first question left open."""
    steps = tuple(step for part in parts for step in part.steps)
    findings = tuple(found for part in parts for found in part.findings)
    open_questions = (part.unsettled for part in parts if part.unsettled is not None)
    return Outcome(value, steps, findings, next(open_questions, None))
