"""The determination of the result: what would follow, what stands in the way, open questions, and the act (L37.1)."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shailoo.accounts.web import rule
from shailoo.commissions.proposing import agenda
from shailoo.elections.models import Voting
from shailoo.law.mandates import Allocation
from shailoo.law.outcome import Refused, Severity
from shailoo.results import actions, matters, queries, words
from shailoo.results.forms import DeterminationForm, QuestionForm
from shailoo.results.queries import Draft, Question
from shailoo.results.settling import SEVERAL
from shailoo.results.views.desk import acting, names_of, now, refuse, scene, voting_or_404


@rule("results.read")
@require_safe
def draft(request: HttpRequest) -> HttpResponse:
    """For the CEC: what would follow now with every step and norm, every obstacle, and the form for determining it."""
    voting = voting_or_404(request)
    return _page(request, voting, queries.draft(voting), _form(request, voting))


@rule("results.determine")
@require_POST
def determine(request: HttpRequest) -> HttpResponse:
    """The CEC's chair determines the result."""
    voting = voting_or_404(request)
    form = _form(request, voting, request.POST)
    if form.is_valid():
        found = form.cleaned_data
        answer = actions.determine(
            voting,
            decision=found["decision"],
            by=acting(request),
            at=now(voting),
            complaints=form.complaints(),
            reason=found["reason"],
        )
        if not isinstance(answer, Refused):
            messages.success(
                request, _("The result is determined (version %(version)s).") % {"version": answer.version}
            )
            return redirect("results:determination")
        refuse(form, answer, queries.tabulate(voting))
    return _page(request, voting, queries.draft(voting), form, status=422)


@rule("results.determine")
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Record the CEC's decision on an open question."""
    voting = voting_or_404(request)
    found = queries.draft(voting)
    asked = next((each for each in found.questions if each.unsettled.question == request.POST.get("question")), None)
    if asked is None:
        messages.error(request, _("This question is not open any more."))
        return redirect("results:determination")
    form = _question_form(request, voting, asked, names_of(found.tabulation), request.POST)
    if form.is_valid():
        answer = actions.decide_question(
            voting,
            question=asked.unsettled.question,
            option=SEVERAL.join(form.cleaned_data["option"]),
            decision=form.cleaned_data["decision"],
            by=acting(request),
            at=now(voting),
        )
        if not isinstance(answer, Refused):
            messages.success(request, _("The decision is recorded."))
            return redirect("results:determination")
        refuse(form, answer, found.tabulation)
    return _page(request, voting, found, _form(request, voting), asked=form, status=422)


def _page(
    request: HttpRequest,
    voting: Voting,
    found: Draft,
    form: DeterminationForm,
    *,
    asked: QuestionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    names = names_of(found.tabulation)
    value = found.outcome.value
    errors = [each for each in found.obstacles if each.severity is Severity.ERROR]
    warnings = [each for each in found.obstacles if each.severity is Severity.WARNING]
    seats = value.seats if isinstance(value, Allocation) else {}
    current = queries.current_determination(voting)
    return render(
        request,
        "results/determination.html",
        {
            **scene(request, voting),
            "draft": found,
            "form": form,
            "failed": asked if asked is not None else form,
            "outcome": words.outcome(value.result.value),
            "seats": [(names[code], number) for code, number in seats.items()],
            "elected": names.get(getattr(value, "elected", None) or "", ""),
            "candidates": [names[code] for code in getattr(value, "candidates", ())],
            "obstacles": words.findings(errors, names),
            "warnings": words.findings(warnings, names),
            "steps": words.steps(found.outcome.steps, names),
            "effects": words.steps(found.effect.steps, names) if found.effect else [],
            "questions": [_question(request, voting, each, names, asked) for each in found.questions],
            "agenda": agenda(matters.determination(voting), voting.election),
            "current": current,
            "stands": current is not None and queries.rests_on(current, voting, found.tabulation),
            "determinations": queries.determinations(voting),
        },
        status=status,
    )


def _form(request: HttpRequest, voting: Voting, data: QueryDict | None = None) -> DeterminationForm:
    return DeterminationForm(data, decisions=matters.determination(voting).decisions(acting(request).body))


def _question_form(
    request: HttpRequest, voting: Voting, each: Question, names: dict[str, str], data: QueryDict | None = None
) -> QuestionForm:
    decisions = matters.question(voting, each.unsettled.question).decisions(acting(request).body)
    return QuestionForm(data, question=each, names=names, decisions=decisions)


@dataclass(frozen=True, slots=True)
class Open:
    """A question that the law leaves open, as the page shows it. `agenda` leads to a sitting that decides it."""

    label: str
    asked: Question
    taken: str
    form: QuestionForm
    agenda: str


def _question(
    request: HttpRequest, voting: Voting, each: Question, names: dict[str, str], asked: QuestionForm | None
) -> Open:
    code = each.unsettled.question
    again = asked is not None and asked.data.get("question") == code
    form = asked if asked is not None and again else _question_form(request, voting, each, names)
    taken = each.decided.option.split(SEVERAL) if each.decided else []
    said = ", ".join(words.question(option, names) for option in taken)
    return Open(words.question(code, names), each, said, form, agenda(matters.question(voting, code), voting.election))
