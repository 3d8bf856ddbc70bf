"""What is known of a person and not published: the dossier, its JSON, and the marks by which a person is known again.

A dossier lies sealed (`documents.sealed`). `typed` keeps what was written where it could not be read, so that nothing
that a sender typed is lost; the marks are keyed hashes, of no use to anyone who has not the installation's key.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from types import MappingProxyType
from typing import Any

from shailoo.documents.sealed.actions import mark_of, opened
from shailoo.documents.sealed.models import SealedFile
from shailoo.observation.models import Applicant

KIND = "dossier"
MEDIA_TYPE = "application/json"
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Dossier:
    """Personal data of one person. None: not said. `offices` are codes of `law.observation.people.Office`.

    `unrestricted`: the sender notes that no restriction of the law stands against the person (L9.2.a2, L10-1.2.a2).
    """

    born: date | None = None
    document_number: str = ""
    document_expires_on: date | None = None
    address: str = ""
    phone: str = ""
    email: str = ""
    occupation: str = ""
    votes: bool | None = None
    resides: bool | None = None
    convicted: bool | None = None
    unrestricted: bool | None = None
    offices: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


EMPTY = Dossier()
_DAYS = frozenset({"born", "document_expires_on"})


def written(dossier: Dossier) -> bytes:
    """The dossier as JSON, what is empty left out."""
    found: dict[str, object] = {}
    for each in fields(dossier):
        value = getattr(dossier, each.name)
        if value in (None, "", ()) or value == {}:
            continue
        found[each.name] = value.isoformat() if isinstance(value, date) else _plain(value)
    return json.dumps(found, ensure_ascii=False, sort_keys=True).encode()


def read(content: bytes) -> Dossier:
    """The dossier of its JSON. Raises ValueError where it is none."""
    found = json.loads(content)
    if not isinstance(found, dict):
        raise TypeError("a dossier is an object")
    known = {each.name for each in fields(Dossier)} & found.keys()
    values: dict[str, Any] = {name: date.fromisoformat(found[name]) if name in _DAYS else found[name] for name in known}
    if "offices" in values:
        values["offices"] = tuple(values["offices"])
    return Dossier(**values)


def of_file(file: SealedFile | None) -> Dossier:
    """What a sealed file holds; an empty dossier where there is none. Raises ErasedError, DamagedError."""
    return EMPTY if file is None else read(opened(file))


def of(applicant: Applicant) -> Dossier:
    """The dossier of a person; see `of_file`."""
    return of_file(applicant.dossier)


def folded(*words: str) -> str:
    """Words as they are compared: one case, one form of each letter, single spaces, ё as е."""
    text = unicodedata.normalize("NFKC", " ".join(words)).casefold().replace("ё", "е")
    return " ".join(text.split())


def identity_mark(number: str) -> str:
    """Equal for equal numbers of identity documents, however they are spaced; empty without a number."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKC", number).upper() if letter.isalnum())
    return mark_of(bare.encode(), "identity") if bare else ""


def person_mark(surname: str, given_names: str, born: date | None) -> str:
    """Equal for equal names and dates of birth; empty while one of them is not known."""
    if not surname.strip() or not given_names.strip() or born is None:
        return ""
    return mark_of(f"{folded(surname, given_names)} {born.isoformat()}".encode(), "person")


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value
