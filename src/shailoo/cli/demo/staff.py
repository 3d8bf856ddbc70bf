"""The people of the demo, their offices and their sign-ins. All names are generated, and all have one password.

The password is known to everyone who reads this: it is given to people of a demo's own database alone. Each has an
authenticator app besides, whose code `shailoo demo-code` shows on the machine of the demo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.contrib.auth.hashers import make_password

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import MEMBERS, Role
from shailoo.cli.demo import times
from shailoo.cli.demo.acts import done
from shailoo.cli.demo.codes import secret
from shailoo.commissions import queries as commissions
from shailoo.commissions.actions import CEC, appoint
from shailoo.commissions.models import Commission
from shailoo.elections.generator import people

PASSWORD = "shailoo-demo-2020"  # noqa: S105 - known to all on purpose, for a demo's own database
MAIL_DOMAIN = "shailoo.invalid"  # a domain that never exists: the demo writes its mails to the console
CEC_POSTS = (
    ("cec-chair", Role.CEC_CHAIR),
    ("cec-secretary", Role.CEC_SECRETARY),
    ("cec-member", Role.CEC_MEMBER),
    *((f"cec-member-{number}", Role.CEC_MEMBER) for number in range(2, 11)),
    ("cec-operator", Role.CEC_OPERATOR),
)
TEC_POSTS = (
    ("chair", Role.TEC_CHAIR),
    ("secretary", Role.TEC_SECRETARY),
    ("member", Role.TEC_MEMBER),
    ("operator-1", Role.TEC_OPERATOR),
    ("operator-2", Role.TEC_OPERATOR),
    ("operator-3", Role.TEC_OPERATOR),
)


@dataclass(frozen=True, slots=True)
class Staff:
    """Who can act: username -> office."""

    offices: Mapping[str, Office]

    @property
    def cec_chair(self) -> Office:
        return self.offices["cec-chair"]

    @property
    def cec_operator(self) -> Office:
        return self.offices["cec-operator"]

    def members(self, commission: Commission) -> tuple[Office, ...]:
        """Who sits and votes in a commission: the chair, the secretary, then the others."""
        return tuple(each for each in self.offices.values() if each.body_id == commission.pk and each.role in MEMBERS)

    def of_tec(self, tec: Commission, post: str) -> Office:
        """The office of `post` ("chair", "operator-1") at a TEC."""
        return self.offices[username(tec.body, post)]


def username(body: Body, post: str) -> str:
    return f"{body.code.lower()}-{post}"


def appoint_everybody() -> Staff:
    """Twelve members and an operator at the CEC; at every TEC three members and three clerks; by the CEC's chair."""
    posts = [(name, Body.objects.get(code=CEC), role) for name, role in CEC_POSTS]
    for tec in commissions.tecs():
        posts += [(username(tec.body, post), tec.body, role) for post, role in TEC_POSTS]
    known = persons([name for name, _, _ in posts])
    offices: dict[str, Office] = {}
    chair: Office | None = None
    for name, body, role in posts:
        offices[name] = done(appoint(known[name], body, role, by=chair, since=times.APPOINTED))
        chair = chair or offices[name]
    return Staff(offices)


def present() -> Staff:
    """The same people of a database that is reused."""
    found = Office.objects.select_related("person", "body").filter(until__isnull=True)
    return Staff({office.person.username: office for office in found})


@cache
def _hashed() -> str:
    """The one password, hashed once: that takes half a second."""
    return make_password(PASSWORD)


def persons(usernames: list[str]) -> dict[str, Person]:
    """Generated people who can sign in, by their user names."""
    lot = Random(f"demo/staff/{usernames[0]}")  # noqa: S311 - names that are the same at every start
    password = _hashed()
    made = [
        Person(
            username=name,
            name=(people.woman if place % 2 else people.man)(lot).ky,
            email=f"{name}@{MAIL_DOMAIN}",
            password=password,
        )
        for place, name in enumerate(usernames)
    ]
    known = {person.username: person for person in Person.objects.bulk_create(made)}
    Authenticator.objects.bulk_create(
        Authenticator(user=person, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret(name, settings.DATA))})
        for name, person in known.items()
    )
    return known
