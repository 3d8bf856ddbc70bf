"""A contestant's demand to refute false information: given, in its place, in its term, or for the court (L28.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shailoo.law.calendar import local_day, start_of, when
from shailoo.law.campaign.paid_media import BROADCAST, Medium
from shailoo.law.campaign.polling import Polling, campaign_period
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies


@dataclass(frozen=True, slots=True)
class Demand:
    """A candidate's or party's demand for a disclaimer or explanation in the outlet that published false information.

    Instants and local days. `received_at`: when the outlet got it; `as_of`: when the question is asked. `next_issue`:
    the day of a periodical's first issue after it. `given_at`: when the disclaimer appeared, null while it has not. The
    way it was placed: null where it is not known.
    """

    polling: Polling
    medium: Medium
    received_at: datetime
    as_of: datetime
    given_at: datetime | None = None
    next_issue: date | None = None
    own_heading: bool | None = None
    same_page: bool | None = None
    same_font: bool | None = None

    def __post_init__(self) -> None:
        if self.as_of < self.received_at or (self.given_at is not None and self.given_at < self.received_at):
            raise ValueError("a disclaimer is demanded before it is given or asked after")


class Redress(StrEnum):
    """Where the demand stands."""

    PENDING = "pending"
    GIVEN = "given"
    GIVEN_WRONGLY = "given_wrongly"
    OVERDUE = "overdue"
    FOR_THE_COURT = "for_the_court"


@applies("L28.3.d2", "L28.3.d3", "L28.3.d4", "L28.3.d5", "L28.3.e")
def disclaimer(demand: Demand, edition: Edition) -> Outcome[Redress]:
    """Whether an outlet gave the disclaimer that a contestant demanded, in time and in the right place."""
    steps: list[Step] = []
    if demand.given_at is None:
        return _not_given(demand, edition, steps)
    steps.append(Step("L28.3.d2", "disclaimer_given", {"at": demand.given_at}))
    findings = (*_term(demand, demand.given_at, edition, steps), *_placement(demand, steps))
    closes = _campaign_closes(demand, edition)
    if closes is not None and demand.given_at >= closes:
        return Outcome(Redress.FOR_THE_COURT, tuple(steps), (_open_at(closes, demand), *findings))
    wrong = any(each.severity is Severity.ERROR for each in findings)
    return Outcome(Redress.GIVEN_WRONGLY if wrong else Redress.GIVEN, tuple(steps), findings)


def _campaign_closes(demand: Demand, edition: Edition) -> datetime | None:
    period = campaign_period(demand.polling, edition)
    return None if period is None else period.closes


def _open_at(closes: datetime, demand: Demand) -> Finding:
    """L28.3: a demand that was open when the campaign ended, though it may have been met after that."""
    facts: dict[str, Fact] = {"received_at": demand.received_at, "closes": closes}
    return Finding("L28.3.e", "disclaimer_not_given_in_campaign", Severity.ERROR, facts, ("given_at",))


def _not_given(demand: Demand, edition: Edition, steps: list[Step]) -> Outcome[Redress]:
    """Pending, overdue, or open at the end of the campaign, which can ground the outlet's liability in court."""
    closes = _campaign_closes(demand, edition)
    if closes is not None and demand.as_of >= closes:
        return Outcome(Redress.FOR_THE_COURT, tuple(steps), (_open_at(closes, demand),))
    overdue = tuple(_term(demand, demand.as_of, edition, steps))
    if any(each.severity is Severity.ERROR for each in overdue):
        return Outcome(Redress.OVERDUE, tuple(steps), overdue)
    waiting = Step("L28.3.d2", "disclaimer_awaited", {"received_at": demand.received_at})
    return Outcome(Redress.PENDING, (waiting,), overdue)


def _term(demand: Demand, at: datetime, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """L28.3: television and radio on the next day, a periodical in its next issue; none for the Internet."""
    if demand.medium in BROADCAST:
        occasion = demand.polling.occasion.knowing(disclaimer_receipt=demand.received_at)
        entry = when("disclaimer_on_air", occasion, edition)
        facts: dict[str, Fact] = {"at": at, "last": entry.last or local_day(at)}
        if entry.closes is not None and at >= entry.closes:
            yield Finding("L28.3.d5", "disclaimer_late_on_air", Severity.ERROR, facts, ("given_at",))
        else:
            steps.append(Step("L28.3.d5", "disclaimer_in_time_on_air", facts))
    elif demand.medium is Medium.PRINT:
        yield from _in_print(demand, at, steps)


def _in_print(demand: Demand, at: datetime, steps: list[Step]) -> Iterator[Finding]:
    if demand.next_issue is None:
        yield Finding("L28.3.d4", "next_issue_not_known", Severity.WARNING, fields=("next_issue",))
        return
    facts: dict[str, Fact] = {"at": at, "last": demand.next_issue}
    if local_day(at) > demand.next_issue:
        yield Finding("L28.3.d4", "disclaimer_late_in_print", Severity.ERROR, facts, ("given_at",))
    elif start_of(demand.next_issue) <= at:
        steps.append(Step("L28.3.d4", "disclaimer_in_next_issue", facts))


def _placement(demand: Demand, steps: list[Step]) -> Iterator[Finding]:
    """L28.3: under its own heading or on the same page, in the same font."""
    if demand.medium in BROADCAST:
        return
    if not demand.own_heading and not demand.same_page:
        known = demand.own_heading is False and demand.same_page is False
        severity = Severity.ERROR if known else Severity.WARNING
        yield Finding("L28.3.d3", "disclaimer_not_where_it_belongs", severity, fields=("own_heading", "same_page"))
    if not demand.same_font:
        severity = Severity.WARNING if demand.same_font is None else Severity.ERROR
        yield Finding("L28.3.d3", "disclaimer_in_another_font", severity, fields=("same_font",))
    elif demand.own_heading or demand.same_page:
        steps.append(Step("L28.3.d3", "disclaimer_where_it_belongs"))
