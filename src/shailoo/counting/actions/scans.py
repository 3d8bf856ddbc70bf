"""The scanned image or PDF of the signed protocol, kept with its hash beside the entry."""

from __future__ import annotations

import io
import warnings
from datetime import datetime

from PIL import Image

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.counting.actions.act import act, election, locked, subject
from shailoo.counting.models import Protocol, Scan
from shailoo.documents.actions import store
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import record

NORM = "L36.1.a1"
LARGEST_FILE = 15 * 1024 * 1024  # bytes
MOST_PIXELS = 80_000_000  # an A3 sheet at 600 dpi has 70 million
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "TIFF": "image/tiff"}
PDF = "application/pdf"


@act
def attach_scan(protocol: Protocol, content: bytes, page: int, *, by: Office, at: datetime) -> Scan | Refused:
    """Keep one page of the signed paper. The type is told by the content alone, whatever the sender called it."""
    now = locked(protocol.pk)
    if refused := refusal(by, may="counting.scan", of=now.tec.body, election=election(now), at=at):
        return refused
    kind = media_type(content)
    if isinstance(kind, Refused):
        return kind
    if not 1 <= page <= 99:
        return Refused.because(NORM, "scan_page_out_of_range", fields=("page",))
    if now.scans.filter(page=page).exists():
        return Refused.because(NORM, "scan_page_is_here", fields=("page",), page=page)
    file = store(content, kind, at)
    scan = Scan.objects.create(protocol=now, file=file, page=page, office=by, at=at)
    payload = {"page": page, "sha256": file.sha256, "media_type": kind}
    record("protocol.scanned", subject=subject(now), by=by, at=at, grounds=[NORM], payload=payload)
    return scan


def media_type(content: bytes) -> str | Refused:
    """What the bytes are: JPEG, PNG, TIFF or PDF, whole and of bearable size; else the refusal."""
    if len(content) > LARGEST_FILE:
        return Refused.because(NORM, "scan_too_large", fields=("file",), bytes=len(content), most=LARGEST_FILE)
    if content.startswith(b"%PDF-"):
        whole = b"%%EOF" in content[-1024:]
        return PDF if whole else Refused.because(NORM, "scan_is_cut_off", fields=("file",))
    return _image_type(content)


def _image_type(content: bytes) -> str | Refused:
    unfit = Refused.because(NORM, "scan_is_no_image", fields=("file",))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=list(MEDIA_TYPES)) as image:
                if image.width * image.height > MOST_PIXELS:
                    return Refused.because(NORM, "scan_has_too_many_pixels", fields=("file",), most=MOST_PIXELS)
                kind = MEDIA_TYPES[str(image.format)]
                image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return unfit
    return kind
