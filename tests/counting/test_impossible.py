"""What the users of another system met, and what must be impossible here. Code and database are both tried."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from shailoo.counting import actions
from shailoo.counting.importing import waiting
from shailoo.counting.models import Discrepancy, Entry, Figures, Protocol, Settlement
from shailoo.counting.states import State
from shailoo.counting.urls import urlpatterns
from shailoo.counting.views.importing import Waiting
from shailoo.elections.models import VotingPrecinct
from shailoo.law.outcome import Refused
from tests.counting.browser import signed_in, snapshot
from tests.counting.files import row, written
from tests.counting.scene import AT, Scene, decision_on, done, entered, paper, taken_over, typed
from tests.counting.test_life import to_conflict


def refused_by_database(statement: str, *values: str | int) -> str:
    """The name or message with which the database refuses a statement; fails where it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or foreign keys that wait would stop a TRUNCATE first
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    cause = caught.value.__cause__
    return str(getattr(getattr(cause, "diag", None), "constraint_name", None) or caught.value)


def test_1_equal_entries_always_match(scene: Scene) -> None:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper())
    assert entered(protocol, scene.third, paper()).state is State.ACCEPTED


def test_2_one_person_never_enters_both(scene: Scene) -> None:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper())
    answer = actions.claim(protocol, by=scene.clerk, at=AT)
    assert isinstance(answer, Refused)
    assert answer.codes == ("another_person_enters_second",)
    first = Entry.objects.get()
    assert "nobody_enters_both" in refused_by_database(
        "INSERT INTO counting_entry (protocol_id, round, again, slot, office_id, person_id, lines, pages_saved,"
        " claimed_at) SELECT protocol_id, round, again, 2, office_id, person_id, lines, pages_saved, claimed_at"
        " FROM counting_entry WHERE id = %s",
        first.pk,
    )


def test_3_two_clerks_never_double_an_entry(scene: Scene) -> None:
    protocol = taken_over(scene)
    done(actions.claim(protocol, by=scene.clerk, at=AT), Entry)
    answer = actions.claim(protocol, by=scene.other, at=AT)
    assert isinstance(answer, Refused)
    assert answer.codes == ("held_by_another",)
    assert dict(answer.findings[0].facts)["body"] == "TEC-1"
    assert scene.clerk.person.name not in str(answer)
    assert "one_first_and_one_second_entry" in refused_by_database(
        "INSERT INTO counting_entry (protocol_id, round, again, slot, office_id, person_id, lines, pages_saved,"
        " claimed_at) SELECT protocol_id, round, again, slot, %s, %s, lines, pages_saved, claimed_at"
        " FROM counting_entry",
        scene.other.pk,
        scene.other.person_id,
    )


