"""One's own sessions: where one is signed in, and ending that."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shailoo.accounts import sessions
from shailoo.accounts.views.factors import own
from shailoo.accounts.web import signed_in


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """For anybody who signed in: on which devices, since when, last used when; ends one, or all others."""
    person, current = own(request), request.session.session_key
    if request.method == "POST":
        one = request.POST.get("session", "")
        if request.POST.get("all"):
            sessions.end_all(person, but=current)
            messages.success(request, _("You are signed out everywhere else."))
        elif one.isdecimal() and len(one) < 19 and sessions.end_one(person, int(one)):
            messages.success(request, _("You are signed out there."))
        return redirect("accounts:sessions")
    return render(request, "accounts/sessions.html", {"sessions": sessions.of_person(person, current)})
