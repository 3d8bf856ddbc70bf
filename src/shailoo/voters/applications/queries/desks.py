"""What waits at each desk, the most urgent first; and the country in numbers, without anybody's data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from shailoo.commissions.models import Commission
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.territory.models import Precinct
from shailoo.voters.applications.models import Application, Step
from shailoo.voters.applications.states import ANSWERED, OPEN, STRAIGHT, State

LISTED = ("number", "kind", "state", "received_at", "due_at", "precinct__number")
AT_PEC = (State.RECEIVED, State.RETURNED)
AT_TEC = (State.WITH_ADMINISTRATOR,)
AT_SERVICE = (State.WITH_SERVICE, State.REFERRED)


def place_of(voting: Voting, precinct: Precinct) -> VotingPrecinct | None:
    """A precinct of the voting, with what its applications need."""
    found = VotingPrecinct.objects.filter(voting=voting, precinct=precinct)
    return found.select_related("voting__election__clock", "precinct", "tec__body", "region").first()


def _urgent(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With what a list shows, the first due first. The sealed content is not read."""
    return rows.select_related("precinct").only(*LISTED).order_by(F("due_at").asc(nulls_last=True), "pk")


def of_precinct(voting: Voting, precinct: Precinct) -> QuerySet[Application]:
    """The applications that a precinct's commission has received."""
    return _urgent(Application.objects.filter(voting=voting, precinct=precinct))


def of_tec(voting: Voting, tec: Commission) -> QuerySet[Application]:
    """The applications of a TEC's precincts."""
    return _urgent(Application.objects.filter(voting=voting, tec=tec))


def of_service(voting: Voting) -> QuerySet[Application]:
    """The applications of the country."""
    return _urgent(Application.objects.filter(voting=voting))


def that_came_to(rows: QuerySet[Application], state: State) -> QuerySet[Application]:
    """Those that have ever stood there: an office sees nothing that never came to it."""
    return rows.filter(Exists(Step.objects.filter(application=OuterRef("pk"), target=state)))


def waiting(rows: QuerySet[Application], states: tuple[State, ...]) -> QuerySet[Application]:
    """Those that wait in one of the states."""
    return rows.filter(state__in=states)


def to_tell(rows: QuerySet[Application], *, straight: bool | None = None) -> QuerySet[Application]:
    """Those whose voter has to be told of the answer; of a voting address the Service tells (L15.4.b3)."""
    found = rows.filter(state__in=ANSWERED, told_at=None)
    if straight is None:
        return found
    return found.filter(kind__in=STRAIGHT) if straight else found.exclude(kind__in=STRAIGHT)


def due_now(rows: QuerySet[Application], at: datetime) -> int:
    """How many of them are overdue."""
    return rows.filter(state__in=OPEN, due_at__lte=at).count()


def application(pk: int) -> Application | None:
    """One application with what its page shows."""
    found = Application.objects.filter(pk=pk)
    return found.select_related(
        "voting__election__clock", "precinct", "target", "tec__body", "region", "dossier", "office__body"
    ).first()


@dataclass(frozen=True, slots=True)
class Tally:
    """The applications of one TEC in numbers."""

    code: str
    name_ky: str
    name_ru: str
    name_en: str
    received: int
    open: int
    overdue: int
    positive: int
    refused: int
    referred: int
    superseded: int
    untold: int
    mobile: int


def overview(voting: Voting, at: datetime) -> list[Tally]:
    """Every TEC of the voting with its applications, by its code."""
    rows = {
        row["tec"]: row
        for row in Application.objects.filter(voting=voting)
        .values("tec")
        .annotate(
            received=Count("pk"),
            open=Count("pk", filter=Q(state__in=OPEN)),
            overdue=Count("pk", filter=Q(state__in=OPEN, due_at__lte=at)),
            positive=Count("pk", filter=Q(state__in=[State.INCLUDED, State.CORRECTED])),
            refused=Count("pk", filter=Q(state=State.REFUSED)),
            referred=Count("pk", filter=Q(state=State.REFERRED)),
            superseded=Count("pk", filter=Q(state=State.SUPERSEDED)),
            untold=Count("pk", filter=Q(state__in=ANSWERED, told_at=None)),
        )
        .order_by()
    }
    places = VotingPrecinct.objects.filter(voting=voting)
    asked = places.filter(precinct__mobile_requests__voting=voting)
    mobile = dict(asked.values_list("tec").annotate(Count("precinct__mobile_requests")).order_by())
    found = Commission.objects.filter(pk__in=places.values("tec")).select_related("body").order_by("body__code")
    return [_tally(each, rows.get(each.pk, {}), mobile.get(each.pk, 0)) for each in found]


def _tally(tec: Commission, row: Mapping[str, object], mobile: int) -> Tally:
    counted = ("received", "open", "overdue", "positive", "refused", "referred", "superseded", "untold")
    body = tec.body
    numbers = {name: int(str(row.get(name, 0))) for name in counted}
    return Tally(body.code, body.name_ky, body.name_ru, body.name_en, **numbers, mobile=mobile)
