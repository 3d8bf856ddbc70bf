"""The words of the register's closed sets in the language of the page; refusals have theirs in `wording`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shailoo.cooperation.countries import language
from shailoo.cooperation.dating import Dated, Precision
from shailoo.cooperation.models import Organization
from shailoo.law.outcome import Finding, Refused
from shailoo.wording import LANGUAGES, citations, sentences

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words: TypeAlias = _StrPromise

PUBLIC, AT_THE_DESK = _("International cooperation"), pgettext_lazy("navigation", "Cooperation")
"""What the menus call the pages of cooperation."""

ORGANIZATION_KINDS: Mapping[str, Words] = {
    "central_election_body": _("Central election body"),
    "subnational_election_body": _("Election body of a part of a state"),
    "association_of_election_bodies": _("Association of election bodies"),
    "international_organization": _("International organization"),
    "international_organization_field_mission": _("Field mission of an international organization"),
    "inter_parliamentary_body": _("Inter-parliamentary body"),
    "conflict_of_interest_commission": _("Commission for conflicts of interest"),
    "diplomatic_mission": _("Diplomatic mission"),
    "consular_post": _("Consular post"),
    "mass_media": _("Mass media"),
    "ngo": _("Non-governmental organization"),
    "state_body": _("State body"),
}
SPECIALIZATIONS: Mapping[str, Words] = {
    "electoral_legislation_and_elections": _("electoral legislation and elections"),
    "human_rights": _("human rights"),
    "other": pgettext_lazy("specialization", "other"),
}
INVITING_BODIES: Mapping[str, Words] = {
    "president": _("President"),
    "jogorku_kenesh": _("Jogorku Kenesh"),
    "government": _("Government"),
    "cabinet_of_ministers": _("Cabinet of Ministers"),
    "cec": _("Central Election Commission"),
}
CHANNELS: Mapping[str, Words] = {"mfa": _("through the Ministry of Foreign Affairs"), "direct": _("directly")}
PURPOSES: Mapping[str, Words] = {
    "observation": _("observation"),
    "media_coverage": _("media coverage"),
}
ANSWERS: Mapping[str, tuple[Words, str]] = {
    "none": (_("no answer yet"), "grey"),
    "accepted": (pgettext_lazy("invitation", "accepted"), "green"),
    "declined": (pgettext_lazy("invitation", "declined"), "red"),
}
SCOPES: Mapping[str, Words] = {"national": _("national"), "international": _("international")}
OUTCOMES: Mapping[str, tuple[Words, str]] = {
    "open": (_("not decided yet"), "yellow"),
    "invited": (pgettext_lazy("proposal", "invited"), "green"),
    "not_invited": (pgettext_lazy("proposal", "not invited"), "red"),
}
ORGAN_ROLES: Mapping[str, Words] = {
    "member": pgettext_lazy("organ", "member"),
    "chair": pgettext_lazy("organ", "chair"),
}
AGREEMENT_KINDS: Mapping[str, Words] = {
    "memorandum_of_cooperation": _("Memorandum of cooperation"),
    "memorandum_of_understanding": _("Memorandum of understanding"),
    "protocol": _("Protocol of cooperation"),
}
STATUSES: Mapping[str, tuple[Words, str]] = {
    "in_force": (_("in force"), "green"),
    "expired": (_("term over"), "grey"),
    "terminated": (pgettext_lazy("agreement", "terminated"), "red"),
}
EVENT_KINDS: Mapping[str, Words] = {
    "conference": _("Conference"),
    "founding_assembly": _("Founding assembly"),
    "seminar": _("Seminar"),
}
EVENT_ROLES: Mapping[str, Words] = {
    "host": pgettext_lazy("event", "host"),
    "chair": pgettext_lazy("event", "chair"),
    "participant": pgettext_lazy("event", "participant"),
    "co_founder": pgettext_lazy("event", "co-founder"),
    "speaker": pgettext_lazy("event", "speaker"),
}
MISSION_DIRECTIONS: Mapping[str, Words] = {
    "outgoing": pgettext_lazy("mission", "sent"),
    "incoming": pgettext_lazy("mission", "received"),
}
VISIT_DIRECTIONS: Mapping[str, Words] = {
    "outgoing": pgettext_lazy("visit", "our people abroad"),
    "incoming": pgettext_lazy("visit", "guests received"),
}
LETTER_DIRECTIONS: Mapping[str, Words] = {
    "incoming": pgettext_lazy("letter", "incoming"),
    "outgoing": pgettext_lazy("letter", "outgoing"),
}
OBSERVED: Mapping[str, Words] = {
    "presidential": _("presidential election"),
    "parliamentary": _("parliamentary election"),
    "referendum": _("referendum"),
    "local": _("local elections"),
}
DELEGATE_ROLES: Mapping[str, Words] = {
    "head": pgettext_lazy("delegation", "head"),
    "member": pgettext_lazy("delegation", "member"),
    "interpreter": pgettext_lazy("delegation", "interpreter"),
}
INSTRUMENT_KINDS: Mapping[str, Words] = {
    "constitutional_law": _("Constitutional law"),
    "law": pgettext_lazy("instrument", "Law"),
    "cec_regulation": _("Regulation of the Commission"),
    "convention": _("Convention"),
    "agreement": pgettext_lazy("instrument", "Agreement"),
}
CLOSINGS: Mapping[str, Words] = {
    "needs_no_answer": _("needs no answer"),
    "by_mistake": _("registered by mistake"),
}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # Kyrgyz and Russian write digits


def day(on: date) -> str:
    """A day as lists write it: 15.09.2012, in English 15 September 2012."""
    if language() == "en":
        return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"
    return f"{on:%d.%m.%Y}"


def when(value: Dated) -> str:
    """A date as it is known: a day, a year, or that it is not known."""
    if value.on is None:
        return str(_("date unknown"))
    return str(value.on.year) if value.precision is Precision.YEAR else day(value.on)


def period(first: Dated, last: Dated) -> str:
    """From when to when; one date where both are the same or the end is not known."""
    if last.on is None or last == first:
        return when(first)
    return f"{when(first)} – {when(last)}"


def name(organization: Organization) -> str:
    """The organization in the language of the page, else as its source writes it."""
    return str(getattr(organization, f"name_{language()}")) or organization.name


def tongue(organization: Organization) -> str:
    """The language in which `name` answers, for the `lang` of the element; the sources of the register are English."""
    if getattr(organization, f"name_{language()}"):
        return language()
    for code in LANGUAGES:
        if getattr(organization, f"name_{code}") == organization.name:
            return code
    return "en" if organization.name.isascii() else language()


def finding(found: Finding) -> str:
    """A refusal as a sentence with its norm."""
    return f"{sentences.finding(found, language())} ({citations.cite(found.norm, language())})"


def refusal(refused: Refused) -> Iterable[str]:
    """Every ground of a refusal."""
    return [finding(each) for each in refused.findings]
