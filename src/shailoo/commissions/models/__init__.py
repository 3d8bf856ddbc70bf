"""Commissions: what they are, how they are composed, how they sit, vote and decide, and what they write down of it."""

from shailoo.commissions.models.commission import Commission
from shailoo.commissions.models.composition import Contact, Division, WorkingGroup, WorkingGroupMember
from shailoo.commissions.models.decisions import Decision, DecisionPublication, Dissent
from shailoo.commissions.models.minutes import Minutes, MinutesPublication, MinutesSignature
from shailoo.commissions.models.motions import Conclusion, Matter, Motion, Vote
from shailoo.commissions.models.sittings import AgendaItem, Attendance, Sitting

__all__ = [
    "AgendaItem",
    "Attendance",
    "Commission",
    "Conclusion",
    "Contact",
    "Decision",
    "DecisionPublication",
    "Dissent",
    "Division",
    "Matter",
    "Minutes",
    "MinutesPublication",
    "MinutesSignature",
    "Motion",
    "Sitting",
    "Vote",
    "WorkingGroup",
    "WorkingGroupMember",
]
