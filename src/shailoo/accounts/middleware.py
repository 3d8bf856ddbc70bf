"""Whether a request's session still holds, which office acts, and that reading changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from shailoo.accounts import second_factor, sessions
from shailoo.accounts.models import Office, Person
from shailoo.accounts.queries import offices_of
from shailoo.accounts.web import RULE
from shailoo.ledger import actions as ledger

Answer = Callable[[HttpRequest], HttpResponse]
OFFICE_KEY = "office"
READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Signed(HttpRequest):
    """A request as the middlewares of this room leave it: they set what it declares."""

    ended: sessions.Ending | None
    offices: list[Office]
    office: Office | None


class SessionMiddleware:
    """Ends a session that is too old, was idle too long, or comes from another browser. The last is recorded.

    Asks nothing of the database that the session itself did not cost already.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cast(Signed, request).ended = None
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            why = sessions.ending(request)
            if why is not None:
                _end(request, why)
        return self.answer(request)


def _end(request: HttpRequest, why: sessions.Ending) -> None:
    person = request.session[SESSION_KEY]
    logout(request)
    cast(Signed, request).ended = why
    if why is sessions.Ending.BROWSER:
        at = timezone.now()
        ledger.record("session.browser_changed", subject=f"person:{person}", by=None, at=at, payload={})


class OfficeMiddleware:
    """Sets `request.offices`, those held now, and `request.office`, the one in use, or None.

    The session names the one in use; it must still be held. An office of the staff acts only in a session that a
    second factor has proved. Pages are led to the second factor before anything else (fails closed: a view says itself
    that it may be opened before).
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed = cast(Signed, request)
        signed.offices = cast(list[Office], SimpleLazyObject(lambda: _offices(request)))
        signed.office = cast(Office, SimpleLazyObject(lambda: _office(request)))
        return self.answer(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Lead a session that ended to the sign-in, and one without its second factor to that."""
        del args, kwargs
        if getattr(view, RULE, None) == "public" or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if (ended := cast(Signed, request).ended) is not None:
            return _with_return(request, resolve_url(settings.LOGIN_URL), ended=ended.value)
        if getattr(view, second_factor.BEFORE_IT, False) or not request.user.is_authenticated:
            return None
        if second_factor.proved(request) or not second_factor.demanded(_held(request)):
            return None
        return _with_return(request, reverse("accounts:second_factor"))


def _with_return(request: HttpRequest, address: str, **more: str) -> HttpResponse:
    """Go to `address`, and from there back to what was asked for."""
    back = {"next": request.get_full_path()} if request.method in READS else {}
    query = urlencode({**back, **more})
    return redirect(f"{address}?{query}" if query else address)


def _offices(request: HttpRequest) -> list[Office]:
    person = _person(request)
    return [] if person is None else list(offices_of(person))


def _office(request: HttpRequest) -> Office | None:
    held, chosen = _held(request), request.session.get(OFFICE_KEY) if _person(request) else None
    found = next((office for office in held if office.pk == chosen), held[0] if held else None)
    if found is not None and second_factor.demanded([found]) and not second_factor.proved(request):
        return None
    return found


def _held(request: HttpRequest) -> list[Office]:
    return cast(Signed, request).offices


def _person(request: HttpRequest) -> Person | None:
    return request.user if request.user.is_authenticated else None


class ReadOnlyGetMiddleware:
    """A request that reads runs in a read-only transaction: the database itself refuses a change of state by GET.

    Sessions are the one exception Django needs (sign-in expiry); they are saved after the view, outside of it.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Run the view of a reading request with every write refused (SQLSTATE 25006)."""
        if request.method not in READS or getattr(view, "touches_no_database", False):
            return None
        if connection.in_atomic_block:  # a test's own transaction: the guard is tested with a transactional one
            return None
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = on")
        try:
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
            return response
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET default_transaction_read_only = off")
