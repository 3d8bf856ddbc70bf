"""Reading personal data is recorded before anything is shown, and the record is read by the CEC's heads alone."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from shailoo.accounts import web
from shailoo.accounts.models import Office, PersonalReading
from shailoo.accounts.web import reads_personal
from tests.counting.browser import signed_in
from tests.counting.scene import Scene, build

PAGE, FILE = "/en/desk/readings/", "/en/desk/readings/readings.csv"


@pytest.fixture
def scene(db: None) -> Scene:
    return build()


def read(office: Office, what: str = "people", subject: str = "", days_ago: int = 0) -> PersonalReading:
    at = timezone.now() - timedelta(days=days_ago)
    return PersonalReading.objects.create(office=office, at=at, what=what, subject=subject, page="/ky/desk/people/")


def shown(client: Client, address: str) -> list[list[str]]:
    """The rows of the file at an address, without its head."""
    answer = client.get(address)
    assert answer.status_code == 200
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def test_the_record_is_filtered_by_reader_kind_and_day_and_taken_away_whole(scene: Scene) -> None:
    read(scene.clerk, subject="person:7", days_ago=3)
    read(scene.chair, "invitations", days_ago=1)
    client = signed_in(scene.cec_chair)
    today = timezone.localdate()
    for asked, expected in (
        ("q=aizada", {"aizada"}),
        ("q=person:7", {"aizada"}),
        ("what=invitations", {"daniyar"}),
        (f"until={today - timedelta(days=2)}", {"aizada"}),
        (f"since={today - timedelta(days=1)}&until={today - timedelta(days=1)}", {"daniyar"}),
        ("q=nobody", set()),
    ):
        assert {row[2] for row in shown(client, f"{FILE}?{asked}") if row[5] != "readings"} == expected, asked
    page = client.get(f"{PAGE}?q=aizada&sort=person").content.decode()
    assert "person:7" in page
    assert "Daniyar" not in page
    for wrong in ("since=2020-02-30", "until=x", "since=0001-01-01", "sort=what", "page=9"):
        assert client.get(f"{PAGE}?{wrong}").status_code == 404, wrong


def test_who_looks_at_the_record_stands_in_it(scene: Scene) -> None:
    client = signed_in(scene.cec_chair)
    client.get(f"{PAGE}?q=x")
    made = PersonalReading.objects.get()
    assert (made.office, made.what, made.page) == (scene.cec_chair, "readings", f"{PAGE}?q=x")
    for own in (scene.clerk, scene.chair, scene.cec_operator, scene.cec_member):
        assert signed_in(own).get(PAGE).status_code == signed_in(own).get(FILE).status_code == 403
    assert PersonalReading.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_reading_is_written_although_pages_are_read_only_and_nothing_is_shown_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene = build()
    client = signed_in(scene.cec_chair)
    assert client.get(PAGE).status_code == 200
    assert PersonalReading.objects.count() == 1

    def broken(*_args: object, **_named: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(web, "record_reading", broken)
    client.raise_request_exception = False
    for address in (PAGE, FILE):
        answer = client.get(address)
        assert answer.status_code == 500
        assert scene.cec_chair.person.name.encode() not in b"".join(answer)
    assert PersonalReading.objects.count() == 1


def test_only_a_page_that_shows_something_is_a_reading(scene: Scene, rf: RequestFactory) -> None:
    for status, expected in ((200, 1), (422, 1), (302, 0), (403, 0), (404, 0), (405, 0)):

        def view(_request: HttpRequest, code: str, *, answer: int = status) -> HttpResponse:
            return HttpResponse(code, status=answer)

        request = rf.get("/ky/desk/people/TEC-1/?" + "x" * 400)
        request.office = scene.clerk  # type: ignore[attr-defined]  # as the middleware sets it
        before = PersonalReading.objects.count()
        reads_personal("people", subject="body:{code}")(view)(request, code="TEC-1")
        assert PersonalReading.objects.count() - before == expected, status
    made = PersonalReading.objects.latest("pk")
    assert (made.subject, made.what, len(made.page)) == ("body:TEC-1", "people", 300)
    request.office = None  # type: ignore[attr-defined]  # as the middleware sets it
    with pytest.raises(PermissionDenied):
        reads_personal("people")(view)(request, code="TEC-1")


def test_no_line_of_the_record_is_changed_or_removed(scene: Scene) -> None:
    read(scene.clerk)
    for statement in ("UPDATE {0} SET what = 'x'", "DELETE FROM {0}", "TRUNCATE {0}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format("accounts_personalreading"))
    assert PersonalReading.objects.get().what == "people"
