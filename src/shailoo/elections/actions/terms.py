"""The calendar of a voting: its deadlines as computed, what happened, and what was done in time.

Deadlines are computed anew whenever something happens from which terms are counted. A computation never replaces an
earlier one: a deadline that moved has a further version with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office
from shailoo.elections.agenda import bound_by
from shailoo.elections.deadlines import not_applicable
from shailoo.elections.models import Deadline, Fulfilment, Moment, Voting
from shailoo.elections.occasions import occasion_of
from shailoo.law.calendar import Entry, anchors, calendar, event, events, local_day
from shailoo.law.calendar.calling import postpone
from shailoo.law.outcome import Refused, records
from shailoo.ledger import actions as ledger

NORM = "L12.1"  # commissions organize elections: what no narrower norm says of keeping the calendar


def compute_deadlines(voting: Voting, *, reason: str, at: datetime) -> int:
    """Compute every deadline of a voting from what is known; returns how many are new or have moved.

    Part of the act that changed something (`reason`), in its transaction. One computation of a voting at a time: each
    sees what the one before it wrote.
    """
    Voting.objects.select_for_update(no_key=True).get(pk=voting.pk)
    occasion = occasion_of(voting)
    if occasion is None:
        return 0
    last = {each.event: each for each in Deadline.objects.filter(voting=voting).order_by("version")}
    made = []
    for entry in calendar(occasion, voting.election.edition):
        before = last.get(entry.id)
        row = _row(voting, entry, reason, at, version=before.version + 1 if before else 1)
        if before is None or before.term != row.term:
            made.append(row)
    Deadline.objects.bulk_create(made)
    return len(made)


def _row(voting: Voting, entry: Entry, reason: str, at: datetime, *, version: int) -> Deadline:
    return Deadline(
        voting=voting,
        event=entry.id,
        version=version,
        first=entry.first,
        last=entry.last,
        last_inclusive=entry.last_inclusive,
        opens=entry.opens,
        closes=entry.closes,
        hour=entry.time,
        reduced_from=entry.reduced_from,
        waits_for=entry.waits_for or "",
        provisional=entry.provisional,
        due_on_calling=entry.due_on_calling,
        not_applicable=not_applicable(entry, voting),
        reason=reason,
        made_at=at,
    )


def note_moments(
    voting: Voting, moments: Mapping[str, date | datetime], *, by: Office | None, at: datetime, act: str
) -> None:
    """Write down what happened, as part of the act with the hash `act`."""
    Moment.objects.bulk_create(
        Moment(
            voting=voting,
            anchor=anchor,
            day=local_day(moment),
            instant=moment if isinstance(moment, datetime) else None,
            office=by,
            at=at,
            act=act,
        )
        for anchor, moment in moments.items()
    )


def happened(voting: Voting, anchor: str, moment: date | datetime, *, by: Office, at: datetime, act: str) -> int:
    """What follows for the calendar from an act of a department; returns how many deadlines moved."""
    note_moments(voting, {anchor: moment}, by=by, at=at, act=act)
    return compute_deadlines(voting, reason=anchor, at=at)


@transaction.atomic
@records("L59.5", "L48.4.a", "L59.6.b", "L10.1.a2", "L56.2.b", "L57.c", "L63.2.c", "L38.5.a4")
def record_moment(voting: Voting, anchor: str, moment: date | datetime, *, by: Office, at: datetime) -> int | Refused:
    """Record that something happened from which terms are counted, such as the official publication of the calling.

    Returns how many deadlines moved. Refused where no term is counted from it, or where it lies in the future. A later
    note on the same matter corrects an earlier one; both stay.
    """
    if denied := refusal(by, may="elections.record_moment", at=at, election=voting.election.slug):
        return denied
    if anchor not in anchors() or anchor in ("election_day", "calling"):
        return Refused.because(NORM, "no_term_counts_from_it", anchor=anchor, fields=("anchor",))
    if local_day(moment) > local_day(at):
        return Refused.because(NORM, "moment_in_the_future", day=local_day(moment), fields=("day",))
    act = ledger.record(
        "election.moment_recorded",
        subject=f"voting:{voting.pk}",
        by=by,
        at=at,
        grounds=_norms_from(anchor),
        payload={"anchor": anchor, "moment": moment},
    )
    return happened(voting, anchor, moment, by=by, at=at, act=act)


def _norms_from(anchor: str) -> tuple[str, ...]:
    """The norms whose terms are counted from an anchor."""
    return tuple(dict.fromkeys(norm for each in events().values() if each.anchor == anchor for norm in each.norms))


@transaction.atomic
def fulfil(
    voting: Voting, name: str, *, bodies: Sequence[Body], note: str, by: Office, at: datetime
) -> tuple[Fulfilment, ...] | Refused:
    """Record that bodies have done what a deadline asks of them, with the paper that shows it (`note`), in one act.

    A territorial commission may record for its precinct commissions at once. Refused where the deadline is none of this
    voting's, asks nothing, binds none of the bodies, is done already, or where the term has not begun. Done late is
    recorded all the same: the record says that it was late.
    """
    for body in bodies:
        if denied := refusal(by, may="elections.fulfil", at=at, of=body, election=voting.election.slug):
            return denied
    deadline = Deadline.objects.filter(voting=voting, event=name).order_by("-version").first()
    if deadline is None or deadline.not_applicable or event(name).of_itself:
        return Refused.because(NORM, "no_such_deadline", fields=("event",))
    norm = event(name).norms[0]
    if not note.strip():
        return Refused.because(norm, "fulfilment_needs_a_paper", fields=("note",))
    if deadline.opens is not None and at < deadline.opens:
        return Refused.because(norm, "term_has_not_begun", first=local_day(deadline.opens))
    if not bodies or not bound_by(voting, name, bodies):
        return Refused.because(norm, "deadline_binds_others", fields=("bodies",))
    Voting.objects.select_for_update(no_key=True).get(pk=voting.pk)
    if Fulfilment.objects.filter(voting=voting, event=name, body__in=bodies).exists():
        return Refused.because(norm, "fulfilled_before", fields=("bodies",))
    act = ledger.record(
        "deadline.fulfilled",
        subject=f"voting:{voting.pk}",
        by=by,
        at=at,
        grounds=event(name).norms,
        payload={
            "event": name,
            "bodies": [body.code for body in bodies],
            "note": note.strip(),
            "version": deadline.version,
        },
    )
    rows = [
        Fulfilment(voting=voting, event=name, body=body, office=by, at=at, note=note.strip(), act=act)
        for body in bodies
    ]
    return tuple(Fulfilment.objects.bulk_create(rows))


@transaction.atomic
def postpone_voting(voting: Voting, registered_lists: int, *, by: Office, at: datetime) -> Voting | Refused:
    """Move the day by the term of L61.6 where at most one list stands, and count every term from the new day.

    Refused where more lists stand, before registration ends, for a presidential election, and once the day has come.
    """
    if denied := refusal(by, may="elections.call", at=at, election=voting.election.slug):
        return denied
    voting = Voting.objects.select_for_update(no_key=True, of=("self",)).select_related("election").get(pk=voting.pk)
    occasion = occasion_of(voting)
    if occasion is None or occasion.kind not in event("postponement_no_lists").kinds:
        return Refused.because("L61.6", "only_lists_are_postponed_for")
    ends = Deadline.objects.filter(voting=voting, event="registration_end_jk").order_by("-version").first()
    if ends is None or ends.closes is None or at < ends.closes or local_day(at) >= voting.day:
        return Refused.because("L61.6", "not_the_time_to_postpone")
    found = postpone(occasion, registered_lists, voting.election.edition)
    if found.value.election_day == voting.day:
        return Refused.because("L61.6", "lists_enough_to_vote", lists=registered_lists)
    before = voting.day
    voting.day = found.value.election_day
    voting.save(update_fields=["day"])
    ledger.record(
        "election.postponed",
        subject=f"voting:{voting.pk}",
        by=by,
        at=at,
        grounds=("L61.6",),
        payload={"from": before, "to": voting.day, "lists": registered_lists},
    )
    compute_deadlines(voting, reason="election.postponed", at=at)
    return voting
