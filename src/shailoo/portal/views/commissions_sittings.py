"""Sittings of commissions in public: past and coming, their agenda, their votes, their minutes; a calendar to keep."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shailoo.commissions import queries, register, words
from shailoo.commissions.feed import as_ics
from shailoo.commissions.forms import SittingsSearch
from shailoo.commissions.models import Sitting
from shailoo.elections.models import Voting
from shailoo.portal.templatetags.figures import name as name_of
from shailoo.portal.views.answers import of_record
from shailoo.portal.views.commissions import commission_or_404

MOST_IN_FEED = 500  # the latest of one commission; the CEC sits some two hundred times in the year of an election


@of_record
def index(request: HttpRequest, voting: Voting | None) -> HttpResponse:
    """For whoever wants to attend: when and where which commission sits, and on what."""
    del voting
    form = SittingsSearch(request.GET, bodies=register.deciding_bodies())
    found = register.page_of(form.found(), request.GET)
    context = {
        "form": form,
        "page_of_rows": found,
        "rows": list(found.object_list),
        "feed": f"{reverse('portal:sittings_feed')}?{urlencode({'body': form.cleaned_data.get('body', '')})}",
        "trail": [(words.TITLES["sittings"], "")],
    }
    return render(request, "commissions/public/sittings.html", context)


@of_record
def sitting(request: HttpRequest, voting: Voting | None, code: str, year: int, number: int) -> HttpResponse:
    """For whoever attends or asks what was said: the agenda, who was there, what was decided, the minutes."""
    del voting
    found = _sitting_or_404(code, year, number)
    context = {
        "sitting": found,
        "items": queries.agenda(found),
        "present": register.attendance(found),
        "minutes": register.published_minutes(found),
        "trail": [
            (words.TITLES["sittings"], reverse("portal:sittings")),
            (f"{name_of(found.commission.body)}, {found}", ""),
        ],
    }
    return render(request, "commissions/public/sitting.html", context)


@of_record
def feed(request: HttpRequest, voting: Voting | None) -> HttpResponse:
    """For phones and offices: the sittings of one commission (`body=`) or of all, as iCalendar."""
    del voting
    code = request.GET.get("body", "")
    name = name_of(commission_or_404(code).body) if code else str(words.TITLES["sittings"])
    rows = register.calendar(code).prefetch_related("items")[:MOST_IN_FEED]
    response = HttpResponse(as_ics(list(rows), name=name), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sittings.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _sitting_or_404(code: str, year: int, number: int) -> Sitting:
    found = register.sitting_of(code, year, number)
    if found is None:
        raise Http404(f"{code} {number}/{year}")
    return found
