"""How often the same sender may send a form that needs no sign-in.

    @limited("documents.upload", per="ip", most=20, within=timedelta(hours=1))

counts every sending (POST) of this view, in one table for all processes and machines of the installation. A count is
one atomic statement; the table is unlogged, for counts need not survive a crash. A sender is kept as a keyed hash only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any, Literal, TypeAlias

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from shailoo.accounts.origin import address_of

View: TypeAlias = Callable[..., HttpResponseBase]
Per: TypeAlias = Literal["ip", "person"]
READS = frozenset({"GET", "HEAD", "OPTIONS"})
SWEPT = 8  # rows of the past that each count removes: more than it makes, so the table stays small

COUNT = """
    WITH swept AS (
        DELETE FROM accounts_tally WHERE key IN (
            SELECT key FROM accounts_tally WHERE ends_at < statement_timestamp() AND key <> %(key)s
            ORDER BY ends_at LIMIT %(swept)s FOR UPDATE SKIP LOCKED
        )
    )
    INSERT INTO accounts_tally AS known (key, tries, ends_at)
    VALUES (%(key)s, 1, statement_timestamp() + make_interval(secs => %(within)s))
    ON CONFLICT (key) DO UPDATE SET
        tries = CASE WHEN known.ends_at <= statement_timestamp() THEN 1 ELSE known.tries + 1 END,
        ends_at = CASE WHEN known.ends_at <= statement_timestamp() THEN excluded.ends_at ELSE known.ends_at END
    RETURNING tries, extract(epoch FROM ends_at - statement_timestamp())::float8
"""


def limited(name: str, *, per: Per, most: int, within: timedelta) -> Callable[[View], View]:
    """Answer 429 with Retry-After from the sending after the `most`-th `within` that time; reading is not counted.

    `per` is "ip" for forms that anyone may send, "person" for those of signed-in people (who has not signed in is
    counted by address). The span begins with its first sending. The decorator may stand above or below the access rule.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in READS:
                wait = wait_for(name, sender(request, per), most=most, within=within)
                if wait:
                    return too_many(request, wait)
            return view(request, *args, **kwargs)

        return counted

    return mark


def wait_for(name: str, who: str, *, most: int, within: timedelta) -> int:
    """Count one try of `name` by `who`; 0 where it may go on, else the seconds until the span ends."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, facts(name, who, within))
        tries, seconds = cursor.fetchone()
    return max(1, math.ceil(seconds)) if tries > most else 0


def facts(name: str, who: str, within: timedelta) -> Mapping[str, str | float | int]:
    """What `COUNT` takes."""
    key = salted_hmac("shailoo.accounts.limits", f"{name}\n{who}", algorithm="sha256").hexdigest()
    return {"key": key, "within": within.total_seconds(), "swept": SWEPT}


def sender(request: HttpRequest, per: Per) -> str:
    """Who sends: the address, or the person who is signed in."""
    if per == "person" and request.user.is_authenticated:
        return f"person {request.user.pk}"
    return f"ip {address_of(request)}"


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """429: how long to wait, in the header (seconds) and on the page (whole minutes)."""
    minutes = math.ceil(wait / 60)
    words = _("This was sent too often from here. Nothing was kept. Try again in %(minutes)s min.")
    page = render_to_string("portal/refused.html", {"words": words % {"minutes": minutes}}, request)
    return HttpResponse(page, status=429, headers={"Retry-After": str(wait), "Cache-Control": "no-store"})
