"""What is shown of acts, and to whom; the proof of one act; the daily job."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from shailoo.accounts.background import INSTALLATION, jobs
from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Kind, Role
from shailoo.ledger import log, merkle
from shailoo.ledger.actions import publish_head, record
from shailoo.ledger.history import Change, Sought, history, names_in_use, search, shown
from shailoo.ledger.jobs import publish_daily_head
from shailoo.ledger.models import Act, Head
from shailoo.ledger.openness import Sight
from tests.ledger.forging import AT, append, faults

pytestmark = pytest.mark.django_db


def office(role: Role, name: str) -> Office:
    body, _ = Body.objects.get_or_create(
        code="TEC-9", defaults={"kind": Kind.TEC, "name_ky": "АШК", "name_ru": "ТИК", "name_en": "TEC"}
    )
    person = Person.objects.create(username=name, name=name.title(), password="!")
    return Office.objects.create(person=person, body=body, role=role, since=AT)


def test_a_history_tells_who_when_on_what_ground_and_what_changed() -> None:
    chair, clerk = office(Role.TEC_CHAIR, "aizada"), office(Role.TEC_OPERATOR, "bakyt")
    record("protocol.taken_over", subject="p:1", by=clerk, at=AT, grounds=["L36.1.a1"], payload={"state": "first"})
    record("office.given", subject="p:1", by=chair, at=AT + timedelta(hours=1), payload={"person": "Bakyt"})
    again = {"state": "accepted", "lines": {"a": 1}}
    record("protocol.settled", subject="p:1", by=chair, at=AT + timedelta(hours=2), grounds=["L36.2"], payload=again)
    record("protocol.settled", subject="p:2", by=None, at=AT)
    first, hidden, last = history("p:1")
    assert (first.role, first.body, first.person, first.grounds) == ("tec_operator", "TEC-9", None, ("L36.1.a1",))
    assert (last.person, last.body_names["ru"], last.withheld) == ("Aizada", "ТИК", False)
    assert last.changes == (Change("lines", None, {"a": 1}), Change("state", "first", "accepted"))
    assert (hidden.withheld, hidden.payload, hidden.changes) == (True, None, ())
    seen = history("p:1", Sight.OFFICE)
    assert seen[0].person == "Bakyt"
    assert seen[1].payload == {"person": "Bakyt"}
    assert history("p:2")[0].role == ""


def test_a_search_narrows_by_every_filter(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    append(1, 30)
    record("x.done", subject="x:1", by=None, at=AT + timedelta(days=1), grounds=["L1"])
    found = {
        Sought(): 31,
        Sought(chain="cec"): 10,
        Sought(name="office.given"): 6,
        Sought(subject="voting:3"): 4,
        Sought(norm="L64.8"): 30,
        Sought(norm="L64"): 0,
        Sought(since=AT + timedelta(days=1)): 1,
        Sought(until=AT + timedelta(days=1)): 30,
        Sought(chain="cec", name="office.given"): 2,
    }
    assert {sought: search(sought).count() for sought in found} == found
    with django_assert_num_queries(1):
        rows = list(shown(search(Sought())[:10]))
    assert rows[0].name == "x.done"
    assert rows[0].withheld
    assert names_in_use() == ["office.given", "result.published", "x.done"]


def test_an_act_is_proved_against_the_newest_head_with_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    append(1, 700)
    act = Act.objects.get(chain="cec", sequence=150)
    assert log.proof_of(act) is None
    old = publish_head(at=AT)
    append(701, 1100)
    new = publish_head(at=AT)
    with django_assert_max_num_queries(6):
        proof = log.proof_of(act)
    assert proof is not None
    assert proof.holds
    assert (proof.head.number, len(proof.data()["path"])) == (2, len(proof.path))  # type: ignore[arg-type]  # a list
    assert merkle.extends(old.size, new.size, bytes.fromhex(old.root), bytes.fromhex(new.root), log.extension(old, new))
    append(1101, 1102)
    assert log.proof_of(Act.objects.order_by("-pk")[0]) is None


def test_a_head_is_signed_every_day_in_the_installations_right() -> None:
    assert jobs()["ledger.publish_head"] == INSTALLATION
    append(1, 3)
    publish_daily_head(0)
    publish_daily_head(0)
    assert list(Head.objects.values_list("number", "size")) == [(1, 3), (2, 3)]
    assert faults() == []
