"""Establishing the bodies that are no commissions: state bodies, parties, NGOs, media, courts, banks, missions.

Commissions stand with their territory, by acts of their own (`establishing`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from shailoo.accounts.access import EVERY_ELECTION, refusal
from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import Kind
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger

NORM = "L12.1"
COMMISSIONS = frozenset({Kind.CEC, Kind.TEC, Kind.PEC})
_CODE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*", re.ASCII)
_LONGEST_CODE, _LONGEST_NAME = 64, 200


@dataclass(frozen=True, slots=True)
class BodyNames:
    """What a body is called officially, in the three languages; none may be empty."""

    ky: str
    ru: str
    en: str


def establish_body(
    kind: Kind, code: str, names: BodyNames, superior: Body | None, *, by: Office, at: datetime, ground: str
) -> Body | Refused:
    """Enter a body under a `code` of its own ("PARTY-BIRIMDIK"), below `superior` or none, by the decision `ground`.

    Refused for a commission, for a code that is taken or is no code of capitals, digits and hyphens, without all three
    names, and without a ground. Nothing is written then.
    """
    if denied := refusal(by, may="commissions.establish", at=at, election=EVERY_ELECTION):
        return denied
    if unfit := _unfit(kind, code, names, ground):
        return unfit
    try:
        with transaction.atomic():
            body = Body.objects.create(
                kind=kind, code=code, superior=superior, name_ky=names.ky, name_ru=names.ru, name_en=names.en
            )
            payload = {"kind": kind.value, "superior": superior.code if superior else "", "ground": ground.strip()}
            ledger.record("body.established", subject=f"body:{code}", by=by, at=at, grounds=(NORM,), payload=payload)
    except IntegrityError:
        if Body.objects.filter(code=code).exists():
            return Refused.because(NORM, "body_code_taken", body=code, fields=("code",))
        raise
    return body


def _unfit(kind: Kind, code: str, names: BodyNames, ground: str) -> Refused | None:
    if kind in COMMISSIONS:
        return Refused.because(NORM, "commissions_are_established_otherwise", fields=("kind",))
    if not _CODE.fullmatch(code) or len(code) > _LONGEST_CODE:
        return Refused.because(NORM, "body_code_unreadable", fields=("code",))
    said = {"name_ky": names.ky, "name_ru": names.ru, "name_en": names.en}
    missing = tuple(name for name, text in said.items() if not text.strip() or len(text) > _LONGEST_NAME)
    if missing:
        return Refused.because(NORM, "body_needs_its_names", fields=missing)
    if not ground.strip():
        return Refused.because(NORM, "body_needs_a_ground", fields=("ground",))
    return None
