"""Keeping the calendar of the demo: what commissions record as done, most in time, some late, a little not at all.

By the real acts, in the order of the days. Which commission is late is drawn from a fixed seed, so that every start
shows the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from shailoo.accounts.models import Body, Office
from shailoo.cli.demo.acts import done
from shailoo.cli.demo.staff import Staff
from shailoo.commissions.models import Commission
from shailoo.elections.actions import fulfil
from shailoo.elections.agenda import current
from shailoo.elections.deadlines import CALLED_WITH, Level, level_of
from shailoo.elections.fulfilment import PROVIDERS
from shailoo.elections.models import Deadline, Voting, VotingPrecinct
from shailoo.law.calendar import event

IN_TIME = timedelta(days=1, hours=9)  # before the last moment
LATE = timedelta(hours=15)  # after it
LATE_TECS = 3  # of all territorial commissions, for each term
FORGOTTEN = 2  # precinct commissions that never recorded it, for each term


def keep_calendar(voting: Voting, staff: Staff, *, since: datetime, until: datetime) -> int:
    """Record what was due between two instants; returns the number of acts."""
    acts = 0
    cec = staff.cec_operator
    below = _precincts(voting)
    for at, deadline in sorted(_due(voting, since, until), key=lambda pair: pair[0]):
        lot = Random(f"calendar/{deadline.event}")  # noqa: S311 - the same at every start
        note = f"№ {lot.randint(1, 180)} (демо)"
        if level_of(event(deadline.event)) is Level.ONE:
            done(fulfil(voting, deadline.event, bodies=[cec.body], note=note, by=cec, at=at))
            acts += 1
            continue
        late = set(lot.sample(sorted(tec.pk for tec in below), min(LATE_TECS, len(below))))
        for tec, bodies in below.items():
            when = _late(deadline, until) if tec.pk in late else at
            acts += _record(voting, deadline, tec, bodies, note, staff.of_tec(tec, "secretary"), when)
    return acts


def _record(
    voting: Voting,
    deadline: Deadline,
    tec: Commission,
    bodies: Sequence[Body],
    note: str,
    by: Office,
    at: datetime | None,
) -> int:
    """One act of a territorial commission for itself, or for its precinct commissions but a few of the late ones."""
    if at is None:
        return 0
    is_late = deadline.closes is not None and at >= deadline.closes
    bound = bodies[FORGOTTEN if is_late else 0 :] if level_of(event(deadline.event)) is Level.PEC else [tec.body]
    if not bound:
        return 0
    done(fulfil(voting, deadline.event, bodies=bound, note=note, by=by, at=at))
    return 1


def _due(voting: Voting, since: datetime, until: datetime) -> Iterator[tuple[datetime, Deadline]]:
    """What was to be recorded between the two instants, and when it was done."""
    for each in current(voting).filter(not_applicable="", closes__gt=since, closes__lte=until):
        if event(each.event).of_itself or each.event in PROVIDERS or each.event in CALLED_WITH or each.closes is None:
            continue
        opens = each.opens or since
        yield max(opens + timedelta(hours=2), each.closes - IN_TIME, since), each


def _late(deadline: Deadline, until: datetime) -> datetime | None:
    """When a late commission did it; None where that is still to come."""
    if deadline.closes is None or deadline.closes + LATE > until:
        return None
    return deadline.closes + LATE


def _precincts(voting: Voting) -> Mapping[Commission, Sequence[Body]]:
    """Each territorial commission with the bodies of its precinct commissions."""
    found: dict[Commission, list[Body]] = {}
    rows = VotingPrecinct.objects.filter(voting=voting).select_related("tec__body", "precinct__commission__body")
    for each in rows.order_by("tec__body__code", "precinct__number"):
        found.setdefault(each.tec, []).append(each.precinct.commission.body)
    return found
