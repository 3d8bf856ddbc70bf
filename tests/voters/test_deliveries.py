"""Deliveries come whole, signed and in turn, or are refused whole; what is accepted becomes versions of entries."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from django.db import DatabaseError, connection, transaction

from shailoo.elections.models import Election, Voting
from shailoo.law.outcome import Refused
from shailoo.ledger import minisign
from shailoo.ledger.models import Act
from shailoo.voters.actions import (
    Package,
    accept_delivery,
    close_lists,
    receive_delivery,
    refuse_delivery,
    register_key,
    withdraw_key,
)
from shailoo.voters.exchange.manifest import PERSON, Kind, Source
from shailoo.voters.exchange.signing import key_of, signed
from shailoo.voters.models import Change, Delivery, Entry, Register, Rejection, RowFault, ServiceKey
from shailoo.voters.queries import by_precinct, by_region, history, listed_by_precinct, listed_on
from shailoo.voters.staging import Stage
from shailoo.voters.states import State
from tests.commissions.sittings import done, refused
from tests.voters.scene import AN_HOUR, AT, MADE, SINCE, Scene, accepted, delivered, package, row, sealed, written

A_DAY = timedelta(days=1)
FIRST = [
    row(),
    row(pin="20202198012345", sex="m", born="1980-02-02", surname="Асанов", name="Азамат", patronymic="Бакыт уулу"),
    row(pin="10303197012345", born="1970-03-03", precinct="1002"),
    row(pin="20404196012345", sex="m", born="1960-04-04", precinct="1002", surname="Орлов", name="Иван"),
]


def sent(scene: Scene, broken: Package, code: str) -> None:
    """The package is refused on this ground; the refusal is recorded, and nothing else is there."""
    before = Rejection.objects.count()
    assert refused(receive_delivery(broken, by=scene.service, at=AT))[0] == code
    rejection = Rejection.objects.order_by("-pk")[0]
    assert (Rejection.objects.count(), rejection.code) == (before + 1, code)
    assert Act.objects.filter(name="voters.delivery_rejected", subject=f"voters_rejection:{rejection.pk}").exists()
    assert not Entry.objects.exists()
    assert not RowFault.objects.exists()
    assert staged() == []


def staged() -> list[str]:
    """The tables of rows that wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relname ~ '^voters_(stage|gone|raw|told|twice)' ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


# ------------------------------------------------------------------------------------- refused whole


@pytest.mark.norm("L14.7.a2")
def test_a_wrong_signature_is_refused(scene: Scene) -> None:
    good = package(scene, FIRST)
    stranger = key_of(scene.folder / "stranger.ed25519")
    for signature in (signed(good.manifest, stranger), "", "no signature", good.signature.replace("RU", "RV", 1)):
        sent(scene, replace(good, signature=signature), "voters_signature_wrong")
    sent(scene, replace(good, manifest=good.manifest + b" "), "voters_signature_wrong")
    assert not Delivery.objects.exists()


@pytest.mark.norm("L14.7.a2")
def test_a_key_counts_from_its_day_until_it_is_withdrawn(scene: Scene) -> None:
    other = key_of(scene.folder / "other.ed25519")
    public = minisign.public_key(other).encoded
    later = done(register_key("Second", public, since=AT + A_DAY, by=scene.chair, at=SINCE))
    first = package(scene, FIRST)
    by_other = replace(first, signature=signed(first.manifest, other))
    sent(scene, by_other, "voters_signature_wrong")
    taken = done(receive_delivery(replace(by_other, file=package(scene, FIRST).file), by=scene.service, at=AT + A_DAY))
    assert taken.key == later
    done(refuse_delivery(taken, "try again", by=scene.secretary, at=AT + A_DAY))
    done(withdraw_key(later, "lost", by=scene.chair, at=AT + A_DAY))
    again = replace(by_other, file=package(scene, FIRST).file)
    assert refused(receive_delivery(again, by=scene.service, at=AT + A_DAY)) == ("voters_signature_wrong",)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"bytes": 700}, "voters_size_other"),
        ({"rows": 5}, "voters_count_other"),
        ({"sha256": "0" * 64}, "voters_hash_other"),
    ],
)
def test_another_size_count_or_hash_is_refused(scene: Scene, said: dict[str, object], code: str) -> None:
    sent(scene, package(scene, FIRST, said=said), code)


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", ["voters_row_not_utf8"]),
        (b"\xff,", ["voters_row_not_utf8"]),
        (b"a,b", ["voters_row_fields_wrong"]),
        (b'"a' + b"," * 17, ["voters_row_quotes_wrong"]),
        (b'a"b"' + b"," * 17, ["voters_row_quotes_wrong"]),
        (b"\0" + b"," * 17, ["voters_row_has_control_character"]),
        (b"," * 17 + b"\r", ["voters_row_end_wrong"]),
        (b"x" * 20_000 + b"," * 17, ["voters_row_too_long"]),
    ],
)
def test_a_row_that_is_no_row_is_told_by_its_number(scene: Scene, content: bytes, codes: list[str]) -> None:
    whole = (
        written(FIRST[:2], PERSON)
        + (content or b"\xc3\x28" + b"," * 17)
        + b"\n"
        + written(FIRST[2:], PERSON).split(b"\n", 1)[1]
    )
    broken = package(scene, FIRST, said={"bytes": len(whole)})
    answer = receive_delivery(replace(broken, file=io.BytesIO(whole)), by=scene.service, at=AT)
    assert isinstance(answer, Refused)
    assert [each.code for each in answer.findings] == codes
    assert [each.facts for each in answer.findings] == [{"row": 3}]


