"""Taking an official text into the installation: whole, or not at all."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from shailoo.accounts.access import EVERY_ELECTION, refusal
from shailoo.accounts.models import Office
from shailoo.law import text as cutter
from shailoo.law.outcome import Refused
from shailoo.law.text import Act, Fault, Gap, Language, Lines
from shailoo.ledger import actions as ledger
from shailoo.statute.models import Article, Text
from shailoo.statute.queries import current_of

NORM = "L8.1"  # elections are prepared and conducted openly


@dataclass(frozen=True, slots=True)
class Imported:
    """A text that was taken, what its numbers leave out, and the import that it replaces."""

    text: Text
    articles: tuple[cutter.Article, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class AlreadyImported:
    """The very same file is the current text of this edition; nothing was written."""

    text: Text


@dataclass(frozen=True, slots=True)
class Faulty:
    """Every fault of a text that cannot be taken; nothing was written."""

    faults: tuple[Fault, ...]


@transaction.atomic
def import_text(
    content: bytes,
    *,
    source: str,
    act: Act,
    edition: date,
    language: Language,
    by: Office | None,
    at: datetime,
    only: Lines | None = None,
) -> Imported | AlreadyImported | Faulty | Refused:
    """Take the text of one edition, as the commission publishes it, in UTF-8.

    `source` is the name of the file, `only` the lines of it that hold this text. All faults are found in one pass and
    refuse the whole. A newer import of the same edition and language replaces the older one, which stays readable. `by`
    is None only on the command line, where whoever runs the installation acts. Raises UnicodeDecodeError for what is no
    text.
    """
    if by is not None and (denied := refusal(by, may="statute.import_text", at=at, election=EVERY_ELECTION)):
        return denied
    digest = sha256(content).hexdigest()
    source = f"{source}, {only}" if only else source
    before = current_of(act, edition, language)
    if before is not None and (before.sha256, before.source) == (digest, source):
        return AlreadyImported(before)
    words = content.decode("utf-8")
    found = cutter.cut(only.of(words) if only else words, act)
    if found.faults:
        return Faulty(found.faults)
    text = Text.objects.create(
        act=act.value,
        edition=edition,
        language=language.value,
        source=source,
        sha256=digest,
        imported_at=at,
        office=by,
        supersedes=before,
    )
    Article.objects.bulk_create(_article(text, place, each) for place, each in enumerate(found.articles, 1))
    ledger.record(
        "law.text_imported",
        subject=f"text:{text.pk}",
        by=by,
        at=at,
        grounds=[NORM],
        payload={
            "act": act.value,
            "edition": edition.isoformat(),
            "language": language.value,
            "source": source,
            "sha256": digest,
            "articles": len(found.articles),
            "supersedes": before.sha256 if before else None,
        },
    )
    return Imported(text, found.articles, found.gaps)


def _article(text: Text, place: int, each: cutter.Article) -> Article:
    return Article(
        text=text,
        position=place,
        anchor=each.anchor,
        heading=each.heading,
        remark=each.remark,
        chapter=each.chapter,
        pieces=[asdict(piece) for piece in each.pieces],
    )
