"""What a commission reads before and after it answers: applications that wait, lists put to it, whom it accredited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from shailoo.accounts.models import Body
from shailoo.documents.models import Document
from shailoo.elections.agenda import current
from shailoo.elections.models import Deadline, Election, Voting
from shailoo.observation.models import (
    Accreditation,
    AnswerList,
    Applicant,
    Application,
    AssistanceRequest,
    ListedAnswer,
)
from shailoo.observation.states import State

WAITING, ANSWERED, ALL = "waiting", "answered", "all"
STATES = (WAITING, ANSWERED, ALL)
ACTIVE, ENDED = "active", "ended"
STANDINGS = (ACTIVE, ENDED, ALL)
CLOSES = "observer_accreditation_ends"
_SEEN = (State.FILED.value, State.ANSWERED.value)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in a list; "" stands for everything. `search` is part of a name or a number."""

    kind: str = ""
    state: str = ALL
    search: str = ""


def queue(body: Body, wanted: Wanted) -> QuerySet[Application]:
    """Applications with people for `body`, the oldest first; `mine`, `waiting`, `accredited`, `refused` count them."""
    mine = Q(applicants__commission=body)
    open_ = mine & Q(applicants__answer__isnull=True, applicants__withdrawal__isnull=True)
    people = Applicant.objects.filter(application=OuterRef("pk"), commission=body)
    found = Application.objects.filter(Exists(people), state__in=_SEEN).select_related(
        "sender__body", "election__clock"
    )
    found = found.annotate(
        mine=Count("applicants", filter=mine),
        waiting=Count("applicants", filter=open_),
        accredited=Count("applicants", filter=mine & Q(applicants__answer__accredited=True)),
        refused=Count("applicants", filter=mine & Q(applicants__answer__accredited=False)),
    )
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state == WAITING:
        found = found.filter(waiting__gt=0)
    elif wanted.state == ANSWERED:
        found = found.filter(waiting=0)
    if wanted.search:
        found = found.filter(_names("sender__body__", wanted.search) | _number(wanted.search))
    return found.order_by("filed_at", "pk")


def application_for(body: Body, pk: int) -> Application | None:
    """A filed application that has people for `body`; None where it is none of that body's."""
    people = Applicant.objects.filter(application=OuterRef("pk"), commission=body)
    found = Application.objects.filter(Exists(people), pk=pk, state__in=_SEEN)
    related = ("sender__body", "sender__organization", "election__clock", "invitation__invitee", "review__office__body")
    return found.select_related(*related).first()


def people_of(application: Application, body: Body) -> QuerySet[Applicant]:
    """The people of an application who are meant for `body`, in the order of its list."""
    found = Applicant.objects.filter(application=application, commission=body)
    return found.select_related("answer__decision", "withdrawal", "accreditation__certificate").order_by("row")


def beside(application: Application, body: Body) -> QuerySet[Application]:
    """Other applications of the same kind and election that wait for `body`, to be answered in one list."""
    found = queue(body, Wanted(kind=application.kind, state=WAITING))
    return found.filter(election=application.election).exclude(pk=application.pk)


def open_lists_of(application: Application) -> QuerySet[AnswerList]:
    """The lists with people of this application that are neither carried out nor given up."""
    rows = ListedAnswer.objects.filter(list=OuterRef("pk"), applicant__application=application)
    return AnswerList.objects.filter(Exists(rows), answering__isnull=True, given_up__isnull=True)


def closing(election: Election) -> Deadline | None:
    """When accreditation of international observers closes (R3.7.a2), as the calendar has it."""
    voting = Voting.objects.filter(election=election, kind=Voting.Kind.GENERAL).first()
    if voting is None:
        return None
    found = current(voting).filter(event=CLOSES).first()
    return found if found is not None and not found.not_applicable else None


# ------------------------------------------------------------------------------------- lists


def lists_of(body: Body) -> QuerySet[AnswerList]:
    """The lists of answers of a commission, the latest first, with how many rows each has."""
    found = AnswerList.objects.filter(commission=body)
    found = found.select_related("answering__carries_out", "election__clock", "given_up")
    return found.annotate(
        people=Count("rows"),
        yes=Count("rows", filter=Q(rows__accredited=True)),
    ).order_by("-at", "-pk")


def rows_of(found: AnswerList) -> QuerySet[ListedAnswer]:
    """The rows of a list with the people, by application and place."""
    rows = ListedAnswer.objects.filter(list=found).select_related(
        "applicant__application__sender__body", "applicant__withdrawal"
    )
    return rows.order_by("applicant__application__number", "applicant__row")


def papers_of(subject: str) -> list[Document]:
    """The frozen documents of a record, by number and language."""
    return list(Document.objects.filter(subject=subject).order_by("number", "language"))


# ------------------------------------------------------------------------------------- accredited


def accredited(body: Body, wanted: Wanted) -> QuerySet[Accreditation]:
    """Whom the commission accredited or noted, the latest first; `state` is active, ended or all."""
    found = Accreditation.objects.filter(commission=body)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state == ACTIVE:
        found = found.filter(ending__isnull=True)
    elif wanted.state == ENDED:
        found = found.filter(ending__isnull=False)
    if wanted.search:
        text = wanted.search
        named = Q(applicant__surname__icontains=text) | Q(applicant__given_names__icontains=text)
        found = found.filter(named | Q(certificate__number__icontains=text) | _names("sender__body__", text))
    related = ("applicant__photo", "sender__body", "certificate__body", "certificate__office__body", "commission")
    found = found.select_related("ending", "election__clock", *related)
    return found.defer("applicant__photo__ciphertext").order_by("-at", "-pk")


def accreditation_for(body: Body, pk: int) -> Accreditation | None:
    """An accreditation that this commission gave; None where it is none of its own."""
    related = ("applicant__application", "applicant__commission", "sender__body", "certificate__body", "commission")
    found = Accreditation.objects.filter(commission=body, pk=pk)
    return found.select_related("answer__decision", "ending__decision", "election__clock", *related).first()


def asked_of(body: Body) -> QuerySet[AssistanceRequest]:
    """Requests for help of international observers to this body, those without an answer first (R4.8.a2)."""
    found = AssistanceRequest.objects.filter(addressee=body).select_related(
        "answer", "accreditation__sender__body", "accreditation__certificate", "accreditation__election__clock"
    )
    return found.order_by(F("answer__at").desc(nulls_first=True), "-at")


# ------------------------------------------------------------------------------------- what waits


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a commission: people to answer, lists without a decision, and since when the oldest waits."""

    people: int
    lists: int
    oldest: datetime | None


def waiting_for(body: Body) -> Waiting:
    """What waits for the commission, in two queries."""
    people = Applicant.objects.filter(
        commission=body, application__state=State.FILED.value, answer__isnull=True, withdrawal__isnull=True
    )
    oldest = people.order_by("application__filed_at").values_list("application__filed_at", flat=True).first()
    lists = AnswerList.objects.filter(commission=body, answering__isnull=True, given_up__isnull=True).count()
    return Waiting(people.count(), lists, oldest)


def _names(prefix: str, text: str) -> Q:
    found = Q()
    for language in ("ky", "ru", "en"):
        found |= Q(**{f"{prefix}name_{language}__icontains": text})
    return found


def _number(text: str) -> Q:
    bare = text.lstrip("№ ").partition("/")[0].strip()
    return Q(number=int(bare)) if bare.isascii() and bare.isdigit() and len(bare) < 9 else Q(pk=None)
