"""Is this file a document of the commission? Answered from its bytes: those that were issued, or the signatures in it.

Nothing of the file is kept. A document is recognized by its SHA-256, or by that of an earlier part of it where
something was added behind; only a file that is neither is looked at for signatures.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from shailoo.documents import authority
from shailoo.documents.models import Document
from shailoo.documents.signing import folder
from shailoo.documents.uploads import MIB, Kind, checked
from shailoo.law.outcome import Refused
from shailoo.ledger.canonical import sha256

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

LARGEST = 10 * MIB
MOST_PARTS = 40  # earlier ends of a file that are tried, and signatures that are looked at
_END = re.compile(rb"%%EOF[\r\n]{0,2}")


class Verdict(StrEnum):
    """What a file was found to be, from the best to the worst."""

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    ADDED_TO = "added_to"  # an issued document with something behind it
    UNKNOWN_BUT_OURS = "unknown_but_ours"  # whole, signed by the commission, not in this register
    REVOKED = "revoked"  # signed with a certificate that the commission has withdrawn
    CHANGED = "changed"  # the commission's signature does not fit the content
    FOREIGN = "foreign"  # signed by somebody else
    UNSIGNED = "unsigned"  # never issued, signed by nobody
    UNFIT = "unfit"  # no PDF that is looked at


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature found in a file: by whom, when as it says itself, over how many bytes of how many."""

    name: str
    certificate: str
    signed_at: datetime | None
    covered: int
    size: int
    is_ours: bool
    is_whole: bool  # the signed bytes are those that were signed
    is_revoked: bool


@dataclass(frozen=True, slots=True)
class Examined:
    """The answer, with the document that the file is or was made from, and the signature that decided."""

    verdict: Verdict
    sha256: str
    size: int
    document: Document | None = None
    seal: Seal | None = None
    refused: Refused | None = None


def examine(content: bytes) -> Examined:
    """What the file is. Reads the register and the authority's public files; writes nothing."""
    digest, size = sha256(content), len(content)
    if document := _issued(digest):
        superseded = hasattr(document, "superseded_by")
        return Examined(Verdict.SUPERSEDED if superseded else Verdict.IN_FORCE, digest, size, document)
    unfit = checked(content, allowed={Kind.PDF}, most_bytes=LARGEST, norm="L12.1")
    if document := next(filter(None, map(_issued, _earlier(content))), None):
        return Examined(Verdict.ADDED_TO, digest, size, document)
    if isinstance(unfit, Refused):
        return Examined(Verdict.UNFIT, digest, size, refused=unfit)
    seals = tuple(_seals(content))
    deciding = next((seal for seal in seals if seal.is_ours), seals[0] if seals else None)
    return Examined(_judged(deciding), digest, size, seal=deciding)


def _judged(seal: Seal | None) -> Verdict:
    if seal is None:
        return Verdict.UNSIGNED
    if not seal.is_ours:
        return Verdict.FOREIGN
    if not seal.is_whole or seal.covered < seal.size:
        return Verdict.CHANGED
    return Verdict.REVOKED if seal.is_revoked else Verdict.UNKNOWN_BUT_OURS


def _issued(digest: str) -> Document | None:
    """The document with these very bytes; where several have them, one that stands."""
    found = Document.objects.filter(file_id=digest).select_related("file", "superseded_by", "office__body")
    return found.order_by("superseded_by", "-created_at").first()


def _earlier(content: bytes) -> Iterator[str]:
    """The SHA-256 of every earlier part of the file that ends like a PDF, longest last."""
    for found in [*_END.finditer(content)][:MOST_PARTS]:
        for end in {found.start() + len(b"%%EOF"), found.end()}:
            if end < len(content):
                yield sha256(content[:end])


def _seals(content: bytes) -> Iterator[Seal]:
    """Every signature in the file, as far as it can be read."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.errors import SignatureValidationError

    reader = PdfFileReader(io.BytesIO(content), strict=False)
    try:
        for found in reader.embedded_signatures[:MOST_PARTS]:
            yield _seal(found, len(content))
    except (PdfError, SignatureValidationError, ValueError, TypeError, LookupError, AttributeError):
        return  # a signature that cannot be read says nothing of anybody


def _seal(found: EmbeddedPdfSignature, size: int) -> Seal:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    certificate = x509.load_der_x509_certificate(found.signer_cert.dump())
    is_ours, is_revoked = _standing(certificate)
    is_whole = _is_whole(found)
    _start, length, _behind, rest = (int(part) for part in found.byte_range)
    return Seal(
        name=authority.name_in(certificate),
        certificate=authority.fingerprint(certificate),
        signed_at=found.self_reported_timestamp,
        covered=size if found.coverage is SignatureCoverageLevel.ENTIRE_FILE else length + rest,
        size=size,
        is_ours=is_ours,
        is_whole=is_whole,
        is_revoked=is_revoked,
    )


def _is_whole(found: EmbeddedPdfSignature) -> bool:
    """Whether the signed bytes are those that were signed, by the key of the certificate that is named."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    found.compute_integrity_info(skip_diff=True)  # type: ignore[no-untyped-call]  # pyHanko's has no annotation
    intact, valid = validate_sig_integrity(
        found.signer_info, found.signer_cert, expected_content_type="data", actual_digest=found.compute_digest()
    )
    return bool(intact and valid)


def _standing(certificate: x509.Certificate) -> tuple[bool, bool]:
    """Whether the commission's root issued the certificate, and whether its list withdraws it."""
    if not authority.exists(folder()):
        return False, False
    public = authority.standing(folder())
    try:
        certificate.verify_directly_issued_by(public.root)
    except (ValueError, TypeError, InvalidSignature):
        return False, False
    withdrawn = public.revoked.get_revoked_certificate_by_serial_number(certificate.serial_number)
    return True, withdrawn is not None
