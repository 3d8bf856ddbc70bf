"""Preparing the voting: its ballot, the precincts that vote, the candidates of the lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.elections.models import Election, ListedCandidate, Option, Voting
from shailoo.law.outcome import NormId, Refused, records
from shailoo.ledger import actions as ledger
from shailoo.lots import queries as lots
from shailoo.lots.drawing import label
from shailoo.lots.models import Draw

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


@transaction.atomic
@records("L30.2.a1")
def set_ballot(voting: Voting, lines: Sequence[Line], *, by: Office | None, at: datetime) -> int | Refused:
    """Give a voting its ballot as drawn by lot, "against all" last (L30.2, L30.3, L30.4, L30.5).

    Returns the number of lines. Refused where the voting has a ballot already: what is printed is never replaced.
    """
    if by is not None and (denied := refusal(by, may="elections.prepare", at=at, election=voting.election.slug)):
        return denied
    kind = Election.Kind(voting.election.kind)
    if voting.options.exists():
        return Refused.because(BALLOT_OF[kind], "ballot_set_before", slug=voting.election.slug)
    if broken := refusal_of_ballot(kind, lines):
        return broken
    place_lines(voting, lines)
    ledger.record(
        "election.ballot_set",
        subject=f"voting:{voting.pk}",
        by=by,
        at=at,
        grounds=("L30.2", BALLOT_OF[kind]),
        payload={"ballot": [line.code for line in lines]},
    )
    return len(lines)


@transaction.atomic
@records("L30.3", "L30.4")
def set_drawn_ballot(
    voting: Voting, lines: Sequence[Line], lot: Draw, *, by: Office | None, at: datetime
) -> int | Refused:
    """Give a voting its ballot in the order that a public lot gave (L30.3, L30.4), "against all" last (L30.5).

    `lines` may come in any order: the lot's list, whose entries are the names of the lines (`lots.drawing.label`),
    decides. Refused where the lot is not drawn, was on something else, or names others than the lines do.
    """
    if by is not None and (denied := refusal(by, may="elections.prepare", at=at, election=voting.election.slug)):
        return denied
    if refused := _refusal_of_lot(voting, lines, lot):
        return refused
    places = {each.label: each.place for each in lots.taken(lot)}
    last = len(places) + 1
    ordered = sorted(lines, key=lambda line: places.get(entry_of(line), last))
    answer = set_ballot(voting, ordered, by=by, at=at)
    if not isinstance(answer, Refused):
        ledger.record(
            "election.ballot_order_drawn",
            subject=f"voting:{voting.pk}",
            by=by,
            at=at,
            grounds=(BALLOT_OF[Election.Kind(voting.election.kind)],),
            payload={"lot": lot.subject, "purpose": lot.purpose_line, "list_hash": lot.list_hash},
        )
    return answer


def entry_of(line: Line) -> str:
    """How a line of the ballot stands on the list of its lot."""
    return label(line.name_ky, line.name_ru, line.name_en)


def _refusal_of_lot(voting: Voting, lines: Sequence[Line], lot: Draw) -> Refused | None:
    norm = BALLOT_OF[Election.Kind(voting.election.kind)]
    if lot.purpose != Draw.Purpose.BALLOT_ORDER or lot.election != voting.election.slug:
        return Refused.because(norm, "ballot_lot_of_something_else")
    listed = {each.label for each in lots.taken(lot)}
    if not listed:
        return Refused.because(norm, "ballot_lot_not_drawn")
    named = {entry_of(line) for line in lines if line.kind is not Option.Kind.AGAINST_ALL}
    if named != listed:
        return Refused.because(norm, "ballot_lot_of_others", entry=min(named ^ listed), fields=("lines",))
    return None


def place_lines(voting: Voting, lines: Sequence[Line]) -> None:
    """Write the lines of a ballot that was checked before."""
    Option.objects.bulk_create(_options(voting, lines))


def refusal_of_ballot(kind: Election.Kind, lines: Sequence[Line]) -> Refused | None:
    """The ballot names every option once and ends with "against all" (L30.5)."""
    norm, codes = BALLOT_OF[kind], Counter(line.code for line in lines)
    doubled = [code for code, times in codes.items() if times > 1]
    if doubled:
        return Refused.because(norm, "option_twice_on_ballot", option=doubled[0], fields=("lines",))
    against = [line for line in lines if line.kind is Option.Kind.AGAINST_ALL]
    if len(against) != 1 or lines[-1] is not against[0]:
        return Refused.because("L30.5.a2", "against_all_is_the_last_line", fields=("lines",))
    if len(lines) == 1:
        return Refused.because(norm, "nobody_on_ballot", fields=("lines",))
    return None


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


@transaction.atomic
def set_precincts(
    voting: Voting, listed: Mapping[str, int | None], *, by: Office | None, at: datetime
) -> int | Refused:
    """Name the precincts that vote, by number, with the voters of their final lists (None where no source has them).

    Each comes under the TEC above its PEC. Returns how many were added; those that stand already are left as they are.
    Refused where a number is unknown or has no PEC under a TEC (L13.4); then nothing is written.
    """
    if by is not None and (denied := refusal(by, may="elections.prepare", at=at, election=voting.election.slug)):
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
    if by is not None and (denied := refusal(by, may="elections.prepare", at=at, election=voting.election.slug)):
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
        payload={"candidates": {code: len(names) for code, names in lists.items()}},
    )
    return len(rows)
