"""The register of our decisions: search, one decision, its publication, a member's individual opinion."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shailoo.accounts.web import rule
from shailoo.commissions import actions, register, words
from shailoo.commissions.forms import DecisionSearch, DissentForm
from shailoo.commissions.models import Decision
from shailoo.commissions.views.scene import acting, done, may, now, own, readable
from shailoo.law.outcome import Refused


@rule("commissions.read")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For a member or the staff: every decision of ours, also those that were not made public yet."""
    commission = own(request)
    form = DecisionSearch(request.GET)
    page = register.page_of(form.found(body=commission.body.code), request.GET)
    context = {"commission": commission, "form": form, "page_of_rows": page, "rows": list(page.object_list)}
    return render(request, "commissions/decisions.html", context)


@rule("commissions.read")
@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """For members: the decision, its votes, opinions, what rests on it, and what can be done about it."""
    return _page(request, _decision_or_404(request, pk), None)


@rule("commissions.keep_sitting", "commissions.vote")
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the decision public."""
    found = _decision_or_404(request, pk)
    answer = actions.publish_decision(found, by=acting(request), at=now(found.sitting))
    done(request, answer, _("The decision is public."))
    return redirect("commissions:decision", pk)


@rule("commissions.vote")
@require_POST
def dissent(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach the individual opinion of a member who did not vote for the decision."""
    found = _decision_or_404(request, pk)
    form = DissentForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        answer = actions.dissent(found, text=text, by=acting(request), at=now(found.sitting))
        if not isinstance(answer, Refused):
            messages.success(request, _("Your individual opinion is attached to the decision."))
            return redirect("commissions:decision", pk)
        form.refuse(answer)
    return _page(request, found, form)


def _decision_or_404(request: HttpRequest, pk: int) -> Decision:
    found = register.decision_by_key(pk)
    if found is None:
        raise Http404(str(pk))
    readable(request, found.body, now(found.sitting), found.election)
    return found


def _page(request: HttpRequest, found: Decision, form: DissentForm | None) -> HttpResponse:
    votes, office = register.votes_on(found), acting(request)
    agreed = any(each.person_id == office.person_id and each.choice == "for" for each in votes)
    took_part = found.sitting.attendances.filter(office=office, attendee="member").exists()
    context = {
        "decision": found,
        "votes": votes,
        "dissents": found.dissents.select_related("office__person", "office__body").order_by("at", "pk"),
        "ground": register.ground_of(found),
        "why": words.steps(register.why(found)),
        "may": may(request, found.sitting),
        "form": form or DissentForm(),
        "refused": form,
        "may_dissent": took_part and not agreed,
        "public": hasattr(found, "publication"),
        "coming": register.calendar(found.body.code, "coming"),
    }
    return render(request, "commissions/decision.html", context, status=422 if form else 200)
