"""The register of applications for mobile voting: at the desk of its precinct, and in numbers for everybody."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.web import acting, public, reads_personal, require_election, rule
from shailoo.documents.lists import taken_away
from shailoo.documents.sealed.actions import ErasedError
from shailoo.documents.serving import served
from shailoo.elections.models import VotingPrecinct
from shailoo.elections.queries import next_voting
from shailoo.law.outcome import Refused
from shailoo.voters.applications import actions, law_of, matters, queries, words
from shailoo.voters.applications import dossier as dossiers
from shailoo.voters.applications.forms import MobileForm
from shailoo.voters.applications.papers.issuing import mobile_register
from shailoo.voters.applications.views import frame
from shailoo.voters.applications.views.frame import MOBILE, NOT_DONE

PERSONAL = "applications for mobile voting"
PAGE_SIZE = 50
COLUMNS = ("precinct", "region", "tec", "applications")
FORMS = ("csv", "json", "xlsx")


@rule(MOBILE)
@reads_personal(PERSONAL)
@never_cache
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """For a PEC secretary: who has asked for the mobile box, until when more may, and whether the register hangs."""
    return _page(request, _place(request))


def _place(request: HttpRequest) -> VotingPrecinct:
    voting = frame.served(request, next_voting())
    if not law_of.takes_mobile(voting):
        raise Http404("no mobile voting before this day")
    return frame.own_place(request, voting)


def _page(request: HttpRequest, place: VotingPrecinct, errors: list[tuple[str, str]] | None = None) -> HttpResponse:
    voting = place.voting
    rows = queries.register(voting, place.precinct)
    numbered = dict(queries.names(rows))
    context = {
        "election": voting.election,
        "place": place.precinct,
        "rows": [(each, numbered[each.number]) for each in rows],
        "posting": queries.posting(voting, place.precinct),
        "ends": law_of.term(voting, law_of.MOBILE_END).closes,
        "posts": law_of.term(voting, law_of.MOBILE_POSTED),
        "now": frame.now(voting),
        "errors": errors or [],
    }
    return render(request, "voter_applications/mobile.html", context, status=NOT_DONE if errors else 200)


@rule(MOBILE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """For a PEC secretary: enter a voter's written application."""
    place = _place(request)
    form = MobileForm(request.POST or None, own=place, decisions=matters.military_decisions(place))
    if request.method == "POST" and form.is_valid():
        at = frame.now(place.voting)
        answer = actions.register_mobile(form.filing(), by=acting(request), at=at)
        if not isinstance(answer, Refused):
            number = answer.request.number
            messages.success(
                request, _("The application stands in the register as No. %(number)s.") % {"number": number}
            )
            return redirect("voter_applications:mobile")
        form.refuse(answer)
    context = {"form": form, "election": place.voting.election, "place": place.precinct}
    status = NOT_DONE if request.method == "POST" else 200
    return render(request, "voter_applications/mobile_new.html", context, status=status)


@rule(MOBILE)
@reads_personal(PERSONAL, subject="mobile_request:{pk}")
@never_cache
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """For those who go to the voter: why the voter cannot come, and where the voter is."""
    found = queries.request(pk)
    if found is None:
        raise Http404(str(pk))
    require_election(request, found.voting.election.slug)
    if frame.own_place(request, found.voting).precinct_id != found.precinct_id:
        raise Http404(str(pk))
    try:
        told = dossiers.read(found.dossier)
    except ErasedError:
        told = None
    context = {
        "request_of": found,
        "election": found.voting.election,
        "dossier": told,
        "reason": words.capital(words.value("mobile_reason", told.reason)) if told else "",
    }
    return render(request, "voter_applications/mobile_one.html", context)


@rule(MOBILE)
@reads_personal(PERSONAL)
@never_cache
@require_safe
def register_paper(request: HttpRequest) -> HttpResponse:
    """For a PEC secretary: the register to be printed and posted, without reasons."""
    place = _place(request)
    rows = queries.names(queries.register(place.voting, place.precinct))
    content = mobile_register(place, rows, words.language(), at=frame.now(place.voting))
    return served(content, "application/pdf", f"mobile-{place.precinct.number}.pdf")


@rule(MOBILE)
@reads_personal(PERSONAL)
@require_POST
def post(request: HttpRequest) -> HttpResponse:
    """For a PEC secretary: record that the register hangs at the station."""
    place = _place(request)
    answer = actions.post_register(place, by=acting(request), at=frame.now(place.voting))
    if isinstance(answer, Refused):
        return _page(request, place, words.refusal(answer))
    messages.success(request, _("It is recorded that the register is posted."))
    return redirect("voter_applications:mobile")


# ------------------------------------------------------------------------------------- in public


@public
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """For observers and journalists: how many have asked for the mobile box in each precinct; nobody's name."""
    voting = next_voting()
    if voting is None:
        raise Http404("no voting")
    rows = queries.by_precinct(voting)
    search = request.GET.get("q", "").strip()[:16].replace("\x00", "")
    found = rows.filter(precinct__number__startswith=search) if search else rows
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "election": voting.election,
        "search": search,
        "page_of": page,
        "total": queries.all_mobile_requests(voting),
        "now": frame.now(voting),
        "exports": [(form.upper(), reverse("voter_applications_public:mobile_file", args=[form])) for form in FORMS],
        "trail": [(str(words.PUBLIC), reverse("voter_applications_public:start")), (_("Mobile voting"), "")],
    }
    return render(request, "voter_applications/public/mobile.html", context)


@public
@require_safe
def numbers_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same numbers to take away."""
    del request  # the same for everybody
    voting = next_voting()
    if voting is None:
        raise Http404("no voting")
    rows = [
        (each.precinct.number, each.region.code, each.tec.body.code, each.requests)  # type: ignore[attr-defined]  # annotated
        for each in queries.by_precinct(voting)
    ]
    return taken_away(f"{voting.election.slug}-mobile-voting", form, COLUMNS, rows)
