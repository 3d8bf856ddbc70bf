"""Drawing: what the dice decided is computed and kept; the last round makes the act, in three languages."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shailoo.accounts.models import Office
from shailoo.law.lots.listing import NORMS, Purpose
from shailoo.law.outcome import Refused, records
from shailoo.ledger import actions as ledger
from shailoo.lots.actions.freezing import locked, move, refused_at
from shailoo.lots.actions.seeding import next_round
from shailoo.lots.drawing import Taking, draw, pool
from shailoo.lots.models import Draw, Place, Result, Round
from shailoo.lots.papers import issue_act
from shailoo.lots.states import Act, State

_BATCH = 5000


@transaction.atomic
@records("L30.3", "L30.4", "L31.1.b", "L33.4.a1", "L52.8.a")
def draw_round(lot: Draw, *, by: Office, at: datetime) -> Result | Refused:
    """Compute the order of the round whose digits two people have entered, and keep it with every ticket.

    Nothing is decided here: whoever has the list and the digits computes the same order (`lots.drawing`). With the
    last round the lot is drawn and its act is issued as a document.
    """
    held = locked(lot)
    if denied := refused_at(held, Act.DRAW, by, at):
        return denied
    round_ = next_round(held)
    if round_ is None or at < round_.seed.at:
        return Refused.because("L8.1", "lot_time_runs_forward")
    items = dict(held.items.values_list("number", "pk"))
    order = draw(
        held.purpose_line,
        held.list_hash,
        round_.number,
        round_.seed.digits,
        pool(held.size, _drawn_before(held, round_), Taking(held.taking)),
        round_.drawn,
    )
    Place.objects.bulk_create(
        (Place(round=round_, place=r.place, item_id=items[r.item], ticket=r.ticket, taken=r.taken) for r in order),
        batch_size=_BATCH,
    )
    result = Result.objects.create(round=round_, office=by, at=at)
    last = next_round(held) is None
    move(held, State.DRAWN if last else State.PUBLISHED)
    drawn = [each.item for each in order if each.taken]
    payload = {"round": round_.number, "role": round_.role, "drawn": drawn}
    grounds = NORMS[Purpose(held.purpose)]
    ledger.record("lot.drawn", subject=held.subject, by=by, at=at, grounds=grounds, payload=payload)
    if last:
        issue_act(held, by=by, at=at)
    return result


def _drawn_before(lot: Draw, round_: Round) -> list[list[int]]:
    """The numbers that each earlier round drew."""
    taken = Place.objects.filter(round__draw=lot, round__number__lt=round_.number, taken=True)
    found: dict[int, list[int]] = {}
    for number, item in taken.values_list("round__number", "item__number"):
        found.setdefault(number, []).append(item)
    return list(found.values())
