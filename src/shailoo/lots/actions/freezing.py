"""Freezing the list of a lot, publishing it, and giving a lot up before any dice were thrown.

A commission's lot is public from its list on (L8.1): nobody throws dice for a list that others cannot see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.accounts.roles import MEMBERS, Role
from shailoo.commissions.models import Commission
from shailoo.commissions.queries import members_of
from shailoo.law.calendar import local_day
from shailoo.law.editions import in_force
from shailoo.law.lots.listing import NORMS, Listed, LotList, Post, Purpose, listing
from shailoo.law.observation.observers import Level
from shailoo.law.outcome import NormId, Refused
from shailoo.ledger import actions as ledger
from shailoo.lots.drawing import LONGEST_LABEL, MOST_ITEMS, Taking, label, list_hash
from shailoo.lots.models import Draw, Item, Publication, Round, Voiding
from shailoo.lots.states import Act, State, arcs

_POSTS: Mapping[str, Post] = {
    role.value: Post.CHAIRPERSON
    if role.value.endswith("_chair")
    else Post.SECRETARY
    if role.value.endswith("_secretary")
    else Post.MEMBER
    for role in MEMBERS
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A round of a lot: the role that is drawn in it ("" where there is none), and how many entries; None: all."""

    role: str = ""
    drawn: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A lot as it is prepared: what it decides, among which entries, in which rounds."""

    purpose: Purpose
    labels: tuple[str, ...]
    turns: tuple[Turn, ...] = (Turn(),)
    taking: Taking = Taking.ONCE
    title: str = ""
    election: str = ""


@transaction.atomic
def freeze_list(commission: Commission, plan: Plan, *, by: Office, at: datetime) -> Draw | Refused:
    """Fix the list of a lot under its hash and give the lot its number in the commission's year (L8.1).

    Refused where the list is none (`objections`) or the law lets nobody draw from it (`law.lots.listing`).
    """
    if denied := refusal(by, may="lots.freeze", of=commission.body, at=at, election=plan.election or None):
        return denied
    Commission.objects.select_for_update().get(pk=commission.pk)
    members = list(members_of(commission.body, at))
    if refused := objections(commission, plan, at, members):
        return refused
    draw = _numbered(commission, plan, by, at)
    own = {label(office.person.name): office for office in members} if plan.purpose in AMONG_MEMBERS else {}
    rows = (Item(draw=draw, number=place, label=each, office=own.get(each)) for place, each in _numbers(plan))
    Item.objects.bulk_create(rows, batch_size=5000)
    Round.objects.bulk_create(
        Round(draw=draw, number=number, role=turn.role, drawn=turn.drawn) for number, turn in enumerate(plan.turns, 1)
    )
    payload = {"purpose": draw.purpose_line, "entries": draw.size, "list_hash": draw.list_hash}
    ledger.record("lot.list_frozen", subject=draw.subject, by=by, at=at, grounds=NORMS[plan.purpose], payload=payload)
    return draw


AMONG_MEMBERS = frozenset({Purpose.STATION_DUTIES, Purpose.MOBILE_TEAM})
"""The lots among the members of the commission that draws."""


def objections(commission: Commission, plan: Plan, at: datetime, members: Sequence[Office]) -> Refused | None:
    """What stands against the list, all of it at once; None where it can be frozen. Nothing is written."""
    norm = NORMS[plan.purpose][0]
    if refused := _no_list(plan, norm):
        return refused
    posts = {label(office.person.name): _POSTS[Role(office.role).value] for office in members}
    facts = LotList(
        purpose=plan.purpose,
        level=Level(commission.level),
        items=tuple(Listed(each, posts.get(each, Post.NONE)) for each in plan.labels),
        rounds=tuple(turn.role for turn in plan.turns),
        drawn=tuple(turn.drawn for turn in plan.turns),
    )
    found = listing(facts, in_force(local_day(at)))
    return Refused(found.errors) if found.errors else None


def _no_list(plan: Plan, norm: NormId) -> Refused | None:
    """What no list of a lot can be, whatever it is drawn for."""
    if len(plan.labels) < 2:
        return Refused.because(norm, "lot_needs_two_entries", entries=len(plan.labels), fields=("items",))
    if len(plan.labels) > MOST_ITEMS:
        return Refused.because(norm, "lot_list_too_long", most=MOST_ITEMS, fields=("items",))
    for number, each in enumerate(plan.labels, 1):
        if not each or each != label(each) or len(each) > LONGEST_LABEL:
            return Refused.because(norm, "lot_entry_unreadable", line=number, fields=("items",))
    doubled = next((each for each, times in Counter(plan.labels).items() if times > 1), None)
    if doubled is not None:
        return Refused.because(norm, "lot_entry_twice", entry=doubled, fields=("items",))
    wanted = [turn.drawn or len(plan.labels) for turn in plan.turns]
    most = sum(wanted) if plan.taking is Taking.ONCE else max(wanted, default=0)
    if not wanted or most > len(plan.labels):
        return Refused.because(
            norm, "lot_draws_more_than_listed", drawn=most, entries=len(plan.labels), fields=("drawn",)
        )
    return None


def _numbers(plan: Plan) -> enumerate[str]:
    return enumerate(plan.labels, 1)


def _numbered(commission: Commission, plan: Plan, by: Office, at: datetime) -> Draw:
    """The lot with the next number of the commission's local year; the commission's row is locked."""
    year = local_day(at).year
    last = Draw.objects.filter(commission=commission, year=year).aggregate(last=Max("number"))["last"] or 0
    return Draw.objects.create(
        commission=commission,
        year=year,
        number=last + 1,
        purpose=plan.purpose.value,
        purpose_line=f"{plan.purpose.value} {commission.body.code}/{year}/{last + 1}",
        title=label(plan.title)[:200],
        election=plan.election,
        taking=plan.taking.value,
        size=len(plan.labels),
        list_hash=list_hash(plan.labels),
        office=by,
        frozen_at=at,
    )


@transaction.atomic
def publish_list(draw: Draw, *, by: Office, at: datetime) -> Publication | Refused:
    """Make the list and its hash public (L8.1); from now on the dice may be thrown, and the list never changes."""
    held = locked(draw)
    if denied := refused_at(held, Act.PUBLISH, by, at):
        return denied
    if at < held.frozen_at:
        return Refused.because("L8.1", "lot_time_runs_forward")
    published = Publication.objects.create(draw=held, office=by, at=at)
    move(held, State.PUBLISHED)
    payload = {"purpose": held.purpose_line, "list_hash": held.list_hash}
    ledger.record(
        "lot.list_published", subject=held.subject, by=by, at=at, grounds=(*_norms(held), "L8.1"), payload=payload
    )
    return published


@transaction.atomic
def void(draw: Draw, reason: str, *, by: Office, at: datetime) -> Voiding | Refused:
    """Give a lot up, with a written reason, before any digit was entered; it stays readable and is never drawn.

    Refused once somebody has entered digits: who has seen the dice knows the order.
    """
    held = locked(draw)
    if denied := refused_at(held, Act.VOID, by, at):
        return denied
    if any(each.entries.exists() for each in held.rounds.all()):
        return Refused.because("L8.1", "lot_dice_were_thrown")
    if not reason.strip():
        return Refused.because("L8.1", "lot_voided_without_reason", fields=("reason",))
    voiding = Voiding.objects.create(draw=held, reason=reason.strip(), office=by, at=at)
    move(held, State.VOIDED)
    payload = {"purpose": held.purpose_line, "reason": voiding.reason}
    ledger.record("lot.voided", subject=held.subject, by=by, at=at, grounds=_norms(held), payload=payload)
    return voiding


def locked(draw: Draw) -> Draw:
    """The lot as it stands, its row locked until the transaction ends: two acts on one lot come one after the other."""
    found = Draw.objects.select_for_update(of=("self",)).select_related("commission__body")
    return found.get(pk=draw.pk)


def refused_at(draw: Draw, act: Act, by: Office, at: datetime) -> Refused | None:
    """Whether the office may do this act to the lot where it stands."""
    open_ = arcs(State(draw.state), act)
    may = open_[0].may if open_ else next(each.may for state in State for each in arcs(state, act))
    if denied := refusal(by, may=may, of=draw.commission.body, at=at, election=draw.election or None):
        return denied
    if not open_:
        return Refused.because("L8.1", "lot_act_not_open", lot_state=draw.state, lot_act=act.value)
    return None


def move(draw: Draw, state: State) -> None:
    """Let the lot stand in `state`; the database refuses a way that the table does not have."""
    draw.state = state.value
    draw.save(update_fields=["state"])


def _norms(draw: Draw) -> tuple[NormId, ...]:
    return NORMS[Purpose(draw.purpose)]
