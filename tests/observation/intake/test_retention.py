"""Personal documents go when their time has ended: after the official publication, continued over a repeat voting."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from pytest_django import Settings

from shailoo.documents.sealed.actions import ErasedError
from shailoo.documents.sealed.models import SealedFile
from shailoo.elections.actions import record_moment
from shailoo.elections.clock import BISHKEK
from shailoo.elections.models import Voting
from shailoo.ledger.models import Act
from shailoo.observation import dossier
from shailoo.observation.actions.enquiries import Asking, confirm, enquire
from shailoo.observation.actions.filing import withdraw
from shailoo.observation.actions.retention import erase_application, forget_unproved, kept_until
from shailoo.observation.checking import findings_of
from shailoo.observation.jobs import erase_all_that_is_over
from shailoo.observation.models import Application, Enquiry, Sender
from tests.commissions.sittings import done
from tests.observation.intake.drafts import filed, mission
from tests.observation.scene import AT, SINCE, Scene, build

pytestmark = pytest.mark.django_db
PUBLISHED = date(2020, 10, 20)


@pytest.fixture
def scene() -> Scene:
    return build()


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=BISHKEK)


def publish(scene: Scene, voting: Voting, day: date) -> None:
    done(record_moment(voting, "publication_of_results", day, by=scene.operator, at=at(day)))


def left(application: Application) -> int:
    return SealedFile.objects.filter(subject=application.subject, ciphertext__isnull=False).count()


@pytest.mark.norm("R3.8.a2")
def test_documents_are_kept_until_the_last_day_and_then_erased(scene: Scene, settings: Settings) -> None:
    settings.OBSERVATION_KEPT_DAYS = 30
    found = filed(mission(scene, 2))
    held = left(found)
    assert (held, kept_until(scene.election)) == (7, None), "two dossiers, portraits and copies, and the list"
    assert erase_application(found, at=at(date(2021, 6, 1))) == 0, "without a publication nothing goes"
    publish(scene, scene.voting, PUBLISHED)
    last = PUBLISHED + timedelta(days=30)
    assert kept_until(scene.election) == last
    assert erase_application(found, at=at(last)) == 0
    assert erase_application(found, at=at(last + timedelta(days=1))) == held
    assert left(found) == 0
    act = Act.objects.get(name="application.erased")
    assert (act.subject, act.office_id) == (found.subject, None)
    with pytest.raises(ErasedError):
        dossier.of(found.applicants.first() or pytest.fail("the person stays"))
    assert found.applicants.exclude(surname="").count() == 2, "what the law has published stays"
    assert findings_of(found, at(last))[None] is not None, "what is erased breaks no page"


@pytest.mark.norm("R3.8.b1", "R3.8.b2")
def test_a_repeat_voting_carries_the_time_on(scene: Scene, settings: Settings) -> None:
    settings.OBSERVATION_KEPT_DAYS = 30
    publish(scene, scene.voting, PUBLISHED)
    repeat = Voting.objects.create(election=scene.election, kind=Voting.Kind.REPEAT, day=date(2020, 11, 8))
    assert kept_until(scene.election) is None
    publish(scene, repeat, date(2020, 11, 20))
    assert kept_until(scene.election) == date(2020, 12, 20)


def test_what_was_taken_back_is_erased_by_the_next_night(scene: Scene) -> None:
    kept, taken_back = filed(mission(scene, 1)), filed(mission(scene, 1, first=20))
    done(withdraw(taken_back, by=scene.mission, at=AT))
    assert left(taken_back) > 0
    scene.desk.at(AT + timedelta(days=1))
    gone = erase_all_that_is_over()
    assert gone > 0
    assert (left(taken_back), left(kept) > 0) == (0, True)
    assert erase_all_that_is_over() == 0, "a second pass finds nothing"


def test_enquiries_of_nobody_are_forgotten_and_proved_ones_stay() -> None:
    asking = Asking("Common Cause", Sender.Kind.NGO, "Асанова Айгүл", "common@example.org", "ky")
    enquire(asking, at=SINCE)
    done(confirm(enquire(asking, at=SINCE).secret, at=SINCE))
    assert forget_unproved(SINCE + timedelta(days=2)) == 0
    assert forget_unproved(SINCE + timedelta(days=4)) == 1
    assert Enquiry.objects.get().confirmed_at
