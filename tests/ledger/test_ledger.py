"""The record of acts: chained, appended in one statement, refused to be changed, and its breaks are named."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from shailoo.ledger.actions import record
from shailoo.ledger.canonical import canonical, sha256
from shailoo.ledger.models import Act
from shailoo.ledger.queries import acts_on, breaks

AT = datetime(2020, 10, 5, 3, 0, 0, 123456, tzinfo=UTC)
database = pytest.mark.django_db


def acts(count: int = 3) -> list[str]:
    return [
        record("x.done", subject="x:1", by=None, at=AT, grounds=("L36.1.a1",), payload={"n": n}) for n in range(count)
    ]


@database
def test_each_act_is_chained_to_the_one_before() -> None:
    hashes = acts()
    found = list(acts_on("x:1"))
    assert [act.hash for act in found] == hashes
    assert [act.previous for act in found] == ["", *hashes[:-1]]
    assert [act.sequence for act in found] == [1, 2, 3]
    assert breaks() == []


@database
@pytest.mark.parametrize(
    "change", ["UPDATE ledger_act SET payload = '{}'", "DELETE FROM ledger_act", "TRUNCATE ledger_act"]
)
def test_no_act_is_changed_or_removed(change: str) -> None:
    acts()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Act.objects.count() == 3


@database
def test_an_act_of_a_transaction_that_fails_is_not_recorded() -> None:
    def cut_off() -> None:
        with transaction.atomic():
            acts()
            raise ValueError("power cut")

    with pytest.raises(ValueError, match="power cut"):
        cut_off()
    assert Act.objects.count() == 0
    acts(1)
    assert breaks() == []


@given(st.dictionaries(st.text(), st.one_of(st.integers(), st.text(), st.none(), st.booleans(), st.dates())))
def test_canonical_form_does_not_depend_on_the_order_of_members(value: dict[str, object]) -> None:
    turned = dict(reversed(list(value.items())))
    assert canonical(value) == canonical(turned)
    assert sha256(canonical(value)) == sha256(canonical(turned))


def test_canonical_form_writes_exact_values_and_refuses_floats() -> None:
    found = canonical({"б": Fraction(1, 3), "а": date(2020, 10, 4), "в": [1, "ң"]})
    assert found == '{"а":"2020-10-04","б":"1/3","в":[1,"ң"]}'
    with pytest.raises(TypeError):
        canonical({"share": 0.5})
    with pytest.raises(TypeError):
        canonical({"what": object()})
