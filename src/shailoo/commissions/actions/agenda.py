"""The agenda: questions proposed, taken up or declined; a representative may demand a vote on it (L18.1.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.commissions.actions.at_hand import before, held_item, held_sitting, refusal_of, unless_in
from shailoo.commissions.law_of import edition_of
from shailoo.commissions.models import AgendaItem, Conclusion, Matter, Sitting
from shailoo.commissions.states import ItemAct, ItemState, State, item_arcs
from shailoo.law.observation.observers import Level
from shailoo.law.outcome import Outcome, Refused, records
from shailoo.law.sittings.agenda import Placed, Proposal, proposal
from shailoo.ledger import actions as ledger


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the agenda. `subject` is the record concerned, as the ledger names it ("voting:12")."""

    matter: Matter
    title_ky: str = ""
    title_ru: str = ""
    title_en: str = ""
    subject: str = ""
    rapporteur: str = ""


@records("L18.1.2")
@transaction.atomic
def propose_item(sitting: Sitting, question: Question, *, by: Office, at: datetime) -> AgendaItem | Refused:
    """Propose a question for a sitting that is called or open: a member, or a representative in the commission."""
    held = held_sitting(sitting.pk)
    may = "commissions.propose_item"
    if denied := refusal(by, may=may, of=held.commission.body, at=at, election=held.election or None):
        return denied
    if denied := unless_in(held, State.CALLED, State.OPEN) or _without_title(question):
        return denied
    if (answer := _judged(held, question.matter)).errors:
        return Refused(answer.errors)
    last = held.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        sitting=held,
        position=last + 1,
        matter=question.matter,
        subject=question.subject,
        title_ky=question.title_ky.strip(),
        title_ru=question.title_ru.strip(),
        title_en=question.title_en.strip(),
        rapporteur=question.rapporteur.strip(),
        proposed_by=by,
        proposed_at=at,
    )
    norm = "L18.1.2" if by.role == Role.COMMISSION_REPRESENTATIVE else "L12.4"
    _record("sitting.item_proposed", item, by=by, at=at, norm=norm, matter=item.matter, subject=item.subject)
    return item


def _without_title(question: Question) -> Refused | None:
    titled = any(title.strip() for title in (question.title_ky, question.title_ru, question.title_en))
    return None if titled else Refused.because("L12.4", "title_needed", fields=("title_ky",))


def _judged(sitting: Sitting, matter: str, *, declining: AgendaItem | None = None) -> Outcome[Placed]:
    """What the law says on treating a question so."""
    demanded = declining is not None and declining.vote_demanded_at is not None
    facts = Proposal(
        level=Level(sitting.commission.level),
        final_meeting=sitting.kind == Sitting.Kind.FINAL,
        on_complaint=matter == Matter.COMPLAINT,
        vote_demanded=demanded,
        voted=declining is not None and Conclusion.objects.filter(motion__item=declining).exists(),
        declined=declining is not None,
    )
    return proposal(facts, edition_of(sitting.called_at))


@records("L18.1.2")
@transaction.atomic
def demand_vote(item: AgendaItem, *, by: Office, at: datetime) -> AgendaItem | Refused:
    """Demand that the members vote on dealing with one's own proposal: a right of representatives (L18.1.2)."""
    held = held_item(item)
    may = "commissions.propose_item"
    if denied := refusal(by, may=may, of=held.sitting.commission.body, at=at, election=held.sitting.election or None):
        return denied
    if denied := unless_in(held.sitting, State.CALLED, State.OPEN) or before(held.sitting, at):
        return denied
    if held.proposed_by.person_id != by.person_id or by.role != Role.COMMISSION_REPRESENTATIVE:
        return Refused.because("L18.1.2", "vote_demanded_by_another")
    if held.state == ItemState.INCLUDED or held.vote_demanded_at is not None:
        return Refused.because("L18.1.2", "vote_not_needed", position=held.position)
    held.vote_demanded_at = at
    held.save(update_fields=["vote_demanded_at"])
    _record("sitting.vote_demanded", held, by=by, at=at, norm="L18.1.2")
    return held


@transaction.atomic
def include_item(item: AgendaItem, *, by: Office, at: datetime) -> AgendaItem | Refused:
    """Take a proposed question up on the agenda."""
    held = held_item(item)
    if denied := _refused(held, ItemAct.INCLUDE, by, at):
        return denied
    return settle_item(held, ItemState.INCLUDED, "", by=by, at=at)


@transaction.atomic
def decline_item(item: AgendaItem, *, reason: str, by: Office, at: datetime) -> AgendaItem | Refused:
    """Decline a proposed question, with the reason; not where a vote on it was demanded (L18.1.2)."""
    held = held_item(item)
    if denied := _refused(held, ItemAct.DECLINE, by, at):
        return denied
    if not reason.strip():
        return Refused.because("L12.4", "reason_needed", fields=("reason",))
    if (answer := _judged(held.sitting, held.matter, declining=held)).errors:
        return Refused(answer.errors)
    return settle_item(held, ItemState.DECLINED, reason.strip(), by=by, at=at)


def _refused(item: AgendaItem, act: ItemAct, by: Office, at: datetime) -> Refused | None:
    found = item_arcs(ItemState(item.state), act)
    if not found:
        return Refused.because("L12.4", "item_in_another_state", position=item.position)
    if denied := refusal_of(by, item.sitting, may=found[0].may, at=at):
        return denied
    return unless_in(item.sitting, State.CALLED, State.OPEN) or before(item.sitting, at)


def settle_item(item: AgendaItem, state: ItemState, reason: str, *, by: Office, at: datetime) -> AgendaItem:
    """Write down that a question was taken up or declined; whoever calls has asked whether it may be."""
    item.state, item.reason, item.settled_at = state, reason, at
    item.save(update_fields=["state", "reason", "settled_at"])
    norm = "L18.1.2" if item.vote_demanded_at else "L12.4"
    name = "sitting.item_included" if state is ItemState.INCLUDED else "sitting.item_declined"
    _record(name, item, by=by, at=at, norm=norm, reason=reason)
    return item


def _record(name: str, item: AgendaItem, *, by: Office, at: datetime, norm: str, **more: object) -> None:
    titles = {"title_ky": item.title_ky, "title_ru": item.title_ru, "title_en": item.title_en}
    payload = {"position": item.position, **titles, **more}
    ledger.record(name, subject=item.sitting.ledger_name, by=by, at=at, grounds=(norm,), payload=payload)
