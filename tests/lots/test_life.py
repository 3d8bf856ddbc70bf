"""The way of a lot: the list first, then the dice, then what follows from them; every other order is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.commissions.actions import close_sitting
from shailoo.documents.models import Document
from shailoo.law.lots.listing import Purpose
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act as LedgerAct
from shailoo.lots.actions import Entered, Plan, Turn, draw_round, enter_seed, freeze_list, publish_list, void
from shailoo.lots.checking import check
from shailoo.lots.drawing import Taking, draw, list_hash, sha256
from shailoo.lots.models import Draw, Item, Place, Publication, Result, Round, Seed, SeedEntry, Voiding
from shailoo.lots.queries import as_file
from shailoo.lots.states import ARCS, MOVES, Act, State, acts_open_to, arcs, mermaid
from tests.commissions.sittings import done, in_session, refused
from tests.counting.browser import snapshot
from tests.lots.scene import (
    AT,
    DICE,
    DUTIES,
    OTHER_DICE,
    PARTIES,
    Table,
    ballot,
    cec,
    drawn,
    duties,
    fresh,
    frozen,
    later,
    pec,
    published,
    seeded,
    throw,
)


@pytest.fixture
def table(db: None) -> Table:
    return cec()


# ------------------------------------------------------------------------------------- the way


@pytest.mark.norm("L30.4")
def test_the_order_of_a_ballot_is_that_of_the_tickets(table: Table) -> None:
    lot = drawn(table, ballot())
    assert (lot.state, lot.list_hash, lot.purpose_line) == ("drawn", list_hash(PARTIES), "ballot_order CEC/2020/1")
    due = draw(lot.purpose_line, lot.list_hash, 1, throw(lot, 1), range(1, 5), None)
    kept = Place.objects.values_list("place", "item__number", "ticket", "taken")
    assert list(kept) == [(each.place, each.item, each.ticket, True) for each in due]
    assert check(as_file(lot)).holds
    names = list(LedgerAct.objects.filter(subject=lot.subject).order_by("sequence").values_list("name", flat=True))
    assert names[:5] == [
        "lot.list_frozen",
        "lot.list_published",
        "lot.digits_entered",
        "lot.digits_entered",
        "lot.drawn",
    ]
    papers = Document.objects.filter(kind="lot_act", subject=lot.subject)
    assert sorted(papers.values_list("number", "language")) == [
        ("lot/CEC/2020/1", language) for language in ("en", "ky", "ru")
    ]
    assert papers[0].data["rounds"][0]["seed"] == throw(lot, 1)


@pytest.mark.norm("L31.1.b", "L33.4.a1")
def test_members_of_a_precinct_commission_draw_their_duties_and_its_heads_do_not(db: None) -> None:
    table = pec()
    lot = drawn(table, duties(table))
    taken = Place.objects.filter(round__draw=lot, taken=True).select_related("item__office", "round")
    assert [each.round.role for each in taken.order_by("round__number")] == list(DUTIES)
    people = {each.item.office_id for each in taken}
    assert len(people) == 4
    assert people <= {each.pk for each in table.members}
    assert Seed.objects.values("digits").distinct().count() == 4
    team = Plan(Purpose.MOBILE_TEAM, duties(table).labels, (Turn(drawn=2),))
    assert sum(each.taken for each in Place.objects.filter(round__draw=drawn(table, team))) == 2
    with_chair = replace(team, labels=(*team.labels, table.chair.person.name))
    assert refused(freeze_list(table.commission, with_chair, by=table.chair, at=AT)) == ("lot_heads_listed",)
    assert refused(freeze_list(table.commission, replace(team, turns=(Turn(drawn=1),)), by=table.chair, at=AT)) == (
        "lot_team_too_small",
    )


def test_two_entries_that_differ_stay_and_both_are_asked_again(table: Table) -> None:
    lot = published(table, ballot())
    first, second, third = table.members[:3]
    assert enter_seed(lot, table.sitting, DICE, by=first, at=later(2)) is Entered.FIRST
    assert enter_seed(lot, table.sitting, OTHER_DICE, by=second, at=later(2)) is Entered.DIFFERENT
    assert fresh(lot).state == "published"
    assert enter_seed(lot, table.sitting, " ".join(DICE), by=third, at=later(3)) is Entered.FIRST
    assert enter_seed(lot, table.sitting, DICE, by=first, at=later(3)) is Entered.EQUAL
    assert fresh(lot).state == "seeded"
    assert list(SeedEntry.objects.values_list("attempt", "slot", "digits")) == [
        (1, 1, DICE),
        (1, 2, OTHER_DICE),
        (2, 1, DICE),
        (2, 2, DICE),
    ]
    told = [act.payload for act in LedgerAct.objects.filter(name="lot.digits_entered").order_by("sequence")]
    assert [DICE in payload for payload in told] == [False, False, False, True], "nothing tells what one person typed"
    assert all(OTHER_DICE not in payload for payload in told)


def test_a_lot_is_given_up_only_before_anybody_saw_the_dice(table: Table) -> None:
    lot = published(table, ballot())
    assert refused(void(lot, "  ", by=table.chair, at=later(2))) == ("lot_voided_without_reason",)
    assert isinstance(void(lot, "Партия чакыртып алынды", by=table.chair, at=later(2)), Voiding)
    assert fresh(lot).state == "voided"
    assert refused(publish_list(lot, by=table.chair, at=later(3))) == ("lot_act_not_open",)
    again = published(table, ballot())
    assert again.purpose_line == "ballot_order CEC/2020/2"
    enter_seed(again, table.sitting, DICE, by=table.members[0], at=later(2))
    assert refused(void(again, "Жакпады", by=table.chair, at=later(3))) == ("lot_dice_were_thrown",)
    assert enter_seed(again, table.sitting, DICE, by=table.members[1], at=later(3)) is Entered.EQUAL
    assert refused(void(again, "Жакпады", by=table.chair, at=later(3))) == ("lot_act_not_open",)


# ------------------------------------------------------------------------------------- bad input


def test_what_is_no_list_is_refused_and_nothing_is_written(table: Table) -> None:
    before = snapshot()
    wrong = {
        "lot_needs_two_entries": ballot(labels=("Жалгыз",)),
        "lot_entry_twice": ballot(labels=("Үмүт", "Достук", "Үмүт")),
        "lot_entry_unreadable": ballot(labels=("Үмүт", " Достук")),
        "lot_draws_more_than_listed": ballot(turns=(Turn(drawn=3), Turn(drawn=2))),
        "lot_list_too_long": ballot(labels=tuple(map(str, range(100_001)))),
        "lot_at_another_commission": ballot(purpose=Purpose.STATION_DUTIES),
    }
    for code, plan in wrong.items():
        assert code in refused(freeze_list(table.commission, plan, by=table.secretary, at=AT)), code
    assert "lot_entry_unreadable" in refused(
        freeze_list(table.commission, ballot(labels=("Үмүт", "а\u202eб")), by=table.secretary, at=AT)
    )
    anew = ballot(turns=(Turn(drawn=3), Turn(drawn=3)), taking=Taking.ANEW)
    assert snapshot() == before
    assert isinstance(freeze_list(table.commission, anew, by=table.secretary, at=AT), Draw)


def test_digits_are_entered_only_as_the_procedure_has_it(table: Table) -> None:
    lot = frozen(table, ballot())
    one, two = table.members[:2]

    def entered(digits: str = DICE, by: Office = one, minute: int = 2, **more: object) -> object:
        return enter_seed(lot, more.get("sitting", table.sitting), digits, by=by, at=later(minute))  # type: ignore[arg-type]  # a sitting

    assert refused(entered()) == ("lot_act_not_open",), "before the list is public"
    publish_list(lot, by=table.secretary, at=later(1))
    before = snapshot()
    assert refused(entered("1234561234561234561")) == ("lot_digits_too_few",)
    assert refused(entered("12345612345612345670")) == ("lot_digits_not_of_dice",)
    assert refused(entered("١" * 20)) == ("lot_digits_not_of_dice",)
    assert refused(entered("1" * 201)) == ("lot_digits_too_few",)
    assert refused(entered(by=table.absent)) == ("lot_not_present",)
    assert refused(entered(minute=0)) == ("lot_time_runs_forward",)
    assert snapshot() == before
    closed, _members = in_session(table.commission.body, at=later(1))
    done(close_sitting(closed, by=table.chair, at=later(2)))
    assert refused(entered(sitting=closed)) == ("lot_outside_a_sitting",)
    assert entered() is Entered.FIRST
    assert refused(entered()) == ("lot_same_person_twice",)
    assert entered(by=two) is Entered.EQUAL
    draw_round(lot, by=table.chair, at=later(3))
    replay = published(table, ballot())
    assert refused(enter_seed(replay, table.sitting, DICE, by=one, at=later(4))) == ("lot_seed_used_before",)


def test_whoever_may_not_and_whatever_is_not_open_is_refused(table: Table) -> None:
    """Every state x act: what the table does not name is refused, and writes nothing."""
    lots: dict[State, Callable[[], Draw]] = {
        State.FROZEN: lambda: frozen(table, ballot()),
        State.PUBLISHED: lambda: published(table, ballot()),
        State.SEEDED: lambda: seeded(table, published(table, ballot())),
        State.DRAWN: lambda: drawn(table, ballot()),
        State.VOIDED: lambda: _voided(table),
    }
    acts: dict[Act, Callable[[Draw, Office], object]] = {
        Act.PUBLISH: lambda lot, by: publish_list(lot, by=by, at=later(9)),
        Act.VOID: lambda lot, by: void(lot, "Себеби", by=by, at=later(9)),
        Act.ENTER_SEED: lambda lot, by: enter_seed(lot, table.sitting, OTHER_DICE, by=by, at=later(9)),
        Act.DRAW: lambda lot, by: draw_round(lot, by=by, at=later(9)),
    }
    stranger = Office.objects.create(
        person=table.members[0].person, body=table.commission.body, role="cec_operator", since=AT - timedelta(days=9)
    )
    for state, make in lots.items():
        lot = make()
        for act, do in acts.items():
            before = snapshot()
            assert refused(do(lot, stranger)) == ("office_may_not",), (state, act)
            if not arcs(state, act):
                assert refused(do(lot, table.chair)) == ("lot_act_not_open",), (state, act)
            assert snapshot() == before
    assert Act.VOID in acts_open_to(Role(table.chair.role), State.PUBLISHED)
    assert Act.DRAW not in acts_open_to(Role(table.members[0].role), State.SEEDED)
    assert "frozen --> published" in mermaid()


def _voided(table: Table) -> Draw:
    lot = frozen(table, ballot())
    void(lot, "Себеби", by=table.chair, at=later(1))
    return lot


# ------------------------------------------------------------------------------------- impossible


def broken(name: str, change: Callable[[], object]) -> None:
    """The database refuses the change by the constraint or trigger of that name."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        change()
    diagnosis = getattr(caught.value.__cause__, "diag", None)
    assert name in f"{getattr(diagnosis, 'constraint_name', '')} {caught.value}", caught.value


