"""Where the desk leads in this room: those who send people, the Ministry, the deciding commission, the door."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.observation.words import deciding, presence
from shailoo.observation.words import intake as words

PLACES: Sequence[tuple[str, str, Promise | str]] = (
    ("observation.apply", "observation_own:index", words.SELF_SERVICE),
    ("observation.review", "observation_own:ministry", words.MINISTRY),
    ("observation.admit", "observation_own:enquiries", words.ENQUIRIES),
    ("observation.read", "observation_desk:queue", deciding.AT_THE_DESK),
    ("observation.check_in", "observation_check_in:page", presence.AT_THE_DESK),
    ("observation.read", "observation_check_in:numbers", presence.AT_COMMISSIONS),
    ("observation.read", "observation_reports:told", presence.TOLD),
    ("observation.apply", "observation_reports:statements", presence.OWN_STATEMENTS),
    ("observation.note", "observation_reports:notes", presence.OWN_NOTES),
)
"""The act that opens a place, the name of its address, what it is called."""


def open_to(office: Office) -> list[tuple[str, Promise | str]]:
    """The places that an office finds on its desk: name of the address and what it is called."""
    return [(address, named) for act, address, named in PLACES if Role(office.role) in MAY[act]]
