"""The generated nation: repeatable, exactly the votes of record by region, every protocol whole."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.elections.generator import Anomaly, Nation, Sheet, columns, generate, write_csv
from shailoo.elections.generator.record import record
from shailoo.elections.generator.sharing import share
from shailoo.law.editions import edition
from shailoo.law.outcome import Severity
from shailoo.law.protocol import Check, check, lines

FOUND: Mapping[Anomaly, set[str]] = {
    Anomaly.CHEQUE_MISSING: {"CR6", "CR7"},
    Anomaly.BALLOT_TAKEN_AWAY: {"CR30"},
    Anomaly.LATE_OPENING: {"CR50"},
    Anomaly.LATE_SCANNER_REPORT: {"CR44"},
    Anomaly.MEMBER_DID_NOT_SIGN: {"CR55"},
    Anomaly.UNOFFICIAL_BALLOT: {"CR37"},
    Anomaly.MONITOR_DIFFERS: {"CR2"},
    Anomaly.SCANNER_MISMATCH: {"CR42", "CR43"},
    Anomaly.SCANNER_FAILED: set(),
    Anomaly.MOBILE_BOX_OVER: {"CR25", "CR27", "CR30"},
    Anomaly.BALLOT_MISSING: {"CR19", "CR75"},
}
"""What the law finds at a precinct of each kind, and nothing else."""


@pytest.fixture(scope="module")
def nation() -> Nation:
    return generate()


@pytest.fixture(scope="module")
def sheets(nation: Nation) -> dict[str, Sheet]:
    return {sheet.number: sheet for sheet in nation.sheets()}


def checked(nation: Nation, sheet: Sheet) -> Check:
    scope = {
        "election_type": "jogorku_kenesh",
        "voting_round": "general",
        "election_day": "2020-10-04",
        "precinct_no": sheet.number,
        "tec_id": "TEC",
        "precinct_kind": "ordinary",
        "ballot_options": [party.code for party in nation.lists],
    }
    return check(sheet.lines, edition("2020-06-30"), scope=scope)


def test_every_region_has_exactly_the_votes_of_record_for_every_list(nation: Nation) -> None:
    found: dict[str, Counter[str]] = {region.code: Counter() for region in record().region}
    for station, count in zip(nation.stations, nation.counts, strict=True):
        found[station.region].update({**count.votes, "against_all": count.against_all})
    for region in record().region:
        codes = [party.code for party in nation.lists]
        assert found[region.code] == Counter(
            dict(zip(codes, region.votes, strict=True)) | {"against_all": region.against_all}
        )


def test_the_nation_has_the_size_of_record(nation: Nation) -> None:
    assert len(nation.stations) == len({station.number for station in nation.stations}) == 2_413
    assert sum(count.valid for count in nation.counts) == 1_887_345
    assert sum(count.listed for count in nation.counts) == 3_523_532
    assert sum(count.votes["p01"] for count in nation.counts) == 469_098


def test_nobody_votes_who_is_not_listed_and_no_precinct_is_over_the_rule_of_size(nation: Nation) -> None:
    assert all(count.found <= count.listed for count in nation.counts)
    assert max(count.listed for count in nation.counts) <= 2_500


def test_the_same_seed_gives_the_same_nation_and_another_seed_another_one(nation: Nation) -> None:
    again = generate()
    assert again == nation
    assert list(again.sheets())[:50] == list(nation.sheets())[:50]
    assert generate(seed=7).counts != nation.counts


@pytest.mark.norm("L35.15")
def test_a_precinct_where_nothing_happened_holds_every_correlation(nation: Nation, sheets: dict[str, Sheet]) -> None:
    for sheet in sheets.values():
        if sheet.anomaly is None:
            made = checked(nation, sheet)
            assert (sheet.number, made.failures, made.not_made) == (sheet.number, (), ())


@pytest.mark.norm("L35.15")
def test_each_anomaly_gives_exactly_its_findings(nation: Nation, sheets: dict[str, Sheet]) -> None:
    unusual = [sheet for sheet in sheets.values() if sheet.anomaly is not None]
    assert {sheet.anomaly for sheet in unusual} == set(Anomaly)
    for sheet in unusual:
        assert sheet.anomaly is not None
        assert (sheet.anomaly, {found.code for found in checked(nation, sheet).failures}) == (
            sheet.anomaly,
            FOUND[sheet.anomaly],
        )


def test_a_warning_is_explained_and_a_difference_of_accounting_has_an_act(
    nation: Nation, sheets: dict[str, Sheet]
) -> None:
    for sheet in sheets.values():
        severities = {found.severity for found in checked(nation, sheet).failures} if sheet.anomaly else set()
        assert bool(sheet.account.act) == (Severity.ERROR in severities)
        if Severity.WARNING in severities:
            assert sheet.account.explanation


def test_a_protocol_has_every_line_of_the_law(sheets: dict[str, Sheet]) -> None:
    known_otherwise = {
        *("election_type", "voting_round", "election_day", "precinct_no", "precinct_kind", "tec_id", "ballot_options"),
        *("replaces_protocol", "recount_requested", "recount_votes"),
    }
    wanted = {line.id for line in lines()} - known_otherwise
    assert all(sheet.lines.keys() == wanted for sheet in sheets.values())


@pytest.mark.norm("L60.3.c")
def test_lists_have_a_candidate_for_every_mandate_and_never_four_men_in_a_row(nation: Nation) -> None:
    for names in nation.candidates.values():
        assert len(names) == len(set(names)) == 120
        women = "".join("w" if name.ky.endswith("кызы") else "m" for name in names)
        assert "mmmm" not in women
        assert women.count("w") >= 36


def test_the_file_has_a_row_for_each_precinct_and_the_columns_of_the_law(
    nation: Nation, sheets: dict[str, Sheet]
) -> None:
    codes = [party.code for party in nation.lists]
    target = io.StringIO(newline="")
    assert write_csv(list(sheets.values())[:40], codes, target) == 40
    rows = list(csv.DictReader(io.StringIO(target.getvalue(), newline="")))
    assert list(rows[0]) == columns(codes)
    first = sheets[rows[0]["precinct"]]
    assert int(rows[0]["votes.p01"]) == first.lines["votes"]["p01"]
    assert int(rows[0]["participated"]) == first.lines["participated"]


@pytest.mark.parametrize("precincts", [10, 200, 5_000])
def test_another_size_keeps_the_proportions(precincts: int) -> None:
    nation = generate(precincts=precincts)
    assert len(nation.stations) == precincts
    assert {station.region for station in nation.stations} == {region.code for region in record().region}
    votes = sum(count.valid for count in nation.counts)
    assert abs(votes * 2_413 - 1_887_345 * precincts) < 200 * 2_413


def test_fewer_precincts_than_regions_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 10"):
        generate(precincts=9)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 40)), min_size=1, max_size=12), st.integers(0, 400))
def test_sharing_is_exact_and_keeps_every_limit(places: list[tuple[int, int]], total: int) -> None:
    weights, limits = [weight for weight, _ in places], [limit for _, limit in places]
    if sum(limits) < total:
        with pytest.raises(ValueError, match="do not go into"):
            share(total, weights, limits)
        return
    given_out = share(total, weights, limits)
    assert sum(given_out) == total
    assert all(0 <= part <= limit for part, limit in zip(given_out, limits, strict=True))


def test_sharing_goes_by_largest_remainder() -> None:
    assert share(10, [1, 1, 1], [10, 10, 10]) == [4, 3, 3]
    assert share(7, [50, 30, 20], [7, 7, 7]) == [4, 2, 1]
    assert share(9, [90, 5, 5], [4, 9, 9]) == [4, 3, 2]
