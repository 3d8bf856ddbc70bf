"""The act by which printed lists go to a precinct commission: a frozen document in Kyrgyz and in Russian."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from shailoo.accounts.models import Body, Office
from shailoo.commissions.queries import cec
from shailoo.documents.actions import address_of, issue
from shailoo.documents.forms import Form
from shailoo.documents.models import Document
from shailoo.documents.numbering import registered
from shailoo.documents.rendering import Imprint
from shailoo.elections.clock import local
from shailoo.territory.models import Precinct
from shailoo.voters.lists.models import Edition
from shailoo.voters.printing.models import PrintedList
from shailoo.wording import Catalogue, citations, numbers, text

KIND = "voter_list_handover"
LANGUAGES = ("ky", "ru")  # of the commissions, between which the act goes
_TEMPLATE = Path(__file__).parent / "typst" / "handover.typ"
_NORMS = {"preliminary": "L14.7.b", "control": "L15.3.d", "final": "L15.5.b1"}

WORDS: Mapping[str, Mapping[str, str]] = {
    "ky": {
        "title": "Шайлоочулардын тизмелерин өткөрүп берүү жана кабыл алуу актысы",
        "from": "Өткөрүп берди",
        "to": "Кабыл алды",
        "precinct": "Шайлоо участкасы",
        "lists": "Тизмелер",
        "formed": "түзүлгөн күнү",
        "ground": "Негиз",
        "number": "Тизме №",
        "copy": "Нуска",
        "voters": "Шайлоочулар",
        "pages": "Барактар",
        "sheets": "Баракчалар",
        "seal": "Мөөр №",
        "hash": "Басылган нусканын SHA-256",
        "all": "Бардыгы",
        "checked": "Барактардын саны, тигилиши жана мөөрү кабыл алууда текшерилди. Эскертүүлөр:",
        "giver": "Өткөрүп берген",
        "taker": "Кабыл алган",
        "rehearsal": "Машыгуу: чыныгы шайлоо эмес",
    },
    "ru": {
        "title": "Акт приёма-передачи списков избирателей",
        "from": "Передала",
        "to": "Приняла",
        "precinct": "Избирательный участок",
        "lists": "Списки",
        "formed": "дата составления",
        "ground": "Основание",
        "number": "Список №",
        "copy": "Экземпляр",
        "voters": "Избиратели",
        "pages": "Страницы",
        "sheets": "Листы",
        "seal": "Печать №",
        "hash": "SHA-256 отпечатанного экземпляра",
        "all": "Всего",
        "checked": "Число страниц, прошивка и печать проверены при приёме. Замечания:",
        "giver": "Передал",
        "taker": "Принял",
        "rehearsal": "Репетиция: это не настоящие выборы",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copies:
    """What an act names: the copies of one precinct's list in one edition, and the commission that gets them."""

    edition: Edition
    precinct: Precinct
    to: Body
    printed: tuple[PrintedList, ...]


@dataclass(frozen=True, slots=True)
class HandedRow:
    """A copy in the act: number of the list, what copy it is, what can be counted in it, its seal, its hash."""

    number: str
    copy: str
    voters: int
    pages: int
    sheets: int | None
    seal: str
    sha256: str


@dataclass(frozen=True, slots=True)
class HandoverAct:
    """What stands in the act, in one language. It names no voter."""

    title: str
    about: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[HandedRow, ...]
    voters: int
    pages: int
    words: dict[str, str]
    signatures: tuple[str, ...]


FORM = Form(KIND, _("Act on the handing over of voter lists"), HandoverAct, _TEMPLATE, languages=LANGUAGES)


def next_number(copies: Copies, *, by: Office, at: datetime) -> str:
    """The number of the next act in the register of the body that hands over; asked for in its transaction."""
    number = registered("list-handover", by.body, local(at).year)
    return f"rehearsal/{number}" if copies.edition.register.election.rehearsal else number


def issue_act(copies: Copies, number: str, *, by: Office, at: datetime) -> Document:
    """Freeze the act in each language; returns the Kyrgyz one. Raises AuthorityLockedError."""
    rehearsal = copies.edition.register.election.rehearsal
    issued = []
    for language in LANGUAGES:
        mark = WORDS[language]["rehearsal"] if rehearsal else ""
        imprint = Imprint(number, language, at, address_of(number, language), mark)
        content = contents(copies, number, language)
        subject = f"voter_list:{copies.printed[0].list_id}"
        issued.append(issue(KIND, content, imprint=imprint, subject=subject, by=by))
    return issued[0]


def contents(copies: Copies, number: str, language: str) -> HandoverAct:
    """What stands in the act, in one language."""
    words, edition = WORDS[language], copies.edition
    rows = tuple(_row(each, language) for each in copies.printed)
    norm = _NORMS[edition.stage]
    giver = cec()
    return HandoverAct(
        title=f"{words['title']} № {number.rsplit('/', 1)[-1]}",
        about=_named(edition.register.election, language),
        facts=(
            (words["from"], _named(giver.body, language) if giver else ""),
            (words["to"], _named(copies.to, language)),
            (words["precinct"], f"№ {copies.precinct.number}"),
            (words["lists"], _edition(edition, words, language)),
            (words["ground"], citations.cite(norm, language)),
        ),
        rows=rows,
        voters=rows[0].voters,
        pages=sum(row.pages for row in rows),
        words=dict(words),
        signatures=(words["giver"], words["taker"]),
    )


def _edition(edition: Edition, words: Mapping[str, str], language: str) -> str:
    stage = text(Catalogue.VALUES, f"printed_stage.{edition.stage}", language)
    return f"{stage}, {words['formed']} {local(edition.at):%d.%m.%Y}, {numbers.count(edition.number)}"


def _row(printed: PrintedList, language: str) -> HandedRow:
    binding = getattr(printed, "binding", None)
    copy = text(Catalogue.VALUES, f"copy.{printed.copy}", language)
    return HandedRow(
        number=printed.list.number,
        copy=f"{copy}, № {printed.number}",
        voters=printed.voters,
        pages=printed.pages,
        sheets=binding.sheets if binding else None,
        seal=binding.seal if binding else "",
        sha256=printed.sha256,
    )


def _named(found: Body | object, language: str) -> str:
    return str(getattr(found, f"name_{language}", "") or getattr(found, "name_ky", ""))