def test_4_a_third_value_is_never_accepted(scene: Scene) -> None:
    protocol = to_conflict(scene)
    found = Discrepancy.objects.get(again=True)
    row = {"office": scene.chair, "person": scene.chair.person, "reason": "why", "at": AT}
    for choices in ({"against_all": 3}, {"against_all": 20}, {}, {"signed": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Settlement.objects.create(discrepancy=found, choices=choices, **row)
    clerk = {"office": scene.clerk, "person": scene.clerk.person}
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.create(discrepancy=found, choices={"against_all": 1}, **row | clerk)
    Settlement.objects.create(discrepancy=found, choices={"against_all": 1}, **row)
    entry = Entry.objects.get(again=True, slot=1)
    for lines, column in ((entry.lines | {"against_all": 20}, 20), (entry.lines | {"against_all": 21}, 21)):
        assert (
            refused_by_database(_FIGURES, column, json.dumps(lines), protocol.pk)
            == "figures_are_what_two_people_entered"
        )
    assert refused_by_database(_FIGURES, 20, json.dumps(entry.lines), protocol.pk) == "a_summed_figure_is_its_line"


def addresses(protocol: Protocol, entry: Entry, expected: VotingPrecinct, token: str) -> list[str]:
    """Every address of the room, with each record and each written act that it may name."""
    records = (protocol.pk, entry.pk, expected.pk)
    acts = ("explain", "accept_with_act", "return_to_pec", "enter_again")
    found: dict[str, None] = {}
    for pattern in urlpatterns:
        page = 1 if "int:page" in str(pattern.pattern) else "voters"
        for pk, act in product(records, acts):
            values = {"pk": pk, "act": act, "page": page, "token": token}
            wanted = {key: value for key, value in values.items() if f":{key}>" in str(pattern.pattern)}
            found[reverse(f"counting:{pattern.name}", kwargs=wanted)] = None
    return list(found)


def test_5_no_get_changes_a_state(scene: Scene, settings: Settings) -> None:
    protocol = to_conflict(scene)
    entry = done(actions.claim(taken_over(scene, 1), by=scene.clerk, at=AT), Entry)
    waits = Waiting(waiting.keep(written([row("1003", paper())])), "a.csv", "")
    tried = addresses(protocol, entry, scene.expected[2], waits.token)
    for office in scene.offices.values():
        browser = signed_in(office)
        before = snapshot()
        for address in tried:
            answer = browser.get(address)
            assert answer.status_code in (200, 302, 403, 404, 405), (address, answer.status_code)
        assert snapshot() == before, office.role
    assert len(tried) > 3 * len(urlpatterns) - 4
    assert [path.name for path in (Path(settings.DATA) / "waiting").iterdir()] == [waits.sha256]


def test_6_no_page_is_open_without_sign_in(scene: Scene) -> None:
    protocol = taken_over(scene)
    entry = done(actions.claim(protocol, by=scene.clerk, at=AT), Entry)
    for address in addresses(protocol, entry, scene.expected[1], "any"):
        for answer in (Client().get(address), Client().post(address)):
            assert answer.status_code == 302, address
            assert "/sign-in/" in answer["Location"]


def test_7_one_version_of_a_precinct_is_summed_never_two(scene: Scene) -> None:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper())
    entered(protocol, scene.other, paper())
    assert refused_by_database(
        "INSERT INTO counting_protocol (voting_id, precinct_id, tec_id, version, occasion, source, state, round,"
        " reason, decision, carries_out_id, received_at) SELECT voting_id, precinct_id, tec_id, 2, 'recount',"
        " 'import', 'accepted', 1, 'r', 'd', %s, received_at FROM counting_protocol WHERE id = %s",
        decision_on(protocol).pk,
        protocol.pk,
    ) in ("one_version_of_a_precinct_is_in_the_sums",)
    assert isinstance(actions.take_over(scene.expected[0], by=scene.clerk, at=AT), Refused)
    assert Figures.objects.count() == 1


def test_a_state_moves_only_along_the_table_and_nothing_is_rewritten(scene: Scene) -> None:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper())
    for state in ("accepted", "replaced", "parked", "second_reentry"):
        statement = "UPDATE counting_protocol SET state = %s WHERE id = %s"
        assert refused_by_database(statement, state, protocol.pk) == "a_state_moves_along_the_table"
    for column, value in (("version", 2), ("reason", "x"), ("source", "import")):
        statement = f"UPDATE counting_protocol SET {column} = %s WHERE id = %s"  # noqa: S608
        assert refused_by_database(statement, value, protocol.pk) in (
            "what_a_protocol_is_does_not_change",
            "a_new_version_has_a_reason_and_a_decision",
        )
    assert refused_by_database("UPDATE counting_protocol SET round = 2 WHERE id = %s", protocol.pk) == (
        "a_round_begins_by_entering_again"
    )
    entered(protocol, scene.other, paper(against_all=21))
    for statement in (
        "DELETE FROM counting_protocol",
        "TRUNCATE counting_protocol CASCADE",
        "DELETE FROM counting_entry",
        "TRUNCATE counting_entry CASCADE",
        "UPDATE counting_entry SET lines = '{}'",
        "UPDATE counting_discrepancy SET fields = '{}'",
        "DELETE FROM counting_discrepancy",
    ):
        assert re.search("Cannot|never emptied", refused_by_database(statement)), statement


