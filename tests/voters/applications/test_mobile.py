"""Requests for the mobile box: who may, until when, in which register, what hangs at the station and what does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from shailoo.commissions.models import Matter
from shailoo.elections.agenda import done_by
from shailoo.ledger.models import Act as Recorded
from shailoo.voters.applications import dossier as dossiers
from shailoo.voters.applications import matters, queries
from shailoo.voters.applications.actions import MobileFiling, post_register, register_mobile
from shailoo.voters.applications.models import MobileRequest
from shailoo.voters.applications.papers.contents import register
from tests.commissions.sittings import decided, done, refused
from tests.voters.applications.scene import AT, MOBILE_LAST, OTHER_PIN, UNKNOWN_PIN, Scene, mobile, registered

A_SECOND = timedelta(seconds=1)
POSTED = datetime(2020, 10, 2, 4, tzinfo=UTC)


@pytest.mark.norm("L33.1.a1", "L33.2.a3", "L33.2.a4")
def test_requests_get_running_numbers_until_the_last_second(scene: Scene) -> None:
    first = registered(scene, at=MOBILE_LAST).request
    assert (first.number, queries.mobile_requests(first.precinct, first.voting)) == (1, 1)
    with transaction.atomic():
        late = register_mobile(mobile(scene), by=scene.secretary, at=MOBILE_LAST + A_SECOND)
        assert refused(late) == ("mobile_request_known",)
    other = mobile(scene, 1, pin=OTHER_PIN)
    assert refused(register_mobile(other, by=scene.other, at=MOBILE_LAST + A_SECOND)) == ("mobile_application_late",)
    assert done(register_mobile(other, by=scene.other, at=MOBILE_LAST)).request.number == 1


@pytest.mark.norm("L15.6", "L33.1.a1", "L33.2.a5")
def test_what_the_law_does_not_grant_is_refused(scene: Scene) -> None:
    cases = {
        "mobile_voter_not_listed": {"pin": UNKNOWN_PIN},
        "mobile_reason_not_of_the_law": {"reason": "work"},
        "polling_requirement_not_met": {"explained": " "},
        "voter_pin_form": {"pin": "123"},
    }
    for code, changes in cases.items():
        assert code in refused(register_mobile(mobile(scene, **changes), by=scene.secretary, at=AT)), code
    assert "mobile_voter_not_listed" in refused(register_mobile(mobile(scene, 1), by=scene.other, at=AT))
    assert "other_territory" in refused(register_mobile(mobile(scene), by=scene.other, at=AT))
    assert not MobileRequest.objects.exists()


@pytest.mark.norm("L33.1.a1")
def test_military_staff_vote_so_by_decision_only(scene: Scene) -> None:
    place = scene.places[0]
    asked = mobile(scene, reason="military_unit")
    assert "polling_requirement_not_met" in refused(register_mobile(asked, by=scene.secretary, at=AT))
    wrong = decided(scene.secretary.body, Matter.OTHER, "mobile_military:0-1001", at=AT)
    with_wrong = MobileFiling(place, asked.dossier, wrong)
    assert refused(register_mobile(with_wrong, by=scene.secretary, at=AT)) == ("ground_on_another_subject",)
    right = decided(scene.secretary.body, Matter.OTHER, matters.military(place), at=AT)
    assert list(matters.military_decisions(place)) == [right]
    answer = register_mobile(MobileFiling(place, asked.dossier, right), by=scene.secretary, at=AT)
    assert done(answer).request.decision == right


@pytest.mark.norm("L33.4.b")
def test_the_register_is_posted_on_its_day_and_late_is_on_record(scene: Scene) -> None:
    registered(scene)
    place = scene.places[0]
    assert refused(post_register(place, by=scene.secretary, at=POSTED - timedelta(days=1))) == (
        "mobile_register_too_early",
    )
    made = done(post_register(place, by=scene.secretary, at=POSTED))
    assert (made.requests, made.late) == (1, False)
    assert refused(post_register(place, by=scene.colleague, at=POSTED)) == ("mobile_register_posted_before",)
    late = done(post_register(scene.places[1], by=scene.other, at=POSTED + timedelta(days=1)))
    assert (late.requests, late.late) == (0, True)
    found = done_by(place.voting, "mobile_voting_registry_posted")
    assert set(found) == {scene.secretary.body_id, scene.other.body_id}


@pytest.mark.norm("L33.4.b")
def test_what_hangs_at_the_station_has_names_and_no_reason(scene: Scene) -> None:
    request = registered(scene).request
    rows = queries.names(queries.register(request.voting, request.precinct))
    assert rows == [(1, "Асанова Айгүл Бакыт кызы")]
    for language in ("ky", "ru", "en"):
        paper = register("1001", rows, None, scene.secretary.body, None, language)
        said = str(paper)
        assert "Айгүл" in said
        assert not [word for word in ("Сынган", "Кербен", "health", "10101199012345") if word in said]


def test_the_reason_lies_sealed_and_the_row_never_changes(scene: Scene) -> None:
    request = registered(scene).request
    assert dossiers.read(request.dossier).explained == "Сынган бут"
    kept = str(list(MobileRequest.objects.values())) + str(list(Recorded.objects.values("subject", "payload")))
    assert not [word for word in ("Сынган", "health", "10101199012345", "Айгүл") if word in kept]
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        MobileRequest.objects.update(number=7)
    copy = MobileRequest.objects.get()
    copy.pk, copy.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_the_country_is_counted_by_precinct(scene: Scene) -> None:
    registered(scene)
    found = queries.by_precinct(scene.register.voting)
    assert [(each.precinct.number, each.requests) for each in found] == [("1001", 1), ("1002", 0), ("1003", 0)]  # type: ignore[attr-defined]  # annotated
    assert [each.mobile for each in queries.overview(scene.register.voting, AT)] == [1]
