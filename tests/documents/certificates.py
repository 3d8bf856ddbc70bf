"""A certificate to test with: a body, an office that may issue, drafts with generated names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Kind as BodyKind
from shailoo.accounts.roles import Role
from shailoo.documents.certificates import actions
from shailoo.documents.certificates.code import Kind, Reach, Scope
from shailoo.documents.certificates.models import Certificate
from shailoo.law.outcome import Refused

AT = datetime(2020, 9, 20, 6, 15, tzinfo=UTC)
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
T = TypeVar("T")
ELECTION = {"ky": "Жогорку Кеңешти шайлоо", "ru": "Выборы Жогорку Кенеша", "en": "Election of the Jogorku Kenesh"}
PLACE = {"ky": "Биринчи АШК", "ru": "Первая ТИК", "en": "First TEC"}


def body(code: str = "CEC", kind: BodyKind = BodyKind.CEC, superior: Body | None = None) -> Body:
    names = {"name_ky": f"{code} ууй", "name_ru": f"{code} дом", "name_en": f"{code} house"}
    return Body.objects.get_or_create(code=code, defaults={"kind": kind, "superior": superior, **names})[0]


def office(name: str = "hasan", role: Role = Role.CEC_OPERATOR, at: Body | None = None) -> Office:
    person = Person.objects.create(username=name, name=name.title(), password="!")
    return Office.objects.create(person=person, body=at or body(), role=role, since=SINCE)


def draft(holder: str = "Осмонова Чолпон Үсөнбаевна", **changes: object) -> actions.Draft:
    """A certificate of an international observer for one TEC, valid for a month."""
    given: dict[str, object] = {
        "kind": Kind.INTERNATIONAL_OBSERVER,
        "holder": holder,
        "body": body("MISSION-1", BodyKind.MISSION),
        "valid_from": AT,
        "valid_until": AT + 30 * DAY,
        "scope": Scope("jk-2020", Reach.BODY, "TEC-1"),
        "names": {"election": ELECTION, "place": PLACE},
        "subject": "accreditation:7",
        "ground": "decision:12",
    }
    return actions.Draft(**{**given, **changes})  # type: ignore[arg-type]  # every value is of its field's type


def issued(by: Office, at: datetime = AT, **changes: object) -> Certificate:
    return done(actions.issue_certificate(draft(**changes), by=by, at=at), Certificate)  # type: ignore[arg-type]  # above


def done(found: T | Refused, kind: type[T]) -> T:
    """What an act gave; a refusal fails the test with its codes."""
    assert isinstance(found, kind), found
    return found
