"""Numbers of an edition as they were counted, how accessible a station is, and the words by which it is found.

Wrong tries of an own-entry check are counted in a table of their own (`tries`), which is no evidence and keeps nobody.
"""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from shailoo.accounts.models import Office
from shailoo.elections.models import Voting
from shailoo.ledger.guards import append_only
from shailoo.territory.models import Area, Precinct
from shailoo.voters.enquiry import guards
from shailoo.voters.lists.models import Edition

_NEW_ROWS = pgtrigger.Referencing(new="new_rows")  # type: ignore[no-untyped-call]  # the library has no types here


class StationAccess(models.Model):
    """What a commission says of the way into its station (L29.5), and where that stands. The last version counts."""

    class Answer(models.TextChoices):
        YES = "yes"
        NO = "no"
        UNKNOWN = "unknown"

    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="access")
    version = models.PositiveIntegerField()
    ramp = models.CharField(max_length=7, choices=Answer.choices)
    ground_floor = models.CharField(max_length=7, choices=Answer.choices)
    tactile = models.CharField(max_length=7, choices=Answer.choices)
    parking = models.CharField(max_length=7, choices=Answer.choices)
    note = models.CharField(max_length=400, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)  # hash of the act in the ledger

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["precinct", "version"], name="access_to_a_station_has_its_versions"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__range=(Decimal(-90), Decimal(90)),
                    longitude__range=(Decimal(-180), Decimal(180)),
                ),
                name="a_station_stands_on_the_earth",
            ),
            *(
                models.CheckConstraint(condition=Q(**{f"{name}__in": ("yes", "no", "unknown")}), name=f"{name}_is_told")
                for name in ("ramp", "ground_floor", "tactile", "parking")
            ),
        ]
        triggers = append_only("records_of_access")


class PlaceLine(models.Model):
    """One line by which a precinct is found: its station, or a street of it. Made anew from time to time; no evidence.

    A street of the register stands here only where several voters live; without houses, unless an approved range of
    addresses names them.
    """

    class Kind(models.TextChoices):
        STATION = "station"
        STREET = "street"
        ADDRESSES = "addresses"

    class Side(models.TextChoices):
        ALL = "all"
        ODD = "odd"
        EVEN = "even"

    voting = models.ForeignKey(Voting, on_delete=models.CASCADE, related_name="+")
    precinct = models.ForeignKey(Precinct, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    label = models.TextField(blank=True)  # as the page shows it; of a station empty: it has names in three languages
    words = ArrayField(models.TextField())  # folded, also those of the areas around
    house_from = models.PositiveIntegerField(null=True)
    house_to = models.PositiveIntegerField(null=True)
    side = models.CharField(max_length=4, choices=Side.choices, default=Side.ALL)

    class Meta:
        indexes = [GinIndex(fields=["words"], name="places_by_their_words")]
        constraints = [
            models.CheckConstraint(
                condition=Q(house_from=None, house_to=None) | Q(house_from__lte=F("house_to")),
                name="a_line_of_houses_has_two_ends",
            ),
        ]


class PlaceWord(models.Model):
    """A word that stands in lines of places, by which a misspelt one is understood."""

    voting = models.ForeignKey(Voting, on_delete=models.CASCADE, related_name="+")
    word = models.TextField()

    class Meta:
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="words_of_places_by_letters")]
        constraints = [models.UniqueConstraint(fields=["voting", "word"], name="a_word_of_places_stands_once")]


class Statistics(models.Model):
    """That the voters of an edition were counted by region, rayon, precinct, sex and age. One for an edition."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="statistics")
    voters = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)  # of what may be shown, as the act in the ledger has it
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="statistics_have_their_hash"),
        ]
        triggers = append_only("statistics_of_editions")


class UnitStatistics(models.Model):
    """The voters of one unit by sex and age. `shown` says whether its cells may leave the database (`protection`)."""

    class Level(models.TextChoices):
        NATION = "nation"
        REGION = "region"
        RAYON = "rayon"
        PRECINCT = "precinct"

    statistics = models.ForeignKey(Statistics, on_delete=models.PROTECT, related_name="units")
    key = models.CharField(max_length=40)  # "area:KG02", "precinct:1001"
    parent = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=8, choices=Level.choices)
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    precinct = models.ForeignKey(Precinct, null=True, on_delete=models.PROTECT, related_name="+")
    voters = models.PositiveIntegerField()
    cells = ArrayField(models.PositiveIntegerField())
    shown = models.BooleanField()
    change = models.IntegerField(null=True)  # against the edition before; None where the unit was not counted there

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statistics", "key"], name="a_unit_is_counted_once_an_edition"),
            models.CheckConstraint(
                condition=Q(area=None, precinct__isnull=False, level="precinct")
                | (Q(area__isnull=False, precinct=None) & ~Q(level="precinct")),
                name="a_unit_is_an_area_or_a_precinct",
            ),
        ]
        indexes = [models.Index(fields=["statistics", "parent"], name="units_below_a_unit")]
        triggers = [
            *append_only("numbers_of_units"),
            pgtrigger.Trigger(
                name="numbers_of_units_add_up",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=_NEW_ROWS,
                func=guards.UNITS_ADD_UP,
            ),
        ]
