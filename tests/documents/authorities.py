"""Authorities for tests: made once a run, for keys take time, and laid into a test's own data folder."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from shailoo.documents import authority
from shailoo.documents.authority import FOLDER, PASSPHRASE_FILE
from shailoo.documents.signing import folder

PASSPHRASE = "a passphrase of the tests"
OWNER = authority.Owner("Tests", "http://127.0.0.1:8000/en/documents/authority/revoked.crl")


@cache
def _made(name: str) -> Path:
    """An authority of this name in a folder that lives as long as the run."""
    place = Path(tempfile.mkdtemp(prefix="shailoo-authority-")) / "ca"
    authority.establish(place, authority.Owner(name, OWNER.revocations), PASSPHRASE, datetime.now(UTC))
    return place


def installed(patch: pytest.MonkeyPatch, name: str = "Tests") -> authority.Standing:
    """Lay the authority of this name into the installation, its passphrase at hand, and return what is public of it."""
    patch.delenv(FOLDER, raising=False)
    place = folder()
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(_made(name), place)
    secret = place.parent / "passphrase"
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    patch.setenv(PASSPHRASE_FILE, str(secret))
    return authority.standing(place)
