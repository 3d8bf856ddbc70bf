"""What a check of a whole protocol answers: verdicts, what was not made, what to mark, and that paper leads."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law import protocol
from shailoo.law.editions import edition
from shailoo.law.norms import documents
from shailoo.law.outcome import Severity
from shailoo.law.protocol import Check, Level, LineType, Nature, Verdict
from shailoo.law.protocol.form import read as read_lines
from shailoo.law.protocol.moments import moment
from tests.law.protocol_cases import ELECTION_DAY, consistent_protocol, mobile_box

LAW = edition("2020-06-30")


def check(**changes: object) -> Check:
    """The check of the agreeing protocol with some lines changed."""
    return protocol.check(consistent_protocol() | changes, LAW)


def codes(found: Check, verdict: Verdict) -> list[str]:
    return [each.code for each in found.results if each.verdict is verdict]


@pytest.mark.norm("L35.15", "L36.2.b1")
def test_a_protocol_whose_figures_agree_passes_everything() -> None:
    found = check()
    assert set(consistent_protocol()) == {line.id for line in protocol.lines()}
    assert len(codes(found, Verdict.PASSED)) == len(found.results) == 71
    assert (found.errors, found.warnings, found.findings, found.not_made) == ((), (), (), ())
    assert not found.only_accounting_errors


@pytest.mark.norm("L35.15")
def test_a_breach_names_norm_severity_figures_and_every_line_to_mark() -> None:
    found = check(valid=1181)
    assert [each.code for each in found.errors] == ["CR32", "CR33"]
    (first, _) = found.findings
    assert (first.norm, first.code, first.severity) == ("L35.12.a1", "CR32", Severity.ERROR)
    assert first.facts == {"found_total": 1203, "valid": 1181, "invalid": 23}
    assert first.fields == ("found_total", "valid", "invalid")
    assert found.errors[0].with_numbers == "1203 == 1181 + 23"
    assert found.errors[0].formula == "found_total == valid + invalid"


@pytest.mark.norm("L36.7.a1", "L37.4.1")
def test_paper_leads_where_only_accounting_is_broken() -> None:
    lost_ballot = check(ballots_received=2003, ballots_act_quantity=2003, ballots_counted_morning=1973)
    assert {each.code for each in lost_ballot.errors} == {"CR19", "CR75"}
    assert {each.nature for each in lost_ballot.errors} == {Nature.ACCOUNTING}
    assert lost_ballot.only_accounting_errors
    assert not check(ballots_received=2003, cheques_total=1).only_accounting_errors


def test_a_warning_is_no_error() -> None:
    found = check(unofficial=3)
    assert found.errors == ()
    assert [each.code for each in found.warnings] == ["CR37"]


@pytest.mark.norm("L34.3")
def test_a_figure_that_is_absent_makes_its_correlations_not_made_and_never_passed() -> None:
    lines = consistent_protocol()
    del lines["spoiled_notes"]
    lines["pages"] = None
    found = protocol.check(lines, LAW)
    assert {each.code: each.missing for each in found.not_made} == {
        "CR9": ("pages", "spoiled_notes"),
        "CR21": ("spoiled_notes",),
    }
    assert not found.errors


@pytest.mark.norm("L34.3", "L35.2.a2")
def test_an_empty_line_of_the_protocol_is_an_error_that_marks_it() -> None:
    (found,) = [each for each in check(signed_at=None, against_all=None).errors if each.code == "CR39"]
    assert set(found.fields) == {"signed_at", "against_all"}


def test_lines_of_supporting_papers_may_be_left_out_without_an_error() -> None:
    required = {line.id for line in protocol.required_lines()}
    found = protocol.check({name: value for name, value in consistent_protocol().items() if name in required}, LAW)
    assert found.errors == ()
    assert "CR39" in codes(found, Verdict.PASSED)
    assert len(found.not_made) > 30


@pytest.mark.norm("L34.2")
@pytest.mark.parametrize(
    ("changes", "marked"),
    [
        ({"unofficial": -1}, {"unofficial"}),
        ({"unofficial": 1.0}, {"unofficial"}),
        ({"unofficial": "1"}, {"unofficial"}),
        ({"unofficial": True}, {"unofficial"}),
        ({"votes": {"A": -5, "B": 3}}, {"votes.A"}),
        ({"mobile_boxes": [mobile_box("1", 13), mobile_box("2", 10, found=-1)]}, {"mobile_boxes[1].found"}),
    ],
)
def test_every_count_is_whole_and_not_negative_wherever_it_stands(changes: dict[str, Any], marked: set[str]) -> None:
    (found,) = [each for each in check(**changes).errors if each.code == "CR38"]
    assert set(found.fields) == marked


def test_the_difference_between_two_counts_may_be_negative() -> None:
    assert "CR38" in codes(check(mismatch_total=-3), Verdict.PASSED)


@pytest.mark.parametrize(
    ("changes", "code", "missing"),
    [
        ({"valid": "many"}, "CR32", ("valid",)),
        ({"mobile_boxes": 3}, "CR22", ("mobile_boxes",)),
        ({"mobile_boxes": [{"box_no": "1"}]}, "CR22", ("mobile_boxes.voters",)),
        ({"mobile_boxes": [7]}, "CR22", ("mobile_boxes",)),
        ({"opened_at": "morning"}, "CR50", ("opened_at",)),
        ({"packages": {}}, "CR78", ("packages.list_01",)),
        ({"votes": [1, 2]}, "CR33", ("votes",)),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_raises(
    changes: dict[str, Any], code: str, missing: tuple[str, ...]
) -> None:
    (found,) = [each for each in check(**changes).results if each.code == code]
    assert found.verdict is Verdict.NOT_MADE
    assert set(missing) <= set(found.missing)


def test_an_unknown_line_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no such line: participants, turnout"):
        check(turnout=1, participants=2)


def test_what_is_known_from_elsewhere_serves_the_check_and_the_protocol_comes_before_it() -> None:
    lines = consistent_protocol()
    options = lines.pop("ballot_options")
    found = protocol.check(lines, LAW, scope={"ballot_options": options, "valid": 0})
    assert found.errors == ()
    assert "CR36" in codes(found, Verdict.PASSED)


@pytest.mark.norm("L36.2.b1")
def test_the_steps_tell_what_was_compared_with_which_figures() -> None:
    found = check(valid=1181)
    (step,) = [each for each in found.steps if each.code == "CR32"]
    assert step.norm == "L35.12.a1"
    assert step.facts == {"verdict": "failed", "found_total": 1203, "valid": 1181, "invalid": 23}
    assert "L35.12.a1" in found.grounds


def test_checks_of_the_same_figures_are_the_same() -> None:
    assert [each.verdict for each in check().results] == [each.verdict for each in check().results]
    lines = consistent_protocol()
    protocol.check(lines, LAW)
    assert lines == consistent_protocol()


def test_every_result_can_be_shown_with_numbers_even_where_nothing_is_known() -> None:
    for found in (check(), check(valid=1181, unofficial=9), protocol.check({}, LAW)):
        assert all(each.with_numbers for each in found.results)


ODD_FIGURES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats()
    | st.sampled_from(["", "A", "20:05", "2020-10-05T01:00"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["A", "found", "votes", "total", "failed_at", "lines"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(
    lines=st.dictionaries(st.sampled_from([line.id for line in protocol.lines()]), ODD_FIGURES, max_size=6),
    level=st.sampled_from(Level),
)
def test_no_figure_however_odd_makes_a_check_raise(lines: dict[str, object], level: Level) -> None:
    changed = consistent_protocol() | lines if level is Level.PEC else lines
    found = protocol.check(changed, LAW, level=level)
    assert len(found.results) == len(protocol.at_level(level))
    for each in found.results:
        assert each.with_numbers
        assert bool(each.missing) is (each.verdict is Verdict.NOT_MADE)
    assert len(found.findings) == len(found.errors) + len(found.warnings)
    assert protocol.derive(changed, LAW).keys() <= {line.id for line in protocol.lines()}


def test_another_edition_is_another_limit() -> None:
    spare = LAW.with_readings(spare_ballots_rounding="ceil")
    lines = {"voters_listed": 999, "ballots_received": 1000}
    assert "CR10" in codes(protocol.check(lines, LAW), Verdict.FAILED)
    assert "CR10" in codes(protocol.check(lines, spare), Verdict.PASSED)


def test_each_level_has_its_own_correlations() -> None:
    assert {level: len(protocol.at_level(level)) for level in Level} == {
        Level.PEC: 71,
        Level.TEC: 5,
        Level.CEC: 10,
        Level.SUM: 12,
    }


# ---------------------------------------------------------------- times


@pytest.mark.norm("L35.3.a1", "L35.17.a1")
@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("20:05", 72_300),
        ("20:05:30", 72_330),
        (time(20, 5), 72_300),
        ("2020-10-04T20:05", 72_300),
        ("2020-10-05T01:00", 90_000),
        (datetime(2020, 10, 4, 14, 5, tzinfo=UTC), 72_300),
    ],
)
def test_times_of_the_night_stand_on_one_scale(value: object, seconds: int) -> None:
    assert moment(value, ELECTION_DAY) == seconds
    assert moment(value, "2020-10-04") == seconds
    assert moment(value, datetime(2020, 10, 4, 8, tzinfo=UTC)) == seconds


def test_a_bare_time_needs_no_day_and_a_dated_one_does() -> None:
    assert moment("08:00", None) == 28_800
    with pytest.raises(KeyError, match="election_day"):
        moment("2020-10-05T01:00", None)


@pytest.mark.parametrize("value", [20, None, date(2020, 10, 4)])
def test_what_is_no_time_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        moment(value, ELECTION_DAY)
    with pytest.raises(TypeError):
        moment("2020-10-05T01:00", 20)


@pytest.mark.norm("L35.17.a1", "L35.19.a")
def test_a_protocol_signed_after_midnight_is_signed_after_the_count_began() -> None:
    lines = {"count_started_at": "20:05", "signed_at": "2020-10-05T00:10", "dispatched_at": "2020-10-05T00:20"}
    lines |= {"received_at_tec": "2020-10-05T02:00"}
    assert "CR52" in codes(protocol.check(lines | {"election_day": ELECTION_DAY}, LAW), Verdict.PASSED)
    (found,) = [each for each in protocol.check(lines, LAW).results if each.code == "CR52"]
    assert (found.verdict, found.missing) == (Verdict.NOT_MADE, ("election_day",))


# ---------------------------------------------------------------- lines


@pytest.mark.norm("L34.3")
def test_the_form_has_lines_sections_and_pages() -> None:
    assert len(protocol.lines()) == 98
    assert {line.section for line in protocol.lines()} == set("ABCDEFGHIJ")
    assert [line.id for page in protocol.pages().values() for line in page] == [line.id for line in protocol.lines()]
    assert protocol.line("votes").structure is not None
    assert protocol.line("valid").type is LineType.INTEGER
    assert protocol.line("recount_mark").required is False
    assert all(line.source == "protocol" for line in protocol.required_lines())
    with pytest.raises(KeyError, match="no line 'turnout'"):
        protocol.line("turnout")
    with pytest.raises(KeyError, match="no correlation 'CR81'"):
        protocol.correlation("CR81")


def test_the_papers_that_figures_come_from_are_known() -> None:
    named = {line.document for line in protocol.lines() if line.document}
    assert named
    assert named <= set(documents())


def test_derived_lines_follow_from_those_they_rest_on() -> None:
    whole = consistent_protocol()
    derived = [line.id for line in protocol.lines() if line.derived]
    given = {name: value for name, value in whole.items() if name not in derived}
    assert protocol.derive(given, LAW) == {name: whole[name] for name in derived}


def test_what_cannot_be_derived_is_left_out_and_nothing_is_overwritten() -> None:
    assert protocol.derive({"signed_premises": 5}, LAW) == {}
    assert protocol.derive({"mobile_boxes": [{"found": "x"}]}, LAW) == {}
    given = {"signed_premises": 5, "signed_mobile": 1, "participated": 99}
    assert protocol.derive(given, LAW) == {"participated": 6}
    assert given["participated"] == 99


LINE = """
[[line]]
id = "valid"
name = "Valid ballots"
section = "G"
page = "votes"
type = "integer"
source = "protocol"
norms = ["L35.13.a1"]
"""
VOTES = '[structures]\nvotes = { kind = "counts" }\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[structures]" + LINE + LINE, "more.toml: valid stands twice"),
        (
            "[structures]" + LINE.replace('"integer"', '"list"'),
            "more.toml: valid must be a structure both as a line and",
        ),
        (VOTES + LINE, "more.toml: votes must be a structure"),
        ("[structures]" + LINE.replace('"integer"', '"number"'), "more.toml: Invalid enum value 'number'"),
        (LINE, "more.toml: .*`structures`"),
    ],
)
def test_a_bad_form_is_refused_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "more.toml"
    path.write_text("fact = []\n" + text, encoding="utf-8")
    with pytest.raises(protocol.ProtocolDataError, match=said):
        read_lines(path)


# ---------------------------------------------------------------- reading a document


def test_a_document_is_read_line_by_line() -> None:
    given = protocol.read('{"valid": 3, "votes": {"A": 3}, "opened_at": "08:00", "signed_at": null}')
    assert given.faults == ()
    assert given.lines == {"valid": 3, "votes": {"A": 3}, "opened_at": "08:00", "signed_at": None}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"valid": 3.0}', "valid: 3.0 is no whole number"),
        ('{"valid": true}', "valid: true is no whole number"),
        ('{"recount_done": 1}', "recount_done: 1 is no true or false"),
        ('{"opened_at": "8 o\'clock"}', 'opened_at: "8 o\'clock" is no time such as 20:05'),
        ('{"signed_at": "2020-13-01T00:00"}', "signed_at: .* is no time such as"),
        ('{"election_day": "4 October"}', "election_day: .* is no date such as"),
        ('{"turnout": 3}', "turnout: no line of the protocol has this name"),
        ('{"votes": [3]}', "votes: an object is needed"),
        ('{"votes": {"A": "3"}}', 'votes.A: "3" is no whole number'),
        ('{"mobile_boxes": {}}', "mobile_boxes: an array is needed"),
        ('{"mobile_boxes": [3]}', r"mobile_boxes\[0\]: an object is needed"),
        ('{"mobile_boxes": [{"colour": 1}]}', r"mobile_boxes\[0\].colour: no field has this name"),
        ('{"scanners": [{"votes": 1}]}', r"scanners\[0\].votes: an object is needed"),
        ('{"ballot_options": ["A", 2]}', r"ballot_options\[1\]: a text is needed"),
        ('{"valid": 3, "valid": 4}', "valid stands twice"),
        ("[1]", "one JSON object"),
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_every_fault_of_a_document_is_named_and_no_line_is_handed_out(text: str, fault: str) -> None:
    given = protocol.read(text)
    assert given.lines == {}
    assert len(given.faults) == 1
    assert re.search(fault, given.faults[0])


def test_all_faults_are_named_in_one_pass() -> None:
    assert len(protocol.read('{"valid": "x", "turnout": 1, "votes": {"A": -1, "B": "y"}}').faults) == 3
