"""The register at the desk and for machines: who sees what, what it says, and that no voter is ever shown."""

from __future__ import annotations

import base64
import gzip
import json
import logging
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shailoo.accounts.keys_of_machines import digest_of
from shailoo.accounts.models import ApiKey, Office, PersonalReading
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.voters.actions import accept_delivery, receive_delivery
from shailoo.voters.models import Delivery, Entry, Rejection
from shailoo.voters.states import State
from tests.commissions.sittings import done
from tests.counting.browser import signed_in
from tests.voters.scene import AT, PERSON, Scene, accepted, delivered, package, row

PERSONAL = (PERSON["pin"], PERSON["born"], PERSON["surname"], PERSON["locality"], "20202198012345", "1980-02-02")
ROWS = [row(), row(pin="20202198012345", sex="m", born="1980-02-02", custody="away"), row(pin="77")]
KEY = "generated-key-for-tests"


def text(response: object) -> str:
    content = getattr(response, "content", b"") or b"".join(getattr(response, "streaming_content", []))
    return str(content.decode())


def addresses(delivery: Delivery, language: str = "ky") -> list[str]:
    top = f"/{language}/desk/voters/"
    one = f"{top}deliveries/{delivery.pk}/"
    return [
        top,
        f"{top}keys/",
        one,
        f"{one}faults/",
        f"{one}faults/?code=pin_malformed",
        f"{one}precincts/?region=KG02",
    ]


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_no_page_shows_a_voter(scene: Scene, language: str) -> None:
    delivery = delivered(scene, package(scene, ROWS))
    client = signed_in(scene.secretary)
    for address in addresses(delivery, language):
        response = client.get(address)
        assert response.status_code == 200, address
        assert [word for word in PERSONAL if word in text(response)] == [], address


def test_kyrgyz_pages_are_kyrgyz(scene: Scene) -> None:
    delivery = delivered(scene, package(scene, ROWS))
    page = text(signed_in(scene.secretary).get(f"/ky/desk/voters/deliveries/{delivery.pk}/"))
    main = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])
    assert "ойлоп чыгарылган" in main
    assert (
        re.findall(r"\b[A-Za-z]{4,}\b", main.replace("Service", "").replace("Region", "").replace("Election", "")) == []
    )


def test_the_file_of_faults_is_for_the_service_and_its_reading_is_recorded(scene: Scene) -> None:
    delivery = delivered(scene, package(scene, ROWS))
    address = f"/ky/desk/voters/deliveries/{delivery.pk}/faults.csv"
    assert signed_in(scene.secretary).get(address).status_code == 403
    assert not PersonalReading.objects.exists()
    response = signed_in(scene.service).get(address)
    assert text(response).splitlines()[1:] == [
        "2,20202198012345,custody,custody_unknown,not_taken,L3.3.a2",
        "3,77,pin,pin_malformed,not_taken,L14.3.a",
    ]
    reading = PersonalReading.objects.get()
    assert (reading.office, reading.subject) == (scene.service, f"voters_delivery:{delivery.pk}")


def test_strangers_are_kept_out(scene: Scene) -> None:
    delivery = delivered(scene, package(scene, ROWS))
    for address in addresses(delivery):
        assert Client().get(address).status_code == 302
        assert signed_in(scene.clerk).get(address).status_code == 403


def test_a_delivery_is_sent_looked_at_and_accepted_on_the_pages(scene: Scene) -> None:
    sent = package(scene, [row()])
    files = {
        "manifest": SimpleUploadedFile("m.json", sent.manifest),
        "signature": SimpleUploadedFile("m.json.minisig", sent.signature.encode()),
        "file": SimpleUploadedFile("voters.csv", sent.file.read(1 << 20)),
    }
    response = signed_in(scene.operator).post("/ky/desk/voters/deliver/", files)
    delivery = Delivery.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/ky/desk/voters/deliveries/{delivery.pk}/")
    client = signed_in(scene.secretary)
    assert f"deliveries/{delivery.pk}/accept/" in text(client.get(response["Location"]))
    assert client.post(f"/ky/desk/voters/deliveries/{delivery.pk}/accept/").status_code == 302
    assert (Delivery.objects.get().state, Entry.objects.count()) == (State.ACCEPTED, 1)
    again = client.post(f"/ky/desk/voters/deliveries/{delivery.pk}/accept/")
    assert (again.status_code, "кабыл алынды" in text(again)) == (422, True)


