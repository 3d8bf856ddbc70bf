"""Answers that were given under an idempotency key: the same key and the same request get the same answer again."""

from __future__ import annotations

from django.db import models

from shailoo.accounts.models import Office
from shailoo.ledger.guards import append_only


class Answer(models.Model):
    """What a request with an idempotency key was answered, kept in the transaction of the act itself."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=64)  # SHA-256 of method, address and body
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "key"], name="a_key_is_answered_once"),
        ]
        triggers = append_only("answers")
