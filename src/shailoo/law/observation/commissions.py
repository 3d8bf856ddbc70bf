"""Election commissions in public: their levels, who attends a sitting, and what their information system carries.

Carries out L8.2, L8.3, L12.2 and the rights to attend of L11.2.1, L18.1.3, L19.7.6, L20.5.3 and R4.4.b2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.observation import CitizenObserversAtSittings
from shailoo.law.observation.observers import Level
from shailoo.law.outcome import Finding, NormId, Outcome, Severity, Step, applies

_RANK: Mapping[Level, int] = MappingProxyType({Level.PEC: 0, Level.TEC: 1, Level.CEC: 2})  # from below


# ------------------------------------------------------------------------------------- attending a sitting


class Attendee(StrEnum):
    """As what a person comes to a sitting of a commission."""

    MEMBER = "member"  # of this commission
    SUPERIOR_MEMBER = "superior_member"  # of another commission
    CANDIDATE = "candidate"
    COMMISSION_REPRESENTATIVE = "commission_representative"
    AUTHORIZED_REPRESENTATIVE = "authorized_representative"
    PROXY = "proxy"
    OBSERVER = "observer"
    CITIZEN_OBSERVER = "citizen_observer"
    INTERNATIONAL_OBSERVER = "international_observer"
    MEDIA_REPRESENTATIVE = "media_representative"
    ANYBODY_ELSE = "anybody_else"


ATTENDS: Mapping[Attendee, NormId] = MappingProxyType(
    {
        Attendee.SUPERIOR_MEMBER: "L8.2",
        Attendee.CANDIDATE: "L8.2",
        Attendee.COMMISSION_REPRESENTATIVE: "L18.1.3",
        Attendee.AUTHORIZED_REPRESENTATIVE: "L19.7.6",
        Attendee.PROXY: "L20.5.3",
        Attendee.OBSERVER: "L8.2",
        Attendee.CITIZEN_OBSERVER: "L8.2",
        Attendee.INTERNATIONAL_OBSERVER: "R4.4.b2",
        Attendee.MEDIA_REPRESENTATIVE: "L11.2.1",
    }
)
"""Who may attend besides the members, each with the norm that says it most exactly."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """A person who comes to a sitting. `mandate_in_force`: on the day of the sitting; None: not shown.

    `own_level` is that of the commission in which a superior member sits, `above` whether that commission is set over
    this one. `own_commission`: the one in which a representative is registered. `matter_of_principal`: an item on the
    agenda is about the candidate or party that appointed. `announced`: day, hour and place were made known beforehand.
    """

    attendee: Attendee
    level: Level
    mandate_in_force: bool | None
    own_level: Level | None = None
    above: bool | None = None
    own_commission: bool | None = None
    matter_of_principal: bool | None = None
    announced: bool = True


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether the person is to be admitted to the sitting."""

    admitted: bool


@applies("L8.2", "E8.2", "L11.2", "L18.1", "L19.7", "L20.5", "R4.4.b")
def attendance(facts: Attendance, edition: Edition) -> Outcome[Admission]:
    """Whether a person is to be admitted to a sitting of an election commission.

    Members of superior commissions, candidates, their representatives, observers and media come by right (L8.2).
    """
    found = [*_entitled(facts, edition), *_conditions(facts)]
    findings = [each for each in found if isinstance(each, Finding)]
    steps = tuple(each for each in found if isinstance(each, Step))
    admitted = not findings
    if not facts.announced:
        findings.append(Finding("L8.1", "attendance_sitting_not_announced", Severity.WARNING, fields=("announced",)))
    return Outcome(Admission(admitted), steps, tuple(findings))


def _entitled(facts: Attendance, edition: Edition) -> Iterator[Step | Finding]:
    named = {"attendee": facts.attendee.value}
    citizen = facts.attendee is Attendee.CITIZEN_OBSERVER
    shut_out = citizen and edition.citizen_observers_at_sittings is CitizenObserversAtSittings.NOT_ADMITTED
    if facts.attendee is Attendee.MEMBER:
        yield Step("L8.2", "attendance_of_member")
    elif facts.attendee not in ATTENDS or shut_out:
        yield Finding("L8.2", "attendance_not_by_right", Severity.ERROR, named, ("attendee",))
    else:
        yield Step(ATTENDS[facts.attendee], "attendance_by_right", named)


def _conditions(facts: Attendance) -> Iterator[Finding]:
    named = {"attendee": facts.attendee.value}
    if facts.mandate_in_force is not True and facts.attendee is not Attendee.ANYBODY_ELSE:
        norm = ATTENDS.get(facts.attendee, "L8.2")
        yield Finding(norm, "attendance_mandate_not_in_force", Severity.ERROR, named, ("mandate_in_force",))
    if facts.attendee is Attendee.SUPERIOR_MEMBER and not _is_superior(facts):
        yield Finding("L8.2", "attendance_commission_not_superior", Severity.ERROR, fields=("own_level", "above"))
    if facts.attendee is Attendee.COMMISSION_REPRESENTATIVE and facts.own_commission is not True:
        yield Finding("L18.1.3", "attendance_in_another_commission", Severity.ERROR, fields=("own_commission",))
    if facts.attendee is Attendee.AUTHORIZED_REPRESENTATIVE and facts.matter_of_principal is not True:
        yield Finding("L19.7.6", "attendance_not_on_the_principal", Severity.ERROR, fields=("matter_of_principal",))


