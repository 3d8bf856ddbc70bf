"""Whom a commission accredited or noted: the list, badges, one accreditation and how it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.web import acting, may_do, reads_personal, rule
from shailoo.commissions.proposing import agenda
from shailoo.documents.certificates.actions import MOST_ON_SHEETS
from shailoo.documents.lists import WRITERS, Cell, taken_away
from shailoo.elections.clock import local
from shailoo.law.observation.revocation import Accredited
from shailoo.law.outcome import Refused
from shailoo.observation import matters
from shailoo.observation.actions.assistance import answer_help
from shailoo.observation.actions.ending import RECALL_NORMS, REVOKED, recall, revoke
from shailoo.observation.actions.interpreters import enter_interpreter, renew
from shailoo.observation.badges import certificate_of, print_badge, print_badges
from shailoo.observation.forms.deciding import HelpForm, InterpreterForm, RecallForm, RenewForm, RevokeForm
from shailoo.observation.forms.intake import ActForm
from shailoo.observation.models import Accreditation, Application
from shailoo.observation.queries import deciding as queries
from shailoo.observation.queries.deciding import ACTIVE, STANDINGS
from shailoo.observation.queries.terms import standing
from shailoo.observation.views.desk import frame
from shailoo.observation.views.desk.frame import ANSWERS, NOT_DONE, PERSONAL
from shailoo.observation.words import deciding as words
from shailoo.wording import LANGUAGES

ENDS = "observation.end"
COLUMNS = ("certificate", "name", "citizenships", "kind", "election", "sender", "since", "ended_at", "ground")
BATCH = 400
"""Badges in one file; more are printed file by file."""


@rule("observation.read")
@require_safe
@reads_personal(PERSONAL)
def accredited(request: HttpRequest) -> HttpResponse:
    """For the commission: everybody whom it accredited or took note of, and their badges."""
    asked = frame.wanted(request, STANDINGS, ACTIVE)
    found = queries.accredited(frame.body(request), asked)
    page = frame.page_of(found, request)
    shown = frame.filters(asked, STANDINGS)
    total = page.paginator.count
    context = {
        **shown,
        "page_of": page,
        "rows": [(each, words.kind(each.kind)) for each in page],
        "exports": frame.exports("accredited_file", str(shown["query"])),
        "may_print": may_do(request, ANSWERS) and total > 0 and asked.state == ACTIVE,
        "batches": [(n, n * BATCH + 1, min((n + 1) * BATCH, total)) for n in range(-(-total // BATCH))],
        "languages": LANGUAGES,
    }
    return render(request, "observation/desk/accredited.html", context)


@rule("observation.read")
@require_safe
@reads_personal(PERSONAL)
def accredited_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same list to take away."""
    if form not in WRITERS:
        raise Http404(form)
    found = queries.accredited(frame.body(request), frame.wanted(request, STANDINGS, ACTIVE))
    return taken_away("accredited", form, COLUMNS, _cells(found))


def _cells(found: Iterable[Accreditation]) -> Iterator[list[Cell]]:
    for each in found:
        ending = getattr(each, "ending", None)
        person = each.applicant
        yield [
            each.certificate.number,
            person.name,
            person.citizenships,
            each.kind,
            each.election.slug,
            words.own(each.sender.body, "name"),
            each.since.isoformat(),
            ending.at.isoformat() if ending else "",
            ending.ground if ending else "",
        ]


@rule(ANSWERS)
@require_POST
@reads_personal(PERSONAL)
def badges(request: HttpRequest) -> HttpResponse:
    """Badges of the list as it is filtered, four on a sheet: the batch and the language that were chosen."""
    asked = frame.wanted(request, STANDINGS, ACTIVE)
    batch, language = request.POST.get("batch", "0"), request.POST.get("language", LANGUAGES[0])
    if not batch.isascii() or not batch.isdigit() or len(batch) > 4 or language not in LANGUAGES:
        raise Http404(batch)
    begin = int(batch) * BATCH
    found = queries.accredited(frame.body(request), asked).defer(None).order_by("applicant_id")
    rows = list(found[begin : begin + min(BATCH, MOST_ON_SHEETS)])
    if not rows:
        raise Http404("none")
    pdf = print_badges(rows, language=language, by=acting(request), at=frame.now(rows[0].election))
    return _printed(request, pdf, "badges")


