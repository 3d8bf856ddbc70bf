"""How an accreditation ends early, what becomes of the certificates, and what is renewed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shailoo.commissions.models import Decision, Matter
from shailoo.documents.certificates.code import Kind
from shailoo.documents.certificates.queries import revocation_list
from shailoo.documents.sealed.actions import opened
from shailoo.elections.models import Voting
from shailoo.law.observation.revocation import RevocationGround
from shailoo.ledger.models import Act
from shailoo.observation.actions.assistance import answer_help, ask_for_help
from shailoo.observation.actions.ending import Ended, recall, revoke
from shailoo.observation.actions.filing import sealed_files
from shailoo.observation.actions.interpreters import Speaker, enter_interpreter, renew
from shailoo.observation.actions.listing import draw_up
from shailoo.observation.badges import certificate_of
from shailoo.observation.checking import findings_of
from shailoo.observation.models import Accreditation, Application, AssistanceRequest, Ending, Renewal
from shailoo.observation.queries.presence import comers
from shailoo.observation.queries.terms import standing
from tests.commissions.sittings import decided, done, refused
from tests.observation import scene as at_work
from tests.observation.scene import DECIDED, Scene, accredited, draft, filed, sheet

pytestmark = pytest.mark.django_db
KIND = Application.Kind
LATER = DECIDED + timedelta(days=3)
BROKE = Ended(RevocationGround.ELECTORAL_LAW_BROKEN, "campaigned at a station", "L10.5", gross=True)


@pytest.fixture
def scene() -> Scene:
    return at_work.build()


@pytest.fixture
def observer(scene: Scene) -> Accreditation:
    return accredited(filed(draft(scene, scene.mission, KIND.INTERNATIONAL)), scene.operator)[0]


def on_revoking(scene: Scene, found: Accreditation) -> Decision:
    return decided(found.commission, Matter.REVOCATION, found.subject, at=LATER, election=scene.election.slug)


# ------------------------------------------------------------------------------------- taken back


@pytest.mark.norm("L10.6", "R4.7.a1", "E10.6")
def test_a_breach_ends_an_accreditation_and_its_certificate_is_on_the_list_at_once(
    scene: Scene, observer: Accreditation
) -> None:
    before = revocation_list(LATER).text
    ending = done(revoke(observer, BROKE, on_revoking(scene, observer), by=scene.operator, at=LATER))
    assert (ending.ground, ending.norm_broken, ending.gross) == ("electoral_law_broken", "L10.5", True)
    assert observer.certificate.revocation.reason == "breach"
    assert revocation_list(LATER + timedelta(seconds=1)).text != before
    on = LATER.date()
    assert not standing(Accreditation.objects.get(pk=observer.pk), on).active
    assert standing(Accreditation.objects.get(pk=observer.pk), on - timedelta(days=1)).active
    assert "campaigned" not in Act.objects.get(name="accreditation.ended").payload


@pytest.mark.norm("R3.10", "R4.7.a1")
def test_whoever_was_deprived_grossly_is_found_again_by_document_or_by_name(
    scene: Scene, observer: Accreditation
) -> None:
    done(revoke(observer, BROKE, on_revoking(scene, observer), by=scene.operator, at=LATER))
    for mark in ("identity_mark", "person_mark"):
        application = draft(scene, scene.mission, KIND.INTERNATIONAL)
        same = application.applicants.get()
        setattr(same, mark, getattr(observer.applicant, mark))
        same.save()
        codes = {each.code for each in findings_of(filed(application), LATER)[same.pk].findings}
        assert "accreditation_earlier_deprived" in codes


@pytest.mark.norm("R4.7.a2")
@pytest.mark.parametrize("request_of", ["request_of_organization", "request_of_observer"])
def test_on_a_written_request_it_ends_and_counts_against_nobody(
    scene: Scene, observer: Accreditation, request_of: str
) -> None:
    asked = Ended(RevocationGround(request_of), "the mission leaves early", request=b"")
    decision = on_revoking(scene, observer)
    assert refused(revoke(observer, asked, decision, by=scene.operator, at=LATER)) == (
        "revocation_request_not_written",
    )
    written = Ended(RevocationGround(request_of), "the mission leaves early", request=b"%PDF a letter")
    ending = done(revoke(observer, written, decision, by=scene.operator, at=LATER))
    assert ending.gross is None
    assert ending.request is not None
    assert opened(ending.request) == b"%PDF a letter"
    assert observer.certificate.revocation.reason == "withdrawn"


@pytest.mark.norm("L10.6", "L10-1.9")
def test_nothing_is_taken_back_without_the_decision_of_that_commission_on_that_person(
    scene: Scene, observer: Accreditation
) -> None:
    other = accredited(filed(draft(scene, scene.mission, KIND.INTERNATIONAL)), scene.operator)[0]
    assert refused(revoke(observer, BROKE, None, by=scene.operator, at=LATER)) == ("decision_missing",)
    wrong = on_revoking(scene, other)
    assert refused(revoke(observer, BROKE, wrong, by=scene.operator, at=LATER)) == ("ground_on_another_subject",)
    assert "other_territory" in refused(revoke(observer, BROKE, wrong, by=scene.tec_chair, at=LATER))
    with pytest.raises(IntegrityError, match="the_commission_that_accredited_takes_it_back"), transaction.atomic():
        Ending.objects.create(
            accreditation=observer,
            ground="legislation_broken",
            reason="x",
            decision=wrong,
            office=scene.operator,
            at=LATER,
        )
    assert not Ending.objects.exists()


@pytest.mark.parametrize(
    ("ended", "code"),
    [
        (Ended(RevocationGround.ELECTORAL_LAW_BROKEN, "because"), "revocation_names_no_norm"),
        (Ended(RevocationGround.ELECTORAL_LAW_BROKEN, " ", "L10.5"), "ending_without_reason"),
    ],
)
def test_a_decision_names_the_norm_and_the_reason(
    scene: Scene, observer: Accreditation, ended: Ended, code: str
) -> None:
    decision = on_revoking(scene, observer)
    assert refused(revoke(observer, ended, decision, by=scene.operator, at=LATER)) == (code,)
    assert not hasattr(Accreditation.objects.get(pk=observer.pk).certificate, "revocation")


@pytest.mark.norm("L10-1.9")
def test_a_citizen_observer_is_revoked_by_the_commission_that_accredited_on_the_laws_grounds_alone(
    scene: Scene,
) -> None:
    (found,) = accredited(filed(draft(scene, scene.ngo, KIND.CITIZEN, commission=scene.pec)), scene.pec_chair)
    decision = on_revoking(scene, found)
    regulation = Ended(RevocationGround.REGULATION_BROKEN, "a by-law", "R4.6")
    codes = refused(revoke(found, regulation, decision, by=scene.pec_chair, at=LATER))
    assert codes == ("revocation_on_no_ground_of_the_law",)
    done(revoke(found, BROKE, decision, by=scene.pec_chair, at=LATER))
    assert Ending.objects.get().gross is False, "only an international observer is barred later"


# ------------------------------------------------------------------------------------- recalled


@pytest.mark.norm("L9.1.b1", "L9.2.a1")
def test_a_party_recalls_its_observer_itself_and_the_place_is_free_again(scene: Scene) -> None:
    application = filed(draft(scene, scene.party, KIND.OBSERVER, people=2, commission=scene.pec))
    first, _second = accredited(application, scene.pec_chair)
    done(recall(first, "ill", by=scene.party, at=LATER))
    assert first.certificate.revocation.reason == "withdrawn"
    again = filed(draft(scene, scene.party, KIND.OBSERVER, commission=scene.pec))
    assert len(accredited(again, scene.pec_chair)) == 1
    assert refused(recall(first, "ill", by=scene.party, at=LATER)) == ("accreditation_ended_before",)


def test_nobody_recalls_anothers_observer_and_no_one_an_international_one(
    scene: Scene, observer: Accreditation
) -> None:
    (found,) = accredited(filed(draft(scene, scene.party, KIND.OBSERVER, commission=scene.pec)), scene.pec_chair)
    assert refused(recall(found, "x", by=scene.other_party, at=LATER)) == ("office_may_not",)
    assert refused(recall(found, "x", by=scene.tec_chair, at=LATER)) == ("other_territory",)
    assert refused(recall(observer, "x", by=scene.mission, at=LATER)) == ("recall_of_decided_accreditation",)


# ------------------------------------------------------------------------------------- interpreters, renewals


@pytest.mark.norm("R4.4.2")
def test_an_interpreter_has_a_card_of_his_own_that_goes_with_the_observers(
    scene: Scene, observer: Accreditation
) -> None:
    speaker = Speaker("Эркинова Чолпон", "кыргызча, english", b"%PDF identity")
    found = done(enter_interpreter(observer, speaker, by=scene.operator, at=LATER))
    assert (found.certificate.kind, found.certificate.number) == (Kind.INTERPRETER, "IP-2020-00001")
    assert found.certificate.valid_until == observer.certificate.valid_until
    done(revoke(observer, BROKE, on_revoking(scene, observer), by=scene.operator, at=LATER))
    assert found.certificate.revocation.reason == "breach"
    late = enter_interpreter(observer, speaker, by=scene.operator, at=LATER)
    assert refused(late) == ("accreditation_ended_before",)
    held = sealed_files(observer.applicant.application)
    assert found.dossier in held, "erased with the application's own"


def test_only_international_observers_bring_interpreters(scene: Scene) -> None:
    (found,) = accredited(filed(draft(scene, scene.medium, KIND.MEDIA)), scene.operator)
    speaker = Speaker("Эркинова Чолпон", "english", b"x")
    assert refused(enter_interpreter(found, speaker, by=scene.operator, at=LATER)) == ("interpreter_for_others",)


def test_a_lost_certificate_is_revoked_and_another_one_given(scene: Scene, observer: Accreditation) -> None:
    renewal = done(renew(observer, Renewal.Reason.LOST, by=scene.operator, at=LATER))
    assert observer.certificate.revocation.reason == "lost"
    assert certificate_of(observer) == renewal.certificate
    assert renewal.certificate.valid_until == observer.certificate.valid_until
    known = comers([renewal.certificate.number], scene.election)[renewal.certificate.number]
    assert (known.sender, known.revoked_at) == (observer.sender_id, None), "known at the door"
    decision = on_revoking(scene, observer)
    done(revoke(observer, BROKE, decision, by=scene.operator, at=LATER + timedelta(hours=1)))
    assert renewal.certificate.revocation.reason == "breach"


@pytest.mark.norm("R3.8.b1", "R3.8.b2")
def test_over_a_repeat_voting_the_accreditation_goes_on_with_a_later_bound(
    scene: Scene, observer: Accreditation
) -> None:
    assert refused(renew(observer, Renewal.Reason.TERM, by=scene.operator, at=LATER)) == ("renewal_not_needed",)
    Voting.objects.create(election=scene.election, kind=Voting.Kind.REPEAT, day=scene.voting.day + timedelta(days=21))
    renewal = done(renew(observer, Renewal.Reason.TERM, by=scene.operator, at=LATER))
    assert renewal.certificate.valid_until > observer.certificate.valid_until
    assert not hasattr(observer.certificate, "revocation"), "the former one is good until its own bound"


# ------------------------------------------------------------------------------------- help


@pytest.mark.norm("R4.8.a2", "E10.7")
def test_help_that_is_asked_for_is_answered_once_and_both_are_kept(scene: Scene, observer: Accreditation) -> None:
    asked = done(ask_for_help(observer, scene.tec, "a room for a meeting", by=scene.mission, at=LATER))
    assert refused(answer_help(asked, "yes", by=scene.pec_chair, at=LATER)) == ("other_territory",)
    assert refused(answer_help(asked, " ", by=scene.tec_chair, at=LATER)) == ("assistance_without_words",)
    done(answer_help(asked, "room 12", by=scene.tec_chair, at=LATER))
    assert refused(answer_help(asked, "yes", by=scene.tec_chair, at=LATER)) == ("assistance_answered_before",)
    assert Act.objects.filter(name__startswith="assistance.").count() == 2
    (medium,) = accredited(filed(draft(scene, scene.medium, KIND.MEDIA)), scene.operator)
    assert refused(ask_for_help(medium, scene.tec, "x", by=scene.medium, at=LATER)) == ("assistance_for_others",)
    assert AssistanceRequest.objects.count() == 1


def test_whoever_lost_the_accreditation_is_not_on_the_way_to_another_one_by_the_same_list(
    scene: Scene, observer: Accreditation
) -> None:
    done(revoke(observer, BROKE, on_revoking(scene, observer), by=scene.operator, at=LATER))
    again = draw_up(sheet(observer.applicant.application, scene.operator), by=scene.operator, at=LATER)
    assert refused(again) == ("answered_already",)
