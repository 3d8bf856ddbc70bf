"""`shailoo demo`: a whole election in a database of its own, counted by the real acts, shown on real pages."""

from __future__ import annotations

import json as jsonlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter, validators
from psycopg.conninfo import make_conninfo
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from shailoo.cli.demo.authority import use as use_authority
from shailoo.cli.demo.database import PREFIX, DemoDatabase, DemoDatabaseError
from shailoo.cli.demo.wish import Wish, geography_beside
from shailoo.cli.environment import (
    APPLICATIONS,
    DONE,
    FAILED,
    REFUSED,
    application_beside,
    grant_rights,
    leave,
    owners_address,
    require_tables,
    start_django,
)
from shailoo.cli.serve import Port, is_free, run
from shailoo.postgres import ServerError, default_data_dir

if TYPE_CHECKING:
    from shailoo.cli.demo.running import Step

STEPS = 15  # parts of the longest job, for the progress bar
PORTS_TRIED = 20
Existing = Annotated[Path, Parameter(validator=validators.Path(exists=True))]
Flag = Annotated[bool, Parameter(negative="")]
HOST = "127.0.0.1"


def demo(
    *,
    results: Existing | None = None,
    geography: Existing | None = None,
    stage: Literal["night", "counted", "determined"] = "determined",
    edition: str | None = None,
    precincts: Annotated[int | None, Parameter(validator=validators.Number(gte=200, lte=100_000))] = None,
    port: Port = 8000,
    once: Flag = False,
    json: Flag = False,
    keep: Flag = False,
    fresh: Flag = False,
    database: str = PREFIX,
) -> int:
    """Count a whole election in a database of its own and show it at http://127.0.0.1:8000/ until Ctrl-C.

    Without --results the nation is generated: the votes of 4 October 2020 by region, everything else from a seed, and
    every page says so. A second start with the same input takes up the same database in seconds, with all that was
    done in it.

    Parameters
    ----------
    results
        A file of precinct results of public record (CSV). A file of ballot options beside it is read too.
    geography
        A folder of areas and boundaries to import. Without it: a folder `geography` beside the results' folder, if any.
    stage
        `night`: one commission still at work. `counted`: everything in. `determined`: determined and published.
    edition
        The edition of the law, in place of the one in force: 2017-06-05 (9 %) or 2020-06-30 (7 %).
    precincts
        Another size of the generated nation than the 2,413 precincts of record.
    port
        Where to serve; if it is taken, the next free one is used and named.
    once
        Do everything but serve.
    json
        Print one JSON object in place of words.
    keep
        Take up the database as it is, although the program or the input has changed since.
    fresh
        Begin anew, whatever was done in the database.
    database
        The name of the demo's database; it begins with shailoo_demo.
    """
    began = time.monotonic()
    if results is not None and (stage == "night" or precincts is not None):
        leave("--stage night and --precincts are for the generated nation, not for a results file.", REFUSED)
    wish = Wish(results, geography or geography_beside(results), stage, edition, precincts)
    os.environ.setdefault("SHAILOO_PUBLIC_ADDRESS", f"http://127.0.0.1:{port}")  # in links and on papers
    use_authority(default_data_dir())
    own = _own_database(database)
    application = application_beside(own.server)  # before everything is loaded in the owner's role
    held = own.holds()
    reused = not fresh and held != "" and (keep or held == wish.fingerprint)
    timings = _taken_up(own) if reused else _loaded(own, wish)
    timings["all"] = round(time.monotonic() - began, 2)
    holds = _answer(wish, own.name, timings, reused=reused, as_json=json)
    if not once:
        _serve_as(application, own)
        _show_pages(port)
    return DONE if holds else FAILED


def _own_database(name: str) -> DemoDatabase:
    """The demo's database; ends the program where there can be none."""
    try:
        own = DemoDatabase(owners_address(), name)
        own.holds()
    except (ServerError, DemoDatabaseError) as broken:
        leave(str(broken), FAILED)
    return own


def _taken_up(own: DemoDatabase) -> dict[str, float]:
    start_django(own.url)
    require_tables()
    return {}


def _loaded(own: DemoDatabase, wish: Wish) -> dict[str, float]:
    """Make the database anew and do the main job in it; returns what each part took, in seconds."""
    timings: dict[str, float] = {}
    bar = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*bar, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("demo", total=STEPS)

        @contextmanager
        def step(name: str) -> Iterator[None]:
            progress.update(task, description=name)
            began = time.monotonic()
            yield
            timings[name] = round(time.monotonic() - began, 3)
            progress.advance(task)

        with step("tables"):
            _make_tables(own)
        _do(wish, step)
    own.is_whole(wish.fingerprint)
    return timings


def _make_tables(own: DemoDatabase) -> None:
    try:
        own.make_anew()
    except DemoDatabaseError as broken:
        leave(str(broken), FAILED)
    start_django(own.url)
    from django.conf import settings
    from django.core.management import call_command

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # generated people have no mail to read
    call_command("migrate", interactive=False, verbosity=0)


def _do(wish: Wish, step: Step) -> None:
    """The main job; ends the program where the input cannot be loaded or an act is refused."""
    from shailoo.cli.demo.acts import DemoRefusedError
    from shailoo.cli.demo.material import UnfitFileError, of_nation, of_public_record
    from shailoo.cli.demo.running import Job, Stage
    from shailoo.cli.demo.running import run as carry_out
    from shailoo.elections.generator import generate

    try:
        if wish.results is not None:
            material, nation = of_public_record(wish.results, wish.edition), None
        else:
            nation = generate(precincts=wish.precincts)
            material = of_nation(nation, wish.edition)
        job = Job(material, Stage(wish.stage), nation, wish.results, wish.geography, hands=os.cpu_count() or 1)
        carry_out(job, step)
    except (UnfitFileError, DemoRefusedError) as broken:
        leave(str(broken), FAILED)


def _answer(wish: Wish, database: str, timings: dict[str, float], *, reused: bool, as_json: bool) -> bool:
    """Tell what stands; returns whether the published bundle holds (or nothing is published)."""
    from shailoo.cli.demo.staff import present
    from shailoo.cli.demo.telling import data, show, tell
    from shailoo.elections.queries import featured

    voting = featured()
    if voting is None:
        leave("the demo's database holds no election: begin anew by --fresh.", FAILED)
    told = tell(voting, wish.stage, database, reused=reused, timings=timings)
    if as_json:
        print(jsonlib.dumps(data(told), ensure_ascii=False))
    else:
        show(told, present(), Console())
    return told.verify is None or told.verify.holds


def _serve_as(application: str, own: DemoDatabase) -> None:
    """From here on work in the role of the application, where the server has one: the owner's was for loading."""
    grant_rights(own.url, application)
    os.environ[APPLICATIONS] = make_conninfo(application, dbname=own.name)


def _show_pages(port: int) -> None:
    """Serve on `port`, or on the next free one, until Ctrl-C."""
    free = next((each for each in range(port, min(port + PORTS_TRIED, 65536)) if is_free(HOST, each)), None)
    if free is None:
        leave(f"the ports {port} to {port + PORTS_TRIED - 1} are all taken; name a free one by --port.", FAILED)
    if free != port:
        print(f"\nPort {port} is taken by another program; this is the next free one:")
    print(f"\nhttp://{HOST}:{free}/\n\nCtrl-C ends.", flush=True)
    run(HOST, free, workers=2)
