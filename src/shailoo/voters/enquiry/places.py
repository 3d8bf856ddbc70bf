"""Where the desk's home page leads in this room."""

from __future__ import annotations

from django.utils.functional import Promise

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.voters.enquiry import words


def open_to(office: Office) -> tuple[tuple[str, Promise], ...]:
    """(Name of the address, what it is called), for what the office's role may open."""
    places = (
        ("voter_enquiry:numbers", words.TITLES["numbers"], "voters.count"),
        ("voter_enquiry:stations", words.TITLES["stations"], "voters.tell_access"),
    )
    return tuple((address, named) for address, named, act in places if Role(office.role) in MAY[act])
