"""The desk's register of certificates: searching, issuing by hand, printing, revoking."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.web import acting, may_do, reads_personal, rule
from shailoo.documents import queries as files
from shailoo.documents.certificates import actions, cards, queries, scopes
from shailoo.documents.certificates.actions import ISSUE, MOST_ON_SHEETS, REVOKE
from shailoo.documents.certificates.code import address
from shailoo.documents.certificates.forms import IssueForm, RevokeForm
from shailoo.documents.certificates.models import Card, Certificate, Revocation
from shailoo.documents.certificates.queries import State
from shailoo.documents.certificates.views import words
from shailoo.documents.certificates.views.public import facts
from shailoo.law.outcome import Refused
from shailoo.wording import sentences

PAGE_SIZE = 50
LONGEST_SEARCH = 80
LANGUAGES = (("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English"))
COLUMNS = ("number", "kind", "holder", "body", "election", "place", "valid_from", "valid_until", "state", "ground")
PERSONAL = "certificates"


@rule(ISSUE, REVOKE)
@require_safe
@reads_personal(PERSONAL)
def register(request: HttpRequest) -> HttpResponse:
    """For the CEC's staff: every certificate, whom it was given to, how it stands."""
    at = timezone.now()
    paginator = Paginator(_asked(request, at), PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    query = f"?{urlencode(_filter(request))}"
    context = {
        "page_of": page,
        "rows": [(row, *words.STATES[queries.state_of(row, at)]) for row in page],
        "search": _search(request),
        "kind": _kind(request),
        "kinds": Certificate.Kind.choices,
        "state": request.GET.get("state", ""),
        "states": [(state.value, word) for state, (word, _colour) in words.STATES.items()],
        "query": query,
        "exports": [("CSV", reverse("certificates:csv") + query)],
        "may_issue": may_do(request, ISSUE),
        "tallies": [(tally, words.VERDICTS[tally.verdict][0]) for tally in queries.tallies()],
    }
    return render(request, "certificates/register.html", context)


@rule(ISSUE, REVOKE)
@require_safe
@reads_personal(PERSONAL)
def export(request: HttpRequest) -> HttpResponse:
    """The register as filtered, for a spreadsheet."""
    at = timezone.now()
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for row in _asked(request, at).iterator(chunk_size=2000):
        state = queries.state_of(row, at)
        place = f"{row.reach}:{row.place}" if row.place else ""
        instants = (row.valid_from.isoformat(), row.valid_until.isoformat())
        cells = (row.number, row.get_kind_display(), row.holder, row.body.code, row.election, place, *instants)
        writer.writerow([_cell(cell) for cell in (*cells, state.value, row.ground)])
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="certificates.csv"'
    return response


@rule(ISSUE)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest) -> HttpResponse:
    """For the CEC's staff: one certificate by hand."""
    form = IssueForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        answer = actions.issue_certificate(draft, by=acting(request), at=scopes.now(draft.scope.election))
        if not isinstance(answer, Refused):
            messages.success(request, _("Certificate %(number)s is issued.") % {"number": answer.number})
            return redirect("certificates:certificate", answer.number)
        form.refuse(answer)
    return render(request, "certificates/issue.html", {"form": form}, status=422 if form.errors else 200)


@rule(ISSUE, REVOKE)
@require_safe
@reads_personal(PERSONAL, subject="certificate:{number}")
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """For the CEC's staff: one certificate, its code, its cards; revoking it."""
    return _page(request, _found(request, number), RevokeForm())


@rule(REVOKE)
@require_POST
@reads_personal(PERSONAL, subject="certificate:{number}")
def revoke(request: HttpRequest, number: str) -> HttpResponse:
    """Revoke a certificate for good."""
    found, form = _found(request, number), RevokeForm(request.POST)
    if form.is_valid():
        answer = actions.revoke_certificate(
            found,
            reason=Revocation.Reason(form.cleaned_data["reason"]),
            ground=form.cleaned_data["ground"],
            by=acting(request),
            at=scopes.now(found.election),
        )
        if not isinstance(answer, Refused):
            messages.success(request, _("Certificate %(number)s is revoked.") % {"number": found.number})
            return redirect("certificates:certificate", found.number)
        form.refuse(answer)
    return _page(request, found, form, status=422)


