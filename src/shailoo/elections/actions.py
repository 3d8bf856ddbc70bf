"""Calling an election: its pinned edition, its ballot, its lists and the precincts that vote.

`by` is None only for what the installation itself sets up before the first office exists; the ledger then names the
system as the one who acted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.elections.models import Clock, Election, ListedCandidate, Option, Voting
from shailoo.law.editions import edition, in_force
from shailoo.law.outcome import NormId, Refused
from shailoo.ledger import actions as ledger
from shailoo.ledger.queries import latest_act

CALLED_BY: Mapping[Election.Kind, NormId] = {
    Election.Kind.PRESIDENTIAL: "L48.1.b",
    Election.Kind.JOGORKU_KENESH: "L59.3.a",
}
BALLOT_OF: Mapping[Election.Kind, NormId] = {
    Election.Kind.PRESIDENTIAL: "L30.3",
    Election.Kind.JOGORKU_KENESH: "L30.4",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ballot: a list or a candidate, or "against all". `registered` numbers the decision."""

    code: str
    kind: Option.Kind
    name_ky: str
    name_ru: str
    name_en: str
    registered: int | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """What is decided when an election is called, and the ballot as drawn by lot, "against all" last (L30.3, L30.4).

    `edition_id` is None for the edition in force on `called_on` (local date). Another edition may be named only where
    the data is not the commission's own: a demonstration may ask what another law would have given.
    """

    slug: str
    kind: Election.Kind
    occasion: Election.Occasion
    name_ky: str
    name_ru: str
    name_en: str
    called_on: date
    day: date
    lines: tuple[Line, ...]
    origin: Election.Origin = Election.Origin.COMMISSION
    rehearsal: bool = False
    edition_id: str | None = None


@dataclass(frozen=True, slots=True)
class Called:
    election: Election
    voting: Voting


@transaction.atomic
def call_election(call: Call, *, by: Office | None, at: datetime) -> Called | Refused:
    """Record an election as called, with its voting day and its ballot; it pins the edition in force (L48.1, L59.3)."""
    if by is not None and (denied := refusal(by, may="elections.call", at=at)):
        return denied
    if broken := _refusal_of(call):
        return broken
    pinned = edition(call.edition_id) if call.edition_id else in_force(call.called_on)
    election = Election.objects.create(
        slug=call.slug,
        kind=call.kind,
        occasion=call.occasion,
        name_ky=call.name_ky,
        name_ru=call.name_ru,
        name_en=call.name_en,
        called_on=call.called_on,
        edition_id=pinned.id,
        origin=call.origin,
        rehearsal=call.rehearsal,
    )
    voting = Voting.objects.create(election=election, kind=Voting.Kind.GENERAL, day=call.day)
    Option.objects.bulk_create(_options(voting, call.lines))
    ledger.record(
        "election.called",
        subject=f"election:{election.slug}",
        by=by,
        at=at,
        grounds=(CALLED_BY[call.kind], BALLOT_OF[call.kind]),
        payload={
            "called_on": call.called_on,
            "day": call.day,
            "edition": pinned.id,
            "origin": str(call.origin),
            "ballot": [line.code for line in call.lines],
        },
    )
    return Called(election, voting)


def _options(voting: Voting, lines: Sequence[Line]) -> Iterable[Option]:
    for position, line in enumerate(lines, 1):
        yield Option(
            voting=voting,
            position=position,
            code=line.code,
            kind=line.kind,
            name_ky=line.name_ky,
            name_ru=line.name_ru,
            name_en=line.name_en,
            registered=line.registered,
        )


def _refusal_of(call: Call) -> Refused | None:
    """What speaks against the call itself, whoever makes it."""
    norm = CALLED_BY[call.kind]
    if Election.objects.filter(slug=call.slug).exists():
        return Refused.because(norm, "election_called_before", slug=call.slug)
    if call.day <= call.called_on:
        return Refused.because(norm, "day_before_calling", day=call.day, called_on=call.called_on, fields=("day",))
    return _refusal_of_edition(call, norm) or _refusal_of_ballot(call)


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


def _refusal_of_ballot(call: Call) -> Refused | None:
    """The ballot names every option once and ends with "against all" (L30.5)."""
    norm, codes = BALLOT_OF[call.kind], Counter(line.code for line in call.lines)
    doubled = [code for code, times in codes.items() if times > 1]
    if doubled:
        return Refused.because(norm, "option_twice_on_ballot", option=doubled[0], fields=("lines",))
    against = [line for line in call.lines if line.kind is Option.Kind.AGAINST_ALL]
    if len(against) != 1 or call.lines[-1] is not against[0]:
        return Refused.because("L30.5.a2", "against_all_is_the_last_line", fields=("lines",))
    if len(call.lines) == 1:
        return Refused.because(norm, "nobody_on_ballot", fields=("lines",))
    return None


