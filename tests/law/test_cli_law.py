"""`shailoo law` on the command line: what it prints, and that bad input ends in a sentence and exit code 2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shailoo.cli.law import app
from shailoo.law.norms import norms
from tests.law.protocol_cases import consistent_protocol


def run(*words: str) -> int:
    """The exit code of `shailoo law` with these words."""
    with pytest.raises(SystemExit) as ended:
        app(words, exit_on_error=True)
    return int(ended.value.code or 0)


@pytest.fixture
def protocol_file(tmp_path: Path) -> Path:
    return write(tmp_path, consistent_protocol())


def write(folder: Path, lines: dict[str, Any]) -> Path:
    path = folder / "protocol.json"
    path.write_text(json.dumps(lines, default=lambda moment: moment.isoformat()), encoding="utf-8")
    return path


def test_a_norm_is_shown_with_who_rule_and_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("norm", "L37.1.a") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("L37.1.a (deadline, determination)\n  who:       CEC\n")
    assert "no_later_than 20 calendar_day from election_day" in shown


def test_a_paragraph_shows_each_of_its_norms(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("norm", "L64.3") == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines() if line[:1] == "L"] == [
        f"L64.3.{letter}" for letter in "abcdef"
    ]


def test_every_norm_can_be_shown_in_a_hundred_columns(capsys: pytest.CaptureFixture[str]) -> None:
    for article in {found.id[0] + found.article for found in norms().values()}:
        assert run("norm", article) == 0
    shown = capsys.readouterr().out
    assert shown.count("  rule:      ") == len(norms())
    assert max(map(len, shown.splitlines())) <= 100


def test_an_unknown_norm_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("norm", "L99") == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "there is no norm 'L99'\n")


def test_editions_are_shown_with_values_readings_and_norms(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("editions") == 0
    shown = capsys.readouterr().out
    assert "2017-06-05: in force from 2020-01-01 until 2020-06-29" in shown
    assert "2020-06-30: in force from 2020-06-30 on" in shown
    assert "9/100  L64.2.a" in shown


def test_editions_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("editions", "--json") == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["values"]["threshold"]["value"], second["values"]["threshold"]["value"]) == ("9/100", "7/100")
    assert first["values"]["seats"] == {
        "value": 120,
        "unit": "mandates",
        "norms": ["L64.3.b"],
        "since": "2020-01-01",
        "until": "2020-06-29",
    }
    assert second["values"]["voting_opens"]["value"] == "08:00"
    assert second["readings"]["cap_surplus_rule"]["options"] == ["rerun", "next_remainder", "vacant"]


def test_coverage_as_text_and_json_count_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("coverage") == 0
    text = capsys.readouterr().out
    assert run("coverage", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["total"] == len(norms()) == len(document["norms"])
    assert f"decided: {document['statuses']['decided']}" in text
    assert document["unknown"] == []


def test_a_protocol_whose_figures_agree_is_clean(protocol_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "protocol", str(protocol_file)) == 0
    assert capsys.readouterr().out == "Edition 2020-06-30: 71 passed, 0 errors, 0 warnings, 0 not made\n"


def test_an_error_is_shown_with_formula_figures_and_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, consistent_protocol() | {"valid": 1181, "unofficial": 2, "pages": None})
    assert run("check", "protocol", str(path), "--edition", "2017-06-05") == 1
    shown = capsys.readouterr().out
    assert "ERROR CR32 (accounting, L35.12.a1, L35.13.a1, L35.7.a1)" in shown
    assert "  1203 == 1181 + 23\n  lines: found_total, valid, invalid\n" in shown
    assert "All errors are of accounting: a true count stands" in shown
    assert "Not made for want of figures: CR9\n  missing: pages\n" in shown
    assert shown.endswith("Edition 2017-06-05: 67 passed, 2 errors, 1 warnings, 1 not made\n")


def test_a_warning_alone_is_exit_code_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, consistent_protocol() | {"unofficial": 2})
    assert run("check", "protocol", str(path)) == 0
    assert "WARNING CR37" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "the file is no JSON"),
        (b"[]", "must hold one JSON object"),
        (b'{"turnout": 3}', "turnout: no line of the protocol has this name"),
        (b'{"valid": 3.5}', "valid: 3.5 is no whole number"),
        (b"\xff\xfe\x00", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "protocol.json"
    path.write_bytes(content)
    assert run("check", "protocol", str(path)) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert "Traceback" not in shown.err


def test_a_missing_file_a_folder_and_an_unknown_edition_are_refused(
    tmp_path: Path, protocol_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", "protocol", str(tmp_path / "absent.json")) == 2
    assert run("check", "protocol", str(tmp_path)) == 2
    assert run("check", "protocol", str(protocol_file), "--edition", "1999") == 2
    shown = capsys.readouterr().err
    assert shown.count("cannot be read") == 2
    assert "there is no edition '1999'; the editions are 2017-06-05, 2020-06-30" in shown


def test_seats_and_president_stand_beside_them() -> None:
    assert {"seats", "president", "check", "norm", "editions", "coverage"} <= set(app)
