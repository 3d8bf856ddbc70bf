"""The desk of the deciding commission: from the queue to the badge, and what others do not see."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import timedelta

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shailoo.accounts.models import Office, PersonalReading
from shailoo.accounts.roles import Role
from shailoo.commissions.models import Matter
from shailoo.documents.sealed.actions import erase
from shailoo.observation.actions.assistance import ask_for_help
from shailoo.observation.models import (
    Accreditation,
    Answer,
    AnswerList,
    Application,
    AssistanceAnswer,
    Ending,
    Interpreter,
    Renewal,
)
from tests.commissions.sittings import decided, done
from tests.counting.browser import Answer as Response
from tests.counting.browser import signed_in
from tests.observation import scene as at_work
from tests.observation.scene import AT, DECIDED, Scene, accredited, draft, filed, listed

pytestmark = pytest.mark.django_db
KIND = Application.Kind
DESK = "/en/desk/observation/"


@pytest.fixture
def scene() -> Scene:
    return at_work.build()


def mission(scene: Scene, people: int = 3, kyrgyz: int = 0) -> Application:
    application = draft(scene, scene.mission, KIND.INTERNATIONAL, people=people)
    for each in list(application.applicants.all())[people - kyrgyz :]:
        each.citizenships = ["KG"]
        each.save()
    return filed(application)


def opened(who: Office, place: str, status: int = 200) -> str:
    answer = signed_in(who).get(f"{DESK}{place}")
    assert answer.status_code == status, place
    return answer.content.decode() if status == 200 else ""


def sent(who: Office, place: str, data: Mapping[str, object], status: int = 302) -> Response:
    answer = signed_in(who).post(f"{DESK}{place}", dict(data))
    assert answer.status_code == status, answer.content.decode()[:4000]
    return answer


# ------------------------------------------------------------------------------------- the whole way


def test_from_the_queue_to_badges(scene: Scene) -> None:
    application = mission(scene, 4, kyrgyz=1)
    barred = application.applicants.get(row=4)
    page = opened(scene.operator, "")
    assert "№ 1/2020" in page
    assert "Northern Election Watch" in page
    assert re.search(r"4\s+of 4 waiting", page)
    page = opened(scene.operator, f"applications/{application.pk}/")
    assert barred.name in page
    assert "bars" in page
    page = opened(scene.operator, f"applications/{application.pk}/answers/")
    assert f'name="answer_{barred.pk}"' in page
    rows = {
        f"answer_{barred.pk}": "refuse",
        f"ground_{barred.pk}": "citizenship",
        f"reason_{barred.pk}": "a passport of Kyrgyzstan",
        "leave_rows": "3",
        "refuse_rows": "2",
        "ground": "contrary_aims",
        "reason": "a paid campaign",
    }
    sent(scene.operator, f"applications/{application.pk}/answers/", rows)
    found = AnswerList.objects.get()
    assert [(row.applicant.row, row.accredited) for row in found.rows.all()] == [(1, True), (2, False), (4, False)]
    page = opened(scene.operator, f"lists/{found.pk}/")
    assert "Put it on the agenda of a sitting" not in page, "an operator proposes nothing"
    page = opened(scene.secretary, f"lists/{found.pk}/")
    assert "Put it on the agenda of a sitting" in page
    assert f"answer_list%3A{found.pk}" in page
    assert found.digest in page
    decision = decided(scene.cec, Matter.ACCREDITATION, found.subject, at=AT, election=scene.election.slug)
    sent(scene.operator, f"lists/{found.pk}/carry-out/", {"decision": str(decision.pk)})
    assert Answer.objects.filter(accredited=False).count() == 2
    page = opened(scene.operator, f"lists/{found.pk}/")
    assert "after the decision" in page
    assert decision.label in page
    page = opened(scene.operator, "accredited/")
    assert "IO-2020-00001" in page
    answer = sent(scene.operator, "accredited/badges/", {"batch": "0", "language": "ru"}, 200)
    assert answer["Content-Type"] == "application/pdf"
    assert "IO-2020-00001" in pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    one = Accreditation.objects.get()
    answer = sent(scene.operator, f"accredited/{one.pk}/badge/ky/", {}, 200)
    assert answer.content.startswith(b"%PDF")
    assert "/Image" in str(pypdf.PdfReader(io.BytesIO(answer.content)).pages[0]["/Resources"]), "the photograph"


def test_a_notice_of_a_party_is_noted_without_a_list(scene: Scene) -> None:
    application = filed(draft(scene, scene.party, KIND.OBSERVER, people=2, commission=scene.pec))
    page = opened(scene.pec_chair, f"applications/{application.pk}/answers/")
    assert "Take note of them" in page
    sent(scene.pec_chair, f"applications/{application.pk}/answers/", {"leave_rows": ""})
    assert Accreditation.objects.count() == 2
    assert not AnswerList.objects.exists()


def test_several_applications_go_on_one_list(scene: Scene) -> None:
    first, second = mission(scene, 2), mission(scene, 3, kyrgyz=1)
    page = opened(scene.operator, f"applications/{first.pk}/answers/")
    assert second.label in page
    rows = {"others": [str(second.pk)], "leave_rows": "", "refuse_rows": ""}
    sent(scene.operator, f"applications/{first.pk}/answers/", rows)
    assert AnswerList.objects.get().rows.count() == 4, "whom something bars stays for later"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"leave_rows": "x"}, "Write rows as 3, 7-9."),
        ({"refuse_rows": "9-7"}, "Write rows as 3, 7-9."),
        ({"leave_rows": "77"}, "No such row waits: 77."),
        ({"refuse_rows": "1", "ground": "contrary_aims", "reason": ""}, "Say why it is refused."),
        ({"refuse_rows": "1", "reason": "x"}, "The law gives no such ground for a refusal"),
        ({"leave_rows": "1-3"}, "Nobody is on the list"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(scene: Scene, data: dict[str, str], said: str) -> None:
    application = mission(scene)
    answer = sent(scene.operator, f"applications/{application.pk}/answers/", data, 422)
    assert said in answer.content.decode()
    assert not AnswerList.objects.exists()


def test_a_list_is_given_up_with_a_reason(scene: Scene) -> None:
    found = listed(mission(scene), scene.operator, at=AT)
    sent(scene.operator, f"lists/{found.pk}/give-up/", {"reason": ""}, 422)
    sent(scene.operator, f"lists/{found.pk}/give-up/", {"reason": "the commission wants a smaller one"})
    assert "given up" in opened(scene.operator, "lists/")


# ------------------------------------------------------------------------------------- sealed things


def test_papers_and_photographs_open_for_the_deciding_office_alone_and_it_is_recorded(scene: Scene) -> None:
    application = mission(scene)
    person = application.applicants.get(row=1)
    paper = person.papers.get()
    document = f"P{application.pk * 1000 + 1:07d}"
    page = opened(scene.operator, f"people/{person.pk}/")
    assert document in page
    assert PersonalReading.objects.filter(subject=f"applicant:{person.pk}", what="observers").exists()
    answer = signed_in(scene.operator).get(f"{DESK}papers/{paper.pk}/")
    assert answer.content == f"identity_copies of {person.subject}".encode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert signed_in(scene.operator).get(f"{DESK}people/{person.pk}/photo/").content.startswith(b"\xff\xd8")
    for who in (scene.tec_chair, scene.pec_chair):
        for place in (f"people/{person.pk}/", f"people/{person.pk}/photo/", f"papers/{paper.pk}/"):
            opened(who, place, 404)
        opened(who, f"applications/{application.pk}/", 404)
    for stranger in (scene.mission, scene.ministry, scene.desk.tec_operator):
        opened(stranger, f"people/{person.pk}/", 403)
    assert document not in opened(scene.operator, f"applications/{application.pk}/")
    member = at_work.office("member", scene.cec, Role.CEC_MEMBER)
    assert person.name in opened(member, f"applications/{application.pk}/"), "members decide on names"
    opened(member, f"people/{person.pk}/", 403)


def test_after_erasure_the_desk_says_so_and_prints_no_badge(scene: Scene) -> None:
    (found,) = accredited(mission(scene, 1), scene.operator, at=AT)
    person = found.applicant
    assert person.photo
    assert person.dossier
    paper = person.papers.get()
    erase([person.photo, person.dossier, paper.file], ground="retention", by=None, at=DECIDED)
    assert "erased after their retention had ended" in opened(scene.operator, f"people/{person.pk}/")
    opened(scene.operator, f"people/{person.pk}/photo/", 404)
    opened(scene.operator, f"papers/{paper.pk}/", 404)
    sent(scene.operator, f"accredited/{found.pk}/badge/ky/", {})
    page = signed_in(scene.operator)
    page.post(f"{DESK}accredited/{found.pk}/badge/en/")
    assert "the badge can no longer be printed" in page.get(f"{DESK}accredited/").content.decode()


# ------------------------------------------------------------------------------------- one accreditation


def test_an_accreditation_is_taken_back_after_a_decision_and_not_before(scene: Scene) -> None:
    (found,) = accredited(mission(scene, 1), scene.operator, at=AT - timedelta(hours=2))
    page = opened(scene.secretary, f"accredited/{found.pk}/revocation/")
    assert "has not decided on this yet" in page
    decision = decided(scene.cec, Matter.REVOCATION, found.subject, at=AT, election=scene.election.slug)
    data = {"decision": str(decision.pk), "ground": "electoral_law_broken", "gross": "yes", "reason": "campaigned"}
    answer = sent(scene.operator, f"accredited/{found.pk}/revocation/", data, 422)
    assert "norm" in answer.content.decode()
    sent(scene.operator, f"accredited/{found.pk}/revocation/", {**data, "norm_broken": "L10.5"})
    assert Ending.objects.get().gross
    page = opened(scene.operator, f"accredited/{found.pk}/")
    assert "gross breach" in page
    assert "not in force" in page
    opened(scene.operator, f"accredited/{found.pk}/revocation/", 404)
    assert found.certificate.number not in opened(scene.operator, "accredited/")
    assert found.certificate.number in opened(scene.operator, "accredited/?state=ended")


def test_interpreter_renewal_recall_and_help_at_the_desk(scene: Scene) -> None:
    (found,) = accredited(mission(scene, 1), scene.operator, at=AT - timedelta(hours=2))
    picture = SimpleUploadedFile("id.jpg", at_work.portrait(), "image/jpeg")
    data = {"name": "Эркинова Чолпон", "languages": "english"}
    bad = SimpleUploadedFile("id.jpg", b"<html>", "image/jpeg")
    sent(scene.operator, f"accredited/{found.pk}/interpreter/", {**data, "identity": bad}, 422)
    sent(scene.operator, f"accredited/{found.pk}/interpreter/", {**data, "identity": picture})
    assert Interpreter.objects.get().certificate.number == "IP-2020-00001"
    sent(scene.operator, f"accredited/{found.pk}/renewal/", {"reason": "term"}, 422)
    sent(scene.operator, f"accredited/{found.pk}/renewal/", {"reason": "lost"})
    assert Renewal.objects.get().certificate.number in opened(scene.operator, f"accredited/{found.pk}/")
    sent(scene.operator, f"accredited/{found.pk}/recall/", {"reason": "x"}, 422)
    (of_party,) = accredited(filed(draft(scene, scene.party, KIND.OBSERVER, commission=scene.tec)), scene.tec_chair)
    sent(scene.tec_chair, f"accredited/{of_party.pk}/recall/", {"reason": " "}, 422)
    sent(scene.tec_chair, f"accredited/{of_party.pk}/recall/", {"reason": "called back in writing"})
    asked = done(ask_for_help(found, scene.cec, "a room to work in", by=scene.mission, at=AT))
    assert "a room to work in" in opened(scene.operator, "help/")
    sent(scene.operator, f"help/{asked.pk}/", {"text": "room 12"})
    assert AssistanceAnswer.objects.get().text == "room 12"


# ------------------------------------------------------------------------------------- lists


def test_lists_are_filtered_and_taken_away(scene: Scene) -> None:
    application = mission(scene)
    filed(draft(scene, scene.medium, KIND.MEDIA))
    for query, there, gone in (
        ("?kind=media_representative", "Ala-Too", "Northern"),
        ("?q=northern", "Northern", "Ala-Too"),
        ("?q=%E2%84%96+2", "Ala-Too", "Northern"),
    ):
        page = opened(scene.operator, query).split("<table")[1]
        assert there in page
        assert gone not in page
    assert "No application fits" in opened(scene.operator, "?state=answered")
    for query in ("?kind=cat", "?state=odd"):
        opened(scene.operator, query, 404)
    text = opened(scene.operator, "queue.csv")
    assert "№ 1/2020" in text
    accredited(application, scene.operator, at=AT)
    text = opened(scene.operator, "accredited.csv")
    assert "IO-2020-00003" in text
    assert f"P{application.pk * 1000 + 1:07d}" not in text
    assert signed_in(scene.operator).get(f"{DESK}accredited.xlsx").content.startswith(b"PK")
    opened(scene.operator, "accredited.exe", 404)


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_every_page_is_in_its_language(scene: Scene, language: str) -> None:
    application = mission(scene, 2, kyrgyz=1)
    person = application.applicants.get(row=1)
    found = listed(mission(scene, 1), scene.operator, at=AT)
    (one,) = accredited(mission(scene, 1), scene.operator, at=AT)
    client = signed_in(scene.operator)
    own = f"applications/{application.pk}/"
    places = ["", own, f"{own}answers/", "lists/", f"lists/{found.pk}/", f"people/{person.pk}/", "accredited/", "help/"]
    places += [f"accredited/{one.pk}/"]
    for place in (*places, f"accredited/{one.pk}/revocation/"):
        page = client.get(f"/{language}/desk/observation/{place}")
        assert page.status_code == 200, place
        shown = page.content.decode().split("<main")[1].split("</main")[0]
        shown = re.sub(r'<div lang="en">.*?</div>', "", shown, flags=re.DOTALL)  # the decision's text in English
        main = re.sub(r"<[^>]+>", " ", shown)
        left = set(re.findall(r"\b(?:the|and|of|is|to|list|commission|application|accredited|refuse)\b", main))
        assert not left, (place, left)


def asked(client: Client, place: str) -> int:
    """How many queries a page costs."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{DESK}{place}").status_code == 200
    return len(queries)


def test_the_queue_costs_the_same_however_long_it_is(scene: Scene) -> None:
    mission(scene, 1)
    client = signed_in(scene.operator)
    client.get(DESK)
    first = asked(client, "")
    for _ in range(5):
        mission(scene, 2)
    assert asked(client, "") == first


def test_an_application_costs_the_same_however_many_people_are_on_it(scene: Scene) -> None:
    few, many = mission(scene, 2), mission(scene, 12)
    client = signed_in(scene.operator)
    client.get(f"{DESK}applications/{few.pk}/")
    assert asked(client, f"applications/{few.pk}/") == asked(client, f"applications/{many.pk}/")
