"""Lots at the desk of the commission that draws: prepare, publish, enter the digits, draw."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.roles import Role
from shailoo.accounts.web import acting, may_do, require_election, rule
from shailoo.commissions import clocks
from shailoo.commissions.models import Commission
from shailoo.commissions.queries import members_of
from shailoo.law.lots.listing import Purpose
from shailoo.law.outcome import Refused
from shailoo.lots import actions, queries, words
from shailoo.lots.actions.seeding import next_round
from shailoo.lots.forms import DigitsForm, ListForm, PurposeForm, VoidForm, offered
from shailoo.lots.models import Draw
from shailoo.lots.papers import occasion_of
from shailoo.lots.states import Act, State, acts_open_to
from shailoo.lots.views.public import LIST_SIZE

NOT_DONE = 422  # what was sent is understood and refused; the page shows it again
PAGE_SIZE = 30
READS = ("lots.freeze", "lots.enter_seed", "lots.draw")
SAID = {
    actions.Entered.FIRST: gettext_lazy("Your entry is kept. Now another person enters the same digits."),
    actions.Entered.EQUAL: gettext_lazy("Both entries agree. The lot can be drawn."),
    actions.Entered.DIFFERENT: gettext_lazy(
        "The two entries differ. Both stay on record; two people enter them again."
    ),
}


@rule(*READS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For the members of a commission: its lots, and preparing one."""
    commission = _commission(request)
    page = Paginator(queries.lots_of(commission), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(each, words.purpose(each), words.value("lot_state", each.state), _colour(each)) for each in page]
    context = {
        "rows": rows,
        "page_of": page,
        "total": page.paginator.count,
        "may_freeze": may_do(request, "lots.freeze"),
    }
    return render(request, "lots/desk_index.html", context)


@rule("lots.freeze")
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest) -> HttpResponse:
    """For the secretary: what the lot decides, then its list; freezing it is the act."""
    commission = _commission(request)
    asked = request.GET.get("purpose", "")
    if asked not in {each.value for each in offered(commission)}:
        form = PurposeForm(request.GET if "purpose" in request.GET else None, commission=commission)
        status = NOT_DONE if form.is_bound else 200
        return render(request, "lots/prepare.html", {"form": form}, status=status)
    purpose = Purpose(asked)
    form_of_list = ListForm(
        request.POST or None,
        request.FILES or None,
        purpose=purpose,
        members=list(members_of(commission.body, clocks.now())),
        occasions=clocks.occasions(),
    )
    if request.method == "POST" and form_of_list.is_valid():
        plan = form_of_list.plan()
        answer = actions.freeze_list(commission, plan, by=acting(request), at=clocks.now(plan.election))
        if not isinstance(answer, Refused):
            messages.success(request, _("The list is frozen. Look at it once more, then publish it."))
            return redirect("lots_desk:lot", answer.pk)
        form_of_list.refuse(answer)
    context = {
        "form": form_of_list,
        "purpose": words.capital(words.value("lot_purpose", purpose.value)),
        "norms": words.norms(purpose),
    }
    return render(request, "lots/prepare_list.html", context, status=NOT_DONE if request.method == "POST" else 200)


@rule(*READS)
@require_safe
def lot(request: HttpRequest, pk: int) -> HttpResponse:
    """For the chair, the secretary and the members: where the lot stands, and the one thing that is next."""
    return _page(request, _lot(request, pk))


