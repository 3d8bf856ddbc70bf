"""The lists at the desk: editions and sums for whoever oversees them; no page of this module shows a voter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.web import acting, may_do, rule
from shailoo.documents.lists import Cell, taken_away
from shailoo.elections.clock import local
from shailoo.law.outcome import Refused
from shailoo.voters.lists import actions, jobs, queries, words
from shailoo.voters.lists.forms import WaysForm
from shailoo.voters.lists.models import Edition, Stage
from shailoo.voters.lists.queries import Level, Way
from shailoo.voters.lists.views import scene
from shailoo.voters.models import Register

NOT_DONE = 422
PAGE_SIZE = 50
FORMATS = ("csv", "json", "xlsx")
COLUMNS = ("precinct", "region", "list", "voters", *(f"{stage}_posted" for stage in Stage.values), "late")
"""The columns of the file of postings."""


@rule("voters.lists.oversee", "voters.lists.read")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For the CEC and the TECs: the editions, and how far the lists have come. A PEC is led to its own list."""
    return _index(request)


def _index(request: HttpRequest, errors: list[tuple[str, str]] | None = None) -> HttpResponse:
    register = scene.register_of(request)
    own = scene.own_precinct(request)
    if own is not None:
        return _own(request, register, own)
    editions = list(queries.editions(register)) if register else []
    found = queries.ways(register, scene.moment(register), tec=scene.own_tec(request)) if register and editions else []
    stages = [stage for stage in Stage if any(each.stage == stage for each in editions)]
    context = {
        "errors": errors or [],
        "register": register,
        "election": register.election if register else None,
        "rows": [(each, words.edition(each), words.COLOURS[each.stage]) for each in editions],
        "counts": [(each, words.stage(each.stage)) for each in queries.counts(found, stages)],
        "stages": _open_stages(register, editions) if may_do(request, "voters.lists.compile") else [],
        "empty": sum(each.voters == 0 for each in found),
    }
    return render(request, "voter_lists/index.html", context, status=NOT_DONE if errors else 200)


def _own(request: HttpRequest, register: Register | None, precinct: int) -> HttpResponse:
    """The way of a precinct commission to its own list."""
    found = queries.ways(register, scene.moment(register), precinct=precinct) if register else []
    if found and found[0].list_id is not None:
        return redirect("voter_lists:list", found[0].list_id)
    return render(request, "voter_lists/none.html", {"register": register})


def _open_stages(register: Register | None, editions: Sequence[Edition]) -> list[tuple[str, str]]:
    """The stages that may be compiled next: what is over is not offered; the act itself asks the law."""
    if register is None:
        return []
    order = list(Stage)
    last = max((order.index(Stage(each.stage)) for each in editions), default=0)
    closed = hasattr(register, "closing")
    stages = [stage for stage in order[last : last + 2] if (stage is Stage.FINAL) == closed]
    return [(stage.value, words.stage(stage.value)) for stage in stages]


@rule("voters.lists.compile")
@require_POST
def compile_edition(request: HttpRequest) -> HttpResponse:
    """Begin to freeze the lists of a stage as the register stands; of a country that takes half a minute."""
    register = scene.register_of(request)
    stage = request.POST.get("stage", "")
    if register is None or stage not in Stage.values:
        raise Http404("no such stage")
    by = acting(request)
    answer = actions.not_to_compile(register, Stage(stage), by=by, at=scene.moment(register)) or jobs.compiling(
        register, Stage(stage), by=by, at=timezone.now()
    )
    if isinstance(answer, Refused):
        return _index(request, words.refusal(answer))
    return redirect("jobs:work", answer.pk)


@rule("voters.lists.oversee")
@require_safe
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition: its sums by region and district, and what it changes against the one before."""
    return _edition(request, scene.edition_or_404(request, pk))


def _edition(request: HttpRequest, found: Edition, errors: list[tuple[str, str]] | None = None) -> HttpResponse:
    publication = getattr(found, "publication", None)
    taking_down = getattr(publication, "taking_down", None)
    may_publish = may_do(request, "voters.lists.publish")
    over = queries.results_published(found.register, scene.moment(found.register))
    changed = queries.changed_in_all(found)
    context = _frame(found) | {
        "errors": errors or [],
        "regions": queries.places(found, Level.REGION),
        "districts": queries.places(found, Level.DISTRICT),
        "changed": changed,
        "against": found.differences.select_related("against").first() if changed else None,
        "publication": publication,
        "taking_down": taking_down,
        "may_publish": may_publish and publication is None and found.stage != Stage.CONTROL and not over,
        "may_take_down": may_publish and publication is not None and taking_down is None and over,
    }
    return render(request, "voter_lists/edition.html", context, status=NOT_DONE if errors else 200)


@rule("voters.lists.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the names on the site, once it was asked again: what stood there before goes."""
    found = scene.edition_or_404(request, pk)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        by = acting(request)
        answer = actions.not_to_publish(found, by=by, at=scene.moment(found.register)) or jobs.publishing(
            found, by=by, at=timezone.now()
        )
        if not isinstance(answer, Refused):
            return redirect("jobs:work", answer.pk)
        errors = words.refusal(answer)
    context = _frame(found) | {"errors": errors}
    return render(request, "voter_lists/publish.html", context, status=NOT_DONE if errors else 200)