def test_a_manifest_that_is_signed_and_wrong_is_refused(scene: Scene) -> None:
    good = msgspec.json.decode(package(scene, FIRST).manifest)
    for change, code in (
        ({"format": "shailoo-voters/2"}, "voters_manifest_unreadable"),
        ({"more": 1}, "voters_manifest_unreadable"),
        ({"base": 1}, "voters_manifest_unreadable"),
        ({"columns": ["pin"]}, "voters_manifest_unreadable"),
        ({"election": "another"}, "voters_election_unknown"),
        ({"source": "register", "made_at": "2020-07-22T06:00:00Z"}, "voters_made_later"),
    ):
        broken = sealed(msgspec.json.encode(good | change), written(FIRST, tuple(good["columns"])), scene.key)
        sent(scene, broken, code)


def test_numbers_come_in_turn_and_none_twice(scene: Scene) -> None:
    sent(scene, package(scene, FIRST, number=2), "voters_delivery_gap")
    waits = delivered(scene, package(scene, FIRST))
    assert refused(receive_delivery(package(scene, FIRST), by=scene.service, at=AT)) == ("voters_delivery_waits",)
    done(accept_delivery(waits, by=scene.secretary, at=AT))
    answers = [receive_delivery(package(scene, FIRST, number=number), by=scene.service, at=AT) for number in (1, 3)]
    assert [refused(answer) for answer in answers] == [("voters_delivery_replayed",), ("voters_delivery_gap",)]


def test_generated_people_are_in_no_real_register(scene: Scene) -> None:
    real = Election.objects.create(
        slug="real",
        kind="jogorku_kenesh",
        called_on=scene.election.called_on,
        edition_id="2020-06-30",
        name_ky="a",
        name_ru="b",
        name_en="c",
    )
    Voting.objects.create(election=real, day=scene.voting.day)
    manifest = msgspec.json.decode(package(scene, FIRST).manifest) | {"election": "real"}
    broken = sealed(msgspec.json.encode(manifest), written(FIRST, tuple(manifest["columns"])), scene.key)
    sent(scene, broken, "voters_generated_for_real")


def test_generated_and_real_people_do_not_mix(scene: Scene) -> None:
    accepted(scene, package(scene, FIRST))
    other = package(scene, FIRST, number=2, source=Source.REGISTER)
    assert refused(receive_delivery(other, by=scene.service, at=AT + A_DAY)) == ("voters_source_other",)


# ------------------------------------------------------------------------------------- accepted


@pytest.mark.norm("L14.3.a", "L14.4")
def test_an_accepted_delivery_is_listed_in_one_act(scene: Scene) -> None:
    delivery = delivered(scene, package(scene, FIRST))
    assert not Entry.objects.exists()
    taken = done(accept_delivery(delivery, by=scene.secretary, at=AT + AN_HOUR))
    assert (taken.closed, taken.opened) == (0, 4)
    assert Delivery.objects.get().state == State.ACCEPTED
    act = Act.objects.get(name="voters.delivery_accepted")
    assert (act.hash, act.at) == (taken.change.act, AT + AN_HOUR)
    assert staged() == []
    assert Entry.objects.filter(opened_by=taken.change, since=AT + AN_HOUR, until=None).count() == 4


