"""An election, its days of voting, what stands on the ballot, and which precincts vote."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TypeAlias

import pgtrigger
from django.db import models
from django.db.models import Q

from shailoo.accounts.models import Body, Office
from shailoo.commissions.models import Commission, Decision
from shailoo.law.editions import Edition, edition
from shailoo.ledger.guards import append_only
from shailoo.territory.models import Area, Precinct


class Election(models.Model):
    """One called election. It pins the edition of the law on the day it is called."""

    class Kind(models.TextChoices):
        PRESIDENTIAL = "presidential"
        JOGORKU_KENESH = "jogorku_kenesh"

    class Occasion(models.TextChoices):
        REGULAR = "regular"
        EARLY = "early"
        REPEAT = "repeat"

    class Ground(models.TextChoices):
        """The act by which an election is called (Art. 48, 57, 59, 63)."""

        RESOLUTION = "resolution"
        DECREE = "decree"
        CEC_DECISION = "cec_decision"
        DEEMED = "deemed"

    class Origin(models.TextChoices):
        """Where the data comes from; said on every page unless it is the commission's own."""

        COMMISSION = "commission"
        GENERATED = "generated"
        PUBLIC_RECORD = "public_record"

    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    occasion = models.CharField(max_length=8, choices=Occasion.choices, default=Occasion.REGULAR)
    name_ky = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)

    called_on = models.DateField()
    ground = models.CharField(max_length=12, choices=Ground.choices, blank=True, default="")
    act_number = models.CharField(max_length=80, blank=True, default="")  # of the resolution, decree or decision
    carries_out = models.OneToOneField(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="election_called"
    )  # where the CEC calls it
    edition_id = models.CharField(max_length=16)
    readings = models.JSONField(default=dict, blank=True)  # readings taken by decision for this election
    origin = models.CharField(max_length=16, choices=Origin.choices, default=Origin.COMMISSION)
    rehearsal = models.BooleanField(default=False)

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="a_rehearsal_stays_one_and_a_real_election_too",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("rehearsal"),
            ),
            pgtrigger.Protect(
                name="the_decision_that_called_an_election_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("carries_out"),
            ),
            pgtrigger.Trigger(
                name="the_cec_calls_an_election_by_a_decision",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition(
                    "NEW.ground = 'cec_decision' AND NEW.origin = 'commission' AND NOT NEW.rehearsal"
                ),
                func="""
                IF NOT EXISTS (
                    SELECT 1 FROM commissions_decision d JOIN commissions_commission c ON c.body_id = d.body_id
                     WHERE d.id = NEW.carries_out_id AND c.level = 'cec' AND d.matter = 'calling'
                       AND d.subject = 'election:' || NEW.slug
                       AND NEW.called_on = (d.taken_at AT TIME ZONE 'Asia/Bishkek')::date
                ) THEN
                    RAISE EXCEPTION 'the CEC calls an election by a decision of that day'
                        USING ERRCODE = 'check_violation',
                              CONSTRAINT = 'the_cec_calls_an_election_by_a_decision';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def edition(self) -> Edition:
        """The law of this election: its pinned edition with the readings that the CEC has taken by decision."""
        return edition(self.edition_id).with_readings(**self.readings)


class Clock(models.Model):
    """The own clock of a rehearsal or a demonstration: at the real instant `set_at` it showed `shows`, and it runs on.

    The commission's own elections have none: there the time is the real time.
    """

    election = models.OneToOneField(Election, on_delete=models.CASCADE, primary_key=True, related_name="clock")
    set_at = models.DateTimeField()
    shows = models.DateTimeField()


class Voting(models.Model):
    """One day of voting of an election: the general voting, a run-off, or a repetition at some precincts."""

    class Kind(models.TextChoices):
        GENERAL = "general"
        REPEAT = "repeat"  # Art. 56
        AT_PRECINCTS = "at_precincts"  # L37.4.b2

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="votings")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.GENERAL)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "kind", "day"], name="one_voting_of_a_kind_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.election.slug}/{self.kind}"


class Option(models.Model):
    """One line of the ballot, in the order of the draw. "Against all" is the last."""

    class Kind(models.TextChoices):
        LIST = "list"
        CANDIDATE = "candidate"
        AGAINST_ALL = "against_all"

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=16)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.LIST)
    name_ky = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    registered = models.PositiveIntegerField(null=True, blank=True)  # number of the CEC's registration decision
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["voting", "position"], name="one_option_per_line_of_the_ballot"),
            models.UniqueConstraint(fields=["voting", "code"], name="one_option_per_code"),
            models.UniqueConstraint(
                fields=["voting"], condition=Q(kind="against_all"), name="against_all_stands_once_on_a_ballot"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ListedCandidate(models.Model):
    """A candidate at a rank of a registered list; mandates follow the rank (L64.4)."""

    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="candidates")
    rank = models.PositiveSmallIntegerField()
    name_ky = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200)
    excluded = models.BooleanField(default=False)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["option", "rank"], name="one_candidate_per_rank"),
        ]


class VotingPrecinct(models.Model):
    """A precinct that votes in a voting: whose protocol is expected, under which TEC, in which region."""

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="precincts")
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="votings")
    tec = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="voting_precincts")
    region = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="voting_precincts")
    voters_listed = models.PositiveIntegerField(null=True, blank=True)  # final list; None where the source has none

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voting", "precinct"], name="a_precinct_votes_once_in_a_voting"),
        ]


class Moment(models.Model):
    """Something that happened in an election and from which terms are counted, such as the publication of the calling.

    `instant` is there where terms run from the minute. A later row on the same matter corrects an earlier one.
    """

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="moments")
    anchor = models.CharField(max_length=64)
    day = models.DateField()
    instant = models.DateTimeField(null=True, blank=True)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)  # hash of the act in the ledger

    class Meta:
        triggers = append_only("moments")


Term: TypeAlias = "tuple[date | None, date | None, datetime | None, datetime | None, time | None, str, bool, str]"


class Deadline(models.Model):
    """One version of one event of a voting's calendar, as the law and what had happened gave it at `made_at`.

    The highest version of an event holds. `not_applicable` is the code of the reason why nobody has to keep it.
    """

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="deadlines")
    event = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField()
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    last_inclusive = models.DateField(null=True)
    opens = models.DateTimeField(null=True)
    closes = models.DateTimeField(null=True)
    hour = models.TimeField(null=True)
    reduced_from = models.PositiveSmallIntegerField(null=True)
    waits_for = models.CharField(max_length=64, blank=True, default="")
    provisional = models.BooleanField(default=False)
    due_on_calling = models.BooleanField(default=False)
    not_applicable = models.CharField(max_length=40, blank=True, default="")
    reason = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voting", "event", "version"], name="a_deadline_has_each_version_once"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True) | Q(closes__isnull=True) | Q(closes__gte=models.F("opens")),
                name="a_term_closes_after_it_opens",
            ),
        ]
        triggers = append_only("deadlines")

    @property
    def term(self) -> Term:
        """What makes two versions different."""
        return (
            self.first,
            self.last,
            self.opens,
            self.closes,
            self.hour,
            self.waits_for,
            self.provisional,
            self.not_applicable,
        )


class Fulfilment(models.Model):
    """That a body has done what a deadline asks of it: by which office, when, shown by which paper, in which act."""

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="fulfilments")
    event = models.CharField(max_length=64)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="fulfilments")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=400)
    act = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voting", "event", "body"], name="a_body_fulfils_a_deadline_once"),
            models.CheckConstraint(condition=~Q(note=""), name="a_fulfilment_names_its_paper"),
        ]
        triggers = append_only("fulfilments")


class Reminder(models.Model):
    """That an office was reminded of a deadline, once for each occasion to remind."""

    class Occasion(models.TextChoices):
        DAYS_BEFORE = "days_before"
        LAST_DAY = "last_day"
        LATE = "late"

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="reminders")
    event = models.CharField(max_length=64)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="reminders")
    occasion = models.CharField(max_length=12, choices=Occasion.choices)
    closes = models.DateTimeField()  # the last moment that it spoke of: a deadline that moves is spoken of anew
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voting", "event", "office", "occasion", "closes"], name="an_office_is_reminded_once"
            ),
        ]
        triggers = append_only("reminders")
