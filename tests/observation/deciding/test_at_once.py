"""Two clerks at the same moment: nobody is answered twice, put on two lists, or accredited past a limit."""

from __future__ import annotations

import pytest

from shailoo.law.outcome import Refused
from shailoo.observation.actions.answering import note
from shailoo.observation.actions.listing import draw_up
from shailoo.observation.models import Accreditation, AnswerList, Application
from tests.commissions.test_at_once import at_once
from tests.observation import scene as at_work
from tests.observation.scene import AT, draft, filed, sheet

KIND = Application.Kind


@pytest.mark.django_db(transaction=True)
def test_two_clerks_answer_and_list_the_same_people_once() -> None:
    scene = at_work.build()
    notice = filed(draft(scene, scene.party, KIND.OBSERVER, people=2, commission=scene.pec))
    asked = sheet(notice, scene.pec_chair)
    answers = at_once(*[lambda: note(asked, by=scene.pec_chair, at=AT)] * 3)
    refused = [each for each in answers if isinstance(each, Refused)]
    assert [set(each.codes) for each in refused] == [{"answered_already"}] * 2
    assert Accreditation.objects.count() == 2
    mission = filed(draft(scene, scene.mission, KIND.INTERNATIONAL, people=2))
    wanted = sheet(mission, scene.operator)
    answers = at_once(*[lambda: draw_up(wanted, by=scene.operator, at=AT)] * 3)
    refused = [each for each in answers if isinstance(each, Refused)]
    assert [set(each.codes) for each in refused] == [{"answer_on_another_list"}] * 2
    assert AnswerList.objects.count() == 1
