"""Where the CEC itself calls an election it carries out its own decision; who else calls one decides elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import quote_plus

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from shailoo.commissions.models import Decision, Matter
from shailoo.elections import matters
from shailoo.elections.actions import Call, Called, call_election
from shailoo.elections.models import Election
from shailoo.law.calendar import BISHKEK
from shailoo.law.calendar.calling import Ground
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from tests.commissions.sittings import decided
from tests.elections.desk import Desk, build

pytestmark = pytest.mark.django_db
TAKEN = datetime(2020, 11, 6, 11, tzinfo=BISHKEK)
AT = TAKEN + timedelta(hours=3)
CALL = Call(
    slug="repeat-2020",
    kind=Election.Kind.JOGORKU_KENESH,
    occasion=Election.Occasion.REPEAT,
    name_ky="Кайталап шайлоо",
    name_ru="Повторные выборы",
    name_en="Repeat election",
    called_on=TAKEN.date(),
    day=date(2020, 12, 20),
)


@pytest.fixture
def desk() -> Desk:
    return build()


def decide(desk: Desk, slug: str = "repeat-2020", matter: Matter = Matter.CALLING, at: datetime = TAKEN) -> Decision:
    return decided(desk.chair.body, matter, f"election:{slug}", at=at)


def call(desk: Desk, decision: Decision | None, **change: object) -> str:
    """The codes of the refusal; "" where it was called."""
    wanted = replace(CALL, decision=decision, **change)  # type: ignore[arg-type]  # fields of the tests
    answer = call_election(wanted, by=desk.chair, at=AT)
    return ",".join(answer.codes) if isinstance(answer, Refused) else ""


@pytest.mark.norm("L38.5.a1")
def test_the_cec_calls_by_its_decision_on_that_election_of_that_day(desk: Desk) -> None:
    tec = decided(desk.tecs[0].body, Matter.CALLING, "election:repeat-2020", at=TAKEN)
    before = Act.objects.filter(name="election.called").count()
    for code, decision in (
        ("decision_missing", None),
        ("ground_of_another_body", tec),
        ("ground_on_another_matter", decide(desk, matter=Matter.OTHER)),
        ("ground_on_another_subject", decide(desk, "jk-2021")),
        ("ground_taken_later", decide(desk, at=AT + timedelta(hours=1))),
        ("called_on_another_day", decide(desk, at=TAKEN - timedelta(days=1))),
    ):
        assert call(desk, decision) == code
    assert Act.objects.filter(name="election.called").count() == before
    taken = decide(desk)
    assert call(desk, taken, act_number="typed") == ""
    found = Election.objects.get(slug="repeat-2020")
    assert (found.carries_out, found.act_number, found.ground) == (taken, taken.label, "cec_decision")
    assert Act.objects.get(subject="election:repeat-2020", name="election.called").grounds == [
        "L38.5.a1",
        taken.ledger_name,
    ]


def test_a_decision_calls_one_election(desk: Desk) -> None:
    first = decide(desk)
    second = decided(desk.chair.body, Matter.CALLING, first.subject, at=TAKEN, replaces=first)
    assert list(matters.callings(desk.chair.body)) == [second]
    assert call(desk, first) == "ground_not_in_force"
    assert call(desk, second) == ""
    assert not matters.callings(desk.chair.body).exists()


def test_what_others_call_and_what_is_rehearsed_stays_typed(desk: Desk) -> None:
    decree = replace(
        CALL,
        slug="decree",
        occasion=Election.Occasion.REGULAR,
        ground=Ground.DECREE,
        act_number="УП № 90",
        called_on=date(2020, 7, 3),
        day=date(2020, 10, 4),
    )
    called = call_election(decree, by=desk.chair, at=AT)
    assert isinstance(called, Called)
    assert (called.election.act_number, called.election.carries_out) == ("УП № 90", None)
    drill = call_election(replace(CALL, slug="drill", rehearsal=True, act_number="1"), by=desk.chair, at=AT)
    assert isinstance(drill, Called)
    assert (drill.election.act_number, drill.election.carries_out) == ("1", None)


def test_the_database_takes_no_election_of_the_cec_without_its_decision(desk: Desk) -> None:
    made = {
        "slug": "by-hand",
        "kind": CALL.kind,
        "occasion": CALL.occasion,
        "called_on": CALL.called_on,
        "ground": "cec_decision",
        "edition_id": "2020-06-30",
    }
    on_another = decide(desk)
    for decision in (None, on_another):
        with pytest.raises(IntegrityError, match="the CEC calls an election by a decision"), transaction.atomic():
            Election.objects.create(carries_out=decision, **made)
    own = decide(desk, "by-hand")
    with pytest.raises(IntegrityError, match="the CEC calls an election by a decision"), transaction.atomic():
        Election.objects.create(**{**made, "carries_out": own, "called_on": date(2020, 11, 7)})
    found = Election.objects.create(carries_out=own, **made)
    with pytest.raises(ProgrammingError, match="decision_that_called"), transaction.atomic():
        Election.objects.filter(pk=found.pk).update(carries_out=None)


# ------------------------------------------------------------------------------------- the page


def form(decision: Decision | None = None, **change: str) -> dict[str, str]:
    sent = {
        "kind": "repeat_jk",
        "ground": "cec_decision",
        "called_on": "2020-11-06",
        "failed_on": "",
        "day": "2020-12-20",
        "name_ky": "Кайталап шайлоо",
        "name_ru": "Повторные выборы",
        "name_en": "Repeat election",
        "slug": "",
        "rehearsal": "no",
        "decision": str(decision.pk) if decision else "",
    }
    return {**sent, **change}


def test_without_a_decision_the_page_leads_to_the_sitting_with_the_question_filled_in(desk: Desk) -> None:
    page = desk.text(desk.chair, "elections/call/?kind=repeat_jk")
    assert reverse("commissions:ask").replace("/ky/", "/en/") in page
    assert f"matter=calling&amp;subject={quote_plus('election:repeat-jk-')}" in page
    assert 'name="decision"' not in page
    assert reverse("commissions:ask") not in desk.text(desk.chair, "elections/call/?kind=jk"), "others call it"
    answer = desk.post(desk.chair, "elections/call/", form(slug="repeat-2020"))
    assert answer.status_code == 422
    assert reverse("commissions:ask").replace("/ky/", "/en/") in answer.content.decode(), (
        "the way on stands there still"
    )


def test_the_decision_names_the_election_and_is_linked_from_its_page(desk: Desk) -> None:
    taken = decide(desk)
    answer = desk.post(desk.chair, "elections/call/", form(taken))
    assert answer.status_code == 200
    assert taken.label in answer.content.decode()
    answer = desk.post(desk.chair, "elections/call/", form(taken, step="confirm"))
    assert answer.status_code == 302
    found = Election.objects.get(slug="repeat-2020")
    assert found.carries_out == taken
    page = desk.text(desk.chair, "elections/repeat-2020/")
    assert f"/desk/decisions/{taken.pk}/" in page


def test_a_name_in_addresses_is_asked_for_where_no_decision_gives_one(desk: Desk) -> None:
    answer = desk.post(desk.chair, "elections/call/", form(rehearsal="yes"))
    assert answer.status_code == 422
    assert 'href="#id_slug"' in answer.content.decode()
