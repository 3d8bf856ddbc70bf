"""Applications and notices: who is to be observer or to work for a medium, with which papers.

Names, citizenship and role of a person stand in columns, since the law has them published once the person is
accredited. Everything else about a person lies in the sealed `dossier`, and the papers are sealed files.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from shailoo.accounts.models import Body, Office
from shailoo.cooperation.models import Invitation
from shailoo.documents.sealed.models import SealedFile
from shailoo.elections.models import Election
from shailoo.ledger.guards import append_only, never_emptied
from shailoo.observation.models.senders import Sender
from shailoo.observation.states import MOVES, State

_MOVES = ", ".join(f"('{source}', '{target}')" for source, target in MOVES)
_APPLICATION_MOVES = f"""
IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN ({_MOVES}) THEN
    RAISE EXCEPTION 'no act leads there'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'an_application_moves_along_the_table';
END IF;
IF OLD.state <> 'draft' AND to_jsonb(OLD) - 'state' - 'filed_at' - 'year' - 'number'
        <> to_jsonb(NEW) - 'state' - 'filed_at' - 'year' - 'number'
   OR OLD.number IS NOT NULL AND (OLD.year, OLD.number, OLD.filed_at) <> (NEW.year, NEW.number, NEW.filed_at) THEN
    RAISE EXCEPTION 'what was handed in does not change'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_handed_in_does_not_change';
END IF;
RETURN NEW;
"""  # a trigger's body: nothing of it comes from outside
_DRAFT_ONLY = """
IF NOT EXISTS (
    SELECT 1 FROM observation_application a WHERE a.id = coalesce(NEW.application_id, OLD.application_id)
    AND a.state = 'draft'
) THEN
    RAISE EXCEPTION 'what was handed in does not change'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_handed_in_does_not_change';
END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
"""


class Application(models.Model):
    """One sender's application, or its notice, for people of one kind at one election.

    A draft is its sender's alone. Once handed in it has a number of the year and does not change; each person on it is
    answered by the commission that the person is meant for.
    """

    class Kind(models.TextChoices):
        INTERNATIONAL = "international_observer"  # Art. 10
        CITIZEN = "citizen_observer"  # Art. 10-1
        OBSERVER = "observer"  # Art. 9: a notice, no accreditation
        REPRESENTATIVE = "commission_representative"  # Art. 17
        MEDIA = "media_representative"  # Art. 11

    class Route(models.TextChoices):
        DIRECT = "direct"
        MINISTRY = "mfa"

    class Form(models.TextChoices):
        INDIVIDUAL = "individual"
        GROUP = "group"
        MISSION = "mission"

    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="applications")
    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="observation_applications")
    kind = models.CharField(max_length=28, choices=Kind.choices)
    form = models.CharField(max_length=12, choices=Form.choices, default=Form.GROUP)
    route = models.CharField(max_length=6, choices=Route.choices, default=Route.DIRECT)
    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    decided_on = models.DateField(null=True, blank=True)  # an NGO's own decision to observe (L10-1.1)
    deciding_organ = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    state = models.CharField(
        max_length=12, choices=[(state.value, state.value) for state in State], default=State.DRAFT.value
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    filed_at = models.DateTimeField(null=True, blank=True)  # received by the commission
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="an_application_has_its_own_number"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "at_ministry", "withdrawn"])
                | Q(filed_at__isnull=False, number__isnull=False, year__isnull=False),
                name="what_was_filed_has_a_number_and_a_time",
            ),
            models.CheckConstraint(
                condition=Q(kind="international_observer") | Q(invitation__isnull=True, route="direct"),
                name="only_international_observers_are_invited",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="an_application_moves_along_the_table",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=_APPLICATION_MOVES,
            ),
            pgtrigger.Protect(
                name="an_application_begins_as_a_draft",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__state__df=State.DRAFT.value),
            ),
            pgtrigger.Protect(name="applications_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("applications"),
        ]

    @property
    def subject(self) -> str:
        """How the ledger names the application."""
        return f"application:{self.pk}"

    @property
    def label(self) -> str:
        """The number as people write it; empty for what was not handed in."""
        return f"№ {self.number}/{self.year}" if self.number else ""


class Applicant(models.Model):
    """A person on an application, meant for one commission (the CEC for those who observe everywhere, and for media).

    `dossier` holds, sealed, what is not published: `reading.Dossier` as JSON. `identity_mark` is equal for equal
    identity documents, `person_mark` for equal names and dates of birth (`sealed.actions.mark_of`); both are empty
    while the data are not known. `faults` are what the checks found in the draft: codes and fields, no personal data.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="applicants")
    row = models.PositiveIntegerField()  # place in the list, from 1
    surname = models.CharField(max_length=100, blank=True)
    given_names = models.CharField(max_length=100, blank=True)
    patronymic = models.CharField(max_length=100, blank=True)
    citizenships = ArrayField(models.CharField(max_length=2), default=list, blank=True)  # ISO 3166-1 alpha-2
    position = models.CharField(max_length=160, blank=True)  # in the mission, group or editorial office
    language = models.CharField(max_length=2, default="en")  # of the badge: ky, ru or en
    commission = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(SealedFile, null=True, on_delete=models.PROTECT, related_name="+")
    photo = models.ForeignKey(SealedFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    identity_mark = models.CharField(max_length=64, blank=True, db_index=True)
    person_mark = models.CharField(max_length=64, blank=True, db_index=True)
    faults = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "row"], name="a_person_has_an_own_row", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(language__in=["ky", "ru", "en"]), name="a_badge_is_in_a_known_language"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="people_change_in_drafts_alone",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=_DRAFT_ONLY,
            ),
            never_emptied("applicants"),
        ]

    @property
    def subject(self) -> str:
        """How the ledger names the person: by a number, never by the name."""
        return f"applicant:{self.pk}"

    @property
    def name(self) -> str:
        """Surname, given names, patronymic."""
        return " ".join(part for part in (self.surname, self.given_names, self.patronymic) if part)


class Paper(models.Model):
    """A paper of an application, or of one person on it: sealed, and named by the law's own code of the paper.

    `kind` is a value of `law.observation` (ApplicationPaper, ObserverPaper, RepresentativePaper) or "media_request".
    A newer paper of the same kind for the same person stands in for the older one.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="papers")
    applicant = models.ForeignKey(Applicant, null=True, blank=True, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=28)
    name = models.CharField(max_length=200, blank=True)  # of the file as it was sent
    file = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [
            pgtrigger.Trigger(
                name="papers_change_in_drafts_alone",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=_DRAFT_ONLY,
            ),
            never_emptied("papers"),
        ]


class ListUpload(models.Model):
    """A list of people as a file: how many rows were read, how many of them have faults. The file itself is sealed."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="uploads")
    file = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    rows = models.PositiveIntegerField()
    faulty = models.PositiveIntegerField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(faulty__lte=F("rows")), name="no_more_faulty_rows_than_rows"),
        ]
        triggers = append_only("uploads_of_lists")


class MinistryReview(models.Model):
    """What the Ministry of Foreign Affairs found when papers went through it (R3.2): it forwards all, with remarks."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="review")
    received_at = models.DateTimeField()
    fits = models.BooleanField()  # whether the papers meet the Regulation
    remarks = models.TextField(blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    forwarded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fits=True) | ~Q(remarks=""), name="a_review_says_what_does_not_fit"),
            models.CheckConstraint(condition=Q(forwarded_at__gte=F("received_at")), name="forwarded_after_received"),
        ]
        triggers = append_only("reviews")
