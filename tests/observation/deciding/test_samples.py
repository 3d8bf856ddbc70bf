"""Samples of certificate and application: approved by the CEC, as versions of the form in use (R3.9)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from shailoo.observation import matters
from shailoo.observation.actions import samples
from shailoo.observation.actions.samples import approve_sample, in_use
from shailoo.observation.models import Sample
from tests.commissions.sittings import decided, done, refused
from tests.counting.browser import signed_in
from tests.observation import scene as at_work
from tests.observation.scene import AT, Scene

pytestmark = pytest.mark.django_db
CERTIFICATE = Sample.What.CERTIFICATE


@pytest.fixture
def scene() -> Scene:
    return at_work.build()


@pytest.mark.norm("R3.9")
def test_the_cec_approves_the_form_in_use_and_a_changed_form_asks_for_another_decision(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(approve_sample(CERTIFICATE, None, by=scene.operator, at=AT)) == ("decision_missing",)
    assert refused(approve_sample(CERTIFICATE, None, by=scene.tec_chair, at=AT)) == ("sample_is_the_cecs",)
    asked = matters.sample(CERTIFICATE, in_use(CERTIFICATE))
    decision = decided(scene.cec, asked.matter, asked.subject, at=AT)
    page = signed_in(scene.operator).get("/en/desk/observation/samples/").content.decode()
    assert "not approved yet" in page
    assert decision.label in page
    sent = {"what": "certificate", "decision": str(decision.pk)}
    assert signed_in(scene.operator).post("/en/desk/observation/samples/", sent).status_code == 302
    assert Sample.objects.get().version == 1
    assert "version 1 is in use" in signed_in(scene.operator).get("/en/desk/observation/samples/").content.decode()
    monkeypatch.setattr(samples, "sha256", lambda _content: "f" * 64)
    changed = signed_in(scene.operator).get("/en/desk/observation/samples/").content.decode()
    assert "the form in use has changed" in changed
    old = approve_sample(CERTIFICATE, decision, by=scene.operator, at=AT)
    assert refused(old) == ("ground_on_another_subject",)
    asked = matters.sample(CERTIFICATE, in_use(CERTIFICATE))
    second = decided(scene.cec, asked.matter, asked.subject, at=AT)
    assert done(approve_sample(CERTIFICATE, second, by=scene.operator, at=AT)).version == 2


def test_the_database_keeps_samples_to_the_cecs_decision_on_this_form(scene: Scene) -> None:
    asked = matters.sample(CERTIFICATE, in_use(CERTIFICATE))
    decision = decided(scene.tec, asked.matter, asked.subject, at=AT)
    row = {"what": CERTIFICATE, "version": 1, "digest": in_use(CERTIFICATE), "office": scene.operator, "at": AT}
    with pytest.raises(IntegrityError, match="a_sample_is_approved_by_the_cec"), transaction.atomic():
        Sample.objects.create(**row, carries_out=decision)


def test_other_commissions_have_no_samples(scene: Scene) -> None:
    assert signed_in(scene.tec_chair).get("/en/desk/observation/samples/").status_code == 404
