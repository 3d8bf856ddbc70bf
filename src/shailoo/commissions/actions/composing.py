"""What a commission consists of, changed by its decisions: its seats and its working groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office
from shailoo.commissions.actions.at_hand import held_commission
from shailoo.commissions.grounds import ground_refusal
from shailoo.commissions.models import Commission, Decision, Matter, WorkingGroup, WorkingGroupMember
from shailoo.commissions.queries.members import is_member, members_of
from shailoo.law.outcome import Finding, Refused, Severity
from shailoo.ledger import actions as ledger

Post = WorkingGroupMember.Post
_LED_BY_ONE = (Post.HEAD, Post.SECRETARY)


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A person of a working group: in an office, or an outside expert by name (`office` None)."""

    post: WorkingGroupMember.Post
    office: Office | None = None
    name: str = ""  # of an expert; of an office it is the person's
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A working group as it is to be formed."""

    number: int
    subject_ky: str
    subject_ru: str
    subject_en: str
    members: tuple[GroupMember, ...]


def _denied(commission: Commission, matter: Matter, ground: Decision, *, by: Office, at: datetime) -> Refused | None:
    """Who keeps the register, and by whose decision: of the commission itself or of the one above it."""
    if denied := refusal(by, may="commissions.keep_register", of=commission.body, at=at):
        return denied
    deciding = commission.body
    if commission.body.superior is not None and ground.body_id == commission.body.superior_id:
        deciding = commission.body.superior
    return ground_refusal(ground, body=deciding, matter=matter, subject=named(commission.body), at=at)


def named(body: Body) -> str:
    """The subject of decisions and acts on a commission's composition."""
    return f"body:{body.code}"


@transaction.atomic
def set_seats(
    commission: Commission, seats: int, *, ground: Decision, by: Office, at: datetime
) -> Commission | Refused:
    """Fix the full membership, from which quorum and majority are counted; by a decision on the establishment."""
    held = held_commission(commission)
    if denied := _denied(held, Matter.ESTABLISHMENT, ground, by=by, at=at):
        return denied
    sitting_now = members_of(held.body, at).values("person").distinct().count()
    if seats < max(sitting_now, 1):
        return Refused.because("L12.4", "fewer_seats_than_members", fields=("seats",), seats=seats, members=sitting_now)
    payload = {"before": held.seats, "after": seats, "decision": ground.label}
    held.seats, held.seats_by = seats, ground
    held.save(update_fields=["seats", "seats_by"])
    _record("commission.seats_set", held, by=by, at=at, payload=payload)
    return held


# ---------------------------------------------------------------- working groups


@transaction.atomic
def form_working_group(
    commission: Commission, group: Group, *, ground: Decision, by: Office, at: datetime
) -> WorkingGroup | Refused:
    """Form a working group by a decision: one head, who is a member of the commission, and one secretary."""
    held = held_commission(commission)
    if denied := _denied(held, Matter.WORKING_GROUP, ground, by=by, at=at):
        return denied
    if faults := tuple(_faults(held, group, at)):
        return Refused(faults)
    formed = WorkingGroup.objects.create(
        commission=held,
        number=group.number,
        subject_ky=group.subject_ky.strip(),
        subject_ru=group.subject_ru.strip(),
        subject_en=group.subject_en.strip(),
        since=at,
        formed_by=ground,
    )
    _join(formed, group.members, at)
    payload = {"number": group.number, "subject": group.subject_en, "decision": ground.label}
    _record("working_group.formed", held, by=by, at=at, payload={**payload, "members": _told(group.members)})
    return formed


def _faults(commission: Commission, group: Group, at: datetime) -> Iterator[Finding]:
    if commission.working_groups.filter(number=group.number, until__isnull=True).exists():
        yield Finding("L12.4", "working_group_stands_already", Severity.ERROR, {"number": group.number}, ("number",))
    if not all(subject.strip() for subject in (group.subject_ky, group.subject_ru, group.subject_en)):
        yield Finding("L12.4", "subject_in_three_languages", Severity.ERROR, fields=("subject_ky",))
    yield from _faults_of_members(commission, group, at)


