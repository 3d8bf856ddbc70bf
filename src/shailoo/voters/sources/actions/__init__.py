"""Every act on the sources of the register, one function per act."""

from shailoo.voters.sources.actions.addresses import approval, approve_addresses, return_addresses, submit_addresses
from shailoo.voters.sources.actions.institutions import Institution, confirm_institution, report_institution, verdict
from shailoo.voters.sources.actions.missions import (
    pass_on_mission_data,
    receive_mission_data,
    return_mission_data,
    send_mission_data,
)
from shailoo.voters.sources.actions.placing import place_addresses

__all__ = [
    "Institution",
    "approval",
    "approve_addresses",
    "confirm_institution",
    "pass_on_mission_data",
    "place_addresses",
    "receive_mission_data",
    "report_institution",
    "return_addresses",
    "return_mission_data",
    "send_mission_data",
    "submit_addresses",
    "verdict",
]
