"""Deliveries as the desk shows them: checks, faults by kind and by row, the difference by region and by precinct."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from shailoo.voters.exchange.faults import BY_CODE, FAULTS, Fault
from shailoo.voters.models import Delivery, Difference, Rejection, RowFault, ServiceKey
from shailoo.voters.staging import COUNTED
from shailoo.voters.states import State

ROWS_AT_ONCE = 5_000
FAULT_COLUMNS = ("row", "pin", "field", "code", "consequence", "norm")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault, and how many rows of a delivery have it."""

    fault: Fault
    rows: int


@dataclass(frozen=True, slots=True)
class RegionRow:
    """What a delivery changes in one region, in voters."""

    region: int
    new: int
    gone: int
    moved_in: int
    moved_out: int
    changed: int
    same: int
    not_listed: int

    @property
    def listed(self) -> int:
        """How many are listed there once it is accepted, of those whom it names."""
        return self.new + self.moved_in + self.changed + self.same


def deliveries(slug: str = "") -> QuerySet[Delivery]:
    """Deliveries, the latest first, of one election if its short name is given."""
    found = Delivery.objects.select_related("register__election", "office__body", "decided_by__body", "key")
    return found.filter(register__election__slug=slug) if slug else found


def delivery(pk: int) -> Delivery | None:
    """One delivery with what its page shows."""
    return deliveries().select_related("office__person", "register__election__clock").filter(pk=pk).first()


def waiting() -> QuerySet[Delivery]:
    """Deliveries that wait for a decision."""
    return deliveries().filter(state=State.CHECKED)


def rejections() -> QuerySet[Rejection]:
    """What was sent and was no delivery, the latest first."""
    return Rejection.objects.select_related("election", "office__body")


def keys() -> QuerySet[ServiceKey]:
    """The keys of the Service, the latest first."""
    return ServiceKey.objects.select_related("withdrawal", "office__body").order_by("-since", "-pk")


def by_kind(found: Delivery) -> list[Kind]:
    """How many rows have each fault, in the order of the table of faults."""
    counted = dict(found.faults.values_list("code").annotate(Count("pk")).order_by())
    return [Kind(fault, counted[fault.code]) for fault in FAULTS if fault.code in counted]


def faults(found: Delivery, code: str = "") -> QuerySet[RowFault]:
    """The faults by row, of one kind if its code is given."""
    rows = found.faults.order_by("row", "pk")
    return rows.filter(code=code) if code else rows


def by_region(found: Delivery) -> list[RegionRow]:
    """What the delivery changes in each region."""
    sums = [Sum(name) for name in COUNTED]
    rows = found.differences.values_list("region_id").annotate(*sums).order_by("region__code")
    return [RegionRow(*row) for row in rows]


def by_precinct(found: Delivery, region: int | None = None) -> QuerySet[Difference]:
    """What the delivery changes in each precinct, of one region if its key is given."""
    rows = found.differences.select_related("precinct", "region").order_by("precinct__number")
    return rows.filter(region_id=region) if region is not None else rows


def fault_file(found: Delivery) -> Iterator[str]:
    """The faults as CSV for the Service, in pieces: row, PIN as it was sent, field, code, consequence, norm."""
    yield _line(FAULT_COLUMNS)
    rows = faults(found).values_list("row", "pin", "code").iterator(chunk_size=ROWS_AT_ONCE)
    for row, pin, code in rows:
        fault = BY_CODE[code]
        yield _line((row, pin, fault.field, code, fault.consequence.value, fault.norm))


def _line(cells: tuple[object, ...]) -> str:
    """One row; a cell that a spreadsheet would take for a formula is kept from being one."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow([_harmless(str(cell)) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
