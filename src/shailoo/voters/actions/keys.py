"""The keys by which the State Registry Service signs: registered and withdrawn by the CEC (L14.7.a2)."""

from __future__ import annotations

from datetime import datetime

from shailoo.accounts.access import EVERY_ELECTION, refusal
from shailoo.accounts.models import Office
from shailoo.law.outcome import Refused
from shailoo.ledger import minisign
from shailoo.ledger.actions import record
from shailoo.voters.actions.act import act
from shailoo.voters.models import KeyWithdrawal, ServiceKey

NORM = "L14.7.a2"


@act
def register_key(name: str, public: str, *, since: datetime, by: Office, at: datetime) -> ServiceKey | Refused:
    """Trust what this key signs from `since` on. `public` is a key of minisign, its file or its one line."""
    if refused := refusal(by, may="voters.register_key", election=EVERY_ELECTION, at=at):
        return refused
    try:
        key = minisign.read_key(public)
    except minisign.MinisignError:
        return Refused.because(NORM, "voters_key_unreadable", fields=("public",))
    if not name.strip():
        return Refused.because(NORM, "voters_key_without_name", fields=("name",))
    if ServiceKey.objects.filter(public=key.encoded).exists():
        return Refused.because(NORM, "voters_key_known", fields=("public",))
    made = ServiceKey.objects.create(name=name.strip()[:120], public=key.encoded, since=since, office=by, at=at)
    payload = {"name": made.name, "public": made.public, "since": since.isoformat()}
    record("voters.key_registered", subject=f"voters_key:{made.pk}", by=by, at=at, grounds=[NORM], payload=payload)
    return made


@act
def withdraw_key(key: ServiceKey, reason: str, *, by: Office, at: datetime) -> KeyWithdrawal | Refused:
    """Trust the key no more; what it signed before stays as it was taken."""
    if refused := refusal(by, may="voters.register_key", election=EVERY_ELECTION, at=at):
        return refused
    if not reason.strip():
        return Refused.because(NORM, "voters_reason_needed", fields=("reason",))
    if KeyWithdrawal.objects.filter(key=key).exists():
        return Refused.because(NORM, "voters_key_withdrawn_before")
    made = KeyWithdrawal.objects.create(key=key, reason=reason.strip(), office=by, at=at)
    payload = {"public": key.public, "reason": made.reason}
    record("voters.key_withdrawn", subject=f"voters_key:{key.pk}", by=by, at=at, grounds=[NORM], payload=payload)
    return made
