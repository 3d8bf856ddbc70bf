"""The copy in which voters sign is numbered, bound and sealed by the Central Commission (L15.5.b1)."""

from __future__ import annotations

from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import record
from shailoo.ledger.holding import hold
from shailoo.voters.actions.act import act
from shailoo.voters.printing.models import Binding, PrintedList
from shailoo.voters.printing.queries import state_of
from shailoo.voters.printing.states import Act, leads

NORM = "L15.5.b1"


@act
def bind(printed: PrintedList, sheets: int, seal: str, *, by: Office, at: datetime) -> Binding | Refused:
    """Record that a copy is numbered sheet by sheet, bound and sealed; `sheets` as they were counted.

    A sheet is a leaf of paper: one or two pages. A count that no way of printing gives means that a leaf is missing.
    """
    election = printed.list.edition.register.election
    if refused := refusal(by, may="voters.bind", election=election.slug, at=at):
        return refused
    hold(f"voter_list:{printed.list_id}")
    state = state_of(printed)
    if leads(state, Act.BIND, signed=printed.signed) is None:
        return Refused.because(NORM, "printed_copy_stands_elsewhere", printed_state=state.value)
    if not seal.strip():
        return Refused.because(NORM, "binding_seal_needed", fields=("seal",))
    if sheets not in (printed.pages, (printed.pages + 1) // 2):
        return Refused.because(NORM, "binding_sheets_differ", fields=("sheets",), sheets=sheets, pages=printed.pages)
    payload = {"list": printed.list.number, "number": printed.number, "sheets": sheets, "seal": seal.strip()}
    subject = f"voter_list:{printed.list_id}"
    act_hash = record("voters.list_bound", subject=subject, by=by, at=at, grounds=[NORM], payload=payload)
    return Binding.objects.create(printed=printed, sheets=sheets, seal=seal.strip(), office=by, at=at, act=act_hash)
