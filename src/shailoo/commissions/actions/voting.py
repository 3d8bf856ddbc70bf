"""Putting a motion to the vote, each member's vote, and the conclusion: a decision or a rejection (L12.4).

Members vote openly, each for themself; at a show of hands the chair or the secretary writes all votes down at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db import transaction
from django.db.models import Max

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.commissions.actions.agenda import settle_item
from shailoo.commissions.actions.at_hand import before, held_commission, held_item, held_motion, refusal_of, unless_in
from shailoo.commissions.law_of import edition_of, local_year
from shailoo.commissions.models import AgendaItem, Conclusion, Decision, Motion, Sitting, Vote
from shailoo.commissions.queries.members import present_members
from shailoo.commissions.states import ItemAct, ItemState, State, item_arcs
from shailoo.law.norms import known
from shailoo.law.outcome import Outcome, Refused, records
from shailoo.law.sittings.majority import Choice, Poll, Verdict, majority
from shailoo.law.sittings.quorum import Present, quorum
from shailoo.ledger import actions as ledger


@dataclass(frozen=True, slots=True)
class Text:
    """What is put to the vote, in one language at least; a title that is empty everywhere is that of the item.

    `replaces` or `repeals` is a decision in force of this commission, or of one below it.
    """

    title_ky: str = ""
    title_ru: str = ""
    title_en: str = ""
    text_ky: str = ""
    text_ru: str = ""
    text_en: str = ""
    norms: tuple[str, ...] = ()
    replaces: Decision | None = None
    repeals: Decision | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A motion that did not find the majority; `outcome` says why."""

    conclusion: Conclusion
    outcome: Outcome[Verdict]


Concluded: TypeAlias = "Decision | AgendaItem | Rejected"
"""A decision; or, of a vote on dealing with a proposal, the item as it was settled; or a rejection."""


# ---------------------------------------------------------------- putting a motion


@transaction.atomic
def put_motion(item: AgendaItem, text: Text, *, by: Office, at: datetime) -> Motion | Refused:
    """Put a text on an item of the agenda to the vote; a changed text is a new version, and earlier votes lapse."""
    held = held_item(item)
    if denied := _cannot_put(held, by, at):
        return denied
    if held.state != ItemState.INCLUDED:
        return Refused.because("L12.4", "item_in_another_state", position=held.position)
    faults = [*_faults_of_text(text), *_faults_of_ends(held.sitting, text)]
    if faults:
        return Refused(tuple(found for fault in faults for found in fault.findings))
    return _put(held, text, Motion.Purpose.DECISION, by=by, at=at)


@records("L18.1.2")
@transaction.atomic
def put_to_agenda_vote(item: AgendaItem, *, by: Office, at: datetime) -> Motion | Refused:
    """Let the members vote on whether a proposal is dealt with (L18.1.2)."""
    held = held_item(item)
    if denied := _cannot_put(held, by, at):
        return denied
    if not item_arcs(ItemState(held.state), ItemAct.VOTE):
        return Refused.because("L12.4", "item_in_another_state", position=held.position)
    return _put(held, Text(), Motion.Purpose.AGENDA, by=by, at=at)


def _cannot_put(item: AgendaItem, by: Office, at: datetime) -> Refused | None:
    if denied := refusal_of(by, item.sitting, may="commissions.keep_sitting", at=at):
        return denied
    if denied := unless_in(item.sitting, State.OPEN) or before(item.sitting, at):
        return denied
    if Decision.objects.filter(motion__item=item).exists():
        return Refused.because("L12.4", "item_decided_already", position=item.position)
    return None


def _faults_of_text(text: Text) -> Iterable[Refused]:
    if not any(each.strip() for each in (text.text_ky, text.text_ru, text.text_en)):
        yield Refused.because("L12.4", "text_needed", fields=("text_ky",))
    for norm in text.norms:
        if not known(norm):
            yield Refused.because("L12.4", "norm_unknown", fields=("norms",), citation=norm)


def _faults_of_ends(sitting: Sitting, text: Text) -> Iterable[Refused]:
    if text.replaces is not None and text.repeals is not None:
        yield Refused.because("L12.4", "replaces_or_repeals", fields=("replaces", "repeals"))
    ends = (("replaces", text.replaces), ("repeals", text.repeals))
    for field, ended in ((field, ended) for field, ended in ends if ended is not None):
        fresh = Decision.objects.select_related("body", "replaced_by", "repealed_by").get(pk=ended.pk)
        if not _may_end(sitting.commission.body_id, fresh):
            body = sitting.commission.body.code
            yield Refused.because("L12.4", "ground_of_another_body", fields=(field,), decision=fresh.label, body=body)
        elif fresh.ended_by is not None:
            facts = {"decision": fresh.label, "ended_by": fresh.ended_by.label}
            yield Refused.because("L12.4", "ground_not_in_force", fields=(field,), **facts)


