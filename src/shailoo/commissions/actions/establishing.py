"""Establishing commissions (Art. 12, 13). `by` is None only for what the installation itself does at its start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import Kind
from shailoo.commissions.models import Commission
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger
from shailoo.territory.models import Area

CEC = "CEC"


@dataclass(frozen=True, slots=True)
class Established:
    """How many commissions were made; the others stood already."""

    created: int


@transaction.atomic
def establish_cec(country: Area, *, at: datetime) -> Commission:
    """The one Central Election Commission (L12.2); made by the installation where it does not stand yet."""
    body, made = Body.objects.get_or_create(
        code=CEC,
        defaults={
            "kind": Kind.CEC,
            "name_ky": "Шайлоо жана референдум өткөрүү боюнча борбордук комиссия",
            "name_ru": "Центральная комиссия по выборам и проведению референдумов",
            "name_en": "Central Commission for Elections and Referenda",
        },
    )
    commission, _ = Commission.objects.get_or_create(
        body=body, defaults={"level": Commission.Level.CEC, "area": country}
    )
    if made:
        _record("commission.established", by=None, at=at, subject=f"body:{CEC}", norm="L12.2", payload={"level": "cec"})
    return commission


@transaction.atomic
def establish_tecs(areas: Iterable[Area], *, by: Office | None, at: datetime) -> Established | Refused:
    """A territorial commission for each of `areas` under the CEC; the CEC decides which there are (L12.2.2.a)."""
    if by is not None and (denied := refusal(by, may="commissions.establish", at=at)):
        return denied
    cec = Body.objects.filter(code=CEC).first()
    if cec is None:
        return Refused.because("L12.2", "no_cec")
    standing = set(Commission.objects.filter(level=Commission.Level.TEC).values_list("area_id", flat=True))
    wanted = [area for area in areas if area.pk not in standing]
    bodies = Body.objects.bulk_create([_tec_body(area, cec) for area in wanted])
    Commission.objects.bulk_create(
        [
            Commission(body=body, level=Commission.Level.TEC, area=area)
            for body, area in zip(bodies, wanted, strict=True)
        ]
    )
    if wanted:
        made = {"tecs": [body.code for body in bodies]}
        _record("commissions.established", by=by, at=at, subject=f"body:{CEC}", norm="L12.2.2.a", payload=made)
    return Established(len(wanted))


def _tec_body(area: Area, cec: Body) -> Body:
    return Body(
        code=f"TEC-{area.code}",
        kind=Kind.TEC,
        superior=cec,
        name_ky=f"{area.name_ky}: аймактык шайлоо комиссиясы",
        name_ru=f"Территориальная избирательная комиссия: {area.name_ru}",
        name_en=f"Territorial election commission: {area.name_en}",
    )


@transaction.atomic
def establish_pecs(*, by: Office | None, at: datetime) -> Established | Refused:
    """A precinct commission for every precinct that has none, under the TEC of its area or the nearest area above.

    One statement for any number of precincts. Refused where a precinct lies under no TEC; then nothing is written.
    """
    if by is not None and (denied := refusal(by, may="commissions.establish", at=at)):
        return denied
    with connection.cursor() as cursor:
        cursor.execute(f"{_TEC_OF_AREA} SELECT p.number {_NEW_PRECINCTS} WHERE t.tec IS NULL ORDER BY 1")
        if homeless := cursor.fetchall():
            return Refused.because("L13.4.a1", "precincts_without_tec", count=len(homeless), first=str(homeless[0][0]))
        cursor.execute(_MAKE_PECS)
        created = cursor.rowcount
    if created:
        _record("commissions.established", by=by, at=at, subject=f"body:{CEC}", norm="L12.2", payload={"pecs": created})
    return Established(created)


_TEC_OF_AREA = """
    WITH RECURSIVE up (area, above, far) AS (
        SELECT id, id, 0 FROM territory_area
        UNION ALL SELECT u.area, a.parent_id, u.far + 1 FROM up u JOIN territory_area a ON a.id = u.above
        WHERE a.parent_id IS NOT NULL
    ), tec_of AS (
        SELECT DISTINCT ON (u.area) u.area, c.body_id AS tec FROM up u
        JOIN commissions_commission c ON c.area_id = u.above AND c.level = 'tec' ORDER BY u.area, u.far
    )
"""
_NEW_PRECINCTS = """
    FROM territory_precinct p
    LEFT JOIN tec_of t ON t.area = p.area_id
    LEFT JOIN commissions_commission c ON c.precinct_id = p.id
"""
_NEW_PRECINCTS_ALONE = f"{_NEW_PRECINCTS} WHERE c.body_id IS NULL"
_MAKE_PECS = f"""
    {_TEC_OF_AREA}, new AS (SELECT p.id, p.number, p.area_id, t.tec {_NEW_PRECINCTS_ALONE}), bodies AS (
        INSERT INTO accounts_body (code, kind, superior_id, name_ky, name_ru, name_en)
        SELECT 'PEC-' || number, 'pec', tec, '№ ' || number || ' участкалык шайлоо комиссиясы',
               'Участковая избирательная комиссия № ' || number, 'Precinct election commission No. ' || number
        FROM new RETURNING id, code
    )
    INSERT INTO commissions_commission (body_id, level, area_id, precinct_id)
    SELECT b.id, 'pec', new.area_id, new.id FROM new JOIN bodies b ON b.code = 'PEC-' || new.number
"""  # noqa: S608 - no input in it


def _record(
    name: str, *, by: Office | None, at: datetime, subject: str, norm: str, payload: Mapping[str, object]
) -> None:
    ledger.record(name, subject=subject, by=by, at=at, grounds=(norm,), payload=payload)
