"""One precinct's list at the desk: its way to the voters, its lines for whoever may read them, and its posting."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.web import acting, may_do, reads_personal, rule
from shailoo.documents.sealed.actions import opened
from shailoo.documents.serving import served
from shailoo.elections.clock import local
from shailoo.law.outcome import Refused
from shailoo.law.voters.papers import Column
from shailoo.voters.lists import actions, queries, words
from shailoo.voters.lists.columns import Copy, columns
from shailoo.voters.lists.forms import FindForm, posting_form
from shailoo.voters.lists.models import Stage, VoterList
from shailoo.voters.lists.views import scene

NOT_DONE = 422
PAGE_SIZE = 50
SEES = ("voters.lists.read", "voters.lists.oversee")


@rule(*SEES)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """For a precinct commission and whoever oversees it: what the list is, what was done with it, what is due."""
    found = scene.list_for(request, pk, *SEES)
    register = found.edition.register
    ways = queries.ways(register, scene.moment(register), precinct=found.precinct_id)
    verdict = ways[0].verdict
    postings = queries.postings_of(found)
    context = _frame(found) | {
        "postings": postings,
        "late": [words.finding(each) for stage in Stage for each in verdict.of(stage)],
        "steps": words.steps(verdict.steps),
        "current": ways[0].list_id == found.pk,
        "may_read": may_do(request, "voters.lists.read"),
        "may_post": ways[0].list_id == found.pk and may_do(request, "voters.lists.post"),
    }
    return render(request, "voter_lists/list.html", context)


@rule("voters.lists.read")
@reads_personal("voter list", subject="voter_list:{pk}")
@require_http_methods(["GET", "HEAD", "POST"])
def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines of a list, fifty a page; a name looked for is sent in the body of the request, never in an address."""
    found = scene.list_for(request, pk, "voters.lists.read")
    form = FindForm(request.POST or None)
    page = Paginator(range(1, found.voters + 1), PAGE_SIZE).get_page(request.GET.get("page"))
    if request.method == "POST":
        rows = queries.found_in(found, form.cleaned_data["q"], PAGE_SIZE) if form.is_valid() else []
    else:
        rows = queries.lines(found, page.start_index() or 1, PAGE_SIZE)
    shown = set(columns(found.edition.stage, Copy.FULL))
    context = _frame(found) | {
        "form": form,
        "rows": rows,
        "page_of": page,
        "searched": request.method == "POST",
        "shows_birth": Column.BIRTH_DATE in shown,
        "shows_residence": Column.PERMANENT_RESIDENCE in shown,
    }
    status = NOT_DONE if request.method == "POST" and form.errors else 200
    return render(request, "voter_lists/lines.html", context, status=status)


@rule("voters.lists.post")
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """For a precinct commission: that the list hangs, since when, where, with a photograph."""
    found = scene.list_for(request, pk, "voters.lists.post")
    register = found.edition.register
    earlier = next(iter(queries.postings_of(found)), None)
    made = posting_form(earlier)
    now = local(scene.moment(register))
    form = made(request.POST or None, request.FILES or None, initial={"day": now.date(), "hour": now.time()})
    if request.method == "POST" and form.is_valid():
        answer = actions.post_list(found, form.told, by=acting(request), at=scene.moment(register))
        if not isinstance(answer, Refused):
            messages.success(request, _("The posting is recorded."))
            return redirect("voter_lists:list", pk)
        form.refuse(answer)
    context = _frame(found) | {"form": form, "earlier": earlier}
    return render(request, "voter_lists/post.html", context, status=NOT_DONE if form.errors else 200)


@rule("voters.lists.read")
@reads_personal("photograph of a posted list", subject="voter_list:{pk}")
@require_safe
def photograph(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """The photograph of a posting: voters' names can be read on it."""
    found = scene.list_for(request, pk, "voters.lists.read")
    posting = next((each for each in queries.postings_of(found) if each.version == version), None)
    if posting is None or posting.photograph is None or posting.photograph.is_erased:
        raise Http404("no photograph")
    kind = posting.photograph.media_type
    return served(opened(posting.photograph), kind, f"{found.number}-{version}.{kind.rpartition('/')[2]}")


def _frame(found: VoterList) -> dict[str, object]:
    return {
        "list": found,
        "edition": found.edition,
        "election": found.edition.register.election,
        "called": words.edition(found.edition),
        "colour": words.COLOURS[found.edition.stage],
    }
