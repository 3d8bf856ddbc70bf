"""Who has read whose personal data: the record that every page showing such data writes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shailoo.accounts.models import PersonalReading
from shailoo.accounts.personal import Asked, kinds, readings
from shailoo.accounts.web import reads_personal, rule
from shailoo.portal.listing import chosen, paged, searched

KINDS: dict[str, Promise] = {
    "people": _("People and their contacts"),
    "offices": _("Offices and their holders"),
    "invitations": _("Invitations"),
    "readings": _("This record itself"),
}
COLUMNS = ("at", "person", "username", "role", "body", "what", "subject", "page")
ORDERS = {"at": ("at", "pk"), "-at": ("-at", "-pk"), "person": ("office__person__name", "-at", "-pk")}
ORDERS["-person"] = ("-office__person__name", "-at", "-pk")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@rule("accounts.read_readings")
@require_safe
@reads_personal("readings")
def page(request: HttpRequest) -> HttpResponse:
    """For the CEC's chairperson and secretary: who was shown whose data, when, on which page; the latest first."""
    asked = _asked(request)
    order = chosen(request.GET, "sort", ORDERS, "-at")
    rows = readings(asked).order_by(*ORDERS[order])
    found = paged(cast("Sequence[PersonalReading]", rows), request.GET)  # of a query Django counts and cuts out a page
    query = request.GET.copy()
    query.pop("page", None)
    file = reverse("desk:readings_file")
    context = {
        "page_of_rows": found,
        "rows": [(row, KINDS.get(row.what, row.what)) for row in found],
        "asked": asked,
        "kinds": [(kind, KINDS.get(kind, kind)) for kind in kinds()],
        "exports": [("CSV", f"{file}?{urlencode(query, doseq=True)}" if query else file)],
    }
    return render(request, "desk/readings.html", context)


@rule("accounts.read_readings")
@require_safe
@reads_personal("readings")
def file(request: HttpRequest) -> StreamingHttpResponse:
    """The same list, whole, as CSV; instants are in local time with their offset."""
    lines = _lines(readings(_asked(request)).iterator(chunk_size=2_000))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="readings.csv"'
    return response


def _asked(request: HttpRequest) -> Asked:
    """What the filter asks for; a day that is none is no page (404)."""
    return Asked(
        what=searched(request.GET, "what"),
        text=searched(request.GET),
        since=_day(request, "since"),
        until=_day(request, "until"),
    )


def _day(request: HttpRequest, name: str) -> date | None:
    given = request.GET.get(name, "")
    if not given:
        return None
    try:
        found = date.fromisoformat(given) if _DAY.fullmatch(given) else None
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year <= 2999:  # years that a database and a calendar both know
        raise Http404(name)
    return found


class _Echo:
    """A file that gives back what is written to it, so that a row is sent when it is made."""

    def write(self, text: str) -> str:
        return text


def _lines(rows: Iterator[PersonalReading]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield str(writer.writerow(COLUMNS))
    for row in rows:
        yield str(writer.writerow(_cells(row)))


def _cells(row: PersonalReading) -> tuple[str, ...]:
    held = row.office
    at = timezone.localtime(row.at).isoformat(timespec="seconds")
    return at, held.person.name, held.person.username, held.role, held.body.code, row.what, row.subject, row.page
