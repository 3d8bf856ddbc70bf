"""The lines by which precincts are found: of stations, of streets with several voters, of approved addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import connection

from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.territory.models import Area, Precinct
from shailoo.voters.enquiry.folding import words
from shailoo.voters.enquiry.models import PlaceLine, PlaceWord
from shailoo.voters.models import Register
from shailoo.voters.sources.models import LAST_HOUSE, AddressRange
from shailoo.voters.sources.queries import in_force

FEWEST_VOTERS = 5
"""A street of the register is named where as many voters of the precinct live in it, so that it tells of none."""
AT_ONCE = 5_000
_STREETS = """
SELECT e.precinct_id, e.district, e.locality, e.street FROM voters_entry e
WHERE e.register_id = %s AND e.until IS NULL
GROUP BY 1, 2, 3, 4 HAVING count(*) >= %s ORDER BY 1, 2, 3, 4
"""


@dataclass(frozen=True, slots=True)
class Around:
    """The words of a precinct's number and of the areas in which it lies, in three languages."""

    precinct: Precinct
    words: frozenset[str] = field(default_factory=frozenset)

    def line(self, kind: PlaceLine.Kind, voting: int, label: str, *names: str) -> PlaceLine:
        """A line of this precinct with its words and those around it."""
        own = {word for name in (*names, label) for word in words(name)}
        return PlaceLine(
            voting_id=voting, precinct=self.precinct, kind=kind, label=label, words=sorted(own | self.words)
        )


def renew(register: Register) -> int:
    """Make all lines of a register's voting anew, in the transaction of the caller; returns how many there are."""
    voting = register.voting
    around = {each.precinct.pk: each for each in _around(voting)}
    PlaceLine.objects.filter(voting=voting).delete()
    PlaceWord.objects.filter(voting=voting).delete()
    made, known = 0, set[str]()
    for lines in _in_pieces(_lines(register, around)):
        PlaceLine.objects.bulk_create(lines)
        made += len(lines)
        known.update(word for line in lines for word in line.words)
    PlaceWord.objects.bulk_create(
        [PlaceWord(voting=voting, word=word) for word in sorted(known) if not word.isdigit()], batch_size=AT_ONCE
    )
    return made


def _around(voting: Voting) -> Iterator[Around]:
    areas = {area.pk: area for area in Area.objects.all()}
    rows = VotingPrecinct.objects.filter(voting=voting).select_related("precinct").order_by("precinct__number")
    for row in rows:
        names = [each for area in _up(areas, row.precinct.area_id) for each in _names(area)]
        yield Around(row.precinct, frozenset(word for name in (row.precinct.number, *names) for word in words(name)))


def _up(areas: Mapping[int, Area], pk: int | None) -> Iterator[Area]:
    """The area and those around it, without the country, in which everything lies."""
    while pk is not None and (area := areas.get(pk)) is not None:
        if area.kind != Area.Kind.COUNTRY:
            yield area
        pk = area.parent_id


def _names(area: Area) -> tuple[str, ...]:
    return area.name_ky, area.name_ru, area.name_en


def _lines(register: Register, around: Mapping[int, Around]) -> Iterator[PlaceLine]:
    voting = register.voting_id
    for each in around.values():
        place = each.precinct
        yield each.line(PlaceLine.Kind.STATION, voting, "", place.place_ky, place.place_ru, place.place_en)
    with connection.cursor() as cursor:
        cursor.execute(_STREETS, [register.pk, FEWEST_VOTERS])
        for precinct, district, locality, street in cursor.fetchall():
            label = ", ".join(filter(None, (locality or district, street)))
            if precinct in around and label:
                yield around[precinct].line(PlaceLine.Kind.STREET, voting, label, district)
    for approved in in_force(register.voting).iterator(chunk_size=AT_ONCE):
        if approved.precinct_id in around:
            yield _approved(around[approved.precinct_id], voting, approved)


def _approved(around: Around, voting: int, approved: AddressRange) -> PlaceLine:
    """The houses of an approved range; a range without houses is a whole street, or what is left of a locality."""
    label = ", ".join(filter(None, (approved.locality, approved.street, _houses(approved))))
    line = around.line(PlaceLine.Kind.ADDRESSES, voting, label, approved.district)
    line.house_from, line.house_to, line.side = approved.house_from, approved.house_to, approved.parity
    return line


def _houses(approved: AddressRange) -> str:
    if approved.house_from is None:
        return ""
    open_end = approved.house_to is None or approved.house_to >= LAST_HOUSE
    return f"{approved.house_from}\N{EN DASH}{'' if open_end else approved.house_to}"


def _in_pieces(lines: Iterable[PlaceLine]) -> Iterator[list[PlaceLine]]:
    piece: list[PlaceLine] = []
    for line in lines:
        piece.append(line)
        if len(piece) == AT_ONCE:
            yield piece
            piece = []
    if piece:
        yield piece
