"""The words of the public side in the language of the page: editions, answers, groups by age, dates."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shailoo.law.calendar import event
from shailoo.voters.enquiry.models import StationAccess
from shailoo.voters.lists.words import edition
from shailoo.voters.words import language
from shailoo.wording import Catalogue, text

__all__ = ["ACCESS", "ANSWERS", "SEX", "TITLES", "access", "age", "edition", "norms", "precinct", "title"]

TITLES: Mapping[str, Promise] = {
    "index": gettext_lazy("Voters"),
    "own": gettext_lazy("Am I on the list?"),
    "find": gettext_lazy("Find my precinct"),
    "numbers": gettext_lazy("Voters in numbers"),
    "station": gettext_lazy("Polling station"),
    "stations": gettext_lazy("The way into the stations"),
}
"""Names of the public pages, and of what they show."""
SEX: Mapping[str, Promise] = {"f": gettext_lazy("Women"), "m": gettext_lazy("Men")}
ANSWERS: Mapping[str, tuple[Promise, str]] = {
    StationAccess.Answer.YES: (gettext_lazy("yes"), "green"),
    StationAccess.Answer.NO: (gettext_lazy("no"), "red"),
    StationAccess.Answer.UNKNOWN: (gettext_lazy("not known"), "grey"),
}
ACCESS: Mapping[str, Promise] = {
    "ramp": gettext_lazy("Ramp"),
    "ground_floor": gettext_lazy("Ground floor, no steps inside"),
    "tactile": gettext_lazy("Tactile signs for blind people"),
    "parking": gettext_lazy("Parking for people with disabilities"),
}
"""What is told of a station, in the order of the pages."""


def age(low: int, high: int | None) -> str:
    """ "18–24", "65 and older"."""
    return _("%(age)s and older") % {"age": low} if high is None else f"{low}\N{EN DASH}{high}"


def access(found: StationAccess | None) -> list[tuple[str, str, str]]:
    """(what, answer, colour of its tag) of a station; everything "not known" where nothing was told."""
    told = [(name, getattr(found, name) if found else StationAccess.Answer.UNKNOWN) for name in ACCESS]
    return [(str(ACCESS[name]), str(ANSWERS[answer][0]), ANSWERS[answer][1]) for name, answer in told]


def precinct(number: str) -> str:
    """ "Precinct 1001"."""
    return _("Precinct %(number)s") % {"number": number}


def title(name: str) -> str:
    """The title of an event of the calendar."""
    return text(Catalogue.EVENTS, name, language())


def norms(name: str) -> tuple[str, ...]:
    """The norms of an event of the calendar."""
    return event(name).norms
