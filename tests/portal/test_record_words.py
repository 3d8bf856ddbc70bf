"""Every member that a public act of the record has is told in words, in each language; none is shown as a code."""

from __future__ import annotations

import pytest
from django.test import Client

from shailoo.ledger.actions import record
from shailoo.ledger.openness import PUBLIC
from shailoo.wording import LANGUAGES, Catalogue, has, text
from tests.counting.scene import AT, Scene, build
from tests.portal.payloads import members

BY_OTHER_WAYS = {
    "protocol.settled": {"state", "round", "findings"},
    "sitting.item_included": {"position", "title_ky", "title_ru", "title_en", "reason"},
    "sitting.item_declined": {"position", "title_ky", "title_ru", "title_en", "reason"},
    "commission.contact_set": {"address_ky", "address_ru", "address_en", "phone", "email", "hours"},
    "minutes.published": {"sitting", "version", "sha256"},
}
"""What acts hold whose payload is made elsewhere than beside their name."""


def test_every_member_of_a_public_act_has_words() -> None:
    found = members()
    assert len([name for name in PUBLIC if found.get(name)]) >= 50, "the reader of the sources finds them"
    wordless = {
        (name, member)
        for name in PUBLIC
        for member in found.get(name, set()) | BY_OTHER_WAYS.get(name, set())
        if not (has(Catalogue.VALUES, f"key.{member}") or has(Catalogue.LINES, member))
    }
    assert wordless == set()


def test_no_public_act_is_read_by_nobody() -> None:
    known = members()
    assert {name for name in PUBLIC if name not in known and name not in BY_OTHER_WAYS} <= {
        "sample.approved",
        "statement.published",
    }, "an act that is classified and not written yet"


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_members_are_not_the_code_itself(language: str) -> None:
    for keys in members().values():
        for key in keys:
            if has(Catalogue.VALUES, f"key.{key}"):
                assert text(Catalogue.VALUES, f"key.{key}", language) not in ("", f"key.{key}")
                assert "_" not in text(Catalogue.VALUES, f"key.{key}", language)


@pytest.mark.django_db
def test_a_member_without_words_is_left_out_of_the_page_and_stands_in_the_file() -> None:
    scene: Scene = build(1)
    payload = {"state": "accepted", "zz_raw_member": "qq"}
    record("protocol.settled", subject="protocol:1", by=scene.chair, at=AT, payload=payload)
    client = Client()
    page = client.get("/ky/record/of/protocol:1/").content.decode()
    assert "zz_raw_member" not in page
    assert "Абалы" in page
    assert "zz_raw_member" in client.get("/ky/record/acts.json?subject=protocol:1").getvalue().decode()
