"""Noting who came in, who left and who was turned away: on the spot, also by devices that had no network meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office
from shailoo.commissions.models import Commission
from shailoo.elections.models import Election
from shailoo.law.outcome import Fact, Finding, Refused, Severity, records
from shailoo.ledger import actions as ledger
from shailoo.observation.checkin.door import NORM, Comer, Place, coming_in, going_out
from shailoo.observation.checkin.findings import written
from shailoo.observation.models import Passage
from shailoo.observation.queries.presence import (
    PRESENT_WITHIN,
    Track,
    comers,
    holders,
    moved,
    place_of,
    tracks,
)

CHECK_IN = "observation.check_in"
MOST = 500
"""Passages in one request: more than a precinct has in a day."""
CLOCKS_AGREE = timedelta(minutes=2)
"""A device whose clock differs by no more is taken by its word."""
OLDEST = timedelta(days=30)
_BATCH = 500


class Kept(StrEnum):
    """What became of one passage that a device sent."""

    KEPT = "kept"
    KEPT_BEFORE = "kept_before"  # sent a second time: it is there once
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Noted:
    """A passage as a device noted it: `at` by its own clock, `verdict` what it said of the certificate.

    `confirmed` are the codes of findings that whoever sat at the door saw and let the person in all the same.
    """

    uid: UUID
    number: str
    way: Passage.Way
    at: datetime
    verdict: str = ""
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a passage, and what the law says of it."""

    uid: UUID
    kept: Kept
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Door:
    """The door while passages are taken in, in the order of their times; `past` are those noted before, yet to come."""

    place: Place
    people: Mapping[int, Comer]
    past: deque[Track]
    present: dict[int, datetime] = field(default_factory=dict)

    def inside(self, at: datetime, uid: str) -> list[Comer]:
        """Who is inside when the passage of that time comes up."""
        while self.past and (self.past[0].at, self.past[0].uid) < (at, uid):
            self.passed(self.past.popleft())
        known = (self.people.get(pk) for pk, since in self.present.items() if since > at - PRESENT_WITHIN)
        return [each for each in known if each is not None]

    def passed(self, track: Track) -> None:
        self.present = moved(self.present, track)


@transaction.atomic
@records("L9.1.b2", "L10.3", "R4.3.a2", "R4.4.a")
def note_passages(
    election: Election, noted: Sequence[Noted], *, sent_at: datetime, by: Office, at: datetime
) -> tuple[Told, ...] | Refused:
    """Keep passages at the office's own commission, each once, judged again by the law, in the order of their times.

    `sent_at` is what the device's clock showed on sending: a clock that is wrong is corrected by the difference, and
    the passage says so. A passage is kept also where nobody should have been let in: its findings say why.
    """
    if denied := refusal(by, may=CHECK_IN, at=at, of=by.body, election=election.slug):
        return denied
    if len(noted) > MOST:
        return Refused.because(NORM, "passages_too_many", number=len(noted), most=MOST)
    Commission.objects.select_for_update().get(pk=by.body_id)  # two devices of one door, one after the other
    known = {each.uid: each for each in _kept(noted)}
    shift = at - sent_at
    told = {each.uid: _again(each, known[each.uid], by) for each in noted if each.uid in known}
    fresh = {each.uid: each for each in noted if each.uid not in known}
    made, answers = _judged(election, fresh.values(), shift, by, at)
    Passage.objects.bulk_create(made, batch_size=_BATCH)
    if made:
        _record(made, by, at)
    told |= answers
    return tuple(told[uid] for uid in dict.fromkeys(each.uid for each in noted))


def _judged(
    election: Election, fresh: Iterable[Noted], shift: timedelta, by: Office, at: datetime
) -> tuple[list[Passage], dict[UUID, Told]]:
    """The rows to keep, and what is told of each passage."""
    timed = sorted(((_when(each, shift, at), each) for each in fresh), key=lambda pair: (pair[0], str(pair[1].uid)))
    if not timed:
        return [], {}
    known = comers([each.number for _when, each in timed], election)
    door = _door(by.body, election, known, timed[0][0])
    made: list[Passage] = []
    told: dict[UUID, Told] = {}
    for when, each in timed:
        comer = known.get(each.number)
        refused = _unkept(when, at) if comer else _unknown(each)
        if comer is None or refused:
            told[each.uid] = Told(each.uid, Kept.REFUSED, refused)
            continue
        inside = door.inside(when, str(each.uid))
        findings = (*_findings(each, comer, inside, door.place, when), *_about_the_note(each, shift))
        door.passed(Track(when, str(each.uid), comer.certificate, each.way))
        made.append(_passage(each, comer, findings, when, by, at))
        told[each.uid] = Told(each.uid, Kept.KEPT, findings)
    return made, told


