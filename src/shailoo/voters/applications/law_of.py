"""Applications and requests as the law sees them: their facts, what it answers, and when the next act is due."""

from __future__ import annotations

from datetime import date, datetime

from shailoo.elections.models import Voting as VotingDay
from shailoo.elections.occasions import kind_of
from shailoo.law.calendar import Entry, Kind, local_day
from shailoo.law.outcome import Outcome
from shailoo.law.voters.applications import PATHS, ListApplication, Path, Ruling, Subject, list_application
from shailoo.law.voters.identity import IdentityDocument
from shailoo.law.voters.voting import Voting
from shailoo.voters.applications.models import Application, Step
from shailoo.voters.applications.states import CHANGED, Act, State

LATE = "polling_term_missed"
CORRECTIONS_END = "voter_list_corrections_end"
MOBILE_END = "mobile_voting_applications_end"
MOBILE_POSTED = "mobile_voting_registry_posted"
_FIELDS = {Act.FORWARD: "passed_on", Act.INCLUDE: "answered", Act.CORRECT: "answered"}


def voting_of(day: VotingDay) -> Voting:
    """The day of voting as the law's calendar knows it."""
    election = day.election
    general = day.kind == VotingDay.Kind.GENERAL
    kind = kind_of(election.kind, election.occasion) if general else Kind.REPEAT_VOTING
    return Voting(kind, day.day, election.called_on)


def term(day: VotingDay, name: str, **known: date | datetime) -> Entry:
    """An event of the voting's calendar."""
    return voting_of(day).term(name, day.election.edition, **known)


def takes_applications(day: VotingDay) -> bool:
    """Whether there are applications on the lists before this voting at all."""
    return day.kind != VotingDay.Kind.AT_PRECINCTS and voting_of(day).knows(CORRECTIONS_END)


def takes_mobile(day: VotingDay) -> bool:
    """Whether there is mobile voting before this day."""
    return day.kind != VotingDay.Kind.AT_PRECINCTS and voting_of(day).knows(MOBILE_END)


def path_of(kind: str) -> Path:
    """The norms and terms of applications of a kind."""
    return PATHS[Subject(kind)]


def ruling(application: Application, *next_steps: Step) -> Outcome[Ruling]:
    """What the law answers to an application with everything that has become of it, and with what is about to."""
    return list_application(facts(application, *next_steps), application.voting.election.edition)


def facts(application: Application, *next_steps: Step) -> ListApplication:
    """The application with its steps; one that was not stored yet has none."""
    known = application.steps.order_by("number") if application.pk else ()
    steps = [*known, *next_steps]
    passed = next((each for each in steps if each.act == Act.FORWARD), None)
    at_service = next((each for each in steps if each.target == State.WITH_SERVICE), None)
    changed = next((each for each in reversed(steps) if each.act in CHANGED), None)
    referred = any(each.act == Act.REFER for each in steps)
    return ListApplication(
        voting=voting_of(application.voting),
        subject=Subject(application.kind),
        received_by_pec=application.received_at,
        received_by_registry=at_service.at if at_service else None,
        written=application.written,
        copies_attached=application.copies_attached,
        standard_form=application.standard_form,
        document=IdentityDocument(application.document) if application.document else None,
        lives_abroad=application.lives_abroad,
        holds_id_card=application.holds_id_card,
        biometric=True if changed else (False if referred else None),
        passed_on=passed.at if passed else None,
        changed=changed.changed_on if changed else None,
        answered=local_day(changed.at) if changed else None,
        voter_told=application.told_at is not None if changed else None,
    )


def done_late(outcome: Outcome[Ruling], act: Act) -> bool:
    """Whether the law found that this act came after its term."""
    field = _FIELDS.get(act)
    return any(found.code == LATE and field in found.fields for found in outcome.findings)


def due(application: Application, state: State, at: datetime, changed_on: date | None = None) -> datetime | None:
    """When the next act is due once the application has come to `state` at `at`; None where nothing is asked.

    The law names a term for the precinct commission (at once) and for the Service's answer after a change. Readings:
    the administrator, too, passes on at once; two days from receipt are what the Service aims at where it has changed
    nothing yet.
    """
    path = path_of(application.kind)
    day = application.voting
    if state in (State.RECEIVED, State.WITH_ADMINISTRATOR):
        return term(day, path.passing_on_term, list_application_receipt=at).closes
    if state is State.WITH_SERVICE:
        return term(day, path.answer_term, **{path.answer_anchor: local_day(at)}).closes
    if state in (State.RETURNED, State.REFERRED):
        return term(day, path.receipt_term).closes
    if state in (State.INCLUDED, State.CORRECTED):
        return term(day, path.answer_term, **{path.answer_anchor: changed_on or local_day(at)}).closes
    return None
