"""What every record of the register has: whose register, its code, its source, whether it is public, and its end."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from shailoo.cooperation.models.organizations import Organization
from shailoo.ledger.guards import never_emptied

CONSTRAINTS: tuple[models.BaseConstraint, ...] = (
    models.CheckConstraint(condition=~Q(source=""), name="a_%(class)s_has_a_source"),
    models.CheckConstraint(
        condition=Q(struck_at__isnull=True, struck_because="") | Q(struck_at__isnull=False) & ~Q(struck_because=""),
        name="a_%(class)s_is_struck_out_with_a_reason",
    ),
)
"""The constraints of every record; a record with constraints of its own names these too."""


class Record(models.Model):
    """A record in the register of a commission. It is changed in the open (the ledger keeps what it said before),
    struck out where it was a mistake, and never deleted. `code` is what files and addresses call it.
    """

    commission = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=60, unique=True)
    source = models.CharField(max_length=200)
    note = models.TextField(blank=True, default="")
    entered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_because = models.TextField(blank=True, default="")

    class Meta:
        abstract = True
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        return self.code


def kept(what: str) -> list[pgtrigger.Trigger]:
    """The triggers of a record; `what` names its rows: "agreements"."""
    return [
        pgtrigger.Protect(
            name=f"{what}_stay_in_their_register",
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange("commission", "code", "entered_at"),
        ),
        pgtrigger.Protect(
            name=f"{what}_struck_out_stay_as_they_were",
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__struck_at__isnull=False),
        ),
        pgtrigger.Protect(name=f"{what}_are_never_deleted", operation=pgtrigger.Delete),
        never_emptied(what),
    ]
