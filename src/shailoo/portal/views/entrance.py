"""The address without a language: on to the reader's own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_from_request

from shailoo.accounts.web import public


@public
def to_own_language(request: HttpRequest) -> HttpResponse:
    """Redirect to /ky/, /ru/ or /en/: by the language cookie, else by what the browser asks for, else Kyrgyz.

    Temporary (302), because the answer is another one for another reader.
    """
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    patch_cache_control(response, private=True, max_age=0)
    return response


to_own_language.touches_no_database = True  # type: ignore[attr-defined]  # read by ReadOnlyGetMiddleware
