"""Signing in: wrong pairs say nothing more, tries are limited, addresses of others are not followed, offices end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Role
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough phrase"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
NOW = datetime(2020, 10, 5, tzinfo=UTC)


@pytest.fixture
def bodies() -> dict[str, Body]:
    cec = Body.objects.create(code="cec", kind="cec", name_ky="БШК", name_ru="ЦИК", name_en="CEC")
    tec = Body.objects.create(code="tec", kind="tec", superior=cec, name_ky="АШК", name_ru="ТИК", name_en="TEC")
    other = Body.objects.create(
        code="other", kind="tec", superior=cec, name_ky="АШК 2", name_ru="ТИК 2", name_en="TEC 2"
    )
    pec = Body.objects.create(code="pec", kind="pec", superior=tec, name_ky="УШК", name_ru="УИК", name_en="PEC")
    return {"cec": cec, "tec": tec, "other": other, "pec": pec}


def person(name: str = "bermet") -> Person:
    return Person.objects.create_person(name, "Бермет Касымова", PASSWORD)


def office(body: Body, role: Role, who: Person | None = None) -> Office:
    return Office.objects.create(person=who or person(f"{role}-{body.code}"), body=body, role=role, since=SINCE)


def post(client: Client, name: str, password: str, **more: str) -> int:
    return client.post("/en/sign-in/", {"username": name, "password": password, **more}).status_code


def test_the_right_pair_leads_to_the_desk(client: Client, bodies: dict[str, Body]) -> None:
    office(bodies["tec"], Role.TEC_CHAIR, person())
    answer = client.post("/ky/sign-in/", {"username": "bermet", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/ky/desk/"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client: Client) -> None:
    person()
    wrong = client.post("/en/sign-in/", {"username": "bermet", "password": "wrong"})
    unknown = client.post("/en/sign-in/", {"username": "nobody", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 422
    message = "The user name and password do not match"
    assert message in wrong.content.decode()
    assert message in unknown.content.decode()


def test_after_too_many_tries_even_the_right_pair_waits(client: Client) -> None:
    person()
    for _ in range(8):
        post(client, "bermet", "wrong")
    assert post(client, "bermet", PASSWORD) == 429
    assert (
        "Too many tries" in client.post("/en/sign-in/", {"username": "bermet", "password": PASSWORD}).content.decode()
    )


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(client: Client, bodies: dict[str, Body], address: str) -> None:
    office(bodies["tec"], Role.TEC_CHAIR, person())
    answer = client.post("/ky/sign-in/", {"username": "bermet", "password": PASSWORD, "next": address})
    assert answer.headers["Location"] == "/ky/desk/"


def test_signing_out_needs_a_post_and_ends_the_session(client: Client) -> None:
    sign_in(client, person())
    assert client.get("/ky/sign-out/").status_code == 405
    assert client.post("/ky/sign-out/").status_code == 302
    assert client.get("/ky/desk/").headers["Location"].startswith("/ky/sign-in/")


def test_an_office_that_is_not_held_cannot_be_chosen(client: Client, bodies: dict[str, Body]) -> None:
    who = person()
    own = office(bodies["tec"], Role.TEC_OPERATOR, who)
    foreign = office(bodies["cec"], Role.CEC_CHAIR)
    sign_in(client, who)
    client.post("/en/offices/", {"office": str(foreign.pk)})
    assert "office" not in client.session
    client.post("/en/offices/", {"office": str(own.pk)})
    assert client.session["office"] == own.pk


def test_an_office_ends(client: Client, bodies: dict[str, Body]) -> None:
    who = person()
    held = office(bodies["tec"], Role.TEC_OPERATOR, who)
    sign_in(client, who)
    assert client.get("/en/desk/").status_code == 200
    held.until = timezone.now() - timedelta(minutes=1)
    held.save()
    assert client.get("/en/desk/").headers["Location"] == "/en/offices/"


def test_the_database_refuses_an_office_that_ends_before_it_begins_or_doubles(bodies: dict[str, Body]) -> None:
    who = person()
    office(bodies["tec"], Role.TEC_CHAIR, who)
    with pytest.raises(IntegrityError, match="one_open_office"), transaction.atomic():
        office(bodies["tec"], Role.TEC_CHAIR, who)
    with pytest.raises(IntegrityError, match="ends_after_it_begins"), transaction.atomic():
        Office.objects.create(person=who, body=bodies["cec"], role=Role.CEC_CHAIR, since=NOW, until=SINCE)
    with pytest.raises(IntegrityError, match="known_role"), transaction.atomic():
        Office.objects.create(person=who, body=bodies["cec"], role="king", since=NOW)
