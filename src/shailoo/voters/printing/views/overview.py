"""What is printed of which lists: of an election, under each TEC, precinct by precinct. No page here shows a voter."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shailoo.accounts.web import acting, may_do, require_election, rule
from shailoo.elections.queries import next_voting
from shailoo.law.outcome import Refused
from shailoo.voters.lists.columns import Copy
from shailoo.voters.lists.models import Edition
from shailoo.voters.models import Register
from shailoo.voters.printing import actions, queries, words
from shailoo.voters.printing.actions import Ordered
from shailoo.voters.printing.models import Batch
from shailoo.voters.printing.queries import Lateness, Made, PrecinctRow
from shailoo.voters.printing.views import seeing

READS = "voters.read_printing"


@rule(READS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For the CEC's office and the TECs: which lists are on paper, how far each printing is, what is to be ordered."""
    register = _chosen(request)
    return _index(request, register)


def _index(
    request: HttpRequest, register: Register | None, errors: list[tuple[str, str]] | None = None
) -> HttpResponse:
    rows = [_made(each) for each in queries.made(register)] if register else []
    context = {
        "register": register,
        "registers": [each.election for each in _registers(request)],
        "rows": rows,
        "may_print": may_do(request, "voters.print"),
        "errors": errors or [],
    }
    status = seeing.NOT_DONE if errors else 200
    return render(request, "voter_printing/index.html", context, status=status)


@rule("voters.print")
@require_POST
def order(request: HttpRequest, pk: int, copy: str) -> HttpResponse:
    """Have every list of an edition printed."""
    related = ("register__election__clock", "register__voting", "change__delivery")
    edition = get_object_or_404(Edition.objects.select_related(*related), pk=pk)
    require_election(request, edition.register.election.slug)
    if copy not in list(Copy):
        raise Http404("no such copy")
    answer = actions.order_batch(edition, Copy(copy), by=acting(request), at=seeing.clock(edition))
    if isinstance(answer, Ordered):
        messages.success(request, _("The lists are being printed. The page tells how far it is."))
        return redirect("voter_printing:batch", answer.batch.pk)
    return _index(request, edition.register, [("", said) for _place, said in words.refusal(answer)])


@rule("voters.print")
@require_POST
def rest(request: HttpRequest, pk: int) -> HttpResponse:
    """Have printed what a work left that was cancelled or has failed."""
    found = seeing.batch(request, pk)
    answer = actions.print_rest(found, by=acting(request), at=seeing.clock(found.edition))
    if isinstance(answer, Refused):
        return _batch(request, found, [("", said) for _place, said in words.refusal(answer)])
    messages.success(request, _("The lists are being printed. The page tells how far it is."))
    return redirect("voter_printing:batch", pk)


@rule(READS)
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one printing is, under each TEC."""
    return _batch(request, seeing.batch(request, pk))


def _batch(request: HttpRequest, found: Batch, errors: list[tuple[str, str]] | None = None) -> HttpResponse:
    own = acting(request).body_id
    everywhere = may_do(request, "voters.read")
    rows = [each for each in queries.by_tec(found) if everywhere or each.tec.pk == own]
    work = queries.work_of(found)
    context = _frame(found) | {
        "rows": rows,
        "work": work,
        "printing": work is not None and work.ended_at is None,
        "may_watch": may_do(request, "jobs.watch"),
        "rest": found.lists - queries.printed_of(found) if may_do(request, "voters.print") else 0,
        "errors": errors or [],
    }
    status = seeing.NOT_DONE if errors else 200
    return render(request, "voter_printing/batch.html", context, status=status)


@rule(READS)
@require_safe
def of_tec(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The precincts under a TEC with their copies, and what is late."""
    return tec_page(request, pk, code)


def tec_page(request: HttpRequest, pk: int, code: str, errors: list[tuple[str, str]] | None = None) -> HttpResponse:
    """The same, with what was wrong with an act that was asked for."""
    found = seeing.batch(request, pk)
    tec = seeing.tec(request, found, code)
    page = Paginator(queries.lists_of_tec(found, tec), seeing.PAGE_SIZE).get_page(request.GET.get("page"))
    late = Lateness(found.edition, seeing.clock(found.edition))
    rows = queries.rows_of_tec(found, list(page))
    context = _frame(found) | {
        "tec": tec,
        "page_of": page,
        "rows": [_row(each, late) for each in rows],
        "ready": sum(1 for each in rows if each.ready),
        "may_hand_over": may_do(request, "voters.hand_over"),
        "may_read_printed": may_do(request, "voters.read_printed"),
        "errors": errors or [],
    }
    status = seeing.NOT_DONE if errors else 200
    return render(request, "voter_printing/tec.html", context, status=status)


# ------------------------------------------------------------------------------------- what pages share


def _row(each: PrecinctRow, late: Lateness) -> dict[str, object]:
    return {
        "list": each.list,
        "printed": each.printed,
        "state": words.state(each.state),
        "colour": words.colour(each.state),
        "late": [words.finding(found) for found in late.of(each.printed)],
    }


def _made(each: Made) -> dict[str, object]:
    return {"made": each, "stage": words.stage(each.edition.stage), "copy": words.copy(each.copy.value)}


def _frame(found: Batch) -> dict[str, object]:
    edition = found.edition
    return {
        "batch": found,
        "election": edition.register.election,
        "edition": edition,
        "stage": words.stage(edition.stage),
        "copy": words.copy(found.copy),
        "signed": found.copy == Copy.FULL,
    }


def _registers(request: HttpRequest) -> QuerySet[Register]:
    found = Register.objects.select_related("election__clock", "voting").order_by("-voting__day", "-pk")
    own = acting(request).election
    return found.filter(election__slug=own) if own else found


def _chosen(request: HttpRequest) -> Register | None:
    """The register asked for, else that of the next voting, else the latest that has one."""
    found = _registers(request)
    if asked := request.GET.get("election", ""):
        return get_object_or_404(found, election__slug=asked)
    voting = next_voting()
    own = found.filter(voting__election=voting.election).first() if voting else None
    return own or found.first()
