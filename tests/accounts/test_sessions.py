"""Sessions: idle end, age, the browser that they are bound to, the list of one's own, keys that change."""

from __future__ import annotations

import runpy
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from shailoo.accounts.middleware import OFFICE_KEY
from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Role
from shailoo.accounts.sessions import BOUND, device
from shailoo.ledger.models import Act
from shailoo.settings import PACKAGE
from tests.signing_in import code_now, sign_in, with_app

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough phrase"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"


@pytest.fixture
def person() -> Person:
    tec = Body.objects.create(code="TEC-1", kind="tec", name_ky="АШК", name_ru="ТИК", name_en="TEC")
    person = Person.objects.create_person("bermet", "Бермет Касымова", PASSWORD)
    for role in (Role.TEC_CHAIR, Role.TEC_MEMBER):
        Office.objects.create(person=person, body=tec, role=role, since=datetime(2020, 1, 1, tzinfo=UTC))
    return person


def moved(client: Client, **seconds: float) -> None:
    """Take the session's clock back."""
    session = client.session
    session[BOUND] = {**session[BOUND], **{name: session[BOUND][name] - by for name, by in seconds.items()}}
    session.save()


@pytest.mark.parametrize(
    ("back", "ended"),
    [
        ({"seen": 29 * 60}, ""),
        ({"seen": 30 * 60 + 5}, "idle"),
        ({"since": 12 * 3600 - 60}, ""),
        ({"since": 12 * 3600 + 5}, "age"),
    ],
)
def test_a_session_ends_when_idle_and_when_old(
    client: Client, person: Person, back: dict[str, float], ended: str
) -> None:
    sign_in(client, person)
    moved(client, **back)
    answer = client.get("/en/desk/")
    if not ended:
        assert answer.status_code == 200
        return
    assert answer.headers["Location"] == f"/en/sign-in/?next=%2Fen%2Fdesk%2F&ended={ended}"
    assert "signed out" in client.get(answer.headers["Location"]).content.decode()
    assert client.get("/en/desk/").headers["Location"] == "/en/sign-in/?next=/en/desk/"


def test_a_request_starts_the_idle_time_anew_but_not_the_age(client: Client, person: Person) -> None:
    sign_in(client, person)
    moved(client, seen=20 * 60, since=20 * 60)
    since = client.session[BOUND]["since"]
    client.get("/en/desk/")
    now = timezone.now().timestamp()
    assert now - client.session[BOUND]["seen"] < 5
    assert client.session[BOUND]["since"] == since


def test_a_session_in_another_browser_ends_for_both_and_is_recorded_without_a_name(person: Person) -> None:
    own = Client(HTTP_USER_AGENT=FIREFOX)
    with_app(person)
    own.post("/en/sign-in/", {"username": "bermet", "password": PASSWORD})
    own.post("/en/sign-in/second-step/", {"code": code_now()})
    assert own.get("/en/desk/").status_code == 200
    thief = Client(HTTP_USER_AGENT=PHONE)
    thief.cookies = own.cookies
    assert thief.get("/en/desk/").headers["Location"].endswith("ended=browser")
    assert own.get("/en/desk/").headers["Location"].startswith("/en/sign-in/")
    act = Act.objects.get(name="session.browser_changed")
    assert (act.subject, act.payload) == (f"person:{person.pk}", "{}")


def test_a_session_that_is_bound_to_no_browser_ends(client: Client, person: Person) -> None:
    sign_in(client, person)
    session = client.session
    del session[BOUND]
    session.save()
    assert client.get("/en/desk/").headers["Location"].startswith("/en/sign-in/")


def test_the_list_shows_ones_own_sessions_and_ends_one_or_all_others(person: Person) -> None:
    recovery = with_app(person)
    browsers = [Client(HTTP_USER_AGENT=agent) for agent in (FIREFOX, PHONE, FIREFOX)]
    for place, browser in enumerate(browsers):
        browser.post("/en/sign-in/", {"username": "bermet", "password": PASSWORD}, REMOTE_ADDR=f"10.0.0.{place}")
        browser.post("/en/sign-in/second-step/", {"code": recovery[place]}, REMOTE_ADDR=f"10.0.0.{place}")
    page = browsers[0].get("/en/account/sessions/")
    shown = {row.address: (row.device, row.here) for row in page.context["sessions"]}
    assert shown == {
        "10.0.0.0": ("Firefox, Linux", True),
        "10.0.0.1": ("Chrome, Android", False),
        "10.0.0.2": ("Firefox, Linux", False),
    }
    phone = next(row.pk for row in page.context["sessions"] if row.address == "10.0.0.1")
    stranger = Client()
    sign_in(stranger, Person.objects.create_person("other", "Other", PASSWORD))
    stranger.post("/en/account/sessions/", {"session": str(phone)})
    assert browsers[1].get("/en/desk/").status_code == 200  # a stranger ends nothing
    browsers[0].post("/en/account/sessions/", {"session": str(phone)})
    assert browsers[1].get("/en/desk/").status_code == 302
    browsers[0].post("/en/account/sessions/", {"all": "1"})
    assert [browser.get("/en/desk/").status_code for browser in (browsers[0], browsers[2])] == [200, 302]


def test_the_key_changes_with_the_sign_in_with_the_office_and_with_the_password(client: Client, person: Person) -> None:
    client.get("/en/invitation/x/")
    sign_in(client, person)
    other = person.offices.get(role=Role.TEC_MEMBER)
    keys = [client.session.session_key]
    client.post("/en/offices/", {"office": str(other.pk)})
    keys.append(client.session.session_key)
    assert client.session[OFFICE_KEY] == other.pk
    new = "another good phrase"
    client.post("/en/account/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert client.get("/en/desk/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "said"), [(FIREFOX, "Firefox, Linux"), (PHONE, "Chrome, Android"), ("curl/8", "curl/8"), ("", "?")]
)
def test_a_browsers_description_in_words(agent: str, said: str) -> None:
    assert device(agent) == said


def test_cookies_and_hsts_behind_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHAILOO_TLS", "1")
    found = runpy.run_path(str(PACKAGE / "settings.py"))
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["SECURE_HSTS_SECONDS"] >= timedelta(days=365).total_seconds()
    assert found["PROXIES"] == 1
