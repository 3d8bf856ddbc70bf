"""Delegations: one head, passports sealed and erased, files that stand with a record."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from PIL import Image

from shailoo.cooperation import actions, queries
from shailoo.cooperation.actions.delegations import KEPT_FOR, keeps_passports_too_long
from shailoo.cooperation.jobs import erase_all_in_time
from shailoo.cooperation.kinds import DelegateRole
from shailoo.cooperation.models import AgreementFile, Delegate, Mission, MissionReport
from shailoo.documents.sealed.models import SealedFile
from shailoo.elections.clock import BISHKEK
from shailoo.ledger.models import Act
from tests.cooperation.scene import AT, TODAY, Scene, agreement, codes, done, mission, partner, scene

pytestmark = pytest.mark.django_db
NUMBER = "AC7654321"
PASSPORT = actions.Passport(NUMBER, "KG", "2030-01-01")


def delegate(where: Scene, of: Mission, name: str = "Сапарова Айгүл", **more: object) -> Delegate:
    told = actions.Person(**({"name": name, "passport": PASSPORT} | more))  # type: ignore[arg-type]  # one value per field
    return done(actions.enter_delegate(of, told, by=where.operator, at=AT), Delegate)


def image() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return out.getvalue()


def test_a_passport_is_sealed_opened_by_who_may_and_erased_for_good() -> None:
    where = scene()
    sent = mission(where)
    made = delegate(where, sent)
    sealed = SealedFile.objects.get()
    assert NUMBER.encode() not in bytes(sealed.ciphertext or b"")
    told = list(Act.objects.values_list("payload", flat=True))
    assert all(NUMBER not in each and made.name not in each for each in told), "the ledger knows no passport"
    assert actions.passport_of(made, by=where.head, at=AT) == PASSPORT
    for by in (where.operator, where.member):
        answer = actions.passport_of(made, by=by, at=AT)
        assert answer is not None
        assert not isinstance(answer, actions.Passport)
        assert codes(answer) == ("office_may_not",)
    assert actions.erase_passports(sent, by=where.head, at=AT) == 1
    fresh = queries.delegates_of(sent).get()
    assert actions.passport_of(fresh, by=where.head, at=AT) is None
    assert codes(actions.erase_passports(sent, by=where.head, at=AT)) == ("cooperation_no_passports",)


def test_who_leaves_a_delegation_leaves_no_passport() -> None:
    where = scene()
    made = delegate(where, mission(where))
    assert done(actions.delegate_leaves(made, by=where.operator, at=AT), Delegate).left_at == AT
    assert SealedFile.objects.get().is_erased
    assert codes(actions.delegate_leaves(made, by=where.operator, at=AT)) == ("cooperation_delegate_left_already",)


def test_a_delegation_has_one_head_and_nobody_with_an_expired_passport() -> None:
    where = scene()
    sent = mission(where)
    delegate(where, sent, role=DelegateRole.HEAD)
    for told, code in (
        (actions.Person("Экинчи", DelegateRole.HEAD), "cooperation_two_heads"),
        (actions.Person(" "), "cooperation_not_said"),
        (actions.Person("X", citizenship="XX"), "cooperation_no_such_country"),
        (actions.Person("X", passport=actions.Passport("1", "KG", TODAY.isoformat())), "cooperation_passport_expired"),
    ):
        assert codes(actions.enter_delegate(sent, told, by=where.operator, at=AT)) == (code,)
    assert codes(actions.enter_delegate(sent, actions.Person("X"), by=where.member, at=AT)) == ("office_may_not",)
    with pytest.raises(IntegrityError, match="a_mission_has_one_head"), transaction.atomic():
        Delegate.objects.create(mission=sent, name="X", role="head", office=where.head, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Delegate.objects.update(name="X")


def test_passports_are_to_be_erased_thirty_days_after_the_mission_is_home() -> None:
    where = scene()
    home = date(2026, 7, 1)
    sent = mission(where, ends_on=home)
    delegate(where, sent)
    last = home + KEPT_FOR
    for day, late in ((last, False), (last + timedelta(days=1), True)):
        assert keeps_passports_too_long(sent, day) is late
        assert queries.due(where.commission, day).passports == int(late)
    actions.erase_passports(sent, by=where.head, at=AT)
    assert queries.due(where.commission, last + timedelta(days=1)).passports == 0


def test_at_night_they_go_by_themselves_as_a_recorded_act() -> None:
    where = scene()
    home = date(2026, 7, 1)
    over, away = mission(where, ends_on=home), mission(where, ends_on=home + timedelta(days=1))
    delegate(where, over), delegate(where, away, "Сыдыков Нурлан")
    last = datetime.combine(home + KEPT_FOR, time(23, 59), BISHKEK)
    assert erase_all_in_time(last) == 0
    assert erase_all_in_time(last + timedelta(minutes=1)) == 1
    assert [each.is_erased for each in SealedFile.objects.order_by("pk")] == [True, False]
    act = Act.objects.get(name="sealed.erased")
    assert (act.office_id, "mission_over" in act.payload) == (None, True)


def test_files_stand_with_agreements_and_missions_once() -> None:
    where = scene()
    signed, sent = agreement(where, partner(where, "Election Commission of Malaysia")), mission(where)
    paper = actions.Paper("Текст", image(), is_public=True)
    made = actions.file_agreement(signed, paper, by=where.operator, at=AT)
    assert done(made, AgreementFile).file.media_type == "image/png"
    done(actions.file_report(sent, paper, by=where.operator, at=AT), MissionReport)
    for answer in (
        actions.file_agreement(signed, paper, by=where.operator, at=AT),
        actions.file_report(sent, paper, by=where.operator, at=AT),
    ):
        assert codes(answer) == ("cooperation_filed_already",)
    untitled = actions.Paper(" ", image(), is_public=False)
    assert codes(actions.file_report(sent, untitled, by=where.operator, at=AT)) == ("cooperation_not_said",)
    broken = actions.Paper("X", b"%PDF-1.7 broken", is_public=False)
    assert codes(actions.file_agreement(signed, broken, by=where.operator, at=AT))[0].startswith("upload_")
    assert codes(actions.file_agreement(signed, paper, by=where.member, at=AT)) == ("office_may_not",)
    with pytest.raises(DatabaseError), transaction.atomic():
        AgreementFile.objects.update(title="X")
