"""The accredited by name, the organizations that sent them, and one organization; the same for machines and readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shailoo.accounts.web import public
from shailoo.cooperation import countries
from shailoo.elections.clock import local
from shailoo.observation.checkin.door import Who
from shailoo.observation.forms.public import organizations_form, people_form
from shailoo.observation.models import Accreditation, Ending
from shailoo.observation.queries import public as queries
from shailoo.observation.views.public import tables
from shailoo.observation.words import public as words
from shailoo.observation.words.presence import kind, language

PAGE_SIZE = 25
IN_FEED = 100
PEOPLE = ("name", "organization", "citizenship", "position", "decision", "decided_on", "since", "ended_on")
ORGANIZATIONS = ("code", "organization", "kind", "seat", "sends", "people", "commissions", "ended")


@public
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """For a journalist, a commission, another mission: who is accredited as an international observer (R3.4.a2)."""
    form, election = people_form(request.GET, queries.elections())
    page = _page(queries.in_order(election, form.asked()) if election else (), request)
    context = {
        "form": form,
        "election": election,
        "rows": [(each, _states(each), _ended(each)) for each in queries.whole(list(page.object_list))],
        "page_of": page,
        "total": page.paginator.count,
        "exports": _exports("observers:people_file", request),
        "feed": reverse("observers:feed"),
        "trail": _trail(_("Accredited international observers")),
    }
    return render(request, "observation/public/people.html", context)


@public
@require_safe
def people_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same list for machines, without pages."""
    asked, election = people_form(request.GET, queries.elections())
    if election is None or form not in tables.WRITERS:
        raise Http404(form)
    keys = list(queries.accredited(election, asked.asked()).values_list("pk", flat=True))
    rows = [_record(each) for each in queries.whole(keys)]
    return tables.file(form, f"{election.slug}-observers", PEOPLE, rows)


@public
@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """For whoever asks who watches: every organization, party and medium, with how many people of which kind."""
    form, election = organizations_form(request.GET, queries.elections())
    found = queries.organizations(election, form.asked()) if election else []
    page = _page(found, request)
    context = {
        "form": form,
        "election": election,
        "rows": [(each, words.kind_of(each.sender), kind(Who(each.kind.value))) for each in page.object_list],
        "page_of": page,
        "total": page.paginator.count,
        "exports": _exports("observers:organizations_file", request),
        "trail": _trail(_("Organizations")),
    }
    return render(request, "observation/public/organizations.html", context)


@public
@require_safe
def organizations_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same list for machines."""
    asked, election = organizations_form(request.GET, queries.elections())
    if election is None or form not in tables.WRITERS:
        raise Http404(form)
    rows = [_organization_record(each) for each in queries.organizations(election, asked.asked())]
    return tables.file(form, f"{election.slug}-observing-organizations", ORGANIZATIONS, rows)


@public
@require_safe
def organization(request: HttpRequest, code: str) -> HttpResponse:
    """For whoever wants to know an organization: what it is, whom it sent to which election, what it said."""
    sender = queries.sender_of(code)
    if sender is None:
        raise Http404(code)
    elections = queries.of_sender(sender)
    latest = elections[0][0] if elections else None
    named = queries.accredited(latest, queries.Asked(organization=code)) if latest else Accreditation.objects.none()
    page = _page(named.values_list("pk", flat=True), request)
    seat = sender.organization.country if sender.organization else ""
    context = {
        "sender": sender,
        "election": latest,
        "what": words.kind_of(sender),
        "seat": countries.name(seat) if seat else "",
        "elections": [(each, kind(Who(of.value)), people) for each, of, people in elections],
        "rows": [(each, _states(each), _ended(each)) for each in queries.whole(list(page.object_list))],
        "page_of": page,
        "total": page.paginator.count,
        "statements": queries.statements(sender=sender),
        "trail": [*_trail(_("Organizations"), reverse("observers:organizations")), (words.name(sender.body), "")],
    }
    return render(request, "observation/public/organization.html", context)


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """For machines that follow: the international observers accredited last, as Atom."""
    election = queries.present_election()
    atom = Atom1Feed(
        title=_("International observers newly accredited"),
        link=request.build_absolute_uri(reverse("observers:people")),
        description="",
        language=language(),
        feed_url=request.build_absolute_uri(),
    )
    for each in queries.newest(election, IN_FEED) if election else ():
        sender = words.name(each.sender.body)
        atom.add_item(
            title=f"{each.applicant.name}, {sender}",
            link=request.build_absolute_uri(reverse("observers:organization", args=[each.sender.body.code])),
            description=_decision(each),
            pubdate=each.at,
            updateddate=each.at,
            unique_id=f"urn:shailoo:{each.subject}",
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


# ------------------------------------------------------------------------------------- rows


def _record(row: Accreditation) -> tuple[str, ...]:
    decision, ended = row.answer.decision, _ended(row)
    return (
        row.applicant.name,
        words.name(row.sender.body),
        " ".join(row.applicant.citizenships),
        row.applicant.position,
        _decision(row),
        local(decision.taken_at).date().isoformat() if decision else "",
        row.since.isoformat(),
        ended.isoformat() if ended else "",
    )


def _organization_record(row: queries.Sending) -> tuple[str | int, ...]:
    seat = row.sender.organization.country if row.sender.organization else ""
    named = (row.sender.body.code, words.name(row.sender.body), words.kind_of(row.sender), seat)
    return (*named, row.kind.value, row.people, row.commissions, row.ended)


def _states(row: Accreditation) -> str:
    return ", ".join(countries.name(code) for code in row.applicant.citizenships)


def _ended(row: Accreditation) -> date | None:
    """The local day on which an accreditation ended early."""
    ending: Ending | None = getattr(row, "ending", None)
    return local(ending.at).date() if ending else None


def _decision(row: Accreditation) -> str:
    """The decision by its number of the year."""
    decision = row.answer.decision
    return f"№ {decision.number}/{decision.year}" if decision else ""


def _exports(name: str, request: HttpRequest) -> list[tuple[str, str]]:
    query = request.GET.copy()
    query.pop("page", None)
    rest = f"?{query.urlencode()}" if query else ""
    return [(form.upper(), reverse(name, args=[form]) + rest) for form in tables.WRITERS]


def _page(rows: QuerySet[Any] | Sequence[Any], request: HttpRequest) -> Page[Any]:  # Any: rows of either list
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def _trail(here: str, href: str = "") -> list[tuple[str, str]]:
    return [(_("Observers"), reverse("observers:index")), (here, href)]
