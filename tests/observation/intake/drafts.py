"""Drafts made by the acts themselves, as a sender makes them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from shailoo.accounts.models import Body, Office
from shailoo.law.outcome import Refused
from shailoo.observation.actions.attaching import Contains, attach, take_archive
from shailoo.observation.actions.drafting import Plan, begin, take_list
from shailoo.observation.actions.filing import file_application
from shailoo.observation.intake.columns import Field
from shailoo.observation.models import Applicant, Application
from tests.observation.intake.files import abroad, archive, at_home, table
from tests.observation.scene import AT, Scene, portrait

T = TypeVar("T")
PDF_LIKE = portrait()  # a picture stands for a scanned page


def done(answer: T | Refused) -> T:
    """What the act gave; the test fails where it was refused."""
    assert not isinstance(answer, Refused), answer
    return answer


def refused(answer: object) -> tuple[str, ...]:
    """The codes of a refusal; the test fails where the act was done."""
    assert isinstance(answer, Refused), answer
    return answer.codes


def begun(scene: Scene, by: Office, kind: Application.Kind, plan: Plan | None = None) -> Application:
    """An empty draft; a mission's rests on its invitation."""
    invited = Plan(invitation=scene.invitation) if kind is Application.Kind.INTERNATIONAL else Plan()
    return done(begin(by.body.sender, scene.election, kind, plan or invited, by=by, at=AT))


def listed(application: Application, people: Iterable[Mapping[Field, str]], *, at: datetime = AT) -> Application:
    """The draft with these people on it, from a file."""
    content = table(application.kind, people, language="ru")
    done(take_list(application, content, "people.csv", by=application.office, at=at))
    return application


def mission(scene: Scene, number: int = 2, *, first: int = 0) -> Application:
    """A mission's draft with people, photographs and copies of passports: nothing is wrong with it."""
    found = listed(
        begun(scene, scene.mission, Application.Kind.INTERNATIONAL), (abroad(first + i) for i in range(number))
    )
    complete(found)
    return found


def complete(application: Application) -> None:
    """A photograph and a copy of the document for everybody."""
    rows = list(application.applicants.values_list("row", flat=True))
    for contains in Contains:
        held = archive({f"{row}.jpg": portrait() for row in rows})
        done(take_archive(application, io.BytesIO(held), contains, by=application.office, at=AT))


def party(scene: Scene, by: Office, number: int = 1, *, first: int = 0, **changes: str) -> Application:
    """A party's notice of observers."""
    kind = Application.Kind.OBSERVER
    return listed(begun(scene, by, kind), (at_home(first + i, **changes) for i in range(number)))


def ngo(scene: Scene, number: int = 1, **changes: str) -> Application:
    """An NGO's application, with its decision and its stamped paper."""
    kind, by = Application.Kind.CITIZEN, scene.ngo
    plan = Plan(decided_on=AT.date(), deciding_organ="Board")
    found = listed(begun(scene, by, kind, plan), (at_home(100 + i, **changes) for i in range(number)))
    for paper in ("application", "ngo_decision_copy"):
        done(attach(found, None, paper, PDF_LIKE, "scan.jpg", by=by, at=AT))
    return found


def filed(application: Application, *, at: datetime = AT) -> Application:
    """The application as the commission received it."""
    return done(file_application(application, by=application.office, at=at))


def codes(application: Application, row: int = 1) -> set[str]:
    """The codes of what stands against the person at a row."""
    return {each["code"] for each in Applicant.objects.get(application=application, row=row).faults}


def body(scene: Scene) -> Body:
    return scene.mission.body
