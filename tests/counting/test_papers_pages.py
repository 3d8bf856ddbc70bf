"""Scans and scanner reports at the desk: a file is what its content is; a printout is kept as it was printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings

from shailoo.counting.actions.scans import LARGEST_FILE, NORM, SCANS
from shailoo.counting.models import Protocol, Scan, ScannerReport
from shailoo.counting.queries import case, scanner_mismatches
from shailoo.documents.models import StoredFile
from shailoo.documents.uploads import Kind, Upload, checked
from shailoo.documents.uploads.images import MOST_PIXELS
from shailoo.law.outcome import Refused
from shailoo.ledger.canonical import sha256
from shailoo.ledger.models import Act
from tests.counting.browser import Answer, signed_in, snapshot
from tests.counting.papers import JPEG, PDF, Sent, picture, png_that_claims, printout
from tests.counting.scene import Scene, entered, paper, taken_over


def media_type(content: bytes) -> Upload | Refused:
    """What the content is found to be, as at the desk."""
    return checked(content, allowed=SCANS, most_bytes=LARGEST_FILE, norm=NORM)


HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def scanned(scene: Scene, protocol: Protocol, file: Sent, page: str = "1") -> Answer:
    """The answer to a clerk who adds a page."""
    address = reverse("counting:add_scan", args=[protocol.pk])
    return signed_in(scene.clerk).post(address, {"page": page, "file": file.upload()})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (picture("TIFF"), "image/tiff"),
        (PDF, "application/pdf"),
    ],
)
def test_the_type_is_told_by_the_content_whatever_the_sender_says(scene: Scene, content: bytes, kind: str) -> None:
    protocol = taken_over(scene)
    assert scanned(scene, protocol, Sent(content, "page.html", "text/html")).status_code == 302
    kept = Scan.objects.select_related("file").get()
    assert (kept.file.media_type, kept.file.sha256, kept.office) == (kind, sha256(content), scene.clerk)
    shown = signed_in(scene.chair).get(reverse("counting:scan", args=[protocol.pk, 1]))
    assert (shown.content, shown["Content-Type"]) == (content, kind)
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert ".html" not in shown["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upload_empty"),
        (HTML, "upload_of_another_type"),
        (SVG, "upload_of_another_type"),
        (b"GIF89a" + HTML, "upload_of_another_type"),
        (picture("GIF"), "upload_of_another_type"),
        (picture("BMP"), "upload_of_another_type"),
        (HTML + PDF, "upload_of_another_type"),
        (HTML + picture("JPEG"), "upload_of_another_type"),
        (b"\xff\xd8\xff" + HTML, "upload_is_two_things"),
        (picture("JPEG", 400, 400)[:-200], "upload_unreadable"),
        (picture("PNG")[:40], "upload_unreadable"),
        (PDF[:-8], "upload_unreadable"),
        (png_that_claims(60_000, 60_000), "upload_with_too_many_pixels"),
        (png_that_claims(10_000, 8_001), "upload_with_too_many_pixels"),
        (b"MZ\x90\x00" + b"\0" * 200, "upload_of_another_type"),
    ],
)
def test_what_is_no_page_is_refused_and_leaves_nothing_behind(
    scene: Scene, settings: Settings, content: bytes, code: str
) -> None:
    protocol, before = taken_over(scene), snapshot()
    answer = media_type(content)
    assert isinstance(answer, Refused)
    assert answer.codes == (code,)
    page = scanned(scene, protocol, Sent(content))
    assert (page.status_code, len(page.context["errors"])) == (422, 1)
    after = snapshot()
    assert {table for table in after if after[table] != before[table]} <= SIGNING_IN | LEDGER
    told = Act.objects.get(name="upload.refused")
    assert (told.subject, told.office) == (f"protocol:{protocol.pk}", scene.clerk)
    assert code in told.payload
    assert sha256(content) in told.payload
    assert not (Path(settings.DATA) / "files").exists()


LEDGER = {"ledger_act", "ledger_chain"}
SIGNING_IN = {"accounts_person", "axes_accesslog"}  # the time of the last sign-in, and its log


def test_a_page_that_is_also_something_else_is_no_page(scene: Scene) -> None:
    protocol = taken_over(scene)
    for page, content in enumerate((picture("JPEG") + HTML, picture("PNG") + SVG, PDF + b"%" + HTML + b"\n%%EOF"), 1):
        assert scanned(scene, protocol, Sent(content), str(page)).status_code == 422
    assert not Scan.objects.exists()
    assert Act.objects.filter(name="upload.refused", payload__contains="upload_is_two_things").count() == 3


def test_fifteen_megabytes_are_kept_and_one_byte_more_is_not(scene: Scene) -> None:
    protocol = taken_over(scene)
    at = PDF.rindex(b"\nstartxref")
    largest = PDF[:at] + b" " * (LARGEST_FILE - len(PDF)) + PDF[at:]
    assert len(largest) == LARGEST_FILE == 15 * 1024 * 1024
    refused = scanned(scene, protocol, Sent(largest[:at] + b" " + largest[at:], "page.pdf"))
    assert (refused.status_code, StoredFile.objects.count()) == (422, 0)
    assert scanned(scene, protocol, Sent(largest, "page.pdf")).status_code == 302
    assert StoredFile.objects.get().size == LARGEST_FILE


def test_a_sheet_of_bearable_size_is_read_and_one_row_more_is_not() -> None:
    width = 10_000
    answer = media_type(png_that_claims(width, MOST_PIXELS // width + 1))
    assert isinstance(answer, Refused)
    assert answer.codes == ("upload_with_too_many_pixels",)
    found = media_type(picture("PNG", 2_480, 3_508))  # A4 at 300 dpi
    assert isinstance(found, Upload)
    assert found.kind is Kind.PNG


@pytest.mark.parametrize("page", ["", "0", "100", "-1", "1.5", "١", "x" * 300])
def test_a_page_number_that_is_none_is_asked_again_and_kept_on_the_form(scene: Scene, page: str) -> None:
    answer = scanned(scene, taken_over(scene), JPEG, page)
    assert (answer.status_code, answer.context["form"]["page"].value()) == (422, page)
    assert not Scan.objects.exists()


def test_a_page_is_kept_once_and_an_upload_without_a_file_is_asked_again(scene: Scene) -> None:
    protocol = taken_over(scene)
    assert scanned(scene, protocol, JPEG).status_code == 302
    assert scanned(scene, protocol, Sent(picture("PNG"))).status_code == 422
    address = reverse("counting:add_scan", args=[protocol.pk])
    assert signed_in(scene.clerk).post(address, {"page": "2"}).status_code == 422
    assert signed_in(scene.clerk).get(address).context["form"]["page"].value() == 2
    assert [scan.file.sha256 for scan in Scan.objects.select_related("file")] == [sha256(JPEG.content)]


def test_another_tec_neither_adds_nor_sees_a_page(scene: Scene) -> None:
    protocol = taken_over(scene)
    scanned(scene, protocol, JPEG)
    browser = signed_in(scene.stranger)
    place, address = reverse("counting:add_scan", args=[protocol.pk]), reverse("counting:scan", args=[protocol.pk, 1])
    answers = [browser.get(place), browser.post(place, {"page": "2", "file": JPEG.upload()}), browser.get(address)]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert signed_in(scene.clerk).get(reverse("counting:scan", args=[protocol.pk, 2])).status_code == 404
    assert Scan.objects.count() == 1


@pytest.mark.norm("L35.8")
def test_a_printout_is_kept_as_it_was_printed_and_again_only_with_a_reason(scene: Scene) -> None:
    address = reverse("counting:scanner_report", args=[scene.expected[0].pk])
    browser = signed_in(scene.clerk)
    assert browser.post(address, printout()).status_code == 302
    kept = ScannerReport.objects.get()
    assert (kept.device_no, kept.total, kept.votes[0], kept.against_all, kept.version) == ("S-1", 19, 1, 2, 1)
    assert kept.report_at is not None
    assert f"{kept.report_at:%H:%M}" == "14:10"  # 20:10 in Bishkek
    assert browser.post(address, printout()).status_code == 302  # the same again is done already
    changed = printout(against_all="3", total="20")
    refused = browser.post(address, changed)
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"reason"})
    assert refused.context["form"]["against_all"].value() == "3"
    assert browser.post(address, {**changed, "reason": "misread"}).status_code == 302
    versions = ScannerReport.objects.order_by("version").values_list("version", "against_all", "reason")
    assert list(versions) == [(1, 2, ""), (2, 3, "misread")]
    assert len(browser.get(address).context["reports"]) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total", ""),
        ("total", "twenty"),
        ("against_all", "-1"),
        ("invalid", "1.5"),
        ("votes.list_01", "99999999999"),
        ("device_no", " "),
        ("device_no", "x" * 41),
        ("report_at", "25:61"),
        ("decision_at", "31.02.2020 20:00"),
    ],
)
def test_what_cannot_be_read_of_a_printout_is_marked_and_nothing_typed_is_lost(
    scene: Scene, field: str, value: str
) -> None:
    address = reverse("counting:scanner_report", args=[scene.expected[0].pk])
    answer = signed_in(scene.clerk).post(address, printout(**{field: value}))
    form = answer.context["form"]
    assert (answer.status_code, set(form.errors)) == (422, {field})
    assert (form[field].value(), form["votes.list_02"].value()) == (value, "1")
    assert not ScannerReport.objects.exists()


@pytest.mark.norm("L35.14")
def test_the_manual_count_stands_beside_the_report(scene: Scene) -> None:
    address = reverse("counting:scanner_report", args=[scene.expected[0].pk])
    signed_in(scene.clerk).post(address, printout())
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper())
    entered(protocol, scene.other, paper())
    found = case(Protocol.objects.get()).mismatch
    assert found is not None
    by_hand = {each.code: (each.manual, each.scanner, each.difference) for each in found.options}
    assert by_hand["list_01"] == (300, 1, 299)
    assert by_hand["against_all"] == (22, 2, 20)
    assert found.whole
    assert scanner_mismatches(scene.voting) == ()  # those of accepted protocols; this one is parked by the difference
    page = signed_in(scene.chair).get(reverse("counting:case", args=[protocol.pk]))
    assert [each.manual for _label, each in page.context["mismatch"]] == [each.manual for each in found.options]


def test_another_tec_records_no_report(scene: Scene) -> None:
    address = reverse("counting:scanner_report", args=[scene.expected[0].pk])
    for office in (scene.stranger, scene.cec_operator, scene.pec_chair):
        assert signed_in(office).post(address, printout()).status_code == 403, office.role
    assert not ScannerReport.objects.exists()
