"""The electoral calendar: every term of an election as a picture, a list, and a calendar to subscribe to."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shailoo.elections import queries as elections
from shailoo.elections.agenda import agenda, history
from shailoo.elections.deadlines import Level, Standing, State
from shailoo.elections.models import Deadline, Voting
from shailoo.elections.occasions import occasion_of
from shailoo.law.calendar import Entry, Event, calendar, local_day, when
from shailoo.law.editions import Reading
from shailoo.portal.charts.timeline import Term, Timeline, timeline
from shailoo.portal.listing import chosen
from shailoo.portal.templatetags.figures import language
from shailoo.portal.templatetags.figures import name as name_of
from shailoo.portal.views.answers import of_calendar
from shailoo.wording import Catalogue, sentences, text
from shailoo.wording import agenda as icalendar

LANES: Mapping[str, tuple[Promise, frozenset[str]]] = {
    "state": (
        gettext_lazy("President, Jogorku Kenesh, Government"),
        frozenset({"president", "jogorku_kenesh", "government"}),
    ),
    "cec": (gettext_lazy("Central Election Commission"), frozenset({"cec"})),
    "tec": (gettext_lazy("Territorial commissions"), frozenset({"tec"})),
    "pec": (gettext_lazy("Precinct commissions"), frozenset({"pec"})),
    "contenders": (
        gettext_lazy("Candidates and parties"),
        frozenset(
            {
                "candidate",
                "political_party",
                "listed_candidate",
                "elected_candidate",
                "authorized_representative",
                "representative",
                "proxy",
                "close_relative",
                "citizen",
            }
        ),
    ),
    "voters": (
        gettext_lazy("Voters, observers and media"),
        frozenset({"voter", "observer", "mass_media", "broadcaster", "print_and_internet_media", "complainant"}),
    ),
    "bodies": (gettext_lazy("State bodies, banks and others"), frozenset()),
}
"""Kinds of actors in the order in which the picture shows them; who is in none of the others is in the last."""
COLOURS: Mapping[State, str] = {
    State.COMING: "grey",
    State.DUE: "yellow",
    State.DONE: "green",
    State.LATE: "red",
    State.NOT_APPLICABLE: "grey",
}
DRAWN = ("coming", "due", "done", "late", "passed")
FORMS = ("ics", "csv", "json")
MEDIA_TYPES = {"ics": "text/calendar; charset=utf-8", "csv": "text/csv; charset=utf-8", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the calendar, in the words of the page."""

    standing: Standing
    title: str
    actors: str
    state: str
    colour: str
    why_not: str

    @property
    def deadline(self) -> Deadline:
        return self.standing.deadline

    @property
    def many(self) -> bool:
        """Whether the term binds many commissions, each for itself."""
        return self.standing.level is not Level.ONE


@of_calendar
def index(request: HttpRequest, voting: Voting, now: datetime) -> HttpResponse:
    """For everyone: who has to do what until when, by which norm, and what has been done."""
    actor = chosen(request.GET, "actor", ["", *LANES], "")
    wanted = chosen(request.GET, "state", ["", *State], "")
    standings = agenda(voting, now)
    rows = [_row(each) for each in standings if _matches(each, actor, wanted)]
    dated = sorted((row for row in rows if row.deadline.first or row.deadline.last), key=_day)
    context = {
        "voting": voting,
        "election": voting.election,
        "now": now,
        "rows": dated,
        "waiting": [row for row in rows if not (row.deadline.first or row.deadline.last)],
        "picture": _picture(standings, voting, now),
        "legend": [(each, text(Catalogue.VALUES, f"deadline_state.{each}", language())) for each in DRAWN],
        "counts": _counts(standings),
        "actor": actor,
        "state": wanted,
        "lanes": [(code, words) for code, (words, _actors) in LANES.items()],
        "states": [(each.value, text(Catalogue.VALUES, f"deadline_state.{each}", language())) for each in State],
        "others": [each for each in elections.called() if each.pk != voting.election_id],
        "address": reverse("portal:calendar_of", args=[voting.election.slug]),
        "exports": [
            (form.upper(), reverse("portal:calendar_file", args=[voting.election.slug, form])) for form in FORMS
        ],
        "trail": [(_("Calendar"), "")],
    }
    return render(request, "portal/calendar.html", context)


@of_calendar
def event(request: HttpRequest, voting: Voting, now: datetime, name: str) -> HttpResponse:
    """For whoever asks why a term ends that day: its norms, its versions, and what other readings would give."""
    found = next((each for each in agenda(voting, now) if each.event.id == name), None)
    if found is None:
        raise Http404(name)
    row = _row(found)
    context = {
        "voting": voting,
        "election": voting.election,
        "now": now,
        "row": row,
        "fulfilled_by": sentences.act(found.fulfilled_by, language()) if found.fulfilled_by else "",
        "summaries": [(norm, sentences.norm(norm, language()) if language() != "en" else "") for norm in found.norms],
        "versions": list(history(voting, name)),
        "readings": list(_readings(voting, name)),
        "trail": [(_("Calendar"), reverse("portal:calendar_of", args=[voting.election.slug])), (row.title, "")],
    }
    return render(request, "portal/calendar_event.html", context)


