"""Voter lists on paper: drawn at 150 pages a second on one core, and a batch printed with its act, file and row.

Aims: 150 pages a second for the copy in which voters sign and for the one that is posted; the batch, which also reads
every list, seals and keeps its file and records its act, no slower than the same. The bare minimum of the drawing is
the same number of empty pages with a head, a grid and one string; that of the batch is reading its lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from pytest_django import DjangoDbBlocker
from reportlab.pdfgen.canvas import Canvas
from tests.commissions.sittings import done
from tests.voters.scene import AN_HOUR, AT, Scene, accepted, build, generated, opened

from benchmarks.measuring import Aim, take
from benchmarks.servers import own_server
from shailoo.jobs.progress import Unwatched
from shailoo.voters.lists.actions import compile_edition
from shailoo.voters.lists.columns import Copy
from shailoo.voters.lists.models import Edition, Stage, VoterList
from shailoo.voters.lists.queries import lines
from shailoo.voters.printing.actions import order_batch
from shailoo.voters.printing.assembling import sheet_of
from shailoo.voters.printing.jobs import print_batch
from shailoo.voters.printing.sheets.content import Bilingual, Column, Head, Row, Sheet
from shailoo.voters.printing.sheets.drawing import draw
from shailoo.voters.printing.sheets.fonts import REGULAR, make_known
from shailoo.voters.printing.sheets.layout import frame

A_SECOND = 150  # pages
VOTERS, PRECINCTS = 30_000, 20
ACROSS = (
    *(Column.NUMBER, Column.NAME, Column.BORN, Column.RESIDENCE),
    *(Column.DOCUMENT, Column.SIGNATURE, Column.MEMBER, Column.NOTE),
)
HEAD = Head(
    title=Bilingual("Шайлоочулардын акыркы тизмеси", "Окончательный список избирателей"),
    election=Bilingual("Шайлоо", "Выборы"),
    precinct="1001",
    place=Bilingual("Кербен ш., № 2 мектеп", "г. Кербен, школа № 2"),
    number="F1-1001",
    copy=1,
    formed="19.09.2020",
    sha256="ab" * 32,
)


def sheet(columns: tuple[Column, ...], voters: int = 1_500) -> Sheet:
    """A list of an ordinary size."""
    data = ("05.06.1990", "Бишкек ш., Свердлов р-ну, Токтогул көчөсү 15-12") if Column.BORN in columns else ("", "")
    rows = tuple(Row(number, "Өмүрбекова Айгүл Токтогул кызы", *data) for number in range(1, voters + 1))
    return Sheet(HEAD, columns, rows, counted=Column.SIGNATURE in columns)


def bare(found: Sheet, count: int) -> int:
    """So many pages with a grid and one string of text."""
    make_known()
    paper, out = frame(found), BytesIO()
    canvas = Canvas(out, pagesize=(paper.width, paper.height), invariant=1, pageCompression=1)
    for _page in range(count):
        canvas.setFont(REGULAR, 9)
        canvas.drawString(50, 50, "Шайлоочулар")
        canvas.grid([left for left, _right in paper.columns.values()], range(40, 500, 20))
        canvas.showPage()
    canvas.save()
    return len(out.getvalue())


@pytest.mark.parametrize("columns", [ACROSS, ACROSS[:2]], ids=["signed", "posted"])
class TestDrawing:
    """One list on one core."""

    def test_bare_minimum_pages_with_a_grid(self, benchmark: BenchmarkFixture, columns: tuple[Column, ...]) -> None:
        found = sheet(columns)
        count = draw(found).pages
        take(benchmark, f"a list of {len(columns)} columns", lambda: bare(found, count), rounds=3, aim=Aim(units=count))

    def test_list_is_drawn(self, benchmark: BenchmarkFixture, columns: tuple[Column, ...]) -> None:
        found = sheet(columns)
        count = draw(found).pages
        aim = Aim(count / A_SECOND, units=count)
        made = take(benchmark, f"a list of {len(columns)} columns", lambda: draw(found), rounds=3, aim=aim)
        assert made.pages == count


@pytest.fixture(scope="module")
def edition(django_db_blocker: DjangoDbBlocker) -> Iterator[Edition]:
    """A preliminary edition of generated people, on a server of its own that is thrown away."""
    with own_server(django_db_blocker) as files:
        yield _compiled(build(files, precincts=PRECINCTS))


def _compiled(scene: Scene) -> Edition:
    accepted(scene, opened(generated(scene, rows=VOTERS)), at=AT)
    return done(compile_edition(scene.register, Stage.PRELIMINARY, by=scene.secretary, at=AT + 2 * AN_HOUR)).edition


def _read(edition: Edition) -> int:
    """Every line of every list as the batch reads it."""
    return sum(len(lines(each, 1, each.voters)) for each in _lists(edition))


def _lists(edition: Edition) -> list[VoterList]:
    related = (
        "precinct__area",
        "edition__register__election",
        "edition__register__voting",
        "edition__change__delivery",
    )
    return list(VoterList.objects.filter(edition=edition).defer("entries").select_related(*related))


def test_bare_minimum_lines_of_all_lists_read(benchmark: BenchmarkFixture, edition: Edition) -> None:
    assert take(benchmark, f"a batch of {VOTERS:,} voters", lambda: _read(edition)) == edition.voters


def test_batch_is_printed(benchmark: BenchmarkFixture, edition: Edition) -> None:
    batch = done(order_batch(edition, Copy.POSTED, by=edition.office, at=AT + 3 * AN_HOUR)).batch
    pages = sum(draw(sheet_of(each, Copy.POSTED, 1)).pages for each in _lists(edition))
    answer = take(
        benchmark,
        f"a batch of {VOTERS:,} voters",
        lambda: print_batch(Unwatched(), batch.pk),
        aim=Aim(pages / A_SECOND, units=pages),
    )
    assert (answer["lists"], answer["pages"]) == (PRECINCTS, pages)
