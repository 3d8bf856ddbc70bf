"""Every act of international cooperation: the register, invitations, correspondence, delegations, files."""

from shailoo.cooperation.actions.delegations import (
    Passport,
    Person,
    delegate_leaves,
    enter_delegate,
    erase_passports,
    passport_of,
)
from shailoo.cooperation.actions.filing import Paper, file_agreement, file_report
from shailoo.cooperation.actions.inviting import (
    Inviting,
    Proposed,
    decline_proposal,
    invite,
    receive_proposal,
    record_answer,
    record_delivery,
    withdraw_invitation,
)
from shailoo.cooperation.actions.letters import Written, close_letter, register_letter
from shailoo.cooperation.actions.records import change, enter, open_register, publish, strike_out, withhold

__all__ = [
    "Inviting",
    "Paper",
    "Passport",
    "Person",
    "Proposed",
    "Written",
    "change",
    "close_letter",
    "decline_proposal",
    "delegate_leaves",
    "enter",
    "enter_delegate",
    "erase_passports",
    "file_agreement",
    "file_report",
    "invite",
    "open_register",
    "passport_of",
    "publish",
    "receive_proposal",
    "record_answer",
    "record_delivery",
    "register_letter",
    "strike_out",
    "withdraw_invitation",
    "withhold",
]
