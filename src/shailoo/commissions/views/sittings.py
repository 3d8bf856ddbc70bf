"""The calendar of our sittings, calling one, its agenda, opening and closing it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import rule
from shailoo.commissions import actions, clocks, register, words
from shailoo.commissions.exports import sittings_file
from shailoo.commissions.forms import CallForm, ItemForm, ReasonForm, SittingsSearch
from shailoo.commissions.law_of import BISHKEK
from shailoo.commissions.models import AgendaItem, Commission, Sitting
from shailoo.commissions.states import ItemState
from shailoo.commissions.views import session
from shailoo.commissions.views.scene import acting, done, exports, item_or_404, may, now, own, sitting_or_404, together
from shailoo.law.outcome import Refused
from shailoo.wording import LANGUAGES


@rule("commissions.read")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For a member: when we sit next, and every sitting before."""
    commission = own(request)
    form = SittingsSearch(request.GET)
    page = register.page_of(form.found(body=commission.body.code), request.GET)
    context = {
        "commission": commission,
        "form": form,
        "page_of_rows": page,
        "rows": list(page.object_list),
        "may_call": Role(acting(request).role) in MAY["commissions.call_sitting"],
        "exports": exports(request, "commissions:sittings_file"),
    }
    return render(request, "commissions/sittings.html", context)


@rule("commissions.read")
@require_safe
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The sittings of ours that the filter of the address finds, to take away."""
    return sittings_file(SittingsSearch(request.GET).found(body=own(request).body.code), form)


@rule("commissions.call_sitting")
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """For the chair or the secretary: call a sitting; its agenda is made on the page that follows.

    A question that the address names, because a page that needs a decision led here, goes on to that page.
    """
    commission, asked = own(request), session.about(request)
    form = CallForm(request.POST or None, occasions=clocks.occasions(), initial=_usual(commission) | _named(request))
    if request.method == "POST" and form.is_valid():
        plan = form.plan()
        answer = actions.call_sitting(commission, plan, by=acting(request), at=clocks.now(plan.election))
        if not isinstance(answer, Refused):
            messages.success(request, _("The sitting is called. Now its agenda."))
            place = reverse("commissions:sitting", args=[answer.pk])
            return redirect(f"{place}?{urlencode(asked)}#agenda" if asked else place)
        form.refuse(answer)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "commission": commission, "asked": _title_of(asked)}
    return render(request, "commissions/call.html", context, status=status)


def _usual(commission: Commission) -> dict[str, object]:
    """What most sittings have: the latest election, the place of the last sitting, today by that election's clock."""
    election = next((each.slug for each in clocks.occasions()), "")
    last = register.calendar(commission.body.code).first()
    today = clocks.now(election).astimezone(BISHKEK).date()
    places = {f"place_{code}": getattr(last, f"place_{code}", "") for code in LANGUAGES}
    return {"kind": "regular", "election": election, **places, "day": today}


def _named(request: HttpRequest) -> dict[str, object]:
    """The kind of sitting that the page which led here needs."""
    kind = request.GET.get("kind", "")
    return {"kind": kind} if kind in Sitting.Kind.values else {}


def _title_of(asked: Mapping[str, str]) -> str:
    """The title of a question in the language of the page, else in the first that it has; "" without one."""
    languages = dict.fromkeys((words.language(), *LANGUAGES))
    return next((asked[f"title_{code}"] for code in languages if asked.get(f"title_{code}")), "")


@rule("commissions.read")
@require_safe
def sitting(request: HttpRequest, pk: int) -> HttpResponse:
    """For the secretary on a bad night: who is here, whether we may decide, the question, the votes, the result."""
    return session.page(request, sitting_or_404(request, pk))


@rule("commissions.keep_sitting", "commissions.vote")
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the sitting with the members present; chair and secretary of this sitting may be named."""
    found = sitting_or_404(request, pk)
    present = {str(office.pk): office for office in session.present(found)}
    answer = actions.open_sitting(
        found,
        by=acting(request),
        at=now(found),
        chair=present.get(request.POST.get("chair", "")),
        secretary=present.get(request.POST.get("secretary", "")),
    )
    done(request, answer, _("The sitting is open."))
    return redirect("commissions:sitting", pk)


@rule("commissions.keep_sitting", "commissions.vote")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the sitting; whoever is still there leaves with it."""
    found = sitting_or_404(request, pk)
    done(request, actions.close_sitting(found, by=acting(request), at=now(found)), _("The sitting is closed."))
    return redirect("commissions:sitting", pk)


@rule("commissions.call_sitting")
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a sitting that was called, with the reason."""
    found = sitting_or_404(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        answer = actions.cancel_sitting(found, reason=reason, by=acting(request), at=now(found))
        if not isinstance(answer, Refused):
            messages.success(request, _("The sitting is cancelled."))
            return redirect("commissions:sitting", pk)
        form.refuse(answer)
    return session.page(request, found, cancelling=form)


# ------------------------------------------------------------------------------------- agenda


@rule("commissions.propose_item")
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a question; the chair's and the secretary's own stands on the agenda at once."""
    found = sitting_or_404(request, pk)
    form = ItemForm(request.POST)
    if form.is_valid():
        answer = together(lambda: proposed(request, found, form))
        if not isinstance(answer, Refused):
            messages.success(request, told(answer))
            return redirect("commissions:sitting", pk)
        form.refuse(answer)
    return session.page(request, found, proposing=form)


def told(item: AgendaItem) -> str:
    """What came of a proposal, in words."""
    return _("The question is on the agenda.") if item.state == ItemState.INCLUDED else _("The question is proposed.")


def proposed(request: HttpRequest, found: Sitting, form: ItemForm) -> AgendaItem | Refused:
    """Propose what the form asks; what the keeper of the sitting proposes stands on the agenda at once."""
    by, at = acting(request), now(found)
    item = actions.propose_item(found, form.question(), by=by, at=at)
    if isinstance(item, Refused) or "keep_sitting" not in may(request, found):
        return item
    return actions.include_item(item, by=by, at=at)


@rule("commissions.keep_sitting", "commissions.vote")
@require_POST
def include(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposed question up on the agenda."""
    item = item_or_404(request, pk)
    answer = actions.include_item(item, by=acting(request), at=now(item.sitting))
    done(request, answer, _("The question is on the agenda."))
    return _back(item.sitting)


@rule("commissions.keep_sitting", "commissions.vote")
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline a proposed question, with the reason."""
    item = item_or_404(request, pk)
    reason = request.POST.get("reason", "")
    answer = actions.decline_item(item, reason=reason, by=acting(request), at=now(item.sitting))
    done(request, answer, _("The question is not taken up."))
    return _back(item.sitting)


@rule("commissions.propose_item")
@require_POST
def demand(request: HttpRequest, pk: int) -> HttpResponse:
    """A representative demands that the members vote on dealing with their proposal (L18.1.2)."""
    item = item_or_404(request, pk)
    answer = actions.demand_vote(item, by=acting(request), at=now(item.sitting))
    done(request, answer, _("The members will have to vote on it."))
    return _back(item.sitting)


@rule("commissions.keep_sitting", "commissions.vote")
@require_POST
def agenda_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the members vote on whether a proposal is dealt with (L18.1.2)."""
    item = item_or_404(request, pk)
    answer = actions.put_to_agenda_vote(item, by=acting(request), at=now(item.sitting))
    done(request, answer, _("The members vote on whether the question is dealt with."))
    return _back(item.sitting)


def _back(found: Sitting) -> HttpResponse:
    return redirect("commissions:sitting", found.pk)
