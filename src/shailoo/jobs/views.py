"""Work in the background at the desk: what my body asked for, how far it is, its result; and the checks to ask for."""

from __future__ import annotations

import csv
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import acting, rule
from shailoo.jobs import actions, queries, words
from shailoo.jobs.kinds import KINDS
from shailoo.jobs.models import Work
from shailoo.jobs.states import UNFINISHED, State
from shailoo.law.outcome import Refused

READS = ("jobs.watch", "ledger.read")
PAGE_SIZE = 30
COLUMNS = ("number", "kind", "subject", "state", "body", "role", "asked_at", "started_at", "ended_at", "done", "total")


@rule(*READS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """For staff who asked for something long: what there is, how far it is, and whether anybody works."""
    now = timezone.now()
    asked = _asked(request)
    page = Paginator(queries.narrowed(queries.visible_to(acting(request)), asked), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    query = urlencode({name: value for name, value in (("state", asked.state), ("kind", asked.kind)) if value})
    file = reverse("jobs:works_file")
    context = {
        "rows": [_told(work, now) for work in page],
        "page_of": page,
        "total": page.paginator.count,
        "asked": asked,
        "kinds": [(code, words.kind(code)) for code in sorted(KINDS)],
        "states": [(state.value, words.state(state)) for state in State],
        "exports": [("CSV", f"{file}?{query}" if query else file)],
        "health": queries.health(now),
    }
    return render(request, "jobs/listed.html", context)


@rule(*READS)
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The same list, whole, as CSV with codes; instants are in local time with their offset."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="work.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for work in queries.narrowed(queries.visible_to(acting(request)), _asked(request)).iterator(chunk_size=2_000):
        writer.writerow(_cells(work))
    return response


@rule(*READS)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever asked: how far the work is, what remains, and its result. Asks again every two seconds."""
    work = _work(request, pk)
    kind = KINDS.get(work.kind)
    result = work.result or {}
    told = result.get("told", [])
    context = _told(work, timezone.now()) | {
        "unfinished": work.state in UNFINISHED,
        "health": queries.health(timezone.now()),
        "result": words.result(work),
        "told": told,
        "more": result.get("faults", 0) - len(told),
        "sha256": result.get("sha256", ""),
        "error": words.error(work),
        "stopping": work.state == State.RUNNING and work.cancel_asked_at is not None,
        "may_cancel": work.state in UNFINISHED and work.cancel_asked_at is None and _may_cancel(request, work),
        "has_file": work.state == State.DONE and kind is not None and kind.deliver is not None,
    }
    return render(request, "jobs/one.html", context)


@rule(*READS)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel the work."""
    work = _work(request, pk)
    answer = actions.cancel(work, by=acting(request), at=timezone.now())
    if isinstance(answer, Refused):
        _warn(request, answer)
    elif answer.state == State.CANCELLED:
        messages.success(request, _("The work is cancelled."))
    else:
        messages.success(request, _("The work stops as soon as it can."))
    return redirect("jobs:work", pk)


@rule(*READS)
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that came of the work, for whoever may do what the work does; 404 where there is none."""
    work = _work(request, pk)
    kind = KINDS.get(work.kind)
    if kind is None or kind.deliver is None or work.result is None:
        raise Http404("no file")
    if Role(acting(request).role) not in MAY[kind.right]:
        raise PermissionDenied(kind.right)
    return kind.deliver(work.result)


@rule(*READS)
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """For an auditor: ask that the evidence be checked, and see how the last check of each kind came out."""
    office, now = acting(request), timezone.now()
    kinds = queries.offered_to(office)
    latest = queries.latest_of(queries.visible_to(office), kinds)
    rows = [
        {
            "code": kind.code,
            "name": words.kind(kind.code),
            "about": words.about(kind.code),
            "latest": _told(latest[kind.code], now) if kind.code in latest else None,
        }
        for kind in kinds
    ]
    return render(request, "jobs/checks.html", {"rows": rows, "health": queries.health(now)})


@rule("ledger.read")
@require_POST
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for one of the checks; where it runs already, show that one."""
    if kind not in {offered.code for offered in queries.offered_to(acting(request))}:
        raise Http404("no such check")
    answer = actions.start(kind, by=acting(request), at=timezone.now())
    if isinstance(answer, Work):
        return redirect("jobs:work", answer.pk)
    _warn(request, answer)
    running = queries.unfinished(kind)
    if running is not None and queries.visible_to(acting(request)).filter(pk=running.pk).exists():
        return redirect("jobs:work", running.pk)
    return redirect("jobs:checks")


# ------------------------------------------------------------------------------------- what pages share


def _told(work: Work, at: datetime) -> dict[str, object]:
    """A work in words, as it is at the instant `at`."""
    return {
        "work": work,
        "kind": words.kind(work.kind),
        "state": words.state(work.state),
        "colour": words.COLOURS[State(work.state)],
        "message": words.message(work),
        "verdict": words.verdict(work),
        "broken": words.is_broken(work),
        "lasted": words.duration(queries.lasted(work, at)),
        "remains": words.duration(queries.remains(work, at)) if queries.remains(work, at) is not None else "",
    }


def _cells(work: Work) -> tuple[object, ...]:
    """A row of the CSV, in the order of COLUMNS."""
    times = [work.asked_at, work.started_at, work.ended_at]
    local = [timezone.localtime(at).isoformat(timespec="seconds") if at else "" for at in times]
    by = work.asked_by
    return work.pk, work.kind, work.subject, work.state, by.body.code, by.role, *local, work.done, work.total


def _asked(request: HttpRequest) -> queries.Asked:
    """The filter of the address; an unknown state or kind is no page (404)."""
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    if state not in ("", *State) or kind not in ("", *KINDS):
        raise Http404("filter")
    return queries.Asked(state, kind)


def _work(request: HttpRequest, pk: int) -> Work:
    """The work, if the office may see it; 404 else: that it exists is no one else's business."""
    return get_object_or_404(queries.visible_to(acting(request)), pk=pk)


def _may_cancel(request: HttpRequest, work: Work) -> bool:
    office = acting(request)
    return office.pk == work.asked_by_id or Role(office.role) in MAY["jobs.watch"]


def _warn(request: HttpRequest, refused: Refused) -> None:
    for sentence in words.refusal(refused):
        messages.warning(request, sentence)
