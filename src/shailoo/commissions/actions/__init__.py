"""Every legal act of and on commissions."""

from shailoo.commissions.actions.establishing import CEC, Established, establish_cec, establish_pecs, establish_tecs
from shailoo.commissions.actions.offices import appoint

__all__ = ["CEC", "Established", "appoint", "establish_cec", "establish_pecs", "establish_tecs"]
