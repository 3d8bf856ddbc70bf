"""Art. 31.2 to 31.6: a voter at the table."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from shailoo.law.facts import schema
from shailoo.law.voters.identification import (
    Entry,
    FailureAct,
    Signatory,
    TableRuling,
    TableVisit,
    Voted,
    identification,
)
from shailoo.law.voters.identity import NATIONAL_PASSPORTS, IdentityDocument
from tests.law.voters.cases import JK, LAW, at, breaches, errors, passed

ENTERED = Entry(by_drawn_member=True, document_number=True, member_signed=True, voter_signed=True)
SERVED = TableVisit(
    voting=JK,
    at=at(10, 4, 12),
    listed=True,
    document=IdentityDocument.ID_CARD,
    operator_present=True,
    confirmed=True,
    cheque="000123",
    issued=True,
    cheque_kept=True,
    entry=ENTERED,
)
ACT = FailureAct(2, frozenset(Signatory), copy_to_voter=True, copy_kept=True, chairperson_told=True)
UNCONFIRMED = replace(
    SERVED, confirmed=False, repeated=True, cheque=None, issued=False, cheque_kept=None, entry=None, act=ACT
)


def changed(**fields: Any) -> TableVisit:
    return replace(SERVED, **fields)


@pytest.mark.norm("L31.5", "L31.2.a1", "L31.2.c1")
def test_a_listed_voter_with_a_passport_who_was_identified_gets_a_ballot() -> None:
    found = identification(SERVED, LAW)
    assert (found.value, found.findings) == (TableRuling.ISSUE, ())
    assert {"L15.6", "L31.5", "L31.4", "L31.2.a1", "L31.2.c1", "L31.2.c2", "L31.3.a1", "L31.6"} <= set(found.grounds)
    before = identification(changed(issued=False, cheque_kept=None, entry=None), LAW)
    assert (before.value, before.findings) == (TableRuling.ISSUE, ())


@pytest.mark.norm("L15.6")
@pytest.mark.parametrize(
    ("listed", "ruling", "code"),
    [(False, TableRuling.REFUSE, "table_voter_not_listed"), (None, TableRuling.NOT_KNOWN, "listed")],
)
def test_only_who_is_in_this_list_votes(listed: bool | None, ruling: TableRuling, code: str) -> None:
    found = identification(changed(listed=listed, issued=False), LAW)
    assert (found.value, errors(found)) == (ruling, {("L15.6", code)})
    other = identification(changed(listed=listed, for_another=True, issued=False), LAW)
    assert other.value is TableRuling.REFUSE


@pytest.mark.norm("L31.5", "L1.d05")
@pytest.mark.parametrize("document", IdentityDocument)
def test_every_national_passport_serves_and_no_other_document(document: IdentityDocument) -> None:
    found = identification(changed(document=document, issued=False), LAW)
    if document in NATIONAL_PASSPORTS:
        assert found.value is TableRuling.ISSUE
        assert ("L31.5", "table_document_shown") in passed(found)
    else:
        assert (found.value, errors(found)) == (TableRuling.REFUSE, {("L1.d05", "table_document_no_passport")})


@pytest.mark.norm("L31.5")
def test_without_a_document_there_is_no_ballot() -> None:
    found = identification(changed(document=None, issued=False), LAW)
    assert (found.value, errors(found)) == (TableRuling.REFUSE, {("L31.5", "table_no_document")})


@pytest.mark.norm("L31.4", "L33.8.a2")
@pytest.mark.parametrize(
    ("fields", "norm", "code"),
    [
        ({"for_another": True}, "L31.4", "table_vote_for_another"),
        ({"voted": Voted.IN_PREMISES}, "L31.4", "table_voted_already"),
        ({"voted": Voted.BY_MOBILE_BOX}, "L33.8.a2", "table_voted_already"),
    ],
)
def test_each_votes_once_and_in_person(fields: dict[str, Any], norm: str, code: str) -> None:
    found = identification(changed(issued=False, **fields), LAW)
    assert (found.value, errors(found)) == (TableRuling.REFUSE, {(norm, code)})


@pytest.mark.norm("L31.1.a1")
@pytest.mark.parametrize(
    ("moment", "inside", "may"),
    [
        (at(10, 4, 7, 59), None, False),
        (at(10, 4, 8, 0), None, True),
        (at(10, 4, 19, 59), None, True),
        (at(10, 4, 20, 0), False, False),
        (at(10, 4, 20, 10), True, True),
        (at(10, 5, 12, 0), False, False),
    ],
)
def test_voting_lasts_from_eight_to_eight_and_longer_for_those_inside(
    moment: datetime, inside: bool | None, may: bool
) -> None:
    found = identification(changed(at=moment, inside_at_close=inside, issued=False), LAW)
    assert (found.value is TableRuling.ISSUE) is may
    assert errors(found) == (set() if may else {("L31.1.a1", "table_outside_voting_hours")})


@pytest.mark.norm("L31.1.a1")
def test_who_may_have_been_inside_at_the_close_is_not_sent_away_unasked() -> None:
    found = identification(changed(at=at(10, 4, 20, 0), inside_at_close=None, issued=False), LAW)
    assert (found.value, errors(found)) == (TableRuling.NOT_KNOWN, {("L31.1.a1", "inside_at_close")})


@pytest.mark.norm("L31.2.a1")
@pytest.mark.parametrize("operator", [False, None])
def test_an_operator_takes_part_in_identification(operator: bool | None) -> None:
    found = identification(changed(operator_present=operator), LAW)
    assert breaches(found) == {("L31.2.a1", "operator_present")}


@pytest.mark.norm("L31.2.b1")
def test_no_consent_is_asked_for() -> None:
    asked = schema(TableVisit)["properties"]
    assert isinstance(asked, dict)
    assert [name for name in asked if "consent" in name] == []
    assert identification(SERVED, LAW).value is TableRuling.ISSUE


@pytest.mark.norm("L31.2.c1")
def test_who_was_identified_gets_a_cheque_first() -> None:
    found = identification(changed(cheque=None, issued=False), LAW)
    assert (found.value, errors(found)) == (TableRuling.IDENTIFY, {("L31.2.c1", "table_cheque_missing")})


@pytest.mark.norm("L31.2.c2")
@pytest.mark.parametrize("kept", [False, None])
def test_the_issuing_member_keeps_the_cheque(kept: bool | None) -> None:
    assert breaches(identification(changed(cheque_kept=kept), LAW)) == {("L31.2.c2", "cheque_kept")}


@pytest.mark.norm("L31.3.a1", "L31.3.a2", "L31.3.a3", "L31.6")
@pytest.mark.parametrize(
    ("name", "norm"),
    [
        ("by_drawn_member", "L31.3.a1"),
        ("document_number", "L31.3.a2"),
        ("member_signed", "L31.3.a3"),
        ("voter_signed", "L31.6"),
    ],
)
def test_the_row_of_the_paper_list_is_complete(name: str, norm: str) -> None:
    entry = replace(ENTERED, **{name: False})
    assert errors(identification(changed(entry=entry), LAW)) == {(norm, name)}


@pytest.mark.norm("L31.3.a1")
def test_a_ballot_without_a_row_is_found() -> None:
    assert errors(identification(changed(entry=None), LAW)) == {("L31.3.a1", "table_entry_missing")}


@pytest.mark.norm("L31.2.d1", "L31.2.d5")
def test_a_listed_voter_whom_the_equipment_never_confirmed_gets_an_act_and_no_ballot() -> None:
    found = identification(UNCONFIRMED, LAW)
    assert (found.value, found.findings) == (TableRuling.REFUSE, ())
    assert ("L31.2.d5", "table_no_vote_without_identification") in passed(found)
    without = identification(replace(UNCONFIRMED, act=None), LAW)
    assert (without.value, errors(without)) == (
        TableRuling.DRAW_UP_ACT,
        {("L31.2.d1", "table_failure_act_missing")},
    )


@pytest.mark.norm("L31.2.d1")
@pytest.mark.parametrize(("confirmed", "repeated"), [(False, False), (False, None), (None, None), (None, True)])
def test_every_attempt_is_repeated_before_an_act(confirmed: bool | None, repeated: bool | None) -> None:
    found = identification(replace(UNCONFIRMED, confirmed=confirmed, repeated=repeated, act=None), LAW)
    assert (found.value, found.findings) == (TableRuling.IDENTIFY, ())


@pytest.mark.norm("L31.2.d1", "L31.2.d2", "L31.2.d3")
@pytest.mark.parametrize(
    ("act", "norm", "code"),
    [
        (replace(ACT, copies=1), "L31.2.d1", "table_failure_act_copies"),
        (replace(ACT, copies=3), "L31.2.d1", "table_failure_act_copies"),
        (replace(ACT, chairperson_told=False), "L31.2.d1", "chairperson_told"),
        *(
            (replace(ACT, signed_by=frozenset(Signatory) - {each}), "L31.2.d2", "table_failure_act_unsigned")
            for each in Signatory
        ),
        (replace(ACT, copy_to_voter=False), "L31.2.d3", "copy_to_voter"),
        (replace(ACT, copy_kept=False), "L31.2.d3", "copy_kept"),
    ],
)
def test_the_act_has_two_copies_and_three_signatures(act: FailureAct, norm: str, code: str) -> None:
    assert errors(identification(replace(UNCONFIRMED, act=act), LAW)) == {(norm, code)}


@pytest.mark.norm("L31.2.e", "L31.2.d5", "L31.5")
@pytest.mark.parametrize(
    ("visit", "norm"),
    [
        (replace(UNCONFIRMED, issued=True), "L31.2.e"),
        (changed(listed=False), "L31.5"),
        (changed(listed=False, cheque=None), "L31.2.e"),
        (changed(cheque=None), "L31.2.e"),
    ],
)
def test_a_ballot_given_without_right_is_found_and_without_a_cheque_its_member_is_liable(
    visit: TableVisit, norm: str
) -> None:
    assert (norm, "table_ballot_issued_unlawfully") in errors(identification(visit, LAW))
