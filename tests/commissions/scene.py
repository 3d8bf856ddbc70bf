"""A CEC and a TEC with their members, for the tests of commissions at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Kind, Role
from shailoo.commissions.models import Commission, Sitting
from shailoo.territory.models import Area
from tests.commissions.sittings import in_session, seated

AT = datetime(2020, 10, 16, 8, tzinfo=UTC)
SINCE = AT - timedelta(days=300)


@dataclass(frozen=True)
class Scene:
    cec: Commission
    tec: Commission
    chair: Office
    secretary: Office
    members: tuple[Office, ...]  # besides the two


def build(*, members: int = 4) -> Scene:
    """The CEC with a chair, a secretary and that many members; a TEC below it with nobody."""
    country = Area.objects.create(code="KG", kind="country", name_ky="Кыргызстан", name_ru="КР", name_en="KG")
    cec = _commission("CEC", Kind.CEC, country, None)
    tec = _commission("TEC-1", Kind.TEC, country, cec.body)
    chair, secretary = office(cec, Role.CEC_CHAIR), office(cec, Role.CEC_SECRETARY)
    return Scene(cec, tec, chair, secretary, tuple(office(cec, Role.CEC_MEMBER) for _ in range(members)))


def _commission(code: str, kind: Kind, area: Area, superior: Body | None) -> Commission:
    names = {"name_ky": f"{code} ky", "name_ru": f"{code} ru", "name_en": f"{code} en"}
    body = Body.objects.create(code=code, kind=kind, superior=superior, **names)
    return Commission.objects.create(body=body, level=Commission.Level(kind.value), area=area)


def office(commission: Commission, role: Role, *, person: Person | None = None) -> Office:
    """A new person's office at the commission, held since long."""
    number = Person.objects.count() + 1
    who = person or Person.objects.create(username=f"p{number}", name=f"Токтогулова Айгүл {number}")
    return Office.objects.create(person=who, body=commission.body, role=role, since=SINCE)


def opened(scene: Scene, *, kind: Sitting.Kind = Sitting.Kind.REGULAR) -> Sitting:
    """An open sitting of the CEC with everybody there."""
    sitting, members = in_session(scene.cec.body, at=AT, kind=kind)
    assert members == seated(scene.cec.body, AT)
    return sitting