def test_nothing_is_accepted_while_a_finding_is_unanswered(scene: Scene) -> None:
    protocol = taken_over(scene)
    wrong = paper(participated=1204)
    entered(protocol, scene.clerk, wrong)
    entered(protocol, scene.other, wrong)
    statement = "UPDATE counting_protocol SET state = 'accepted' WHERE id = %s"
    assert refused_by_database(statement, protocol.pk) == "accepted_when_findings_are_answered"
    for table in ("figures", "protocolfinding"):
        assert "Cannot" in refused_by_database(f"DELETE FROM counting_{table}")  # noqa: S608
        assert "never emptied" in refused_by_database(f"TRUNCATE counting_{table} CASCADE")


def test_an_entry_is_by_the_person_of_its_office(scene: Scene) -> None:
    protocol = taken_over(scene)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            protocol=protocol, round=1, slot=1, office=scene.clerk, person=scene.other.person, claimed_at=AT
        )
    entry = done(actions.claim(protocol, by=scene.clerk, at=AT), Entry)
    statement = "UPDATE counting_entry SET person_id = %s WHERE id = %s"
    assert "Cannot" in refused_by_database(statement, scene.other.person_id, entry.pk)
    assert isinstance(actions.save_page(entry, "voters", typed(paper()), by=scene.other, at=AT), Refused)


def test_the_second_clerk_never_sees_the_first_ones_values(scene: Scene) -> None:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper(form_serial_no="SECRET-77", signed_premises=987654))
    browser = signed_in(scene.other)
    browser.post(reverse("counting:claim", args=[protocol.pk]))
    entry = Entry.objects.get(slot=2)
    places = [reverse("counting:case", args=[protocol.pk]), reverse("counting:check", args=[entry.pk])]
    places += [reverse("counting:page", args=[entry.pk, page]) for page in ("identification", "voters", "votes")]
    for place in places:
        answer = browser.get(place)
        assert answer.status_code == 200
        assert "SECRET-77" not in answer.content.decode()
        assert "987654" not in answer.content.decode()
    first = Entry.objects.get(slot=1)
    assert browser.get(reverse("counting:page", args=[first.pk, "voters"])).status_code == 403
    assert browser.get(reverse("counting:settle", args=[protocol.pk])).status_code == 403


def test_after_a_difference_neither_value_is_shown_to_the_clerks(scene: Scene) -> None:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper(form_serial_no="SECRET-77"))
    entered(protocol, scene.other, paper(form_serial_no="SECRET-88"))
    for office in (scene.clerk, scene.other, scene.third):
        browser = signed_in(office)
        assert b"SECRET" not in browser.get(reverse("counting:case", args=[protocol.pk])).content
    browser = signed_in(scene.clerk)
    browser.post(reverse("counting:claim", args=[protocol.pk]))
    entry = Entry.objects.get(again=True)
    answer = browser.get(reverse("counting:page", args=[entry.pk, "identification"]))
    assert answer.status_code == 200
    assert b"SECRET" not in answer.content


_FIGURES = (
    "INSERT INTO counting_figures (protocol_id, round, voting_id, precinct_id, tec_id, region_id, lines, against_all,"
    " valid, votes, made_at) SELECT p.id, 1, p.voting_id, p.precinct_id, p.tec_id, v.region_id, l.lines, %s, 0, '{}',"
    " now() FROM counting_protocol p JOIN elections_votingprecinct v ON v.precinct_id = p.precinct_id,"
    " (SELECT %s::jsonb) l(lines)"
    " WHERE p.id = %s"
)
