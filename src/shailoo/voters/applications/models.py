"""Applications of voters, their way and their answers; requests to vote with the mobile box, and their register.

What a voter wrote lies sealed (`dossier.Dossier`), and so do the copies of documents. In columns stands what it takes
to send an application on its way, and a keyed mark of the PIN by which two applications of one voter are known.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from shailoo.accounts.models import Office
from shailoo.commissions.models import Commission, Decision
from shailoo.documents.models import Document
from shailoo.documents.sealed.models import SealedFile
from shailoo.elections.models import Voting
from shailoo.ledger.guards import append_only, never_emptied
from shailoo.territory.models import Area, Precinct
from shailoo.voters.applications import guards
from shailoo.voters.applications.states import OPEN, Act, State
from shailoo.voters.applications.states import Kind as Asked

_OPEN = sorted(state.value for state in OPEN)


class Application(models.Model):
    """One application, received by the commission of `precinct`; in `target` the voter asks to stand correctly.

    `number` runs within the precinct. Of the secret by which the voter follows it a keyed hash is kept, `token` is the
    one of the form that was sent, so that sending it twice files it once. `version` counts its moves.
    """

    class Kind(models.TextChoices):
        NOT_LISTED = Asked.NOT_LISTED.value
        MISTAKE = Asked.MISTAKE.value
        VOTING_ADDRESS = Asked.VOTING_ADDRESS.value

    class Channel(models.TextChoices):
        DESK = "desk"
        ONLINE = "online"

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="voter_applications")
    region = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    tec = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="+")
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="voter_applications")
    target = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=2)  # of the answer: ky, ru or en
    dossier = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="+")
    person_mark = models.CharField(max_length=64, db_index=True)
    code_mark = models.CharField(max_length=64)
    token = models.CharField(max_length=64, unique=True)

    written = models.BooleanField()
    copies_attached = models.BooleanField()
    standard_form = models.BooleanField()
    document = models.CharField(max_length=20, blank=True)  # law.voters.identity.IdentityDocument
    lives_abroad = models.BooleanField(default=False)
    holds_id_card = models.BooleanField(null=True)

    received_at = models.DateTimeField()
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=18, choices=[(state.value, state.value) for state in State])
    version = models.PositiveIntegerField(default=1)
    moved_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # when the next act is due by the calendar
    told_at = models.DateTimeField(null=True)  # when the voter was told of the answer

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voting", "precinct", "number"], name="a_voters_application_has_its_own_number"
            ),
            models.CheckConstraint(condition=Q(language__in=["ky", "ru", "en"]), name="an_answer_has_a_known_language"),
            models.CheckConstraint(
                condition=Q(channel="online", office__isnull=True) | Q(channel="desk", office__isnull=False),
                name="at_the_desk_an_office_receives",
            ),
            models.CheckConstraint(
                condition=Q(person_mark__regex="^[0-9a-f]{64}$", code_mark__regex="^[0-9a-f]{64}$"),
                name="an_applicant_is_known_by_marks",
            ),
            models.CheckConstraint(
                condition=~Q(kind="not_listed") | Q(target=models.F("precinct")),
                name="who_is_not_listed_asks_the_own_precinct",
            ),
        ]
        indexes = [
            models.Index(
                fields=["precinct", "voting", "due_at"], name="open_at_a_precinct", condition=Q(state__in=_OPEN)
            ),
            models.Index(fields=["tec", "voting", "due_at"], name="open_at_a_tec", condition=Q(state__in=_OPEN)),
            models.Index(fields=["voting", "state", "due_at"], name="applications_by_state"),
        ]
        triggers = [
            pgtrigger.Protect(name="voters_applications_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("voters_applications"),
            pgtrigger.Trigger(
                name="an_application_moves_along_the_table",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=guards.MOVES_ALONG,
            ),
            pgtrigger.Protect(
                name="an_application_begins_when_it_is_received",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition(
                    f"NEW.state NOT IN ('{State.RECEIVED}', '{State.RETURNED}') OR NEW.version <> 1"
                    " OR NEW.told_at IS NOT NULL"
                ),
            ),
        ]

    @property
    def subject(self) -> str:
        """How the ledger and the seals name the application: by its number, never by the voter."""
        return f"voter_application:{self.voting_id}-{self.precinct.number}-{self.number}"

    @property
    def label(self) -> str:
        """The number as people write it."""
        return f"{self.precinct.number}/{self.number}"


class Paper(models.Model):
    """A copy of a document that came with an application, sealed."""

    class Kind(models.TextChoices):
        IDENTITY = "identity"
        SUPPORTING = "supporting"

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    file = models.OneToOneField(SealedFile, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        triggers = append_only("papers_of_voters")


class Step(models.Model):
    """One act on an application: from where to where, by whom, on what ground; of a positive answer, on which entry.

    `entry` is a version of the voter's place (`voters.Entry`), `changed_on` the local day on which it was opened.
    `late` says that a term of the calendar had ended.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=18, choices=[(act.value, act.value) for act in Act])
    source = models.CharField(max_length=18, blank=True)
    target = models.CharField(max_length=18)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ground = models.CharField(max_length=24, blank=True)
    reason = models.TextField(blank=True)
    entry = models.BigIntegerField(null=True)
    changed_on = models.DateField(null=True)
    late = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="a_step_has_its_own_number"),
            models.CheckConstraint(
                condition=~Q(act__in=("refuse", "send_back")) | ~Q(ground=""), name="a_refusal_names_its_ground"
            ),
            models.CheckConstraint(
                condition=Q(act__in=("include", "correct"), entry__isnull=False, changed_on__isnull=False)
                | (~Q(act__in=("include", "correct")) & Q(entry=None, changed_on=None)),
                name="a_positive_answer_alone_names_an_entry",
            ),
        ]
        triggers = [
            *append_only("steps_of_applications"),
            pgtrigger.Trigger(
                name="a_positive_answer_rests_on_the_register",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=guards.STEP_RESTS,
            ),
        ]


