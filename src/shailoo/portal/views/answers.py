"""How every public page answers: reading only, the same for everybody, and never sent twice.

A page is named by its address, its language, the revision of the figures and the release of the program; that name is
its ETag. A reader who has it already is answered 304 after two small queries.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, wraps
from hashlib import sha256
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeAlias

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from shailoo.accounts.web import public
from shailoo.elections import clock
from shailoo.elections import queries as elections
from shailoo.elections.models import Election, Voting
from shailoo.law.editions import Edition
from shailoo.ledger import queries as ledger
from shailoo.ledger.queries import last_act_number
from shailoo.portal.bases import ShareBase, base_of
from shailoo.portal.templatetags.figures import name as name_of
from shailoo.results import queries as results
from shailoo.results.tabulation import Tabulation

P = ParamSpec("P")
FRESH_SECONDS = 1  # how long a page may be shown without asking again: nobody sees older totals than the clerks made
PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Scene:
    """The voting whose results a page shows, and the state of its public figures."""

    voting: Voting
    tabulation: Tabulation
    name: str  # the page's ETag: what a live page asks with

    @property
    def election(self) -> Election:
        return self.voting.election

    @cached_property
    def law(self) -> Edition:
        """The law of this election: its pinned edition with the readings taken."""
        return self.election.edition

    @cached_property
    def as_of(self) -> datetime:
        """When the public figures last changed, on the election's own clock: a rehearsal has dates of its own."""
        return clock.now(self.election) - (timezone.now() - self.tabulation.as_of)

    @cached_property
    def base(self) -> ShareBase:
        """What the percentages of the nation are percentages of."""
        return base_of(self.tabulation.national, self.law)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of lists, candidates and regions by code, in the language of the page."""
        options = {option.code: name_of(option) for option in self.tabulation.options}
        return options | {row.code: name_of(row) for row in self.tabulation.regions}

    @cached_property
    def commissions(self) -> Mapping[str, str]:
        """The names of the territorial commissions by code, in the language of the page."""
        return {row.code: name_of(row) for row in self.tabulation.tecs}

    @cached_property
    def live(self) -> str:
        """The header with which a live page asks whether it is still current, as htmx takes it."""
        return json.dumps({"If-None-Match": self.name})


CalendarView: TypeAlias = Callable[Concatenate[HttpRequest, Voting, datetime, P], HttpResponse]
SlugView: TypeAlias = Callable[..., HttpResponse]
SceneView: TypeAlias = Callable[Concatenate[HttpRequest, Scene, P], HttpResponse]
RecordView: TypeAlias = Callable[Concatenate[HttpRequest, Voting | None, P], HttpResponse]
PlainView: TypeAlias = Callable[Concatenate[HttpRequest, P], HttpResponse]


def of_results(view: SceneView[P]) -> PlainView[P]:
    """A public page about the featured voting. Before any election is called it says so (200, not cached long)."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        voting = elections.featured()
        if voting is None:
            return _fresh(request, render(request, "portal/none.html"), page_name(request, "none"))
        figures = results.tabulate(voting)
        name = page_name(request, figures.revision)
        if known := _known(request, name):
            return known
        response = _fresh(request, view(request, Scene(voting, figures, name), *args, **kwargs), name)
        response.headers.setdefault("Last-Modified", http_date(figures.as_of.timestamp()))
        return response

    return _public(answer)


def of_itself(view: PlainView[P]) -> PlainView[P]:
    """A public page that depends on nothing but its address and the release (law, about)."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        voting = elections.featured()  # the marks of the data's origin stand on every page
        name = page_name(request, f"{voting.election.origin}/{voting.election.rehearsal}" if voting else "none")
        return _known(request, name) or _fresh(request, view(request, *args, **kwargs), name)

    return _public(answer)


def of_record(view: RecordView[P]) -> PlainView[P]:
    """A public page that tells of acts of the ledger (a norm and where it was applied); it changes with the next act.

    The view is handed the featured voting, None before any election is called.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        voting = elections.featured()
        name = page_name(request, f"{voting.pk if voting else 'none'}/{ledger.last_number()}")
        return _known(request, name) or _fresh(request, view(request, voting, *args, **kwargs), name)

    return _public(answer)


def of_calendar(view: CalendarView[P]) -> SlugView:
    """A public page about the calendar of an election: the one named, or the one voted last.

    Its name holds the last act of the ledger and the hour, for what is due changes with both.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, slug: str = "", *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        voting = _voting_of(slug)
        if voting is None:
            return _fresh(request, render(request, "portal/none.html"), page_name(request, "none"))
        now = clock.now(voting.election)
        name = page_name(request, f"{voting.pk}/{last_act_number()}/{now:%Y%m%d%H}")
        return _known(request, name) or _fresh(request, view(request, voting, now, *args, **kwargs), name)

    return _public(answer)


def _voting_of(slug: str) -> Voting | None:
    """The latest voting of the election at an address (404 where there is none), or the latest of all."""
    if not slug:
        return elections.next_voting()
    election = elections.by_slug(slug)
    voting = elections.voting_of(election) if election else None
    if voting is None:
        raise Http404(slug)
    return voting


def _public(view: PlainView[P]) -> PlainView[P]:
    """Open to everyone, by GET and HEAD alone."""
    guarded = require_safe(view)
    public(guarded)
    return guarded


def page_name(request: HttpRequest, revision: str) -> str:
    """The ETag: release, language, address, revision, and whether the reader is signed in (the header shows it)."""
    own = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    parts = (release(), get_language() or "", request.get_full_path(), revision, own)
    return f'"{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


@cache
def release() -> str:
    """A name for the program's own pages: another one when a template, a view or a word changes."""
    digest = sha256()
    for file in sorted(PACKAGE.rglob("*")):
        if file.suffix in {".html", ".py", ".mo"}:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _known(request: HttpRequest, name: str) -> HttpResponse | None:
    """304 where the reader's copy is the current one."""
    found = get_conditional_response(request, etag=name)
    if not isinstance(found, HttpResponseNotModified):
        return None
    found["ETag"] = name
    _cacheable(request, found)
    return found


def _fresh(request: HttpRequest, response: HttpResponse, name: str) -> HttpResponse:
    if response.status_code == 200:
        response.headers.setdefault("ETag", name)
        _cacheable(request, response)
    return response


def _cacheable(request: HttpRequest, response: HttpResponse) -> None:
    """Public for a moment; a signed-in reader's page is their own."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        patch_cache_control(response, private=True, no_cache=True)
    else:
        patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
