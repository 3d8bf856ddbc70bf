"""Certificates in the register: numbered, signed, recorded without names, revoked for ever, and told to who asks."""

from __future__ import annotations

import io
import json
import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from shailoo import keys
from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.cli import certificates as cli
from shailoo.documents import queries as files
from shailoo.documents.certificates import actions, cards, queries, scopes
from shailoo.documents.certificates.checking import Verdict, check
from shailoo.documents.certificates.code import Kind, Reach, Scope, address, digits
from shailoo.documents.certificates.lists import ListError, read_keys, read_revoked
from shailoo.documents.certificates.models import (
    Card,
    Certificate,
    CertificateKey,
    CheckTally,
    KeyWithdrawal,
    Revocation,
)
from shailoo.elections.models import Election
from shailoo.law.outcome import Refused
from shailoo.ledger import minisign
from shailoo.ledger.models import Act
from tests.documents.certificates import AT, DAY, body, done, draft, issued, office
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
LOST = Revocation.Reason.LOST


@pytest.fixture
def by(db: None) -> Office:
    return office()


def public() -> bytes:
    return bytes.fromhex(queries.installation_key())


def desk(of: Office) -> Client:
    client = Client()
    sign_in(client, of.person)
    return client


def revoked(certificate: Certificate, by: Office) -> Revocation:
    answer = actions.revoke_certificate(certificate, reason=LOST, ground="decision:13", by=by, at=AT + DAY)
    return done(answer, Revocation)


# ------------------------------------------------------------------------------------- acts


def test_a_certificate_is_numbered_signed_and_recorded_without_its_holders_name(by: Office) -> None:
    first, second = issued(by), issued(by, holder="Токтогулов Бакыт")
    other = issued(by, kind=Kind.MEDIA)
    assert [each.number for each in (first, second, other)] == ["IO-2020-00001", "IO-2020-00002", "MM-2020-00001"]
    checked = queries.check_here(address(first.signed, "https://x.example/ky/check/"), AT)
    assert checked.verdict is Verdict.VALID
    assert checked.claims is not None
    assert (checked.claims.number, checked.claims.scope) == (first.number, Scope("jk-2020", Reach.BODY, "TEC-1"))
    acts = Act.objects.filter(subject="certificate:IO-2020-00001")
    assert [act.name for act in acts] == ["certificate.issued"]
    assert not [act for act in Act.objects.all() if "Осмонова" in act.payload or "Чолпон" in act.payload]
    assert Act.objects.filter(name="certificate.key_published").count() == 1


def test_all_certificates_of_a_batch_are_issued_or_none(by: Office) -> None:
    wrong = [
        (draft(holder=" ·—· "), "certificate_without_name"),
        (draft(valid_until=AT), "certificate_ends_before_it_begins"),
        (draft(valid_from=AT - 9 * DAY, valid_until=AT - DAY), "certificate_already_over"),
        (draft(scope=Scope("jk-2020", Reach.BODY, "")), "certificate_scope_unwritable"),
        (draft(scope=Scope("e" * 40, Reach.BODY, "P" * 16)), "certificate_scope_unwritable"),
    ]
    for faulty, code in wrong:
        answer = actions.issue_certificates([draft(), faulty], by=by, at=AT)
        assert isinstance(answer, Refused)
        assert answer.codes == (code,)
    assert (Certificate.objects.count(), Act.objects.count()) == (0, 0)
    assert issued(by).number == "IO-2020-00001"  # no number was lost


def test_what_is_no_real_election_says_so_in_the_name_that_cards_and_the_checker_show(db: None) -> None:
    day, made = date(2020, 7, 3), {"kind": Election.Kind.JOGORKU_KENESH, "edition_id": "2020-06-30"}
    words = {"name_ky": "Шайлоо", "name_ru": "Выборы", "name_en": "Election"}
    Election.objects.create(slug="jk-2020", called_on=day, **made, **words)
    Election.objects.create(slug="trial", rehearsal=True, called_on=day, **made, **words)
    Election.objects.create(slug="demo", origin=Election.Origin.GENERATED, called_on=day, **made, **words)
    told = scopes.election_names()
    assert told["jk-2020"] == {"ky": "Шайлоо", "ru": "Выборы", "en": "Election"}
    assert told["trial"] == {"ky": "Шайлоо — МАШЫГУУ", "ru": "Выборы — РЕПЕТИЦИЯ", "en": "Election — REHEARSAL"}
    assert told["demo"]["en"] == "Election — GENERATED DATA"


