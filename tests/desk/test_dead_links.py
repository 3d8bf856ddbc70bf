"""A link of an invitation that opens nothing: told why, put on record without its secret, and not without end."""

from __future__ import annotations

import pytest
from django.test import Client

from shailoo.desk.inviting import MOST_DEAD_LINKS
from shailoo.ledger.models import Act

SECRET = "a-secret-that-nobody-gave"  # it opens nothing


def refusals() -> list[str]:
    return list(Act.objects.filter(name="invitation.refused").values_list("payload", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_dead_link_is_recorded_by_reading_it_also_where_reading_writes_nothing() -> None:
    answer = Client().get(f"/en/invitation/{SECRET}/")
    assert answer.status_code == 410
    assert refusals() == ['{"codes":["invitation_unknown"]}']
    assert SECRET not in "".join(str(each) for each in Act.objects.values_list("payload", "subject"))


@pytest.mark.django_db
def test_who_tries_too_many_links_is_told_to_wait_and_fills_no_record() -> None:
    client = Client()
    answers = [client.get(f"/en/invitation/{SECRET}{number}/").status_code for number in range(MOST_DEAD_LINKS + 3)]
    assert answers == [410] * MOST_DEAD_LINKS + [429] * 3
    assert len(refusals()) == MOST_DEAD_LINKS
