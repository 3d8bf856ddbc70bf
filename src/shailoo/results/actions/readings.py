"""The CEC takes a reading where the law is silent or contradicts itself, for one election."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shailoo.accounts import access
from shailoo.accounts.models import Office
from shailoo.commissions.models import Decision
from shailoo.elections.actions import compute_deadlines
from shailoo.elections.models import Election, Voting
from shailoo.law.editions import reading_types
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger
from shailoo.results import matters
from shailoo.results.models import Determination, ReadingTaken


@transaction.atomic
def take_reading(
    election: Election,
    *,
    parameter: str,
    option: str,
    decision: Decision | None,
    by: Office,
    at: datetime,
    reopens: str = "",
) -> ReadingTaken | Refused:
    """The CEC decides how the question `parameter` is read in this election; the edition's default stays visible.

    The calendar of the election is computed anew. After a determination a reading of results is changed only by a
    decision that says why the result is to be determined anew (`reopens`): the determination stays as it is, is no
    longer of the present readings, and a new one has to follow.
    """
    if refused := access.refusal(by, may="results.take_reading", at=at, election=election.slug):
        return refused
    held = Election.objects.select_for_update(no_key=True).get(pk=election.pk)
    if refused := _refusal(held, parameter, option, reopens):
        return refused
    asked = matters.reading(held, parameter)
    if refused := asked.refusal(decision, body=by.body, at=at, norm=held.edition.reading(parameter).norms[0]):
        return refused
    assert decision is not None  # noqa: S101  (a missing one was refused)
    reading = held.edition.reading(parameter)
    held.readings = {**held.readings, parameter: option}
    held.save(update_fields=["readings"])
    election.readings = held.readings
    taken = ReadingTaken.objects.create(
        election=held,
        parameter=parameter,
        option=option,
        decision=decision.label,
        carries_out=decision,
        text=matters.text_of(decision),
        office=by,
        at=at,
    )
    ledger.record(
        "reading.taken",
        subject=f"election:{held.pk}",
        by=by,
        at=at,
        grounds=(*reading.norms, decision.ledger_name),
        payload={
            "parameter": parameter,
            "option": option,
            "instead_of": str(reading.taken),
            "default": str(reading.default),
            "decision": taken.decision,
            "text": taken.text,
            "reopens": reopens.strip(),
        },
    )
    for voting in Voting.objects.filter(election=held).select_related("election"):
        compute_deadlines(voting, reason=parameter, at=at)
    return taken


def _refusal(election: Election, parameter: str, option: str, reopens: str) -> Refused | None:
    if parameter not in reading_types():
        return Refused.because("L37.1.a", "no_such_reading", fields=("parameter",), parameter=parameter)
    reading = election.edition.reading(parameter)
    if option not in reading.options:
        return Refused.because(reading.norms[0], "no_such_option", fields=("option",), option=option)
    if option == reading.taken:
        return Refused.because(reading.norms[0], "reading_taken_already", fields=("option",), option=option)
    bears = any(each.name == parameter for each in election.edition.readings_of_results)
    if bears and Determination.objects.filter(voting__election=election).exists() and not reopens.strip():
        return Refused.because("L37.1.a", "already_determined", fields=("reopens",))
    return None
