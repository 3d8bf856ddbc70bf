"""A published opinion poll, forecast or study: what must stand with it, when it may not appear (L22.4 to L22.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shailoo.law.calendar import local_day
from shailoo.law.campaign.polling import Polling, poll_ban
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.campaign import PollBanScope
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies


class Research(StrEnum):
    """What is published."""

    OPINION_POLL = "opinion_poll"
    FORECAST = "forecast"
    OTHER_STUDY = "other_study"


class Publisher(StrEnum):
    MASS_MEDIA = "mass_media"
    CITIZEN = "citizen"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True)
class Details:
    """What must be said with the results of a poll; null where it is not.

    `conducted_by`: institution or person. `conducted_on`: local day, the last where it took several. `interviewed`:
    people. `possible_error`: the statistical estimate, as published.
    """

    conducted_by: str | None = None
    conducted_on: date | None = None
    interviewed: int | None = None
    method: str | None = None
    region: str | None = None
    question: str | None = None
    possible_error: str | None = None
    ordered_by: str | None = None
    publication_paid_by: str | None = None


DETAILS = (
    "conducted_by",
    "conducted_on",
    "interviewed",
    "method",
    "region",
    "question",
    "possible_error",
    "ordered_by",
    "publication_paid_by",
)
"""The details of L22.5, in its order, as fields of `Details`."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication of research connected with an election, before a voting."""

    polling: Polling
    research: Research
    publisher: Publisher
    published_at: datetime
    details: Details = Details()

    def __post_init__(self) -> None:
        conducted = self.details.conducted_on
        if conducted is not None and conducted > local_day(self.published_at):
            raise ValueError("a poll is conducted before its results are published")


class Content(StrEnum):
    """What the publication counts as."""

    VOTER_INFORMATION = "voter_information"
    CAMPAIGNING = "campaigning"


@applies("L22.4", "L22.5", "L22.6", "L22.7")
def poll(publication: Publication, edition: Edition) -> Outcome[Content]:
    """Whether a published poll, forecast or study informs voters, or breaks the law and counts as campaigning.

    As campaigning it falls under the rules `campaigning` and `campaign-material`.
    """
    steps: list[Step] = []
    findings = (*_details(publication, steps), *_ban(publication, edition, steps))
    if not findings:
        steps.append(Step("L22.4", "research_informs_voters", {"research": str(publication.research)}))
        return Outcome(Content.VOTER_INFORMATION, tuple(steps))
    steps.append(Step("L22.7", "research_counts_as_campaigning", {"breaches": len(findings)}))
    return Outcome(Content.CAMPAIGNING, tuple(steps), findings)


def _details(publication: Publication, steps: list[Step]) -> Iterator[Finding]:
    """L22.5 names the results of opinion polls, whoever publishes them."""
    if publication.research is not Research.OPINION_POLL:
        return
    missing = [name for name in DETAILS if getattr(publication.details, name) in (None, "", 0)]
    for name in missing:
        yield Finding("L22.5", "poll_detail_missing", Severity.ERROR, {"poll_detail": name}, (f"details.{name}",))
    if not missing:
        steps.append(Step("L22.5", "poll_details_complete", {"details": len(DETAILS)}))


def _ban(publication: Publication, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """L22.6, for those whom it binds (`poll_ban_scope`)."""
    ban = poll_ban(publication.polling, edition)
    facts: dict[str, Fact] = {"at": publication.published_at, "research": str(publication.research)}
    if publication.published_at not in ban:
        steps.append(Step("L22.6", "published_outside_poll_ban", facts))
    elif publication.publisher is Publisher.MASS_MEDIA or edition.poll_ban_scope is PollBanScope.EVERY_PUBLISHER:
        yield Finding("L22.6", "published_in_poll_ban", Severity.ERROR, facts, ("published_at",))
    else:
        steps.append(Step("L22.6", "poll_ban_binds_mass_media", facts))
