"""Art. 14.8, 15.3, 15.5: what each voter list may show."""

from __future__ import annotations

import pytest

from shailoo.law.voters.papers import (
    BARRED,
    NEEDED,
    Column,
    ListPaper,
    Release,
    Stage,
    StageLists,
    Version,
    lists_of_stage,
    voter_list,
)
from tests.law.voters.cases import LAW, breaches, errors, passed

NAMES = frozenset({Column.FIRST_NAME, Column.SURNAME, Column.PATRONYMIC, Column.PRECINCT_NUMBER})
BEFORE = {
    Version.PRELIMINARY_AT_STATION: frozenset[Stage](),
    Version.PRELIMINARY_ON_WEBSITE: frozenset[Stage](),
    Version.CONTROL: frozenset({Stage.PRELIMINARY}),
    Version.FINAL_FIRST_COPY: frozenset({Stage.PRELIMINARY, Stage.CONTROL}),
    Version.FINAL_SECOND_COPY: frozenset({Stage.PRELIMINARY, Stage.CONTROL}),
    Version.FINAL_ON_WEBSITE: frozenset({Stage.PRELIMINARY, Stage.CONTROL}),
}


@pytest.mark.parametrize("version", Version)
def test_names_and_number_may_stand_in_every_list(version: Version) -> None:
    found = voter_list(ListPaper(version, NAMES, BEFORE[version]), LAW)
    assert (found.value, found.findings) == (Release.MAY_GO_OUT, ())


@pytest.mark.norm("L14.8.a2", "L15.3.e2", "L15.5.b2", "L15.5.b3")
@pytest.mark.parametrize(
    ("version", "column", "norm"),
    [
        (Version.PRELIMINARY_ON_WEBSITE, Column.PERMANENT_RESIDENCE, "L14.8.a2"),
        (Version.PRELIMINARY_ON_WEBSITE, Column.CURRENT_RESIDENCE, "L14.8.a2"),
        (Version.PRELIMINARY_ON_WEBSITE, Column.BIRTH_DATE, "L14.8.a2"),
        (Version.CONTROL, Column.BIRTH_DATE, "L15.3.e2"),
        (Version.CONTROL, Column.PERMANENT_RESIDENCE, "L15.3.e2"),
        (Version.CONTROL, Column.CURRENT_RESIDENCE, "L15.3.e2"),
        (Version.CONTROL, Column.PERSONAL_NUMBER, "L15.3.e2"),
        (Version.CONTROL, Column.DOCUMENT_NUMBER, "L15.3.e2"),
        (Version.CONTROL, Column.SIGNATURE, "L15.3.e2"),
        (Version.CONTROL, Column.NOTE, "L15.3.e2"),
        (Version.FINAL_SECOND_COPY, Column.PERMANENT_RESIDENCE, "L15.5.b2"),
        (Version.FINAL_SECOND_COPY, Column.CURRENT_RESIDENCE, "L15.5.b2"),
        (Version.FINAL_ON_WEBSITE, Column.PERMANENT_RESIDENCE, "L15.5.b3"),
        (Version.FINAL_ON_WEBSITE, Column.CURRENT_RESIDENCE, "L15.5.b3"),
    ],
)
def test_a_barred_column_blocks_the_list(version: Version, column: Column, norm: str) -> None:
    assert BARRED[version][column] == norm
    found = voter_list(ListPaper(version, NAMES | {column}, BEFORE[version]), LAW)
    assert found.value is Release.BLOCKED
    assert errors(found) == {(norm, "list_column_barred")}
    assert found.errors[0].facts["column"] == column


def test_every_barred_column_is_tested_above() -> None:
    assert sum(len(columns) for columns in BARRED.values()) == 14


@pytest.mark.parametrize("column", sorted(NAMES))
@pytest.mark.norm("L15.3.e2")
def test_a_control_list_shows_whole_names_and_the_number_of_the_precinct(column: Column) -> None:
    assert column in NEEDED[Version.CONTROL]
    found = voter_list(ListPaper(Version.CONTROL, NAMES - {column}, BEFORE[Version.CONTROL]), LAW)
    assert errors(found) == {("L15.3.e2", "list_column_missing")}


@pytest.mark.parametrize("version", [Version.PRELIMINARY_AT_STATION, Version.FINAL_FIRST_COPY])
def test_the_list_at_the_station_and_the_bound_copy_may_show_residence(version: Version) -> None:
    found = voter_list(ListPaper(version, frozenset(Column), BEFORE[version]), LAW)
    assert (found.value, found.findings) == (Release.MAY_GO_OUT, ())


@pytest.mark.parametrize("version", [Version.FINAL_SECOND_COPY, Version.FINAL_ON_WEBSITE])
def test_a_day_of_birth_that_no_norm_names_is_warned_of(version: Version) -> None:
    found = voter_list(ListPaper(version, NAMES | {Column.BIRTH_DATE}, BEFORE[version]), LAW)
    assert found.value is Release.MAY_GO_OUT
    assert {code for _, code in breaches(found)} == {"list_column_not_named"}


@pytest.mark.norm("L1.d23")
@pytest.mark.parametrize(
    ("version", "earlier", "code"),
    [
        (Version.CONTROL, set(), "list_stage_skipped"),
        (Version.FINAL_FIRST_COPY, {Stage.PRELIMINARY}, "list_stage_skipped"),
        (Version.FINAL_FIRST_COPY, {Stage.CONTROL}, "list_stage_skipped"),
        (Version.CONTROL, {Stage.PRELIMINARY, Stage.FINAL}, "list_stage_over"),
        (Version.PRELIMINARY_AT_STATION, {Stage.CONTROL}, "list_stage_over"),
    ],
)
def test_the_stages_follow_in_order(version: Version, earlier: set[Stage], code: str) -> None:
    found = voter_list(ListPaper(version, NAMES, frozenset(earlier)), LAW)
    assert errors(found) == {("L1.d23", code)}


@pytest.mark.norm("L1.d23")
def test_a_list_may_be_printed_again_at_its_own_stage() -> None:
    again = ListPaper(Version.CONTROL, NAMES, frozenset({Stage.PRELIMINARY, Stage.CONTROL}))
    assert ("L1.d23", "list_stage_in_order") in passed(voter_list(again, LAW))


PRECINCTS = ("7001", "7002", "7003")


@pytest.mark.norm("L14.1")
@pytest.mark.parametrize(
    ("lists", "wrong", "codes"),
    [
        (PRECINCTS, (), set()),
        (PRECINCTS[:2], ("7003",), {"precincts_without_list"}),
        ((*PRECINCTS, "7001"), ("7001",), {"precincts_with_several_lists"}),
        ((*PRECINCTS, "9999"), ("9999",), {"lists_of_unknown_precincts"}),
    ],
)
def test_every_precinct_has_exactly_one_list_of_a_stage(
    lists: tuple[str, ...], wrong: tuple[str, ...], codes: set[str]
) -> None:
    found = lists_of_stage(StageLists(Stage.FINAL, PRECINCTS, lists), LAW)
    assert found.value == wrong
    assert errors(found) == {("L14.1", code) for code in codes}
