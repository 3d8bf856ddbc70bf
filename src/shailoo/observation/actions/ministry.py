"""The Ministry of Foreign Affairs: it checks what came through it and forwards all, with its remarks (R3.2)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.law.outcome import Refused, records
from shailoo.ledger.models import Act as Recorded
from shailoo.observation.actions.examining import locked, record
from shailoo.observation.actions.filing import received
from shailoo.observation.messages import tell
from shailoo.observation.models import Application, MinistryReview
from shailoo.observation.states import Act, State, arc

MAY = "observation.review"


@transaction.atomic
@records("R3.2")
def forward(application: Application, remarks: str, *, by: Office, at: datetime) -> Application | Refused:
    """Forward an application to the commission, which thereby receives it; with remarks, that it does not fit.

    The Ministry sends nothing back: without remarks it says that the papers meet the Regulation.
    """
    held = locked(application)
    if denied := refusal(by, may=MAY, at=at, election=held.election.slug):
        return denied
    if arc(State(held.state), Act.FORWARD) is None:
        return Refused.because("R3.2", "application_act_not_open", application_state=held.state)
    said = remarks.strip()
    MinistryReview.objects.create(
        application=held, received_at=sent_at(held), fits=not said, remarks=said, office=by, forwarded_at=at
    )
    received(held, at)
    record("application.forwarded", held, by, at, {"number": held.label, "fits": not said})
    tell(held.sender, "forwarded", held.subject, {"number": held.label}, at)
    return held


def sent_at(application: Application) -> datetime:
    """When the application came to the Ministry, as the ledger has it; its beginning where the ledger is silent."""
    found = Recorded.objects.filter(name="application.sent_to_ministry", subject=application.subject)
    at = found.order_by("-at").values_list("at", flat=True).first()
    return at or application.at
