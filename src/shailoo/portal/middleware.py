"""What holds for every page: nothing too large is read, and no page may use the device but the one that must."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from shailoo.portal.views.errors import too_large

LARGEST = 16  # MB: the largest scan (15 MB) with the form around it
LARGEST_FILE_OF_PROTOCOLS = 65  # MB; only where somebody has at least a session
FILES_OF_PROTOCOLS = "/desk/counting/import/"


class BodySizeMiddleware:
    """Answers 413 by the announced length alone; without one no body is read at all.

    Addresses of machines have a lower limit of their own (settings.DATA_UPLOAD_MAX_MEMORY_SIZE) and their own form.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length, most = request.META.get("CONTENT_LENGTH") or "0", _most(request)
        large = not length.isdigit() or len(length) > 12 or int(length) > most * 1024 * 1024
        if large and not request.path.startswith("/api/"):
            return too_large(request, most)
        return self.answer(request)


def _most(request: HttpRequest) -> int:
    known = settings.SESSION_COOKIE_NAME in request.COOKIES
    return LARGEST_FILE_OF_PROTOCOLS if known and request.path.endswith(FILES_OF_PROTOCOLS) else LARGEST


class PermissionsMiddleware:
    """No page uses the camera, the microphone or the place of a device, except one that says so itself."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response
