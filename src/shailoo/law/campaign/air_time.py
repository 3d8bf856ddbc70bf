"""Free air time of one channel on one day: how much, at what hour, how it is shared, joint events (L24.1-24.3, L24.8).

Time is shared in whole seconds. The state television and radio company shares among the contestants that came (L24.2);
another channel of item 18 among all of them (L24.8), so that the share of one who stays away is not used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.campaign import AirTimeRemainder, FreeHourScope, ListCandidateInDebate
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, Unsettled, applies

_MINUTE = 60  # seconds; an hour has as many minutes
_MIDNIGHT = 24 * 60  # minutes after the beginning of the day


class Contender(StrEnum):
    """Who stands for election."""

    CANDIDATE = "candidate"
    PARTY = "party"


class JointEvent(StrEnum):
    """What a contestant did about the joint events of the day."""

    TOOK_PART = "took_part"
    REFUSED = "refused"
    MISSED_FOR_CAUSE = "missed_for_cause"  # an objective one
    MISSED = "missed"


class Speaker(StrEnum):
    """Who speaks for a contestant in a joint event."""

    CANDIDATE = "candidate"
    AUTHORIZED_REPRESENTATIVE = "authorized_representative"
    PROXY = "proxy"
    LIST_CANDIDATE = "list_candidate"
    SOMEBODY_ELSE = "somebody_else"


SPEAKERS: Mapping[Contender, frozenset[Speaker]] = {
    Contender.CANDIDATE: frozenset({Speaker.CANDIDATE}),
    Contender.PARTY: frozenset({Speaker.AUTHORIZED_REPRESENTATIVE, Speaker.PROXY}),
}
"""Who may speak in a joint event (L24.3.b1)."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A registered candidate, or a party with a registered list, on the day of the broadcast.

    `came`: whether the contestant turned up for the broadcast. `invited`: to the joint events; `speaker`: who spoke in
    them; null where that is not known. `wants_make_up`: whether one who missed the joint events asks to use the own
    time with others who did.
    """

    id: str
    contender: Contender
    came: bool = True
    invited: bool | None = None
    joint_event: JointEvent = JointEvent.TOOK_PART
    speaker: Speaker | None = None
    wants_make_up: bool = False

    def __post_init__(self) -> None:
        if not self.came and self.joint_event is JointEvent.TOOK_PART:
            raise ValueError("a contestant that did not come took part in no joint event")


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of free air time: when it starts (local), how many minutes it takes, whether it is a joint event's."""

    starts: time
    minutes: int
    joint: bool = False

    def __post_init__(self) -> None:
        if self.minutes == 0:
            raise ValueError("a slot takes a minute at least")

    @property
    def begin(self) -> int:
        """Minutes after the beginning of the day."""
        return self.starts.hour * _MINUTE + self.starts.minute

    @property
    def end(self) -> int:
        return self.begin + self.minutes


class Disturbance(StrEnum):
    """What happened to a speech."""

    INTERRUPTED = "interrupted"
    COMMENTED = "commented"
    TIME_KEPT = "time_kept"  # a moderator ended it because its time was over


@dataclass(frozen=True, slots=True)
class Incident:
    """A speech that was disturbed, of a contestant, in a joint event or alone."""

    contestant: str
    disturbance: Disturbance
    in_joint_event: bool = False


@dataclass(frozen=True, slots=True)
class BroadcastDay:
    """One day of free air time on one channel of item 18.

    `state_company`: whether it is the state television and radio company's. `minutes_elsewhere`: free minutes of the
    same company's other channels on that day. `order`: the contestants as they were drawn by lot, empty where nothing
    was drawn. `decided`, `agreed`: whether the commission decided the schedule and the company's management agreed;
    null where that is not known. `given`: seconds that contestants got outside joint events, by id, where they are
    recorded.
    """

    state_company: bool
    working_day: bool
    slots: tuple[Slot, ...]
    contestants: tuple[Contestant, ...]
    minutes_elsewhere: int = 0
    order: tuple[str, ...] = ()
    decided: bool | None = None
    agreed: bool | None = None
    given: Mapping[str, int] = field(default_factory=dict)
    incidents: tuple[Incident, ...] = ()

    def __post_init__(self) -> None:
        ids = [each.id for each in self.contestants]
        named = {*self.order, *self.given, *(each.contestant for each in self.incidents)}
        if len(set(ids)) < len(ids) or len(set(self.order)) < len(self.order):
            raise ValueError("a contestant stands here twice")
        if not named <= set(ids):
            raise ValueError(f"{min(named - set(ids))} is none of the contestants")
        in_turn = sorted(self.slots, key=lambda each: each.begin)
        if any(later.begin < earlier.end for earlier, later in pairwise(in_turn)):
            raise ValueError("two slots overlap")

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.slots)

    @property
    def joint_minutes(self) -> int:
        return sum(each.minutes for each in self.slots if each.joint)


