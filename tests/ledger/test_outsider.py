"""An outsider's verification: with the standard library alone, from an export that withholds what tells of people."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from shailoo.cli.ledger import app
from shailoo.keys import signing_key
from shailoo.ledger import minisign, outsider
from shailoo.ledger.actions import publish_head
from shailoo.ledger.export import NothingSignedError, export
from shailoo.ledger.heads import instant
from shailoo.ledger.models import Act, Chain
from shailoo.ledger.outsider import Entry, UnreadableError, ed25519_holds, minisign_holds, read_key, verify_export
from tests.ledger.forging import AT, append

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def test_its_ed25519_agrees_with_the_library() -> None:
    raw = KEY.public_key().public_bytes_raw()
    for size in (0, 1, 64, 1000):
        message = random.Random(size).randbytes(size)
        signature = KEY.sign(message)
        assert ed25519_holds(raw, message, signature)
        assert not ed25519_holds(raw, message + b"x", signature)
        for place in (0, 31, 32, 63):
            broken = bytearray(signature)
            broken[place] ^= 1
            assert not ed25519_holds(raw, message, bytes(broken))
        larger = int.from_bytes(signature[32:], "little") + outsider.ORDER
        assert not ed25519_holds(raw, message, signature[:32] + larger.to_bytes(32, "little"))
        assert not ed25519_holds((2**255 - 1).to_bytes(32, "little"), message, signature)


def test_its_minisign_agrees_with_ours() -> None:
    text = minisign.sign(b"note", KEY, "head 1")
    key = read_key(minisign.public_key(KEY).text())
    assert minisign_holds(key, b"note", text)
    wrong = (
        text.replace("head 1", "head 2"),
        text.replace("\n", " ", 1),
        text + "\n",
        text.replace("trusted comment: h", "x: h"),
        text.replace(text.splitlines()[1], "RUQ="),
        minisign.sign(b"note", Ed25519PrivateKey.from_private_bytes(bytes(32)), "head 1"),
    )
    assert not any(minisign_holds(key, b"note", each) for each in wrong)
    assert not minisign_holds(key, b"Note", text)
    for each in ("", "RW", "AAAA" * 14):
        with pytest.raises(UnreadableError):
            read_key(each)


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    """An export of 45 acts under two heads; acts of the first form among them, as an older release wrote them."""
    chain, before = Chain.objects.create(name="system", sequence=2), ""
    for place, name in enumerate(("result.published", "office.given"), 1):
        told = Entry("system", place, name, "x", None, instant(AT), ("L12.2",), '{"n":1}', "", 1, before, "")
        now = outsider.act_hash(told)
        content = {"name": name, "subject": "x", "at": AT, "grounds": ["L12.2"], "payload": '{"n":1}'}
        Act.objects.create(chain=chain, sequence=place, previous=before, hash=now, **content)
        before = now
    Chain.objects.update(head=before)
    append(1, 20)
    publish_head(at=AT)
    append(21, 43)
    publish_head(at=AT)
    export(tmp_path / "out", minisign.public_key(signing_key(settings.DATA)))
    return tmp_path / "out"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The verifier as an outsider starts it: no site packages, no environment."""
    command = [sys.executable, "-I", "-S", str(folder / "verify_ledger.py"), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env={"LC_ALL": "C.UTF-8"})


def test_an_outsider_verifies_without_us_and_sees_nothing_of_people(folder: Path) -> None:
    done = run(folder)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "45 acts in 4 chains, 2 signed heads, 9 contents withheld" in done.stdout
    assert "compare it with the published one" in done.stdout
    lines = [json.loads(line) for line in (folder / "acts.jsonl").read_text().splitlines()]
    withheld = [line for line in lines if line["name"] == "office.given"]
    assert withheld
    assert not any("payload" in line for line in withheld)
    other = minisign.public_key(KEY).encoded
    assert "head not signed by this key" in run(folder, "--key", other).stdout
    assert verify_export(folder, read_key((folder / "shailoo.pub").read_text())).unread == 1
    (folder / "acts.jsonl").write_text("")
    assert run(folder).returncode == 1
    (folder / "acts.jsonl").unlink()
    assert run(folder).returncode == 2


def test_one_changed_sign_anywhere_in_an_export_is_found(folder: Path, tmp_path: Path) -> None:
    key = read_key((folder / "shailoo.pub").read_text())
    assert verify_export(folder, key).faults == []
    chance = random.Random(7)
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in (".jsonl", ".json", ".minisig", ".pub")]
    assert len(files) == 8
    for path in files:
        whole = path.read_bytes()
        start = whole.index(b"\n") + 1 if path.suffix in (".minisig", ".pub") else 0  # the first comment is unsigned
        places = {start, len(whole) - 2, len(whole) - 1, *(chance.randrange(start, len(whole)) for _ in range(12))}
        digits = [place for place, sign in enumerate(whole) if chr(sign).isdigit() and place >= start]
        for place in (*places, *chance.sample(digits, 4)):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            try:
                assert verify_export(folder, key).faults, (path.name, place, whole[place : place + 20])
            except UnreadableError as told:
                assert str(told)  # noqa: PT017 - either answer is right, silence is not
        path.write_bytes(whole)
    acts = (folder / "acts.jsonl").read_text().splitlines(keepends=True)
    for changed in ([*acts, acts[-1]], acts[:-1], [acts[1], acts[0], *acts[2:]]):
        (folder / "acts.jsonl").write_text("".join(changed))
        with pytest.raises(UnreadableError) if len(changed) != 44 else pytest.MonkeyPatch.context():
            assert verify_export(folder, key).faults
    (folder / "acts.jsonl").write_text("".join(acts))
    shutil.rmtree(folder / "heads")
    assert {each.code for each in verify_export(folder, key).faults} == {"no_signed_head", "acts_that_no_head_covers"}


def test_without_a_head_there_is_nothing_to_export(db: None, tmp_path: Path) -> None:
    append(1, 3)
    with pytest.raises(NothingSignedError):
        export(tmp_path / "out", minisign.public_key(KEY))


def test_the_command_verifies_an_export_against_a_head_that_was_kept(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def call(*arguments: str) -> object:
        return app(("verify", "--export", str(folder), *arguments), result_action="return_value")

    kept = tmp_path / "kept"
    shutil.copytree(folder / "heads", kept)
    assert call("--head", str(kept)) == 0
    assert "✓ Every act, chain and head holds." in capsys.readouterr().out
    lines = (folder / "acts.jsonl").read_text().splitlines(keepends=True)
    line = json.loads(lines[10])
    lines[10] = outsider.canonical({**line, "subject": "voting:9"}) + "\n"
    (folder / "acts.jsonl").write_text("".join(lines))
    assert call("--json", "--head", str(kept)) == 1
    told = json.loads(capsys.readouterr().out)
    where = f"act {line['sequence']} of {line['chain']}"
    assert told["faults"][0]["code"] == "act_content_changed"
    assert told["faults"][0]["where"] == where
    for wrong in (("--head", str(tmp_path / "none")), ("--key", "RW")):
        with pytest.raises(SystemExit) as ended:
            call(*wrong)
        assert ended.value.code == 2
