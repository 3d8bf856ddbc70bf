"""The pages of this department: who sees them, that reading changes nothing, that a refusal keeps what was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote_plus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.elections.models import Clock
from shailoo.results import matters, queries
from shailoo.results.models import Determination, Invalidation, Publication, QuestionDecided, ReadingTaken, TecProtocol
from tests.results import scene as scenes
from tests.results.scene import Scene
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

READERS = {
    *(Role.CEC_CHAIR, Role.CEC_SECRETARY, Role.CEC_MEMBER, Role.CEC_OPERATOR),
    *(Role.TEC_CHAIR, Role.TEC_SECRETARY),
}
READING = ("tabulation", "tec_protocol", "invalidations", "readings", "determination", "publications")


@pytest.fixture
def scene() -> Scene:
    built = scenes.build()
    scenes.all_protocols(built)
    return built


def address(name: str, *args: object, language: str = "ky") -> str:
    with translation.override(language):
        return reverse(f"results:{name}", args=args)


def client_of(office: Office) -> Client:
    client = Client()
    sign_in(client, office.person)
    return client


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("name", READING)
def test_every_page_opens_in_every_language(scene: Scene, name: str, language: str) -> None:
    answer = client_of(scene.cec_chair).get(address(name, language=language))
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize("name", READING)
def test_no_page_opens_without_sign_in(scene: Scene, name: str) -> None:
    answer = Client().get(address(name))
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]


@pytest.mark.parametrize(
    ("name", "args", "roles"),
    [
        ("tabulation", (), READERS),
        ("determination", (), READERS),
        ("reading", ("threshold_base",), {Role.CEC_CHAIR}),
        ("sign", ("tec-kg02",), {Role.TEC_CHAIR}),
        ("invalidate", (), {Role.TEC_CHAIR, Role.CEC_CHAIR}),
        ("determine", (), {Role.CEC_CHAIR}),
        ("decide", (), {Role.CEC_CHAIR}),
        ("publish", (), {Role.CEC_CHAIR, Role.CEC_OPERATOR}),
    ],
)
def test_each_page_is_for_the_roles_of_the_table(
    scene: Scene, name: str, args: tuple[str, ...], roles: set[Role]
) -> None:
    posts = name in ("sign", "invalidate", "determine", "decide", "publish")
    for role in Role:
        body = scene.cec_chair.body if role.startswith("cec") or role == Role.PUBLIC else scene.tecs["KG02"].body
        office = Office.objects.filter(role=role, body=body).first() or scenes.office(body, role)
        client = client_of(office)
        answer = client.post(address(name, *args)) if posts else client.get(address(name, *args))
        assert (answer.status_code != 403) is (role in roles), (role, answer.status_code)


@pytest.mark.parametrize("name", ["invalidate", "decide", "determine", "publish"])
def test_what_changes_a_state_cannot_be_done_by_reading(scene: Scene, name: str) -> None:
    assert client_of(scene.cec_chair).get(address(name)).status_code == 405


def test_a_tec_is_led_to_its_own_page_and_sees_no_other(scene: Scene) -> None:
    client = client_of(scene.tec_chair())
    assert client.get(address("tec_protocol"))["Location"] == address("tec", "tec-kg02")
    assert client.get(address("tec", "tec-kg02")).status_code == 200
    assert client.get(address("tec", "tec-kg03")).status_code == 404
    assert client.get(address("tec", "nobody")).status_code == 404


def test_a_chair_signs_on_the_page(scene: Scene) -> None:
    client = client_of(scene.tec_chair())
    page = client.get(address("tec", "tec-kg02", language="en")).content.decode()
    assert "The final sitting of the commission has not been opened yet." in page
    assert f"{reverse('commissions:call')}?kind=final".replace("/ky/", "/en/") in page
    held = scenes.final_sitting(scene)
    form = {"sitting": str(held.pk), "complaints_received": "2", "complaints_decided": "2"}
    answer = client.post(address("sign", "tec-kg02"), form)
    assert answer.status_code == 302
    assert TecProtocol.objects.get().votes == [600, 400, 200]
    page = client.get(address("tec", "tec-kg02")).content.decode()
    assert "1001" in page
    assert f'href="{reverse("commissions:sitting", args=[held.pk])}"' in page
    for attendance in held.attendances.all():
        assert attendance.name in page


def test_the_way_to_the_final_sitting_knows_its_kind(scene: Scene) -> None:
    page = client_of(scene.tec_chair()).get(f"{reverse('commissions:call')}?kind=final")
    assert page.context["form"]["kind"].value() == "final"


def test_a_refused_signing_says_why_and_keeps_what_was_typed(scene: Scene) -> None:
    form = {"sitting": str(scenes.final_sitting(scene).pk), "complaints_received": "7", "complaints_decided": "6"}
    answer = client_of(scene.tec_chair()).post(address("sign", "tec-kg02", language="en"), form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Every complaint has to be decided before: 7 received, 6 decided." in page
    assert 'value="7"' in page
    assert not TecProtocol.objects.exists()


def test_the_whole_way_on_the_pages(scene: Scene) -> None:
    """Sign, take a reading, determine, publish both kinds."""
    scenes.sign_all(scene)
    client = client_of(scene.cec_chair)
    taken = scenes.decision(scene, matters.reading(scene.voting.election, "threshold_base"))
    reading = {"option": "list_votes", "decision": taken.pk}
    assert client.post(address("reading", "threshold_base"), reading).status_code == 302
    assert ReadingTaken.objects.get().option == "list_votes"
    asked = matters.determination(scene.voting)
    assert reverse("commissions:ask") in client.get(address("determination")).content.decode()
    result = scenes.decision(scene, asked)
    decision = {"decision": result.pk, "complaints_received": "0", "complaints_decided": "0"}
    assert client.post(address("determine"), decision).status_code == 302
    assert Determination.objects.get().carries_out == result
    assert not asked.decisions(scene.cec_chair.body).exists()
    for kind in ("preliminary", "official"):
        assert client.post(address("publish"), {"kind": kind}).status_code == 302
    assert [each.kind for each in Publication.objects.order_by("version")] == ["preliminary", "official"]
    assert client.get(address("publications")).status_code == 200


def test_a_refused_determination_lists_the_obstacles(scene: Scene) -> None:
    taken = scenes.decision(scene, matters.determination(scene.voting))
    decision = {"decision": taken.pk, "complaints_received": "0", "complaints_decided": "0"}
    answer = client_of(scene.cec_chair).post(address("determine", language="en"), decision)
    assert answer.status_code == 422
    assert "has not signed its protocol" in answer.content.decode()
    assert not Determination.objects.exists()


def test_an_invalidation_and_its_lifting_on_the_pages(scene: Scene) -> None:
    client = client_of(scene.tec_chair())
    precinct, by = scene.precincts["1001"], scene.tec_chair()
    asked = matters.invalidation(scene.voting, precinct)
    form = {"ground": "2", "violations": ["bribing_voters"], "decision": scenes.decision(scene, asked, by).pk}
    nowhere = scenes.decision(scene, replace(asked, subject=f"voting:{scene.voting.pk}/precinct:"), by)
    named = client.get(address("invalidations"), {"precinct": "1001"})
    assert f"subject={quote_plus(asked.subject)}" in named.headers["Location"]
    assert client.get(address("invalidations"), {"precinct": "999"}).status_code == 200
    assert client.post(address("invalidate"), {**form, "decision": nowhere.pk}).status_code == 422
    assert client.post(address("invalidate"), form).status_code == 302
    made = Invalidation.objects.get()
    assert client.get(address("lift", made.pk)).status_code == 200
    lifting = scenes.decision(scene, matters.lifting(scene.voting, precinct), by)
    assert client.post(address("lift", made.pk), {"decision": lifting.pk}).status_code == 302
    assert queries.tabulate(scene.voting).national.invalidated == 0
    assert client.get(address("lift", made.pk)).status_code == 404


def test_an_open_question_is_decided_on_the_page(scene: Scene) -> None:
    client = client_of(scene.tec_chair())
    asked_of = matters.invalidation(scene.voting, scene.precincts["1001"])
    taken = scenes.decision(scene, asked_of, scene.tec_chair())
    form = {"ground": "2", "violations": ["bribing_voters"], "decision": taken.pk}
    client.post(address("invalidate"), form)
    client = client_of(scene.cec_chair)
    assert "invalid_precincts_affect_result" in client.get(address("determination")).content.decode()
    question = "invalid_precincts_affect_result"
    answer = scenes.decision(scene, matters.question(scene.voting, question))
    asked = {"question": question, "decision": answer.pk}
    assert client.post(address("decide"), {**asked, "option": ["repeat_voting", "result_stands"]}).status_code == 422
    assert client.post(address("decide"), {**asked, "option": "result_stands"}).status_code == 302
    assert QuestionDecided.objects.get().option == "result_stands"
    assert client.post(address("decide"), {**asked, "question": "weather"}).status_code == 302


@pytest.mark.parametrize(("name", "most"), [("tabulation", 16), ("determination", 34), ("publications", 14)])
def test_pages_keep_to_their_query_budget(
    scene: Scene, name: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(scene.cec_chair)
    client.get(address(name))
    with django_assert_max_num_queries(most):
        assert client.get(address(name)).status_code == 200


def test_the_time_of_the_figures_is_that_of_the_elections_own_clock(scene: Scene) -> None:
    night = datetime(2020, 10, 4, 21, 15, tzinfo=UTC)
    Clock.objects.create(election=scene.voting.election, set_at=timezone.now(), shows=night)
    page = client_of(scene.cec_chair).get(address("tabulation", language="en")).content.decode()
    assert "as of 5 October 2020, 03:1" in page
    assert str(timezone.now().year) not in page.split("<main")[1].split("</main>")[0]


def test_decisions_on_precincts_stand_one_below_the_other_on_a_phone(scene: Scene) -> None:
    page = client_of(scene.cec_chair).get(address("invalidations", language="en")).content.decode()
    assert "table-frame--stacked" in page
