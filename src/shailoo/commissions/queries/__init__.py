"""Every read of commissions: which there are, who sits in them, their sittings, votes and minutes."""

from shailoo.commissions.queries.bodies import by_code, cec, offices_at, pecs_of, superior, tecs
from shailoo.commissions.queries.members import (
    contact_of,
    final_sittings,
    is_member,
    members_of,
    members_who_came,
    present_at,
    present_members,
    seats_of,
)
from shailoo.commissions.queries.sittings import (
    agenda,
    current_motion,
    last_minutes,
    quorum_now,
    votes_by_member,
    why_concluded,
)

__all__ = [
    "agenda",
    "by_code",
    "cec",
    "contact_of",
    "current_motion",
    "final_sittings",
    "is_member",
    "last_minutes",
    "members_of",
    "members_who_came",
    "offices_at",
    "pecs_of",
    "present_at",
    "present_members",
    "quorum_now",
    "seats_of",
    "superior",
    "tecs",
    "votes_by_member",
    "why_concluded",
]
