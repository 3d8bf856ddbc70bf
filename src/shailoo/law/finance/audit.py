"""The audit group under the CEC: who is in it, on whose instruction it acts, when it must be answered (Art. 42)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import Entry, Kind, Occasion, local_day, when
from shailoo.law.editions import Edition
from shailoo.law.finance.called import require_election
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies

# ------------------------------------------------------------------------------------- the group


class AuditRole(StrEnum):
    """What a member of the audit group is (L42.3)."""

    HEAD = "head"
    DEPUTY = "deputy"
    COMMISSION_MEMBER = "commission_member"
    INVITED_OFFICIAL = "invited_official"


@dataclass(frozen=True, slots=True)
class AuditMember:
    """A member: the role, and for an invited official the body that sent him and the local day, None where not known.

    `released` says whether he is free of his work there, `keeps_post_and_pay` whether post, salary and other pay are
    kept for him.
    """

    id: str
    role: AuditRole
    home_body: str | None = None
    seconded_on: date | None = None
    released: bool | None = None
    keeps_post_and_pay: bool | None = None


@dataclass(frozen=True, slots=True)
class AuditGroup:
    """The audit group formed for an election: its members, the local days of calling and of the election."""

    kind: Kind
    election_day: date
    calling: date
    members: tuple[AuditMember, ...]

    def __post_init__(self) -> None:
        require_election(self.kind)
        if len({each.id for each in self.members}) < len(self.members):
            raise ValueError("a member stands twice in the group")


@dataclass(frozen=True, slots=True)
class GroupVerdict:
    """How many members there are, and whether the group may be formed so."""

    members: int
    lawful: bool


@applies("L42.2.a")
def compose(group: AuditGroup, edition: Edition) -> Outcome[GroupVerdict]:
    """Whether the audit group has its lawful size, head, deputy and members, and its officials came in time."""
    size = len(group.members)
    facts: dict[str, Fact] = {"members": size, "most": edition.audit_group_members}
    steps: tuple[Step, ...] = ()
    findings: list[Finding] = []
    if size > edition.audit_group_members:
        findings.append(Finding("L42.2.a", "audit_group_too_large", Severity.ERROR, facts, ("members",)))
    else:
        steps = (Step("L42.2.a", "audit_group_size", facts),)
    findings += _heads(group, edition)
    for member in group.members:
        if member.role is AuditRole.INVITED_OFFICIAL:
            findings += [*_official(member), *_secondment(member, group, edition)]
    lawful = not any(found.severity is Severity.ERROR for found in findings)
    return Outcome(GroupVerdict(size, lawful), steps, tuple(findings))


@applies("L42.3.a")
def _heads(group: AuditGroup, edition: Edition) -> Iterator[Finding]:
    """One head and one deputy; every other member comes from a commission or was invited from a body."""
    for role in (AuditRole.HEAD, AuditRole.DEPUTY):
        number = sum(each.role is role for each in group.members)
        if number != edition.audit_heads:
            facts: dict[str, Fact] = {"audit_role": role.value, "number": number, "wanted": edition.audit_heads}
            yield Finding("L42.3.a", "audit_group_head_count", Severity.ERROR, facts, ("members",))
    for each in group.members:
        if each.role is AuditRole.INVITED_OFFICIAL and each.home_body is None:
            yield Finding("L42.3.a", "audit_official_without_body", Severity.ERROR, {"member": each.id}, ("members",))


@applies("L42.4.a", "L42.4.b")
def _official(member: AuditMember) -> Iterator[Finding]:
    """Free of his work, his post and pay kept; a breach is that of the body that sent him and stops no group."""
    facts: dict[str, Fact] = {"member": member.id}
    if not member.released:
        code = "audit_official_not_released" if member.released is False else "audit_official_release_unknown"
        yield Finding("L42.4.a", code, Severity.WARNING, facts, ("members", member.id))
    if not member.keeps_post_and_pay:
        unknown = member.keeps_post_and_pay is None
        code = "audit_official_pay_unknown" if unknown else "audit_official_pay_not_kept"
        yield Finding("L42.4.b", code, Severity.WARNING, facts, ("members", member.id))


@applies("L42.3.b")
def _secondment(member: AuditMember, group: AuditGroup, edition: Edition) -> Iterator[Finding]:
    term = when("audit_officials_seconded", Occasion(group.kind, group.election_day, group.calling), edition)
    facts: dict[str, Fact] = {"member": member.id, "last": term.last or group.calling}
    if member.seconded_on is None:
        yield Finding("L42.3.b", "audit_official_not_seconded", Severity.WARNING, facts, ("members", member.id))
    elif term.last is not None and member.seconded_on > term.last:
        facts |= {"seconded_on": member.seconded_on}
        yield Finding("L42.3.b", "audit_official_seconded_late", Severity.WARNING, facts, ("members", member.id))


# ------------------------------------------------------------------------------------- what it may do


class AuditPower(StrEnum):
    """What the group does on an instruction of the CEC (L42.6)."""

    CHECK_STATEMENTS = "check_statements"
    OBTAIN_FROM_CONTENDERS = "obtain_from_contenders"
    CONTROL_FUNDING = "control_funding"
    REQUEST_INFORMATION = "request_information"
    DRAW_UP_DOCUMENTS = "draw_up_documents"
    PROPOSE_MEASURES = "propose_measures"
    BRING_IN_EXPERTS = "bring_in_experts"


class AuditAddressee(StrEnum):
    """To whom an act of the group is addressed."""

    CANDIDATE = "candidate"
    PARTY = "party"
    COMMISSION = "commission"
    STATE_BODY = "state_body"
    ORGANIZATION = "organization"
    CITIZEN = "citizen"
    EXPERT = "expert"


CONTENDERS_AND_COMMISSIONS = frozenset({AuditAddressee.CANDIDATE, AuditAddressee.PARTY, AuditAddressee.COMMISSION})
ANYBODY = frozenset(AuditAddressee)  # the item names nobody
POWERS: Mapping[AuditPower, tuple[NormId, frozenset[AuditAddressee]]] = MappingProxyType(
    {
        AuditPower.CHECK_STATEMENTS: ("L42.6.1", CONTENDERS_AND_COMMISSIONS),
        AuditPower.OBTAIN_FROM_CONTENDERS: ("L42.6.2", CONTENDERS_AND_COMMISSIONS),
        AuditPower.CONTROL_FUNDING: ("L42.6.3", ANYBODY),
        AuditPower.REQUEST_INFORMATION: (
            "L42.6.4.a",
            frozenset({AuditAddressee.STATE_BODY, AuditAddressee.ORGANIZATION, AuditAddressee.CITIZEN}),
        ),
        AuditPower.DRAW_UP_DOCUMENTS: ("L42.6.5", ANYBODY),
        AuditPower.PROPOSE_MEASURES: ("L42.6.6", frozenset({AuditAddressee.COMMISSION})),
        AuditPower.BRING_IN_EXPERTS: ("L42.6.7", frozenset({AuditAddressee.EXPERT})),
    }
)


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """An act of the audit group for an election: the power used, to whom, on which written instruction of the CEC.

    `received_at` is the instant at which the addressee had the request, `answered_at` that of the answer (None: none
    yet), `asked_at` the instant of this question.
    """

    kind: Kind
    election_day: date
    power: AuditPower
    addressee: AuditAddressee
    received_at: datetime
    instruction: str | None = None
    answered_at: datetime | None = None
    asked_at: datetime | None = None

    def __post_init__(self) -> None:
        require_election(self.kind)
        if self.answered_at is not None and self.answered_at < self.received_at:
            raise ValueError("the answer came before the request")


@dataclass(frozen=True, slots=True)
class AnswerTerm:
    """Whether the group may act so; the last local day for an answer, whether at once, whether it came in time."""

    allowed: bool
    due: date | None = None
    at_once: bool = False
    in_time: bool | None = None


@applies("L42.6", "L42.6.1", "L42.6.2", "L42.6.3", "L42.6.4.a", "L42.6.5", "L42.6.6", "L42.6.7")
def request(asked: AuditRequest, edition: Edition) -> Outcome[AnswerTerm]:
    """Whether the audit group may act so on the CEC's instruction, and until when a request must be answered."""
    norm, addressees = POWERS[asked.power]
    facts: dict[str, Fact] = {"audit_power": asked.power.value, "audit_addressee": asked.addressee.value}
    findings: list[Finding] = []
    if asked.instruction is None:
        findings.append(Finding("L42.6", "audit_without_instruction", Severity.ERROR, facts, ("instruction",)))
    if asked.addressee not in addressees:
        findings.append(Finding(norm, "audit_addressee_not_of_power", Severity.ERROR, facts, ("addressee",)))
    if findings:
        return Outcome(AnswerTerm(allowed=False), findings=tuple(findings))
    return _answer(asked, [Step(norm, "audit_power_used", facts)], edition)