def test_only_an_office_that_may_issues_and_revokes(by: Office) -> None:
    clerk = office("aizada", Role.TEC_OPERATOR, body("TEC-1"))
    of_another = office("guest")
    of_another.election = "another"
    certificate = issued(by)
    for who in (clerk, of_another):
        assert isinstance(actions.issue_certificate(draft(), by=who, at=AT), Refused)
        refused = actions.revoke_certificate(certificate, reason=LOST, ground="x", by=who, at=AT)
        assert isinstance(refused, Refused)
        assert isinstance(actions.print_card(certificate, language="ky", by=who, at=AT), Refused)
    assert Certificate.objects.count() == 1
    assert not Revocation.objects.exists()


def test_what_is_revoked_stays_revoked_and_needs_a_ground(by: Office) -> None:
    certificate = issued(by)
    groundless = actions.revoke_certificate(certificate, reason=LOST, ground="  ", by=by, at=AT)
    assert isinstance(groundless, Refused)
    assert groundless.codes == ("revocation_without_ground",)
    revoked(certificate, by)
    again = actions.revoke_certificate(certificate, reason=LOST, ground="decision:14", by=by, at=AT)
    assert isinstance(again, Refused)
    assert again.codes == ("certificate_already_revoked",)
    assert queries.check_here(digits(certificate.signed), AT).verdict is Verdict.REVOKED
    assert Act.objects.filter(name="certificate.revoked").count() == 1


def test_the_two_lists_are_enough_to_check_without_us(by: Office) -> None:
    good, lost = issued(by), issued(by)
    before = queries.revocation_list(AT + DAY)
    revoked(lost, by)
    at = AT + DAY + timedelta(seconds=5)
    trusted = read_keys(queries.key_list(at).text, public())
    gone = read_revoked(queries.revocation_list(at).text, public())
    assert gone.number == read_revoked(before.text, public()).number + 1
    assert gone.made_at >= AT + DAY
    assert queries.revocation_list(at) == queries.revocation_list(at + timedelta(minutes=30))
    later = read_revoked(queries.revocation_list(at + timedelta(hours=1)).text, public())
    assert (later.revoked, later.made_at > gone.made_at) == (gone.revoked, True)
    verdicts = [check(digits(each.signed), keys=trusted.keys, revoked=gone.revoked, at=at) for each in (good, lost)]
    assert [each.verdict for each in verdicts] == [Verdict.VALID, Verdict.REVOKED]
    assert trusted.elections["jk-2020"]["ru"] == "Выборы Жогорку Кенеша"
    assert trusted.places["1:TEC-1"]["en"] == "First TEC"
    with pytest.raises(ListError):
        read_keys(queries.revocation_list(at).text, public())


