"""A recount or a correction: a new version of a precinct's protocol, with its reason and decision (L36.7)."""

from __future__ import annotations

from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.counting.actions.act import act, election, locked, not_open, subject
from shailoo.counting.models import Protocol
from shailoo.counting.states import Act, State, arcs
from shailoo.law.outcome import Refused, records
from shailoo.ledger.actions import record

RECOUNT, CORRECTION = Protocol.Occasion.RECOUNT, Protocol.Occasion.CORRECTION


@act
@records("L36.7.a1")
def replace(
    protocol: Protocol, occasion: Protocol.Occasion, reason: str, decision: str, *, by: Office, at: datetime
) -> Protocol | Refused:
    """Take over the paper that is to replace `protocol`, the precinct's last version, as the next version.

    The old version stays in the sums until the new one is accepted, and leaves them in that same transaction.
    """
    now = locked(protocol.pk)
    if refused := refusal(by, may="counting.replace", of=now.tec.body, election=election(now), at=at):
        return refused
    if not arcs(State(now.state), Act.REPLACE):
        return not_open(now, Act.REPLACE)
    written = (("reason", reason), ("decision", decision))
    blank = tuple(name for name, text in written if not text.strip() or "\0" in text)
    if blank or occasion not in (RECOUNT, CORRECTION):
        return Refused.because("L36.7.a4", "say_why", fields=blank or ("occasion",))
    versions = Protocol.objects.filter(voting_id=now.voting_id, precinct_id=now.precinct_id)
    if versions.filter(version__gt=now.version).exists():
        return Refused.because("L36.7.a4", "a_newer_version_is_here")
    new = Protocol.objects.create(
        voting_id=now.voting_id,
        precinct_id=now.precinct_id,
        tec_id=now.tec_id,
        version=now.version + 1,
        occasion=occasion,
        state=State.RECEIVED,
        reason=reason.strip(),
        decision=decision.strip(),
        replaces=now,
        received_at=at,
        received_by=by,
    )
    payload = {"replaces": now.pk, "occasion": occasion, "reason": reason.strip(), "decision": decision.strip()}
    record("protocol.taken_over", subject=subject(new), by=by, at=at, grounds=["L36.7.a4"], payload=payload)
    return new
