"""Plans of addresses, those in force, and what of the register could not be placed in them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import OuterRef, QuerySet, Subquery, Sum

from shailoo.commissions.models import Commission
from shailoo.elections.models import Voting
from shailoo.voters.models import Register
from shailoo.voters.sources import borders
from shailoo.voters.sources.models import AddressPlan, AddressRange, Misplaced, Placement, PlanApproval

ROWS_AT_ONCE = 5_000
HOME_COLUMNS = ("listed", "belongs", "district", "locality", "street", "house", "voters")


def in_force(voting: Voting) -> QuerySet[AddressRange]:
    """The ranges that hold for a voting: of each TEC those of the plan that was approved last."""
    latest = PlanApproval.objects.filter(plan__voting=voting, plan__tec=OuterRef("plan__tec")).order_by("-at", "-pk")
    found = AddressRange.objects.filter(plan__voting=voting, plan__approval__pk=Subquery(latest.values("pk")[:1]))
    return found.select_related("precinct")


def plans(voting: Voting, tec: Commission | None = None) -> QuerySet[AddressPlan]:
    """Plans with their answers, the latest first, of one TEC if it is given."""
    found = AddressPlan.objects.filter(voting=voting).select_related(
        "tec__body", "office__body", "approval__carries_out__body", "returned", "voting__election__clock"
    )
    return found.filter(tec=tec) if tec is not None else found


def plan(pk: int) -> AddressPlan | None:
    """One plan with what its page shows."""
    related = ("tec__body", "office__body", "approval__carries_out__body", "returned", "voting__election__clock")
    return AddressPlan.objects.select_related(*related).filter(pk=pk).first()


def placements(register: Register) -> QuerySet[Placement]:
    """How the register was placed, the latest first."""
    return Placement.objects.filter(register=register).select_related("office__body", "change")


def misplaced(found: Placement, ground: str = "", precinct: str = "") -> QuerySet[Misplaced]:
    """The streets of a placement that were not placed where they are listed, the largest first."""
    rows = found.misplaced.select_related("listed", "belongs", "region").order_by("-voters", "pk")
    rows = rows.filter(ground=ground) if ground else rows
    return rows.filter(listed__number=precinct) if precinct else rows


def grounds(found: Placement) -> dict[str, int]:
    """Ground -> voters of a placement."""
    return dict(found.misplaced.values_list("ground").annotate(Sum("voters")).order_by("ground"))


def home_rows(register: Register) -> Iterator[tuple[str, str, str, str, str, int | None, int]]:
    """By house, as the register and the borders are now: who is not placed where listed. Within a transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("homes are read within a transaction")
    with connection.cursor() as cursor:
        borders.lay_out(cursor, register=register.pk, voting=register.voting_id)
        cursor.execute(
            f"""
            SELECT l.number, coalesce(b.number, ''), f.district, f.locality, f.street, f.house, f.voters
            FROM ({borders.FOUND}) f JOIN territory_precinct l ON l.id = f.precinct_id
            LEFT JOIN territory_precinct b ON b.id = f.belongs
            WHERE f.belongs IS DISTINCT FROM f.precinct_id ORDER BY 1, 3, 4, 5, 6
            """,  # noqa: S608  # names of ours
            {},
        )
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows
