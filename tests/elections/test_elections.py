"""Calling an election, its ballot, its precincts and its clock; each refused act leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from shailoo.accounts.models import Office, Person
from shailoo.accounts.roles import Role
from shailoo.commissions.actions import appoint, establish_cec, establish_pecs, establish_tecs
from shailoo.elections import clock, queries
from shailoo.elections.actions import Call, Called, Line, call_election, set_clock, set_lists, set_precincts
from shailoo.elections.models import Election, ListedCandidate, Option, Voting, VotingPrecinct
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.territory.actions import Site, install_division, lay_out_precincts
from shailoo.territory.models import Area

pytestmark = pytest.mark.django_db
AT = datetime(2020, 7, 3, 6, tzinfo=UTC)
LINES = (
    Line("p01", Option.Kind.LIST, "Биринчи", "Первая", "First", 7),
    Line("p02", Option.Kind.LIST, "Экинчи", "Вторая", "Second", 3),
    Line("p03", Option.Kind.AGAINST_ALL, "Баарына каршы", "Против всех", "Against all"),
)
CALL = Call(
    slug="jk-2020",
    kind=Election.Kind.JOGORKU_KENESH,
    occasion=Election.Occasion.REGULAR,
    name_ky="Шайлоо",
    name_ru="Выборы",
    name_en="Election",
    called_on=date(2020, 7, 3),
    day=date(2020, 10, 4),
    lines=LINES,
)


@pytest.fixture
def chair() -> Office:
    install_division(at=AT)
    cec = establish_cec(Area.objects.get(code="KG"), at=AT)
    person = Person.objects.create_person("chair", "Асанова Айжан", "a-long-password")
    office = appoint(person, cec.body, Role.CEC_CHAIR, by=None, since=AT)
    assert isinstance(office, Office)
    return office


@pytest.fixture
def voting(chair: Office) -> Voting:
    called = call_election(CALL, by=chair, at=AT)
    assert isinstance(called, Called)
    return called.voting


def codes(answer: object) -> tuple[str, ...]:
    assert isinstance(answer, Refused), answer
    return answer.codes


@pytest.mark.norm("L59.3.a")
@pytest.mark.parametrize(
    ("called_on", "edition"), [(date(2020, 6, 29), "2017-06-05"), (date(2020, 6, 30), "2020-06-30")]
)
def test_an_election_pins_the_edition_in_force_on_the_day_it_is_called(
    chair: Office, called_on: date, edition: str
) -> None:
    called = call_election(replace(CALL, called_on=called_on), by=chair, at=AT)
    assert isinstance(called, Called)
    assert called.election.edition_id == edition
    assert Act.objects.get(name="election.called").grounds == ["L59.3.a", "L30.4"]


@pytest.mark.norm("L30.4", "L30.5.a2")
def test_the_ballot_stands_in_the_order_of_the_draw_with_against_all_last(voting: Voting) -> None:
    ballot = queries.ballot(voting)
    assert [(line.position, line.code) for line in ballot.lines] == [(1, "p01"), (2, "p02"), (3, "p03")]
    assert ballot.codes == ("p01", "p02")
    assert ballot.against_all is not None
    assert ballot.against_all.name("ru") == "Против всех"


def test_a_known_ballot_costs_one_query_and_a_withdrawal_is_seen_at_once(
    voting: Voting, django_assert_num_queries: object
) -> None:
    queries.ballot(voting)
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(1):
        assert [line.withdrawn for line in queries.options(voting)] == [False, False, False]
    Option.objects.filter(voting=voting, code="p02").update(withdrawn=True)
    assert [line.withdrawn for line in queries.options(voting)] == [False, True, False]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lines": LINES[:2]}, "against_all_is_the_last_line"),
        ({"lines": (LINES[2], *LINES[:2])}, "against_all_is_the_last_line"),
        ({"lines": LINES[2:]}, "nobody_on_ballot"),
        ({"lines": (LINES[0], *LINES)}, "option_twice_on_ballot"),
        ({"day": date(2020, 7, 3)}, "day_before_calling"),
        ({"edition_id": "2017-06-05"}, "edition_not_in_force"),
        ({"called_on": date(2010, 1, 1)}, "no_edition_in_force"),
    ],
)
def test_a_call_that_cannot_be_is_refused_and_leaves_nothing(
    chair: Office, change: dict[str, object], code: str
) -> None:
    acts = Act.objects.count()
    assert codes(call_election(replace(CALL, **change), by=chair, at=AT)) == (code,)  # type: ignore[arg-type]  # cases
    assert not Election.objects.exists()
    assert Act.objects.count() == acts


def test_an_election_is_called_once(voting: Voting, chair: Office) -> None:
    assert codes(call_election(CALL, by=chair, at=AT)) == ("election_called_before",)


def test_a_demonstration_may_ask_what_another_law_would_have_given(chair: Office) -> None:
    other = replace(CALL, edition_id="2017-06-05", origin=Election.Origin.PUBLIC_RECORD)
    called = call_election(other, by=chair, at=AT)
    assert isinstance(called, Called)
    assert called.election.edition_id == "2017-06-05"


def test_only_the_cec_calls(chair: Office) -> None:
    tec = _tec("KG02205", chair)
    assert codes(call_election(CALL, by=tec, at=AT)) == ("office_may_not",)


def _tec(area: str, chair: Office) -> Office:
    establish_tecs(Area.objects.filter(code=area), by=chair, at=AT)
    from shailoo.accounts.models import Body

    person = Person.objects.create_person(f"tec-{area}", "Токтосунов Улан", "a-long-password")
    office = appoint(person, Body.objects.get(code=f"TEC-{area}"), Role.TEC_CHAIR, by=chair, since=AT)
    assert isinstance(office, Office)
    return office


@pytest.mark.norm("L13.4.a1")
def test_precincts_vote_under_the_tec_above_their_pec(voting: Voting, chair: Office) -> None:
    _tec("KG02205", chair)
    lay_out_precincts([Site("3001", "KG02205"), Site("3002", "KG02205")], by=chair, at=AT)
    establish_pecs(by=chair, at=AT)
    assert set_precincts(voting, {"3001": 1200, "3002": None}, by=chair, at=AT) == 2
    assert set_precincts(voting, {"3001": 1, "3002": 2}, by=chair, at=AT) == 0
    found = VotingPrecinct.objects.order_by("precinct__number").values_list(
        "tec__body__code", "region__code", "voters_listed"
    )
    assert list(found) == [("TEC-KG02205", "KG02", 1200), ("TEC-KG02205", "KG02", None)]
    assert [each.precinct.number for each in queries.expected(voting)] == ["3001", "3002"]


def test_a_precinct_without_a_commission_does_not_vote(voting: Voting, chair: Office) -> None:
    lay_out_precincts([Site("3001", "KG02205")], by=chair, at=AT)
    assert codes(set_precincts(voting, {"3001": 5, "none": 5}, by=chair, at=AT)) == ("precincts_without_tec",)
    assert not VotingPrecinct.objects.exists()


@pytest.mark.norm("L64.4", "L60.3.a")
def test_lists_get_their_candidates_by_rank_and_once(voting: Voting, chair: Office) -> None:
    lists = {"p01": [("Асанов", "Асанов"), ("Касымова", "Касымова")]}
    assert set_lists(voting, lists, by=chair, at=AT) == 2
    assert list(ListedCandidate.objects.values_list("rank", "name_ky")) == [(1, "Асанов"), (2, "Касымова")]
    assert codes(set_lists(voting, lists, by=chair, at=AT)) == ("no_list_without_candidates",)
    assert codes(set_lists(voting, {"p03": []}, by=chair, at=AT)) == ("no_list_without_candidates",)


def test_the_commissions_own_election_has_the_real_time(voting: Voting) -> None:
    assert codes(set_clock(voting.election, AT)) == ("real_elections_have_real_time",)
    assert abs(clock.now(voting.election) - timezone.now()) < timedelta(seconds=5)


def test_a_rehearsal_runs_on_its_own_clock_and_never_behind_the_record(chair: Office) -> None:
    called = call_election(replace(CALL, rehearsal=True), by=chair, at=AT)
    assert isinstance(called, Called)
    night = datetime(2020, 10, 4, 20, tzinfo=UTC)
    set_clock(called.election, night)
    found = queries.featured()
    assert found is not None
    assert timedelta(0) <= clock.now(found.election) - night < timedelta(seconds=5)
    assert clock.local(night).isoformat() == "2020-10-05T02:00:00+06:00"
    assert codes(set_clock(called.election, AT - timedelta(seconds=1))) == ("clock_behind_the_record",)


def test_the_latest_voting_is_featured(voting: Voting, chair: Office) -> None:
    assert queries.by_slug("jk-2020") == voting.election
    assert queries.by_slug("other") is None
    autumn = replace(CALL, slug="later", called_on=date(2020, 9, 15), day=date(2020, 12, 20))
    later = call_election(autumn, by=chair, at=datetime(2020, 9, 15, 6, tzinfo=UTC))
    assert isinstance(later, Called)
    assert queries.featured() == later.voting
    assert queries.voting_of(voting.election) == voting