def test_what_is_refused_on_the_page_says_why_and_keeps_nothing(scene: Scene) -> None:
    sent = package(scene, [row()])
    files = {
        "manifest": SimpleUploadedFile("m.json", sent.manifest + b" "),
        "signature": SimpleUploadedFile("m.json.minisig", sent.signature.encode()),
        "file": SimpleUploadedFile("voters.csv", b"x"),
    }
    response = signed_in(scene.operator).post("/ru/desk/voters/deliver/", files)
    assert response.status_code == 422
    assert "Манифест не подписан" in text(response)
    assert (Delivery.objects.count(), Rejection.objects.count()) == (0, 1)


def test_a_delivery_is_refused_with_a_reason_on_the_page(scene: Scene) -> None:
    delivery = delivered(scene, package(scene, ROWS))
    client = signed_in(scene.head)
    address = f"/ky/desk/voters/deliveries/{delivery.pk}/refuse/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Кайра жибериңиз"}).status_code == 302
    assert Delivery.objects.get().reason == "Кайра жибериңиз"


def test_keys_are_registered_and_withdrawn_and_the_lists_closed_on_the_pages(scene: Scene) -> None:
    accepted(scene, package(scene, [row()]))
    client = signed_in(scene.chair)
    assert client.post("/ky/desk/voters/keys/", {"name": "k", "public": "RW"}).status_code == 422
    assert client.get("/ky/desk/voters/keys/1000000/withdraw/").status_code == 404
    key = Delivery.objects.get().key
    assert client.post(f"/ky/desk/voters/keys/{key.pk}/withdraw/", {"reason": "жоголду"}).status_code == 302
    assert "жоголду" not in text(client.get("/ky/desk/voters/keys/"))
    assert client.get("/ky/desk/voters/close/").status_code == 200
    assert client.post("/ky/desk/voters/close/").status_code == 302
    assert scene.register.closing.office == scene.chair


def test_the_pages_ask_the_database_a_fixed_number_of_times(
    scene: Scene, django_assert_max_num_queries: object
) -> None:
    delivery = delivered(scene, package(scene, [row(pin=str(number)) for number in range(120)]))
    client = signed_in(scene.secretary)
    for address in addresses(delivery):
        with django_assert_max_num_queries(24):  # type: ignore[operator]  # a fixture
            assert client.get(address).status_code == 200


# ------------------------------------------------------------------------------------- machines


def deliver(office: Office, body: object, once: str = "one") -> object:
    ApiKey.objects.get_or_create(digest=digest_of(KEY), defaults={"office": office, "name": "m", "created_at": AT})
    headers = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": once}
    return Client().post("/api/voters/deliveries", json.dumps(body), content_type="application/json", headers=headers)


def body(scene: Scene, rows: list[dict[str, str]]) -> dict[str, str]:
    sent = package(scene, rows)
    packed = base64.b64encode(gzip.compress(sent.file.read(1 << 20))).decode()
    return {"manifest": sent.manifest.decode(), "signature": sent.signature, "file": packed}


def test_a_machine_of_the_service_delivers_once(scene: Scene) -> None:
    sent = body(scene, ROWS)
    first, again = deliver(scene.service, sent), deliver(scene.service, sent)
    assert (getattr(first, "status_code"), text(first)) == (201, text(again))  # noqa: B009  # of any client
    told = json.loads(text(first))
    assert (told["rows"], told["faulty"], told["new"]) == (3, 2, 1)
    assert Delivery.objects.count() == 1
    assert [word for word in PERSONAL if word in text(first)] == []


def test_a_machine_is_told_what_is_wrong_and_nothing_is_kept(scene: Scene) -> None:
    sent = body(scene, ROWS)
    answers = [
        deliver(scene.service, sent | {"file": base64.b64encode(b"no gzip").decode()}, "1"),
        deliver(scene.service, sent | {"file": "x"}, "2"),
        deliver(scene.service, sent | {"signature": "x"}, "3"),
    ]
    codes = [json.loads(text(answer))["code"] for answer in answers]
    assert codes == ["voters_size_other", "content_unreadable", "voters_signature_wrong"]
    assert not Delivery.objects.exists()


# ------------------------------------------------------------------------------------- what is written beside


def test_no_log_and_no_ledger_holds_a_voter(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    broken = package(scene, ROWS, said={"rows": 9})
    assert isinstance(receive_delivery(broken, by=scene.service, at=AT), Refused)
    delivery = delivered(scene, package(scene, ROWS))
    done(accept_delivery(delivery, by=scene.secretary, at=AT))
    signed_in(scene.service).get(f"/ky/desk/voters/deliveries/{delivery.pk}/faults.csv")
    written = caplog.text + "".join(str(each) for each in Act.objects.values_list("subject", "payload"))
    assert Act.objects.filter(name__startswith="voters.").count() == 4
    assert [word for word in PERSONAL if word in written] == []
