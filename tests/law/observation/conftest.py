"""Every finding that a rule of this chapter makes in these tests is as its table says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.law.listed_findings import held_to, listed

TABLE = listed(Path(__file__).parent)


@pytest.fixture(autouse=True)
def _findings_are_as_listed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with held_to(TABLE, monkeypatch):
        yield
