"""A small country of generated voters: precincts at home and abroad, the Service with its key, people of the CEC."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Kind, Role
from shailoo.commissions.models import Commission
from shailoo.elections.models import Election, Voting, VotingPrecinct
from shailoo.ledger import minisign
from shailoo.territory.models import Area, Precinct
from shailoo.voters.actions import Package, accept_delivery, receive_delivery, register_key
from shailoo.voters.actions.deciding import Accepted
from shailoo.voters.exchange.manifest import COLUMNS, FORMAT, File, Manifest, Source
from shailoo.voters.exchange.manifest import Kind as Deliveries
from shailoo.voters.exchange.signing import key_of, signed
from shailoo.voters.generator.people import Place
from shailoo.voters.generator.writing import Plan, Written, write_full
from shailoo.voters.models import Delivery, Register
from tests.commissions.sittings import done

DAY = date(2020, 10, 4)
MADE = datetime(2020, 7, 20, 6, tzinfo=UTC)
AT = datetime(2020, 7, 21, 6, tzinfo=UTC)
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
SLUG = "rehearsal-2020"
SILENT = "0900"  # a precinct that does not vote

PERSON = {
    "pin": "10101199012345",
    "surname": "Асанова",
    "name": "Айгүл",
    "patronymic": "Бакыт кызы",
    "sex": "f",
    "born": "1990-01-01",
    "citizenship": "KGZ",
    "biometric_on": "2016-05-01",
    "custody": "none",
    "precinct": "1001",
    "basis": "residence",
    "district": "Кербен",
    "locality": "Арча",
    "street": "Манас",
    "house": "1",
}


@dataclass(frozen=True)
class Scene:
    """Who acts, and where people vote."""

    voting: Voting
    service: Office
    operator: Office
    chair: Office
    secretary: Office
    member: Office
    head: Office
    clerk: Office
    key: Ed25519PrivateKey
    folder: Path
    places: tuple[Place, ...]

    @property
    def election(self) -> Election:
        return self.voting.election

    @property
    def register(self) -> Register:
        return Register.objects.get(election=self.election)

    def plan(self, **given: object) -> Plan:
        known: dict[str, object] = {
            "seed": "1",
            "rows": 300,
            "places": self.places,
            "election": SLUG,
            "voting_day": DAY,
            "made_at": MADE,
            "silent_precinct": SILENT,
        }
        return Plan(**{**known, **given})  # type: ignore[arg-type]  # fields of the plan by name


def _names(word: str) -> dict[str, str]:
    return {f"name_{language}": word for language in ("ky", "ru", "en")}


def office(name: str, body: Body, role: Role) -> Office:
    """A generated person in an office."""
    person = Person.objects.create(username=name, name=name.title(), password="!")
    return Office.objects.create(person=person, body=body, role=role, since=SINCE)


def build(folder: Path, *, precincts: int = 5, rehearsal: bool = True) -> Scene:
    """Write the scene to the database; the Service's key is registered."""
    country = Area.objects.create(code="KG", kind=Area.Kind.COUNTRY, **_names("Country"))
    regions = [
        Area.objects.create(code=f"KG0{number}", kind=Area.Kind.OBLAST, parent=country, **_names(f"Region {number}"))
        for number in (2, 3)
    ]
    abroad = Area.objects.create(code="ABROAD", kind=Area.Kind.ABROAD, parent=country, **_names("Abroad"))
    cec = _body("CEC", Kind.CEC)
    tec = Body.objects.create(code="TEC-1", kind=Kind.TEC, superior=cec, **_names("TEC-1"))
    Commission.objects.create(body=cec, level=Commission.Level.CEC, area=country)
    commission = Commission.objects.create(body=tec, level=Commission.Level.TEC, area=regions[0])
    election = Election.objects.create(
        slug=SLUG,
        kind=Election.Kind.JOGORKU_KENESH,
        called_on=date(2020, 7, 3),
        edition_id="2020-06-30",
        rehearsal=rehearsal,
        **_names("Election"),
    )
    voting = Voting.objects.create(election=election, day=DAY)
    places = []
    for number in range(precincts):
        last = number == precincts - 1
        region = abroad if last else regions[number % 2]
        kind = Precinct.Kind.ABROAD if last else Precinct.Kind.ORDINARY
        precinct = Precinct.objects.create(number=f"{1001 + number}", area=region, region=region, kind=kind)
        VotingPrecinct.objects.create(voting=voting, precinct=precinct, tec=commission, region=region)
        places.append(Place(precinct.number, "Кербен", f"Арча {number}", abroad=last, town=number % 2 == 0))
    Precinct.objects.create(number=SILENT, area=regions[0], region=regions[0])
    key = key_of(folder / "service.ed25519")
    chair = office("gulnara", cec, Role.CEC_CHAIR)
    public = minisign.public_key(key).encoded
    done(register_key("Service", public, since=SINCE, by=chair, at=SINCE))
    return Scene(
        voting=voting,
        service=office("service", _body("SRS", Kind.STATE_BODY), Role.STATE_REGISTRY_SERVICE),
        operator=office("hasan", cec, Role.CEC_OPERATOR),
        chair=chair,
        secretary=office("saltanat", cec, Role.CEC_SECRETARY),
        member=office("ilyas", cec, Role.CEC_MEMBER),
        head=office("nazira", cec, Role.CEC_DEPARTMENT_HEAD),
        clerk=office("aizada", tec, Role.TEC_OPERATOR),
        key=key,
        folder=folder,
        places=tuple(places),
    )


