"""Reading changes nothing: the database refuses a write while a page is drawn."""

from __future__ import annotations

import pytest

from shailoo.accounts.roles import Role
from tests.counting.browser import changed, signed_in, snapshot
from tests.counting.scene import build
from tests.doors import doors


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_a_write_while_a_page_is_read() -> None:
    """Every page drawn for whom it opens to, with the guard on: outside a test's transaction reading is read-only."""
    scene = build()
    every = [door for door in doors(scene) if not door.records_a_visit]
    for own in (scene.chair, scene.cec_chair):
        client = signed_in(own)
        before = snapshot()
        for door in every:
            if door.acts and not door.opens_to(Role(own.role)):
                continue
            answer = client.get(door.address)
            assert answer.status_code in (200, 302, 403, 404, 405, 410), (door, answer.status_code)
            if door.rule != "public":
                assert "public" not in answer.headers.get("Cache-Control", ""), door
        assert changed(before, snapshot()) <= {"accounts_personalreading"}, "but that personal data were read"
