"""Signing in."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Submit
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User name and password. A wrong pair says only that the pair is wrong."""

    error_messages = {  # noqa: RUF012  (declared by Django as an instance variable)
        "invalid_login": _("The user name and password do not match. Check both and try again."),
        "inactive": _("This person can no longer sign in. Ask the chairperson of your commission."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django only tells the browser; a longer name would reach the record of failed tries, which cannot hold it.
        widget = self.fields["username"].widget
        self.fields["username"] = UsernameField(widget=widget, max_length=self.username_field.max_length)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")
        self.helper = FormHelper()
        self.helper.add_input(Submit("submit", _("Sign in")))
