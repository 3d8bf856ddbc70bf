"""A commission that keeps its register: its people, its organization, partners, an election that was called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Role
from shailoo.cooperation import actions
from shailoo.cooperation.dating import Dated
from shailoo.cooperation.kinds import Direction, OrganizationKind
from shailoo.cooperation.models import Agreement, Letter, Mission, Organization
from shailoo.cooperation.sorts import AGREEMENT, MISSION, ORGANIZATION
from shailoo.elections.models import Election, Moment, Voting
from shailoo.law.editions import in_force
from shailoo.law.outcome import Refused

AT = datetime(2026, 9, 5, 6, tzinfo=UTC)
TODAY = date(2026, 9, 5)
SLUG = "jk-2026"
SOURCE = "№ 7, 01.09.2026"
Made = TypeVar("Made")


@dataclass(frozen=True)
class Scene:
    """The register of the CEC, with the offices that keep it and one that only reads."""

    commission: Organization
    head: Office
    operator: Office
    secretary: Office
    member: Office

    @property
    def body(self) -> Body:
        return self.head.body


def scene() -> Scene:
    """The CEC with its register open."""
    names = {f"name_{code}": f"Борбордук комиссия {code}" for code in ("ky", "ru", "en")}
    body, _made = Body.objects.get_or_create(code="CEC", defaults={"kind": "cec", **names})
    head = office(body, Role.CEC_DEPARTMENT_HEAD)
    return Scene(
        done(actions.open_register(body, by=head, at=AT), Organization),
        head,
        office(body, Role.CEC_OPERATOR),
        office(body, Role.CEC_SECRETARY),
        office(body, Role.CEC_MEMBER),
    )


def office(body: Body, role: Role) -> Office:
    """A new person in the role at the body."""
    number = Person.objects.count() + 1
    person = Person.objects.create(username=f"person-{number}", name=f"Бөлүмов Бөлүм {number}", password="!")
    return Office.objects.create(person=person, body=body, role=role, since=AT - timedelta(days=100))


def done(answer: object, kind: type[Made]) -> Made:
    """The answer of an act that was done."""
    assert isinstance(answer, kind), answer
    return answer


def codes(answer: object) -> tuple[str, ...]:
    """Why an act was refused."""
    assert isinstance(answer, Refused), answer
    return answer.codes


def partner(
    where: Scene, name: str, country: str = "MY", kind: str = OrganizationKind.CENTRAL_ELECTION_BODY, **more: object
) -> Organization:
    """An organization of the list."""
    values = {"name": name, "kind": str(kind), "country": country, **more}
    return done(
        actions.enter(ORGANIZATION, values, where.commission, by=where.head, at=AT, source=SOURCE), Organization
    )


def agreement(where: Scene, with_: Organization, **more: object) -> Agreement:
    """A memorandum with a partner."""
    values = {"counterpart": with_, "kind": "memorandum_of_cooperation", "signed_on": date(2020, 5, 1), **more}
    return done(actions.enter(AGREEMENT, values, where.commission, by=where.head, at=AT, source=SOURCE), Agreement)


def mission(where: Scene, *countries: str, **more: object) -> Mission:
    """A mission that was sent."""
    values = {
        "direction": "outgoing",
        "countries": list(countries or ("KZ",)),
        "observed": Dated.of_day(date(2026, 6, 1)),
        **more,
    }
    return done(actions.enter(MISSION, values, where.commission, by=where.head, at=AT, source=SOURCE), Mission)


def letter(where: Scene, from_: Organization, *, due: date | None = None, answers: Letter | None = None) -> Letter:
    """A letter: an incoming one, or the outgoing answer to one."""
    told = actions.Written(
        Direction.OUTGOING if answers else Direction.INCOMING,
        from_,
        TODAY,
        "Байкоочулар жөнүндө",
        answer_due_on=due,
        answers=answers,
    )
    return done(actions.register_letter(where.commission, told, by=where.head, at=AT), Letter)


def election(*, published: bool = True) -> Voting:
    """An election of the Jogorku Kenesh that was called; its calling officially published, or not."""
    names = {f"name_{code}": f"Шайлоо {code}" for code in ("ky", "ru", "en")}
    edition = in_force(date(2020, 7, 1)).id
    made = Election.objects.create(
        slug=SLUG, kind="jogorku_kenesh", called_on=date(2026, 8, 25), edition_id=edition, **names
    )
    voting = Voting.objects.create(election=made, kind="general", day=date(2026, 11, 28))
    if published:
        Moment.objects.create(
            voting=voting,
            anchor="official_publication_of_calling",
            day=date(2026, 8, 26),
            instant=datetime(2026, 8, 26, 6, tzinfo=UTC),
            at=AT,
            act="0" * 64,
        )
    return voting


def inviting(body: str = "cec", channel: str = "mfa", purpose: str = "observation") -> actions.Inviting:
    """Who invites to the election of the scene."""
    return actions.Inviting(SLUG, body, channel, purpose, SOURCE)
