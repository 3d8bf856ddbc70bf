"""The scene of the voters' register."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.voters.scene import Scene, build


@pytest.fixture
def scene(db: None, tmp_path: Path) -> Scene:
    return build(tmp_path)
