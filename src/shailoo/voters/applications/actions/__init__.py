"""Every act on voters' applications and on the register of mobile voting."""

from shailoo.voters.applications.actions.answering import Answer, answer
from shailoo.voters.applications.actions.filing import Copy, Filing, Received, receive_at_desk, receive_online
from shailoo.voters.applications.actions.mobile import MobileFiling, Registered, post_register, register_mobile
from shailoo.voters.applications.actions.moving import Ground, Papers, complete, forward, pass_on, send_back
from shailoo.voters.applications.actions.telling import tell, tell_by_page

__all__ = [
    "Answer",
    "Copy",
    "Filing",
    "Ground",
    "MobileFiling",
    "Papers",
    "Received",
    "Registered",
    "answer",
    "complete",
    "forward",
    "pass_on",
    "post_register",
    "receive_at_desk",
    "receive_online",
    "register_mobile",
    "send_back",
    "tell",
    "tell_by_page",
]
