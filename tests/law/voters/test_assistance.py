"""Art. 31.9 and 31.10: a new ballot for a spoiled one, and help for a voter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shailoo.law.voters.assistance import (
    BARRED_HELPERS,
    Assistance,
    BallotReplacement,
    HelperRole,
    assistance,
    ballot_replacement,
)
from tests.law.voters.cases import LAW, breaches, errors

HELPED = Assistance(unable=True, told_orally=True, helper_votes=True)


@pytest.mark.norm("L31.10.a1")
@pytest.mark.parametrize("role", HelperRole)
def test_who_has_a_part_in_the_election_does_not_help(role: HelperRole) -> None:
    found = assistance(replace(HELPED, helper_roles=frozenset({role})), LAW)
    barred = role is not HelperRole.RELATIVE
    assert (role in BARRED_HELPERS) is barred
    assert found.value is not barred
    assert errors(found) == ({("L31.10.a1", "helper_barred")} if barred else set())


@pytest.mark.norm("L31.10.a1", "L31.10.a2")
@pytest.mark.parametrize(
    ("name", "norm"), [("unable", "L31.10.a1"), ("helper_votes", "L31.10.a1"), ("told_orally", "L31.10.a2")]
)
def test_help_is_for_who_cannot_alone_and_says_so_aloud(name: str, norm: str) -> None:
    assert assistance(HELPED, LAW).value
    refused = assistance(replace(HELPED, **{name: False}), LAW)  # type: ignore[arg-type]  # a field by its name
    assert (refused.value, errors(refused)) == (False, {(norm, name)})
    unknown = assistance(replace(HELPED, **{name: None}), LAW)  # type: ignore[arg-type]
    assert (unknown.value, breaches(unknown)) == (None, {(norm, name)})


ASKED = BallotReplacement(asked_issuer=True, returned=True, spare=1)
GIVEN = replace(ASKED, spare=0, given=True, noted=True, cancelled=True, document=True)


@pytest.mark.norm("L31.9.a1")
@pytest.mark.parametrize("name", ["asked_issuer", "returned"])
def test_a_new_ballot_is_asked_of_the_member_who_issued_the_first(name: str) -> None:
    assert ballot_replacement(ASKED, LAW).value
    found = ballot_replacement(replace(ASKED, **{name: False}), LAW)
    assert (found.value, errors(found)) == (False, {("L31.9.a1", name)})


@pytest.mark.norm("L31.9.a2")
def test_where_no_ballot_is_left_none_can_be_given() -> None:
    found = ballot_replacement(replace(ASKED, spare=0), LAW)
    assert (found.value, errors(found)) == (False, {("L31.9.a2", "replacement_no_ballot_left")})


@pytest.mark.norm("L31.9.a2", "L31.9.a3")
@pytest.mark.parametrize(("name", "norm"), [("noted", "L31.9.a2"), ("cancelled", "L31.9.a3"), ("document", "L31.9.a3")])
def test_an_exchange_is_noted_and_the_spoiled_ballot_cancelled_with_a_document(name: str, norm: str) -> None:
    assert ballot_replacement(GIVEN, LAW).findings == ()
    found = ballot_replacement(replace(GIVEN, **{name: False}), LAW)
    assert errors(found) == {(norm, name)}
