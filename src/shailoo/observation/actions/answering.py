"""Giving the answers: accreditation with its certificate, or refusal, by the decision on a list; notices by themselves.

Whoever is accredited gets a certificate in the same act. Nobody is answered twice, and what is answered is what the
commission decided: the database holds both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.commissions.models import Decision
from shailoo.documents.certificates.actions import issue_certificates
from shailoo.documents.certificates.models import Certificate
from shailoo.elections.clock import local
from shailoo.law.observation.answers import decided_in_time
from shailoo.law.outcome import Fact, Refused, records
from shailoo.ledger.actions import record
from shailoo.observation import matters
from shailoo.observation.actions.listing import DECIDED, NORMS, Proposed, Sheet, Weighed, hold, is_closed, weigh
from shailoo.observation.badges import CERTIFY, draft_of
from shailoo.observation.messages import tell
from shailoo.observation.models import (
    Accreditation,
    Answer,
    Answering,
    AnswerList,
    Applicant,
    Application,
)
from shailoo.observation.occasion import scene_of
from shailoo.observation.papers.issuing import issue_annex, issue_refusal
from shailoo.observation.queries.terms import Bound, bound_of
from shailoo.observation.states import State


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered: how many were accredited and refused, and who had been taken off the list before."""

    accredited: int
    refused: int
    left_out: int


@records("B4", "R3.4.a2", "R3.4.a1", "R3.5", "L10-1.3.a1", "L11.1")
@transaction.atomic
def answer(found: AnswerList, decision: Decision | None, *, by: Office, at: datetime) -> Answered | Refused:
    """Carry out the decision on a list: everybody on it is accredited or refused as it says (R3.4.a1, R3.5).

    Those accredited stand on the public list from this instant; the delay since the decision is kept (B4, R3.4.a2).
    Refused as a whole where the decision is no ground, comes too late (R3.7.a2), or somebody who is to be accredited is
    barred by now: then a new list is drawn up. Whoever was withdrawn meanwhile is left out.
    """
    norm = NORMS[found.kind]
    if denied := refusal(by, may="observation.answer", at=at, of=found.commission, election=found.election.slug):
        return denied
    hold(found.election)
    if is_closed(found):
        return Refused.because(norm, "answer_list_is_closed", list=found.label)
    if refused := matters.answers(found).refusal(decision, body=found.commission, at=at, norm=norm):
        return refused
    assert decision is not None  # noqa: S101 - `refusal` has told apart what is none; for the type checker
    sheet, left_out = _still_there(found)
    weighed = weigh(sheet, at) if sheet.rows else []
    if isinstance(weighed, Refused):
        return weighed
    if refused := _late(found, decision, weighed):
        return refused
    made = _answered(sheet, weighed, decision, by, at)
    if isinstance(made, Refused):
        return made
    result = Answered(len(made.rows), made.refused, left_out)
    if made.rows:
        issue_annex(found, made.rows, made.refused, decision, by=by, at=at)
    Answering.objects.create(
        list=found, carries_out=decision, office=by, at=at,
        accredited=result.accredited, refused=result.refused, left_out=left_out,
    )  # fmt: skip
    told = {"list": found.label, "sha256": found.digest, "decision": decision.label, "taken_at": decision.taken_at}
    told |= {"accredited": result.accredited, "refused": result.refused, "left_out": left_out}
    record("answer_list.carried_out", subject=found.subject, by=by, at=at, grounds=[norm], payload=told)
    return result


@records("L9.2.a1", "L9.2.a4", "L17.2", "L17.7")
@transaction.atomic
def note(sheet: Sheet, *, by: Office, at: datetime) -> Answered | Refused:
    """Take note of observers of a candidate or party, or register its representatives, with their badges.

    No decision is needed: an observer may observe from the day on which the document was handed in (L9.2.a1, L9.2.a4),
    a representative from registration (L17.2). Whoever the law bars is not noted, on that ground.
    """
    norm = NORMS[sheet.kind]
    if denied := refusal(by, may="observation.answer", at=at, of=sheet.commission, election=sheet.election.slug):
        return denied
    if sheet.kind in DECIDED:
        return Refused.because(norm, "answer_needs_a_decision", fields=("decision",))
    hold(sheet.election)
    weighed = weigh(sheet, at)
    if isinstance(weighed, Refused):
        return weighed
    made = _answered(sheet, weighed, None, by, at)
    if isinstance(made, Refused):
        return made
    told = {"kind": sheet.kind.value, "noted": len(made.rows), "refused": made.refused}
    for application in dict.fromkeys(each.person.application.subject for each in weighed):
        record("notice.noted", subject=application, by=by, at=at, grounds=[norm], payload=told)
    return Answered(len(made.rows), made.refused, 0)


