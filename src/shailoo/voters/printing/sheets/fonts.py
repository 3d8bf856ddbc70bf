"""The font of the printed lists: one TrueType font put together from the parts in which set-up installs Golos Text.

The parts come as WOFF files by script: Kyrgyz ң, ө and ү are in one, the other letters and the figures in two more. A
list wants one font, so that a name is one string on the page. Letters stand side by side as the font spaces them.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "ListText", "ListTextBold"
_WEIGHTS = {REGULAR: 400, BOLD: 700}
_PARTS = ("latin", "cyrillic", "cyrillic-ext")
_MORE, _WIDE, _SCALE, _XY_SCALE, _MATRIX = 0x20, 0x01, 0x08, 0x40, 0x80  # flags of a glyph made of others


class FontMissingError(Exception):
    """A part of the font was not installed: set-up has not been run."""


@dataclass(frozen=True, slots=True)
class Part:
    """The glyphs of one part: their outlines, widths and left bearings, and which letter has which."""

    tables: Mapping[str, bytes]
    outlines: Sequence[bytes]
    metrics: Sequence[tuple[int, int]]
    letters: Mapping[int, int]


class Widths(dict[str, float]):
    """Letter -> its width in parts of the size; a letter that the font has not is drawn as a box of its own width."""

    def __missing__(self, letter: str) -> float:
        return self.setdefault(letter, self.box)

    def __init__(self, known: Mapping[str, float], box: float) -> None:
        super().__init__(known)
        self.box = box


@cache
def width_of(font: str) -> Widths:
    """The widths of a font's letters."""
    face = _registered(font).face
    return Widths({chr(code): width / 1000 for code, width in face.charWidths.items()}, face.defaultWidth / 1000)


@cache
def _registered(font: str) -> TTFont:
    made = TTFont(font, BytesIO(_joined([_read(_file(part, _WEIGHTS[font])) for part in _PARTS], font)))
    pdfmetrics.registerFont(made)
    return made


def make_known() -> None:
    """Let reportlab know both cuts; done once in a process."""
    for font in _WEIGHTS:
        _registered(font)


def _file(part: str, weight: int) -> bytes:
    path = Path(settings.BUILD) / "static" / "fonts" / f"golos-text-{part}-{weight}-normal.woff"
    try:
        return path.read_bytes()
    except FileNotFoundError as missing:
        raise FontMissingError(path.name) from missing


# ------------------------------------------------------------------------------------- reading a part


def _read(woff: bytes) -> Part:
    tables = _unpacked(woff)
    glyphs = struct.unpack(">H", tables["maxp"][4:6])[0]
    wide = struct.unpack(">h", tables["head"][50:52])[0]
    places = struct.unpack(f">{glyphs + 1}{'L' if wide else 'H'}", tables["loca"])
    places = places if wide else tuple(2 * place for place in places)
    outlines = [tables["glyf"][places[at] : places[at + 1]] for at in range(glyphs)]
    return Part(tables, outlines, _metrics(tables, glyphs), _letters(tables["cmap"]))


def _unpacked(woff: bytes) -> dict[str, bytes]:
    """The tables of a WOFF file, each packed by itself."""
    if woff[:4] != b"wOFF":
        raise FontMissingError("no WOFF file")
    tables = {}
    for number in range(struct.unpack(">H", woff[12:14])[0]):
        tag, start, packed, size, _sum = struct.unpack(">4sIIII", woff[44 + 20 * number : 64 + 20 * number])
        content = woff[start : start + packed]
        tables[tag.decode()] = zlib.decompress(content) if packed < size else content
    return tables


def _metrics(tables: Mapping[str, bytes], glyphs: int) -> list[tuple[int, int]]:
    full = struct.unpack(">H", tables["hhea"][34:36])[0]
    found = [struct.unpack(">Hh", tables["hmtx"][4 * at : 4 * at + 4]) for at in range(full)]
    rest = tables["hmtx"][4 * full :]
    bearings = [struct.unpack(">h", rest[2 * at : 2 * at + 2])[0] for at in range(glyphs - full)]
    return [*found, *((found[-1][0], bearing) for bearing in bearings)]


