"""The JSON contracts of `shailoo law seats` and `shailoo law president`: stable, exact, every fault in one pass."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from cyclopts import App
from hypothesis import given, settings
from hypothesis import strategies as st

from shailoo.cli.law_seats import president, seats
from shailoo.law.contracts import (
    Faulty,
    PresidentRequest,
    SeatsRequest,
    print_seats,
    read_president,
    read_seats,
)
from shailoo.law.editions import edition
from shailoo.law.mandates import allocate

DOCUMENT = Path(__file__).parents[2] / "docs" / "contracts.md"
EDITION = edition("2020-06-30")

SEATS: dict[str, Any] = {
    "seats": 120,
    "threshold": "0.09",
    "regional_threshold": "0.007",
    "cap": 65,
    "base": "participated",
    "participated": 1_300_000,
    "against_all": 60_000,
    "invalid": 40_000,
    "lists": [
        {"id": "A", "votes": 840_000, "registered": 1},
        {"id": "B", "votes": 240_000, "registered": 2},
        {"id": "C", "votes": 120_000, "registered": 3},
    ],
    "regions": {"KG02": {"participated": 100_000, "votes": {"A": 50_000, "B": 20_000, "C": 700}}},
}
PRESIDENT: dict[str, Any] = {
    "participated": 1_600_000,
    "against_all": 70_000,
    "invalid": 49_999,
    "round": 1,
    "candidates": [{"id": "A", "votes": 800_001}, {"id": "B", "votes": 680_000}],
    "invalidated_participants": 0,
}


class Shell:
    """Runs one of the two commands as the command line does."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self.app = App(result_action="return_value")
        self.app.command(seats)
        self.app.command(president)

    def __call__(self, *tokens: str, stdin: str | bytes = "") -> tuple[int, Any]:
        """The exit code, and standard output read as JSON."""
        given_bytes = stdin.encode() if isinstance(stdin, str) else stdin
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given_bytes)))
        code = 0
        try:
            self.app(list(tokens))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        captured = self._capsys.readouterr()
        self.said = captured.err
        return code, json.loads(captured.out)


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(capsys, monkeypatch)


def faults(document: object) -> dict[str, str]:
    """Path and message of every fault of a `law seats` document."""
    return _faults(read_seats(document if isinstance(document, str) else json.dumps(document)))


def president_faults(document: object) -> dict[str, str]:
    return _faults(read_president(json.dumps(document), EDITION))


def _faults(answer: SeatsRequest | PresidentRequest | Faulty) -> dict[str, str]:
    assert isinstance(answer, Faulty)
    return {problem.path: problem.message for problem in answer.problems}


def seats_of(document: dict[str, Any], edition_id: str | None = None) -> dict[str, Any]:
    request = read_seats(json.dumps(document), None if edition_id is None else edition(edition_id))
    assert isinstance(request, SeatsRequest)
    return dict(print_seats(allocate(request.count, request.rules)))


# ------------------------------------------------------------------------------------- the documented examples


def examples() -> list[Any]:
    text = DOCUMENT.read_text("utf-8")
    found = re.findall(
        r"<!-- example: law (\w+) -->\n```json\n(.*?)```.*?<!-- answer -->\n```json\n(.*?)```", text, re.DOTALL
    )
    return [pytest.param(command, given, answer, id=command) for command, given, answer in found]


def test_both_contracts_have_a_worked_example() -> None:
    assert [example.id for example in examples()] == ["seats", "president"]


@pytest.mark.parametrize(("command", "given", "answer"), examples())
def test_the_documented_example_is_what_the_command_prints(command: str, given: str, answer: str, shell: Shell) -> None:
    assert shell(command, "-", stdin=given) == (0, json.loads(answer))


@pytest.mark.parametrize("key", [*SEATS, *PRESIDENT])
def test_every_key_of_the_input_is_documented(key: str) -> None:
    assert f"| `{key}` |" in DOCUMENT.read_text("utf-8")


# ------------------------------------------------------------------------------------- seats


@pytest.mark.norm("L64.5")
def test_the_whole_contract_of_seats() -> None:
    answer = seats_of(SEATS)
    steps = answer.pop("steps")
    assert answer == {
        "outcome": "allocated",
        "admitted": ["A", "B", "C"],
        "excluded": {},
        "quotient": "10000",
        "seats": {"A": 65, "B": 37, "C": 18},
        "vacant": 0,
        "unsettled": None,
    }
    assert all(set(step) == {"norm", "code", "facts"} for step in steps)


