"""One printed copy: what it is, its way, its file; binding it, printing it again. Only the CEC's office has files."""

from __future__ import annotations

import zipfile
from tempfile import TemporaryFile

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shailoo.accounts.web import acting, may_do, reads_personal, rule
from shailoo.documents.serving import served
from shailoo.law.outcome import Refused
from shailoo.voters.printing import actions, queries, vault, words
from shailoo.voters.printing.forms import AgainForm, BindForm
from shailoo.voters.printing.models import PrintedList
from shailoo.voters.printing.queries import Lateness
from shailoo.voters.printing.states import Act, State, leads
from shailoo.voters.printing.views import seeing

PDF = "application/pdf"
PERSONAL = "printed voter lists"


@rule("voters.read_printing")
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What a copy is, where it stands and how it came there."""
    return copy_page(request, seeing.copy(request, pk))


@rule("voters.read_printed")
@reads_personal(PERSONAL, subject="printed_list:{pk}")
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as PDF, for the printer; that it was read is recorded."""
    found = seeing.copy(request, pk)
    return served(vault.opened(found.sha256, found.key), PDF, name_of(found))


@rule("voters.read_printed")
@reads_personal(PERSONAL, subject="voter_list_batch:{pk} {code}")
@require_safe
def files(request: HttpRequest, pk: int, code: str) -> HttpResponseBase:
    """Every list of a batch under one TEC in one archive, for the printer."""
    batch = seeing.batch(request, pk)
    tec = seeing.tec(request, batch, code)
    target = TemporaryFile()  # noqa: SIM115  # the answer closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for each in queries.printed_of_tec(batch, tec):
            packed.writestr(zipfile.ZipInfo(name_of(each)), vault.opened(each.sha256, each.key))
    target.seek(0)
    name = f"{batch.edition.stage}-{batch.copy}-{tec.body.code}.zip"
    return FileResponse(target, as_attachment=True, filename=name, content_type="application/zip")


@rule("voters.bind")
@require_POST
def bind(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the copy is numbered, bound and sealed."""
    found = seeing.copy(request, pk)
    form = BindForm(request.POST)
    if form.is_valid():
        sheets, seal = form.cleaned_data["sheets"], form.cleaned_data["seal"]
        answer = actions.bind(found, sheets, seal, by=acting(request), at=seeing.clock(found.list.edition))
        if not isinstance(answer, Refused):
            messages.success(request, _("The copy is bound and sealed."))
            return redirect("voter_printing:copy", pk)
        form.refuse(answer)
    return copy_page(request, found, bind_form=form)


@rule("voters.print")
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the list under the next number."""
    found = seeing.copy(request, pk)
    form = AgainForm(request.POST)
    if form.is_valid():
        reason, at = form.cleaned_data["reason"], seeing.clock(found.list.edition)
        answer = actions.print_again(found, reason, by=acting(request), at=at)
        if isinstance(answer, PrintedList):
            messages.success(request, _("The list is printed again. The copy before it is void."))
            return redirect("voter_printing:copy", answer.pk)
        form.refuse(answer)
    return copy_page(request, found, again_form=form)


def copy_page(
    request: HttpRequest,
    found: PrintedList,
    *,
    bind_form: BindForm | None = None,
    again_form: AgainForm | None = None,
    errors: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    """The page of a copy, with what was wrong with an act that was asked for."""
    copies = list(queries.copies_of(found))
    state = queries.state_of(found)
    edition = found.list.edition

    def offered(act: Act, right: str) -> bool:
        return leads(state, act, signed=found.signed) is not None and may_do(request, right)

    context = {
        "printed": found,
        "election": edition.register.election,
        "edition": edition,
        "stage": words.stage(edition.stage),
        "copy": words.copy(found.copy),
        "state": words.state(state),
        "colour": words.colour(state),
        "copies": copies,
        "tec": queries.tec_of(found),
        "late": _late(found, state),
        "handed": getattr(found, "handed", None),
        "bind_form": (bind_form or BindForm()) if offered(Act.BIND, "voters.bind") or bind_form else None,
        "again_form": (again_form or AgainForm()) if offered(Act.PRINT_AGAIN, "voters.print") or again_form else None,
        "wrong": bind_form or again_form,
        "may_hand_over": offered(Act.HAND_OVER, "voters.hand_over"),
        "may_read_printed": may_do(request, "voters.read_printed"),
        "errors": errors or [],
    }
    status = seeing.NOT_DONE if bind_form or again_form or errors else 200
    return render(request, "voter_printing/copy.html", context, status=status)


def _late(found: PrintedList, state: State) -> list[str]:
    """What is late of the copy that counts; a void one is late with nothing."""
    if state is State.REPLACED:
        return []
    edition = found.list.edition
    return [words.finding(each) for each in Lateness(edition, seeing.clock(edition)).of(found)]


def name_of(found: PrintedList) -> str:
    """The name of the file."""
    return f"{found.list.number}-{found.copy}-{found.number}.pdf"
