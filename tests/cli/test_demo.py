"""The demo: its database is its own, its job is done by the real acts, and it tells what stands."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.db.models import Count
from psycopg.conninfo import make_conninfo
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from shailoo.cli.demo import material
from shailoo.cli.demo.database import DemoDatabase, DemoDatabaseError, fingerprint
from shailoo.cli.demo.running import STILL_TO_COME, Job, Stage, run
from shailoo.cli.demo.staff import PASSWORD, present
from shailoo.cli.demo.telling import Told, busy_tec, tell
from shailoo.cli.demo.wish import Wish, geography_beside, options_beside
from shailoo.counting.models import Discrepancy, Explanation, Protocol
from shailoo.elections import clock
from shailoo.elections.generator import generate
from shailoo.elections.models import Voting
from shailoo.ledger.queries import breaks
from shailoo.territory.models import Precinct
from shailoo.voters.applications.models import Application, MobileRequest
from shailoo.voters.lists.models import Posting
from shailoo.voters.printing.models import Handover, PrintedList, Receipt

COLUMNS = "row,level_one_src,region_pcode,region_en,seq_in_region,p01,p02,p17,sum_votes_incl_against_all,form2_percent"
ROWS = (
    "1,БИШКЕК Г.,KG11000000000,Bishkek,1,500,300,20,820,70.1",
    "2,БИШКЕК Г.,KG11000000000,Bishkek,2,400,350,10,760,60",
    "3,ОШ,KG21000000000,Osh city,1,700,290,30,1020,50",
    "4,МИД,ABROAD,Abroad,1,10,9,1,20,50",
)
OPTIONS = "position,code,name_ky\n1,p01,Биримдик\n2,p02,Башка тизме\n17,p17,Баарына каршы / Против всех\n"


@contextmanager
def step(_name: str) -> Iterator[None]:
    yield


def nation_job(stage: Stage) -> Job:
    nation = generate(precincts=200)
    return Job(material.of_nation(nation, None), stage, nation=nation)


def told(voting: Voting, stage: Stage) -> Told:
    return tell(voting, stage, "shailoo_demo", reused=False, timings={})


@pytest.fixture
def results_file(tmp_path: Path) -> Path:
    path = tmp_path / "results" / "2020_precincts.csv"
    path.parent.mkdir()
    path.write_text("\n".join((COLUMNS, *ROWS, "")), encoding="utf-8")
    path.with_name("2020_ballot_options.csv").write_text(OPTIONS, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def own_data(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"


# ---------------------------------------------------------------- the main job


def _voters_are_listed_on_paper_on_the_site_and_heard(voting: Voting) -> None:
    assert sorted(voting.register.editions.values_list("stage", flat=True)) == ["control", "final", "preliminary"]
    assert dict(PrintedList.objects.values_list("copy").annotate(Count("pk"))) == {"posted": 3, "full": 4, "second": 3}
    assert (Handover.objects.count(), Receipt.objects.count(), Posting.objects.count()) == (5, 4, 6)
    assert (Application.objects.count(), MobileRequest.objects.count()) == (3, 2)


def _went_through_both_entries_a_slip_and_an_act() -> None:
    by_hand = Protocol.objects.filter(source=Protocol.Source.ENTRY)
    assert by_hand.count() == 5
    assert all(len({entry.person_id for entry in each.entries.all()}) >= 2 for each in by_hand)
    assert Discrepancy.objects.count() == 1
    assert Explanation.objects.filter(kind=Explanation.Kind.ACT, figures__protocol__in=by_hand).count() == 1


@pytest.mark.django_db
def test_at_night_one_commission_is_still_at_work_and_nothing_is_determined() -> None:
    voting = run(nation_job(Stage.NIGHT), step)
    found = told(voting, Stage.NIGHT)
    states = sorted(Protocol.objects.exclude(state="accepted").values_list("state", flat=True))
    assert states == ["different", "first_entered", "parked", "to_explain"]
    assert set(Protocol.objects.exclude(state="accepted").values_list("tec__body__code", flat=True)) == {
        busy_tec(present()).upper()
    }
    to_come = 200 - Protocol.objects.count()
    assert 1 <= to_come <= STILL_TO_COME
    assert (found.summed, found.quarantined) == (200 - to_come - len(states), 2)
    assert (found.outcome, found.versions["determination"], found.versions["publication"]) == (None, 0, 1)
    assert clock.local(clock.now(voting.election)).isoformat().startswith("2020-10-05T02:4")
    _everybody_signs_in_with_the_demos_password()


def _everybody_signs_in_with_the_demos_password() -> None:
    staff = present()
    assert staff.cec_chair.person.check_password(PASSWORD)
    assert {office.role for office in staff.offices.values()} == {
        *("cec_chair", "cec_secretary", "cec_member", "cec_operator"),
        *("tec_chair", "tec_secretary", "tec_member", "tec_operator"),
        *("pec_chair", "state_registry_service"),
        *("sending_organization", "ngo", "media", "authorized_representative"),
    }


@pytest.mark.django_db
def test_precincts_of_public_record_are_numbered_by_region_and_row_and_marked_so(results_file: Path) -> None:
    job = Job(material.of_public_record(results_file, None), Stage.DETERMINED, results=results_file)
    voting = run(job, step)
    assert dict(Precinct.objects.values_list("number", "numbering")) == dict.fromkeys(
        ("KG11-0001", "KG11-0002", "KG21-0001", "ABRO-0001"), "by_region_and_row"
    )
    found = told(voting, Stage.DETERMINED)
    assert (found.origin, found.votes, found.participated, found.invalid) == ("public_record", 2_620, None, None)
    assert [(choice.code, choice.name, choice.votes) for choice in found.options] == [
        ("p01", "Биримдик", 1_610),
        ("p02", "Башка тизме", 949),
        ("p17", "Баарына каршы", 61),
    ]
    assert found.seats == {"p01": 65, "p02": 55}
    assert voting.election.readings == {"threshold_base": "valid_with_against_all"}


# ---------------------------------------------------------------- its input


def test_a_file_that_is_no_public_record_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    wrong = tmp_path / "x.csv"
    wrong.write_text("a,b\n1,2\n")
    with pytest.raises(material.UnfitFileError, match="p01, region_pcode, seq_in_region"):
        material.of_public_record(wrong, None)


def test_the_generated_nation_has_the_commissions_of_the_law() -> None:
    areas = material.of_nation(generate(precincts=200), None).tec_areas
    assert len(areas - {"ABROAD"}) == 54


def test_files_beside_the_results_are_found(results_file: Path) -> None:
    assert options_beside(results_file) == results_file.with_name("2020_ballot_options.csv")
    assert options_beside(results_file.with_name("other.csv")) is None
    assert geography_beside(results_file) is None
    (results_file.parent.parent / "geography").mkdir()
    assert geography_beside(results_file) == results_file.parent.parent / "geography"


def test_the_fingerprint_follows_every_input(results_file: Path) -> None:
    wish = Wish(results_file, None, "determined", None, None)
    before = wish.fingerprint
    assert Wish(results_file, None, "determined", "2017-06-05", None).fingerprint != before
    beside = results_file.with_name("2020_ballot_options.csv")
    beside.write_text(OPTIONS.replace("Башка", "Дагы"), encoding="utf-8")
    assert wish.fingerprint != before
    assert fingerprint("ab", "c") != fingerprint("a", "bc")


@pytest.mark.parametrize("name", ["shailoo", "postgres", "shailoo_demo-x", "x_shailoo_demo", 'shailoo_demo"'])
def test_another_database_than_a_demo_s_own_is_never_touched(name: str) -> None:
    with pytest.raises(DemoDatabaseError, match="shailoo_demo"):
        DemoDatabase("postgresql:///", name)


# ---------------------------------------------------------------- the command


@pytest.fixture
def own_database(server_url: str) -> Iterator[str]:
    name = f"shailoo_demo_test_{os.getpid()}"
    yield name
    with psycopg.connect(make_conninfo(server_url, dbname="postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def environment(server_url: str, tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "SHAILOO_DATABASE_URL": server_url, "SHAILOO_DATA": str(tmp_path / "own")}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from shailoo.cli import main; main()", "demo", *arguments]


def answer(arguments: list[str], environment: dict[str, str]) -> dict[str, Any]:
    found = subprocess.run(
        command(*arguments), capture_output=True, text=True, timeout=480, check=False, env=environment
    )
    assert found.returncode == 0, found.stderr
    (line,) = found.stdout.splitlines()
    return dict(json.loads(line))


@contextmanager
def inside(name: str) -> Iterator[None]:
    """The rooms look into the database of that name on the tests' server."""
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@pytest.mark.long
def test_the_command_tells_one_object_takes_up_what_is_there_and_serves_until_ctrl_c(
    own_database: str,
    environment: dict[str, str],
    settings: Settings,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    small = ["--precincts", "200", "--database", own_database]
    first = answer([*small, "--once", "--json"], environment)
    _is_determined_published_and_verified(first)
    settings.DATA = Path(environment["SHAILOO_DATA"])  # where the key is by which heads are signed
    with django_db_blocker.unblock(), inside(own_database):
        voting = Voting.objects.get(election__slug=first["election"])
        assert breaks() == []
        assert clock.local(clock.now(voting.election)).date().isoformat() == "2020-10-16"
        _went_through_both_entries_a_slip_and_an_act()
        _voters_are_listed_on_paper_on_the_site_and_heard(voting)
    second = answer([*small, "--once", "--json"], environment)
    assert (second["reused"], second["seats"], second["options"]) == (True, first["seats"], first["options"])

    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        serving = command(*small, "--port", str(port))
        program = subprocess.Popen(serving, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        try:
            said, address = _until_address(program)
            assert f"Port {port} is taken" in said
            assert PASSWORD in said
            _looks_alive(address)
        finally:
            program.send_signal(signal.SIGINT)
            _, errors = program.communicate(timeout=60)
    assert (program.returncode, "Traceback" in errors) == (0, False), errors


def _is_determined_published_and_verified(told: dict[str, Any]) -> None:
    assert (told["reused"], told["origin"]) == (False, "generated")
    assert (told["precincts"], told["summed"], told["quarantined"]) == (200, 200, 0)
    assert (told["outcome"], sum(told["seats"].values())) == ("allocated", 120)
    assert told["versions"] == {"determination": 1, "publication": 2}
    assert (told["verify"]["holds"], told["verify"]["checked"]["precincts"]) == (True, 200)


def _until_address(program: subprocess.Popen[str]) -> tuple[str, str]:
    """What was printed until the address stood alone on its line, and the address."""
    assert program.stdout is not None
    said = ""
    for line in program.stdout:
        said += line
        if line.startswith("http://127.0.0.1:"):
            return said, line.strip()
    raise AssertionError(f"no address: {said}")


def _looks_alive(address: str) -> None:
    """The home page, as soon as the workers listen."""
    listening = threading.Event()
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=60) as page:  # noqa: S310 - our own address
                assert page.status == 200
                assert "Биримдик" in page.read().decode()
                return
        except urllib.error.URLError as not_yet:
            if not isinstance(not_yet.reason, ConnectionRefusedError):
                raise
            listening.wait(0.05)  # nothing tells us when another process listens but the next try
    raise AssertionError("the pages never came")


def test_the_code_of_a_demo_person_is_what_an_app_shows_and_another_installation_has_another(tmp_path: Path) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    from shailoo.cli.demo.codes import secret, shown

    letters = secret("cec-chair", tmp_path)
    assert letters == secret("cec-chair", tmp_path)
    assert len({letters, secret("cec-member", tmp_path), secret("cec-chair", tmp_path / "other")}) == 3
    for at in (0, 59, 1_601_784_000):
        assert shown(letters, at) == format_hotp_value(hotp_value(letters, at // 30))
