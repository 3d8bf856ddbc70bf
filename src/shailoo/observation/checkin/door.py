"""What the law says of one person at the door of a commission, at one instant.

Whether the person could be accredited was answered when it happened and is not asked again here. What is asked: does
the certificate hold, has the term begun and not ended, is this the commission that the person is for, who of the same
sender is inside already (L9.1.b2), and is an interpreter with the observer (R4.4.2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.elections.clock import local
from shailoo.law.editions import Edition
from shailoo.law.observation.conduct import (
    ObserverConduct,
    RepresentativeConduct,
    RepresentativeKind,
    observer_conduct,
    representative_conduct,
)
from shailoo.law.observation.media import MediaRequest, media
from shailoo.law.observation.observers import Level, ObserverKind, Observing, Sender, observer
from shailoo.law.observation.people import Mandate, Person
from shailoo.law.observation.powers import Condition, Deeds, Right
from shailoo.law.outcome import Finding, Severity

NORM = "L12.1"
"""A commission keeps order in its premises: what no narrower norm says of a passage."""


class Who(StrEnum):
    """As what somebody comes; the values are those of `Application.Kind`, and the interpreter of an observer."""

    INTERNATIONAL = "international_observer"
    CITIZEN = "citizen_observer"
    OBSERVER = "observer"
    REPRESENTATIVE = "commission_representative"
    MEDIA = "media_representative"
    INTERPRETER = "interpreter"


MANDATES: Mapping[Who, Mandate] = MappingProxyType(
    {who: Mandate(who.value) for who in Who if who is not Who.INTERPRETER}
)
_OBSERVERS: Mapping[Who, ObserverKind] = MappingProxyType(
    {
        Who.INTERNATIONAL: ObserverKind.INTERNATIONAL,
        Who.CITIZEN: ObserverKind.CITIZEN,
        Who.OBSERVER: ObserverKind.OBSERVER,
    }
)
_SENDERS: Mapping[str, Sender] = MappingProxyType(
    {
        "candidate": Sender.CANDIDATE,
        "party": Sender.PARTY_WITH_LIST,
        "ngo": Sender.NGO,
        "foreign_organization": Sender.FOREIGN_ORGANIZATION,
        "international_organization": Sender.INTERNATIONAL_ORGANIZATION,
    }
)
_ASKED_AT_THE_DOOR = frozenset(
    {
        "observer_of_sender_already_in_premises",
        "observer_accreditation_revoked",
        "observer_not_yet",
        "observer_term_ended",
    }
)
"""Findings of the rule on observers that hang on the instant; the others were settled with the accreditation."""
_OWN_PLACE: Mapping[Who, Right] = MappingProxyType(
    {Who.CITIZEN: Right.BE_IN_PREMISES, Who.REPRESENTATIVE: Right.ATTEND_SITTINGS}
)
"""Who belongs to one commission alone, and the right that says so; the others move freely (L9.4.9, L10.3)."""


@dataclass(frozen=True, slots=True)
class Comer:
    """Who a certificate stands for. `observer` is the certificate of the observer for whom an interpreter speaks.

    `ended_at`: the accreditation was revoked, or the person recalled; `revoked_at`: the certificate was.
    """

    certificate: int
    number: str
    who: Who
    sender: int
    sender_kind: str
    commission: int
    since: date
    valid_from: datetime
    valid_until: datetime
    revoked_at: datetime | None = None
    ended_at: datetime | None = None
    observer: int | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """When the results were published, and whether a repeat voting follows; None: not yet."""

    results_published: date | None = None
    repeat_voting: bool = False
    repeat_results_published: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The commission at whose door they stand, the law of the election, and its days of publication."""

    commission: int
    level: Level
    edition: Edition
    days: Days = Days()


def coming_in(comer: Comer, inside: Collection[Comer], place: Place, at: datetime) -> tuple[Finding, ...]:
    """What speaks against letting the person in at the instant `at`; `inside` are those who are in the room."""
    return (
        *_certificate(comer, at),
        *_inside_already(comer, inside),
        *_term(comer, inside, place, at),
        *_elsewhere(comer, place),
        *_interpreter(comer, inside, place),
    )


def going_out(comer: Comer, inside: Collection[Comer]) -> tuple[Finding, ...]:
    """Whoever leaves was inside; where not, a coming was not noted."""
    if any(each.certificate == comer.certificate for each in inside):
        return ()
    return (Finding(NORM, "passage_was_not_inside", Severity.WARNING),)


