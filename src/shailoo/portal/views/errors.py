"""What a reader sees where there is no page, no permission, or a fault of ours: what happened and what to do next."""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

PAGES = {403: "403.html", 404: "portal/not_found.html", 500: "500.html"}
REFUSED = "portal/refused.html"
_log = logging.getLogger(__name__)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page is for an office that this reader does not hold."""
    del exception  # what exactly was asked for is nobody's business who may not have it
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page; the page offers the search of precincts and the ways on."""
    del exception  # it names the patterns that were tried: of no use to a reader
    return _page(request, 404)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent is no request that a page of ours makes."""
    del exception
    return _refused(request, 400, _("The request cannot be read. Nothing was kept."))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without the token of its page. Either it lay open too long, or another site sent it."""
    del reason
    words = _("This form lay open too long or was sent from another site. Nothing was kept. Open the page again.")
    return _refused(request, 403, words)


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """413: more than the `most` MB that the form of this address takes."""
    return _refused(request, 413, _("This is larger than %(most)s MB. Nothing was kept.") % {"most": most})


def _refused(request: HttpRequest, status: int, words: str) -> HttpResponse:
    response = HttpResponse(render_to_string(REFUSED, {"words": words}, request), status=status)
    response["Cache-Control"] = "no-store"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. Nothing that was sent is half kept: every act is one transaction."""
    return _page(request, 500)


def _page(request: HttpRequest, status: int) -> HttpResponse:
    try:
        html: str = render_to_string(PAGES[status], {"status": status}, request)
    except Exception:  # noqa: BLE001 - the page about a fault must come out whatever else is broken (a database, a file)
        _log.exception("the page of error %s could not be drawn", status)
        html = _plain(status)
    response = HttpResponse(html, status=status)
    own = settings.SESSION_COOKIE_NAME in request.COOKIES  # then the page says whose office it is
    response["Cache-Control"] = "no-store" if own or status not in (403, 404) else "public, max-age=5"
    return response


def _plain(status: int) -> str:
    words = {
        403: _("This page is for an office that you do not hold."),
        404: _("There is no page at this address."),
        500: _("Something failed on our side. What you sent was kept whole or not at all. Try again in a minute."),
    }
    return format_html(
        '<!doctype html><html lang="{}"><meta charset="utf-8"><title>{}</title>'
        '<h1>{}</h1><p><a href="/">{}</a></p></html>',
        get_language() or "ky",
        status,
        words[status],
        _("To the first page"),
    )
