"""Reading a voting's calendar: where every deadline stands, for the public, for an office, and for the CEC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from shailoo.accounts.models import Body, Office
from shailoo.commissions.models import Commission
from shailoo.elections.deadlines import CALLED_WITH, Count, Level, Standing, counted, level_of, standing, urgency
from shailoo.elections.fulfilment import PROVIDERS, Done
from shailoo.elections.models import Deadline, Fulfilment, Voting, VotingPrecinct
from shailoo.law.calendar import Event, event, events


def current(voting: Voting) -> QuerySet[Deadline]:
    """The deadline of each event that holds now: its highest version."""
    return Deadline.objects.filter(voting=voting).order_by("event", "-version").distinct("event")


def history(voting: Voting, name: str) -> QuerySet[Deadline]:
    """Every version of one deadline, the first first."""
    return Deadline.objects.filter(voting=voting, event=name).order_by("version")


def agenda(voting: Voting, now: datetime) -> tuple[Standing, ...]:
    """Every deadline of a voting in the order of the law's calendar, as it stands for all bodies together."""
    held = _Held.of(voting)
    return tuple(_standing(each, held, now) for each in _in_order(current(voting)))


def for_office(office: Office, voting: Voting, now: datetime) -> tuple[Standing, ...]:
    """What the deadlines ask of the body of an office, what is late first.

    A precinct commission sees its own, a territorial one its own and those of its precincts, the CEC those that bind
    one body alone; none sees what is done or asks nothing.
    """
    return tuple(each for each in of_office(office, voting, now) if each.state in _PRESSING)


def of_office(office: Office, voting: Voting, now: datetime) -> tuple[Standing, ...]:
    """Every deadline that asks something of the body of an office or of those below it, what is late first.

    Also what is coming, done or not applicable; how many have done it counts that body and those below it alone.
    """
    commission = Commission.objects.filter(pk=office.body_id).first()
    if commission is None:
        return ()
    held = _Held.of(voting, within=commission)
    found = (
        _standing(each, held, now)
        for each in _in_order(current(voting))
        if level_of(event(each.event)) in _LEVELS[commission.level] and not event(each.event).of_itself
    )
    return tuple(sorted(found, key=urgency))


def done_by(voting: Voting, name: str) -> Mapping[int, Done]:
    """The bodies that have done what an event asks: what the system has seen and what they recorded."""
    seen = dict(PROVIDERS[name](voting)) if name in PROVIDERS else {}
    for each in Fulfilment.objects.filter(voting=voting, event=name):
        seen.setdefault(each.body_id, Done(each.at, each.act))
    return seen


@dataclass(frozen=True, slots=True)
class Lateness:
    """How the precinct commissions under one TEC, or that TEC itself, stand towards one deadline."""

    tec: Commission
    count: Count


def lateness(voting: Voting, name: str) -> tuple[Lateness, ...]:
    """One deadline by territorial commission, those with most missing first."""
    done, found = done_by(voting, name), []
    closes = current(voting).filter(event=name).values_list("closes", flat=True).first()
    level = level_of(event(name))
    below = _bodies_by_tec(voting) if level is Level.PEC else {}
    tecs = Commission.objects.filter(voting_precincts__voting=voting).select_related("body").distinct()
    for tec in tecs:
        bodies = below.get(tec.pk, ()) if level is Level.PEC else (tec.pk,)
        here = {body: done[body].at for body in bodies if body in done}
        found.append(Lateness(tec, counted(here, len(bodies), closes)))
    return tuple(sorted(found, key=lambda each: (-each.count.missing, -each.count.late, each.tec.body.code)))


def missing_below(voting: Voting, name: str, tec: Commission) -> tuple[Body, ...]:
    """The precinct commissions under a TEC that have not done what an event asks, by code."""
    done = done_by(voting, name)
    bodies = _bodies_by_tec(voting).get(tec.pk, ())
    return tuple(Body.objects.filter(pk__in=[body for body in bodies if body not in done]).order_by("code"))


# ------------------------------------------------------------------------------------- counting bodies

_LEVELS: Mapping[str, frozenset[Level]] = {
    Commission.Level.PEC: frozenset({Level.PEC}),
    Commission.Level.TEC: frozenset({Level.TEC, Level.PEC}),
    Commission.Level.CEC: frozenset({Level.ONE, Level.TEC, Level.PEC}),
}
_PRESSING = frozenset({"late", "due"})


