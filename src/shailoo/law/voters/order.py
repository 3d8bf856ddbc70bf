"""Order at a polling station: who is at the box, removal, police, presiding, failed scanners (Art. 31.11 to 31.15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer, Requirement
from shailoo.law.voters.voting import Voting

# ------------------------------------------------------------------------------------- at the box


class AtBox(StrEnum):
    """Who stands near a ballot box."""

    CASTING_VOTER = "casting_voter"
    COMMISSION_MEMBER = "commission_member"
    TECHNICAL_STAFF = "technical_staff"
    OBSERVER = "observer"
    REPRESENTATIVE = "representative"
    CANDIDATE = "candidate"
    POLICE = "police"
    ANOTHER_VOTER = "another_voter"


HELPERS_AT_SCANNER = frozenset({AtBox.COMMISSION_MEMBER, AtBox.TECHNICAL_STAFF})


@dataclass(frozen=True, slots=True)
class NearBox:
    """Somebody near a ballot box, a `scanner` or a plain one; `called` by a voter in difficulty, None: not known."""

    who: AtBox
    scanner: bool
    called: bool | None = None


@applies("L31.11.a3")
def near_box(facts: NearBox, _edition: Edition) -> Outcome[bool | None]:
    """Whether somebody may stand near a ballot box: the casting voter, or at a scanner a helper whom a voter called."""
    answer = Answer()
    who: dict[str, Fact] = {"at_box": facts.who}
    if facts.who is AtBox.CASTING_VOTER:
        answer.steps.append(Step("L31.11.a3", "box_casting_voter"))
        return answer.outcome(value=True)
    if facts.who in HELPERS_AT_SCANNER and facts.scanner and facts.called is None:
        answer.unknown("L31.11.a3", "called")
        return answer.outcome(None)
    may = facts.who in HELPERS_AT_SCANNER and facts.scanner and facts.called is True
    barred = Finding("L31.11.a3", "box_nobody_else", Severity.ERROR, who, ("who",))
    return answer.outcome(answer.test(may, Step("L31.11.a3", "box_called_helper", who), barred))


# ------------------------------------------------------------------------------------- removal


class Present(StrEnum):
    """Who has disturbed the voting."""

    PEC_MEMBER = "pec_member"
    OBSERVER = "observer"
    OTHER = "other"


class Disturbance(StrEnum):
    """What somebody did."""

    OBSTRUCTING_COMMISSION = "obstructing_commission"
    OBSTRUCTING_RIGHTS = "obstructing_rights"  # citizens' electoral rights
    VIOLATING_SECRECY = "violating_secrecy"
    CRITICISM = "criticism"
    RECORDING = "recording"
    COMPLAINING = "complaining"


GROUNDS: Mapping[Disturbance, NormId] = MappingProxyType(
    dict.fromkeys(
        (Disturbance.OBSTRUCTING_COMMISSION, Disturbance.OBSTRUCTING_RIGHTS, Disturbance.VIOLATING_SECRECY), "L31.13.a1"
    )
)
"""The grounds of removal, each enough alone. Watching, recording, criticism and complaints are none."""


class Measure(StrEnum):
    """What the commission does with the person."""

    SUSPEND = "suspend"  # a member, from the commission's work
    REMOVE = "remove"  # anybody else, from the premises
    NONE = "none"


MEASURES: Mapping[Present, Measure] = MappingProxyType(
    {Present.PEC_MEMBER: Measure.SUSPEND, Present.OBSERVER: Measure.REMOVE, Present.OTHER: Measure.REMOVE}
)


@dataclass(frozen=True, slots=True)
class Removal:
    """A person to be removed: what the person did, whether the commission decided so in writing. None: not known.

    `referred`: the competent authorities were asked to hold the person liable.
    """

    who: Present
    what: frozenset[Disturbance]
    in_writing: bool | None = None
    referred: bool | None = None


@applies("L31.13.a1", "L31.13.a2", "L31.13.a3")
def removal(facts: Removal, _edition: Edition) -> Outcome[Measure]:
    """Whether a member is suspended or a person removed: on a ground of the law, by a written decision."""
    answer = Answer()
    grounds = [each for each in Disturbance if each in facts.what and each in GROUNDS]
    for ground in grounds:
        answer.steps.append(Step(GROUNDS[ground], "removal_ground", {"disturbance": ground}))
    if not grounds:
        answer.findings.append(Finding("L31.13.a1", "removal_without_ground", Severity.ERROR, {}, ("what",)))
        return answer.outcome(Measure.NONE)
    answer.required("in_writing", Requirement("L31.13.a2"), facts.in_writing)
    if facts.referred:
        answer.steps.append(Step("L31.13.a3", "removal_referred"))
    return answer.outcome(MEASURES[facts.who] if facts.in_writing else Measure.NONE)


# ------------------------------------------------------------------------------------- police, presiding


@dataclass(frozen=True, slots=True)
class PoliceCall:
    """Law enforcement officers at a station: who called them and why, when order was restored, when they left.

    `by_chair`: the chairperson, or whoever acts for the chairperson. None: not known, or not yet.
    """

    by_chair: bool | None = None
    order_breached: bool | None = None
    restored: datetime | None = None
    left: datetime | None = None


CALL: Mapping[str, Requirement] = MappingProxyType(
    {"by_chair": Requirement("L31.12.a2"), "order_breached": Requirement("L31.12.a2")}
)
"""What allows officers to come in."""


@applies("L31.12.a2", "L31.12.a3")
def police_call(facts: PoliceCall, _edition: Edition) -> Outcome[bool | None]:
    """Whether officers may be in the premises: called by the chair when order is breached, until it is over."""
    answer = Answer()
    answer.require(CALL, facts)
    if facts.restored is None:
        answer.steps.append(Step("L31.12.a3", "police_order_not_restored"))
        return answer.outcome(answer.verdict)
    if facts.left is None:
        restored: dict[str, Fact] = {"restored": facts.restored}
        answer.findings.append(Finding("L31.12.a3", "police_still_there", Severity.ERROR, restored, ("left",)))
    else:
        hours: dict[str, Fact] = {"restored": facts.restored, "left": facts.left}
        answer.steps.append(Step("L31.12.a3", "police_left", hours))
    return answer.outcome(value=False)


@dataclass(frozen=True, slots=True)
class Presiding:
    """Who may act as chairperson: who is there, and the member whom the commission authorized, if any."""

    chairperson: str
    secretary: str
    members: tuple[str, ...]
    present: tuple[str, ...]
    authorized: str | None = None


@applies("L31.12.a5")
def presiding(facts: Presiding, _edition: Edition) -> Outcome[str | None]:
    """Who has the chairperson's powers: the chairperson; absent, an authorized member, else the secretary."""
    answer = Answer()
    if facts.chairperson in facts.present:
        answer.steps.append(Step("L31.12.a5", "presiding_chairperson", {"member": facts.chairperson}))
        return answer.outcome(facts.chairperson)
    acting = facts.authorized
    if acting is not None and acting not in facts.members:
        stranger: dict[str, Fact] = {"member": acting}
        answer.findings.append(Finding("L31.12.a5", "presiding_no_member", Severity.ERROR, stranger, ("authorized",)))
        acting = None  # such an authorization takes nothing from the secretary
    for name in (acting, facts.secretary):
        if name is not None and name in facts.present:
            answer.steps.append(Step("L31.12.a5", "presiding_in_place_of_chairperson", {"member": name}))
            return answer.outcome(name)
    answer.findings.append(Finding("L31.12.a5", "presiding_nobody", Severity.ERROR, {}, ("present", "authorized")))
    return answer.outcome(None)


