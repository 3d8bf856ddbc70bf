"""The register of international cooperation of a commission."""

from shailoo.cooperation.models.about import ContactPerson, Instrument, PublishedGroup
from shailoo.cooperation.models.agreements import Agreement, AgreementFile
from shailoo.cooperation.models.events import FIGURES, Event, Participation
from shailoo.cooperation.models.invitations import Invitation, Proposal
from shailoo.cooperation.models.letters import Letter, LetterClosing
from shailoo.cooperation.models.memberships import Membership, OrganMembership
from shailoo.cooperation.models.missions import Delegate, Mission, MissionReport, Relation, Visit
from shailoo.cooperation.models.organizations import Organization
from shailoo.cooperation.models.records import Record

__all__ = [
    "FIGURES",
    "Agreement",
    "AgreementFile",
    "ContactPerson",
    "Delegate",
    "Event",
    "Instrument",
    "Invitation",
    "Letter",
    "LetterClosing",
    "Membership",
    "Mission",
    "MissionReport",
    "OrganMembership",
    "Organization",
    "Participation",
    "Proposal",
    "PublishedGroup",
    "Record",
    "Relation",
    "Visit",
]
