"""Every address of the site with a record behind it, and a person in every role to knock at it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from shailoo.accounts.keys_of_machines import Issued, issue_key
from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import MAY, ROLES_AT, Kind, Role
from shailoo.accounts.web import RULE, views
from shailoo.commissions.models import Matter
from shailoo.counting import actions
from shailoo.counting.models import Entry
from tests.commissions.sittings import decided
from tests.cooperation.behind import behind_doors
from tests.counting.browser import signed_in
from tests.counting.scene import AT, SINCE, Scene, done, taken_over
from tests.counting.test_life import to_conflict
from tests.jobs.scene import asked
from tests.signing_in import sign_in
from tests.voters.applications.doors import behind_applications
from tests.voters.doors import a_delivery
from tests.voters.sources.doors import behind_sources

ANYTHING = {"int": "1", "": "x", "str": "x", "slug": "x", "code": "x", "path": "x", "version": "1", "form": "csv"}
ANYTHING |= {"chain": "CEC", "place": "1", "subject": "voting:1"}
_PLACE = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
_CHOICE = re.compile(r"\(\?P<\w+>([^|)]*)[^)]*\)")


@dataclass(frozen=True)
class Door:
    """A page: its pattern, an address that it answers to, and its access rule."""

    pattern: str
    address: str
    rule: str

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts that open it; none for a page that is open to everyone or to whoever is signed in."""
        return () if self.rule in ("public", "signed_in") else tuple(self.rule.split(", "))

    @property
    def has_record(self) -> bool:
        return "<" in self.pattern

    @property
    def records_a_visit(self) -> bool:
        """Whether looking is itself on record: a link of an invitation that opens none (desk/test_dead_links.py)."""
        return self.pattern.endswith("invitation/<str:secret>/")

    def opens_to(self, role: Role) -> bool:
        return any(role in MAY[act] for act in self.acts)


def doors(scene: Scene) -> tuple[Door, ...]:
    """Every page; records of the first TEC stand behind those that show one."""
    records = _records(scene)
    return tuple(
        Door(place, f"/{_address(place, records)}", str(getattr(view, RULE)))
        for place, view in views()
        if not place.startswith("api/")
    )


def _records(scene: Scene) -> Mapping[str, Mapping[str, object]]:
    """Beginning of a pattern -> what stands in its places; the longest beginning that fits is taken."""
    conflict = to_conflict(scene)
    entry = done(actions.claim(taken_over(scene, 1), by=scene.clerk, at=AT), Entry)
    decision = decided(scene.chair.body, Matter.OTHER, "voting:1", at=AT)
    sitting = decision.sitting_id
    delivery = a_delivery(scene.voting, scene.cec_chair, AT)
    key = done(issue_key(scene.clerk, "a machine of the tests", by=scene.chair, at=AT), Issued)
    return {
        "": {"code": "TEC-1", "number": "1001", "language": "ky", "slug": "rehearsal-2020", "name": "L64.3"}
        | {"edition": "2017-06-05", "before": "2017-06-05", "after": "2020-06-30"}
        | {"place": "shailoo.law.mandates.allocate", "event": "preliminary_lists_posted", "token": "forged"},
        "ky/areas/": {"code": "KG02"},
        "ky/desk/counting/": {"pk": conflict.pk, "act": "return_to_pec", "page": "1"},
        "ky/desk/counting/precincts/": {"pk": scene.expected[2].pk},
        "ky/desk/counting/entries/": {"pk": entry.pk, "page": "voters"},
        "ky/desk/voters/deliveries/": {"pk": delivery.pk},
        "ky/desk/voters/keys/": {"pk": delivery.key_id},
        "ky/desk/results/": {"parameter": "threshold_base"},
        "ky/desk/sittings/": {"pk": sitting, "number": "1", "before": "1", "after": "2"},
        "ky/desk/sittings/questions/": {"pk": decision.motion.item_id},
        "ky/desk/sittings/motions/": {"pk": decision.motion_id},
        "ky/desk/decisions/": {"pk": decision.pk},
        "ky/desk/people/": {"person": scene.clerk.person_id},
        "ky/desk/work/": {"pk": asked("file_check", scene.chair).pk},
        "ky/desk/keys/": {"office": scene.clerk.pk, "key": key.key.pk},
        "ky/record/verify/": {"name": "verify_ledger"},
        "ky/decisions/": {"year": decision.year, "number": decision.number},
        "ky/sittings/": {"year": decision.sitting.year, "number": decision.sitting.number},
        "ky/observers/": {"address": "international"},
        **behind_doors(),
        **behind_applications(scene.voting, scene.pec_chair, AT),
        **behind_sources(scene.voting, scene.clerk, scene.pec_chair, AT),
    }


def _address(pattern: str, records: Mapping[str, Mapping[str, object]]) -> str:
    """The pattern with a value in each of its places."""
    values: dict[str, object] = {}
    for beginning in sorted(records, key=len):
        if pattern.startswith(beginning):
            values |= records[beginning]

    def filled(found: re.Match[str]) -> str:
        return str(values.get(found["name"], ANYTHING.get(found["converter"] or "", "x")))

    plain = _CHOICE.sub(r"\1", pattern).replace("\\.", ".").replace("^", "").replace("$", "")
    return _PLACE.sub(filled, plain)


# ------------------------------------------------------------------------------------- who knocks


@dataclass(frozen=True)
class Visitor:
    """Somebody at the door: what they are called in a failure, their browser, and their office if they hold one."""

    name: str
    client: Client
    office: Office | None = None


def nobody() -> Iterator[Visitor]:
    """A stranger, and a person who has signed in and holds no office."""
    yield Visitor("signed out", Client())
    person = Person.objects.create(username="nobody", name="Nobody", password="!")
    client = Client()
    sign_in(client, person)
    yield Visitor("no office", client)


def everybody(scene: Scene, *, election: str = "", until: datetime | None = None) -> dict[Role, Office]:
    """A person in every role at a body where it exists, the commissions being those of the scene; one office each."""
    homes = _homes(scene)
    label = election or ("former" if until else "present")
    people = {role: Person(username=f"{label}-{role.value}", name=f"{label} {role}", password="!") for role in Role}
    Person.objects.bulk_create(people.values())
    offices = {
        role: Office(person=people[role], body=homes[role], role=role, since=SINCE, until=until, election=election)
        for role in Role
    }
    Office.objects.bulk_create(offices.values())
    return offices


def _homes(scene: Scene) -> dict[Role, Body]:
    known = {Kind.CEC: scene.cec_chair.body, Kind.TEC: scene.chair.body, Kind.PEC: scene.pec_chair.body}
    for kind in Kind:
        if kind not in known:
            name = {f"name_{code}": kind.value for code in ("ky", "ru", "en")}
            known[kind], _made = Body.objects.get_or_create(code=kind.value.upper(), defaults={"kind": kind, **name})
    return {role: known[next(kind for kind in Kind if role in ROLES_AT[kind])] for role in Role}


def browsers(offices: Mapping[Role, Office]) -> Iterator[Visitor]:
    """The same people at their browsers."""
    for role, office in offices.items():
        yield Visitor(role.value, signed_in(office), office)


def a_minute_ago() -> datetime:
    return timezone.now() - timedelta(minutes=1)
