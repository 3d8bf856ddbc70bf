"""`shailoo law text`: take the commission's published text of the law into this installation, read and compare it.

Exit codes: 0 done, 1 the text has a fault or there is no such text, 2 wrongly called.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter

from shailoo.cli.environment import DONE, FAILED, REFUSED, leave, require_tables, start_django
from shailoo.law import text as cutter
from shailoo.law.text import Act, Change, Language, Lines, Match

if TYPE_CHECKING:
    from shailoo.statute.actions import Imported
    from shailoo.statute.models import Text

WIDTH = 100  # columns
MOST_SHOWN = 100  # faults printed as text; --json prints all
ACTS = {"law": Act.LAW, "excerpts": Act.EXCERPTS, "regulation": Act.REGULATION}
_LINES = re.compile(r"(\d+):(\d+)")

AsJson = Annotated[bool, Parameter(name="--json", negative="")]
ActName = Literal["law", "excerpts", "regulation"]
LanguageName = Literal["ky", "ru", "en"]

app = App(name="text", help="The official text of the law, as the commission publishes it.")


@app.command(name="import")
def import_file(
    file: Path,
    /,
    *,
    edition: date,
    language: LanguageName | None = None,
    act: ActName = "law",
    lines: str = "",
    json_output: AsJson = False,
) -> int:
    """Cut a published text into articles, paragraphs and items, and keep it: whole, or not at all.

    The same file again changes nothing and says so. A newer import of the same edition and language replaces the older
    one, which stays readable. Exit code 1 where the text has a fault; all are named with their lines.

    Parameters
    ----------
    file
        The text, in UTF-8.
    edition
        The day by which the edition is cited: 2017-06-05.
    language
        ky, ru or en; told by the letters of the text if none is named.
    act
        law, excerpts (of an edition that the rules do not know) or regulation (on international observers).
    lines
        Where the file holds more than this text: its first and last line, "139:186".
    """
    content, only = _content(file), _asked(lines)
    start_django()
    require_tables()
    from django.utils import timezone

    from shailoo.law.outcome import Refused
    from shailoo.statute.actions import AlreadyImported, Faulty, import_text

    tongue = Language(language) if language else cutter.language_of(content.decode())
    done = import_text(
        content,
        only=only,
        source=file.name,
        act=ACTS[act],
        edition=edition,
        language=tongue,
        by=None,
        at=timezone.now(),
    )
    if isinstance(done, Refused):
        leave(", ".join(done.codes), REFUSED)
    if isinstance(done, Faulty):
        _tell_faults([{**asdict(fault), "text": str(fault)} for fault in done.faults], as_json=json_output)
        return FAILED
    if isinstance(done, AlreadyImported):
        _tell_again(done.text, as_json=json_output)
        return DONE
    found = cutter.match(done.articles, ACTS[act])
    print(json.dumps(_document(done, found), ensure_ascii=False, indent=2) if json_output else _told(done, found))
    return DONE


@app.command
def show(
    citation: str,
    /,
    *,
    edition: date | None = None,
    language: LanguageName = "ky",
    json_output: AsJson = False,
) -> int:
    """Print what the official text says: "L64.3" a paragraph, "L64" an article, "L46.2.3" an item.

    Parameters
    ----------
    edition
        The newest one imported if none is named.
    language
        Another one is shown where this installation has no text in it.
    """
    start_django()
    require_tables()
    from shailoo.statute import queries

    text = queries.best(queries.current(), citation[:1], edition or date.max, language)
    found = queries.passage(text, citation) if text else None
    if text is None or found is None:
        print(f"no text of {citation} has been imported", file=sys.stderr)
        return FAILED
    if json_output:
        pieces = [asdict(piece) for piece in found.pieces]
        told = {"edition": str(text.edition), "language": text.language, "anchor": found.anchor, "pieces": pieces}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return DONE
    print(f"{found.anchor} ({text.edition}, {text.language}): {found.heading} {found.remark}".rstrip())
    for piece in found.pieces:
        print("\n".join(wrap(f"{piece.label} {piece.text}".strip(), WIDTH, subsequent_indent="   ")))
    return DONE


@app.command
def diff(
    before: date,
    after: date,
    article: str | None = None,
    /,
    *,
    language: LanguageName = "ky",
    act: ActName = "law",
    json_output: AsJson = False,
) -> int:
    """Print the difference of two editions, word by word: [-removed-] {+added+}. Exit code 1 if a text is missing.

    Parameters
    ----------
    article
        "L64"; every article if none is named.
    """
    start_django()
    require_tables()
    from shailoo.statute import queries

    tongue = Language(language)
    pair = [queries.current_of(ACTS[act], each, tongue) for each in (before, after)]
    if pair[0] is None or pair[1] is None:
        missing = ", ".join(str(day) for day, text in zip((before, after), pair, strict=True) if text is None)
        print(f"no text in {language} has been imported of: {missing}", file=sys.stderr)
        return FAILED
    found = queries.differences(pair[0], pair[1], article)
    if json_output:
        print(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
        return DONE
    for each in found:
        print("\n".join(wrap(f"{each.anchor}: {' '.join(map(_marked, each.runs))}", WIDTH, subsequent_indent="   ")))
    print(f"{len(found)} paragraphs differ")
    return DONE


def _content(file: Path) -> bytes:
    """The file's bytes; ends the command where they are no text."""
    try:
        content = file.read_bytes()
        content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        leave(f"{file} cannot be read: {error}", REFUSED)
    return content


