"""What is kept of those who come and go, and what the law says of it: one at a time, the own place, the term."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shailoo.accounts.roles import Role
from shailoo.documents.certificates import actions as certificates
from shailoo.documents.certificates.models import Revocation
from shailoo.elections.actions import record_moment
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.observation.actions.presence import MOST, Kept, Noted, note_passages
from shailoo.observation.checkin.findings import read
from shailoo.observation.models import Application, Passage
from shailoo.observation.queries.presence import by_commission, inside, log
from shailoo.wording import LANGUAGES, sentences
from tests.observation import scene as room
from tests.observation.presence.scene import Door, accredited, build, codes, moment, passage, recalled
from tests.once import Once, once

pytestmark = pytest.mark.django_db
IN, OUT, TURNED_AWAY = Passage.Way.IN, Passage.Way.OUT, Passage.Way.TURNED_AWAY


kept_door = once(build)


@pytest.fixture
def door(kept_door: Once[Door], db: None, settings: Settings) -> Door:
    return kept_door.here(settings)


def test_who_comes_in_is_inside_until_noted_as_leaving(door: Door) -> None:
    (told,) = door.note(passage(door.abroad[0]))
    assert (told.kept, told.findings) == (Kept.KEPT, ())
    assert [each.comer.number for each in inside(door.pec, door.scene.election, moment(1))] == [
        door.abroad[0].certificate.number
    ]
    door.note(passage(door.abroad[0], OUT, moment(30)))
    assert inside(door.pec, door.scene.election, moment(31)) == []
    assert len(inside(door.pec, door.scene.election, moment(29))) == 1


@pytest.mark.norm("L9.1.b2")
def test_a_second_observer_of_one_party_may_not_be_in_the_room_with_the_first(door: Door) -> None:
    one, other = door.first
    told = door.note(passage(one), passage(other, at=moment(5)), passage(door.second, at=moment(6)))
    assert [codes(each) for each in told] == [[], ["observer_of_sender_already_in_premises"], []]
    assert told[1].findings[0].norm == "L9.1.b2"
    assert Passage.objects.count() == 3  # what happened is kept, and what is wrong with it stands beside


@pytest.mark.norm("L9.1.b2")
def test_they_take_turns(door: Door) -> None:
    one, other = door.first
    told = door.note(passage(one), passage(one, OUT, moment(60)), passage(other, at=moment(61)))
    assert [codes(each) for each in told] == [[], [], []]


@pytest.mark.norm("L9.1.b2")
def test_an_observer_of_the_party_from_another_precinct_counts_too(door: Door) -> None:
    guest = accredited(door.scene, door.scene.party, Application.Kind.OBSERVER, commission=door.scene.pecs[1])[0]
    told = door.note(passage(door.first[0]), passage(guest, at=moment(1)))
    assert codes(told[1]) == ["observer_of_sender_already_in_premises"]


@pytest.mark.norm("L10-1.6")
def test_a_citizen_observer_belongs_to_the_commission_that_accredited(door: Door) -> None:
    own, foreign = door.note(passage(door.citizen), passage(door.elsewhere))
    assert codes(own) == []
    assert [(each.code, each.norm) for each in foreign.findings] == [("mandate_right_condition_failed", "L10-1.6.6")]


@pytest.mark.norm("R4.4.a")
def test_an_interpreter_comes_with_the_observer(door: Door) -> None:
    (alone,) = door.note(passage(door.interpreter))
    assert [(each.code, each.norm) for each in alone.findings] == [("mandate_right_condition_failed", "R4.4.2")]
    door.note(passage(door.interpreter, OUT, moment(1)))
    told = door.note(passage(door.abroad[0], at=moment(2)), passage(door.interpreter, at=moment(3)))
    assert [codes(each) for each in told] == [[], []]
    (with_another,) = door.note(passage(door.abroad[0], OUT, moment(4)), passage(door.abroad[1], at=moment(5)))[1:]
    assert codes(with_another) == []
    assert codes(door.note(passage(door.interpreter, at=moment(6)))[0]) == [
        "passage_already_inside",
        "mandate_right_condition_failed",
    ]


def test_a_revoked_certificate_is_told_from_the_instant_of_its_revocation(door: Door) -> None:
    one = door.abroad[0].certificate
    revoked = certificates.revoke_certificate(
        one, reason=Revocation.Reason.BREACH, ground="decision:1", by=door.scene.operator, at=moment(10)
    )
    assert isinstance(revoked, Revocation)
    before, after = door.note(passage(door.abroad[0], at=moment(9)), passage(door.abroad[0], at=moment(10)))
    assert codes(before) == []
    assert codes(after) == ["passage_certificate_revoked", "passage_already_inside"]


@pytest.mark.norm("L9.2.a1")
def test_a_recalled_observer_is_one_to_the_end_of_that_day(door: Door) -> None:
    recalled(door.second, moment(10), door.scene.other_party)
    same, next_day = door.note(passage(door.second, at=moment(20)), passage(door.second, at=moment(24 * 60)))
    assert codes(same) == []
    assert "observer_term_ended" in codes(next_day)


@pytest.mark.norm("L10.2.a2", "L10-1.5.a2")
def test_the_term_ends_with_the_day_of_publication(door: Door) -> None:
    published = moment(24 * 60)
    record_moment(door.scene.voting, "publication_of_results", published.date(), by=door.scene.operator, at=published)
    for who in (door.abroad[0], door.citizen, door.second):
        last, over = door.note(passage(who, at=published), passage(who, OUT, at=moment(25 * 60)))
        assert (codes(last), codes(over)) == ([], [])
        (late,) = door.note(passage(who, at=moment(48 * 60)))
        assert codes(late) == ["observer_term_ended"]


def test_what_is_sent_twice_is_kept_once(door: Door) -> None:
    first = passage(door.medium)
    assert [each.kept for each in door.note(first, first)] == [Kept.KEPT]
    assert [each.kept for each in door.note(first, passage(door.medium, OUT, moment(3)))] == [
        Kept.KEPT_BEFORE,
        Kept.KEPT,
    ]
    assert Passage.objects.count() == 2
    assert Act.objects.filter(name="passages.noted").count() == 2


def test_another_content_under_the_same_mark_is_refused(door: Door) -> None:
    uid = uuid4()
    door.note(passage(door.medium, uid=uid))
    (told,) = door.note(passage(door.second, uid=uid))
    assert (told.kept, codes(told)) == (Kept.REFUSED, ["passage_with_another_content"])
    assert Passage.objects.get().certificate == door.medium.certificate


def test_a_wrong_clock_is_corrected_and_says_so(door: Door) -> None:
    behind = moment() - timedelta(hours=3)
    (told,) = door.note(passage(door.medium, at=behind), sent_at=behind + timedelta(minutes=5), at=moment(5))
    kept = Passage.objects.get()
    assert (kept.at, kept.noted_at) == (moment(), moment(5))
    (found,) = told.findings
    assert found.code == "passage_clock_corrected"
    assert found.facts == {"shown": behind, "minutes": 180}
    assert read(kept.findings[0]) == found


def test_two_minutes_are_no_wrong_clock(door: Door) -> None:
    (told,) = door.note(passage(door.medium, at=moment(2)), sent_at=moment(2), at=moment())
    assert codes(told) == []
    assert Passage.objects.get().at == moment()


@pytest.mark.parametrize(("minutes", "code"), [(3, "passage_in_the_future"), (-30 * 24 * 60 - 1, "passage_too_old")])
def test_a_time_that_cannot_be_is_refused(door: Door, minutes: int, code: str) -> None:
    (told,) = door.note(passage(door.medium, at=moment(minutes)), sent_at=moment(), at=moment())
    assert (told.kept, codes(told)) == (Kept.REFUSED, [code])
    assert not Passage.objects.exists()


def test_an_unknown_number_is_refused_alone(door: Door) -> None:
    unknown = Noted(uuid4(), "IO-2020-09999", IN, moment())
    told = door.note(passage(door.medium), unknown)
    assert [each.kept for each in told] == [Kept.KEPT, Kept.REFUSED]
    assert Passage.objects.count() == 1


def test_two_devices_of_one_door_meet_in_the_order_of_the_times(door: Door) -> None:
    one, other = door.first
    (late,) = door.note(passage(other, at=moment(30)))
    assert codes(late) == []
    (early,) = door.note(passage(one, at=moment(10)), passage(one, OUT, moment(20)))[:1]
    assert codes(early) == []
    (between,) = door.note(passage(one, at=moment(31)), at=moment(40))
    assert codes(between) == ["observer_of_sender_already_in_premises"]


def test_the_warning_that_was_confirmed_is_kept(door: Door) -> None:
    one, other = door.first
    confirmed = ["observer_of_sender_already_in_premises"]
    told = door.note(passage(one), passage(other, at=moment(1), confirmed=confirmed))
    assert codes(told[1]) == ["observer_of_sender_already_in_premises", "passage_confirmed_at_the_door"]


@pytest.mark.parametrize("role", [Role.PEC_OPERATOR, Role.PEC_CHAIR, Role.PEC_SECRETARY])
def test_who_sits_at_the_door_may_note(door: Door, role: Role) -> None:
    by = room.office("another", door.pec, role)
    told = note_passages(door.scene.election, [passage(door.medium)], sent_at=moment(), by=by, at=moment())
    assert not isinstance(told, Refused)


def test_others_may_not(door: Door) -> None:
    for by in (door.scene.operator, door.scene.mission, door.scene.ngo):
        told = note_passages(door.scene.election, [passage(door.medium)], sent_at=moment(), by=by, at=moment())
        assert isinstance(told, Refused)
        assert told.codes == ("office_may_not",)
    assert not Passage.objects.exists()


def test_too_many_at_once_are_refused_whole(door: Door) -> None:
    many = [passage(door.medium) for _ in range(MOST + 1)]
    told = note_passages(door.scene.election, many, sent_at=moment(), by=door.member, at=moment())
    assert isinstance(told, Refused)
    assert not Passage.objects.exists()


def test_passages_are_never_changed(door: Door) -> None:
    door.note(passage(door.medium))
    for change in (lambda: Passage.objects.update(verdict="x"), lambda: Passage.objects.all().delete()):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_numbers_by_precinct_for_the_commissions_above(door: Door) -> None:
    one, other = door.first
    door.note(passage(one), passage(door.medium), passage(other, TURNED_AWAY, moment(1)), passage(door.elsewhere))
    found = by_commission(door.scene.tec, door.scene.election, moment(2))
    assert [(each.commission, each.inside, each.observers, each.came, each.turned_away) for each in found] == [
        (door.pec, 3, 2, 3, 1)
    ]
    assert found[0].doubtful == 1
    assert [each.commission for each in by_commission(door.scene.cec, door.scene.election, moment(2))] == [door.pec]
    assert by_commission(door.scene.pecs[1], door.scene.election, moment(2)) == []


def test_a_day_and_a_half_later_nobody_is_taken_to_be_inside(door: Door) -> None:
    door.note(passage(door.medium))
    assert inside(door.pec, door.scene.election, moment(36 * 60)) == []
    assert by_commission(door.pec, door.scene.election, moment(36 * 60))[0].inside == 0


def test_the_log_has_every_passage_the_latest_first(door: Door) -> None:
    door.note(passage(door.medium), passage(door.medium, OUT, moment(9)))
    assert [each.way for each in log(door.pec, door.scene.election)] == [OUT, IN]


def test_five_hundred_passages_cost_as_many_queries_as_one(door: Door) -> None:
    with CaptureQueriesContext(
        connection,
    ) as one:
        door.note(passage(door.medium))
    many = [passage(door.medium, (OUT, IN)[number % 2], moment(number + 1)) for number in range(499)]
    with CaptureQueriesContext(connection) as all_of_them:
        door.note(*many)
    assert len(all_of_them) <= len(one) + 3


def test_every_finding_can_be_said(door: Door) -> None:
    told = door.note(passage(door.elsewhere), passage(door.interpreter), passage(door.medium, OUT))
    assert all(each.findings for each in told)
    for each in told:
        for found in each.findings:
            assert all(sentences.finding(found, language) for language in LANGUAGES)
