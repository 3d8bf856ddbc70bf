"""Sittings of commissions in public: past and coming, their agenda, their votes, their minutes; a calendar to keep."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shailoo.commissions import queries, register, words
from shailoo.commissions.feed import as_ics
from shailoo.commissions.forms import SittingsSearch
from shailoo.commissions.minuted import read
from shailoo.commissions.models import Minutes, Sitting
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
    minutes = register.published_minutes(found)
    context = {
        "sitting": found,
        **(_recorded(found) if minutes is None else _minuted(found, minutes)),
        "trail": [
            (words.TITLES["sittings"], reverse("portal:sittings")),
            (f"{name_of(found.commission.body)}, {found}", ""),
        ],
    }
    return render(request, "commissions/public/sitting.html", context)


def _recorded(sitting: Sitting) -> dict[str, object]:
    """The records as they stand, while no minutes are public."""
    return {"items": queries.agenda(sitting), "present": register.attendance(sitting)}


def _minuted(sitting: Sitting, minutes: Minutes) -> dict[str, object]:
    """What the published minutes say, as it was frozen; of the records only where decisions are found."""
    public = register.made_public(sitting)
    minuted = read(minutes.content)
    names = {each.office: each.name for each in minuted.present}  # of everybody who can sign
    return {
        "minutes": minutes,
        "minuted": minuted,
        "signed": [(names[each.office_id], each.at) for each in minutes.signatures.order_by("at", "pk")],
        "papers": register.papers_of(minutes),
        "places": {
            each.label: reverse("portal:decision", args=[each.body.code, each.year, each.number]) for each in public
        },
    }


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
