"""Files: planned first, all or none, every fault told at once, the same file once."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from shailoo.counting import actions
from shailoo.counting.importing.columns import ColumnMap, ColumnMapError, known_map
from shailoo.counting.models import Explanation, Figures, Import, Protocol, ProtocolFinding, ScannerReport
from shailoo.counting.states import State
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from tests.counting.files import row, written
from tests.counting.scene import AT, LISTS, Scene, build, done, entered, paper, taken_over


def source(content: bytes, columns: ColumnMap | None = None) -> actions.Source:
    return actions.Source("protocols.csv", content, columns or ColumnMap())


def load(scene: Scene, content: bytes) -> actions.Imported | Refused:
    return actions.import_protocols(scene.voting, source(content), by=scene.cec_operator, at=AT)


def faults(scene: Scene, content: bytes) -> list[tuple[int, str, str]]:
    """Line, column and code of every fault; the import itself refuses alike and leaves nothing."""
    plan = actions.plan_import(scene.voting, source(content))
    answer = load(scene, content)
    assert isinstance(answer, Refused)
    assert answer.codes == tuple(fault.code for fault in plan.faults)
    assert not Protocol.objects.exists()
    assert not Import.objects.exists()
    assert "counting_staged" not in connection.introspection.table_names()
    return [(fault.line, fault.field, fault.code) for fault in plan.faults]


@pytest.mark.norm("L36.2")
def test_each_protocol_stands_where_the_law_puts_it(scene: Scene) -> None:
    content = written(
        [
            row("1001", paper()),
            row("1002", paper(voters_listed_electronic=1999)),
            row("1003", paper(participated=1204)),
        ]
    )
    plan = actions.plan_import(scene.voting, source(content))
    assert (plan.rows, plan.faults) == (3, ())
    assert plan.states == {"accepted": 1, "to_explain": 1, "parked": 1}
    assert not Protocol.objects.exists()
    imported = done(load(scene, content), actions.Imported)
    assert imported.states == plan.states
    stands = dict(Protocol.objects.values_list("precinct__number", "state"))
    assert stands == {"1001": State.ACCEPTED, "1002": State.TO_EXPLAIN, "1003": State.PARKED}
    codes = set(ProtocolFinding.objects.values_list("figures__precinct__number", "code"))
    assert {("1002", "CR1"), ("1003", "CR3")} <= codes
    figures = Figures.objects.get(precinct__number="1001")
    assert (figures.participated, figures.votes, figures.against_all) == (1203, list(paper()["votes"].values()), 22)
    assert figures.lines == {name: value for name, value in paper().items() if value not in ("", {})}


def test_what_a_file_says_equals_what_two_clerks_enter(scene: Scene) -> None:
    done(load(scene, written([row("1001", paper())])), actions.Imported)
    protocol = taken_over(scene, 1)
    entered(protocol, scene.clerk, paper())
    entered(protocol, scene.other, paper())
    one, two = Figures.objects.order_by("pk")
    assert one.lines == two.lines
    assert [getattr(one, name) for name in Figures.SUMMED] == [getattr(two, name) for name in Figures.SUMMED]


def test_the_same_file_again_is_done_already_and_leaves_one_act(scene: Scene) -> None:
    content = written([row("1001", paper())])
    first, again = done(load(scene, content), actions.Imported), done(load(scene, content), actions.Imported)
    assert (first.already, again.already) == (False, True)
    assert first.file == again.file
    assert actions.plan_import(scene.voting, source(content)).done
    assert (Protocol.objects.count(), Act.objects.filter(name="protocols.imported").count()) == (1, 1)
    assert Act.objects.get(name="protocols.imported").payload.count(first.file.sha256) == 1


def test_a_file_may_bring_explanations_and_acts_which_answer_what_they_may(scene: Scene) -> None:
    content = written(
        [
            row("1001", paper(voters_listed_electronic=1999), explanation="struck out by hand"),
            row("1002", paper(ballots_given_mobile=31), act_number="7", act_text="one ballot lost"),
            row("1003", paper(participated=1204), act_number="8", act_text="it stands"),
        ]
    )
    done(load(scene, content), actions.Imported)
    stands = dict(Protocol.objects.values_list("precinct__number", "state"))
    assert stands == {"1001": State.ACCEPTED, "1002": State.ACCEPTED, "1003": State.PARKED}
    assert set(Explanation.objects.values_list("kind", "number")) == {("explanation", ""), ("act", "7"), ("act", "8")}


def test_lines_that_the_file_does_not_have_stay_unknown(scene: Scene) -> None:
    votes = dict.fromkeys(LISTS, 3)
    content = written([{"precinct": "1001", **votes, "against": 2}], delimiter=";", mark="\ufeff")
    imported = done(load(scene, content), actions.Imported)
    assert imported.states == {"accepted": 1}
    figures = Figures.objects.get()
    assert (figures.participated, figures.invalid, figures.valid, figures.against_all) == (None, None, 50, 2)
    assert figures.lines == {"votes": votes, "against_all": 2}


def test_a_blank_cell_of_a_column_that_is_there_is_a_blank_line(scene: Scene) -> None:
    lines = paper() | {"signed": ""}
    done(load(scene, written([row("1001", paper()), row("1002", lines)])), actions.Imported)
    assert Protocol.objects.get(precinct__number="1002").state == State.PARKED
    assert ProtocolFinding.objects.filter(code="CR39", figures__precinct__number="1002").exists()


def test_every_fault_is_told_in_one_pass_with_line_and_column(scene: Scene) -> None:
    rows = [
        row("1001", paper(participated="12.5", against_all=-3)),
        row("1001", paper()),
        row("9999", paper()),
        row("1002", paper(closed_at="25:00", mobile_boxes="[{")),
        row("1003", paper(), act_number="7"),
    ]
    found = faults(scene, written(rows))
    assert sorted(found) == [
        (2, "against_all", "negative"),
        (2, "participated", "not_a_whole_number"),
        (4, "precinct", "unknown_precinct"),
        (5, "closed_at", "not_a_time"),
        (5, "mobile_boxes", "not_json"),
        (6, "act_number", "act_needs_number_and_text"),
    ]


def test_a_precinct_that_comes_twice_or_has_a_version_is_refused(scene: Scene) -> None:
    twice = written([row("1001", paper()), row("1001", paper())])
    assert faults(scene, twice) == [(3, "precinct", "precinct_twice")]
    done(load(scene, written([row("1001", paper())])), actions.Imported)
    answer = load(scene, written([row("1002", paper()), row("1001", paper(signed=7))]))
    assert isinstance(answer, Refused)
    assert answer.codes == ("has_a_version",)
    assert Protocol.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "line", "code"),
    [
        (lambda text: text.replace(b"participated", b"participants", 1), 1, "unknown_column"),
        (lambda text: text.replace(b"votes.list_01", b"votes.list_02", 1), 1, "column_twice"),
        (lambda text: text.replace(b"against_all,", b"", 1), 1, "missing_column"),
        (lambda text: text.rstrip(b"\r\n") + b",1\r\n", 2, "wrong_number_of_fields"),
        (lambda text: text.replace(b"A 001001", b"A\x00001"), 2, "nul_byte"),
        (lambda text: text.replace(b"A 001001", b"A \xff\xfe"), 2, "bad_encoding"),
        (lambda text: text.replace(b"A 001001", b'"A'), 2, "row_unreadable"),
        (lambda text: text.partition(b"\r\n")[0], 0, "no_rows"),
        (lambda _text: b"", 1, "file_is_empty"),
    ],
)
def test_a_file_that_is_wrong_as_a_whole_is_named_as_such(scene: Scene, change: object, line: int, code: str) -> None:
    assert callable(change)
    found = faults(scene, change(written([row("1001", paper())])))
    assert (line, code) in {(at, why) for at, _field, why in found}


def test_scanner_reports_come_with_the_row_and_are_kept_beside_it(scene: Scene) -> None:
    report = {"device_no": "S-1", "role": "primary", "total": 17, "votes": dict.fromkeys(LISTS, 1), "against_all": 1}
    report |= {"invalid": 0, "report_at": "20:10", "decision_at": "20:05"}
    done(load(scene, written([row("1001", paper() | {"scanners": [report]})])), actions.Imported)
    kept = ScannerReport.objects.get()
    assert (kept.votes, kept.against_all, kept.total) == ([1] * len(LISTS), 1, 17)
    assert kept.report_at is not None
    assert kept.report_at.hour == 14  # 20:10 in Bishkek
    assert "CR42" in ProtocolFinding.objects.values_list("code", flat=True)
    bad = written([row("1002", paper() | {"scanners": [report | {"total": -1}]})])
    answer = load(scene, bad)
    assert isinstance(answer, Refused)
    assert answer.codes == ("report_unreadable",)


@pytest.mark.norm("L12.1")
def test_only_the_cec_imports(scene: Scene) -> None:
    for office in (scene.clerk, scene.chair, scene.secretary):
        answer = actions.import_protocols(scene.voting, source(written([row("1001", paper())])), by=office, at=AT)
        assert isinstance(answer, Refused)
        assert answer.codes == ("office_may_not",)


def test_the_map_of_the_public_record_numbers_precincts_by_region_and_row(db: None) -> None:
    scene = build(precincts=2, codes=("p01", "p02"))
    for expected, number in zip(scene.expected, ("KG11-0001", "KG11-0002"), strict=True):
        expected.precinct.number = number
        expected.precinct.save()
    content = (
        b"row,level_one_src,region_pcode,region_en,seq_in_region,p01,p02,against,sum_votes_incl_against_all,form2_percent\n"
        b"1,X,KG11000000000,Bishkek,1,85,52,4,141,76.105\n2,X,KG11000000000,Bishkek,2,5,2,0,7,6.1\n"
    )
    mapping = known_map("public_record_2020")
    imported = actions.import_protocols(scene.voting, source(content, mapping), by=scene.cec_chair, at=AT)
    assert done(imported, actions.Imported).states == {"accepted": 2}
    assert dict(Figures.objects.values_list("precinct__number", "votes")) == {
        "KG11-0001": [85, 52],
        "KG11-0002": [5, 2],
    }


@pytest.mark.parametrize("text", ["columns = 3", "other = 1", "precinct = '{a.__class__}'", "= x"])
def test_a_map_that_cannot_be_used_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text)
    with pytest.raises(ColumnMapError, match=r"map\.toml"):
        ColumnMap.load(path)
    with pytest.raises(ColumnMapError, match="public_record_2020"):
        known_map("unknown")
