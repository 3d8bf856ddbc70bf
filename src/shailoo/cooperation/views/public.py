"""International cooperation for everyone: with whom a commission has to do, since when, and on which paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from shailoo.accounts.web import public
from shailoo.commissions import clocks
from shailoo.cooperation import countries, files, mapping, queries, words
from shailoo.cooperation.forms import FilterForm
from shailoo.cooperation.models import Agreement, AgreementFile, Mission, MissionReport, Organization, Record
from shailoo.cooperation.showing import Row, cells, row, title_of
from shailoo.cooperation.sorts import BY_PLURAL, KEPT, ORGANIZATION, Rows, Sort
from shailoo.documents.actions import place
from shailoo.documents.models import StoredFile
from shailoo.documents.serving import served
from shailoo.law.calendar import local_day

PAGE_SIZE = 25
NEWEST = 40  # entries of a feed
_LINES = ("agreement", "event", "mission", "visit")  # what the map counts, in this order


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For a journalist, a partner, a researcher: the commissions whose registers can be read here."""
    found = [(each, words.name(each), words.tongue(each), number) for each, number in queries.commissions()]
    return render(request, "cooperation/index.html", {"commissions": found})


@public
@require_safe
def overview(request: HttpRequest, commission: str) -> HttpResponse:
    """The relations of a commission: a map, the same as a list, and the way to every part of the register."""
    own = _commission(commission)
    counted = queries.counts(own)
    partners = queries.partners(own)
    drawing = mapping.drawing(own.country, [each.country for each in partners])
    listed = [
        (number, countries.name(each.country), _country_page(own, each.country), _told(each))
        for number, each in enumerate(partners, start=1)
    ]
    points = zip(drawing.lines if drawing else (), listed, strict=False)
    context = _frame(own) | {
        "parts": [(sort, _list_page(own, sort), counted[sort.name]) for sort in KEPT if counted[sort.name]],
        "invitations": queries.standing_invitations(own).count(),
        "drawing": drawing,
        "points": [(line, name, href, told) for line, (_number, name, href, told) in points],
        "partners": listed,
        "home": countries.name(own.country) if own.country else "",
    }
    return render(request, "cooperation/overview.html", context)


@public
@require_safe
def timeline(request: HttpRequest, commission: str) -> HttpResponse:
    """What happened when, the latest first; what has no date stands last."""
    own = _commission(commission)
    shown = [
        (
            each.year,
            [
                (words.when(one.when), one.sort.one, title_of(one.record), _record_page(own, one.sort, one.record))
                for one in each.moments
            ],
        )
        for each in queries.timeline(own)
    ]
    trail = [*_trail(own), (_("Timeline"), "")]
    return render(request, "cooperation/timeline.html", _frame(own) | {"years": shown, "trail": trail})


@public
@require_safe
def records(request: HttpRequest, commission: str, plural: str) -> HttpResponse:
    """A part of the register as a list: filtered, page by page, to take away."""
    own, sort = _commission(commission), _sort(plural)
    form, found = _filtered(request, sort, queries.public(sort, own))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = _frame(own) | {
        "sort": sort,
        "form": form,
        "heads": heads(sort),
        "rows": _rows(page, sort, own),
        "page_of": page,
        "total": page.paginator.count,
        "exports": _exports(request, "cooperation:records_file", own.code, plural),
        "trail": [*_trail(own), (str(sort.title), "")],
    }
    return render(request, "cooperation/records.html", context)


@public
@require_safe
def records_file(request: HttpRequest, commission: str, plural: str, kind: str) -> HttpResponse:
    """The same list for machines and for readers of news."""
    one_of(kind, "csv", "json", "atom")
    own, sort = _commission(commission), _sort(plural)
    _form, found = _filtered(request, sort, queries.public(sort, own))
    if kind == "atom":
        newest = found.order_by("-changed_at", "-pk")[:NEWEST]
        return _atom(request, own, ((sort, each) for each in newest), str(sort.title), _list_page(own, sort))
    return list_file(sort, found, kind, sort.plural)