@rule("lots.freeze")
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the list public."""
    draw = _lot(request, pk)
    return _after(
        request, draw, actions.publish_list(draw, by=acting(request), at=_now(draw)), _("The list is public.")
    )


@rule("lots.enter_seed")
@require_http_methods(["GET", "HEAD", "POST"])
def digits(request: HttpRequest, pk: int) -> HttpResponse:
    """For a member at the table: the digits of the dice, typed without seeing another's."""
    draw, own = _lot(request, pk), acting(request)
    form = DigitsForm(request.POST or None, sittings=queries.open_sittings(own))
    if request.method == "POST" and form.is_valid():
        sitting = form.cleaned_data["sitting"]
        answer = actions.enter_seed(draw, sitting, form.cleaned_data["digits"], by=own, at=_now(draw))
        if not isinstance(answer, Refused):
            done = answer is not actions.Entered.DIFFERENT
            (messages.success if done else messages.warning)(request, str(SAID[answer]))
            return redirect("lots_desk:lot", pk)
        form.refuse(answer)
    found = next_round(draw)
    context = _frame(draw) | {
        "form": form,
        "round": found,
        "entering": queries.entering(found, own.person_id) if found else None,
        "role": words.value("lot_role", found.role) if found and found.role else "",
        "present": queries.open_sittings(own).exists(),
    }
    return render(request, "lots/digits.html", context, status=NOT_DONE if request.method == "POST" else 200)


@rule("lots.draw")
@require_POST
def draw_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute the order from the digits."""
    draw = _lot(request, pk)
    answer = actions.draw_round(draw, by=acting(request), at=_now(draw))
    return _after(request, draw, answer, _("The round is drawn."))


@rule("lots.freeze", "lots.draw")
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a lot up before any dice, with a reason."""
    draw = _lot(request, pk)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = actions.void(draw, form.cleaned_data["reason"], by=acting(request), at=_now(draw))
        if not isinstance(answer, Refused):
            messages.success(request, _("The lot is given up. It stays readable with its reason."))
            return redirect("lots_desk:lot", pk)
        form.refuse(answer)
    status = NOT_DONE if request.method == "POST" else 200
    return render(request, "lots/void.html", _frame(draw) | {"form": form}, status=status)


# ------------------------------------------------------------------------------------- the page


def _page(request: HttpRequest, draw: Draw) -> HttpResponse:
    own = acting(request)
    found = next_round(draw)
    rounds = queries.rounds_of(draw)
    context = _frame(draw) | {
        "acts": {act.value for act in acts_open_to(Role(own.role), State(draw.state))} - _closed(draw),
        "items": Paginator(queries.items_of(draw), LIST_SIZE).get_page(request.GET.get("page")),
        "next": found,
        "entering": queries.entering(found, own.person_id) if found else None,
        "rounds": [
            (each, words.capital(words.value("lot_role", each.role)) if each.role else "", hasattr(each, "result"))
            for each in rounds
        ],
        "public": hasattr(draw, "publication"),
    }
    return render(request, "lots/desk_lot.html", context)


def _closed(draw: Draw) -> set[str]:
    """What the table would offer and the dice have closed."""
    thrown = any(each.entries.exists() for each in draw.rounds.all())
    return {Act.VOID.value} if thrown else set()


def _frame(draw: Draw) -> dict[str, object]:
    return {
        "draw": draw,
        "election": occasion_of(draw),
        "purpose": words.purpose(draw),
        "norms": words.norms(Purpose(draw.purpose)),
        "state": words.value("lot_state", draw.state),
        "colour": _colour(draw),
    }


def _after(request: HttpRequest, draw: Draw, answer: object, done: str) -> HttpResponse:
    """Back to the lot, with what was done or why it was not."""
    if isinstance(answer, Refused):
        for sentence in words.refusal(answer):
            messages.warning(request, sentence)
    else:
        messages.success(request, done)
    return redirect("lots_desk:lot", draw.pk)


def _lot(request: HttpRequest, pk: int) -> Draw:
    """The lot, if it is one of the office's own commission; 404 and 403 else."""
    draw = get_object_or_404(queries.lots(), pk=pk)
    if draw.commission_id != acting(request).body_id:
        raise PermissionDenied
    if draw.election:
        require_election(request, draw.election)
    return draw


def _commission(request: HttpRequest) -> Commission:
    found = Commission.objects.select_related("body").filter(pk=acting(request).body_id).first()
    if found is None:
        raise Http404("no commission")
    return found


def _now(draw: Draw) -> datetime:
    return clocks.now(draw.election)


def _colour(draw: Draw) -> str:
    return words.COLOURS[State(draw.state)]
