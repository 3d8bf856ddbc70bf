"""Sessions: how long they last, to which browser they belong, and the list of one's own.

A session ends after half an hour without a request (SESSION_IDLE), twelve hours after it began (SESSION_COOKIE_AGE) and
at once when it comes from another browser than it began in. All that is known of it stands in the session itself, so
that looking after it costs a request no statement of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from shailoo.accounts.models import Person

BOUND = "bound"  # the session's own record: since, seen (seconds of Unix time), browser (a hash)
A_WHILE = timedelta(minutes=1)  # a request within it writes nothing anew
BROWSERS = (  # the mark in a browser's description, and its name; the more special first
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("YaBrowser", "Yandex"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
NOTHING: Mapping[str, object] = MappingProxyType({})


class Ending(StrEnum):
    """Why a session ends by itself."""

    IDLE = "idle"
    AGE = "age"
    BROWSER = "browser"


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session in the list of one's own: on what, from where, since and until when it was last used (UTC)."""

    pk: int
    device: str
    address: str
    since: datetime
    seen: datetime
    here: bool


def begin(request: HttpRequest) -> None:
    """Bind the session that a sign-in has just begun to its browser, and start its clock."""
    now = timezone.now().timestamp()
    request.session[BOUND] = {"since": now, "seen": now, "browser": _browser(request)}


def enter(request: HttpRequest, person: Person) -> None:
    """Begin a session of `person`, who has just proved both factors by the caller's word, and list it."""
    adapter = get_adapter(request)
    adapter.login(request, person)
    adapter.post_login(
        request, person, email_verification="none", signal_kwargs=None, email=None, signup=False, redirect_url=None
    )


def ending(request: HttpRequest) -> Ending | None:
    """Whether this session has to end now, and why. What is not bound to a browser ends too."""
    kept, now = _kept(request.session.get(BOUND)), timezone.now().timestamp()
    if kept.get("browser") != _browser(request):
        return Ending.BROWSER
    if now - _seconds(kept, "since") > settings.SESSION_COOKIE_AGE:
        return Ending.AGE
    if now - _seconds(kept, "seen") > settings.SESSION_IDLE:
        return Ending.IDLE
    if now - _seconds(kept, "seen") > A_WHILE.total_seconds():
        request.session[BOUND] = {**kept, "seen": now}
    return None


def renew_key(request: HttpRequest) -> None:
    """A new key for the same session, so that an earlier one is worth nothing."""
    before = request.session.session_key
    request.session.cycle_key()
    follow(before, request.session.session_key)


def follow(before: str | None, now: str | None) -> None:
    """The list names a session by its new key."""
    UserSession.objects.filter(session_key=before).update(session_key=now)


def of_person(person: Person, current: str | None) -> list[OwnSession]:
    """The person's open sessions, the latest used first. `current` is the key of the one that asks."""
    listed = list(UserSession.objects.filter(user=person))
    keys = [each.session_key for each in listed]
    open_ones = {each.pk: each for each in Session.objects.filter(pk__in=keys, expire_date__gt=timezone.now())}
    rows = []
    for each in listed:
        if each.session_key not in open_ones:
            continue
        kept = _kept(open_ones[each.session_key].get_decoded().get(BOUND))
        seen = datetime.fromtimestamp(_seconds(kept, "seen"), UTC)
        here = each.session_key == current
        rows.append(OwnSession(each.pk, device(each.user_agent), each.ip, each.created_at, seen, here))
    return sorted(rows, key=lambda row: row.seen, reverse=True)


def forget(key: str | None) -> None:
    """Strike a session that has ended from the list."""
    UserSession.objects.filter(session_key=key).delete()


def end_one(person: Person, pk: int) -> bool:
    """End one session of the person; False where it is not theirs or not there."""
    found = UserSession.objects.filter(user=person, pk=pk).first()
    if found is None:
        return False
    found.end()
    return True


def end_all(person: Person, *, but: str | None = None) -> int:
    """End every session of the person, all but the one of the key `but`; returns how many."""
    found = UserSession.objects.filter(user=person).exclude(session_key=but or "")
    keys = list(found.values_list("session_key", flat=True))
    Session.objects.filter(pk__in=keys).delete()
    found.delete()
    return len(keys)


def device(agent: str) -> str:
    """A browser's own description in two words ("Firefox, Linux"); its beginning where it is none that we know."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(filter(None, (browser, system))) or agent[:40] or "?"


def _browser(request: HttpRequest) -> str:
    return hashlib.sha256(request.META.get("HTTP_USER_AGENT", "").encode("utf-8", "replace")).hexdigest()


def _kept(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else NOTHING


def _seconds(kept: Mapping[str, object], name: str) -> float:
    """A point in time of the session's record; the beginning of time where it has none, which is long ago."""
    value = kept.get(name)
    return float(value) if isinstance(value, (int, float)) else 0.0
