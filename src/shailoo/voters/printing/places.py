"""Where the desk's home page leads in this room, and what the pages are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role


def open_to(office: Office) -> tuple[tuple[str, Promise], ...]:
    """(Name of the address, what it is called), for what the office's role may open."""
    places = (
        ("voter_printing:index", _("Voter lists on paper"), "voters.read_printing"),
        ("voter_printing:received", _("Voter lists received on paper"), "voters.receive_lists"),
    )
    return tuple((address, named) for address, named, act in places if Role(office.role) in MAY[act])
