"""Missions abroad and institutions: rejected by row, sealed, on their way, late, and never in a list by themselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from shailoo.accounts.roles import Kind, Role
from shailoo.documents.sealed.models import SealedFile
from shailoo.elections.clock import local
from shailoo.ledger.models import Act
from shailoo.territory.models import Precinct
from shailoo.voters.models import Entry
from shailoo.voters.sources.actions import (
    Institution,
    confirm_institution,
    pass_on_mission_data,
    receive_mission_data,
    report_institution,
    return_mission_data,
    send_mission_data,
    verdict,
)
from shailoo.voters.sources.models import InstitutionReport, MissionReport
from shailoo.voters.sources.people import INSTITUTION, MISSION, typed
from shailoo.voters.sources.queries import faults_of, kinds_of, missions, people_of, taken_rows
from shailoo.voters.sources.states import ARCS, State
from tests.commissions.sittings import done, refused
from tests.voters.scene import AT, accepted, office, package, row
from tests.voters.sources.scene import LATER, Sources, body

ABROAD = "1005"
GOOD = f"10101199010001,Асанова,Айгүл,,f,1990-01-01,2015-01-01,2016-01-01,{ABROAD},DE,Berlin\n"
ROWS = (
    GOOD
    + GOOD.replace("10001,", "10002,").replace("2015-01-01", "")
    + GOOD.replace("10001,", "10003,").replace(",2016-01-01", ",")
    + GOOD.replace("10001,", "10004,").replace("2015-01-01", "2015-13-01")
    + GOOD.replace("10001,", "10005,").replace(ABROAD, "1001")
    + GOOD.replace("10101199010001", "77")
    + GOOD.replace("10001,", "10006,")
    + GOOD.replace("10001,", "10006,")
)
EXPECTED = {
    2: ["mission_voter_rejected"],
    3: ["mission_voter_rejected"],
    4: ["mission_voter_not_known"],
    5: ["mission_precinct_unknown"],
    6: ["pin_malformed"],
    7: ["pin_repeated"],
    8: ["pin_repeated"],
}


def sent(scene: Sources, rows: str = ROWS) -> MissionReport:
    content = (",".join(MISSION) + "\n" + rows).encode()
    return done(send_mission_data(scene.voters.voting, content, by=scene.consul, at=AT))


@pytest.mark.norm("L14.6.a")
def test_a_missions_rows_are_taken_or_rejected_and_go_their_way(scene: Sources) -> None:
    voters = scene.voters
    voting = voters.voting
    report = sent(scene)
    assert {each.row: each.codes for each in faults_of(report)} == EXPECTED
    assert (report.rows, report.taken, dict(kinds_of(report))["mission_voter_rejected"]) == (8, 1, 2)
    again = send_mission_data(voting, b"", by=scene.consul, at=AT)
    assert refused(again) == ("mission_report_on_its_way",)
    assert refused(receive_mission_data(report, by=voters.service, at=LATER)) == ("mission_report_elsewhere",)
    assert refused(pass_on_mission_data(report, by=voters.service, at=LATER)) == ("office_may_not",)
    assert refused(return_mission_data(report, "", by=scene.ministry, at=LATER)) == ("voters_reason_needed",)
    assert done(pass_on_mission_data(report, by=scene.ministry, at=LATER)).state == State.PASSED
    assert done(return_mission_data(report, "курамы", by=voters.service, at=LATER)).state == State.RETURNED
    second = sent(scene, GOOD)
    done(pass_on_mission_data(second, by=scene.ministry, at=LATER))
    done(receive_mission_data(second, by=voters.service, at=LATER))
    assert [line[0] for line in taken_rows(second)] == ["pin", "10101199010001"]
    assert not Entry.objects.exists()  # the register knows nobody before a delivery of the Service
    other = office("consul-2", body("CONSULATE-2", Kind.CONSULATE), Role.CONSULATE)
    third = done(send_mission_data(voting, (",".join(MISSION) + "\n" + GOOD).encode(), by=other, at=LATER))
    assert [each.codes for each in faults_of(third)] == [["mission_voter_elsewhere"]]
    found = missions(voting)
    last = found[0].last
    assert last == date(2020, 7, 15)  # 80 full days before 4 October 2020
    assert [each.overdue(last) for each in found] == [True, False]  # received late; not over yet
    assert [each.overdue(last + timedelta(days=1)) for each in found] == [True, True]


def test_no_table_and_no_ledger_holds_a_person_of_a_report(scene: Sources) -> None:
    sent(scene)
    file = SealedFile.objects.get(kind="mission voters")
    assert b"10101199010001" not in bytes(file.ciphertext or b"")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(r::text, '') FROM voter_sources_missionrow r")
        written = str(cursor.fetchone()[0]) + str(list(Act.objects.values_list("payload", "subject")))
    assert [word for word in ("10101199010001", "Асанова", "1990-01-01", "Berlin") if word in written] == []
    broken = send_mission_data(scene.voters.voting, b"pin\n10101199010001\n", by=scene.consul, at=AT)
    assert "10101199010001" not in str(broken)


def test_a_report_moves_along_the_table_and_is_never_rewritten(scene: Sources) -> None:
    report = sent(scene, GOOD)
    assert {(each.source, each.target) for each in ARCS if each.source} == {
        (State.SENT, State.PASSED),
        (State.SENT, State.RETURNED),
        (State.PASSED, State.RECEIVED),
        (State.PASSED, State.RETURNED),
    }
    for statement in (
        "UPDATE voter_sources_missionreport SET state = 'received'",
        "UPDATE voter_sources_missionreport SET taken = 0, state = 'passed'",
        "DELETE FROM voter_sources_missionreport",
        "UPDATE voter_sources_missionrow SET codes = '{}'",
        "DELETE FROM voter_sources_missionstep",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert MissionReport.objects.get(pk=report.pk).state == State.SENT


# ------------------------------------------------------------------------------------- institutions


def hospital(number: str = "1001", name: str = "Кербен ооруканасы") -> Institution:
    return Institution("hospital", name, Precinct.objects.get(number=number), date(2020, 7, 20))


@pytest.mark.norm("L14.5", "L15.6")
def test_an_institution_prepares_mobile_voting_for_those_who_are_listed(scene: Sources) -> None:
    voters = scene.voters
    voting = voters.voting
    accepted(voters, package(voters, [row(pin="10101199010001"), row(pin="10101199010002", precinct="1002")]))
    pins = typed("10101199010001\n10101199010002\n10101199010009\n12\n10101199010001")
    assert refused(report_institution(voting, hospital("1002"), pins, by=scene.pec, at=AT)) == (
        "institution_without_pec",
    )
    other = report_institution(voting, hospital(name=" "), pins, by=scene.pec, at=AT)
    assert refused(other) == ("institution_without_name",)
    early = report_institution(voting, hospital(), pins, by=scene.pec, at=AT - timedelta(days=9))
    assert refused(early) == ("institution_received_later",)
    assert refused(report_institution(voting, hospital(), pins, by=voters.clerk, at=AT)) == ("office_may_not",)
    before = Entry.objects.count()
    report = done(report_institution(voting, hospital(), pins, by=scene.pec, at=AT + timedelta(hours=2)))
    assert (report.rows, report.listed, Entry.objects.count()) == (5, 2, before)
    again = report_institution(voting, hospital(), pins, by=scene.pec, at=AT + timedelta(hours=3))
    assert refused(again) == ("institution_reported_before",)
    fewer = typed("10101199010001")
    assert done(report_institution(voting, hospital(), fewer, by=scene.pec, at=AT + timedelta(hours=3))).rows == 1
    found = [(each.entry is not None, each.codes) for each in people_of(report)]
    assert found == [
        (True, ["pin_repeated"]),
        (True, []),
        (False, ["institution_not_on_list"]),
        (False, ["pin_malformed"]),
        (False, ["pin_repeated"]),
    ]
    done(confirm_institution(report, by=voters.service, at=LATER))
    assert refused(confirm_institution(report, by=voters.service, at=LATER)) == ("institution_confirmed_before",)
    with pytest.raises(DatabaseError), transaction.atomic():
        InstitutionReport.objects.filter(pk=report.pk).update(listed=5)
    payload = str(list(Act.objects.filter(name__startswith="voters.institution").values_list("payload")))
    assert "1010119" not in payload
    assert b"pin" in b",".join(name.encode() for name in INSTITUTION)


@pytest.mark.norm("L14.5")
def test_the_law_tells_who_had_the_report_late(scene: Sources) -> None:
    voting = scene.voters.voting
    last = date(2020, 9, 21)  # 12 full days before 4 October 2020
    in_time = verdict(voting, last, last, {1: True})
    late = verdict(voting, last + timedelta(days=1), None, {1: True, 2: False})
    assert (in_time.findings, in_time.value.mobile) == ((), ("1",))
    assert [each.code for each in late.findings] == [
        "polling_term_not_reported",
        "polling_term_missed",
        "report_of_unlisted_voters",
    ]
    assert (late.value.mobile, late.value.to_be_listed, local(AT).date()) == (("1",), (), date(2020, 7, 21))
