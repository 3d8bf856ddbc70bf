"""Keeping the register: entering a record, changing it, striking it out, showing it to everyone.

A record is changed in the open: the ledger keeps what it said before and after. What the rules warn of is entered only
with words why it stands all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeVar, cast

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office
from shailoo.cooperation import websites
from shailoo.cooperation.fields import As, told
from shailoo.cooperation.models import Organization, Record
from shailoo.cooperation.rules import NORM, checked
from shailoo.cooperation.sorts import ORGANIZATION, Sort, sort_of
from shailoo.documents.numbering import next_number
from shailoo.law.calendar import local_day
from shailoo.law.outcome import Finding, Refused, Severity
from shailoo.ledger import actions as ledger

MAY = "cooperation.keep"
Entry = TypeVar("Entry", bound=Record | Organization)


@transaction.atomic
def enter(
    sort: Sort,
    values: Mapping[str, object],
    commission: Organization,
    *,
    by: Office,
    at: datetime,
    source: str,
    note: str = "",
    explained: str = "",
) -> Record | Organization | Refused:
    """Enter a record into the register of a commission; of an organization, into the list that all share.

    `values` are by the names of the sort's fields. `explained`: why it stands against the warnings of the rules.
    """
    if denied := refused_here(commission, by, at):
        return denied
    code = next_code(sort, by.body, at)
    made = drafted(sort, values, code=code, source=source.strip(), note=note.strip(), commission=commission, at=at)
    if refused := _stopped(made, explained, at):
        return refused
    made.save()
    payload = {"sort": sort.name, "code": code, "after": _said(made), "explained": explained.strip()}
    _record("cooperation.entered", made, by=by, at=at, payload=payload)
    return made


@transaction.atomic
def change(
    record: Record | Organization,
    values: Mapping[str, object],
    *,
    by: Office,
    at: datetime,
    source: str,
    note: str = "",
    explained: str = "",
) -> Record | Organization | Refused:
    """Let a record say something else from now on; what it said before stays in the ledger."""
    held = locked(record)
    if denied := refused_here(register_of(held, by), by, at) or _struck(held):
        return denied
    before = _said(held)
    _fill(held, values)
    held.source, held.note = source.strip(), note.strip()
    if refused := _stopped(held, explained, at):
        return refused
    if _said(held) == before:
        return held
    _touch(held, at)
    held.save()
    payload = {"sort": sort_of(held).name, "code": held.code, "before": before, "after": _said(held)}
    _record("cooperation.changed", held, by=by, at=at, payload=payload | {"explained": explained.strip()})
    return held


@transaction.atomic
def strike_out(
    record: Record | Organization, reason: str, *, by: Office, at: datetime
) -> Record | Organization | Refused:
    """Take a record that was a mistake out of every list, with a reason; it stays readable at the desk."""
    held = locked(record)
    if denied := refused_here(register_of(held, by), by, at) or _struck(held):
        return denied
    if not reason.strip():
        return Refused.because(NORM, "cooperation_without_reason", fields=("reason",))
    if isinstance(held, Organization) and (held.body_id is not None or _is_used(held)):
        return Refused.because(NORM, "cooperation_organization_is_used", fields=("reason",))
    held.struck_at, held.struck_because = at, reason.strip()
    if isinstance(held, Record):
        held.published_at = None
    _touch(held, at)
    held.save()
    payload = {"sort": sort_of(held).name, "code": held.code, "reason": reason.strip()}
    _record("cooperation.struck_out", held, by=by, at=at, payload=payload)
    return held


@transaction.atomic
def publish(record: Record, *, by: Office, at: datetime) -> Record | Refused:
    """Show a record to everyone, on the pages of its register and in its feed (C15)."""
    held = locked(record)
    if denied := refused_here(held.commission, by, at) or _struck(held):
        return denied
    if held.published_at is None:
        held.published_at = at
        _touch(held, at)
        held.save(update_fields=["published_at", "changed_at"])
        _record("cooperation.published", held, by=by, at=at, payload=_named(held))
    return held


@transaction.atomic
def withhold(record: Record, *, by: Office, at: datetime) -> Record | Refused:
    """Take a record from the public pages; it stays in the register."""
    held = locked(record)
    if denied := refused_here(held.commission, by, at) or _struck(held):
        return denied
    if held.published_at is not None:
        held.published_at = None
        _touch(held, at)
        held.save(update_fields=["published_at", "changed_at"])
        _record("cooperation.withheld", held, by=by, at=at, payload=_named(held))
    return held


@transaction.atomic
def open_register(body: Body, *, by: Office, at: datetime) -> Organization | Refused:
    """Let the commission stand in its own register, so that it can keep one; it stands there once."""
    if denied := refusal(by, may=MAY, of=body, at=at):
        return denied
    standing = Organization.objects.filter(body=body).first()
    if standing is not None:
        return standing
    made = Organization(
        code=_free(f"ORG-{body.code}", Organization.objects.values_list("code", flat=True)),
        kind="central_election_body",
        name=body.name_en,
        name_ky=body.name_ky,
        name_ru=body.name_ru,
        name_en=body.name_en,
        country="KG",
        body=body,
        source=body.code,
    )
    made.names = made.keyed()
    made.save()
    _record("cooperation.entered", made, by=by, at=at, payload={"sort": ORGANIZATION.name, "code": made.code})
    return made


# ------------------------------------------------------------------------------------- parts


def refused_here(commission: Organization, by: Office, at: datetime) -> Refused | None:
    """Whether the office may keep this register: that of its own body, and no other."""
    if commission.body_id is None:
        return refusal(by, may=MAY, at=at) or Refused.because(NORM, "cooperation_of_another_register")
    return refusal(by, may=MAY, of=commission.body, at=at)


def register_of(record: Record | Organization, by: Office) -> Organization:
    """The register in which a record stands; an organization is kept by every commission, its own entry by itself."""
    if isinstance(record, Record):
        return record.commission
    own = Organization.objects.filter(body_id=by.body_id).first()
    return record if record.body_id is not None or own is None else own


def locked(record: Entry) -> Entry:
    """The record as it stands, its row locked until the transaction ends."""
    kind: type[Entry] = type(record)
    rows = kind._default_manager.select_for_update(of=("self",))
    return cast("Entry", rows.get(pk=record.pk))


def drafted(
    sort: Sort,
    values: Mapping[str, object],
    *,
    code: str,
    source: str,
    note: str,
    commission: Organization,
    at: datetime,
) -> Record | Organization:
    """A record as it would stand, not saved."""
    made = sort.model(code=code, source=source, note=note)
    if isinstance(made, Record):
        made.commission, made.entered_at, made.changed_at = commission, at, at
    _fill(made, {each.name: values.get(each.name, each.nothing) for each in sort.fields})
    return made


def next_code(sort: Sort, body: Body, at: datetime) -> str:
    """A code that no record of this sort has: AGR-2026-3."""
    year = local_day(at).year
    taken = sort.model._default_manager.filter(code__startswith=f"{sort.prefix}-{year}-")
    known = set(taken.values_list("code", flat=True))
    while (code := f"{sort.prefix}-{year}-{next_number(f'cooperation_{sort.name}', body, year)}") in known:
        pass
    return code


def _fill(record: Record | Organization, values: Mapping[str, object]) -> None:
    sort = sort_of(record)
    for each in sort.fields:
        if each.name in values:
            each.put(record, values[each.name])
    for each in sort.fields:
        if each.as_ is As.WEBSITE and (printed := getattr(record, each.name)):
            _as_it_opens(record, each.name, printed)
    if isinstance(record, Organization):
        record.names = record.keyed()


def _as_it_opens(record: Record | Organization, name: str, printed: str) -> None:
    """Keep a website as it can be opened, and beside it what was typed where that differs."""
    try:
        opens = websites.normal(printed)
    except ValueError:
        return
    setattr(record, name, opens)
    beside = f"{name}_as_printed"
    if opens != printed.strip() and not getattr(record, beside):
        setattr(record, beside, printed.strip())


def _stopped(record: Record | Organization, explained: str, at: datetime) -> Refused | None:
    """The errors of the rules; without any, the warnings that nobody has explained."""
    found = list(faults(record, at))
    errors = tuple(each for each in found if each.severity is Severity.ERROR)
    if errors:
        return Refused(errors)
    if found and not explained.strip():
        return Refused((*found, Finding(NORM, "cooperation_explain_why", Severity.ERROR, fields=("explained",))))
    return None


def faults(record: Record | Organization, at: datetime) -> Iterable[Finding]:
    """Everything that the rules find on a record: what it must say, then what they know of its sort."""
    if not record.source:
        yield Finding(NORM, "cooperation_without_source", Severity.ERROR, fields=("source",))
    missing = [each for each in sort_of(record).fields if each.required and each.of(record) in (None, "", [])]
    for each in missing:
        yield Finding(NORM, "cooperation_not_said", Severity.ERROR, fields=(each.name,))
    for each in sort_of(record).fields:
        if each.as_ is As.WEBSITE and getattr(record, each.name):
            yield from _no_website(each.name, getattr(record, each.name))
    if not missing:
        yield from checked(record, local_day(at))


def _no_website(name: str, written: str) -> Iterable[Finding]:
    try:
        websites.normal(written)
    except ValueError:
        yield Finding(NORM, "cooperation_no_website", Severity.ERROR, {"entry": written}, (name,))


def _struck(record: Record | Organization) -> Refused | None:
    return Refused.because(NORM, "cooperation_struck_out_already") if record.struck_at is not None else None


def _is_used(organization: Organization) -> bool:
    """Whether any other record names the organization."""
    for relation in organization._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if isinstance(model, type) and model._default_manager.filter(**{name: organization.pk}).exists():
            return True
    return False


def _touch(record: Record | Organization, at: datetime) -> None:
    if isinstance(record, Record):
        record.changed_at = at


def _said(record: Record | Organization) -> dict[str, object]:
    return told(sort_of(record).fields, record) | {"source": record.source, "note": record.note}


def _named(record: Record) -> dict[str, object]:
    return {"sort": sort_of(record).name, "code": record.code}


def _free(wanted: str, taken: Iterable[str]) -> str:
    known, number, code = set(taken), 1, wanted
    while code in known:
        number += 1
        code = f"{wanted}-{number}"
    return code


def _record(
    name: str, record: Record | Organization, *, by: Office | None, at: datetime, payload: Mapping[str, object]
) -> None:
    subject = f"cooperation_{sort_of(record).name}:{record.pk}"
    ledger.record(name, subject=subject, by=by, at=at, grounds=(NORM,), payload=payload)
