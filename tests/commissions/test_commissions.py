"""Commissions in one statement, each under its superior; offices given by who may."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Role
from shailoo.commissions import queries
from shailoo.commissions.actions import Established, appoint, establish_cec, establish_pecs, establish_tecs
from shailoo.commissions.models import Commission
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.territory.actions import Site, install_division, lay_out_precincts
from shailoo.territory.models import Area

pytestmark = pytest.mark.django_db
AT = datetime(2020, 7, 3, 6, tzinfo=UTC)


@pytest.fixture
def chair() -> Office:
    install_division(at=AT)
    cec = establish_cec(Area.objects.get(code="KG"), at=AT)
    office = appoint(person("chair"), cec.body, Role.CEC_CHAIR, by=None, since=AT)
    assert isinstance(office, Office)
    return office


def person(username: str) -> Person:
    return Person.objects.create(username=username, name="Мамбетов Эрмек")


def refused(answer: object) -> tuple[str, ...]:
    assert isinstance(answer, Refused), answer
    return answer.codes


@pytest.mark.norm("L12.2")
def test_there_is_one_cec_however_often_it_is_established(chair: Office) -> None:
    again = establish_cec(Area.objects.get(code="KG"), at=AT)
    assert queries.cec() == again
    body = Body.objects.create(code="CEC-2", kind="cec", name_ky="-", name_ru="-", name_en="-")
    with pytest.raises(IntegrityError, match="there_is_one_cec"), transaction.atomic():
        Commission.objects.create(body=body, level=Commission.Level.CEC, area=again.area)


@pytest.mark.norm("L12.2.2.a")
def test_each_pec_stands_under_the_nearest_tec_above_its_area(chair: Office) -> None:
    wanted = Area.objects.filter(code__in=("KG02205", "KG11", "ABROAD"))
    assert establish_tecs(wanted, by=chair, at=AT) == Established(3)
    assert establish_tecs(wanted, by=chair, at=AT) == Established(0)
    sites = [Site("3001", "KG02205"), Site("1001", "KG11203"), Site("1002", "KG11"), Site("0001", "ABROAD")]
    lay_out_precincts(sites, by=chair, at=AT)
    assert establish_pecs(by=chair, at=AT) == Established(4)
    assert establish_pecs(by=chair, at=AT) == Established(0)
    bishkek = queries.by_code("TEC-KG11")
    assert bishkek is not None
    assert [pec.body.code for pec in queries.pecs_of(bishkek)] == ["PEC-1001", "PEC-1002"]
    pec = queries.by_code("PEC-3001")
    assert pec is not None
    above = queries.superior(pec)
    assert above is not None
    assert above.body.code == "TEC-KG02205"
    assert queries.superior(above) == queries.cec()


@pytest.mark.norm("L13.4.a1")
def test_a_precinct_under_no_tec_refuses_all(chair: Office) -> None:
    establish_tecs(Area.objects.filter(code="KG11"), by=chair, at=AT)
    lay_out_precincts([Site("1001", "KG11203"), Site("3001", "KG02205")], by=chair, at=AT)
    assert refused(establish_pecs(by=chair, at=AT)) == ("precincts_without_tec",)
    assert not Commission.objects.filter(level=Commission.Level.PEC).exists()


def test_no_tec_stands_before_the_cec() -> None:
    install_division(at=AT)
    assert refused(establish_tecs(Area.objects.filter(code="KG11"), by=None, at=AT)) == ("no_cec",)


def test_the_installation_gives_the_first_office_alone(chair: Office) -> None:
    body = Body.objects.get(code="CEC")
    assert refused(appoint(person("b"), body, Role.CEC_MEMBER, by=None, since=AT)) == ("appointed_by_an_office",)
    assert isinstance(appoint(person("c"), body, Role.CEC_MEMBER, by=chair, since=AT), Office)
    assert Act.objects.filter(name="office.given").count() == 2


def test_a_role_exists_at_its_level_alone_and_is_held_once(chair: Office) -> None:
    body = Body.objects.get(code="CEC")
    assert refused(appoint(person("b"), body, Role.TEC_CHAIR, by=chair, since=AT)) == ("no_such_role_here",)
    second = person("c")
    assert isinstance(appoint(second, body, Role.CEC_OPERATOR, by=chair, since=AT), Office)
    assert refused(appoint(second, body, Role.CEC_OPERATOR, by=chair, since=AT)) == ("office_held_already",)
    assert [office.person.username for office in queries.offices_at(body)] == ["chair", "c"]


def test_a_tec_chair_appoints_at_home_alone(chair: Office) -> None:
    establish_tecs(Area.objects.filter(code__in=("KG11", "KG21")), by=chair, at=AT)
    here, elsewhere = Body.objects.get(code="TEC-KG11"), Body.objects.get(code="TEC-KG21")
    tec_chair = appoint(person("b"), here, Role.TEC_CHAIR, by=chair, since=AT)
    assert isinstance(tec_chair, Office)
    assert isinstance(appoint(person("c"), here, Role.TEC_OPERATOR, by=tec_chair, since=AT), Office)
    assert refused(appoint(person("d"), elsewhere, Role.TEC_OPERATOR, by=tec_chair, since=AT)) == ("other_territory",)
