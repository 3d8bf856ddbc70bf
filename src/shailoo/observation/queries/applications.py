"""Applications and their people, as pages of the sender and of the Ministry read them; a page costs a few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from shailoo.accounts.models import Office
from shailoo.cooperation.kinds import Purpose
from shailoo.cooperation.models import Invitation
from shailoo.elections.models import Election, Voting
from shailoo.jobs.models import Work
from shailoo.observation.models import Applicant, Application, Paper, Sender
from shailoo.observation.states import State


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the people on an application: all, with something to mend, with any finding, without photograph, answered."""

    people: int
    stopped: int
    found: int
    without_photo: int
    withdrawn: int
    accredited: int
    refused: int

    @property
    def waiting(self) -> int:
        return self.people - self.withdrawn - self.accredited - self.refused


def applications() -> QuerySet[Application]:
    """Every application with what its pages name."""
    return Application.objects.select_related(
        "sender__body", "sender__organization", "election__clock", "invitation", "review", "office__person"
    )


def of_sender(sender: Sender) -> QuerySet[Application]:
    """A sender's applications, the latest first, each with the number of its people."""
    return applications().filter(sender=sender).annotate(number_of_people=Count("applicants")).order_by("-at", "-pk")


def at_ministry() -> QuerySet[Application]:
    """What waits for the Ministry of Foreign Affairs, the oldest first."""
    found = applications().filter(state=State.AT_MINISTRY.value)
    return found.annotate(number_of_people=Count("applicants")).order_by("at", "pk")


def tally(application: Application) -> Tally:
    """How the people of an application stand, in one query."""
    stopped = Q(applicants__faults__contains=[{"of": "reading"}])
    found = Application.objects.filter(pk=application.pk).aggregate(
        people=Count("applicants"),
        stopped=Count("applicants", filter=stopped),
        found=Count("applicants", filter=~Q(applicants__faults=[])),
        without_photo=Count("applicants", filter=Q(applicants__photo__isnull=True)),
        withdrawn=Count("applicants", filter=Q(applicants__withdrawal__isnull=False)),
        accredited=Count("applicants", filter=Q(applicants__answer__accredited=True)),
        refused=Count("applicants", filter=Q(applicants__answer__accredited=False)),
    )
    return Tally(**found) if found["people"] else Tally(0, 0, 0, 0, 0, 0, 0)


def people(application: Application, *, search: str = "", only: str = "") -> QuerySet[Applicant, int]:
    """The keys of an application's people in the order of the list: all, those with findings, those to be mended.

    `search` is part of a name, or a row. `only` is "", "found" or "stopped". A page of the keys is shown by `shown`.
    """
    found = Applicant.objects.filter(application=application).order_by("row")
    if search:
        name = Q(surname__icontains=search) | Q(given_names__icontains=search)
        found = found.filter(name | Q(row=int(search)) if search.isascii() and search.isdigit() else name)
    if only == "found":
        found = found.exclude(faults=[])
    if only == "stopped":
        found = found.filter(faults__contains=[{"of": "reading"}])
    return found.values_list("pk", flat=True)


def shown(keys: Iterable[int]) -> list[Applicant]:
    """The people of one page with what stands beside their names, in the order of the list."""
    copies = Paper.objects.filter(applicant=OuterRef("pk"), kind="identity_copies")
    found = Applicant.objects.filter(pk__in=list(keys)).select_related("commission", "answer", "withdrawal")
    return list(found.annotate(has_copy=Exists(copies)).defer("identity_mark", "person_mark").order_by("row"))


def papers(application: Application) -> QuerySet[Paper]:
    """The papers of the application as a whole, the newest of each kind first."""
    return Paper.objects.filter(application=application, applicant__isnull=True).order_by("kind", "-at", "-pk")


def invitations(sender: Sender, election: Election) -> QuerySet[Invitation]:
    """The invitations to observe this election that went to the sender and stand."""
    found = Invitation.objects.filter(invitee=sender.organization, election=election.slug, withdrawn_at__isnull=True)
    return found.filter(purpose=Purpose.OBSERVATION).order_by(F("sent_at").desc(nulls_last=True), "pk")


def elections(office: Office) -> list[Election]:
    """The called elections that the office may write for and that have a day, the latest first."""
    found = Election.objects.filter(Exists(Voting.objects.filter(election=OuterRef("pk")))).select_related("clock")
    return [each for each in found.order_by("-called_on", "-pk") if office.serves(each.slug)]


def work_on(application: Application) -> QuerySet[Work]:
    """Background work on an application, the latest first."""
    return Work.objects.filter(subject=application.subject).order_by("-asked_at", "-pk")
