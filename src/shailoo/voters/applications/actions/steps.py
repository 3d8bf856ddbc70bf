"""One step of an application: the table of states asked, the version held, the step and the state written together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office
from shailoo.commissions.models import Commission
from shailoo.law.outcome import Outcome, Refused
from shailoo.law.voters.applications import Ruling
from shailoo.ledger.holding import hold
from shailoo.territory.models import Precinct
from shailoo.voters.applications import law_of
from shailoo.voters.applications.models import Application, Step
from shailoo.voters.applications.states import ARCS, Act, Kind, State, arc

NORM = "L15.3.a4"
_WITH = ("voting__election", "precinct", "target", "tec__body", "dossier")


@dataclass(frozen=True, slots=True)
class Move:
    """What is said of a step beside where it leads."""

    act: Act
    ground: str = ""
    reason: str = ""
    entry: int | None = None
    changed_on: date | None = None
    facts: dict[str, object] = field(default_factory=dict)  # columns that the step changes


@dataclass(frozen=True, slots=True)
class Moved:
    """The application where it now stands, the step, and what the law says of it."""

    application: Application
    step: Step
    outcome: Outcome[Ruling]


def body_of(precinct: Precinct, tec: Commission) -> Body:
    """The body whose desk a precinct's applications are: its commission, or the TEC where it has none."""
    found = Commission.objects.select_related("body__superior").filter(precinct=precinct).first()
    return found.body if found else tec.body


def held(application: Application) -> Application:
    """The application as it stands now, its row held until the transaction ends."""
    found = Application.objects.select_related(*_WITH).select_for_update(of=("self",))
    return found.get(pk=application.pk)


def refused(found: Application, act: Act, version: int, *, by: Office, at: datetime) -> Refused | None:
    """Why this office does not do this act now; `version` is the one that it looked at.

    Whoever may do the act somewhere on the way is told that the application has moved on, rather than that it may not.
    """
    leading = arc(State(found.state), act, Kind(found.kind))
    if denied := _denied(found, sorted({each.may for each in ARCS if each.act is act}), by=by, at=at):
        return denied
    if found.version != version:
        return Refused.because(NORM, "voter_application_moved_on", voter_application_state=found.state)
    if leading is None:
        return Refused.because(NORM, "voter_application_not_so", voter_application_state=found.state)
    return _denied(found, [leading.may], by=by, at=at)


def _denied(found: Application, permissions: list[str], *, by: Office, at: datetime) -> Refused | None:
    """None where the office has one of the permissions at this application, else why it has none."""
    body, election = body_of(found.precinct, found.tec), found.voting.election.slug
    answers = [refusal(by, may=may, of=body, election=election, at=at) for may in permissions]
    return None if None in answers else answers[0]


def moved(found: Application, move: Move, *, by: Office | None, at: datetime) -> Moved:
    """Write the step and the new state. The caller has asked who may, and records the act."""
    source = State(found.state)
    leading = arc(source, move.act, Kind(found.kind))
    if leading is None:
        raise ValueError(f"no act {move.act} leads from {source}")
    for name, value in move.facts.items():
        setattr(found, name, value)
    found.version += 1
    step = Step(
        application=found,
        number=found.version,
        act=move.act,
        source=source,
        target=leading.target,
        office=by,
        at=at,
        ground=move.ground,
        reason=move.reason,
        entry=move.entry,
        changed_on=move.changed_on,
    )
    outcome = law_of.ruling(found, step)
    step.late = law_of.done_late(outcome, move.act)
    step.save(force_insert=True)
    found.state, found.moved_at, found.told_at = leading.target, at, None
    found.due_at = law_of.due(found, leading.target, at, move.changed_on)
    found.save(update_fields=["state", "version", "moved_at", "told_at", "due_at", *move.facts])
    return Moved(found, step, outcome)


def held_for_voter(person_mark: str) -> None:
    """One voter's applications are forwarded one after the other, whichever commissions have them."""
    hold(f"voter:{person_mark}")
