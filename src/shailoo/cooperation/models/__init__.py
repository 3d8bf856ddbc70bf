"""The register of international cooperation of a commission."""

from shailoo.cooperation.models.invitations import Invitation, Proposal
from shailoo.cooperation.models.organizations import Organization

__all__ = ["Invitation", "Organization", "Proposal"]
