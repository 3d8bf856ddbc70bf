"""Published lists for everyone: sums by place, names and numbers by precinct, a search. No page asks to be found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shailoo.accounts.limits import limited
from shailoo.accounts.web import public
from shailoo.documents.lists import taken_away
from shailoo.elections.clock import now
from shailoo.elections.queries import next_voting
from shailoo.territory.models import Area
from shailoo.voters.lists import queries, words
from shailoo.voters.lists.forms import SearchForm
from shailoo.voters.lists.models import Publication
from shailoo.voters.lists.queries import Level
from shailoo.voters.models import Register

PAGE_SIZE = 50
FORMATS = ("csv", "json", "xlsx")
COLUMNS = ("number", "surname", "name", "patronymic", "precinct")
SEARCHES, WITHIN = 60, timedelta(minutes=10)  # of one address: enough for a family, too few to copy a country
View = Callable[..., HttpResponse]


def unlisted(view: View) -> View:
    """Names of people are for those who look here, not for search engines."""

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return shown


@public
@unlisted
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For a voter: the published lists by region with their sums, and the search."""
    publication = _on_site()
    regions = queries.places(publication.edition, Level.REGION) if publication else []
    context = _frame(publication) | {"regions": regions, "form": SearchForm()}
    return render(request, "voter_lists/published.html", context)


@public
@unlisted
@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """A region with its districts, or a district with its precincts; every sum follows from the lists below it."""
    publication = _published_or_404()
    found = Area.objects.filter(code=code).select_related("parent").first()
    if found is None or found.kind == Area.Kind.COUNTRY:
        raise Http404(code)
    regions = {each.area.pk: each for each in queries.places(publication.edition, Level.REGION)}
    region = regions.get(found.pk)
    districts = queries.places(publication.edition, Level.DISTRICT, region=found) if region else []
    parted = region is not None and len(districts) > 1
    context = _precincts(request, publication, found, region if not parted else None)
    if region is not None and parted:
        context |= {"districts": [each for each in districts if each.area != found], "sum": region}
    elif not context["counted"]:
        raise Http404(code)
    trail = [(_("Voter lists"), reverse("published_lists:index"))]
    if not region and found.parent is not None and found.parent_id in regions:
        trail.append((words.name(found.parent), _area_page(found.parent)))
    trail.append((words.name(found), ""))
    return render(request, "voter_lists/area.html", _frame(publication) | context | {"area": found, "trail": trail})


@public
@unlisted
@require_safe
def precinct(request: HttpRequest, number: str) -> HttpResponse:
    """The names of one precinct's list with their numbers, fifty a page."""
    publication = _published_or_404()
    found = queries.published_list(publication, number)
    if found is None:
        raise Http404(number)
    page = Paginator(queries.names(publication, found), PAGE_SIZE).get_page(request.GET.get("page"))
    files = [(form.upper(), reverse("published_lists:precinct_file", args=[number, form])) for form in FORMATS]
    context = _frame(publication) | {
        "list": found,
        "page_of": page,
        "exports": files,
        "trail": [
            (_("Voter lists"), reverse("published_lists:index")),
            (words.name(found.region), _area_page(found.region)),
            (_("Precinct %(number)s") % {"number": number}, ""),
        ],
    }
    return render(request, "voter_lists/published_list.html", context)


@public
@unlisted
@require_safe
def precinct_file(_request: HttpRequest, number: str, form: str) -> HttpResponse:
    """The same list as a file: number and names, nothing else."""
    publication = _published_or_404()
    found = queries.published_list(publication, number)
    if found is None or form not in FORMATS:
        raise Http404(number)
    rows = queries.names(publication, found).values_list("number", "surname", "name", "patronymic")
    return taken_away(f"list-{found.number}", form, COLUMNS, [(*row, number) for row in rows])


@public
@limited("voter_lists.search", per="ip", most=SEARCHES, within=WITHIN)
@unlisted
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """For a voter who looks for a name in all lists. What is looked for stands in no address and in no log."""
    publication = _published_or_404()
    form = SearchForm(request.POST)
    asked = queries.asked_for(form.cleaned_data["q"]) if form.is_valid() else ""
    if form.is_valid() and not asked:
        form.add_error("q", _("Write the surname and the first letter of the name."))
    hits = queries.search(publication, asked) if asked else []
    context = _frame(publication) | {
        "form": form,
        "hits": hits[: queries.MOST],
        "more": len(hits) > queries.MOST,
        "most": queries.MOST,
        "asked": bool(asked),
    }
    response = render(request, "voter_lists/search.html", context, status=200 if asked else 422)
    response["Cache-Control"] = "no-store"
    return response


# ------------------------------------------------------------------------------------- the pages


def _on_site() -> Publication | None:
    """What stands on the site of the latest voting."""
    voting = next_voting()
    register = Register.objects.filter(voting=voting).first() if voting else None
    return queries.on_site(register, now(voting.election)) if voting and register else None


def _published_or_404() -> Publication:
    found = _on_site()
    if found is None:
        raise Http404("no list is on the site")
    return found


def _frame(publication: Publication | None) -> dict[str, object]:
    if publication is None:
        return {"publication": None}
    edition = publication.edition
    return {
        "publication": publication,
        "edition": edition,
        "election": edition.register.election,
        "called": words.edition(edition),
    }


def _precincts(
    request: HttpRequest, publication: Publication, area: Area, region: queries.Place | None
) -> dict[str, object]:
    """The precincts of a region without districts, or those that belong to a district, or to a region directly."""
    edition = publication.edition
    lists = queries.lists_of(edition, region=area) if region else queries.lists_of(edition, district=area)
    counted, voters = queries.sum_of(lists)
    page = Paginator(lists, PAGE_SIZE).get_page(request.GET.get("page"))
    return {"page_of": page, "counted": counted, "voters": voters}


def _area_page(area: Area) -> str:
    return reverse("published_lists:area", args=[area.code])
