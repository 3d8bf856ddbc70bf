"""Signing in, in two steps or by a passkey at once, and signing out."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.internal.flows.login import perform_login, perform_password_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shailoo.accounts import second_factor
from shailoo.accounts.forms import CodeForm, PasskeyForm, SignInForm
from shailoo.accounts.limits import limited
from shailoo.accounts.models import Person
from shailoo.accounts.sessions import Ending
from shailoo.accounts.views.places import wanted
from shailoo.accounts.web import public, signed_in

SOME_MINUTES = timedelta(minutes=5)
FROM_ONE_ADDRESS = 60  # a commission's computers share one; a single name is locked after far fewer tries


@public
@never_cache
@sensitive_post_parameters("password")
@limited("accounts.sign_in", per="ip", most=FROM_ONE_ADDRESS, within=SOME_MINUTES)
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """For staff of commissions: the way to the desk. Failed tries are limited and recorded without the password."""
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.get_user()
        entry = Login(user=person, redirect_url=wanted(request) or None)
        return perform_password_login(request, {"username": person.username}, entry)
    ended = request.GET.get("ended", "")
    context = {"form": form, "next": wanted(request), "ended": ended if ended in set(Ending) else ""}
    return render(request, "accounts/sign_in.html", context, status=200 if request.method == "GET" else 422)


@public
@never_cache
@limited("accounts.second_step", per="ip", most=FROM_ONE_ADDRESS, within=SOME_MINUTES)
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """For who has given the right password: the code of the app, a passkey, or a recovery code."""
    if request.user.is_authenticated:
        return redirect("desk:home")
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None or not isinstance(stage.login.user, Person):
        return redirect("accounts:sign_in")
    answer = ask(request, stage.login.user, reverse("accounts:sign_in"))
    return stage.exit() if answer is None else answer


def ask(request: HttpRequest, person: Person, back: str) -> HttpResponse | None:
    """Ask for the second factor of `person`; None as soon as it is proved (and noted in the session).

    `back` is where the page's link leads for who cannot. Used by the second step and by the question before changes.
    """
    by_passkey = "credential" in request.POST
    code = CodeForm(person, data=request.POST if request.method == "POST" and not by_passkey else None)
    passkey = PasskeyForm(person, data=request.POST if by_passkey else None)
    form = passkey if by_passkey else code
    if request.method == "POST" and form.is_valid():
        assert form.factor is not None  # noqa: S101  (a valid form has found one)
        second_factor.record_proof(request, form.factor)
        return None
    kinds = {factor.type for factor in second_factor.factors_of(person)}
    context = {
        "form": code,
        "passkey": passkey,
        "options": begin_authentication(person) if "webauthn" in kinds else None,
        "app": "totp" in kinds,
        "next": wanted(request),
        "back": back,
    }
    return render(request, "accounts/second_step.html", context, status=200 if request.method == "GET" else 422)


@public
@never_cache
@limited("accounts.passkey", per="ip", most=2 * FROM_ONE_ADDRESS, within=SOME_MINUTES)
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """Signing in by a passkey alone: first the question to it (JSON), then its answer."""
    if "credential" not in request.POST:
        return JsonResponse(begin_authentication(None))
    form = PasskeyForm(None, data=request.POST)
    if not form.is_valid() or form.factor is None or not form.factor.user.is_active:
        context = {"form": SignInForm(request), "next": wanted(request), "passkey_failed": True}
        return render(request, "accounts/sign_in.html", context, status=422)
    second_factor.record_proof(request, form.factor, passwordless=True)
    return perform_login(request, Login(user=form.factor.user, redirect_url=wanted(request) or None))


@second_factor.before_the_second_factor
@signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session here."""
    logout(request)
    return redirect("portal:home")
