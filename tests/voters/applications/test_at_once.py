"""Two clerks on one application, two sendings of one form, two applications of one voter: one wins, one is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from shailoo.ledger.queries import breaks
from shailoo.voters.applications.actions import Ground, forward, receive_online, register_mobile, send_back
from shailoo.voters.applications.models import Application, MobileRequest, Step
from shailoo.voters.applications.states import Kind, State
from tests.voters.applications.scene import AT, HOUR, filing, make, mobile, received
from tests.voters.test_at_once import at_once, refused


@pytest.mark.django_db(transaction=True)
def test_of_two_who_act_at_once_one_wins_and_the_other_is_told(tmp_path: Path) -> None:
    scene = make(tmp_path)
    found = received(scene).application
    answers = at_once(
        lambda: forward(found, version=1, by=scene.secretary, at=AT),
        lambda: forward(found, version=1, by=scene.colleague, at=AT),
        lambda: send_back(found, Ground.DATA_UNCLEAR, "Так эмес", version=1, by=scene.colleague, at=AT),
    )
    assert refused(answers) == [("voter_application_moved_on",)] * 2
    assert Step.objects.filter(application=found).count() == 2

    sent = filing(scene, Kind.MISTAKE)
    answers = at_once(*(lambda: receive_online(sent, at=AT),) * 3)
    assert refused(answers) == [("voter_application_received_before",)] * 2
    assert sorted(Application.objects.values_list("number", flat=True)) == [1, 2]

    one = received(scene, Kind.VOTING_ADDRESS).application
    two = received(scene, Kind.VOTING_ADDRESS, place=1, at=AT + HOUR).application
    at_once(
        lambda: forward(one, version=1, by=scene.secretary, at=AT + HOUR),
        lambda: forward(two, version=1, by=scene.other, at=AT + HOUR),
    )
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, two.state) == (State.SUPERSEDED, State.WITH_SERVICE)

    asked = mobile(scene)
    again = replace(asked, dossier=replace(asked.dossier, explained="Дагы"))
    answers = at_once(
        lambda: register_mobile(asked, by=scene.secretary, at=AT),
        lambda: register_mobile(again, by=scene.colleague, at=AT),
    )
    assert refused(answers) == [("mobile_request_known",)]
    assert MobileRequest.objects.count() == 1
    assert breaks() == []
