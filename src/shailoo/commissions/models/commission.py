"""The CEC, the TECs and one PEC per precinct. A commission is a body with a level, a territory and a superior."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shailoo.accounts.models import Body
from shailoo.territory.models import Area, Precinct


class Commission(models.Model):
    """An election commission (Art. 12). Its names, superior and offices are those of its body.

    `seats` is the full membership, fixed by the decision `seats_by`; None: as many as there are members.
    """

    class Level(models.TextChoices):
        CEC = "cec"
        TEC = "tec"
        PEC = "pec"

    body = models.OneToOneField(Body, on_delete=models.PROTECT, primary_key=True, related_name="commission")
    level = models.CharField(max_length=3, choices=Level.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="commissions")
    precinct = models.OneToOneField(
        Precinct, null=True, blank=True, on_delete=models.PROTECT, related_name="commission"
    )
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    seats_by = models.ForeignKey(
        "commissions.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level="pec", precinct__isnull=False) | (~Q(level="pec") & Q(precinct__isnull=True)),
                name="a_precinct_has_a_pec_and_only_a_pec_has_a_precinct",
            ),
            models.UniqueConstraint(fields=["level"], condition=Q(level="cec"), name="there_is_one_cec"),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__gte=1), name="a_commission_has_at_least_one_seat"
            ),
        ]

    def __str__(self) -> str:
        return self.body.code
