"""The special register of applications for mobile voting: a request enters it, and it is posted (L33.2, L33.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.commissions.models import Decision
from shailoo.elections.models import VotingPrecinct
from shailoo.law.outcome import Outcome, Refused
from shailoo.law.voters.mobile import MobileApplication, MobileReason, MobileRuling, mobile_voting
from shailoo.ledger.actions import record
from shailoo.ledger.canonical import canonical, sha256
from shailoo.ledger.holding import hold
from shailoo.territory.models import Precinct
from shailoo.voters.actions.act import act
from shailoo.voters.applications import dossier as dossiers
from shailoo.voters.applications import law_of, matters
from shailoo.voters.applications.actions.steps import body_of
from shailoo.voters.applications.dossier import PIN, Dossier
from shailoo.voters.applications.models import MobilePosting, MobileRequest
from shailoo.voters.models import Entry

MAY = "voters.mobile.register"
APPLY, POST = "L33.2.a4", "L33.4.b"
RESIDENCE = "residence"


@dataclass(frozen=True, slots=True)
class MobileFiling:
    """A written application for the mobile box, handed in at the commission of `place`."""

    place: VotingPrecinct
    dossier: Dossier
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """The request in its register, and what the law says of it."""

    request: MobileRequest
    outcome: Outcome[MobileRuling]


@act
def register_mobile(filing: MobileFiling, *, by: Office, at: datetime) -> Registered | Refused:
    """Enter a request in the register, under its next number; what the law does not grant is refused with its norm."""
    place, told = filing.place, filing.dossier
    if denied := _refused(place, by=by, at=at):
        return denied
    if not PIN.fullmatch(told.pin):
        return Refused.because("L33.2.a5", "voter_pin_form", fields=("pin",))
    if filing.decision is not None and (denied := matters.military_refusal(place, filing.decision, at)):
        return denied
    hold(f"mobile_register:{place.voting_id}-{place.precinct_id}")
    own = MobileRequest.objects.filter(voting=place.voting, precinct=place.precinct)
    mark = dossiers.person_mark(told.pin)
    if (known := own.filter(person_mark=mark).first()) is not None:
        return Refused.because(APPLY, "mobile_request_known", fields=("pin",), number=known.number)
    entry = _entry(place, told.pin)
    outcome = mobile_voting(_facts(filing, entry, at), place.voting.election.edition)
    if outcome.value is not MobileRuling.GRANTED or entry is None:
        return Refused(outcome.errors)
    made = MobileRequest(
        voting=place.voting,
        region=place.region,
        precinct=place.precinct,
        number=(own.aggregate(last=Max("number"))["last"] or 0) + 1,
        person_mark=mark,
        entry=entry.pk,
        decision=filing.decision,
        received_at=at,
        office=by,
        at=at,
    )
    made.dossier = dossiers.sealed(told, made.subject, by=by, at=at)
    made.save(force_insert=True)
    payload = {"precinct": place.precinct.number, "number": made.number}
    record("voters.mobile_requested", subject=made.subject, by=by, at=at, grounds=[APPLY], payload=payload)
    return Registered(made, outcome)


def _refused(place: VotingPrecinct, *, by: Office, at: datetime) -> Refused | None:
    body = body_of(place.precinct, place.tec)
    if denied := refusal(by, may=MAY, of=body, election=place.voting.election.slug, at=at):
        return denied
    if not law_of.takes_mobile(place.voting):
        return Refused.because("L33.2.a1", "mobile_voting_not_before_this_voting")
    return None


def _entry(place: VotingPrecinct, pin: str) -> Entry | None:
    own = Entry.objects.filter(register__election=place.voting.election, pin=int(pin), until=None)
    return own.filter(precinct=place.precinct).first()


def _facts(filing: MobileFiling, entry: Entry | None, at: datetime) -> MobileApplication:
    """`resides_in_precinct`: the list has the voter there by residence."""
    told = filing.dossier
    military = told.reason == MobileReason.MILITARY_UNIT
    return MobileApplication(
        voting=law_of.voting_of(filing.place.voting),
        reason=MobileReason(told.reason),
        listed=entry is not None,
        received=at,
        written=True,
        states_reason=bool(told.explained.strip()),
        states_voter_data=bool(told.full_name and told.place.strip()),
        in_register=True,
        military_decision=filing.decision is not None if military else None,
        resides_in_precinct=entry.basis == RESIDENCE if military and entry else None,
        abroad=filing.place.precinct.kind == Precinct.Kind.ABROAD,
    )


@act
def post_register(place: VotingPrecinct, *, by: Office, at: datetime) -> MobilePosting | Refused:
    """Record that the register hangs at the station: how many rows it has, and their hash. Late is on record, too."""
    if denied := _refused(place, by=by, at=at):
        return denied
    hold(f"mobile_register:{place.voting_id}-{place.precinct_id}")
    term = law_of.term(place.voting, law_of.MOBILE_POSTED)
    if term.opens is not None and at < term.opens:
        return Refused.because(POST, "mobile_register_too_early", last_day=term.opens.date())
    if MobilePosting.objects.filter(voting=place.voting, precinct=place.precinct).exists():
        return Refused.because(POST, "mobile_register_posted_before")
    rows = list(
        MobileRequest.objects.filter(voting=place.voting, precinct=place.precinct)
        .order_by("number")
        .values_list("number", "person_mark")
    )
    digest = sha256(canonical([list(row) for row in rows]))
    payload = {"precinct": place.precinct.number, "requests": len(rows), "late": not term.in_time(at)}
    subject = f"mobile_register:{place.voting_id}-{place.precinct.number}"
    act_hash = record("voters.mobile_register_posted", subject=subject, by=by, at=at, grounds=[POST], payload=payload)
    return MobilePosting.objects.create(
        voting=place.voting,
        precinct=place.precinct,
        requests=len(rows),
        sha256=digest,
        late=not term.in_time(at),
        office=by,
        at=at,
        act=act_hash,
    )
