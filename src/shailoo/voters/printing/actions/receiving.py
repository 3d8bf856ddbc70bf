"""The precinct commission receives its printed lists, and says what it found otherwise than the act says."""

from __future__ import annotations

from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import record
from shailoo.ledger.holding import hold
from shailoo.voters.actions.act import act
from shailoo.voters.lists.models import Stage
from shailoo.voters.printing.actions.printing import NORMS
from shailoo.voters.printing.models import Handover, Receipt


@act
def receive(handover: Handover, remark: str, *, by: Office, at: datetime) -> Receipt | Refused:
    """Record that the commission holds what the act names; a remark says what was missing, open or wrong."""
    edition = handover.edition
    norm = NORMS[Stage(edition.stage)]
    slug = edition.register.election.slug
    if refused := refusal(by, may="voters.receive_lists", of=handover.to, election=slug, at=at):
        return refused
    hold(f"handover:{handover.pk}")
    if Receipt.objects.filter(handover=handover).exists():
        return Refused.because(norm, "handover_received_before")
    payload = {"number": handover.number, "precinct": handover.precinct.number, "remark": bool(remark.strip())}
    subject = f"voter_list:{handover.copies.values_list('printed__list_id', flat=True)[0]}"
    act_hash = record("voters.lists_received", subject=subject, by=by, at=at, grounds=[norm], payload=payload)
    return Receipt.objects.create(handover=handover, remark=remark.strip(), office=by, at=at, act=act_hash)
