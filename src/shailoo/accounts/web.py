"""The access rule that every view carries, and the start-up check that none lacks one.

    @public                      anyone, no sign-in
    @signed_in                   any signed-in person
    @rule("counting.enter")      a signed-in person whose office in use may do the act (accounts.roles.MAY);
                                 the action itself checks the territory, for it knows the record

A view without one of them stops the start-up: `manage check` names it, and so does every test run. Below its rule, a
view of staff that shows personal data carries `@reads_personal("people")`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeAlias

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.cache import patch_cache_control

from shailoo.accounts.models import Office
from shailoo.accounts.personal import record_reading
from shailoo.accounts.roles import MAY, Role

View: TypeAlias = Callable[..., HttpResponseBase]
RULE = "access_rule"
PERSONAL = "personal_data"
SHOWING = frozenset({HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY})
"""The answers that show a page: as asked for, or with a form again. A redirect or an error shows nobody's data."""


def public(view: View) -> View:
    """Anyone may see this page."""
    setattr(view, RULE, "public")
    return view


def signed_in(view: View) -> View:
    """Only signed-in people; others are led to the sign-in page and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    setattr(guarded, RULE, "signed_in")
    return guarded


def rule(*acts: str) -> Callable[[View], View]:
    """Only people whose office in use may do at least one of `acts`; KeyError at import for an unknown act."""
    roles = frozenset(role for act in acts for role in MAY[act])

    def mark(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            office = office_of(request)
            if office is None or Role(office.role) not in roles:
                raise PermissionDenied(", ".join(acts))
            return view(request, *args, **kwargs)

        guarded = signed_in(checked)
        setattr(guarded, RULE, ", ".join(acts))
        return guarded

    return mark


def reads_personal(what: str, *, subject: str = "") -> Callable[[View], View]:
    """Mark a view of staff that shows personal data of the kind `what`, below its `@rule`.

    The answer leaves only after its reading stands in the database; a page that cannot be recorded is not shown.
    `subject` says whose data they are, with places of the address in braces ("body:{code}"); empty for a list of many.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def recorded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            office = office_of(request)
            if office is None:
                raise PermissionDenied(what)
            response = view(request, *args, **kwargs)
            if response.status_code in SHOWING:
                record_reading(office, what, subject=subject.format(**kwargs), page=request.get_full_path())
            return response

        setattr(recorded, PERSONAL, what)
        return recorded

    return mark


def office_of(request: HttpRequest) -> Office | None:
    """The office in use of a request (set by OfficeMiddleware)."""
    office = getattr(request, "office", None)
    return office if isinstance(office, Office) else None


def acting(request: HttpRequest) -> Office:
    """The office in use; 403 where there is none. A view whose access rule asks for an office has one."""
    office = office_of(request)
    if office is None:
        raise PermissionDenied
    return office


def may_do(request: HttpRequest, act: str) -> bool:
    """Whether the role of the office in use may do an act somewhere; where, is for the act to say."""
    return Role(acting(request).role) in MAY[act]


def require_election(request: HttpRequest, slug: str) -> None:
    """End a request with 403 where the office in use was given for another election than that of `slug`."""
    office = office_of(request)
    if office is not None and not office.serves(slug):
        raise PermissionDenied(slug)


def views() -> Iterator[tuple[str, View]]:
    """Every address pattern with its view."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, View]]:
    for pattern in patterns:
        place = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, place)
        else:
            yield place, pattern.callback


@register(Tags.security)
def every_view_has_an_access_rule(**_: object) -> list[CheckMessage]:
    """Refuse to start while a view lacks its access rule. API operations check theirs in `shailoo.api`."""
    return [
        Error(f"{place} has no access rule", hint="Mark the view with @public, @signed_in or @rule.", id="shailoo.E001")
        for place, view in views()
        if not hasattr(view, RULE) and not place.startswith("api/")
    ]
