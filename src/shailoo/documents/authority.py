"""The commission's own certificate authority: a root, one certificate that signs documents, and a list of revoked ones.

Everything lies in one folder, outside the database, readable by its owner alone:

    root.p12      the root's key and certificate, encrypted; needed to renew and to list only, else kept elsewhere
    signing.p12   the key that signs documents, with its certificate and the root; encrypted
    root.crt  signing.crt  revoked.crl   what everybody may have
    issued/       every signing certificate that there ever was

Keys are RSA of 3072 bits: every reader of PDF 1.7 knows them. Instants are given by the caller. SHAILOO_CA names the
folder under the installation's keys, "ca" unless it is said otherwise; SHAILOO_CA_PASSPHRASE_FILE names the file whose
first line opens the keys.
"""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12
from cryptography.x509.oid import NameOID, ObjectIdentifier

Key: TypeAlias = rsa.RSAPrivateKey
KEY_BITS = 3072
ROOT_HOLDS = timedelta(days=20 * 365)
SIGNING_HOLDS = timedelta(days=3 * 365)
LIST_HOLDS = timedelta(days=366)
KDF_ROUNDS = 200_000
SHORTEST_PASSPHRASE = 12  # characters
NAME_BYTES = 64  # of each part of a subject (RFC 5280, upper bounds)
FOLDER = "SHAILOO_CA"
PASSPHRASE_FILE = "SHAILOO_CA_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable, which holds the name of a file
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336


class AuthorityExistsError(Exception):
    """There is an authority in this folder; a second one would make its documents strangers."""


class AuthorityMissingError(Exception):
    """There is no authority in this folder, or a file that the act needs was taken elsewhere."""


class AuthorityLockedError(Exception):
    """The passphrase is missing or does not open the key."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose authority it is: the name in its certificates, and where its list of revoked ones is published."""

    organisation: str
    revocations: str  # an URL


@dataclass(frozen=True, slots=True)
class Opened:
    """A key that signs documents, with its certificate and the root that issued it."""

    key: Key
    certificate: x509.Certificate
    root: x509.Certificate


@dataclass(frozen=True, slots=True)
class Standing:
    """What everybody may know of an authority."""

    root: x509.Certificate
    signing: x509.Certificate
    revoked: x509.CertificateRevocationList


def place(data: Path) -> Path:
    """The folder of the authority of the installation with this data folder."""
    return data / "keys" / os.environ.get(FOLDER, "ca")


def read_passphrase(path: Path) -> str:
    """The first line of a file. Raises OSError."""
    return path.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")


def exists(folder: Path) -> bool:
    """Whether an authority stands in the folder."""
    return (folder / "root.crt").is_file()


def standing(folder: Path) -> Standing:
    """The certificates and the list, without any key. Raises AuthorityMissingError."""
    try:
        return Standing(
            x509.load_pem_x509_certificate((folder / "root.crt").read_bytes()),
            x509.load_pem_x509_certificate((folder / "signing.crt").read_bytes()),
            x509.load_der_x509_crl((folder / "revoked.crl").read_bytes()),
        )
    except FileNotFoundError as missing:
        raise AuthorityMissingError(str(folder)) from missing


def issued(folder: Path) -> tuple[x509.Certificate, ...]:
    """Every signing certificate that there ever was; none where there is no authority."""
    return tuple(x509.load_pem_x509_certificate(path.read_bytes()) for path in sorted(folder.glob("issued/*.crt")))


def establish(folder: Path, owner: Owner, passphrase: str, at: datetime) -> Standing:
    """Make an authority, whole or not at all.

    Raises AuthorityExistsError, and AuthorityLockedError for a passphrase that is too short.
    """
    if folder.exists():
        raise AuthorityExistsError(str(folder))
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise AuthorityLockedError("short")
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700)
    try:
        key = _new_key()
        root = _root_certificate(key, owner, at)
        _write(draft / "root.p12", _packed(key, root, (), passphrase))
        _write(draft / "root.crt", root.public_bytes(serialization.Encoding.PEM))
        _write(draft / "revoked.crl", _revocation_list(key, root, (), at))
        _issue(draft, key, root, owner, passphrase, at)
        draft.rename(folder)
    except OSError as taken:
        if folder.exists():
            raise AuthorityExistsError(str(folder)) from taken
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return standing(folder)


def renew(folder: Path, owner: Owner, passphrase: str, at: datetime) -> Standing:
    """A new key and certificate for signing; documents signed before stay valid. Raises as `open_root` does."""
    key, root = open_root(folder, passphrase)
    _issue(folder, key, root, owner, passphrase, at)
    return standing(folder)


def revoke(folder: Path, serial: int, reason: x509.ReasonFlags, passphrase: str, at: datetime) -> Standing:
    """Put a signing certificate on the list: what it signed counts no longer. Raises as `open_root` does."""
    key, root = open_root(folder, passphrase)
    known = standing(folder).revoked
    if known.get_revoked_certificate_by_serial_number(serial) is not None:
        return standing(folder)
    entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
    entry = entry.add_extension(x509.CRLReason(reason), critical=False)
    _write(folder / "revoked.crl", _revocation_list(key, root, (*known, entry.build()), at))
    return standing(folder)


