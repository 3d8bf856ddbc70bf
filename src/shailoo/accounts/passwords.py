"""A new password by a link that opens once: sent by mail, or handed over by a superior office."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from shailoo.accounts import sessions
from shailoo.accounts.models import Person
from shailoo.ledger import actions as ledger


class Links(PasswordResetTokenGenerator):
    """Tokens that hold until the password or the time of the last sign-in changes, at most a day (settings)."""

    key_salt = "shailoo.accounts.passwords"


LINKS = Links()


def link(person: Person) -> str:
    """The address, with its host, under which `person` sets a new password once."""
    number = urlsafe_base64_encode(force_bytes(person.pk))
    return settings.PUBLIC_ADDRESS + reverse("accounts:new_password", args=[number, LINKS.make_token(person)])


def send_link(username: str) -> None:
    """Mail the link to the person of that name, if there is one with an address who may sign in; else nothing."""
    person = Person.objects.filter(username=username, is_active=True).exclude(email="").first()
    if person is None:
        return
    words = _("Somebody, probably you, asked for a new password for %(name)s. Set it here within a day:\n\n%(link)s\n")
    words += "\n" + _("If it was not you, do nothing: the password stays as it is.")
    text = words % {"name": person.username, "link": link(person)}
    EmailMessage(_("A new password"), text, settings.DEFAULT_FROM_EMAIL, [person.email]).send()


def changed(request: HttpRequest, person: Person) -> None:
    """After a change of one's own password: this session goes on under a new key, all others end."""
    before = request.session.session_key
    update_session_auth_hash(request, person)
    sessions.follow(before, request.session.session_key)
    sessions.end_all(person, but=request.session.session_key)
    _record(person)


def reset(person: Person) -> None:
    """After a password was set by a link: nothing that was open before stays open."""
    sessions.end_all(person)
    _record(person)


def _record(person: Person) -> None:
    ledger.record("person.password_set", subject=f"person:{person.pk}", by=None, at=timezone.now(), payload={})
