"""One precinct's protocol in which every figure agrees: the ground from which each test changes one thing.

Figures are invented: 2,000 listed voters, 1,203 of whom took part, 23 of them by mobile voting; three stationary lines
stay empty because both scanners worked. Sixteen lists stood on the ballot, and one more was crossed out.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from shailoo.law import protocol
from shailoo.law.editions import editions
from shailoo.law.protocol import Level, Result

LAW = editions()[-1]
ELECTION_DAY = date(2020, 10, 4)
LISTS = tuple(f"list_{number:02}" for number in range(1, 17))
WITHDRAWN = "list_17"


def the(code: str, lines: dict[str, Any], level: Level = Level.PEC) -> Result:
    """What correlation `code` says of `lines` under the newest edition."""
    (found,) = [each for each in protocol.check(lines, LAW, level=level).results if each.code == code]
    return found


def consistent_protocol() -> dict[str, Any]:
    """A fresh protocol with all lines, in which every control correlation of the precinct holds."""
    return {
        **_identification(),
        **_voters(),
        **_ballots(),
        **_mobile(),
        **_results(),
        **_scanners(),
        **_times(),
        **_signatures(),
    }


def _identification() -> dict[str, Any]:
    return {
        "election_type": "jogorku_kenesh",
        "voting_round": "general_voting",
        "election_day": ELECTION_DAY,
        "precinct_no": "1001",
        "tec_id": "KG01-01",
        "precinct_kind": "ordinary",
        "copy_no": 1,
        "form_serial_no": "A 001001",
        "recount_mark": False,
        "replaces_protocol": "",
        "ballot_options": [*LISTS, WITHDRAWN],
        "withdrawn_options": [WITHDRAWN],
    }


def _voters() -> dict[str, Any]:
    return {
        "voters_listed": 2000,
        "voters_listed_electronic": 2000,
        "monitor_voters_listed": 2000,
        "pages": [
            {"page_no": 1, "voters": 1200, "signed_premises": 700, "signed_mobile": 13, "spoiled_notes": 2},
            {"page_no": 2, "voters": 800, "signed_premises": 480, "signed_mobile": 10, "spoiled_notes": 2},
        ],
        "signed_premises": 1180,
        "signed_mobile": 23,
        "participated": 1203,
        "cheques_premises": 1180,
        "cheques_mobile": 23,
        "cheques_total": 1203,
        "identified_initial": 0,
        "identified_final": 1203,
        "identification_failures": 5,
        "failed_voters_without_vote": 3,
        "failed_then_identified": 2,
        "voted_list_rows": 1203,
        "double_voters": 0,
    }


def _ballots() -> dict[str, Any]:
    return {
        "ballots_act_quantity": 2002,
        "ballots_received": 2002,
        "ballots_given_mobile": 30,
        "ballots_counted_morning": 1972,
        "batches_total": 1300,
        "issued_premises": 1180,
        "issued_mobile": 23,
        "issued_total": 1203,
        "unused_with_members": 117,
        "unused_in_safe": 672,
        "unused_mobile": 6,
        "unused_total": 795,
        "spoiled_premises": 3,
        "spoiled_mobile": 1,
        "spoiled_total": 4,
        "spoiled_notes": 4,
        "spoiled_in_documents": 4,
        "cancelled_total": 799,
        "package_cancelled_quantity": 799,
    }


def _mobile() -> dict[str, Any]:
    return {
        "mobile_applications": 25,
        "mobile_registry_rows": 25,
        "mobile_voters": 23,
        "mobile_boxes": [mobile_box("1", 13), mobile_box("2", 10)],
        "mobile_found_total": 23,
        "mobile_excess": 0,
        "mobile_transferred": 23,
        "transferred_to_scanners": 23,
        "transferred_to_stationary": 0,
    }


def mobile_box(number: str, voters: int, **changes: object) -> dict[str, Any]:
    """A mobile box with as many ballots as voters who used it."""
    box: dict[str, Any] = {
        "box_no": number,
        "voters": voters,
        "marked_applications": voters,
        "found": voters,
        "unofficial": 0,
        "seal_intact": True,
        "control_sheet_found": True,
        "invalidated": False,
        "package_quantity": voters,
    }
    return box | changes


def _results() -> dict[str, Any]:
    votes = dict(zip(LISTS, (300, 250, 180, 120, 90, 60, 50, 40, 20, 15, 10, 8, 6, 4, 3, 2), strict=True))
    return {
        "found_stationary": 0,
        "found_scanners": 1180,
        "found_total": 1203,
        "unofficial": 0,
        "votes": votes,
        "against_all": 22,
        "valid": 1180,
        "invalid_will": 15,
        "invalid_marks": 8,
        "invalid_mobile_over": 0,
        "invalid": 23,
        "packages": {**votes, "against_all": 22, "invalid": 23},
        "manual_votes": {**votes, "against_all": 22},
        "recount_votes": {},
        "recount_done": False,
        "recount_requested": "",
        "mismatch_total": 0,
        "mismatch_by_option": dict.fromkeys((*votes, "against_all"), 0),
    }


def _scanners() -> dict[str, Any]:
    votes = _results()["votes"]
    first = {option: number // 2 for option, number in votes.items()}
    second = {option: number - first[option] for option, number in votes.items()}
    return {
        "scanners": [
            scanner("S-1", "primary", first, against_all=10, invalid=11),
            scanner("S-2", "additional", second, against_all=12, invalid=12),
        ],
        "scanner_total": 1203,
        "failure_acts": 0,
        "scanners_not_provided": False,
    }


def scanner(number: str, role: str, votes: dict[str, int], *, against_all: int, invalid: int) -> dict[str, Any]:
    """A scanner's report that adds up, taken at 20:10."""
    return {
        "device_no": number,
        "role": role,
        "initial_total": 0,
        "decision_at": time(20, 5),
        "report_at": time(20, 10),
        "total": sum(votes.values()) + against_all + invalid,
        "votes": votes,
        "against_all": against_all,
        "invalid": invalid,
        "failed_at": None,
        "last_ballot_at": time(19, 58),
    }


def _times() -> dict[str, Any]:
    return {
        "opened_at": time(8, 0),
        "closed_at": time(20, 0),
        "voting_completed_at": time(20, 2),
        "count_started_at": time(20, 5),
        "signed_at": datetime(2020, 10, 5, 1, 40),  # noqa: DTZ001  # the paper bears local time without a zone
        "announced_at": datetime(2020, 10, 5, 1, 45),  # noqa: DTZ001
        "dispatched_at": datetime(2020, 10, 5, 1, 50),  # noqa: DTZ001
        "received_at_tec": datetime(2020, 10, 5, 3, 5),  # noqa: DTZ001
    }


def _signatures() -> dict[str, Any]:
    return {
        "pec_members_total": 11,
        "pec_members_present": 9,
        "signed": 9,
        "opinions_attached": 0,
        "opinions_noted": 0,
        "complaints_received": 1,
        "complaints_decided": 1,
        "attachments": [],
        "copies": [{"participated": 1203, "valid": 1180}, {"participated": 1203, "valid": 1180}],
        "persons_present": 14,
        "copies_issued": 14,
    }
