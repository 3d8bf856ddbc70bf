"""Words of the public pages of observers, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shailoo.cooperation import countries
from shailoo.cooperation.kinds import OrganizationKind
from shailoo.observation.guide import Part
from shailoo.observation.models import Sender
from shailoo.observation.words.presence import language
from shailoo.wording import LANGUAGES

PARTS: Mapping[Part, Promise] = {
    Part.WHO: _("Who may"),
    Part.HOW: _("How to apply"),
    Part.WHEN: _("When"),
    Part.NEXT: _("What follows"),
}
KINDS: Mapping[OrganizationKind, Promise] = {
    OrganizationKind.CENTRAL_ELECTION_BODY: _("Electoral body of a state"),
    OrganizationKind.SUBNATIONAL_ELECTION_BODY: _("Electoral body of a region"),
    OrganizationKind.ASSOCIATION: _("Association of electoral bodies"),
    OrganizationKind.INTERNATIONAL: _("International organization"),
    OrganizationKind.FIELD_MISSION: _("Field mission of an international organization"),
    OrganizationKind.INTER_PARLIAMENTARY: _("Inter-parliamentary body"),
    OrganizationKind.CONFLICT_OF_INTEREST: _("Commission on conflicts of interest"),
    OrganizationKind.DIPLOMATIC_MISSION: _("Diplomatic mission"),
    OrganizationKind.CONSULAR_POST: _("Consular post"),
    OrganizationKind.MASS_MEDIA: _("Mass medium"),
    OrganizationKind.NGO: _("Non-governmental organization"),
    OrganizationKind.STATE_BODY: _("State body"),
}
SENDERS: Mapping[str, Promise] = {
    Sender.Kind.CANDIDATE: _("Candidate"),
    Sender.Kind.PARTY: _("Political party"),
    Sender.Kind.NGO: _("Non-governmental organization"),
    Sender.Kind.FOREIGN_ORGANIZATION: _("Foreign organization"),
    Sender.Kind.INTERNATIONAL_ORGANIZATION: _("International organization"),
    Sender.Kind.MEDIA: _("Mass medium"),
}


def name(named: object) -> str:
    """The name of a record in the language of the page, else the first that it has."""
    for code in dict.fromkeys((language(), *LANGUAGES)):
        if found := getattr(named, f"name_{code}", ""):
            return str(found)
    return str(named)


def organization_kind(kind: OrganizationKind) -> str:
    """What an organization is."""
    return str(KINDS[kind])


def kind_of(sender: Sender) -> str:
    """What a sender is: as the register of cooperation calls it where it stands there."""
    if sender.organization is not None:
        return organization_kind(OrganizationKind(sender.organization.kind))
    return str(SENDERS[sender.kind])


def states(senders: Iterable[Sender]) -> list[tuple[str, str]]:
    """The states in which organizations have their seats, by name."""
    codes = {each.organization.country for each in senders if each.organization and each.organization.country}
    return sorted(((code, countries.name(code)) for code in codes), key=lambda each: each[1].casefold())
