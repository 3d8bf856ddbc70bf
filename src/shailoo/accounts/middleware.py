"""Which office a signed-in person acts in, and the guarantee that reading changes nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from shailoo.accounts.models import Office
from shailoo.accounts.queries import office_in_use

Answer = Callable[[HttpRequest], HttpResponse]
OFFICE_KEY = "office"
READS = frozenset({"GET", "HEAD", "OPTIONS"})


class OfficeMiddleware:
    """Sets `request.office`: the office in use, or None. The session names it; it must still be held."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.office = SimpleLazyObject(lambda: _office(request))  # type: ignore[attr-defined]  # set for all views
        return self.answer(request)


def _office(request: HttpRequest) -> Office | None:
    if not request.user.is_authenticated:
        return None
    return office_in_use(request.user, request.session.get(OFFICE_KEY))


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