# ------------------------------------------------------------------------------------- scanners that fail


class Device(StrEnum):
    """Where ballots are cast."""

    PRIMARY = "primary"
    ADDITIONAL = "additional"
    STATIONARY = "stationary"


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedScanner:
    """A scanner that failed: the act's signatories against members and operators present; used again afterwards?"""

    id: str
    act: bool | None = None
    present: tuple[str, ...]
    signed: tuple[str, ...]
    used_again: bool | None = False


@dataclass(frozen=True, slots=True)
class ScannerFailure:
    """The scanners of a station that failed on election day, in the order of their failing."""

    voting: Voting
    failed: tuple[FailedScanner, ...]


_DEVICES = (Device.PRIMARY, Device.ADDITIONAL)


@applies("L31.15.a1", "L31.15.a2", "L31.15.b1", "L31.15.b2", "L31.15.c")
def scanner_failure(facts: ScannerFailure, edition: Edition) -> Outcome[Device]:
    """With what voting goes on when scanners fail: the additional one, then the stationary box; and the acts on it."""
    answer = Answer()
    for number, scanner in enumerate(facts.failed, 1):
        _failed(scanner, "L31.15.a2" if number == 1 else "L31.15.b2", answer)
    numbers: dict[str, Fact] = {"failed": len(facts.failed)}
    if len(facts.failed) >= edition.failed_scanners_before_stationary_box:
        answer.steps.append(Step("L31.15.b1", "scanner_stationary_box", numbers))
        return answer.outcome(Device.STATIONARY)
    device = _DEVICES[min(len(facts.failed), 1)]
    if device is Device.ADDITIONAL:
        answer.steps.append(Step("L31.15.a1", "scanner_additional", numbers))
    return answer.outcome(device)


def _failed(scanner: FailedScanner, norm: NormId, answer: Answer) -> None:
    whose: dict[str, Fact] = {"device": scanner.id}
    _act(scanner, norm, answer)
    if scanner.used_again is None:
        answer.unknown("L31.15.c", "used_again", "failed")
        return
    again = Finding("L31.15.c", "scanner_used_again", Severity.ERROR, whose, ("failed",))
    answer.test(not scanner.used_again, Step("L31.15.c", "scanner_not_used_again", whose), again)


def _act(scanner: FailedScanner, norm: NormId, answer: Answer) -> None:
    """Drawn up, and signed by every member and operator who was there."""
    if scanner.act is None:
        answer.unknown(norm, "act", "failed")
        return
    whose: dict[str, Fact] = {"device": scanner.id}
    without = Finding(norm, "scanner_act_missing", Severity.ERROR, whose, ("failed",))
    if answer.test(scanner.act, Step(norm, "scanner_act_drawn_up", whose), without):
        if not scanner.present:
            answer.unknown(norm, "present", "failed")
            return
        unsigned = ", ".join(name for name in scanner.present if name not in scanner.signed)
        names: dict[str, Fact] = {"device": scanner.id, "people": unsigned}
        not_signed = Finding(norm, "scanner_act_unsigned", Severity.ERROR, names, ("failed",))
        answer.test(not unsigned, Step(norm, "scanner_act_signed", whose), not_signed)
