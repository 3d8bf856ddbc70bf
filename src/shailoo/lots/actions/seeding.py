"""The digits of the dice, thrown before everyone at a sitting and typed by two people who do not see each other's."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from shailoo.accounts.models import Office
from shailoo.commissions.models import Attendance, Sitting
from shailoo.commissions.states import State as OfSitting
from shailoo.law.lots.listing import NORMS, Purpose
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger
from shailoo.lots.actions.freezing import locked, move, refused_at
from shailoo.lots.drawing import FEWEST_DIGITS, MOST_DIGITS, is_seed
from shailoo.lots.models import Draw, Round, Seed, SeedEntry
from shailoo.lots.states import Act, State


class Entered(StrEnum):
    """What an entry of digits led to."""

    FIRST = "first"  # the second person is waited for
    EQUAL = "equal"  # the seed is found
    DIFFERENT = "different"  # both are asked again


def next_round(draw: Draw) -> Round | None:
    """The first round without a result; None where all are drawn."""
    return draw.rounds.filter(result__isnull=True).order_by("number").first()


def present_at(sitting: Sitting, office: Office) -> bool:
    """Whether the office attends the sitting now."""
    return Attendance.objects.filter(sitting=sitting, office=office, left_at__isnull=True).exists()


@transaction.atomic
def enter_seed(draw: Draw, sitting: Sitting, typed: str, *, by: Office, at: datetime) -> Entered | Refused:
    """Type the digits of the dice for the next round; spaces between them do not count.

    The first entry is kept unseen. An equal one by another person makes the seed; a different one is kept too, and
    both are asked again. Refused outside an open sitting of the commission at which the person is present, before the
    list is public, for the same person twice, and for digits that are no throw of dice or were a seed before.
    """
    held = locked(draw)
    digits = "".join(typed.split())
    if denied := refused_at(held, Act.ENTER_SEED, by, at) or _outside(held, sitting, by, at):
        return denied
    round_ = next_round(held)
    if round_ is None:
        return Refused.because("L8.1", "lot_act_not_open", lot_state=held.state, lot_act=Act.ENTER_SEED.value)
    if refused := _no_seed(digits):
        return refused
    attempt, first = _standing(round_)
    if first is not None and first.person_id == by.person_id:
        return Refused.because("L8.1", "lot_same_person_twice", fields=("digits",))
    SeedEntry.objects.create(
        round=round_,
        attempt=attempt,
        slot=1 if first is None else 2,
        digits=digits,
        sitting=sitting,
        office=by,
        person_id=by.person_id,
        at=at,
    )
    entered = _compared(held, round_, first, digits, at)
    shown = {"seed": digits} if entered is Entered.EQUAL else {}  # before, nothing tells what one person typed
    payload = {"round": round_.number, "attempt": attempt, "entry": entered.value, "sitting": sitting.pk} | shown
    grounds = (*NORMS[Purpose(held.purpose)], "L8.1")
    ledger.record("lot.digits_entered", subject=held.subject, by=by, at=at, grounds=grounds, payload=payload)
    return entered


def _compared(draw: Draw, round_: Round, first: SeedEntry | None, digits: str, at: datetime) -> Entered:
    """What the entry leads to; two equal ones are the seed."""
    if first is None:
        return Entered.FIRST
    if first.digits != digits:
        return Entered.DIFFERENT
    Seed.objects.create(round=round_, attempt=first.attempt, digits=digits, at=at)
    move(draw, State.SEEDED)
    return Entered.EQUAL


def _standing(round_: Round) -> tuple[int, SeedEntry | None]:
    """The attempt that is open, and its first entry where there is one."""
    last = round_.entries.order_by("-attempt", "-slot").first()
    if last is None:
        return 1, None
    return (last.attempt, last) if last.slot == 1 else (last.attempt + 1, None)


def _outside(draw: Draw, sitting: Sitting, by: Office, at: datetime) -> Refused | None:
    held = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)  # it is not closed meanwhile
    if held.commission_id != draw.commission_id or held.state != OfSitting.OPEN:
        return Refused.because("L8.1", "lot_outside_a_sitting", fields=("digits",))
    if not present_at(held, by):
        return Refused.because("L8.1", "lot_not_present", fields=("digits",))
    if at < draw.publication.at:
        return Refused.because("L8.1", "lot_time_runs_forward", fields=("digits",))
    return None


def _no_seed(digits: str) -> Refused | None:
    if not digits.isascii() or set(digits) - set("123456"):
        return Refused.because("L8.1", "lot_digits_not_of_dice", fields=("digits",))
    if not is_seed(digits):
        return Refused.because(
            "L8.1", "lot_digits_too_few", typed=len(digits), fewest=FEWEST_DIGITS, most=MOST_DIGITS, fields=("digits",)
        )
    if Seed.objects.filter(digits=digits).exists():
        return Refused.because("L8.1", "lot_seed_used_before", fields=("digits",))
    return None
