"""Addresses of precincts at the desk: plans of the TECs, the CEC's answer, and where the register's addresses lie."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.web import acting, require_election, rule
from shailoo.commissions.models import Commission
from shailoo.commissions.proposing import agenda
from shailoo.documents.lists import WRITERS, taken_away
from shailoo.elections.models import Voting
from shailoo.law.outcome import Refused
from shailoo.voters.models import Register
from shailoo.voters.sources import actions, places, queries, words
from shailoo.voters.sources.addressing import COLUMNS
from shailoo.voters.sources.forms import ApproveForm, FileForm, ReturnForm
from shailoo.voters.sources.models import AddressPlan, Misplaced, Placement, PlanApproval
from shailoo.voters.sources.views.request import NOT_DONE, PAGE_SIZE, moment, voting_of

STREETS = ("region", "listed", "belongs", "ground", "district", "locality", "street", "voters")
SUBMIT, APPROVE = "voters.addresses.submit", "voters.addresses.approve"


@rule(*places.ADDRESSES)
@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: HttpRequest) -> HttpResponse:
    """For a TEC: send the addresses of its precincts. For the CEC and the Service: what came, and what holds."""
    voting = voting_of(request)
    tec = _tec(request)
    form = FileForm(request.POST or None, request.FILES or None) if tec is not None else None
    if request.method == "POST":
        if tec is None or form is None:
            raise PermissionDenied(SUBMIT)
        if form.is_valid():
            content = form.cleaned_data["file"].read()
            answer = actions.submit_addresses(voting, tec, content, by=acting(request), at=moment(voting))
            if isinstance(answer, AddressPlan):
                messages.success(request, _("The addresses are taken in. The CEC decides on them."))
                return redirect("voter_sources:plan", answer.pk)
            form.refuse(answer)
    page = Paginator(queries.plans(voting, tec), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"voting": voting, "page_of": page, "form": form, "columns": ",".join(COLUMNS)}
    return render(request, "voter_sources/plans.html", context, status=_status(request))


@rule(*places.ADDRESSES)
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """What a TEC has submitted, row by row, and how the CEC has answered."""
    return _plan_page(request, _plan(request, pk))


@rule(APPROVE)
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry out the CEC's decision on the borders."""
    found = _plan(request, pk)
    decisions = actions.approval(found).decisions(acting(request).body)
    form = ApproveForm(request.POST or None, decisions=decisions)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["decision"]
        answer = actions.approve_addresses(found, given, by=acting(request), at=moment(found.voting))
        if isinstance(answer, PlanApproval):
            messages.success(request, _("The borders and addresses are approved."))
            return redirect("voter_sources:plan", pk)
        form.refuse(answer)
    context = {"plan": found, "form": form, "agenda": agenda(actions.approval(found), found.tec.body)}
    return render(request, "voter_sources/approve.html", context, status=_status(request))


@rule(APPROVE)
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a plan back to its TEC."""
    found = _plan(request, pk)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        answer = actions.return_addresses(found, reason, by=acting(request), at=moment(found.voting))
        if not isinstance(answer, Refused):
            messages.success(request, _("The addresses are returned to the commission."))
            return redirect("voter_sources:plan", pk)
        form.refuse(answer)
    context = {"form": form, "title": _("Return the addresses"), "back": found.pk}
    return render(request, "voter_sources/return_plan.html", context, status=_status(request))


@rule("voters.place", "voters.sources.read")
@require_http_methods(["GET", "HEAD", "POST"])
def placement(request: HttpRequest) -> HttpResponse:
    """For the Service and the CEC: how many are listed where they live, and the streets that fit nowhere."""
    voting = voting_of(request)
    register = _register(voting)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        if register is None:
            raise Http404("no register")
        answer = actions.place_addresses(register, by=acting(request), at=moment(voting))
        if isinstance(answer, Placement):
            messages.success(request, _("The addresses of the register are placed."))
            return redirect("voter_sources:placement")
        errors = words.refusal(answer)
    last = queries.placements(register).first() if register is not None else None
    context: dict[str, object] = {
        "voting": voting,
        "placement": last,
        "errors": errors,
        "may_place": register is not None and places.may(acting(request), "voters.place"),
    }
    if last is not None:
        context |= _streets(request, last)
    return render(request, "voter_sources/placement.html", context, status=_status(request))


def _streets(request: HttpRequest, last: Placement) -> dict[str, object]:
    asked = request.GET.get("ground", "")
    ground = asked if asked in Misplaced.Ground.values else ""
    page = Paginator(queries.misplaced(last, ground), PAGE_SIZE).get_page(request.GET.get("page"))
    kinds = [(code, words.value("misplaced_ground", code), sums) for code, sums in queries.grounds(last).items()]
    rows = [(each, words.value("misplaced_ground", each.ground)) for each in page]
    return {"rows": rows, "page_of": page, "kinds": kinds, "chosen": ground}


@rule("voters.place", "voters.sources.read")
@require_safe
def streets(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The streets of a placement to take away; no house and no person is named."""
    if form not in WRITERS:
        raise Http404("no such form")
    register = _register(voting_of(request))
    found = get_object_or_404(queries.placements(register), number=number) if register is not None else None
    if found is None:
        raise Http404("no placement")
    rows = (
        (
            each.region.code,
            each.listed.number,
            each.belongs.number if each.belongs else "",
            each.ground,
            each.district,
            each.locality,
            each.street,
            each.voters,
        )
        for each in queries.misplaced(found)
    )
    return taken_away(f"misplaced-streets-{number}", form, STREETS, rows)


# ------------------------------------------------------------------------------------- the page


def _plan_page(request: HttpRequest, found: AddressPlan) -> HttpResponse:
    ranges = found.ranges.select_related("precinct").order_by("row")
    page = Paginator(ranges, PAGE_SIZE).get_page(request.GET.get("page"))
    waits = not hasattr(found, "approval") and not hasattr(found, "returned")
    context = {
        "plan": found,
        "page_of": page,
        "rows": [(each, words.value("address_side", each.parity)) for each in page],
        "may_answer": waits and places.may(acting(request), APPROVE),
    }
    return render(request, "voter_sources/plan.html", context)


def _plan(request: HttpRequest, pk: int) -> AddressPlan:
    """The plan, of an election that the office serves, and of the own commission where it is a TEC's; 404, 403."""
    found = queries.plan(pk)
    if found is None:
        raise Http404("no such plan")
    require_election(request, found.voting.election.slug)
    own = _tec(request)
    if own is not None and own.pk != found.tec_id:
        raise PermissionDenied(found.tec.body.code)
    return found


def _tec(request: HttpRequest) -> Commission | None:
    """The TEC that the office submits for; None for those who read all."""
    by = acting(request)
    if not places.may(by, SUBMIT):
        return None
    return get_object_or_404(Commission, body=by.body_id, level=Commission.Level.TEC)


def _register(voting: Voting) -> Register | None:
    return Register.objects.select_related("election", "voting").filter(election=voting.election).first()


def _status(request: HttpRequest) -> int:
    return NOT_DONE if request.method == "POST" else 200
