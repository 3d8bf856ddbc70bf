"""Where the rooms of this department begin: each room enters its own pages, so that the register knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.functional import Promise

from shailoo.accounts.models import Office

Place = tuple[str, Promise]
"""The name of an address, and what it is called on a desk."""

_ENTERED: dict[str, Callable[[Office], Sequence[Place]]] = {}


def enter(room: str, open_to: Callable[[Office], Sequence[Place]]) -> None:
    """Enter a room; `open_to` gives the places that an office may open there."""
    _ENTERED[room] = open_to


def places(office: Office) -> list[Place]:
    """Every place of every room that the office may open, in the order in which the rooms are installed."""
    return [place for open_to in _ENTERED.values() for place in open_to(office)]
