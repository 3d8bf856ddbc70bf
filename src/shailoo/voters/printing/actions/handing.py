"""The Central Commission hands printed lists to the precinct commissions, each by an act (L14.7.b, L15.5.b1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.commissions.models import Commission
from shailoo.documents.authority import AuthorityLockedError
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import record
from shailoo.ledger.holding import hold
from shailoo.territory.models import Precinct
from shailoo.voters.actions.act import act
from shailoo.voters.lists.models import Edition, Stage
from shailoo.voters.printing import papers, queries
from shailoo.voters.printing.actions.printing import NORMS, superseded
from shailoo.voters.printing.models import HandedCopy, Handover
from shailoo.voters.printing.papers import Copies


@act
def hand_over(edition: Edition, precinct: Precinct, *, by: Office, at: datetime) -> Handover | Refused:
    """Hand a precinct's copies that are ready to its commission, with an act in Kyrgyz and in Russian."""
    if refused := refusal(by, may="voters.hand_over", election=edition.register.election.slug, at=at):
        return refused
    if refused := superseded(edition):
        return refused
    norm = NORMS[Stage(edition.stage)]
    to = Commission.objects.select_related("body").filter(precinct=precinct).first()
    if to is None:
        return Refused.because(norm, "handover_without_commission", precinct=precinct.number)
    hold(f"handover of {edition.pk} to {precinct.pk}")
    ready = queries.ready(edition, precinct)
    if not ready:
        return Refused.because(norm, "handover_of_nothing", precinct=precinct.number)
    return _handed(Copies(edition, precinct, to.body, tuple(ready)), by=by, at=at)


@act
def hand_over_all(
    edition: Edition, precincts: Sequence[Precinct], *, by: Office, at: datetime
) -> list[Handover] | Refused:
    """Hand over what is ready of several precincts, with an act for each; all of it, or nothing."""
    made = []
    for precinct in precincts:
        answer = hand_over(edition, precinct, by=by, at=at)
        if isinstance(answer, Refused):
            return answer
        made.append(answer)
    return made


def _handed(copies: Copies, *, by: Office, at: datetime) -> Handover | Refused:
    norm = NORMS[Stage(copies.edition.stage)]
    number = papers.next_number(copies, by=by, at=at)
    try:
        paper = papers.issue_act(copies, number, by=by, at=at)
    except AuthorityLockedError:
        return Refused.because(norm, "handover_key_is_closed")
    payload = {"edition": str(copies.edition), "precinct": copies.precinct.number, "number": number} | {
        "copies": len(copies.printed)
    }
    subject = f"voter_list:{copies.printed[0].list_id}"
    act_hash = record("voters.lists_handed_over", subject=subject, by=by, at=at, grounds=[norm], payload=payload)
    made = Handover.objects.create(
        edition=copies.edition,
        precinct=copies.precinct,
        to=copies.to,
        number=number,
        paper=paper,
        office=by,
        at=at,
        act=act_hash,
    )
    HandedCopy.objects.bulk_create([HandedCopy(handover=made, printed=each) for each in copies.printed])
    return made