@dataclass(frozen=True, slots=True)
class AirTime:
    """The day's free air time in seconds.

    `own`: each contestant's time outside joint events. `joint`: the time of joint events, `joint_share` the part of
    each that took part. `left`: seconds that nobody gets. `order`: the lot's order of those who have time. `make_up`:
    the contestants that use their `make_up_seconds` together, because they missed the joint events for cause.
    """

    own: Mapping[str, int]
    joint: int
    joint_share: int
    left: int
    order: tuple[str, ...] = ()
    make_up: tuple[str, ...] = ()
    make_up_seconds: int = 0


@applies("L24.1.a1", "L24.1.a2", "L24.2.a1", "L24.2.a2", "L24.3.a1", "L24.3.a2", "L24.3.b1", "L24.3.b2", "L24.3.c")
@applies("L24.5", "L24.8.a1", "L24.8.a2")
def air_time(day: BroadcastDay, edition: Edition) -> Outcome[AirTime]:
    """The free air time of a channel's day: its volume and hours, each contestant's equal share, the joint events.

    Unsettled where only one contestant is left for a joint event: the law gives its time to nobody else.
    """
    steps: list[Step] = []
    findings = [
        *_volume(day, edition, steps),
        *_hours(day, edition, steps),
        *_joint_part(day, edition, steps),
        *_schedule(day, steps),
    ]
    own, left = _shared(day, steps)
    joint = day.joint_minutes * _MINUTE
    if left and edition.air_time_remainder is AirTimeRemainder.JOINT_EVENTS:
        steps.append(Step("L24.3.a1", "air_time_left_to_joint_events", {"seconds_left": left}))
        joint, left = joint + left, 0
    elif left:
        steps.append(Step(_equal_by(day), "air_time_left", {"seconds_left": left}))
    findings += [
        *_access(day, edition),
        *_refusals(day, own, steps),
        *_recorded(day, own, steps),
        *_speeches(day, steps),
    ]
    make_up = _make_up(day, findings, steps)
    partners = sum(each.joint_event is JointEvent.TOOK_PART for each in day.contestants)
    value = AirTime(
        own=own,
        joint=joint,
        joint_share=joint // partners if partners else 0,
        left=left,
        order=tuple(each for each in day.order if own[each]),
        make_up=make_up,
        make_up_seconds=sum(own[each] for each in make_up),
    )
    return Outcome(value, tuple(steps), tuple(findings), _alone(day, partners))


