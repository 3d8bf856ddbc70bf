"""Correspondence: a letter gets its number when it is registered, and never changes; an answer is a letter too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from shailoo.accounts.models import Office
from shailoo.cooperation.actions.records import refused_here
from shailoo.cooperation.kinds import Closing, Direction
from shailoo.cooperation.models import Letter, LetterClosing, Organization
from shailoo.cooperation.rules import NORM
from shailoo.documents.actions import store
from shailoo.documents.numbering import next_number
from shailoo.documents.uploads import MIB, Kind, Upload, checked
from shailoo.law.calendar import local_day
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger
from shailoo.ledger.holding import hold

REGISTERS = {Direction.INCOMING: "letter_in", Direction.OUTGOING: "letter_out"}
LARGEST_FILE = 20 * MIB
FILES = (Kind.PDF, Kind.JPEG, Kind.PNG, Kind.TIFF)


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it is registered. `dated_on` stands on the letter; `answers` is the letter that it answers."""

    direction: Direction
    correspondent: Organization
    dated_on: date
    subject: str
    their_number: str = ""
    summary: str = ""
    answer_due_on: date | None = None
    answers: Letter | None = None
    election: str = ""
    content: bytes = b""  # of the scan; none where there is none


@transaction.atomic
def register_letter(commission: Organization, told: Written, *, by: Office, at: datetime) -> Letter | Refused:
    """Give a letter the next number of its direction and year, without gaps, and keep it."""
    if denied := refused_here(commission, by, at) or _faulty(commission, told, at):
        return denied
    upload = _scan(told)
    if isinstance(upload, Refused):
        return upload
    year = local_day(at).year
    letter = Letter.objects.create(
        commission=commission,
        direction=told.direction.value,
        year=year,
        number=next_number(REGISTERS[told.direction], by.body, year),
        correspondent=told.correspondent,
        their_number=told.their_number.strip(),
        dated_on=told.dated_on,
        subject=told.subject.strip(),
        summary=told.summary.strip(),
        answer_due_on=told.answer_due_on,
        answers=told.answers,
        election=told.election,
        file=store(upload.content, upload.kind.value, at) if upload is not None else None,
        office=by,
        registered_at=at,
    )
    payload = {
        "direction": letter.direction,
        "number": str(letter),
        "correspondent": told.correspondent.code,
        "answers": str(told.answers) if told.answers is not None else "",
        "answer_due_on": told.answer_due_on.isoformat() if told.answer_due_on else "",
        "sha256": letter.file_id or "",
    }
    _record("cooperation.letter_registered", letter, by=by, at=at, payload=payload)
    return letter


@transaction.atomic
def close_letter(letter: Letter, kind: Closing, reason: str, *, by: Office, at: datetime) -> LetterClosing | Refused:
    """Say that no answer is waited for any longer, and why; the letter keeps its number."""
    hold(letter.subject)
    held = Letter.objects.select_related("commission__body").get(pk=letter.pk)
    if denied := refused_here(held.commission, by, at):
        return denied
    if LetterClosing.objects.filter(letter=held).exists():
        return Refused.because(NORM, "cooperation_letter_closed_already")
    if not reason.strip():
        return Refused.because(NORM, "cooperation_without_reason", fields=("reason",))
    closing = LetterClosing.objects.create(letter=held, kind=kind.value, reason=reason.strip(), office=by, at=at)
    payload = {"number": str(held), "kind": kind.value, "reason": closing.reason}
    _record("cooperation.letter_closed", held, by=by, at=at, payload=payload)
    return closing


def _faulty(commission: Organization, told: Written, at: datetime) -> Refused | None:
    if not told.subject.strip():
        return Refused.because(NORM, "cooperation_not_said", fields=("subject",))
    if told.dated_on > local_day(at):
        written = told.dated_on.isoformat()
        return Refused.because(NORM, "cooperation_in_the_future", fields=("dated_on",), entry=written)
    if told.answer_due_on is not None and told.answer_due_on < told.dated_on:
        return Refused.because(NORM, "cooperation_answer_due_before_the_letter", fields=("answer_due_on",))
    first = told.answers
    if first is not None and (first.commission_id != commission.pk or first.direction == told.direction.value):
        return Refused.because(NORM, "cooperation_answers_another_way", fields=("answers",))
    return None


def _scan(told: Written) -> Upload | Refused | None:
    if not told.content:
        return None
    return checked(told.content, allowed=FILES, most_bytes=LARGEST_FILE, norm=NORM)


def _record(name: str, letter: Letter, *, by: Office, at: datetime, payload: Mapping[str, object]) -> None:
    ledger.record(name, subject=letter.ledger_name, by=by, at=at, grounds=(NORM,), payload=payload)
