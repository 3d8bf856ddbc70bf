"""A new password: by the old one, or by a link that opens once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shailoo.accounts import passwords
from shailoo.accounts.forms import ForgottenForm, NewPasswordForm, PasswordForm
from shailoo.accounts.limits import limited
from shailoo.accounts.views.factors import confirmed, own
from shailoo.accounts.web import public, signed_in

HOUR = timedelta(hours=1)


@signed_in
@never_cache
@sensitive_post_parameters()
@confirmed
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """For anybody who signed in: another password; all other sessions end."""
    form = PasswordForm(own(request), data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        passwords.changed(request, form.save())
        messages.success(request, _("The new password holds. You are signed out everywhere else."))
        return redirect("accounts:account")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)


@public
@never_cache
@limited("accounts.forgotten", per="ip", most=10, within=HOUR)
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """For who has forgotten the password: a link by mail, if the person has an address. Says the same to everyone."""
    form = ForgottenForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        passwords.send_link(form.cleaned_data["username"])
        return render(request, "accounts/link_sent.html")
    return render(request, "accounts/forgotten.html", {"form": form}, status=422 if form.errors else 200)


class NewPasswordView(PasswordResetConfirmView):
    """For who opens such a link: a new password. The link opens once, for a day; then all sessions end."""

    form_class = NewPasswordForm
    template_name = "accounts/new_password.html"
    success_url = reverse_lazy("accounts:sign_in")
    token_generator = passwords.LINKS

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it, record it (without any of it), and ask to sign in."""
        answer = super().form_valid(form)
        passwords.reset(form.user)
        messages.success(self.request, _("The new password holds. Sign in with it."))
        return answer

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """A link that does not open (any more) is refused with 404, and says so in words."""
        status = 200 if context["validlink"] else 404
        return super().render_to_response(context, status=status, **kwargs)


new_password = public(
    never_cache(limited("accounts.new_password", per="ip", most=20, within=HOUR)(NewPasswordView.as_view()))
)
