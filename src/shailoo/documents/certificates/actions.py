"""Issuing and revoking certificates, printing their cards, changing the key; every act stands in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from shailoo import keys
from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office
from shailoo.documents.actions import store
from shailoo.documents.certificates import cards
from shailoo.documents.certificates.checking import Verdict
from shailoo.documents.certificates.code import Claims, Kind, Scope, fits, key_id, name_digest, normalized, number, sign
from shailoo.documents.certificates.lists import Names
from shailoo.documents.certificates.models import Card, Certificate, CertificateKey, KeyWithdrawal, Revocation
from shailoo.documents.numbering import next_number
from shailoo.law.outcome import Finding, Refused, Severity
from shailoo.ledger.actions import record
from shailoo.ledger.canonical import sha256
from shailoo.ledger.holding import hold

ISSUE, REVOKE = "documents.issue_certificate", "documents.revoke_certificate"
NORM = "L12.1"  # commissions organize elections: what no narrower norm says of a certificate
REGISTER = "certificate"
MOST_ON_SHEETS = 400
TALLY = """
    INSERT INTO certificates_checktally AS known (day, verdict, times) VALUES (%s, %s, 1)
    ON CONFLICT (day, verdict) DO UPDATE SET times = known.times + 1
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A certificate to be issued. `names` holds the words of the scope ("election", "place") in the three languages.

    Seconds of the instants fall away; `holder` is hashed and printed as it stands here.
    """

    kind: Kind
    holder: str
    body: Body
    valid_from: datetime
    valid_until: datetime
    scope: Scope = field(default_factory=Scope)
    names: Mapping[str, Names] = field(default_factory=dict)
    subject: str = ""
    ground: str = ""


def issue_certificate(draft: Draft, *, by: Office, at: datetime, may: str = ISSUE) -> Certificate | Refused:
    """Issue one certificate; see `issue_certificates`."""
    issued = issue_certificates([draft], by=by, at=at, may=may)
    return issued if isinstance(issued, Refused) else issued[0]


@transaction.atomic
def issue_certificates(
    drafts: Sequence[Draft], *, by: Office, at: datetime, may: str = ISSUE
) -> tuple[Certificate, ...] | Refused:
    """Number, sign and record certificates, all or none; returned in the order of the drafts.

    `may` is the act that the office must be allowed for the body of each: a department that accredits has its own. The
    numbers of a kind and year have no gaps. The ledger never holds a holder's name.
    """
    for draft in drafts:
        if refused := refusal(by, may=may, at=at, of=draft.body, election=draft.scope.election or None):
            return refused
    findings = tuple(found for draft in drafts for found in _faults(draft, at))
    if findings:
        return Refused(findings)
    key = keys.certificate_key(Path(settings.DATA))
    published = _published(key, at)
    register = _register_of(by.body)
    made = [_signed(draft, key, published, register, by, at) for draft in drafts]
    issued = tuple(Certificate.objects.bulk_create(made))
    for certificate in issued:
        record("certificate.issued", subject=_subject(certificate), by=by, at=at, payload=_told(certificate))
    return issued


@transaction.atomic
def revoke_certificate(
    certificate: Certificate, *, reason: Revocation.Reason, ground: str, by: Office, at: datetime, may: str = REVOKE
) -> Revocation | Refused:
    """Revoke a certificate for good, on a ground: a decision, or an article of the law. It is on the list at once."""
    election = certificate.election or None
    if refused := refusal(by, may=may, at=at, of=certificate.body, election=election):
        return refused
    hold(_subject(certificate))
    if Revocation.objects.filter(certificate=certificate).exists():
        return Refused.because(NORM, "certificate_already_revoked", number=certificate.number)
    if not ground.strip():
        return Refused.because(NORM, "revocation_without_ground", fields=("ground",))
    revocation = Revocation.objects.create(
        certificate=certificate, reason=reason, ground=ground.strip(), office=by, at=at
    )
    told = {"number": certificate.number, "reason": str(reason), "ground": ground.strip()}
    record("certificate.revoked", subject=_subject(certificate), by=by, at=at, payload=told)
    return revocation


@transaction.atomic
def print_card(
    certificate: Certificate, *, language: str, by: Office, at: datetime, photo: bytes = b"", may: str = ISSUE
) -> Card | Refused:
    """The card in one language, frozen the first time; later calls give the same file. `photo` is a PNG or JPEG."""
    if refused := refusal(by, may=may, at=at, of=certificate.body, election=certificate.election or None):
        return refused
    hold(_subject(certificate))
    existing = Card.objects.filter(certificate=certificate, language=language).select_related("file").first()
    if existing is not None:
        return existing
    face = cards.Face(certificate, photo)
    file = store(cards.card(face, language), "application/pdf", at)
    card = Card.objects.create(certificate=certificate, language=language, file=file, office=by, at=at)
    told = {"number": certificate.number, "language": language, "sha256": file.sha256}
    record("certificate.card_frozen", subject=_subject(certificate), by=by, at=at, payload=told)
    return card


@transaction.atomic
def print_sheets(
    faces: Sequence[cards.Face], *, language: str, by: Office, at: datetime, may: str = ISSUE
) -> bytes | Refused:
    """A4 sheets of four cards as one PDF; recorded with its hash, not kept: the cards are made of what is kept."""
    for face in faces:
        own = face.certificate
        if refused := refusal(by, may=may, at=at, of=own.body, election=own.election or None):
            return refused
    if not 0 < len(faces) <= MOST_ON_SHEETS:
        return Refused.because(NORM, "sheets_too_many_or_none", number=len(faces), most=MOST_ON_SHEETS)
    pdf = cards.sheets(faces, language, at)
    told = {"numbers": [face.certificate.number for face in faces], "language": language, "sha256": sha256(pdf)}
    record("certificates.printed", subject="certificates", by=by, at=at, payload=told)
    return pdf


@transaction.atomic
def renew_key(*, at: datetime) -> CertificateKey:
    """Make a new key for the certificates of the installation; what earlier keys signed holds on."""
    return _published(keys.renew_certificate_key(Path(settings.DATA)), at)


@transaction.atomic
def withdraw_key(name: str, *, reason: str, at: datetime) -> KeyWithdrawal:
    """Trust a key no longer, because somebody else may have it: everything that it signed is void.

    The next certificates are signed by a new key. Raises CertificateKey.DoesNotExist for an unknown name (eight
    hexadecimal digits), django.db.IntegrityError for one withdrawn before.
    """
    key = CertificateKey.objects.get(name=name)
    withdrawal = KeyWithdrawal.objects.create(key=key, reason=reason, at=at)
    told = {"key": key.name, "reason": reason}
    record("certificate.key_withdrawn", subject=f"certificate_key:{key.name}", by=None, at=at, payload=told)
    if keys.certificate_key(Path(settings.DATA)).public_key().public_bytes_raw().hex() == key.public:
        renew_key(at=at)
    return withdrawal


def tally(verdict: Verdict, at: datetime) -> None:
    """Count one check that the server was asked for, by day and verdict alone."""
    with connection.cursor() as cursor:
        cursor.execute(TALLY, [timezone.localdate(at), str(verdict)])


def _faults(draft: Draft, at: datetime) -> list[Finding]:
    """What keeps a draft from being a certificate."""
    found = []
    if not normalized(draft.holder):
        found.append(Finding(NORM, "certificate_without_name", Severity.ERROR, {}, ("holder",)))
    if _minute(draft.valid_until) <= _minute(draft.valid_from):
        found.append(Finding(NORM, "certificate_ends_before_it_begins", Severity.ERROR, {}, ("valid_until",)))
    elif draft.valid_until <= at:
        found.append(Finding(NORM, "certificate_already_over", Severity.ERROR, {}, ("valid_until",)))
    if not fits(draft.scope):
        facts = {"election": draft.scope.election, "place": draft.scope.place}
        found.append(Finding(NORM, "certificate_scope_unwritable", Severity.ERROR, facts, ("place",)))
    return found


def _signed(
    draft: Draft, key: Ed25519PrivateKey, published: CertificateKey, register: Body, by: Office, at: datetime
) -> Certificate:
    """The certificate with its number and code, not yet saved."""
    year = at.astimezone(UTC).year
    sequence = next_number(f"{REGISTER}:{draft.kind.value}", register, year)
    written = number(draft.kind, year, sequence)
    since, until = _minute(draft.valid_from), _minute(draft.valid_until)
    holder = name_digest(draft.holder, written)
    return Certificate(
        kind=draft.kind.value,
        year=year,
        sequence=sequence,
        number=written,
        holder=draft.holder.strip(),
        body=draft.body,
        election=draft.scope.election,
        reach=draft.scope.reach.value,
        place=draft.scope.place,
        names={what: dict(names) for what, names in draft.names.items()},
        valid_from=since,
        valid_until=until,
        code=sign(Claims(draft.kind, year, sequence, holder, since, until, draft.scope), key),
        key=published,
        subject=draft.subject,
        ground=draft.ground,
        office=by,
        at=at,
    )


def _published(key: Ed25519PrivateKey, at: datetime) -> CertificateKey:
    """The key's public half in the list; entered, and recorded, when it is first used."""
    public = key.public_key().public_bytes_raw()
    found, new = CertificateKey.objects.get_or_create(
        public=public.hex(), defaults={"name": key_id(public).hex(), "since": at}
    )
    if new:
        told = {"key": found.name, "public": found.public}
        record("certificate.key_published", subject=f"certificate_key:{found.name}", by=None, at=at, payload=told)
    return found


def _register_of(body: Body) -> Body:
    """The body that keeps the register for all below it: numbers are given once in the whole country."""
    while body.superior is not None:
        body = body.superior
    return body


def _told(certificate: Certificate) -> dict[str, object]:
    """What the ledger says of a certificate: everything but the name."""
    return {
        "number": certificate.number,
        "election": certificate.election,
        "reach": certificate.reach,
        "place": certificate.place,
        "valid_from": certificate.valid_from,
        "valid_until": certificate.valid_until,
        "ground": certificate.ground,
        "for": certificate.subject,
        "key": certificate.key.name,
        "code_sha256": sha256(certificate.signed),
    }


def _subject(certificate: Certificate) -> str:
    return f"certificate:{certificate.number}"


def _minute(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(second=0, microsecond=0)
