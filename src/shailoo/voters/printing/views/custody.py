"""Lists on their way: the CEC's office hands them over by an act, the precinct commission receives them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.web import acting, may_do, require_election, rule
from shailoo.law.outcome import Refused
from shailoo.voters.printing import actions, queries, words
from shailoo.voters.printing.forms import ReceiptForm
from shailoo.voters.printing.models import Handover
from shailoo.voters.printing.views import seeing
from shailoo.voters.printing.views.copies import copy_page
from shailoo.voters.printing.views.overview import tec_page


@rule("voters.hand_over")
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over everything that is ready of the precinct of this copy."""
    found = seeing.copy(request, pk)
    edition = found.list.edition
    at, by = seeing.clock(edition), acting(request)
    answer = actions.hand_over(edition, found.list.precinct, by=by, at=at)
    if isinstance(answer, Refused):
        return copy_page(request, found, errors=words.refusal(answer))
    messages.success(request, _("The act is made. Print it, and have it signed when the lists are given out."))
    return redirect("voter_printing:act", answer.pk)


@rule("voters.hand_over")
@require_POST
def hand_over_tec(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Hand over what is ready on one page of a TEC's precincts, with an act for each precinct."""
    found = seeing.batch(request, pk)
    tec = seeing.tec(request, found, code)
    page = Paginator(queries.lists_of_tec(found, tec), seeing.PAGE_SIZE).get_page(request.GET.get("page"))
    precincts = [each.list.precinct for each in queries.rows_of_tec(found, list(page)) if each.ready]
    by, at = acting(request), seeing.clock(found.edition)
    answer = actions.hand_over_all(found.edition, precincts, by=by, at=at)
    if isinstance(answer, Refused):
        return tec_page(request, pk, code, errors=words.refusal(answer))
    made = ngettext("%(number)s act is made.", "%(number)s acts are made.", len(answer)) % {"number": len(answer)}
    messages.success(request, made)
    return redirect("voter_printing:tec", pk, code)


@rule("voters.receive_lists")
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """For a precinct commission: the acts by which it gets lists, those to be received first."""
    own = acting(request)
    found = [each for each in queries.handovers_to(own.body) if own.serves(each.edition.register.election.slug)]
    rows = [{"act": each, "stage": words.stage(each.edition.stage)} for each in found]
    context = {
        "waiting": [row for row in rows if not hasattr(row["act"], "receipt")],
        "rows": [row for row in rows if hasattr(row["act"], "receipt")],
    }
    return render(request, "voter_printing/received.html", context)


@rule("voters.read_printing", "voters.receive_lists")
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """An act: what it names, its papers; and the receipt, by the commission that gets the lists."""
    found = _act(request, pk)
    form = ReceiptForm(request.POST or None)
    posted = request.method == "POST"
    if posted and form.is_valid():
        remark, by = form.cleaned_data["remark"], acting(request)
        answer = actions.receive(found, remark, by=by, at=seeing.clock(found.edition))
        if not isinstance(answer, Refused):
            messages.success(request, _("The lists are received."))
            return redirect("voter_printing:act", pk)
        form.refuse(answer)
    own = may_do(request, "voters.receive_lists")
    copies = [{"printed": each.printed, "copy": words.copy(each.printed.copy)} for each in found.copies.all()]
    context = {
        "act": found,
        "election": found.edition.register.election,
        "stage": words.stage(found.edition.stage),
        "copies": copies,
        "receipt": getattr(found, "receipt", None),
        "form": form if own and (posted or not hasattr(found, "receipt")) else None,
        "own": own,
    }
    return render(request, "voter_printing/act.html", context, status=seeing.NOT_DONE if posted else 200)


def _act(request: HttpRequest, pk: int) -> Handover:
    """The act, if the office may see it: the commission that gets the lists, those above it."""
    found = queries.handover(pk)
    if found is None:
        raise Http404("no such act")
    require_election(request, found.edition.register.election.slug)
    act = "voters.receive_lists" if may_do(request, "voters.receive_lists") else "voters.read_printing"
    seeing.require(request, act, found.to, found.edition)
    return found
