"""The voter is told of the answer: by the administrator (L15.3.b2), by the Service (L15.4.b3), or by the own page."""

from __future__ import annotations

from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.law.outcome import NormId, Refused
from shailoo.ledger.actions import record
from shailoo.voters.actions.act import act
from shailoo.voters.applications.actions.steps import body_of, held
from shailoo.voters.applications.models import Application, Step, Telling
from shailoo.voters.applications.states import ANSWERED, STRAIGHT

MAY = "voters.applications.tell"


@act
def tell(
    application: Application, channel: Telling.Channel, *, version: int, by: Office, at: datetime
) -> Telling | Refused:
    """Record that the voter was told of the answer, and how."""
    found = held(application)
    body = body_of(found.precinct, found.tec)
    if denied := refusal(by, may=MAY, of=body, election=found.voting.election.slug, at=at):
        return denied
    if found.version != version:
        return Refused.because(_norm(found), "voter_application_moved_on", voter_application_state=found.state)
    if found.state not in ANSWERED or found.told_at is not None:
        return Refused.because(_norm(found), "voter_application_not_so", voter_application_state=found.state)
    return _told(found, channel, by=by, at=at)


@act
def tell_by_page(application: Application, *, at: datetime) -> Telling | Refused:
    """Record that the voter has read the answer on the page of the application; nobody is told twice."""
    found = held(application)
    if found.state not in ANSWERED or found.told_at is not None:
        return Refused.because(_norm(found), "voter_application_not_so", voter_application_state=found.state)
    return _told(found, Telling.Channel.PAGE, by=None, at=at)


def _told(found: Application, channel: Telling.Channel, *, by: Office | None, at: datetime) -> Telling:
    step = Step.objects.get(application=found, number=found.version)
    made = Telling.objects.create(step=step, channel=channel, office=by, at=at)
    found.told_at = at
    found.save(update_fields=["told_at"])
    payload = {"channel": channel.value}
    record("voters.application_told", subject=found.subject, by=by, at=at, grounds=[_norm(found)], payload=payload)
    return made


def _norm(found: Application) -> NormId:
    return "L15.4.b3" if found.kind in STRAIGHT else "L15.3.b2"
