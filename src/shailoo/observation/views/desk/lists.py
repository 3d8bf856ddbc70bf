"""Lists of answers: putting them to the commission, carrying the decision out, giving a list up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shailoo.accounts.web import acting, may_do, reads_personal, rule
from shailoo.commissions.proposing import agenda
from shailoo.law.outcome import Refused
from shailoo.observation import matters
from shailoo.observation.actions.answering import answer
from shailoo.observation.actions.listing import NORMS, give_up
from shailoo.observation.forms.deciding import CarryOutForm, GiveUpForm
from shailoo.observation.models import AnswerList
from shailoo.observation.queries import deciding as queries
from shailoo.observation.views.desk import frame
from shailoo.observation.views.desk.frame import ANSWERS, NOT_DONE, PERSONAL
from shailoo.observation.words import deciding as words


@rule("observation.read")
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """For the members of a commission: every list of answers that was put to it, the latest first."""
    page = frame.page_of(queries.lists_of(frame.body(request)), request)
    rows = [(each, words.kind(each.kind), *words.state_of(each)) for each in page]
    return render(request, "observation/desk/lists.html", {"rows": rows, "page_of": page})


@rule("observation.read")
@require_safe
@reads_personal(PERSONAL, subject="answer_list:{pk}")
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """For the members before and after the sitting: who is to be accredited or refused, and what is next."""
    return _page(request, frame.answer_list(request, pk))


@rule(ANSWERS)
@require_POST
@reads_personal(PERSONAL, subject="answer_list:{pk}")
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry the decision on a list out: certificates and refusals."""
    found = frame.answer_list(request, pk)
    form = _carrying(found, request.POST)
    if form.is_valid():
        at = frame.now(found.election)
        answered = answer(found, form.cleaned_data["decision"], by=acting(request), at=at)
        if not isinstance(answered, Refused):
            counts = {"yes": answered.accredited, "no": answered.refused}
            messages.success(request, _("Accredited: %(yes)s, refused: %(no)s. The senders were told.") % counts)
            return redirect("observation_desk:list", pk)
        form.refuse(answered)
    return _page(request, found, carrying=form)


@rule(ANSWERS)
@require_POST
@reads_personal(PERSONAL, subject="answer_list:{pk}")
def given_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a list that is not carried out."""
    found = frame.answer_list(request, pk)
    form = GiveUpForm(request.POST)
    if form.is_valid():
        done = give_up(found, form.cleaned_data["reason"], by=acting(request), at=frame.now(found.election))
        if not isinstance(done, Refused):
            messages.success(request, _("The list is given up; its people wait for another one."))
            return redirect("observation_desk:lists")
        form.refuse(done)
    return _page(request, found, giving_up=form)


def _carrying(found: AnswerList, data: QueryDict | None = None) -> CarryOutForm:
    return CarryOutForm(data, decisions=matters.answers(found).decisions(found.commission))


def _page(
    request: HttpRequest,
    found: AnswerList,
    carrying: CarryOutForm | None = None,
    giving_up: GiveUpForm | None = None,
) -> HttpResponse:
    rows = queries.rows_of(found)
    page = frame.page_of(rows, request)
    people = rows.count()
    yes = rows.filter(accredited=True).count()
    is_open = not hasattr(found, "answering") and not hasattr(found, "given_up")
    answering = getattr(found, "answering", None)
    context = {
        "list": found,
        "election": found.election,
        "kind": words.kind(found.kind),
        "state": words.state_of(found),
        "norm": NORMS[found.kind],
        "rows": page,
        "page_of": page,
        "people": people,
        "yes": yes,
        "texts": words.decision_texts(found, yes, people - yes) if is_open else {},
        "agenda": agenda(matters.answers(found), found.election),
        "may_ask": may_do(request, "commissions.propose_item"),
        "may_answer": may_do(request, ANSWERS) and is_open,
        "carrying": carrying or _carrying(found),
        "giving_up": giving_up or GiveUpForm(),
        "answering": answering,
        "delay": answering.at - answering.carries_out.taken_at if answering else None,
        "documents": queries.papers_of(found.subject),
    }
    status = NOT_DONE if carrying is not None or giving_up is not None else 200
    return render(request, "observation/desk/list.html", context, status=status)
