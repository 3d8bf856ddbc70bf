"""From the frozen list of a precinct to its paper: only the columns that the copy may show are taken in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from shailoo.elections.clock import local
from shailoo.elections.models import Election
from shailoo.law.voters.papers import Column as Shown
from shailoo.territory.models import Precinct
from shailoo.voters.lists.columns import Copy, columns
from shailoo.voters.lists.models import Edition, Stage, VoterList
from shailoo.voters.lists.queries import Line, lines
from shailoo.voters.printing.sheets.content import Bilingual, Column, Head, Row, Sheet

COPIES: Mapping[Stage, tuple[Copy, ...]] = MappingProxyType(
    {
        Stage.PRELIMINARY: (Copy.POSTED,),
        Stage.CONTROL: (Copy.POSTED,),
        Stage.FINAL: (Copy.FULL, Copy.SECOND),
    }
)
"""The copies that each stage has on paper: of the final list one in which voters sign, and one that is posted."""

_TITLES: Mapping[tuple[Stage, Copy], Bilingual] = MappingProxyType(
    {
        (Stage.PRELIMINARY, Copy.POSTED): Bilingual(
            "Шайлоочулардын алдын ала тизмеси", "Предварительный список избирателей"
        ),
        (Stage.CONTROL, Copy.POSTED): Bilingual("Шайлоочулардын контролдук тизмеси", "Контрольный список избирателей"),
        (Stage.FINAL, Copy.FULL): Bilingual(
            "Шайлоочулардын акыркы тизмеси. Биринчи нуска", "Окончательный список избирателей. Первый экземпляр"
        ),
        (Stage.FINAL, Copy.SECOND): Bilingual(
            "Шайлоочулардын акыркы тизмеси. Экинчи нуска", "Окончательный список избирателей. Второй экземпляр"
        ),
    }
)
_REHEARSAL = Bilingual("Машыгуу: чыныгы шайлоо эмес", "Репетиция: это не настоящие выборы")
_GENERATED = Bilingual("Ойдон чыгарылган адамдар", "Вымышленные люди")

_PRINTED: Mapping[Shown, Column] = MappingProxyType(
    {
        Shown.BIRTH_DATE: Column.BORN,
        Shown.PERMANENT_RESIDENCE: Column.RESIDENCE,
        Shown.CURRENT_RESIDENCE: Column.RESIDENCE,
        Shown.DOCUMENT_NUMBER: Column.DOCUMENT,
        Shown.SIGNATURE: Column.SIGNATURE,
        Shown.NOTE: Column.NOTE,
    }
)
"""The law's columns as they stand on paper. Name parts share one column, the precinct stands in the head."""


def sheet_of(found: VoterList, copy: Copy, number: int) -> Sheet:
    """The list of a precinct as its copy `number` is printed."""
    shown = _columns(Stage(found.edition.stage), copy)
    rows = tuple(_row(line, shown) for line in lines(found, 1, found.voters))
    return Sheet(head_of(found, copy, number), shown, rows, counted=Column.SIGNATURE in shown)


def _columns(stage: Stage, copy: Copy) -> tuple[Column, ...]:
    """The columns on paper; where voters sign, the member who gives the ballot signs beside them."""
    allowed = [_PRINTED[each] for each in columns(stage, copy) if each in _PRINTED]
    order = [Column.NUMBER, Column.NAME, *dict.fromkeys(allowed)]
    if Column.SIGNATURE in order:
        order.insert(order.index(Column.SIGNATURE) + 1, Column.MEMBER)
    return tuple(order)


def _row(line: Line, shown: tuple[Column, ...]) -> Row:
    return Row(
        line.number,
        " ".join(part for part in (line.surname, line.name, line.patronymic) if part),
        f"{line.born:%d.%m.%Y}" if Column.BORN in shown else "",
        _residence(line) if Column.RESIDENCE in shown else "",
    )


def _residence(line: Line) -> str:
    house = f"{line.house}-{line.flat}" if line.flat else line.house
    street = f"{line.street} {house}".strip()
    return ", ".join(part for part in (line.district, line.locality, street) if part)


def head_of(found: VoterList, copy: Copy, number: int) -> Head:
    """What stands on every page of the list."""
    edition: Edition = found.edition
    election: Election = edition.register.election
    day = f"{edition.register.voting.day:%d.%m.%Y}"
    return Head(
        title=_TITLES[Stage(edition.stage), copy],
        election=Bilingual(f"{election.name_ky}, {day}", f"{election.name_ru}, {day}"),
        precinct=found.precinct.number,
        place=_place(found.precinct),
        number=found.number,
        copy=number,
        formed=f"{local(edition.at):%d.%m.%Y}",
        sha256=found.sha256,
        mark=_mark(edition),
    )


def _place(precinct: Precinct) -> Bilingual:
    area = precinct.area
    return Bilingual(precinct.place_ky or area.name_ky, precinct.place_ru or area.name_ru)


def _mark(edition: Edition) -> Bilingual | None:
    parts = []
    if edition.register.election.rehearsal:
        parts.append(_REHEARSAL)
    if edition.change.delivery.generated:
        parts.append(_GENERATED)
    return Bilingual(". ".join(each.ky for each in parts), ". ".join(each.ru for each in parts)) if parts else None
