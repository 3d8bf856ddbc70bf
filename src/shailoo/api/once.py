"""An act of a machine is carried out once: the same idempotency key with the same request gets the same answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from shailoo.accounts.models import Office
from shailoo.api.models import Answer
from shailoo.api.problems import MEDIA_TYPE, ProblemError

KEY_LENGTH = 200


def once(
    request: HttpRequest, office: Office, act: Callable[[], tuple[int, dict[str, Any]] | ProblemError]
) -> HttpResponse:
    """Carry out `act` unless this key has been answered; the answer is kept in the act's own transaction.

    409 where the key was used for another request, 400 without a key.
    """
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key or len(key) > KEY_LENGTH or not key.isprintable() or not key.isascii():
        raise ProblemError(400, "idempotency_key_needed")
    digest = _digest(request)
    with transaction.atomic():
        _wait_for_twins(office, key)
        before = Answer.objects.filter(office=office, key=key).first()
        if before is not None:
            if before.request != digest:
                raise ProblemError(409, "idempotency_key_used")
            return _again(before)
        done = act()
        status, body = (done.status, done.body()) if isinstance(done, ProblemError) else done
        text = json.dumps(body, ensure_ascii=False)
        Answer.objects.create(office=office, key=key, request=digest, status=status, body=text, at=timezone.now())
    return JsonResponse(body, status=status, content_type=_media_type(status))


def _wait_for_twins(office: Office, key: str) -> None:
    """Of two requests with one key at once the second waits for the first, and then finds its answer."""
    number = int.from_bytes(hashlib.sha256(f"{office.pk}:{key}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _again(before: Answer) -> HttpResponse:
    response = HttpResponse(before.body, status=before.status, content_type=_media_type(before.status))
    response["Idempotent-Replay"] = "true"
    return response


def _media_type(status: int) -> str:
    return MEDIA_TYPE if status >= 400 else "application/json"


def _digest(request: HttpRequest) -> str:
    return hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode() + request.body).hexdigest()
