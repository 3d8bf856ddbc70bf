"""What the acts of a sitting have in common: the rows they hold until their end, and who keeps the sitting."""

from __future__ import annotations

from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.commissions.models import AgendaItem, Commission, Motion, Sitting
from shailoo.commissions.states import State
from shailoo.law.outcome import Refused


def held_sitting(pk: int) -> Sitting:
    """The sitting with its row held, so that acts on it come one after another."""
    found = Sitting.objects.select_for_update(of=("self",)).select_related("commission__body", "chair", "secretary")
    return found.get(pk=pk)


def held_item(item: AgendaItem) -> AgendaItem:
    """The item with its sitting's row held."""
    sitting = held_sitting(item.sitting_id)
    found = AgendaItem.objects.select_related("proposed_by").get(pk=item.pk)
    found.sitting = sitting
    return found


def held_motion(motion: Motion) -> Motion:
    """The motion with the row of its sitting held; its own never changes."""
    item = held_item(motion.item)
    found = Motion.objects.select_related("replaces", "repeals").get(pk=motion.pk)
    found.item = item
    return found


def held_commission(commission: Commission) -> Commission:
    """The commission with its row held: numbers of its sittings and decisions are given one after another."""
    found = Commission.objects.select_for_update(no_key=True, of=("self",)).select_related("body__superior")
    return found.get(pk=commission.pk)


def refusal_of(by: Office, sitting: Sitting, *, may: str, at: datetime) -> Refused | None:
    """None where the office may do the act at this sitting.

    Who presides over a sitting, and who keeps its minutes, may do there what chair and secretary do, as a member.
    """
    keeps = by.pk in (sitting.chair_id, sitting.secretary_id)
    asked = "commissions.vote" if keeps else may
    return refusal(by, may=asked, of=sitting.commission.body, at=at, election=sitting.election or None)


def unless_in(sitting: Sitting, *states: State) -> Refused | None:
    """The refusal of an act for which the sitting is not in one of the states."""
    if sitting.state in states:
        return None
    return Refused.because("L12.4", "sitting_in_another_state", state=sitting.state)


def before(sitting: Sitting, at: datetime) -> Refused | None:
    """The refusal of an act that would be earlier than the opening of the sitting."""
    begun = sitting.opened_at or sitting.called_at
    return Refused.because("L12.4", "before_the_sitting", fields=("at",)) if at < begun else None
