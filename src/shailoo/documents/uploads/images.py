"""Pictures: whole, of bearable size (looked at before they are unpacked), and nothing that opens behind their end."""

from __future__ import annotations

import io
import struct
import warnings

from PIL import Image, ImageOps

from shailoo.documents.uploads.unfit import Kind, Unfit, UnfitError

MOST_PIXELS = 80_000_000  # an A3 sheet at 600 dpi has 70 million
FORMATS = {"JPEG": Kind.JPEG, "PNG": Kind.PNG, "TIFF": Kind.TIFF}
_FOREIGN = (b"%pdf-", b"<html", b"<script", b"<svg", b"<?php", b"<!doctype")
_PROGRAMS = (b"pk\x03\x04", b"rar!", b"7z\xbc\xaf", b"mz", b"\x7felf", b"#!", b"gif8", b"\x89png", b"/*", b"<")
_PNG_HEAD = 8
_BROKEN = (OSError, ValueError, SyntaxError, struct.error, MemoryError, ArithmeticError, LookupError, TypeError)


def check(content: bytes) -> None:
    """Raise UnfitError unless the picture can be unpacked to its last row and ends there."""
    kind = FORMATS[_unpacked(content).format or ""]
    if kind is Kind.PNG:
        _png_ends(content)
    elif kind is Kind.JPEG:
        _jpeg_ends(content)


def without_metadata(content: bytes) -> bytes:
    """The picture that was checked, upright, with its pixels alone: no place, no camera, no thumbnail, no comment."""
    image = _unpacked(content)
    upright = ImageOps.exif_transpose(image)
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    if upright.mode == "P":
        bare.putpalette(upright.getpalette() or [])
    out = io.BytesIO()
    bare.save(out, image.format or "PNG", **({"quality": 92} if image.format == "JPEG" else {}))
    return out.getvalue()


def _unpacked(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image = Image.open(io.BytesIO(content), formats=list(FORMATS))
            if image.width * image.height > MOST_PIXELS:
                raise UnfitError(Unfit.PIXELS, most=MOST_PIXELS // 1_000_000)
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise UnfitError(Unfit.PIXELS, most=MOST_PIXELS // 1_000_000) from bomb
    except (*_BROKEN, Warning) as broken:
        raise UnfitError(Unfit.UNREADABLE, kind=_said(content)) from broken
    return image


def _said(content: bytes) -> str:
    return "PNG" if content.startswith(b"\x89PNG") else "JPEG" if content.startswith(b"\xff\xd8") else "TIFF"


def _png_ends(content: bytes) -> None:
    """Nothing but padding stands behind the chunk that ends a PNG."""
    at = _PNG_HEAD
    while at + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, at)
        kind = content[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND":
            break
    if content[at:].strip(b"\x00\r\n\t "):
        raise UnfitError(Unfit.TWO_THINGS, kind=Kind.PNG.label)


def _jpeg_ends(content: bytes) -> None:
    """Telephones put smaller pictures and notes behind a photograph; nothing that another program would open."""
    tail = content[_first_end(content) :].lstrip(b"\x00\r\n\t ").lower()
    if tail.startswith(_PROGRAMS) or any(mark in tail for mark in _FOREIGN):
        raise UnfitError(Unfit.TWO_THINGS, kind=Kind.JPEG.label)


def _first_end(content: bytes) -> int:
    """Where the first picture ends: behind its scans no marker but restarts is left."""
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            return at
        marker = content[at + 1]
        if marker == 0xD9:
            return at + 2
        (length,) = struct.unpack_from(">H", content, at + 2)
        at += 2 + length
        if marker == 0xDA:
            at = _behind_scan(content, at)
    return len(content)


def _behind_scan(content: bytes, at: int) -> int:
    """The first marker behind the compressed rows that begin at `at`."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        if content[at + 1] not in (0x00, 0xFF) and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 1 if content[at + 1] == 0xFF else 2
