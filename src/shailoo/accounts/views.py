"""Signing in and out, and choosing the office to act in."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shailoo.accounts.forms import SignInForm
from shailoo.accounts.middleware import OFFICE_KEY
from shailoo.accounts.models import Person
from shailoo.accounts.queries import offices_of
from shailoo.accounts.web import public, signed_in


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """For staff of commissions: the way to the desk. Failed tries are limited and recorded without the password."""
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(_next(request) or "desk:home")
    status = 200 if request.method == "GET" else 422
    return render(request, "accounts/sign_in.html", {"form": form, "next": _next(request)}, status=status)


@signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session here."""
    logout(request)
    return redirect("portal:home")


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def choose_office(request: HttpRequest) -> HttpResponse:
    """For a person with several offices: which one acts from now on."""
    assert isinstance(request.user, Person)  # noqa: S101  (signed_in lets nobody else in)
    offices = list(offices_of(request.user))
    if request.method == "POST":
        wanted = next((office for office in offices if str(office.pk) == request.POST.get("office")), None)
        if wanted is not None:
            request.session[OFFICE_KEY] = wanted.pk
            return redirect("desk:home")
    return render(request, "accounts/offices.html", {"offices": offices})


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: only to an address of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""
