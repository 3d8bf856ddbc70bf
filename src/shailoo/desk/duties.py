"""What is due for an office, gathered from the departments; the desk itself knows no rule and no table."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of the desk: a task by its code, how many records wait for it, where to do it, and its norm."""

    code: str
    waiting: int | None
    address: str
    norm: str


_PLACES = (
    ("counting.enter", "counting:queue", "L36.1.a1"),
    ("counting.settle", "counting:queue", "L36.2.b1"),
    ("results.sign_tec_protocol", "results:tec_protocol", "L36.2.b3"),
    ("results.determine", "results:determination", "L37.1.a"),
    ("results.publish", "results:publications", "L39.3"),
)


def duties(office: Office) -> list[Duty]:
    """The places where this office has something to do."""
    role = Role(office.role)
    return [Duty(act, None, reverse(place), norm) for act, place, norm in _PLACES if role in MAY[act]]
