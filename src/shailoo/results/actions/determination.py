"""The CEC determines the result (L37.1, L55, L64); a new determination is a new version with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shailoo.accounts import access
from shailoo.accounts.models import Office
from shailoo.commissions.models import Decision
from shailoo.elections.actions import happened
from shailoo.elections.models import Voting
from shailoo.law.outcome import Finding, Refused, Severity
from shailoo.ledger import actions as ledger
from shailoo.ledger.canonical import canonical, sha256
from shailoo.results import matters
from shailoo.results.figures import figures_data
from shailoo.results.models import Determination
from shailoo.results.papers import issue_cec_papers
from shailoo.results.queries.draft import Draft, draft
from shailoo.results.queries.outcome import current_determination, rests_on
from shailoo.results.queries.revision import revision
from shailoo.results.reckoning import outcome_data, step_data


@dataclass(frozen=True, slots=True)
class Complaints:
    """What the CEC's final meeting on complaints received and decided (L37.1.b)."""

    received: int = 0
    decided: int = 0


@transaction.atomic
def determine(
    voting: Voting,
    *,
    decision: Decision | None,
    by: Office,
    at: datetime,
    complaints: Complaints | None = None,
    reason: str = "",
) -> Determination | Refused:
    """The CEC determines the result from the present figures (L37.1.a, L64.1, L55.1): it carries out its `decision`.

    Refused with every obstacle that stands (see `queries.draft`). After the first determination a new one needs a
    `reason` and something that changed: figures, readings, or a decision on a question.
    """
    if refused := access.refusal(by, may="results.determine", at=at, election=voting.election.slug):
        return refused
    asked = matters.determination(voting)
    Voting.objects.select_for_update(no_key=True).get(pk=voting.pk)
    seen = revision(voting)
    voting = Voting.objects.select_related("election").get(pk=voting.pk)  # readings taken since the page was opened
    heard = complaints or Complaints()
    before = current_determination(voting)
    now = draft(voting)
    if not seen == now.tabulation.revision == revision(voting):
        return Refused.because("L37.1.a", "figures_changed_meanwhile")
    errors = tuple(found for found in now.obstacles if found.severity is Severity.ERROR)
    missing = asked.refusal(decision, body=by.body, at=at, norm="L37.1.a")
    if findings := (*errors, *(missing.findings if missing else ()), *_formal(heard, reason, before)):
        return Refused(findings)
    assert decision is not None  # noqa: S101  (a missing one was refused)
    made = _made(voting, now, decision, heard, reason, before, by, at)
    if before is not None and _same(before, made, voting, now):
        return Refused.because("L37.1.a", "nothing_changed", version=before.version)
    made.save(force_insert=True)
    act = _record(made, decision, now, by, at)
    happened(voting, "determination_of_results", at, by=by, at=at, act=act)
    issue_cec_papers(made)
    return made


def _formal(heard: Complaints, reason: str, before: Determination | None) -> tuple[Finding, ...]:
    findings = []
    if heard.decided != heard.received:
        facts = {"received": heard.received, "decided": heard.decided}
        findings.append(Finding("L37.1.b", "CR57", Severity.ERROR, facts, ("complaints_decided",)))
    if before is not None and not reason.strip():
        findings.append(Finding("L37.1.a", "reason_missing", Severity.ERROR, fields=("reason",)))
    return tuple(findings)


def _made(
    voting: Voting,
    now: Draft,
    decision: Decision,
    heard: Complaints,
    reason: str,
    before: Determination | None,
    by: Office,
    at: datetime,
) -> Determination:
    data = outcome_data(now.outcome)
    return Determination(
        voting=voting,
        version=before.version + 1 if before else 1,
        decision=decision.label,
        carries_out=decision,
        outcome=now.outcome.value.result.value,
        edition_id=voting.election.edition_id,
        readings=dict(voting.election.readings),
        figures=figures_data(now.facts),
        value={name: data[name] for name in data if name not in ("steps", "findings", "grounds")},
        steps=[step_data(step) for step in now.outcome.steps],
        grounds=list(now.outcome.grounds),
        settles={
            question.unsettled.question: {
                "option": question.decided.option,
                "decision": question.decided.decision,
            }
            for question in now.questions
            if question.decided is not None
        },
        reason=reason.strip(),
        complaints_received=heard.received,
        complaints_decided=heard.decided,
        office=by,
        at=at,
    )


def _same(before: Determination, made: Determination, voting: Voting, now: Draft) -> bool:
    return before.settles == made.settles and rests_on(before, voting, now.tabulation)


def _record(made: Determination, decision: Decision, now: Draft, by: Office, at: datetime) -> str:
    """Returns the hash of the act."""
    return ledger.record(
        "result.determined",
        subject=f"voting:{made.voting_id}",
        by=by,
        at=at,
        grounds=("L37.1.a", *made.grounds, decision.ledger_name),
        payload={
            "version": made.version,
            "decision": made.decision,
            "outcome": made.outcome,
            "edition": made.edition_id,
            "readings": made.readings,
            "basis": now.basis,
            "value": made.value,
            "steps_sha256": sha256(canonical(made.steps)),
            "settles": made.settles,
            "reason": made.reason,
        },
    )