@transaction.atomic
def set_precincts(
    voting: Voting, listed: Mapping[str, int | None], *, by: Office | None, at: datetime
) -> int | Refused:
    """Name the precincts that vote, by number, with the voters of their final lists (None where no source has them).

    Each comes under the TEC above its PEC. Returns how many were added; those that stand already are left as they are.
    Refused where a number is unknown or has no PEC under a TEC (L13.4); then nothing is written.
    """
    if by is not None and (denied := refusal(by, may="elections.prepare", at=at)):
        return denied
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE wanted_precincts (number text PRIMARY KEY, listed integer) ON COMMIT DROP"
        )
        with cursor.copy("COPY wanted_precincts FROM STDIN") as copy:
            for row in listed.items():
                copy.write_row(row)
        cursor.execute(_WITHOUT_TEC)
        homeless = [str(number) for (number,) in cursor.fetchall()]
        if not homeless:
            cursor.execute(_ADD_PRECINCTS, [voting.pk])
        added = int(cursor.rowcount)
        cursor.execute("DROP TABLE wanted_precincts")
    if homeless:
        return Refused.because("L13.4.a1", "precincts_without_tec", count=len(homeless), first=homeless[0])
    ledger.record(
        "election.precincts_set",
        subject=f"voting:{voting.pk}",
        by=by,
        at=at,
        grounds=("L13.4.a1",),
        payload={"precincts": len(listed), "added": added},
    )
    return added


_PLACED = """
    FROM wanted_precincts w
    LEFT JOIN territory_precinct p ON p.number = w.number
    LEFT JOIN commissions_commission pec ON pec.precinct_id = p.id
    LEFT JOIN accounts_body b ON b.id = pec.body_id
    LEFT JOIN commissions_commission tec ON tec.body_id = b.superior_id AND tec.level = 'tec'
"""
_WITHOUT_TEC = f"SELECT w.number {_PLACED} WHERE tec.body_id IS NULL ORDER BY w.number"
_ADD_PRECINCTS = f"""
    INSERT INTO elections_votingprecinct (voting_id, precinct_id, tec_id, region_id, voters_listed)
    SELECT %s, p.id, tec.body_id, p.region_id, w.listed {_PLACED}
    ORDER BY w.number
    ON CONFLICT ON CONSTRAINT a_precinct_votes_once_in_a_voting DO NOTHING
"""


@transaction.atomic
def set_lists(
    voting: Voting, lists: Mapping[str, Sequence[tuple[str, str]]], *, by: Office | None, at: datetime
) -> int | Refused:
    """Give registered lists their candidates: option code -> (Kyrgyz, Russian) names by rank (L60.3, L64.4).

    Returns how many candidates were added. Refused where an option is unknown, no list, or has candidates already.
    """
    if by is not None and (denied := refusal(by, may="elections.prepare", at=at)):
        return denied
    options = {option.code: option for option in voting.options.filter(kind=Option.Kind.LIST)}
    taken = set(ListedCandidate.objects.filter(option__voting=voting).values_list("option__code", flat=True))
    for code in lists:
        if code not in options or code in taken:
            return Refused.because("L60.3.a", "no_list_without_candidates", option=code)
    rows = [
        ListedCandidate(option=options[code], rank=rank, name_ky=name_ky, name_ru=name_ru)
        for code, names in lists.items()
        for rank, (name_ky, name_ru) in enumerate(names, 1)
    ]
    ListedCandidate.objects.bulk_create(rows, batch_size=2000)
    ledger.record(
        "election.lists_set",
        subject=f"voting:{voting.pk}",
        by=by,
        at=at,
        grounds=("L60.3.a",),
        payload={code: len(names) for code, names in lists.items()},
    )
    return len(rows)


@transaction.atomic
def set_clock(election: Election, shows: datetime) -> Clock | Refused:
    """Let a rehearsal or demonstration run on its own clock, which shows `shows` now and runs on.

    Refused for an election of the commission's own that is no rehearsal, and where the ledger holds a later act: a
    clock never goes back behind the record.
    """
    norm = CALLED_BY[Election.Kind(election.kind)]
    if election.origin == Election.Origin.COMMISSION and not election.rehearsal:
        return Refused.because(norm, "real_elections_have_real_time")
    latest = latest_act()
    if latest is not None and shows < latest:
        return Refused.because(norm, "clock_behind_the_record", latest=latest)
    clock, _ = Clock.objects.update_or_create(election=election, defaults={"set_at": timezone.now(), "shows": shows})
    return clock
