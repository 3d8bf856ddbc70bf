"""Compiling: the order of the alphabet, one list for each precinct, the stages of the law, what is frozen."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from shailoo.jobs.progress import Unwatched
from shailoo.law.outcome import Refused
from shailoo.law.voters.papers import Column
from shailoo.ledger.models import Act
from shailoo.territory.names import ky_sort_key
from shailoo.voters.lists import canonical, queries
from shailoo.voters.lists.actions import compile_edition
from shailoo.voters.lists.columns import VERSIONS, Copy, columns, released
from shailoo.voters.lists.jobs import verify_lists
from shailoo.voters.lists.models import Difference, Edition, Stage, VoterList
from shailoo.voters.models import Entry
from tests.voters.lists.scene import A_DAY, COMPILED, FIRST, LATER, NAMES, SECOND, Country, people, pin
from tests.voters.scene import AN_HOUR, row


@pytest.mark.norm("L14.1")
def test_a_list_follows_the_kyrgyz_alphabet_and_numbers_its_lines_from_one(land: Country) -> None:
    edition = land.compiled().edition
    lines = queries.lines(land.found(edition), 1, 50)
    assert [(line.surname, line.name, line.patronymic) for line in lines] == list(NAMES)
    assert [line.number for line in lines] == list(range(1, 11))
    keys = [(ky_sort_key(line.surname), ky_sort_key(line.name), ky_sort_key(line.patronymic)) for line in lines]
    assert keys == sorted(keys)
    assert [line.number for line in queries.lines(land.found(edition), 4, 2)] == [4, 5]
    assert queries.lines(land.found(edition), 11, 50) == []
    assert queries.number_of(land.found(edition), lines[6].entry_id) == 7
    assert queries.number_of(land.found(edition, SECOND), lines[6].entry_id) is None


def test_the_hash_is_that_of_the_canonical_text_and_the_act_names_the_hash_of_all(land: Country) -> None:
    edition = land.compiled().edition
    for found in VoterList.objects.filter(edition=edition).select_related("precinct"):
        second_line = canonical.head(land.scene.election.slug, "preliminary", 1, found.precinct.number, found.voters)
        entries = [Entry.objects.get(pk=key) for key in found.entries]
        assert canonical.sha256(second_line, entries) == found.sha256, found
        assert canonical.sha256(second_line, reversed(entries)) != found.sha256
    act = Act.objects.get(hash=edition.act)
    payload = json.loads(act.payload)
    assert (act.name, payload["voters"], payload["precincts"]) == ("voters.lists_compiled", 18, 5)
    lists = VoterList.objects.filter(edition=edition).order_by("number")
    joined = "".join(f"{each.number} {each.sha256}\n" for each in lists)
    assert payload["digest"] == hashlib.sha256(joined.encode()).hexdigest()


def test_a_list_that_was_changed_past_the_guards_is_found(land: Country) -> None:
    edition = land.compiled().edition
    assert verify_lists(Unwatched())["verdict"] == "holds"
    forged("voters_entry", "UPDATE voters_entry SET name = 'Бермет' WHERE surname = 'Өмүрова'")
    found = verify_lists(Unwatched())
    assert (found["verdict"], found["faults"]) == ("broken", 1)
    assert queries.changed_lists(edition) == ["P1-1001"]
    assert queries.is_as_recorded(edition)
    no_hash = "UPDATE voter_lists_voterlist SET sha256 = repeat('0', 64) WHERE number = 'P1-1002'"
    forged("voter_lists_voterlist", no_hash)
    assert queries.changed_lists(edition) == ["P1-1001", "P1-1002"]
    assert not queries.is_as_recorded(edition)


def forged(table: str, statement: str) -> None:
    """What the owner of the database could do, triggers switched off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.norm("L14.1")
def test_every_precinct_has_one_list_and_one_that_names_nobody_is_told_of(land: Country) -> None:
    gone = [{**each, "change": "removed", "reason": "died", "reason_on": "2020-07-01"} for each in people()[-2:]]
    land.changed(gone, number=2, at=COMPILED)
    made = land.compiled(at=COMPILED + A_DAY)
    assert [found.code for found in made.findings] == ["precincts_without_list"]
    assert made.findings[0].facts["precincts"] == "1005"
    assert VoterList.objects.filter(edition=made.edition).count() == made.edition.precincts == 5
    assert land.found(made.edition, "1005").entries == []


