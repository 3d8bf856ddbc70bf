"""Every act on the sources of the register, one function per act."""

from shailoo.voters.sources.actions.addresses import approve_addresses, return_addresses, submit_addresses
from shailoo.voters.sources.actions.placing import place_addresses

__all__ = ["approve_addresses", "place_addresses", "return_addresses", "submit_addresses"]