def test_a_full_delivery_moves_changes_adds_and_leaves_out(scene: Scene) -> None:
    accepted(scene, package(scene, FIRST))
    moved, changed, same = row(precinct="1003"), {**FIRST[1], "surname": "Осмонов"}, FIRST[2]
    added = row(pin="10505195012345", born="1950-05-05")
    second = delivered(scene, package(scene, [moved, changed, same, added], number=2), at=AT + A_DAY)
    assert (second.new, second.moved, second.changed, second.same, second.gone) == (1, 1, 1, 1, 1)
    told = {each.precinct.number: each for each in by_precinct(second)}
    assert [
        (number, each.new, each.gone, each.moved_in, each.moved_out, each.changed, each.same)
        for number, each in told.items()
    ] == [
        ("1001", 1, 0, 0, 1, 1, 0),
        ("1002", 0, 1, 0, 0, 0, 1),
        ("1003", 0, 0, 1, 0, 0, 0),
    ]
    assert sum(each.new for each in by_region(second)) == 1
    taken = done(accept_delivery(second, by=scene.secretary, at=AT + A_DAY + AN_HOUR))
    assert (taken.closed, taken.opened) == (3, 3)
    person = list(history(scene.register, 10101199012345))
    assert [(each.precinct.number, each.closed_because, each.opened_because) for each in person] == [
        ("1001", "moved", "listed"),
        ("1003", "", "moved"),
    ]
    assert person[0].until == person[1].since == AT + A_DAY + AN_HOUR
    assert Entry.objects.get(pin=20404196012345).closed_because == "absent"


def test_who_was_listed_where_on_a_day_is_one_query(scene: Scene, django_assert_num_queries: object) -> None:
    accepted(scene, package(scene, FIRST))
    accepted(scene, package(scene, [row(precinct="1002")], number=2), at=AT + A_DAY)
    precinct = scene.voting.precincts.get(precinct__number="1001").precinct
    register = scene.register
    with django_assert_num_queries(2):  # type: ignore[operator]  # a fixture
        assert [each.pin for each in listed_on(register, precinct, AT + 2 * AN_HOUR)] == [
            20202198012345,
            10101199012345,
        ]
        assert list(listed_on(register, precinct, AT + 2 * A_DAY)) == []
    assert not list(listed_on(register, precinct, AT))
    assert sorted(listed_by_precinct(register, AT + 2 * AN_HOUR).values()) == [2, 2]


@pytest.mark.norm("L3.3.a2", "L14.2")
def test_who_has_no_right_is_taken_off_and_a_broken_row_takes_nobody_off(scene: Scene) -> None:
    accepted(scene, package(scene, FIRST))
    rows = [row(custody="confinement"), {**FIRST[1], "precinct": "0"}, *FIRST[2:]]
    second = delivered(scene, package(scene, rows, number=2), at=AT + A_DAY)
    assert (second.gone, second.same, second.not_listed) == (1, 2, 2)
    done(accept_delivery(second, by=scene.secretary, at=AT + A_DAY))
    assert Entry.objects.get(pin=10101199012345).closed_because == "no_right"
    assert Entry.objects.get(pin=20202198012345).until is None