def test_the_stages_follow_one_another_and_never_go_back(land: Country) -> None:
    def tried(stage: Stage, days: int) -> tuple[str, ...]:
        answer = compile_edition(land.register, stage, by=land.scene.secretary, at=COMPILED + days * A_DAY)
        return answer.codes if isinstance(answer, Refused) else ()

    assert tried(Stage.CONTROL, 0) == ("list_stage_skipped",)
    assert tried(Stage.PRELIMINARY, 1) == ()
    assert tried(Stage.PRELIMINARY, 2) == ("voter_lists_unchanged",)
    assert tried(Stage.CONTROL, 3) == ()
    assert tried(Stage.PRELIMINARY, 4) == ("list_stage_over",)
    assert tried(Stage.FINAL, 4) == ("voter_lists_not_closed",)
    land.closed(at=COMPILED + 5 * A_DAY)
    assert tried(Stage.CONTROL, 6) == ("voters_lists_closed",)
    assert tried(Stage.FINAL, 6) == ()
    assert tried(Stage.FINAL, 7) == ("voter_lists_unchanged",)
    editions = Edition.objects.order_by("at").values_list("stage", "number")
    assert list(editions) == [("preliminary", 1), ("control", 1), ("final", 1)]
    assert queries.current(land.register) == Edition.objects.get(stage="final")
    assert queries.current(land.register, Stage.CONTROL) == Edition.objects.get(stage="control")


def test_only_who_may_compiles(land: Country) -> None:
    for by in (land.scene.service, land.scene.operator, land.tec_secretary, land.secretary()):
        answer = compile_edition(land.register, Stage.PRELIMINARY, by=by, at=COMPILED)
        assert isinstance(answer, Refused)
        assert answer.codes == ("office_may_not",)
    assert not Edition.objects.exists()


@pytest.mark.norm("L15.3.e1")
def test_a_control_edition_holds_every_change_and_explains_itself_by_precinct(land: Country) -> None:
    first = land.compiled().edition
    mine = people()
    land.changed(
        [
            {**mine[0], "change": "changed", "precinct": SECOND},
            {**mine[1], "change": "changed", "name": "Айгерим"},
            {**mine[2], "change": "removed", "reason": "died", "reason_on": "2020-07-01"},
            {**row(pin=pin(7_000), surname="Токтогулова"), "change": "added"},
        ],
        number=2,
        at=COMPILED + A_DAY,
    )
    second = land.compiled(Stage.CONTROL, at=COMPILED + 2 * A_DAY).edition
    assert second.change == land.register.changes.get(number=2)
    rows = {each.precinct.number: each for each in queries.differences(second)}
    told = ("new", "gone", "moved_in", "moved_out", "changed")
    assert [getattr(rows[FIRST], kind) for kind in told] == [1, 1, 0, 1, 1]
    assert [getattr(rows[SECOND], kind) for kind in told] == [0, 0, 1, 0, 0]
    assert [getattr(rows["1003"], kind) for kind in told] == [0, 0, 0, 0, 0]
    assert queries.changed_in_all(second) == {"new": 1, "gone": 1, "moved_in": 1, "moved_out": 1, "changed": 1}
    assert queries.changed_in_all(first) is None
    anew = [(each.precinct, each.new, each.moved_out) for each in queries.difference(second, first)]
    assert anew == [(each.precinct_id, each.new, each.moved_out) for each in sorted(rows.values(), key=_precinct)]
    assert land.found(first).voters == 10  # what was frozen before has not moved
    assert land.found(second).voters == 9


def _precinct(each: Difference) -> int:
    return each.precinct_id


@pytest.mark.norm("L14.8.a1")
def test_sums_by_region_district_and_town_are_those_of_the_precincts(land: Country) -> None:
    edition = land.compiled().edition
    lists = VoterList.objects.filter(edition=edition)
    for level in (queries.Level.REGION, queries.Level.DISTRICT, queries.Level.TOWN):
        found = queries.places(edition, level)
        assert sum(each.voters for each in found) == edition.voters == sum(each.voters for each in lists) == 18
        assert sum(each.lists for each in found) == edition.precincts == 5
    regions = {each.area.code: each.voters for each in queries.places(edition, queries.Level.REGION)}
    assert regions == {"KG02": 12, "KG03": 4, "ABROAD": 2}
    region = land.precincts[FIRST].region
    assert queries.sum_of(queries.lists_of(edition, region=region)) == (2, 12)
    assert queries.sum_of(queries.lists_of(edition, district=region)) == (2, 12)


