"""The public side of the voters' department: the first page, one's own entry, one's precinct."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.limits import limited, too_many, wait_for
from shailoo.accounts.web import public
from shailoo.elections.agenda import current
from shailoo.elections.models import Voting
from shailoo.elections.queries import next_voting
from shailoo.territory.models import Area
from shailoo.voters.enquiry import words
from shailoo.voters.enquiry.forms import OwnEntryForm, PlaceForm
from shailoo.voters.enquiry.kept import Kept
from shailoo.voters.enquiry.queries import own_entry, stations
from shailoo.voters.enquiry.queries.own_entry import Listed, Open
from shailoo.voters.enquiry.tries import MOST_WRONG
from shailoo.voters.lists.models import Edition
from shailoo.wording.numbers import count

OWN, OWN_ALL, EVERYBODY = "voters.own_entry", "voters.own_entry.all", "everybody"  # what is counted, and for whom
AN_HOUR, A_MINUTE = timedelta(hours=1), timedelta(minutes=1)
MOST_FROM_ONE = 60  # sendings of the own-entry form from one address in an hour; a village shares one
MOST_IN_ALL = 120_000  # in a minute: twice what two cores answer
SECONDS_OF_A_PLACE = 120  # what is said of a station's access may be so old
EVENTS = (
    "preliminary_lists_posted",
    "preliminary_lists_online",
    "control_lists_posted",
    "voter_list_corrections_end",
    "final_lists_posted",
    "mobile_voting_applications_end",
    "mobile_voting_registry_posted",
    "mobile_voting_day",
)
"""The dates of the calendar that voters need, in their order."""


OPEN, FRAMES, PLACES = Kept[Open | None](), Kept[str](), Kept[str](SECONDS_OF_A_PLACE)
PLACE, NUMBER = "\ue000place\ue001", "\ue000number\ue001"  # no text of ours has these signs


@dataclass(frozen=True, slots=True)
class Date:
    """A date of the calendar on the page: what, from when until when, by which norms."""

    title: str
    norms: tuple[str, ...]
    first: date | None
    last: date | None


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For a voter: am I listed, where do I vote, what can I still change, and until when."""
    asked = own_entry.open_edition()
    voting = _voting(asked)
    context = {
        "election": voting.election if voting else None,
        "voting": voting,
        "edition": words.edition(asked.edition) if asked else "",
        "asked": asked,
        "dates": _dates(voting) if voting else [],
    }
    return render(request, "voter_enquiry/index.html", context)


@public
@never_cache
@limited(OWN, per="ip", most=MOST_FROM_ONE, within=AN_HOUR)
@sensitive_post_parameters("pin", "born")
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """For a voter on a phone: PIN and date of birth, and whether the lists have that person. Nothing is kept."""
    asked = OPEN.of("edition", own_entry.open_edition)
    if asked is None:
        return render(request, "voter_enquiry/own.html", _frame(None) | {"form": None})
    form = OwnEntryForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "voter_enquiry/own.html", _frame(asked) | {"form": form})
    wait = wait_for(OWN_ALL, EVERYBODY, most=MOST_IN_ALL, within=A_MINUTE)
    if wait:
        return too_many(request, wait)
    if not form.is_valid():
        context = _frame(asked) | {"form": form}
        return render(request, "voter_enquiry/own.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    pin, born = form.answers
    found = own_entry.find(asked, pin, born, real=timezone.now())
    return HttpResponse(page(request, asked, found) if _like_all(request) else _whole(request, asked, found))


@public
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """For a voter who knows the village, the street or the school: the precinct, and how one gets into the station."""
    asked = own_entry.open_edition()
    voting = _voting(asked)
    form = PlaceForm(request.GET if request.GET.get("q", "").strip() else None)
    text = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = stations.search(voting, asked.edition if asked else None, text) if voting and text else None
    context = {
        "election": voting.election if voting else None,
        "form": form,
        "text": text,
        "found": found,
        "rows": [(each, words.access(each.access)) for each in found.stations] if found else [],
        "trail": _trail(words.TITLES["find"]),
    }
    return render(request, "voter_enquiry/find.html", context)


def _frame(asked: Open | None) -> dict[str, object]:
    """What every page of the own entry says."""
    edition = asked.edition if asked else None
    return {
        "election": edition.register.election if edition else None,
        "edition": edition,
        "edition_name": words.edition(edition) if edition else "",
        "most_wrong": MOST_WRONG,
        "trail": _trail(words.TITLES["own"]),
    }


def _like_all(request: HttpRequest) -> bool:
    """Whether the frame of the page is the same as for everybody: no session, no message, no query."""
    return set(request.COOKIES) <= {settings.CSRF_COOKIE_NAME} and not request.META.get("QUERY_STRING")


def _whole(request: HttpRequest, asked: Open, found: Listed | None) -> str:
    """The answer as a page made for this reader alone."""
    place = _place(request, asked, found.precinct, count(found.number)) if found else ""
    return _answer(request, asked, place)


def page(request: HttpRequest, asked: Open, found: Listed | None) -> str:
    """The answer for whoever has no session, put together from what is kept: frame, precinct, and the number."""
    about = (get_language(), asked.edition.pk)
    frame = FRAMES.of((*about, found is not None), lambda: _answer(request, asked, PLACE if found else ""))
    if found is None:
        return frame
    key = found.precinct
    place = PLACES.of((*about, key), lambda: _place(request, asked, key, NUMBER))
    return frame.replace(PLACE, place.replace(NUMBER, count(found.number)))


def _answer(request: HttpRequest, asked: Open, place: str) -> str:
    """The page: with the place where somebody was found, else nobody learns why."""
    context = _frame(asked) | {"found": bool(place), "place": mark_safe(place)}  # noqa: S308  a template's own text
    return render_to_string("voter_enquiry/answer.html", context, request)


def _place(request: HttpRequest, asked: Open, key: int, number: str) -> str:
    """What the page says of the precinct: where, when, with what, and how one gets in."""
    election, precinct = asked.edition.register.election, stations.precinct(key)
    access = stations.access_of([key]).get(key)
    told = {"day": asked.edition.register.voting.day, "precinct": precinct, "number": number}
    told |= {"opens": election.edition.voting_opens, "closes": election.edition.voting_closes}
    told |= {"access": words.access(access), "access_told": access, "abroad": precinct.region.kind == Area.Kind.ABROAD}
    return render_to_string("voter_enquiry/answer_place.html", _frame(asked) | told, request)


def _voting(asked: Open | None) -> Voting | None:
    """The voting that the pages are about: that of the open edition, else of the next lists, else the next one."""
    if asked is not None:
        return _with_election(asked.edition)
    register = own_entry.asked_register()
    return register.voting if register else next_voting()


def _with_election(edition: Edition) -> Voting:
    voting = edition.register.voting
    voting.election = edition.register.election
    return voting


def _dates(voting: Voting) -> list[Date]:
    known = {each.event: each for each in current(voting).filter(event__in=EVENTS)}
    return [
        Date(words.title(name), words.norms(name), known[name].first, known[name].last)
        for name in EVENTS
        if name in known and not known[name].not_applicable
    ]


def _trail(here: Promise) -> list[tuple[Promise, str]]:
    return [(words.TITLES["index"], reverse("voters_public:index")), (here, "")]