def test_the_database_itself_holds_the_list_the_dice_and_the_order(table: Table) -> None:
    lot = frozen(table, ballot())
    wrong = frozen(table, ballot())
    Item.objects.create(draw=wrong, number=5, label="Кийин кошулган")
    Publication.objects.create(draw=wrong, office=table.chair, at=later(1))
    broken("a_published_list_is_the_hashed_one", lambda: _set(wrong, "published"))
    broken("a_lot_moves_along_the_table", lambda: _set(lot, "drawn"))
    broken("a_lot_moves_along_the_table", lambda: _set(lot, "seeded"))
    broken("a_published_list_is_the_hashed_one", lambda: _set(lot, "published"))  # nobody has published it
    broken(
        "what_a_lot_is_does_not_change",
        lambda: Draw.objects.filter(pk=lot.pk).update(list_hash="0" * 64, state="published"),
    )
    broken("a_lot_begins_frozen", lambda: Draw.objects.create(**_copy(lot), state="drawn"))
    broken("a_lot_has_its_own_number", lambda: Draw.objects.create(**_copy(lot) | {"purpose_line": "x"}))
    broken("a_lot_is_drawn_among_two_at_least", lambda: Draw.objects.create(**_copy(lot) | {"number": 9, "size": 1}))
    publish_list(lot, by=table.chair, at=later(1))
    round_ = Round.objects.get(draw=lot)
    broken("a_published_list_stands", lambda: Item.objects.create(draw=lot, number=5, label="Кийин кошулган"))
    broken("a_published_list_stands", lambda: Round.objects.create(draw=lot, number=2))
    one, two = table.members[:2]
    broken("digits_come_after_the_list_is_public", lambda: _entry(table, round_, one, at=AT))
    broken("digits_are_of_dice_and_enough", lambda: _entry(table, round_, one, digits="7" * 20))
    broken("digits_are_entered_in_an_open_sitting", lambda: _entry(table, round_, table.absent))
    broken("digits_are_by_the_person_of_the_office", lambda: _entry(table, round_, one, person_id=two.person_id))
    _entry(table, round_, one)
    broken("nobody_enters_the_digits_twice", lambda: _entry(table, round_, one, slot=2))
    broken("digits_have_a_first_and_a_second_entry", lambda: _entry(table, round_, two, slot=1))
    broken("a_seed_is_what_two_people_entered", lambda: _seed(round_))
    _entry(table, round_, two, slot=2, digits=OTHER_DICE)
    broken("a_seed_is_what_two_people_entered", lambda: _seed(round_))
    broken("a_lot_is_seeded_by_two_equal_entries", lambda: _set(lot, "seeded"))
    broken("a_lot_is_voided_before_any_dice", lambda: _set(lot, "voided"))
    for slot, who in ((1, one), (2, two)):
        _entry(table, round_, who, slot=slot, attempt=2)
    _seed(round_, attempt=2)
    _set(lot, "seeded")
    rows = draw(lot.purpose_line, lot.list_hash, 1, DICE, range(1, 5), None)
    items = dict(lot.items.values_list("number", "pk"))
    made = [Place(round=round_, place=r.place, item_id=items[r.item], ticket=r.ticket, taken=True) for r in rows]
    broken("a_lot_is_drawn_with_its_last_round", lambda: _set(lot, "drawn"))
    broken("a_ticket_is_what_anyone_computes", lambda: _with(made, ticket=sha256("another")))
    broken("a_ticket_is_what_anyone_computes", lambda: _with(made, taken=False))
    broken("the_order_is_that_of_the_tickets", lambda: _result(made[:3], round_, one))
    turned = [_moved(each, 5 - each.place) for each in made]
    broken("the_order_is_that_of_the_tickets", lambda: _result(turned, round_, one))
    _result([_moved(each, each.place) for each in made], round_, one)
    _set(lot, "drawn")
    other = seeded(table, published(table, ballot()), OTHER_DICE)
    broken("a_seed_is_used_once", lambda: _again(table, other))


