"""Decisions on a protocol, each on a page of its own: between two entries, and those that are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import acting, rule
from shailoo.commissions.proposing import agenda
from shailoo.counting import actions, matters, queries, words
from shailoo.counting.forms import AcceptForm, ExplainForm, ReasonForm, ReplaceForm, SettleForm, mark
from shailoo.counting.models import Protocol
from shailoo.counting.states import Act
from shailoo.counting.views.found import in_words
from shailoo.counting.views.place import NOT_DONE, clock, protocol_of, to_case, told
from shailoo.elections.queries import ballot
from shailoo.law.outcome import Refused

Decide = Callable[[Protocol, QueryDict, Office, datetime], object]

FORMS: Mapping[Act, type[forms.Form]] = {
    Act.EXPLAIN: ExplainForm,
    Act.ACCEPT_WITH_ACT: AcceptForm,
    Act.RETURN_TO_PEC: ReasonForm,
    Act.ENTER_AGAIN: ReasonForm,
}


@rule("counting.explain", "counting.decide_parked", "counting.settle")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """For the TEC's chair, secretary or operator: one written decision, beside what was found."""
    if act not in list(Act) or Act(act) not in FORMS:
        raise Http404(act)
    known, protocol = Act(act), protocol_of(request, pk)
    form, errors = FORMS[known](), list[tuple[str, str]]()
    if request.method == "POST":
        answer = _DECIDE[known](protocol, request.POST, acting(request), clock(protocol.voting))
        if not isinstance(answer, Refused):
            messages.success(request, _("Recorded."))
            return to_case(answer.pk if isinstance(answer, Protocol) else pk)
        form = FORMS[known](request.POST)
        mark(form, answer)
        errors = [] if form.errors else words.refusal(answer)
    elif known not in queries.acts_for(acting(request), protocol):
        raise PermissionDenied
    findings = in_words(queries.case(protocol).findings, ballot(protocol.voting))
    context = {
        "election": protocol.voting.election,
        "protocol": protocol,
        "title": words.ACTS[known],
        "act": known,
        "form": form,
        "errors": errors,
        "findings": findings,
    }
    return render(request, "counting/decide.html", context, status=NOT_DONE if request.method == "POST" else 200)


@rule("counting.replace")
@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """For the chair who has a recount or a correction in hand: the decision it rests on, or the way to one."""
    protocol = protocol_of(request, pk)
    may = Act.REPLACE in queries.acts_for(acting(request), protocol)
    if request.method != "POST" and not may:
        raise PermissionDenied
    form = ReplaceForm(request.POST if request.method == "POST" else None, decisions=matters.decisions(protocol))
    errors = list[tuple[str, str]]()
    if request.method == "POST":
        reason, at = request.POST.get("reason", ""), clock(protocol.voting)
        answer = actions.replace(protocol, reason, form.chosen(), by=acting(request), at=at)
        if not isinstance(answer, Refused):
            messages.success(request, _("Recorded."))
            return to_case(answer.pk)
        mark(form, answer)
        errors = [] if form.errors else words.refusal(answer)
    asked = matters.to_ask(protocol, acting(request).body)
    context = {
        "election": protocol.voting.election,
        "protocol": protocol,
        "form": form,
        "errors": errors,
        "agenda": agenda(asked, protocol.voting.election) if asked else "",
        "may_ask": Role(acting(request).role) in MAY["commissions.propose_item"],
    }
    return render(request, "counting/replace.html", context, status=NOT_DONE if request.method == "POST" else 200)


@rule("counting.settle")
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """For a third person who entered nothing: the two values of each field, without names."""
    protocol = protocol_of(request, pk)
    conflict = queries.differing_fields(protocol)
    if conflict is None or Act.SETTLE not in queries.acts_for(acting(request), protocol):
        if request.method == "POST":
            answer = actions.settle(protocol, {}, "", by=acting(request), at=clock(protocol.voting))
            told(request, answer) if isinstance(answer, Refused) else None
            return to_case(pk)
        raise PermissionDenied
    _found, values = conflict
    printed, errors = ballot(protocol.voting), list[tuple[str, str]]()
    form = SettleForm(values, printed, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        choices = {path: int(value) for path in values if (value := request.POST.get(path, "")) in ("1", "2")}
        reason = request.POST.get("reason", "")
        answer = actions.settle(protocol, choices, reason, by=acting(request), at=clock(protocol.voting))
        if not isinstance(answer, Refused):
            messages.success(request, _("Recorded."))
            return to_case(pk)
        mark(form, answer)
        errors = [] if form.errors else words.refusal(answer)
    context = {"election": protocol.voting.election, "protocol": protocol, "form": form, "errors": errors}
    return render(request, "counting/settle.html", context, status=NOT_DONE if request.method == "POST" else 200)


def _explain(protocol: Protocol, sent: QueryDict, by: Office, at: datetime) -> object:
    return actions.explain(protocol, sent.get("text", ""), by=by, at=at)


def _accept_with_act(protocol: Protocol, sent: QueryDict, by: Office, at: datetime) -> object:
    return actions.accept_with_act(protocol, sent.get("number", "")[:80], sent.get("text", ""), by=by, at=at)


def _return_to_pec(protocol: Protocol, sent: QueryDict, by: Office, at: datetime) -> object:
    return actions.return_to_pec(protocol, sent.get("reason", ""), by=by, at=at)


def _enter_again(protocol: Protocol, sent: QueryDict, by: Office, at: datetime) -> object:
    return actions.enter_again(protocol, sent.get("reason", ""), by=by, at=at)


_DECIDE: Mapping[Act, Decide] = {
    Act.EXPLAIN: _explain,
    Act.ACCEPT_WITH_ACT: _accept_with_act,
    Act.RETURN_TO_PEC: _return_to_pec,
    Act.ENTER_AGAIN: _enter_again,
}
