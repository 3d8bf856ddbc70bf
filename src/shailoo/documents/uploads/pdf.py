"""PDF: whole, ending where it says, not encrypted, without scripts, programs to start, or other files inside."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from shailoo.documents.uploads.unfit import Kind, Unfit, UnfitError

if TYPE_CHECKING:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.reader import PdfFileReader

MOST_OBJECTS = 10_000
_END = re.compile(rb"startxref\s+\d+\s+%%EOF[\x00\s]{0,1024}\Z")
_SHOWN = 4096  # bytes at the end among which the end must stand
_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/RichMediaExecute"}
)
_ACTIVE = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent"})
# A file made to break readers breaks them in many ways; whichever it is, it is no PDF that we take.
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError, RecursionError)
_FILES = frozenset({"/EmbeddedFiles", "/EF", "/AF"})


def check(content: bytes) -> None:
    """Raise UnfitError unless the PDF can be read to its end and does nothing by itself."""
    if not _END.search(content[-_SHOWN:]):
        ended = b"%%EOF" in content
        raise UnfitError(Unfit.TWO_THINGS if ended else Unfit.UNREADABLE, kind=Kind.PDF.label)
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        if reader.encrypted:
            raise UnfitError(Unfit.ENCRYPTED)
        _walk(reader)
    except (
        PdfError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        ArithmeticError,
        OSError,
        RecursionError,
    ) as bad:
        # A file made to break readers breaks them in many ways; whichever it is, it is no PDF that we take.
        raise UnfitError(Unfit.UNREADABLE, kind=Kind.PDF.label) from bad


def _walk(reader: PdfFileReader) -> None:
    """Look at every object that a reader can reach from the root, each once; no content is unpacked."""
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject

    seen: set[tuple[int, int]] = set()
    waiting: list[generic.PdfObject] = [reader.root]
    pages = 0
    looked_at = 0
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if (found.idnum, found.generation) in seen:
                continue
            seen.add((found.idnum, found.generation))
            found = found.get_object()  # type: ignore[no-untyped-call]  # pyHanko's has no annotation
        looked_at += 1
        if looked_at > MOST_OBJECTS * 50 or len(seen) > MOST_OBJECTS:
            raise UnfitError(Unfit.PARTS, kind=Kind.PDF.label)
        if isinstance(found, DictionaryObject):
            _harmless(found)
            pages += found.get("/Type") == "/Page"
            waiting.extend(found.raw_get(name) for name in found)
        elif isinstance(found, ArrayObject):
            waiting.extend(found.raw_get(place) for place in range(len(found)))
    if not pages:
        raise UnfitError(Unfit.UNREADABLE, kind=Kind.PDF.label)


def _harmless(found: generic.DictionaryObject) -> None:
    if found.get("/S") in _ACTIONS or not _ACTIVE.isdisjoint(found):
        raise UnfitError(Unfit.ACTIVE)
    if not _FILES.isdisjoint(found):
        raise UnfitError(Unfit.ATTACHMENTS)