def test_an_incremental_delivery_tells_what_changed_and_why(scene: Scene) -> None:
    accepted(scene, package(scene, FIRST))
    changes = [
        row(change="removed", reason="death", reason_on="2020-07-19"),
        {**FIRST[1], "change": "changed", "precinct": "1002"},
        row(change="added", pin="10505195012345", born="1950-05-05"),
    ]
    second = delivered(scene, package(scene, changes, number=2, kind=Kind.INCREMENTAL), at=AT + A_DAY)
    assert (second.new, second.moved, second.changed, second.gone, second.faulty) == (1, 1, 0, 1, 0)
    done(accept_delivery(second, by=scene.secretary, at=AT + A_DAY))
    gone = Entry.objects.get(pin=10101199012345)
    assert (gone.closed_because, gone.reason, str(gone.reason_on)) == ("removed", "death", "2020-07-19")
    assert Entry.objects.filter(until=None).count() == 4


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"change": "renamed"}, "change_unknown"),
        ({"change": "added"}, "already_listed"),
        ({"change": "changed", "pin": "10101199099999"}, "not_listed"),
        ({"change": "removed", "pin": "10101199099999", "reason": "death", "reason_on": "2020-07-19"}, "not_listed"),
        ({"change": "removed", "reason_on": "2020-07-19"}, "reason_missing"),
        ({"change": "removed", "reason": "death"}, "reason_missing"),
        ({"change": "changed", "reason_on": "yesterday"}, "reason_day_unreadable"),
    ],
)
def test_a_change_that_cannot_be_is_told_and_changes_nobody(scene: Scene, change: dict[str, str], code: str) -> None:
    accepted(scene, package(scene, FIRST))
    second = delivered(scene, package(scene, [row(**change)], number=2, kind=Kind.INCREMENTAL), at=AT + A_DAY)
    assert list(second.faults.values_list("code", flat=True)) == [code]
    taken = done(accept_delivery(second, by=scene.secretary, at=AT + A_DAY))
    assert (taken.closed, taken.opened) == (0, 0)


# ------------------------------------------------------------------------------------- decided by whom, and when


def test_a_refused_delivery_keeps_its_faults_and_its_number_comes_again(scene: Scene) -> None:
    first = delivered(scene, package(scene, [row(custody="away")]))
    assert refused(refuse_delivery(first, " ", by=scene.secretary, at=AT)) == ("voters_reason_needed",)
    done(refuse_delivery(first, "wrong codes", by=scene.secretary, at=AT))
    assert (staged(), RowFault.objects.count()) == ([], 1)
    assert refused(accept_delivery(first, by=scene.secretary, at=AT)) == ("voters_delivery_decided",)
    accepted(scene, package(scene, FIRST))


def test_nobody_accepts_what_the_same_person_sent(scene: Scene) -> None:
    delivery = done(receive_delivery(package(scene, FIRST), by=scene.operator, at=AT))
    own = type(scene.operator).objects.create(
        person=scene.operator.person, body=scene.operator.body, role="cec_secretary", since=SINCE
    )
    assert refused(accept_delivery(delivery, by=own, at=AT)) == ("voters_another_person_decides",)
    done(accept_delivery(delivery, by=scene.secretary, at=AT))


def test_other_roles_deliver_decide_and_close_nothing(scene: Scene) -> None:
    delivery = delivered(scene, package(scene, FIRST))
    outside = (scene.clerk, scene.member, scene.service)
    for by in outside:
        assert refused(accept_delivery(delivery, by=by, at=AT)) == ("office_may_not",)
        assert refused(refuse_delivery(delivery, "no", by=by, at=AT)) == ("office_may_not",)
        assert refused(close_lists(scene.register, by=by, at=AT)) == ("office_may_not",)
        assert refused(register_key("k", "RW", since=AT, by=by, at=AT)) == ("office_may_not",)
        assert refused(withdraw_key(ServiceKey.objects.get(), "no", by=by, at=AT)) == ("office_may_not",)
    for by in (scene.clerk, scene.secretary, scene.member):
        assert refused(receive_delivery(package(scene, FIRST), by=by, at=AT)) == ("office_may_not",)
    assert not Rejection.objects.exists()
    assert Delivery.objects.get().state == State.CHECKED


@pytest.mark.norm("L15.5.a")
def test_closed_lists_take_no_delivery(scene: Scene) -> None:
    delivery = delivered(scene, package(scene, FIRST))
    assert refused(close_lists(scene.register, by=scene.secretary, at=AT)) == ("voters_delivery_waits",)
    done(accept_delivery(delivery, by=scene.secretary, at=AT))
    done(close_lists(scene.register, by=scene.secretary, at=AT + A_DAY))
    again = receive_delivery(package(scene, FIRST, number=2), by=scene.service, at=AT + 2 * A_DAY)
    assert refused(again) == ("voters_lists_closed",)
    assert refused(close_lists(scene.register, by=scene.secretary, at=AT)) == ("voters_lists_closed",)


def test_rows_that_a_crash_took_are_sent_again(scene: Scene) -> None:
    first = delivered(scene, package(scene, FIRST))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Stage(first.pk).rows}")  # noqa: S608  # what the server does after a crash
    assert refused(accept_delivery(first, by=scene.secretary, at=AT)) == ("voters_rows_lost",)
    again = delivered(scene, package(scene, FIRST), at=AT + A_DAY)
    assert Delivery.objects.get(pk=first.pk).state == State.LOST
    done(accept_delivery(again, by=scene.secretary, at=AT + A_DAY))