def test_seats_and_lists_are_enough_and_nothing_else_is_tested() -> None:
    answer = seats_of({"seats": 10, "lists": [{"id": "A", "votes": 99}, {"id": "B", "votes": 1}]})
    assert answer["seats"] == {"A": 10, "B": 0}
    not_made = [step["code"] for step in answer["steps"] if step["code"].endswith("not_made")]
    assert not_made == ["national_test_not_made", "regional_test_not_made"]


@pytest.mark.norm("L64.2.a")
def test_an_edition_fills_in_and_a_key_stands_above_it() -> None:
    lists = [{"id": "A", "votes": 600_000}, {"id": "B", "votes": 320_000}, {"id": "C", "votes": 80_000}]
    document = {"participated": 1_000_000, "lists": lists}
    assert seats_of(document, "2017-06-05")["admitted"] == ["A", "B"]
    assert seats_of(document, "2020-06-30")["admitted"] == ["A", "B", "C"]
    assert seats_of(document | {"threshold": "9/100"}, "2020-06-30")["admitted"] == ["A", "B"]
    assert seats_of(document | {"seats": 10}, "2020-06-30")["seats"] == {"A": 6, "B": 3, "C": 1}


@pytest.mark.parametrize("share", ["0.09", "9/100", "0.090", "18/200"])
def test_a_share_may_be_written_as_a_decimal_or_a_fraction(share: str) -> None:
    assert seats_of(SEATS | {"threshold": share})["seats"] == {"A": 65, "B": 37, "C": 18}


def test_null_is_a_key_left_out() -> None:
    assert seats_of(SEATS | {"cap": None, "regions": None})["seats"] == {"A": 84, "B": 24, "C": 12}


@pytest.mark.norm("L37.3.b")
def test_a_missing_base_is_named_and_not_guessed() -> None:
    answer = seats_of({key: value for key, value in SEATS.items() if key not in ("participated", "regions")})
    assert answer["outcome"] == "unsettled"
    assert answer["unsettled"]["options"] == ["establish:participated"]
    assert answer["seats"] == {}
    assert answer["quotient"] is None


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"tresh": "0.09"}, "$.tresh"),
        ({"seats": 0}, "$.seats"),
        ({"seats": "120"}, "$.seats"),
        ({"seats": True}, "$.seats"),
        ({"seats": 120.0}, "$.seats"),
        ({"seats": None}, "$.seats"),
        ({"cap": 0}, "$.cap"),
        ({"threshold": 0.09}, "$.threshold"),
        ({"threshold": "1.01"}, "$.threshold"),
        ({"threshold": "-0.09"}, "$.threshold"),
        ({"threshold": "9/0"}, "$.threshold"),
        ({"threshold": "9%"}, "$.threshold"),
        ({"threshold": "1e-2"}, "$.threshold"),
        ({"threshold": True}, "$.threshold"),
        ({"regional_threshold": "101/100"}, "$.regional_threshold"),
        ({"base": "voters"}, "$.base"),
        ({"base": 1}, "$.base"),
        ({"participated": -1}, "$.participated"),
        ({"participated": 1_299_999}, "$.participated"),
        ({"against_all": 1.5}, "$.against_all"),
        ({"against_all": -1}, "$.against_all"),
        ({"invalid": "40000"}, "$.invalid"),
        ({"lists": []}, "$.lists"),
        ({"lists": {}}, "$.lists"),
        ({"lists": None}, "$.lists"),
        ({"lists": [7]}, "$.lists[0]"),
        ({"lists": [{"votes": 1}]}, "$.lists[0].id"),
        ({"lists": [{"id": "A"}]}, "$.lists[0].votes"),
        ({"lists": [{"id": " ", "votes": 1}]}, "$.lists[0].id"),
        ({"lists": [{"id": 1, "votes": 1}]}, "$.lists[0].id"),
        ({"lists": [{"id": "A", "votes": -1}]}, "$.lists[0].votes"),
        ({"lists": [{"id": "A", "votes": 1, "registered": "first"}]}, "$.lists[0].registered"),
        ({"lists": [{"id": "A", "votes": 1, "party": "A"}]}, "$.lists[0].party"),
        ({"lists": [{"id": "A", "votes": 1}, {"id": "A", "votes": 2}]}, "$.lists[1].id"),
        ({"regions": []}, "$.regions"),
        ({"regions": {"KG02": None}}, "$.regions.KG02"),
        ({"regions": {"KG02": {}}}, "$.regions.KG02.votes"),
        ({"regions": {"KG02": {"votes": {"A": -1}}}}, "$.regions.KG02.votes.A"),
        ({"regions": {"KG 02": {"votes": {"Z": 1}}}}, '$.regions["KG 02"].votes.Z'),
        ({"regions": {"KG02": {"votes": {"A": 2}, "participated": 1}}}, "$.regions.KG02.participated"),
        ({"regions": {"KG02": {"votes": {"C": 120_001}}}}, "$.lists[2].votes"),
        ({"regions": {"KG02": {"votes": {}, "participated": 1_300_001}}}, "$.participated"),
    ],
)
def test_a_fault_is_named_by_its_path(change: dict[str, Any], path: str) -> None:
    assert path in faults(SEATS | change)


