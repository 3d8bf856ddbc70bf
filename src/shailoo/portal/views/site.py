"""About this site, and how accessible it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from shailoo.portal.views.answers import of_itself


@of_itself
def about(request: HttpRequest) -> HttpResponse:
    """For a stranger: what this is, where the figures come from, what is kept about a reader (nothing)."""
    return render(request, "portal/about.html", {"trail": [(_("About"), "")]})


@of_itself
def accessibility(request: HttpRequest) -> HttpResponse:
    """For a reader who uses a screen reader, a keyboard or large type: what to expect, and where to complain."""
    return render(request, "portal/accessibility.html", {"trail": [(_("Accessibility"), "")]})
