"""The votes by polling station of 4 October 2020 as published: the whole file, where it is on this machine."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.db.models import Sum

from shailoo.counting import actions
from shailoo.counting.importing.columns import known_map
from shailoo.counting.models import Figures, Import, Protocol, ProtocolFinding
from shailoo.counting.states import State
from shailoo.elections.models import Option, VotingPrecinct
from shailoo.ledger.models import Act
from shailoo.ledger.queries import breaks
from shailoo.territory.models import Precinct
from tests.counting.browser import snapshot
from tests.counting.scene import AT, Scene, build, done

FILE = Path(__file__).parents[3] / "shared/data/results/2020_parliament_precincts.csv"
LISTS = tuple(f"p{number:02}" for number in range(1, 17))
AGAINST_ALL = "p17"
PROTOCOLS, VOTES, BIRIMDIK = 2_413, 1_887_345, 469_098
UNKNOWN = tuple(name for name in Figures.SUMMED if name not in ("valid", "against_all"))


@pytest.fixture
def source() -> actions.Source:
    if not FILE.is_file():
        pytest.skip(f"the published table {FILE.name} is data, never part of the project; it is not on this machine")
    return actions.Source(FILE.name, FILE.read_bytes(), known_map("public_record_2020"))


@pytest.fixture
def nation(db: None, source: actions.Source) -> Scene:
    """One TEC to which every precinct of the table belongs, and the ballot of its columns."""
    scene = build(precincts=1, codes=LISTS)
    Option.objects.filter(voting=scene.voting, kind=Option.Kind.AGAINST_ALL).update(code=AGAINST_ALL)
    first = scene.expected[0]
    rows = csv.DictReader(io.StringIO(source.content.decode("utf-8-sig")))
    precincts = Precinct.objects.bulk_create(
        Precinct(
            number=f"{row['region_pcode'][:4]}-{row['seq_in_region']:0>4}",
            area_id=first.precinct.area_id,
            region_id=first.region_id,
        )
        for row in rows
    )
    VotingPrecinct.objects.bulk_create(
        VotingPrecinct(voting=scene.voting, precinct=each, tec_id=first.tec_id, region_id=first.region_id)
        for each in precincts
    )
    return scene


@pytest.mark.norm("L36.2")
def test_the_whole_table_is_taken_over_once_and_to_the_vote(nation: Scene, source: actions.Source) -> None:
    plan = actions.plan_import(nation.voting, source)
    assert (plan.rows, plan.faults) == (PROTOCOLS, ())
    assert not Protocol.objects.exists()
    imported = done(actions.import_protocols(nation.voting, source, by=nation.cec_chair, at=AT), actions.Imported)
    assert (imported.file.rows, imported.states) == (PROTOCOLS, plan.states)
    figures = Figures.objects.filter(protocol__state=State.ACCEPTED)
    sums = figures.aggregate(first=Sum("votes__0"), valid=Sum("valid"), against=Sum("against_all"))
    assert (figures.count(), sums["valid"], sums["first"]) == (PROTOCOLS, VOTES, BIRIMDIK)
    assert sum(sum(votes) for votes in figures.values_list("votes", flat=True)) + sums["against"] == VOTES
    for name in UNKNOWN:
        assert not Figures.objects.exclude(**{name: None}).exists(), name
    assert not Figures.objects.filter(lines__has_any_keys=[*UNKNOWN, "valid"]).exists()
    assert not ProtocolFinding.objects.exists()
    before = snapshot()
    again = done(actions.import_protocols(nation.voting, source, by=nation.cec_chair, at=AT), actions.Imported)
    assert (again.already, again.file, snapshot()) == (True, imported.file, before)
    assert (Import.objects.count(), Act.objects.filter(name="protocols.imported").count(), breaks()) == (1, 1, [])
