"""The scanned image or PDF of the signed protocol, kept with its hash beside the entry."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.counting.actions.act import act, election, locked, subject
from shailoo.counting.models import Protocol, Scan
from shailoo.documents.actions import store
from shailoo.documents.uploads import MIB, Kind, Upload, checked, record_refusal
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import record

NORM = "L36.1.a1"
LARGEST_FILE = 15 * MIB  # bytes
SCANS = frozenset({Kind.JPEG, Kind.PNG, Kind.TIFF, Kind.PDF})


def attach_scan(protocol: Protocol, content: bytes, page: int, *, by: Office, at: datetime) -> Scan | Refused:
    """Keep one page of the signed paper. The type is told by the content alone, whatever the sender called it.

    A file that is refused is not kept; that it was sent is recorded by its hash.
    """
    if refused := _not_allowed(protocol, by, at):
        return refused
    upload = checked(content, allowed=SCANS, most_bytes=LARGEST_FILE, norm=NORM)
    if isinstance(upload, Refused):
        with transaction.atomic():
            record_refusal(upload, content, subject=subject(protocol), by=by, at=at)
        return upload
    return _attach(protocol, upload, page, by=by, at=at)


@act
def _attach(protocol: Protocol, upload: Upload, page: int, *, by: Office, at: datetime) -> Scan | Refused:
    now = locked(protocol.pk)
    if refused := _not_allowed(now, by, at):
        return refused
    if not 1 <= page <= 99:
        return Refused.because(NORM, "scan_page_out_of_range", fields=("page",))
    if now.scans.filter(page=page).exists():
        return Refused.because(NORM, "scan_page_is_here", fields=("page",), page=page)
    file = store(upload.content, upload.kind, at)
    scan = Scan.objects.create(protocol=now, file=file, page=page, office=by, at=at)
    payload = {"page": page, "sha256": file.sha256, "media_type": file.media_type}
    record("protocol.scanned", subject=subject(now), by=by, at=at, grounds=[NORM], payload=payload)
    return scan


def _not_allowed(protocol: Protocol, by: Office, at: datetime) -> Refused | None:
    return refusal(by, may="counting.scan", of=protocol.tec.body, election=election(protocol), at=at)
