"""Papers that come beside an entry: scans as cameras and as attackers send them, and a scanner's printout."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.counting.scene import LISTS


@dataclass(frozen=True)
class Sent:
    """A file as a browser sends it: bytes, and the name and type that the sender claims."""

    content: bytes
    name: str = "page.jpg"
    claimed: str = "image/jpeg"

    def upload(self) -> SimpleUploadedFile:
        """A fresh upload: a request reads it to its end."""
        return SimpleUploadedFile(self.name, self.content, self.claimed)


def picture(kind: str, width: int = 40, height: int = 60) -> bytes:
    """A white page in this format of Pillow."""
    out = io.BytesIO()
    Image.new("L", (width, height), 255).save(out, kind)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of some dozen bytes whose header promises so many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\0")) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PDF = picture("PDF")
JPEG = Sent(picture("JPEG"))


def printout(**changes: str) -> dict[str, str]:
    """What a clerk types from a scanner's report; everything adds up to 20 ballots."""
    cells = {f"votes.{code}": "1" for code in LISTS}
    cells |= {"device_no": "S-1", "role": "primary", "initial_total": "0", "against_all": "2", "invalid": "1"}
    cells |= {"total": str(len(LISTS) + 3), "report_at": "04.10.2020 20:10", "decision_at": "04.10.2020 20:05"}
    return {**cells, **changes}
