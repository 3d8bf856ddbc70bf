"""What missions and institutions wrote goes when its time is over; numbers, faults and the way stay."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from shailoo.documents.sealed.models import SealedFile
from shailoo.elections.models import Clock, Moment
from shailoo.observation.actions.retention import PUBLICATION
from shailoo.voters.sources import jobs, retention
from shailoo.voters.sources.actions import pass_on_mission_data, receive_mission_data, report_institution
from shailoo.voters.sources.people import typed
from shailoo.voters.sources.queries import faults_of
from tests.commissions.sittings import done
from tests.counting.browser import signed_in
from tests.voters.scene import AT, accepted, package, row
from tests.voters.sources.scene import LATER, Sources
from tests.voters.sources.test_reports import EXPECTED, hospital, sent

PUBLISHED = date(2020, 10, 20)
LAST = AT.replace(year=2020, month=10, day=20) + timedelta(days=settings.OBSERVATION_KEPT_DAYS)


def test_reports_are_erased_and_what_was_found_of_them_stays(scene: Sources) -> None:
    voters = scene.voters
    voting, election = voters.voting, voters.election
    accepted(voters, package(voters, [row(pin="10101199010001")]))
    report = sent(scene)
    done(pass_on_mission_data(report, by=scene.ministry, at=LATER))
    done(receive_mission_data(report, by=voters.service, at=LATER + timedelta(hours=1)))
    pins = typed("10101199010001")
    told = done(report_institution(voting, hospital(), pins, by=scene.pec, at=AT + timedelta(hours=2)))
    assert SealedFile.objects.filter(ciphertext__isnull=False).count() == 2
    client, address = signed_in(voters.service), f"/ky/desk/voters/sources/missions/{report.pk}/voters.csv"
    before_it = client.get(address).status_code
    assert retention.erase_what_is_over(election, at=LAST + timedelta(days=99)) == 0, "no results are published"
    Moment.objects.create(voting=voting, anchor=PUBLICATION, day=PUBLISHED, office=voters.chair, at=AT, act="x")
    assert retention.erase_what_is_over(election, at=LAST) == 0, "the last day"
    Clock.objects.update_or_create(
        election=election, defaults={"set_at": timezone.now(), "shows": LAST + timedelta(days=1)}
    )
    jobs.erase_what_is_over.func(0)
    assert not SealedFile.objects.filter(ciphertext__isnull=False).exists()
    assert {each.row: each.codes for each in faults_of(report)} == EXPECTED
    told.refresh_from_db()
    assert (told.rows, told.listed) == (1, 1)
    assert (before_it, client.get(address).status_code) == (200, 404)
