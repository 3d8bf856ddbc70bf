"""Addresses of precincts, where the register's addresses were placed, and what missions and institutions reported.

Data of people stand in sealed files; rows hold their number, what was found, and for institutions the list's entry.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q

from shailoo.accounts.models import Body, Office
from shailoo.commissions.models import Commission, Decision
from shailoo.documents.sealed.models import SealedFile
from shailoo.elections.models import Voting
from shailoo.ledger.guards import append_only, never_emptied
from shailoo.territory.models import Area, Precinct
from shailoo.voters.models import Change, Entry, Register
from shailoo.voters.sources import guards
from shailoo.voters.sources.states import State

LAST_HOUSE = 99_999
"""The end of a range that has none."""


def _key(name: str) -> models.GeneratedField:
    """How a part of an address is compared."""
    expression = Func(F(name), function="address_key")
    return models.GeneratedField(expression=expression, output_field=models.TextField(), db_persist=True)


class AddressPlan(models.Model):
    """Which addresses belong to which precincts of a TEC, as it submits them; each submission counts (L13.5.a1)."""

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="address_plans")
    tec = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="address_plans")
    number = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    precincts = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["voting", "tec", "number"], name="a_plan_has_its_own_number"),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="a_plan_has_its_hash"),
        ]
        triggers = append_only("plans_of_addresses")

    @property
    def subject(self) -> str:
        """The plan's name in the ledger, and in the decision on it."""
        return f"address_plan:{self.pk}"


class PlanApproval(models.Model):
    """The CEC has approved the borders (L13.5.a1): from `at` on they hold, until the next approved plan of the TEC."""

    plan = models.OneToOneField(AddressPlan, on_delete=models.PROTECT, related_name="approval")
    carries_out = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="address_plan")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        triggers = [
            *append_only("approvals_of_plans"),
            pgtrigger.Trigger(
                name="addresses_are_approved_by_a_decision",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=guards.APPROVED_BY_DECISION,
            ),
            pgtrigger.Trigger(
                name="an_approval_answers_once",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=guards.ONE_ANSWER,
            ),
        ]


class PlanReturn(models.Model):
    """The plan goes back to its TEC with a reason; another one comes."""

    plan = models.OneToOneField(AddressPlan, on_delete=models.PROTECT, related_name="returned")
    reason = models.TextField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_plan_is_returned_with_a_reason")]
        triggers = [
            *append_only("returns_of_plans"),
            pgtrigger.Trigger(
                name="a_return_answers_once",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=guards.ONE_ANSWER,
            ),
        ]


class AddressRange(models.Model):
    """Houses that belong to a precinct; which plans are in force `queries.in_force` says.

    Without a street: what the locality's other rows leave; without houses: what the street's other rows leave.
    """

    class Parity(models.TextChoices):
        ALL = "all"
        ODD = "odd"
        EVEN = "even"

    plan = models.ForeignKey(AddressPlan, on_delete=models.PROTECT, related_name="ranges")
    row = models.PositiveIntegerField()
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="addresses")
    district = models.TextField()
    locality = models.TextField()
    street = models.TextField()
    house_from = models.PositiveIntegerField(null=True)
    house_to = models.PositiveIntegerField(null=True)
    parity = models.CharField(max_length=4, choices=Parity.choices, default=Parity.ALL)
    district_key = _key("district")
    locality_key = _key("locality")
    street_key = _key("street")

    class Meta:
        ordering = ["plan", "row"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "row"], name="a_range_has_its_own_row"),
            models.CheckConstraint(condition=~Q(locality=""), name="a_range_lies_in_a_locality"),
            models.CheckConstraint(
                condition=Q(house_from=None, house_to=None, parity="all")
                | Q(house_from__isnull=False, house_to__gte=F("house_from")) & ~Q(street=""),
                name="houses_are_of_a_street_and_from_less_to_more",
            ),
            models.CheckConstraint(condition=Q(parity__in=["all", "odd", "even"]), name="a_range_has_a_side"),
        ]
        indexes = [models.Index(fields=["locality_key", "street_key"], name="ranges_of_a_street")]
        triggers = append_only("ranges_of_addresses")


