"""The way of an application: received in time, sent on at once, answered by what the register says, told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shailoo.documents.sealed.models import SealedFile
from shailoo.law.calendar import BISHKEK
from shailoo.ledger.models import Act as Recorded
from shailoo.voters.applications import dossier as dossiers
from shailoo.voters.applications import queries
from shailoo.voters.applications.actions import (
    Answer,
    Ground,
    Papers,
    answer,
    complete,
    forward,
    pass_on,
    receive_at_desk,
    receive_online,
    send_back,
    tell,
    tell_by_page,
)
from shailoo.voters.applications.actions.answering import Refusal
from shailoo.voters.applications.models import Application, Notice, Step, Telling
from shailoo.voters.applications.states import ARCS, Act, Kind, State, arc
from shailoo.voters.models import Entry
from tests.commissions.sittings import done, refused
from tests.voters.applications.scene import (
    AT,
    DAY,
    HOUR,
    LAST,
    OTHER_PIN,
    UNKNOWN_PIN,
    Scene,
    at_desk,
    copy,
    delivered,
    dossier,
    filing,
    received,
)
from tests.voters.scene import row

A_SECOND = timedelta(seconds=1)


def with_service(scene: Scene, application: Application, at: datetime = AT) -> Application:
    """Sent on until the Service has it."""
    done(forward(application, version=application.version, by=scene.secretary, at=at))
    application.refresh_from_db()
    if application.state == State.WITH_ADMINISTRATOR:
        done(pass_on(application, version=application.version, by=scene.administrator, at=at))
        application.refresh_from_db()
    assert application.state == State.WITH_SERVICE
    return application


def answered(scene: Scene, application: Application, act: Act, at: datetime, **said: object) -> object:
    given = Answer(act, **said)  # type: ignore[arg-type]  # fields by name
    return answer(application, given, version=application.version, by=scene.service, at=at)


# ------------------------------------------------------------------------------------- receipt


@pytest.mark.norm("L15.3.a1", "L15.4.a1", "L15.5.a")
def test_the_receipt_decides_the_term_to_the_second(scene: Scene) -> None:
    for kind in Kind:
        assert received(scene, kind, at=LAST).application.received_at == LAST
        assert refused(receive_online(filing(scene, kind), at=LAST + A_SECOND)) == ("application_out_of_time",)
        assert refused(receive_at_desk(filing(scene, kind), by=scene.secretary, at=LAST + A_SECOND)) == (
            "application_out_of_time",
        )
    assert Application.objects.count() == len(Kind)


def test_an_application_received_in_time_goes_on_after_the_term(scene: Scene) -> None:
    found = with_service(scene, received(scene, Kind.MISTAKE, at=LAST).application, LAST + HOUR)
    assert Step.objects.get(application=found, act=Act.FORWARD).late


@pytest.mark.norm("L15.3.a2", "L15.4.a2", "L15.4.a3")
def test_without_papers_it_is_not_taken_online_and_sent_back_at_the_desk(scene: Scene) -> None:
    bare: dict[str, Any] = {"copies": (), "document": ""}
    assert "polling_requirement_not_met" in refused(receive_online(filing(scene, **bare), at=AT))
    assert refused(receive_online(filing(scene, Kind.VOTING_ADDRESS, **bare), at=AT)) == (
        "application_document_missing",
    )
    found = at_desk(scene, **bare)
    assert (found.state, found.steps.get().act) == (State.RETURNED, Act.RECEIVE_INCOMPLETE)
    papers = Papers(copies=(copy(),))
    again = complete(found, papers, version=1, by=scene.secretary, at=AT + HOUR)
    assert done(again).application.state == State.RECEIVED
    found.refresh_from_db()
    assert (found.received_at, found.papers.count()) == (AT, 1)


@pytest.mark.norm("L15.4.a3")
def test_abroad_another_passport_counts_where_there_is_no_card(scene: Scene) -> None:
    passport: dict[str, Any] = {"document": "regular_passport", "kind": Kind.VOTING_ADDRESS}
    assert refused(receive_online(filing(scene, **passport), at=AT)) == ("application_needs_id_card",)
    holds = filing(scene, lives_abroad=True, holds_id_card=True, place=2, **passport)
    assert refused(receive_online(holds, at=AT)) == ("application_id_card_goes_first",)
    lacks = filing(scene, lives_abroad=True, holds_id_card=False, place=2, **passport)
    assert done(receive_online(lacks, at=AT)).application.state == State.RECEIVED


def test_what_is_wrong_with_a_form_is_told_and_nothing_is_kept(scene: Scene) -> None:
    wrong = {
        "voter_pin_form": {"dossier": dossier(pin="3010119901234")},
        "voter_name_needed": {"dossier": dossier(surname="", name="")},
        "voter_application_says_too_little": {"dossier": dossier(address=" ")},
        "voter_own_precinct": {"target": scene.places[1].precinct},
        "voter_copies_too_many": {"copies": (copy(),) * 6},
        "upload_of_another_type": {"copies": (type(copy())(copy().kind, b"<html>"),)},
    }
    for code, changes in wrong.items():
        assert refused(receive_online(filing(scene, **changes), at=AT)) == (code,), code  # type: ignore[arg-type]  # fields by name
    assert not Application.objects.exists()
    assert not SealedFile.objects.exists()


def test_a_form_that_is_sent_twice_files_once(scene: Scene) -> None:
    sent = filing(scene)
    done(receive_online(sent, at=AT))
    assert refused(receive_online(sent, at=AT + HOUR)) == ("voter_application_received_before",)


def test_numbers_run_within_the_precinct(scene: Scene) -> None:
    found = [received(scene).application.label, received(scene, place=1).application.label]
    assert [*found, received(scene).application.label] == ["1001/1", "1002/1", "1001/2"]


# ------------------------------------------------------------------------------------- the way


def test_every_arc_of_the_table_and_no_other_can_be_gone() -> None:
    assert {each.target for each in ARCS} == set(State)
    assert arc(State.RECEIVED, Act.FORWARD, Kind.VOTING_ADDRESS) == next(
        each for each in ARCS if each.act is Act.FORWARD and each.target is State.WITH_SERVICE
    )
    assert arc(State.WITH_SERVICE, Act.CORRECT, Kind.NOT_LISTED) is None
    assert not [each for each in ARCS if each.source in (State.INCLUDED, State.REFUSED, State.SUPERSEDED)]


@pytest.mark.norm("L15.3.a3", "L15.3.a4", "L15.4.b1")
def test_a_voting_address_passes_no_administrator(scene: Scene) -> None:
    for kind, state in ((Kind.MISTAKE, State.WITH_ADMINISTRATOR), (Kind.VOTING_ADDRESS, State.WITH_SERVICE)):
        found = received(scene, kind).application
        assert done(forward(found, version=1, by=scene.secretary, at=AT + HOUR)).application.state == state
        assert not found.steps.get(number=2).late


def test_who_may_not_is_refused_and_nothing_moves(scene: Scene) -> None:
    found = received(scene).application
    assert refused(forward(found, version=1, by=scene.other, at=AT)) == ("other_territory",)
    assert refused(forward(found, version=1, by=scene.administrator, at=AT)) == ("office_may_not",)
    assert refused(pass_on(found, version=1, by=scene.administrator, at=AT)) == ("voter_application_not_so",)
    done(forward(found, version=1, by=scene.secretary, at=AT))
    assert refused(pass_on(found, version=2, by=scene.stranger, at=AT)) == ("other_territory",)
    assert refused(answer(found, Answer(Act.REFER), version=2, by=scene.administrator, at=AT)) == ("office_may_not",)
    assert refused(receive_at_desk(filing(scene), by=scene.other, at=AT)) == ("other_territory",)
    found.refresh_from_db()
    assert (found.state, found.version) == (State.WITH_ADMINISTRATOR, 2)


def test_who_looked_at_an_older_state_is_told(scene: Scene) -> None:
    found = received(scene).application
    done(forward(found, version=1, by=scene.secretary, at=AT))
    assert refused(forward(found, version=1, by=scene.colleague, at=AT)) == ("voter_application_moved_on",)
    assert refused(send_back(found, Ground.DATA_UNCLEAR, "x", version=1, by=scene.colleague, at=AT))


@pytest.mark.norm("L15.4.a1")
def test_the_last_timely_application_counts_once_a_person_has_looked_at_it(scene: Scene) -> None:
    first = with_service(scene, received(scene, Kind.VOTING_ADDRESS).application)
    later = received(scene, Kind.VOTING_ADDRESS, place=1, at=AT + HOUR).application
    first.refresh_from_db()
    assert first.state == State.WITH_SERVICE
    done(forward(later, version=1, by=scene.other, at=AT + 2 * HOUR))
    first.refresh_from_db()
    assert first.state == State.SUPERSEDED
    third = received(scene, Kind.VOTING_ADDRESS, at=AT + timedelta(minutes=30)).application
    assert refused(forward(third, version=1, by=scene.secretary, at=AT + 3 * HOUR)) == (
        "voter_later_application_counts",
    )


# ------------------------------------------------------------------------------------- answers


@pytest.mark.norm("L15.3.b1", "L15.4.b2")
def test_a_positive_answer_is_taken_only_where_the_register_says_so(scene: Scene) -> None:
    found = with_service(scene, received(scene, Kind.VOTING_ADDRESS, target=scene.places[1].precinct).application)
    entries = Entry.objects.filter(pin=10101199012345, until=None)
    assert refused(answered(scene, found, Act.INCLUDE, AT + HOUR)) == ("voter_register_says_otherwise",)
    man = row(pin=OTHER_PIN, sex="m", born="1980-02-02", precinct="1002")
    delivered(scene, [row(basis="voting_address", house="9"), man], number=2, at=AT + HOUR)
    assert entries.get().precinct.number == "1001"
    assert refused(answered(scene, found, Act.INCLUDE, AT + 3 * HOUR)) == ("voter_register_says_otherwise",)
    delivered(scene, [row(basis="voting_address", precinct="1002"), man], number=3, at=AT + 4 * HOUR)
    said = done(answered(scene, found, Act.INCLUDE, AT + 6 * HOUR))
    step = Step.objects.get(application=found, act=Act.INCLUDE)
    assert (found.__class__.objects.get().state, step.entry) == (State.INCLUDED, entries.get().pk)
    assert step.changed_on == (AT + 5 * HOUR).astimezone(BISHKEK).date()
    assert not step.late
    assert said is not None
    assert entries.count() == 1


@pytest.mark.norm("L15.3.b1")
def test_an_answer_later_than_two_days_after_the_change_is_on_record_as_late(scene: Scene) -> None:
    found = with_service(scene, received(scene, Kind.MISTAKE).application)
    man = row(pin=OTHER_PIN, sex="m", born="1980-02-02", precinct="1002")
    delivered(scene, [row(surname="Сатыбалдиева"), man], number=2, at=AT + HOUR)
    end = datetime(2020, 9, 12, 18, tzinfo=UTC)  # midnight after the second day in Bishkek
    for at, late in ((end - A_SECOND, False), (end, True)):
        with transaction.atomic():
            done(answered(scene, found, Act.CORRECT, at))
            assert Step.objects.get(application=found, act=Act.CORRECT).late is late
            transaction.set_rollback(True)


def test_an_entry_that_was_there_before_the_receipt_answers_nothing(scene: Scene) -> None:
    found = with_service(scene, received(scene).application)
    assert refused(answered(scene, found, Act.INCLUDE, AT + HOUR)) == ("voter_register_says_otherwise",)
    entry = Entry.objects.get(pin=10101199012345)
    forged = Step(application=found, number=9, act=Act.INCLUDE, source=found.state, target=State.INCLUDED, at=AT)
    forged.entry, forged.changed_on = entry.pk, AT.date()
    with pytest.raises(IntegrityError, match="the register does not say so"), transaction.atomic():
        forged.save()


@pytest.mark.norm("L15.3.c")
def test_who_has_no_biometric_data_is_referred_and_included_afterwards(scene: Scene) -> None:
    found = received(scene, dossier=dossier(pin=UNKNOWN_PIN)).application
    with_service(scene, found)
    done(answered(scene, found, Act.REFER, AT + HOUR))
    found.refresh_from_db()
    assert (found.state, Notice.objects.count()) == (State.REFERRED, 2)
    man = row(pin=OTHER_PIN, sex="m", born="1980-02-02", precinct="1002")
    delivered(scene, [row(), man, row(pin=UNKNOWN_PIN, born="1971-05-05")], number=2, at=AT + HOUR)
    done(answered(scene, found, Act.INCLUDE, AT + 3 * HOUR))
    found.refresh_from_db()
    assert (found.state, found.told_at) == (State.INCLUDED, None)


def test_a_refusal_says_why_and_names_nobody(scene: Scene) -> None:
    found = with_service(scene, received(scene).application)
    assert refused(answered(scene, found, Act.REFUSE, AT)) == ("voter_refusal_ground_needed",)
    ground = {"ground": Refusal.NO_DATA}
    assert refused(answered(scene, found, Act.REFUSE, AT, **ground)) == ("voters_reason_needed",)
    named = {**ground, "reason": "ПИН 101 0119 9012345 жок"}
    assert refused(answered(scene, found, Act.REFUSE, AT, **named)) == ("voter_reason_with_pin",)
    done(answered(scene, found, Act.REFUSE, AT, **ground, reason="Реестрде жок"))
    papers = [each.document for each in Notice.objects.select_related("document")]
    assert sorted(each.language for each in papers) == ["ky", "ru"]
    told = "".join(str(each.data) for each in papers)
    assert not [word for word in ("Сатыбалдиева", "Айгүл", "10101199012345", "Реестрде жок") if word in told]


@pytest.mark.norm("L15.3.b2", "L15.4.b3")
def test_the_voter_is_told_once_by_an_office_or_by_the_own_page(scene: Scene) -> None:
    ground = {"ground": Refusal.OTHER, "reason": "Бар"}
    found = with_service(scene, received(scene).application)
    assert refused(tell(found, Telling.Channel.PHONE, version=3, by=scene.administrator, at=AT)) == (
        "voter_application_not_so",
    )
    done(answered(scene, found, Act.REFUSE, AT, **ground))
    assert list(queries.to_tell(queries.of_tec(found.voting, found.tec), straight=False)) == [found]
    done(tell(found, Telling.Channel.PHONE, version=4, by=scene.administrator, at=AT + DAY))
    assert refused(tell_by_page(found, at=AT + DAY)) == ("voter_application_not_so",)
    other = with_service(scene, received(scene, Kind.VOTING_ADDRESS).application)
    done(answered(scene, other, Act.REFUSE, AT, **ground))
    assert done(tell_by_page(other, at=AT)).channel == Telling.Channel.PAGE


# ------------------------------------------------------------------------------------- what the database holds


def test_the_database_lets_nothing_past_the_table(scene: Scene) -> None:
    found = received(scene).application
    rows = Application.objects.filter(pk=found.pk)
    for changes in (
        {"state": State.INCLUDED, "version": 2},
        {"state": State.WITH_ADMINISTRATOR, "version": 2},  # without its step
        {"kind": Kind.MISTAKE},
        {"person_mark": "0" * 64},
        {"told_at": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**changes)
    with pytest.raises(Exception, match="Cannot delete"), transaction.atomic():
        rows.delete()


def test_what_a_voter_wrote_lies_sealed_and_the_ledger_knows_numbers(scene: Scene) -> None:
    found = received(scene).application
    assert dossiers.read(found.dossier) == dossier()
    rows = str(list(Application.objects.values())) + str(list(Step.objects.values()))
    acts = str(list(Recorded.objects.filter(name__startswith="voters.app").values("subject", "payload")))
    assert "1001" in acts
    assert not [word for word in ("Сатыбалдиева", "Айгүл", "10101199012345", "0555123456") if word in rows + acts]


def test_a_code_opens_its_own_application_only(scene: Scene) -> None:
    first, second = received(scene), received(scene)
    assert queries.follow("1001/1", dossiers.shown(first.code).lower()) == first.application
    tries = [("1001/1", second.code), ("1001/2", first.code), ("1001/99", first.code), ("x", "x"), ("9/9", "")]
    assert [queries.follow(*each) for each in tries] == [None] * len(tries)
    assert first.code not in str(Application.objects.values().get(pk=first.application.pk))
