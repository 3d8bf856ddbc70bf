"""From which address a request comes, also behind servers of our own that pass it on."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

NOWHERE = "0.0.0.0"  # noqa: S104 - the word for "not known", as a socket file has no address; nothing listens on it


def address_of(request: HttpRequest) -> str:
    """The sender's IP address.

    `settings.PROXIES` servers of ours stand before the program; each adds to X-Forwarded-For whom it was called by.
    Only what they added is believed: what a sender writes into the header himself stands further left.
    """
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies: int = settings.PROXIES
    found = passed[-proxies] if 0 < proxies <= len(passed) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(found))
    except ValueError:
        return NOWHERE
