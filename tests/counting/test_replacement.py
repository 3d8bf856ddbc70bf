"""A recount and a correction carry out a decision: of the right commission, on this precinct, standing, once."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from shailoo.accounts.models import Office
from shailoo.commissions.models import Decision, Matter
from shailoo.counting import actions, matters
from shailoo.counting.models import Protocol
from shailoo.counting.states import State
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from tests.commissions.sittings import decided
from tests.counting.browser import signed_in
from tests.counting.scene import AT, Scene, decision_on, done, entered, paper, taken_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(scene: Scene) -> Protocol:
    protocol = taken_over(scene)
    for clerk in (scene.clerk, scene.other):
        entered(protocol, clerk, paper())
    return protocol


def replace(scene: Scene, protocol: Protocol, decision: Decision | None, by: Office | None = None) -> str:
    """The codes of the refusal; "" where it was done."""
    answer = actions.replace(protocol, "recount", decision, by=by or scene.chair, at=AT)
    return ",".join(answer.codes) if isinstance(answer, Refused) else ""


@pytest.mark.norm("L36.7.a1", "L36.7.a4")
def test_only_a_decision_of_the_right_commission_on_this_precinct_is_its_ground(
    scene: Scene, accepted: Protocol
) -> None:
    cec, tec = scene.cec_chair.body, scene.chair.body
    asked = matters.replacement(accepted, Matter.RECOUNT)
    elsewhere = f"voting:{scene.voting.pk}/precinct:1002"
    wrong = {
        "decision_missing": None,
        "ground_of_another_body": decided(tec, Matter.RECOUNT, asked.subject, at=AT),
        "ground_on_another_matter": decided(cec, Matter.INVALIDATION, asked.subject, at=AT),
        "ground_on_another_subject": decided(cec, Matter.RECOUNT, elsewhere, at=AT),
    }
    before = Act.objects.count()
    for code, decision in wrong.items():
        assert replace(scene, accepted, decision) == code
    assert replace(scene, accepted, decided(cec, Matter.CORRECTION, asked.subject, at=AT)) == "ground_of_another_body"
    assert Protocol.objects.count() == 1
    assert Act.objects.filter(name="protocol.taken_over").count() == 1
    assert Act.objects.count() > before, "the decisions themselves are on record"


@pytest.mark.norm("L36.7.a4")
def test_the_decision_says_what_has_come_and_the_act_names_it(scene: Scene, accepted: Protocol) -> None:
    for matter, occasion, norm in (
        (Matter.CORRECTION, Protocol.Occasion.CORRECTION, "L36.2.b1"),
        (Matter.RECOUNT, Protocol.Occasion.RECOUNT, "L36.7.a4"),
    ):
        latest = Protocol.objects.latest("version")
        decision = decision_on(latest, matter)
        new = done(actions.replace(latest, "why", decision, by=scene.chair, at=AT), Protocol)
        assert (new.occasion, new.decision, new.carries_out) == (occasion, decision.label, decision)
        assert Act.objects.get(subject=f"protocol:{new.pk}").grounds == [norm, decision.ledger_name]
        for clerk in (scene.clerk, scene.other):
            entered(new, clerk, paper())


def test_a_decision_is_carried_out_once_and_only_while_it_stands(scene: Scene, accepted: Protocol) -> None:
    first = decision_on(accepted)
    second = decided(scene.cec_chair.body, Matter.RECOUNT, first.subject, at=AT, replaces=first)
    assert replace(scene, accepted, first) == "ground_not_in_force"
    assert list(matters.decisions(accepted)) == [second]
    assert replace(scene, accepted, second) == ""
    new = Protocol.objects.latest("version")
    for clerk in (scene.clerk, scene.other):
        entered(new, clerk, paper())
    assert replace(scene, new, second) == "decision_carried_out"
    assert not matters.decisions(new).exists()


def test_the_database_takes_no_new_version_without_such_a_decision(scene: Scene, accepted: Protocol) -> None:
    cec = scene.cec_chair.body
    made = {
        "voting": scene.voting,
        "precinct": accepted.precinct,
        "tec": accepted.tec,
        "version": 2,
        "occasion": "recount",
        "state": State.RECEIVED,
        "reason": "why",
        "decision": "12",
        "replaces": accepted,
        "received_at": AT,
    }
    on_another = decided(cec, Matter.RECOUNT, f"voting:{scene.voting.pk}/precinct:1002", at=AT)
    of_the_tec = decided(scene.chair.body, Matter.RECOUNT, decision_on(accepted).subject, at=AT)
    for decision in (None, on_another, of_the_tec):
        with (
            pytest.raises(IntegrityError, match="a new version rests on a decision on this precinct"),
            transaction.atomic(),
        ):
            Protocol.objects.create(carries_out=decision, **made)
    with pytest.raises(IntegrityError, match="a_new_version_has_a_reason_and_a_decision"), transaction.atomic():
        Protocol.objects.create(carries_out=decision_on(accepted), **{**made, "version": 1, "occasion": "original"})


# ------------------------------------------------------------------------------------- the page


def test_without_a_decision_the_page_leads_to_the_sitting_with_the_question_filled_in(
    scene: Scene, accepted: Protocol
) -> None:
    address = reverse("counting:replace", args=[accepted.pk])
    for office, matter in ((scene.chair, "correction"), (scene.cec_chair, "recount")):
        page = signed_in(office).get(address)
        assert page.status_code == 200, office.role
        assert f"matter={matter}&amp;subject=voting%3A{scene.voting.pk}%2Fprecinct%3A1001" in page.content.decode()
        assert '<form method="post" novalidate' not in page.content.decode()


def test_the_chair_takes_it_over_on_the_decision_and_a_refusal_keeps_what_was_typed(
    scene: Scene, accepted: Protocol
) -> None:
    address, browser = reverse("counting:replace", args=[accepted.pk]), signed_in(scene.chair)
    decision = decision_on(accepted)
    for sent, field in (({"reason": "court"}, "decision"), ({"decision": str(decision.pk), "reason": " "}, "reason")):
        answer = browser.post(address, sent)
        form = answer.context["form"]
        assert (answer.status_code, field in form.errors) == (422, True), field
        assert form["reason"].value() == sent["reason"]
    assert Protocol.objects.count() == 1
    answer = browser.post(address, {"decision": str(decision.pk), "reason": "court"})
    new = Protocol.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, reverse("counting:case", args=[new.pk]))
    assert (new.version, new.occasion, new.carries_out) == (2, "recount", decision)
    assert browser.get(address).status_code == 403, "a newer version is here"
    page = browser.get(reverse("counting:case", args=[new.pk])).content.decode()
    assert f'href="{reverse("commissions:decision", args=[decision.pk])}"' in page


def test_only_who_may_replace_sees_the_page(scene: Scene, accepted: Protocol) -> None:
    address = reverse("counting:replace", args=[accepted.pk])
    for office in (scene.clerk, scene.stranger, scene.pec_chair):
        assert signed_in(office).get(address).status_code == 403, office.role
        assert signed_in(office).post(address, {"reason": "r"}).status_code in (403, 422), office.role
    assert Protocol.objects.count() == 1
