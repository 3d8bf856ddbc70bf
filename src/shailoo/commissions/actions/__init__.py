"""Every legal act of and on commissions."""

from shailoo.commissions.actions.bodies import BodyNames, establish_body
from shailoo.commissions.actions.establishing import CEC, Established, establish_cec, establish_pecs, establish_tecs
from shailoo.commissions.actions.offices import appoint, end_office

__all__ = [
    "CEC",
    "BodyNames",
    "Established",
    "appoint",
    "end_office",
    "establish_body",
    "establish_cec",
    "establish_pecs",
    "establish_tecs",
]
