"""The minutes of a sitting: drafts, signatures, publication (L35.16.a2, L36.2.c2).

A version never changes. Once something is to be changed, the next version starts as a draft that nobody has signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.commissions.actions.at_hand import held_sitting, refusal_of, unless_in
from shailoo.commissions.minuting import content_of, digest
from shailoo.commissions.models import Minutes, MinutesPublication, MinutesSignature, Sitting
from shailoo.commissions.models.minutes import Stage
from shailoo.commissions.papers.issuing import issue_minutes
from shailoo.commissions.queries.sittings import last_minutes
from shailoo.commissions.states import State
from shailoo.law.outcome import Refused, records
from shailoo.ledger import actions as ledger


@dataclass(frozen=True, slots=True)
class MinutesText:
    """What the secretary writes beside the records: the course of the discussion, in any of the languages."""

    text_ky: str = ""
    text_ru: str = ""
    text_en: str = ""

    @property
    def by_language(self) -> dict[str, str]:
        return {"ky": self.text_ky, "ru": self.text_ru, "en": self.text_en}


@transaction.atomic
def draft_minutes(sitting: Sitting, text: MinutesText, *, by: Office, at: datetime) -> Minutes | Refused:
    """Write the next version of the minutes: the records of the sitting as they stand, and the secretary's text."""
    held = held_sitting(sitting.pk)
    if denied := refusal_of(by, held, may="commissions.keep_minutes", at=at):
        return denied
    if denied := unless_in(held, State.OPEN, State.CLOSED):
        return denied
    before, content = last_minutes(held), content_of(held)
    sha256 = digest(content, text.by_language)
    if before is not None and before.sha256 == sha256:
        return Refused.because("L36.2.c2", "minutes_unchanged", version=before.version)
    minutes = Minutes.objects.create(
        sitting=held,
        version=before.version + 1 if before else 1,
        content=content,
        text_ky=text.text_ky,
        text_ru=text.text_ru,
        text_en=text.text_en,
        sha256=sha256,
        made_by=by,
        at=at,
    )
    _record("minutes.drafted", minutes, by=by, at=at)
    return minutes


@records("L35.16.a2", "L36.2.c2")
@transaction.atomic
def sign_minutes(minutes: Minutes, *, by: Office, at: datetime) -> MinutesSignature | Refused:
    """Sign the last version of a closed sitting's minutes: its chair, its secretary, and members who agree with it."""
    held = held_sitting(minutes.sitting_id)
    norm = "L36.2.c2"
    may = "commissions.vote"
    if denied := refusal(by, may=may, of=held.commission.body, at=at, election=held.election or None):
        return denied
    if denied := unless_in(held, State.CLOSED):
        return denied
    last = last_minutes(held)
    if last is None or last.pk != minutes.pk:
        return Refused.because(norm, "a_newer_version_of_minutes", version=minutes.version)
    if at < last.at:
        return Refused.because(norm, "before_what_was_recorded", fields=("at",))
    if not held.attendances.filter(office=by, attendee="member").exists():
        return Refused.because(norm, "signed_by_who_was_there")
    if last.signatures.filter(office__person=by.person_id).exists():
        return Refused.because(norm, "signed_already")
    signature = MinutesSignature.objects.create(minutes=last, office=by, at=at)
    _record("minutes.signed", last, by=by, at=at)
    return signature


@transaction.atomic
def publish_minutes(minutes: Minutes, *, by: Office, at: datetime) -> MinutesPublication | Refused:
    """Make a version public that the chair and the secretary of the sitting have signed, as a document (L8.1)."""
    held = held_sitting(minutes.sitting_id)
    if denied := refusal_of(by, held, may="commissions.keep_minutes", at=at):
        return denied
    fresh = Minutes.objects.select_related("sitting", "publication").prefetch_related("signatures").get(pk=minutes.pk)
    if fresh.stage is Stage.PUBLISHED:
        return Refused.because("L8.1", "minutes_published_already")
    if fresh.stage is not Stage.SIGNED:
        return Refused.because("L36.2.c2", "minutes_unsigned", version=fresh.version)
    fresh.sitting = held
    document = issue_minutes(fresh, by=by, at=at)[0]
    publication = MinutesPublication.objects.create(minutes=fresh, document=document, office=by, at=at)
    _record("minutes.published", fresh, by=by, at=at)
    return publication


def _record(name: str, minutes: Minutes, *, by: Office, at: datetime) -> None:
    payload = {"sitting": minutes.sitting_id, "version": minutes.version, "sha256": minutes.sha256}
    grounds = ("L8.1",) if name == "minutes.published" else ("L36.2.c2",)
    ledger.record(name, subject=minutes.ledger_name, by=by, at=at, grounds=grounds, payload=payload)
