"""The scene of the sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.voters.sources.scene import Sources, sources


@pytest.fixture
def scene(db: None, tmp_path: Path) -> Sources:
    return sources(tmp_path)
