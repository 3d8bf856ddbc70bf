"""Decisions at the desk: who sees the page, what a refusal keeps, and that each is done once and as it was written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from shailoo.counting import actions
from shailoo.counting.models import Entry, Explanation, Figures, Protocol, Settlement
from shailoo.counting.states import State
from tests.counting.browser import signed_in
from tests.counting.scene import AT, Scene, done, entered, paper, taken_over
from tests.counting.test_life import LOST, WARNED, stand, to_conflict


def both(scene: Scene, **changes: object) -> Protocol:
    """A protocol that two people entered equally."""
    protocol = taken_over(scene)
    for clerk in (scene.clerk, scene.other):
        entered(protocol, clerk, paper(**changes))
    return protocol


def warned(scene: Scene) -> Protocol:
    return both(scene, **WARNED)


def parked(scene: Scene) -> Protocol:
    return both(scene, **LOST)


@pytest.mark.norm("L36.2")
def test_a_third_person_sees_two_values_without_names_and_chooses_one(scene: Scene) -> None:
    protocol = to_conflict(scene)
    address, browser = reverse("counting:settle", args=[protocol.pk]), signed_in(scene.chair)
    page = browser.get(address)
    assert [label for _value, label in page.context["form"].fields["against_all"].choices] == ["A: 22", "B: 21"]
    for clerk in (scene.clerk, scene.other):
        assert clerk.person.name not in page.content.decode()
    answer = browser.post(address, {"against_all": "2", "reason": "read from the paper"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("counting:case", args=[protocol.pk]))
    kept = Settlement.objects.get()
    assert (kept.choices, kept.reason, kept.office) == ({"against_all": 2}, "read from the paper", scene.chair)
    assert Figures.objects.get().against_all == 21


@pytest.mark.parametrize(
    ("sent", "marked"),
    [
        ({}, "reason"),
        ({"against_all": "1"}, "reason"),
        ({"against_all": "1", "reason": " \t"}, "reason"),
        ({"against_all": "3", "reason": "both are wrong"}, "against_all"),
        ({"against_all": "20", "reason": "a third value"}, "against_all"),
        ({"signed": "1", "reason": "another field"}, "against_all"),
    ],
)
def test_no_third_value_and_no_choice_without_a_reason(scene: Scene, sent: dict[str, str], marked: str) -> None:
    protocol = to_conflict(scene)
    answer = signed_in(scene.chair).post(reverse("counting:settle", args=[protocol.pk]), sent)
    form = answer.context["form"]
    assert (answer.status_code, set(form.errors)) == (422, {marked})
    assert form["reason"].value() in (sent.get("reason"), None)
    assert (stand(protocol), Settlement.objects.count()) == (State.CONFLICTING, 0)


def test_who_entered_and_who_may_not_see_no_conflict(scene: Scene) -> None:
    protocol = to_conflict(scene)
    address = reverse("counting:settle", args=[protocol.pk])
    for office in (scene.clerk, scene.third, scene.stranger, scene.cec_chair):
        browser = signed_in(office)
        answers = [browser.get(address), browser.post(address, {"against_all": "1", "reason": "mine"})]
        assert [answer.status_code for answer in answers] == [403, 403], office.person.username
    assert not Settlement.objects.exists()


def test_who_comes_second_is_told_and_nothing_is_decided_twice(scene: Scene) -> None:
    protocol = to_conflict(scene)
    address, choice = reverse("counting:settle", args=[protocol.pk]), {"against_all": "1", "reason": "paper"}
    first, second = signed_in(scene.chair), signed_in(scene.secretary)
    assert second.get(address).status_code == 200
    first.post(address, choice)
    answer = second.post(address, choice, follow=True)
    assert (answer.status_code, len(list(answer.context["messages"]))) == (200, 1)
    assert Settlement.objects.get().office == scene.chair


@pytest.mark.parametrize(
    ("make", "act", "sent", "state"),
    [
        (warned, "explain", {"text": "struck out by hand"}, State.ACCEPTED),
        (warned, "enter_again", {"reason": "misread"}, State.RECEIVED),
        (parked, "accept_with_act", {"number": "7", "text": "one ballot was lost"}, State.ACCEPTED),
        (parked, "return_to_pec", {"reason": "to be drawn up again"}, State.RETURNED),
        (parked, "enter_again", {"reason": "misread"}, State.RECEIVED),
    ],
)
def test_a_written_decision_is_done_with_all_that_it_needs_and_not_without(
    scene: Scene, make: Callable[[Scene], Protocol], act: str, sent: dict[str, str], state: State
) -> None:
    protocol, browser = make(scene), signed_in(scene.chair)
    address, before = reverse("counting:decide", args=[protocol.pk, act]), stand(protocol)
    assert browser.get(address).status_code == 200
    for blank in sent:
        answer = browser.post(address, sent | {blank: " "})
        form = answer.context["form"]
        assert (answer.status_code, blank in form.errors) == (422, True), blank
        assert all(form[name].value() == text for name, text in sent.items() if name != blank)
        assert stand(protocol) is before
    answer = browser.post(address, sent)
    assert answer.status_code == 302
    assert stand(protocol) is state


def test_a_decision_is_made_once(scene: Scene) -> None:
    protocol, browser = warned(scene), signed_in(scene.secretary)
    address = reverse("counting:decide", args=[protocol.pk, "explain"])
    assert browser.post(address, {"text": "struck out by hand"}).status_code == 302
    again = browser.post(address, {"text": "and once more"})
    assert (again.status_code, again.context["form"]["text"].value()) == (422, "and once more")
    assert browser.get(address).status_code == 403
    assert Explanation.objects.get().text == "struck out by hand"


def test_a_decision_is_only_for_who_may_make_it_and_only_of_the_known_ones(scene: Scene) -> None:
    protocol = parked(scene)
    for office in (scene.clerk, scene.secretary, scene.stranger, scene.pec_chair):
        browser = signed_in(office)
        for act in ("accept_with_act", "return_to_pec"):
            address = reverse("counting:decide", args=[protocol.pk, act])
            assert browser.get(address).status_code == 403, (office.role, act)
            browser.post(address, {"number": "7", "text": "it stands", "reason": "why"})
            assert stand(protocol) is State.PARKED, (office.role, act)
    for act in ("claim", "finish", "import", "take_over", "none"):
        assert signed_in(scene.chair).get(reverse("counting:decide", args=[protocol.pk, act])).status_code == 404


def test_the_clerk_who_finishes_is_told_where_the_protocol_went_and_nothing_of_the_other_entry(scene: Scene) -> None:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper(signed=987654))
    entry = done(actions.claim(protocol, by=scene.other, at=AT), Entry)
    browser = signed_in(scene.other)
    address = reverse("counting:check", args=[entry.pk])
    refused = browser.post(address)
    assert (refused.status_code, len(refused.context["errors"])) == (422, 1)
    assert "987654" not in refused.content.decode()
    assert stand(protocol) is State.SECOND_ENTRY
