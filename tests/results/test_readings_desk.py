"""The desk's pages of readings: by chapter, what was changed on top, and what another reading would move."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from shailoo.accounts.models import Office
from shailoo.elections.actions.terms import compute_deadlines
from shailoo.elections.models import Voting
from shailoo.law.editions import editions, reading_types
from shailoo.results import matters, queries, words
from shailoo.results.models import ReadingTaken
from shailoo.results.views.readings import MOST_TERMS, chapters_of
from shailoo.wording import LANGUAGES, sentences
from tests.results import scene as scenes
from tests.results.scene import Scene
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

BEFORE = datetime(2020, 7, 4, tzinfo=UTC)  # the day after the calling: every term is still to come
NO_OTHER = "This program knows no other reading of it."


@pytest.fixture
def scene() -> Scene:
    return scenes.build()


def address(*args: str, language: str = "en") -> str:
    with translation.override(language):
        return reverse("results:reading" if args else "results:readings", args=args)


def client_of(office: Office) -> Client:
    client = Client()
    sign_in(client, office.person)
    return client


def page(office: Office, *args: str, language: str = "en") -> str:
    """The list of readings, or the page of the one named."""
    answer = client_of(office).get(address(*args, language=language))
    assert answer.status_code == 200
    return answer.content.decode()


def take(scene: Scene, parameter: str, option: str) -> ReadingTaken:
    taken = scenes.take_reading(scene, parameter, option)
    assert isinstance(taken, ReadingTaken), taken
    return taken


def moving(voting: Voting, parameter: str, now: datetime = BEFORE) -> tuple[queries.MovingTerm, ...]:
    return queries.moving_terms(voting, voting.election.edition.reading(parameter), now)


def documents_due(scene: Scene) -> queries.MovingTerm:
    """What counting backward makes of the term of a party's documents (L61.1)."""
    terms = moving(scene.voting, "backward_counting")
    return next(each for each in terms if each.now.id == "registration_documents_jk")


# ------------------------------------------------------------------------------------- the list


def test_every_reading_stands_in_one_chapter_and_results_come_first() -> None:
    for law in editions():
        chapters = chapters_of(law, {})
        assert sorted(row.reading.name for each in chapters for row in each.rows) == sorted(reading_types())
        assert chapters[0].code == "results"
        assert all(each.rows for each in chapters)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_chapter_has_a_heading_and_a_link_to_it(scene: Scene, language: str) -> None:
    shown = page(scene.cec_chair, language=language)
    for code in words.CHAPTERS:
        assert shown.count(f'id="{code}"') == 1
        assert shown.count(f'href="#{code}"') == 1


def test_a_changed_reading_is_marked_and_stands_on_top(scene: Scene) -> None:
    question = sentences.reading("cap_surplus_rule", "en")
    unchanged = page(scene.cec_chair)
    assert "No reading has been changed" in unchanged
    assert ">changed</strong>" not in unchanged
    taken = take(scene, "cap_surplus_rule", "vacant")
    shown = page(scene.cec_chair)
    top, _first, below = shown.partition('id="results"')
    assert question in top
    assert taken.decision in top
    assert sentences.option("cap_surplus_rule", "rerun", "en") in top
    assert sentences.reading("threshold_base", "en") not in top
    assert question in below
    assert below.count(">changed</strong>") == 1


def test_a_reading_taken_back_to_the_default_is_not_changed(scene: Scene) -> None:
    first = take(scene, "cap_surplus_rule", "vacant")
    second = take(scene, "cap_surplus_rule", "rerun")
    shown = page(scene.cec_chair)
    assert "No reading has been changed" in shown
    assert f"{second.decision}," in shown
    assert f"{first.decision}," not in shown


def test_who_may_not_take_a_reading_reads_why_in_the_list(scene: Scene) -> None:
    of_member, of_chair = page(scene.offices["cec_member"], language="ru"), page(scene.cec_chair, language="ru")
    reason = escape(sentences.reason("quotient", "ru"))
    assert reason in of_member
    assert "/readings/quotient/" not in of_member
    assert reason not in of_chair
    assert "/readings/quotient/" in of_chair


# ------------------------------------------------------------------------------------- one reading


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reading_says_its_question_its_options_and_why(scene: Scene, language: str) -> None:
    with translation.override(language):
        told = {each.name: words.reason(each) for each in scene.voting.election.edition.readings}
    for name, options in reading_types().items():
        shown = page(scene.cec_chair, name, language=language)
        assert escape(sentences.reading(name, language)) in shown
        assert escape(told[name]) in shown
        assert all(escape(sentences.option(name, each, language)) in shown for each in options)


def test_the_english_reason_cites_norms_as_pages_do(scene: Scene) -> None:
    shown = page(scene.cec_chair, "list_votes_sum")
    assert "Art. 37, para. 1 sums protocols" in shown
    assert "L37.1 sums" not in shown


def test_the_radios_mark_the_default_and_what_is_taken(scene: Scene) -> None:
    def labels() -> list[str]:
        return re.findall(
            r'radios__label" for="id_option_\d+">([^<]+)<', page(scene.cec_chair, "tie_same_registration")
        )

    number, stop = (sentences.option("tie_same_registration", each, "en") for each in ("decision_number", "stop"))
    asked = matters.reading(scene.voting.election, "tie_same_registration")
    scenes.decision(scene, asked)
    assert labels() == [f"{number} (default, taken now)", stop]
    take(scene, "tie_same_registration", "stop")
    scenes.decision(scene, asked)
    assert labels() == [f"{number} (default)", f"{stop} (taken now)"]