def _body(code: str, kind: Kind) -> Body:
    return Body.objects.create(code=code, kind=kind, **_names(code))


# ------------------------------------------------------------------------------------- deliveries


def row(**changes: str) -> dict[str, str]:
    """A blameless woman of precinct 1001, with what is different."""
    return {**PERSON, **changes}


def package(
    scene: Scene,
    rows: list[dict[str, str]],
    *,
    number: int = 1,
    kind: Deliveries = Deliveries.FULL,
    made_at: datetime = MADE,
    source: Source = Source.GENERATED,
    said: Mapping[str, object] | None = None,
) -> Package:
    """A delivery of these rows, signed; `said` is what its manifest claims falsely of the file."""
    content = written(rows, COLUMNS[kind])
    manifest = Manifest(
        format=FORMAT,
        kind=kind,
        number=number,
        election=SLUG,
        source=source,
        made_at=made_at,
        file=File(**{**true(content, rows), **(said or {})}),  # type: ignore[arg-type]  # false on purpose
        columns=COLUMNS[kind],
        base=number - 1 if kind is Deliveries.INCREMENTAL else None,
    )
    return sealed(manifest.written(), content, scene.key)


def true(content: bytes, rows: list[dict[str, str]]) -> dict[str, object]:
    """What a manifest says of this file."""
    return {
        "name": "voters.csv",
        "bytes": len(content),
        "rows": len(rows),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def sealed(manifest: bytes, content: bytes, key: Ed25519PrivateKey) -> Package:
    return Package(manifest, signed(manifest, key), io.BytesIO(content))


def written(rows: list[dict[str, str]], columns: tuple[str, ...]) -> bytes:
    """Rows as the format has them."""
    lines = [",".join(columns), *(",".join(each.get(name, "") for name in columns) for each in rows)]
    return ("\n".join(lines) + "\n").encode()


def opened(files: Written) -> Package:
    """Generated files, as they would be sent."""
    return Package(files.manifest.read_bytes(), files.signature.read_text(), io.BytesIO(files.file.read_bytes()))


def delivered(scene: Scene, sent: Package, *, at: datetime = AT) -> Delivery:
    """The delivery, taken in."""
    return done(receive_delivery(sent, by=scene.service, at=at))


def accepted(scene: Scene, sent: Package, *, at: datetime = AT) -> Accepted:
    """The delivery, taken in and accepted an hour later."""
    return done(accept_delivery(delivered(scene, sent, at=at), by=scene.secretary, at=at + AN_HOUR))


def generated(scene: Scene, **given: object) -> Written:
    """A full delivery of generated people."""
    return write_full(scene.plan(**given), scene.folder, scene.key)
