"""The scene of the register with its preliminary lists compiled, counted, and the search of places made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from shailoo.territory.models import Area, Precinct
from shailoo.voters.enquiry import actions
from shailoo.voters.enquiry.models import Statistics
from shailoo.voters.lists.actions import compile_edition
from shailoo.voters.lists.models import Edition, Stage
from shailoo.voters.models import Entry
from tests.commissions.sittings import done
from tests.voters.scene import AN_HOUR, AT, MADE, Scene, accepted, build, opened, package, row
from tests.voters.scene import generated as generate

COMPILED = AT + 2 * AN_HOUR
COUNTED = AT + 3 * AN_HOUR
A_DAY = timedelta(days=1)
VILLAGES = {"1001": ("Каракол", "Каракол", "Karakol"), "1003": ("Өзгөн", "Узген", "Özgön")}


@dataclass(frozen=True)
class Counted:
    """The scene, its first edition, and the numbers of it."""

    scene: Scene
    edition: Edition
    statistics: Statistics

    def somebody(self, **facts: object) -> Entry:
        """A generated voter of the edition."""
        return Entry.objects.filter(register=self.edition.register, until=None, **facts).order_by("pk")[0]

    def another(self, than: Entry) -> Entry:
        """Another voter of the edition."""
        return Entry.objects.filter(register=self.edition.register, until=None).exclude(pk=than.pk).order_by("pk")[0]

    def gone(self) -> Entry:
        """Somebody who was listed, and is no more since before the edition was made."""
        return Entry.objects.exclude(until=None).filter(register=self.edition.register, closed_because="absent")[0]


def build_counted(folder: Path, rows: int = 700) -> Counted:
    """A country of generated voters with places that have names."""
    scene = build(folder)
    for number, names in VILLAGES.items():
        _named(number, names)
    accepted(scene, package(scene, [row()], made_at=MADE - A_DAY), at=AT - A_DAY)
    accepted(scene, opened(generate(scene, rows=rows, number=2)))
    return Counted(scene, compiled(scene), counted_of(scene))


def compiled(scene: Scene, stage: Stage = Stage.PRELIMINARY, at: datetime = COMPILED) -> Edition:
    """The lists of a stage."""
    return done(compile_edition(scene.register, stage, by=scene.secretary, at=at)).edition


def counted_of(scene: Scene, at: datetime = COUNTED) -> Statistics:
    """The numbers of the last edition; the search of places is made with them."""
    return done(
        actions.count_edition(Edition.objects.filter(register=scene.register).latest("at"), by=scene.head, at=at)
    )


def _named(number: str, names: tuple[str, str, str]) -> None:
    """Put a precinct into a village of its region, with a school as its station."""
    precinct = Precinct.objects.select_related("region").get(number=number)
    ky, ru, en = names
    village = Area.objects.create(
        code=f"{precinct.region.code}{number[-2:]}1",
        kind=Area.Kind.CITY,
        parent=precinct.region,
        name_ky=ky,
        name_ru=ru,
        name_en=en,
    )
    precinct.area = village
    precinct.place_ky, precinct.place_ru = f"{ky}, №5 мектеп, Ленин көчөсү", f"{ru}, школа №5, улица Ленина"
    precinct.save()
