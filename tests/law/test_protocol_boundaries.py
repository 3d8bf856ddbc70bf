"""Where the control correlations turn: each limit on both sides, and the linear identities on any figures."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law import protocol
from shailoo.law.protocol import Level, Verdict
from tests.law.protocol_cases import LAW, LISTS, consistent_protocol, mobile_box, scanner, the

REPORT: dict[str, Any] = consistent_protocol()["scanners"][0]


@pytest.mark.norm("L35.17.a2")
@pytest.mark.parametrize(("signed", "members", "valid"), [(6, 11, True), (5, 10, False), (6, 10, True), (0, 0, False)])
def test_more_than_half_of_all_members_must_sign(signed: int, members: int, valid: bool) -> None:
    lines = {"signed": signed, "pec_members_total": members}
    assert the("CR54", lines).verdict is (Verdict.PASSED if valid else Verdict.FAILED)


@pytest.mark.norm("L30.9.a4")
@pytest.mark.parametrize(("voters", "ballots", "lawful"), [(999, 999, True), (999, 1000, False), (1000, 1001, True)])
def test_no_spare_ballot_below_a_thousand_voters(voters: int, ballots: int, lawful: bool) -> None:
    lines = {"voters_listed": voters, "ballots_received": ballots}
    assert the("CR10", lines).verdict is (Verdict.PASSED if lawful else Verdict.FAILED)


@pytest.mark.norm("L37.6.1")
@pytest.mark.parametrize(("invalid", "stands"), [(1000, True), (1001, False)])
def test_exactly_one_third_of_participants_in_invalid_precincts_is_not_more(invalid: int, stands: bool) -> None:
    facts = {"precincts_invalidated": [{"participated": invalid}], "all_precincts": [{"participated": 3000}]}
    assert the("CR69", facts, Level.CEC).verdict is (Verdict.PASSED if stands else Verdict.FAILED)


@pytest.mark.norm("L35.8.b3")
@pytest.mark.parametrize(
    ("report_at", "in_time"), [("20:00", False), ("20:01", True), ("21:00", True), ("21:00:01", False)]
)
def test_the_report_comes_after_eight_and_by_nine(report_at: str, in_time: bool) -> None:
    lines = {"scanners": [REPORT | {"decision_at": "20:00", "report_at": report_at}]}
    assert the("CR44", lines).verdict is (Verdict.PASSED if in_time else Verdict.FAILED)


@pytest.mark.norm("L35.8.b3")
def test_a_scanner_that_failed_may_have_no_report_and_another_may_not() -> None:
    broken = REPORT | {"report_at": None, "decision_at": None}
    assert the("CR44", {"scanners": [REPORT, broken | {"failed_at": "15:00"}]}).verdict is Verdict.PASSED
    assert the("CR44", {"scanners": [REPORT, broken]}).verdict is Verdict.NOT_MADE


@pytest.mark.norm("L35.6.c1", "L35.12.a3", "L35.6.c3")
def test_an_over_full_mobile_box_is_invalid_as_a_whole() -> None:
    boxes = [mobile_box("1", 13, found=14, package_quantity=14, invalidated=True), mobile_box("2", 10)]
    lines = consistent_protocol() | {
        "mobile_boxes": boxes,
        "invalid_mobile_over": 14,
        "mobile_excess": 1,
        "mobile_found_total": 24,
        "mobile_transferred": 10,
        "transferred_to_scanners": 10,
    }
    for code in ("CR23", "CR24", "CR26", "CR77"):
        assert the(code, lines).verdict is Verdict.PASSED
    lines["packages"] = {**lines["packages"], "invalid": 9}
    assert the("CR78", lines).verdict is Verdict.PASSED


@pytest.mark.norm("L31.15.b1", "L31.16")
def test_a_stationary_box_needs_two_failures_or_a_precinct_without_scanners() -> None:
    failed = [REPORT | {"failed_at": "15:00"}, REPORT | {"failed_at": "16:00"}]
    lines = {"found_stationary": 40, "scanners": failed, "failure_acts": 2, "scanners_not_provided": False}
    assert the("CR47", lines).verdict is Verdict.PASSED
    assert the("CR47", lines | {"scanners": failed[:1], "failure_acts": 1}).verdict is Verdict.FAILED
    abroad = {"scanners": [], "failure_acts": 0, "scanners_not_provided": True}
    assert the("CR47", lines | abroad).verdict is Verdict.PASSED


@pytest.mark.norm("L35.14.a2", "L35.14.b")
def test_with_a_stationary_box_scanners_may_count_less_but_not_more() -> None:
    report = scanner("S-1", "primary", {"A": 5}, against_all=1, invalid=0)
    lines = {"votes": {"A": 6}, "against_all": 1, "found_stationary": 1, "transferred_to_stationary": 0}
    assert the("CR43", lines | {"scanners": [report]}).verdict is Verdict.PASSED
    assert the("CR43", lines | {"scanners": [report, report]}).verdict is Verdict.FAILED
    assert the("CR43", lines | {"found_stationary": 0, "scanners": [report]}).verdict is Verdict.FAILED
    assert the("CR43", lines | {"scanners": []}).verdict is Verdict.NOT_APPLICABLE


@pytest.mark.norm("L35.14.a2", "L36.7.a4")
def test_after_a_recount_the_protocol_holds_the_recount() -> None:
    lines = {"votes": {"A": 6}, "against_all": 1, "manual_votes": {"A": 5, "against_all": 2}, "recount_done": True}
    assert the("CR46", lines | {"recount_votes": {"A": 6, "against_all": 1}}).verdict is Verdict.PASSED
    assert the("CR46", lines | {"recount_votes": {"A": 5, "against_all": 2}}).verdict is Verdict.FAILED
    without = the("CR46", lines)
    assert (without.verdict, without.missing) == (Verdict.NOT_MADE, ("recount_votes",))


# ---------------------------------------------------------------- the linear identities, on any figures

small = st.integers(0, 400)


@st.composite
def agreeing(draw: st.DrawFn) -> dict[str, Any]:
    """Lines on which every linear identity holds, whatever the figures."""
    votes = draw(st.dictionaries(st.sampled_from(LISTS), small, min_size=1))
    mobile, will, marks, over = draw(small), draw(small), draw(small), draw(small)
    against_all = draw(small) + mobile  # so that there are at least as many ballots as mobile voters
    valid, invalid = sum(votes.values()) + against_all, will + marks + over
    found, stationary = valid + invalid, draw(small)
    spoiled, spoiled_mobile = draw(small), draw(small)
    members, safe, unused_mobile = draw(small), draw(small), draw(small)
    unused = members + safe + unused_mobile
    cancelled = unused + spoiled + spoiled_mobile
    return {
        "votes": votes,
        "against_all": against_all,
        "valid": valid,
        "invalid": invalid,
        "invalid_will": will,
        "invalid_marks": marks,
        "invalid_mobile_over": over,
        "found_total": found,
        "mobile_found_total": mobile,
        "found_stationary": stationary,
        "found_scanners": found - mobile - stationary,
        "signed_mobile": mobile,
        "signed_premises": found - mobile,
        "participated": found,
        "issued_mobile": mobile,
        "issued_premises": found - mobile,
        "issued_total": found,
        "cheques_mobile": mobile,
        "cheques_premises": found - mobile,
        "cheques_total": found,
        "spoiled_premises": spoiled,
        "spoiled_mobile": spoiled_mobile,
        "spoiled_total": spoiled + spoiled_mobile,
        "unused_with_members": members,
        "unused_in_safe": safe,
        "unused_mobile": unused_mobile,
        "unused_total": unused,
        "cancelled_total": cancelled,
        "ballots_given_mobile": mobile + spoiled_mobile + unused_mobile,
        "ballots_received": found + cancelled,
    }


@pytest.mark.norm("L36.2.a1", "L36.2.b2")
@given(first=agreeing(), second=agreeing())
def test_identities_that_hold_on_two_precincts_hold_on_their_sum(first: dict[str, Any], second: dict[str, Any]) -> None:
    votes = {name: first["votes"].get(name, 0) + second["votes"].get(name, 0) for name in LISTS}
    total = {name: first[name] + second[name] for name in first if name != "votes"} | {"votes": votes}
    for lines in (first, second, total):
        results = protocol.check(lines, LAW, level=Level.SUM).results
        assert {each.verdict for each in results} == {Verdict.PASSED}
    assert len(protocol.at_level(Level.SUM)) == 12


@given(lines=agreeing(), data=st.data())
def test_one_figure_off_by_one_breaks_each_identity_it_stands_in_and_is_marked(
    lines: dict[str, Any], data: st.DataObject
) -> None:
    identity = data.draw(st.sampled_from(protocol.at_level(Level.SUM)))
    name = data.draw(st.sampled_from(identity.fields))
    step = data.draw(st.sampled_from((1, -1)))
    if name == "votes":
        option = next(iter(lines["votes"]))
        lines["votes"] = {**lines["votes"], option: lines["votes"][option] + step}
    else:
        lines[name] += step
    (failed,) = [each for each in protocol.check(lines, LAW, level=Level.SUM).failures if each.code == identity.id]
    assert name in failed.fields


@given(lines=agreeing())
def test_figures_are_exact_and_never_rounded(lines: dict[str, Any]) -> None:
    huge: dict[str, Any] = {name: value * 10**20 for name, value in lines.items() if isinstance(value, int)}
    huge["votes"] = {name: value * 10**20 for name, value in lines["votes"].items()}
    assert not protocol.check(huge, LAW, level=Level.SUM).failures
    assert the("CR3", huge | {"participated": huge["participated"] + 1}, Level.SUM).verdict is Verdict.FAILED
    assert the("CR54", {"signed": Fraction(11, 2), "pec_members_total": 11}).verdict is Verdict.FAILED
