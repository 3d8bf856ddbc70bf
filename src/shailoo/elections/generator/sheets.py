"""One precinct's protocol, whole: every line of the protocol and of the papers kept with it, in one consistent account.

What is drawn by lot: spoiled and unused ballots, mobile voting, scanners, times, members. What is given: listed voters,
votes and invalid ballots. The line ids are those of `law.protocol`; lines that the system knows itself are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from shailoo.elections.generator.anomalies import ACCOUNTS, CHANGES, Account, Anomaly, Lines
from shailoo.elections.generator.sharing import share

PAGE = 500  # listed voters whose totals stand on one sheet of the list's summary
LARGEST_BOX = 40  # voters of one mobile box


@dataclass(frozen=True, slots=True)
class Count:
    """What is given for a precinct: listed voters, votes by option, votes against all, invalid ballots."""

    listed: int
    votes: Mapping[str, int]
    against_all: int
    invalid: int

    @property
    def valid(self) -> int:
        return sum(self.votes.values()) + self.against_all

    @property
    def found(self) -> int:
        return self.valid + self.invalid


@dataclass(frozen=True, slots=True)
class Sheet:
    """A precinct's signed protocol, with what its commission wrote about it where something was unusual."""

    number: str
    lines: Mapping[str, Any]  # Any: as `law.protocol` reads them
    anomaly: Anomaly | None = None

    @property
    def account(self) -> Account:
        return ACCOUNTS.get(self.anomaly, Account()) if self.anomaly else Account()


def sheet(number: str, count: Count, anomaly: Anomaly | None, lot: Random, *, scanners: int) -> Sheet:
    """The protocol of a precinct. Without scanners (abroad) there is a stationary box and no mobile voting."""
    over = anomaly is Anomaly.MOBILE_BOX_OVER
    mobile = _mobile(count, lot) if scanners else ()
    if over:
        mobile = (*mobile[:2], 12)
    lines: Lines = {"copy_no": 1, "form_serial_no": f"П-{number}", "recount_mark": False, "withdrawn_options": []}
    lines |= _votes(count, box_over=mobile[-1] + 1 if over else 0)
    _write_voters(lines, count, sum(mobile), taking_part=count.found + (12 if over else 0))
    _write_ballots(lines, lot, sum(mobile))
    _write_boxes(lines, mobile, box_over=over, stationary=scanners == 0)
    _write_scanners(lines, count, lot, failed=anomaly is Anomaly.SCANNER_FAILED, devices=scanners, number=number)
    _write_hours(lines, lot)
    _write_signatures(lines, lot)
    if change := CHANGES.get(anomaly) if anomaly else None:
        change(lines)
    return Sheet(number, lines, anomaly)


