"""Keys of machines, the act that each operation needs, and the start-up check that none lacks it.

A key acts in one office; what the office may do, and where, is asked by the action itself, as for people.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.checks import CheckMessage, Error, Tags, register
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from shailoo.accounts.models import ApiKey, Office
from shailoo.accounts.roles import MAY, Role
from shailoo.api.problems import ProblemError

ACT = "needs_act"
Operation = TypeVar("Operation", bound=Callable[..., Any])  # an operation keeps its own signature


class Key(HttpBearer):
    """`Authorization: Bearer <key>`; only the key's hash is known to us."""

    def authenticate(self, request: HttpRequest, token: str) -> Office | None:  # noqa: ARG002  # ninja's signature
        """The office of the key; None for an unknown or revoked one."""
        digest = hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
        keys = ApiKey.objects.select_related("office__person", "office__body")
        found = keys.filter(digest=digest, revoked_at=None).first()
        return found.office if found else None


def needs(act: str) -> Callable[[Operation], Operation]:
    """Mark an operation with the act (accounts.roles.MAY) that its key's office must be able to do."""
    MAY[act]  # an unknown act is a fault at import

    def mark(operation: Operation) -> Operation:
        setattr(operation, ACT, act)
        return operation

    return mark


def office_of(request: HttpRequest, act: str) -> Office:
    """The office of the request's key, if it is held and may do the act at all; ends the request with 403 else.

    The day is today's also where the clock of a rehearsal shows another: a key outlives no office.
    """
    office = getattr(request, "auth", None)
    if not isinstance(office, Office) or Role(office.role) not in MAY[act]:
        raise ProblemError(403, "office_may_not", "L12.1")
    if not office.holds_at(timezone.now()) or not office.person.is_active:
        raise ProblemError(403, "office_not_held", "L12.1")
    return office


@register(Tags.security)
def every_operation_needs_an_act(**_: object) -> list[CheckMessage]:
    """Refuse to start while an operation of the API lacks its key or its act."""
    from shailoo.api.urls import api

    return [
        Error(f"{path} {operation.view_func.__name__} has no access rule", hint="Use @needs(...).", id="shailoo.E002")
        for prefix, router in api._routers  # ninja tells its operations nowhere else
        for path, view in router.path_operations.items()
        for operation in view.operations
        if not hasattr(operation.view_func, ACT) or operation.auth_param is None or not api.auth
    ]