@dataclass(frozen=True, slots=True)
class _Held:
    """What is needed to say where all deadlines stand: the bodies expected at each level, and who did what when."""

    bodies: Mapping[Level, frozenset[int]]
    done: Mapping[str, Mapping[int, Done]]
    called: Done | None

    @classmethod
    def of(cls, voting: Voting, within: Commission | None = None) -> _Held:
        done: dict[str, dict[int, Done]] = {name: dict(provider(voting)) for name, provider in PROVIDERS.items()}
        for each in Fulfilment.objects.filter(voting=voting):
            done.setdefault(each.event, {}).setdefault(each.body_id, Done(each.at, each.act))
        first = Deadline.objects.filter(voting=voting).order_by("pk").values_list("made_at", flat=True).first()
        return cls(_expected(voting, within), done, Done(first) if first else None)


def _expected(voting: Voting, within: Commission | None) -> Mapping[Level, frozenset[int]]:
    """The ids of the bodies bound at each level, all or those of one commission and below it."""
    by_tec = _bodies_by_tec(voting)
    if within is not None and within.level == Commission.Level.PEC:
        return {Level.PEC: frozenset({within.pk}), Level.TEC: frozenset()}
    if within is not None and within.level == Commission.Level.TEC:
        by_tec = {within.pk: by_tec.get(within.pk, ())}
    pecs = frozenset(body for bodies in by_tec.values() for body in bodies)
    return {Level.PEC: pecs, Level.TEC: frozenset(by_tec)}


def expected_bodies(voting: Voting, level: Level) -> frozenset[int]:
    """The ids of the bodies that a deadline of this level binds; none for one that binds one body alone."""
    return _expected(voting, None).get(level, frozenset())


def bound_by(voting: Voting, name: str, bodies: Sequence[Body]) -> bool:
    """Whether an event binds each of the bodies: commissions of its level that vote, or the CEC where it binds one."""
    level, keys = level_of(event(name)), {body.pk for body in bodies}
    if level is Level.ONE:
        return Commission.objects.filter(level=Commission.Level.CEC, pk__in=keys).count() == len(keys)
    voting_here = VotingPrecinct.objects.filter(voting=voting)
    if level is Level.TEC:
        return voting_here.filter(tec__in=keys).values("tec").distinct().count() == len(keys)
    return voting_here.filter(precinct__commission__in=keys).count() == len(keys)


def _bodies_by_tec(voting: Voting) -> dict[int, tuple[int, ...]]:
    """TEC -> bodies of the precinct commissions that vote under it."""
    found: dict[int, list[int]] = {}
    rows = VotingPrecinct.objects.filter(voting=voting).values_list("tec_id", "precinct__commission__body_id")
    for tec, body in rows:
        pecs = found.setdefault(tec, [])
        if body is not None:
            pecs.append(body)
    return {tec: tuple(bodies) for tec, bodies in found.items()}


def _standing(deadline: Deadline, held: _Held, now: datetime) -> Standing:
    found = event(deadline.event)
    done = _done(found, held)
    level = level_of(found)
    if level is Level.ONE:
        first = min(done.values(), key=lambda each: each.at, default=None)
        count = Count(1, min(len(done), 1), int(_is_late(first, deadline)))
        return standing(deadline, now, count, first.at if first else None, first.act if first else "")
    here = {body: each.at for body, each in done.items() if body in held.bodies[level]}
    count = counted(here, len(held.bodies[level]), deadline.closes)
    return standing(deadline, now, count, max(here.values(), default=None), "")


def _done(found: Event, held: _Held) -> Mapping[int, Done]:
    if found.id in CALLED_WITH and held.called is not None:
        return {0: held.called}  # the election was called, else it would have no calendar
    return held.done.get(found.id, {})


def _is_late(first: Done | None, deadline: Deadline) -> bool:
    return first is not None and deadline.closes is not None and first.at >= deadline.closes


def _in_order(found: Iterable[Deadline]) -> list[Deadline]:
    order = {name: place for place, name in enumerate(events())}
    return sorted(found, key=lambda each: order[each.event])
