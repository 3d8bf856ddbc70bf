"""The demo acts as people do; an act that is refused means that the demo itself is wrong."""

from __future__ import annotations

from typing import TypeVar

from shailoo.law.outcome import Refused

T = TypeVar("T")


class DemoRefusedError(RuntimeError):
    """An act of the demo was refused; the text names the grounds."""


def done(answer: T | Refused) -> T:
    """What the act gave. Raises DemoRefusedError where it was refused."""
    if isinstance(answer, Refused):
        grounds = "; ".join(f"{found.norm} {found.code} {dict(found.facts)}" for found in answer.findings[:5])
        raise DemoRefusedError(f"an act of the demo was refused: {grounds}")
    return answer
