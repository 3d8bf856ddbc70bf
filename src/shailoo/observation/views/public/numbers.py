"""Observers in numbers: by kind, state and organization at one election, and over the years."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shailoo.accounts.web import public
from shailoo.cooperation import countries
from shailoo.observation.checkin.door import Who
from shailoo.observation.queries import public as queries
from shailoo.observation.queries.earlier import Earlier, earlier
from shailoo.observation.views.public.pictures import Year, picture
from shailoo.observation.words import public as words
from shailoo.observation.words.presence import kind, language

MOST = 30  # rows by state; all of them are in the list itself


@public
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """For a journalist and a researcher: how many observed, from where, for whom, and at the elections before."""
    election = queries.present_election()
    by_state = queries.by_country(election) if election else []
    senders = queries.by_sender(election) if election else []
    years = _years()
    context = {
        "election": election,
        "picture": picture(years),
        "years": years,
        "of_earlier": [(each, each.names[language()]) for each in earlier() if each.organizations],
        "by_kind": [(kind(Who(each.code)), each.people) for each in queries.by_kind(election)] if election else [],
        "by_state": [(countries.name(each.code), each.people) for each in by_state[:MOST]],
        "states": len(by_state),
        "most_of_a_state": by_state[0].people if by_state else 0,
        "senders": senders,
        "most_of_a_sender": senders[0][1] if senders else 0,
        "since": queries.last_day(election) if election else None,
        "trail": [(_("Observers"), reverse("observers:index")), (_("Numbers"), "")],
    }
    return render(request, "observation/public/numbers.html", context)


def _years() -> list[Year]:
    """Earlier elections from the register of figures, and those of this system, in the order of their days."""
    own = [Year(day, words.name(election), people, own=True) for election, day, people in queries.by_election()]
    known = {(each.day.year, each.day.month) for each in own}
    before = [_of_register(each) for each in earlier() if (each.day.year, each.day.month) not in known]
    return sorted([*before, *own], key=lambda each: each.day)


def _of_register(each: Earlier) -> Year:
    told = language()
    return Year(
        each.day,
        each.names[told],
        each.people,
        whole=each.whole,
        countries=each.countries,
        source=each.source,
        note=each.notes[told],
    )
