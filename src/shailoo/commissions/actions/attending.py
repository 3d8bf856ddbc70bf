"""Who is at a sitting: members, and those whom the law lets attend (L8.2, L11.2.1, L18.1.3, L19.7.6, L20.5.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shailoo.accounts.models import Office
from shailoo.commissions.actions.at_hand import held_sitting, refusal_of, unless_in
from shailoo.commissions.law_of import edition_of
from shailoo.commissions.models import Attendance, Commission, Motion, Sitting
from shailoo.commissions.queries.members import is_member
from shailoo.commissions.states import State
from shailoo.law.observation import commissions as attending
from shailoo.law.observation.commissions import Attendee
from shailoo.law.observation.observers import Level
from shailoo.law.outcome import Outcome, Refused, records
from shailoo.ledger import actions as ledger


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who comes and is no member of this commission.

    `office`: in the system, where the person has one. `mandate_in_force`: shown to be in force today (None: not shown).
    `own_commission`: in which a representative is registered is this one; `matter_of_principal`: an item concerns the
    candidate or party that appointed.
    """

    attendee: Attendee
    name: str
    office: Office | None = None
    mandate_in_force: bool | None = None
    own_level: Level | None = None
    above: bool | None = None
    own_commission: bool | None = None
    matter_of_principal: bool | None = None


@transaction.atomic
def attend_as_member(sitting: Sitting, members: Iterable[Office], *, by: Office, at: datetime) -> int | Refused:
    """Record that members have come, at one instant; returns how many. Who is there already is passed over.

    Chair and secretary record everybody, a member only their own coming. All are recorded, or none.
    """
    held = held_sitting(sitting.pk)
    coming = list(members)
    if denied := _may_record(held, coming, by, at):
        return denied
    for office in coming:
        if not is_member(office, held.commission.body, at):
            return Refused.because("L12.4", "not_a_member_here", fields=("members",), name=office.person.name)
    here = set(held.attendances.filter(left_at__isnull=True).values_list("office__person", flat=True))
    new = {office.person_id: office for office in coming if office.person_id not in here}
    if denied := _came_back_before_leaving(held, list(new.values()), at):
        return denied
    rows = [
        Attendance(sitting=held, office=office, name=office.person.name, attendee=Attendee.MEMBER, arrived_at=at)
        for office in new.values()
    ]
    Attendance.objects.bulk_create(rows)
    if rows:
        _record("sitting.members_came", held, by=by, at=at, norm="L12.4", offices=[row.office_id for row in rows])
    return len(rows)


@records("L8.2", "L11.2.1", "L18.1.3", "L19.7.6", "L20.5.3")
@transaction.atomic
def attend(sitting: Sitting, visitor: Visitor, *, by: Office, at: datetime) -> Attendance | Refused:
    """Record that somebody who is no member has come, where the law lets them attend."""
    held = held_sitting(sitting.pk)
    if denied := _may_record(held, [visitor.office] if visitor.office else [], by, at):
        return denied
    if not visitor.name.strip():
        return Refused.because("L8.2", "name_needed", fields=("name",))
    if visitor.attendee is Attendee.MEMBER:
        return Refused.because("L12.4", "not_a_member_here", fields=("attendee",), name=visitor.name)
    answer = admission(held, visitor, at)
    if answer.errors:
        return Refused(answer.errors)
    if visitor.office and held.attendances.filter(left_at__isnull=True, office=visitor.office).exists():
        return Refused.because("L8.2", "present_already", name=visitor.name)
    name = visitor.name.strip()
    row = Attendance.objects.create(
        sitting=held, office=visitor.office, name=name, attendee=visitor.attendee, arrived_at=at
    )
    _record("sitting.attended", held, by=by, at=at, norm=answer.grounds[0], attendee=row.attendee, person=name)
    return row


def admission(sitting: Sitting, visitor: Visitor, at: datetime) -> Outcome[attending.Admission]:
    """What the law says on letting the visitor attend; what an office shows is taken from it."""
    office, here = visitor.office, sitting.commission
    theirs = Commission.objects.filter(pk=office.body_id).first() if office else None
    facts = attending.Attendance(
        attendee=visitor.attendee,
        level=Level(here.level),
        mandate_in_force=office.holds_at(at) if office else visitor.mandate_in_force,
        own_level=Level(theirs.level) if theirs else visitor.own_level,
        above=here.body.superior_id == theirs.pk if theirs else visitor.above,
        own_commission=office.body_id == here.pk if office else visitor.own_commission,
        matter_of_principal=visitor.matter_of_principal,
        announced=sitting.called_at < sitting.planned_at,
    )
    return attending.attendance(facts, edition_of(at))


@transaction.atomic
def leave(attendance: Attendance, *, by: Office, at: datetime) -> Attendance | Refused:
    """Record that somebody has left; a member who left does not vote any more, and counts no more for the quorum."""
    held = held_sitting(attendance.sitting_id)
    row = Attendance.objects.select_related("office").get(pk=attendance.pk)
    if denied := _may_record(held, [row.office] if row.office else [], by, at):
        return denied
    if row.left_at is not None or at < row.arrived_at:
        return Refused.because("L12.4", "left_already", name=row.name)
    if row.office and _voted_after(held, row.office, at):
        return Refused.because("L12.4", "before_what_was_recorded", fields=("at",))
    row.left_at = at
    row.save(update_fields=["left_at"])
    _record("sitting.left", held, by=by, at=at, norm="L12.4", person=row.name, office=row.office_id)
    return row


def _may_record(sitting: Sitting, coming: list[Office], by: Office, at: datetime) -> Refused | None:
    """Chair and secretary record anybody's coming and going, a member their own."""
    own = bool(coming) and all(office.pk == by.pk for office in coming)
    may = "commissions.vote" if own else "commissions.keep_sitting"
    if denied := refusal_of(by, sitting, may=may, at=at) or unless_in(sitting, State.CALLED, State.OPEN):
        return denied
    return Refused.because("L12.4", "before_the_sitting", fields=("at",)) if at < sitting.called_at else None


def _came_back_before_leaving(sitting: Sitting, coming: list[Office], at: datetime) -> Refused | None:
    """Nobody is present twice at one instant."""
    again = sitting.attendances.filter(office__in=coming, left_at__gt=at).first()
    return Refused.because("L12.4", "before_what_was_recorded", fields=("at",)) if again else None


def _voted_after(sitting: Sitting, office: Office, at: datetime) -> bool:
    return Motion.objects.filter(item__sitting=sitting, votes__office=office, votes__at__gte=at).exists()


def _record(name: str, sitting: Sitting, *, by: Office, at: datetime, norm: str, **payload: object) -> None:
    ledger.record(name, subject=sitting.ledger_name, by=by, at=at, grounds=(norm,), payload=payload)
