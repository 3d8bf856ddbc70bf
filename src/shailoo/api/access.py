"""Keys of machines, the act that each operation needs, and the start-up check that none lacks it.

A key acts in one office; what the office may do, and where, is asked by the action itself, as for people.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja.operation import Operation as NinjaOperation
from ninja.security import HttpBearer

from shailoo.accounts.keys_of_machines import digest_of
from shailoo.accounts.models import ApiKey, Office
from shailoo.accounts.roles import BY_MACHINES, MAY, Role
from shailoo.api.problems import ProblemError
from shailoo.ledger import actions as ledger
from shailoo.ledger.models import Act

ACT = "needs_act"
AN_HOUR = timedelta(hours=1)
_log = logging.getLogger(__name__)
Operation = TypeVar("Operation", bound=Callable[..., Any])  # an operation keeps its own signature


class Key(HttpBearer):
    """`Authorization: Bearer <key>`; only the key's hash is known to us.

    An operation names its act, and is refused before its content is looked at: to a key that is unknown, revoked
    or expired (401), of an office that is not held or whose role may not do the act (403). A key that we know and
    refuse for good is recorded, at most once an hour.
    """

    def __init__(self, act: str | None = None) -> None:
        super().__init__()
        self.act = act

    def authenticate(self, request: HttpRequest, token: str) -> Office | None:
        """The office of the key; None for an unknown, revoked or expired one. Other refusals end the request by 403."""
        keys = ApiKey.objects.select_related("office__person", "office__body")
        found = keys.filter(digest=digest_of(token)).first()
        if found is None:
            _log.warning("an unknown key was refused at %s", request.path)
            return None
        if not found.opens_at(timezone.now()):
            _record_refusal(found, "key_revoked" if found.revoked_at else "key_expired")
            return None
        if self.act is not None and Role(found.office.role) not in MAY[self.act]:
            raise ProblemError(403, "office_may_not", "L12.1")
        if not found.office.holds_at(timezone.now()) or not found.office.person.is_active:
            _record_refusal(found, "office_not_held")
            raise ProblemError(403, "office_not_held", "L12.1")
        return found.office


def _record_refusal(key: ApiKey, why: str) -> None:
    """Write down that a key which must no longer be used was used; one act an hour, however often it is tried.

    In a transaction of its own that may write: a request that only reads is held read-only.
    """
    now, subject = timezone.now(), f"key:{key.pk}"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ WRITE")
        if not Act.objects.filter(subject=subject, name="key.refused", at__gt=now - AN_HOUR).exists():
            ledger.record("key.refused", subject=subject, by=None, at=now, grounds=("L12.1",), payload={"why": why})


def needs(act: str) -> Callable[[Operation], Operation]:
    """Mark an operation with the act (accounts.roles.MAY) that its key's office must be able to do.

    KeyError at import for an act that the table of machines' acts does not hold: no role would get a key for it.
    """
    if act not in BY_MACHINES:
        raise KeyError(act)

    def mark(operation: Operation) -> Operation:
        setattr(operation, ACT, act)
        return operation

    return mark


def office_of(request: HttpRequest, act: str) -> Office:
    """The office of the request's key; ends the request with 403 where its role may not do the act at all."""
    office = getattr(request, "auth", None)
    if not isinstance(office, Office) or Role(office.role) not in MAY[act]:
        raise ProblemError(403, "office_may_not", "L12.1")
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
        if not _asks_first(operation)
    ]


def _asks_first(operation: NinjaOperation) -> bool:
    """Whether every way in to an operation asks for a key of the act that the operation is marked with."""
    act = getattr(operation.view_func, ACT, None)
    ways = operation.auth_callbacks
    return act is not None and bool(ways) and all(isinstance(way, Key) and way.act == act for way in ways)
