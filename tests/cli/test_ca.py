"""`shailoo ca` as a person runs it: made once, shown, renewed, withdrawn; what is refused is said in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shailoo.cli import app
from shailoo.cli.demo import authority as demo
from shailoo.documents import authority
from shailoo.documents.signing import unlock

SECRET = "a long passphrase of the tests"


@pytest.fixture(autouse=True)
def own_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHAILOO_DATA", str(tmp_path))
    for name in (authority.FOLDER, authority.PASSPHRASE_FILE):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def called(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code and everything that was said."""
    with pytest.raises(SystemExit) as ended:
        app(["ca", *arguments])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out + said.err


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """What a person types where a passphrase is asked."""
    typed = iter(lines)
    monkeypatch.setattr("shailoo.cli.ca.getpass", lambda _prompt: next(typed))


def test_from_making_to_withdrawing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    typing(monkeypatch, SECRET, "something else", "short", "short", SECRET, SECRET)
    assert "differ" in called(capsys, "init")[1]
    assert "at least 12" in called(capsys, "init")[1]
    assert called(capsys, "show")[0] == 2
    code, said = called(capsys, "init", "--name", "Shailoo commission")
    assert (code, "Shailoo commission – Root CA" in said) == (0, True)
    assert "there is an authority" in called(capsys, "init")[1]

    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n", encoding="utf-8")
    first = re.findall(r"serial +(\w+)", said)[1]
    assert called(capsys, "renew", "--passphrase-file", str(secret))[0] == 0
    monkeypatch.setenv(authority.PASSPHRASE_FILE, str(secret))
    assert called(capsys, "revoke", "abc", "--reason", "superseded")[0] == 2
    code, said = called(capsys, "revoke", first, "--reason", "key_compromise")
    assert (code, f"  {first}, " in said) == (0, True)
    assert "withdrawn: 1" in called(capsys, "list")[1]
    secret.write_text("another passphrase", encoding="utf-8")
    assert "does not open" in called(capsys, "renew")[1]


def test_the_demo_signs_with_an_authority_of_its_own_that_says_so(tmp_path: Path) -> None:
    for _start in range(2):
        demo.use(tmp_path)
        assert unlock() == "DEMO, not a commission – Documents"
    assert not (tmp_path / "keys" / "ca").exists()
    assert (tmp_path / "keys" / "ca-demo.passphrase").stat().st_mode & 0o077 == 0
