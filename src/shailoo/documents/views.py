"""Public pages of documents: the list, the page that a QR code leads to, and the file itself."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shailoo.accounts.web import public
from shailoo.documents.models import Document
from shailoo.documents.queries import content, issued, of_number
from shailoo.ledger.canonical import canonical, sha256

PAGE_SIZE = 50


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For a journalist or lawyer: every document issued, newest first."""
    page = Paginator(issued(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "documents/index.html", {"page_of": page})


@public
@require_safe
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """For whoever holds the paper: is it the one that was issued, and does it still stand?"""
    documents = of_number(_asked(number))
    if not documents:
        raise Http404(number)
    found = [{"document": document, "data_sha256": sha256(canonical(document.data))} for document in documents]
    return render(request, "documents/verify.html", {"number": number, "found": found})


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
