"""An outsider checks a bundle: what holds, and that one altered digit anywhere is found and named."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shailoo.cli.verify import verify as command
from shailoo.ledger import minisign
from shailoo.ledger.canonical import canonical, sha256
from shailoo.results.publication import bundle
from shailoo.results.publication.claims import claims
from shailoo.results.publication.snapshot import Snapshot
from shailoo.results.publication.summing import resummed
from shailoo.results.publication.verify import verify
from tests.results import nation

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    made = bundle.make(nation.snapshot(), KEY)
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def resigned(files: dict[str, bytes], key: Ed25519PrivateKey) -> dict[str, bytes]:
    """What a forger does: alter, hash anew, sign anew."""
    manifest = json.loads(files[bundle.MANIFEST])
    changed = files | {bundle.PUBLIC_KEY: minisign.public_key(key).text().encode()}
    for name in manifest["files"]:
        manifest["files"][name] = {"sha256": sha256(changed[name]), "bytes": len(changed[name])}
    content = canonical(manifest).encode()
    signature = minisign.sign(content, key, bundle.comment_of(nation.HEADING)).encode()
    return changed | {bundle.MANIFEST: content, bundle.SIGNATURE: signature}


def test_what_was_published_holds(files: dict[str, bytes]) -> None:
    report = verify(bundle.pack(files))
    assert report.faults == ()
    assert report.checked == {"files": len(files), "precincts": 40, "territories": 7, "options": 4}
    assert report.key == minisign.public_key(KEY).encoded


def test_the_same_snapshot_makes_the_same_files(files: dict[str, bytes]) -> None:
    again = bundle.make(nation.snapshot(), KEY)
    with zipfile.ZipFile(io.BytesIO(again.content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files


def every_digit(content: bytes, most: int) -> list[int]:
    """Places of digits, spread over the whole file."""
    places = [match.start() for match in re.finditer(rb"[0-9]", content)]
    return places[:: max(1, len(places) // most)]


@pytest.mark.parametrize("name", [*bundle.LEVEL_FILES.values(), bundle.RESULTS, bundle.ERR, bundle.ROW_HASHES])
def test_one_altered_digit_is_found_and_its_file_named(files: dict[str, bytes], name: str) -> None:
    for place in every_digit(files[name], 12):
        content = bytearray(files[name])
        content[place] = ord("0") + (content[place] - ord("0") + 1) % 10
        report = verify(bundle.pack(files | {name: bytes(content)}))
        assert any(fault.where.startswith(name) for fault in report.faults), place


@pytest.mark.parametrize("name", [bundle.MANIFEST, bundle.SIGNATURE, bundle.PUBLIC_KEY])
def test_one_altered_character_of_what_is_signed_or_signs_is_found(files: dict[str, bytes], name: str) -> None:
    for place in every_digit(files[name], 40):
        content = bytearray(files[name])
        content[place] = ord("0") + (content[place] - ord("0") + 1) % 10
        assert not verify(bundle.pack(files | {name: bytes(content)})).holds, (name, place)


def test_an_altered_digit_of_a_precinct_names_the_precinct(files: dict[str, bytes]) -> None:
    rows = files[bundle.PRECINCTS].decode().splitlines(keepends=True)
    for place in (1, 5, 8, 12, 40):
        number = rows[place].split(",")[0]
        for digit in every_digit(rows[place].encode(), 15):
            if digit < len(number):
                continue  # the number itself is altered in the next test
            row = bytearray(rows[place].encode())
            row[digit] = ord("0") + (row[digit] - ord("0") + 1) % 10
            changed = "".join([*rows[:place], row.decode(), *rows[place + 1 :]]).encode()
            report = verify(bundle.pack(files | {bundle.PRECINCTS: changed}))
            assert any(f"precinct {number}" in fault.where for fault in report.faults), (number, digit)


def test_an_altered_precinct_number_is_found(files: dict[str, bytes]) -> None:
    changed = files[bundle.PRECINCTS].replace(b"\n1004,", b"\n1904,")
    report = verify(bundle.pack(files | {bundle.PRECINCTS: changed}))
    assert any("precinct 1904" in fault.where for fault in report.faults)


def test_a_forger_who_signs_anew_is_named_by_the_sums_and_by_the_key(files: dict[str, bytes]) -> None:
    rows = files[bundle.PRECINCTS].decode().splitlines()
    cells = rows[3].split(",")
    cells[-1] = str(int(cells[-1]) + 500)
    rows[3] = ",".join(cells)
    changed = ("\n".join(rows) + "\n").encode()
    hashes = bundle.row_hashes(changed, [row.split(",")[0] for row in rows[1:]])
    forged = resigned(files | {bundle.PRECINCTS: changed, bundle.ROW_HASHES: hashes}, OTHER_KEY)
    places = {fault.where for fault in verify(bundle.pack(forged)).faults}
    assert {"nation.votes[2]", f"regions {cells[3]}.votes[2]", f"tecs {cells[5]}.votes[2]"} <= places
    codes = {fault.code for fault in verify(bundle.pack(forged), minisign.public_key(KEY)).faults}
    assert {"another_key", "signature_does_not_hold"} <= codes


def test_a_false_seat_is_named_even_when_everything_is_signed_anew(files: dict[str, bytes]) -> None:
    results = json.loads(files[bundle.RESULTS])
    results["result"]["seats"]["A"] += 1
    forged = resigned(files | {bundle.RESULTS: canonical(results).encode()}, KEY)
    report = verify(bundle.pack(forged))
    assert [fault.where for fault in report.faults] == ["results.json.result.seats.A"]


def test_a_false_percentage_a_false_threshold_and_a_false_base_are_named(files: dict[str, bytes]) -> None:
    for path in (("percentages", "shares", "B"), ("percentages", "base_count"), ("law", "values", "threshold")):
        results = json.loads(files[bundle.RESULTS])
        node = results
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = "1/100"
        forged = resigned(files | {bundle.RESULTS: canonical(results).encode()}, KEY)
        places = [fault.where for fault in verify(bundle.pack(forged)).faults]
        assert places == [".".join(("results.json", *path))]


@pytest.mark.parametrize("name", [bundle.PRECINCTS, bundle.RESULTS, bundle.SIGNATURE, bundle.ERR, bundle.README])
def test_a_missing_and_an_added_file_are_named(files: dict[str, bytes], name: str) -> None:
    without = {other: content for other, content in files.items() if other != name}
    assert any(name in fault.where for fault in verify(bundle.pack(without)).faults)
    added = verify(bundle.pack(files | {"more.csv": b"1\n"}))
    assert [(fault.code, fault.where) for fault in added.faults] == [("file_not_in_manifest", "more.csv")]


@pytest.mark.parametrize("cell", ["-1", "1.0", " 5", "05", "１２", "1e3", "9" * 40, "x"])
def test_a_cell_that_is_no_count_is_refused_by_its_place(files: dict[str, bytes], cell: str) -> None:
    rows = files[bundle.PRECINCTS].decode().splitlines()
    rows[2] = ",".join([*rows[2].split(",")[:-1], cell])
    report = verify(bundle.pack(files | {bundle.PRECINCTS: ("\n".join(rows) + "\n").encode()}))
    assert any(fault.where == "precincts.csv: precinct 1001: votes.C" for fault in report.faults)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_bundle_is_refused(content: bytes) -> None:
    assert [fault.code for fault in verify(content).faults] == ["not_a_whole_bundle"]


def test_a_bundle_cut_short_or_damaged_anywhere_does_not_hold(files: dict[str, bytes]) -> None:
    whole = bundle.pack(files)
    for cut in range(0, len(whole), len(whole) // 25):
        assert not verify(whole[:cut]).holds


def test_a_bundle_that_would_unpack_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shailoo.results.publication.verify.MAX_BYTES", 10_000)
    bomb = bundle.pack({"zeros": bytes(1_000_000)})
    assert [fault.code for fault in verify(bomb).faults] == ["not_a_whole_bundle"]


def test_the_readings_taken_change_what_follows(files: dict[str, bytes]) -> None:
    other = nation.with_readings(nation.snapshot(), threshold_base="list_votes")
    made = bundle.make(other, KEY)
    assert verify(made.content).holds
    assert json.loads(made.manifest)["heading"]["readings"] == {"threshold_base": "list_votes"}


def test_the_command_answers_by_its_exit_code(
    files: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = tmp_path / "whole.zip"
    whole.write_bytes(bundle.pack(files))
    key = tmp_path / "shailoo.pub"
    key.write_bytes(files[bundle.PUBLIC_KEY])
    assert command(whole, key=str(key)) == 0
    assert "hold" in capsys.readouterr().out
    changed = tmp_path / "changed.zip"
    changed.write_bytes(bundle.pack(files | {bundle.PRECINCTS: files[bundle.PRECINCTS].replace(b",900,", b",901,", 1)}))
    assert command(changed, json_output=True) == 1
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert any(fault["where"] == "precincts.csv: precinct 1000" for fault in faults)
    assert command(tmp_path / "absent.zip") == 2
    assert command(whole, key="RWnonsense") == 2


def test_any_minisign_checks_our_signature(files: dict[str, bytes], tmp_path: Path) -> None:
    program = shutil.which("minisign")
    if program is None:
        pytest.skip("no minisign program on this machine")
    for name in (bundle.MANIFEST, bundle.SIGNATURE, bundle.PUBLIC_KEY):
        (tmp_path / name).write_bytes(files[name])
    done = subprocess.run(
        [program, "-V", "-p", bundle.PUBLIC_KEY, "-m", bundle.MANIFEST], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def determined(**changes: object) -> Snapshot:
    """The nation with an official publication of a determination that follows, or that was changed."""
    found = nation.snapshot()
    result = json.loads(canonical(claims(found)))["result"]
    value = {name: result[name] for name in result if name not in ("steps", "findings", "grounds")}
    stated = {"version": 1, "decision": "17", "at": "x", "outcome": value["outcome"], "value": value, "settles": {}}
    heading = replace(found.heading, publication="official", decision="17")
    return replace(found, heading=heading, determined=stated | changes)


def test_a_determination_that_follows_holds() -> None:
    assert verify(bundle.make(determined(), KEY).content).faults == ()


def test_a_determination_that_does_not_follow_is_named() -> None:
    right = determined().determined
    assert right is not None
    value = json.loads(canonical(right["value"]))
    value["seats"]["A"] -= 1
    report = verify(bundle.make(determined(value=value), KEY).content)
    assert [fault.where for fault in report.faults] == ["results.json.determined.value.seats.A"]
    report = verify(bundle.make(determined(decision="18"), KEY).content)
    assert [fault.where for fault in report.faults] == ["results.json.determined.decision"]


def test_an_official_publication_without_a_determination_is_named() -> None:
    found = determined()
    report = verify(bundle.make(replace(found, determined=None), KEY).content)
    assert [fault.code for fault in report.faults] == ["official_without_determination"]


def test_an_open_question_needs_the_decision_that_settles_it() -> None:
    """One list alone over the cap leaves mandates that only a decision can settle (L64.5)."""
    rows = tuple(replace(row, votes=(row.votes[0], 0, 0)) if row.votes else row for row in determined().precincts)
    bare = resummed(replace(determined(), precincts=rows))
    result = json.loads(canonical(claims(bare)))["result"]
    assert result["unsettled"]["question"]
    stated = dict(bare.determined or {}) | {"outcome": result["outcome"], "value": result, "settles": {}}
    report = verify(bundle.make(replace(bare, determined=stated), KEY).content)
    assert [fault.code for fault in report.faults] == ["question_without_decision"]
    settles = {result["unsettled"]["question"]: {"option": "leave_vacant", "decision": "18"}}
    assert verify(bundle.make(replace(bare, determined=stated | {"settles": settles}), KEY).content).holds
