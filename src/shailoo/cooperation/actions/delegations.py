"""Who travels with a mission, and what of their passports is kept: sealed, opened for a purpose, erased in time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.cooperation import countries
from shailoo.cooperation.actions.records import refused_here
from shailoo.cooperation.kinds import DelegateRole
from shailoo.cooperation.models import Delegate, Mission
from shailoo.cooperation.rules import NORM
from shailoo.documents.sealed.actions import Content, erase, opened, seal
from shailoo.documents.sealed.models import SealedFile
from shailoo.law.calendar import local_day
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger

KEPT_FOR = timedelta(days=30)
"""How long a passport's data are kept after the mission is home: by the house's rule."""
SEALED_AS = "passport"
GROUND = "mission_over"
OPENS = "cooperation.read_passports"


@dataclass(frozen=True, slots=True)
class Passport:
    """What a visa or a ticket needs of a passport. Days are written ISO."""

    number: str
    country: str
    expires_on: str


@dataclass(frozen=True, slots=True)
class Person:
    """A delegate as they are entered."""

    name: str
    role: DelegateRole = DelegateRole.MEMBER
    position: str = ""
    citizenship: str = ""
    passport: Passport | None = None


@transaction.atomic
def enter_delegate(mission: Mission, told: Person, *, by: Office, at: datetime) -> Delegate | Refused:
    """Enter a person of a mission; what stands in the passport is sealed."""
    held = Mission.objects.select_for_update(of=("self",)).select_related("commission__body").get(pk=mission.pk)
    if denied := refused_here(held.commission, by, at) or _faulty(held, told, at):
        return denied
    mark = f"{held.pk}:{Delegate.objects.filter(mission=held).count() + 1}"
    content = json.dumps(asdict(told.passport)).encode() if told.passport is not None else b""
    sealed = None
    if content:
        what = Content(SEALED_AS, f"delegate_of_mission:{mark}", content, "application/json")
        sealed = seal(what, by=by, at=at)
    made = Delegate.objects.create(
        mission=held,
        name=told.name.strip(),
        role=told.role.value,
        position=told.position.strip(),
        citizenship=told.citizenship,
        passport=sealed,
        office=by,
        at=at,
    )
    payload = {"mission": held.code, "role": made.role, "passport": sealed is not None}
    _record("cooperation.delegate_entered", made, by=by, at=at, payload=payload)
    return made


@transaction.atomic
def delegate_leaves(delegate: Delegate, *, by: Office, at: datetime) -> Delegate | Refused:
    """A person is no longer of the mission; their passport's data go at once."""
    held = Delegate.objects.select_for_update(of=("self",)).select_related("mission__commission__body", "passport")
    found = held.get(pk=delegate.pk)
    if denied := refused_here(found.mission.commission, by, at):
        return denied
    if found.left_at is not None:
        return Refused.because(NORM, "cooperation_delegate_left_already")
    found.left_at = at
    found.save(update_fields=["left_at"])
    if found.passport is not None:
        erase([found.passport], ground="left_the_mission", by=by, at=at)
    _record("cooperation.delegate_left", found, by=by, at=at, payload={"mission": found.mission.code})
    return found


def passport_of(delegate: Delegate, *, by: Office, at: datetime) -> Passport | Refused | None:
    """What stands in the passport; None where there is none or it was erased. The page records the reading."""
    if denied := refusal(by, may=OPENS, of=delegate.mission.commission.body, at=at):
        return denied
    if delegate.passport is None or delegate.passport.is_erased:
        return None
    return Passport(**json.loads(opened(delegate.passport)))


@transaction.atomic
def erase_passports(mission: Mission, *, by: Office, at: datetime) -> int | Refused:
    """Take the passports' data of a mission away for good; returns how many went."""
    held = Mission.objects.select_for_update(of=("self",)).select_related("commission__body").get(pk=mission.pk)
    if denied := refused_here(held.commission, by, at):
        return denied
    files = _passports(held)
    if not files:
        return Refused.because(NORM, "cooperation_no_passports")
    return erase(files, ground=GROUND, by=by, at=at)


@transaction.atomic
def erase_in_time(mission: Mission, *, at: datetime) -> int:
    """Erase the passports' data of a mission that has been home long enough; returns how many went, 0 before it."""
    held = Mission.objects.select_for_update().get(pk=mission.pk)
    over = keeps_passports_too_long(held, local_day(at))
    return erase(_passports(held), ground=GROUND, by=None, at=at) if over else 0


def _passports(mission: Mission) -> list[SealedFile]:
    """What is still sealed of the passports of a mission."""
    rows = Delegate.objects.filter(mission=mission, passport__ciphertext__isnull=False).select_related("passport")
    return [each.passport for each in rows if each.passport is not None]


def keeps_passports_too_long(mission: Mission, today: date) -> bool:
    """Whether the mission has been home for longer than passports' data are kept."""
    over = mission.ends_on or mission.observed_on
    return over is not None and over + KEPT_FOR < today


def _faulty(mission: Mission, told: Person, at: datetime) -> Refused | None:
    if not told.name.strip():
        return Refused.because(NORM, "cooperation_not_said", fields=("name",))
    if told.citizenship and not countries.known(told.citizenship):
        return Refused.because(NORM, "cooperation_no_such_country", fields=("citizenship",), entry=told.citizenship)
    heads = Delegate.objects.filter(mission=mission, role=DelegateRole.HEAD.value, left_at=None)
    if told.role is DelegateRole.HEAD and heads.exists():
        return Refused.because(NORM, "cooperation_two_heads", fields=("role",))
    if told.passport is not None and date.fromisoformat(told.passport.expires_on) <= local_day(at):
        written = told.passport.expires_on
        return Refused.because(NORM, "cooperation_passport_expired", fields=("expires_on",), entry=written)
    return None


def _record(name: str, delegate: Delegate, *, by: Office, at: datetime, payload: Mapping[str, object]) -> None:
    ledger.record(name, subject=delegate.subject, by=by, at=at, grounds=(NORM,), payload=payload)
