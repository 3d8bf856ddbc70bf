"""Documents: set in type, signed, frozen; a file verified; an upload looked at.

Aim: a signature under 40 ms, so that 216 papers of 54 commissions cost less than 10 s of one processor.
"""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from PIL import Image
from pytest_benchmark.fixture import BenchmarkFixture
from pytest_django import Settings
from tests.documents.authorities import installed
from tests.documents.samples import SAMPLES, imprint
from tests.documents.test_uploads import pdf

from benchmarks.measuring import Aim, take
from shailoo.documents import signing
from shailoo.documents.actions import issue
from shailoo.documents.forms import fitted, form_of
from shailoo.documents.models import Document
from shailoo.documents.queries import content
from shailoo.documents.rendering import Imprint, render
from shailoo.documents.uploads import Kind, Upload, checked
from shailoo.documents.verification import Verdict, examine

KIND = "tec_protocol"
NUMBERS = count()
MANY = 100
ONE = "a TEC's protocol"


@pytest.fixture(autouse=True)
def authority(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An authority whose key is open, in a data folder of this measurement."""
    settings.DATA = tmp_path
    installed(monkeypatch)
    assert signing.unlock()


def typeset() -> bytes:
    """The paper set in type; each time another number, for the typesetter keeps what it has set before."""
    form = form_of(KIND)
    return render(form.template, fitted(form, SAMPLES[KIND](KIND, "ky"), "ky"), numbered())


def numbered() -> Imprint:
    return Imprint(f"measured/{os.getpid()}/{next(NUMBERS)}", "ky", datetime.now(UTC), "https://shailoo.example/")


def issued() -> Document:
    return issue(KIND, SAMPLES[KIND](KIND, "ky"), imprint=numbered(), subject="measured", by=None)


def test_bare_minimum_of_a_paper(benchmark: BenchmarkFixture) -> None:
    """Set in type, and nothing else."""
    assert take(benchmark, ONE, typeset, rounds=10)


@pytest.mark.django_db
def test_one_paper_issued(benchmark: BenchmarkFixture) -> None:
    """Set in type, signed, synced to the disk, recorded."""
    assert take(benchmark, ONE, issued, rounds=10).signed_by


@pytest.mark.django_db
def test_a_hundred_papers_issued(benchmark: BenchmarkFixture) -> None:
    made = take(benchmark, f"{MANY} papers issued", lambda: [issued() for _ in range(MANY)], rounds=1)
    assert len(made) == MANY


def test_a_signature(benchmark: BenchmarkFixture) -> None:
    paper = typeset()
    signed = take(
        benchmark, "signature", lambda: signing.sign(paper, imprint(KIND, "ky"), None), rounds=20, aim=Aim(0.04)
    )
    assert signed.certificate


@pytest.mark.django_db
def test_a_file_that_was_issued_is_recognized(benchmark: BenchmarkFixture) -> None:
    file = content(issued().file)
    found = take(benchmark, "file verified: as issued", lambda: examine(file), rounds=20)
    assert found.verdict is Verdict.IN_FORCE


@pytest.mark.django_db
def test_a_signature_is_verified(benchmark: BenchmarkFixture) -> None:
    file = signing.sign(typeset(), imprint(KIND, "ky"), None).content
    found = take(benchmark, "file verified: by its signature", lambda: examine(file), rounds=20, aim=Aim(0.5))
    assert found.verdict is Verdict.UNKNOWN_BUT_OURS


def test_a_scan_is_looked_at(benchmark: BenchmarkFixture) -> None:
    """An A4 page at 300 dots an inch, unpacked to its last row."""
    out = io.BytesIO()
    Image.effect_noise((2_480, 3_508), 60).save(out, "JPEG", quality=85)
    scan = out.getvalue()
    found = take(benchmark, "scan checked", lambda: looked_at(scan), rounds=10)
    assert isinstance(found, Upload)


def test_a_pdf_of_ten_thousand_objects_is_looked_at(benchmark: BenchmarkFixture) -> None:
    names = " ".join(f"{number} 0 R" for number in range(4, 9_900))
    file = pdf(*("<< /N 5 >>" for _ in range(9_900)), catalogue=f"/X [{names}]")
    assert isinstance(take(benchmark, "PDF of 10,000 objects checked", lambda: looked_at(file), rounds=3), Upload)


def looked_at(file: bytes) -> object:
    return checked(file, allowed=set(Kind), most_bytes=15 * 1024 * 1024, norm="L36.1.a1")
