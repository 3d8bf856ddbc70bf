"""Which commissions there are, and what stands above and below each."""

from __future__ import annotations

from django.db.models import QuerySet

from shailoo.accounts.models import Body, Office
from shailoo.commissions.models import Commission


def cec() -> Commission | None:
    """The Central Election Commission; None before it is established."""
    return Commission.objects.select_related("body").filter(level=Commission.Level.CEC).first()


def tecs() -> QuerySet[Commission]:
    """All territorial commissions with body and area, by code."""
    return Commission.objects.filter(level=Commission.Level.TEC).select_related("body", "area").order_by("body__code")


def by_code(code: str) -> Commission | None:
    """The commission whose body has that code ("CEC", "TEC-KG02205", "PEC-1001")."""
    return Commission.objects.select_related("body", "area", "precinct").filter(body__code=code).first()


def pecs_of(tec: Commission) -> QuerySet[Commission]:
    """The precinct commissions under a TEC, by precinct number."""
    below = Commission.objects.filter(level=Commission.Level.PEC, body__superior_id=tec.pk)
    return below.select_related("body", "precinct").order_by("precinct__number")


def superior(commission: Commission) -> Commission | None:
    """The commission directly above: a PEC's TEC, a TEC's CEC; None for the CEC."""
    return Commission.objects.select_related("body", "area").filter(body__subordinates=commission.pk).first()


def offices_at(body: Body) -> QuerySet[Office]:
    """Every office at a body, those that ended too, the oldest first."""
    return Office.objects.filter(body=body).select_related("person").order_by("since", "pk")