# ------------------------------------------------------------------------------------- what the database holds


STANDS = "surname, name, patronymic, sex, born, basis, district, locality, street, house, flat, since, opened_by_id"
AGAIN = "register_id, region_id, {precinct}, {pin}, " + STANDS + ", opened_because, closed_because, reason"
INTO = f"INSERT INTO voters_entry ({AGAIN.format(precinct='precinct_id', pin='pin')})"
SELECT, CURRENT = "SELECT", "FROM voters_entry WHERE until IS NULL"
DECIDED = " decided_by_id = office_id, decided_at = at WHERE state = 'checked'"
CHANGED = "UPDATE voters_delivery SET rows = 0, state = 'lost'," + DECIDED  # noqa: S608  # statements of the test
UNREASONED = "UPDATE voters_delivery SET state = 'refused'," + DECIDED  # noqa: S608  # as above


def again(order: str = "", *, precinct: str = "precinct_id", pin: str = "1") -> str:
    """The statement that enters a current entry once more, with another PIN or precinct."""
    return f"{INTO} {SELECT} {AGAIN.format(precinct=precinct, pin=pin)} {CURRENT} {order} LIMIT 1"


@pytest.mark.parametrize(
    ("statement", "guarantee"),
    [
        ("DELETE FROM voters_entry", "entries are never"),
        ("TRUNCATE voters_entry", "entries are never emptied"),
        ("UPDATE voters_entry SET surname = 'x' WHERE until IS NULL", "closed_entries_stay"),
        ("UPDATE voters_entry SET reason = 'x' WHERE until IS NOT NULL", "closed_entries_stay"),
        (
            "UPDATE voters_entry SET until = now(), closed_by_id = opened_by_id, closed_because = 'moved'"
            " WHERE until IS NULL",
            "an entry closes with the last change",
        ),
        (again("ORDER BY opened_by_id"), "an entry opens with the last change"),
        (again("ORDER BY opened_by_id DESC", precinct="0"), "precinct that votes"),
        (again(pin="pin"), "a_person_has_one_current_entry"),
        ("UPDATE voters_delivery SET rows = 0", "no act leads there"),
        (CHANGED, "what a delivery is does not change"),
        (UNREASONED, "refused_with_a_reason"),
        ("UPDATE voters_delivery SET state = 'checked'", "no act leads there"),
        ("DELETE FROM voters_delivery", "deliveries are never deleted"),
        ("DELETE FROM voters_rowfault", "faults_of_rows_are_never_changed"),
        ("UPDATE voters_change SET number = 9", "changes_of_registers_are_never_changed"),
    ],
)
def test_the_database_refuses_what_no_act_does(scene: Scene, statement: str, guarantee: str) -> None:
    accepted(scene, package(scene, [*FIRST, row(pin="1")]))
    accepted(scene, package(scene, [*FIRST[1:], row(pin="10505195012345", born="1950-05-05")], number=2), at=AT + A_DAY)
    delivered(scene, package(scene, FIRST, number=3), at=AT + 2 * A_DAY)
    with pytest.raises(DatabaseError) as broken, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert guarantee.replace(" ", "_") in str(broken.value).replace(" ", "_")


def test_a_register_is_made_by_its_first_delivery_only(scene: Scene) -> None:
    sent(scene, package(scene, FIRST, said={"rows": 9}), "voters_count_other")
    assert not Register.objects.exists()
    accepted(scene, package(scene, FIRST))
    assert (Register.objects.get().voting, Change.objects.get().number) == (scene.voting, 1)
    assert Delivery.objects.get().made_at == MADE


def test_no_act_locks_a_row_that_the_application_may_not_change(scene: Scene) -> None:
    """A lock of a row asks for the right to change it, which the application has on no append-only table."""
    said: list[str] = []

    def listen(execute: Callable[..., object], sql: str, *rest: object) -> object:
        said.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        accepted(scene, package(scene, FIRST))
    locked = {table for sql in said for table in re.findall(r'FROM "?(\w+)"?.* FOR (?:NO KEY )?UPDATE', sql, re.DOTALL)}
    assert locked == {"voters_delivery"}
