"""An application goes on: forwarded by the precinct commission, passed on, sent back, completed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shailoo.accounts.models import Office
from shailoo.law.outcome import NormId, Refused
from shailoo.law.voters.applications import Ruling
from shailoo.ledger.actions import record
from shailoo.voters.actions.act import act
from shailoo.voters.applications import law_of
from shailoo.voters.applications.actions.filing import Copy, keep_copies
from shailoo.voters.applications.actions.steps import Move, Moved, held, held_for_voter, moved, refused
from shailoo.voters.applications.dossier import names_a_pin
from shailoo.voters.applications.models import Application
from shailoo.voters.applications.states import FORWARDED, OPEN, STRAIGHT, Act, Kind

MOST_LETTERS = 2_000


class Ground(StrEnum):
    """Why an application is sent back to be completed."""

    COPIES_MISSING = "copies_missing"
    COPY_UNREADABLE = "copy_unreadable"
    FORM_NOT_STANDARD = "form_not_standard"
    DATA_UNCLEAR = "data_unclear"


GROUNDS: dict[Ground, NormId] = {
    Ground.COPIES_MISSING: "L15.3.a2",
    Ground.COPY_UNREADABLE: "L15.3.a2",
    Ground.FORM_NOT_STANDARD: "L15.4.a2",
    Ground.DATA_UNCLEAR: "L15.3.a2",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What a voter brought to complete an application."""

    copies: tuple[Copy, ...] = ()
    copies_on_paper: bool = False
    standard_form: bool = True
    document: str = ""
    lives_abroad: bool = False
    holds_id_card: bool | None = None


@act
def forward(application: Application, *, version: int, by: Office, at: datetime) -> Moved | Refused:
    """Send the application on at once: to the administrator, for a voting address straight to the Service.

    Of a voter's applications for one and the same the last timely one counts (L15.4.a1): with its forwarding the
    earlier ones end. Until a person has looked at it, a later one ends nothing.
    """
    held_for_voter(application.person_mark)
    found = held(application)
    if denied := refused(found, Act.FORWARD, version, by=by, at=at):
        return denied
    others = _of_the_voter(found)
    if any(each.state in FORWARDED and _later(each, found) for each in others):
        return Refused.because("L15.4.a1", "voter_later_application_counts")
    done = moved(found, Move(Act.FORWARD), by=by, at=at)
    _end([each for each in others if each.state in OPEN and _later(found, each)], by=by, at=at)
    norm = law_of.path_of(found.kind).passing_on
    payload = {"to": done.step.target, "late": done.step.late}
    record("voters.application_forwarded", subject=found.subject, by=by, at=at, grounds=[norm], payload=payload)
    return done


def _of_the_voter(found: Application) -> list[Application]:
    """The voter's other applications for the same; two mistakes are two matters."""
    if found.kind == Kind.MISTAKE:
        return []
    same = Application.objects.filter(voting=found.voting, person_mark=found.person_mark, kind=found.kind)
    rest = same.exclude(pk=found.pk).select_related("voting__election", "precinct").order_by("pk")
    return list(rest.select_for_update(of=("self",)))


def _later(one: Application, other: Application) -> bool:
    return (one.received_at, one.pk) > (other.received_at, other.pk)


def _end(earlier: list[Application], *, by: Office, at: datetime) -> None:
    for each in earlier:
        moved(each, Move(Act.SUPERSEDE), by=by, at=at)
        record("voters.application_superseded", subject=each.subject, by=by, at=at, grounds=["L15.4.a1"])


@act
def pass_on(application: Application, *, version: int, by: Office, at: datetime) -> Moved | Refused:
    """The administrator sends the application to the State Registry Service (L15.3.a4)."""
    found = held(application)
    if denied := refused(found, Act.PASS_ON, version, by=by, at=at):
        return denied
    done = moved(found, Move(Act.PASS_ON), by=by, at=at)
    record("voters.application_passed_on", subject=found.subject, by=by, at=at, grounds=["L15.3.a4"])
    return done


@act
def send_back(
    application: Application, ground: Ground, reason: str, *, version: int, by: Office, at: datetime
) -> Moved | Refused:
    """Ask the voter to complete the application; the moment at which it was received stays (L15.3.a2, L15.4.a2)."""
    found = held(application)
    if denied := refused(found, Act.SEND_BACK, version, by=by, at=at) or unfit_reason(reason, GROUNDS[ground]):
        return denied
    done = moved(found, Move(Act.SEND_BACK, ground.value, reason.strip()), by=by, at=at)
    payload = {"ground": ground.value}
    grounds = [GROUNDS[ground]]
    record("voters.application_sent_back", subject=found.subject, by=by, at=at, grounds=grounds, payload=payload)
    return done


@act
def complete(application: Application, papers: Papers, *, version: int, by: Office, at: datetime) -> Moved | Refused:
    """Take what was missing; the law looks at the whole again."""
    found = held(application)
    if denied := refused(found, Act.COMPLETE, version, by=by, at=at):
        return denied
    facts: dict[str, object] = {
        "copies_attached": found.copies_attached or bool(papers.copies) or papers.copies_on_paper,
        "standard_form": found.standard_form or papers.standard_form,
    }
    if found.kind in STRAIGHT:
        facts |= {name: getattr(papers, name) for name in ("document", "lives_abroad", "holds_id_card")}
    done = moved(found, Move(Act.COMPLETE, facts=facts), by=by, at=at)
    if done.outcome.value is Ruling.TO_BE_COMPLETED:
        return Refused(done.outcome.errors)
    keep_copies(found, papers.copies, by=by, at=at)
    record("voters.application_completed", subject=found.subject, by=by, at=at, grounds=["L15.3.a2"])
    return done


def unfit_reason(reason: str, norm: NormId) -> Refused | None:
    """A reason is said, and tells nobody's personal number to those who read it."""
    if not reason.strip():
        return Refused.because(norm, "voters_reason_needed", fields=("reason",))
    if len(reason) > MOST_LETTERS or names_a_pin(reason):
        return Refused.because(norm, "voter_reason_with_pin", fields=("reason",))
    return None
