"""Voters for machines: the State Registry Service sends its deliveries. Nothing of a voter is ever answered."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from shailoo.api.access import Key, needs, office_of
from shailoo.api.counting import KEYED, REFUSED
from shailoo.api.once import once
from shailoo.api.problems import ProblemError, of
from shailoo.elections.clock import now
from shailoo.elections.queries import by_slug
from shailoo.law.outcome import Refused
from shailoo.voters import actions
from shailoo.voters.exchange import manifest as manifests

router = Router(tags=["voters"])

Text = Annotated[str, Field(pattern=r"^[^\x00]*$", min_length=1, max_length=16_384)]
Base64 = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/=]*$", min_length=1)]


class DeliveryIn(Schema):
    """A delivery: the manifest and its signature as they are in their files, the file packed by gzip, in base64."""

    manifest: Text
    signature: Text
    file: Base64


class DeliveryOut(Schema):
    """The delivery as taken in: it waits for the decision of the CEC. Counts are of rows and of voters."""

    delivery: int
    number: int
    rows: int
    faulty: int
    not_listed: int
    new: int
    moved: int
    changed: int
    same: int
    gone: int


@router.post(
    "/deliveries",
    response={201: DeliveryOut, **REFUSED},
    operation_id="deliver_voters",
    auth=Key("voters.deliver"),
    openapi_extra=KEYED,
)
@needs("voters.deliver")
def deliver_voters(request: HttpRequest, sent: DeliveryIn) -> HttpResponse:
    """Take a delivery in whole and check every row, or refuse it whole (docs/voter-register-format.md)."""
    office = office_of(request, "voters.deliver")
    manifest = sent.manifest.encode("utf-8", "replace")
    package = actions.Package(manifest, sent.signature, _unpacked(sent.file))

    def act() -> tuple[int, dict[str, Any]] | ProblemError:
        done = actions.receive_delivery(package, by=office, at=_clock_of(manifest))
        if isinstance(done, Refused):
            return of(done)
        counts = ("number", "rows", "faulty", "not_listed", "new", "moved", "changed", "same", "gone")
        return 201, {"delivery": done.pk, **{name: getattr(done, name) for name in counts}}

    return once(request, office, act)


@dataclass
class _Packed:
    """A packed file as a source of bytes; where the packing is broken it ends, and then it is not the file said."""

    opened: gzip.GzipFile

    def read(self, size: int, /) -> bytes:
        try:
            return self.opened.read(size)
        except (OSError, EOFError, zlib.error):
            return b""


def _unpacked(file: str) -> _Packed:
    try:
        packed = base64.b64decode(file, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProblemError(422, "content_unreadable", fields=["file"]) from error
    return _Packed(gzip.GzipFile(fileobj=io.BytesIO(packed)))


def _clock_of(manifest: bytes) -> datetime:
    """What time it is in the election that a manifest names; the real time where it names none."""
    try:
        election = by_slug(manifests.read(manifest).election)
    except manifests.ManifestError:
        election = None
    return now(election) if election else timezone.now()
