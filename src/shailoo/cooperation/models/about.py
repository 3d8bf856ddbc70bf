"""What a commission publishes about itself for its partners: contact persons, working groups, the law it works by."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shailoo.cooperation.dating import Dated, dated, day_field, holds, precision_field
from shailoo.cooperation.kinds import InstrumentKind
from shailoo.cooperation.models.records import CONSTRAINTS, Record, kept


class ContactPerson(Record):
    """A person of the commission whom partners may turn to (C16): only what the commission itself published."""

    room = models.CharField(max_length=20, blank=True, default="")
    title = models.CharField(max_length=20, blank=True, default="")
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=200)
    unit = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=80, blank=True, default="")  # as printed
    emails = ArrayField(models.EmailField(), default=list, blank=True)

    class Meta:
        constraints = [
            *CONSTRAINTS,
            models.CheckConstraint(condition=~Q(name="") & ~Q(position=""), name="a_contact_has_a_name_and_a_position"),
        ]
        triggers = kept("contact_persons")


class PublishedGroup(Record):
    """A working group of the commission with its head and its secretary, as it was published (C17).

    The groups that this system itself forms stand in the room of commissions; these are those of other registers and of
    earlier years.
    """

    number = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=400)
    head_name = models.CharField(max_length=200)
    head_office = models.CharField(max_length=200)
    secretary_name = models.CharField(max_length=200)
    secretary_office = models.CharField(max_length=200)
    phones = models.JSONField(default=list, blank=True)  # blocks of numbers as printed; whose they are is not said

    class Meta:
        constraints = [
            *CONSTRAINTS,
            models.CheckConstraint(
                condition=~Q(head_name="") & ~Q(secretary_name=""), name="a_group_has_a_head_and_a_secretary"
            ),
            models.UniqueConstraint(
                fields=["commission", "number", "source"],
                condition=Q(struck_at__isnull=True),
                name="a_published_group_has_its_number",
            ),
        ]
        triggers = kept("published_groups")


class Instrument(Record):
    """A law, regulation or convention that a commission names to its partners; `amendments` are (date, number)."""

    title = models.CharField(max_length=400)
    kind = models.CharField(max_length=18, choices=InstrumentKind.choices)
    adopted_on = day_field()
    adopted_precision = precision_field()
    number = models.CharField(max_length=40, blank=True, default="")
    amendments = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            *CONSTRAINTS,
            holds("adopted", "an_instrument_is_dated_as_precisely_as_it_says"),
            models.CheckConstraint(condition=Q(kind__in=InstrumentKind.values), name="an_instrument_has_a_known_kind"),
        ]
        triggers = kept("instruments")

    @property
    def adopted(self) -> Dated:
        return dated(self, "adopted")
