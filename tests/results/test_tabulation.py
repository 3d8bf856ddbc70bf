"""Sums by territory: what is inside, what stands beside, and what is not known (L36.2, L37.4.b1)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from shailoo.counting.models import Protocol
from shailoo.results import actions, queries
from shailoo.results.models import Invalidation
from shailoo.results.queries.sums import add
from tests.results import scene as scenes
from tests.results.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return scenes.build()


def by_order(scene: Scene, number: str) -> Invalidation:
    """The results of a precinct are invalid by decision of a court (ground 4)."""
    grounds = scenes.court(scene, number)
    made = actions.invalidate(scene.voting, scene.precincts[number], grounds, by=scene.cec_chair, at=scene.now())
    assert isinstance(made, Invalidation), made
    return made


@pytest.mark.norm("L36.2.b2")
def test_the_sums_of_the_nation_are_those_of_its_accepted_protocols(scene: Scene) -> None:
    scenes.protocol(scene, "1001", [5, 3, 2], against_all=1)
    scenes.protocol(scene, "2002", [50, 30, 20], against_all=10, lines={"invalid": 4})
    found = queries.tabulate(scene.voting)
    assert found.national.votes == (55, 33, 22)
    assert (found.national.against_all, found.national.valid, found.national.invalid) == (11, 121, 4)
    assert found.national.participated == 125
    assert (found.national.expected, found.national.summed) == (8, 2)
    assert [row.code for row in found.regions] == ["KG02", "KG03", "KG11", "ABROAD"]
    assert found.regions[0].sums.votes == (5, 3, 2)
    assert {row.code: row.sums.summed for row in found.tecs} == {
        "tec-kg02": 1,
        "tec-kg03": 1,
        "tec-kg11": 0,
        "tec-abroad": 0,
    }


@pytest.mark.parametrize("state", ["parked", "to_explain"])
def test_a_quarantined_protocol_stands_beside_the_sums_and_never_inside(scene: Scene, state: str) -> None:
    scenes.protocol(scene, "1001", [5, 3, 2])
    scenes.protocol(scene, "1002", [1000, 0, 0], state=state)
    national = queries.tabulate(scene.voting).national
    assert national.votes == (5, 3, 2)
    assert (national.summed, national.quarantined, national.quarantined_valid) == (1, 1, 1000)


def test_a_region_is_the_sum_of_all_its_precincts_and_not_its_first_one(scene: Scene) -> None:
    scenes.protocol(scene, "1001", [5, 3, 2])
    scenes.protocol(scene, "1002", [7, 0, 0])
    assert queries.tabulate(scene.voting).regions[0].sums.votes == (12, 3, 2)


def test_a_precinct_is_counted_once_however_many_papers_it_has(scene: Scene) -> None:
    first = scenes.protocol(scene, "1001", [5, 3, 2])
    Protocol.objects.filter(pk=first.pk).update(state="replaced")
    scenes.protocol(scene, "1001", [6, 3, 2], version=2, replaces=first)
    national = queries.tabulate(scene.voting).national
    assert (national.votes, national.summed) == ((6, 3, 2), 1)


@pytest.mark.norm("L36.7.a4")
def test_a_recount_that_is_parked_does_not_bring_the_replaced_figures_back(scene: Scene) -> None:
    first = scenes.protocol(scene, "1001", [5, 3, 2])
    Protocol.objects.filter(pk=first.pk).update(state="replaced")
    scenes.protocol(scene, "1001", [6, 3, 2], version=2, replaces=first, state="parked")
    national = queries.tabulate(scene.voting).national
    assert (national.votes, national.summed, national.quarantined) == ((0, 0, 0), 0, 1)


def test_a_line_that_one_protocol_lacks_is_unknown_for_the_whole_and_known_elsewhere(scene: Scene) -> None:
    scenes.protocol(scene, "1001", [5, 3, 2], lines={"participated": None})
    scenes.protocol(scene, "2001", [5, 3, 2])
    found = queries.tabulate(scene.voting)
    assert found.national.participated is None
    assert [row.sums.participated for row in found.regions] == [None, 10, 0, 0]
    assert queries.turnout(found.national) is None
    assert queries.turnout(found.regions[1].sums) == Fraction(10, 1000)


@pytest.mark.norm("L37.4.b1")
def test_an_invalid_precinct_leaves_the_sums_and_its_participants_are_kept(scene: Scene) -> None:
    scenes.protocol(scene, "1001", [5, 3, 2])
    scenes.protocol(scene, "1002", [400, 0, 0])
    by_order(scene, "1002")
    national = queries.tabulate(scene.voting).national
    assert (national.votes, national.summed, national.invalidated) == ((5, 3, 2), 1, 1)
    assert national.invalidated_participated == 400


def test_participants_of_an_invalid_precinct_without_figures_are_unknown(scene: Scene) -> None:
    by_order(scene, "1002")
    assert queries.tabulate(scene.voting).national.invalidated_participated is None


def test_any_area_of_the_tree_has_its_sums(scene: Scene) -> None:
    scenes.protocol(scene, "1001", [5, 3, 2])
    scenes.protocol(scene, "4001", [7, 0, 0])
    country = scene.areas["KG"]
    assert queries.area_sums(scene.voting, country) == queries.tabulate(scene.voting).national
    assert queries.area_sums(scene.voting, scene.areas["KG02"]).votes == (5, 3, 2)
    rows = queries.children_rows(scene.voting, country)
    assert {row.code: row.sums.votes[0] for row in rows} == {"KG02": 5, "KG03": 0, "KG11": 0, "ABROAD": 7}
    assert queries.kind_rows(scene.voting, scene.areas["KG11"].Kind.REPUBLICAN_CITY)[0].code == "KG11"


def test_precinct_rows_say_where_each_stands(scene: Scene) -> None:
    scenes.protocol(scene, "1001", [5, 3, 2], lines={"invalid": None})
    scenes.protocol(scene, "1002", [1, 1, 1], state="parked")
    scenes.protocol(scene, "2001", [9, 0, 0])
    by_order(scene, "2001")
    rows = {row.number: row for row in queries.precinct_results(scene.voting)}
    assert [rows[n].standing for n in ("1001", "1002", "2001", "2002")] == [
        "summed",
        "quarantined",
        "invalidated",
        "missing",
    ]
    assert rows["1001"].votes == (5, 3, 2)
    assert rows["1001"].invalid is None
    assert rows["1001"].by_line["valid"] == 10
    assert (rows["2002"].votes, rows["2002"].participated) == (None, None)
    assert [row.number for row in queries.precinct_results(scene.voting, area=scene.areas["KG03"])] == ["2001", "2002"]
    assert [row.number for row in queries.precinct_results(scene.voting, tec=scene.tecs["KG02"])] == ["1001", "1002"]


def test_hours_add_up_to_what_is_in_the_sums(scene: Scene) -> None:
    scenes.all_protocols(scene)
    hours = queries.history(scene.voting)
    assert (hours[-1].accepted_so_far, hours[-1].valid_so_far) == (8, 8 * 600)
    assert [hour.accepted for hour in hours] == [1] * 8


def test_completeness_counts_what_is_decided_upon(scene: Scene) -> None:
    scenes.protocol(scene, "1001", [5, 3, 2])
    scenes.protocol(scene, "1002", [5, 3, 2], state="parked")
    by_order(scene, "2001")
    assert queries.completeness(queries.tabulate(scene.voting).national) == Fraction(2, 8)


def test_a_known_tabulation_takes_one_query_and_a_new_one_few(
    scene: Scene, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scenes.all_protocols(scene)
    queries.tabulate(scene.voting)
    with django_assert_num_queries(1):
        queries.tabulate(scene.voting)
    with django_assert_num_queries(1):
        queries.precinct_results(scene.voting)


figures = st.tuples(*[st.integers(min_value=0, max_value=3000)] * 4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(figures, st.sampled_from(["accepted", "parked", "none"]), st.booleans()), min_size=8, max_size=8)
)
def test_regions_tecs_and_areas_each_add_up_to_the_nation(
    scene: Scene, cases: list[tuple[tuple[int, int, int, int], str, bool]]
) -> None:
    """Whatever is accepted, parked or missing, and whichever lines are unknown, no way of adding up says otherwise."""
    replaced = Protocol.objects.filter(voting=scene.voting, state="accepted")
    versions: dict[str, int] = {}
    for paper in Protocol.objects.filter(voting=scene.voting).order_by("version").select_related("precinct"):
        versions[paper.precinct.number] = paper.version
    replaced.update(state="replaced")
    Protocol.objects.filter(voting=scene.voting, state="parked").update(state="returned")
    Protocol.objects.filter(voting=scene.voting, state="returned").update(state="replaced")
    expected = [0, 0, 0, 0]
    unknown = False
    for number, ((*votes, against), state, lacks) in zip(scene.precincts, cases, strict=True):
        if state == "none":
            continue
        line: dict[str, int | None] = {"participated": None} if lacks else {}
        version = versions.get(number, 0) + 1
        scenes.protocol(scene, number, votes, against_all=against, state=state, version=version, lines=line)
        if state == "accepted":
            expected = [one + more for one, more in zip(expected, (*votes, against), strict=True)]
            unknown = unknown or lacks
    found = queries.tabulate(scene.voting)
    assert [*found.national.votes, found.national.against_all] == expected
    assert (found.national.participated is None) is unknown
    for rows in (found.regions, found.tecs, queries.children_rows(scene.voting, scene.areas["KG"])):
        assert add((row.sums for row in rows), 3) == found.national
