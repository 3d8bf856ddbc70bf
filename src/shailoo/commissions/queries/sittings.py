"""Reading a sitting: the agenda, what is being voted on, and the minutes."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from shailoo.accounts.models import Office
from shailoo.commissions.law_of import edition_of
from shailoo.commissions.models import AgendaItem, Conclusion, Minutes, Motion, Sitting, Vote
from shailoo.commissions.queries.members import present_members, seats_of
from shailoo.law.outcome import Outcome
from shailoo.law.sittings.majority import Choice, Poll, Verdict, majority
from shailoo.law.sittings.quorum import Present, Quorum, quorum


def agenda(sitting: Sitting) -> QuerySet[AgendaItem]:
    """The items of a sitting in order, each with its motions, their conclusions, decisions and votes."""
    votes = Vote.objects.select_related("person", "office").order_by("person__name")
    motions = Motion.objects.select_related("conclusion", "decision")
    motions = motions.prefetch_related(Prefetch("votes", queryset=votes))
    items = sitting.items.select_related("proposed_by__person", "proposed_by__body")
    return items.prefetch_related(Prefetch("motions", queryset=motions.order_by("version")))


def current_motion(sitting: Sitting) -> Motion | None:
    """The motion being voted on: the last text of an item, put and not concluded; None where there is none."""
    put = Motion.objects.filter(item__sitting=sitting).select_related("item", "conclusion")
    last: dict[int, Motion] = {each.item_id: each for each in put.order_by("put_at", "version")}
    return next((each for each in last.values() if not hasattr(each, "conclusion")), None)


def quorum_now(sitting: Sitting, at: datetime) -> Outcome[Quorum]:
    """Whether the members present at the instant `at` may sit and decide, with the steps of the law."""
    seats = sitting.seats if sitting.seats is not None else seats_of(sitting.commission, at)
    return quorum(Present(seats, len(present_members(sitting, at))), edition_of(at))


def votes_by_member(motion: Motion, at: datetime) -> list[tuple[Office, Vote | None]]:
    """Every member present at the instant `at`, or who voted, with the vote on the motion (None: not yet), by name."""
    cast = {vote.person_id: vote for vote in motion.votes.select_related("office__person")}
    here = {office.person_id: office for office in present_members(motion.item.sitting, at)}
    offices = {**here, **{person: vote.office for person, vote in cast.items()}}
    rows = [(office, cast.get(person)) for person, office in offices.items()]
    return sorted(rows, key=lambda row: row[0].person.name)


def why_concluded(conclusion: Conclusion) -> Outcome[Verdict]:
    """The vote judged again by the law in force then: the steps of the "why?" page."""
    motion = conclusion.motion
    chair = motion.votes.filter(office=motion.item.sitting.chair_id).first()
    poll = Poll(
        seats=conclusion.seats,
        present=conclusion.members_present,
        votes_for=conclusion.votes_for,
        votes_against=conclusion.votes_against,
        votes_abstained=conclusion.votes_abstained,
        chair=Choice(chair.choice) if chair else None,
    )
    return majority(poll, edition_of(conclusion.at))


def last_minutes(sitting: Sitting) -> Minutes | None:
    """The newest version of the minutes; None before the first draft."""
    found = sitting.minutes.select_related("sitting", "publication").prefetch_related("signatures__office__person")
    return found.order_by("-version").first()
