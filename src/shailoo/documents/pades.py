"""How pyHanko puts our signature on a PDF/A and touches nothing else of it. Loading this takes a second."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko_certvalidator.registry import CertificateStore, SimpleCertificateStore

from shailoo.documents.authority import Opened

DIGEST = "sha256"
ROOM = 8192  # hexadecimal digits: a certificate and a signature of 3072 bits take some 3300


@dataclass(frozen=True, slots=True)
class Words:
    """What a signature says in words: why it was made, where, and where to ask."""

    reason: str
    location: str
    contact: str


class _Appending(IncrementalPdfFileWriter):
    """Adds the signature and nothing else: the metadata of a PDF/A stay byte for byte what they were."""

    def _update_meta(self) -> None:
        """The typesetter's own title, dates and XMP are the document's."""


class _HeldKey(Signer):
    """Signs with a key that was opened once; pyHanko's own signer reads and checks it anew every time (107 ms)."""

    def __init__(self, opened: Opened) -> None:
        certificate = asn1.Certificate.load(opened.certificate.public_bytes(Encoding.DER))
        super().__init__(signing_cert=certificate, cert_registry=_no_others(), embed_roots=False)
        self._key = opened.key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002 - pyHanko's own signature of this method
        if dry_run:
            return bytes(self._key.key_size // 8)
        if digest_algorithm != DIGEST:
            raise ValueError(f"signatures are made over {DIGEST}, not over {digest_algorithm}")
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def _no_others() -> CertificateStore:
    """No certificate but the signer's own goes into a signature."""
    store: CertificateStore = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's has no annotation
    return store


def signer_of(opened: Opened) -> Signer:
    """What signs with this key."""
    return _HeldKey(opened)


def with_signature(pdf: bytes, signer: Signer, field: str, words: Words) -> bytes:
    """The PDF with an invisible certification signature that allows no change (DocMDP level 1)."""
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=words.reason,
        location=words.location,
        contact_info=words.contact,
    )

    def sign() -> bytes:
        signed = PdfSigner(metadata, signer).sign_pdf(_Appending(io.BytesIO(pdf)), bytes_reserved=ROOM)
        return bytes(signed.getvalue())

    # pyHanko begins an event loop of its own, which a thread that already has one refuses.
    with ThreadPoolExecutor(1) as own_thread:
        return own_thread.submit(sign).result()