def _may_end(body_id: int, decision: Decision) -> bool:
    """A commission ends its own decisions and those of commissions below it."""
    body = decision.body
    while body.pk != body_id and body.superior is not None:
        body = body.superior
    return body.pk == body_id


def _put(item: AgendaItem, text: Text, purpose: Motion.Purpose, *, by: Office, at: datetime) -> Motion:
    last = item.motions.aggregate(last=Max("version"))["last"] or 0
    titled = text if any((text.title_ky, text.title_ru, text.title_en)) else item
    motion = Motion.objects.create(
        item=item,
        version=last + 1,
        purpose=purpose,
        title_ky=titled.title_ky,
        title_ru=titled.title_ru,
        title_en=titled.title_en,
        text_ky=text.text_ky.strip(),
        text_ru=text.text_ru.strip(),
        text_en=text.text_en.strip(),
        norms=list(text.norms),
        replaces=text.replaces,
        repeals=text.repeals,
        put_by=by,
        put_at=at,
    )
    payload = {"position": item.position, "version": motion.version, "purpose": purpose.value}
    _record("motion.put", item.sitting, by=by, at=at, grounds=text.norms or ("L12.4",), payload=payload)
    return motion


# ---------------------------------------------------------------- voting


@transaction.atomic
def cast_vote(motion: Motion, choice: Vote.Choice, *, by: Office, at: datetime) -> Vote | Refused:
    """Vote for oneself: a member present, once on a motion."""
    held = held_motion(motion)
    may = "commissions.vote"
    body, election = held.item.sitting.commission.body, held.item.sitting.election or None
    if denied := refusal(by, may=may, of=body, at=at, election=election):
        return denied
    if denied := _cannot_vote(held, {by: choice}, at):
        return denied
    return _keep_votes(held, {by: choice}, by=by, at=at)[0]


@transaction.atomic
def record_votes(
    motion: Motion, choices: Mapping[Office, Vote.Choice], *, by: Office, at: datetime
) -> list[Vote] | Refused:
    """Write a show of hands down: the votes of members present who have not voted yet; all of them, or none."""
    held = held_motion(motion)
    if denied := refusal_of(by, held.item.sitting, may="commissions.keep_sitting", at=at):
        return denied
    if denied := _cannot_vote(held, choices, at):
        return denied
    return _keep_votes(held, choices, by=by, at=at)


def _cannot_vote(motion: Motion, choices: Mapping[Office, Vote.Choice], at: datetime) -> Refused | None:
    if denied := unless_in(motion.item.sitting, State.OPEN) or _not_at_vote(motion, at):
        return denied
    voting = [office.person_id for office in choices]
    here = {office.pk for office in present_members(motion.item.sitting, at)}
    absent = [office for office in choices if office.pk not in here]
    if absent:
        return Refused.because("L12.4", "absent_from_the_vote", fields=("votes",), name=absent[0].person.name)
    again = motion.votes.filter(person__in=voting).select_related("person").first()
    if again is not None or len(set(voting)) < len(voting):
        name = again.person.name if again else next(iter(choices)).person.name
        return Refused.because("L12.4", "voted_already", fields=("votes",), name=name)
    return None


def _not_at_vote(motion: Motion, at: datetime) -> Refused | None:
    """The refusal where the motion is not, or no longer, the one that is voted on."""
    if Conclusion.objects.filter(motion=motion).exists():
        return Refused.because("L12.4", "vote_concluded_already", position=motion.item.position)
    if motion.item.motions.filter(version__gt=motion.version).exists():
        return Refused.because("L12.4", "a_newer_text_is_put", position=motion.item.position)
    return Refused.because("L12.4", "before_the_motion", fields=("at",)) if at < motion.put_at else None


def _keep_votes(motion: Motion, choices: Mapping[Office, Vote.Choice], *, by: Office, at: datetime) -> list[Vote]:
    votes = Vote.objects.bulk_create(
        [
            Vote(motion=motion, office=office, person_id=office.person_id, choice=choice, recorded_by=by, at=at)
            for office, choice in choices.items()
        ]
    )
    told = {str(office.pk): Vote.Choice(choice).value for office, choice in choices.items()}
    payload = {"position": motion.item.position, "version": motion.version, "votes": told}
    _record("motion.voted", motion.item.sitting, by=by, at=at, grounds=("L12.4",), payload=payload)
    return votes


# ---------------------------------------------------------------- concluding


