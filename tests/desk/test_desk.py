"""The desk: what is due for the office in use, with its norm and last moment; nobody sees another's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.desk.duties import SEEN_HERE, duties, terms
from shailoo.elections.actions import Called, call_election, compute_deadlines, move_clock
from shailoo.elections.agenda import current
from shailoo.law.calendar import BISHKEK, end_of
from tests.elections.test_calendar import CALL
from tests.results import scene as stage
from tests.results.scene import Scene
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    found = stage.build()
    compute_deadlines(found.voting, reason="election.called", at=datetime(2020, 7, 3, tzinfo=UTC))
    return found


def codes(office: Office, scene: Scene) -> dict[str, int]:
    return {duty.code: duty.waiting for duty in duties(office, scene.voting)}


def signed_in(office: Office) -> Client:
    client = Client()
    sign_in(client, office.person)
    return client


@pytest.mark.norm("L36.1.a1", "L37-1.4")
def test_a_tec_chair_waits_for_papers_and_signs_within_nineteen_days(scene: Scene) -> None:
    found = {duty.code: duty for duty in duties(scene.tec_chair("KG02"), scene.voting)}
    assert found["counting.take_over"].waiting == 2
    until = found["results.sign_tec_protocol"].until
    assert until is not None
    assert until == end_of(date(2020, 10, 23))  # E+19, until midnight


@pytest.mark.norm("L37.1.a")
def test_the_cec_chair_sees_the_obstacles_to_the_determination(scene: Scene) -> None:
    found = {duty.code: duty for duty in duties(scene.cec_chair, scene.voting)}
    assert found["results.determine"].waiting > 0
    assert found["results.determine"].until == end_of(date(2020, 10, 24))


def test_the_desk_counts_no_term_itself_but_takes_those_of_the_calendar(scene: Scene) -> None:
    """Where the calendar has another day, so has the desk."""
    last = current(scene.voting).get(event="determination_of_results")
    moved = end_of(date(2020, 10, 30))
    last.pk, last.version, last.closes = None, last.version + 1, moved
    last.save(force_insert=True)
    found = {duty.code: duty for duty in duties(scene.cec_chair, scene.voting)}
    assert found["results.determine"].until == moved


def test_terms_of_the_calendar_stand_beside_what_is_counted_and_none_stands_twice(scene: Scene) -> None:
    at = datetime(2020, 10, 14, 12, tzinfo=BISHKEK)
    found = terms(scene.cec_chair, scene.voting, at)
    assert "elections.determination_of_results" not in {duty.code for duty in found}
    assert not SEEN_HERE & {duty.code.removeprefix("elections.") for duty in found}
    assert "elections.voted_lists_online" in {duty.code for duty in found}
    assert all(duty.title and duty.norm for duty in found)
    assert terms(stage.office(scene.tecs["KG02"].body, Role.TEC_OPERATOR), scene.voting, at) == []


def test_a_term_in_its_last_day_is_told_in_hours(scene: Scene) -> None:
    scene.voting.election.origin = "generated"  # a demonstration may have a clock of its own
    scene.voting.election.save()
    shows = datetime(2020, 10, 23, 20, 30, tzinfo=BISHKEK)
    move_clock(scene.voting.election, shows, by=scene.cec_chair, at=shows)
    page = signed_in(scene.tec_chair("KG02")).get("/en/desk/").content.decode()
    assert "3 hours left" in page


def test_an_election_without_a_ballot_does_not_break_the_desk_and_shows_its_calendar(scene: Scene) -> None:
    call = replace(CALL, slug="next", rehearsal=True, called_on=date(2025, 7, 1), day=date(2025, 10, 5))
    called = call_election(replace(call, term_ends=date(2025, 10, 20)), by=scene.cec_chair, at=scene.now())
    assert isinstance(called, Called), called
    shows = datetime(2025, 8, 1, 12, tzinfo=BISHKEK)
    move_clock(called.election, shows, by=scene.cec_chair, at=shows)
    for who in ("cec_chair", "cec_operator", "tec_chair:KG02"):
        browser = signed_in(scene.offices[who])
        for address in ("desk/", "desk/calendar/", "desk/elections/", "desk/counting/"):
            assert browser.get(f"/en/{address}").status_code == 200, (who, address)
    page = signed_in(scene.cec_chair).get("/en/desk/").content.decode()
    assert "/en/desk/calendar/preliminary_lists_online/?election=next" in page
    assert "Rehearsal: these are not the results of an election" in page


def test_a_country_whose_only_election_has_no_ballot_has_a_desk(scene: Scene) -> None:
    scene.voting.options.all().delete()
    for who in ("cec_chair", "cec_operator", "tec_chair:KG02"):
        assert signed_in(scene.offices[who]).get("/en/desk/").status_code == 200
    assert b'/en/desk/results/"' not in signed_in(scene.cec_chair).get("/en/desk/").content.split(b"<main")[1]


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
