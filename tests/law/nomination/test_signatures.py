"""Art. 52: the signatures of voters for a presidential candidate, one by one and in number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.editions import Edition, edition
from shailoo.law.nomination.election import Called
from shailoo.law.nomination.signature_sheet import (
    INVALID,
    Entry,
    EntryFault,
    Invalidity,
    Sheet,
    SheetCount,
    SheetFault,
    count_sheet,
)
from shailoo.law.nomination.signatures import Check, Signatures, Submission, support
from shailoo.law.outcome import Outcome, Severity
from shailoo.law.shares import Verdict
from tests.law.nomination.naive import counted_signatures, valid_signatures

LAW = edition("2017-06-05")
EXTRAPOLATED = LAW.with_readings(signature_sample_rule="extrapolated")
FOUND_ONLY = LAW.with_readings(signature_sample_rule="found_invalid_only")

# A regular election: the fiftieth day before 18 October 2020 with full days is 28 August.
ELECTION = Called(Kind.PRESIDENTIAL, date(2020, 10, 18), date(2020, 6, 10), date(2020, 6, 10))
NOMINATED = date(2020, 7, 1)


def at(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BISHKEK)


SUBMITTED = at(2020, 8, 20)

# ------------------------------------------------------------------------------------- sheets


def entry(voter: str, **changes: object) -> Entry:
    return replace(Entry(voter, date(2020, 7, 5), may_vote=True), **changes)  # type: ignore[arg-type]  # a test's own


def sheet(*entries: Entry, **changes: object) -> Sheet:
    given = Sheet("one", 7, NOMINATED, entries, date(1990, 1, 1), collector_capable=True)
    return replace(given, **changes)  # type: ignore[arg-type]  # a test's own


def told(outcome: Outcome[SheetCount]) -> list[tuple[str, str, int]]:
    return [
        (found.norm, str(found.facts.get("invalidity", found.code)), int(str(found.facts["number"])))
        for found in outcome.findings
    ]


@pytest.mark.norm("L52.9")
def test_every_signature_of_a_sheet_without_a_fault_counts() -> None:
    outcome = count_sheet(sheet(entry("a"), entry("b")), LAW)
    assert (outcome.value.valid, outcome.value.voters, outcome.findings) == (2, ("a", "b"), ())


@pytest.mark.norm("L52.2.a")
@pytest.mark.parametrize(("day", "valid"), [(date(2020, 7, 1), 1), (date(2020, 6, 30), 0)])
def test_signatures_are_collected_from_the_day_of_nomination(day: date, valid: int) -> None:
    outcome = count_sheet(sheet(entry("a", signed_on=day)), LAW)
    assert outcome.value.valid == valid
    assert told(outcome) == ([] if valid else [("L52.2.a", "before_nomination", 1)])


@pytest.mark.norm("L52.3.a")
def test_only_voters_sign_and_a_right_that_is_not_established_leaves_the_signature_open() -> None:
    outcome = count_sheet(sheet(entry("a", may_vote=False), entry("b", may_vote=None), entry("c")), LAW)
    assert (outcome.value.valid, outcome.value.open, outcome.value.invalid) == (1, 1, {"no_right_to_vote": 1})
    assert told(outcome) == [("L52.3.a", "no_right_to_vote", 1), ("L52.3.a", "signature_right_not_known", 1)]


@pytest.mark.norm("L52.4")
@pytest.mark.parametrize(("born", "valid"), [(date(2002, 7, 5), 1), (date(2002, 7, 6), 0)])
def test_who_collects_is_of_full_age_on_the_day_of_the_signature(born: date, valid: int) -> None:
    outcome = count_sheet(sheet(entry("a"), collector_born=born), LAW)
    assert outcome.value.valid == valid
    assert told(outcome) == ([] if valid else [("L52.4", "collector_under_age", 1)])


@pytest.mark.norm("L52.4")
def test_who_collects_has_legal_capacity() -> None:
    assert told(count_sheet(sheet(entry("a"), collector_capable=False), LAW)) == [("L52.4", "collector_incapable", 1)]
    unknown = count_sheet(sheet(entry("a"), collector_capable=None), LAW)
    assert (unknown.value.valid, unknown.value.open) == (0, 1)
    assert told(unknown) == [("L52.4", "signature_collector_not_known", 1)]


@pytest.mark.norm("L52.5.b")
def test_of_two_signatures_of_a_voter_for_one_candidate_one_counts() -> None:
    outcome = count_sheet(sheet(entry("a"), entry("a"), entry("b"), counted={"one": frozenset({"b"})}), LAW)
    assert (outcome.value.valid, outcome.value.voters) == (1, ("a",))
    assert told(outcome) == [("L52.5.b", "repeated", 2)]


@pytest.mark.norm("L52.5.b")
def test_a_second_signature_counts_where_the_first_did_not() -> None:
    early = entry("a", signed_on=date(2020, 6, 1))
    outcome = count_sheet(sheet(early, entry("a")), LAW)
    assert (outcome.value.valid, outcome.value.invalid) == (1, {"before_nomination": 1})


@pytest.mark.norm("L52.5.b")
def test_a_voter_whose_right_is_open_is_not_counted_a_second_time() -> None:
    outcome = count_sheet(sheet(entry("a", may_vote=None), entry("a")), LAW)
    assert (outcome.value.open, outcome.value.valid, outcome.value.invalid) == (1, 0, {"repeated": 1})


@pytest.mark.norm("L52.5.a")
def test_a_voter_may_sign_for_several_candidates() -> None:
    outcome = count_sheet(sheet(entry("a"), counted={"two": frozenset({"a"})}), LAW)
    assert outcome.value.valid == 1
    assert [step.code for step in outcome.steps if step.norm == "L52.5.a"] == ["signature_for_several_candidates"]


@pytest.mark.norm("L52.3.b", "L52.7.c", "L52.9")
@pytest.mark.parametrize("fault", SheetFault)
def test_a_fault_of_the_sheet_voids_every_entry(fault: SheetFault) -> None:
    outcome = count_sheet(sheet(entry("a"), entry("b"), faults=frozenset({fault})), LAW)
    assert told(outcome) == [(INVALID[Invalidity(fault.value)], fault.value, 2)]


@pytest.mark.norm("L52.7.b", "L52.9")
@pytest.mark.parametrize("fault", EntryFault)
def test_a_fault_of_an_entry_voids_that_entry_alone(fault: EntryFault) -> None:
    outcome = count_sheet(sheet(entry("a", faults=frozenset({fault})), entry("b")), LAW)
    assert outcome.value.voters == ("b",)
    assert told(outcome) == [(INVALID[Invalidity(fault.value)], fault.value, 1)]


def test_every_reason_has_its_norm() -> None:
    assert set(INVALID) == set(Invalidity)


@given(
    st.lists(
        st.builds(
            Entry,
            voter=st.sampled_from("abcdef"),
            signed_on=st.dates(date(2020, 6, 28), date(2020, 7, 4)),
            may_vote=st.sampled_from([True, True, False]),
            faults=st.frozensets(st.sampled_from(EntryFault), max_size=1),
        ),
        max_size=12,
    ),
    st.frozensets(st.sampled_from("abcdef"), max_size=3),
)
def test_the_naive_version_counts_the_same_signatures(entries: list[Entry], counted: frozenset[str]) -> None:
    facts = sheet(*entries, counted={"one": counted, "two": frozenset("abc")})
    value = count_sheet(facts, LAW).value
    assert set(value.voters) == counted_signatures(facts)
    assert value.valid + value.open + sum(value.invalid.values()) == value.entries == len(entries)


# ------------------------------------------------------------------------------------- the number


def signatures(
    number: int,
    invalid: int = 0,
    *,
    checked: int | None = None,
    submission: Mapping[str, object] | None = None,
    check: Mapping[str, object] | None = None,
) -> Signatures:
    """Lists handed in on 20 August and checked by 28 August, with `invalid` signatures not authentic."""
    given = Submission(SUBMITTED, 3_000, 3_000, signatures=number, by_authorized=True, confirmed_at=SUBMITTED)
    made = Check(
        began_at=at(2020, 8, 21),
        signatures=number if checked is None else checked,
        invalid={"not_authentic": invalid} if invalid else {},
        ended_at=at(2020, 8, 28),
        drawn_by_lot=True,
        told={"one": at(2020, 8, 20, 18)},
    )
    given = replace(given, **(submission or {}))  # type: ignore[arg-type]  # a test's own changes
    made = replace(made, **(check or {}))  # type: ignore[arg-type]  # a test's own changes
    return Signatures(ELECTION, given, made)


NORM_OF = {
    "signatures_late": "L52.7.a",
    "signatures_bearer_not_known": "L52.7.a",
    "signatures_not_by_authorized": "L52.7.a",
    "signature_check_late": "L52.7.b",
    "signatures_not_checked": "L52.7.b",
    "signature_sheets_not_sealed": "L52.7.c",
    "signatures_receipt_not_confirmed": "L52.7.d",
    "signature_draw_not_known": "L52.8.a",
    "signature_sample_not_drawn": "L52.8.a",
    "signature_check_not_told": "L52.8.b",
    "signature_check_notices_not_known": "L52.8.b",
    "signature_check_closed_to": "L52.8.c",
    "signatures_too_few": "L52.1",
}
"""What each finding on the number and the check rests on."""


def codes(facts: Signatures, law: Edition = LAW) -> list[str]:
    """The findings by code, each of them resting on its norm."""
    findings = support(facts, law).findings
    assert [found.norm for found in findings] == [NORM_OF[found.code] for found in findings]
    return [found.code for found in findings]


@pytest.mark.norm("L52.1", "L49.1.b")
@pytest.mark.parametrize(("valid", "verdict"), [(30_000, Verdict.MET), (29_999, Verdict.MISSED)])
def test_thirty_thousand_valid_signatures_are_enough_and_one_less_is_not(valid: int, verdict: Verdict) -> None:
    outcome = support(signatures(31_000, 31_000 - valid), LAW)
    assert outcome.value.verdict is verdict
    assert ("L49.1.b" in outcome.grounds) is (verdict is Verdict.MET)
    assert ("L52.1" in [step.norm for step in outcome.steps]) is (verdict is Verdict.MET)
    assert codes(signatures(31_000, 31_000 - valid)) == ([] if verdict is Verdict.MET else ["signatures_too_few"])
    assert outcome.unsettled is None


@pytest.mark.norm("L52.9")
def test_each_reason_of_invalidity_is_told_with_its_norm() -> None:
    reasons = {why.value: number for number, why in enumerate(Invalidity, 1)}
    outcome = support(signatures(40_000, check={"invalid": reasons}), LAW)
    assert outcome.value.found_invalid == sum(reasons.values())
    steps = {str(step.facts["invalidity"]): step for step in outcome.steps if step.code == "signatures_found_invalid"}
    assert {why: (step.norm, step.facts["number"]) for why, step in steps.items()} == {
        why.value: (INVALID[why], reasons[why.value]) for why in Invalidity
    }


@pytest.mark.norm("L52.7.a")
@pytest.mark.parametrize(("when", "late"), [(at(2020, 8, 28, 23, 59), False), (at(2020, 8, 29, 0, 0), True)])
def test_lists_are_handed_in_fifty_full_days_before_election_day(when: datetime, late: bool) -> None:
    facts = signatures(31_000, submission={"at": when}, check={"ended_at": when})
    assert ("signatures_late" in codes(facts)) is late
    inclusive = LAW.with_readings(backward_counting="inclusive")
    assert "signatures_late" not in codes(facts, inclusive)


@pytest.mark.norm("L52.7.a")
@pytest.mark.parametrize(
    ("by", "code"), [(True, None), (False, "signatures_not_by_authorized"), (None, "signatures_bearer_not_known")]
)
def test_an_authorised_representative_hands_them_in(by: bool | None, code: str | None) -> None:
    assert codes(signatures(31_000, submission={"by_authorized": by})) == ([code] if code else [])


@pytest.mark.norm("L52.7.b")
@pytest.mark.parametrize(("ended", "late"), [(at(2020, 8, 30, 23, 59), False), (at(2020, 8, 31, 0, 0), True)])
def test_ten_days_for_the_check_and_its_delay_stands_explained(ended: datetime, late: bool) -> None:
    found = support(signatures(31_000, check={"ended_at": ended}), LAW).findings
    assert [(each.norm, each.code, each.severity) for each in found] == (
        [("L52.7.b", "signature_check_late", Severity.WARNING)] if late else []
    )


@pytest.mark.norm("L52.7.b")
def test_without_a_check_enough_signatures_prove_nothing_and_too_few_are_too_few() -> None:
    unchecked = replace(signatures(30_000), check=None)
    outcome = support(unchecked, LAW)
    assert outcome.value.verdict is Verdict.OPEN
    assert [found.code for found in outcome.findings] == ["signatures_not_checked"]
    assert any(step.facts.get("last_day") == date(2020, 8, 30) for step in outcome.steps)
    assert codes(replace(signatures(29_999), check=None)) == ["signatures_too_few"]


@pytest.mark.norm("L52.7.c", "L52.7.d")
def test_every_sheet_is_sealed_and_receipt_confirmed() -> None:
    assert codes(signatures(31_000, submission={"sealed": 2_999})) == ["signature_sheets_not_sealed"]
    assert codes(signatures(31_000, submission={"confirmed_at": None})) == ["signatures_receipt_not_confirmed"]
    assert {"L52.7.c", "L52.7.d"} <= set(support(signatures(31_000), LAW).grounds)


@pytest.mark.norm("L52.8.a")
@pytest.mark.parametrize(
    ("drawn", "code"),
    [(True, None), (False, "signature_sample_not_drawn"), (None, "signature_draw_not_known")],
)
def test_a_part_is_picked_by_lot(drawn: bool | None, code: str | None) -> None:
    part = signatures(60_000, checked=40_000, check={"drawn_by_lot": drawn})
    assert codes(part) == ([code] if code else [])
    assert codes(signatures(31_000, check={"drawn_by_lot": None})) == []


@pytest.mark.norm("L52.8.b")
@pytest.mark.parametrize(("told_at", "late"), [(at(2020, 8, 21, 11, 59), False), (at(2020, 8, 21), True), (None, True)])
def test_every_candidate_with_signatures_is_told_before_the_check(told_at: datetime | None, late: bool) -> None:
    facts = signatures(31_000, check={"told": {"one": at(2020, 8, 20, 18), "two": told_at}})
    found = [(each.norm, each.facts) for each in support(facts, LAW).findings]
    assert found == ([("L52.8.b", {"candidate": "two"})] if late else [])


@pytest.mark.norm("L52.8.b")
def test_a_check_without_a_word_on_notices_does_not_count_as_announced() -> None:
    """Whoever handed in the signatures that are checked is one of those who are told."""
    assert codes(signatures(31_000, check={"told": {}})) == ["signature_check_notices_not_known"]


@pytest.mark.norm("L52.8.c")
def test_no_candidate_with_enough_signatures_is_kept_out_of_the_check() -> None:
    assert codes(signatures(31_000, check={"kept_out": ("two",)})) == ["signature_check_closed_to"]


# ------------------------------------------------------------------------------------- samples


@pytest.mark.norm("L52.8.a")
def test_a_sample_that_does_not_settle_it_is_put_to_the_commission() -> None:
    outcome = support(signatures(31_000, 90, checked=3_000), LAW)
    assert (outcome.value.at_least, outcome.value.at_most) == (2_910, 30_910)
    assert outcome.value.verdict is Verdict.OPEN
    assert outcome.unsettled is not None
    assert outcome.unsettled.question == "signature_sample_too_small"


@pytest.mark.norm("L52.8.a", "L52.1")
@pytest.mark.parametrize(
    ("number", "invalid", "checked", "verdict"),
    [
        (30_500, 501, 3_000, Verdict.MISSED),  # what was found is enough to fail
        (30_500, 500, 3_000, Verdict.OPEN),
        (60_000, 500, 30_500, Verdict.MET),  # what was checked is enough to pass
        (60_000, 501, 30_500, Verdict.OPEN),
    ],
)
def test_a_sample_settles_it_where_the_rest_cannot_matter(
    number: int, invalid: int, checked: int, verdict: Verdict
) -> None:
    outcome = support(signatures(number, invalid, checked=checked), LAW)
    assert outcome.value.verdict is verdict
    assert (outcome.unsettled is not None) is (verdict is Verdict.OPEN)


@pytest.mark.norm("L52.8.a")
def test_what_a_sample_says_of_the_rest_is_a_reading() -> None:
    """3 of 100 invalid: taken off alone 30,897 remain; as a share of 30,900, 29,973."""
    facts = signatures(30_900, 3, checked=100)
    assert support(facts, FOUND_ONLY).value.at_least == 30_897
    assert support(facts, FOUND_ONLY).value.verdict is Verdict.MET
    assert support(facts, EXTRAPOLATED).value.at_most == 29_973
    assert support(facts, EXTRAPOLATED).value.verdict is Verdict.MISSED
    assert support(facts, LAW).value.verdict is Verdict.OPEN


@pytest.mark.norm("L52.8.a", "L52.1")
@given(st.integers(0, 70_000), st.integers(0, 70_000), st.integers(0, 70_000))
def test_the_naive_version_counts_the_same_support(number: int, checked: int, invalid: int) -> None:
    checked = min(checked, number)
    facts = signatures(number, min(invalid, checked), checked=checked)
    for law in (LAW, FOUND_ONLY, EXTRAPOLATED):
        value = support(facts, law).value
        least, most = valid_signatures(number, checked, min(invalid, checked), law.signature_sample_rule.value)
        assert (value.at_least, value.at_most) == (least, most)
        enough, missed = least >= 30_000, most < 30_000
        assert value.verdict is (Verdict.MET if enough else Verdict.MISSED if missed else Verdict.OPEN)


# ------------------------------------------------------------------------------------- facts that cannot be


def test_facts_that_cannot_be_are_faults_of_the_facts() -> None:
    with pytest.raises(ValueError, match="presidential"):
        Signatures(Called(Kind.JK, date(2020, 10, 4), date(2020, 7, 3)), signatures(1).submission)
    with pytest.raises(ValueError, match="checked"):
        signatures(10, checked=11)
    with pytest.raises(ValueError, match="no reason"):
        signatures(10, check={"invalid": {"ugly": 1}})
    with pytest.raises(ValueError, match="invalid than"):
        signatures(10, 11)
    with pytest.raises(ValueError, match="sealed"):
        signatures(10, submission={"sealed": 3_001})
    with pytest.raises(ValueError, match="published"):
        Called(Kind.JK, date(2020, 10, 4), date(2020, 7, 3), date(2020, 7, 2))
    with pytest.raises(ValueError, match="repeat voting"):
        Called(Kind.REPEAT_VOTING, date(2020, 10, 4), date(2020, 7, 3))


def test_a_check_that_began_later_than_told_is_in_order() -> None:
    later = signatures(31_000, check={"began_at": SUBMITTED + timedelta(days=3)})
    assert codes(later) == []
