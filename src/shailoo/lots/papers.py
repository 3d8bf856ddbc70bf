"""The act of a lot: a frozen document in Kyrgyz, Russian and English, made with the last round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from shailoo.accounts.models import Body, Office
from shailoo.commissions.clocks import Occasion, occasions
from shailoo.documents.actions import address_of, issue
from shailoo.documents.forms import Form
from shailoo.documents.models import Document
from shailoo.documents.rendering import Imprint
from shailoo.law.calendar import BISHKEK
from shailoo.law.lots.listing import NORMS, Purpose
from shailoo.lots.models import Draw, Round
from shailoo.wording import LANGUAGES, Catalogue, citations, numbers, text

KIND = "lot_act"
MOST_ROWS = 300  # of a round's order on paper; the published file holds every row
_TEMPLATE = Path(__file__).parent / "typst" / "lot_act.typ"

WORDS: Mapping[str, Mapping[str, str]] = {
    "ky": {
        "title": "Чүчүкулак жөнүндө акт",
        "purpose": "Эмне чечилет",
        "grounds": "Негиз",
        "entries": "Тизмедеги жазуулар",
        "published": "Тизме жарыяланган",
        "drawn": "Чүчүкулак аяктаган",
        "list_hash": "Тизменин SHA-256",
        "formula": "Билет",
        "seed": "Сөөктөрдүн сандары",
        "entered": "Эки киши бири-биринен көз карандысыз киргизген",
        "place": "Орун",
        "number": "№",
        "entry": "Тизмедеги жазуу",
        "ticket": "Билеттин башы",
        "rest": "Калган жазуулар жарыяланган файлда, саны",
        "round": "Тур",
        "repeat": "Тартип билеттердин өсүшү боюнча. Тизмеси жана сандары бар киши аны SHA-256 менен кайра эсептейт.",
        "chair": "Төрага",
        "secretary": "Катчы",
        "rehearsal": "Машыгуу: чыныгы шайлоо эмес",
    },
    "ru": {
        "title": "Акт о жеребьёвке",
        "purpose": "Что решается",
        "grounds": "Основание",
        "entries": "Записей в списке",
        "published": "Список опубликован",
        "drawn": "Жеребьёвка завершена",
        "list_hash": "SHA-256 списка",
        "formula": "Билет",
        "seed": "Цифры костей",
        "entered": "Введены двумя лицами независимо друг от друга",
        "place": "Место",
        "number": "№",
        "entry": "Запись списка",
        "ticket": "Начало билета",
        "rest": "Остальные записи в опубликованном файле, их число",
        "round": "Тур",
        "repeat": "Порядок по возрастанию билетов. Любой, у кого есть список и цифры, вычислит его заново по SHA-256.",
        "chair": "Председатель",
        "secretary": "Секретарь",
        "rehearsal": "Репетиция: это не настоящие выборы",
    },
    "en": {
        "title": "Act on a public lot",
        "purpose": "What is decided",
        "grounds": "Ground",
        "entries": "Entries on the list",
        "published": "List published",
        "drawn": "Lot completed",
        "list_hash": "SHA-256 of the list",
        "formula": "Ticket",
        "seed": "Digits of the dice",
        "entered": "Entered by two people independently of each other",
        "place": "Place",
        "number": "No.",
        "entry": "Entry of the list",
        "ticket": "Ticket begins",
        "rest": "Further entries in the published file, in number",
        "round": "Round",
        "repeat": "In the order of the tickets, the smallest first: whoever has list and digits computes it anew.",
        "chair": "Chairperson",
        "secretary": "Secretary",
        "rehearsal": "Rehearsal: this is not a real election",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoundDrawn:
    """A round in the act: its name, the digits and when they were entered; rows are place, number, entry, ticket."""

    title: str
    seed: str
    entered: str
    order: tuple[tuple[int, int, str, str], ...]
    rest: int  # rows that the published file holds and this paper does not


@dataclass(frozen=True, slots=True)
class LotAct:
    """What stands in the act, in one language."""

    title: str
    issuer: str
    about: str
    facts: tuple[tuple[str, str], ...]
    list_hash: str
    formula: str
    rounds: tuple[RoundDrawn, ...]
    words: dict[str, str]
    signatures: tuple[str, ...]


FORM = Form(KIND, _("Act on a public lot"), LotAct, _TEMPLATE)


def issue_act(lot: Draw, *, by: Office, at: datetime) -> list[Document]:
    """Freeze the act of a drawn lot in each language."""
    issued = []
    about = occasion_of(lot)
    rehearsal = about is not None and about.rehearsal
    number = f"{'rehearsal/' if rehearsal else ''}lot/{lot.commission.body.code}/{lot.year}/{lot.number}"
    for language in LANGUAGES:
        mark = WORDS[language]["rehearsal"] if rehearsal else ""
        imprint = Imprint(number, language, at, address_of(number, language), mark)
        content = contents(lot, about, language, at)
        issued.append(issue(KIND, content, imprint=imprint, subject=lot.subject, by=by))
    return issued


def occasion_of(lot: Draw) -> Occasion | None:
    """The election that the lot is drawn in; None where it is in none."""
    return next((each for each in occasions() if each.slug == lot.election), None) if lot.election else None


def contents(lot: Draw, about: Occasion | None, language: str, at: datetime) -> LotAct:
    """What stands in the act, in one language."""
    words, norms = WORDS[language], NORMS[Purpose(lot.purpose)]
    purpose = text(Catalogue.VALUES, f"lot_purpose.{lot.purpose}", language)
    title = f"{words['title']} № {lot.number}/{lot.year}"
    return LotAct(
        title=f"{words['rehearsal']}. {title}" if about is not None and about.rehearsal else title,
        issuer=_named(lot.commission.body, language),
        about=_named(about, language) if about else "",
        facts=(
            (words["purpose"], f"{purpose}: {lot.title}" if lot.title else purpose),
            (words["grounds"], ", ".join(citations.cite(norm, language) for norm in citations.once(norms, language))),
            (words["entries"], numbers.count(lot.size)),
            (words["published"], _moment(lot.publication.at)),
            (words["drawn"], _moment(at)),
        ),
        list_hash=lot.list_hash,
        formula=f"sha256({lot.purpose_line}|{words['list_hash']}|{words['round']}|{words['seed']}|{words['number']})",
        rounds=tuple(_round(each, language) for each in lot.rounds.order_by("number").select_related("seed", "result")),
        words=dict(words),
        signatures=(words["chair"], words["secretary"]),
    )


def _round(found: Round, language: str) -> RoundDrawn:
    words = WORDS[language]
    shown = found.places.select_related("item").order_by("place")
    shown = shown.filter(taken=True) if found.drawn is not None else shown
    rows = tuple((each.place, each.item.number, each.item.label, each.ticket) for each in shown[:MOST_ROWS])
    role = text(Catalogue.VALUES, f"lot_role.{found.role}", language) if found.role else ""
    entered = found.entries.filter(attempt=found.seed.attempt).order_by("slot")
    return RoundDrawn(
        title=f"{words['round']} {found.number}" + (f". {role}" if role else ""),
        seed=found.seed.digits,
        entered=", ".join(_moment(each.at) for each in entered),
        order=rows,
        rest=shown.count() - len(rows),
    )


def _named(found: Body | Occasion, language: str) -> str:
    return {"ky": found.name_ky, "ru": found.name_ru, "en": found.name_en}[language] or found.name_ky


def _moment(at: datetime) -> str:
    return at.astimezone(BISHKEK).strftime("%d.%m.%Y %H:%M:%S")