def _asked(lines: str) -> Lines | None:
    """The lines asked for; ends the command where they are none."""
    wanted = _LINES.fullmatch(lines)
    if lines and wanted is None:
        leave(f"{lines!r} names no lines: write FIRST:LAST", REFUSED)
    return Lines(int(wanted[1]), int(wanted[2])) if wanted else None


def _marked(run: cutter.Run) -> str:
    """Words as `wdiff` marks them."""
    match run.change:
        case Change.REMOVED:
            return f"[-{run.text}-]"
        case Change.ADDED:
            return f"{{+{run.text}+}}"
        case _:
            return run.text


def _tell_faults(faults: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"imported": False, "faults": faults}, ensure_ascii=False, indent=2))
        return
    for fault in faults[:MOST_SHOWN]:
        print(fault["text"], file=sys.stderr)
    if len(faults) > MOST_SHOWN:
        print(f"and {len(faults) - MOST_SHOWN} more; --json prints all", file=sys.stderr)
    print("Nothing was imported.", file=sys.stderr)


def _tell_again(text: Text, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"imported": False, "already": text.sha256, "at": text.imported_at.isoformat()}))
    else:
        print(f"This very file is the current text of {text.edition} ({text.language}); nothing was changed.")


def _document(done: Imported, found: Match) -> dict[str, object]:
    text = done.text
    return {
        "imported": True,
        "act": text.act,
        "edition": str(text.edition),
        "language": text.language,
        "source": text.source,
        "sha256": text.sha256,
        "replaces": text.supersedes.sha256 if text.supersedes else None,
        "articles": len(done.articles),
        "paragraphs": sum(len(each.paragraphs) for each in done.articles),
        "pieces": sum(len(each.pieces) for each in done.articles),
        "gaps": [asdict(gap) for gap in done.gaps],
        "norms": asdict(found),
    }


def _told(done: Imported, found: Match) -> str:
    text, articles = done.text, done.articles
    return "\n".join(
        line
        for line in (
            f"{text.source}: edition {text.edition}, {text.language}, sha256 {text.sha256}",
            f"replaces the import {text.supersedes.sha256}" if text.supersedes else "",
            f"{len(articles)} articles of {found.articles_expected} expected, "
            f"{sum(len(each.paragraphs) for each in articles)} numbered paragraphs, "
            f"{sum(len(each.pieces) for each in articles)} pieces",
            _listed("articles without a text", found.articles_missing),
            _listed("articles that no norm knows", found.articles_unknown),
            *(f"line {gap.line}: {gap.anchor} follows a gap: {gap.missing} is not in the text" for gap in done.gaps),
            f"{len(found.exact)} of {found.norms_expected} norms have a block or item of their own, "
            f"{len(found.by_paragraph)} their paragraph",
            _listed("norms without a text", found.without_text),
            _listed("paragraphs without a norm", found.paragraphs_without_norm),
        )
        if line
    )


def _listed(what: str, names: Iterable[str]) -> str:
    found = list(names)
    return f"{what}: {', '.join(found)}" if found else ""
