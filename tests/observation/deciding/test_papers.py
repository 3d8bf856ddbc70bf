"""What is frozen with an answer: annexes with the names that the law publishes, refusals and endings without any."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from shailoo.commissions.models import Matter
from shailoo.documents.models import Document
from shailoo.law.observation.revocation import RevocationGround
from shailoo.observation.actions.ending import Ended, recall, revoke
from shailoo.observation.actions.listing import Proposed
from shailoo.observation.models import Application
from shailoo.observation.papers.forms import ANNEX, ENDING, REFUSAL
from tests.commissions.sittings import decided, done
from tests.observation import scene as at_work
from tests.observation.scene import DECIDED, Scene, accredited, draft, filed

pytestmark = pytest.mark.django_db
KIND = Application.Kind


@pytest.fixture
def scene() -> Scene:
    return at_work.build()


def text_of(kind: str) -> str:
    return json.dumps([each.data for each in Document.objects.filter(kind=kind)], ensure_ascii=False)


@pytest.mark.norm("R3.4.a1", "R3.4.a2")
def test_the_annex_names_the_accredited_in_three_languages_with_the_hash_of_the_list(scene: Scene) -> None:
    application = filed(draft(scene, scene.mission, KIND.INTERNATIONAL, people=3))
    last = application.applicants.get(row=3)
    row = Proposed(last.pk, accredited=False, ground="documents", reason="the copy cannot be read")
    found = accredited(application, scene.operator, row)
    annexes = Document.objects.filter(kind=ANNEX)
    assert {each.language for each in annexes} == {"ky", "ru", "en"}
    assert {each.number for each in annexes} == {"rehearsal/accreditation/CEC/2020/1"}
    told = text_of(ANNEX)
    assert all(each.applicant.name in told for each in found)
    assert last.given_names not in told
    assert found[0].answer.decision is not None
    assert found[0].answer.decision.label in told


def test_the_annex_on_citizen_observers_names_certificates_and_nobody(scene: Scene) -> None:
    (found,) = accredited(filed(draft(scene, scene.ngo, KIND.CITIZEN, commission=scene.pec)), scene.pec_chair)
    told = text_of(ANNEX)
    assert found.certificate.number in told
    assert found.applicant.given_names not in told


@pytest.mark.norm("R3.5")
def test_a_refusal_is_reasoned_and_names_nobody(scene: Scene) -> None:
    application = filed(draft(scene, scene.mission, KIND.INTERNATIONAL))
    person = application.applicants.get()
    accredited(application, scene.operator, Proposed(person.pk, False, "contrary_aims", "a paid campaign"))
    papers = Document.objects.filter(kind=REFUSAL)
    assert {each.language for each in papers} == {"ky", "en"}
    assert {each.number for each in papers} == {"rehearsal/refusal/CEC/2020/1-1"}
    told = text_of(REFUSAL)
    assert "a paid campaign" in told
    assert "the aims are contrary to the legislation" in told
    for private in (person.surname, person.given_names, f"P{application.pk * 1000 + 1:07d}"):
        assert private not in told
    assert not Document.objects.filter(kind=ANNEX).exists()


@pytest.mark.norm("R4.7.a1")
def test_an_ending_is_told_on_paper_without_the_name(scene: Scene) -> None:
    (found,) = accredited(filed(draft(scene, scene.mission, KIND.INTERNATIONAL)), scene.operator)
    at = DECIDED + timedelta(days=1)
    decision = decided(scene.cec, Matter.REVOCATION, found.subject, at=at, election=scene.election.slug)
    ended = Ended(RevocationGround.ELECTORAL_LAW_BROKEN, "campaigned", "L10.5", gross=True)
    done(revoke(found, ended, decision, by=scene.operator, at=at))
    told = text_of(ENDING)
    assert found.certificate.number in told
    assert "L10.5" in told
    assert found.applicant.given_names not in told


def test_a_recall_is_told_in_words_too(scene: Scene) -> None:
    (found,) = accredited(filed(draft(scene, scene.party, KIND.OBSERVER, commission=scene.pec)), scene.pec_chair)
    done(recall(found, "ill", by=scene.party, at=DECIDED))
    assert "жөнөтүүчү өзү кайра чакырган" in text_of(ENDING)