# ------------------------------------------------------------------------------------- who is still there


def _still_there(found: AnswerList) -> tuple[Sheet, int]:
    """The list without those who were withdrawn since it was drawn up, and how many they are."""
    rows = found.rows.select_related("applicant__withdrawal", "applicant__application")
    proposed, gone = [], 0
    for row in rows:
        person = row.applicant
        if hasattr(person, "withdrawal") or person.application.state == State.WITHDRAWN.value:
            gone += 1
        else:
            proposed.append(Proposed(person.pk, row.accredited, row.ground, row.reason))
    kind = Application.Kind(found.kind)
    return Sheet(found.commission, found.election, kind, tuple(proposed)), gone


def _late(found: AnswerList, decision: Decision, weighed: Sequence[Weighed]) -> Refused | None:
    """A decree that accredits international observers after accreditation has closed (R3.7.a2)."""
    if found.kind != Application.Kind.INTERNATIONAL or not any(each.proposed.accredited for each in weighed):
        return None
    outcome = decided_in_time(scene_of(found.election).occasion, decision.taken_at, found.election.edition)
    return Refused(outcome.errors) if outcome.errors else None


# ------------------------------------------------------------------------------------- the answers


@dataclass(frozen=True, slots=True)
class _Made:
    """The accreditations that were given, and how many people were refused."""

    rows: Sequence[Accreditation]
    refused: int


def _answered(
    sheet: Sheet, weighed: Sequence[Weighed], decision: Decision | None, by: Office, at: datetime
) -> _Made | Refused:
    """Answers, certificates, accreditations and refusals written; applications whose last person is answered close."""
    yes = [each.person for each in weighed if each.proposed.accredited]
    certificates = _certificates(sheet, yes, decision, by, at)
    if isinstance(certificates, Refused):
        return certificates
    answers = Answer.objects.bulk_create([_answer(each, decision, by, at) for each in weighed], batch_size=500)
    of_person = {row.applicant_id: row for row in answers}
    rows = Accreditation.objects.bulk_create(
        [
            Accreditation(
                answer=of_person[person.pk],
                applicant=person,
                election=sheet.election,
                kind=sheet.kind.value,
                sender=person.application.sender,
                commission=sheet.commission,
                certificate=certificate,
                since=local(certificate.valid_from).date(),
                at=at,
            )
            for person, certificate in zip(yes, certificates, strict=True)
        ],
        batch_size=500,
    )
    for row in answers:
        if not row.accredited:
            issue_refusal(row, by=by, at=at)
    _close(weighed, at)
    return _Made(rows, len(weighed) - len(yes))


def _answer(each: Weighed, decision: Decision | None, by: Office, at: datetime) -> Answer:
    refused = not each.proposed.accredited
    return Answer(
        applicant=each.person,
        accredited=not refused,
        ground=each.proposed.ground if refused else "",
        norm=each.norm,
        reason=each.proposed.reason.strip() if refused else "",
        decision=decision,
        office=by,
        at=at,
    )


def _certificates(
    sheet: Sheet, people: Sequence[Applicant], decision: Decision | None, by: Office, at: datetime
) -> Sequence[Certificate] | Refused:
    if not people:
        return ()
    bound = bound_of(sheet.election)
    drafts = [draft_of(person, _since(person, decision, bound, at), decision) for person in people]
    return issue_certificates(drafts, by=by, at=at, may=CERTIFY)


def _since(person: Applicant, decision: Decision | None, bound: datetime, at: datetime) -> Bound:
    """From the decision; of an observer of a party from when the document was handed in; else from now (L17.2)."""
    if decision is not None:
        return Bound(decision.taken_at, bound)
    own = person.application
    filed = own.filed_at if own.kind == Application.Kind.OBSERVER else None
    return Bound(filed or at, bound)


def _close(weighed: Iterable[Weighed], at: datetime) -> None:
    """Close each application whose last person is answered, and tell its sender in any case."""
    for application in {each.person.application_id: each.person.application for each in weighed}.values():
        own = [each for each in weighed if each.person.application_id == application.pk]
        waiting = application.applicants.filter(answer__isnull=True, withdrawal__isnull=True)
        if not waiting.exists():
            Application.objects.filter(pk=application.pk).update(state=State.ANSWERED.value)
        yes = sum(each.proposed.accredited for each in own)
        facts: dict[str, Fact] = {"number": application.label, "accredited": yes, "refused": len(own) - yes}
        tell(application.sender, "application_answered", application.subject, facts, at)