@of_calendar
def file(_request: HttpRequest, voting: Voting, now: datetime, form: str) -> HttpResponse:
    """For phones, offices and machines: the same calendar as iCalendar, CSV or JSON."""
    occasion = occasion_of(voting)
    if occasion is None:
        raise Http404(form)
    entries = calendar(occasion, voting.election.edition)
    made = {"ics": _ics, "csv": _csv, "json": _json}[form](entries, voting, now)
    response = HttpResponse(made, content_type=MEDIA_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{voting.election.slug}.{form}"'
    response["X-Robots-Tag"] = "noindex"
    return response


# ------------------------------------------------------------------------------------- rows


def _row(found: Standing) -> Row:
    code = language()
    reason = found.deadline.not_applicable
    return Row(
        found,
        text(Catalogue.EVENTS, found.event.id, code),
        actors(found.event),
        text(Catalogue.VALUES, f"deadline_state.{word_of(found)}", code),
        COLOURS[found.state] if found.asks_something else "blue" if found.state is State.DONE else "grey",
        text(Catalogue.VALUES, f"not_applicable.{reason}", code) if reason else "",
    )


def actors(found: Event) -> str:
    """Who acts, in the words of the page."""
    return ", ".join(text(Catalogue.ACTORS, each, language()) for each in found.actors)


def word_of(found: Standing) -> str:
    """The code of the word for a state: what nobody has to do is not done, it begins or passes."""
    if found.asks_something or found.state is not State.DONE:
        return found.state.value
    return "begun" if found.deadline.closes is None else "passed"


def lane_of(found: Event) -> str:
    """The lane of the picture that an event stands in: that of the first actor who has one."""
    for actor in found.actors:
        for code, (_words, members) in LANES.items():
            if actor in members:
                return code
    return "bodies"


def _matches(found: Standing, actor: str, state: str) -> bool:
    return (not actor or lane_of(found.event) == actor) and (not state or found.state == state)


def _day(row: Row) -> tuple[date, str]:
    return row.deadline.last or row.deadline.first or date.max, row.standing.event.id


def _counts(found: tuple[Standing, ...]) -> list[tuple[str, str, int]]:
    """How many of the terms that somebody has to keep stand in each state."""
    asked = [each for each in found if each.asks_something]
    return [
        (
            text(Catalogue.VALUES, f"deadline_state.{state}", language()),
            COLOURS[state],
            sum(each.state is state for each in asked),
        )
        for state in State
    ]


# ------------------------------------------------------------------------------------- picture

LONGEST_TERM = timedelta(days=45)  # what is open for longer is drawn with its last days only


def _picture(found: tuple[Standing, ...], voting: Voting, now: datetime) -> Timeline | None:
    terms = [
        _term(each, each.deadline)
        for each in found
        if each.state is not State.NOT_APPLICABLE and (each.deadline.first or each.deadline.last)
    ]
    called = voting.election.called_on.replace(day=1)
    names = [str(words) for words, _actors in LANES.values()]
    shown = [each for each in terms if each.last >= called]
    return timeline(shown, names, today=local_day(now), voting=voting.day)


def _term(found: Standing, deadline: Deadline) -> Term:
    last = deadline.last or deadline.first
    first = deadline.first or deadline.last
    assert first is not None and last is not None  # noqa: S101, PT018  # only dated terms are drawn
    words = text(Catalogue.EVENTS, found.event.id, language())
    state = text(Catalogue.VALUES, f"deadline_state.{word_of(found)}", language())
    title = f"{last:%d.%m.%Y}: {words} ({state})"
    lane = str(LANES[lane_of(found.event)][0])
    return Term(
        lane,
        max(first, last - LONGEST_TERM),
        last,
        word_of(found) if word_of(found) in ("passed", "begun") else found.state.value,
        title,
    )


# ------------------------------------------------------------------------------------- readings


@dataclass(frozen=True, slots=True)
class Option:
    """What one option of a reading gives for this term."""

    words: str
    taken: bool
    entry: Entry
    differs: bool


def _readings(voting: Voting, name: str) -> Iterator[tuple[Reading, str, list[Option]]]:
    """Every reading of days and terms that changes this term, with the days that each option gives."""
    occasion, law = occasion_of(voting), voting.election.edition
    if occasion is None:
        return
    now = when(name, occasion, law)
    for reading in law.readings:
        if reading.chapter != "calendar":
            continue
        options = [
            _option(reading, option, when(name, occasion, law.with_readings(**{reading.name: option})), now)
            for option in reading.options
        ]
        if any(each.differs for each in options):
            yield reading, sentences.reading(reading.name, language()), options


def _option(reading: Reading, option: str, entry: Entry, now: Entry) -> Option:
    differs = (entry.first, entry.last, entry.time) != (now.first, now.last, now.time)
    return Option(sentences.option(reading.name, option, language()), option == reading.taken, entry, differs)


# ------------------------------------------------------------------------------------- files


def _ics(entries: tuple[Entry, ...], voting: Voting, now: datetime) -> bytes:
    return icalendar.as_ics(entries, language(), name=name_of(voting.election), uid=voting.election.slug, stamp=now)


def _records(entries: tuple[Entry, ...]) -> list[icalendar.Record]:
    return [icalendar.record(each, language()) for each in entries]


def _json(entries: tuple[Entry, ...], _voting: Voting, _now: datetime) -> bytes:
    return json.dumps(_records(entries), ensure_ascii=False, indent=1).encode()


def _csv(entries: tuple[Entry, ...], _voting: Voting, _now: datetime) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    rows = _records(entries)
    writer.writerow(rows[0])
    for each in rows:
        writer.writerow(" ".join(map(str, cell)) if isinstance(cell, list) else cell for cell in each.values())
    return written.getvalue().encode("utf-8-sig")
