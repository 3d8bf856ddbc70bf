"""Precincts whose results are invalid: the decisions, and making one (L37.4)."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.web import rule
from shailoo.commissions.proposing import agenda
from shailoo.elections.models import Voting
from shailoo.law.outcome import Refused
from shailoo.results import actions, matters, queries, words
from shailoo.results.forms import InvalidationForm, LiftForm
from shailoo.results.models import Invalidation
from shailoo.results.views.desk import acting, now, refuse, scene, voting_or_404
from shailoo.territory.models import Precinct


@rule("results.read")
@require_safe
def invalidations(request: HttpRequest) -> HttpResponse:
    """For TEC chairs and the CEC: every decision on the validity of a precinct's results, and the form for one.

    A precinct that is named leads on to the agenda of a sitting, where its results are decided upon.
    """
    voting = voting_or_404(request)
    if number := request.GET.get("precinct", "").strip():
        precinct = Precinct.objects.filter(number=number, votings__voting=voting).first()
        if precinct is not None:
            return redirect(agenda(matters.invalidation(voting, precinct), voting.election))
        messages.error(request, _("No precinct %(number)s votes.") % {"number": number})
    return _page(request, voting, _form(request, voting))


@rule("results.invalidate")
@require_POST
def declare(request: HttpRequest) -> HttpResponse:
    """Declare a precinct's results invalid."""
    voting = voting_or_404(request)
    form = _form(request, voting, request.POST)
    if form.is_valid():
        number = matters.precinct_of(form.cleaned_data["decision"])
        precinct = Precinct.objects.filter(number=number, votings__voting=voting).first()
        if precinct is None:
            form.add_error("decision", _("The decision names no precinct that votes."))
        else:
            answer = actions.invalidate(voting, precinct, form.grounds(), by=acting(request), at=now(voting))
            if not isinstance(answer, Refused):
                messages.success(request, _("The results of precinct %(number)s are invalid.") % {"number": precinct})
                return redirect("results:invalidations")
            refuse(form, answer, queries.tabulate(voting))
    return _page(request, voting, form, status=422)


@rule("results.invalidate")
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift an invalidation by a later decision: the form by GET, the act by POST."""
    voting = voting_or_404(request)
    standing = _standing(voting).filter(pk=pk).first()
    if standing is None:
        raise Http404(str(pk))
    asked = matters.lifting(voting, standing.precinct)
    form = LiftForm(request.POST or None, decisions=asked.decisions(acting(request).body))
    if request.method == "POST" and form.is_valid():
        grounds = form.grounds(Invalidation.Ground(standing.ground))
        answer = actions.lift(voting, standing.precinct, grounds, by=acting(request), at=now(voting))
        if not isinstance(answer, Refused):
            messages.success(request, _("The precinct is in the sums again."))
            return redirect("results:invalidations")
        refuse(form, answer, queries.tabulate(voting))
    status = 422 if request.method == "POST" else 200
    page = {**scene(request, voting), "form": form, "standing": standing, "agenda": agenda(asked, voting.election)}
    return render(request, "results/lift.html", page, status=status)


def _form(request: HttpRequest, voting: Voting, data: QueryDict | None = None) -> InvalidationForm:
    return InvalidationForm(data, decisions=matters.invalidations(voting, acting(request).body))


def _standing(voting: Voting) -> QuerySet[Invalidation]:
    return Invalidation.objects.filter(voting=voting, lifts__isnull=True, lifted_by__isnull=True)


def _page(request: HttpRequest, voting: Voting, form: InvalidationForm, status: int = 200) -> HttpResponse:
    made = Invalidation.objects.filter(voting=voting).select_related("precinct", "office__body", "lifted_by")
    return render(
        request,
        "results/invalidations.html",
        {
            **scene(request, voting),
            "form": form,
            "national": queries.tabulate(voting).national,
            "rows": [(each, words.GROUNDS[Invalidation.Ground(each.ground)]) for each in made.order_by("-at", "-pk")],
        },
        status=status,
    )