def _passage(
    noted: Noted, comer: Comer, findings: Iterable[Finding], when: datetime, by: Office, at: datetime
) -> Passage:
    return Passage(
        uid=noted.uid,
        commission=by.body,
        certificate_id=comer.certificate,
        way=noted.way,
        verdict=noted.verdict,
        findings=[written(found) for found in findings],
        at=when,
        office=by,
        noted_at=at,
    )


def _door(commission: Body, election: Election, known: Mapping[str, Comer], first: datetime) -> _Door:
    """The door as it was before the first of the passages, and whoever passed it since."""
    past = tracks(commission, election, first)
    passed = holders({each.certificate for each in past})
    people = {each.certificate: each for each in (*passed, *known.values())}
    return _Door(place_of(commission, election), people, deque(past))


def _when(noted: Noted, shift: timedelta, at: datetime) -> datetime:
    """The instant of a passage by our clock; never after it was received, for clocks differ by a little."""
    corrected = noted.at if abs(shift) <= CLOCKS_AGREE else noted.at + shift
    return min(corrected, at) if corrected <= at + CLOCKS_AGREE else corrected


def _kept(noted: Sequence[Noted]) -> Iterable[Passage]:
    return Passage.objects.filter(uid__in=[each.uid for each in noted]).select_related("certificate")


def _again(noted: Noted, kept: Passage, by: Office) -> Told:
    """A passage that is there already: the same one, or another one under its name."""
    same = kept.commission_id == by.body_id and kept.way == noted.way and kept.certificate.number == noted.number
    if same:
        return Told(noted.uid, Kept.KEPT_BEFORE)
    return Told(noted.uid, Kept.REFUSED, (Finding(NORM, "passage_with_another_content", Severity.ERROR),))


def _unknown(noted: Noted) -> tuple[Finding, ...]:
    named = {"number": noted.number}
    return (Finding(NORM, "passage_of_unknown_certificate", Severity.ERROR, named, ("number",)),)


def _unkept(when: datetime, at: datetime) -> tuple[Finding, ...]:
    """Why a passage of a known certificate cannot be kept at all."""
    if when > at:
        return (Finding(NORM, "passage_in_the_future", Severity.ERROR, {"at": when}, ("at",)),)
    if when < at - OLDEST:
        return (Finding(NORM, "passage_too_old", Severity.ERROR, {"at": when}, ("at",)),)
    return ()


def _findings(
    noted: Noted, comer: Comer, inside: Collection[Comer], place: Place, when: datetime
) -> tuple[Finding, ...]:
    return going_out(comer, inside) if noted.way == Passage.Way.OUT else coming_in(comer, inside, place, when)


def _about_the_note(noted: Noted, shift: timedelta) -> Iterable[Finding]:
    """What the device's clock showed where it was wrong, and what was seen and passed over at the door."""
    if abs(shift) > CLOCKS_AGREE:
        named: dict[str, Fact] = {"shown": noted.at, "minutes": round(abs(shift) / timedelta(minutes=1))}
        yield Finding(NORM, "passage_clock_corrected", Severity.WARNING, named)
    if noted.confirmed:
        yield Finding(NORM, "passage_confirmed_at_the_door", Severity.WARNING, {"findings": len(noted.confirmed)})


def _record(made: Sequence[Passage], by: Office, at: datetime) -> None:
    """One act for all that came in one request: how many, and the hash of what was kept. It names nobody."""
    ways = {way.value: sum(each.way == way for each in made) for way in Passage.Way}
    payload = {
        **ways,
        "with_findings": sum(bool(each.findings) for each in made),
        "uids": sorted(str(each.uid) for each in made),
    }
    ledger.record("passages.noted", subject=f"body:{by.body.code}", by=by, at=at, grounds=["L12.1"], payload=payload)
