"""Who may do what: every act asks here first, and fails closed."""

from __future__ import annotations

from datetime import datetime

from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import MAY, Reach, Role
from shailoo.law.outcome import Refused

EVERY_ELECTION = ""
"""What an act concerns that changes something on which all elections rest, such as the territory."""


def refusal(
    by: Office, *, may: str, at: datetime, of: Body | None = None, election: str | None = None
) -> Refused | None:
    """None where the office may do the act to the body `of` in an election at the instant `at`, else the refusal.

    `election` is the slug of the election that the act concerns, EVERY_ELECTION where it concerns all of them, None
    where it concerns none. An office that is for one election does nothing in another, and nothing that concerns all.
    An unknown act raises KeyError: that is a bug, not a refusal.
    """
    reach = MAY[may].get(Role(by.role))
    if reach is None:
        return Refused.because("L12.1", "office_may_not", act=may, role=by.role)
    if not by.holds_at(at) or not by.person.is_active:
        return Refused.because("L12.1", "office_not_held", role=by.role)
    if election is not None and not by.serves(election):
        return Refused.because("L12.1", "other_election", role=by.role, election=election)
    if reach is Reach.HERE and of is not None and of.pk != by.body_id:
        return Refused.because("L12.1", "other_territory", role=by.role, body=of.code)
    if reach is Reach.OWN and of is not None and not _within(by.body_id, of):
        return Refused.because("L12.1", "other_territory", role=by.role, body=of.code)
    return None


def _within(body_id: int, of: Body) -> bool:
    """Whether `of` is the body itself or stands below it."""
    node: Body | None = of
    while node is not None:
        if node.pk == body_id or node.superior_id == body_id:
            return True
        node = node.superior
    return False
