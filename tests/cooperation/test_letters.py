"""Correspondence: numbers without gaps, answers that are due, and letters that never change."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from shailoo.cooperation import actions, queries
from shailoo.cooperation.kinds import Closing, Direction
from shailoo.cooperation.models import Letter, LetterClosing
from tests.cooperation.scene import AT, TODAY, codes, done, letter, partner, scene

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 this is no whole file"


def test_letters_are_numbered_by_direction_and_year_without_gaps() -> None:
    where = scene()
    body = partner(where, "Election Commission of Malaysia")
    first, second = letter(where, body), letter(where, body)
    out = letter(where, body, answers=first)
    assert [str(each) for each in (first, second, out)] == ["1/2026", "2/2026", "1/2026"]
    told = actions.Written(Direction.INCOMING, body, TODAY, "x", content=PDF)
    refused = actions.register_letter(where.commission, told, by=where.head, at=AT)
    assert codes(refused)[0].startswith("upload_")
    assert letter(where, body).number == 3, "a refused letter takes no number"
    next_year = actions.Written(Direction.INCOMING, body, TODAY, "x")
    later = actions.register_letter(where.commission, next_year, by=where.head, at=AT + timedelta(days=365))
    assert str(done(later, Letter)) == "1/2027"


def test_the_longest_overdue_answer_stands_first_and_an_answer_ends_the_waiting() -> None:
    where = scene()
    body = partner(where, "Election Commission of Malaysia")
    late, soon, none = letter(where, body, due=TODAY), letter(where, body, due=date(2026, 12, 1)), letter(where, body)
    assert [each.pk for each in queries.waiting(where.commission)] == [late.pk, soon.pk]
    tomorrow = TODAY + timedelta(days=1)
    assert queries.due(where.commission, TODAY).overdue == 0, "on its last day an answer is not late"
    assert queries.due(where.commission, tomorrow).overdue == 1
    letter(where, body, answers=late)
    assert [each.pk for each in queries.waiting(where.commission)] == [soon.pk]
    closing = actions.close_letter(soon, Closing.NEEDS_NO_ANSWER, "телефондон айтылды", by=where.operator, at=AT)
    done(closing, LetterClosing)
    assert not queries.waiting(where.commission).exists()
    again = actions.close_letter(soon, Closing.BY_MISTAKE, "x", by=where.operator, at=AT)
    assert codes(again) == ("cooperation_letter_closed_already",)
    assert codes(actions.close_letter(none, Closing.BY_MISTAKE, " ", by=where.operator, at=AT)) == (
        "cooperation_without_reason",
    )


def test_what_cannot_be_is_not_registered() -> None:
    where = scene()
    body = partner(where, "Election Commission of Malaysia")
    first = letter(where, body)
    tomorrow = TODAY + timedelta(days=1)
    for told, code in (
        (actions.Written(Direction.INCOMING, body, TODAY, " "), "cooperation_not_said"),
        (actions.Written(Direction.INCOMING, body, tomorrow, "x"), "cooperation_in_the_future"),
        (
            actions.Written(Direction.INCOMING, body, TODAY, "x", answer_due_on=date(2026, 9, 4)),
            "cooperation_answer_due_before_the_letter",
        ),
        (actions.Written(Direction.INCOMING, body, TODAY, "x", answers=first), "cooperation_answers_another_way"),
    ):
        assert codes(actions.register_letter(where.commission, told, by=where.head, at=AT)) == (code,)
    told = actions.Written(Direction.INCOMING, body, TODAY, "x")
    assert codes(actions.register_letter(where.commission, told, by=where.member, at=AT)) == ("office_may_not",)
    assert codes(actions.close_letter(first, Closing.BY_MISTAKE, "x", by=where.member, at=AT)) == ("office_may_not",)
    assert Letter.objects.count() == 1


def test_a_letter_never_changes() -> None:
    where = scene()
    first = letter(where, partner(where, "Election Commission of Malaysia"))
    row = Letter.objects.filter(pk=first.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.update(subject="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
    first.pk = None
    with pytest.raises(IntegrityError, match="a_letter_has_its_own_number"), transaction.atomic():
        first.save(force_insert=True)
