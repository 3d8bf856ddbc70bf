"""Signing people in, in tests: honestly by both steps, or by a session that says that a second factor proved it."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from shailoo.accounts.models import Person
from shailoo.accounts.second_factor import set_up_app

BACKEND = "django.contrib.auth.backends.ModelBackend"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in(client: Client, person: Person) -> None:
    """A session as it is after both steps: the person, and a proof by a second factor just now."""
    client.force_login(person, backend=BACKEND)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session.save()


def with_app(person: Person, secret: str = SECRET) -> tuple[str, ...]:
    """Give the person an authenticator app; returns the recovery codes."""
    return set_up_app(person, secret)[1]


def code_now(secret: str = SECRET, *, later: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))
