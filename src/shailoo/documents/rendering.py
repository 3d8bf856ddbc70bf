"""From a typst template and typed data to a PDF/A-2a: the same data give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import local
from typing import Literal, TypeAlias

import segno
import typst

from shailoo.law.calendar import BISHKEK
from shailoo.ledger.canonical import canonical, sha256

Standard: TypeAlias = Literal["a-2a", "a-2b"]
PAPER = Path(__file__).parent / "typst"
TAGGED: Standard = "a-2a"  # for reading aloud and reflowing: everything with prose
PLAIN: Standard = "a-2b"  # long tables of figures: a page of the site holds the same table with its structure


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on every page: number, language, instant of issue, and where anyone can verify the document."""

    number: str
    language: str
    issued: datetime
    address: str
    mark: str = ""  # "generated data", "rehearsal": struck across the head of every page


def render(template: Path, data: Mapping[str, object], imprint: Imprint, *, standard: Standard = TAGGED) -> bytes:
    """The document as PDF/A. The footer carries the number and the SHA-256 of the canonical data.

    Raises typst.TypstError where the template and the data do not fit: that is a bug.
    """
    pdf = _compiler(template.parent).compile(
        input=_with_paper(template),
        sys_inputs=_inputs(data, imprint),
        pdf_standards=standard,
        pdf_tags=standard == TAGGED,
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave something other than one PDF")
    return pdf


def pictures(template: Path, data: Mapping[str, object], imprint: Imprint, *, dots: int) -> list[bytes]:
    """Every page of the document as PNG, at so many dots an inch: for looking, never for issuing."""
    pages = _compiler(template.parent).compile(
        input=_with_paper(template), sys_inputs=_inputs(data, imprint), format="png", ppi=float(dots)
    )
    return [page for page in (pages if isinstance(pages, list) else [pages]) if page is not None]


def _inputs(data: Mapping[str, object], imprint: Imprint) -> dict[str, str]:
    """What a template reads: the canonical data, and what stands on every page."""
    written = canonical(data)
    issued = imprint.issued.astimezone(BISHKEK)
    return {
        "data": written,
        "imprint": canonical(
            {
                "number": imprint.number,
                "language": imprint.language,
                "issued": f"{issued:%d.%m.%Y %H:%M}",
                "year": issued.year,
                "month": issued.month,
                "day": issued.day,
                "address": imprint.address,
                "sha256": sha256(written),
                "qr": _qr(imprint.address),
                "mark": imprint.mark,
            }
        ),
    }


class _Compilers(local):
    """The compilers of one thread: one that is at work in another thread refuses with "Already borrowed"."""

    def __init__(self) -> None:
        self.by_root: dict[Path, typst.Compiler] = {}


_own = _Compilers()


def _compiler(root: Path) -> typst.Compiler:
    """One compiler per thread and folder of templates: its fonts are loaded once."""
    if root not in _own.by_root:
        _own.by_root[root] = typst.Compiler(root=str(root))
    return _own.by_root[root]


@cache
def _with_paper(template: Path) -> bytes:
    """The template with the common paper (page, head, foot, tables) in front of it."""
    return (PAPER / "paper.typ").read_bytes() + b"\n" + template.read_bytes()


def _qr(address: str) -> str:
    return segno.make(address, error="m", micro=False).svg_inline(scale=1, border=0, omitsize=True)
