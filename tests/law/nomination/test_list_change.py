"""Art. 60.5: a list after its submission. The list is that of case C01; who withdraws and who comes is invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.editions import edition
from shailoo.law.nomination.list_change import ListChange, change
from shailoo.law.nomination.list_composition import Gender, ListCandidate, PartyList
from tests.law.nomination.lists import OLD, smallest
from tests.law.nomination.naive import allowed_change

LAW = edition("2017-06-05")
BEFORE = smallest()


def newcomer(rank: int, *, gender: Gender | None = None, member: bool | None = True) -> ListCandidate:
    """Somebody like the candidate of that rank, of the gender given."""
    old = BEFORE.candidates[rank - 1]
    return replace(old, person=f"new{rank}", gender=gender or old.gender, party_member=member)


def after(replaced: dict[int, ListCandidate | None]) -> PartyList:
    """The list with some ranks replaced, or closed up where nobody came (None)."""
    everyone = (replaced.get(rank, each) for rank, each in enumerate(BEFORE.candidates, 1))
    return replace(BEFORE, candidates=tuple(each for each in everyone if each is not None))


def told(facts: ListChange) -> list[tuple[str, str]]:
    return [(found.norm, found.code) for found in change(facts, LAW).findings]


def changing(new: PartyList, *withdrawn: str, registered: bool = False) -> ListChange:
    return ListChange(BEFORE, new, frozenset(withdrawn), registered)


@pytest.mark.norm("L60.5.c")
def test_a_woman_of_the_party_takes_the_place_of_a_woman_who_withdrew() -> None:
    outcome = change(changing(after({3: newcomer(3)}), "c003"), LAW)
    assert outcome.value.allowed
    assert outcome.value.newcomers == ("new3",)
    assert {"L60.5.b", "L60.5.c", "L60.3.c"} <= set(outcome.grounds)


@pytest.mark.norm("L60.5.c")
def test_the_conditions_of_a_list_hold_with_the_newcomer() -> None:
    """Case C17: a man in her place makes five men in a row."""
    outcome = change(changing(after({3: newcomer(3, gender=Gender.MAN)}), "c003"), LAW)
    assert [found.norm for found in outcome.findings] == ["L60.3.c"]
    assert outcome.value.composition is not None
    assert outcome.value.composition.longest_run == 5


@pytest.mark.norm("L60.5.c")
@pytest.mark.parametrize(
    ("member", "code"), [(False, "list_replaced_by_no_member"), (None, "list_replacement_membership_not_known")]
)
def test_who_takes_a_place_is_a_member_of_the_party(member: bool | None, code: str) -> None:
    assert told(changing(after({3: newcomer(3, member=member)}), "c003")) == [("L60.5.c", code)]


@pytest.mark.norm("L60.5.c")
def test_after_registration_nobody_is_replaced_and_the_list_closes_up() -> None:
    replaced = changing(after({3: newcomer(3)}), "c003", registered=True)
    assert told(replaced) == [("L60.5.c", "list_replacement_after_registration")]
    closed = change(changing(after({3: None}), "c003", registered=True), LAW)
    assert closed.value.allowed
    assert closed.value.composition is None


@pytest.mark.norm("L60.5.b")
def test_nobody_is_removed_who_did_not_withdraw() -> None:
    assert told(changing(after({3: None}))) == [("L60.5.b", "list_candidate_removed")]
    assert told(changing(after({3: newcomer(3)}))) == [
        ("L60.5.b", "list_candidate_removed"),
        ("L60.5.b", "list_candidate_added"),
    ]


@pytest.mark.norm("L60.5.b")
def test_who_withdrew_stands_no_longer() -> None:
    assert told(changing(BEFORE, "c003")) == [("L60.5.b", "list_withdrawn_still_stands")]


@pytest.mark.norm("L60.5.b")
def test_the_order_stays() -> None:
    first, second = BEFORE.candidates[:2]
    outcome = change(changing(after({1: second, 2: first})), LAW)
    assert [(found.code, found.facts["candidate"]) for found in outcome.findings] == [("list_order_changed", "c002")]


@pytest.mark.norm("L60.5.b")
def test_nobody_comes_in_where_nobody_withdrew() -> None:
    added = replace(BEFORE, candidates=(*BEFORE.candidates, newcomer(75)))
    assert told(changing(added)) == [("L60.5.b", "list_candidate_added")]
    elsewhere = after({3: None})
    elsewhere = replace(elsewhere, candidates=(*elsewhere.candidates, newcomer(3)))
    assert told(changing(elsewhere, "c003"))[0] == ("L60.5.b", "list_candidate_added")


@pytest.mark.norm("L60.5.b")
def test_an_unchanged_list_is_allowed() -> None:
    outcome = change(changing(BEFORE), LAW)
    assert outcome.value.allowed
    assert outcome.grounds == ("L60.5.b",)


def test_nobody_withdraws_who_did_not_stand() -> None:
    with pytest.raises(ValueError, match="cannot withdraw"):
        changing(BEFORE, "stranger")


def _short(persons: str) -> PartyList:
    everyone = (ListCandidate(each, Gender.WOMAN, OLD, party_member=True) for each in persons)
    return PartyList(tuple(everyone), BEFORE.election_day, BEFORE.submitted_on)


@pytest.mark.norm("L60.5.b", "L60.5.c")
@given(
    st.permutations("abcd"),
    st.lists(st.sampled_from("abcdxyz"), unique=True, max_size=6),
    st.frozensets(st.sampled_from("abcd")),
)
def test_the_naive_version_allows_the_same_orders(before: list[str], new: list[str], withdrawn: frozenset[str]) -> None:
    facts = ListChange(_short("".join(before)), _short("".join(new)), withdrawn, registered=False)
    orders = [found for found in change(facts, LAW).findings if found.norm == "L60.5.b"]
    assert (not orders) is allowed_change("".join(before), "".join(new), withdrawn)
