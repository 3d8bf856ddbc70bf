"""Generated nations of any size in databases of their own, on a server that is thrown away after the run.

A nation is laid out and called once; every import begins in a fresh copy of that database, as it would in life.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from benchmarks.servers import look_at, turn_to
from shailoo.cli.demo import times
from shailoo.cli.demo.acts import done
from shailoo.cli.demo.material import Material, of_nation
from shailoo.cli.demo.staff import Staff, appoint_everybody, present
from shailoo.commissions.actions import establish_cec, establish_pecs, establish_tecs
from shailoo.counting.actions import Imported, Source, import_protocols
from shailoo.elections import actions as elections
from shailoo.elections.generator import Sheet, generate, write_csv
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.elections.queries import featured
from shailoo.territory.actions import install_division, lay_out_precincts
from shailoo.territory.models import Area

RECORD, TABLE, MANY = 2_413, 2_500, 100_000  # protocols in the file
SPARE: Mapping[int, int] = {RECORD: 0, TABLE: 60, MANY: 12}  # precincts whose paper does not come by file


@dataclass(frozen=True, slots=True)
class Papers:
    """What comes from the precincts: a file of protocols, and some papers for the clerks."""

    source: Source
    spare: tuple[Sheet, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A nation in the database that Django now looks at."""

    url: str
    papers: Papers

    @property
    def voting(self) -> Voting:
        found = featured()
        assert found is not None
        return found

    @property
    def staff(self) -> Staff:
        return present()

    def take_file(self) -> Imported:
        """Import every protocol of the file."""
        return done(import_protocols(self.voting, self.papers.source, by=self.staff.cec_operator, at=times.FILE_COMES))

    def expected(self, sheet: Sheet) -> VotingPrecinct:
        """Where the paper comes from, with what a clerk's page reads of it."""
        related = ("precinct", "tec__body", "voting__election")
        return VotingPrecinct.objects.select_related(*related).get(precinct__number=sheet.number)


@dataclass
class Nations:
    """The nations of a run by the number of protocols in their file."""

    server: str
    folder: Path  # keys and files of whatever serves them
    _papers: dict[int, Papers] = field(default_factory=dict)
    _counted: set[int] = field(default_factory=set)

    @contextmanager
    def called(self, size: int) -> Iterator[Scene]:
        """A fresh copy of a nation whose election is called and whose papers have not come."""
        yield from self._at(self._copy(size))

    def again(self, size: int) -> Scene:
        """The same within the block of `called`: thrown away and copied anew, for the next round."""
        scene = self._copy(size)
        look_at(scene.url)
        return scene

    @contextmanager
    def counted(self, size: int) -> Iterator[Scene]:
        """A nation whose file is imported; it stays what it is for all who ask."""
        if size not in self._counted:
            with self.called(size) as scene:
                scene.take_file()
            self._counted.add(size)
        yield from self._at(Scene(self._url(f"counted_{size}"), self._papers[size]))

    def keep_as_counted(self, size: int) -> None:
        """The copy of `called` holds the whole file now: others may go on with it."""
        self._counted.add(size)

    def _at(self, scene: Scene) -> Iterator[Scene]:
        before = look_at(scene.url)
        try:
            yield scene
        finally:
            turn_to(before)

    def _copy(self, size: int) -> Scene:
        self._counted.discard(size)
        if size not in self._papers:
            self._papers[size] = self._lay_out(size)
        connection.close()
        self._make(f"counted_{size}", template=f"called_{size}")
        return Scene(self._url(f"counted_{size}"), self._papers[size])

    def _lay_out(self, size: int) -> Papers:
        """Area tree, precincts, commissions, people, the call: everything that stands before voting begins."""
        self._make(f"called_{size}", template="template0")
        nation = generate(precincts=size + SPARE[size])
        material = of_nation(nation, None)
        before = look_at(self._url(f"called_{size}"))
        call_command("migrate", interactive=False, verbosity=0)
        _own_numbers(size)
        _establish(material)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        turn_to(before)
        plain = (station.number for station in nation.stations if station.number not in nation.anomalies)
        return _papers(nation.sheets(), set(islice(plain, SPARE[size])), material.codes)

    def _url(self, name: str) -> str:
        return make_conninfo(self.server, dbname=name)

    def _make(self, name: str, template: str) -> None:
        named, like = sql.Identifier(name), sql.Identifier(template)
        with psycopg.connect(make_conninfo(self.server, dbname="postgres"), autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(named))
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(named, like))


def _papers(sheets: Iterator[Sheet], spare: set[str], codes: tuple[str, ...]) -> Papers:
    kept: list[Sheet] = []

    def coming() -> Iterator[Sheet]:
        for sheet in sheets:
            if sheet.number in spare:
                kept.append(sheet)
            else:
                yield sheet

    target = io.StringIO(newline="")
    write_csv(coming(), codes, target)
    return Papers(Source("protocols.csv", target.getvalue().encode()), tuple(kept), codes)


def _establish(material: Material) -> None:
    install_division(at=times.CALLED)
    done(lay_out_precincts(material.sites, by=None, at=times.CALLED))
    establish_cec(Area.objects.get(kind=Area.Kind.COUNTRY), at=times.CALLED)
    areas = Area.objects.filter(code__in=material.tec_areas).order_by("code")
    done(establish_tecs(areas, by=None, at=times.CALLED))
    staff = appoint_everybody()
    done(establish_pecs(by=staff.cec_chair, at=times.PREPARED))
    voting = done(elections.call_election(material.call, by=staff.cec_chair, at=times.CALLED)).voting
    done(elections.set_precincts(voting, material.listed, by=staff.cec_operator, at=times.PREPARED))
    lists = {code: [(name.ky, name.ru) for name in names] for code, names in material.lists.items()}
    done(elections.set_lists(voting, lists, by=staff.cec_operator, at=times.PREPARED))


def _own_numbers(size: int) -> None:
    """Answers that this process keeps are named by the voting: no two nations of a run may share its number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('elections_voting', 'id'), %s)", [size])
