"""When campaigning and its bans run, before which voting (L22.6, L23.1, L23.2, L28.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shailoo.law.calendar import Kind, Occasion, local_day, start_of, when
from shailoo.law.calendar.reckoning import Moment
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.campaign import (
    BriberyBanEnd,
    CampaignClosing,
    CampaignOpening,
    DayBeforeVoting,
    PollBanEnd,
    RepeatCampaigning,
)
from shailoo.law.outcome import applies


@dataclass(frozen=True, slots=True)
class Polling:
    """The voting before which something was done. Days are local days, instants have a zone.

    `election_day`: the day of the voting, for kind `repeat_voting` that of the repeat voting. `calling`: the day on
    which the election was called. `last_registration`: the day of the last decision on registering a candidate or list.
    `repeat_voting_decision`: when repeat voting was decided. `results_published`: when the results were officially
    published; left out while they are not. `only_at_precincts`: the repeat voting is one at invalidated precincts.
    """

    kind: Kind
    election_day: date
    calling: date
    last_registration: date | None = None
    repeat_voting_decision: datetime | None = None
    results_published: datetime | None = None
    only_at_precincts: bool = False

    def __post_init__(self) -> None:
        if self.calling >= self.election_day:
            raise ValueError("an election is called before its day")
        if self.only_at_precincts and self.kind is not Kind.REPEAT_VOTING:
            raise ValueError("only a repeat voting can be held at some precincts only")

    @property
    def occasion(self) -> Occasion:
        """This voting for the calendar."""
        decided = self.repeat_voting_decision
        known: dict[str, Moment] = {} if decided is None else {"repeat_voting_decision": decided}
        return Occasion(self.kind, self.election_day, self.calling, known)

    @property
    def since_calling(self) -> Occasion:
        """The election for terms that run from its calling, which a repeat voting has no events of its own for."""
        kind = Kind.PRESIDENTIAL if self.kind is Kind.REPEAT_VOTING else self.kind
        return Occasion(kind, self.election_day, self.calling)


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open time from `opens` to `closes`; None where that side is open or not known yet."""

    opens: datetime | None
    closes: datetime | None

    def __contains__(self, at: datetime) -> bool:
        return (self.opens is None or self.opens <= at) and (self.closes is None or at < self.closes)


@applies("L23.1.a1", "L23.1.a2", "L23.2.a1", "L23.2.a2")
def campaign_period(polling: Polling, edition: Edition) -> Period | None:
    """The time for campaigning before a voting; None where no campaigning precedes it (`repeat_campaigning`).

    `opens` is None for a repeat voting that is not decided yet.
    """
    if polling.kind is not Kind.REPEAT_VOTING:
        return Period(_opens(polling, edition), campaign_closes(polling.occasion, edition))
    if polling.only_at_precincts and edition.repeat_campaigning is RepeatCampaigning.RUN_OFF_ONLY:
        return None
    resumed = when("campaign_resumes_repeat_voting", polling.occasion, edition)
    opens = None if polling.repeat_voting_decision is None else resumed.opens
    return Period(opens, campaign_closes(polling.occasion, edition))


def _opens(polling: Polling, edition: Edition) -> datetime | None:
    """The day on which registration is completed (`campaign_opening`)."""
    if edition.campaign_opening is CampaignOpening.LAST_DECISION:
        return None if polling.last_registration is None else start_of(polling.last_registration)
    return when("campaign_start", polling.occasion, edition).opens


def campaign_closes(occasion: Occasion, edition: Edition) -> datetime | None:
    """24 hours before the voting (`campaign_closing`); not later than L47.3 allows (`day_before_voting`)."""
    event = "campaign_end_repeat_voting" if occasion.kind is Kind.REPEAT_VOTING else "campaign_end"
    if edition.campaign_closing is CampaignClosing.MOBILE_VOTING:
        start = when("mobile_voting_day", occasion, edition).opens
        hours = edition.voting_opens
        if start is not None:
            at = start + timedelta(hours=hours.hour, minutes=hours.minute)
            occasion = occasion.knowing(voting_start=at, repeat_voting_start=at)
    closes = when(event, occasion, edition).closes
    if closes is not None and edition.day_before_voting is DayBeforeVoting.BARRED:
        return min(closes, day_before(occasion.election_day))
    return closes


def day_before(election_day: date) -> datetime:
    """00:00 of the day before the voting, from which L47.3 punishes campaigning."""
    return start_of(election_day - timedelta(days=1))


@applies("L22.6")
def poll_ban(polling: Polling, edition: Edition) -> Period:
    """The days on which polls, forecasts and studies are not published (`poll_ban_end`)."""
    ban = when("opinion_poll_ban", polling.occasion, edition)
    if edition.poll_ban_end is PollBanEnd.CLOSE_OF_VOTING:
        return Period(ban.opens, voting_closes(polling, edition))
    return Period(ban.opens, ban.closes)


def bribery_ban(polling: Polling, edition: Edition) -> Period:
    """The time in which voters are given nothing (L28.3; `bribery_ban_end`)."""
    opens = when("gift_and_bribery_ban_starts", polling.since_calling, edition).opens
    if edition.bribery_ban_end is BriberyBanEnd.CLOSE_OF_VOTING:
        return Period(opens, voting_closes(polling, edition))
    return Period(opens, polling.results_published)


def charity_ban(polling: Polling, edition: Edition) -> Period:
    """The time in which contestants and those near them do no charity (L28.3): from calling to publication."""
    return Period(when("charity_ban", polling.since_calling, edition).opens, polling.results_published)


def price_reference_day(polling: Polling, edition: Edition) -> date:
    """The local day six months before the calling (L24.4, L25.2)."""
    opens = when("media_price_reference_day", polling.since_calling, edition).opens
    if opens is None:
        raise ValueError("the calling is not known")
    return local_day(opens)


def voting_closes(polling: Polling, edition: Edition) -> datetime:
    """The instant at which the voting closes."""
    hour = edition.voting_closes
    return start_of(polling.election_day) + timedelta(hours=hour.hour, minutes=hour.minute)