def _is_superior(facts: Attendance) -> bool:
    """A member of the commission set over this one; the CEC is over every other."""
    if facts.own_level is None or _RANK[facts.own_level] <= _RANK[facts.level]:
        return False
    return facts.own_level is Level.CEC or facts.above is True


# ------------------------------------------------------------------------------------- the information system


@dataclass(frozen=True, slots=True)
class Transfer:
    """Protocol data sent through the electoral information system, and what they are used for.

    `above`: the receiver is the commission set directly over the sender (the CEC over a precinct commission abroad).
    `used_as_result`: results rest on these data instead of the paper protocols.
    """

    sender: Level
    receiver: Level
    above: bool
    sent_at: datetime | None
    marked_preliminary: bool
    used_as_result: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """Whether the transfer is one of the law, and whether its data may be shown as preliminary."""

    lawful: bool


@applies("L8.3.a1", "L8.3.a2")
def transfer(facts: Transfer, _edition: Edition) -> Outcome[Carried]:
    """Whether data of a protocol may go this way through the information system, and be used as they are.

    They go from a commission to the one set over it, and stay preliminary: only paper protocols have effect.
    """
    findings = list(_transfer(facts))
    named = {"sender_level": facts.sender.value, "receiver_level": facts.receiver.value}
    step = Step("L8.3.a1", "transfer_examined", named)
    return Outcome(Carried(not findings), (step,), tuple(findings))


def _transfer(facts: Transfer) -> Iterator[Finding]:
    if _RANK[facts.receiver] <= _RANK[facts.sender] or not facts.above:
        named = {"sender_level": facts.sender.value, "receiver_level": facts.receiver.value}
        where = ("sender", "receiver", "above")
        yield Finding("L8.3.a1", "transfer_not_to_superior", Severity.ERROR, named, where)
    if facts.sent_at is None:
        yield Finding("L8.3.a1", "transfer_without_time", Severity.ERROR, fields=("sent_at",))
    if not facts.marked_preliminary:
        yield Finding("L8.3.a2", "transfer_not_marked_preliminary", Severity.ERROR, fields=("marked_preliminary",))
    if facts.used_as_result:
        yield Finding("L8.3.a2", "transfer_used_as_result", Severity.ERROR, fields=("used_as_result",))


# ------------------------------------------------------------------------------------- the system of commissions


class TecKind(StrEnum):
    """The kinds of territorial commissions (L12.2.2)."""

    BISHKEK_CITY = "bishkek_city"
    OSH_CITY = "osh_city"
    RAYON = "rayon"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class Commission:
    """An election commission: its level and the commission set over it (None: none).

    Of a TEC also its kind, and whether the CEC decided that it exists. `abroad`: a precinct commission outside the
    country, which has no TEC.
    """

    id: str
    level: Level
    parent: str | None = None
    tec_kind: TecKind | None = None
    decided_by_cec: bool | None = None
    abroad: bool = False


@dataclass(frozen=True, slots=True)
class Commissions:
    """Every election commission of an election. Raises ValueError where a name stands twice."""

    commissions: tuple[Commission, ...]

    def __post_init__(self) -> None:
        twice = [name for name, times in Counter(each.id for each in self.commissions).items() if times > 1]
        if twice:
            raise ValueError(f"commissions named twice: {', '.join(twice)}")


@dataclass(frozen=True, slots=True)
class System:
    """Whether the commissions form the single system of three levels, and how many there are of each."""

    whole: bool
    number: Mapping[Level, int]


@applies("L12.2", "L12.2.2.a")
def system(facts: Commissions, _edition: Edition) -> Outcome[System]:
    """Whether the election commissions form the single system: one CEC, TECs under it, each PEC under a TEC.

    Precinct commissions abroad stand directly under the CEC, since no territory of a TEC reaches them.
    """
    number = {level: sum(each.level is level for each in facts.commissions) for level in Level}
    findings = []
    if number[Level.CEC] != 1:
        named_cec = {"number": number[Level.CEC]}
        findings.append(Finding("L12.2.1", "system_needs_one_cec", Severity.ERROR, named_cec, ("commissions",)))
    level_of = {each.id: each.level for each in facts.commissions}
    for each in facts.commissions:
        findings += _placed(each, level_of)
    named = {"territorial": number[Level.TEC], "precinct": number[Level.PEC]}
    return Outcome(System(not findings, number), (Step("L12.2", "system_counted", named),), tuple(findings))


_NORM: Mapping[Level, NormId] = MappingProxyType({Level.CEC: "L12.2.1", Level.TEC: "L12.2.2", Level.PEC: "L12.2.3"})


def _placed(each: Commission, level_of: Mapping[str, Level]) -> Iterator[Finding]:
    named = {"commission": each.id}
    over = {Level.CEC: None, Level.TEC: Level.CEC, Level.PEC: Level.CEC if each.abroad else Level.TEC}[each.level]
    if (None if each.parent is None else level_of.get(each.parent, Level.PEC)) is not over:
        yield Finding(_NORM[each.level], "system_wrong_superior", Severity.ERROR, named, ("commissions",))
    if each.level is Level.TEC and each.tec_kind is None:
        yield Finding("L12.2.2", "system_tec_without_kind", Severity.ERROR, named, ("commissions",))
    if each.level is Level.TEC and each.decided_by_cec is not True:
        yield Finding("L12.2.2.a", "system_tec_not_decided", Severity.ERROR, named, ("commissions",))
