"""The sitting's page begins with the text of the decision on a list, in three languages."""

from __future__ import annotations

import pytest

from shailoo.commissions.actions import Question, include_item, propose_item
from shailoo.commissions.proposing import text_on
from shailoo.observation.matters import answers
from shailoo.observation.models import Application
from tests.commissions.sittings import done, in_session
from tests.counting.browser import signed_in
from tests.observation import scene as at_work
from tests.observation.scene import AT, draft, filed, listed

pytestmark = pytest.mark.django_db


def test_the_text_on_a_list_is_written_before_anybody_types() -> None:
    scene = at_work.build()
    found = listed(filed(draft(scene, scene.mission, Application.Kind.INTERNATIONAL)), scene.operator, at=AT)
    asked = answers(found)
    sitting, members = in_session(scene.cec, at=AT, election=scene.election.slug)
    question = Question(asked.matter, title_ky="Аккредитация", subject=asked.subject)
    item = done(propose_item(sitting, question, by=members[0], at=AT))
    done(include_item(item, by=members[0], at=AT))
    page = signed_in(members[0]).get(f"/ru/desk/sittings/{sitting.pk}/").content.decode()
    for said in ("Согласно списку № 1/2020", "тизмеге ылайык", "as list № 1/2020 says", found.digest, "R3.4.a1"):
        assert said in page
    assert text_on("voting:1") == text_on("answer_list:0") == text_on("answer_list:x") == {}
