"""A country of five precincts with commissions of their own, and the lists of all three stages in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import Kind, Role
from shailoo.commissions.models import Commission
from shailoo.elections.models import VotingPrecinct
from shailoo.territory.models import Precinct
from shailoo.voters.actions import close_lists
from shailoo.voters.exchange.manifest import Kind as Deliveries
from shailoo.voters.lists.actions import Compiled, compile_edition
from shailoo.voters.lists.models import Edition, Stage, VoterList
from shailoo.voters.models import Register
from tests.commissions.sittings import done
from tests.voters.scene import AN_HOUR, AT, Scene, accepted, build, office, package, row

FIRST, SECOND, ABROAD = "1001", "1002", "1005"
A_DAY = timedelta(days=1)
COMPILED = AT + 2 * AN_HOUR
NAMES = (  # in the order of the Kyrgyz alphabet: ң behind н, ө behind о, ү behind у; ё behind е
    ("Нурова", "Айгүл", "Бакыт кызы"),
    ("Ңурова", "Айгүл", "Бакыт кызы"),
    ("Осмонова", "Айгүл", "Бакыт кызы"),
    ("Өмүрова", "Айгүл", "Бакыт кызы"),
    ("Өмүрова", "Айнура", "Акылбековна"),
    ("Өмүрова", "Айнура", "Бакыт кызы"),
    ("Усенова", "Елена", ""),
    ("Усенова", "Ёлка", ""),
    ("Үсөнова", "Айгүл", "Бакыт кызы"),
    ("Яковлева", "Анна", "Ивановна"),
)


@dataclass(frozen=True)
class Country:
    """The register's scene with a commission in every precinct."""

    scene: Scene
    precincts: dict[str, Precinct]
    secretaries: dict[str, Office]
    tec_secretary: Office
    other_tec: Office

    @property
    def register(self) -> Register:
        return self.scene.register

    def secretary(self, number: str = FIRST) -> Office:
        return self.secretaries[number]

    def compiled(self, stage: Stage = Stage.PRELIMINARY, *, at: datetime = COMPILED) -> Compiled:
        return done(compile_edition(self.register, stage, by=self.scene.secretary, at=at))

    def found(self, edition: Edition, number: str = FIRST) -> VoterList:
        return VoterList.objects.select_related("precinct", "edition__register__election").get(
            edition=edition, precinct__number=number
        )

    def closed(self, *, at: datetime) -> None:
        done(close_lists(self.register, by=self.scene.secretary, at=at))

    def changed(self, rows: list[dict[str, str]], *, number: int, at: datetime) -> None:
        """An incremental delivery, taken in and accepted an hour later."""
        sent = package(self.scene, rows, number=number, kind=Deliveries.INCREMENTAL, made_at=at - AN_HOUR)
        accepted(self.scene, sent, at=at)


def pin(number: int) -> str:
    return f"1010119901{number:04d}"


def people() -> list[dict[str, str]]:
    """Ten women of the first precinct in an order that is not the alphabet's, and two of each other precinct."""
    first = [
        row(pin=pin(9_000 - place), surname=surname, name=name, patronymic=patronymic, precinct=FIRST)
        for place, (surname, name, patronymic) in enumerate(reversed(NAMES))
    ]
    others = [
        row(pin=pin(int(precinct) + 100 * place), surname=surname, precinct=precinct, name="Жылдыз")
        for precinct in ("1002", "1003", "1004", "1005")
        for place, surname in enumerate(("Асанова", "Жумабаева"))
    ]
    return [*first, *others]


def country(folder: Path) -> Country:
    """Precincts, people, commissions; one full delivery is accepted."""
    scene = build(folder)
    precincts = {each.precinct.number: each.precinct for each in VotingPrecinct.objects.select_related("precinct")}
    tec = Body.objects.get(code="TEC-1")
    names = {f"name_{code}": "PEC" for code in ("ky", "ru", "en")}
    secretaries = {}
    for number, precinct in precincts.items():
        body = Body.objects.create(code=f"PEC-{number}", kind=Kind.PEC, superior=tec, **names)
        Commission.objects.create(body=body, level=Commission.Level.PEC, area=precinct.area, precinct=precinct)
        secretaries[number] = office(f"secretary-{number}", body, Role.PEC_SECRETARY)
    other = Body.objects.create(code="TEC-2", kind=Kind.TEC, superior=tec.superior, **names)
    made = Country(
        scene,
        precincts,
        secretaries,
        tec_secretary=office("secretary-tec", tec, Role.TEC_SECRETARY),
        other_tec=office("secretary-other", other, Role.TEC_SECRETARY),
    )
    accepted(scene, package(scene, people()), at=AT)
    return made


LATER = datetime(2020, 9, 1, 6, tzinfo=UTC)
