"""Inviting people to offices: the list, a new invitation, withdrawing one; and the page on which it is accepted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts import second_factor, sessions
from shailoo.accounts.forms import PASSWORD_RULE, AppForm
from shailoo.accounts.limits import limited, sender, too_many, wait_for
from shailoo.accounts.models import Body, Invitation, Office, Person
from shailoo.accounts.queries import invitations_in_reach
from shailoo.accounts.roles import GIVEN_BY, Role
from shailoo.accounts.web import public, reads_personal, rule
from shailoo.commissions.actions.invitations import (
    Entrance,
    Guest,
    accept,
    accept_as,
    invite,
    note_dead_link,
    opened,
    withdraw_invitation,
)
from shailoo.commissions.queries import tecs
from shailoo.commissions.words import own
from shailoo.desk.people import acting, asked, paged, roles, told
from shailoo.elections.queries import called
from shailoo.law.outcome import Refused

GONE = 410
MOST_DEAD_LINKS = 20  # that one address may try within an hour


class InvitationForm(forms.Form):
    """Who is asked to take which office, and on what ground."""

    name = forms.CharField(label=gettext_lazy("Name of the person"), max_length=200)
    email = forms.EmailField(
        label=gettext_lazy("Mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("The link goes there. Without an address you hand it over yourself."),
    )
    body = forms.CharField(
        label=gettext_lazy("Code of the commission or body"),
        max_length=64,
        help_text=gettext_lazy("Such as TEC-KG02205 or PEC-1001. Begin to type the code or the name to choose a TEC."),
        widget=forms.TextInput(attrs={"list": "bodies", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=gettext_lazy("Office"))
    election = forms.ChoiceField(label=gettext_lazy("For which election"), required=False)
    ground = forms.CharField(
        label=gettext_lazy("Decision on which the office is given"),
        max_length=120,
        help_text=gettext_lazy("Its number and date."),
    )

    def __init__(self, office: Office, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [role for role in Role if Role(office.role) in GIVEN_BY[role]]
        role, election = self.fields["role"], self.fields["election"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101  (as declared above)
        assert isinstance(election, forms.ChoiceField)  # noqa: S101  (as declared above)
        role.choices = roles(mine)
        known = [(each.slug, own(each, "name")) for each in called() if office.serves(each.slug)]
        every = [] if office.election else [("", _("all elections"))]
        election.choices = [*every, *known]
        self.fields["body"].initial = office.body.code

    def clean_body(self) -> Body:
        """The body of that code."""
        found = Body.objects.filter(code=self.cleaned_data["body"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("There is no commission and no body of this code."))
        return found


class EntranceForm(AppForm):
    """How who accepts will sign in: a name, a password twice, and the first code of the app."""

    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=40,
        help_text=gettext_lazy("3 to 40 small Latin letters and digits; full stop, hyphen and underscore are allowed."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=256,
        strip=False,
        help_text=PASSWORD_RULE,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("The password once more"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ("username", "password", "again", "code")

    def clean(self) -> dict[str, Any] | None:
        """Both passwords are the same."""
        given = super().clean()
        if self.cleaned_data.get("password") != self.cleaned_data.get("again"):
            self.add_error("again", _("This is not the same password."))
        return given


@rule("accounts.invite")
@require_safe
@reads_personal("invitations")
def listed(request: HttpRequest) -> HttpResponse:
    """For chairpersons and secretaries: who was invited to which office, by whom, and what came of it."""
    wanted = asked(request)
    rows = invitations_in_reach(acting(request), wanted)
    context = {
        "page_of_rows": paged(request, rows),
        "wanted": wanted,
        "roles": roles(Role),
        "now": timezone.now(),
    }
    return render(request, "desk/invitations.html", context)


@rule("accounts.invite")
@never_cache
@require_http_methods(["GET", "POST"])
@reads_personal("invitations")
def new(request: HttpRequest) -> HttpResponse:
    """For the same: ask somebody to take an office. The link is shown once, and mailed where there is an address."""
    office = acting(request)
    form = InvitationForm(office, data=request.POST or None)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        answer = invite(
            Guest(given["name"], given["email"]),
            given["body"],
            Role(given["role"]),
            by=office,
            at=timezone.now(),
            ground=given["ground"],
            election=given["election"],
        )
        if not isinstance(answer, Refused):
            link = settings.PUBLIC_ADDRESS + reverse("invitation", args=[answer.secret])
            _mail(answer.invitation, link)
            return render(request, "desk/invited.html", {"invitation": answer.invitation, "link": link})
        refused = answer
    context = {"form": form, "tecs": tecs(), "refused": told(refused) if refused else ()}
    return render(request, "desk/invite.html", context, status=200 if request.method == "GET" else 422)


def _mail(invitation: Invitation, link: str) -> None:
    if not invitation.email:
        return
    words = _("%(name)s, you are invited to take an office. Accept it here within a week:\n\n%(link)s\n")
    subject = _("Invitation to an office in the election system")
    text = words % {"name": invitation.name, "link": link}
    EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [invitation.email]).send()


@rule("accounts.invite")
@require_POST
def withdraw(request: HttpRequest, invitation: int) -> HttpResponse:
    """Closes an invitation: its link opens no more."""
    office = acting(request)
    found = get_object_or_404(Invitation, pk=invitation)
    answer = withdraw_invitation(found, by=office, at=timezone.now())
    if isinstance(answer, Refused):
        return render(request, "desk/invitation_refused.html", {"refused": told(answer)}, status=422)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("desk:invitations")


@public
@never_cache
@sensitive_post_parameters("password", "again", "code")
@limited("desk.invitation", per="ip", most=20, within=timedelta(hours=1))
@require_http_methods(["GET", "POST"])
def accepting(request: HttpRequest, secret: str) -> HttpResponse:
    """For who opens the link of an invitation: choose how to sign in, and take the office.

    Who is signed in already takes it as the same person. A link that does not open says why (410); nothing is kept but
    the record that it was tried.
    """
    invitation = opened(secret, timezone.now())
    if isinstance(invitation, Refused) and request.method == "GET":
        return _dead(request, secret, invitation)
    if request.user.is_authenticated and not second_factor.proved(request):
        return redirect(f"{reverse('accounts:second_factor')}?{urlencode({'next': request.path})}")
    if request.user.is_authenticated:
        return _accepting_as(request, secret, invitation)
    app = get_totp_secret(regenerate=request.method == "GET")
    form = EntranceForm(None, app, data=request.POST or None)
    if request.method == "POST" and (isinstance(invitation, Refused) or form.is_valid()):
        given = form.cleaned_data if form.is_valid() else {}
        entrance = Entrance(given.get("username", ""), given.get("password", ""), app)
        answer = accept(secret, entrance, at=timezone.now())
        if not isinstance(answer, Refused):
            return _welcome(request, answer.office.person, answer.recovery_codes)
        if not any(found.fields for found in answer.findings):
            return _refused(request, answer)
        for field, words, _norm in told(answer):
            form.add_error(field or None, words)
    address = second_factor.address_for_app(Person(username=_("new office")), app)
    context = {
        "form": form,
        "invitation": invitation,
        "letters": second_factor.in_groups(app),
        "picture": second_factor.picture(address),
    }
    return render(request, "desk/accept.html", context, status=422 if form.errors else 200)


def _accepting_as(request: HttpRequest, secret: str, invitation: Invitation | Refused) -> HttpResponse:
    """The same for somebody who is here already: one button."""
    assert isinstance(request.user, Person)  # noqa: S101  (only who has signed in comes here)
    if request.method == "POST":
        answer = accept_as(secret, request.user, at=timezone.now())
        if isinstance(answer, Refused):
            return _refused(request, answer)
        messages.success(request, _("The office is yours. Choose it when you want to act in it."))
        return redirect("accounts:offices")
    return render(request, "desk/accept_as.html", {"invitation": invitation})


def _welcome(request: HttpRequest, person: Person, codes: tuple[str, ...]) -> HttpResponse:
    """Sign the new person in, by what was just proved, and show the recovery codes."""
    factor = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    clear_totp_secret(request)
    second_factor.record_proof(request, factor, passwordless=True)
    sessions.enter(request, person)
    return render(request, "accounts/codes.html", {"codes": codes})


def _dead(request: HttpRequest, secret: str, refused: Refused) -> HttpResponse:
    """Say why the link does not open, and record that it was tried; who tries too often is told to wait."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ WRITE")  # a request that reads is held read-only
        wait = wait_for("desk.dead_invitation", sender(request, "ip"), most=MOST_DEAD_LINKS, within=timedelta(hours=1))
        if wait:
            return too_many(request, wait)
        note_dead_link(secret, refused, at=timezone.now())
    return _refused(request, refused)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return render(request, "desk/invitation_refused.html", {"refused": told(refused)}, status=GONE)
