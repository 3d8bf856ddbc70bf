"""A TEC signs its protocol of voting results: the sums of its precincts and the summary table (L36.2, L36.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from shailoo.accounts import access
from shailoo.accounts.models import Office
from shailoo.commissions.models import Commission, Sitting
from shailoo.commissions.queries import members_who_came
from shailoo.elections.models import Voting
from shailoo.law.outcome import Finding, Refused, Severity, records
from shailoo.law.protocol import Level, check
from shailoo.ledger import actions as ledger
from shailoo.ledger.canonical import canonical, sha256
from shailoo.results.models import TecProtocol
from shailoo.results.papers import issue_tec_papers
from shailoo.results.queries.precincts import Standing
from shailoo.results.queries.sums import LINES
from shailoo.results.queries.tabulating import tabulate
from shailoo.results.queries.territorial import SummaryTable, summary_table
from shailoo.results.tabulation import Sums

_NOTHING: Mapping[str, str] = MappingProxyType({})
_GROUNDS = ("L36.2.a1", "L36.2.b2", "L36.2.b3", "L36.2.c1", "L36.2.c4", "L36.3.a1")


@dataclass(frozen=True, slots=True)
class FinalMeeting:
    """The TEC's mandatory sitting on complaints before it signs (L36.2.c1, L36.2.c2)."""

    sitting: Sitting | None
    complaints_received: int = 0
    complaints_decided: int = 0


@transaction.atomic
@records("L36.1.a2", "L36.2.c4", "L36.3.a1")
def sign_tec_protocol(
    voting: Voting,
    tec: Commission,
    *,
    by: Office,
    at: datetime,
    meeting: FinalMeeting,
    not_summed: Mapping[str, str] = _NOTHING,
    reason: str = "",
) -> TecProtocol | Refused:
    """The TEC signs the protocol of its territory over the present figures of its precincts (L36.2.b2 to L36.2.c4).

    `not_summed` gives, by precinct number, the reason why a precinct's protocol is not in the sums (CR60); an invalid
    precinct's reason is its decision. After a change of figures the TEC signs a new version, with its `reason`
    (L36.7.a5). Refused while a precinct is neither summed nor listed.
    """
    if refused := access.refusal(
        by, may="results.sign_tec_protocol", at=at, of=tec.body, election=voting.election.slug
    ):
        return refused
    Commission.objects.select_for_update(no_key=True, of=("self",)).get(pk=tec.pk)
    row = next((each for each in tabulate(voting).tecs if each.code == tec.body.code), None)
    if row is None:
        return Refused.because("L36.2.a1", "no_precincts", commission=tec.body.code)
    papers = summary_table(voting, tec)
    reasons = {**_invalidated(papers), **{number: text.strip() for number, text in not_summed.items()}}
    sitting = _as_it_stands(meeting.sitting)
    findings = (
        *_unlisted(papers, reasons),
        *_meeting(meeting, sitting, voting, tec, at),
        *_aggregate(voting, row.sums, papers, meeting, reasons),
    )
    if findings:
        return Refused(findings)
    before = TecProtocol.objects.filter(voting=voting, tec=tec).order_by("-version").first()
    if refused := _version(before, row.sums, papers, reason):
        return refused
    assert sitting is not None  # noqa: S101  (a missing one is a finding)
    assert sitting.opened_at is not None  # noqa: S101  (as is one that was not opened)
    signed = TecProtocol.objects.create(
        voting=voting,
        tec=tec,
        version=before.version + 1 if before else 1,
        pec_count=papers.precincts,
        protocols_used=row.sums.summed,
        sums=dict(row.sums.lines),
        votes=list(row.sums.votes),
        table=papers.table,
        not_summed=[{"precinct": number, "reason": reasons[number]} for number, _ in papers.not_summed],
        office=by,
        at=at,
        reason=reason.strip(),
        final_sitting=sitting,
        final_meeting_at=sitting.opened_at,
        complaints_received=meeting.complaints_received,
        complaints_decided=meeting.complaints_decided,
    )
    _record(signed, sitting, by, at)
    issue_tec_papers(signed)
    return signed


def _record(signed: TecProtocol, sitting: Sitting, by: Office, at: datetime) -> None:
    """The act in the chain names the sums and the hash of the whole table, so that neither can be exchanged.

    It names the final sitting and how many members came to it; who they were stands in the record of the sitting.
    """
    ledger.record(
        "tec_protocol.signed",
        subject=f"tec_protocol:{signed.pk}",
        by=by,
        at=at,
        grounds=(*_GROUNDS, sitting.ledger_name),
        payload={
            "voting": signed.voting_id,
            "version": signed.version,
            "protocols_used": signed.protocols_used,
            "sums": signed.sums,
            "votes": signed.votes,
            "table_sha256": sha256(canonical(signed.table)),
            "not_summed": signed.not_summed,
            "reason": signed.reason,
            "final_sitting": str(sitting),
            "members_present": len(members_who_came(sitting)),
            "complaints_received": signed.complaints_received,
            "complaints_decided": signed.complaints_decided,
        },
    )