@rule(ANSWERS)
@require_POST
@reads_personal(PERSONAL, subject="accreditation:{pk}")
def badge(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """One badge, on a sheet of A6."""
    found = frame.accreditation(request, pk)
    if language not in LANGUAGES:
        raise Http404(language)
    pdf = print_badge(found, language=language, by=acting(request), at=frame.now(found.election))
    return _printed(request, pdf, f"badge-{certificate_of(found).number}")


def _printed(request: HttpRequest, pdf: bytes | Refused, name: str) -> HttpResponse:
    if isinstance(pdf, Refused):
        frame.say(request, words.refusal(pdf))
        return redirect("observation_desk:accredited")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


# ------------------------------------------------------------------------------------- one accreditation


@rule("observation.read")
@require_safe
@reads_personal(PERSONAL, subject="accreditation:{pk}")
def accreditation(request: HttpRequest, pk: int) -> HttpResponse:
    """For the commission: one accreditation, its term by the law, its certificate; what can be done with it."""
    return _page(request, frame.accreditation(request, pk))


@rule(ENDS)
@require_http_methods(["GET", "HEAD", "POST"])
@reads_personal(PERSONAL, subject="accreditation:{pk}")
def revocation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an accreditation back by decision: without one the page leads to the sitting."""
    found = frame.accreditation(request, pk)
    if found.kind not in set(Accredited) or hasattr(found, "ending"):
        raise Http404(str(pk))
    decisions = matters.revocations(found, frame.body(request))
    form = RevokeForm(request.POST or None, request.FILES or None, accreditation=found, decisions=decisions)
    if request.method == "POST" and form.is_valid():
        at = frame.now(found.election)
        done = revoke(found, form.ended(), form.cleaned_data["decision"], by=acting(request), at=at)
        if not isinstance(done, Refused):
            messages.success(request, _("The accreditation has ended; the certificate is on the revocation list."))
            return redirect("observation_desk:accreditation", pk)
        form.refuse(done)
    context = _frame(found) | {
        "form": form,
        "decided": decisions.exists(),
        "agenda": agenda(matters.revocation(found), found.election),
        "may_ask": may_do(request, "commissions.propose_item"),
        "norm": REVOKED[found.kind],
    }
    return render(request, "observation/desk/revocation.html", context, status=NOT_DONE if form.errors else 200)


@rule(ENDS)
@require_POST
@reads_personal(PERSONAL, subject="accreditation:{pk}")
def recalled(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a sender called its own person back."""
    found, form = frame.accreditation(request, pk), RecallForm(request.POST)
    if form.is_valid():
        at = frame.now(found.election)
        done = recall(found, form.cleaned_data["reason"], by=acting(request), at=at)
        if not isinstance(done, Refused):
            messages.success(request, _("The accreditation has ended; the certificate is on the revocation list."))
            return redirect("observation_desk:accreditation", pk)
        form.refuse(done)
    return _page(request, found, recalling=form)


@rule(ANSWERS)
@require_POST
@reads_personal(PERSONAL, subject="accreditation:{pk}")
def renewed(request: HttpRequest, pk: int) -> HttpResponse:
    """Give another certificate."""
    found, form = frame.accreditation(request, pk), RenewForm(request.POST)
    if form.is_valid():
        done = renew(found, form.why(), by=acting(request), at=frame.now(found.election))
        if not isinstance(done, Refused):
            number = {"number": done.certificate.number}
            messages.success(request, _("Certificate %(number)s is issued; print the badge.") % number)
            return redirect("observation_desk:accreditation", pk)
        form.refuse(done)
    return _page(request, found, renewing=form)


@rule(ANSWERS)
@require_POST
@reads_personal(PERSONAL, subject="accreditation:{pk}")
def interpreter(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the interpreter of an international observer a card."""
    found, form = frame.accreditation(request, pk), InterpreterForm(request.POST, request.FILES)
    if form.is_valid():
        done = enter_interpreter(found, form.speaker(), by=acting(request), at=frame.now(found.election))
        if not isinstance(done, Refused):
            number = {"number": done.certificate.number}
            messages.success(request, _("The interpreter has certificate %(number)s.") % number)
            return redirect("observation_desk:accreditation", pk)
        form.refuse(done)
    return _page(request, found, interpreting=form)


def _frame(found: Accreditation) -> dict[str, object]:
    return {"accreditation": found, "election": found.election, "kind": words.kind(found.kind)}


def _page(
    request: HttpRequest,
    found: Accreditation,
    *,
    recalling: ActForm | None = None,
    renewing: ActForm | None = None,
    interpreting: ActForm | None = None,
) -> HttpResponse:
    runs = not hasattr(found, "ending")
    answers, ends = may_do(request, ANSWERS) and runs, may_do(request, ENDS) and runs
    international = found.kind == Application.Kind.INTERNATIONAL
    context = _frame(found) | {
        "standing": standing(found, local(frame.now(found.election)).date()),
        "certificate": certificate_of(found),
        "interpreters": found.interpreters.select_related("certificate"),
        "documents": queries.papers_of(found.subject),
        "languages": LANGUAGES,
        "may_print": answers,
        "may_revoke": ends and found.kind in set(Accredited),
        "recalling": (recalling or RecallForm()) if ends and found.kind in RECALL_NORMS else None,
        "renewing": (renewing or RenewForm()) if answers else None,
        "interpreting": (interpreting or InterpreterForm()) if answers and international else None,
        "form": recalling or renewing or interpreting,
    }
    status = NOT_DONE if recalling or renewing or interpreting else 200
    return render(request, "observation/desk/accreditation.html", context, status=status)


# ------------------------------------------------------------------------------------- requests for help


@rule("observation.read")
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """For a commission: what help international observers asked it for, and what it answered (R4.8.a2)."""
    return _requests(request)


@rule(ANSWERS)
@require_POST
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a request for help."""
    found = get_object_or_404(queries.asked_of(frame.body(request)), pk=pk)
    form = HelpForm(request.POST)
    if form.is_valid():
        at = frame.now(found.accreditation.election)
        done = answer_help(found, form.cleaned_data["text"], by=acting(request), at=at)
        if not isinstance(done, Refused):
            messages.success(request, _("The answer is kept and shown to whoever asked."))
            return redirect("observation_desk:requests")
        form.refuse(done)
    return _requests(request, pk, form)


def _requests(request: HttpRequest, pk: int = 0, form: HelpForm | None = None) -> HttpResponse:
    page = frame.page_of(queries.asked_of(frame.body(request)), request)
    rows = [
        (each, form if form is not None and each.pk == pk else HelpForm(auto_id=f"id_{each.pk}_%s")) for each in page
    ]
    context = {"rows": rows, "page_of": page, "may_answer": may_do(request, ANSWERS), "form": form}
    return render(request, "observation/desk/requests.html", context, status=NOT_DONE if form else 200)
