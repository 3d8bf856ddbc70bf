"""People and their offices within one's reach; what a superior office does for who cannot sign in."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from io import StringIO

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts import second_factor
from shailoo.accounts.models import Office, Person
from shailoo.accounts.queries import Wanted, offices_in_reach, offices_of
from shailoo.accounts.resets import issue_password_link, reset_second_factor
from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import office_of, reads_personal, rule
from shailoo.law.outcome import Refused
from shailoo.wording import Catalogue, sentences, text

PAGE = 50  # rows
LONGEST_SEARCH = 80
ORDERS = {
    "person": ("person__name", "pk"),
    "body": ("body__code", "role", "pk"),
    "since": ("since", "pk"),
}


@rule("accounts.read_people")
@require_safe
@reads_personal("people")
def listed(request: HttpRequest) -> HttpResponse:
    """For chairpersons, secretaries and administrators: who holds which office here and below, and since when."""
    office, wanted = acting(request), asked(request)
    rows = ordered(request, offices_in_reach(office, "accounts.read_people", wanted), ORDERS, "person")
    file = f"{reverse('desk:people_file')}?{request.GET.urlencode()}"
    context = {
        "page_of_rows": paged(request, rows),
        "wanted": wanted,
        "roles": roles(Role),
        "exports": [("CSV", file)],
        "may_invite": Role(office.role) in MAY["accounts.invite"],
    }
    return render(request, "desk/people.html", context)


@rule("accounts.read_people")
@require_safe
@reads_personal("people")
def file(request: HttpRequest) -> HttpResponse:
    """The same list, whole, as CSV."""
    rows = offices_in_reach(acting(request), "accounts.read_people", asked(request))
    lines = StringIO()
    writer = csv.writer(lines)
    writer.writerow(("person", "username", "role", "body", "since", "until", "election", "ground"))
    writer.writerows(_cells(rows))
    response = HttpResponse("\ufeff" + lines.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="people.csv"'
    return response


def _cells(rows: QuerySet[Office]) -> Iterator[tuple[str, ...]]:
    for row in rows.iterator(chunk_size=2_000):
        since = timezone.localtime(row.since).isoformat(timespec="seconds")
        until = timezone.localtime(row.until).isoformat(timespec="seconds") if row.until else ""
        holder = (row.person.name, row.person.username)
        yield tuple(_plain(cell) for cell in (*holder, row.role, row.body.code, since, until, row.election, row.ground))


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


@rule("accounts.read_people")
@never_cache
@require_http_methods(["GET", "POST"])
@reads_personal("people", subject="person:{person}")
def one(request: HttpRequest, person: int) -> HttpResponse:
    """For the same: one person, the offices, whether a second factor is set up; and help for who cannot sign in."""
    office = acting(request)
    reach = offices_in_reach(office, "accounts.read_people", Wanted())
    found = get_object_or_404(Person.objects.filter(pk__in=reach.values("person")), pk=person)
    context: dict[str, object] = {"refused": ()}
    if request.method == "POST":
        context = _help(request, found, office)
    context |= {
        "person": found,
        "offices": offices_of(found),
        "protected": second_factor.has_factor(found),
        "may_help": Role(office.role) in MAY["accounts.invite"] and office.person_id != found.pk,
        "reason": request.POST.get("reason", "") if context["refused"] else "",
    }
    return render(request, "desk/person.html", context, status=422 if context["refused"] else 200)


def _help(request: HttpRequest, found: Person, office: Office) -> dict[str, object]:
    """What a POST asks for: a reset of the second factor, or a link for a new password."""
    reason, at = request.POST.get("reason", "")[:500], timezone.now()
    acts: dict[str, Callable[[], Person | str | Refused]] = {
        "second_factor": lambda: reset_second_factor(found, by=office, at=at, reason=reason),
        "password": lambda: issue_password_link(found, by=office, at=at, reason=reason),
    }
    act = acts.get(request.POST.get("help", ""))
    if act is None:
        raise Http404("help")
    answer = act()
    if isinstance(answer, Refused):
        return {"refused": told(answer)}
    return {"refused": (), "link": answer if isinstance(answer, str) else "", "was_reset": isinstance(answer, Person)}


def acting(request: HttpRequest) -> Office:
    """The office in use; only behind `rule`."""
    office = office_of(request)
    assert office is not None  # noqa: S101  (rule lets nobody else in)
    return office


def asked(request: HttpRequest) -> Wanted:
    """What the filter of a list asks for; a role that is none is no page (404)."""
    role = request.GET.get("role", "")
    if role and role not in Role.values:
        raise Http404("role")
    return Wanted(request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH], role)


def ordered(
    request: HttpRequest, rows: QuerySet[Office], orders: dict[str, tuple[str, ...]], usual: str
) -> QuerySet[Office]:
    """The list in the order that its address names; another one is no page (404)."""
    given = request.GET.get("sort", usual)
    key = given.removeprefix("-")
    if key not in orders:
        raise Http404("sort")
    return rows.order_by(*(f"-{field}" if given.startswith("-") else field for field in orders[key]))


def paged(request: HttpRequest, rows: QuerySet[Model]) -> Page[Model]:
    """The page of a list that the address names; 404 where there is none."""
    paginator, number = Paginator(rows, PAGE), request.GET.get("page", "1")
    if not number.isdecimal() or len(number) > 6 or not 1 <= int(number) <= paginator.num_pages:
        raise Http404("page")
    return paginator.page(int(number))


def roles(known: type[Role] | list[Role]) -> list[tuple[str, str]]:
    """Roles with their names in the language of the page, in the order of those names."""
    language = get_language() or "ky"
    named = [(role.value, text(Catalogue.VALUES, f"role.{role.value}", language)) for role in known]
    return sorted(named, key=lambda pair: pair[1])


def told(refused: Refused) -> list[tuple[str, str, str]]:
    """Why not: (field, sentence, norm) of each finding, in the language of the page."""
    language = get_language() or "ky"
    return [
        (found.fields[0] if found.fields else "", sentences.finding(found, language), found.norm)
        for found in refused.findings
    ]
