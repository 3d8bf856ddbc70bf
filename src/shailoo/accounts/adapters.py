"""What django-allauth asks of an installation: who may sign up (nobody), where to go, how secrets are kept."""

from __future__ import annotations

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.encoding import force_bytes

from shailoo.accounts.models import Person
from shailoo.accounts.origin import address_of

BACKEND = "django.contrib.auth.backends.ModelBackend"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up here: people come by the invitation of an office. Every sign-in has two steps."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  (given by the library)
        """Never."""
        return False

    def get_login_stages(self) -> list[str]:
        """After the password: the second factor of those who have one. Mail proves nothing here."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  (given by the library)
        """The desk."""
        return reverse("desk:home")

    def get_client_ip(self, request: HttpRequest) -> str:
        """As everywhere here: what our own servers say of the sender."""
        return address_of(request)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Begin the session, under a new key."""
        assert isinstance(user, Person)  # noqa: S101  (there are no others)
        login(request, user, backend=BACKEND)

    def respond_user_inactive(self, *_given: object) -> HttpResponse:
        """A person who may no longer sign in begins again, and gets no further."""
        return redirect("accounts:sign_in")

    def add_message(self, *_given: object, **_named: object) -> None:
        """The pages say what happened; the library's own messages are not shown."""


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted in the database, by a key that is not in it."""

    def encrypt(self, text: str) -> str:
        """For the database."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """From the database. Raises InvalidToken where it was encrypted by another installation's key."""
        return _lock().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """How an authenticator app names us."""
        return "Shailoo"


def _lock() -> MultiFernet:
    """Encrypts by the key of the installation; reads also what earlier keys (SECRET_KEY_FALLBACKS) encrypted."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"shailoo second factor\n" + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
