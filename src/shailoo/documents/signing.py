"""The commission's signature on a document: PAdES B-B, certified against any change, put on before it is frozen.

The key is opened once in each process, by the passphrase in the file that SHAILOO_CA_PASSPHRASE_FILE names. Where
there is no authority, documents stay unsigned; where there is one whose key does not open, nothing is issued at all.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from shailoo.accounts.models import Office
from shailoo.documents import authority
from shailoo.documents.rendering import Imprint

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

FIELD = "Commission"
REASONS = {
    "ky": "№ {number} документти чыгаруу",
    "ru": "Выпуск документа № {number}",
    "en": "Issue of document No. {number}",
}


@dataclass(frozen=True, slots=True)
class Signed:
    """A PDF ready to be frozen, and the SHA-256 of the certificate that signed it; empty where nothing did."""

    content: bytes
    certificate: str


def folder() -> Path:
    """Where the authority of this installation lies."""
    return authority.place(Path(settings.DATA))


def sign(pdf: bytes, imprint: Imprint, by: Office | None) -> Signed:
    """The PDF with the commission's signature, or as it is where there is no authority.

    Raises authority.AuthorityLockedError where there is one and its key does not open. The signature bears the time of
    this machine's clock, for it is made now, whatever day a rehearsal plays.
    """
    if not authority.exists(folder()):
        return Signed(pdf, "")
    opened, signer = _opened(folder(), _changed(folder() / "signing.p12"), passphrase())
    return Signed(_with_signature(pdf, signer, imprint, by), authority.fingerprint(opened.certificate))


def passphrase() -> str:
    """The passphrase of the key, from its file. Raises authority.AuthorityLockedError where there is none."""
    named = os.environ.get(authority.PASSPHRASE_FILE, "")
    try:
        return authority.read_passphrase(Path(named)) if named else ""
    except OSError as unreadable:
        raise authority.AuthorityLockedError(named) from unreadable


def unlock() -> str:
    """Open the key now, so that a server does not learn at the first document that it cannot.

    Returns the name in the certificate, or an empty text where there is no authority. Raises AuthorityLockedError.
    """
    if not authority.exists(folder()):
        return ""
    opened, _signer = _opened(folder(), _changed(folder() / "signing.p12"), passphrase())
    return authority.name_in(opened.certificate)


def _changed(path: Path) -> int:
    """When the key's file was last replaced: a renewed one is opened without a new start."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError as missing:
        raise authority.AuthorityMissingError(str(path)) from missing


@lru_cache(maxsize=2)
def _opened(where: Path, _changed: int, secret: str) -> tuple[authority.Opened, Signer]:
    from shailoo.documents.pades import signer_of

    opened = authority.open_signing(where, secret)
    return opened, signer_of(opened)


def _with_signature(pdf: bytes, signer: Signer, imprint: Imprint, by: Office | None) -> bytes:
    from shailoo.documents.pades import Words, with_signature

    place = {"ky": by.body.name_ky, "ru": by.body.name_ru, "en": by.body.name_en}[imprint.language] if by else ""
    words = Words(REASONS[imprint.language].format(number=imprint.number), place, imprint.address)
    return with_signature(pdf, signer, FIELD, words)