@rule("voters.lists.publish")
@require_POST
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the names off the site when the election is over."""
    found = scene.edition_or_404(request, pk)
    publication = getattr(found, "publication", None)
    if publication is None:
        raise Http404("not published")
    by = acting(request)
    answer = actions.not_to_take_down(publication, by=by, at=scene.moment(found.register)) or jobs.taking_down(
        publication, by=by, at=timezone.now()
    )
    if isinstance(answer, Refused):
        return _edition(request, found, words.refusal(answer))
    return redirect("jobs:work", answer.pk)


@rule("voters.lists.oversee")
@require_safe
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """What an edition changes in each precinct against the one before it."""
    found = scene.edition_or_404(request, pk)
    page = Paginator(queries.differences(found), PAGE_SIZE).get_page(request.GET.get("page"))
    context = _frame(found) | {"page_of": page}
    return render(request, "voter_lists/differences.html", context)


@rule("voters.lists.oversee")
@require_safe
def postings(request: HttpRequest) -> HttpResponse:
    """Which precincts have posted their lists, and which are late, with what the law says of each."""
    register = _register_or_404(request)
    found = queries.ways(register, scene.moment(register), tec=scene.own_tec(request))
    form, chosen = _chosen(request, found)
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    stages = [stage for stage in Stage if any(stage in each.posted or each.verdict.of(stage) for each in found)]
    query = request.GET.urlencode()
    files = [
        (form_.upper(), reverse("voter_lists:postings_file", args=[form_]) + (f"?{query}" if query else ""))
        for form_ in FORMATS
    ]
    context = {
        "election": register.election,
        "form": form,
        "page_of": page,
        "rows": [(each, _days(each), _late(each)) for each in page],
        "stages": [words.stage(stage.value) for stage in Stage],
        "counts": [(each, words.stage(each.stage)) for each in queries.counts(found, stages)],
        "exports": files,
    }
    return render(request, "voter_lists/postings.html", context)


@rule("voters.lists.oversee")
@require_safe
def postings_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same rows as a file."""
    register = _register_or_404(request)
    if form not in FORMATS:
        raise Http404(form)
    found = queries.ways(register, scene.moment(register), tec=scene.own_tec(request))
    _form, chosen = _chosen(request, found)
    rows = [_cells(each) for each in chosen]
    return taken_away(f"{register.election.slug}-postings", form, COLUMNS, rows)


# ------------------------------------------------------------------------------------- the pages


def _register_or_404(request: HttpRequest) -> Register:
    found = scene.register_of(request)
    if found is None:
        raise Http404("no register")
    return found


def _frame(found: Edition) -> dict[str, object]:
    return {
        "edition": found,
        "election": found.register.election,
        "called": words.edition(found),
        "colour": words.COLOURS[found.stage],
    }


def _chosen(request: HttpRequest, found: Sequence[Way]) -> tuple[WaysForm, list[Way]]:
    areas = {each.region.pk: each.region for each in found}
    ordered = sorted(areas.values(), key=lambda area: area.code)
    form = WaysForm(request.GET or None, regions=[(area, words.name(area)) for area in ordered])
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    chosen = [each for each in found if not given.get("late") or each.late]
    return form, [each for each in chosen if not given.get("region") or each.region.code == given["region"]]


def _days(each: Way) -> list[tuple[str, datetime | None]]:
    """Each stage, and when its list was posted."""
    return [(words.stage(stage.value), each.posted.get(stage)) for stage in Stage]


def _late(each: Way) -> list[str]:
    return [words.finding(found) for stage in Stage for found in each.verdict.of(stage)]


def _cells(each: Way) -> Sequence[Cell]:
    days = [local(each.posted[stage]).isoformat(timespec="minutes") if stage in each.posted else "" for stage in Stage]
    norms = " ".join(dict.fromkeys(found.norm for stage in Stage for found in each.verdict.of(stage)))
    return (each.precinct_number, each.region.code, each.number, each.voters, *days, norms)
