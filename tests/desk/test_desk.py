"""The desk: what is due for the office in use, with its norm and last moment; nobody sees another's."""

from __future__ import annotations

import pytest
from django.test import Client

from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.desk.duties import duties
from tests.results import scene as stage
from tests.results.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return stage.build()


def codes(office: Office, scene: Scene) -> dict[str, int]:
    return {duty.code: duty.waiting for duty in duties(office, scene.voting)}


def signed_in(office: Office) -> Client:
    client = Client()
    client.force_login(office.person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.norm("L36.1.a1", "L37-1.4")
def test_a_tec_chair_waits_for_papers_and_signs_within_nineteen_days(scene: Scene) -> None:
    found = {duty.code: duty for duty in duties(scene.tec_chair("KG02"), scene.voting)}
    assert found["counting.take_over"].waiting == 2
    until = found["results.sign_tec_protocol"].until
    assert until is not None
    assert until.isoformat() == "2020-10-24T00:00:00+06:00"  # the day after E+19, at midnight


@pytest.mark.norm("L37.1.a")
def test_the_cec_chair_sees_the_obstacles_to_the_determination(scene: Scene) -> None:
    found = {duty.code: duty for duty in duties(scene.cec_chair, scene.voting)}
    assert found["results.determine"].waiting > 0
    assert str(found["results.determine"].until) == "2020-10-25 00:00:00+06:00"


def test_what_is_due_at_once_comes_first(scene: Scene) -> None:
    found = duties(scene.tec_chair("KG02"), scene.voting)
    assert [duty.until is None for duty in found] == sorted((duty.until is None for duty in found), reverse=True)


def test_an_office_without_duties_here_has_none(scene: Scene) -> None:
    stranger = stage.office(scene.tecs["KG02"].body, Role.PEC_CHAIR)
    assert duties(stranger, scene.voting) == []


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("who", ["cec_chair", "cec_operator", "tec_chair:KG02"])
def test_the_page_answers_every_role_in_every_language(scene: Scene, language: str, who: str) -> None:
    page = signed_in(scene.offices[who]).get(f"/{language}/desk/")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-store"


def test_without_a_sign_in_the_desk_is_closed(client: Client) -> None:
    page = client.get("/ky/desk/")
    assert page.status_code == 302
    assert page.headers["Location"].startswith("/ky/sign-in/?next=/ky/desk/")


def test_a_person_without_an_office_is_told_so(scene: Scene) -> None:
    office = scene.cec_chair
    office.until = scene.now()
    office.save()
    page = signed_in(office).get("/en/desk/", follow=True)
    assert "You hold no office today" in page.content.decode()
