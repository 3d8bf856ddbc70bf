"""Public pages of documents: the list, the page that a QR code leads to, and the file itself."""

from __future__ import annotations

from datetime import timedelta

from cryptography.hazmat.primitives.serialization import Encoding
from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.limits import limited
from shailoo.accounts.web import public
from shailoo.documents import authority, signing
from shailoo.documents.lists import WRITERS, Cell, taken_away
from shailoo.documents.models import Document
from shailoo.documents.queries import content, issues, numbers, of_number
from shailoo.documents.search import DocumentSearch
from shailoo.documents.uploads import received
from shailoo.documents.verification import LARGEST, Examined, Verdict, examine
from shailoo.ledger.canonical import canonical, sha256
from shailoo.wording import sentences

PAGE_SIZE = 50
MOST_ROWS = 50_000  # of a file
COLUMNS = ("number", "language", "kind", "body", "issued_at", "sha256", "bytes", "signed_by", "superseded_by")
MOST_FILES = 30  # that one address may have examined within an hour
GOOD, DOUBTFUL, BAD = "green", "orange", "red"
COLOURS = {
    Verdict.IN_FORCE: GOOD,
    Verdict.SUPERSEDED: DOUBTFUL,
    Verdict.UNKNOWN_BUT_OURS: DOUBTFUL,
}


class FileForm(forms.Form):
    """A file that a visitor holds."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("The file"),
        help_text=_("PDF, at most 10 MB. Choose it, or drag it here. It is looked at and not kept."),
        widget=forms.FileInput({"accept": ".pdf,application/pdf"}),
    )


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For a journalist or lawyer: every document issued, newest first, narrowed by what the address asks for."""
    return render(request, "documents/index.html", page_of(request.GET, "documents:list"))


@public
@require_safe
def file_list(request: HttpRequest, form: str) -> HttpResponse:
    """For machines: the documents that the search of the address finds, each language for itself."""
    return as_file(request.GET, form)


def page_of(query: QueryDict, files: str) -> dict[str, object]:
    """A page of the list, its filter, and the same list to take away at the address named `files`."""
    form = DocumentSearch(query)
    page = Paginator(numbers(form.found()), PAGE_SIZE).get_page(query.get("page"))
    asked = query.copy()
    asked.pop("page", None)
    told = f"?{asked.urlencode()}" if asked else ""
    return {
        "form": form,
        "page_of": page,
        "rows": issues(page.object_list),
        "exports": [(kind.upper(), f"{reverse(f'{files}_{kind}')}{told}") for kind in WRITERS],
    }


def as_file(query: QueryDict, form: str) -> HttpResponse:
    """The list that a search finds, as a file."""
    rows = (_cells(each) for each in DocumentSearch(query).found()[:MOST_ROWS].iterator(chunk_size=2_000))
    return taken_away("documents", form, COLUMNS, rows)


def _cells(document: Document) -> tuple[Cell, ...]:
    superseded = getattr(document, "superseded_by", None)
    return (
        document.number,
        document.language,
        document.kind,
        document.office.body.code if document.office else "",
        document.created_at.isoformat(),
        document.file_id,
        document.file.size,
        document.signed_by,
        superseded.number if superseded else "",
    )


@public
@require_safe
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """For whoever holds the paper: is it the one that was issued, and does it still stand?"""
    documents = of_number(_asked(number))
    if not documents:
        raise Http404(number)
    known = _own_certificates()
    found = [
        {
            "document": document,
            "data_sha256": sha256(canonical(document.data)),
            "signer": known.get(document.signed_by, ""),
        }
        for document in documents
    ]
    return render(request, "documents/verify.html", {"number": number, "found": found})


@public
@never_cache
@limited("documents.verify", per="ip", most=MOST_FILES, within=timedelta(hours=1))
@csrf_protect
@require_http_methods(["GET", "POST"])
def verify_file(request: HttpRequest) -> HttpResponse:
    """For whoever holds a file: did the commission issue it, does it stand, and was anything changed?"""
    context: dict[str, object] = {"form": FileForm(), "root": _root_fingerprint()}
    status = 200
    if request.method == "POST":
        found = examine(received(request.FILES.get("file"), LARGEST))
        context |= {"found": found, "colour": COLOURS.get(found.verdict, BAD), "errors": _errors(found)}
        status = 422 if found.verdict is Verdict.UNFIT else 200
    return render(request, "documents/verify_file.html", context, status=status)


def _errors(found: Examined) -> list[tuple[str, str]]:
    """What is wrong with a file that is not looked at, for the summary: (address of the field, sentence)."""
    refused = found.refused.findings if found.refused else ()
    return [("#id_file", sentences.finding(finding, get_language() or "ky")) for finding in refused]


@public
@require_safe
def root_certificate(request: HttpRequest) -> HttpResponse:
    """For whoever verifies without us: the root of the commission's authority, in DER."""
    del request  # it is the same for everybody
    return _download(_public().root.public_bytes(Encoding.DER), "application/pkix-cert", "root.crt")


@public
@require_safe
def revocation_list(request: HttpRequest) -> HttpResponse:
    """For programs that verify signatures: the signed list of certificates that were withdrawn, in DER."""
    del request  # it is the same for everybody
    return _download(_public().revoked.public_bytes(Encoding.DER), "application/pkix-crl", "revoked.crl")


def _root_fingerprint() -> str:
    """SHA-256 of the root certificate; empty where there is none."""
    where = signing.folder()
    return authority.fingerprint(authority.standing(where).root) if authority.exists(where) else ""


def _public() -> authority.Standing:
    """The authority's public files; 404 where there is none."""
    try:
        return authority.standing(signing.folder())
    except authority.AuthorityMissingError as missing:
        raise Http404 from missing


def _download(data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _own_certificates() -> dict[str, str]:
    """The name in every certificate that signed documents of ours, by its fingerprint."""
    return {authority.fingerprint(each): authority.name_in(each) for each in authority.issued(signing.folder())}


@public
@require_safe
def file(request: HttpRequest, number: str, language: str) -> HttpResponse:
    """The frozen PDF, checked against its hash before it leaves."""
    document = Document.objects.select_related("file").filter(number=_asked(number), language=language).first()
    if document is None:
        raise Http404(number)
    if request.headers.get("If-None-Match") == f'"{document.file_id}"':
        return HttpResponseNotModified()
    response = HttpResponse(content(document.file), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{number.replace("/", "-")}-{language}.pdf"'
    response["ETag"] = f'"{document.file_id}"'
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _asked(number: str) -> str:
    """The number of the address; 404 for one that no document can bear."""
    if not number.isprintable():
        raise Http404
    return number
