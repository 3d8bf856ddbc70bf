"""The office in use: which of one's offices acts from now on."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shailoo.accounts.middleware import OFFICE_KEY, Signed
from shailoo.accounts.sessions import renew_key
from shailoo.accounts.web import signed_in


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """For a person with several offices: which one acts from now on. The session gets a new key with it."""
    offices = cast(Signed, request).offices
    if request.method == "POST":
        chosen = next((office for office in offices if str(office.pk) == request.POST.get("office")), None)
        if chosen is not None:
            request.session[OFFICE_KEY] = chosen.pk
            renew_key(request)
            return redirect("desk:home")
    return render(request, "accounts/offices.html", {"offices": offices})
