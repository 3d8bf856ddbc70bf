"""Areas as a tree with names in three languages, their boundaries, and the precincts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Area(models.Model):
    """A unit of the administrative division. Regions are the units of L64.2: oblasts, Bishkek and Osh."""

    class Kind(models.TextChoices):
        COUNTRY = "country"
        OBLAST = "oblast"
        REPUBLICAN_CITY = "republican_city"  # Bishkek, Osh
        ABROAD = "abroad"
        RAYON = "rayon"
        CITY = "city"
        AIMAK = "aimak"
        VILLAGE = "village"

    REGIONS = (Kind.OBLAST, Kind.REPUBLICAN_CITY)

    code = models.CharField(max_length=20, unique=True)  # "KG02", "KG02205", "ABROAD"
    kind = models.CharField(max_length=16, choices=Kind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name_ky = models.CharField(max_length=160)
    name_ru = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    soate = models.CharField(max_length=14, blank=True)
    ocha = models.CharField(max_length=13, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="country", parent__isnull=True) | (~Q(kind="country") & Q(parent__isnull=False)),
                name="only_the_country_has_no_parent",
            ),
            models.UniqueConstraint(fields=["soate"], condition=~Q(soate=""), name="one_area_per_soate_code"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_region(self) -> bool:
        """Whether L64.2 measures the regional threshold here."""
        return self.kind in self.REGIONS


class Boundary(models.Model):
    """An area's outline as a GeoJSON geometry (WGS 84). Imported, never committed to the project."""

    area = models.OneToOneField(Area, on_delete=models.CASCADE, primary_key=True, related_name="boundary")
    geometry = models.JSONField()
    source = models.CharField(max_length=200)


class Precinct(models.Model):
    """The area of one polling station. `numbering` tells an official number from one given on import."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary"
        ABROAD = "abroad"
        REMOTE = "remote"

    class Numbering(models.TextChoices):
        OFFICIAL = "official"
        BY_REGION_AND_ROW = "by_region_and_row"  # the source named no numbers
        GENERATED = "generated"

    number = models.CharField(max_length=16, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="precincts")
    region = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="precincts_of_region")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ORDINARY)
    numbering = models.CharField(max_length=20, choices=Numbering.choices, default=Numbering.OFFICIAL)
    place_ky = models.CharField(max_length=240, blank=True)
    place_ru = models.CharField(max_length=240, blank=True)
    place_en = models.CharField(max_length=240, blank=True)

    def __str__(self) -> str:
        return self.number