def _as_it_stands(sitting: Sitting | None) -> Sitting | None:
    """The sitting as the database has it now."""
    return Sitting.objects.filter(pk=sitting.pk).first() if sitting else None


def _invalidated(papers: SummaryTable) -> dict[str, str]:
    return {number: "invalidated" for number, standing in papers.not_summed if standing is Standing.INVALIDATED}


def _unlisted(papers: SummaryTable, reasons: Mapping[str, str]) -> tuple[Finding, ...]:
    """Every precinct without accepted figures and without a reason; and reasons given for precincts that are summed."""
    codes = {Standing.QUARANTINED: ("L36.2.b1", "protocol_parked")}
    missing = [(number, standing) for number, standing in papers.not_summed if not reasons.get(number)]
    strangers = sorted(reasons.keys() - {number for number, _ in papers.not_summed})
    return (
        *(
            Finding(norm, code, Severity.ERROR, {"precinct": number}, (f"not_summed.{number}",))
            for number, standing in missing
            for norm, code in (codes.get(standing, ("L36.2.b2", "protocol_missing")),)
        ),
        *(
            Finding("L36.2.b3", "listed_but_summed", Severity.ERROR, {"precinct": number}, (f"not_summed.{number}",))
            for number in strangers
        ),
    )


def _meeting(
    meeting: FinalMeeting, sitting: Sitting | None, voting: Voting, tec: Commission, at: datetime
) -> tuple[Finding, ...]:
    """L36.2.c1: the sitting on complaints comes before the signing, and decides each of them (CR57)."""
    findings = []
    if (wrong := _not_the_final_sitting(sitting, voting, tec, at)) is not None:
        findings.append(Finding("L36.2.c1", wrong, Severity.ERROR, fields=("sitting",)))
    if meeting.complaints_decided != meeting.complaints_received:
        facts = {"received": meeting.complaints_received, "decided": meeting.complaints_decided}
        findings.append(Finding("L36.2.c1", "CR57", Severity.ERROR, facts, ("complaints_decided",)))
    return tuple(findings)


def _not_the_final_sitting(sitting: Sitting | None, voting: Voting, tec: Commission, at: datetime) -> str | None:
    """What keeps the sitting from being the final one of this TEC in this election, held before `at`; None: nothing."""
    if sitting is None:
        return "final_sitting_missing"
    if sitting.commission_id != tec.pk:
        return "final_sitting_of_another_commission"
    if sitting.kind != Sitting.Kind.FINAL or sitting.election != voting.election.slug:
        return "not_the_final_sitting"
    if sitting.opened_at is None or not members_who_came(sitting):
        return "final_sitting_not_held"
    return "meeting_after_signing" if sitting.opened_at > at else None


def _aggregate(
    voting: Voting, sums: Sums, papers: SummaryTable, meeting: FinalMeeting, reasons: Mapping[str, str]
) -> tuple[Finding, ...]:
    """The correlations of a territory (CR60, CR61, CR64, CR68): sums made by the database against rows added here.

    CR61 also fails where a protocol was accepted between the two readings: signing again then settles it.
    """
    known = [name for name in LINES if sums.lines[name] is not None]
    rows = [dict(zip(LINES, row[2 : 2 + len(LINES)], strict=True)) for row in papers.table]
    places = range(len(sums.votes))
    held = check(
        {
            "pec_count": papers.precincts,
            "protocols_used": sums.summed,
            "precincts_not_summed": [number for number, _ in papers.not_summed if reasons.get(number)],
            "tec_line": {**{name: sums.lines[name] for name in known}, **{f"votes.{n}": sums.votes[n] for n in places}},
            "precincts_summed": [
                {
                    "lines": {
                        **{name: row[name] for name in known},
                        **{f"votes.{n}": votes[n] for n in places},
                    }
                }
                for row, votes in zip(rows, (row[2 + len(LINES) :] for row in papers.table), strict=True)
            ],
            "precinct_numbers": list(papers.numbers),
            "recount_protocols": [
                {"replaced_summed": papers.numbers.count(number) > 1, "recount_mark": True}
                for number in papers.recounts
            ],
            "complaints_received": meeting.complaints_received,
            "complaints_decided": meeting.complaints_decided,
        },
        voting.election.edition,
        level=Level.TEC,
    )
    return tuple(found.finding() for found in held.errors)


def _version(before: TecProtocol | None, sums: Sums, papers: SummaryTable, reason: str) -> Refused | None:
    """A new version needs figures that changed and says why (L36.7.a5)."""
    if before is None:
        return None
    numbers = [number for number, _ in papers.not_summed]
    if (before.table, before.votes, [entry["precinct"] for entry in before.not_summed]) == (
        papers.table,
        list(sums.votes),
        numbers,
    ):
        return Refused.because("L36.2.c4", "nothing_changed", version=before.version)
    if not reason.strip():
        return Refused.because("L36.7.a5", "reason_missing", fields=("reason",))
    return None
