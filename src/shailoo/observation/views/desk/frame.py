"""What the pages of the deciding commission share: whose page it is, the time, filters, lists to take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from shailoo.accounts.models import Body
from shailoo.accounts.web import acting, require_election
from shailoo.elections import clock
from shailoo.elections.models import Election
from shailoo.law.outcome import Finding, Severity
from shailoo.observation.models import Accreditation, AnswerList, Application
from shailoo.observation.queries import deciding as queries
from shailoo.observation.queries.deciding import Wanted
from shailoo.observation.words import deciding as words

T = TypeVar("T", bound=Model)
NOT_DONE = 422  # what was sent is understood and refused; the page shows it again
PAGE_SIZE = 50
LONGEST_SEARCH = 80
PERSONAL = "observers"
ANSWERS = "observation.answer"


def body(request: HttpRequest) -> Body:
    """The commission whose desk it is."""
    return acting(request).body


def application(request: HttpRequest, pk: int) -> Application:
    """An application with people for this commission; 404 for any other, as if there were none."""
    found = queries.application_for(body(request), pk)
    if found is None:
        raise Http404(str(pk))
    require_election(request, found.election.slug)
    return found


def answer_list(request: HttpRequest, pk: int) -> AnswerList:
    """A list of this commission; 404 for any other."""
    found = queries.lists_of(body(request)).filter(pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    require_election(request, found.election.slug)
    return found


def accreditation(request: HttpRequest, pk: int) -> Accreditation:
    """An accreditation by this commission; 404 for any other."""
    found = queries.accreditation_for(body(request), pk)
    if found is None:
        raise Http404(str(pk))
    require_election(request, found.election.slug)
    return found


def now(election: Election) -> datetime:
    """The time by which the election goes."""
    return clock.now(election)


def wanted(request: HttpRequest, states: Sequence[str], state: str) -> Wanted:
    """What the address asks for; an unknown kind or state is no page (404)."""
    kind, asked = request.GET.get("kind", ""), request.GET.get("state", state)
    if kind and kind not in Application.Kind.values:
        raise Http404(kind)
    if asked not in states:
        raise Http404(asked)
    return Wanted(kind, asked, request.GET.get("q", "").strip()[:LONGEST_SEARCH].replace("\x00", ""))


def page_of(rows: QuerySet[T], request: HttpRequest, size: int = PAGE_SIZE) -> Page[T]:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def filters(asked: Wanted, states: Iterable[str]) -> Mapping[str, object]:
    """What the filter of a list shows."""
    return {
        "asked": asked,
        "kinds": words.kinds(),
        "states": [(each, words.STATES[each]) for each in states],
        "query": urlencode({"kind": asked.kind, "state": asked.state, "q": asked.search}),
    }


def exports(name: str, query: str) -> list[tuple[str, str]]:
    """The addresses of a list as files."""
    return [(form.upper(), f"{reverse(f'observation_desk:{name}', args=[form])}?{query}") for form in ("csv", "xlsx")]


def told(findings: Iterable[Finding]) -> list[tuple[str, str, bool]]:
    """Findings for a page: sentence, norm, whether it bars."""
    return [(words.sentence(each), each.norm, each.severity is Severity.ERROR) for each in findings]


def say(request: HttpRequest, sentences: Iterable[str]) -> None:
    """Tell on the next page why something was not done."""
    for each in sentences:
        messages.warning(request, each)
