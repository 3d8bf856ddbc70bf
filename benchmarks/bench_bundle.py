"""Everything to take away: the signed bundle built and verified, the table of precincts, the papers.

Aim: the results CSV of 2,500 protocols under 0.5 s, through the whole application.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from itertools import count

import pytest
import typst
from django.db import connection
from django.test import Client
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.measuring import Aim, take
from benchmarks.nations import MANY, RECORD, TABLE, Nations, Scene
from shailoo.cli.demo import times
from shailoo.cli.demo.acts import done
from shailoo.cli.demo.sittings import decide_complaints
from shailoo.commissions import queries as commissions
from shailoo.results import actions as results
from shailoo.results import queries
from shailoo.results.publication import bundle
from shailoo.results.publication.taking import Built, build
from shailoo.results.publication.verify import verify

SIZES = pytest.mark.parametrize(("size", "rounds"), [(RECORD, 3), (MANY, 1)], ids=[str(RECORD), str(MANY)])
PAPER = b'#set page(paper: "a4")\n#set text(lang: "ky")\n#set document(title: "x")\nx'
COPY_OUT = "COPY (SELECT precinct_id, valid, votes FROM counting_figures) TO STDOUT (FORMAT csv)"
PAPERS = "four papers of a TEC"
ROUNDS = 5


def built(scene: Scene) -> Built:
    """The state of the voting read, written in every form, hashed, signed and packed."""
    voting = scene.voting
    tabulation = queries.tabulate(voting)
    return build(voting, tabulation=tabulation, kind="preliminary", version=1, determination=None, at=times.COUNTED)


def copied_out() -> bytes:
    """The figures of every precinct as CSV, as the database itself writes it."""
    with connection.cursor() as cursor, cursor.copy(COPY_OUT) as rows:
        return b"".join(rows)


def bare_bundle(scene: Scene) -> bytes:
    """The votes of every precinct as the database itself writes them, hashed and packed."""
    del scene
    content, table = io.BytesIO(), copied_out()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rows.csv", table)
        archive.writestr("rows.sha256", hashlib.sha256(table).hexdigest())
    return content.getvalue()


def bare_check(content: bytes) -> int:
    """Unpack, hash every file, add up one column: no signature, no other sum, no seat."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert all(hashlib.sha256(data).digest() for data in files.values())
    rows = files[bundle.PRECINCTS].decode().splitlines()
    column = rows[0].split(",").index("valid")
    return sum(int(row.split(",")[column] or 0) for row in rows[1:])


@SIZES
def test_bare_minimum_of_building(benchmark: BenchmarkFixture, nations: Nations, size: int, rounds: int) -> None:
    with nations.counted(size) as scene:
        assert take(benchmark, f"bundle of {size:,}, built", lambda: bare_bundle(scene), rounds=rounds)


@SIZES
def test_signed_bundle_built(benchmark: BenchmarkFixture, nations: Nations, size: int, rounds: int) -> None:
    with nations.counted(size) as scene:
        made = take(benchmark, f"bundle of {size:,}, built", lambda: built(scene), rounds=rounds)
        assert verify(made.bundle).holds


@SIZES
def test_bare_minimum_of_verifying(benchmark: BenchmarkFixture, nations: Nations, size: int, rounds: int) -> None:
    with nations.counted(size) as scene:
        content, valid = built(scene).bundle, queries.tabulate(scene.voting).national.valid
        assert take(benchmark, f"bundle of {size:,}, verified", lambda: bare_check(content), rounds=rounds) == valid


@SIZES
def test_signed_bundle_verified(benchmark: BenchmarkFixture, nations: Nations, size: int, rounds: int) -> None:
    """As an outsider does: every sum, percentage and seat anew, every hash, the signature."""
    with nations.counted(size) as scene:
        content = built(scene).bundle
        report = take(benchmark, f"bundle of {size:,}, verified", lambda: verify(content), rounds=rounds)
        assert report.holds
        assert report.checked["precincts"] >= size


def test_bare_minimum_of_the_table(benchmark: BenchmarkFixture, nations: Nations) -> None:
    """As the database itself writes it."""
    with nations.counted(TABLE):
        table = take(benchmark, f"results CSV of {TABLE:,} protocols", copied_out, rounds=5)
        assert table.count(b"\n") >= TABLE


def test_table_of_precincts(benchmark: BenchmarkFixture, nations: Nations) -> None:
    """Through every layer but the micro-cache: address, snapshot, rows, CSV."""
    browser = Client()
    with nations.counted(TABLE):
        answer = take(
            benchmark,
            f"results CSV of {TABLE:,} protocols",
            lambda: browser.get("/en/downloads/precincts.csv"),
            rounds=5,
            aim=Aim(0.5),
        )
        assert answer.content.count(b"\n") >= TABLE


def test_bare_minimum_of_a_paper(benchmark: BenchmarkFixture) -> None:
    """One letter set by the same typesetter to the same standard, four times."""
    compiler, places = typst.Compiler(), count()

    def bare() -> int:
        # Each time another letter: the typesetter keeps what it has set before.
        pages = (PAPER + str(next(places)).encode() for _ in range(4))
        return sum(bool(compiler.compile(input=page, pdf_standards="a-2a")) for page in pages)

    assert take(benchmark, PAPERS, bare, rounds=5) == 4


def test_tec_signs_and_its_papers_are_issued(benchmark: BenchmarkFixture, nations: Nations) -> None:
    """Sums, correlations, protocol and summary table in two languages as PDF/A, frozen and kept."""
    with nations.counted(RECORD) as scene:
        voting, staff = scene.voting, scene.staff
        tecs = list(commissions.tecs().filter(voting_precincts__voting=voting).distinct()[:ROUNDS])
        slug = voting.election.slug
        held = [decide_complaints(staff, tec, at=times.TEC_MEETINGS, election=slug) for tec in tecs]
        waiting = iter(zip(tecs, held, strict=True))

        def sign() -> None:
            tec, sitting = next(waiting)
            meeting = results.FinalMeeting(sitting)
            done(
                results.sign_tec_protocol(
                    voting, tec, by=staff.of_tec(tec, "chair"), at=times.TECS_SIGN, meeting=meeting
                )
            )

        take(benchmark, PAPERS, sign, rounds=ROUNDS)
