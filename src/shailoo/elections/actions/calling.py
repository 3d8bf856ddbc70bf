"""Calling an election: its ground, its edition, its first day of voting and its calendar (Art. 48, 57, 59, 63)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.commissions import queries as commissions
from shailoo.commissions.models import Decision, Matter
from shailoo.elections import matters
from shailoo.elections.actions.preparing import BALLOT_OF, Line, place_lines, refusal_of_ballot
from shailoo.elections.actions.terms import compute_deadlines, note_moments
from shailoo.elections.models import Election, Voting
from shailoo.elections.occasions import kind_of
from shailoo.law.calendar import Kind, local_day
from shailoo.law.calendar.calling import Calling, Ground, check_calling
from shailoo.law.editions import Edition, edition, in_force
from shailoo.law.outcome import Finding, NormId, Refused, records
from shailoo.ledger import actions as ledger

CALLED_BY: Mapping[Election.Kind, NormId] = {
    Election.Kind.PRESIDENTIAL: "L48.1.b",
    Election.Kind.JOGORKU_KENESH: "L59.3.a",
}
_CALLED_BY_CEC: NormId = "L38.5.a1"
USUAL_GROUND: Mapping[Kind, Ground] = {
    Kind.PRESIDENTIAL: Ground.RESOLUTION,
    Kind.PRESIDENTIAL_EARLY: Ground.RESOLUTION,
    Kind.REPEAT_PRESIDENTIAL: Ground.RESOLUTION,
    Kind.JK: Ground.DECREE,
    Kind.JK_EARLY: Ground.DECREE,
    Kind.REPEAT_JK: Ground.CEC_DECISION,
}


_FIELDS = {"election_day": "day"}  # what the law calls otherwise than a call


@dataclass(frozen=True, slots=True)
class Call:
    """What is decided when an election is called. Days are local days.

    `ground` is the act that calls it (None: the usual one for the kind) and `act_number` its number. Where the CEC
    calls it, `decision` is that act; whoever else calls it decides elsewhere, and their act is typed. `term_ends`,
    `powers_ended`, `dissolved` and `failed_on` are what its term and its day are tested against, where known.
    `lines` is the ballot as drawn by lot, "against all" last (L30.3, L30.4); empty while there is none yet.
    `edition_id` is None for the edition in force on `called_on`. Another edition may be named only where the data is
    not the commission's own: a demonstration may ask what another law would have given.
    """

    slug: str
    kind: Election.Kind
    occasion: Election.Occasion
    name_ky: str
    name_ru: str
    name_en: str
    called_on: date
    day: date
    lines: tuple[Line, ...] = ()
    origin: Election.Origin = Election.Origin.COMMISSION
    rehearsal: bool = False
    edition_id: str | None = None
    ground: Ground | None = None
    act_number: str = ""
    decision: Decision | None = None
    term_ends: date | None = None
    powers_ended: date | None = None
    dissolved: date | None = None
    failed_on: date | None = None

    @property
    def calendar_kind(self) -> Kind:
        return kind_of(self.kind, self.occasion)

    @property
    def taken_ground(self) -> Ground:
        return self.ground or USUAL_GROUND[self.calendar_kind]

    @property
    def decided_here(self) -> bool:
        """Whether the CEC itself calls it; a rehearsal, which has no legal force, takes up no decision."""
        own = self.origin is Election.Origin.COMMISSION and not self.rehearsal
        return own and self.taken_ground is Ground.CEC_DECISION

    @property
    def ground_number(self) -> str:
        """The number of the act that calls it."""
        return self.decision.label if self.decided_here and self.decision else self.act_number

    def calling(self) -> Calling:
        """The same for the law."""
        return Calling(
            self.calendar_kind,
            self.taken_ground,
            self.called_on,
            self.day,
            term_ends=self.term_ends,
            powers_ended=self.powers_ended,
            dissolved=self.dissolved,
            failed_on=self.failed_on,
        )


@dataclass(frozen=True, slots=True)
class Called:
    election: Election
    voting: Voting


@transaction.atomic
@records("L48.1.b", "L48.2.a", "L48.3.a", "L48.4.b", "L57.a", "L57.b", "L59.3.a", "L59.4.a", "L59.6.a", "L59.6.c")
@records("L38.5.a1", "L38.5.a3", "L63.1", "L63.2.a")
def call_election(call: Call, *, by: Office | None, at: datetime) -> Called | Refused:
    """Record an election as called, with its voting day; it pins the edition in force and has its calendar at once.

    Refused where the commission's own election was called by another body, out of its term or for a day that the law
    does not allow (Art. 48, 57, 59, 63); and where the CEC calls it, without its decision of that day. What is
    generated or taken from the public record stands as it was; its departures are written down.
    """
    if by is not None and (denied := refusal(by, may="elections.call", at=at, election=call.slug)):
        return denied
    if broken := objections(call, at):
        return broken
    pinned = pinned_by(call)
    departures = _departures(call, pinned)
    election = Election.objects.create(
        slug=call.slug,
        kind=call.kind,
        occasion=call.occasion,
        name_ky=call.name_ky,
        name_ru=call.name_ru,
        name_en=call.name_en,
        called_on=call.called_on,
        ground=call.taken_ground.value,
        act_number=call.ground_number,
        carries_out=call.decision if call.decided_here else None,
        edition_id=pinned.id,
        origin=call.origin,
        rehearsal=call.rehearsal,
    )
    voting = Voting.objects.create(election=election, kind=Voting.Kind.GENERAL, day=call.day)
    place_lines(voting, call.lines)
    act = ledger.record(
        "election.called",
        subject=f"election:{election.slug}",
        by=by,
        at=at,
        grounds=_grounds(call),
        payload=_payload(call, pinned, departures),
    )
    note_moments(voting, call.calling().occasion().known, by=by, at=at, act=act)
    compute_deadlines(voting, reason="election.called", at=at)
    return Called(election, voting)


def _not_yet(call: Call, at: datetime) -> Refused | None:
    """A real election is not called on a day that has not come; a rehearsal has a clock of its own."""
    if call.rehearsal or call.origin is not Election.Origin.COMMISSION or call.called_on <= local_day(at):
        return None
    return Refused.because(CALLED_BY[call.kind], "moment_in_the_future", day=call.called_on, fields=("called_on",))


def objections(call: Call, at: datetime) -> Refused | None:
    """What speaks against the call, whoever makes it: what `call_election` would refuse; None where nothing does."""
    if broken := _refusal_of(call):
        return broken
    departures = _departures(call, pinned_by(call))
    if departures and call.origin is Election.Origin.COMMISSION:
        return Refused(departures)
    return _not_yet(call, at) or _undecided(call, at)


def _undecided(call: Call, at: datetime) -> Refused | None:
    """Where the CEC calls it: the refusal without its decision on this election, taken on the day of the calling."""
    if not call.decided_here:
        return None
    norm, cec = _CALLED_BY_CEC, commissions.cec()
    if cec is None:
        return Refused.because(norm, "decision_missing", fields=("decision",), matter=Matter.CALLING.value)
    if broken := matters.calling(call.slug).refusal(call.decision, body=cec.body, at=at, norm=norm):
        return broken
    if call.decision is not None and local_day(call.decision.taken_at) != call.called_on:
        facts = {"called_on": call.called_on, "taken_on": local_day(call.decision.taken_at)}
        return Refused.because(norm, "called_on_another_day", fields=("called_on",), **facts)
    return None


def pinned_by(call: Call) -> Edition:
    """The edition that the call pins. Raises KeyError where none was in force."""
    return edition(call.edition_id) if call.edition_id else in_force(call.called_on)


def _grounds(call: Call) -> tuple[NormId, ...]:
    norm = _CALLED_BY_CEC if call.taken_ground is Ground.CEC_DECISION else CALLED_BY[call.kind]
    decided = (call.decision.ledger_name,) if call.decided_here and call.decision else ()
    return (norm, BALLOT_OF[call.kind], *decided) if call.lines else (norm, *decided)


def _payload(call: Call, pinned: Edition, departures: tuple[Finding, ...]) -> dict[str, object]:
    return {
        "called_on": call.called_on,
        "day": call.day,
        "ground": call.taken_ground.value,
        "act_number": call.ground_number,
        "edition": pinned.id,
        "origin": str(call.origin),
        "ballot": [line.code for line in call.lines],
        "departures": [{"norm": each.norm, "code": each.code} for each in departures],
    }


def _departures(call: Call, pinned: Edition) -> tuple[Finding, ...]:
    """What the law finds wrong with the calling; fields are named as the call names them."""
    found = check_calling(call.calling(), pinned).errors
    return tuple(replace(each, fields=tuple(_FIELDS.get(name, name) for name in each.fields)) for each in found)


def _refusal_of(call: Call) -> Refused | None:
    """What speaks against the call before the law on calling is asked."""
    norm = CALLED_BY[call.kind]
    if Election.objects.filter(slug=call.slug).exists():
        return Refused.because(norm, "election_called_before", slug=call.slug, fields=("slug",))
    if call.day <= call.called_on:
        return Refused.because(norm, "day_before_calling", day=call.day, called_on=call.called_on, fields=("day",))
    ballot = refusal_of_ballot(call.kind, call.lines) if call.lines else None
    return _refusal_of_edition(call, norm) or ballot


def _refusal_of_edition(call: Call, norm: NormId) -> Refused | None:
    try:
        found = in_force(call.called_on).id
    except KeyError:
        if call.edition_id is None:
            return Refused.because(norm, "no_edition_in_force", called_on=call.called_on, fields=("called_on",))
        found = None
    if call.edition_id not in (None, found) and call.origin is Election.Origin.COMMISSION:
        return Refused.because(norm, "edition_not_in_force", edition=str(call.edition_id), fields=("edition_id",))
    return None
