"""The demo's CEC draws the order of the parties' air time by lot, with public dice, before everybody's eyes (L24.8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from shailoo.cli.demo import times
from shailoo.cli.demo.acts import done
from shailoo.cli.demo.sittings import HALL, HALL_EN, HALL_RU, NOTICE, conclude
from shailoo.cli.demo.staff import Staff
from shailoo.commissions import actions as commissions
from shailoo.commissions import queries
from shailoo.commissions.actions import Plan as SittingPlan
from shailoo.elections.models import Option, Voting
from shailoo.law.lots.listing import Purpose
from shailoo.lots.actions import Plan, draw_round, enter_seed, freeze_list, publish_list

FACES = "123456"
THROWS = 24  # more than the twenty that a lot asks for
PUBLISHED_BEFORE = timedelta(hours=3)


def draw_air_time(voting: Voting, staff: Staff) -> None:
    """The list is published first; then two members type the digits of the dice, and the order follows from both."""
    cec = queries.cec()
    if cec is None:
        raise LookupError("the demo's CEC has not been established")
    members, at = staff.members(cec), times.LOTS
    chair, secretary, *others = members
    election = voting.election.slug
    lists = Option.objects.filter(voting=voting, kind=Option.Kind.LIST, withdrawn=False).order_by("position")
    plan = Plan(Purpose.AIR_TIME, tuple(each.name_ky for each in lists), election=election)
    lot = done(freeze_list(cec, plan, by=secretary, at=at - PUBLISHED_BEFORE))
    done(publish_list(lot, by=secretary, at=at - PUBLISHED_BEFORE))
    sitting = done(
        commissions.call_sitting(
            cec,
            SittingPlan(HALL, at, election=election, place_ru=HALL_RU, place_en=HALL_EN),
            by=secretary,
            at=at - NOTICE,
        )
    )
    done(commissions.attend_as_member(sitting, members, by=secretary, at=at))
    sitting = done(commissions.open_sitting(sitting, by=chair, at=at))
    digits = _thrown()
    for member in others[:2]:
        done(enter_seed(lot, sitting, digits, by=member, at=at + times.A_MOMENT))
    done(draw_round(lot, by=chair, at=at + 2 * times.A_MOMENT))
    conclude(sitting, (), chair=chair, secretary=secretary, at=at + 3 * times.A_MOMENT)


def _thrown() -> str:
    """The dice of the demo: the same at every start, and said to be generated like all of its data."""
    lot = Random("demo/dice")  # noqa: S311 - the same at every start
    faces: Sequence[str] = FACES
    return "".join(lot.choice(faces) for _ in range(THROWS))
