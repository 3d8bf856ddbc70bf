"""Calling an election at the desk, and what is recorded of it afterwards."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from shailoo.elections import clock
from shailoo.elections.actions import set_ballot
from shailoo.elections.agenda import current
from shailoo.elections.models import Election, Voting
from shailoo.law.calendar import BISHKEK, start_of
from shailoo.ledger.models import Act
from tests.elections.desk import Desk, build
from tests.elections.test_desk_calendar import local, main
from tests.elections.test_elections import LINES

pytestmark = pytest.mark.django_db
CALL = {
    "kind": "jk",
    "ground": "decree",
    "act_number": "УП № 91",
    "called_on": "2020-07-03",
    "term_ends": "2020-10-28",
    "day": "2020-10-04",
    "name_ky": "Шайлоо 2",
    "name_ru": "Выборы 2",
    "name_en": "Election 2",
    "slug": "jk-2020-b",
    "rehearsal": "no",
}


@pytest.fixture
def desk() -> Desk:
    return build()


def call(desk: Desk, **change: str) -> tuple[int, str]:
    answer = desk.post(desk.chair, "elections/call/", {**CALL, **change})
    return answer.status_code, answer.content.decode()


# ------------------------------------------------------------------------------------- calling


def test_the_first_question_is_which_election(desk: Desk) -> None:
    page = desk.text(desk.chair, "elections/call/")
    assert page.count('type="radio"') == 6, "a repeat voting is not called, it follows from a determination"
    assert desk.get(desk.chair, "elections/call/?next=1").status_code == 422
    assert desk.get(desk.chair, "elections/call/?next=1&kind=none").status_code == 422
    for kind, fact in (("jk", "term_ends"), ("jk_early", "dissolved"), ("presidential_early", "powers_ended")):
        assert f'name="{fact}"' in desk.text(desk.chair, f"elections/call/?kind={kind}")


def test_before_the_act_the_page_shows_what_follows_and_nothing_is_written(desk: Desk) -> None:
    status, page = call(desk)
    assert status == 200
    said = main(page)
    assert "Nothing is written yet" in said
    assert "УП № 91" in said
    assert "The term is kept." in said
    assert re.search(r"/en/law/editions/2020-06-30/", page)
    assert "4 August 2020" in said, "the last day for posting the preliminary lists"
    assert Election.objects.count() == 1
    assert not Act.objects.filter(name="election.called", subject="election:jk-2020-b").exists()


def test_confirming_calls_it_and_keeps_its_calendar(desk: Desk) -> None:
    status, _page = call(desk, step="confirm")
    assert status == 302
    found = Election.objects.get(slug="jk-2020-b")
    assert (found.edition_id, found.ground, found.act_number, found.rehearsal) == (
        "2020-06-30",
        "decree",
        "УП № 91",
        False,
    )
    assert current(Voting.objects.get(election=found)).count() > 100


def test_a_rehearsal_says_so_before_it_is_called(desk: Desk) -> None:
    _status, page = call(desk, rehearsal="yes")
    assert "Rehearsal: these are not the results of an election" in page
    call(desk, rehearsal="yes", step="confirm")
    assert Election.objects.get(slug="jk-2020-b").rehearsal


def test_one_can_go_back_and_change_with_everything_kept(desk: Desk) -> None:
    status, page = call(desk, step="change")
    assert status == 200
    for value in ("УП № 91", "2020-07-03", "jk-2020-b", "Шайлоо 2"):
        assert f'value="{value}"' in page


@pytest.mark.norm("L59.3.a", "L59.3.b", "L59.6.a")
@pytest.mark.parametrize("step", ["", "confirm"])
@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"called_on": "2020-07-06"}, "id_called_on", "Called too late"),
        ({"called_on": "2020-06-25"}, "id_called_on", "Called too early"),
        ({"day": "2020-10-05"}, "id_day", "By the law regular elections are held on"),
        ({"day": "2020-07-03"}, "id_day", "3 July 2020"),
        ({"ground": "resolution"}, "id_ground_0", "The law has such an election called in another way"),
        ({"ground": "deemed"}, "id_called_on", "By the law it is"),
        ({"called_on": "2001-07-03", "day": "2001-10-07", "term_ends": ""}, "id_called_on", "2001"),
        ({"slug": "jk-2020"}, "id_slug", "jk-2020"),
        ({"slug": "ж"}, "id_slug", "valid"),
        ({"name_ky": ""}, "id_name_ky", "required"),
        ({"rehearsal": ""}, "id_rehearsal_0", "required"),
        ({"day": "9999-12-31"}, "id_day", "less than or equal"),
    ],
)
def test_what_the_law_does_not_allow_is_told_at_its_field_with_its_norm(
    desk: Desk, step: str, change: dict[str, str], field: str, said: str
) -> None:
    status, page = call(desk, step=step, **change)
    assert status == 422
    assert f'href="#{field}"' in page
    assert said in main(page)
    if said.startswith("Called"):
        assert "(Art. 59" in main(page) or "59" in main(page)
    assert Election.objects.count() == 1


def test_only_the_cec_calls(desk: Desk) -> None:
    for who in (desk.operator, desk.tec_chair, desk.pec_chair, desk.tec_operator):
        assert desk.get(who, "elections/call/").status_code == 403
        assert desk.post(who, "elections/call/", {**CALL, "step": "confirm"}).status_code == 403
    assert Election.objects.count() == 1


def test_an_early_election_is_tested_against_the_decision_on_dissolution(desk: Desk) -> None:
    early = {"kind": "jk_early", "dissolved": "2020-07-01", "called_on": "2020-07-03", "term_ends": ""}
    status, page = call(desk, **early, day="2020-08-16")
    assert status == 200
    assert "Shortened from" in main(page)
    status, page = call(desk, **early, day="2020-08-30")
    assert status == 422
    assert 'href="#id_day"' in page


# ------------------------------------------------------------------------------------- afterwards


def test_what_happened_is_recorded_and_moves_terms(desk: Desk) -> None:
    desk.at(local(date(2020, 7, 6)))
    data = {"anchor": "official_publication_of_calling", "day": "2020-07-05", "hour": ""}
    assert desk.post(desk.operator, "elections/jk-2020/moments/", data).status_code == 302
    assert desk.voting.moments.get().day == date(2020, 7, 5)
    assert current(desk.voting).get(event="media_rates_published").version == 2
    assert "official publication of the calling" in main(desk.text(desk.tec_chair, "elections/jk-2020/"))


def test_an_hour_is_kept_where_it_is_given(desk: Desk) -> None:
    desk.at(local(date(2020, 10, 20)))
    data = {"anchor": "determination_of_results", "day": "2020-10-16", "hour": "18:30"}
    assert desk.post(desk.operator, "elections/jk-2020/moments/", data).status_code == 302
    assert desk.voting.moments.get().instant == datetime(2020, 10, 16, 18, 30, tzinfo=BISHKEK)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": "2020-07-09"}, "id_day"),
        ({"anchor": ""}, "id_anchor"),
        ({"anchor": "complaint_receipt"}, "id_anchor"),
        ({"anchor": "powers_termination"}, "id_anchor"),
        ({"hour": "25:00"}, "id_hour"),
    ],
)
def test_what_cannot_be_recorded_is_refused_at_its_field(desk: Desk, change: dict[str, str], field: str) -> None:
    desk.at(local(date(2020, 7, 6)))
    data = {"anchor": "official_publication_of_calling", "day": "2020-07-05", "hour": ""} | change
    answer = desk.post(desk.operator, "elections/jk-2020/moments/", data)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.content.decode()
    assert not desk.voting.moments.exists()


@pytest.mark.norm("L61.6")
def test_with_one_list_the_day_moves_and_with_two_it_does_not(desk: Desk) -> None:
    desk.at(start_of(date(2020, 9, 3)))
    early = desk.post(desk.chair, "elections/jk-2020/postpone/", {"lists": "1"})
    assert early.status_code == 422
    assert "only after registration has ended" in main(early.content.decode())
    desk.at(start_of(date(2020, 9, 4)))
    enough = desk.post(desk.chair, "elections/jk-2020/postpone/", {"lists": "2"})
    assert enough.status_code == 422
    assert 'href="#id_lists"' in enough.content.decode()
    assert desk.post(desk.chair, "elections/jk-2020/postpone/", {"lists": "1"}).status_code == 302
    assert Voting.objects.get(pk=desk.voting.pk).day == date(2020, 10, 29)


def test_the_clock_of_a_rehearsal_is_set_and_never_behind_the_record(desk: Desk) -> None:
    answer = desk.post(desk.operator, "elections/jk-2020/clock/", {"shows": "2020-08-04T23:30"})
    assert answer.status_code == 302
    assert Act.objects.filter(name="election.clock_moved").exists()
    now = clock.local(clock.now(Election.objects.get(slug="jk-2020")))
    assert f"{now:%Y-%m-%d %H}" == "2020-08-04 23"
    back = desk.post(desk.operator, "elections/jk-2020/clock/", {"shows": "2020-08-01T10:00"})
    assert back.status_code == 422
    assert 'href="#id_shows"' in back.content.decode()


def test_a_real_election_has_no_clock_to_set(desk: Desk) -> None:
    call(desk, step="confirm")
    assert 'name="shows"' not in desk.text(desk.chair, "elections/jk-2020-b/")
    answer = desk.post(desk.chair, "elections/jk-2020-b/clock/", {"shows": "2030-08-01T10:00"})
    assert answer.status_code == 422
    assert not Act.objects.filter(name="election.clock_moved").exists()


def test_the_page_shows_the_ballot_once_it_is_set_and_only_the_acts_of_the_office(desk: Desk) -> None:
    assert "The ballot is not set yet" in main(desk.text(desk.chair, "elections/jk-2020/"))
    set_ballot(desk.voting, LINES, by=desk.chair, at=local(date(2020, 9, 7)))
    assert LINES[0].name_en in main(desk.text(desk.chair, "elections/jk-2020/"))
    for who, offered in ((desk.chair, 3), (desk.operator, 2), (desk.tec_chair, 0), (desk.pec_chair, 0)):
        forms = desk.text(who, "elections/jk-2020/").split("<main")[1].count("<form")
        assert forms == offered, who.role
    assert desk.get(desk.chair, "elections/none/").status_code == 404
