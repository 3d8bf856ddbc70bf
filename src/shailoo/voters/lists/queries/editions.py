"""Editions, and the list of a precinct in one."""

from __future__ import annotations

from django.db.models import QuerySet

from shailoo.territory.models import Precinct
from shailoo.voters.lists.models import Edition, Stage, VoterList
from shailoo.voters.models import Register


def editions(register: Register) -> QuerySet[Edition]:
    """The editions of a register, the latest first, with what a page says of them."""
    related = ("office__body", "change__delivery", "publication__taking_down")
    return Edition.objects.filter(register=register).select_related(*related).order_by("-at", "-pk")


def edition(pk: int) -> Edition | None:
    """One edition with its election."""
    related = ("register__election__clock", "register__voting", "change__delivery", "publication__taking_down")
    return Edition.objects.select_related(*related, "office__body", "office__person").filter(pk=pk).first()


def current(register: Register, stage: Stage | str | None = None) -> Edition | None:
    """The edition that counts: the last one of the stage, or of the latest stage where none is asked for."""
    found = Edition.objects.filter(register=register).select_related("register__election", "change")
    if stage is not None:
        found = found.filter(stage=stage)
    return found.order_by("-at", "-pk").first()


def of_precinct(found: Edition, precinct: Precinct) -> VoterList | None:
    """The precinct's list in the edition, without its entries, which `lines` reads by the page."""
    lists = VoterList.objects.filter(edition=found, precinct=precinct).defer("entries")
    return lists.select_related("precinct", "region", "edition__register__election").first()
