"""The record of acts on pages: what the public reads and what it does not, pages by key, proofs others can check."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils.html import strip_tags
from procrastinate.contrib.django import app
from pytest_django import DjangoAssertNumQueries, Settings

from shailoo.accounts.models import Office, PersonalReading
from shailoo.ledger.actions import publish_head, record
from shailoo.ledger.models import Act
from shailoo.portal.views.record import next_head
from shailoo.wording import LANGUAGES, Catalogue, text
from tests.counting.browser import signed_in
from tests.counting.scene import Scene, build
from tests.ledger.forging import AT, append

pytestmark = pytest.mark.django_db
SECRET = "Asanova Aizada"


@pytest.fixture(autouse=True)
def own_data(settings: Settings, tmp_path: Path) -> None:
    """Keys and kept files of a test lie in a folder of its own."""
    settings.DATA = tmp_path


@pytest.fixture
def scene() -> Scene:
    return build()


def words(client: Client, address: str) -> str:
    """The text of a page as it is read, with plain single spaces."""
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(strip_tags(response.content.decode()).split())


def in_workbook(client: Client, address: str) -> str:
    """Every text in the workbook at an address."""
    book = ZipFile(io.BytesIO(client.get(address).content))
    assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") > 1
    return book.read("xl/sharedStrings.xml").decode()


def streamed(client: Client, address: str) -> str:
    response = client.get(address)
    assert isinstance(response, StreamingHttpResponse)
    return response.getvalue().decode("utf-8-sig")


def act(by: Office | None, name: str, hour: int, **payload: object) -> Act:
    """An act on one record; returns it as it was kept."""
    at = AT + timedelta(hours=hour)
    found = record(name, subject="protocol:7", by=by, at=at, grounds=["L36.2"], payload=payload)
    return Act.objects.get(hash=found)


def of(found: Act) -> str:
    return f"/en/record/acts/{found.chain_id}/{found.sequence}/"


def test_an_act_says_who_when_on_what_ground_and_what_changed(client: Client, scene: Scene) -> None:
    act(scene.clerk, "protocol.taken_over", 0, state="expected", votes={"P1": 300})
    hidden = act(scene.chair, "office.given", 1, person=SECRET)
    last = act(scene.chair, "protocol.settled", 2, state="accepted", votes={"P1": 310}, ground="court")
    page = words(client, of(last))
    for told in ("TEC chair", scene.chair.person.name, "5 October 2020, 11:00", "Protocol 7", "Art. 36, para. 2"):
        assert told in page, told
    assert "Votes · P1 300 310" in page
    assert "decision of a court" in page
    assert "This act is not yet in a signed head" in page
    page = words(client, of(hidden))
    assert SECRET not in page
    assert "The content is withheld" in page
    assert scene.clerk.person.name not in words(client, "/en/record/of/protocol:7/")
    assert words(client, "/en/record/of/protocol:7/").count("Votes · P1") == 2
    assert SECRET not in client.get(f"{of(hidden)}act.json").content.decode()
    assert SECRET not in streamed(client, "/en/record/acts.csv")
    assert SECRET not in in_workbook(client, "/en/record/acts.xlsx")


def test_no_code_of_an_act_stands_on_a_kyrgyz_page(client: Client, scene: Scene) -> None:
    found = act(scene.chair, "protocol.returned", 0, reason="кол коюлган эмес", state="returned", round=1)
    for code in LANGUAGES:
        page = words(client, of(found).replace("/en/", f"/{code}/")) + words(client, f"/{code}/record/")
        for raw in ("protocol.returned", "protocol:7", "tec_chair", "reason ", "{", "'ky'"):
            assert raw not in page, (code, raw)
        assert f"{getattr(scene.chair.body, f'name_{code}')}: {scene.chair.person.name}" in page


def test_codes_within_an_act_are_told_in_words(client: Client, scene: Scene) -> None:
    found = act(scene.chair, "deadline.fulfilled", 0, event="preliminary_lists_posted")
    page = words(client, of(found))
    assert "preliminary_lists_posted" not in page
    assert text(Catalogue.EVENTS, "preliminary_lists_posted", "en") in page


def test_pages_follow_by_key_and_a_filter_keeps_to_its_own(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    append(1, 120)
    record("certificate.revoked", subject="certificate:1", by=None, at=AT + timedelta(days=2), grounds=["L64.3"])
    client.get("/en/record/")
    seen, address = [], "/en/record/?act=result.published&norm=64.8&since=2020-10-05&until=2020-10-05"
    while address:
        with django_assert_max_num_queries(6):
            found = client.get(address).context["found"]
        seen += [each.row.act for each in found.rows]
        address = f"/en/record/{found.older}" if found.older else ""
    assert len(seen) == 96
    assert seen == sorted(set(seen), reverse=True)
    assert not found.rows[-1].row.name.startswith("office")
    back = client.get(f"/en/record/{found.newer}").context["found"]
    assert [each.row.act for each in back.rows] == seen[:50]
    assert "Certificate 1" in words(client, "/en/record/?norm=64.3")
    assert "No act fits" in words(client, "/en/record/?since=2020-10-06&until=2020-10-06")
    for wrong in ("act=x", "since=2020-13-01", "since=yesterday", "before=0", "after=1;", "before=-1"):
        assert client.get(f"/en/record/?{wrong}").status_code == 404, wrong


def test_a_search_is_taken_away_as_csv_and_json(client: Client) -> None:
    append(1, 12)
    record("result.published", subject="=1+1", by=None, at=AT, payload={"a": 1})
    rows = list(csv.DictReader(io.StringIO(streamed(client, "/ky/record/acts.csv"))))
    assert len(rows) == 13
    assert rows[0]["subject"] == "'=1+1", "no spreadsheet takes it for a formula"
    assert rows[0]["content"] == '{"a":1}'
    found = json.loads(streamed(client, "/ky/record/acts.json?act=office.given"))
    assert [(each["act"], each["content"]) for each in found] == [("office.given", None)] * 2
    assert json.loads(streamed(client, "/ky/record/acts.json?body=nobody")) == []


def test_a_proof_is_checked_by_the_programs_that_the_page_offers(client: Client, tmp_path: Path) -> None:
    append(1, 40)
    head = publish_head(at=AT)
    found = Act.objects.get(chain="TEC-1", sequence=7)
    page = client.get(of(found))
    key = page.context["key"]
    for name in ("check_proof", "verify_ledger"):
        (tmp_path / f"{name}.py").write_bytes(client.get(f"/en/record/verify/{name}.py").content)
    for name in ("act.json", "proof.json"):
        (tmp_path / name).write_bytes(client.get(f"{of(found)}{name}").content)

    def checked() -> tuple[int, str]:
        command = [sys.executable, "check_proof.py", "act.json", "proof.json", "--key", key]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    code, told = checked()
    assert (code, told.startswith(f"Everything holds: act {page.context['proof'].index} of 40 in head 1")) == (0, True)
    altered = json.loads((tmp_path / "act.json").read_text()) | {"subject": "voting:9"}
    (tmp_path / "act.json").write_text(json.dumps(altered))
    assert checked() == (1, "x the hash of the act is another one\n")
    kept = client.get(f"/en/record/heads/{head.number}/head.json").content.decode()
    assert kept == head.note


def test_heads_are_listed_shown_against_the_one_before_and_fed(client: Client) -> None:
    for address in ("/en/record/", "/en/record/heads/", "/en/record/verify/", "/en/record/heads.atom"):
        assert client.get(address).status_code == 200, f"{address} before there is any head"
    append(1, 5)
    first = publish_head(at=AT)
    append(6, 11)
    second = publish_head(at=AT + timedelta(days=1))
    page = words(client, "/ru/record/heads/2/")
    assert page.count("✓") == 4
    assert "✗" not in page
    assert words(client, "/en/record/heads/1/").count("✓") == 2
    feed = client.get("/en/record/heads.atom")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert [head.root in feed.content.decode() for head in (first, second)] == [True, True]
    assert client.get("/en/record/heads/3/").status_code == 404
    assert client.get("/en/record/heads/2/chains.json").content.decode() == second.chains
    assert client.get("/en/record/acts/nobody/1/").status_code == 404
    assert client.get("/en/record/of/nothing:1/").status_code == 404
    assert client.get("/en/record/verify/settings.py").status_code == 404


def test_the_next_head_is_told_as_the_daily_work_makes_it() -> None:
    (daily,) = (
        each for (name, _), each in app.periodic_registry.periodic_tasks.items() if name == "ledger.publish_head"
    )
    assert daily.cron == "15 18 * * *"
    due = datetime(2020, 10, 4, 18, 15, tzinfo=UTC)
    assert next_head(due - timedelta(seconds=1)) == due
    assert next_head(due) == due + timedelta(days=1)


def test_the_desk_reads_contents_of_its_own_reach_and_each_reading_is_recorded(scene: Scene) -> None:
    hidden = act(scene.chair, "office.given", 0, person=SECRET)
    far = act(scene.stranger, "office.given", 1, person="of another commission")
    own, court = signed_in(scene.chair), signed_in(scene.cec_chair)
    address = f"/en/desk/record/acts/{hidden.chain_id}/{hidden.sequence}/"
    assert SECRET in words(own, address)
    assert words(own, "/en/desk/record/").count("Office given") >= 1
    assert SECRET in streamed(own, "/en/desk/record/acts.csv")
    assert SECRET in in_workbook(own, "/en/desk/record/acts.xlsx")
    assert "of another commission" not in streamed(own, "/en/desk/record/acts.csv")
    assert PersonalReading.objects.filter(office=scene.chair).count() == 5
    beyond = f"/en/desk/record/acts/{far.chain_id}/{far.sequence}/"
    assert own.get(beyond).status_code == 404
    page = words(court, beyond)
    assert "of another commission" in page
    assert SECRET in page, "what another commission said before stands beside it for whoever reads all"
    assert signed_in(scene.clerk).get("/en/desk/record/").status_code == 403
