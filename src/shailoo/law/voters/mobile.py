"""Who may vote with a mobile ballot box, and on which application (Art. 33.1, 33.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import local_day
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer, Requirement
from shailoo.law.voters.voting import Voting


class MobileReason(StrEnum):
    """Why a voter cannot come to the polling station."""

    HEALTH = "health"
    DISABILITY = "disability"
    HOSPITAL = "hospital"  # in a hospital on election day
    DETENTION = "detention"  # in a temporary detention facility on election day
    REMOTE_PLACE = "remote_place"  # remote and hard-to-reach areas, distant pastures
    MILITARY_UNIT = "military_unit"  # serving in a unit far from populated areas
    AGE = "age"
    WORK = "work"
    OTHER = "other"


REASONS: Mapping[MobileReason, NormId] = MappingProxyType(
    dict.fromkeys(
        (
            MobileReason.HEALTH,
            MobileReason.DISABILITY,
            MobileReason.HOSPITAL,
            MobileReason.DETENTION,
            MobileReason.REMOTE_PLACE,
            MobileReason.MILITARY_UNIT,
        ),
        "L33.1.a1",
    )
)
"""The reasons that the law knows. Age or work alone is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MobileApplication:
    """A voter's application to vote with a mobile box. None: not known.

    `listed`: in the final voter list; `abroad`: of a precinct abroad; `received` is the instant of receipt,
    `pec_formed` the local day on which the precinct commission was formed. Of military staff: `military_decision` by
    the commission, `resides_in_precinct`: permanent residence in the area of the precinct. `visit` is the local day of
    the voting, where it is fixed.
    """

    voting: Voting
    reason: MobileReason
    listed: bool | None = None
    received: datetime
    written: bool | None = None
    states_reason: bool | None = None
    states_voter_data: bool | None = None
    in_register: bool | None = None
    pec_formed: date | None = None
    military_decision: bool | None = None
    resides_in_precinct: bool | None = None
    abroad: bool = False
    visit: date | None = None


class MobileRuling(StrEnum):
    """What follows for the application."""

    GRANTED = "granted"
    REFUSED = "refused"
    TO_BE_COMPLETED = "to_be_completed"
    NOT_KNOWN = "not_known"  # something is to be established first


PAPER: Mapping[str, Requirement] = MappingProxyType(
    {
        "written": Requirement("L33.2.a2"),
        "states_reason": Requirement("L33.2.a5"),
        "states_voter_data": Requirement("L33.2.a5"),
    }
)
"""What the application must be and say."""


@applies(
    "L2.2.c",
    "L15.6",
    "L33.1.a1",
    "L33.1.a2",
    "L33.2.a1",
    "L33.2.a2",
    "L33.2.a3",
    "L33.2.a4",
    "L33.2.a5",
)
def mobile_voting(facts: MobileApplication, edition: Edition) -> Outcome[MobileRuling]:
    """Whether a voter may vote with a mobile box: a reason of the law, in the list, a written application in time."""
    answer = Answer()
    _voter(facts, answer)
    _reason(facts, answer)
    _in_time(facts, edition, answer)
    if answer.stopped:
        return answer.outcome(MobileRuling.REFUSED if answer.barred else MobileRuling.NOT_KNOWN)
    answer.require(PAPER, facts)
    complete = answer.verdict
    answer.required("in_register", Requirement("L33.2.a4", Severity.WARNING), facts.in_register)
    if not complete:
        return answer.outcome(MobileRuling.TO_BE_COMPLETED)
    _day(facts, edition, answer)
    return answer.outcome(MobileRuling.GRANTED)


def _voter(facts: MobileApplication, answer: Answer) -> None:
    """In the list; and not abroad, where the box would leave the premises of the mission."""
    if facts.listed is None:
        answer.unknown("L15.6", "listed")
    else:
        absent = Finding("L15.6", "mobile_voter_not_listed", Severity.ERROR, {}, ("listed",))
        answer.test(facts.listed, Step("L33.1.a1", "mobile_voter_listed"), absent)
    if facts.abroad:
        answer.findings.append(Finding("L2.2.c", "mobile_voting_not_abroad", Severity.ERROR, {}, ("abroad",)))


def _reason(facts: MobileApplication, answer: Answer) -> None:
    given: dict[str, Fact] = {"mobile_reason": facts.reason}
    unknown = Finding("L33.1.a1", "mobile_reason_not_of_the_law", Severity.ERROR, given, ("reason",))
    answer.test(facts.reason in REASONS, Step("L33.1.a1", "mobile_reason_of_the_law", given), unknown)
    if facts.reason is MobileReason.MILITARY_UNIT:
        _military(facts, answer)


def _military(facts: MobileApplication, answer: Answer) -> None:
    """An exception: by decision of the commission, for who permanently lives in the area of the precinct."""
    for name, met in (
        ("military_decision", facts.military_decision),
        ("resides_in_precinct", facts.resides_in_precinct),
    ):
        if met is None:
            answer.unknown("L33.1.a1", name)
        else:
            answer.required(name, Requirement("L33.1.a1"), met)


def _in_time(facts: MobileApplication, edition: Edition, answer: Answer) -> None:
    term = facts.voting.term("mobile_voting_applications_end", edition)
    if term.last is None:
        return
    moments: dict[str, Fact] = {"received": facts.received, "last_day": term.last}
    late = Finding("L33.2.a3", "mobile_application_late", Severity.ERROR, moments, ("received",))
    answer.test(term.in_time(facts.received), Step("L33.2.a3", "mobile_application_in_time", moments), late)
    formed = facts.pec_formed
    if formed is not None and local_day(facts.received) < formed:
        early: dict[str, Fact] = {"received": facts.received, "formed": formed}
        found = Finding("L33.2.a3", "mobile_application_early", Severity.ERROR, early, ("received",))
        answer.findings.append(found)


def _day(facts: MobileApplication, edition: Edition, answer: Answer) -> None:
    """On the day before election day, and only then; whoever has applied must be visited."""
    term = facts.voting.term("mobile_voting_day", edition)
    if term.first is None:
        return
    day: dict[str, Fact] = {"mobile_day": term.first}
    if facts.visit is None:
        answer.steps.append(Step("L33.1.a2", "mobile_visit_due", day))
        return
    days: dict[str, Fact] = {"mobile_day": term.first, "visit": facts.visit}
    wrong = Finding("L33.2.a1", "mobile_visit_on_another_day", Severity.ERROR, days, ("visit",))
    answer.test(facts.visit == term.first, Step("L33.2.a1", "mobile_visit_on_its_day", days), wrong)