def test_all_faults_are_reported_in_one_pass() -> None:
    document = {
        "seats": 0,
        "threshold": "2",
        "colour": "red",
        "participated": 10,
        "lists": [{"id": "A", "votes": 8}, {"id": "A", "votes": 9}, {"id": "B", "votes": 1.5}],
    }
    assert set(faults(document)) == {
        "$.seats",
        "$.threshold",
        "$.colour",
        "$.participated",
        "$.lists[1].id",
        "$.lists[2].votes",
    }


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", "null", "[" * 100_000, '{"seats": ' + "9" * 5_000 + "}", '{"seats": NaN, "lists": []}'],
)
def test_what_is_no_document_is_a_fault_and_no_crash(text: str) -> None:
    assert faults(text)


def test_a_key_written_twice_is_a_fault() -> None:
    assert faults('{"seats": 1, "seats": 2, "lists": [{"id": "A", "votes": 1}]}') == {"$.seats": "stands 2 times"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 300) | st.floats() | st.sampled_from(["", "A", "0.09", "x/y"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*SEATS, "id", "votes", "registered", "A"]), inner, max_size=5)
    ),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(list(SEATS)), JSON, max_size=6), st.sampled_from(list(SEATS)))
def test_no_document_crashes_the_reader(changes: dict[str, Any], left_out: str) -> None:
    document = {key: value for key, value in (SEATS | changes).items() if key != left_out}
    request = read_seats(json.dumps(document))
    if isinstance(request, Faulty):
        assert request.problems
    else:
        assert allocate(request.count, request.rules).steps


# ------------------------------------------------------------------------------------- president


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"winner": "A"}, "$.winner"),
        ({"round": 3}, "$.round"),
        ({"round": "first"}, "$.round"),
        ({"candidates": []}, "$.candidates"),
        ({"candidates": [{"id": "A", "votes": 1, "registered": 1}]}, "$.candidates[0].registered"),
        ({"candidates": [{"id": "A", "votes": 1}, {"id": "A", "votes": 1}]}, "$.candidates[1].id"),
        ({"round": 2, "candidates": [{"id": name, "votes": 1} for name in "ABC"]}, "$.candidates"),
        ({"participated": 1_599_999}, "$.participated"),
        ({"invalidated_participants": 1_600_001}, "$.invalidated_participants"),
        ({"invalidated_participants": 1}, "$.participated"),  # 1,600,000 ballots of 1,599,999 voters
    ],
)
def test_a_fault_of_a_presidential_document_is_named_by_its_path(change: dict[str, Any], path: str) -> None:
    assert path in president_faults(PRESIDENT | change)


def test_candidates_are_required() -> None:
    assert president_faults({"participated": 1}) == {"$.candidates": "is missing"}


@pytest.mark.norm("L55.4", "L37.4.b1")
def test_the_majority_is_of_those_who_took_part_where_precincts_count(shell: Shell) -> None:
    votes = [{"id": "A", "votes": 600_001}, {"id": "B", "votes": 500_000}, {"id": "C", "votes": 99_999}]
    document = {"participated": 1_600_000, "invalidated_participants": 400_000, "candidates": votes}
    code, answer = shell("president", "-", stdin=json.dumps(document))
    assert (code, answer["outcome"], answer["elected"]) == (0, "elected", "A")