@applies("L42.6.4.b", "L42.6.4.c")
def _answer(asked: AuditRequest, steps: list[Step], edition: Edition) -> Outcome[AnswerTerm]:
    """Days from the receipt of the request; in the last days before election day at once, which is the same day."""
    if asked.power is not AuditPower.REQUEST_INFORMATION:
        steps.append(Step(POWERS[asked.power][0], "audit_no_term_of_answer", {}))
        return Outcome(AnswerTerm(allowed=True), tuple(steps))
    at_once = _shortly_before(asked, edition)
    term = _term(asked, edition, "audit_request_answered_on_eve" if at_once else "audit_request_answered")
    facts: dict[str, Fact] = {"received_at": asked.received_at, "last": term.last or local_day(asked.received_at)}
    norm = "L42.6.4.c" if at_once else "L42.6.4.b"
    steps.append(Step(norm, "audit_answer_at_once" if at_once else "audit_answer_due", facts))
    moment = asked.answered_at or asked.asked_at
    if moment is None:
        return Outcome(AnswerTerm(allowed=True, due=term.last, at_once=at_once), tuple(steps))
    in_time = term.in_time(moment)
    late = () if in_time else (Finding(norm, "audit_answer_late", Severity.ERROR, facts, ("answered_at",)),)
    verdict = None if in_time and asked.answered_at is None else in_time  # in time so far, and still open
    return Outcome(AnswerTerm(allowed=True, due=term.last, at_once=at_once, in_time=verdict), tuple(steps), late)


def _shortly_before(asked: AuditRequest, edition: Edition) -> bool:
    """Whether so few days, or fewer, remain to election day; after it there is no eve."""
    remaining = (asked.election_day - local_day(asked.received_at)).days
    return 0 <= remaining <= edition.audit_request_at_once_days


def _term(asked: AuditRequest, edition: Edition, name: str) -> Entry:
    occasion = Occasion(asked.kind, asked.election_day).knowing(audit_request=asked.received_at)
    return when(name, occasion, edition)
