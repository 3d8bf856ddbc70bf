"""Giving a kept upload back: as a file to be saved, never as a page of ours, under a name that we chose."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

POLICY = "sandbox; default-src 'none'"


def served(content: bytes, media_type: str, name: str) -> HttpResponse:
    """The file as an attachment. `name` is quoted for the header; nothing in it can begin another header."""
    printable = "".join(letter for letter in name if letter.isprintable()).replace("/", "-").replace("\\", "-")
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=printable) or "attachment"
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
