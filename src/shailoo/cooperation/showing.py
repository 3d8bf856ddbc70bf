"""What a page shows of a record: its title, and each field in words with links. Lists and feeds use it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import singledispatch

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shailoo.cooperation import countries, words
from shailoo.cooperation.dating import Dated
from shailoo.cooperation.fields import As, Field
from shailoo.cooperation.models import (
    Agreement,
    ContactPerson,
    Event,
    Instrument,
    Membership,
    Mission,
    Organization,
    OrganMembership,
    Participation,
    PublishedGroup,
    Record,
    Relation,
    Visit,
)
from shailoo.cooperation.sorts import Sort, sort_of

MOST_COUNTRIES = 3  # named in a title; the rest is counted


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a cell: its text, where it leads, and the language it is written in where that is not the page's."""

    text: str
    href: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A field in words."""

    label: str
    parts: Sequence[Part]
    numeric: bool = False

    @property
    def text(self) -> str:
        return "; ".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a list: its title, its address, its columns."""

    record: Record | Organization
    title: Part
    cells: Sequence[Cell]


def row(sort: Sort, record: Record | Organization, href: str, today: date) -> Row:
    """A line of a list; of an agreement its status on that day too."""
    cells = [cell(each, record) for each in sort.listed]
    if isinstance(record, Agreement):
        cells.append(Cell(_("Status"), [Part(str(words.STATUSES[record.status(today)][0]))]))
    title = title_of(record)
    return Row(record, Part(title.text, href, title.lang), cells)


def cells(record: Record | Organization) -> list[Cell]:
    """Every field of the record that says something, with its source and note."""
    sort = sort_of(record)
    found = [cell(each, record) for each in sort.fields if each.of(record) not in (each.nothing, None, "")]
    found = [each for each in found if each.parts]
    found.append(Cell(_("Source"), [_free(record.source)]))
    if record.note:
        found.append(Cell(_("Note"), [_free(record.note)]))
    return found


def cell(field: Field, record: Record | Organization) -> Cell:
    """A field of the record in words; no parts where it says nothing."""
    return Cell(str(field.label), list(_parts(field, record)), field.as_ is As.COUNT)


def _parts(field: Field, record: Record | Organization) -> Iterable[Part]:
    value = field.of(record)
    if isinstance(value, Organization):
        return [organization(value)]
    if isinstance(value, Record):
        return [title_of(value)]
    if isinstance(value, Dated):
        return [Part(words.when(value))]
    if isinstance(value, date):
        return [Part(words.day(value))]
    if isinstance(value, bool):
        return [Part(_("yes") if value else _("no"))]
    if isinstance(value, list):
        return _of_list(field, value)
    if value is None or value == "":
        return []
    return [_of_text(field, str(value))]


def _of_list(field: Field, value: Sequence[object]) -> Iterable[Part]:
    for each in value:
        if field.as_ is As.COUNTRIES:
            yield Part(countries.name(str(each)))
        elif field.as_ is As.EMAILS:
            yield Part(str(each), f"mailto:{each}")
        elif isinstance(each, dict):
            yield Part(f"{words.when(Dated.read(str(each['date'])))}, № {each['number']}")
        elif isinstance(each, list):
            yield Part(", ".join(map(str, each)))
        else:
            yield Part(str(field.words[str(each)])) if field.words else _free(str(each))


def _of_text(field: Field, value: str) -> Part:
    if field.words:
        return Part(str(field.words[value]))
    if field.as_ is As.COUNTRY:
        return Part(countries.name(value))
    if field.as_ is As.WEBSITE:
        return Part(value.split("//", 1)[-1].rstrip("/"), value)
    if field.as_ is As.EMAIL:
        return Part(value, f"mailto:{value}")
    return Part(value) if field.as_ is As.COUNT else _free(value)


def _free(text: str) -> Part:
    """A text as its source wrote it: in English, as long as it has no letter of another alphabet."""
    return Part(text, lang="en" if text.isascii() and countries.language() != "en" else "")


def organization(found: Organization) -> Part:
    """An organization with the way to its page."""
    written = words.tongue(found)
    lang = "" if written == countries.language() else written
    return Part(words.name(found), reverse("cooperation:organization", args=[found.code]), lang)


# ------------------------------------------------------------------------------------- titles


@singledispatch
def title_of(record: Model) -> Part:
    """What a record is called in a line, in the language of the page."""
    return Part(str(record))


@title_of.register
def _organization(record: Organization) -> Part:
    found = organization(record)
    return Part(found.text, lang=found.lang)


@title_of.register
def _membership(record: Membership) -> Part:
    return title_of(record.association)


@title_of.register
def _role(record: OrganMembership) -> Part:
    return _free(record.organ)


@title_of.register
def _agreement(record: Agreement) -> Part:
    return title_of(record.counterpart)


@title_of.register
def _event(record: Event) -> Part:
    named = record.title or record.series
    if record.ordinal and record.series:
        series = f"{record.series} ({record.ordinal})"
        named = f"{series}: {record.title}" if record.title else series
    return _free(named)


@title_of.register
def _participation(record: Participation) -> Part:
    return title_of(record.event) if record.event is not None else Part(_("events that are not named"))


@title_of.register
def _mission(record: Mission) -> Part:
    head = str(words.MISSION_DIRECTIONS[record.direction])
    return Part(f"{head[:1].upper()}{head[1:]}: {_who(record.partner, record.countries)}")


@title_of.register
def _visit(record: Visit) -> Part:
    return _free(record.topic) if record.topic else Part(_who(record.partner, record.countries))


@title_of.register
def _relation(record: Relation) -> Part:
    return title_of(record.partner) if record.partner is not None else _free(record.partner_described)


@title_of.register
def _instrument(record: Instrument) -> Part:
    return _free(record.title)


@title_of.register
def _contact(record: ContactPerson) -> Part:
    return Part(record.name)


@title_of.register
def _group(record: PublishedGroup) -> Part:
    about = _free(record.about)
    return Part(f"{record.number}. {about.text}", lang=about.lang)


def _who(partner: Organization | None, codes: Sequence[str]) -> str:
    """A partner, or the first countries and how many more."""
    if partner is not None:
        return words.name(partner)
    named = [countries.name(each) for each in codes[:MOST_COUNTRIES]]
    if len(codes) > MOST_COUNTRIES:
        named.append(_("%(number)s more") % {"number": len(codes) - MOST_COUNTRIES})
    return ", ".join(named) or pgettext("mission", "countries not named")
