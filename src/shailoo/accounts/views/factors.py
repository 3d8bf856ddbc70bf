"""One's own second factor: an authenticator app, passkeys, recovery codes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import cast
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn, begin_registration
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shailoo.accounts import second_factor
from shailoo.accounts.forms import AppForm, NewPasskeyForm
from shailoo.accounts.middleware import Signed
from shailoo.accounts.models import Office, Person
from shailoo.accounts.second_factor import before_the_second_factor
from shailoo.accounts.sessions import renew_key
from shailoo.accounts.views.entering import ask
from shailoo.accounts.views.places import wanted
from shailoo.accounts.web import signed_in
from shailoo.ledger import actions as ledger

Page = Callable[..., HttpResponse]


def own(request: HttpRequest) -> Person:
    """The person who is signed in; only for views behind `signed_in`."""
    assert isinstance(request.user, Person)  # noqa: S101  (signed_in lets nobody else in)
    return request.user


def confirmed(view: Page) -> Page:
    """Who has a second factor proves it once more before changing it, unless that was within a quarter of an hour."""

    @wraps(view)
    def asked_before(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if second_factor.has_factor(own(request)) and not second_factor.proved_recently(request):
            back = request.path if request.method == "GET" else reverse("accounts:account")
            return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': back})}")
        return view(request, *args, **kwargs)

    return asked_before


@before_the_second_factor
@signed_in
@never_cache
@require_http_methods(["GET"])
def account(request: HttpRequest) -> HttpResponse:
    """For anybody who signed in: what opens one's own door, and how to change it."""
    person = own(request)
    factors = second_factor.factors_of(person)
    context = {
        "app": next((factor for factor in factors if factor.type == Authenticator.Type.TOTP), None),
        "passkeys": [factor for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
        "codes_left": second_factor.recovery_codes_left(person),
        "removable": len(factors) > 1 or not second_factor.demanded(_offices(request)),
        "missing": not factors and second_factor.demanded(_offices(request)),
    }
    return render(request, "accounts/account.html", context)


@before_the_second_factor
@signed_in
@never_cache
@confirmed
@require_http_methods(["GET", "POST"])
def app(request: HttpRequest) -> HttpResponse:
    """Setting up an authenticator app: its secret as a picture and as letters, and the first code as the proof.

    Who is of the staff and has no second factor yet reaches nothing else before. Shows the recovery codes once.
    """
    person = own(request)
    secret = get_totp_secret(regenerate=request.method == "GET")
    form = AppForm(person, secret, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        factor, codes = second_factor.set_up_app(person, secret)
        clear_totp_secret(request)
        _added(request, person, factor)
        return render(request, "accounts/codes.html", {"codes": codes, "next": wanted(request)})
    address = second_factor.address_for_app(person, secret)
    context = {
        "form": form,
        "letters": second_factor.in_groups(secret),
        "picture": second_factor.picture(address),
        "next": wanted(request),
        "demanded": not second_factor.proved(request) and second_factor.demanded(_offices(request)),
    }
    return render(request, "accounts/app.html", context, status=422 if form.errors else 200)


@before_the_second_factor
@signed_in
@never_cache
@confirmed
@require_http_methods(["GET", "POST"])
def passkeys(request: HttpRequest) -> HttpResponse:
    """Adding a passkey: a key of the device or a stick, which needs no password."""
    person = own(request)
    form = NewPasskeyForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        first = not second_factor.has_factor(person)
        factor = WebAuthn.add(person, form.cleaned_data["name"], form.cleaned_data["credential"]).instance
        codes = second_factor.new_recovery_codes(person) if first else ()
        _added(request, person, factor)
        if codes:
            return render(request, "accounts/codes.html", {"codes": codes, "next": wanted(request)})
        messages.success(request, _("The passkey is added."))
        return redirect(wanted(request) or "accounts:account")
    context = {"form": form, "options": begin_registration(person, passwordless=True), "next": wanted(request)}
    return render(request, "accounts/passkey.html", context, status=422 if form.errors else 200)


def _added(request: HttpRequest, person: Person, factor: Authenticator) -> None:
    """A new factor proves the session that set it up; the session goes on under a new key, and the act is recorded."""
    second_factor.record_proof(request, factor)
    renew_key(request)
    _record("person.second_factor_added", person, factor)


def _record(act: str, person: Person, factor: Authenticator) -> None:
    kind = {"kind": str(factor.type)}
    ledger.record(act, subject=f"person:{person.pk}", by=None, at=timezone.now(), payload=kind)


@signed_in
@never_cache
@confirmed
@require_POST
def remove(request: HttpRequest, factor: int) -> HttpResponse:
    """Takes an app or a passkey away; the last one of a person of the staff stays."""
    person = own(request)
    kept = second_factor.factors_of(person)
    found = get_object_or_404(Authenticator, pk=factor, user=person, type__in=second_factor.FACTORS)
    if len(kept) == 1 and second_factor.demanded(_offices(request)):
        messages.error(request, _("Your office needs a second factor. Add another one before you remove this one."))
        return redirect("accounts:account")
    found.delete()
    _record("person.second_factor_removed", person, found)
    messages.success(request, _("It is removed and opens nothing any more."))
    return redirect("accounts:account")


@signed_in
@never_cache
@confirmed
@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown once, in place of all earlier ones."""
    person = own(request)
    if not second_factor.has_factor(person):
        return redirect("accounts:second_factor")
    if request.method == "POST":
        return render(request, "accounts/codes.html", {"codes": second_factor.new_recovery_codes(person)})
    return render(request, "accounts/new_codes.html", {"left": second_factor.recovery_codes_left(person)})


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Before a change of the factors: the second factor once more."""
    answer = ask(request, own(request), reverse("accounts:account"))
    return redirect(wanted(request) or "accounts:account") if answer is None else answer


def _offices(request: HttpRequest) -> list[Office]:
    return cast(Signed, request).offices
