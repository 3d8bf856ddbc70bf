"""Premises for meetings with voters: answered the same day, with reasons, to all alike, free of charge (L26)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from shailoo.law.calendar import local_day, when
from shailoo.law.campaign.polling import Period, Polling
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies


class Owner(StrEnum):
    """Whose the premises are."""

    STATE = "state"
    MUNICIPAL = "municipal"
    PRIVATE = "private"


class Answer(StrEnum):
    """What the body answered."""

    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Request:
    """A contestant's application for premises to meet voters in. Instants; money in som; null: not known or not done.

    `answer`: null while there is none. `written_reasons`: whether a refusal is a written decision with reasons.
    `granted_to_others`: the premises were already given to another contestant. `price`: what the contestant pays.
    `commission_asked`: an election commission asked for the premises; `fixed`: the time that it fixed, `given` the time
    that the contestant got. `minutes`: contestant -> minutes of meetings in these premises so far.
    """

    polling: Polling
    owner: Owner
    submitted_at: datetime
    answer: Answer | None = None
    answered_at: datetime | None = None
    written_reasons: bool | None = None
    granted_to_others: bool | None = None
    commission_asked: bool = False
    price: Decimal | None = None
    fixed: Period | None = None
    given: Period | None = None
    minutes: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.answer is None) != (self.answered_at is None):
            raise ValueError("an answer has its time, and only an answer has one")
        if self.answered_at is not None and self.answered_at < self.submitted_at:
            raise ValueError("an application is answered after it was submitted")


class Treatment(StrEnum):
    """How the application was treated."""

    NOT_PUBLIC = "not_public"  # private premises: Article 26 gives no claim to them
    PENDING = "pending"
    LAWFUL = "lawful"
    UNLAWFUL = "unlawful"


@applies("L26.2.a", "L26.2.b", "L26.2.c", "L26.3.a1", "L26.3.a2")
def campaign_meeting(request: Request, edition: Edition) -> Outcome[Treatment]:
    """Whether an application for state or municipal premises was answered in time and on equal terms."""
    steps: list[Step] = []
    if request.owner is Owner.PRIVATE:
        steps.append(Step("L26.2.a", "premises_are_private"))
        return Outcome(Treatment.NOT_PUBLIC, tuple(steps))
    findings = (
        *_term(request, edition, steps),
        *_refusal(request, steps),
        *_charge(request, steps),
        *_equal(request, steps),
    )
    if any(each.severity is Severity.ERROR for each in findings):
        return Outcome(Treatment.UNLAWFUL, tuple(steps), findings)
    return Outcome(Treatment.LAWFUL if request.answer else Treatment.PENDING, tuple(steps), findings)


def _term(request: Request, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """L26.2: on the day of submission."""
    occasion = request.polling.occasion.knowing(application_receipt=request.submitted_at)
    term = when("premises_application", occasion, edition)
    last = term.last or local_day(request.submitted_at)
    if request.answered_at is None:
        yield Finding("L26.2.a", "premises_answer_due", Severity.WARNING, {"last": last}, ("answer",))
    elif not term.in_time(request.answered_at):
        facts: dict[str, Fact] = {"at": request.answered_at, "last": last}
        yield Finding("L26.2.a", "premises_answered_late", Severity.ERROR, facts, ("answered_at",))
    else:
        steps.append(Step("L26.2.a", "premises_answered_in_time", {"at": request.answered_at, "last": last}))


def _refusal(request: Request, steps: list[Step]) -> Iterator[Finding]:
    if request.answer is not Answer.REFUSED:
        return
    if request.granted_to_others is None:
        yield Finding("L26.2.c", "grants_to_others_not_known", Severity.WARNING, fields=("granted_to_others",))
    elif request.granted_to_others:
        yield Finding("L26.2.c", "premises_refused_after_another", Severity.ERROR, fields=("answer",))
    else:
        steps.append(Step("L26.2.c", "premises_given_to_nobody"))
    if request.written_reasons is None:
        yield Finding("L26.2.b", "refusal_reasons_not_known", Severity.WARNING, fields=("written_reasons",))
    elif not request.written_reasons:
        yield Finding("L26.2.b", "refusal_without_reasons", Severity.ERROR, fields=("written_reasons",))
    else:
        steps.append(Step("L26.2.b", "refusal_has_reasons"))


def _charge(request: Request, steps: list[Step]) -> Iterator[Finding]:
    """L26.3: on a commission's request free of charge, for the time that the commission fixes."""
    if not request.commission_asked or request.answer is not Answer.GRANTED:
        return
    if request.price is None:
        yield Finding("L26.3.a1", "premises_price_not_known", Severity.WARNING, fields=("price",))
    elif request.price > 0:
        yield Finding("L26.3.a1", "premises_not_free", Severity.ERROR, {"price": request.price}, ("price",))
    else:
        steps.append(Step("L26.3.a1", "premises_free"))
    if request.fixed is None or request.given is None:
        yield Finding("L26.3.a1", "premises_time_not_known", Severity.WARNING, fields=("fixed", "given"))
    elif request.given != request.fixed:
        yield Finding("L26.3.a1", "premises_at_another_time", Severity.ERROR, fields=("given",))
    else:
        steps.append(Step("L26.3.a1", "premises_at_the_fixed_time"))


def _equal(request: Request, steps: list[Step]) -> Iterator[Finding]:
    """L26.3: equal opportunities; who asked for less has less, so a difference is shown to be explained."""
    if not request.minutes:
        return
    facts: dict[str, Fact] = {"lowest": min(request.minutes.values()), "highest": max(request.minutes.values())}
    if facts["lowest"] != facts["highest"]:
        yield Finding("L26.3.a2", "meeting_time_differs", Severity.WARNING, facts, ("minutes",))
    else:
        steps.append(Step("L26.3.a2", "meeting_time_equal", {"minutes": max(request.minutes.values())}))
