"""Every legal act of and on commissions."""

from shailoo.commissions.actions.agenda import Question, decline_item, demand_vote, include_item, propose_item
from shailoo.commissions.actions.attending import Visitor, admission, attend, attend_as_member, leave
from shailoo.commissions.actions.bodies import BodyNames, establish_body
from shailoo.commissions.actions.composing import (
    Group,
    GroupMember,
    change_working_group,
    end_working_group,
    form_working_group,
    set_seats,
)
from shailoo.commissions.actions.deciding import dissent, publish_decision
from shailoo.commissions.actions.establishing import CEC, Established, establish_cec, establish_pecs, establish_tecs
from shailoo.commissions.actions.minutes import MinutesText, draft_minutes, publish_minutes, sign_minutes
from shailoo.commissions.actions.offices import appoint, end_office
from shailoo.commissions.actions.register import Place, Unit, change_division, end_division, form_division, set_contact
from shailoo.commissions.actions.sittings import Plan, call_sitting, cancel_sitting, close_sitting, open_sitting
from shailoo.commissions.actions.voting import (
    Concluded,
    Rejected,
    Text,
    cast_vote,
    conclude_motion,
    put_motion,
    put_to_agenda_vote,
    record_votes,
)

__all__ = [
    "CEC",
    "BodyNames",
    "Concluded",
    "Established",
    "Group",
    "GroupMember",
    "MinutesText",
    "Place",
    "Plan",
    "Question",
    "Rejected",
    "Text",
    "Unit",
    "Visitor",
    "admission",
    "appoint",
    "attend",
    "attend_as_member",
    "call_sitting",
    "cancel_sitting",
    "cast_vote",
    "change_division",
    "change_working_group",
    "close_sitting",
    "conclude_motion",
    "decline_item",
    "demand_vote",
    "dissent",
    "draft_minutes",
    "end_division",
    "end_office",
    "end_working_group",
    "establish_body",
    "establish_cec",
    "establish_pecs",
    "establish_tecs",
    "form_division",
    "form_working_group",
    "include_item",
    "leave",
    "open_sitting",
    "propose_item",
    "publish_decision",
    "publish_minutes",
    "put_motion",
    "put_to_agenda_vote",
    "record_votes",
    "set_contact",
    "set_seats",
    "sign_minutes",
]