def test_a_new_key_signs_from_now_on_and_a_withdrawn_one_is_believed_no_longer(by: Office) -> None:
    old = issued(by)
    actions.renew_key(at=AT)
    new = issued(by)
    assert old.key_id != new.key_id
    both = read_keys(queries.key_list(AT).text, public())
    for each in (old, new):
        assert queries.check_here(digits(each.signed), AT).verdict is Verdict.VALID
    actions.withdraw_key(new.key.name, reason="The computer was stolen.", at=AT)
    assert queries.check_here(digits(new.signed), AT).verdict is Verdict.UNKNOWN_KEY
    assert queries.check_here(digits(old.signed), AT).verdict is Verdict.VALID
    left = read_keys(queries.key_list(AT).text, public()).keys
    assert (len(both.keys), bytes.fromhex(new.key.name) in left) == (2, False)
    assert issued(by).key_id not in (old.key_id, new.key_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.withdraw_key(new.key.name, reason="again", at=AT)
    assert keys.certificate_key(settings.DATA).private_bytes_raw()


def test_the_command_line_checks_with_the_two_files_alone(
    by: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = issued(by, valid_from=AT, valid_until=AT + 90000 * DAY)
    files_ = {
        "keys": queries.key_list(AT).text,
        "revoked": queries.revocation_list(AT).text,
        "pub": minisign.public_key(keys.signing_key(settings.DATA)).text(),
    }
    for name, text in files_.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")

    def check_(code: str, name: str = "") -> int:
        pub, keys_, gone = (tmp_path / f"{name}.txt" for name in ("pub", "keys", "revoked"))
        return cli.check(code, keys=keys_, revoked=gone, pub=pub, name=name)

    assert check_(digits(good.signed), "Чолпон Осмонова Үсөнбаевна") == 0
    told = capsys.readouterr().out
    assert f"number: {good.number} (international_observer)" in told
    assert "warning: the list of revocations is of 2020-09-20" in told
    assert check_(digits(good.signed), "Осмонова") == 1
    assert check_(digits(good.signed)[:-9]) == 1
    (tmp_path / "keys.txt").write_text(files_["revoked"], encoding="utf-8")
    with pytest.raises(SystemExit):
        check_(digits(good.signed))


@pytest.mark.django_db(transaction=True)
def test_two_offices_that_issue_at_once_leave_no_gap_and_give_no_number_twice() -> None:
    offices = [office("hasan"), office("gulnara", Role.CEC_SECRETARY)]
    mission = draft().body
    gate, found = threading.Barrier(2), list[str]()

    def work(by: Office) -> None:
        gate.wait()
        try:
            for _ in range(5):
                answer = actions.issue_certificate(replace(draft(), body=mission), by=by, at=AT)
                found.append(done(answer, Certificate).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(each,)) for each in offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [f"IO-2020-{place:05d}" for place in range(1, 11)]


# ------------------------------------------------------------------------------------- what the database guarantees


def test_the_database_refuses_what_no_act_would_do(by: Office) -> None:
    certificate = issued(by)
    revoked(issued(by), by)
    card = done(actions.print_card(certificate, language="ky", by=by, at=AT), Card)
    key = certificate.key
    KeyWithdrawal.objects.create(key=key, reason="x", at=AT)

    def copy(**changes: object) -> Certificate:
        values = {each.attname: getattr(certificate, each.attname) for each in Certificate._meta.concrete_fields}
        return Certificate(**{**values, "id": None, "number": "IO-2020-00009", "sequence": 9, **changes})

    rows = {
        "a_certificate_number_is_given_once": copy(sequence=1),
        "a_certificate_ends_after_it_begins": copy(valid_until=certificate.valid_from),
        "a_certificate_names_a_place_where_its_reach_has_one": copy(reach=0),
        "a_code_is_below_150_bytes": copy(code=b"\x01" * 150),
        "a_certificate_has_a_known_kind": copy(kind=13),
        "a_revocation_names_its_ground": Revocation(certificate=certificate, reason=LOST, ground="", office=by, at=AT),
        "a_revocation_has_a_known_reason": Revocation(
            certificate=certificate, reason="mood", ground="x", office=by, at=AT
        ),
        "a_card_is_frozen_once_in_a_language": Card(
            certificate=certificate, language="ky", file=card.file, office=by, at=AT
        ),
        "a_card_has_a_known_language": Card(certificate=certificate, language="de", file=card.file, office=by, at=AT),
        "checks_of_a_day_are_counted_once_a_verdict": CheckTally(day=AT.date(), verdict="valid", times=1),
    }
    CheckTally.objects.create(day=AT.date(), verdict="valid", times=3)
    for name, row in rows.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            row.save()
    for model in (CertificateKey, KeyWithdrawal, Certificate, Revocation, Card):
        table, column = model._meta.db_table, model._meta.pk.attname
        for change in ("DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET {} = {}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change.format(table, column, column))


# ------------------------------------------------------------------------------------- cards


def test_a_card_carries_the_name_and_a_code_that_a_camera_reads(by: Office) -> None:
    certificate = issued(by, kind=Kind.INTERNATIONAL_OBSERVER)
    card = done(actions.print_card(certificate, language="ky", by=by, at=AT), Card)
    assert actions.print_card(certificate, language="ky", by=by, at=AT + DAY) == card
    pdf = pypdf.PdfReader(io.BytesIO(files.content(card.file)))
    text = " ".join(pdf.pages[0].extract_text().split())
    for words in ("Осмонова Чолпон Үсөнбаевна", "IO-2020-00001", "Эл аралык байкоочу", "Биринчи АШК"):
        assert words in text
    assert [round(float(side) * 254 / 720) for side in pdf.pages[0].mediabox[2:]] == [105, 148]
    drawn = io.BytesIO()
    made = cards.qr(certificate.signed, "ky")
    made.save(drawn, kind="png", scale=3, border=4)
    read = zxingcpp.read_barcode(Image.open(drawn))
    assert read is not None
    assert queries.check_here(read.text, AT).verdict is Verdict.VALID
    assert read.text.startswith(f"{settings.PUBLIC_ADDRESS}/ky/check/#")
    assert int(made.version) <= 9  # 53 modules: 0.9 mm each on the card


def test_five_cards_make_two_sheets_and_a_photograph_has_its_place(by: Office) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (30, 40), "#888").save(photo, "JPEG")
    faces = [cards.Face(issued(by), photo.getvalue() if place % 2 else b"") for place in range(5)]
    pdf = actions.print_sheets(faces, language="ru", by=by, at=AT)
    assert isinstance(pdf, bytes)
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert [sum(page.extract_text().count(f"IO-2020-0000{n}") for n in range(1, 6)) for page in pages] == [4, 1]
    assert b"/DCTDecode" in pdf
    assert isinstance(actions.print_sheets([], language="ru", by=by, at=AT), Refused)
    assert Act.objects.filter(name="certificates.printed").count() == 1


# ------------------------------------------------------------------------------------- addresses


def test_the_lists_are_served_with_a_name_for_their_state(client: Client, by: Office) -> None:
    issued(by)
    for address_, read in (("/certificates/keys.json", read_keys), ("/certificates/revoked.json", read_revoked)):
        answer = client.get(address_)
        read(answer.content.decode(), public())
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert client.get(address_, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304
        signature = client.get(f"{address_}.minisig")
        assert signature.content.decode().startswith("untrusted comment:")
        assert signature.headers["Content-Type"] == "text/plain; charset=utf-8"
    kept = json.loads(client.get("/check-worker.js").content.decode().partition(";\n")[0].removeprefix("const KEPT = "))
    missing = [each for each in kept["assets"] if not finders.find(each.removeprefix(settings.STATIC_URL))]
    assert missing == []


def test_the_camera_is_for_the_checker_alone(client: Client, by: Office) -> None:
    page = client.get("/ky/check/")
    assert page.headers["Permissions-Policy"].startswith("camera=(self)")
    assert "worker-src 'self'" in page.headers["Content-Security-Policy"]
    other = client.get("/ky/certificates/")
    assert other.headers["Permissions-Policy"].startswith("camera=()")
    assert "worker-src" not in other.headers["Content-Security-Policy"]


def test_without_javascript_the_server_answers_and_keeps_only_a_count(client: Client, by: Office) -> None:
    good = issued(by, valid_from=AT - DAY, valid_until=AT + 90000 * DAY)
    texts = {
        digits(good.signed): "valid",
        digits(good.signed[:-1] + bytes((good.signed[-1] ^ 1,))): "forged",
        digits(good.signed[:-20]): "damaged",
        "https://other.example/menu": "not_a_code",
        "7" * 200_000: "not_a_code",
        "<script>alert(1)</script>": "not_a_code",
    }
    before = Act.objects.count()
    for text, verdict in texts.items():
        answer = client.post("/en/check/", {"code": text})
        found = answer.content.decode()
        assert answer.status_code == 200
        assert f'data-verdict="{verdict}"' in found, (text[:40], verdict)
        assert "<script>alert" not in found
        assert good.holder not in found
        assert len(found) < 60_000
    assert {each.verdict: each.times for each in CheckTally.objects.all()} == {
        "valid": 1,
        "forged": 1,
        "damaged": 1,
        "not_a_code": 3,
    }
    assert Act.objects.count() == before


def test_too_many_checks_from_one_address_are_put_off(client: Client, by: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_tally")  # what tests with a real server left of this hour
    answers = [client.post("/en/check/", {"code": "1"}).status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    assert CheckTally.objects.get().times == 60


def test_a_number_is_looked_up_without_a_name(client: Client, by: Office) -> None:
    certificate = issued(by)
    revoked(certificate, by)
    page = client.get("/ru/certificates/", {"number": " io-2020-00001 "}).content.decode()
    assert "аннулировано" in page
    assert "Международный наблюдатель" in page
    assert "Осмонова" not in page
    for nothing in ("IO-2020-00002", "\x00", "%", "' OR 1=1", "9" * 5000):
        assert client.get("/ru/certificates/", {"number": nothing}).status_code == 200


# ------------------------------------------------------------------------------------- the desk


def test_the_desk_issues_searches_exports_prints_and_revokes(by: Office) -> None:
    client = desk(by)
    body("TEC-1")
    form = {
        "kind": "3",
        "holder": "=Осмонова Чолпон",
        "body": "NOWHERE",
        "reach": "1",
        "place": "TEC-1",
        "valid_from": "2026-01-01",
        "valid_until": "2099-12-31",
        "ground": "decision:12",
    }
    refused = client.post("/en/desk/certificates/new/", form)
    assert refused.status_code == 422
    assert "No commission or organization has this code." in refused.content.decode()
    assert client.post("/en/desk/certificates/new/", {**form, "body": "CEC", "place": ""}).status_code == 422
    assert not Certificate.objects.exists()
    answer = client.post("/en/desk/certificates/new/", {**form, "body": "CEC"})
    certificate = Certificate.objects.get()
    assert answer.headers["Location"] == f"/en/desk/certificates/{certificate.number}/"
    assert certificate.names_of("place")["ru"] == "TEC-1 дом"
    assert (certificate.valid_until - certificate.valid_from).days == 27028

    for asked, hits in (("", 1), ("осмонова", 1), ("CEC", 1), (certificate.number[:6], 1), ("Иванов", 0)):
        page = client.get("/en/desk/certificates/", {"q": asked, "kind": "3", "state": "valid"}).content.decode()
        assert page.count("Осмонова Чолпон<br>") == hits, asked
    assert client.get("/en/desk/certificates/", {"kind": "99"}).status_code == 404
    rows = client.get("/en/desk/certificates/register.csv").content.decode().splitlines()
    assert len(rows) == 2
    assert "'=Осмонова" in rows[1]

    place = f"/en/desk/certificates/{certificate.number}/"
    assert client.get(f"{place}ru.pdf").status_code == 404
    assert client.post(f"{place}ru.pdf").status_code == 302
    assert client.get(f"{place}ru.pdf").content.startswith(b"%PDF")
    assert client.post("/en/desk/certificates/sheets/?kind=3").content.startswith(b"%PDF")
    assert client.post("/en/desk/certificates/sheets/?kind=4").status_code == 422
    assert client.post(f"{place}revoke/", {"reason": "lost", "ground": ""}).status_code == 422
    assert client.post(f"{place}revoke/", {"reason": "lost", "ground": "decision:13"}).status_code == 302
    assert "Lost or stolen" in client.get(place).content.decode()
    assert client.post(f"{place}revoke/", {"reason": "lost", "ground": "decision:13"}).status_code == 422


def test_the_register_shows_personal_data_to_its_staff_alone_and_says_to_whom(by: Office) -> None:
    from shailoo.accounts.models import PersonalReading

    certificate = issued(by)
    place = f"/en/desk/certificates/{certificate.number}/"
    assert desk(office("daniyar", Role.TEC_CHAIR, body("TEC-1"))).get(place).status_code == 403
    assert not PersonalReading.objects.exists()
    assert desk(by).get(place).status_code == 200
    reading = PersonalReading.objects.get()
    assert (reading.office, reading.subject) == (by, f"certificate:{certificate.number}")


def test_a_page_of_the_register_asks_the_same_few_questions_however_long_it_is(
    by: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = desk(by)
    done(actions.issue_certificates([draft() for _ in range(30)], by=by, at=AT), tuple)
    with django_assert_max_num_queries(20):
        assert client.get("/en/desk/certificates/").status_code == 200
