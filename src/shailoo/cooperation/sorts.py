"""The sorts of records of the register: their fields, how they are ordered, searched and shown. One table for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import F, OrderBy, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shailoo.cooperation import words
from shailoo.cooperation.dating import latest_first
from shailoo.cooperation.fields import As, Field
from shailoo.cooperation.models import (
    Agreement,
    ContactPerson,
    Event,
    Instrument,
    Membership,
    Mission,
    Organization,
    OrganMembership,
    Participation,
    PublishedGroup,
    Record,
    Relation,
    Visit,
)

if TYPE_CHECKING:
    from shailoo.cooperation.words import Words


Rows: TypeAlias = "QuerySet[Any]"  # Any: of one of the models below, known when it is asked
"""Rows of a sort."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of record. `plural` is its name in addresses and files, `prefix` begins its codes.

    `date` is the field by which it is ordered and laid on the timeline, "" where it has none. `text` are the look-ups
    that a search goes through, `at` those that name a country, `near` what a list reads along.
    """

    name: str
    plural: str
    prefix: str
    model: type[Record] | type[Organization]
    title: Words
    one: Words
    add: Words
    fields: tuple[Field, ...]
    date: str = ""
    order: Sequence[OrderBy] = ()
    text: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    kind: str = ""  # the field that a list is filtered by
    head: tuple[str, ...] = ()  # the fields that make a record's title; the others are columns

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)

    @property
    def listed(self) -> tuple[Field, ...]:
        """The columns of a list beside the title."""
        return tuple(each for each in self.fields if each.listed and each.name not in self.head)

    @property
    def of_commission(self) -> bool:
        """Whether the record stands in the register of one commission."""
        return issubclass(self.model, Record)

    def rows(self) -> Rows:
        """Every record with what a list shows of it, in its order."""
        near = (*(("commission",) if self.of_commission else ()), *self.near)
        found: Rows = self.model._default_manager.order_by(*self.order)
        return found.select_related(*near) if near else found


_PRINTED = Field("countries_as_printed", _("Countries as printed, one a line"), As.LINES)

ORGANIZATION = Sort(
    "organization",
    "organizations",
    "ORG",
    Organization,
    _("Organizations"),
    _("Organization"),
    _("Add an organization"),
    (
        Field("name", _("Name as it is written"), required=True, listed=True),
        Field("kind", _("Kind"), As.CHOICE, required=True, listed=True, words=words.ORGANIZATION_KINDS),
        Field("name_ky", _("Name in Kyrgyz")),
        Field("name_ru", _("Name in Russian")),
        Field("name_en", _("Name in English")),
        Field("abbreviation", _("Abbreviation"), longest=60),
        Field("expansion", _("Full name that the source does not print")),
        Field("aliases", _("Other names, one a line"), As.LINES),
        Field("country", _("Country"), As.COUNTRY, listed=True),
        Field("is_group", _("Several organizations that are not named one by one"), As.TICK, "group", unless=False),
        Field("website", _("Website"), As.WEBSITE, listed=True),
        Field("website_as_printed", _("Website as printed")),
        Field("email", _("E-mail"), As.EMAIL),
        Field("phone", _("Telephone"), longest=80),
        Field("address", _("Address")),
        Field("legal_form", _("Legal form"), longest=120),
        Field("specialization", _("Specialized in"), As.CHOICE, words=words.SPECIALIZATIONS),
        Field("legal_capacity_confirmed", _("Legal capacity confirmed"), As.MAYBE),
        Field(
            "independent",
            _("Independent of parties and governments"),
            As.MAYBE,
            "independent_of_parties_and_governments",
        ),
        Field("activities", _("What it does, one a line"), As.LINES),
        Field("member_count", _("Number of members"), As.COUNT),
        Field("region", _("Region"), longest=120),
        Field("founded", _("Founded"), As.DATED, "founded_on"),
        Field("description", _("Description"), As.PROSE),
        Field("same_as", _("Probably the same as"), As.ORGANIZATION, "probable_same_as"),
    ),
    order=(Lower("name").asc(), F("pk").asc()),
    text=("name", "name_ky", "name_ru", "name_en", "abbreviation", "expansion"),
    at=("country",),
    kind="kind",
    head=("name",),
)
MEMBERSHIP = Sort(
    "membership",
    "memberships",
    "MEM",
    Membership,
    _("Memberships"),
    _("Membership"),
    _("Add a membership"),
    (
        Field("association", _("Association"), As.ORGANIZATION, required=True, listed=True),
        Field("since", _("Member since"), As.DATED, listed=True),
        Field("until", _("Member until"), As.DATED),
        Field("acquired_at", _("Acquired at"), As.RECORD, "acquired_at_event", listed=True, to="event"),
        Field("is_stated", _("The source says so in words"), As.TICK, "stated", unless=True),
    ),
    date="since",
    order=latest_first("since"),
    text=("association__name", "association__name_ky", "association__name_ru", "association__abbreviation"),
    at=("association__country",),
    near=("association", "acquired_at"),
    head=("association",),
)
ROLE = Sort(
    "role",
    "membership_roles",
    "ROLE",
    OrganMembership,
    _("Roles in organs of associations"),
    _("Role in an organ"),
    _("Add a role in an organ"),
    (
        Field("membership", _("Membership"), As.RECORD, required=True, listed=True, to="membership"),
        Field("organ", _("Organ"), key="body", required=True, listed=True, longest=200),
        Field("organ_size", _("Members of the organ"), As.COUNT, "body_size"),
        Field("role", _("Role"), As.CHOICE, required=True, listed=True, words=words.ORGAN_ROLES),
        Field("since", _("Since"), As.DATED, "from", listed=True),
        Field("until", _("Until"), As.DATED),
        Field("is_since_stated", _("The source states the date"), As.TICK, "from_stated", unless=True),
    ),
    date="since",
    order=latest_first("since"),
    text=("organ", "membership__association__name", "membership__association__abbreviation"),
    at=("membership__association__country",),
    near=("membership__association",),
    kind="role",
    head=("organ",),
)
AGREEMENT = Sort(
    "agreement",
    "agreements",
    "AGR",
    Agreement,
    _("Agreements"),
    _("Agreement"),
    _("Add an agreement"),
    (
        Field("counterpart", _("Counterpart"), As.ORGANIZATION, required=True, listed=True),
        Field("kind", _("Kind"), As.CHOICE, "type", required=True, listed=True, words=words.AGREEMENT_KINDS),
        Field("signed_on", _("Signed"), As.DAY, required=True, listed=True),
        Field("until", _("Last day of its term"), As.DAY, hint=_("Empty where it has no term.")),
        Field("remind_on", _("Think of renewal from"), As.DAY),
        Field("terminated_on", _("Ended before its term on"), As.DAY),
        Field("renewed_by", _("Renewed by"), As.RECORD, to="agreement"),
        Field("ordinal", _("Number in the printed list"), As.COUNT, "no_on_page"),
        Field("website", _("Website of the counterpart"), As.WEBSITE, listed=True),
        Field("website_as_printed", _("Website as printed")),
        Field("subject", _("Subject"), As.PROSE),
        Field("remarks", _("How cooperation goes beyond it"), As.PROSE),
    ),
    date="signed_on",
    order=(F("signed_on").desc(), F("pk").desc()),
    text=("counterpart__name", "counterpart__name_ky", "counterpart__name_ru", "counterpart__abbreviation", "subject"),
    at=("counterpart__country",),
    near=("counterpart", "renewed_by"),
    kind="kind",
    head=("counterpart",),
)
EVENT = Sort(
    "event",
    "events",
    "EVT",
    Event,
    _("Conferences, assemblies, seminars"),
    _("Event"),
    _("Add an event"),
    (
        Field("series", pgettext_lazy("event", "Series"), listed=True),
        Field("ordinal", _("Number in the series"), As.COUNT),
        Field("kind", _("Kind"), As.CHOICE, "event_type", required=True, listed=True, words=words.EVENT_KINDS),
        Field("title", _("Title"), listed=True, longest=400),
        Field("starts", _("First day"), As.DATED, "starts_on", listed=True),
        Field("ends", _("Last day"), As.DATED, "ends_on"),
        Field("city", _("City"), listed=True, longest=120),
        Field("country", _("Country"), As.COUNTRY, listed=True),
        Field("host", _("Host"), As.ORGANIZATION),
        Field("framework", _("Held within"), As.RECORD, "framework_event", to="event"),
        Field("persons", _("Persons who attended"), As.COUNT),
        Field("countries", _("Countries represented"), As.COUNT),
        Field("election_bodies", _("Election bodies"), As.COUNT),
        Field("election_bodies_countries", _("Countries of the election bodies"), As.COUNT),
        Field("international_organizations", _("International organizations"), As.COUNT),
        Field("ngos", _("Non-governmental organizations"), As.COUNT),
    ),
    date="starts",
    order=latest_first("starts"),
    text=("series", "title", "city", "host__name", "host__abbreviation"),
    at=("country",),
    near=("host", "framework"),
    kind="kind",
    head=("series", "title"),
)
PARTICIPATION = Sort(
    "participation",
    "event_participations",
    "PART",
    Participation,
    _("What the commission was at events"),
    _("Participation"),
    _("Add a participation"),
    (
        Field("event", _("Event"), As.RECORD, listed=True, hint=_("Empty where the source names none."), to="event"),
        Field("roles", _("As"), As.CHOICES, required=True, listed=True, words=words.EVENT_ROLES),
    ),
    order=(F("event__starts_on").desc(nulls_last=True), F("pk").desc()),
    text=("event__title", "event__series", "note"),
    at=("event__country",),
    near=("event",),
    head=("event",),
)
MISSION = Sort(
    "mission",
    "observations",
    "OBS",
    Mission,
    _("Observation missions"),
    _("Mission"),
    _("Add a mission"),
    (
        Field(
            "direction", _("Sent or received"), As.CHOICE, required=True, listed=True, words=words.MISSION_DIRECTIONS
        ),
        Field("partner", _("Partner"), As.ORGANIZATION, listed=True),
        Field("countries", _("Countries"), As.COUNTRIES, listed=True),
        _PRINTED,
        Field("event_types", _("What was observed"), As.CHOICES, listed=True, words=words.OBSERVED),
        Field(
            "election", _("Election here"), As.LINE, hint=_("Its address in this system, such as jk-2020."), longest=60
        ),
        Field("observed", _("Date"), As.DATED, "date", listed=True),
        Field("ends_on", _("Home again on"), As.DAY),
    ),
    date="observed",
    order=latest_first("observed"),
    text=("partner__name", "partner__name_ky", "partner__name_ru", "partner__abbreviation", "note"),
    at=("countries__contains", "partner__country"),
    near=("partner",),
    kind="direction",
    head=("direction", "partner"),
)
VISIT = Sort(
    "visit",
    "study_visits",
    "VIS",
    Visit,
    _("Study visits"),
    _("Visit"),
    _("Add a visit"),
    (
        Field("direction", _("Who visited whom"), As.CHOICE, required=True, listed=True, words=words.VISIT_DIRECTIONS),
        Field("partner", _("Partner"), As.ORGANIZATION, listed=True),
        Field("countries", _("Countries"), As.COUNTRIES, "visiting_countries", listed=True),
        _PRINTED,
        Field("topic", _("Topic"), As.PROSE, listed=True),
        Field("visited", _("Date"), As.DATED, "date", listed=True),
    ),
    date="visited",
    order=latest_first("visited"),
    text=("topic", "partner__name", "partner__abbreviation"),
    at=("countries__contains", "partner__country"),
    near=("partner",),
    kind="direction",
    head=("topic",),
)
RELATION = Sort(
    "relation",
    "relations",
    "REL",
    Relation,
    _("Standing relations without a treaty"),
    _("Relation"),
    _("Add a relation"),
    (
        Field("partner", _("Partner"), As.ORGANIZATION, listed=True),
        Field("partner_described", _("Partners described"), listed=True, hint=_("Where it is not one organization.")),
        Field("nature", _("Nature"), As.PROSE, listed=True),
        Field("forms", _("Forms of cooperation, one a line"), As.LINES, listed=True),
    ),
    order=(F("pk").asc(),),
    text=("partner__name", "partner__abbreviation", "partner_described", "nature"),
    at=("partner__country",),
    near=("partner",),
    head=("partner", "partner_described"),
)
INSTRUMENT = Sort(
    "instrument",
    "legal_instruments",
    "LAW",
    Instrument,
    _("Laws and conventions"),
    _("Law or convention"),
    _("Add a law or convention"),
    (
        Field("title", _("Title"), required=True, listed=True, longest=400),
        Field("kind", _("Kind"), As.CHOICE, required=True, listed=True, words=words.INSTRUMENT_KINDS),
        Field("adopted", _("Adopted"), As.DATED, "adopted_on", listed=True),
        Field("number", _("Number"), listed=True, longest=40),
        Field("amendments", _("Amendments: day and number, one a line"), As.NUMBERED),
    ),
    date="adopted",
    order=latest_first("adopted"),
    text=("title", "number"),
    kind="kind",
    head=("title",),
)
CONTACT = Sort(
    "contact",
    "contacts",
    "CON",
    ContactPerson,
    _("Contact persons"),
    _("Contact person"),
    _("Add a contact person"),
    (
        Field("name", _("Name"), required=True, listed=True, longest=200),
        Field("title", pgettext_lazy("of a person", "Form of address"), longest=20),
        Field("position", _("Position"), required=True, listed=True, longest=200),
        Field("unit", _("Department"), listed=True, longest=200),
        Field("room", _("Room"), listed=True, longest=20),
        Field("phone", _("Telephone"), key="phone_as_printed", listed=True, longest=80),
        Field("emails", _("E-mail, one a line"), As.EMAILS, listed=True),
    ),
    order=(F("pk").asc(),),
    text=("name", "position", "unit"),
    head=("name",),
)
GROUP = Sort(
    "group",
    "working_groups",
    "WG",
    PublishedGroup,
    _("Working groups"),
    _("Working group"),
    _("Add a working group"),
    (
        Field("number", _("Number"), As.COUNT, required=True, listed=True),
        Field("about", _("Subject"), key="subject", required=True, listed=True, longest=400),
        Field("head_name", _("Head"), required=True, listed=True, longest=200),
        Field("head_office", _("Office of the head"), required=True, longest=200),
        Field("secretary_name", _("Secretary"), required=True, listed=True, longest=200),
        Field("secretary_office", _("Office of the secretary"), required=True, longest=200),
        Field("phones", _("Telephones as printed, one block a line"), As.BLOCKS, "phones_as_printed"),
    ),
    order=(F("number").asc(), F("pk").asc()),
    text=("about", "head_name", "secretary_name"),
    head=("number", "about"),
)

ALL: tuple[Sort, ...] = (
    ORGANIZATION,
    MEMBERSHIP,
    ROLE,
    AGREEMENT,
    EVENT,
    PARTICIPATION,
    MISSION,
    VISIT,
    RELATION,
    INSTRUMENT,
    CONTACT,
    GROUP,
)
"""Every sort, in the order in which the pages name them."""
KEPT: tuple[Sort, ...] = ALL[1:]
"""Those that stand in the register of one commission."""
BY_NAME: Mapping[str, Sort] = MappingProxyType({each.name: each for each in ALL})
BY_PLURAL: Mapping[str, Sort] = MappingProxyType({each.plural: each for each in ALL})


def sort_of(record: Record | Organization) -> Sort:
    """The sort of a record."""
    return next(each for each in ALL if isinstance(record, each.model))
