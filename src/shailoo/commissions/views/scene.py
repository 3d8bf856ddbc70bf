"""What every page of this room starts from: the office that acts, its commission, the sitting, the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest
from django.urls import reverse

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import office_of
from shailoo.commissions import clocks, register, words
from shailoo.commissions.models import AgendaItem, Commission, Motion, Sitting
from shailoo.documents.lists import WRITERS
from shailoo.law.outcome import Refused

Done = TypeVar("Done")


def acting(request: HttpRequest) -> Office:
    """The office in use; the access rule of the view has let nobody else in."""
    office = office_of(request)
    if office is None:
        raise Http404("no office")
    return office


def own(request: HttpRequest) -> Commission:
    """The commission of the office in use; 404 for an office elsewhere."""
    found = Commission.objects.select_related("body__superior", "area", "precinct")
    commission = found.filter(pk=acting(request).body_id).first()
    if commission is None:
        raise Http404("no commission")
    return commission


def readable(request: HttpRequest, body: Body, at: datetime, election: str = "") -> None:
    """Raises PermissionDenied where the office may not read the papers of that commission at the desk."""
    if refusal(acting(request), may="commissions.read", of=body, at=at, election=election or None):
        raise PermissionDenied(body.code)


def sitting_or_404(request: HttpRequest, pk: int) -> Sitting:
    """A sitting that the office may read."""
    found = register.sitting_by_key(pk)
    if found is None:
        raise Http404(str(pk))
    readable(request, found.commission.body, now(found), found.election)
    return found


def item_or_404(request: HttpRequest, pk: int) -> AgendaItem:
    """An item of the agenda of such a sitting."""
    found = AgendaItem.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    found.sitting = sitting_or_404(request, found.sitting_id)
    return found


def motion_or_404(request: HttpRequest, pk: int) -> Motion:
    """A motion put at such a sitting."""
    found = Motion.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    found.item = item_or_404(request, found.item_id)
    return found


def now(sitting: Sitting) -> datetime:
    """The instant of an act at the sitting, by the clock of its election."""
    return clocks.now(sitting.election)


def may(request: HttpRequest, sitting: Sitting) -> set[str]:
    """The acts of this room that the office in use is offered at the sitting; who presides there keeps it too."""
    office = acting(request)
    if office.body_id != sitting.commission_id:
        return set()
    offered = {act.removeprefix("commissions.") for act, roles in MAY.items() if Role(office.role) in roles}
    if office.pk in (sitting.chair_id, sitting.secretary_id):
        offered |= {"keep_sitting", "keep_minutes", "issue_decision"}
    return offered


def exports(request: HttpRequest, name: str) -> list[tuple[str, str]]:
    """The list on the page to take away, as the filter has it: (form, address) for each form of the address `name`."""
    asked = request.GET.copy()
    asked.pop("page", None)
    told = f"?{asked.urlencode()}" if asked else ""
    return [(form.upper(), f"{reverse(f'{name}_{form}')}{told}") for form in WRITERS]


def done(request: HttpRequest, answer: Done | Refused, told: str | Callable[[Done], str]) -> bool:
    """Tell the reader what came of an act that has no form of its own; False where it was refused."""
    if isinstance(answer, Refused):
        for found in answer.findings:
            messages.error(request, words.finding(found))
        return False
    messages.success(request, told if isinstance(told, str) else told(answer))
    return True


def together(acts: Callable[[], Done | Refused]) -> Done | Refused:
    """Several acts that are all done, or none."""
    with transaction.atomic():
        answer = acts()
        if isinstance(answer, Refused):
            transaction.set_rollback(True)
    return answer
