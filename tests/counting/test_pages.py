"""The desk's counting pages: who sees what, what a clerk never sees, and that reading changes nothing."""

from __future__ import annotations

from django.urls import reverse

from shailoo.counting import actions
from shailoo.counting.models import Entry, Protocol
from shailoo.counting.states import State
from tests.counting.browser import signed_in
from tests.counting.scene import LISTS, Scene, paper, typed


def test_a_clerk_enters_a_whole_protocol_page_by_page(scene: Scene) -> None:
    browser = signed_in(scene.clerk)
    answer = browser.post(reverse("counting:take_over", args=[scene.expected[0].pk]), follow=True)
    assert answer.status_code == 200
    protocol = Protocol.objects.get()
    answer = browser.post(reverse("counting:claim", args=[protocol.pk]), follow=True)
    assert answer.status_code == 200
    entry = Entry.objects.get()
    for page in actions.fields_to_enter(entry, LISTS):
        address = reverse("counting:page", args=[entry.pk, page])
        assert browser.get(address).status_code == 200
        answer = browser.post(address, typed(paper()))
        assert answer.status_code == 302, answer.content.decode()
    check = reverse("counting:check", args=[entry.pk])
    assert browser.get(check).status_code == 200
    assert browser.post(check).status_code == 302
    protocol.refresh_from_db()
    assert protocol.state == State.FIRST_ENTERED
    assert browser.get(reverse("counting:case", args=[protocol.pk])).status_code == 200
    assert browser.get(reverse("counting:queue")).status_code == 200
