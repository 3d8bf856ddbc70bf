"""A file of protocols at the desk: looked at, all its faults told, nothing written before it is confirmed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import Settings

from shailoo.counting.importing import waiting
from shailoo.counting.models import Figures, Import, Protocol
from shailoo.counting.states import State
from shailoo.ledger.canonical import sha256
from shailoo.ledger.models import Act
from tests.counting.browser import Answer, signed_in, snapshot
from tests.counting.files import row, written
from tests.counting.scene import Scene, paper

UPLOAD = "counting:import"
BUTTON = "Import these protocols"


def good() -> bytes:
    return written([row("1001", paper()), row("1002", paper(participated=1204))])


def uploaded(browser: Client, content: bytes, name: str = "protocols.csv", columns: str = "") -> Answer:
    """The answer to an upload."""
    sent = SimpleUploadedFile(name, content, "text/csv")
    return browser.post(reverse(UPLOAD), {"file": sent, "columns": columns})


def test_a_file_is_looked_at_then_confirmed(scene: Scene, settings: Settings) -> None:
    browser, before = signed_in(scene.cec_operator), snapshot()
    answer = uploaded(browser, good(), "участоктор.csv")
    assert answer.status_code == 302
    shown = browser.get(answer["Location"])
    assert (shown.status_code, shown.context["plan"].rows) == (200, 2)
    assert "участоктор.csv" in shown.content.decode()
    assert snapshot() == before
    done = browser.post(answer["Location"])
    assert (done.status_code, done["Location"]) == (302, reverse("counting:queue"))
    stands = dict(Protocol.objects.values_list("precinct__number", "state"))
    assert stands == {"1001": State.ACCEPTED, "1002": State.PARKED}
    kept = Import.objects.get()
    assert (kept.name, kept.office, kept.rows) == ("участоктор.csv", scene.cec_operator, 2)
    assert list((Path(settings.DATA) / "waiting").iterdir()) == []


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_fault_is_told_by_line_field_and_norm_in_each_language(scene: Scene, language: str) -> None:
    rows = [row("1001", paper(against_all=-3)), row("9999", paper()), row("1002", paper(closed_at="25:00"))]
    browser = signed_in(scene.cec_operator)
    with override(language):
        address = uploaded(browser, written(rows))["Location"]
        before = snapshot()
        shown = browser.get(address)
        refused = browser.post(address)
    told = {(fault.line, fault.field, fault.norm) for fault, _said in shown.context["faults"]}
    assert told == {(2, "against_all", "L34.3"), (3, "precinct", "L36.2.b3"), (4, "closed_at", "L34.3")}
    assert all(said and said != fault.code for fault, said in shown.context["faults"])
    assert f"/{language}/law/L34.3/" in shown.content.decode()
    assert "25:00" in shown.content.decode()
    assert (shown.status_code, refused.status_code) == (200, 422)
    assert snapshot() == before


def test_what_is_no_table_is_told_as_a_fault_of_the_file(scene: Scene) -> None:
    browser = signed_in(scene.cec_operator)
    with override("en"):
        whole = browser.get(uploaded(browser, good())["Location"])
    assert BUTTON in whole.content.decode()
    with override("en"):
        shown = browser.get(uploaded(browser, "a,b\n1,2\n".encode("utf-16"))["Location"])
    assert shown.context["faults"]
    assert BUTTON not in shown.content.decode()
    assert not Protocol.objects.exists()


def test_what_is_no_text_is_not_taken_and_told_to_the_ledger(scene: Scene) -> None:
    browser = signed_in(scene.cec_operator)
    for content in (b"%PDF-1.7 and so on", b"\x89PNG\r\n\x1a\n\x00\xff", b"<html><script>alert(1)</script>"):
        answer = uploaded(browser, content)
        assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"file"})
        assert waiting.kept(sha256(content)) is None
    told = Act.objects.filter(name="upload.refused", subject=f"voting:{scene.voting.pk}")
    assert [act.office for act in told] == [scene.cec_operator] * 3


def test_no_file_an_empty_file_and_an_unknown_map_are_asked_again(scene: Scene) -> None:
    browser = signed_in(scene.cec_operator)
    answers = [browser.post(reverse(UPLOAD), {"columns": ""}), uploaded(browser, b"")]
    answers.append(uploaded(browser, good(), columns="../../etc/passwd"))
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert [set(answer.context["form"].errors) for answer in answers] == [{"file"}, {"file"}, {"columns"}]


def test_a_file_too_large_for_a_page_is_refused(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shailoo.counting.views.importing.LARGEST_UPLOAD", len(good()) - 1)
    answer = uploaded(signed_in(scene.cec_operator), good())
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"file"})
    monkeypatch.setattr("shailoo.counting.views.importing.LARGEST_UPLOAD", len(good()))
    assert uploaded(signed_in(scene.cec_operator), good()).status_code == 302


def test_the_same_file_again_does_nothing(scene: Scene) -> None:
    browser = signed_in(scene.cec_operator)
    first, again = uploaded(browser, good())["Location"], uploaded(browser, good())["Location"]
    assert browser.post(first).status_code == 302
    assert browser.post(first).status_code == 404  # it waits no longer
    address = uploaded(browser, good())["Location"]
    assert browser.get(address).context["plan"].done
    assert browser.post(again).status_code == 302
    assert (Import.objects.count(), Figures.objects.count()) == (1, 2)
    assert Act.objects.filter(name="protocols.imported").count() == 1


def test_an_address_that_is_forged_or_whose_file_was_altered_leads_nowhere(scene: Scene, settings: Settings) -> None:
    browser = signed_in(scene.cec_operator)
    address = uploaded(browser, good())["Location"]
    assert browser.get(address.removesuffix("/") + "x/").status_code == 404
    (path,) = (Path(settings.DATA) / "waiting").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    path.write_bytes(good() + b"1003,0\r\n")
    assert browser.post(address).status_code == 404
    assert not Import.objects.exists()


def test_what_waited_a_day_is_thrown_away_with_the_next_upload(settings: Settings) -> None:
    old, recent = waiting.keep(b"old"), waiting.keep(b"recent")
    path = Path(settings.DATA) / "waiting" / old
    os.utime(path, (0, time.time() - waiting.WAITS - 1))
    waiting.keep(b"new")
    assert (waiting.kept(old), waiting.kept(recent)) == (None, b"recent")


def test_only_the_cec_sees_the_page(scene: Scene) -> None:
    address = uploaded(signed_in(scene.cec_operator), good())["Location"]
    for office in (scene.clerk, scene.chair, scene.secretary, scene.pec_chair):
        browser = signed_in(office)
        answers = (browser.get(reverse(UPLOAD)), uploaded(browser, good()), browser.get(address), browser.post(address))
        assert [answer.status_code for answer in answers] == [403] * 4, office.role
    assert not Import.objects.exists()
    for office in (scene.cec_operator, scene.cec_chair, scene.cec_member):
        assert signed_in(office).get(reverse(UPLOAD)).status_code == 200


@pytest.mark.norm("L36.2")
def test_a_protocol_that_came_in_a_file_shows_the_files_act_as_its_history(scene: Scene) -> None:
    browser = signed_in(scene.cec_operator)
    browser.post(uploaded(browser, good())["Location"])
    parked = Protocol.objects.get(state=State.PARKED)
    chair = signed_in(scene.chair)
    chair.post(reverse("counting:decide", args=[parked.pk, "return_to_pec"]), {"reason": "line 5 is not the sum"})
    shown = chair.get(reverse("counting:case", args=[parked.pk]))
    names = [act.name for act in shown.context["case"].history]
    assert names == ["protocols.imported", "protocol.returned"]