@public
@require_safe
def feed(request: HttpRequest, commission: str) -> HttpResponse:
    """Everything new in the register of a commission."""
    own = _commission(commission)
    newest = [(sort, each) for sort in KEPT for each in queries.public(sort, own).order_by("-changed_at")[:NEWEST]]
    newest.sort(key=lambda pair: (pair[1].changed_at, pair[1].code), reverse=True)
    return _atom(request, own, newest[:NEWEST], _("International cooperation"), _overview_page(own))


@public
@require_safe
def record(request: HttpRequest, commission: str, plural: str, code: str) -> HttpResponse:
    """A record with everything that it says, its source, and its files that everyone may open."""
    own, sort = _commission(commission), _sort(plural)
    found = queries.public(sort, own).filter(code=code).first()
    if not isinstance(found, Record):
        raise Http404(code)
    context = _frame(own) | {
        "sort": sort,
        "record": found,
        "title": title_of(found),
        "cells": cells(found),
        "row": row(sort, found, "", _today()),
        "files": [(each, _file_page(own, plural, code, each.file_id)) for each in _open_files(found)],
        "trail": [*_trail(own), (str(sort.title), _list_page(own, sort)), (str(sort.one), "")],
    }
    return render(request, "cooperation/record.html", context)


@public
@require_safe
def paper(_request: HttpRequest, commission: str, plural: str, code: str, digest: str) -> HttpResponse:
    """A file of a public record that everyone may open."""
    found = queries.public(_sort(plural), _commission(commission)).filter(code=code).first()
    for each in _open_files(found) if isinstance(found, Record) else ():
        if each.file_id == digest:
            return served(place(digest).read_bytes(), each.file.media_type, file_name(each.title, each.file))
    raise Http404(digest)


@public
@require_safe
def country(request: HttpRequest, commission: str, code: str) -> HttpResponse:
    """Everything that the commission has to do with one country."""
    own = _commission(commission)
    if not countries.known(code):
        raise Http404(code)
    asked = queries.Asked(country=code)
    found = []
    for sort in KEPT:
        if sort.at:
            rows = queries.narrowed(sort, queries.public(sort, own), asked)[:PAGE_SIZE]
            if shown := _rows(rows, sort, own):
                found.append((sort, heads(sort), shown, f"{_list_page(own, sort)}?country={code}"))
    name = countries.name(code)
    context = _frame(own) | {"country": name, "found": found, "trail": [*_trail(own), (name, "")]}
    return render(request, "cooperation/country.html", context)


@public
@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """Every organization of all registers."""
    form, found = _filtered(request, ORGANIZATION, queries.public(ORGANIZATION))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    today = _today()
    context = {
        "sort": ORGANIZATION,
        "form": form,
        "heads": heads(ORGANIZATION),
        "rows": [row(ORGANIZATION, each, _organization_page(each), today) for each in page],
        "page_of": page,
        "total": page.paginator.count,
        "exports": _exports(request, "cooperation:organizations_file"),
        "trail": [(str(words.PUBLIC), reverse("cooperation:index")), (str(ORGANIZATION.title), "")],
    }
    return render(request, "cooperation/records.html", context)


