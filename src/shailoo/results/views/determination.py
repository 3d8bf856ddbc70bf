"""The determination of the result: what would follow, what stands in the way, open questions, and the act (L37.1)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shailoo.accounts.web import rule
from shailoo.elections.models import Voting
from shailoo.law.mandates import Allocation
from shailoo.law.outcome import Refused, Severity
from shailoo.results import actions, queries, words
from shailoo.results.forms import DeterminationForm, QuestionForm
from shailoo.results.queries import Draft, Question
from shailoo.results.settling import SEVERAL
from shailoo.results.views.desk import acting, names_of, now, refuse, scene, voting_or_404


@rule("results.read")
@require_safe
def draft(request: HttpRequest) -> HttpResponse:
    """For the CEC: what would follow now with every step and norm, every obstacle, and the form for determining it."""
    voting = voting_or_404(request)
    return _page(request, voting, queries.draft(voting), DeterminationForm())


@rule("results.determine")
@require_POST
def determine(request: HttpRequest) -> HttpResponse:
    """The CEC's chair determines the result."""
    voting = voting_or_404(request)
    form = DeterminationForm(request.POST)
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
    form = QuestionForm(request.POST, question=asked, names=names_of(found.tabulation))
    if form.is_valid():
        answer = actions.decide_question(
            voting,
            question=asked.unsettled.question,
            option=SEVERAL.join(form.cleaned_data["option"]),
            decision=form.cleaned_data["decision"],
            text=form.cleaned_data["text"],
            by=acting(request),
            at=now(voting),
        )
        if not isinstance(answer, Refused):
            messages.success(request, _("The decision is recorded."))
            return redirect("results:determination")
        refuse(form, answer, found.tabulation)
    return _page(request, voting, found, DeterminationForm(), asked=form, status=422)


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
            "questions": [_question(each, names, asked) for each in found.questions],
            "current": current,
            "stands": current is not None and queries.rests_on(current, voting, found.tabulation),
            "determinations": queries.determinations(voting),
        },
        status=status,
    )


def _question(
    each: Question, names: dict[str, str], asked: QuestionForm | None
) -> tuple[str, Question, str, QuestionForm]:
    code = each.unsettled.question
    form = (
        asked if asked is not None and asked.data.get("question") == code else QuestionForm(question=each, names=names)
    )
    taken = each.decided.option.split(SEVERAL) if each.decided else []
    return words.question(code, names), each, ", ".join(words.question(option, names) for option in taken), form
