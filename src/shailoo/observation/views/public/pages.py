"""The first page of observers, the guide, rights and prohibitions, and what a badge proves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shailoo.accounts.web import public
from shailoo.elections.agenda import current
from shailoo.elections.models import Deadline, Election
from shailoo.elections.queries import voting_of
from shailoo.law.outcome import NormId
from shailoo.observation.checkin.door import Who
from shailoo.observation.guide import Guide, Statement, guide
from shailoo.observation.models import Application
from shailoo.observation.queries import public as queries
from shailoo.observation.words.presence import bans, kind, language, rights
from shailoo.observation.words.public import PARTS

LATEST_STATEMENTS = 5
ADDRESSES = {
    "international": Application.Kind.INTERNATIONAL,
    "citizen": Application.Kind.CITIZEN,
    "party": Application.Kind.OBSERVER,
    "representative": Application.Kind.REPRESENTATIVE,
    "media": Application.Kind.MEDIA,
}
"""How an address names a kind."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of the guide on the page: its words, its norm, and the local days that the calendar gives it."""

    words: str
    norm: NormId
    first: date | None = None
    last: date | None = None


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For whoever wants to observe, a journalist, a voter: who observes this election, and how one becomes one."""
    election = queries.present_election()
    counted = queries.by_kind(election) if election else []
    context = {
        "election": election,
        "counted": [(kind(Who(each.code)), each.people) for each in counted],
        "in_all": queries.in_all(election) if election else 0,
        "countries": len(queries.by_country(election)) if election else 0,
        "since": queries.last_day(election) if election else None,
        "kinds": _kinds(),
        "statements": queries.statements(election=election)[:LATEST_STATEMENTS] if election else (),
    }
    return render(request, "observation/public/index.html", context)


@public
@require_safe
def guide_page(request: HttpRequest, address: str) -> HttpResponse:
    """For an organization, a party, an editorial office: who may, how to apply, until when, and what follows."""
    chosen = _chosen(address)
    election, found = queries.present_election(), guide(chosen.value)
    days = _days(election, found)
    parts = [(str(words), [_told(each, days) for each in found.of(part)]) for part, words in PARTS.items()]
    differences = [(each.words[language()], each.earlier, each.later) for each in found.differences]
    context = {
        "election": election,
        "kind": kind(Who(chosen.value)),
        "address": address,
        "parts": [(words, told) for words, told in parts if told],
        "differences": differences,
        "kinds": _kinds(),
        "trail": _trail(kind(Who(chosen.value))),
    }
    return render(request, "observation/public/guide.html", context)


@public
@require_safe
def rights_page(request: HttpRequest, address: str) -> HttpResponse:
    """For an observer and for whoever meets one: what the law lets them do and what it forbids."""
    who = Who(_chosen(address).value)
    context = {
        "kind": kind(who),
        "address": address,
        "rights": rights(who),
        "bans": bans(who),
        "kinds": _kinds(),
        "trail": _trail(kind(who)),
    }
    return render(request, "observation/public/rights.html", context)


@public
@require_safe
def badge(request: HttpRequest) -> HttpResponse:
    """For a voter or a policeman who meets somebody with a badge: what stands on it, and how to check it."""
    return render(request, "observation/public/badge.html", {"trail": _trail(_("Check a badge"))})


def _chosen(address: str) -> Application.Kind:
    if address not in ADDRESSES:
        raise Http404(address)
    return ADDRESSES[address]


def _kinds() -> list[tuple[str, str]]:
    """Every kind with the word of its address."""
    return [(kind(Who(each.value)), address) for address, each in ADDRESSES.items()]


def _days(election: Election | None, found: Guide) -> dict[str, Deadline]:
    """The days of the running election for the events of a guide."""
    voting = voting_of(election) if election else None
    if voting is None or not found.events:
        return {}
    return {each.event: each for each in current(voting).filter(event__in=found.events)}


def _told(each: Statement, days: dict[str, Deadline]) -> Told:
    found = days.get(each.event)
    if found is None:
        return Told(each.words[language()], each.norm)
    return Told(each.words[language()], each.norm, found.first, found.last)


def _trail(here: str) -> list[tuple[str, str]]:
    return [(_("Observers"), reverse("observers:index")), (here, "")]
