"""The catalogues of Kyrgyz and Russian: `check` that they are complete, `update` them from the sources, `compile` them.

A message belongs to the nearest folder above it that has a `locale` folder, so a room may keep its own catalogue; what
has none above it belongs to the project's. English is the language of the sources and needs no catalogue. Every
catalogue holds exactly the messages of its files: nothing missing, nothing vague, nothing left over, no placeholder
lost on the way.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "shailoo"
PLURALS = {
    "ky": "nplurals=1; plural=0;",
    "ru": (
        "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
        "n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);"
    ),
}
FORMS = {"ky": 1, "ru": 4}  # how many plural forms each has
Place: TypeAlias = int | tuple[int, int] | tuple[int, str]
KEYWORDS: dict[str, tuple[Place, ...]] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}")


@dataclass(frozen=True, order=True)
class Message:
    """What is to be translated: the context, the text, the plural text where it has one."""

    context: str
    text: str
    plural: str


@dataclass(frozen=True)
class Catalogue:
    """One .po file and the folders whose messages it holds."""

    path: Path
    language: str

    @property
    def owner(self) -> Path:
        """The folder that the messages come from: the one with the `locale` folder in it."""
        return self.path.parents[3]

    def load(self) -> polib.POFile:
        """The file, or an empty catalogue with its headers."""
        if self.path.is_file():
            return polib.pofile(str(self.path), wrapwidth=118)
        return polib.POFile(wrapwidth=118)


def catalogues() -> tuple[Catalogue, ...]:
    """One for each language and each `locale` folder; the project's own exists even before its folder does."""
    owners = {SOURCES, *(path.parent for path in SOURCES.rglob("locale") if path.is_dir())}
    return tuple(
        Catalogue(owner / "locale" / language / "LC_MESSAGES" / "django.po", language)
        for owner in sorted(owners)
        for language in PLURALS
    )


def messages_of(owner: Path) -> dict[Message, set[str]]:
    """The messages of an owner's files, each with the files that use it. A file under a deeper owner is not its own."""
    found: dict[Message, set[str]] = {}
    for path in sorted((*owner.rglob("*.py"), *owner.rglob("templates/**/*.html"), *owner.rglob("templates/**/*.txt"))):
        if _owner_of(path) == owner:
            for message in extract(path):
                found.setdefault(message, set()).add(str(path.relative_to(ROOT)))
    return found


def _owner_of(path: Path) -> Path:
    return next((parent for parent in path.parents if (parent / "locale").is_dir() or parent == SOURCES), SOURCES)


def extract(path: Path) -> Iterator[Message]:
    """The messages of one Python file or Django template."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django turns a template into lines that read like Python, but their indentation means nothing.
        source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    for _, function, texts, _ in extract_python(BytesIO(source.encode()), {**KEYWORDS}, [], {"encoding": "utf-8"}):
        message = _message(KEYWORDS[str(function)], (texts,) if isinstance(texts, str) else texts or ())
        if message is not None:
            yield message


def _message(places: Iterable[Place], parts: Sequence[str | None]) -> Message | None:
    """The message of one call; None where an argument is not a plain text, which no catalogue can hold."""
    context, texts = "", list[str]()
    for place in places:
        index = place if isinstance(place, int) else place[0]
        text = parts[index - 1] if index <= len(parts) else None
        if not text:
            return None
        if isinstance(place, int):
            texts.append(text)
        else:
            context = text
    return Message(context, texts[0], texts[1] if len(texts) > 1 else "")


def faults(catalogue: Catalogue) -> Iterator[str]:
    """What keeps the catalogue from being complete, one line each."""
    needed = messages_of(catalogue.owner)
    held = {_key(entry): entry for entry in catalogue.load() if not entry.obsolete}
    for message, files in sorted(needed.items()):
        entry = held.get(message)
        if entry is None or not _is_translated(entry, catalogue.language):
            yield f"missing: {message.text!r} ({', '.join(sorted(files))})"
        elif entry.fuzzy:
            yield f"vague (fuzzy): {message.text!r}"
        elif lost := _wrong_placeholders(entry):
            yield f"placeholders differ ({', '.join(sorted(lost))}): {message.text!r}"
    yield from (f"left over: {message.text!r}" for message in sorted(held.keys() - needed.keys()))
    yield from (f"left over: {entry.msgid!r}" for entry in catalogue.load().obsolete_entries())


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def _is_translated(entry: polib.POEntry, language: str) -> bool:
    """Whether every form that the language has is there."""
    if not entry.msgid_plural:
        return bool(entry.msgstr)
    return all(entry.msgstr_plural.get(form) for form in range(FORMS[language]))


def _wrong_placeholders(entry: polib.POEntry) -> set[str]:
    """Placeholders that a translation invents, or that one without plural loses: either would break the page."""
    asked = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural or "")
    if not entry.msgid_plural:
        return asked ^ _placeholders(entry.msgstr)
    return set().union(*(_placeholders(text) - asked for text in entry.msgstr_plural.values()))


def _placeholders(text: str) -> set[str]:
    return {match[0] for match in PLACEHOLDER.finditer(text)}


def check() -> int:
    """0 where every catalogue is complete; else the list of what is wrong, and 1."""
    found = [f"{_name(catalogue)}: {fault}" for catalogue in catalogues() for fault in faults(catalogue)]
    print("\n".join(found) if found else f"{len(catalogues())} catalogues, all complete")
    return 1 if found else 0


def update() -> int:
    """Bring every catalogue in line with its sources: new messages come in empty, unused ones go, the rest stays."""
    for catalogue in catalogues():
        needed = messages_of(catalogue.owner)
        if needed or catalogue.path.exists():
            _write(catalogue, needed)
            print(f"{_name(catalogue)}: {len(needed)} messages, {sum(1 for _ in faults(catalogue))} to do")
    return 0


def _write(catalogue: Catalogue, needed: dict[Message, set[str]]) -> None:
    """The catalogue with exactly the needed messages, sorted; dates and line numbers would only make conflicts."""
    held = {_key(entry): entry for entry in catalogue.load() if not entry.obsolete}
    fresh = polib.POFile(wrapwidth=118)
    fresh.metadata = {
        "Project-Id-Version": "Shailoo",
        "Language": catalogue.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[catalogue.language],
    }
    for message, files in sorted(needed.items()):
        entry = held.get(message) or _empty(message)
        entry.occurrences = [(file, "") for file in sorted(files)]
        fresh.append(entry)
    catalogue.path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(catalogue.path))


def _empty(message: Message) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {0: ""}
    if "%" in message.text:
        entry.flags = ["python-format"] if PLACEHOLDER.search(message.text) else []
    return entry


def compile_all() -> int:
    """The .mo beside each .po, as Django reads it."""
    for catalogue in catalogues():
        if catalogue.path.is_file():
            catalogue.load().save_as_mofile(str(catalogue.path.with_suffix(".mo")))
    return 0


def _name(catalogue: Catalogue) -> str:
    return str(catalogue.path.relative_to(ROOT))


ACTS = {"check": check, "update": update, "compile": compile_all}


def main() -> int:
    """Do the act named on the command line; 2 where none is."""
    name = sys.argv[1].removeprefix("--") if len(sys.argv) > 1 else ""
    if name not in ACTS:
        print(f"usage: translations.py {'|'.join(ACTS)}", file=sys.stderr)
        return 2
    return ACTS[name]()


if __name__ == "__main__":
    sys.exit(main())
