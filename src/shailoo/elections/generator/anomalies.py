"""What goes wrong at some precincts, each kind under its name, and what it does to the protocol.

A kind without an explanation makes no finding. A warning comes with the commission's explanation; a difference of
accounting comes with an act, because a true count stands (L36.7).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

Lines: TypeAlias = dict[str, Any]  # Any: line id -> count, text, record, as law.protocol reads them


class Anomaly(StrEnum):
    CHEQUE_MISSING = "cheque_missing"
    BALLOT_TAKEN_AWAY = "ballot_taken_away"
    LATE_OPENING = "late_opening"
    LATE_SCANNER_REPORT = "late_scanner_report"
    MEMBER_DID_NOT_SIGN = "member_did_not_sign"
    UNOFFICIAL_BALLOT = "unofficial_ballot"
    MONITOR_DIFFERS = "monitor_differs"
    SCANNER_MISMATCH = "scanner_mismatch"
    SCANNER_FAILED = "scanner_failed"  # made by `sheets`: the additional one took over; nothing to explain
    MOBILE_BOX_OVER = "mobile_box_over"  # made by `sheets`: the box is invalid as a whole (L35.6)
    BALLOT_MISSING = "ballot_missing"  # a difference of accounting: accepted with an act


@dataclass(frozen=True, slots=True)
class Account:
    """What the commission writes about it: the explanation of a warning, or the text of an act."""

    explanation: str = ""
    act: str = ""


ACCOUNTS: Mapping[Anomaly, Account] = {
    Anomaly.CHEQUE_MISSING: Account(
        "Бир идентификация чеги принтердин кагазы алмашканда жыртылып калган; шайлоочунун колу тизмеде турат."
    ),
    Anomaly.BALLOT_TAKEN_AWAY: Account("Бир шайлоочу бюллетенди урнага салбай алып кеткен, байкоочулар көргөн."),
    Anomaly.LATE_OPENING: Account("Электр жарыгы өчкөндүктөн добуш берүү кечирээк башталды, акт түзүлгөн."),
    Anomaly.LATE_SCANNER_REPORT: Account("Урнанын отчётун басып чыгаруу принтердин айынан кечикти, акт түзүлгөн."),
    Anomaly.MEMBER_DID_NOT_SIGN: Account("Комиссиянын бир мүчөсү өзгөчө пикирин жазып, протоколго кол койгон жок."),
    Anomaly.UNOFFICIAL_BALLOT: Account("Урнадан белгиленбеген үлгүдөгү бир баракча табылды, эсепке алынган жок."),
    Anomaly.MONITOR_DIFFERS: Account("Монитордо акыркы толуктоо көрсөтүлгөн эмес; кагаз тизме боюнча сан туура."),
    Anomaly.SCANNER_MISMATCH: Account("Так эмес коюлган белгилерди кол менен санаганда комиссия башкача баалады."),
    Anomaly.MOBILE_BOX_OVER: Account(
        "Көчмө урнада арыздардан ашык бюллетень табылды; урна бүтүндөй жараксыз деп табылды, акт түзүлгөн."
    ),
    Anomaly.BALLOT_MISSING: Account(
        act="Сейфтеги жараксыз кылынган бюллетендерди кайра санаганда бирөө жетпей чыкты. Үч жолу саналды; "
        "чыныгы сан калтырылды."
    ),
}


def _cheque_missing(lines: Lines) -> None:
    lines["cheques_premises"] -= 1
    lines["cheques_total"] -= 1


def _ballot_taken_away(lines: Lines) -> None:
    """One more voter signed and got a ballot, which is in no box."""
    for line in ("signed_premises", "participated", "cheques_premises", "cheques_total", "identified_final"):
        lines[line] += 1
    for line in ("issued_premises", "issued_total", "batches_total", "voted_list_rows"):
        lines[line] += 1
    lines["unused_in_safe"] -= 1
    for line in ("unused_total", "cancelled_total", "package_cancelled_quantity"):
        lines[line] -= 1
    lines["pages"][0]["signed_premises"] += 1


def _late_opening(lines: Lines) -> None:
    lines["opened_at"] = "08:25"


def _late_scanner_report(lines: Lines) -> None:
    lines["scanners"][-1]["report_at"] = "21:20"


def _member_did_not_sign(lines: Lines) -> None:
    lines["signed"] -= 1


def _unofficial_ballot(lines: Lines) -> None:
    lines["unofficial"] = 1


def _monitor_differs(lines: Lines) -> None:
    lines["monitor_voters_listed"] -= 1


def _scanner_mismatch(lines: Lines) -> None:
    """The scanner read two doubtful marks for the strongest list as invalid; the hand count stands (L35.14)."""
    scanner = lines["scanners"][-1]
    strongest = max(scanner["votes"], key=scanner["votes"].__getitem__)
    moved = min(2, scanner["votes"][strongest])
    scanner["votes"][strongest] -= moved
    scanner["total"] -= moved
    lines["scanner_total"] -= moved
    lines["mismatch_total"] += moved
    lines["mismatch_by_option"][strongest] += moved


def _ballot_missing(lines: Lines) -> None:
    for line in ("unused_in_safe", "unused_total", "cancelled_total", "package_cancelled_quantity"):
        lines[line] -= 1


CHANGES: Mapping[Anomaly, Callable[[Lines], None]] = {
    Anomaly.CHEQUE_MISSING: _cheque_missing,
    Anomaly.BALLOT_TAKEN_AWAY: _ballot_taken_away,
    Anomaly.LATE_OPENING: _late_opening,
    Anomaly.LATE_SCANNER_REPORT: _late_scanner_report,
    Anomaly.MEMBER_DID_NOT_SIGN: _member_did_not_sign,
    Anomaly.UNOFFICIAL_BALLOT: _unofficial_ballot,
    Anomaly.MONITOR_DIFFERS: _monitor_differs,
    Anomaly.SCANNER_MISMATCH: _scanner_mismatch,
    Anomaly.BALLOT_MISSING: _ballot_missing,
}
"""The kinds that change a consistent protocol afterwards."""