def _faults_of_members(commission: Commission, group: Group, at: datetime) -> Iterator[Finding]:
    posts = [each.post for each in group.members]
    if any(posts.count(post) != 1 for post in _LED_BY_ONE):
        yield Finding("L12.4", "working_group_needs_head_and_secretary", Severity.ERROR, fields=("members",))
    for each in group.members:
        yield from _faults_of(commission, each, at)


def _faults_of(commission: Commission, each: GroupMember, at: datetime) -> Iterator[Finding]:
    if each.office is None and not each.name.strip():
        yield Finding("L12.4", "name_needed", Severity.ERROR, fields=("name",))
    if each.office is not None and not each.office.holds_at(at):
        yield Finding(
            "L12.4", "office_of_group_not_held", Severity.ERROR, {"name": each.office.person.name}, ("office",)
        )
    led = each.office is not None and is_member(each.office, commission.body, at)
    if each.post == Post.HEAD and not led:
        yield Finding("L12.4", "working_group_led_by_a_member", Severity.ERROR, fields=("office",))


def _join(group: WorkingGroup, members: Iterable[GroupMember], at: datetime) -> None:
    WorkingGroupMember.objects.bulk_create(
        [
            WorkingGroupMember(
                group=group,
                office=each.office,
                name=each.office.person.name if each.office else each.name.strip(),
                post=each.post,
                phones=list(each.phones),
                since=at,
            )
            for each in members
        ]
    )


def _told(members: Iterable[GroupMember]) -> list[dict[str, object]]:
    """The members as the ledger keeps them: offices by their keys, an outside expert by the post alone."""
    return [{"post": each.post.value, "office": each.office.pk if each.office else None} for each in members]


@transaction.atomic
def change_working_group(
    group: WorkingGroup, members: tuple[GroupMember, ...], *, ground: Decision, by: Office, at: datetime
) -> WorkingGroup | Refused:
    """Give a working group new people by a decision; those of before end with it and stay readable."""
    held = WorkingGroup.objects.select_for_update(of=("self",)).select_related("commission__body__superior")
    found = held.get(pk=group.pk)
    if denied := _denied(found.commission, Matter.WORKING_GROUP, ground, by=by, at=at):
        return denied
    if found.until is not None:
        return Refused.because("L12.4", "working_group_ended_already", number=found.number)
    wanted = Group(found.number, found.subject_ky, found.subject_ru, found.subject_en, members)
    faults = tuple(
        each for each in _faults(found.commission, wanted, at) if each.code != "working_group_stands_already"
    )
    if faults:
        return Refused(faults)
    found.members.filter(until__isnull=True).update(until=at)
    _join(found, members, at)
    payload = {"number": found.number, "decision": ground.label, "members": _told(members)}
    _record("working_group.changed", found.commission, by=by, at=at, payload=payload)
    return found


@transaction.atomic
def end_working_group(group: WorkingGroup, *, ground: Decision, by: Office, at: datetime) -> WorkingGroup | Refused:
    """End a working group by a decision."""
    held = WorkingGroup.objects.select_for_update(of=("self",)).select_related("commission__body__superior")
    found = held.get(pk=group.pk)
    if denied := _denied(found.commission, Matter.WORKING_GROUP, ground, by=by, at=at):
        return denied
    if found.until is not None or at < found.since:
        return Refused.because("L12.4", "working_group_ended_already", number=found.number)
    found.until, found.ended_by = at, ground
    found.save(update_fields=["until", "ended_by"])
    found.members.filter(until__isnull=True).update(until=at)
    payload = {"number": found.number, "decision": ground.label}
    _record("working_group.ended", found.commission, by=by, at=at, payload=payload)
    return found


def _record(name: str, commission: Commission, *, by: Office, at: datetime, payload: Mapping[str, object]) -> None:
    subject = named(commission.body)
    ledger.record(name, subject=subject, by=by, at=at, grounds=("L12.4",), payload=payload)
