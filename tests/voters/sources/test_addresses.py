"""Addresses of precincts: every fault by row, approval by a decision, and where the register's addresses lie."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from shailoo.accounts.models import PersonalReading
from shailoo.cli import voters as cli
from shailoo.commissions.models import Matter
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.voters.models import Register
from shailoo.voters.sources.actions import approve_addresses, place_addresses, return_addresses, submit_addresses
from shailoo.voters.sources.models import AddressPlan, Misplaced, Placement
from shailoo.voters.sources.queries import home_rows, in_force, misplaced
from tests.commissions.sittings import decided, done, refused
from tests.voters.scene import AT, accepted, package, row
from tests.voters.sources.scene import HEADER, LATER, PLAN, Sources

FAULTS: tuple[tuple[str, set[tuple[int, str]]], ...] = (
    ("1001,,Арча,Манас,10,5,\n", {(1, "address_houses_unreadable")}),
    ("1001,,Арча,,1,5,\n1002,,,Манас,,,\n", {(1, "address_houses_unreadable"), (2, "address_locality_missing")}),
    ("1001,,Арча,Манас,1,9,both\n", {(1, "address_side_unknown")}),
    ("1001,,Арча,Манас,,,odd\n", {(1, "address_houses_unreadable")}),
    ("0900,,Арча,Манас,,,\n1005,,Арча,Б,,,\n", {(1, "address_precinct_unknown"), (2, "address_precinct_unknown")}),
    ("1001,,Арча\n", {(1, "voters_row_fields_wrong")}),
    ("1001,,Арча,Манас,,,\n", {(0, "address_precinct_left_out")}),
    ("", {(0, "address_file_empty")}),
    (PLAN + "1002,Кербен,АРЧА,«Манас»,50,52,even\n", {(6, "address_overlap")}),
    (PLAN + "1002,,Арча,,,,\n", {(6, "address_overlap")}),
    (PLAN.replace("Арча,,,,", "Бак,,,,").replace("51,,", "60,,"), {(2, "address_gap")}),
)


def found(answer: object) -> set[tuple[int, str]]:
    assert isinstance(answer, Refused), answer
    return {(int(str(each.facts.get("row", 0))), each.code) for each in answer.findings}


@pytest.mark.norm("L13.5.a1")
def test_a_plan_with_faults_is_refused_whole_with_every_fault_by_row(scene: Sources) -> None:
    voting = scene.voters.voting
    for rows, faults in FAULTS:
        answer = submit_addresses(voting, scene.tec, (HEADER + rows).encode(), by=scene.surveyor, at=AT)
        assert found(answer) == faults, rows
    wrong = submit_addresses(voting, scene.tec, b"precinct\n", by=scene.surveyor, at=AT)
    assert found(wrong) == {(0, "voters_header_wrong")}
    assert not AddressPlan.objects.exists()
    assert not Act.objects.filter(name="voters.addresses_submitted").exists()
    sides = PLAN + "1001,Кербен,Арча,Ош,1,99,odd\n1002,Кербен,Арча,Ош,2,98,even\n1004,Кербен,Арча,Токтогул,,,\n"
    assert scene.submitted(sides).rows == 8  # both sides of a street, a whole street: no overlap, no gap


@pytest.mark.norm("L13.5.a1")
def test_a_plan_holds_once_the_cec_has_approved_it_by_a_decision(scene: Sources) -> None:
    voters = scene.voters
    plan = scene.submitted()
    assert not in_force(voters.voting).exists()
    other = decided(voters.chair.body, Matter.PRECINCTS, "voting:1", at=AT)
    decision = decided(voters.chair.body, Matter.PRECINCTS, plan.subject, at=AT)
    assert refused(approve_addresses(plan, decision, by=scene.surveyor, at=LATER)) == ("office_may_not",)
    assert refused(approve_addresses(plan, None, by=voters.secretary, at=LATER)) == ("decision_missing",)
    assert refused(approve_addresses(plan, other, by=voters.secretary, at=LATER)) == ("ground_on_another_subject",)
    assert refused(return_addresses(plan, " ", by=voters.secretary, at=LATER)) == ("voters_reason_needed",)
    done(approve_addresses(plan, decision, by=voters.secretary, at=LATER))
    assert [each.precinct.number for each in in_force(voters.voting)] == ["1001", "1002", "1003", "1004", "1003"]
    assert refused(return_addresses(plan, "why", by=voters.chair, at=LATER)) == ("address_plan_answered",)
    second = scene.submitted("1001,,А,,,,\n1002,,Б,,,,\n1003,,В,,,,\n1004,,Г,,,,\n", at=LATER)
    done(return_addresses(second, "чек жок", by=voters.chair, at=LATER + timedelta(hours=1)))
    assert in_force(voters.voting).count() == 5
    third = scene.approved("1001,,А,,,,\n1002,,Б,,,,\n1003,,В,,,,\n1004,,Г,,,,\n", at=LATER + timedelta(days=1))
    assert {each.plan_id for each in in_force(voters.voting)} == {third.pk}
    for statement in (
        "UPDATE voter_sources_addressrange SET house_to = 7",
        "DELETE FROM voter_sources_addressplan",
        "UPDATE voter_sources_planapproval SET at = now()",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.norm("L14.3.a")
def test_the_registers_addresses_are_placed_and_the_rest_is_told_by_street(
    scene: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    voters = scene.voters
    register_rows = [
        row(pin="10101199010001", street="Манас көчөсү", house="12а"),
        row(pin="10101199010002", street="манас", house="51"),  # listed in 1001, lies in 1002
        row(pin="10101199010003", street="Ош", house=""),  # the rest of the village: 1003
        row(pin="10101199010004", precinct="1004", locality="Таш-Дөбө", street="Ленина", house="7/2"),
        row(pin="10101199010005", precinct="1004", locality="Таш-Дөбө", street="Ленина", house="8"),
        row(pin="10101199010006", precinct="1004", locality="Таш-Дөбө", street="Ленина", house="101"),
        row(pin="10101199010007", precinct="1004", locality="Таш-Дөбө", street="Чүй", house="1"),
        row(pin="10101199010008", precinct="1004", locality="Көк-Жар", street="Чүй", house="1"),
        row(pin="10101199010009", precinct="1004", locality="Көк-Жар", basis="voting_address"),
    ]
    scene.approved()
    assert refused(place_addresses_of(scene)) == ("voters_register_empty",)
    accepted(voters, package(voters, register_rows))
    made = place_addresses_of(scene)
    assert not isinstance(made, Refused)
    assert (made.voters, made.placed, made.elsewhere, made.nowhere) == (8, 2, 3, 3)
    told = {(each.listed.number, each.ground, each.belongs and each.belongs.number) for each in misplaced(made)}
    assert told == {
        ("1001", "elsewhere", "1002"),
        ("1001", "elsewhere", "1003"),
        ("1004", "elsewhere", "1003"),
        ("1004", "house_unknown", None),
        ("1004", "street_unknown", None),
        ("1004", "locality_unknown", None),
    }
    assert sum(each.voters for each in Misplaced.objects.all()) == made.elsewhere + made.nowhere
    homes = list(home_rows(voters.register))
    assert len(homes) == 6
    assert ("1001", "1002", "Кербен", "Арча", "манас", 51, 1) in homes
    file = tmp_path / "homes.csv"
    for name in ("start_django", "require_tables"):
        monkeypatch.setattr(cli, name, lambda: None)
    assert cli.place(by="hasan", file=file) == 0
    assert "8 listed by residence: 2 placed, 3 elsewhere, 3 nowhere" in capsys.readouterr().out
    assert file.read_text().splitlines()[0].startswith("listed,belongs,district")
    assert (len(file.read_text().splitlines()), PersonalReading.objects.count()) == (7, 1)
    assert "10101199" not in str(Act.objects.filter(name="voters.addresses_placed").values_list("payload"))


def place_addresses_of(scene: Sources) -> Placement | Refused:
    """Placed by the operator; a register that has had no delivery is made first."""
    voters = scene.voters
    register, _made = Register.objects.get_or_create(election=voters.election, defaults={"voting": voters.voting})
    return place_addresses(register, by=voters.operator, at=AT + timedelta(hours=3))
