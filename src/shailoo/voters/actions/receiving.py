"""A delivery of the State Registry Service is taken in: whole, or not at all (L14.3.b, L14.7.a2).

What is wrong with the whole (signature, count, hash, number) refuses it, and the refusal is recorded; what is wrong
with a row is told by row, and the delivery waits for its decision. Nothing is listed before an office accepts it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.elections.models import Election, Voting
from shailoo.law.outcome import Finding, Refused, Severity
from shailoo.ledger import minisign
from shailoo.ledger.actions import record
from shailoo.voters import staging
from shailoo.voters.actions.act import act, held, subject
from shailoo.voters.eligibility import verdicts
from shailoo.voters.exchange import manifest as manifests
from shailoo.voters.exchange.manifest import Kind, Manifest, ManifestError
from shailoo.voters.exchange.reading import Bounded, Broken, Reading, Source, ahead
from shailoo.voters.exchange.signing import key_that_signed
from shailoo.voters.models import Closing, Delivery, Register, Rejection, ServiceKey
from shailoo.voters.staging import Stage
from shailoo.voters.states import State

NORM = "L14.3.b"
SIGNED = "L14.7.a2"


@dataclass(frozen=True, slots=True)
class Package:
    """What the Service sends: the manifest's bytes, its signature, and the file to be read once."""

    manifest: bytes
    signature: str
    file: Source

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.manifest).hexdigest()


def receive_delivery(package: Package, *, by: Office, at: datetime) -> Delivery | Refused:
    """Take a delivery in, check every row, and show what it would change. What is refused is recorded, and not kept."""
    answer = _received(package, by=by, at=at)
    if isinstance(answer, Refused) and not _of_the_office(answer):
        _record_rejection(package, answer, by=by, at=at)
    return answer


@act
def _received(package: Package, *, by: Office, at: datetime) -> Delivery | Refused:
    opened = _opened(package, by=by, at=at)
    if isinstance(opened, Refused):
        return opened
    manifest, key = opened
    election = Election.objects.filter(slug=manifest.election).first()
    voting = Voting.objects.filter(election=election, kind=Voting.Kind.GENERAL).order_by("day").first()
    if election is None or voting is None:
        return Refused.because(NORM, "voters_election_unknown", fields=("election",))
    if refused := refusal(by, may="voters.deliver", election=election.slug, at=at):
        return refused
    register, _made = Register.objects.get_or_create(election=election, defaults={"voting": voting})
    held(register)
    if refused := _out_of_turn(register, manifest, by=by, at=at):
        return refused
    reading = Reading(Bounded(package.file, manifest.file.bytes + 1), manifest.columns)
    with staging.copying(manifest.kind) as into:
        for piece in ahead(reading.pieces()):
            into.write(piece)
    if refused := _other_than_said(reading, manifest):
        return refused
    return _checked(register, manifest, package, key, by=by, at=at)


def _opened(package: Package, *, by: Office, at: datetime) -> tuple[Manifest, ServiceKey] | Refused:
    """The manifest and the key that signed it; nothing of an unsigned manifest is believed, not even its election."""
    if refused := refusal(by, may="voters.deliver", at=at, election=None):
        return refused
    trusted = ServiceKey.objects.filter(since__lte=at, withdrawal=None)
    keys = {minisign.read_key(each.public).key_id: (minisign.read_key(each.public), each) for each in trusted}
    known = {name: key for name, (key, _row) in keys.items()}
    signer = key_that_signed(package.manifest, package.signature, known)
    if signer is None:
        return Refused.because(SIGNED, "voters_signature_wrong", fields=("signature",))
    try:
        found = manifests.read(package.manifest)
    except ManifestError as broken:
        return Refused.because(NORM, "voters_manifest_unreadable", fields=("manifest",), place=str(broken))
    return found, keys[signer.key_id][1]


def _out_of_turn(register: Register, manifest: Manifest, *, by: Office, at: datetime) -> Refused | None:
    """Deliveries come in turn: without gaps, none twice, one at a time, none once the lists are closed."""
    if Closing.objects.filter(register=register).exists():
        return Refused.because("L15.5.a", "voters_lists_closed")
    generated = manifest.source is manifests.Source.GENERATED
    election = register.election
    made_up = election.origin == Election.Origin.GENERATED or election.rehearsal
    if generated and not made_up:
        return Refused.because(NORM, "voters_generated_for_real", fields=("source",))
    accepted = Delivery.objects.filter(register=register, state=State.ACCEPTED)
    if accepted.exclude(source=manifest.source).exists():
        return Refused.because(NORM, "voters_source_other", fields=("source",))
    last = accepted.count()
    if manifest.number <= last:
        return Refused.because(NORM, "voters_delivery_replayed", fields=("number",), number=manifest.number, last=last)
    if manifest.number > last + 1:
        return Refused.because(NORM, "voters_delivery_gap", fields=("number",), number=manifest.number, last=last)
    if manifest.kind is Kind.INCREMENTAL and manifest.base != last:
        return Refused.because(NORM, "voters_base_other", fields=("base",), number=manifest.base or 0, last=last)
    if manifest.made_at > at:
        return Refused.because(NORM, "voters_made_later", fields=("made_at",))
    return _given_up(register, by=by, at=at)


