"""What missions published: the list, and each document as it was handed in."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shailoo.accounts.web import public
from shailoo.documents.queries import content
from shailoo.documents.serving import served
from shailoo.observation.models import Statement
from shailoo.observation.queries import public as queries
from shailoo.observation.words.presence import STATEMENTS, TONGUES

PAGE_SIZE = 50


@public
@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    """For a journalist and a voter: every statement and report of observers, with the hash of the document."""
    page = Paginator(queries.statements(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "rows": [(each, STATEMENTS[each.kind], TONGUES[each.language]) for each in page.object_list],
        "page_of": page,
        "total": page.paginator.count,
        "trail": [(_("Observers"), reverse("observers:index")), (_("Statements and reports"), "")],
    }
    return render(request, "observation/public/statements.html", context)


@public
@require_safe
def statement_file(_request: HttpRequest, pk: int) -> HttpResponse:
    """The document, byte for byte as it was published; its hash is checked before it goes out."""
    found = Statement.objects.select_related("file", "sender__body").filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    name = f"{found.sender.body.code}-{found.pk}-{found.language}.pdf"
    return served(content(found.file), found.file.media_type, name)
