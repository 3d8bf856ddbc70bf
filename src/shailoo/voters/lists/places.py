"""Where the desk leads in this room."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.voters.lists import words

ACTS = ("voters.lists.read", "voters.lists.oversee")


def open_to(office: Office) -> Sequence[tuple[str, Promise]]:
    """The places that an office finds on its desk."""
    if any(Role(office.role) in MAY[act] for act in ACTS):
        return [("voter_lists:index", words.AT_THE_DESK)]
    return []
