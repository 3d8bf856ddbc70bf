"""The registers that people look things up in: decisions and sittings, page by page, and what rests on a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404, QueryDict

from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import Role
from shailoo.commissions import clocks
from shailoo.commissions.law_of import BISHKEK
from shailoo.commissions.models import (
    Attendance,
    Commission,
    Decision,
    Division,
    Minutes,
    Sitting,
    Vote,
    WorkingGroup,
    WorkingGroupMember,
)
from shailoo.commissions.papers.forms import FORMS
from shailoo.commissions.queries import why_concluded
from shailoo.commissions.states import State
from shailoo.documents.models import Document, StoredFile
from shailoo.law.outcome import Step
from shailoo.ledger import queries as ledger
from shailoo.wording import LANGUAGES

Row = TypeVar("Row", bound=Model)
PAGE_SIZE = 25
MOST_ACTS = 50  # of those that name a decision; their number is told beside
CHAIRS = (Role.CEC_CHAIR, Role.TEC_CHAIR, Role.PEC_CHAIR)
SECRETARIES = (Role.CEC_SECRETARY, Role.TEC_SECRETARY, Role.PEC_SECRETARY)
COMING = (State.CALLED.value, State.OPEN.value)


def page_of(rows: QuerySet[Row], query: QueryDict) -> Page[Row]:
    """The page that the address names (`page`, from 1), of 25 rows. Raises Http404 where there is none."""
    pages = Paginator(rows, PAGE_SIZE)
    asked = query.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 7 and 1 <= int(asked) <= pages.num_pages):
        raise Http404("page")
    return pages.page(int(asked))


# ------------------------------------------------------------------------------------- decisions


def decision_of(code: str, year: int, number: int) -> Decision | None:
    """The decision of a commission by its number, with all that its page tells; None where there is none."""
    return _whole().filter(body__code=code, year=year, number=number).first()


def decision_by_key(pk: int) -> Decision | None:
    """The same by its key."""
    return _whole().filter(pk=pk).first()


def _whole() -> QuerySet[Decision]:
    near = ("body", "sitting__commission__body", "publication__document", "motion__conclusion")
    chain = ("replaces__body", "repeals__body", "replaced_by__body", "repealed_by__body")
    return Decision.objects.select_related(*near, *chain)


def votes_on(decision: Decision) -> list[Vote]:
    """How each member voted, by name."""
    return list(decision.motion.votes.select_related("person", "office").order_by("person__name", "pk"))


def papers_of(record: Decision | Minutes) -> list[Document]:
    """The documents of a published decision or version of minutes, the Kyrgyz one first; none before publication."""
    found = Document.objects.filter(subject=record.ledger_name, kind__in=[form.kind for form in FORMS])
    return sorted(found, key=lambda each: LANGUAGES.index(each.language))


def opinion_file(decision: Decision, pk: int) -> StoredFile | None:
    """The file of an individual opinion on the decision; None where there is none."""
    found = decision.dissents.filter(pk=pk, file__isnull=False).select_related("file").first()
    return found.file if found else None


def why(decision: Decision) -> Sequence[Step]:
    """The steps by which the law found the majority."""
    return why_concluded(decision.motion.conclusion).steps


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision is the ground of: offices, seats and working groups, and acts of every department.

    An act rests on a decision where `decision.ledger_name` stands among its grounds in the ledger.
    """

    offices: Sequence[Office]
    seats: Sequence[Commission]
    formed: Sequence[WorkingGroup]
    ended: Sequence[WorkingGroup]
    acts: ledger.Applied


def ground_of(decision: Decision) -> Ground:
    """What rests on the decision; of acts those that name it among their grounds, at most 50 of the latest."""
    offices = Office.objects.filter(ground=decision.ledger_name).select_related("person", "body")
    return Ground(
        list(offices.order_by("since", "pk")),
        list(Commission.objects.filter(seats_by=decision).select_related("body")),
        list(decision.groups_formed.order_by("number", "pk")),
        list(decision.groups_ended.order_by("number", "pk")),
        ledger.applied([decision.ledger_name], most=MOST_ACTS),
    )


# ------------------------------------------------------------------------------------- sittings


def deciding_bodies() -> list[Body]:
    """The commissions that were ever called to a sitting: the CEC, then by code."""
    sat = Body.objects.filter(Exists(Sitting.objects.filter(commission=OuterRef("pk"))))
    return list(sat.order_by(F("superior").asc(nulls_first=True), "code"))


