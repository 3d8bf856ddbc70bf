"""After a registration: the publication with what it must show, and the certificates (L53.10 to .11, L61.11 to .12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.registration.election import Contest, Election
from shailoo.law.registration.grounds import ARTICLES


class Shown(StrEnum):
    """What a publication shows of every registered candidate or list."""

    SURNAME = "surname"
    FIRST_NAME = "first_name"
    PATRONYMIC = "patronymic"
    BIRTH_YEAR = "birth_year"
    RESIDENCE = "residence"
    OCCUPATION = "occupation"  # position or occupation
    PARTY_MEMBERSHIP = "party_membership"
    PARTY_NAME = "party_name"  # of the party whose list it is


_OF_EVERYBODY = (
    Shown.SURNAME,
    Shown.FIRST_NAME,
    Shown.PATRONYMIC,
    Shown.BIRTH_YEAR,
    Shown.RESIDENCE,
    Shown.OCCUPATION,
)

SHOWN: Mapping[Contest, Mapping[Shown, NormId]] = MappingProxyType(
    {
        Contest.PRESIDENT: MappingProxyType(dict.fromkeys((*_OF_EVERYBODY, Shown.PARTY_MEMBERSHIP), "L53.10.b")),
        Contest.LISTS: MappingProxyType({**dict.fromkeys(_OF_EVERYBODY, "L61.11.b"), Shown.PARTY_NAME: "L61.11.a"}),
    }
)


@dataclass(frozen=True, slots=True)
class Registered:
    """What was done after a registration, at the instant `at`; None: not yet, or not known.

    `shown` is what the publication shows, `dated` says whether the certificates show the date of registration.
    """

    election: Election
    at: datetime
    registered_at: datetime
    published_at: datetime | None = None
    shown: frozenset[Shown] = frozenset()
    certificates_at: datetime | None = None
    dated: bool | None = None

    def __post_init__(self) -> None:
        self.election.require_registration()
        later = [each for each in (self.at, self.published_at, self.certificates_at) if each is not None]
        if min(later) < self.registered_at:
            raise ValueError("nothing follows a registration before it was made")


@dataclass(frozen=True, slots=True)
class Duties:
    """The first instants after the terms of publication and of the certificates, and whether both are done in full."""

    publication_until: datetime
    certificates_until: datetime
    done: bool


@applies("L53.10.a", "L53.10.b", "L53.11", "L61.11.a", "L61.11.b", "L61.12")
def follow_up(facts: Registered, edition: Edition) -> Outcome[Duties]:
    """Publication and certificates after a registration: what is due until when, what came late or lacks something."""
    article = ARTICLES[facts.election.contest]
    publication = facts.election.until("registration_published", edition, registration=facts.registered_at)
    certificates = facts.election.until("candidate_certificates", edition, registration=facts.registered_at)
    steps: list[Step] = []
    findings: list[Finding] = []
    for norm, done_at, until, fields in (
        (article.published, facts.published_at, publication, ("published_at",)),
        (article.certificates, facts.certificates_at, certificates, ("certificates_at",)),
    ):
        _term(norm, done_at, until, fields, facts.at, steps, findings)
    if facts.published_at is not None:
        _contents(facts, findings)
    if facts.certificates_at is not None and facts.dated is not True:
        findings.append(Finding(article.certificates, "certificate_without_date", Severity.WARNING, fields=("dated",)))
    done = None not in (facts.published_at, facts.certificates_at) and not findings
    return Outcome(Duties(publication, certificates, done), tuple(steps), tuple(findings))


def _term(
    norm: NormId,
    done_at: datetime | None,
    until: datetime,
    fields: tuple[str, ...],
    at: datetime,
    steps: list[Step],
    findings: list[Finding],
) -> None:
    facts: dict[str, Fact] = {"duty": norm, "until": until}
    if done_at is None and at < until:
        steps.append(Step(norm, "after_registration_due", facts))
    elif done_at is None or done_at >= until:
        findings.append(Finding(norm, "after_registration_late", Severity.WARNING, facts, fields))
    else:
        steps.append(Step(norm, "after_registration_in_time", facts | {"done_at": done_at}))


def _contents(facts: Registered, findings: list[Finding]) -> None:
    for shown, norm in SHOWN[facts.election.contest].items():
        if shown not in facts.shown:
            missing: dict[str, Fact] = {"published_item": shown.value}
            findings.append(Finding(norm, "publication_shows_too_little", Severity.WARNING, missing, ("shown",)))
