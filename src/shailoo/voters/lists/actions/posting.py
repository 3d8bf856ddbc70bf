"""A precinct commission puts up its list and says so, with a photograph if it has one (L14.7.c, L15.3.d, L15.5.c)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office
from shailoo.commissions.models import Commission
from shailoo.documents.sealed.actions import Content, seal
from shailoo.documents.sealed.models import SealedFile
from shailoo.documents.uploads import MIB, Kind, Upload, checked, record_refusal, without_metadata
from shailoo.elections.models import VotingPrecinct
from shailoo.law.outcome import Refused, records
from shailoo.ledger.actions import record
from shailoo.voters.actions.act import act, held
from shailoo.voters.lists.models import Posting, Stage, VoterList

NORMS = {Stage.PRELIMINARY: "L14.7.c", Stage.CONTROL: "L15.3.d", Stage.FINAL: "L15.5.c"}
PHOTOGRAPH = "list_posting"
PICTURES = frozenset({Kind.JPEG, Kind.PNG})
LARGEST = 10 * MIB  # bytes


@dataclass(frozen=True, slots=True)
class Told:
    """What a commission says of the posting; `reason` where it puts right what it said before."""

    posted_at: datetime
    place: str
    photograph: bytes = b""
    reason: str = ""


def body_of(found: VoterList) -> Body:
    """The commission whose list it is: the precinct's own, or the territorial one where the precinct has none yet."""
    own = Commission.objects.select_related("body__superior").filter(precinct_id=found.precinct_id).first()
    if own is not None:
        return own.body
    votes = VotingPrecinct.objects.select_related("tec__body__superior")
    return votes.get(voting__register=found.edition.register_id, precinct_id=found.precinct_id).tec.body


def subject(found: VoterList) -> str:
    """The list's name in the ledger."""
    return f"voter_list:{found.pk}"


@records("L14.7.c", "L15.1", "L15.3.d", "L15.5.c")
def post_list(found: VoterList, told: Told, *, by: Office, at: datetime) -> Posting | Refused:
    """Record that the list hangs where it says. A photograph that is no fit picture is not kept; its hash is."""
    if refused := _not_allowed(found, by, at):
        return refused
    upload: Upload | None = None
    if told.photograph:
        upload_or_not = checked(told.photograph, allowed=PICTURES, most_bytes=LARGEST, norm=_norm(found))
        if isinstance(upload_or_not, Refused):
            with transaction.atomic():
                record_refusal(upload_or_not, told.photograph, subject=subject(found), by=by, at=at)
            return upload_or_not
        upload = upload_or_not
    return _post(found, told, upload, by=by, at=at)


@act
def _post(found: VoterList, told: Told, upload: Upload | None, *, by: Office, at: datetime) -> Posting | Refused:
    held(found.edition.register)
    earlier = found.postings.count()
    if refused := _unfit(found, told, earlier, at):
        return refused
    photograph = _sealed(found, upload, by, at) if upload is not None else None
    payload = {"list": found.number, "precinct": found.precinct.number, "version": earlier + 1} | {
        "posted_at": told.posted_at.isoformat(timespec="minutes"),
        "photographs": int(photograph is not None),
    }
    act_hash = record(
        "voters.list_posted", subject=subject(found), by=by, at=at, grounds=[_norm(found)], payload=payload
    )
    return Posting.objects.create(
        list=found,
        version=earlier + 1,
        posted_at=told.posted_at,
        place=told.place.strip(),
        photograph=photograph,
        reason=told.reason.strip(),
        office=by,
        at=at,
        act=act_hash,
    )


def _not_allowed(found: VoterList, by: Office, at: datetime) -> Refused | None:
    election = found.edition.register.election.slug
    return refusal(by, may="voters.lists.post", of=body_of(found), election=election, at=at)


def _norm(found: VoterList) -> str:
    return NORMS[Stage(found.edition.stage)]


def _unfit(found: VoterList, told: Told, earlier: int, at: datetime) -> Refused | None:
    norm, edition = _norm(found), found.edition
    if edition.register.editions.filter(stage=edition.stage, number__gt=edition.number).exists():
        return Refused.because(norm, "voter_list_of_old_edition")
    if not told.place.strip():
        return Refused.because(norm, "voter_list_place_needed", fields=("place",))
    if told.posted_at > at:
        return Refused.because(norm, "voter_list_posted_in_future", fields=("day", "hour"))
    if told.posted_at < edition.at:
        return Refused.because(norm, "voter_list_posted_before_made", fields=("day", "hour"))
    if earlier and not told.reason.strip():
        return Refused.because(norm, "voter_list_posted_before", fields=("reason",))
    if not earlier and told.reason.strip():
        return Refused.because(norm, "voter_list_reason_unneeded", fields=("reason",))
    return None


def _sealed(found: VoterList, upload: Upload, by: Office, at: datetime) -> SealedFile:
    """The picture without its place and camera, sealed: what hangs on a wall is still no page of ours."""
    content = Content(PHOTOGRAPH, subject(found), without_metadata(upload.content), upload.kind.value)
    return seal(content, by=by, at=at)
