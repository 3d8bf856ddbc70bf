"""The second factor: forced for the staff, asked for at every sign-in, codes that open once, and what resets it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.resets import FACTOR_RESET, issue_password_link, reset_second_factor
from shailoo.accounts.roles import Role
from shailoo.accounts.second_factor import by_code, has_factor
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from tests.signing_in import BACKEND, SECRET, code_now, sign_in, with_app

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough phrase"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def cec() -> Body:
    return Body.objects.create(code="CEC", kind="cec", name_ky="БШК", name_ru="ЦИК", name_en="CEC")


@pytest.fixture
def tec(cec: Body) -> Body:
    return Body.objects.create(code="TEC-1", kind="tec", superior=cec, name_ky="АШК", name_ru="ТИК", name_en="TEC")


def holder(body: Body, role: Role, name: str = "bermet") -> Person:
    person = Person.objects.create_person(name, "Бермет Касымова", PASSWORD)
    Office.objects.create(person=person, body=body, role=role, since=SINCE)
    return person


def pair(client: Client, name: str = "bermet") -> str:
    """Where the right pair leads."""
    return client.post("/en/sign-in/", {"username": name, "password": PASSWORD}).headers["Location"]


def code(client: Client, typed: str) -> int:
    return client.post("/en/sign-in/second-step/", {"code": typed}).status_code


def test_an_office_of_the_staff_reaches_nothing_before_its_second_factor(client: Client, tec: Body) -> None:
    holder(tec, Role.TEC_OPERATOR)
    assert pair(client) == "/en/desk/"
    for place in ("/en/desk/", "/en/desk/counting/", "/en/offices/", "/en/account/sessions/"):
        assert client.get(place).headers["Location"] == f"/en/account/second-factor/?next={place.replace('/', '%2F')}"
        assert client.post(place).headers["Location"] == "/en/account/second-factor/"
    assert "Acting as" not in client.get("/en/account/").content.decode()
    assert client.get("/en/account/").status_code == 200
    assert client.post("/en/sign-out/").status_code == 302


def test_setting_an_app_up_opens_the_desk_under_a_new_key_and_keeps_no_secret_in_clear(
    client: Client, tec: Body
) -> None:
    person = holder(tec, Role.TEC_OPERATOR)
    pair(client)
    page = client.get("/en/account/second-factor/").content.decode()
    assert "<svg" in page
    assert "data:" not in page
    secret, before = client.session["mfa.totp.secret"], client.session.session_key
    assert client.post("/en/account/second-factor/", {"code": "000000"}).status_code == 422
    assert not has_factor(person)
    done = client.post("/en/account/second-factor/", {"code": code_now(secret)})
    assert done.content.decode().count("<li><code>") == 10
    assert client.session.session_key != before
    assert client.get("/en/desk/").status_code == 200
    kept = Authenticator.objects.get(user=person, type="totp")
    assert secret not in str(kept.data)
    assert Act.objects.filter(name="person.second_factor_added", subject=f"person:{person.pk}").exists()


def test_who_holds_no_office_of_the_staff_may_go_without(client: Client, cec: Body) -> None:
    holder(cec, Role.COMMISSION_REPRESENTATIVE)
    pair(client)
    assert client.get("/en/desk/").status_code == 200


def test_the_password_alone_does_not_enter_and_the_code_does(client: Client, tec: Body) -> None:
    with_app(holder(tec, Role.TEC_OPERATOR))
    assert pair(client) == "/en/sign-in/second-step/"
    assert client.get("/en/desk/").headers["Location"].startswith("/en/sign-in/")
    assert "Six digits" in client.get("/en/sign-in/second-step/").content.decode()
    assert code(client, "000000") == 422
    answer = client.post("/en/sign-in/second-step/", {"code": code_now()})
    assert answer.headers["Location"] == "/en/desk/"
    assert client.get("/en/desk/").status_code == 200


def test_a_code_of_the_app_and_a_recovery_code_open_once(tec: Body) -> None:
    person = holder(tec, Role.TEC_OPERATOR)
    recovery = with_app(person)
    once, twice = (by_code(person, code_now()) for _ in range(2))
    assert (once is not None, twice) == (True, None)
    first, again = (by_code(person, f" {recovery[3]} ") for _ in range(2))
    assert first is not None
    assert (first.type, again) == ("recovery_codes", None)
    assert by_code(person, code_now(later=5)) is None


def test_the_ninth_try_of_a_second_factor_waits_also_with_the_right_code(client: Client, tec: Body) -> None:
    with_app(holder(tec, Role.TEC_OPERATOR))
    pair(client)
    assert [code(client, "000000") for _ in range(8)] == [422] * 8
    answer = client.post("/en/sign-in/second-step/", {"code": code_now()})
    assert answer.status_code == 422
    assert "Too many tries" in answer.content.decode()


def test_without_a_password_there_is_no_second_step(client: Client) -> None:
    assert client.get("/en/sign-in/second-step/").headers["Location"] == "/en/sign-in/"
    assert client.post("/en/sign-in/passkey/", {"credential": "{}"}).status_code == 422
    assert client.post("/en/sign-in/passkey/", {"credential": '{"response": {"userHandle": "MQ"}}'}).status_code == 422


def test_an_old_proof_is_asked_again_before_a_factor_changes(client: Client, tec: Body) -> None:
    person = holder(tec, Role.TEC_OPERATOR)
    with_app(person)
    sign_in(client, person)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 16 * 60
    session.save()
    factor = Authenticator.objects.get(user=person, type="totp")
    for place in ("/en/account/second-factor/", "/en/account/passkeys/", "/en/account/recovery-codes/"):
        assert client.get(place).headers["Location"].startswith("/en/account/confirm/?next=")
    remove = f"/en/account/factors/{factor.pk}/remove/"
    assert client.post(remove).headers["Location"].startswith("/en/account/confirm/")
    assert client.post("/en/account/confirm/", {"code": code_now(), "next": "/en/account/password/"}).status_code == 302
    assert client.get("/en/account/password/").status_code == 200
    assert client.post(remove).headers["Location"] == "/en/account/"
    assert has_factor(person)  # the last one of the staff stays


def test_another_installations_key_reads_no_secret(client: Client, tec: Body, settings: object) -> None:
    from cryptography.fernet import InvalidToken

    person = holder(tec, Role.TEC_OPERATOR)
    with_app(person, SECRET)
    settings.SECRET_KEY = "another key"  # type: ignore[attr-defined]  # the fixture takes any setting
    with pytest.raises(InvalidToken):
        by_code(person, code_now())


def test_a_superior_resets_the_second_factor_and_every_session_ends(client: Client, cec: Body, tec: Body) -> None:
    person, chair = holder(tec, Role.TEC_CHAIR), holder(cec, Role.CEC_CHAIR, "aigul")
    superior = chair.offices.get()
    with_app(person)
    pair(client)
    code(client, code_now())
    assert client.get("/en/desk/").status_code == 200
    at = timezone.now()
    assert reset_second_factor(person, by=superior, at=at, reason="the phone was lost") == person
    assert not has_factor(person)
    assert client.get("/en/desk/").headers["Location"].startswith("/en/sign-in/")
    assert "lost" in Act.objects.get(name=FACTOR_RESET).payload
    both = issue_password_link(person, by=superior, at=at, reason="and the password")
    assert isinstance(both, Refused)
    assert both.codes == ("nobody_resets_both",)
    assert isinstance(issue_password_link(person, by=superior, at=at + timedelta(days=8), reason="later"), str)


def test_nobody_resets_himself_nor_somebody_above_or_beside(cec: Body, tec: Body) -> None:
    chair, above = holder(tec, Role.TEC_CHAIR), holder(cec, Role.CEC_CHAIR, "aigul")
    clerk, nobody = holder(tec, Role.TEC_OPERATOR, "clerk"), Person.objects.create_person("nobody", "Nobody", PASSWORD)
    by, at, told = chair.offices.get(), timezone.now(), {}
    for person in (chair, above, nobody):
        answer = reset_second_factor(person, by=by, at=at, reason="x")
        assert isinstance(answer, Refused)
        told[person.username] = answer.codes[0]
    assert told == {"bermet": "not_for_oneself", "aigul": "other_territory", "nobody": "office_may_not"}
    answer = reset_second_factor(clerk, by=by, at=at, reason=" ")
    assert isinstance(answer, Refused)
    assert answer.codes == ("say_why",)
    assert not Act.objects.filter(name=FACTOR_RESET).exists()


def test_a_link_sets_a_password_once_and_a_forged_one_does_not_open(client: Client, cec: Body, tec: Body) -> None:
    person, chair = holder(tec, Role.TEC_CHAIR), holder(cec, Role.CEC_CHAIR, "aigul")
    link = issue_password_link(person, by=chair.offices.get(), at=timezone.now(), reason="forgotten")
    assert isinstance(link, str)
    place = "/" + link.split("/", 3)[3]
    assert client.get(place[:-3] + "x/").status_code == 404
    own = client.get(place).headers["Location"]
    new = "another good phrase"
    assert client.post(own, {"new_password1": new, "new_password2": new}).status_code == 302
    person.refresh_from_db()
    assert person.check_password(new)
    assert Client().get(place).status_code == 404
    assert new not in "".join(act.payload for act in Act.objects.all())


def test_forgetting_the_password_says_the_same_to_everyone_and_mails_only_a_known_address(
    client: Client, tec: Body, mailoutbox: list[object]
) -> None:
    person = holder(tec, Role.TEC_CHAIR)
    Person.objects.filter(pk=person.pk).update(email="bermet@shailoo.invalid")
    pages = {client.post("/en/password/", {"username": name}).content for name in ("bermet", "nobody")}
    assert len(pages) == 1
    assert len(mailoutbox) == 1


def test_a_signed_in_request_costs_as_many_statements_as_before(
    client: Client, tec: Body, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The session and the person, and the offices where they are asked for; the frame of a page asks for one more."""
    person = holder(tec, Role.TEC_OPERATOR)
    client.force_login(person, backend=BACKEND)
    sign_in(client, person)
    with django_assert_num_queries(2):
        client.post("/en/account/sessions/")
    with django_assert_num_queries(4):
        client.get("/en/offices/")
