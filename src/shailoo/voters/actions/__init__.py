"""Every change of the voters' register, one function per act."""

from shailoo.voters.actions.closing import close_lists
from shailoo.voters.actions.deciding import Accepted, accept_delivery, refuse_delivery
from shailoo.voters.actions.keys import register_key, withdraw_key
from shailoo.voters.actions.receiving import Package, receive_delivery

__all__ = [
    "Accepted",
    "Package",
    "accept_delivery",
    "close_lists",
    "receive_delivery",
    "refuse_delivery",
    "register_key",
    "withdraw_key",
]
