"""Lists of two stages on paper: everything of the preliminary edition and of the final one is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from shailoo.accounts.models import Office
from shailoo.jobs.progress import Unwatched
from shailoo.law.outcome import Refused
from shailoo.voters.lists.columns import Copy
from shailoo.voters.lists.models import Edition, Stage
from shailoo.voters.printing.actions import Ordered, order_batch
from shailoo.voters.printing.jobs import print_batch
from shailoo.voters.printing.models import Batch, PrintedList
from tests.commissions.sittings import done
from tests.voters.lists.scene import A_DAY, COMPILED, FIRST, Country, country
from tests.voters.scene import AN_HOUR

CLOSED = datetime(2020, 9, 18, 12, tzinfo=UTC)
FINAL = CLOSED + AN_HOUR


@dataclass(frozen=True)
class Press:
    """The lists' scene, with what is printed and where its files lie."""

    land: Country
    folder: Path
    preliminary: Edition
    control: Edition
    final: Edition

    @property
    def operator(self) -> Office:
        return self.land.scene.operator

    @property
    def pec(self) -> Office:
        return self.land.secretary()

    def printed(self, copy: Copy, number: str = FIRST) -> PrintedList:
        """The last copy of a precinct's list."""
        related = (
            "batch",
            "list__precinct__area",
            "list__edition__register__voting",
            "list__edition__change__delivery",
        )
        found = PrintedList.objects.select_related(*related).filter(copy=copy.value, list__precinct__number=number)
        return found.latest("number")


def ordered(edition: Edition, copy: Copy, by: Office, at: datetime) -> Ordered | Refused:
    """The answer to an order."""
    return order_batch(edition, copy, by=by, at=at)


def printed(edition: Edition, copy: Copy, by: Office, at: datetime) -> Batch:
    """A batch of an edition, ordered and printed."""
    batch = done(ordered(edition, copy, by, at)).batch
    print_batch(Unwatched(), batch.pk)
    return batch


def press(folder: Path) -> Press:
    """The country with its printed lists."""
    land = country(folder)
    by = land.scene.operator
    preliminary = land.compiled().edition
    printed(preliminary, Copy.POSTED, by, COMPILED + AN_HOUR)
    control = land.compiled(Stage.CONTROL, at=COMPILED + A_DAY).edition
    land.closed(at=CLOSED)
    final = land.compiled(Stage.FINAL, at=FINAL).edition
    for copy in (Copy.FULL, Copy.SECOND):
        printed(final, copy, by, FINAL + AN_HOUR)
    return Press(land, folder, preliminary, control, final)
