"""What commissions decide about figures: TEC protocols, invalidated precincts, readings, determinations, publications.

Every row is evidence: it is inserted once and never changed; a later one supersedes an earlier one by its version.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shailoo.accounts.models import Office
from shailoo.commissions.models import Commission
from shailoo.elections.models import Election, Voting
from shailoo.ledger.guards import append_only
from shailoo.territory.models import Precinct


class TecProtocol(models.Model):
    """A TEC's signed protocol: the sums of its precincts' lines as of its signing (L36.2.b3, L36.3)."""

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="tec_protocols")
    tec = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="tec_protocols")
    version = models.PositiveSmallIntegerField()
    pec_count = models.PositiveIntegerField()
    protocols_used = models.PositiveIntegerField()
    sums = models.JSONField()  # {"participated": n or null, …}
    votes = ArrayField(models.PositiveBigIntegerField())
    table = models.JSONField()  # [[precinct number, protocol version, lines…], …]: the summary table's rows
    not_summed = models.JSONField(default=list)  # [{"precinct", "reason"}]
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voting", "tec", "version"], name="a_tec_signs_a_version_once"),
            models.CheckConstraint(
                condition=Q(protocols_used__lte=models.F("pec_count")), name="no_more_used_than_pecs"
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="a_new_tec_protocol_has_a_reason"),
        ]
        triggers = append_only("tec_protocols")


class Invalidation(models.Model):
    """A decision that declares a precinct's results invalid, on a ground of L37.4; or lifts an earlier one."""

    class Ground(models.IntegerChoices):
        NO_CERTAINTY = 1
        WILL_AFFECTED = 2
        SUPERIOR_DECISION = 3
        COURT_DECISION = 4
        BALLOTS_INVALIDATED = 5

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="invalidations")
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="invalidations")
    ground = models.PositiveSmallIntegerField(choices=Ground.choices)
    decision = models.CharField(max_length=80)
    superior_decision = models.CharField(max_length=80, blank=True)  # of the CEC or the court, grounds 3 and 4
    text = models.TextField()
    version = models.PositiveSmallIntegerField(default=1)  # counts the decisions on this precinct
    lifts = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="lifted_by")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(ground__in=[3, 4]) | ~Q(superior_decision=""),
                name="grounds_3_and_4_name_the_decision_they_rest_on",
            ),
            models.CheckConstraint(condition=~Q(decision="") & ~Q(text=""), name="an_invalidation_has_a_decision"),
            models.UniqueConstraint(
                fields=["voting", "precinct", "version"], name="a_decision_on_a_precinct_stands_once"
            ),
        ]
        triggers = append_only("invalidations")


class ReadingTaken(models.Model):
    """A decision of the CEC to take a reading other than the edition's default, for one election."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="readings_taken")
    parameter = models.CharField(max_length=40)
    option = models.CharField(max_length=40)
    decision = models.CharField(max_length=80)
    text = models.TextField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only("readings")


class Determination(models.Model):
    """The CEC's decision on the result (L37.1, L64.1): the figures it rests on, what follows, and every step."""

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="determinations")
    version = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=80)
    outcome = models.CharField(max_length=40)
    edition_id = models.CharField(max_length=16)
    readings = models.JSONField()
    figures = models.JSONField()  # national and regional sums that went in
    value = models.JSONField()  # seats or the elected candidate
    steps = models.JSONField()  # [{"norm", "code", "facts"}]
    grounds = ArrayField(models.CharField(max_length=24))
    settles = models.JSONField(default=dict)  # {"question", "option", "decision"} where the law left one open
    reason = models.TextField(blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voting", "version"], name="a_result_is_determined_once_per_version"),
            models.CheckConstraint(condition=~Q(decision=""), name="a_determination_has_a_decision"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="a_new_determination_has_a_reason"),
        ]
        triggers = append_only("determinations")


class Publication(models.Model):
    """A numbered version of everything published, as it was at one instant; readable for ever."""

    class Kind(models.TextChoices):
        PRELIMINARY = "preliminary"  # L37-1.1, L39.1.b2: without legal significance
        OFFICIAL = "official"  # L39.3, L64.8

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="publications")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    determination = models.ForeignKey(
        Determination, null=True, blank=True, on_delete=models.PROTECT, related_name="publications"
    )
    manifest = models.TextField()  # canonical JSON: every file with its sha256
    signature = models.TextField()  # minisign format
    bundle = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    summary = models.JSONField()  # national and area sums as published, for pages and differences
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voting", "version"], name="a_publication_has_one_number"),
            models.CheckConstraint(
                condition=~Q(kind="official") | Q(determination__isnull=False),
                name="official_publication_follows_determination",
            ),
        ]
        triggers = append_only("publications")
