"""Conferences, assemblies and seminars, who came, and what the commission was there (C7, C8)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from shailoo.cooperation.dating import Dated, Precision, dated, day_field, holds, precision_field
from shailoo.cooperation.kinds import EventKind, EventRole
from shailoo.cooperation.models.organizations import Organization
from shailoo.cooperation.models.records import CONSTRAINTS, Record, kept

FIGURES = (
    "persons",
    "countries",
    "election_bodies",
    "election_bodies_countries",
    "international_organizations",
    "ngos",
)
"""How many attended, by category. Nothing adds up: a person may stand for an organization that is counted too."""


class Event(Record):
    """A meeting. `framework` is the larger event within which it was held. None of a figure: not said."""

    series = models.CharField(max_length=300, blank=True, default="")
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    title = models.CharField(max_length=400, blank=True, default="")
    starts_on = day_field()
    starts_precision = precision_field()
    ends_on = day_field()
    ends_precision = precision_field()
    city = models.CharField(max_length=120, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    host = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="events_hosted"
    )
    framework = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    persons = models.PositiveIntegerField(null=True, blank=True)
    countries = models.PositiveIntegerField(null=True, blank=True)
    election_bodies = models.PositiveIntegerField(null=True, blank=True)
    election_bodies_countries = models.PositiveIntegerField(null=True, blank=True)
    international_organizations = models.PositiveIntegerField(null=True, blank=True)
    ngos = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            *CONSTRAINTS,
            holds("starts", "an_event_begins_as_precisely_as_it_says"),
            holds("ends", "an_event_ends_as_precisely_as_it_says"),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="an_event_has_a_known_kind"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="an_event_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(election_bodies_countries__isnull=True)
                | Q(countries__isnull=True)
                | Q(election_bodies_countries__lte=F("countries")),
                name="election_bodies_come_from_no_more_countries_than_all",
            ),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex="^[A-Z]{2}$"), name="an_event_is_in_a_country"
            ),
        ]
        indexes = [models.Index(fields=["commission", "-starts_on"], name="events_by_day")]
        triggers = kept("events")

    @property
    def starts(self) -> Dated:
        return dated(self, "starts")

    @property
    def ends(self) -> Dated:
        return dated(self, "ends")

    @property
    def is_one_day(self) -> bool:
        return self.ends_on is None or (self.ends_on == self.starts_on and self.ends_precision == Precision.DAY)

    def figures(self) -> dict[str, int]:
        """The figures that are known, by category."""
        return {name: value for name in FIGURES if (value := getattr(self, name)) is not None}


class Participation(Record):
    """What the commission was at an event; `event` is None where a source names none."""

    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="participations")
    roles = ArrayField(models.CharField(max_length=12, choices=EventRole.choices))

    class Meta:
        constraints = [
            *CONSTRAINTS,
            models.CheckConstraint(
                condition=Q(roles__len__gte=1) & Q(roles__contained_by=EventRole.values),
                name="who_takes_part_has_a_role",
            ),
            models.UniqueConstraint(
                fields=["commission", "event"],
                condition=Q(event__isnull=False, struck_at__isnull=True),
                name="a_commission_takes_part_in_an_event_once",
            ),
        ]
        triggers = kept("participations")
