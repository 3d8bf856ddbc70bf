"""An election, its days of voting, what stands on the ballot, and which precincts vote."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shailoo.commissions.models import Commission
from shailoo.law.editions import Edition, edition
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
    edition_id = models.CharField(max_length=16)
    readings = models.JSONField(default=dict, blank=True)  # readings taken by decision for this election
    origin = models.CharField(max_length=16, choices=Origin.choices, default=Origin.COMMISSION)
    rehearsal = models.BooleanField(default=False)

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
