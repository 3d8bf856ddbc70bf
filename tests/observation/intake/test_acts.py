"""What a sender does: begins, fills, mends, hands in, takes back; what the Ministry does; what nobody may."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from shailoo.accounts.models import Invitation
from shailoo.accounts.roles import Role
from shailoo.documents.sealed.models import SealedFile
from shailoo.ledger.models import Act
from shailoo.observation import dossier
from shailoo.observation.actions.attaching import Contains, attach, put_photo, source_of, take_archive
from shailoo.observation.actions.drafting import Plan, begin, describe, put_person, remove_people, take_list
from shailoo.observation.actions.enquiries import Asking, admit_enquiry, confirm, enquire, opened, refuse_enquiry
from shailoo.observation.actions.filing import file_application, send_to_ministry, withdraw, withdraw_person
from shailoo.observation.actions.ministry import forward
from shailoo.observation.actions.senders import Account, admit
from shailoo.observation.intake.columns import Field
from shailoo.observation.models import Applicant, Application, Enquiry, ListUpload, Message, Paper, Sender
from shailoo.observation.states import State
from tests.observation.intake.drafts import (
    PDF_LIKE,
    begun,
    codes,
    done,
    filed,
    listed,
    mission,
    ngo,
    party,
    refused,
)
from tests.observation.intake.files import abroad, archive, at_home, picture, plain, table
from tests.observation.scene import AT, INVITED, SINCE, Scene, build, office, portrait

pytestmark = pytest.mark.django_db
KIND = Application.Kind
LATER = AT + timedelta(hours=1)


@pytest.fixture
def scene() -> Scene:
    return build()


# ------------------------------------------------------------------------------------- drafts


def test_each_sender_sends_its_own_kind_of_people(scene: Scene) -> None:
    wanted = {
        scene.mission: {KIND.INTERNATIONAL},
        scene.ngo: {KIND.CITIZEN},
        scene.party: {KIND.OBSERVER, KIND.REPRESENTATIVE},
        scene.medium: {KIND.MEDIA},
    }
    for by, kinds in wanted.items():
        for kind in KIND:
            answer = begin(by.body.sender, scene.election, kind, Plan(), by=by, at=AT)
            assert (answer.kind == kind) if kind in kinds else refused(answer) == ("sender_sends_no_such_people",)  # type: ignore[union-attr]  # one or the other


def test_no_office_writes_for_another_organization_nor_after_its_end(scene: Scene) -> None:
    draft = mission(scene)
    for by in (scene.ngo, scene.party, scene.secretary, scene.ministry):
        for answer in (
            put_person(draft, 1, abroad(9), by=by, at=AT),
            take_list(draft, table(draft.kind, [abroad(9)]), "x", by=by, at=AT),
            remove_people(draft, draft.applicants.values_list("pk", flat=True), by=by, at=AT),
            attach(draft, None, "application", PDF_LIKE, "x", by=by, at=AT),
            file_application(draft, by=by, at=AT),
            withdraw(draft, by=by, at=AT),
        ):
            assert set(refused(answer)) <= {"office_may_not", "other_territory"}
    assert draft.applicants.count() == 2
    scene.mission.until = AT
    assert refused(put_person(draft, 1, abroad(9), by=scene.mission, at=AT)) == ("office_not_held",)


def test_a_faulty_row_is_kept_as_typed_and_mended_by_form(scene: Scene) -> None:
    draft = listed(begun(scene, scene.mission, KIND.INTERNATIONAL), [abroad(1), abroad(2, born="yesterday")])
    upload = ListUpload.objects.get()
    assert (upload.rows, upload.faulty) == (2, 1)
    wrong = draft.applicants.get(row=2)
    assert dossier.of(wrong).typed == {"born": "yesterday"}
    assert "applicant_day_unreadable" in codes(draft, 2)
    mended = done(put_person(draft, 2, abroad(2), by=scene.mission, at=LATER))
    assert dossier.of(mended).typed == {}
    assert "applicant_day_unreadable" not in codes(draft, 2)
    assert SealedFile.objects.get(pk=wrong.dossier_id or 0).is_erased, "what stood there before is gone"


def test_a_list_sent_again_brings_people_up_to_date_and_adds_the_others(scene: Scene) -> None:
    draft = listed(begun(scene, scene.mission, KIND.INTERNATIONAL), [abroad(1), abroad(2)])
    done(put_photo(draft, draft.applicants.get(row=2), portrait(), by=scene.mission, at=AT))
    listed(draft, [abroad(2, position="head of mission"), abroad(3)])
    rows = list(draft.applicants.order_by("row").values_list("row", "position", "photo"))
    assert [(row, position, photo is None) for row, position, photo in rows] == [
        (1, "observer", True),
        (2, "head of mission", False),
        (3, "observer", True),
    ]


def test_a_file_that_cannot_be_used_changes_nothing(scene: Scene) -> None:
    draft = mission(scene)
    before = list(draft.applicants.order_by("row").values())
    for content in (b"", b"a;b\n", "Фамилия;Имя\n".encode("cp866"), bytes(100)):
        refused(take_list(draft, content, "x.csv", by=scene.mission, at=AT))
    assert list(draft.applicants.order_by("row").values()) == before
    assert ListUpload.objects.count() == 1


def test_whoever_is_taken_off_leaves_nothing_behind(scene: Scene) -> None:
    draft = mission(scene)
    one = draft.applicants.get(row=1)
    assert done(remove_people(draft, [one.pk], by=scene.mission, at=LATER)) == 1
    assert not Paper.objects.filter(applicant=one.pk).exists()
    assert list(draft.applicants.values_list("row", flat=True)) == [2]
    files = SealedFile.objects.filter(pk__in=[one.dossier_id, one.photo_id])
    assert all(each.is_erased for each in files)


# ------------------------------------------------------------------------------------- photographs, papers


def test_a_photograph_is_cut_and_can_be_cut_otherwise_until_it_is_handed_in(scene: Scene) -> None:
    draft = listed(begun(scene, scene.mission, KIND.INTERNATIONAL), [abroad(1)])
    assert "applicant_without_photo" in codes(draft)
    one = done(put_photo(draft, draft.applicants.get(), picture(1600, 900), by=scene.mission, at=AT))
    assert "applicant_without_photo" not in codes(draft)
    source = source_of(one)
    assert source is not None
    done(put_photo(draft, one, portrait(), by=scene.mission, at=LATER))
    assert source_of(one) is None
    source.refresh_from_db()
    assert source.is_erased
    assert refused(put_photo(draft, one, plain(0), by=scene.mission, at=LATER)) == ("photo_too_dark",)


def test_an_archive_finds_its_people_and_says_what_is_unfit_and_whose_nothing_is(scene: Scene) -> None:
    draft = listed(begun(scene, scene.mission, KIND.INTERNATIONAL), [abroad(each) for each in range(4)])
    held = archive(
        {
            "1.jpg": portrait(),
            f"photos/{abroad(1)[Field.DOCUMENT_NUMBER]}.png": picture(kind="PNG"),
            "3.jpg": plain(0),
            "99.jpg": portrait(),
            "mary.jpg": portrait(),
        }
    )
    taken = done(take_archive(draft, io.BytesIO(held), Contains.PHOTOS, by=scene.mission, at=AT))
    assert (taken.kept, taken.unfit, set(taken.strangers)) == (2, 1, {"99.jpg", "mary.jpg"})
    assert "photo_too_dark" in codes(draft, 3)
    held_now = draft.applicants.order_by("row").values_list("photo_id", flat=True)
    assert [each is None for each in held_now] == [False, False, True, True]
    again = archive({"3.jpg": portrait()})
    done(take_archive(draft, io.BytesIO(again), Contains.PHOTOS, by=scene.mission, at=LATER))
    assert "photo_too_dark" not in codes(draft, 3)


def test_an_archive_that_is_none_is_refused(scene: Scene) -> None:
    draft = mission(scene)
    answer = take_archive(draft, io.BytesIO(b"no"), Contains.PHOTOS, by=scene.mission, at=AT)
    assert refused(answer) == ("archive_unreadable",)


def test_copies_are_judged_by_their_content_and_sealed(scene: Scene) -> None:
    draft = listed(begun(scene, scene.mission, KIND.INTERNATIONAL), [abroad(1), abroad(2)])
    held = archive({"1.pdf": b"%PDF-1.4 not one", "2.jpg": portrait()})
    taken = done(take_archive(draft, io.BytesIO(held), Contains.IDENTITY_COPIES, by=scene.mission, at=AT))
    assert (taken.kept, taken.unfit) == (1, 1)
    assert "upload_unreadable" in codes(draft, 1)
    assert "accreditation_identity_not_shown" in codes(draft, 1)
    assert "accreditation_identity_not_shown" not in codes(draft, 2)
    one = draft.applicants.get(row=1)
    assert refused(attach(draft, one, "ngo_decision_copy", PDF_LIKE, "x", by=scene.mission, at=AT))
    done(attach(draft, one, "identity_copies", PDF_LIKE, "passport.jpg", by=scene.mission, at=AT))
    assert codes(draft, 1) == {"applicant_without_photo"}
    assert portrait() not in bytes(Paper.objects.filter(applicant=one).get().file.ciphertext or b"")


# ------------------------------------------------------------------------------------- handing in


@pytest.mark.norm("R3.1.a", "R3.1.b", "R3.1.c")
def test_what_was_handed_in_has_a_number_and_does_not_change(
    scene: Scene, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    draft = mission(scene)
    with django_capture_on_commit_callbacks(execute=True):
        found = filed(draft)
    assert (found.state, found.year, found.filed_at) == (State.FILED, 2020, AT)
    assert filed(mission(scene, first=50)).number == (found.number or 0) + 1
    message = Message.objects.filter(subject=found.subject).get()
    assert (message.code, message.facts) == ("filed", {"number": found.label})
    assert [each.to for each in mail.outbox] == [["mission-1@example.org"]]
    assert found.label in mail.outbox[0].body
    for answer in (
        put_person(found, 1, abroad(9), by=scene.mission, at=LATER),
        describe(found, Plan(), by=scene.mission, at=LATER),
        attach(found, None, "application", PDF_LIKE, "x", by=scene.mission, at=LATER),
    ):
        assert refused(answer) == ("application_was_handed_in",)
    assert refused(file_application(found, by=scene.mission, at=LATER)) == ("application_act_not_open",)
    with pytest.raises(IntegrityError), transaction.atomic():
        Applicant.objects.filter(application=found).update(surname="Other")


def test_a_draft_is_not_handed_in_while_something_cannot_be_read(scene: Scene) -> None:
    kind = KIND.INTERNATIONAL
    empty = begun(scene, scene.mission, kind)
    assert refused(file_application(empty, by=scene.mission, at=AT)) == ("accreditation_list_empty",)
    faulty = listed(begun(scene, scene.mission, kind), [abroad(1), abroad(2, citizenships="Atlantis")])
    assert refused(file_application(faulty, by=scene.mission, at=AT)) == ("application_has_unreadable_rows",)
    uninvited = listed(begun(scene, scene.mission, kind, Plan()), [abroad(1)])
    assert refused(file_application(uninvited, by=scene.mission, at=AT)) == ("accreditation_without_invitation",)
    early = INVITED - timedelta(days=6)
    assert "accreditation_applied_too_early" in refused(file_application(mission(scene), by=scene.mission, at=early))
    assert not Application.objects.exclude(state="draft").exists()


def test_what_only_the_commission_decides_does_not_keep_an_application(scene: Scene) -> None:
    barred = listed(begun(scene, scene.mission, KIND.INTERNATIONAL), [abroad(1, citizenships="KG"), abroad(2)])
    assert filed(barred).state == State.FILED
    assert filed(mission(scene, first=40), at=AT + timedelta(days=30)).state == State.FILED, "late: refused by decree"


@pytest.mark.norm("R3.2")
def test_the_ministry_forwards_everything_with_its_remarks(scene: Scene) -> None:
    plan = Plan(route=Application.Route.MINISTRY, invitation=scene.invitation)
    draft = listed(begun(scene, scene.mission, KIND.INTERNATIONAL, plan), [abroad(1)])
    assert refused(file_application(draft, by=scene.mission, at=AT)) == ("application_goes_through_the_ministry",)
    at_ministry = done(send_to_ministry(draft, by=scene.mission, at=AT))
    assert (at_ministry.state, at_ministry.number) == (State.AT_MINISTRY, None)
    assert refused(forward(at_ministry, "", by=scene.secretary, at=LATER)) == ("office_may_not",)
    found = done(forward(at_ministry, "Copies are missing.", by=scene.ministry, at=LATER))
    review = found.review
    assert (review.fits, review.remarks, review.received_at, found.filed_at) == (
        False,
        "Copies are missing.",
        AT,
        LATER,
    )
    assert refused(forward(found, "", by=scene.ministry, at=LATER)) == ("application_act_not_open",)
    straight = mission(scene, first=30)
    assert refused(send_to_ministry(straight, by=scene.mission, at=AT)) == ("application_goes_straight",)


def test_only_a_mission_s_own_invitation_to_this_election_counts(scene: Scene) -> None:
    stranger = begun(scene, scene.ngo, KIND.CITIZEN)
    answer = describe(stranger, Plan(invitation=scene.invitation), by=scene.ngo, at=AT)
    assert refused(answer) == ("only_international_observers_are_invited",)
    type(scene.invitation).objects.filter(pk=scene.invitation.pk).update(election_day=AT.date())
    other = type(scene.invitation).objects.create(
        commission=scene.invitation.commission, invitee=scene.invitation.invitee, source="x"
    )
    draft = begun(scene, scene.mission, KIND.INTERNATIONAL)
    assert refused(describe(draft, Plan(invitation=other), by=scene.mission, at=AT)) == ("invitation_of_another",)


@pytest.mark.norm("L10-1.2.a1", "L9.2.a1", "L11.1", "L17.1.a1")
def test_the_other_kinds_are_handed_in_too(scene: Scene) -> None:
    medium = listed(begun(scene, scene.medium, KIND.MEDIA), [abroad(1)])
    representative = listed(begun(scene, scene.party, KIND.REPRESENTATIVE), [at_home(1)])
    for draft in (ngo(scene), party(scene, scene.party, first=60), medium, representative):
        found = filed(draft)
        assert found.number
        assert not {"observer_paper_missing", "representative_paper_missing"} & codes(found), found.kind


# ------------------------------------------------------------------------------------- taking back


def test_a_draft_taken_back_is_erased_and_a_filed_one_only_closed(scene: Scene) -> None:
    draft, handed_in = mission(scene), filed(mission(scene, first=40))
    assert done(withdraw(draft, by=scene.mission, at=LATER)).state == State.WITHDRAWN
    assert done(withdraw(handed_in, by=scene.mission, at=LATER)).state == State.WITHDRAWN
    erased = [all(each.is_erased for each in _sealed(found)) for found in (draft, handed_in)]
    assert erased == [True, False]
    assert refused(withdraw(draft, by=scene.mission, at=LATER)) == ("application_act_not_open",)


def _sealed(application: Application) -> list[SealedFile]:
    return list(SealedFile.objects.filter(subject=application.subject))


def test_one_person_is_taken_off_once_and_counts_no_longer(scene: Scene) -> None:
    draft = party(scene, scene.party)
    assert refused(withdraw_person(draft.applicants.get(), "ill", by=scene.party, at=AT)) == (
        "application_act_not_open",
    )
    found = filed(draft)
    one = found.applicants.get()
    done(withdraw_person(one, "ill", by=scene.party, at=LATER))
    assert refused(withdraw_person(one, "ill", by=scene.party, at=LATER)) == ("applicant_withdrawn_before",)
    assert "applicant_of_another_sender" not in codes(party(scene, scene.other_party))


# ------------------------------------------------------------------------------------- accounts


ASKING = Asking("Common Cause", Sender.Kind.NGO, "Асанова Айгүл", "common@example.org", "ky")
ACCOUNT = Account(
    kind=Sender.Kind.NGO,
    name_ky="Жалпы иш",
    name_ru="Общее дело",
    name_en="Common Cause",
    contact="Асанова Айгүл",
    email="common@example.org",
    language="ky",
)


def test_an_enquiry_is_seen_once_its_address_is_proved(scene: Scene) -> None:
    asked = enquire(ASKING, at=SINCE)
    assert asked.secret not in str(Enquiry.objects.values())
    unproved = admit_enquiry(asked.enquiry, ACCOUNT, by=scene.secretary, at=AT, ground="letter 1")
    assert refused(unproved) == ("enquiry_not_proved",)
    assert refused(opened("guessed", SINCE)) == ("enquiry_link_unknown",)
    assert refused(confirm(asked.secret, at=SINCE + timedelta(days=4))) == ("enquiry_link_unknown",)
    first = done(confirm(asked.secret, at=SINCE + timedelta(days=1)))
    assert done(confirm(asked.secret, at=SINCE + timedelta(days=2))).confirmed_at == first.confirmed_at


def test_an_account_is_given_with_an_invitation_for_who_writes(scene: Scene) -> None:
    enquiry = done(confirm(enquire(ASKING, at=SINCE).secret, at=SINCE))
    assert refused(admit_enquiry(enquiry, ACCOUNT, by=scene.mission, at=AT, ground="x")) == ("office_may_not",)
    assert refused(admit_enquiry(enquiry, ACCOUNT, by=scene.secretary, at=AT, ground=" ")) == ("sender_needs_a_ground",)
    admitted = done(admit_enquiry(enquiry, ACCOUNT, by=scene.secretary, at=AT, ground="letter 1"))
    invitation = Invitation.objects.get()
    assert (invitation.body_id, invitation.role) == (admitted.sender.body_id, Role.NGO.value)
    enquiry.refresh_from_db()
    assert enquiry.admitted == admitted.sender
    again = admit_enquiry(enquiry, ACCOUNT, by=scene.secretary, at=AT, ground="x")
    assert refused(again) == ("enquiry_answered_before",)


def test_an_office_that_may_not_invite_leaves_no_half_account(scene: Scene) -> None:
    before = Sender.objects.count()
    assert refused(admit(ACCOUNT, by=scene.operator, at=AT, ground="letter 1")) == ("office_may_not",)
    assert Sender.objects.count() == before


def test_an_organization_from_abroad_stands_in_the_register_and_has_one_account(scene: Scene) -> None:
    from dataclasses import replace

    abroad_ = replace(ACCOUNT, kind=Sender.Kind.INTERNATIONAL_ORGANIZATION)
    assert refused(admit(abroad_, by=scene.secretary, at=AT, ground="x")) == ("sender_not_in_the_register",)
    known = replace(abroad_, organization=scene.invitation.invitee)
    assert refused(admit(known, by=scene.secretary, at=AT, ground="x")) == ("sender_has_an_account",)
    new = replace(abroad_, organization=scene.invitation.commission)
    assert done(admit(new, by=scene.secretary, at=AT, ground="x")).sender.body.kind == "mission"


def test_an_enquiry_is_refused_with_a_reason(scene: Scene) -> None:
    enquiry = done(confirm(enquire(ASKING, at=SINCE).secret, at=SINCE))
    assert refused(refuse_enquiry(enquiry, " ", by=scene.secretary, at=AT)) == ("say_why",)
    assert done(refuse_enquiry(enquiry, "Not registered.", by=scene.secretary, at=AT)).refusal == "Not registered."


# ------------------------------------------------------------------------------------- privacy


def test_neither_the_ledger_nor_a_plain_column_holds_what_is_personal(scene: Scene) -> None:
    from django.db import connection

    draft = listed(
        begun(scene, scene.party, KIND.REPRESENTATIVE),
        [
            at_home(1, document_number="AN7654321", born="13.07.1979", address="Ысык-Көл 77"),
            at_home(2, born="13/07/1979"),
        ],
    )
    filed_ = mission(scene, first=20)
    filed(filed_)
    withdraw(draft, by=scene.party, at=LATER)
    secrets = ("AN7654321", "13.07.1979", "1979-07-13", "13/07/1979", "Ысык-Көл 77", "P1000020")
    acts = " ".join(Act.objects.values_list("payload", flat=True))
    assert not [each for each in (*secrets, *draft.applicants.values_list("surname", flat=True)) if each in acts]
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{name}\" t")  # noqa: S608  (from the catalogue)
            held = cursor.fetchone()[0]
            assert not [each for each in secrets if each in held], name


def test_an_office_of_another_election_writes_nothing_here(scene: Scene) -> None:
    other = office("elsewhere", scene.party.body, Role.AUTHORIZED_REPRESENTATIVE)
    other.election = "president-2021"
    answer = begin(scene.party.body.sender, scene.election, KIND.OBSERVER, Plan(), by=other, at=AT)
    assert refused(answer) == ("other_election",)