@pytest.mark.norm("L37.6.1")
@pytest.mark.parametrize(("invalidated", "null"), [(500_000, False), (500_001, True)])
def test_the_third_is_of_all_who_took_part(invalidated: int, null: bool, shell: Shell) -> None:
    document = {
        "participated": 1_500_000,
        "invalidated_participants": invalidated,
        "candidates": [{"id": "A", "votes": 600_000}, {"id": "B", "votes": 300_000}],
    }
    _, answer = shell("president", "-", stdin=json.dumps(document))
    assert (answer["outcome"] == "null_and_void") is null


@pytest.mark.norm("L37.6.1")
def test_null_results_do_not_ask_whether_votes_of_invalid_precincts_are_included(shell: Shell) -> None:
    document = PRESIDENT | {"invalidated_participants": 600_000}
    code, answer = shell("president", "-", stdin=json.dumps(document))
    assert (code, answer["outcome"]) == (0, "null_and_void")
    assert answer["repeat_election"]["called_by"] == "jogorku_kenesh"


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, "elected"),
        ({"candidates": [{"id": "A", "votes": 700_000}, {"id": "B", "votes": 600_000}]}, "repeat_election"),
        ({"candidates": [{"id": name, "votes": 400_000} for name in "ABC"]}, "unsettled"),
        ({"candidates": [{"id": "A", "votes": 69_999}]}, "failed"),
        ({"round": 2}, "elected"),
        ({"candidates": [{"id": name, "votes": 300_000 + at} for at, name in enumerate("ABC")]}, "repeat_voting"),
    ],
)
def test_every_outcome_of_the_contract(change: dict[str, Any], outcome: str, shell: Shell) -> None:
    code, answer = shell("president", "-", stdin=json.dumps(PRESIDENT | change))
    assert (code, answer["outcome"]) == (0, outcome)
    assert set(answer) == {"outcome", "elected", "candidates", "repeat_election", "unsettled", "steps"}


# ------------------------------------------------------------------------------------- the commands


def test_a_file_and_standard_input_give_the_same(tmp_path: Path, shell: Shell) -> None:
    file = tmp_path / "count.json"
    file.write_text(json.dumps(SEATS), "utf-8")
    assert shell("seats", str(file)) == shell("seats", "-", stdin=json.dumps(SEATS))


def test_faults_end_the_command_with_2_as_json_and_in_words(shell: Shell) -> None:
    code, answer = shell("seats", "-", stdin='{"seats": 0, "lists": []}')
    assert code == 2
    assert [error["path"] for error in answer["errors"]] == ["$.seats", "$.lists"]
    assert shell.said.splitlines() == ["$.seats must be 1 or more, not 0", "$.lists must not be empty"]


@pytest.mark.parametrize(
    ("tokens", "path"),
    [
        (("no such file.json",), "no such file.json"),
        (("-", "--edition", "1999-01-01"), "--edition"),
        (("-", "--reading", "cap_surplus_rule=vacant"), "--reading"),
        (("-", "--edition", "2020-06-30", "--reading", "cap_surplus_rule=lot"), "--reading"),
        (("-", "--edition", "2020-06-30", "--reading", "seats"), "--reading"),
    ],
)
def test_what_cannot_be_read_or_is_not_known_is_named(tokens: tuple[str, ...], path: str, shell: Shell) -> None:
    code, answer = shell("seats", *tokens, stdin=json.dumps(SEATS))
    assert code == 2
    assert [error["path"] for error in answer["errors"]] == [path]


def test_text_that_is_not_utf_8_is_named(shell: Shell) -> None:
    code, answer = shell("president", "-", stdin=b"\xff\xfe\x00")
    assert (code, answer["errors"][0]["message"]) == (2, "is not text in UTF-8")


@pytest.mark.norm("L64.5")
def test_another_reading_of_the_edition(shell: Shell) -> None:
    tokens = ("seats", "-", "--edition", "2020-06-30", "--reading", "cap_surplus_rule=vacant")
    code, answer = shell(*tokens, stdin=json.dumps(SEATS))
    assert (code, answer["vacant"]) == (0, 19)
