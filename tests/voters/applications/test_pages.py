"""The pages: who sees what, nothing of a voter where it does not belong, codes that cannot be guessed, few queries."""

from __future__ import annotations

import logging
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from shailoo.accounts.models import PersonalReading
from shailoo.documents.models import Document
from shailoo.ledger.models import Act as Recorded
from shailoo.voters.applications.actions import forward, pass_on
from shailoo.voters.applications.models import Application, MobilePosting, MobileRequest, Telling
from shailoo.voters.applications.states import Kind, State
from tests.commissions.sittings import done
from tests.counting.browser import signed_in
from tests.voters.applications.scene import (
    AT,
    DAY,
    LAST,
    MOBILE_LAST,
    PIN,
    WORDS,
    Scene,
    at_desk,
    picture,
    received,
    registered,
    shows,
)

PERSONAL = (PIN, "Айгүл", "1990-01-01", *WORDS, "Сынган", "Кербен көчөсү")
DESK, PUBLIC = "/ky/desk/voters/applications/", "/ky/voters/applications/"


def text(response: object) -> str:
    return bytes(getattr(response, "content", b"")).decode("utf-8", "replace")


def personal(page: str) -> list[str]:
    return [word for word in PERSONAL if word in page]


def copy() -> SimpleUploadedFile:
    return SimpleUploadedFile("card.png", picture(), "image/png")


def typed(**changes: object) -> dict[str, object]:
    known = {"surname": WORDS[0], "name": "Айгүл", "pin": "101 0119 9012345", "precinct": "1001", "token": "a" * 32}
    return {**known, "phone": WORDS[2], "address": WORDS[1], "identity": copy(), **changes}


# ------------------------------------------------------------------------------------- the voter


def test_a_voter_applies_is_shown_the_code_once_and_follows(scene: Scene) -> None:
    shows(scene, AT)
    client = Client()
    page = text(client.post(f"{PUBLIC}new/not_listed/", typed()))
    found = Application.objects.get()
    code = re.search(r'id="code">([0-9A-Z]{5}-[0-9A-Z]{5})<', page)
    assert code is not None
    assert "1001/1" in page
    again = client.post(f"{PUBLIC}new/not_listed/", typed())
    assert (again.status_code, Application.objects.count()) == (422, 1)
    assert code[1] not in text(again)
    page = text(client.post(f"{PUBLIC}follow/", {"number": " 1001 / 1", "code": code[1].lower()}))
    assert "участкалык комиссияда" in page
    assert personal(page) == []
    assert found.steps.count() == 1


def test_a_wrong_number_and_a_wrong_code_answer_alike(scene: Scene) -> None:
    shows(scene, AT)
    received(scene)
    pages = []
    for number, code in (("1001/1", "00000-00000"), ("1001/2", "00000-00000"), ("9999/1", "00000-00000")):
        response = Client().post(f"{PUBLIC}follow/", {"number": number, "code": code})
        page = re.sub(r'(value|nonce)="[^"]*"', "", text(response))
        pages.append((response.status_code, page))
    assert pages[0][0] == 422
    assert pages[0] == pages[1] == pages[2]


def test_guessing_is_slowed_down_and_so_is_applying(scene: Scene) -> None:
    shows(scene, AT)
    client = Client(REMOTE_ADDR="10.0.0.7")
    guesses = [client.post(f"{PUBLIC}follow/", {"number": "1001/1", "code": "x"}).status_code for _try in range(21)]
    sendings = [client.post(f"{PUBLIC}new/mistake/", {}).status_code for _try in range(21)]
    assert (guesses[-2:], sendings[-2:]) == ([422, 429], [422, 429])


def test_a_late_application_is_refused_with_its_norm_and_nothing_typed_is_lost(scene: Scene) -> None:
    shows(scene, LAST + DAY)
    response = Client().post(f"{PUBLIC}new/not_listed/", typed())
    page = text(response)
    assert response.status_code == 422
    assert "govuk-error-summary" in page
    assert WORDS[1] in page
    assert "15" in page
    assert not Application.objects.exists()


def test_the_form_asks_for_what_is_missing(scene: Scene) -> None:
    shows(scene, AT)
    client = Client()
    page = text(client.post(f"{PUBLIC}new/voting_address/", {"precinct": "7777"}))
    for name in ("surname", "pin", "precinct", "address", "abroad", "document", "identity"):
        assert f'id="id_{name}-error"' in page or f"id_{name}" in page.partition("</ul>")[0], name
    bad = typed(identity=SimpleUploadedFile("card.png", b"<script>"))
    assert 'href="#id_identity"' in text(client.post(f"{PUBLIC}new/not_listed/", bad))


