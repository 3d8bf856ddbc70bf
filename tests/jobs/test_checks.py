"""The works that auditors ask for, and their pages: what is found, what is downloaded, who sees what."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from playwright.sync_api import Browser

from shailoo.accounts.roles import Kind, Role
from shailoo.documents.actions import place, store
from shailoo.documents.jobs import check_files, export_ledger
from shailoo.documents.models import StoredFile
from shailoo.jobs import queries
from shailoo.jobs.models import Work
from shailoo.jobs.progress import StoppedError, Unwatched, WorkFailedError
from shailoo.jobs.running import run
from shailoo.jobs.verifying import verify_ledger
from shailoo.ledger.actions import publish_head
from tests.browser.test_desk_pages import (
    SITE,
    beside_a_running_loop,
    browser_type_launch_args,
    faults,
    opened,
    untold,
)
from tests.counting.browser import signed_in
from tests.counting.scene import office
from tests.jobs.kinds import FAULTY
from tests.jobs.scene import asked, bodies, body, cec_chair
from tests.ledger.forging import append

__all__ = ["beside_a_running_loop", "browser_type_launch_args"]
DESK = "/ky/desk/"


class Heard:
    """Progress that remembers what it was told, and may stop the work."""

    def __init__(self, *, most: int = 10**9) -> None:
        self.steps: list[tuple[int, int | None, str]] = []
        self.most = most

    def step(self, done: int, total: int | None = None, message: str = "", **facts: int | str) -> None:
        del facts
        self.steps.append((done, total, message))
        if len(self.steps) > self.most:
            raise StoppedError

    def cancelled(self) -> bool:
        return len(self.steps) > self.most


# ------------------------------------------------------------------------------------- what they do


@pytest.mark.django_db(transaction=True)
def test_the_ledger_is_verified_with_progress_and_against_the_heads_in_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shailoo.jobs.verifying.AT_ONCE", 10)
    append(1, 25)
    publish_head(at=timezone.now())
    append(26, 30)
    heard = Heard()
    found = verify_ledger(heard)
    assert found == {
        "verdict": "holds",
        "acts": 25,
        "beyond": 5,
        "chains": 3,
        "heads": 1,
        "published": 1,
        "faults": 0,
        "told": [],
    }
    assert heard.steps == [(0, 30, "verifying"), *((done, 30, "verifying") for done in (10, 20, 30))]
    with pytest.raises(StoppedError):
        verify_ledger(Heard(most=2))
    note = next(path for path in (settings.DATA / "heads").rglob("*.json") if not path.name.endswith(".chains.json"))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_act DISABLE TRIGGER USER")
        cursor.execute("UPDATE ledger_act SET payload = '{}' WHERE sequence = 4 AND chain_id = 'cec'")
        cursor.execute("ALTER TABLE ledger_act ENABLE TRIGGER USER")
    broken = verify_ledger(Unwatched())
    assert (broken["verdict"], broken["published"]) == ("broken", 1)
    assert "cec" in str(broken["told"])
    assert note.is_file()


@pytest.mark.django_db(transaction=True)
def test_the_export_is_a_file_that_an_outsider_verifies(tmp_path: Path) -> None:
    chair = cec_chair()
    with pytest.raises(WorkFailedError, match="nothing_signed"):
        export_ledger(Unwatched())
    append(1, 20)
    publish_head(at=timezone.now())
    work = asked("ledger_export", chair)
    run(work.pk)
    work.refresh_from_db()
    assert (work.state, work.done, work.total) == ("done", 3, 3)
    assert isinstance(work.result, dict)
    answer = signed_in(chair).get(f"{DESK}work/{work.pk}/download/")
    assert hashlib.sha256(answer.content).hexdigest() == work.result["sha256"]
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        packed.extractall(tmp_path)
    told = subprocess.run(
        [sys.executable, "verify_ledger.py"], cwd=tmp_path / "ledger", capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert export_ledger(Unwatched())["sha256"] == work.result["sha256"], "the same acts give the same bytes"


@pytest.mark.django_db
def test_every_kept_file_is_held_against_its_hash() -> None:
    at = timezone.now()
    kept = [store(f"file {number}".encode(), "text/plain", at) for number in range(4)]
    heard = Heard()
    assert check_files(heard) == {"verdict": "holds", "files": 4, "bytes": 24, "faults": 0, "told": []}
    assert heard.steps[-1] == (4, 4, "checking_files")
    place(kept[0].sha256).write_bytes(b"file X")
    place(kept[2].sha256).unlink()
    found = check_files(Unwatched())
    assert (found["verdict"], found["faults"]) == ("broken", 2)
    assert {kept[0].sha256, kept[2].sha256} == {each["where"] for each in found["told"]}  # type: ignore[attr-defined]  # JSON
    assert StoredFile.objects.count() == 4


# ------------------------------------------------------------------------------------- their pages


@pytest.mark.django_db
def test_who_sees_asks_cancels_and_downloads() -> None:
    chair = cec_chair()
    tec, far = bodies(chair.body)
    auditor = office("auditor", body("AUDIT", Kind.AUDIT_GROUP, chair.body), Role.AUDIT_GROUP)
    administrator = office("administrator", tec, Role.TEC_ADMINISTRATOR)
    stranger = office("stranger", far, Role.TEC_CHAIR)
    client = signed_in(auditor)
    answer = client.post(f"{DESK}checks/ledger_verification/")
    work = Work.objects.get()
    assert answer["Location"] == f"{DESK}work/{work.pk}/"
    assert (work.kind, work.subject, work.asked_by) == ("ledger_verification", "ledger", auditor)
    assert client.post(f"{DESK}checks/ledger_verification/")["Location"] == f"{DESK}work/{work.pk}/"
    assert signed_in(stranger).post(f"{DESK}checks/ledger_verification/")["Location"] == f"{DESK}checks/"
    assert Work.objects.count() == 1, "one is under way"
    assert client.post(f"{DESK}checks/test_faulty/").status_code == 404
    assert signed_in(administrator).post(f"{DESK}checks/file_check/").status_code == 403
    assert signed_in(administrator).get(f"{DESK}checks/").status_code == 200
    place = f"{DESK}work/{work.pk}/"
    for own, status in ((auditor, 200), (chair, 200), (stranger, 404), (administrator, 404)):
        assert signed_in(own).get(place).status_code == status
        assert signed_in(own).get(f"{place}download/").status_code == 404
    assert signed_in(stranger).post(f"{place}cancel/").status_code == 404
    assert client.get(f"{place}cancel/").status_code == 405
    assert client.post(f"{place}cancel/").status_code == 302
    work.refresh_from_db()
    assert (work.state, work.cancelled_by) == ("cancelled", auditor)
    rows = client.get(f"{DESK}work/work.csv?state=cancelled").content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[1] for row in rows] == ["kind", "ledger_verification"]
    assert len(client.get(f"{DESK}work/work.csv?state=done").content.splitlines()) == 1
    assert client.get(f"{DESK}work/?state=lost").status_code == 404


@pytest.mark.django_db
def test_a_page_costs_the_same_for_one_work_and_for_thirty() -> None:
    chair = cec_chair()
    browser = signed_in(chair)

    def asked_of_the_database() -> int:
        with CaptureQueriesContext(connection) as found:
            assert browser.get(f"{DESK}work/").status_code == 200
        return len(found)

    asked(FAULTY.code, chair, fault="none")
    asked_of_the_database()
    few = asked_of_the_database()
    for _ in range(29):
        asked(FAULTY.code, chair, fault="none")
    assert asked_of_the_database() == few


@pytest.mark.browser
@pytest.mark.django_db
def test_everyone_can_follow_a_work_in_a_real_browser(browser: Browser) -> None:
    """The page asks again of itself until the work has ended; every page at both widths, in the words of people."""
    chair = cec_chair()
    now = timezone.now()
    stuck = asked("file_check", chair, at=now - queries.PATIENCE * 2)
    broken, done = asked("ledger_verification", chair), asked("ledger_export", chair)
    failed = asked(FAULTY.code, chair, fault="none")
    for work in (broken, done, failed):
        Work.objects.filter(pk=work.pk).update(
            state="running",
            attempts=1,
            started_at=now - timedelta(seconds=75),
            done=30_000,
            total=100_000,
            message="verifying",
        )
    page = opened(browser, chair)
    page.goto(f"{SITE}/en/desk/work/{broken.pk}/", wait_until="load")
    assert "30,000" in page.inner_text("main") or "30 000" in page.inner_text("main").replace("\u202f", " ").replace(
        "\xa0", " "
    )
    assert faults(page) == []
    told = [{"code": "act_hash_differs", "where": "act 4 of cec"}]
    counts = {"acts": 9, "beyond": 0, "chains": 1, "heads": 1, "published": 0}
    end(broken, {"verdict": "broken", "faults": 1, "told": told} | counts)
    page.locator(".govuk-tag--red").wait_for(timeout=20_000)
    assert "act 4 of cec" in page.inner_text("main")
    assert page.locator("#work[hx-get]").count() == 0, "it no longer asks"
    end(done, {"acts": 9, "withheld": 1, "heads": 1, "sha256": "0" * 64, "size": 9, "name": "ledger-1.zip"})
    Work.objects.filter(pk=failed.pk).update(state="failed", ended_at=now, error="broken")
    for language in ("ky", "ru"):
        for address in ("work/", "checks/", *(f"work/{work.pk}/" for work in (stuck, broken, done, failed))):
            page.goto(f"{SITE}/{language}/desk/{address}", wait_until="load")
            wrong = faults(page) if language == "ky" else []
            said = [word for word in untold(page, language) if word.lower() not in ALLOWED]
            assert (wrong, said) == ([], []), (language, address)
    page.goto(f"{SITE}/en/desk/work/{stuck.pk}/", wait_until="load")
    assert "shailoo jobs work" in page.inner_text("main")
    page.context.close()


ALLOWED = {
    "act_hash_differs",
    "test_faulty",
    "test_again",
    "test_fails",
    "act",
    "cec",
    "hash",
    "jobs",
    "work",
    "differs",
}


def end(work: Work, result: dict[str, object]) -> None:
    """The work is done."""
    Work.objects.filter(pk=work.pk).update(state="done", ended_at=timezone.now(), result=result, done=100_000)