@public
@require_safe
def organizations_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list for machines."""
    one_of(kind, "csv", "json")
    _form, found = _filtered(request, ORGANIZATION, queries.public(ORGANIZATION))
    return list_file(ORGANIZATION, found, kind, ORGANIZATION.plural)


@public
@require_safe
def organization(request: HttpRequest, code: str) -> HttpResponse:
    """An organization, and every public record that names it."""
    found = queries.organization_of(code)
    if found is None or found.struck_at is not None:
        raise Http404(code)
    today = _today()
    concerning = [
        (sort, [(each.commission, row(sort, each, _record_page(each.commission, sort, each), today)) for each in rows])
        for sort, rows in queries.concerning(found)
    ]
    context = {
        "organization": found,
        "title": title_of(found),
        "cells": [each for each in cells(found) if each.label != str(ORGANIZATION.field("name").label)],
        "concerning": concerning,
        "has_register": any(each.pk == found.pk for each, _number in queries.commissions()),
        "trail": [
            (str(words.PUBLIC), reverse("cooperation:index")),
            (str(ORGANIZATION.title), reverse("cooperation:organizations")),
            (words.name(found), ""),
        ],
    }
    return render(request, "cooperation/organization.html", context)


@public
@require_safe
def invitations(request: HttpRequest, commission: str) -> HttpResponse:
    """Who was invited to which election, by whom and through whom, and what was answered."""
    own = _commission(commission)
    found = queries.standing_invitations(own)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = _frame(own) | {
        "rows": [invitation_row(each) for each in page],
        "page_of": page,
        "total": page.paginator.count,
        "exports": [
            (kind.upper(), reverse("cooperation:invitations_file", args=[own.code, kind])) for kind in ("csv", "json")
        ],
        "trail": [*_trail(own), (_("Invitations to elections"), "")],
    }
    return render(request, "cooperation/invitations.html", context)


@public
@require_safe
def invitations_file(_request: HttpRequest, commission: str, kind: str) -> HttpResponse:
    """The same list for machines."""
    one_of(kind, "csv", "json")
    own = _commission(commission)
    return attached(invitations_as(kind, queries.standing_invitations(own)), kind, "invitations")


# ------------------------------------------------------------------------------------- parts

INVITATION_COLUMNS = (
    "id",
    "election",
    "election_day",
    "inviting_body",
    "channel",
    "purpose",
    "invitee",
    "invitee_name",
    "sent_at",
    "answer",
    "answered_at",
    "src",
)


def invitations_as(kind: str, found: Iterable[Any]) -> bytes:  # Any: invitations with what they name
    """Invitations as a file: CSV or JSON."""
    rows = [
        {
            "id": each.code or str(each.pk),
            "election": each.election,
            "election_day": each.election_day.isoformat() if each.election_day else None,
            "inviting_body": each.inviting_body or None,
            "channel": each.channel or None,
            "purpose": each.purpose,
            "invitee": each.invitee.code,
            "invitee_name": each.invitee.name,
            "sent_at": each.sent_at.isoformat(timespec="seconds") if each.sent_at else None,
            "answer": each.answer,
            "answered_at": each.answered_at.isoformat(timespec="seconds") if each.answered_at else None,
            "src": each.source,
        }
        for each in found
    ]
    return files.as_json(rows) if kind == "json" else files.as_csv(INVITATION_COLUMNS, rows)


def invitation_row(each: Any) -> dict[str, object]:  # Any: an invitation with what it names
    """An invitation in words."""
    answer, colour = words.ANSWERS[each.answer]
    return {
        "invitation": each,
        "name": words.name(each.invitee),
        "lang": words.tongue(each.invitee),
        "href": reverse("cooperation:organization", args=[each.invitee.code]),
        "by": words.INVITING_BODIES.get(each.inviting_body, _("not said")),
        "through": words.CHANNELS.get(each.channel, _("not said")),
        "purpose": words.PURPOSES[each.purpose],
        "answer": answer,
        "colour": colour,
        "day": words.day(each.election_day) if each.election_day else _("date unknown"),
    }


def file_name(title: str, file: StoredFile) -> str:
    """The name under which a file is saved: its title, with the ending of what it is."""
    endings = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif"}
    return f"{title}.{endings.get(file.media_type, 'bin')}"


def _told(partner: queries.Partner) -> str:
    """How often the commission has to do with a country, by sort: "2 agreements, 1 event"."""
    number = {name: partner.counts.get(name, 0) for name in _LINES}
    told = {
        "agreement": ngettext("%(number)s agreement", "%(number)s agreements", number["agreement"]),
        "event": ngettext("%(number)s event", "%(number)s events", number["event"]),
        "mission": ngettext("%(number)s mission", "%(number)s missions", number["mission"]),
        "visit": ngettext("%(number)s visit", "%(number)s visits", number["visit"]),
    }
    return ", ".join(told[name] % {"number": number[name]} for name in _LINES if number[name])


def _open_files(found: Record) -> Sequence[AgreementFile | MissionReport]:
    """The files of a record that everyone may open."""
    if isinstance(found, Agreement):
        return list(found.files.filter(is_public=True).select_related("file"))
    if isinstance(found, Mission):
        return list(found.reports.filter(is_public=True).select_related("file"))
    return []


def _filtered(request: HttpRequest, sort: Sort, rows: Rows) -> tuple[FilterForm, Rows]:
    form = FilterForm(request.GET, sort=sort, years=queries.years(sort, rows))
    return form, queries.narrowed(sort, rows, form.asked)


def heads(sort: Sort) -> list[tuple[str, bool]]:
    """The columns beside the title, each with whether it holds numbers."""
    found = [(str(each.label), each.as_.value == "count") for each in sort.listed]
    return [*found, (_("Status"), False)] if sort.name == "agreement" else found


def _rows(found: Iterable[Any], sort: Sort, own: Organization) -> list[Row]:  # Any: records of the sort
    today = _today()
    return [row(sort, each, _record_page(own, sort, each), today) for each in found]


def _exports(request: HttpRequest, name: str, *args: str) -> list[tuple[str, str]]:
    query = request.GET.urlencode()
    kinds = ("csv", "json", "atom") if args else ("csv", "json")
    return [(kind.upper(), reverse(name, args=[*args, kind]) + (f"?{query}" if query else "")) for kind in kinds]


def list_file(sort: Sort, found: Rows, kind: str, name: str) -> HttpResponse:
    """A list as a file: CSV or JSON."""
    rows = (files.plain(sort, each) for each in found.iterator(chunk_size=1000))
    content = files.as_json(rows) if kind == "json" else files.as_csv(files.columns(sort), rows)
    return attached(content, kind, name)


def one_of(kind: str, *known: str) -> str:
    """The kind of file that an address asks for; 404 for any other."""
    if kind not in known:
        raise Http404(kind)
    return kind


def attached(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be saved."""
    response = HttpResponse(content, content_type=files.MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _atom(
    request: HttpRequest, own: Organization, found: Iterable[tuple[Sort, Any]], title: str, page: str
) -> HttpResponse:  # Any: records
    site = settings.PUBLIC_ADDRESS
    rows = [(sort, each, f"{site}{_record_page(own, sort, each)}") for sort, each in found]
    content = files.as_atom(
        rows,
        title=f"{words.name(own)}: {title}",
        address=f"{site}{request.path}",
        page=f"{site}{page}",
        language=countries.language(),
    )
    return HttpResponse(content, content_type=files.MEDIA_TYPES["atom"])


def _commission(code: str) -> Organization:
    """The commission whose register is asked for; 404 where it keeps none."""
    found = queries.organization_of(code)
    if found is None or found.struck_at is not None or found.kind != "central_election_body" or found.is_group:
        raise Http404(code)
    return found


def _sort(plural: str) -> Sort:
    found = BY_PLURAL.get(plural)
    if found is None or not found.of_commission:
        raise Http404(plural)
    return found


def _frame(own: Organization) -> dict[str, object]:
    return {
        "commission": own,
        "commission_name": words.name(own),
        "commission_lang": words.tongue(own),
        "trail": [*_trail(own)[:-1], (words.name(own), "")],
    }


def _trail(own: Organization) -> list[tuple[str, str]]:
    return [(str(words.PUBLIC), reverse("cooperation:index")), (words.name(own), _overview_page(own))]


def _overview_page(own: Organization) -> str:
    return reverse("cooperation:overview", args=[own.code])


def _list_page(own: Organization, sort: Sort) -> str:
    return reverse("cooperation:records", args=[own.code, sort.plural])


def _record_page(own: Organization, sort: Sort, found: Record | Organization) -> str:
    return reverse("cooperation:record", args=[own.code, sort.plural, found.code])


def _file_page(own: Organization, plural: str, code: str, digest: str) -> str:
    return reverse("cooperation:paper", args=[own.code, plural, code, digest])


def _country_page(own: Organization, code: str) -> str:
    return reverse("cooperation:country", args=[own.code, code])


def _organization_page(found: Organization) -> str:
    return reverse("cooperation:organization", args=[found.code])


def _today() -> date:
    return local_day(clocks.now())
