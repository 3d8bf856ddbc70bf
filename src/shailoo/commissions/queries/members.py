"""Who a commission consists of: its members, its seats, who of them is present, and where it is found."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import MEMBERS, Role
from shailoo.commissions.models import Attendance, Commission, Contact, Sitting


def members_of(body: Body, at: datetime) -> QuerySet[Office]:
    """The offices of the members who sit and vote at the instant `at`, in the order in which they began."""
    held = Office.objects.filter(Q(until__isnull=True) | Q(until__gt=at), body=body, role__in=MEMBERS, since__lte=at)
    return held.select_related("person", "body").order_by("since", "pk")


def is_member(office: Office, body: Body, at: datetime) -> bool:
    """Whether the office makes its person a member of the commission with that body at the instant `at`."""
    return office.body_id == body.pk and Role(office.role) in MEMBERS and office.holds_at(at)


def seats_of(commission: Commission, at: datetime) -> int:
    """The full membership: as decided, else as many as there are members at the instant `at`."""
    if commission.seats is not None:
        return commission.seats
    return members_of(commission.body, at).values("person").distinct().count()


def present_at(sitting: Sitting, at: datetime) -> QuerySet[Attendance]:
    """Everybody who is at the sitting at the instant `at`, in the order of coming."""
    here = sitting.attendances.filter(Q(left_at__isnull=True) | Q(left_at__gt=at), arrived_at__lte=at)
    return here.select_related("office__person", "office__body")


def present_members(sitting: Sitting, at: datetime) -> list[Office]:
    """The members present at the instant `at` who hold their office then, each person once."""
    body = sitting.commission.body
    found: dict[int, Office] = {}
    for each in present_at(sitting, at).filter(attendee="member"):
        if each.office is not None and is_member(each.office, body, at):
            found.setdefault(each.office.person_id, each.office)
    return list(found.values())


def members_who_came(sitting: Sitting) -> list[Attendance]:
    """The members who were at the sitting at any time, each person once, in the order of coming."""
    rows = sitting.attendances.filter(attendee="member").select_related("office__person")
    return list({each.office.person_id: each for each in reversed(rows) if each.office}.values())[::-1]


def final_sittings(commission: Commission, election: str) -> QuerySet[Sitting]:
    """The final sittings of the commission in an election that were opened, the latest first (L36.2.c1)."""
    held = Sitting.objects.filter(commission=commission, kind=Sitting.Kind.FINAL, election=election)
    return held.filter(opened_at__isnull=False).select_related("commission__body").order_by("-opened_at", "-pk")


def contact_of(commission: Commission) -> Contact | None:
    """Where the commission is found now; None where nothing is known."""
    return commission.contacts.filter(until__isnull=True).first()