def of_same_sender(comer: Comer, inside: Collection[Comer]) -> list[Comer]:
    """The other observers of the same candidate or party in the room (L9.1.b2)."""
    if comer.who is not Who.OBSERVER:
        return []
    return [
        each
        for each in inside
        if each.who is Who.OBSERVER and each.sender == comer.sender and each.certificate != comer.certificate
    ]


def _certificate(comer: Comer, at: datetime) -> Iterator[Finding]:
    if comer.revoked_at is not None and comer.revoked_at <= at:
        yield Finding(NORM, "passage_certificate_revoked", Severity.ERROR, {"revoked": comer.revoked_at})
    if at < comer.valid_from:
        yield Finding(NORM, "passage_certificate_not_yet", Severity.ERROR, {"since": comer.valid_from})
    elif at >= comer.valid_until:
        yield Finding(NORM, "passage_certificate_expired", Severity.ERROR, {"until": comer.valid_until})


def _inside_already(comer: Comer, inside: Collection[Comer]) -> Iterator[Finding]:
    if any(each.certificate == comer.certificate for each in inside):
        yield Finding(NORM, "passage_already_inside", Severity.WARNING)


def _term(comer: Comer, inside: Collection[Comer], place: Place, at: datetime) -> Iterator[Finding]:
    """The term by the law of that kind, and the rule of one at a time in voting premises."""
    ended = comer.ended_at is not None and comer.ended_at <= at
    if comer.who is Who.MEDIA:
        yield from _of_media(comer, place, at, revoked=ended)
    kind = _OBSERVERS.get(comer.who)
    if kind is None:
        return
    of_sender = kind is ObserverKind.OBSERVER
    facts = Observing(
        kind=kind,
        person=Person(citizenship=None),
        sender=_SENDERS.get(comer.sender_kind, Sender.NOBODY),
        commission=place.level,
        on=_day(at),
        since=comer.since,
        in_premises=len(of_same_sender(comer, inside)) if place.level is Level.PEC else 0,
        accreditation_revoked=ended and not of_sender,
        results_published=place.days.results_published,
        repeat_voting=place.days.repeat_voting,
        repeat_results_published=place.days.repeat_results_published,
        recalled_on=_day(comer.ended_at) if ended and of_sender and comer.ended_at else None,
    )
    yield from (each for each in observer(facts, place.edition).findings if each.code in _ASKED_AT_THE_DOOR)


def _of_media(comer: Comer, place: Place, at: datetime, *, revoked: bool) -> Iterator[Finding]:
    asked = MediaRequest(
        written=True, requested_on=comer.since, on=_day(at), accredited_on=comer.since, revoked=revoked
    )
    found = media(asked, place.edition).findings
    yield from (each for each in found if each.code == "media_accreditation_revoked")


def _elsewhere(comer: Comer, place: Place) -> Iterator[Finding]:
    """Citizen observers and representatives belong to the commission that accredited or registered them.

    The day is not asked here: counting goes on after midnight of election day.
    """
    right = _OWN_PLACE.get(comer.who)
    if right is None or comer.commission == place.commission:
        return
    deeds = Deeds(
        frozenset({right}),
        met=frozenset({Condition.ELECTION_DAY}),
        failed=frozenset({Condition.OWN_COMMISSION}),
    )
    yield from _conduct(comer.who, deeds, place.edition)


def _interpreter(comer: Comer, inside: Collection[Comer], place: Place) -> Iterator[Finding]:
    """R4.4.2 gives the interpreter to the observer: one who comes without has no right of his own to be there."""
    if comer.who is Who.INTERPRETER and not any(each.certificate == comer.observer for each in inside):
        alone = Deeds(frozenset({Right.HAVE_INTERPRETER}), failed=frozenset({Condition.WITH_OBSERVER}))
        yield from _conduct(Who.INTERNATIONAL, alone, place.edition)


def _conduct(who: Who, deeds: Deeds, edition: Edition) -> tuple[Finding, ...]:
    if who is Who.REPRESENTATIVE:
        asked = RepresentativeConduct(RepresentativeKind.COMMISSION, deeds)
        return representative_conduct(asked, edition).findings
    return observer_conduct(ObserverConduct(_OBSERVERS[who], deeds), edition).findings


def _day(at: datetime) -> date:
    return local(at).date()
