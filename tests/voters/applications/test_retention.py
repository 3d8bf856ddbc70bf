"""What voters wrote goes when its time is over; that they applied and what was answered stays, without them."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings

from shailoo.documents.sealed.models import SealedFile
from shailoo.elections.models import Moment
from shailoo.observation.actions.retention import PUBLICATION
from shailoo.voters.applications import jobs, retention
from shailoo.voters.applications.models import Application
from tests.counting.browser import signed_in
from tests.voters.applications.scene import AT, Scene, at_desk, registered, shows

PUBLISHED = date(2020, 10, 20)


def test_dossiers_and_copies_are_erased_and_nothing_else(scene: Scene) -> None:
    found, request = at_desk(scene), registered(scene).request
    election = scene.register.election
    later = AT + timedelta(days=400)
    assert retention.erase_what_is_over(election, at=later) == 0
    office, voting = scene.chair, scene.register.voting
    Moment.objects.create(voting=voting, anchor=PUBLICATION, day=PUBLISHED, office=office, at=AT, act="x")
    last = AT.replace(year=2020, month=10, day=20) + timedelta(days=settings.OBSERVATION_KEPT_DAYS)
    assert retention.erase_what_is_over(election, at=last) == 0
    shows(scene, last + timedelta(days=1))
    jobs.erase_what_is_over.func(0)
    assert not SealedFile.objects.filter(ciphertext__isnull=False).exists()
    assert SealedFile.objects.count() == 3
    assert Application.objects.get().state == found.state
    client = signed_in(scene.secretary)
    for address in (f"{found.pk}/", f"mobile/{request.pk}/"):
        page = client.get(f"/ky/desk/voters/applications/{address}").content.decode()
        assert "сактоо мөөнөтү бүткөн" in page
    assert client.get(f"/ky/desk/voters/applications/{found.pk}/papers/{found.papers.get().pk}/").status_code == 404