def calendar(body: str = "", when: str = "") -> QuerySet[Sitting]:
    """Sittings of the commission with that code ("": of all): "coming" (the next first), "past", or "" (all)."""
    rows = Sitting.objects.select_related("commission__body").order_by("-planned_at", "-pk")
    if body:
        rows = rows.filter(commission__body__code=body)
    if when == "coming":
        return rows.filter(state__in=COMING).order_by("planned_at", "pk")
    return rows.exclude(state__in=COMING) if when == "past" else rows


def sitting_of(code: str, year: int, number: int) -> Sitting | None:
    """The sitting of a commission by its number; None where there is none."""
    return _with_people().filter(commission__body__code=code, year=year, number=number).first()


def sitting_by_key(pk: int) -> Sitting | None:
    """The same by its key."""
    return _with_people().filter(pk=pk).first()


def _with_people() -> QuerySet[Sitting]:
    people = ("called_by__person", "chair__person", "secretary__person")
    return Sitting.objects.select_related("commission__body", *people)


def attendance(sitting: Sitting) -> list[Attendance]:
    """Who came, in what capacity, from when to when."""
    return list(sitting.attendances.select_related("office__person", "office__body").order_by("arrived_at", "pk"))


def published_minutes(sitting: Sitting) -> Minutes | None:
    """The latest version of the minutes that was made public."""
    made_public = sitting.minutes.filter(publication__isnull=False).select_related("publication__office__body")
    return made_public.order_by("-version").first()


def made_public(sitting: Sitting) -> list[Decision]:
    """The decisions of the sitting that the public can read, by number."""
    found = sitting.decisions.filter(publication__isnull=False).select_related("body")
    return list(found.order_by("year", "number"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for an office in its commission; each a list of what is to be done."""

    today: Sequence[Sitting]
    to_write: Sequence[Sitting]
    to_sign: Sequence[Minutes]
    to_announce: Sequence[Minutes]
    to_publish: int


def waiting_for(office: Office) -> Waiting:
    """Sittings of today, minutes to write, to sign and to make public, decisions that are not public yet."""
    ours = Sitting.objects.filter(commission=office.body_id)
    called = [each for each in ours.filter(state__in=COMING) if _is_today(each)]
    held = ours.filter(state=State.CLOSED.value)
    unwritten = held.filter(secretary=office, minutes__isnull=True)
    last = Minutes.objects.filter(sitting=OuterRef("sitting")).order_by("-version").values("pk")[:1]
    unsigned = Minutes.objects.filter(Q(sitting__chair=office) | Q(sitting__secretary=office), pk=Subquery(last))
    unsigned = unsigned.filter(sitting__in=held).exclude(signatures__office=office)
    private = Minutes.objects.filter(sitting__secretary=office, pk=Subquery(last), publication__isnull=True)
    signed = [each for each in private if each.stage == "signed"]
    taken = Decision.objects.filter(body=office.body_id, publication__isnull=True)
    return Waiting(called, list(unwritten), list(unsigned), signed, taken.count())


def _is_today(sitting: Sitting) -> bool:
    """Whether it is in session, or planned for today or before, by its own clock."""
    now = clocks.now(sitting.election).astimezone(BISHKEK)
    return sitting.state == State.OPEN or sitting.planned_at.astimezone(BISHKEK).date() <= now.date()


# ------------------------------------------------------------------------------------- people


def by_post(offices: QuerySet[Office]) -> list[Office]:
    """The members of a commission in the order of a list: the chair, the secretary, then by name."""

    def place(office: Office) -> tuple[bool, bool, str, int]:
        role = Role(office.role)
        return role not in CHAIRS, role not in SECRETARIES, office.person.name, office.pk

    return sorted(offices, key=place)


def divisions_of(commission: Commission) -> list[Division]:
    """The departments that stand, each followed by its divisions."""
    standing = commission.divisions.filter(ended_at__isnull=True).select_related("head__person", "parent")
    return sorted(standing, key=lambda each: (each.parent_id or each.pk, each.parent_id is not None, each.pk))


def groups_of(commission: Commission) -> QuerySet[WorkingGroup]:
    """The working groups that stand, by number, each with its people of now (`group.members.all()`), the head first."""
    people = WorkingGroupMember.objects.filter(until__isnull=True).order_by("post", "pk")
    groups = commission.working_groups.filter(until__isnull=True).select_related("formed_by__body")
    return groups.prefetch_related(Prefetch("members", queryset=people)).order_by("number")