def test_a_question_with_one_answer_offers_no_decision(scene: Scene) -> None:
    one, two = page(scene.cec_chair, "quotient"), page(scene.cec_chair, "threshold_base")
    assert NO_OTHER in one
    assert 'name="decision"' not in one
    assert NO_OTHER not in two
    assert "agenda" in two
    scenes.decision(scene, matters.reading(scene.voting.election, "threshold_base"))
    assert 'name="decision"' in page(scene.cec_chair, "threshold_base")


def test_earlier_decisions_stand_on_the_page_the_latest_first(scene: Scene) -> None:
    assert "no decision on this question yet" in page(scene.cec_chair, "cap_surplus_rule")
    first = take(scene, "cap_surplus_rule", "vacant")
    second = take(scene, "cap_surplus_rule", "next_remainder")
    shown = page(scene.cec_chair, "cap_surplus_rule")
    assert 0 < shown.index(f", {second.decision},") < shown.index(f", {first.decision},")
    assert shown.count(first.text) == 2
    assert f", {first.decision}," not in page(scene.cec_chair, "threshold_base")


@pytest.mark.parametrize(
    ("parameter", "linked"),
    [("threshold_base", True), ("forward_counting", True), ("backward_counting", False), ("free_hour_scope", False)],
)
def test_readings_that_a_result_rests_on_lead_to_why(scene: Scene, parameter: str, linked: bool) -> None:
    assert ("/en/why/#readings" in page(scene.cec_chair, parameter)) is linked


# ------------------------------------------------------------------------------------- terms that move


def test_inclusive_counting_gives_a_day_more_to_whoever_must_act_before_the_election(scene: Scene) -> None:
    found = documents_due(scene)
    full, inclusive = found.options
    assert (full.option, full.entry.last, full.moves) == ("full_days", date(2020, 8, 24), False)
    assert (inclusive.option, inclusive.entry.last, inclusive.moves) == ("inclusive", date(2020, 8, 25), True)


def test_only_terms_that_move_are_told(scene: Scene) -> None:
    for parameter in ("backward_counting", "forward_counting"):
        found = moving(scene.voting, parameter)
        assert found
        assert all(any(term.moves for term in each.options) for each in found)
    assert moving(scene.voting, "reduction_rounding") == ()  # no term of a regular election is shortened
    assert moving(scene.voting, "preliminary_posting") == ()  # no reading of days and terms


def test_what_another_reading_moves_is_told_from_the_reading_taken(scene: Scene) -> None:
    take(scene, "backward_counting", "inclusive")
    found = documents_due(scene)
    assert found.now.last == date(2020, 8, 25)
    assert [(each.option, each.moves) for each in found.options] == [("full_days", True), ("inclusive", False)]


def test_what_ends_next_comes_first_and_what_is_over_last(scene: Scene) -> None:
    first = moving(scene.voting, "backward_counting")[0]
    assert first.now.closes is not None
    just_in_time = moving(scene.voting, "backward_counting", first.now.closes - timedelta(seconds=1))
    over = moving(scene.voting, "backward_counting", first.now.closes)
    assert just_in_time[0].now.id == first.now.id
    assert over[0].now.id != first.now.id
    assert {each.now.id for each in over} == {each.now.id for each in just_in_time}
    assert [each.now.id for each in over].index(first.now.id) > MOST_TERMS


def test_a_voting_at_some_precincts_moves_no_term() -> None:
    held = scenes.build(voting=Voting.Kind.AT_PRECINCTS).voting
    assert moving(held, "backward_counting") == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_twelve_terms_and_how_many_there_are(scene: Scene, language: str) -> None:
    compute_deadlines(scene.voting, reason="called", at=BEFORE)
    in_all = len(moving(scene.voting, "backward_counting"))
    assert in_all > MOST_TERMS
    shown = page(scene.cec_chair, "backward_counting", language=language)
    links = re.findall(rf'href="(/{language}/calendar/eldik-2020/\w+/)"', shown)
    assert len(links) == len(set(links)) == MOST_TERMS
    assert re.search(rf"\b{in_all}\b", shown)
    assert all(Client().get(link).status_code == 200 for link in links)


def test_a_term_without_a_page_of_its_own_is_no_link(scene: Scene) -> None:
    shown = page(scene.cec_chair, "backward_counting")
    assert 'href="/en/calendar/eldik-2020/"' in shown
    assert re.findall(r'href="/en/calendar/eldik-2020/\w+/"', shown) == []


def test_a_question_on_days_that_moves_nothing_says_so(scene: Scene) -> None:
    assert "No term of this voting depends on this question." in page(scene.cec_chair, "reduction_rounding")
    assert "depends on this question" not in page(scene.cec_chair, "free_hour_scope")


# ------------------------------------------------------------------------------------- cost


@pytest.mark.parametrize(("args", "most"), [((), 6), (("threshold_base",), 6), (("backward_counting",), 9)])
def test_pages_of_readings_keep_to_their_query_budget(
    scene: Scene, args: tuple[str, ...], most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    take(scene, "cap_surplus_rule", "vacant")
    client = client_of(scene.cec_chair)
    client.get(address(*args))
    with django_assert_max_num_queries(most):
        assert client.get(address(*args)).status_code == 200