def _letters(cmap: bytes) -> dict[int, int]:
    """The letters of the Windows table in its form 4, which holds all that a list needs."""
    for number in range(struct.unpack(">H", cmap[2:4])[0]):
        platform, encoding, start = struct.unpack(">HHI", cmap[4 + 8 * number : 12 + 8 * number])
        if (platform, encoding) == (3, 1) and struct.unpack(">H", cmap[start : start + 2])[0] == 4:
            return _segments(cmap[start:])
    raise FontMissingError("no letters")


def _segments(table: bytes) -> dict[int, int]:
    count = struct.unpack(">H", table[6:8])[0] // 2
    size = 2 * count
    ends, starts, shifts, ranges = (
        struct.unpack(f">{count}H", table[place : place + size])
        for place in (14, 16 + size, 16 + 2 * size, 16 + 3 * size)
    )
    found = {}
    for at, (end, start, shift, offset) in enumerate(zip(ends, starts, shifts, ranges, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                place = 16 + 3 * size + 2 * at + offset + 2 * (code - start)
                glyph = struct.unpack(">H", table[place : place + 2])[0]
            if glyph or not offset:
                found[code] = (glyph + shift) & 0xFFFF
    return found


# ------------------------------------------------------------------------------------- joining them


def _joined(parts: Sequence[Part], name: str) -> bytes:
    """One font with the glyphs of all parts; a letter that several have is that of the first."""
    outlines: list[bytes] = []
    metrics: list[tuple[int, int]] = []
    letters: dict[int, int] = {}
    for part in parts:
        first = len(outlines)
        outlines += [_moved(outline, first) for outline in part.outlines]
        metrics += part.metrics
        letters = {code: glyph + first for code, glyph in part.letters.items()} | letters
    return _written(_tables(parts[0].tables, outlines, metrics, letters, name))


def _moved(outline: bytes, first: int) -> bytes:
    """The outline with the glyphs that it is made of counted from `first` on; one that is drawn itself stays."""
    if not outline or struct.unpack(">h", outline[:2])[0] >= 0:
        return outline
    content, place, more = bytearray(outline), 10, True
    while more:
        flags, glyph = struct.unpack(">HH", content[place : place + 4])
        content[place + 2 : place + 4] = struct.pack(">H", glyph + first)
        place += 4 + (4 if flags & _WIDE else 2)
        place += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _MATRIX else 0
        more = bool(flags & _MORE)
    return bytes(content)


def _tables(
    base: Mapping[str, bytes],
    outlines: Sequence[bytes],
    metrics: Sequence[tuple[int, int]],
    letters: Mapping[int, int],
    name: str,
) -> dict[str, bytes]:
    padded = [outline + b"\0" * (-len(outline) % 4) for outline in outlines]
    places = [0]
    for outline in padded:
        places.append(places[-1] + len(outline))
    count = struct.pack(">H", len(outlines))
    return {
        "OS/2": base["OS/2"],
        "cmap": _cmap(letters),
        "glyf": b"".join(padded),
        "head": base["head"][:50] + struct.pack(">h", 1) + base["head"][52:],
        "hhea": base["hhea"][:34] + count,
        "hmtx": b"".join(struct.pack(">Hh", *each) for each in metrics),
        "loca": struct.pack(f">{len(places)}L", *places),
        "maxp": base["maxp"][:4] + count + base["maxp"][6:],
        "name": _name(name),
        "post": struct.pack(">I", 0x00030000) + base["post"][4:32],
    }


def _cmap(letters: Mapping[int, int]) -> bytes:
    """A table of form 12: a group for each letter."""
    groups = b"".join(struct.pack(">III", code, code, glyph) for code, glyph in sorted(letters.items()))
    head = struct.pack(">HHHHI", 0, 1, 3, 10, 12)
    return head + struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(letters)) + groups


def _name(name: str) -> bytes:
    written = name.encode("utf-16-be")
    records = b"".join(struct.pack(">HHHHHH", 3, 1, 0x409, kind, len(written), 0) for kind in (1, 4, 6))
    return struct.pack(">HHH", 0, 3, 6 + len(records)) + records + written


def _written(tables: Mapping[str, bytes]) -> bytes:
    """The tables as a TrueType file."""
    head = struct.pack(">IHHHH", 0x00010000, len(tables), 0, 0, 0)
    place, directory, content = len(head) + 16 * len(tables), b"", b""
    for tag, table in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag.encode(), 0, place + len(content), len(table))
        content += table + b"\0" * (-len(table) % 4)
    return head + directory + content
