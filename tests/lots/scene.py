"""A commission that sits, its members present, and lots at each point of the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Role
from shailoo.commissions.actions import establish_cec, establish_pecs, establish_tecs
from shailoo.commissions.models import Commission, Sitting
from shailoo.law.lots.listing import Purpose
from shailoo.law.outcome import Refused
from shailoo.lots.actions import Entered, Plan, Turn, draw_round, enter_seed, freeze_list, publish_list
from shailoo.lots.models import Draw
from shailoo.territory.actions import Site, install_division, lay_out_precincts
from shailoo.territory.models import Area
from tests.commissions.sittings import in_session

AT = datetime(2020, 9, 5, 6, tzinfo=UTC)
PARTIES = ("Ала-Тоо / Ала-Тоо партиясы", "Достук", "Келечек", "Үмүт")
DICE = "62513443215166432115"
OTHER_DICE = "11625134432151664321"
DUTIES = ("identification", "registration", "issuing", "control")


@dataclass(frozen=True)
class Table:
    """A commission at an open sitting: its chair, secretary and members, all present but `absent`."""

    commission: Commission
    sitting: Sitting
    chair: Office
    secretary: Office
    members: tuple[Office, ...]
    absent: Office


def cec() -> Table:
    """The CEC at the table."""
    install_division(at=AT)
    found = establish_cec(Area.objects.get(code="KG"), at=AT)
    return _at_the_table(found, Role.CEC_CHAIR, Role.CEC_SECRETARY, Role.CEC_MEMBER)


def pec() -> Table:
    """A PEC at the table, with the CEC and a TEC above it."""
    above = cec()
    establish_tecs(Area.objects.filter(code="KG02205"), by=above.chair, at=AT)
    lay_out_precincts([Site("1001", "KG02205")], by=None, at=AT)
    establish_pecs(by=above.chair, at=AT)
    found = Commission.objects.get(level=Commission.Level.PEC)
    return _at_the_table(found, Role.PEC_CHAIR, Role.PEC_SECRETARY, Role.PEC_MEMBER)


def _at_the_table(commission: Commission, *roles: Role) -> Table:
    chair, secretary, member = roles
    offices = [office(commission.body, role) for role in (chair, secretary, *[member] * 5)]
    sitting, _present = in_session(commission.body, at=AT)
    absent = office(commission.body, member)
    return Table(commission, sitting, offices[0], offices[1], tuple(offices[2:]), absent)


def office(body: Body, role: Role) -> Office:
    """A new person in the role at the body."""
    number = Person.objects.count() + 1
    person = Person.objects.create(username=f"person-{number}", name=f"Мүчөев Мүчө {number}", password="!")
    return Office.objects.create(person=person, body=body, role=role, since=AT - timedelta(days=100))


def later(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def ballot(**changes: object) -> Plan:
    """The order of a ballot of four parties."""
    return Plan(**({"purpose": Purpose.BALLOT_ORDER, "labels": PARTIES, "election": "jk-2020"} | changes))  # type: ignore[arg-type]  # one value per field


def duties(table: Table) -> Plan:
    """The four duties of election day among the members."""
    labels = tuple(each.person.name for each in table.members)
    return Plan(Purpose.STATION_DUTIES, labels, tuple(Turn(role, 1) for role in DUTIES))


def frozen(table: Table, plan: Plan) -> Draw:
    found = freeze_list(table.commission, plan, by=table.secretary, at=AT)
    assert isinstance(found, Draw), found
    return found


def published(table: Table, plan: Plan) -> Draw:
    """A lot whose list is public."""
    draw = frozen(table, plan)
    answer = publish_list(draw, by=table.secretary, at=later(1))
    assert not isinstance(answer, Refused), answer
    return fresh(draw)


def seeded(table: Table, draw: Draw, digits: str = DICE, minute: int = 2) -> Draw:
    """The lot after two members have entered the same digits."""
    answers = [enter_seed(draw, table.sitting, digits, by=each, at=later(minute)) for each in table.members[:2]]
    assert answers == [Entered.FIRST, Entered.EQUAL], answers
    return fresh(draw)


def throw(draw: Draw, round_: int) -> str:
    """Digits that no other round of the scene has."""
    return f"{DICE}{draw.number % 6 + 1}{draw.number // 6 + 1}{round_}"


def drawn(table: Table, plan: Plan) -> Draw:
    """A lot with every round drawn, each with digits of its own."""
    draw = published(table, plan)
    for number in range(len(plan.turns)):
        seeded(table, draw, throw(draw, number + 1), minute=2 + number)
        answer = draw_round(draw, by=table.chair, at=later(3 + number))
        assert not isinstance(answer, Refused), answer
    return fresh(draw)


def fresh(draw: Draw) -> Draw:
    return Draw.objects.select_related("commission__body").get(pk=draw.pk)