def test_an_answer_is_read_on_the_page_and_that_is_recorded(scene: Scene) -> None:
    sent = received(scene)
    found = sent.application
    done(forward(found, version=1, by=scene.secretary, at=AT))
    done(pass_on(found, version=2, by=scene.administrator, at=AT))
    shows(scene, AT)
    service = signed_in(scene.service)
    address = f"{DESK}{found.pk}/do/refuse/"
    assert service.get(address).status_code == 200
    refusing = {"version": "3", "ground": "no_data", "reason": "Реестрде мындай адам жок"}
    assert service.post(address, refusing).status_code == 302
    page = text(Client().post(f"{PUBLIC}follow/", {"number": "1001/1", "code": sent.code}))
    assert "Реестрде мындай адам жок" in page
    assert Telling.objects.get().channel == Telling.Channel.PAGE
    paper = re.search(r'href="([^"]+\.pdf)"', page)
    assert paper is not None
    response = Client().get(paper[1])
    assert response.status_code == 200
    assert Document.objects.filter(subject=found.subject).count() == 2


# ------------------------------------------------------------------------------------- the desks


def test_an_application_goes_from_desk_to_desk_on_the_pages(scene: Scene) -> None:
    shows(scene, AT)
    secretary = signed_in(scene.secretary)
    entered = secretary.post(
        f"{DESK}receive/mistake/",
        typed(wrong="Аты ката", right="Айгүл", on_paper="yes", standard_form="yes", language="ky"),
    )
    found = Application.objects.get()
    assert 'id="code"' in text(entered)
    assert (found.state, found.channel) == (State.RECEIVED, Application.Channel.DESK)
    assert "1001/1" in text(secretary.get(DESK))
    assert personal(text(secretary.get(DESK))) == []
    page = text(secretary.get(f"{DESK}{found.pk}/"))
    assert {PIN, "Аты ката"} <= set(re.findall(r"\d{14}|Аты ката", page))
    assert secretary.post(f"{DESK}{found.pk}/do/forward/", {"version": "1"}).status_code == 302
    stale = signed_in(scene.colleague).post(f"{DESK}{found.pk}/do/forward/", {"version": "1"})
    assert (stale.status_code, "govuk-error-summary" in text(stale)) == (422, True)
    administrator = signed_in(scene.administrator)
    assert "1001/1" in text(administrator.get(DESK))
    assert administrator.post(f"{DESK}{found.pk}/do/pass_on/", {"version": "2"}).status_code == 302
    service = signed_in(scene.service)
    refused = service.post(f"{DESK}{found.pk}/do/correct/", {"version": "3"})
    assert (refused.status_code, "Реестр азырынча" in text(refused)) == (422, True)
    back = {"version": "3", "ground": "data_unclear", "reason": "Кайсы ат экени белгисиз"}
    assert service.post(f"{DESK}{found.pk}/do/send_back/", back).status_code == 302
    completing = {"version": "4", "on_paper": "yes", "standard_form": "yes", "identity": copy()}
    assert secretary.get(f"{DESK}{found.pk}/do/complete/").status_code == 200
    assert secretary.post(f"{DESK}{found.pk}/do/complete/", completing).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.version, found.papers.count()) == (State.RECEIVED, 5, 2)


def test_an_application_is_shown_to_nobody_to_whom_it_has_not_come(scene: Scene) -> None:
    shows(scene, AT)
    listed, address = at_desk(scene), at_desk(scene, Kind.VOTING_ADDRESS)
    paper = listed.papers.get()
    strangers = (scene.other, scene.administrator, scene.stranger, scene.service)
    for office in strangers:
        client = signed_in(office)
        for page in (f"{DESK}{listed.pk}/", f"{DESK}{listed.pk}/papers/{paper.pk}/", f"{DESK}{address.pk}/"):
            assert client.get(page).status_code in (403, 404), (office.role, page)
        assert client.post(f"{DESK}{listed.pk}/do/forward/", {"version": "1"}).status_code in (403, 404)
    done(forward(address, version=1, by=scene.secretary, at=AT))
    assert signed_in(scene.administrator).get(f"{DESK}{address.pk}/").status_code == 404
    assert signed_in(scene.service).get(f"{DESK}{address.pk}/").status_code == 200
    cec = signed_in(scene.register.member)
    assert [cec.get(page).status_code for page in (DESK, f"{DESK}{listed.pk}/")] == [403, 403]
    assert Client().get(f"{DESK}{listed.pk}/").status_code == 302
    listed.refresh_from_db()
    assert listed.state == State.RECEIVED


