"""Reading work: whose an office sees, how long one takes, whether anybody does what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, QuerySet
from procrastinate.contrib.django.models import ProcrastinateWorker

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Reach, Role
from shailoo.jobs.kinds import KINDS, Kind
from shailoo.jobs.models import Work
from shailoo.jobs.states import State

PATIENCE = timedelta(minutes=5)  # how long work may wait while there is no worker
ALIVE = timedelta(minutes=1)  # a worker tells the queue of itself every ten seconds


@dataclass(frozen=True, slots=True)
class Health:
    """Whether work is done: workers alive, the works that wait, and since when the first of them is due."""

    workers: int
    waiting: int
    due_since: datetime | None
    stuck: bool  # something is due for longer than PATIENCE, and nobody works


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of work is narrowed to; "" for everything."""

    state: str = ""
    kind: str = ""


def visible_to(office: Office) -> QuerySet[Work]:
    """The work that this office may see: all of it for the CEC's staff, else that of its own body. Latest first."""
    found = Work.objects.select_related("asked_by__body", "cancelled_by__body").order_by("-asked_at", "-pk")
    if MAY["jobs.watch"].get(Role(office.role)) is Reach.EVERYWHERE:
        return found
    return found.filter(asked_by__body=office.body_id)


def narrowed(works: QuerySet[Work], asked: Asked) -> QuerySet[Work]:
    """The works that the filter asks for."""
    if asked.state:
        works = works.filter(state=asked.state)
    return works.filter(kind=asked.kind) if asked.kind else works


def offered_to(office: Office) -> list[Kind]:
    """The checks that the office may ask for, in the order of their codes."""
    return [kind for _, kind in sorted(KINDS.items()) if kind.offered and Role(office.role) in MAY[kind.right]]


def latest_of(works: QuerySet[Work], kinds: list[Kind]) -> dict[str, Work]:
    """Code of a kind -> its latest work among `works`, in one query."""
    codes = [kind.code for kind in kinds]
    latest = works.filter(kind__in=codes).order_by("kind", "-asked_at", "-pk").distinct("kind")
    return {work.kind: work for work in latest}


def unfinished(kind: str) -> Work | None:
    """The work of this kind that waits or runs now."""
    return Work.objects.filter(kind=kind, ended_at__isnull=True).order_by("-pk").first()


def health(at: datetime) -> Health:
    """Whether work waits without a worker at the instant `at`."""
    waiting = Work.objects.filter(state=State.WAITING)
    due = waiting.filter(due_at__lte=at).aggregate(since=Min("due_at"))["since"]
    workers = ProcrastinateWorker.objects.filter(last_heartbeat__gt=at - ALIVE).count()
    stuck = workers == 0 and due is not None and due < at - PATIENCE
    return Health(workers, waiting.count(), due, stuck)


def lasted(work: Work, at: datetime) -> timedelta | None:
    """How long the latest attempt took, or has taken until `at`; None before it began."""
    return None if work.started_at is None else max((work.ended_at or at) - work.started_at, timedelta())


def remains(work: Work, at: datetime) -> timedelta | None:
    """An estimate of what remains, if it goes on as it went so far; None where nothing can be said."""
    took = lasted(work, at)
    if work.state != State.RUNNING or took is None or not work.total or not work.done:
        return None
    return took * (work.total - work.done) / work.done
