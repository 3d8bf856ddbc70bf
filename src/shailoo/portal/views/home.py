"""The first page: how the featured election stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shailoo.accounts.web import public


@public
def results(request: HttpRequest) -> HttpResponse:
    """For a voter on a phone and a journalist who wants one number and its source."""
    return render(request, "portal/home.html")