class Placement(models.Model):
    """The register's addresses held against the approved borders, as the register stood after a change (L14.3.a)."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="placements")
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    voters = models.PositiveIntegerField()  # listed by residence
    placed = models.PositiveIntegerField()  # of them: where they are listed
    elsewhere = models.PositiveIntegerField()
    nowhere = models.PositiveIntegerField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="a_placement_has_its_own_number"),
            models.CheckConstraint(
                condition=Q(voters=F("placed") + F("elsewhere") + F("nowhere")), name="everybody_is_placed_or_told"
            ),
        ]
        triggers = append_only("placements")


class Misplaced(models.Model):
    """A street of which voters could not be placed, or live in the borders of another precinct than the listed one."""

    class Ground(models.TextChoices):
        ELSEWHERE = "elsewhere"
        LOCALITY = "locality_unknown"
        STREET = "street_unknown"
        HOUSE = "house_unknown"

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="misplaced")
    region = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    listed = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="+")
    belongs = models.ForeignKey(Precinct, null=True, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=16, choices=Ground.choices)
    district = models.TextField()
    locality = models.TextField()
    street = models.TextField()
    voters = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ground="elsewhere", belongs__isnull=False) | (~Q(ground="elsewhere") & Q(belongs=None)),
                name="who_belongs_elsewhere_belongs_somewhere",
            ),
        ]
        triggers = append_only("misplaced_streets")


# ------------------------------------------------------------------------------------- missions abroad


class MissionReport(models.Model):
    """A mission's data on voters abroad, sealed, on their way through the Ministry to the Service (L14.6.a)."""

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="mission_reports")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    taken = models.PositiveIntegerField()  # rows that pass the law and the form
    sha256 = models.CharField(max_length=64)
    file = models.OneToOneField(SealedFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=8, choices=[(state.value, state.value) for state in State], default=State.SENT.value
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["voting", "body", "number"], name="a_report_has_its_own_number"),
            models.UniqueConstraint(
                fields=["voting", "body"],
                condition=Q(state__in=[State.SENT.value, State.PASSED.value]),
                name="one_report_of_a_mission_is_on_its_way",
            ),
            models.CheckConstraint(condition=Q(taken__lte=F("rows")), name="no_more_is_taken_than_was_sent"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_report_moves_along_the_table",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=guards.REPORT_MOVES,
            ),
            pgtrigger.Protect(name="reports_of_missions_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("reports_of_missions"),
        ]

    @property
    def subject(self) -> str:
        """The report's name in the ledger."""
        return f"mission_report:{self.pk}"


class MissionStep(models.Model):
    """One station of a report's way: who sent, passed on, received or returned it, and when."""

    report = models.ForeignKey(MissionReport, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in State])
    reason = models.TextField(blank=True, default="")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "state"], name="a_report_is_once_at_each_station"),
            models.CheckConstraint(
                condition=~Q(state=State.RETURNED.value, reason=""), name="a_report_is_returned_with_a_reason"
            ),
        ]
        triggers = append_only("steps_of_reports")


class MissionRow(models.Model):
    """What was found of a row: its number, its faults, and a keyed mark of its PIN by which missions are compared."""

    report = models.ForeignKey(MissionReport, on_delete=models.PROTECT, related_name="found")
    row = models.PositiveIntegerField()
    mark = models.CharField(max_length=64, blank=True, db_index=True)
    codes = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["report", "row"], name="a_row_of_a_report_stands_once")]
        triggers = append_only("rows_of_reports")


# ------------------------------------------------------------------------------------- hospitals, detention


class InstitutionReport(models.Model):
    """Voters who will be in a hospital or in temporary detention on voting day (L14.5): for mobile voting only."""

    class Kind(models.TextChoices):
        HOSPITAL = "hospital"
        DETENTION = "detention"

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="institution_reports")
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="+")  # where the institution lies
    kind = models.CharField(max_length=9, choices=Kind.choices)
    name = models.CharField(max_length=200)
    received_on = models.DateField()  # local day on which the PEC had it from the head of the institution
    rows = models.PositiveIntegerField()
    listed = models.PositiveIntegerField()
    file = models.OneToOneField(SealedFile, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="an_institution_has_a_name"),
            models.CheckConstraint(condition=Q(listed__lte=F("rows")), name="no_more_are_listed_than_reported"),
        ]
        triggers = append_only("reports_of_institutions")

    @property
    def subject(self) -> str:
        """The report's name in the ledger."""
        return f"institution_report:{self.pk}"


class InstitutionReceipt(models.Model):
    """That the State Registry Service has the report too: the other addressee (L14.5)."""

    report = models.OneToOneField(InstitutionReport, on_delete=models.PROTECT, related_name="receipt")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        triggers = append_only("receipts_of_reports")


class InstitutionRow(models.Model):
    """A reported person by the row: the entry of the list, if there is one, and what is wrong."""

    report = models.ForeignKey(InstitutionReport, on_delete=models.PROTECT, related_name="people")
    row = models.PositiveIntegerField()
    entry = models.ForeignKey(Entry, null=True, db_constraint=False, on_delete=models.PROTECT, related_name="+")
    codes = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["report", "row"], name="a_reported_person_stands_once")]
        triggers = append_only("people_of_reports")
