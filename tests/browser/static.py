"""The built files of the site as a browser gets them in a test: read once for a run."""

from __future__ import annotations

import mimetypes
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Route


def answered(route: Route, path: str) -> bool:
    """Whether the path is that of a static file, which is then answered here."""
    if not path.startswith(settings.STATIC_URL):
        return False
    body, kind = _built(path.removeprefix(settings.STATIC_URL))
    route.fulfill(body=body, content_type=kind)
    return True


@cache
def _built(name: str) -> tuple[bytes, str]:
    found = finders.find(name)
    assert isinstance(found, str), f"{name} is not built"
    return Path(found).read_bytes(), mimetypes.guess_type(found)[0] or "application/octet-stream"
