"""Loading a register: every record of the file, nothing lost, every fault named, nothing kept of a faulty file."""

from __future__ import annotations

from pathlib import Path

import pytest

from shailoo.cooperation.loading import Loaded, load, read
from tests.cooperation.scene import AT

MAP = Path("/work/shared/law/cooperation.yaml")
pytestmark = pytest.mark.django_db


@pytest.mark.skipif(not MAP.is_file(), reason="the map of the three pages is not part of the project")
def test_every_record_of_the_map_is_loaded_and_none_twice() -> None:
    content = read(MAP)
    done = load(content, at=AT)
    assert isinstance(done, Loaded), done
    rows = content["records"]
    assert isinstance(rows, dict)
    assert dict(done.created) == {name: len(each) for name, each in rows.items()}
    again = load(content, at=AT)
    assert isinstance(again, Loaded), again
    assert (again.total, again.unchanged) == (0, done.total)
