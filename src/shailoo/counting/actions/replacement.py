"""A recount or a correction: a new version of a precinct's protocol, carrying out a decision (L36.2.b1, L36.7)."""

from __future__ import annotations

from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.commissions.models import Decision, Matter
from shailoo.counting import matters
from shailoo.counting.actions.act import act, election, locked, not_open, subject
from shailoo.counting.models import Protocol
from shailoo.counting.states import Act, State, arcs
from shailoo.law.outcome import Refused, records
from shailoo.ledger.actions import record


@act
@records("L36.7.a1", "L36.7.a4")
def replace(
    protocol: Protocol, reason: str, decision: Decision | None, *, by: Office, at: datetime
) -> Protocol | Refused:
    """Take over the paper that is to replace `protocol`, the precinct's last version, as the next version.

    `decision` says what it is: a recount is the CEC's to decide, a correction the TEC's. The old version stays in the
    sums until the new one is accepted, and leaves them in that same transaction.
    """
    now = locked(protocol.pk)
    if refused := refusal(by, may="counting.replace", of=now.tec.body, election=election(now), at=at):
        return refused
    if not arcs(State(now.state), Act.REPLACE):
        return not_open(now, Act.REPLACE)
    if not reason.strip() or "\0" in reason:
        return Refused.because("L36.7.a4", "say_why", fields=("reason",))
    versions = Protocol.objects.filter(voting_id=now.voting_id, precinct_id=now.precinct_id)
    if versions.filter(version__gt=now.version).exists():
        return Refused.because("L36.7.a4", "a_newer_version_is_here")
    if refused := matters.refusal(now, decision, at=at):
        return refused
    assert decision is not None  # noqa: S101  (a missing one was refused)
    new = _next(now, reason.strip(), decision, by=by, at=at)
    payload = {
        "replaces": now.pk,
        "occasion": new.occasion,
        "reason": new.reason,
        "decision": new.decision,
        "decided_by": decision.body.code,
    }
    norm = matters.NORMS[Protocol.Occasion(new.occasion)]
    grounds = [norm, decision.ledger_name]
    record("protocol.taken_over", subject=subject(new), by=by, at=at, grounds=grounds, payload=payload)
    return new


def _next(now: Protocol, reason: str, decision: Decision, *, by: Office, at: datetime) -> Protocol:
    return Protocol.objects.create(
        voting_id=now.voting_id,
        precinct_id=now.precinct_id,
        tec_id=now.tec_id,
        version=now.version + 1,
        occasion=matters.OCCASIONS[Matter(decision.matter)],
        state=State.RECEIVED,
        reason=reason,
        decision=decision.label,
        carries_out=decision,
        replaces=now,
        received_at=at,
        received_by=by,
    )
