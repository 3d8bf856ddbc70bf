"""The State Registry Service answers: included or corrected where the register says so, refused, or biometrics first.

A positive answer changes nothing. It is taken only where a delivery has opened the voter's current entry, in the
precinct asked for, at or after the receipt of the application (L15.3.a4, L15.4.b2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.accounts.models import Office
from shailoo.law.calendar import local_day
from shailoo.law.outcome import NormId, Refused
from shailoo.ledger.actions import record
from shailoo.voters.actions.act import act
from shailoo.voters.applications import dossier as dossiers
from shailoo.voters.applications import law_of
from shailoo.voters.applications.actions.moving import unfit_reason
from shailoo.voters.applications.actions.steps import Move, Moved, held, moved, refused
from shailoo.voters.applications.models import Application
from shailoo.voters.applications.papers.issuing import issue_notice
from shailoo.voters.applications.states import CHANGED, Act
from shailoo.voters.models import Entry

CLOSED = frozenset({Act.INCLUDE, Act.CORRECT, Act.REFER, Act.REFUSE})
"""The acts by which the Service answers."""


class Refusal(StrEnum):
    """On what ground an application is refused."""

    NO_RIGHT = "no_right"  # Art. 3
    NO_DATA = "no_data"
    AS_ASKED = "as_asked"  # the list is so already
    OUT_OF_TIME = "out_of_time"
    OTHER = "other"


REFUSALS: Mapping[Refusal, NormId] = MappingProxyType(
    {
        Refusal.NO_RIGHT: "L3.1.a1",
        Refusal.NO_DATA: "L14.3.a",
        Refusal.AS_ASKED: "L15.3.a4",
        Refusal.OUT_OF_TIME: "L15.5.a",
        Refusal.OTHER: "L15.3.a4",
    }
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the Service answers; `ground` and `reason` of a refusal."""

    act: Act
    ground: Refusal | None = None
    reason: str = ""


@act
def answer(application: Application, given: Answer, *, version: int, by: Office, at: datetime) -> Moved | Refused:
    """Take the Service's answer, with its paper for the voter."""
    if given.act not in CLOSED:
        raise ValueError(f"{given.act} is no answer")
    found = held(application)
    if denied := refused(found, given.act, version, by=by, at=at):
        return denied
    move = _move(found, given)
    if isinstance(move, Refused):
        return move
    done = moved(found, move, by=by, at=at)
    norm = REFUSALS[given.ground] if given.ground else _norm(found, given.act)
    issue_notice(done, norm, by=by, at=at)
    payload = {"answer": given.act.value, "ground": done.step.ground, "late": done.step.late}
    record("voters.application_answered", subject=found.subject, by=by, at=at, grounds=[norm], payload=payload)
    return done


def _move(found: Application, given: Answer) -> Move | Refused:
    if given.act in CHANGED:
        entry = _entry(found)
        if entry is None:
            return Refused.because(_norm(found, given.act), "voter_register_says_otherwise")
        return Move(given.act, entry=entry.pk, changed_on=local_day(entry.opened_by.at))
    if given.act is Act.REFER:
        return Move(given.act)
    if given.ground is None:
        return Refused.because("L15.3.a4", "voter_refusal_ground_needed", fields=("ground",))
    return unfit_reason(given.reason, REFUSALS[given.ground]) or Move(
        given.act, given.ground.value, given.reason.strip()
    )


def _entry(found: Application) -> Entry | None:
    """The voter's current entry, if a delivery has opened it where it was asked for since the application came."""
    pin = int(dossiers.read(found.dossier).pin)
    own = Entry.objects.filter(register__voting=found.voting, pin=pin, until=None, precinct=found.target)
    return own.select_related("opened_by").filter(opened_by__at__gte=found.received_at).first()


def _norm(found: Application, given: Act) -> NormId:
    return "L15.3.c" if given is Act.REFER else law_of.path_of(found.kind).answer
