"""Three precincts with generated voters, their commissions' people, and applications in the words of voters."""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone
from PIL import Image

from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import Kind as Bodies
from shailoo.accounts.roles import Role
from shailoo.commissions.models import Commission
from shailoo.elections.models import Clock, VotingPrecinct
from shailoo.territory.models import Precinct
from shailoo.voters.applications.actions import (
    Copy,
    Filing,
    MobileFiling,
    Received,
    Registered,
    receive_at_desk,
    receive_online,
    register_mobile,
)
from shailoo.voters.applications.dossier import Dossier
from shailoo.voters.applications.models import Application, Paper
from shailoo.voters.applications.states import Kind
from tests.commissions.sittings import done
from tests.voters.scene import Scene as Register
from tests.voters.scene import accepted, build, office, package, row

DELIVERED = datetime(2020, 7, 21, 6, tzinfo=UTC)
AT = datetime(2020, 9, 10, 4, tzinfo=UTC)  # 10 o'clock in Bishkek, 24 days before
LAST = datetime(2020, 9, 18, 17, 59, 59, tzinfo=UTC)  # the last second of the fifteenth full day before
MOBILE_LAST = datetime(2020, 9, 30, 17, 59, 59, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PIN, OTHER_PIN, UNKNOWN_PIN = "10101199012345", "20202198012345", "10505197054321"
WORDS = ("Сатыбалдиева", "Кербен көчөсү 7", "0555123456")


@dataclass(frozen=True)
class Scene:
    """Who receives, passes on and answers."""

    register: Register
    places: tuple[VotingPrecinct, ...]
    secretary: Office  # of the first precinct
    colleague: Office
    other: Office  # of the second precinct
    administrator: Office
    stranger: Office  # an administrator of another TEC

    @property
    def service(self) -> Office:
        return self.register.service

    @property
    def chair(self) -> Office:
        return self.register.chair


def make(folder: Path) -> Scene:
    """Write the scene: one woman listed in the first precinct, one man in the second, both delivered long ago."""
    register = build(folder, precincts=3)
    tec = Body.objects.get(code="TEC-1")
    far = Body.objects.create(code="TEC-2", kind=Bodies.TEC, superior=tec.superior, **_names("TEC-2"))
    found = VotingPrecinct.objects.filter(voting=register.voting).order_by("precinct__number")
    places = tuple(found.select_related("voting__election", "precinct", "tec__body", "region"))
    first, second = (_pec(place.precinct, tec) for place in places[:2])
    man = row(pin=OTHER_PIN, sex="m", born="1980-02-02", precinct="1002")
    accepted(register, package(register, [row(), man]), at=DELIVERED)
    return Scene(
        register,
        places,
        secretary=office("meerim", first, Role.PEC_SECRETARY),
        colleague=office("nurlan", first, Role.PEC_CHAIR),
        other=office("ainura", second, Role.PEC_SECRETARY),
        administrator=office("tilek", tec, Role.TEC_ADMINISTRATOR),
        stranger=office("ulan", far, Role.TEC_ADMINISTRATOR),
    )


def _pec(precinct: Precinct, tec: Body) -> Body:
    code = f"PEC-{precinct.number}"
    body = Body.objects.create(code=code, kind=Bodies.PEC, superior=tec, **_names(code))
    Commission.objects.create(body=body, level=Commission.Level.PEC, area=precinct.area, precinct=precinct)
    return body


def _names(word: str) -> dict[str, str]:
    return {f"name_{language}": word for language in ("ky", "ru", "en")}


def dossier(**changes: str) -> Dossier:
    """A woman's own words."""
    known = {"surname": WORDS[0], "name": "Айгүл", "pin": PIN, "phone": WORDS[2], "address": WORDS[1]}
    return Dossier(**{**known, "wrong": "Фамилиям ката", "right": WORDS[0], **changes})


def picture() -> bytes:
    """A photograph of an identity card, as far as anybody can see."""
    out = io.BytesIO()
    Image.new("RGB", (8, 5), "blue").save(out, "PNG")
    return out.getvalue()


def copy() -> Copy:
    """The photograph as an application brings it."""
    return Copy(Paper.Kind.IDENTITY, picture())


def shows(scene: Scene, at: datetime) -> None:
    """Set the clock of the election, by which the pages go."""
    election = scene.register.election
    Clock.objects.update_or_create(election=election, defaults={"set_at": timezone.now(), "shows": at})


def filing(scene: Scene, kind: Kind = Kind.NOT_LISTED, *, place: int = 0, **changes: object) -> Filing:
    """An application with everything that belongs to it, handed in at one of the precincts."""
    known: dict[str, object] = {
        "kind": kind,
        "place": scene.places[place],
        "target": scene.places[place].precinct,
        "dossier": dossier(),
        "language": "ru",
        "token": secrets.token_hex(16),
        "copies": (copy(),),
        "document": "id_card",
    }
    return Filing(**{**known, **changes})  # type: ignore[arg-type]  # fields by name


def received(scene: Scene, kind: Kind = Kind.NOT_LISTED, *, at: datetime = AT, **changes: object) -> Received:
    """The application, sent online."""
    return done(receive_online(filing(scene, kind, **changes), at=at))  # type: ignore[arg-type]  # as above


def at_desk(scene: Scene, kind: Kind = Kind.NOT_LISTED, *, at: datetime = AT, **changes: object) -> Application:
    """The application, entered by the secretary of the first precinct."""
    sent = filing(scene, kind, **changes)  # type: ignore[arg-type]  # as above
    return done(receive_at_desk(sent, by=scene.secretary, at=at)).application


def delivered(scene: Scene, rows: list[dict[str, str]], *, number: int, at: datetime) -> None:
    """The register changes: a delivery of these rows is taken in and accepted an hour later."""
    accepted(scene.register, package(scene.register, rows, number=number, made_at=at - HOUR), at=at)


def mobile(scene: Scene, place: int = 0, /, **changes: str) -> MobileFiling:
    """A written application for the mobile box."""
    told = {"reason": "health", "explained": "Сынган бут", "place": WORDS[1], **changes}
    return MobileFiling(scene.places[place], dossier(**told))


def registered(scene: Scene, *, at: datetime = AT, **changes: str) -> Registered:
    """The application, in its register."""
    return done(register_mobile(mobile(scene, **changes), by=scene.secretary, at=at))
