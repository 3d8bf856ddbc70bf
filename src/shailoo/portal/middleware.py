"""Refuses what is too large before a byte of it is read: an upload is parsed before it is known who sends it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shailoo.portal.views.errors import too_large

LARGEST_BODY = 16 * 1024 * 1024  # bytes: the largest scan (15 MB) with the form around it


class BodySizeMiddleware:
    """Answers 413 by the announced length alone; without one no body is read at all.

    Addresses of machines have a lower limit of their own (settings.DATA_UPLOAD_MAX_MEMORY_SIZE) and their own form.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        large = not length.isdigit() or len(length) > 12 or int(length) > LARGEST_BODY
        if large and not request.path.startswith("/api/"):
            return too_large(request)
        return self.answer(request)
