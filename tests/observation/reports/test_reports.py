"""Statements are published as they came and stay; notes of incidents reach their commission, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.test import Client
from pytest_django import Settings

from shailoo.accounts.models import PersonalReading
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.observation.actions.reports import Draft, Published, note_incident, publish_statement
from shailoo.observation.models import IncidentNote, Statement
from tests.counting.browser import signed_in
from tests.documents.test_uploads import pdf
from tests.observation.presence.scene import Door, build, moment
from tests.observation.scene import ELECTION_DAY
from tests.once import Once, once

pytestmark = pytest.mark.django_db
AFTER = ELECTION_DAY + timedelta(hours=30)
WHAT = "Урна 08:10до мөөрсүз турган."


kept_door = once(build)


@pytest.fixture
def door(kept_door: Once[Door], db: None, settings: Settings) -> Door:
    return kept_door.here(settings)


def draft(door: Door, **changes: object) -> Draft:
    told: dict[str, object] = {
        "election": door.scene.election,
        "kind": Statement.Kind.PRELIMINARY,
        "title": "Preliminary findings",
        "language": "en",
        "content": pdf(),
    }
    return Draft(**(told | changes))  # type: ignore[arg-type]  # one value per field


def published(door: Door, **changes: object) -> Published | Refused:
    mission = door.scene.mission
    return publish_statement(mission.body.sender, draft(door, **changes), by=mission, at=AFTER)


@pytest.mark.norm("R4.4.b")
def test_a_statement_is_published_as_it_was_handed_in(door: Door) -> None:
    made = published(door)
    assert isinstance(made, Published)
    assert made.findings == ()
    answer = Client().get(f"/en/observers/statements/{made.statement.pk}/file/")
    assert answer.content == pdf()
    assert answer["Content-Disposition"].startswith("attachment")
    page = Client().get("/en/observers/statements/").content.decode()
    assert "Preliminary findings" in page
    assert made.statement.file_id in page
    act = Act.objects.get(name="statement.published")
    assert made.statement.file_id in act.payload


def test_a_newer_one_stands_beside_and_none_is_changed(door: Door) -> None:
    published(door)
    published(door, title="Final report", kind=Statement.Kind.FINAL)
    assert Statement.objects.count() == 2
    for change in (lambda: Statement.objects.update(title="x"), lambda: Statement.objects.all().delete()):
        with pytest.raises(Error), transaction.atomic():
            change()


@pytest.mark.norm("R4.5")
def test_a_statement_before_voting_has_ended_is_warned_of_and_stands(door: Door) -> None:
    mission = door.scene.mission
    made = publish_statement(mission.body.sender, draft(door), by=mission, at=moment(60))
    assert isinstance(made, Published)
    assert [each.code for each in made.findings] == ["international_observer_spoke_before_voting_ended"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"content": b""}, "upload_empty"),
        ({"content": b"<html>"}, "upload_of_another_type"),
        ({"title": "  "}, "statement_without_title"),
    ],
)
def test_what_is_not_fit_is_refused_and_nothing_is_kept(door: Door, change: dict[str, object], code: str) -> None:
    refused = published(door, **change)
    assert isinstance(refused, Refused)
    assert refused.codes == (code,)
    assert not Statement.objects.exists()


def test_nobody_publishes_for_another(door: Door) -> None:
    mission = door.scene.mission
    for by in (door.scene.ngo, door.scene.operator, door.member):
        refused = publish_statement(mission.body.sender, draft(door), by=by, at=AFTER)
        assert isinstance(refused, Refused)


def test_the_page_of_the_office_publishes_and_keeps_what_was_typed(door: Door) -> None:
    client, address = signed_in(door.scene.mission), "/en/desk/observation/reports/statements/"
    fields = {"election": door.scene.election.pk, "kind": "final", "title": "Final report", "language": "en"}
    wrong = client.post(address, {**fields, "file": SimpleUploadedFile("a.pdf", b"<html>")})
    assert wrong.status_code == 422
    assert "Final report" in wrong.content.decode()
    assert not Statement.objects.exists()
    done = client.post(address, {**fields, "file": SimpleUploadedFile("a.pdf", pdf())}, follow=True)
    assert "The document is published." in done.content.decode()
    assert Statement.objects.get().title == "Final report"


def noted(door: Door, text: str = WHAT, *, minutes: int = 0) -> IncidentNote | Refused:
    return note_incident(
        door.abroad[0], door.pec, text, happened_at=moment(minutes), by=door.scene.mission, at=moment(5)
    )


@pytest.mark.norm("L9.4")
def test_a_note_reaches_its_commission_and_those_above(door: Door) -> None:
    note = noted(door)
    assert isinstance(note, IncidentNote)
    address = "/en/desk/observation/reports/incidents/told/"
    for office in (door.member, door.scene.tec_chair, door.scene.chair):
        assert WHAT in signed_in(office).get(address).content.decode(), office.role
    assert PersonalReading.objects.filter(what="incidents").count() == 3
    act = Act.objects.get(name="incident.noted")
    assert act.subject == note.subject
    assert WHAT not in str(act.payload)


@pytest.mark.parametrize(("text", "minutes", "code"), [("  ", 0, "note_says_nothing"), (WHAT, 6, "note_of_the_future")])
def test_a_note_that_cannot_be_is_refused(door: Door, text: str, minutes: int, code: str) -> None:
    refused = noted(door, text, minutes=minutes)
    assert isinstance(refused, Refused)
    assert refused.codes == (code,)
    assert not IncidentNote.objects.exists()


def test_a_note_is_about_a_commission_of_the_election(door: Door) -> None:
    body = door.scene.mission.body
    refused = note_incident(door.abroad[0], body, WHAT, happened_at=moment(), by=door.scene.mission, at=moment(5))
    assert isinstance(refused, Refused)
    assert refused.codes == ("note_on_another_election",)


def test_nobody_notes_for_another(door: Door) -> None:
    for by in (door.scene.ngo, door.member):
        refused = note_incident(door.abroad[0], door.pec, WHAT, happened_at=moment(), by=by, at=moment(5))
        assert isinstance(refused, Refused)


def test_the_page_of_a_sender_notes(door: Door) -> None:
    client, address = signed_in(door.scene.mission), "/en/desk/observation/reports/incidents/"
    fields = {"accreditation": door.abroad[0].pk, "happened_at": "04.10.2020 08:55", "text": WHAT}
    wrong = client.post(address, {**fields, "commission": "9999"})
    assert wrong.status_code == 422
    assert "There is no such commission." in wrong.content.decode()
    assert WHAT in wrong.content.decode()
    client.post(address, {**fields, "commission": "1001"})
    note = IncidentNote.objects.get()
    assert (note.commission, note.happened_at) == (door.pec, moment(-5))
    of_another = client.post(address, {**fields, "commission": "1001", "accreditation": door.citizen.pk})
    assert of_another.status_code == 422
    assert IncidentNote.objects.count() == 1


def test_notes_are_never_changed(door: Door) -> None:
    noted(door)
    for change in (lambda: IncidentNote.objects.update(text="x"), lambda: IncidentNote.objects.all().delete()):
        with pytest.raises(Error), transaction.atomic():
            change()
