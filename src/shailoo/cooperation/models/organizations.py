"""Organizations that a commission deals with, itself among them: each once, with its names (C1)."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from shailoo.accounts.models import Body
from shailoo.cooperation import naming
from shailoo.cooperation.dating import Dated, dated, day_field, holds, precision_field
from shailoo.cooperation.kinds import OrganizationKind, Specialization
from shailoo.ledger.guards import never_emptied


class Organization(models.Model):
    """An organization under every name that it is known by; `body` where it has an account here.

    `name` is the name as its source prints it, `expansion` a full name that the source does not print. `is_group`: not
    one organization but several that a source does not name one by one. `names` are the names as they are compared.
    The website is kept as it can be opened and as it was printed. A record that was made by mistake is struck out with
    its reason, and `same_as` may name the record that stays.
    """

    code = models.SlugField(max_length=60, unique=True)  # "ORG-ACEEEO": what files and addresses call it
    kind = models.CharField(max_length=40, choices=OrganizationKind.choices)
    is_group = models.BooleanField(default=False)
    name = models.CharField(max_length=300)
    name_ky = models.CharField(max_length=300, blank=True, default="")
    name_ru = models.CharField(max_length=300, blank=True, default="")
    name_en = models.CharField(max_length=300, blank=True, default="")
    aliases = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    abbreviation = models.CharField(max_length=60, blank=True, default="")
    expansion = models.CharField(max_length=300, blank=True, default="")
    names = ArrayField(models.CharField(max_length=300), default=list, editable=False)
    country = models.CharField(max_length=2, blank=True, default="")  # ISO 3166-1 alpha-2; of its seat
    website = models.CharField(max_length=300, blank=True, default="")
    website_as_printed = models.CharField(max_length=300, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=80, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    legal_form = models.CharField(max_length=120, blank=True, default="")
    description = models.TextField(blank=True, default="")
    specialization = models.CharField(max_length=40, choices=Specialization.choices, blank=True, default="")  # L10.1.a3
    legal_capacity_confirmed = models.BooleanField(null=True, blank=True)  # R3.10.a; None: not examined
    independent = models.BooleanField(null=True, blank=True)  # of parties and governments; None: not said
    activities = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    member_count = models.PositiveIntegerField(null=True, blank=True)  # members of an association
    region = models.CharField(max_length=120, blank=True, default="")
    founded_on = day_field()
    founded_precision = precision_field()
    body = models.OneToOneField(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="organization_in_register"
    )
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="twins")
    source = models.CharField(max_length=200)
    note = models.TextField(blank=True, default="")
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_because = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OrganizationKind.values), name="an_organization_has_a_known_kind"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="an_organization_has_a_name"),
            models.CheckConstraint(condition=~Q(source=""), name="an_organization_has_a_source"),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex="^[A-Z]{2}$"), name="a_country_is_two_capital_letters"
            ),
            models.CheckConstraint(
                condition=Q(website="") | Q(website__regex="^https?://[^[:space:]]+$"), name="a_website_can_be_opened"
            ),
            models.CheckConstraint(
                condition=Q(specialization__in=["", *Specialization.values]),
                name="a_specialization_is_known",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_because="")
                | Q(struck_at__isnull=False) & ~Q(struck_because=""),
                name="an_organization_is_struck_out_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("pk")), name="nothing_is_its_own_twin"
            ),
            holds("founded", "a_founding_is_as_precise_as_it_says"),
        ]
        indexes = [
            GinIndex(fields=["names"], name="organizations_by_their_names"),
            models.Index(fields=["kind", "country"], name="organizations_by_kind"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="an_organization_keeps_its_code",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("code"),
            ),
            pgtrigger.Protect(
                name="what_is_struck_out_stays_as_it_was",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__struck_at__isnull=False),
            ),
            pgtrigger.Protect(name="organizations_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("organizations"),
        ]

    def __str__(self) -> str:
        return self.abbreviation or self.name

    @property
    def subject(self) -> str:
        """How the ledger names the organization."""
        return f"organization:{self.pk}"

    @property
    def founded(self) -> Dated:
        return dated(self, "founded")

    def known_as(self) -> list[str]:
        """Every name that it has, as people write them."""
        told = (self.name, self.name_ky, self.name_ru, self.name_en, self.abbreviation, self.expansion, *self.aliases)
        return list(dict.fromkeys(each for each in told if each))

    def keyed(self) -> list[str]:
        """The names as they are compared; the actions keep them in `names`."""
        return naming.keys(self.known_as())
