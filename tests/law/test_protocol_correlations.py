"""Each of the control correlations: it holds on figures that agree, and fails on its one fault, told in words."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from shailoo.law import protocol
from shailoo.law.norms import known
from shailoo.law.protocol import Level, Verdict
from tests.law.protocol_cases import LISTS, WITHDRAWN, consistent_protocol, mobile_box, the

VOTES: dict[str, int] = consistent_protocol()["votes"]
REPORT: dict[str, Any] = consistent_protocol()["scanners"][0]


def fault(code: str, changes: dict[str, Any], words: str, norms: pytest.MarkDecorator) -> ParameterSet:
    """A case: the correlation, the one change that breaks it, and the norms that it carries out."""
    return pytest.param(code, changes, id=f"{code}: {words}", marks=norms)


def at(hour: int, minute: int = 0) -> time:
    return time(hour, minute)


PRECINCT_FAULTS = [
    # ------------------------------------------------------------ voters and identification
    fault(
        "CR1",
        {"voters_listed_electronic": 1999},
        "the electronic list is one voter short",
        pytest.mark.norm("L31.1.d4"),
    ),
    fault("CR2", {"monitor_voters_listed": 2001}, "the monitor shows one voter more", pytest.mark.norm("L31.2.b2")),
    fault("CR3", {"participated": 1204}, "more participants than signatures", pytest.mark.norm("L37.3.b")),
    fault(
        "CR4",
        {"voters_listed": 1202},
        "more participants than listed voters",
        pytest.mark.norm("L31.5", "L31.4", "L37.3.b"),
    ),
    fault("CR5", {"cheques_total": 1204}, "cheques do not add up", pytest.mark.norm("L35.5.c", "L33.9.b1")),
    fault(
        "CR6",
        {"cheques_total": 1202},
        "a ballot was issued without a cheque",
        pytest.mark.norm("L31.2.c2", "L33.6.a2", "L35.5.c", "L31.2.e"),
    ),
    fault(
        "CR7",
        {"identified_final": 1202},
        "the device counted one identification less",
        pytest.mark.norm("L31.2.c1", "L35.8.b4"),
    ),
    fault("CR8", {"cheques_total": 2001}, "more cheques than listed voters", pytest.mark.norm("L31.2.c1", "L31.4")),
    fault(
        "CR9",
        {"signed_premises": 1181},
        "the list's total is not the sum of its pages",
        pytest.mark.norm("L35.5.a", "L35.5.b2"),
    ),
    # ------------------------------------------------------------ movement of ballots
    fault(
        "CR10",
        {"ballots_received": 2003},
        "more than 0.1 per cent spare ballots",
        pytest.mark.norm("L30.9.a4", "L30.1.a3"),
    ),
    fault(
        "CR11",
        {"ballots_act_quantity": 2003},
        "the act of transfer names another number",
        pytest.mark.norm("L30.8.a3", "L31.1.f1", "L31.1.f4"),
    ),
    fault(
        "CR12",
        {"unused_mobile": 5},
        "a ballot taken out for mobile voting is missing",
        pytest.mark.norm("L33.3.a2", "L33.9.b1"),
    ),
    fault(
        "CR13",
        {"mobile_voters": 22},
        "the act of mobile voting and the list disagree",
        pytest.mark.norm("L33.6.a3", "L33.6.a4", "L33.8.a2", "L33.9.b1", "L35.5.d1"),
    ),
    fault("CR14", {"cheques_mobile": 22}, "a mobile ballot without a cheque", pytest.mark.norm("L33.6.a2", "L33.9.b1")),
    fault(
        "CR15",
        {"mobile_applications": 22},
        "a mobile ballot without an application",
        pytest.mark.norm("L33.2.a2", "L33.9.b1"),
    ),
    fault(
        "CR16",
        {"issued_premises": 1181},
        "a ballot issued without a signature",
        pytest.mark.norm("L31.3.a3", "L31.6", "L35.5.d1"),
    ),
    fault(
        "CR17",
        {"unused_in_safe": 673},
        "unused ballots do not add up",
        pytest.mark.norm("L35.4.a1", "L35.4.a5", "L33.9.b1"),
    ),
    fault(
        "CR18",
        {"cancelled_total": 800},
        "cancelled ballots are not unused and spoiled ones",
        pytest.mark.norm("L35.4.b1"),
    ),
    fault(
        "CR19",
        {"ballots_received": 2001},
        "a ballot too many",
        pytest.mark.norm("L30.1.a1", "L31.1.f4", "L35.4.b1", "L35.5.d1"),
    ),
    fault(
        "CR20",
        {"package_cancelled_quantity": 798},
        "the package's label differs",
        pytest.mark.norm("L35.4.a6", "L35.4.b2"),
    ),
    fault(
        "CR21",
        {"spoiled_notes": 3},
        "a spoiled ballot without a note in the list",
        pytest.mark.norm("L31.9.a2", "L31.9.a3", "L33.9.b1"),
    ),
    fault("CR72", {"issued_total": 1204}, "ballots issued do not add up", pytest.mark.norm("L35.5.d1")),
    fault(
        "CR73",
        {"ballots_counted_morning": 1973},
        "the morning count is one too high",
        pytest.mark.norm("L31.1.f1", "L31.1.f2"),
    ),
    fault(
        "CR74",
        {"batches_total": 1301},
        "a ballot in members' charge is missing",
        pytest.mark.norm("L31.1.g1", "L31.1.g2", "L35.4.a1", "L35.4.a3"),
    ),
    fault(
        "CR75",
        {"unused_in_safe": 671},
        "the stock was not split whole",
        pytest.mark.norm("L31.1.f1", "L31.1.g1", "L35.4.a5"),
    ),
    # ------------------------------------------------------------ mobile boxes
    fault("CR22", {"signed_mobile": 24}, "voters by box do not add up", pytest.mark.norm("L35.6.b1", "L33.8.a2")),
    fault(
        "CR23",
        {"mobile_boxes": [mobile_box("1", 13, found=14), mobile_box("2", 10)]},
        "an over-full box was not invalidated",
        pytest.mark.norm("L35.6.c1", "L35.12.a3"),
    ),
    fault(
        "CR24",
        {"invalid_mobile_over": 1},
        "invalid ballots of a box that was not invalidated",
        pytest.mark.norm("L35.6.c1", "L35.12.a3"),
    ),
    fault(
        "CR25",
        {"mobile_boxes": [mobile_box("1", 13, found=12), mobile_box("2", 10)]},
        "a ballot was taken away",
        pytest.mark.norm("L35.6.b1", "L35.6.b2", "L31.11.a2"),
    ),
    fault("CR26", {"mobile_found_total": 22}, "mobile ballots found do not add up", pytest.mark.norm("L35.6.b2")),
    fault(
        "CR27", {"issued_mobile": 22}, "more mobile ballots found than issued", pytest.mark.norm("L33.6.a2", "L35.6.c1")
    ),
    fault(
        "CR70",
        {"mobile_registry_rows": 24},
        "an application is not in the register",
        pytest.mark.norm("L33.2.a4", "L33.9.b1"),
    ),
    fault(
        "CR76",
        {"mobile_boxes": [mobile_box(str(n), 5) for n in range(4)]},
        "a fourth mobile box",
        pytest.mark.norm("L33.3.a1"),
    ),
    fault(
        "CR77",
        {"mobile_transferred": 22},
        "a mobile ballot was not cast into a box",
        pytest.mark.norm("L35.6.c1", "L35.6.d"),
    ),
    # ------------------------------------------------------------ boxes and results
    fault(
        "CR28",
        {"found_total": 1202},
        "ballots found do not add up",
        pytest.mark.norm("L35.6.b2", "L35.6.d", "L35.9.a1"),
    ),
    fault(
        "CR29",
        {"found_total": 1204},
        "more ballots in the boxes than issued",
        pytest.mark.norm("L31.2.c2", "L31.11.a1", "L30.1.a1"),
    ),
    fault("CR30", {"found_total": 1202}, "a ballot was carried away", pytest.mark.norm("L31.11.a1", "L31.11.a2")),
    fault(
        "CR31",
        {"cancelled_total": 800},
        "more found and cancelled than received",
        pytest.mark.norm("L30.1.a1", "L31.1.f4", "L35.4.b1"),
    ),
    fault(
        "CR32",
        {"valid": 1181},
        "valid and invalid are not all ballots found",
        pytest.mark.norm("L35.12.a1", "L35.13.a1", "L35.7.a1"),
    ),
    fault(
        "CR33",
        {"against_all": 23},
        "votes are not all valid ballots",
        pytest.mark.norm("L31.8", "L35.11.a1", "L35.13.a1", "L35.13.a2"),
    ),
    fault(
        "CR34",
        {"invalid_will": 16},
        "grounds of invalidity do not add up",
        pytest.mark.norm("L35.12.a1", "L35.12.a2", "L35.12.a3", "L35.12.a4"),
    ),
    fault("CR35", {"votes": {**VOTES, WITHDRAWN: 1}}, "a crossed-out list got a vote", pytest.mark.norm("L30.10.a1")),
    fault(
        "CR36",
        {"ballot_options": [*LISTS, "other"]},
        "the form is not that of the ballot",
        pytest.mark.norm("L30.3", "L30.4", "L30.5.a2"),
    ),
    fault("CR37", {"unofficial": 1}, "a ballot of non-established form", pytest.mark.norm("L35.7.a1", "L35.7.a2")),
    fault("CR38", {"spoiled_total": -1}, "a count below zero", pytest.mark.norm("L34.2")),
    fault("CR39", {"form_serial_no": None}, "an empty line of the protocol", pytest.mark.norm("L35.2.a2", "L34.3")),
    fault(
        "CR78",
        {"packages": {**VOTES, "against_all": 22, "invalid": 22}},
        "a package's label differs",
        pytest.mark.norm("L35.16.b1", "L35.6.c3"),
    ),
    # ------------------------------------------------------------ scanners
    fault(
        "CR40",
        {"scanners": [REPORT | {"initial_total": 1}]},
        "a scanner did not start at zero",
        pytest.mark.norm("L31.1.e1"),
    ),
    fault(
        "CR41",
        {"scanners": [REPORT | {"invalid": 12}]},
        "a scanner's report does not add up",
        pytest.mark.norm("L35.8.a2"),
    ),
    fault(
        "CR42",
        {"found_scanners": 1181},
        "the scanners counted one ballot less than people",
        pytest.mark.norm("L35.14.a2", "L35.6.d"),
    ),
    fault(
        "CR80",
        {"mismatch_total": 1},
        "the difference was typed, not computed",
        pytest.mark.norm("L35.8.a2", "L35.14.a2"),
    ),
    fault(
        "CR43",
        {"votes": {**VOTES, LISTS[0]: 301}},
        "a list has another number by scanner",
        pytest.mark.norm("L35.14.a2", "L35.14.b"),
    ),
    fault(
        "CR44",
        {"scanners": [REPORT | {"report_at": at(21, 1)}]},
        "the report came after 21:00",
        pytest.mark.norm("L35.8.b3"),
    ),
    fault(
        "CR45", {"issued_total": 1202}, "scanners took in more ballots than were issued", pytest.mark.norm("L31.11.a1")
    ),
    fault(
        "CR46",
        {"manual_votes": {**VOTES, "against_all": 21}},
        "the protocol is not the manual count",
        pytest.mark.norm("L35.14.b", "L35.14.a2", "L36.7.a4"),
    ),
    fault(
        "CR47",
        {"failure_acts": 1},
        "an act on a failure that no scanner had",
        pytest.mark.norm("L31.15.a2", "L31.15.b1", "L31.15.b2", "L31.16"),
    ),
    fault(
        "CR48",
        {"scanners": [REPORT | {"failed_at": at(15), "last_ballot_at": at(15, 30)}]},
        "a failed scanner was used again",
        pytest.mark.norm("L31.15.c"),
    ),
    fault(
        "CR49",
        {"identified_initial": 5},
        "identification did not start at zero",
        pytest.mark.norm("L31.2.b2", "L35.8.b4"),
    ),
    # ------------------------------------------------------------ times, signatures, copies
    fault("CR50", {"opened_at": at(8, 10)}, "voting opened late", pytest.mark.norm("L31.1.a1", "L35.1")),
    fault(
        "CR51",
        {"count_started_at": at(19, 59)},
        "counting began while people voted",
        pytest.mark.norm("L35.1", "L35.3.a1"),
    ),
    fault(
        "CR52",
        {"signed_at": datetime(2020, 10, 4, 20, 5)},  # noqa: DTZ001  # the paper bears local time without a zone
        "signed when the count began",
        pytest.mark.norm("L35.17.a1", "L35.19.a", "L36.1.a1"),
    ),
    fault(
        "CR53",
        {"pec_members_present": 8},
        "more signatures than members present",
        pytest.mark.norm("L35.17.a1", "L35.17.a2"),
    ),
    fault("CR54", {"signed": 5}, "no majority signed", pytest.mark.norm("L35.17.a2")),
    fault("CR55", {"signed": 8}, "a member present did not sign", pytest.mark.norm("L35.17.a1")),
    fault(
        "CR56",
        {"opinions_attached": 1},
        "an opinion is not recorded",
        pytest.mark.norm("L35.17.a3", "L35.16.a3", "L36.2.c3"),
    ),
    fault(
        "CR57",
        {"complaints_decided": 0},
        "a complaint is undecided",
        pytest.mark.norm("L35.16.a1", "L36.2.c1", "L36.2.c2", "L37.1.b"),
    ),
    fault(
        "CR58",
        {"copies": [{"valid": 1180}, {"valid": 1181}]},
        "the second copy differs",
        pytest.mark.norm("L35.2.a2", "L35.17.a1", "L35.22", "L35.23.a"),
    ),
    fault(
        "CR59",
        {"voted_list_rows": 1202},
        "the posted list lacks a voter",
        pytest.mark.norm("L35.23.b", "L37-1.3", "L37.3.b"),
    ),
    fault("CR66", {"double_voters": 1}, "a voter voted twice", pytest.mark.norm("L31.4", "L33.8.a2")),
    fault(
        "CR67", {"failed_then_identified": 3}, "a vote without identification", pytest.mark.norm("L31.2.d1", "L31.2.d5")
    ),
    fault("CR79", {"copies_issued": 13}, "a person present got no copy", pytest.mark.norm("L35.22")),
]


@pytest.mark.parametrize(("code", "changes"), PRECINCT_FAULTS)
def test_a_correlation_of_the_precinct_fails_on_its_fault_and_holds_without_it(
    code: str, changes: dict[str, Any]
) -> None:
    assert the(code, consistent_protocol()).verdict is Verdict.PASSED
    failed = the(code, consistent_protocol() | changes)
    assert failed.verdict is Verdict.FAILED
    assert failed.norm in failed.norms
    marked = {field.partition(".")[0] for field in failed.fields}
    assert marked & set(changes), "the changed line is among those to mark"


def precinct(number: str, participated: int, valid: int) -> dict[str, Any]:
    return {"number": number, "participated": participated, "lines": {"participated": participated, "valid": valid}}


def territory() -> dict[str, Any]:
    """A territory of three precincts, one of them not summed, and the country above it; all figures agree."""
    summed = [precinct("1001", 900, 880), precinct("1002", 600, 590)]
    lost = precinct("1003", 500, 0)
    sums = {"participated": 1500, "valid": 1470}
    return {
        "pec_count": 3,
        "protocols_used": 2,
        "precincts_not_summed": [{"number": "1003", "reason": "results declared invalid"}],
        "precinct_numbers": ["1001", "1002"],
        "precincts_summed": summed,
        "tec_line": sums,
        "tecs": [{"lines": sums}],
        "cec_line": sums,
        "all_precincts_summed": summed,
        "precincts_invalidated": [lost],
        "all_precincts": [*summed, lost],
        "recount_protocols": [{"recount_mark": True, "replaced_summed": False}],
        "complaints_received": 4,
        "complaints_decided": 4,
        "voted_list_rows": 1500,
        "participated": 1500,
        "printed": 3010,
        "transferred_to_cec": 3003,
        "destroyed_discarded": 4,
        "destroyed_surplus": 3,
        "to_tec": [3003],
        "to_pec": [[1201, 1001, 801]],
        "registered_voters": 3000,
        "website_line": {"participated": 900, "valid": 880},
        "protocol_line": {"participated": 900, "valid": 880},
    }


TWICE = ["1001", "1002", "1001"]
OVER_THIRD = [{"participated": 501}]
REPLACED_SUMMED = [{"recount_mark": True, "replaced_summed": True}]

ABOVE_FAULTS = [
    fault(
        "CR60",
        {"precincts_not_summed": []},
        "a precinct is neither summed nor explained",
        pytest.mark.norm("L36.2.b3", "L37.2.a1", "L37.4.b1"),
    ),
    fault("CR61", {"tec_line": {"valid": 1471}}, "a TEC line is not the sum", pytest.mark.norm("L36.2.a1", "L36.2.b2")),
    fault(
        "CR62",
        {"cec_line": {"valid": 1471}},
        "a CEC line is not the sum of TECs",
        pytest.mark.norm("L37.1.a", "L37.2.a1", "L37.2.a2"),
    ),
    fault(
        "CR63", {"cec_line": {"valid": 1469}}, "PEC and TEC protocols disagree", pytest.mark.norm("L37.1.a", "L36.2.a1")
    ),
    fault("CR64", {"precinct_numbers": TWICE}, "a precinct was summed twice", pytest.mark.norm("L36.2.b2", "L36.2.a1")),
    fault(
        "CR65",
        {"printed": 3011},
        "a printed ballot is missing",
        pytest.mark.norm("L30.1.a3", "L30.7.a1", "L30.7.a2", "L30.8.a1", "L30.8.a3"),
    ),
    fault(
        "CR65",
        {"registered_voters": 2000},
        "more ballots than the law allows",
        pytest.mark.norm("L30.1.a3", "L30.7.a1", "L30.7.a2", "L30.8.a1", "L30.8.a3"),
    ),
    fault(
        "CR65",
        {"to_pec": [[3000, 1, 3]]},
        "precincts got more ballots than their TEC",
        pytest.mark.norm("L30.1.a3", "L30.7.a1", "L30.7.a2", "L30.8.a1", "L30.8.a3"),
    ),
    fault(
        "CR68",
        {"recount_protocols": REPLACED_SUMMED},
        "the replaced protocol was summed",
        pytest.mark.norm("L36.7.a4", "L36.7.a5"),
    ),
    fault(
        "CR69",
        {"precincts_invalidated": [*OVER_THIRD, precinct("9", 500, 0)]},
        "over one third invalid",
        pytest.mark.norm("L37.6.1", "L37.4.b1", "L37.3.b"),
    ),
    fault(
        "CR71",
        {"website_line": {"participated": 1, "valid": 880}},
        "the website differs",
        pytest.mark.norm("L37-1.2", "L37-1.4", "L39.3"),
    ),
    fault(
        "CR57",
        {"complaints_decided": 3},
        "a complaint is undecided",
        pytest.mark.norm("L35.16.a1", "L36.2.c1", "L36.2.c2", "L37.1.b"),
    ),
    fault(
        "CR59",
        {"voted_list_rows": 1501},
        "a row too many in the posted list",
        pytest.mark.norm("L35.23.b", "L37-1.3", "L37.3.b"),
    ),
]


@pytest.mark.parametrize(("code", "changes"), ABOVE_FAULTS)
def test_a_correlation_above_the_precinct_fails_on_its_fault_and_holds_without_it(
    code: str, changes: dict[str, Any]
) -> None:
    for level in protocol.correlation(code).levels & {Level.TEC, Level.CEC}:
        assert the(code, territory(), level).verdict is Verdict.PASSED
        failed = the(code, territory() | changes, level)
        assert failed.verdict is Verdict.FAILED
        assert set(failed.fields) & set(changes)


def test_every_correlation_has_a_case() -> None:
    tried = {str(case.values[0]) for case in (*PRECINCT_FAULTS, *ABOVE_FAULTS)}
    assert tried == {found.id for found in protocol.correlations()}
    assert len(tried) == 80


def test_every_case_is_marked_with_the_norms_of_its_correlation() -> None:
    for case in (*PRECINCT_FAULTS, *ABOVE_FAULTS):
        (mark,) = case.marks
        assert isinstance(mark, pytest.MarkDecorator)
        assert mark.args == protocol.correlation(str(case.values[0])).norms


def test_every_norm_that_correlations_lines_and_facts_cite_exists() -> None:
    cited = {norm for found in protocol.correlations() for norm in found.norms}
    cited |= {norm for line in protocol.lines() for norm in line.norms}
    cited |= {norm for fact in protocol.facts() for norm in fact.norms}
    assert {norm for norm in cited if not known(norm)} == set()
