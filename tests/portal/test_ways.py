"""From pages to the record, and where a reader stands: links to the history, marks of the navigation."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from shailoo.commissions.actions import publish_decision
from shailoo.commissions.models import Matter
from shailoo.documents.actions import store
from shailoo.documents.models import Document
from tests.commissions import scene as scenes
from tests.commissions.sittings import decided, done
from tests.counting.browser import signed_in

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def marked(client: Client, address: str) -> list[str]:
    """The addresses that the page marks as where its reader is."""
    page = client.get(address)
    assert page.status_code == 200, address
    found = re.findall(r"<a [^>]*aria-current[^>]*>", page.content.decode())
    return [re.findall(r'href="([^"]+)"', each)[0] for each in found]


def test_pages_without_a_place_of_their_own_mark_the_place_that_they_belong_to() -> None:
    scene = scenes.build()
    assert "/en/commissions/" in marked(Client(), "/en/decisions/")
    assert "/en/decisions/" in marked(Client(), "/en/decisions/"), "in the footer"
    assert "/en/commissions/" in marked(Client(), "/en/sittings/")
    assert "/en/record/" in marked(Client(), "/en/record/")
    assert "/en/desk/sittings/" in marked(signed_in(scene.chair), "/en/desk/decisions/")
    assert "/en/desk/record/" in marked(signed_in(scene.chair), "/en/desk/record/")


def test_a_decision_and_a_document_lead_to_their_history() -> None:
    scene = scenes.build()
    decision = decided(scene.cec.body, Matter.OTHER, "body:CEC", at=NOW)
    done(publish_decision(decision, by=scene.secretary, at=NOW))
    history = f'href="/en/record/of/decision:{decision.pk}/"'
    address = f"/en/decisions/CEC/{decision.year}/{decision.number}/"
    assert history in Client().get(address).content.decode()
    assert history in signed_in(scene.chair).get(f"/en/desk/decisions/{decision.pk}/").content.decode()
    file = store(b"paper", "application/pdf", at=NOW)
    Document.objects.create(
        number="note/1", kind="note", language="ky", subject="voting:1/precinct:7", data={}, file=file, created_at=NOW
    )
    assert 'href="/en/record/of/voting:1/precinct:7/"' in Client().get("/en/documents/note/1/").content.decode()
