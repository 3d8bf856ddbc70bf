"""The draft as it stands, locked for one change; and the look of the law at its people that every change ends with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger
from shailoo.observation import faults
from shailoo.observation.checking import findings_of
from shailoo.observation.faults import Kept, Of
from shailoo.observation.intake.reading import NORMS
from shailoo.observation.models import Applicant, Application
from shailoo.observation.states import Act, State, arc

MAY = "observation.apply"
_SET_FAULTS = """
    UPDATE observation_applicant a SET faults = v.faults::jsonb
    FROM unnest(%s::bigint[], %s::text[]) AS v (id, faults) WHERE a.id = v.id
"""
_SET_PHOTOS = """
    UPDATE observation_applicant a SET photo_id = v.photo FROM unnest(%s::bigint[], %s::bigint[]) AS v (id, photo)
    WHERE a.id = v.id
"""


def locked(application: Application) -> Application:
    """The application as it stands, its row locked until the transaction ends."""
    found = Application.objects.select_for_update(of=("self",)).select_related(
        "sender__body", "sender__organization", "election", "invitation"
    )
    return found.get(pk=application.pk)


def opened_draft(application: Application, by: Office, at: datetime) -> Application | Refused:
    """The draft, locked; refused to other senders' offices, and once it was handed in."""
    held = locked(application)
    if denied := refusal(by, may=MAY, of=held.sender.body, at=at, election=held.election.slug):
        return denied
    if held.state != State.DRAFT:
        return Refused.because(NORMS[held.kind], "application_was_handed_in", application_state=held.state)
    return held


def refused_at(application: Application, act: Act, by: Office, at: datetime) -> Refused | None:
    """Whether an office of the sender may do this act to the application where it stands."""
    if denied := refusal(by, may=MAY, of=application.sender.body, at=at, election=application.election.slug):
        return denied
    if arc(State(application.state), act) is None:
        return Refused.because(NORMS[application.kind], "application_act_not_open", application_state=application.state)
    return None


def examine(application: Application, at: datetime) -> None:
    """Ask the law about everybody on the draft, and keep what it says at each person whose findings changed."""
    outcomes = findings_of(application, at)
    changed: dict[int, list[Kept]] = {}
    for pk, held in application.applicants.values_list("pk", "faults"):
        found = faults.instead(held, outcomes[pk].findings, Of.LAW)
        if found != held:
            changed[pk] = found
    set_faults(changed)


def set_faults(found: Mapping[int, Sequence[Kept]]) -> None:
    """Keep the findings of many people in one statement."""
    if found:
        with connection.cursor() as cursor:
            cursor.execute(_SET_FAULTS, [list(found), [json.dumps(each) for each in found.values()]])


def set_photos(found: Mapping[int, int]) -> None:
    """Keep whose the sealed photographs are, in one statement: person -> sealed file."""
    if found:
        with connection.cursor() as cursor:
            cursor.execute(_SET_PHOTOS, [list(found), list(found.values())])


def people_of(application: Application) -> list[Applicant]:
    """Everybody on the application with dossier and photograph, in the order of the list."""
    return list(application.applicants.select_related("dossier", "photo", "commission").order_by("row"))


def record(name: str, application: Application, by: Office | None, at: datetime, payload: Mapping[str, object]) -> str:
    """Write an act into the ledger: numbers and codes, never a person; returns its hash."""
    grounds = (NORMS[application.kind],)
    return ledger.record(name, subject=application.subject, by=by, at=at, grounds=grounds, payload=payload)