def list_anew(folder: Path, passphrase: str, at: datetime) -> Standing:
    """The same list with a new date, before the old one's next update is due. Raises as `open_root` does."""
    key, root = open_root(folder, passphrase)
    _write(folder / "revoked.crl", _revocation_list(key, root, tuple(standing(folder).revoked), at))
    return standing(folder)


def open_root(folder: Path, passphrase: str) -> tuple[Key, x509.Certificate]:
    """The root's key. Raises AuthorityMissingError, and AuthorityLockedError for a wrong passphrase."""
    key, certificate, _ = _unpacked(folder / "root.p12", passphrase)
    return key, certificate


def open_signing(folder: Path, passphrase: str) -> Opened:
    """The key that signs documents. Raises AuthorityMissingError, and AuthorityLockedError for a wrong passphrase."""
    key, certificate, others = _unpacked(folder / "signing.p12", passphrase)
    return Opened(key, certificate, others[0])


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of a certificate, in lower-case hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def name_in(certificate: x509.Certificate) -> str:
    """The common name of a certificate's subject."""
    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else certificate.subject.rfc4514_string()


def _new_key() -> Key:
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def _subject(organisation: str, role: str) -> x509.Name:
    """The subject of a certificate: who, and what the certificate is for."""
    tail = f" – {role}"
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "KG"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _cut(organisation, NAME_BYTES)),
            x509.NameAttribute(NameOID.COMMON_NAME, _cut(organisation, NAME_BYTES - len(tail.encode())) + tail),
        ]
    )


def _cut(text: str, most: int) -> str:
    """The text in at most so many bytes of UTF-8, never ending within a letter."""
    return text.encode()[:most].decode(errors="ignore").rstrip()


def _root_certificate(key: Key, owner: Owner, at: datetime) -> x509.Certificate:
    name = _subject(owner.organisation, "Root CA")
    public = key.public_key()
    return (
        _certificate(name, name, public, at, ROOT_HOLDS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )


def _issue(folder: Path, root_key: Key, root: x509.Certificate, owner: Owner, passphrase: str, at: datetime) -> None:
    """A new signing key and certificate; the packed pair is what signs from the moment that its file is replaced."""
    key = _new_key()
    public = key.public_key()
    place = x509.DistributionPoint([x509.UniformResourceIdentifier(owner.revocations)], None, None, None)
    certificate = (
        _certificate(_subject(owner.organisation, "Documents"), root.subject, public, at, SIGNING_HOLDS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .add_extension(x509.CRLDistributionPoints([place]), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "issued").mkdir(mode=0o700, exist_ok=True)
    _write(folder / "issued" / f"{certificate.serial_number:x}.crt", pem)
    _write(folder / "signing.p12", _packed(key, certificate, (root,), passphrase))
    _write(folder / "signing.crt", pem)


def _certificate(
    subject: x509.Name, issuer: x509.Name, public: rsa.RSAPublicKey, at: datetime, holds: timedelta
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
    return builder.serial_number(x509.random_serial_number()).not_valid_before(at).not_valid_after(at + holds)


def _usage(*, certificates: bool) -> x509.KeyUsage:
    """A root signs certificates and lists, and nothing else; the other one signs documents, and nothing else."""
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=not certificates,
        key_cert_sign=certificates,
        crl_sign=certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _revocation_list(
    key: Key, root: x509.Certificate, entries: tuple[x509.RevokedCertificate, ...], at: datetime
) -> bytes:
    """The signed list in DER; it is numbered by its instant, so that a later one has a larger number."""
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    builder = x509.CertificateRevocationListBuilder().issuer_name(root.subject)
    builder = builder.last_update(at).next_update(at + LIST_HOLDS)
    builder = builder.add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
    builder = builder.add_extension(issuer, critical=False)
    for entry in entries:
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _packed(key: Key, certificate: x509.Certificate, others: tuple[x509.Certificate, ...], passphrase: str) -> bytes:
    """PKCS#12 with AES-256 and a key derived in KDF_ROUNDS rounds."""
    builder = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(KDF_ROUNDS)
    builder = builder.key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC).hmac_hash(hashes.SHA256())
    encryption = builder.build(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(b"shailoo", key, certificate, others, encryption)


def _unpacked(path: Path, passphrase: str) -> tuple[Key, x509.Certificate, tuple[x509.Certificate, ...]]:
    try:
        content = path.read_bytes()
    except FileNotFoundError as missing:
        raise AuthorityMissingError(str(path)) from missing
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase.encode())
    except ValueError as wrong:
        raise AuthorityLockedError(path.name) from wrong
    if not isinstance(key, rsa.RSAPrivateKey) or certificate is None:
        raise AuthorityMissingError(f"{path.name} holds no key of ours")
    return key, certificate, tuple(others)


def _write(path: Path, content: bytes) -> None:
    """Put a file in place whole, readable by its owner alone, synced before it has its name."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
