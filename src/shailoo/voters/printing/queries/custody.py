"""Acts of handing over, as the commission that receives sees them."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from shailoo.accounts.models import Body
from shailoo.voters.printing.models import HandedCopy, Handover

_COPIES = Prefetch(
    "copies",
    HandedCopy.objects.select_related("printed__list", "printed__binding")
    .defer("printed__list__entries")
    .order_by("printed__copy"),
)


def handovers_to(body: Body) -> QuerySet[Handover]:
    """The acts by which a commission gets lists, the latest first."""
    related = ("edition__register__election", "precinct", "receipt", "paper")
    return Handover.objects.filter(to=body).select_related(*related).order_by("-at", "-pk")


def handover(pk: int) -> Handover | None:
    """One act with its copies."""
    related = ("edition__register__election__clock", "precinct", "to", "office__body", "receipt__office__body", "paper")
    return Handover.objects.select_related(*related).prefetch_related(_COPIES).filter(pk=pk).first()
