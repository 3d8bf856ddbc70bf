"""The checker of certificates: its page in three languages, its worker, and the signed lists that it keeps."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from pathlib import Path

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.limits import limited
from shailoo.accounts.web import public
from shailoo.documents import offline
from shailoo.documents.certificates import actions, queries
from shailoo.documents.certificates.checking import Checked
from shailoo.documents.certificates.code import LONGEST_TEXT
from shailoo.documents.certificates.queries import Published
from shailoo.documents.certificates.views import words
from shailoo.keys import signing_key
from shailoo.ledger import minisign
from shailoo.ledger.canonical import sha256

FONTS = tuple(
    f"fonts/golos-text-{subset}-{weight}-normal.woff2"
    for subset in ("cyrillic", "cyrillic-ext", "latin")
    for weight in (400, 700)
)
ASSETS = ("shailoo.css", "shailoo.js", "checker.js", "sign.svg", "django_htmx/htmx-2.min.js", *FONTS)
FRESH_SECONDS = 60


@public
@limited("certificates.check", per="ip", most=60, within=timedelta(hours=1))
@csp_update({"worker-src": [SELF]})
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """For whoever stands at a precinct's door: is this badge good? The phone answers; without JavaScript a POST."""
    context: dict[str, object] = {
        "key": queries.installation_key(),
        "scopes": json.dumps([_page_of(code) for code, _name in settings.LANGUAGES]),
        "words": words.for_the_script(),
    }
    if request.method == "POST":
        text, at = request.POST.get("code", ""), timezone.now()
        checked = queries.check_here(text, at)
        actions.tally(checked.verdict, at)
        context |= _answer(checked) | {"text": text if len(text) <= LONGEST_TEXT else ""}
    response = render(request, "certificates/check.html", context)
    response["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    return response


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the checker's page for the time without a network."""
    del request
    return offline.worker("check", ASSETS)


@public
@require_safe
def key_list(request: HttpRequest) -> HttpResponse:
    """The keys that sign certificates, signed by the installation's key."""
    return _file(request, queries.key_list(timezone.now()))


@public
@require_safe
def revocation_list(request: HttpRequest) -> HttpResponse:
    """The numbers of all revoked certificates, signed by the installation's key."""
    return _file(request, queries.revocation_list(timezone.now()))


@public
@require_safe
def key_list_signature(request: HttpRequest) -> HttpResponse:
    """The signature of the list of keys in minisign's form, for those who check it by hand."""
    return _signature(request, queries.key_list(timezone.now()), "keys.json")


@public
@require_safe
def revocation_list_signature(request: HttpRequest) -> HttpResponse:
    """The signature of the list of revocations in minisign's form."""
    return _signature(request, queries.revocation_list(timezone.now()), "revoked.json")


def _answer(checked: Checked) -> dict[str, object]:
    """What the page shows of a check by the server, in the same places as its script."""
    title, advice = words.VERDICTS[checked.verdict]
    claims = checked.claims
    found: dict[str, object] = {"verdict": str(checked.verdict), "title": title, "advice": advice, "claims": claims}
    certificate = queries.by_number(claims.number) if claims else None
    if claims and certificate:
        found["kind"] = words.kind(claims.kind)
        found["place"] = words.place(claims.scope, certificate.names_of("place"))
        found["election"] = words.election(claims.scope, certificate.names_of("election"))
    return found


@cache
def _page_of(language: str) -> str:
    with override(language):
        return reverse("certificates:check")


def _file(request: HttpRequest, published: Published) -> HttpResponse:
    """A list; 304 for who has this state of it."""
    tag = f'"{published.tag}"'
    answer = get_conditional_response(request, etag=tag)
    if not isinstance(answer, HttpResponseNotModified):
        answer = HttpResponse(published.text, content_type="application/json")
    answer["ETag"] = tag
    answer["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return answer


def _signature(request: HttpRequest, published: Published, name: str) -> HttpResponse:
    text = published.text.encode()
    comment = f"file:{name} sha256:{sha256(text)}"
    signed = Published(minisign.sign(text, signing_key(Path(settings.DATA)), comment), f"{published.tag}s")
    response = _file(request, signed)
    if response.status_code == 200:
        response["Content-Type"] = "text/plain; charset=utf-8"
    return response
