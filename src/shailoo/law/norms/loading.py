"""Reads the norms from their files and answers for them; nothing is read before somebody asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import msgspec

from shailoo.law.norms.model import Document, Norm
from shailoo.law.outcome import NormId

FOLDER = Path(__file__).parent
DOCUMENTS = FOLDER / "documents.yaml"
Entries = TypeVar("Entries", tuple[Norm, ...], tuple[Document, ...])
_CITATION = re.compile(r"\b[LRBE]\d+(?:-\d+)?(?:\.[0-9a-z]+(?:-\d+)?)*")
_SPLIT_BLOCK = re.compile(r"\.[a-z]\d+$")  # the digit that splits one block of text into several norms


class NormError(ValueError):
    """A file of norms contradicts itself; the message names the file and the norm."""


@cache
def norms() -> Mapping[NormId, Norm]:
    """Every norm by its id, in the order of the law. Raises NormError where a file is wrong."""
    return MappingProxyType(read(norm_files(), documents()))


@cache
def documents() -> Mapping[str, Document]:
    """Every document by its id."""
    return MappingProxyType({each.id: each for each in _decode(DOCUMENTS, tuple[Document, ...])})


def norm(name: NormId) -> Norm:
    """The norm whose id is exactly `name`. Raises KeyError that says so; a citation is `resolve`d."""
    if name not in norms():
        raise KeyError(f"there is no norm {name!r}")
    return norms()[name]


def resolve(citation: NormId) -> tuple[Norm, ...]:
    """The norms that a citation means: "L64.3" all of that paragraph, "L64" the article, an item its norm.

    Raises KeyError where the law knows nothing of that name.
    """
    if citation not in _index():
        raise KeyError(f"there is no norm {citation!r}")
    return tuple(norms()[name] for name in _index()[citation])


def known(citation: NormId) -> bool:
    """Whether `citation` is a norm, an item of a norm, or a paragraph or article that holds norms."""
    return citation in _index()


def document(name: str) -> Document:
    """The document whose id is `name`. Raises KeyError that says so."""
    if name not in documents():
        raise KeyError(f"there is no document {name!r}")
    return documents()[name]


def norm_files() -> list[Path]:
    """The files that hold norms, in the order of the law: articles first."""
    return sorted((path for path in FOLDER.glob("*.yaml") if path != DOCUMENTS), key=lambda path: path.name)


@cache
def _index() -> Mapping[NormId, tuple[NormId, ...]]:
    return index(norms())


def index(found: Mapping[NormId, Norm]) -> dict[NormId, tuple[NormId, ...]]:
    """Citation -> ids of the norms that it means, for every way to cite the norms `found`."""
    meant: dict[NormId, dict[NormId, None]] = {}
    for each in found.values():
        for citation in (*_citations(each.id), *(item.id for item in each.items)):
            meant.setdefault(citation, {})[each.id] = None
    return {citation: tuple(ids) for citation, ids in meant.items()}


def _citations(name: NormId) -> Iterator[NormId]:
    """Every citation that includes the norm `name`: itself, its block, item, paragraph and article."""
    parts = name.split(".")
    yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))
    if _SPLIT_BLOCK.search(name):
        yield name.rstrip("0123456789")


def read(paths: Sequence[Path], papers: Mapping[str, Document]) -> dict[NormId, Norm]:
    """The norms of `paths`, in that order.

    Raises NormError with file and id where an id stands twice, a field or a word of a closed set is unknown, or a
    reference leads nowhere.
    """
    found: dict[NormId, Norm] = {}
    home: dict[NormId, str] = {}
    for path in paths:
        for each in _decode(path, tuple[Norm, ...]):
            for name in (each.id, *(item.id for item in each.items)):
                if name in home:
                    raise NormError(f"{path.name}: {name} stands twice, here and in {home[name]}")
                home[name] = path.name
            found[each.id] = each
    citations = index(found)
    for each in found.values():
        for reference in _dangling(each, citations, papers):
            raise NormError(f"{home[each.id]}: {each.id} refers to {reference}, which is unknown")
    return found


def _dangling(each: Norm, citations: Mapping[NormId, object], papers: Mapping[str, Document]) -> Iterator[str]:
    text = " ".join((each.rule, each.check, each.note, *(item.rule for item in each.items)))
    yield from (reference for reference in _CITATION.findall(text) if reference not in citations)
    yield from (name for name in each.documents if name not in papers)


def _decode(path: Path, kind: type[Entries]) -> Entries:
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=kind)
    except msgspec.DecodeError as error:
        raise NormError(f"{path.name}: {_place(path, str(error))}") from error


def _place(path: Path, message: str) -> str:
    """The message of the decoder, with the id of the entry that it counts as `$[7]`."""
    position = re.search(r"\$\[(\d+)\]", message)
    ids = re.findall(r"^- id: (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    if position is None or int(position.group(1)) >= len(ids):
        return message
    return f"{ids[int(position.group(1))]}: {message}"