def _mobile(count: Count, lot: Random) -> tuple[int, ...]:
    """Voters of each mobile box: none to three boxes, a few per cent of the voters."""
    voters = min(count.found // 25, lot.randint(0, 3 * LARGEST_BOX))
    boxes = min(3, -(-voters // LARGEST_BOX))
    return tuple(share(voters, [1] * boxes, [voters] * boxes)) if boxes else ()


def _votes(count: Count, *, box_over: int) -> Lines:
    """Section G. `box_over` are the ballots of a mobile box that is invalid as a whole."""
    invalid = count.invalid + box_over
    will = (count.invalid * 4 + 4) // 5
    packages = {**count.votes, "against_all": count.against_all, "invalid": count.invalid}
    return {
        "votes": dict(count.votes),
        "against_all": count.against_all,
        "valid": count.valid,
        "invalid_will": will,
        "invalid_marks": count.invalid - will,
        "invalid_mobile_over": box_over,
        "invalid": invalid,
        "packages": packages,
        "manual_votes": {**count.votes, "against_all": count.against_all},
        "recount_done": False,
    }


def _write_voters(lines: Lines, count: Count, mobile: int, *, taking_part: int) -> None:
    """Sections B and C: everyone who took part signed, and left a cheque."""
    premises = taking_part - mobile
    lines |= dict.fromkeys(("voters_listed", "voters_listed_electronic", "monitor_voters_listed"), count.listed)
    lines |= dict.fromkeys(("signed_premises", "cheques_premises", "issued_premises"), premises)
    lines |= dict.fromkeys(("signed_mobile", "cheques_mobile", "issued_mobile", "mobile_voters"), mobile)
    lines |= dict.fromkeys(("participated", "cheques_total", "issued_total", "voted_list_rows"), taking_part)
    lines |= {"identified_initial": mobile, "identified_final": taking_part, "double_voters": 0}


def _write_ballots(lines: Lines, lot: Random, mobile: int) -> None:
    """Section D: every ballot received was issued, spoiled or left over."""
    received = lines["voters_listed"] * 1001 // 1000
    free = received - lines["issued_total"]
    spoiled = lot.randint(0, min(4, free))
    applications = mobile + (lot.randint(0, min(3, free - spoiled)) if mobile else 0)
    unused_mobile = applications - mobile
    in_safe = lot.randint((free - spoiled - unused_mobile) // 2, free - spoiled - unused_mobile)
    with_members = free - spoiled - unused_mobile - in_safe
    unused = with_members + in_safe + unused_mobile
    failures = lot.randint(0, 3)
    later = lot.randint(0, failures)
    lines |= {
        "ballots_act_quantity": received,
        "ballots_received": received,
        "ballots_given_mobile": applications,
        "ballots_counted_morning": received - applications,
        "batches_total": lines["issued_premises"] + spoiled + with_members,
        "unused_with_members": with_members,
        "unused_in_safe": in_safe,
        "unused_mobile": unused_mobile,
        "unused_total": unused,
        "spoiled_premises": spoiled,
        "spoiled_mobile": 0,
        "spoiled_total": spoiled,
        "spoiled_notes": spoiled,
        "spoiled_in_documents": spoiled,
        "cancelled_total": unused + spoiled,
        "package_cancelled_quantity": unused + spoiled,
        "mobile_applications": applications,
        "mobile_registry_rows": applications,
        "identification_failures": failures,
        "failed_then_identified": later,
        "failed_voters_without_vote": failures - later,
        "pages": _pages(lines, spoiled),
    }


def _pages(lines: Lines, spoiled: int) -> list[Lines]:
    """The list's summary sheets; their totals are the list's."""
    listed = lines["voters_listed"]
    sizes = [min(PAGE, listed - start) for start in range(0, listed, PAGE)] or [0]
    premises = share(lines["signed_premises"], sizes, sizes)
    room = [size - signed for size, signed in zip(sizes, premises, strict=True)]
    mobile = share(lines["signed_mobile"], room, room)
    notes = [spoiled, *[0] * (len(sizes) - 1)]
    return [
        {"page_no": no, "voters": size, "signed_premises": signed, "signed_mobile": away, "spoiled_notes": note}
        for no, (size, signed, away, note) in enumerate(zip(sizes, premises, mobile, notes, strict=True), 1)
    ]


def _write_boxes(lines: Lines, mobile: tuple[int, ...], *, box_over: bool, stationary: bool) -> None:
    """Sections E and F: ballots of valid mobile boxes are counted there, then cast into the scanner (L35.6)."""
    boxes = [_box(str(no), voters) for no, voters in enumerate(mobile, 1)]
    if box_over:
        boxes[-1] |= {"found": mobile[-1] + 1, "invalidated": True, "package_quantity": mobile[-1] + 1}
    found_mobile = sum(box["found"] for box in boxes)
    transferred = sum(box["found"] for box in boxes if not box["invalidated"])
    found = lines["valid"] + lines["invalid"]
    lines |= {
        "mobile_boxes": boxes,
        "mobile_found_total": found_mobile,
        "mobile_excess": 1 if box_over else 0,
        "mobile_transferred": transferred,
        "transferred_to_scanners": 0 if stationary else transferred,
        "transferred_to_stationary": transferred if stationary else 0,
        "found_stationary": found - found_mobile if stationary else 0,
        "found_scanners": 0 if stationary else found - found_mobile,
        "found_total": found,
        "unofficial": 0,
    }


def _box(number: str, voters: int) -> Lines:
    return {
        "box_no": number,
        "voters": voters,
        "marked_applications": voters,
        "found": voters,
        "unofficial": 0,
        "seal_intact": True,
        "control_sheet_found": True,
        "invalidated": False,
        "package_quantity": 0,
    }


def _write_scanners(lines: Lines, count: Count, lot: Random, *, failed: bool, devices: int, number: str) -> None:
    """Section H: the scanners counted what the hands counted. A failed one keeps what it had; another took over."""
    counted = {**count.votes, "against_all": count.against_all, "invalid": count.invalid}
    reports: list[Lines] = []
    if devices:
        early = {option: lot.randint(0, votes // 3) for option, votes in counted.items()} if failed else {}
        rest = {option: votes - early.get(option, 0) for option, votes in counted.items()}
        if failed:
            reports.append(_report(f"{number}-1", "primary", early, failed_at="13:40"))
        reports.append(_report(f"{number}-{2 if failed else 1}", "additional" if failed else "primary", rest))
    total = sum(report["total"] for report in reports)
    lines |= {
        "scanners": reports,
        "scanner_total": total,
        "failure_acts": 1 if failed else 0,
        "scanners_not_provided": not devices,
        "mismatch_total": lines["found_scanners"] + lines["transferred_to_scanners"] - total,
        "mismatch_by_option": dict.fromkeys([*count.votes, "against_all"], 0),
    }


def _report(device: str, role: str, counted: Mapping[str, int], failed_at: str | None = None) -> Lines:
    votes = {option: number for option, number in counted.items() if option not in ("against_all", "invalid")}
    return {
        "device_no": device,
        "role": role,
        "initial_total": 0,
        "decision_at": "20:05",
        "report_at": "20:15",
        "total": sum(counted.values()),
        "votes": votes,
        "against_all": counted["against_all"],
        "invalid": counted["invalid"],
        "failed_at": failed_at,
        "last_ballot_at": "13:35" if failed_at else None,
    }


def _write_hours(lines: Lines, lot: Random) -> None:
    """Section I: local times; the count goes on past midnight at large precincts."""
    minutes = 20 * 60 + 20 + 60 + lines["found_total"] // 8 + lot.randint(0, 30)
    lines |= {
        "opened_at": "08:00",
        "closed_at": "20:00",
        "voting_completed_at": f"20:{lot.randint(0, 9):02}",
        "count_started_at": f"20:{lot.randint(10, 20):02}",
        "signed_at": _moment(minutes),
        "announced_at": _moment(minutes + 5),
        "dispatched_at": _moment(minutes + 15),
        "received_at_tec": _moment(minutes + 15 + lot.randint(10, 90)),
    }


def _moment(minutes: int) -> str:
    """Minutes after 00:00 of election day, 4 October 2020, as a local date and time."""
    days, rest = divmod(minutes, 24 * 60)
    return f"2020-10-{4 + days:02}T{rest // 60:02}:{rest % 60:02}"


def _write_signatures(lines: Lines, lot: Random) -> None:
    """Section J."""
    members = lot.choice((7, 9, 9, 11))
    present = members - lot.randint(0, 1)
    complaints = lot.choice((0, 0, 0, 0, 1))
    entered = {name: lines[name] for name in ("participated", "valid", "invalid", "against_all")}
    persons = lot.randint(2, 14)
    lines |= {
        "pec_members_total": members,
        "pec_members_present": present,
        "signed": present,
        "opinions_attached": 0,
        "opinions_noted": 0,
        "complaints_received": complaints,
        "complaints_decided": complaints,
        "attachments": ["акт: АЭУнун алдын ала отчёту"] if lines["scanners"] else [],
        "copies": [entered, dict(entered)],
        "persons_present": persons,
        "copies_issued": persons,
    }
