"""The documents that were issued, at the desk: at first those of the reader's own commission."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from shailoo.accounts.web import rule
from shailoo.desk.people import acting
from shailoo.documents.views import as_file, page_of


@rule("commissions.read")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """For a secretary who needs the paper of last week: what we issued, and with the filter what anybody did."""
    own = QueryDict(urlencode({"body": acting(request).body.code}))
    return render(request, "desk/documents.html", page_of(request.GET or own, "desk:documents"))


@rule("commissions.read")
@require_safe
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The list that the filter of the address finds, to take away."""
    return as_file(request.GET, form)
