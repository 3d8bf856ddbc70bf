"""How long people may observe: by the law on a day, and by the bound that stands on a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shailoo.elections.clock import local
from shailoo.elections.models import Election, Moment, Voting
from shailoo.elections.occasions import occasion_of
from shailoo.law.calendar import end_of
from shailoo.law.observation.answers import latest_end
from shailoo.law.observation.observers import Level, ObserverKind, ObserverStanding, Observing, Sender, observer
from shailoo.law.observation.people import Person
from shailoo.law.outcome import Finding, Outcome
from shailoo.observation.models import Accreditation, Application, Ending

PUBLICATION = "publication_of_results"
OBSERVERS = {
    Application.Kind.OBSERVER.value: ObserverKind.OBSERVER,
    Application.Kind.CITIZEN.value: ObserverKind.CITIZEN,
    Application.Kind.INTERNATIONAL.value: ObserverKind.INTERNATIONAL,
}
OF_THE_TERM = frozenset({"observer_not_yet", "observer_term_ended", "observer_accreditation_revoked"})
"""The findings of the rule on observers that hang on the day; what else it finds was settled with the accreditation."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The instants between which a certificate can be used."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an accreditation is in force on a day; its last day where it is known; why not, where it is not.

    `bound` is the last day by the calendar, which holds while the official publication is still to come (R3.8).
    """

    active: bool
    since: date
    until: date | None
    bound: date
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """What has happened in an election that ends the powers of observers."""

    results_published: date | None
    repeat_voting: bool
    repeat_results_published: date | None
    bound: date


def bound_of(election: Election) -> datetime:
    """The instant at which certificates of an election stop: the end of the last day that the term can have.

    With a repeat voting appointed it is that one's (R3.8.b): certificates that end earlier are renewed then.
    """
    return end_of(days_of(election).bound)


def days_of(election: Election) -> Days:
    """The days of official publication of both votings, as the calendar has noted them. Three or four queries."""
    votings = {each.kind: each for each in election.votings.exclude(kind=Voting.Kind.AT_PRECINCTS).order_by("day")}
    repeat = votings.get(Voting.Kind.REPEAT)
    last = repeat or votings[Voting.Kind.GENERAL]
    occasion = occasion_of(last)
    assert occasion is not None  # noqa: S101 - as above
    return Days(
        _published(votings.get(Voting.Kind.GENERAL)),
        repeat is not None,
        _published(repeat),
        latest_end(occasion, election.edition),
    )


def _published(voting: Voting | None) -> date | None:
    if voting is None:
        return None
    return (
        Moment.objects.filter(voting=voting, anchor=PUBLICATION).order_by("-pk").values_list("day", flat=True).first()
    )


def standing(accreditation: Accreditation, on: date, days: Days | None = None) -> Standing:
    """Whether the accreditation is in force on the local day `on`, by the law (L9.2, L10.2, L10-1.5, L11.4, R3.8).

    `days` spares the queries where many are asked for one election.
    """
    known = days or days_of(accreditation.election)
    ending: Ending | None = getattr(accreditation, "ending", None)
    ended = None if ending is None or local(ending.at).date() > on else local(ending.at).date()
    kind = OBSERVERS.get(accreditation.kind)
    if kind is None:
        over = ended is not None or on < accreditation.since
        return Standing(not over, accreditation.since, ended, known.bound)
    outcome = _observer(accreditation, kind, on, ended, known)
    told = tuple(each for each in outcome.findings if each.code in OF_THE_TERM)
    until = ended if ended is not None else outcome.value.until
    return Standing(not told, accreditation.since, until, known.bound, told)


def _observer(
    accreditation: Accreditation, kind: ObserverKind, on: date, ended: date | None, known: Days
) -> Outcome[ObserverStanding]:
    of_party = kind is ObserverKind.OBSERVER
    facts = Observing(
        kind=kind,
        person=Person(citizenship=None),  # settled when the person was accredited
        sender=Sender.NOBODY,
        commission=Level.PEC,
        on=on,
        since=accreditation.since,
        accreditation_revoked=ended is not None and not of_party,
        results_published=known.results_published,
        repeat_voting=known.repeat_voting,
        repeat_results_published=known.repeat_results_published,
        recalled_on=ended if of_party else None,
    )
    return observer(facts, accreditation.election.edition)