def _volume(day: BroadcastDay, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """L24.1 and L24.2: there is free time at all, and an hour of it on working days (`free_hour_scope`)."""
    if not day.slots:
        yield Finding("L24.1.a1", "no_free_air_time", Severity.ERROR, fields=("slots",))
        return
    steps.append(Step("L24.1.a1", "free_air_time_given", {"minutes": day.minutes}))
    if not (day.state_company and day.working_day):
        return
    minutes = day.minutes
    if edition.free_hour_scope is FreeHourScope.COMPANY:
        minutes += day.minutes_elsewhere
    facts: dict[str, Fact] = {"minutes": minutes, "needed": edition.free_air_time_minutes}
    if minutes < edition.free_air_time_minutes:
        yield Finding("L24.2.a1", "free_air_time_too_short", Severity.ERROR, facts, ("slots",))
    else:
        steps.append(Step("L24.2.a1", "free_air_time_long_enough", facts))


def _hours(day: BroadcastDay, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """L24.1: between 20:00 and midnight."""
    outside = 0
    for index, each in enumerate(day.slots):
        if each.starts < edition.free_air_time_from or each.end > _MIDNIGHT:
            outside += 1
            facts: dict[str, Fact] = {"starts": f"{each.starts:%H:%M}", "minutes": each.minutes}
            yield Finding("L24.1.a2", "free_slot_outside_hours", Severity.ERROR, facts, (f"slots[{index}]",))
    if day.slots and not outside:
        steps.append(Step("L24.1.a2", "free_slots_in_hours", {"slots": len(day.slots)}))


def _joint_part(day: BroadcastDay, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """L24.3: at least a third of the free time is for joint events alone."""
    if not day.minutes:
        return
    share = Fraction(day.joint_minutes, day.minutes)
    facts: dict[str, Fact] = {
        "joint_minutes": day.joint_minutes,
        "minutes": day.minutes,
        "share": share,
        "threshold": edition.joint_air_time_share,
    }
    if share < edition.joint_air_time_share:
        yield Finding("L24.3.a1", "joint_events_too_short", Severity.ERROR, facts, ("slots",))
    else:
        steps.append(Step("L24.3.a1", "joint_events_long_enough", facts))


def _schedule(day: BroadcastDay, steps: list[Step]) -> Iterator[Finding]:
    """L24.8: order, volume and time are the commission's, agreed with the company; the order is drawn by lot."""
    if day.decided is None or day.agreed is None:
        yield Finding("L24.8.a1", "schedule_ground_not_known", Severity.WARNING, fields=("decided", "agreed"))
    if day.decided is False:
        yield Finding("L24.8.a1", "schedule_not_decided", Severity.ERROR, fields=("decided",))
    if day.agreed is False:
        yield Finding("L24.8.a1", "schedule_not_agreed", Severity.ERROR, fields=("agreed",))
    if day.decided and day.agreed:
        steps.append(Step("L24.8.a1", "schedule_decided_and_agreed"))
    if not day.order:
        if len(day.contestants) > 1:
            yield Finding("L24.8.a2", "order_not_drawn", Severity.WARNING, fields=("order",))
        return
    for each in day.contestants:
        if each.id not in day.order:
            yield Finding("L24.8.a2", "not_in_the_draw", Severity.ERROR, {"contestant": each.id}, ("order",))
    steps.append(Step("L24.8.a2", "order_drawn_by_lot", {"contestants": ", ".join(day.order)}))


def _equal_by(day: BroadcastDay) -> NormId:
    """The norm by which the channel shares equally."""
    return "L24.2.a2" if day.state_company else "L24.8.a2"


def _shared(day: BroadcastDay, steps: list[Step]) -> tuple[dict[str, int], int]:
    """Equal whole seconds outside joint events for everybody who shares, and what is left."""
    seconds = (day.minutes - day.joint_minutes) * _MINUTE
    sharing = [each for each in day.contestants if each.came or not day.state_company]
    if not sharing:
        steps.append(Step(_equal_by(day), "nobody_shares_air_time", {"seconds": seconds}))
        return {each.id: 0 for each in day.contestants}, seconds
    share, left = divmod(seconds, len(sharing))
    facts: dict[str, Fact] = {"seconds": seconds, "contestants": len(sharing), "share_seconds": share}
    steps.append(Step(_equal_by(day), "air_time_shared", facts))
    took = {each.id for each in sharing}
    return {each.id: share if each.id in took else 0 for each in day.contestants}, left


def _access(day: BroadcastDay, edition: Edition) -> Iterator[Finding]:
    """L24.3: everybody is invited to joint events, and only those speak there who may."""
    if not day.joint_minutes:
        return
    for index, each in enumerate(day.contestants):
        facts: dict[str, Fact] = {"contestant": each.id}
        fields: tuple[str, ...] = (f"contestants[{index}].invited",)
        if each.invited is None and each.joint_event is not JointEvent.TOOK_PART:
            yield Finding("L24.3.a2", "joint_invitation_not_known", Severity.WARNING, facts, fields)
        elif each.invited is False:
            yield Finding("L24.3.a2", "not_invited_to_joint_event", Severity.ERROR, facts, fields)
        if each.joint_event is not JointEvent.TOOK_PART:
            continue
        fields = (f"contestants[{index}].speaker",)
        if each.speaker is None:
            yield Finding("L24.3.b1", "speaker_not_known", Severity.WARNING, facts, fields)
        elif each.speaker not in _speakers(each, edition):
            spoken: dict[str, Fact] = {"contestant": each.id, "debate_speaker": str(each.speaker)}
            yield Finding("L24.3.b1", "speaker_not_entitled", Severity.ERROR, spoken, fields)


def _speakers(each: Contestant, edition: Edition) -> frozenset[Speaker]:
    may = SPEAKERS[each.contender]
    if each.contender is Contender.PARTY and edition.list_candidate_in_debate is ListCandidateInDebate.MAY_SPEAK:
        return may | {Speaker.LIST_CANDIDATE}
    return may


def _refusals(day: BroadcastDay, own: Mapping[str, int], steps: list[Step]) -> Iterator[Finding]:
    """L24.3: who refuses a joint event keeps the own share and gets no more."""
    for each in day.contestants:
        if each.joint_event is not JointEvent.REFUSED:
            continue
        given = day.given.get(each.id)
        if given is not None and given > own[each.id]:
            more: dict[str, Fact] = {"contestant": each.id, "given_seconds": given, "share_seconds": own[each.id]}
            yield Finding("L24.3.b2", "refusal_rewarded", Severity.ERROR, more, (f"given.{each.id}",))
        else:
            facts: dict[str, Fact] = {"contestant": each.id, "share_seconds": own[each.id]}
            steps.append(Step("L24.3.b2", "refusal_gives_no_more", facts))


def _recorded(day: BroadcastDay, own: Mapping[str, int], steps: list[Step]) -> Iterator[Finding]:
    """What was recorded as given is the equal share of each; more than it for a refuser is told apart."""
    refused = {each.id for each in day.contestants if each.joint_event is JointEvent.REFUSED}
    unequal = {
        name: given
        for name, given in day.given.items()
        if given != own[name] and not (name in refused and given > own[name])
    }
    for name, given in unequal.items():
        facts: dict[str, Fact] = {"contestant": name, "given_seconds": given, "share_seconds": own[name]}
        yield Finding(_equal_by(day), "air_time_not_equal", Severity.ERROR, facts, (f"given.{name}",))
    if day.given and not unequal:
        steps.append(Step(_equal_by(day), "recorded_air_time_equal", {"contestants": len(day.given)}))


def _speeches(day: BroadcastDay, steps: list[Step]) -> Iterator[Finding]:
    """L24.5: nobody interrupts or comments; in a joint event keeping the time is no interruption."""
    for index, each in enumerate(day.incidents):
        facts: dict[str, Fact] = {"contestant": each.contestant, "disturbance": str(each.disturbance)}
        if each.disturbance is Disturbance.TIME_KEPT and each.in_joint_event:
            steps.append(Step("L24.5", "time_kept_in_joint_event", {"contestant": each.contestant}))
        else:
            yield Finding("L24.5", "speech_disturbed", Severity.ERROR, facts, (f"incidents[{index}]",))


def _make_up(day: BroadcastDay, findings: list[Finding], steps: list[Step]) -> tuple[str, ...]:
    """L24.3: who missed a joint event for an objective cause may use the own time with others that missed it."""
    asking = [each for each in day.contestants if each.wants_make_up]
    group = tuple(each.id for each in asking if each.joint_event is JointEvent.MISSED_FOR_CAUSE)
    steps += [Step("L24.3.c", "make_up_not_due", {"contestant": each.id}) for each in asking if each.id not in group]
    if not group:
        return ()
    if len(group) == 1:
        facts: dict[str, Fact] = {"contestant": group[0]}
        findings.append(Finding("L24.3.c", "nobody_to_make_up_with", Severity.WARNING, facts, ("contestants",)))
        return ()
    steps.append(Step("L24.3.c", "make_up_together", {"contestants": ", ".join(group)}))
    return group


def _alone(day: BroadcastDay, partners: int) -> Unsettled | None:
    """A joint event that a single contestant came to is none, and L24.3 gives its time to nobody."""
    if day.joint_minutes and len(day.contestants) > 1 and partners == 1:
        norms = ("L24.3.a1", "L24.3.b2")
        return Unsettled("joint_event_with_one", norms, ("hold_joint_event_with_one", "drop_joint_event"))
    return None