def test_nothing_of_a_drawn_lot_is_changed_removed_or_emptied(table: Table) -> None:
    drawn(table, ballot())
    _voided(table)
    _execute("SET CONSTRAINTS ALL IMMEDIATE")
    for model in (Item, Round, Publication, SeedEntry, Seed, Place, Result, Voiding):
        name = model._meta.db_table
        for change in (f"UPDATE {name} SET id = id", f"DELETE FROM {name}", f"TRUNCATE {name} CASCADE"):  # noqa: S608  # our own tables
            broken("never", lambda change=change: _execute(change))  # type: ignore[misc]  # bound in the loop
    broken("never_deleted", lambda: _execute("DELETE FROM lots_draw"))
    assert len(MOVES) == len({(arc.source, arc.target) for arc in ARCS if arc.source})


def _execute(change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(change)


def _set(lot: Draw, state: str) -> None:
    Draw.objects.filter(pk=lot.pk).update(state=state)


def _copy(lot: Draw) -> dict[str, object]:
    names = ("commission_id", "year", "number", "purpose", "size", "list_hash", "office_id", "frozen_at")
    return {name: getattr(lot, name) for name in names} | {"purpose_line": "ballot_order CEC/2020/99"}


def _entry(table: Table, round_: Round, who: Office, **more: object) -> SeedEntry:
    given = {"attempt": 1, "slot": 1, "digits": DICE, "person_id": who.person_id, "at": later(2)} | more
    return SeedEntry.objects.create(round=round_, sitting=table.sitting, office=who, **given)


def _seed(round_: Round, attempt: int = 1) -> Seed:
    return Seed.objects.create(round=round_, attempt=attempt, digits=DICE, at=later(2))


def _with(made: list[Place], **change: object) -> None:
    changed = _moved(made[0], 1)
    for name, value in change.items():
        setattr(changed, name, value)
    Place.objects.bulk_create([changed, *(_moved(each, each.place) for each in made[1:])])


def _moved(row: Place, place: int) -> Place:
    return Place(round_id=row.round_id, place=place, item_id=row.item_id, ticket=row.ticket, taken=row.taken)


def _result(made: list[Place], round_: Round, by: Office) -> None:
    Place.objects.bulk_create([_moved(each, each.place) for each in made])
    Result.objects.create(round=round_, office=by, at=later(3))


def _again(table: Table, other: Draw) -> None:
    third = published(table, ballot())
    round_ = Round.objects.get(draw=third)
    for slot, who in enumerate(table.members[:2], 1):
        _entry(table, round_, who, slot=slot, digits=OTHER_DICE)
    Seed.objects.create(round=round_, attempt=1, digits=OTHER_DICE, at=later(2))


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_and_two_who_draw_at_once_come_one_after_the_other() -> None:
    table = cec()
    lot = published(table, ballot())

    def entering(who: Office) -> object:
        try:
            return enter_seed(lot, table.sitting, DICE, by=who, at=later(2))
        finally:
            connection.close()

    def drawing(who: Office) -> object:
        try:
            return draw_round(lot, by=who, at=later(3))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as people:
        entries = list(people.map(entering, table.members[:3]))
        results = list(people.map(drawing, (table.chair, table.secretary)))
    assert sorted(str(each) for each in entries if isinstance(each, Entered)) == ["equal", "first"]
    assert sum(isinstance(each, Refused) for each in entries) == 1
    assert sorted(isinstance(each, Refused) for each in results) == [False, True]
    assert Result.objects.count() == 1
    assert json.loads(as_file(lot))["rounds"][0]["seed"] == DICE
