"""The register of a commission: its departments and divisions, and where it is found."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.commissions.actions.at_hand import held_commission
from shailoo.commissions.actions.composing import named
from shailoo.commissions.models import Commission, Contact, Division
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger

_MAY = "commissions.keep_register"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a commission is found. Public: no private addresses, telephones or e-mails belong here."""

    address_ky: str = ""
    address_ru: str = ""
    address_en: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A department or division as it is to stand in the register."""

    kind: Division.Kind
    name_ky: str
    name_ru: str
    name_en: str
    parent: Division | None = None
    room: str = ""
    phone: str = ""
    email: str = ""
    head: Office | None = None


@transaction.atomic
def set_contact(commission: Commission, place: Place, *, by: Office, at: datetime) -> Contact | Refused:
    """Write down where the commission is found from now on; the place before stays readable."""
    held = held_commission(commission)
    if denied := refusal(by, may=_MAY, of=held.body, at=at):
        return denied
    if not any(asdict(place).values()):
        return Refused.because("L12.4", "contact_is_empty", fields=("address_ky",))
    before = held.contacts.filter(until__isnull=True).first()
    if before is not None and at < before.since:
        return Refused.because("L12.4", "before_what_was_recorded", fields=("at",))
    held.contacts.filter(until__isnull=True).update(until=at)
    contact = Contact.objects.create(commission=held, since=at, **asdict(place))
    _record("commission.contact_set", held, by=by, at=at, payload=asdict(place))
    return contact


@transaction.atomic
def form_division(commission: Commission, unit: Unit, *, by: Office, at: datetime) -> Division | Refused:
    """Enter a department or division of the commission's staff."""
    held = held_commission(commission)
    if denied := refusal(by, may=_MAY, of=held.body, at=at) or _faulty(held, unit, None):
        return denied
    division = Division.objects.create(commission=held, since=at, **_columns(unit))
    _record("division.formed", held, by=by, at=at, payload=_told(division))
    return division


@transaction.atomic
def change_division(division: Division, unit: Unit, *, by: Office, at: datetime) -> Division | Refused:
    """Change what the register says of a division; the ledger keeps what it said before."""
    held = held_commission(division.commission)
    found = Division.objects.select_for_update(of=("self",)).get(pk=division.pk)
    if denied := refusal(by, may=_MAY, of=held.body, at=at) or _faulty(held, unit, found):
        return denied
    before = _told(found)
    for name, value in _columns(unit).items():
        setattr(found, name, value)
    found.save()
    _record("division.changed", held, by=by, at=at, payload={"before": before, "after": _told(found)})
    return found


@transaction.atomic
def end_division(division: Division, *, by: Office, at: datetime) -> Division | Refused:
    """Close a division; not while divisions within it stand."""
    held = held_commission(division.commission)
    found = Division.objects.select_for_update(of=("self",)).get(pk=division.pk)
    if denied := refusal(by, may=_MAY, of=held.body, at=at):
        return denied
    if found.ended_at is not None or at < found.since:
        return Refused.because("L12.4", "division_ended_already", name=found.name_en)
    if found.divisions.filter(ended_at__isnull=True).exists():
        return Refused.because("L12.4", "division_holds_others", name=found.name_en)
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    _record("division.ended", held, by=by, at=at, payload=_told(found))
    return found


def _columns(unit: Unit) -> dict[str, object]:
    names = ("kind", "name_ky", "name_ru", "name_en", "parent", "room", "phone", "email", "head")
    return {name: getattr(unit, name) for name in names}


def _told(division: Division) -> dict[str, object]:
    names = ("kind", "name_ky", "name_ru", "name_en", "parent_id", "room", "phone", "email", "head_id")
    return {"division": division.pk, **{name: getattr(division, name) for name in names}}


def _faulty(commission: Commission, unit: Unit, division: Division | None) -> Refused | None:
    if not all(name.strip() for name in (unit.name_ky, unit.name_ru, unit.name_en)):
        return Refused.because("L12.4", "name_in_three_languages", fields=("name_ky",))
    if division is not None and division.ended_at is not None:
        return Refused.because("L12.4", "division_ended_already", name=division.name_en)
    same = commission.divisions.filter(name_en=unit.name_en, ended_at__isnull=True).first()
    if same is not None and same != division:
        return Refused.because("L12.4", "division_stands_already", fields=("name_en",), name=unit.name_en)
    return _faulty_place(commission, unit, division)


def _faulty_place(commission: Commission, unit: Unit, division: Division | None) -> Refused | None:
    """A division stands in a department of the same commission, never in itself; its head serves there."""
    above = unit.parent
    if above is not None and (
        above.commission_id != commission.pk
        or above.ended_at is not None
        or above.kind != Division.Kind.DEPARTMENT
        or (division is not None and above.pk == division.pk)
    ):
        return Refused.because("L12.4", "division_in_another_place", fields=("parent",))
    if unit.kind == Division.Kind.DEPARTMENT and above is not None:
        return Refused.because("L12.4", "division_in_another_place", fields=("parent",))
    if unit.head is not None and unit.head.body_id != commission.body_id:
        return Refused.because("L12.4", "head_of_another_body", fields=("head",), name=unit.head.person.name)
    return None


def _record(name: str, commission: Commission, *, by: Office, at: datetime, payload: dict[str, object]) -> None:
    subject = named(commission.body)
    ledger.record(name, subject=subject, by=by, at=at, grounds=("L12.4",), payload=payload)
