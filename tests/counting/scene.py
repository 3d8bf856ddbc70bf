"""A small election to count in: one TEC with its people, another TEC, precincts, a ballot, and papers that add up.

All people and places are generated. The paper is the consistent protocol of the law's own tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Role
from shailoo.commissions.models import Commission, Decision, Matter
from shailoo.counting import actions, matters
from shailoo.counting.fields import flat
from shailoo.counting.models import Entry, Protocol
from shailoo.elections.models import Election, Option, Voting, VotingPrecinct
from shailoo.law.outcome import Refused
from shailoo.territory.models import Area, Precinct
from tests.commissions.sittings import decided
from tests.law.protocol_cases import LISTS, consistent_protocol

AT = datetime(2020, 10, 4, 20, 30, tzinfo=UTC)
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
T = TypeVar("T")

__all__ = [
    "AT",
    "LISTS",
    "Scene",
    "build",
    "decision_on",
    "done",
    "entered",
    "office",
    "paper",
    "taken_over",
    "typed",
    "write",
]

KNOWN = ("election_type", "voting_round", "election_day", "precinct_no", "tec_id", "precinct_kind", "replaces_protocol")
BY_OTHER_WAYS = ("ballot_options", "withdrawn_options", "scanners", "mismatch_by_option", "pages", "copies")


@dataclass(frozen=True)
class Scene:
    """The people by what they do, and the precincts whose papers are expected."""

    voting: Voting
    expected: tuple[VotingPrecinct, ...]
    elsewhere: VotingPrecinct
    clerk: Office
    other: Office
    third: Office
    chair: Office
    secretary: Office
    stranger: Office  # an operator of the other TEC
    cec_chair: Office
    cec_operator: Office
    cec_member: Office
    pec_chair: Office

    @property
    def offices(self) -> dict[Role, Office]:
        """One office per role that acts."""
        found = (self.clerk, self.chair, self.secretary, self.cec_chair, self.cec_operator, self.cec_member)
        return {Role(office.role): office for office in (*found, self.pec_chair)}


def build(precincts: int = 3, codes: tuple[str, ...] = LISTS) -> Scene:
    """Write the scene to the database."""
    country = Area.objects.create(code="KG", kind=Area.Kind.COUNTRY, **_names("Country"))
    region = Area.objects.create(code="KG02", kind=Area.Kind.OBLAST, parent=country, **_names("Region"))
    cec = _commission("CEC", Commission.Level.CEC, country, None)
    tec = _commission("TEC-1", Commission.Level.TEC, region, cec)
    far = _commission("TEC-2", Commission.Level.TEC, region, cec)
    election = Election.objects.create(
        slug="rehearsal-2020",
        kind=Election.Kind.JOGORKU_KENESH,
        called_on=date(2020, 7, 3),
        edition_id="2020-06-30",
        **_names("Election"),
    )
    voting = Voting.objects.create(election=election, day=date(2020, 10, 4))
    for position, code in enumerate(codes, 1):
        Option.objects.create(voting=voting, position=position, code=code, **_names(code))
    against = Option.Kind.AGAINST_ALL
    Option.objects.create(voting=voting, position=len(codes) + 1, code="against", kind=against, **_names("Against"))
    expected = tuple(_expected(voting, f"{1001 + row}", region, tec) for row in range(precincts))
    elsewhere = _expected(voting, "2001", region, far)
    pec = _commission("PEC-1001", Commission.Level.PEC, region, tec, expected[0].precinct)
    return Scene(
        voting=voting,
        expected=expected,
        elsewhere=elsewhere,
        clerk=office("aizada", tec, Role.TEC_OPERATOR),
        other=office("bakyt", tec, Role.TEC_OPERATOR),
        third=office("cholpon", tec, Role.TEC_OPERATOR),
        chair=office("daniyar", tec, Role.TEC_CHAIR),
        secretary=office("elnura", tec, Role.TEC_SECRETARY),
        stranger=office("farida", far, Role.TEC_OPERATOR),
        cec_chair=office("gulnara", cec, Role.CEC_CHAIR),
        cec_operator=office("hasan", cec, Role.CEC_OPERATOR),
        cec_member=office("ilyas", cec, Role.CEC_MEMBER),
        pec_chair=office("jyldyz", pec, Role.PEC_CHAIR),
    )


def office(name: str, body: Body, role: Role) -> Office:
    """A generated person in an office."""
    person = Person.objects.create(username=name, name=name.title(), password="!")
    return Office.objects.create(person=person, body=body, role=role, since=SINCE)


def paper(**changes: object) -> dict[str, Any]:
    """The lines that a clerk copies from a paper in which everything adds up; `changes` put something wrong into it."""
    lines = deepcopy(consistent_protocol())
    for name in (*KNOWN, *BY_OTHER_WAYS):
        lines.pop(name, None)
    return {name: _plain(value) for name, value in {**lines, **changes}.items()}


def typed(lines: Mapping[str, Any]) -> dict[str, object]:
    """Field path -> what the clerk types for these lines."""
    found: dict[str, object] = {}
    for path, value in flat(lines).items():
        if isinstance(value, list):
            found[path] = "\n".join(str(part) for part in value)
        elif isinstance(value, bool):
            found[path] = "yes" if value else "no"
        else:
            found[path] = str(value)
    return found


def taken_over(scene: Scene, place: int = 0) -> Protocol:
    """A protocol that the TEC has taken over."""
    return done(actions.take_over(scene.expected[place], by=scene.clerk, at=AT), Protocol)


def entered(protocol: Protocol, by: Office, lines: Mapping[str, Any]) -> actions.Finished:
    """The person claims the next entry, types all of it and finishes."""
    entry = done(actions.claim(protocol, by=by, at=AT), Entry)
    write(entry, by, lines)
    return done(actions.finish(entry, by=by, at=AT), actions.Finished)


def write(entry: Entry, by: Office, lines: Mapping[str, Any]) -> None:
    """Save every page that the entry asks for."""
    values = typed(lines)
    for page in actions.fields_to_enter(entry, LISTS):
        done(actions.save_page(entry, page, values, by=by, at=AT), actions.Saved)


def decision_on(protocol: Protocol, matter: Matter = Matter.RECOUNT) -> Decision:
    """The decision of the commission that decides on replacing `protocol`."""
    asked = matters.replacement(protocol, matter)
    return decided(matters.decides(protocol, matter), asked.matter, asked.subject, at=AT)


def done(answer: object, kind: type[T]) -> T:
    """The answer of an act that must not have been refused."""
    assert not isinstance(answer, Refused), answer
    assert isinstance(answer, kind), answer
    return answer


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return value


def _names(name: str) -> dict[str, str]:
    return {"name_ky": name, "name_ru": name, "name_en": name}


def _commission(
    code: str, level: Commission.Level, area: Area, superior: Body | None, precinct: Precinct | None = None
) -> Body:
    body = Body.objects.create(code=code, kind=level.value, superior=superior, **_names(code))
    Commission.objects.create(body=body, level=level, area=area, precinct=precinct)
    return body


def _expected(voting: Voting, number: str, region: Area, tec: Body) -> VotingPrecinct:
    precinct = Precinct.objects.create(number=number, area=region, region=region)
    row = VotingPrecinct.objects.create(
        voting=voting, precinct=precinct, tec_id=tec.pk, region=region, voters_listed=2000
    )
    return VotingPrecinct.objects.select_related("voting__election", "tec__body", "precinct").get(pk=row.pk)