TOUCHED = (
    ("UPDATE voter_lists_voterlist SET number = 'X-1'", "Cannot update"),
    ("UPDATE voter_lists_voterlist SET entries = '{}', voters = 0", "Cannot update"),
    ("DELETE FROM voter_lists_voterlist", "Cannot update or delete"),
    ("DELETE FROM voter_lists_edition", "Cannot update or delete"),
    ("UPDATE voter_lists_edition SET stage = 'control'", "Cannot update"),
    ("TRUNCATE voter_lists_posting", "never emptied"),
    (
        "INSERT INTO voter_lists_voterlist (edition_id, precinct_id, region_id, number, voters, entries, sha256)"
        " SELECT edition_id, precinct_id, region_id, number || 'b', 0, '{}', sha256 FROM voter_lists_voterlist LIMIT 1",
        "a_precinct_has_one_list_in_an_edition",
    ),
    (
        "INSERT INTO voter_lists_edition (register_id, stage, number, change_id, at, office_id, act, precincts, voters)"
        " SELECT register_id, 'final', 1, change_id, at, office_id, act, 5, 18 FROM voter_lists_edition",
        "follow the closing",
    ),
    (
        "INSERT INTO voter_lists_edition (register_id, stage, number, change_id, at, office_id, act, precincts, voters)"
        " SELECT register_id, 'control', 2, change_id, at, office_id, act, 5, 18 FROM voter_lists_edition",
        "one after the other",
    ),
)


NEXT = """
INSERT INTO voter_lists_edition (register_id, stage, number, change_id, at, office_id, act, precincts, voters)
SELECT register_id, 'control', 1, change_id, at, office_id, act, precincts, voters FROM voter_lists_edition
"""
FOUR_OF_FIVE = """
INSERT INTO voter_lists_voterlist (edition_id, precinct_id, region_id, number, voters, entries, sha256)
SELECT e.id, precinct_id, region_id, l.number, l.voters, entries, sha256
FROM voter_lists_voterlist l JOIN voter_lists_edition e ON e.stage = 'control' LIMIT 4
"""


def executed(*statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_the_database_changes_nothing_that_is_frozen(land: Country) -> None:
    land.compiled()
    for statement, words in TOUCHED:
        with pytest.raises(DatabaseError, match=words):
            executed(statement)
    with pytest.raises(IntegrityError, match="written at once"):
        executed(NEXT, FOUR_OF_FIVE)
    abroad = FOUR_OF_FIVE.replace("LIMIT 4", "").replace(
        "precinct_id, region_id, l.", "precinct_id, (SELECT id FROM territory_area WHERE code = 'ABROAD'), l."
    )
    with pytest.raises(IntegrityError, match="has one list"):
        executed(NEXT, abroad)
    executed(NEXT, FOUR_OF_FIVE.replace("LIMIT 4", ""))


@pytest.mark.norm("L14.8.a2", "L15.3.e2", "L15.5.b2")
def test_each_version_shows_what_the_law_lets_it_show(land: Country) -> None:
    law = land.scene.election.edition
    names = {Column.SURNAME, Column.FIRST_NAME, Column.PATRONYMIC, Column.PRECINCT_NUMBER}
    for stage, copy in VERSIONS:
        assert released(stage, copy, law) is None, (stage, copy)
    for stage, copy in (
        (Stage.PRELIMINARY, Copy.WEB),
        (Stage.CONTROL, Copy.POSTED),
        (Stage.FINAL, Copy.SECOND),
        (Stage.FINAL, Copy.POSTED),
        (Stage.FINAL, Copy.WEB),
    ):
        assert set(columns(stage, copy)) == names
    assert Column.BIRTH_DATE in columns(Stage.FINAL, Copy.FULL)
    assert all(Column.PERSONAL_NUMBER not in columns(*version) for version in VERSIONS)
    with pytest.raises(KeyError):
        columns(Stage.CONTROL, Copy.WEB)


def test_an_edition_is_not_made_before_the_change_that_it_freezes(land: Country) -> None:
    at = land.register.changes.get().at
    answer = compile_edition(land.register, Stage.PRELIMINARY, by=land.scene.secretary, at=at)
    assert isinstance(answer, Refused)
    assert answer.codes == ("voters_change_later",)
    assert land.compiled(at=at + timedelta(seconds=1)).edition.number == 1
    assert at + AN_HOUR < LATER