@rule(ISSUE)
@require_http_methods(["GET", "HEAD", "POST"])
@reads_personal(PERSONAL, subject="certificate:{number}")
def card(request: HttpRequest, number: str, language: str) -> HttpResponse:
    """The frozen card as PDF; POST makes it."""
    found = _found(request, number)
    if language not in dict(LANGUAGES):
        raise Http404(language)
    if request.method == "POST":
        answer = actions.print_card(found, language=language, by=acting(request), at=scopes.now(found.election))
        if isinstance(answer, Refused):
            return _refused(request, answer)
        return redirect("certificates:card", found.number, language)
    kept = Card.objects.select_related("file").filter(certificate=found, language=language).first()
    if kept is None:
        raise Http404(number)
    return _pdf(files.content(kept.file), f"{found.number}-{language}")


@rule(ISSUE)
@require_POST
@reads_personal(PERSONAL)
def sheets(request: HttpRequest) -> HttpResponse:
    """The cards of the register as filtered, four on a page of A4, in the language of the page."""
    at = timezone.now()
    chosen = _asked(request, at)[: MOST_ON_SHEETS + 1]
    faces = [cards.Face(each) for each in chosen]
    answer = actions.print_sheets(faces, language=words.language(), by=acting(request), at=at)
    if isinstance(answer, Refused):
        return _refused(request, answer)
    return _pdf(answer, f"certificates-{timezone.localdate():%Y-%m-%d}")


# ------------------------------------------------------------------------------------- parts


def _page(request: HttpRequest, found: Certificate, form: RevokeForm, status: int = 200) -> HttpResponse:
    made = set(found.cards.values_list("language", flat=True))
    drawn = cards.qr(found.signed, words.language()).svg_inline(scale=1, border=4, omitsize=True, svgclass="qr")
    context = facts(found) | {
        "found": found,
        "bytes": len(found.signed),
        "key": found.key.name,
        "address": address(found.signed, cards.checker(words.language())),
        "qr": mark_safe(drawn),  # noqa: S308  (drawn from digits and our own address)
        "cards": [(code, label, code in made) for code, label in LANGUAGES],
        "revoke": form,
        "may_issue": may_do(request, ISSUE),
        "may_revoke": may_do(request, REVOKE),
    }
    return render(request, "certificates/certificate.html", context, status=status)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    sentence = " ".join(sentences.finding(found, words.language()) for found in refused.findings)
    return render(request, "portal/refused.html", {"words": sentence}, status=422)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _asked(request: HttpRequest, at: datetime) -> QuerySet[Certificate]:
    """The certificates that the filter of the address names, of the election that the office is for."""
    state = request.GET.get("state", "")
    if state and state not in list(State):
        raise Http404("state")
    found = queries.register(search=_search(request), kind=_kind(request), state=State(state) if state else None, at=at)
    own = acting(request).election
    return found.filter(election__in=("", own)) if own else found


def _filter(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("q", "kind", "state") if request.GET.get(name)}


def _search(request: HttpRequest) -> str:
    typed = request.GET.get("q", "")
    return "".join(sign for sign in typed if sign.isprintable()).strip()[:LONGEST_SEARCH]


def _kind(request: HttpRequest) -> int | None:
    asked = request.GET.get("kind", "")
    if not asked:
        return None
    if asked not in {str(value) for value in Certificate.Kind.values}:
        raise Http404("kind")
    return int(asked)


def _found(request: HttpRequest, number: str) -> Certificate:
    """The certificate of the address; 404 where there is none, 403 for an office of another election."""
    found = queries.by_number(number)
    if found is None:
        raise Http404(number)
    if found.election and not acting(request).serves(found.election):
        raise PermissionDenied(number)
    return found


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
