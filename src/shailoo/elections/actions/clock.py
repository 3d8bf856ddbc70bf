"""Setting and moving the own clock of a rehearsal or a demonstration."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.elections.actions.calling import CALLED_BY
from shailoo.elections.models import Clock, Election
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger
from shailoo.ledger.queries import latest_act


@transaction.atomic
def set_clock(election: Election, shows: datetime) -> Clock | Refused:
    """Let a rehearsal or demonstration run on its own clock, which shows `shows` now and runs on.

    Refused for an election of the commission's own that is no rehearsal, and where the ledger holds a later act: a
    clock never goes back behind the record.
    """
    norm = CALLED_BY[Election.Kind(election.kind)]
    if election.origin == Election.Origin.COMMISSION and not election.rehearsal:
        return Refused.because(norm, "real_elections_have_real_time")
    latest = latest_act()
    if latest is not None and shows < latest:
        return Refused.because(norm, "clock_behind_the_record", latest=latest)
    clock, _ = Clock.objects.update_or_create(election=election, defaults={"set_at": timezone.now(), "shows": shows})
    return clock


@transaction.atomic
def move_clock(election: Election, shows: datetime, *, by: Office, at: datetime) -> Clock | Refused:
    """Set the clock of a rehearsal by an office; the ledger keeps what it showed before (`at`) and shows now."""
    if denied := refusal(by, may="elections.move_clock", at=at, election=election.slug):
        return denied
    set_to = set_clock(election, shows)
    if isinstance(set_to, Clock):
        ledger.record(
            "election.clock_moved",
            subject=f"election:{election.slug}",
            by=by,
            at=shows,
            grounds=(CALLED_BY[Election.Kind(election.kind)],),
            payload={"from": at, "to": shows},
        )
    return set_to