@transaction.atomic
def conclude_motion(motion: Motion, *, by: Office, at: datetime) -> Concluded | Refused:
    """Count the votes and declare what came of them, by the law's quorum and majority (L12.4).

    An adopted motion to decide becomes the decision with the next number of the body and year.
    """
    held = held_motion(motion)
    sitting = held.item.sitting
    if denied := refusal_of(by, sitting, may="commissions.issue_decision", at=at) or unless_in(sitting, State.OPEN):
        return denied
    if denied := _not_at_vote(held, at) or _votes_after(held, at):
        return denied
    if held.purpose == Motion.Purpose.DECISION and (late := next(iter(_faults_of_ends(sitting, _ends(held))), None)):
        return late
    present = len(present_members(sitting, at))
    seats = sitting.seats or 0
    enough = quorum(Present(seats, present), edition_of(at))
    outcome = majority(_poll(held, seats, present), edition_of(at))
    if errors := (*enough.errors, *outcome.errors):
        return Refused(errors)
    conclusion = _conclude(held, outcome, seats, present, by=by, at=at)
    if held.purpose == Motion.Purpose.AGENDA:
        return _settled(held, conclusion, by=by, at=at)
    return _decide(held, conclusion, by=by) if conclusion.adopted else Rejected(conclusion, outcome)


def _ends(motion: Motion) -> Text:
    return Text(replaces=motion.replaces, repeals=motion.repeals)


def _votes_after(motion: Motion, at: datetime) -> Refused | None:
    later = motion.votes.filter(at__gt=at).exists()
    return Refused.because("L12.4", "before_what_was_recorded", fields=("at",)) if later else None


def _poll(motion: Motion, seats: int, present: int) -> Poll:
    cast = {vote.office_id: Choice(vote.choice) for vote in motion.votes.all()}
    choices = list(cast.values())
    return Poll(
        seats=seats,
        present=present,
        votes_for=choices.count(Choice.FOR),
        votes_against=choices.count(Choice.AGAINST),
        votes_abstained=choices.count(Choice.ABSTAINED),
        chair=cast.get(motion.item.sitting.chair_id or 0),
    )


def _conclude(
    motion: Motion, outcome: Outcome[Verdict], seats: int, present: int, *, by: Office, at: datetime
) -> Conclusion:
    counted = _poll(motion, seats, present)
    conclusion = Conclusion.objects.create(
        motion=motion,
        adopted=outcome.value.adopted,
        votes_for=counted.votes_for,
        votes_against=counted.votes_against,
        votes_abstained=counted.votes_abstained,
        members_present=present,
        seats=seats,
        needed=outcome.value.needed,
        office=by,
        at=at,
    )
    payload = {
        "position": motion.item.position,
        "version": motion.version,
        "adopted": conclusion.adopted,
        "for": conclusion.votes_for,
        "against": conclusion.votes_against,
        "abstained": conclusion.votes_abstained,
        "present": present,
        "seats": seats,
        "needed": conclusion.needed,
    }
    _record("motion.concluded", motion.item.sitting, by=by, at=at, grounds=outcome.grounds, payload=payload)
    return conclusion


def _settled(motion: Motion, conclusion: Conclusion, *, by: Office, at: datetime) -> AgendaItem:
    """The members' vote on dealing with a proposal settles it (L18.1.2)."""
    if conclusion.adopted:
        return settle_item(motion.item, ItemState.INCLUDED, "", by=by, at=at)
    against = f"{conclusion.votes_for} : {conclusion.votes_against}"
    return settle_item(motion.item, ItemState.DECLINED, motion.item.reason or against, by=by, at=at)


def _decide(motion: Motion, conclusion: Conclusion, *, by: Office) -> Decision:
    sitting, item = motion.item.sitting, motion.item
    body = held_commission(sitting.commission).body
    year = local_year(conclusion.at)
    last = Decision.objects.filter(body=body, year=year).aggregate(last=Max("number"))["last"] or 0
    decision = Decision.objects.create(
        body=body,
        year=year,
        number=last + 1,
        matter=item.matter,
        subject=item.subject,
        election=sitting.election,
        title_ky=motion.title_ky,
        title_ru=motion.title_ru,
        title_en=motion.title_en,
        text_ky=motion.text_ky,
        text_ru=motion.text_ru,
        text_en=motion.text_en,
        norms=motion.norms,
        sitting=sitting,
        motion=motion,
        votes_for=conclusion.votes_for,
        votes_against=conclusion.votes_against,
        votes_abstained=conclusion.votes_abstained,
        members_present=conclusion.members_present,
        seats=conclusion.seats,
        taken_at=conclusion.at,
        office=by,
        replaces=motion.replaces,
        repeals=motion.repeals,
    )
    _tell(decision, by)
    return decision


def _tell(decision: Decision, by: Office) -> None:
    titles = {f"title_{each}": getattr(decision, f"title_{each}") for each in ("ky", "ru", "en")}
    ends = {"replaces": decision.replaces_id, "repeals": decision.repeals_id}
    payload = {"number": decision.label, "matter": decision.matter, "subject": decision.subject, **titles, **ends}
    grounds = decision.norms or ("L12.4",)
    name = decision.ledger_name
    ledger.record("decision.taken", subject=name, by=by, at=decision.taken_at, grounds=grounds, payload=payload)


def _record(
    name: str, sitting: Sitting, *, by: Office, at: datetime, grounds: Iterable[str], payload: Mapping[str, object]
) -> None:
    ledger.record(name, subject=sitting.ledger_name, by=by, at=at, grounds=grounds, payload=payload)