def test_every_reading_of_what_a_voter_wrote_is_recorded(scene: Scene) -> None:
    shows(scene, AT)
    found = at_desk(scene)
    client, paper = signed_in(scene.secretary), found.papers.get()
    client.get(DESK)
    assert not PersonalReading.objects.exists()
    client.get(f"{DESK}{found.pk}/")
    copied = client.get(f"{DESK}{found.pk}/papers/{paper.pk}/")
    assert copied["Content-Disposition"].startswith("attachment")
    assert copied.content.startswith(b"\x89PNG")
    request = registered(scene).request
    client.get(f"{DESK}mobile/{request.pk}/")
    subjects = list(PersonalReading.objects.order_by("pk").values_list("subject", flat=True))
    assert subjects == [f"voter_application:{found.pk}"] * 2 + [f"mobile_request:{request.pk}"]


def test_the_overview_and_its_files_tell_numbers_only(scene: Scene) -> None:
    shows(scene, AT + 3 * DAY)
    at_desk(scene)
    registered(scene)
    for office in (scene.register.member, scene.administrator):
        client = signed_in(office)
        pages = [client.get(f"{DESK}overview{name}") for name in ("/", ".csv", ".json", ".xlsx")]
        assert [each.status_code for each in pages] == [200] * 4
        assert [personal(text(each)) for each in pages] == [[]] * 4
        assert "TEC-1,1,1,1,0,0,0,0,0,1" in text(pages[1])
    assert signed_in(scene.secretary).get(f"{DESK}overview/").status_code == 403


def test_the_register_of_mobile_voting_on_the_pages(scene: Scene) -> None:
    shows(scene, AT)
    client = signed_in(scene.secretary)
    told = {**typed(), "reason": "health", "explained": "Сынган бут", "place": WORDS[1]}
    assert client.post(f"{DESK}mobile/new/", told).status_code == 302
    assert client.post(f"{DESK}mobile/new/", told).status_code == 422
    page = text(client.get(f"{DESK}mobile/"))
    assert "Асанова Айгүл" in page
    assert "Сынган" not in page
    paper = client.get(f"{DESK}mobile/register.pdf")
    assert paper.content.startswith(b"%PDF")
    assert client.post(f"{DESK}mobile/post/").status_code == 422
    shows(scene, MOBILE_LAST + 2 * DAY)
    assert client.post(f"{DESK}mobile/post/").status_code == 302
    assert (MobilePosting.objects.get().late, MobileRequest.objects.count()) == (False, 1)
    assert signed_in(scene.other).get(f"{DESK}mobile/{MobileRequest.objects.get().pk}/").status_code == 404
    pages = [Client().get(f"{PUBLIC}mobile{name}") for name in ("/", ".csv", ".json", ".xlsx")]
    assert [each.status_code for each in pages] == [200] * 4
    assert [personal(text(each)) for each in pages] == [[]] * 4
    assert "1001,KG02,TEC-1,1" in text(pages[1])


def test_a_desk_asks_the_same_number_of_queries_for_one_and_for_many(
    scene: Scene, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shows(scene, timezone.now())
    clients = [signed_in(office) for office in (scene.secretary, scene.administrator, scene.service)]
    for number in (1, 4):
        for _each in range(number):
            at_desk(scene, Kind.MISTAKE)
            waits, goes_on = at_desk(scene, Kind.MISTAKE), at_desk(scene, Kind.MISTAKE)
            done(forward(waits, version=1, by=scene.secretary, at=AT))
            done(forward(goes_on, version=1, by=scene.secretary, at=AT))
            done(pass_on(goes_on, version=2, by=scene.administrator, at=AT))
        for client, queries in zip(clients, (9, 9, 8), strict=True):
            client.get(DESK)
            with django_assert_num_queries(queries):
                assert client.get(DESK).status_code == 200


def test_no_log_no_act_and_no_address_holds_a_voter(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    shows(scene, AT)
    Client().post(f"{PUBLIC}new/not_listed/", typed())
    client = signed_in(scene.secretary)
    found = Application.objects.get()
    client.get(f"{DESK}{found.pk}/")
    client.post(f"{DESK}{found.pk}/do/send_back/", {"version": "1", "ground": "data_unclear", "reason": PIN})
    client.post(f"{DESK}mobile/new/", {**typed(), "reason": "health", "explained": "Сынган", "place": WORDS[1]})
    own = [each.getMessage() for each in caplog.records if not each.name.startswith("django.db")]
    acts = str(list(Recorded.objects.values_list("name", "subject", "payload")))
    readings = str(list(PersonalReading.objects.values_list("page", "subject")))
    assert Recorded.objects.filter(name__in=["voters.application_received", "voters.mobile_requested"]).count() == 2
    assert personal("".join(own) + acts + readings) == []
    public = text(Client().get("/ky/record/")) + text(Client().get("/ky/record/acts.json"))
    assert personal(public) == []
