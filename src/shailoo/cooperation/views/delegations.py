"""Delegations at the desk: who travels; passports are opened for a purpose, and every opening is recorded."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.web import acting, may_do, reads_personal, rule
from shailoo.commissions import clocks
from shailoo.cooperation import actions, countries, queries, words
from shailoo.cooperation.actions.delegations import keeps_passports_too_long
from shailoo.cooperation.forms import DelegateForm
from shailoo.cooperation.models import Delegate, Mission
from shailoo.cooperation.showing import title_of
from shailoo.cooperation.views.desk import PAGE_SIZE, after, form_page, register
from shailoo.law.calendar import local_day
from shailoo.law.outcome import Refused


@rule("cooperation.read")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Missions with people in them, and which of them keep passports for longer than they may."""
    today = local_day(clocks.now())
    page = Paginator(queries.delegations(register(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(each, title_of(each), words.when(each.observed), keeps_passports_too_long(each, today)) for each in page]
    return render(request, "cooperation/desk/delegations.html", {"rows": rows, "page_of": page})


@rule("cooperation.read")
@reads_personal("delegation", subject="cooperation_mission:{pk}")
@require_safe
def delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of a mission; what stands in their passports only where somebody who may opens it."""
    found = _mission(request, pk)
    people = list(queries.delegates_of(found))
    context = {
        "mission": found,
        "title": title_of(found),
        "people": [_person(each) for each in people],
        "sealed": any(each.passport is not None and not each.passport.is_erased for each in people),
        "late": keeps_passports_too_long(found, local_day(clocks.now())),
        "may_keep": may_do(request, "cooperation.keep"),
        "may_open": may_do(request, "cooperation.read_passports"),
        "back": reverse("cooperation_desk:delegations"),
    }
    return render(request, "cooperation/desk/delegation.html", context)


@rule("cooperation.read_passports")
@reads_personal("passports", subject="cooperation_mission:{pk}")
@require_safe
def passports(request: HttpRequest, pk: int) -> HttpResponse:
    """The passports of a mission, opened for visas and tickets."""
    found, own, at = _mission(request, pk), acting(request), clocks.now()
    rows = []
    for each in queries.delegates_of(found).filter(left_at=None):
        passport = actions.passport_of(each, by=own, at=at)
        if isinstance(passport, Refused):
            return after(request, passport, "", reverse("cooperation_desk:delegation", args=[pk]))
        if passport is not None:
            until = words.day(date.fromisoformat(passport.expires_on))
            rows.append((each, passport, countries.name(passport.country), until))
    context = {"rows": rows, "title": title_of(found), "back": reverse("cooperation_desk:delegation", args=[pk])}
    return render(request, "cooperation/desk/passports.html", context)


@rule("cooperation.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a person of a delegation."""
    found = _mission(request, pk)
    form = DelegateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = actions.enter_delegate(found, form.told(), by=acting(request), at=clocks.now())
        if not isinstance(answer, Refused):
            messages.success(request, _("The person was entered into the delegation."))
            return redirect("cooperation_desk:delegation", pk)
        form.refuse(answer)
    back = reverse("cooperation_desk:delegation", args=[pk])
    return form_page(request, form, _("A person of the delegation"), back)


@rule("cooperation.keep")
@require_POST
def leave(request: HttpRequest, pk: int, delegate: int) -> HttpResponse:
    """A person leaves the delegation."""
    found = get_object_or_404(queries.delegates_of(_mission(request, pk)), pk=delegate)
    answer = actions.delegate_leaves(found, by=acting(request), at=clocks.now())
    back = reverse("cooperation_desk:delegation", args=[pk])
    return after(request, answer, _("The person has left; their passport’s data were erased."), back)


@rule("cooperation.keep")
@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase the passports of a mission for good."""
    answer = actions.erase_passports(_mission(request, pk), by=acting(request), at=clocks.now())
    back = reverse("cooperation_desk:delegation", args=[pk])
    return after(request, answer, _("The passports’ data were erased for good."), back)


def _mission(request: HttpRequest, pk: int) -> Mission:
    rows = Mission.objects.filter(commission=register(request), struck_at=None)
    return get_object_or_404(rows.select_related("commission__body", "partner"), pk=pk)


def _person(each: Delegate) -> dict[str, object]:
    if each.passport is None:
        passport, colour = _("no passport kept"), "grey"
    elif each.passport.is_erased:
        passport, colour = _("erased"), "grey"
    else:
        passport, colour = _("kept encrypted"), "blue"
    return {
        "delegate": each,
        "role": words.DELEGATE_ROLES[each.role],
        "citizenship": countries.name(each.citizenship) if each.citizenship else "",
        "passport": passport,
        "colour": colour,
        "left": each.left_at is not None,
    }