class Telling(models.Model):
    """That the voter was told of an answer, and in which way (L15.3.b2, L15.4.b3)."""

    class Channel(models.TextChoices):
        PHONE = "phone"
        MAIL = "mail"
        PAPER = "paper"  # handed over
        PAGE = "page"  # the voter opened the page of the application

    step = models.OneToOneField(Step, on_delete=models.PROTECT, related_name="telling")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only("tellings")


class Notice(models.Model):
    """The paper of an answer in one language."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="notices")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        triggers = append_only("notices")


class MobileRequest(models.Model):
    """A written application to vote with the mobile box, in the special register of its precinct (L33.2.a4).

    Why the voter cannot come lies sealed with the rest. `entry` is the version of the voter's place in the list that
    the request was tested by; `decision` lets military staff vote so (L33.1).
    """

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="mobile_requests")
    region = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="mobile_requests")
    number = models.PositiveIntegerField()
    dossier = models.OneToOneField(SealedFile, on_delete=models.PROTECT, related_name="+")
    person_mark = models.CharField(max_length=64)
    entry = models.BigIntegerField()
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["voting", "precinct", "number"], name="a_mobile_request_has_its_number"),
            models.UniqueConstraint(
                fields=["voting", "precinct", "person_mark"], name="a_voter_asks_for_the_mobile_box_once"
            ),
        ]
        triggers = append_only("mobile_requests")

    @property
    def subject(self) -> str:
        """How the ledger and the seals name the request."""
        return f"mobile_request:{self.voting_id}-{self.precinct.number}-{self.number}"


class MobilePosting(models.Model):
    """That a precinct posted its register of applications for mobile voting: how many rows, their hash (L33.4.b)."""

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="mobile_postings")
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="mobile_postings")
    requests = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    late = models.BooleanField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voting", "precinct"], name="a_mobile_register_is_posted_once"),
        ]
        triggers = append_only("mobile_postings")
