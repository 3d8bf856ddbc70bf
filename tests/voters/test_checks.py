"""Faults planted by the generator are all found by row, and none is invented; SQL and the law answer alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shailoo.law.calendar import Kind
from shailoo.law.voters.entries import EntryFacts, entry
from shailoo.law.voters.suffrage import Custody, IncapacityJudgment, Person
from shailoo.law.voters.voting import Voting
from shailoo.voters.actions import accept_delivery
from shailoo.voters.eligibility import kind_number, verdicts
from shailoo.voters.exchange.faults import BY_CODE, FAULTS, Consequence
from shailoo.voters.generator.planting import IN_A_ROW, OF_CHANGES, TWICE
from shailoo.voters.generator.writing import Base, every_fault, planted_in, write_changes
from shailoo.voters.models import Delivery, Entry
from shailoo.voters.queries import by_kind, fault_file
from tests.commissions.sittings import done
from tests.voters.scene import AT, DAY, SILENT, Scene, accepted, delivered, generated, opened, package, row

Found = set[tuple[int, str]]


def found(delivery: Delivery) -> Found:
    return set(delivery.faults.values_list("row", "code"))


@pytest.mark.parametrize("seed", ["1", "2", "kerben"])
def test_every_planted_fault_is_found_and_none_is_invented(scene: Scene, seed: str) -> None:
    files = generated(scene, seed=seed, rows=900, faults=every_fault(3))
    planted = set(files.planted)
    assert {code for _row, code in planted} == {*IN_A_ROW, *TWICE}
    delivery = delivered(scene, opened(files))
    assert found(delivery) == planted
    assert delivery.faulty == len({number for number, _code in planted})


def test_every_fault_can_be_planted() -> None:
    assert {*IN_A_ROW, *TWICE, *OF_CHANGES} == {fault.code for fault in FAULTS}


def test_without_faults_nothing_is_told(scene: Scene) -> None:
    delivery = delivered(scene, opened(generated(scene, rows=2_000)))
    assert (delivery.faulty, delivery.not_listed, delivery.new) == (0, 0, 2_000)
    assert not Entry.objects.exists()


# ------------------------------------------------------------------------------------- by the law


CASES = [
    {},
    {"citizenship": "RUS"},
    {"born": "2002-10-04", "pin": "10410200212345", "biometric_on": "2019-01-01"},
    {"born": "2002-10-05", "pin": "10510200212345", "biometric_on": "2019-01-01"},
    {"biometric_on": ""},
    {"custody": "detention"},
    {"custody": "confinement"},
    {"incapable_from": "2020-10-04"},
    {"incapable_from": "2020-10-05"},
    {"incapable_from": "2010-01-01", "incapable_until": "2020-10-04"},
    {"incapable_from": "2010-01-01", "incapable_until": "2020-10-05"},
    {"citizenship": "RUS", "biometric_on": "", "custody": "confinement", "incapable_from": "2015-01-01"},
]


def by_the_law(scene: Scene, given: dict[str, str]) -> set[str]:
    """What the rule `entry` finds against the person of a row."""
    judgments: tuple[IncapacityJudgment, ...] = ()
    if given.get("incapable_from"):
        until = given.get("incapable_until")
        reversed_on = date.fromisoformat(until) if until else None
        judgments = (IncapacityJudgment(date.fromisoformat(given["incapable_from"]), reversed_on),)
    person = Person(
        citizen=given["citizenship"] == "KGZ",
        born=date.fromisoformat(given["born"]),
        custody=Custody(given["custody"]),
        incapacity=judgments,
    )
    voting = Voting(Kind.JK, DAY, scene.election.called_on)
    facts = EntryFacts(voting, person, bool(given["biometric_on"]), residence_precincts=("1001",))
    return {each.code for each in entry(facts, scene.election.edition).errors}


@pytest.mark.norm("L3.1.a1", "L3.3.a1", "L3.3.a2", "L14.2")
def test_the_database_finds_what_the_law_answers(scene: Scene) -> None:
    rows = [row(**given) for given in CASES]
    for number, each in enumerate(rows):  # a PIN of one's own each
        each["pin"] = f"{each['pin'][:9]}{20000 + number}"
    delivery = delivered(scene, package(scene, rows))
    for number, each in enumerate(rows, 1):
        codes = set(delivery.faults.filter(row=number).values_list("code", flat=True))
        assert codes == by_the_law(scene, each), each
        assert all(BY_CODE[code].consequence is Consequence.NO_RIGHT for code in codes)


@pytest.mark.norm("L3.1.a1")
def test_the_last_day_of_birth_is_the_laws(scene: Scene) -> None:
    answer = verdicts(scene.voting)
    assert (answer.last_born, len(answer.faults)) == (date(2002, 10, 4), 48)
    allowed = kind_number(adult=True, citizen=True, incapable=False, custody=Custody.DETENTION, biometric=True)
    assert answer.faults[allowed] == 0
    assert sum(faults == 0 for faults in answer.faults) == 2  # free, or held before a judgment


# ------------------------------------------------------------------------------------- single rows


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"pin": "1010119901234"}, {"pin_malformed"}),
        ({"pin": "30101199012345"}, {"pin_malformed"}),
        ({"pin": "１0101199012345"}, {"pin_malformed"}),
        ({"pin": "20101199012345"}, {"pin_of_other_sex"}),
        ({"pin": "10201199012345"}, {"pin_of_other_birth"}),
        ({"born": "1990-1-1"}, {"born_unreadable"}),
        ({"born": "infinity"}, {"born_unreadable"}),
        ({"born": ""}, {"born_unreadable"}),
        ({"surname": "Acанова"}, {"name_not_cyrillic"}),
        ({"surname": "Ўринова", "name": "Қизлархон", "patronymic": "Ғайрат қизи"}, set()),
        ({"surname": "Абу-Бакр"}, set()),
        ({"surname": ""}, set()),
        ({"surname": "", "name": ""}, {"name_missing"}),
        ({"precinct": ""}, {"precinct_unknown"}),
        ({"precinct": SILENT}, {"precinct_not_voting"}),
        ({"street": "Ж" * 200}, set()),
        ({"street": "Ж" * 201}, {"field_too_long"}),
        ({"biometric_on": "2020-07-20"}, set()),
        ({"biometric_on": "2020-07-21"}, {"biometric_improbable"}),
        ({"biometric_on": "1989-12-31"}, {"biometric_improbable"}),
        ({"basis": "consular", "precinct": "1005", "house": ""}, set()),
        ({"house": ""}, {"house_missing"}),
    ],
)
def test_a_row_has_these_faults_and_no_others(scene: Scene, changes: dict[str, str], codes: set[str]) -> None:
    delivery = delivered(scene, package(scene, [row(**changes)]))
    assert set(delivery.faults.values_list("code", flat=True)) == codes


def test_of_equal_rows_the_first_stands_and_of_others_none(scene: Scene) -> None:
    rows = [
        row(),
        row(),
        row(pin="10101199012346"),
        row(pin="10101199012346", precinct="1002"),
        row(pin="10101199012347"),
        row(pin="10101199012347", name="Асел"),
    ]
    delivery = delivered(scene, package(scene, rows))
    assert found(delivery) == {
        (2, "pin_repeated"),
        (3, "pin_in_several_precincts"),
        (4, "pin_in_several_precincts"),
        (5, "pin_of_several_people"),
        (6, "pin_of_several_people"),
    }
    assert (delivery.new, delivery.not_listed) == (1, 5)


def test_the_fault_file_has_each_fault_and_no_formula(scene: Scene) -> None:
    delivery = delivered(scene, package(scene, [row(pin="=1+1"), row(custody="confinement")]))
    lines = "".join(fault_file(delivery)).split("\r\n")
    assert lines == [
        "row,pin,field,code,consequence,norm",
        "1,'=1+1,pin,pin_malformed,not_taken,L14.3.a",
        "2,10101199012345,custody,suffrage_confined,no_right,L3.3.a2",
        "",
    ]
    assert [(each.fault.code, each.rows) for each in by_kind(delivery)] == [
        ("suffrage_confined", 1),
        ("pin_malformed", 1),
    ]


@pytest.mark.parametrize("seed", ["1", "kerben"])
def test_faults_of_changes_are_found_and_none_is_invented(scene: Scene, seed: str) -> None:
    full = generated(scene, seed=seed, rows=600, faults=every_fault(1))
    accepted(scene, opened(full))
    base = Base(full.file, planted_in(full.file), 600)
    plan = scene.plan(seed=seed, rows=90, number=2, faults=dict.fromkeys(OF_CHANGES, 3))
    changes = write_changes(plan, base, scene.folder, scene.key)
    assert {code for _row, code in changes.planted} == set(OF_CHANGES)
    delivery = delivered(scene, opened(changes), at=AT + timedelta(days=1))
    assert found(delivery) ^ set(changes.planted) == set()
    assert (delivery.new, delivery.not_listed) == (30, 15)
    assert delivery.gone > 10
    taken = done(accept_delivery(delivery, by=scene.secretary, at=AT + timedelta(days=2)))
    assert taken.opened == delivery.new + delivery.moved + delivery.changed


def test_a_seed_gives_the_same_file_and_another_seed_another(scene: Scene) -> None:
    first, again, other = (generated(scene, seed=seed).file.read_bytes() for seed in ("a", "a", "b"))
    assert first == again != other
