"""The scene in which protocols are counted."""

from __future__ import annotations

import pytest

from tests.counting.scene import Scene, build


@pytest.fixture
def scene(db: None) -> Scene:
    return build()