def _given_up(register: Register, *, by: Office, at: datetime) -> Refused | None:
    """One delivery waits at a time; one whose rows a crash took is given up for the one that comes again."""
    waiting = Delivery.objects.filter(register=register, state=State.CHECKED).select_for_update().first()
    if waiting is None:
        return None
    stage = Stage(waiting.pk)
    if stage.holds(waiting.rows):
        return Refused.because(NORM, "voters_delivery_waits")
    stage.drop()
    Delivery.objects.filter(pk=waiting.pk).update(state=State.LOST, decided_by=by, decided_at=at)
    record("voters.delivery_lost", subject=subject(waiting), by=by, at=at, grounds=[NORM], payload={})
    return None


def _other_than_said(reading: Reading, manifest: Manifest) -> Refused | None:
    """The file must be whole rows of the form, and exactly the one that the manifest was signed for."""
    if reading.size != manifest.file.bytes:
        return Refused.because(
            SIGNED, "voters_size_other", fields=("file",), found=reading.size, said=manifest.file.bytes
        )
    if reading.broken:
        return Refused(tuple(_broken(each) for each in sorted(reading.broken)))
    if reading.rows != manifest.file.rows:
        return Refused.because(
            SIGNED, "voters_count_other", fields=("file",), found=reading.rows, said=manifest.file.rows
        )
    if reading.sha256 != manifest.file.sha256:
        return Refused.because(SIGNED, "voters_hash_other", fields=("file",))
    return None


def _broken(each: Broken) -> Finding:
    return Finding(NORM, each.flaw.value, Severity.ERROR, {"row": each.row}, ("file",))


def _checked(
    register: Register, manifest: Manifest, package: Package, key: ServiceKey, *, by: Office, at: datetime
) -> Delivery:
    asked = staging.Asked(register.pk, register.voting_id, manifest.kind, manifest.made_at, verdicts(register.voting))
    pk = _next_number()
    made = staging.stage(asked, pk)
    # The row stands before its faults; what was counted follows from them, so it is written with what it found.
    totals = staging.totals(made)
    delivery = Delivery.objects.create(
        pk=pk,
        register=register,
        number=manifest.number,
        kind=manifest.kind.value,
        source=manifest.source.value,
        made_at=manifest.made_at,
        bytes=manifest.file.bytes,
        rows=manifest.file.rows,
        sha256=manifest.file.sha256,
        manifest=package.manifest.decode(),
        signature=package.signature,
        key=key,
        office=by,
        at=at,
        not_listed=totals.not_listed,
        faulty=totals.faulty,
        new=totals.new,
        moved=totals.moved,
        changed=totals.changed,
        same=totals.same,
        gone=totals.gone,
    )
    staging.keep_faults(made)
    staging.keep_difference(made)
    payload = {"number": delivery.number, "kind": delivery.kind, "source": delivery.source} | {
        "sha256": delivery.sha256,
        "rows": delivery.rows,
        "faulty": delivery.faulty,
    }
    record("voters.delivery_received", subject=subject(delivery), by=by, at=at, grounds=[NORM], payload=payload)
    return delivery


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('voters_delivery', 'id'))")
        return int(cursor.fetchone()[0])


def _of_the_office(refused: Refused) -> bool:
    """Whether the office was refused and not what it sent: such a refusal is no event of the register."""
    return refused.codes[0] in ("office_may_not", "office_not_held", "other_election", "other_territory")


def _record_rejection(package: Package, refused: Refused, *, by: Office, at: datetime) -> None:
    first = refused.findings[0]
    name = _claimed(package)
    with transaction.atomic():
        made = Rejection.objects.create(
            election=Election.objects.filter(slug=name).first() if name else None,
            manifest=package.digest,
            code=first.code,
            norm=first.norm,
            office=by,
            at=at,
        )
        payload = {"manifest": package.digest, "ground": first.code, "grounds": len(refused.findings)}
        record(
            "voters.delivery_rejected",
            subject=f"voters_rejection:{made.pk}",
            by=by,
            at=at,
            grounds=[first.norm],
            payload=payload,
        )


def _claimed(package: Package) -> str:
    """The election that the manifest names, for the record only."""
    try:
        return manifests.read(package.manifest).election
    except ManifestError:
        return ""
