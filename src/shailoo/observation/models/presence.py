"""Who came into the voting premises and who left: noted on the spot, also without a network."""

from __future__ import annotations

from django.db import models

from shailoo.accounts.models import Body, Office
from shailoo.documents.certificates.models import Certificate
from shailoo.ledger.guards import append_only


class Passage(models.Model):
    """One coming or going at a commission's premises, as a device of the commission noted it.

    `uid` is drawn by the device, so that a passage that is sent twice is kept once; `at` is the device's time,
    `noted_at` the server's. `verdict` is what the device told (`law` decides again when it comes in): a passage is kept
    also where the person should not have been let in, and why stands in `findings`.
    """

    class Way(models.TextChoices):
        IN = "in"
        OUT = "out"
        TURNED_AWAY = "turned_away"

    uid = models.UUIDField(primary_key=True)
    commission = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="passages")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="passages")
    way = models.CharField(max_length=12, choices=Way.choices)
    verdict = models.CharField(max_length=40, blank=True)
    findings = models.JSONField(default=list)
    at = models.DateTimeField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["at", "uid"]
        indexes = [models.Index(fields=["commission", "at"], name="passages_of_a_commission")]
        triggers = append_only("passages")
