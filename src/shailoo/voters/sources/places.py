"""Where the desk leads in this room."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.voters.sources import words

ADDRESSES = ("voters.addresses.submit", "voters.addresses.approve", "voters.place", "voters.sources.read")
MISSIONS = ("voters.sources.send", "voters.sources.pass_on", "voters.sources.receive", "voters.sources.read")
INSTITUTIONS = ("voters.institutions.report", "voters.institutions.confirm")
ACTS = tuple(dict.fromkeys((*ADDRESSES, *MISSIONS, *INSTITUTIONS)))


def open_to(office: Office) -> Sequence[tuple[str, Promise]]:
    """The places that an office finds on its desk."""
    return [("voter_sources:index", words.AT_THE_DESK)] if may(office, *ACTS) else []


def may(office: Office, *acts: str) -> bool:
    """Whether the office's role may do any of these acts somewhere."""
    return any(Role(office.role) in MAY[act] for act in acts)
