"""Many photographs or identity copies in one ZIP: named by the row of the list or by the number of the document.

The archive is read entry by entry; what its directory says of sizes is not believed.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from shailoo.documents.uploads import MIB
from shailoo.observation.dossier import identity_mark

MOST_ENTRIES = 25_000
LARGEST_ENTRY = 15 * MIB
_CHUNK = 256 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError)


class UnfitArchiveError(ValueError):
    """The archive as a whole cannot be used; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive. `content` is None where it cannot be unpacked or is larger than any photograph."""

    name: str
    content: bytes | None

    @property
    def stem(self) -> str:
        """The name without folders and without what tells its kind."""
        return PurePosixPath(self.name.replace("\\", "/")).stem.strip()


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose a file is: the people of an application by the marks of their documents and by their rows."""

    by_mark: Mapping[str, int]
    by_row: Mapping[int, int]

    def of(self, entry: Entry) -> int | None:
        """The key of the person; a document's number goes before a row."""
        found = self.by_mark.get(identity_mark(entry.stem))
        if found is None and entry.stem.isascii() and entry.stem.isdigit():
            found = self.by_row.get(int(entry.stem[:9]))
        return found


def entries(source: IO[bytes]) -> Iterator[Entry]:
    """The files of the archive, one after the other. Raises UnfitArchiveError where it is none."""
    try:
        archive = zipfile.ZipFile(source)
    except _BROKEN as broken:
        raise UnfitArchiveError("archive_unreadable") from broken
    with archive:
        held = [each for each in archive.infolist() if _is_of_the_sender(each)]
        if not held:
            raise UnfitArchiveError("archive_empty")
        if len(held) > MOST_ENTRIES:
            raise UnfitArchiveError("archive_of_too_many_files")
        for each in held:
            yield Entry(each.filename, _unpacked(archive, each))


def _is_of_the_sender(entry: zipfile.ZipInfo) -> bool:
    """Not a folder, and not what operating systems add by themselves."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    return not entry.is_dir() and "__MACOSX" not in path.parts and not path.name.startswith((".", "Thumbs.db"))


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    out = bytearray()
    try:
        with archive.open(entry) as source:
            while chunk := source.read(_CHUNK):
                out += chunk
                if len(out) > LARGEST_ENTRY:
                    return None
    except _BROKEN:
        return None
    return bytes(out)
