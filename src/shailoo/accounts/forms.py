"""Signing in, the second factor, and passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Submit
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm, UsernameField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shailoo.accounts import second_factor
from shailoo.accounts.models import Person

if TYPE_CHECKING:
    ChangeForm: TypeAlias = PasswordChangeForm
    SetForm: TypeAlias = SetPasswordForm[Person]
else:
    ChangeForm, SetForm = PasswordChangeForm, SetPasswordForm

LONGEST_CREDENTIAL = 64 * 1024  # characters of a passkey's answer; real ones have a few thousand


def _helper(form: forms.BaseForm, button: Any) -> FormHelper:
    """Of the form as it stands: with a layout, what is wrong with the whole form stands in the summary alone."""
    helper = FormHelper(form)
    helper.form_tag = False
    helper.add_input(Submit("submit", button))
    return helper


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
        self.helper = _helper(self, _("Sign in"))


class CodeForm(forms.Form):
    """A code of the app, or one of the recovery codes. `factor` is what it proved."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.factor: Authenticator | None = None
        self.helper = _helper(self, _("Continue"))

    def clean_code(self) -> str:
        """Each try counts, also a right one; the ninth within a quarter of an hour waits."""
        code: str = self.cleaned_data["code"]
        _count_a_try(self.person)
        self.factor = second_factor.by_code(self.person, code)
        if self.factor is None:
            raise ValidationError(_("This code does not open. Wait for the next one, and check your phone's clock."))
        return code


class PasskeyForm(forms.Form):
    """A passkey's answer; of `person`, or of whoever it says it is. `factor` is the passkey."""

    credential = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, person: Person | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.factor: Authenticator | None = None

    def clean_credential(self) -> object:
        """Check the answer against the question that stands in the session; it is asked once."""
        given = self.cleaned_data["credential"]
        if len(self.data["credential"]) > LONGEST_CREDENTIAL or not isinstance(given, dict):
            raise ValidationError(_NO_PASSKEY)
        if self.person is not None:
            _count_a_try(self.person)
        try:
            auth.parse_authentication_response(given)
            person = self.person or auth.extract_user_from_response(given)
            assert isinstance(person, Person)  # noqa: S101  (there are no other users)
            self.factor = auth.complete_authentication(person, given)
        except (ValidationError, ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise ValidationError(_NO_PASSKEY) from wrong
        self.factor.user = person
        return given


class NewPasskeyForm(forms.Form):
    """A passkey to be added, and what its owner calls it."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=60, help_text=_("Such as: phone, blue stick."))
    credential = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(self, _("Add the passkey"))

    def clean_credential(self) -> object:
        """Check that it answers the question that stands in the session, and that it verifies its user."""
        given = self.cleaned_data["credential"]
        if len(self.data["credential"]) > LONGEST_CREDENTIAL or not isinstance(given, dict):
            raise ValidationError(_NO_PASSKEY)
        try:
            auth.parse_registration_response(given)
            made = auth.complete_registration(given)
        except (ValidationError, ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise ValidationError(_NO_PASSKEY) from wrong
        if not made.is_user_verified():
            raise ValidationError(_NO_PASSKEY)
        return given


class AppForm(forms.Form):
    """The first code of an app that is being set up."""

    code = forms.CharField(
        label=_("Code from the app"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, person: Person | None, secret: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.secret = person, secret
        self.helper = _helper(self, _("Continue"))

    def clean_code(self) -> str:
        """The code must be of this secret, now."""
        code: str = self.cleaned_data["code"]
        if self.person is not None:
            _count_a_try(self.person)
        if not second_factor.fits(self.secret, code):
            raise ValidationError(_("This code does not open. Wait for the next one, and check your phone's clock."))
        return code


class PasswordForm(ChangeForm):
    """The old password and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Password that holds now")
        _label_new_passwords(self)
        self.helper = _helper(self, _("Change the password"))


class NewPasswordForm(SetForm):
    """A new password twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label_new_passwords(self)
        self.helper = _helper(self, _("Set the password"))


class ForgottenForm(forms.Form):
    """Whose password is forgotten."""

    username = forms.CharField(label=_("User name"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(self, _("Send me a link"))


def _label_new_passwords(form: forms.Form) -> None:
    form.fields["new_password1"].label = _("New password")
    form.fields["new_password1"].help_text = PASSWORD_RULE
    form.fields["new_password2"].label = _("New password once more")
    form.fields["new_password2"].help_text = ""


def _count_a_try(person: Person) -> None:
    if second_factor.seconds_to_wait(person):
        raise ValidationError(_("Too many tries. Wait a quarter of an hour and try again."))


PASSWORD_RULE = _("At least 12 characters, not a common word. A sentence that you can remember is good.")
_NO_PASSKEY = _("This passkey does not open. Try again, or use your password and a code.")
