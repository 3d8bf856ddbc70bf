"""The CEC decides a question that the law leaves open; the decision becomes the ground of the determination."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shailoo.accounts import access
from shailoo.accounts.models import Office
from shailoo.commissions.models import Decision
from shailoo.elections.models import Voting
from shailoo.law.outcome import Refused, Unsettled
from shailoo.ledger import actions as ledger
from shailoo.results import matters
from shailoo.results.models import QuestionDecided
from shailoo.results.queries.draft import Draft, draft
from shailoo.results.settling import COURT, answers


@transaction.atomic
def decide_question(
    voting: Voting, *, question: str, option: str, decision: Decision | None, by: Office, at: datetime
) -> QuestionDecided | Refused:
    """Record the decision on an open question of the present draft, or a court's decision that voids the result.

    `option` is one of the question's options; where a tie leaves several places, as many of them, joined by commas. The
    decision holds for the figures that are before the CEC now and lapses when they change.
    """
    if refused := access.refusal(by, may="results.determine", at=at, election=voting.election.slug):
        return refused
    Voting.objects.select_for_update(no_key=True).get(pk=voting.pk)
    now = draft(voting)
    asked = _asked(now, question)
    if asked is None:
        return Refused.because("L37.1.a", "question_not_open", fields=("question",), question=question)
    if not answers(asked, option, now.outcome.value, voting.election.edition):
        return Refused.because(asked.norms[0], "not_an_option", fields=("option",), option=option)
    matter = matters.question(voting, question)
    if refused := matter.refusal(decision, body=by.body, at=at, norm=asked.norms[0]):
        return refused
    assert decision is not None  # noqa: S101  (a missing one was refused)
    decided = QuestionDecided.objects.create(
        voting=voting,
        question=question,
        option=option,
        basis=now.basis,
        version=QuestionDecided.objects.filter(voting=voting, question=question).count() + 1,
        decision=decision.label,
        carries_out=decision,
        text=matters.text_of(decision),
        office=by,
        at=at,
    )
    ledger.record(
        "question.decided",
        subject=f"voting:{voting.pk}",
        by=by,
        at=at,
        grounds=(*asked.norms, decision.ledger_name),
        payload={
            "question": question,
            "option": option,
            "options": list(asked.options),
            "decision": decided.decision,
            "text": decided.text,
            "basis": now.basis,
        },
    )
    return decided


def _asked(now: Draft, question: str) -> Unsettled | None:
    """The question as the draft asks it, decided before or not: a new decision takes the place of an older one."""
    if question == COURT.question:
        return COURT
    return next((each.unsettled for each in now.questions if each.unsettled.question == question), None)
