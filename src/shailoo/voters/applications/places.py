"""Where the desk leads in this room."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.voters.applications import words
from shailoo.voters.applications.states import ANSWER, PASS_ON, RECEIVE

PLACES: Sequence[tuple[tuple[str, ...], str, Promise]] = (
    ((RECEIVE, PASS_ON, ANSWER), "voter_applications:index", words.AT_THE_DESK),
    (("voters.mobile.register",), "voter_applications:mobile", words.MOBILE),
    (("voters.applications.read",), "voter_applications:overview", words.OVERVIEW),
)
"""The acts that open a place, the name of its address, what it is called."""


def open_to(office: Office) -> list[tuple[str, Promise]]:
    """The places that an office finds on its desk."""
    return [(place, named) for acts, place, named in PLACES if any(Role(office.role) in MAY[act] for act in acts)]
