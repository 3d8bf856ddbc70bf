"""What the frame of every page needs: its languages, where we are, in which office, and with whose data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.commissions.words import NAVIGATION, TITLES
from shailoo.cooperation import words as cooperation
from shailoo.documents.certificates.views import words as certificates
from shailoo.elections.queries import Marks, marks_of_featured
from shailoo.lots import words as lots
from shailoo.observation.words import presence as observation
from shailoo.portal.templatetags.figures import language
from shailoo.voters import words as voters
from shailoo.voters.applications import words as voter_applications

MOST_OTHER_OFFICES = 3  # in the header; all of them are on the page of one's offices
PUBLIC_PLACES: tuple[tuple[str, Promise], ...] = (
    ("", _("Results")),
    ("areas/", _("Areas")),
    ("voters/", voters.AT_THE_DESK),
    ("why/", pgettext_lazy("navigation", "Why this result?")),
    ("calendar/", _("Calendar")),
    ("commissions/", NAVIGATION["commissions"]),
    ("law/", pgettext_lazy("navigation", "Law")),
    ("downloads/", _("Downloads")),
    ("documents/", _("Documents")),
)
DESK_PLACES: tuple[tuple[str, Promise], ...] = (
    ("desk/", _("My desk")),
    ("desk/calendar/", _("Calendar")),
    ("desk/voters/", voters.AT_THE_DESK),
    ("desk/counting/", _("Protocols")),
    ("desk/results/", _("Results")),
    ("desk/sittings/", NAVIGATION["sittings"]),
    ("desk/lots/", lots.AT_THE_DESK),
    ("desk/certificates/", certificates.AT_THE_DESK),
    ("desk/cooperation/", cooperation.AT_THE_DESK),
    ("desk/elections/", _("Elections")),
    ("desk/record/", _("Record of acts")),
)
LIES_WITHIN = {  # pages without a place of their own in the navigation: the place that they belong to
    "sittings/": "commissions/",
    "decisions/": "commissions/",
    "desk/decisions/": "desk/sittings/",
    "desk/commission/": "desk/sittings/",
}
NEEDS = {  # what an office must be allowed there
    "desk/calendar/": "elections.fulfil",
    "desk/voters/": "voters.read",
    "desk/counting/": "counting.read",
    "desk/results/": "results.read",
    "desk/sittings/": "commissions.read",
    "desk/lots/": "lots.enter_seed",
    "desk/certificates/": "documents.issue_certificate",
    "desk/cooperation/": "cooperation.read",
    "desk/elections/": "elections.record_moment",
    "desk/record/": "ledger.read",
}

FOOT_PLACES: tuple[tuple[str, Promise], ...] = (
    ("downloads/", _("Downloads and verification")),
    ("documents/", _("Documents")),
    ("sittings/", TITLES["sittings"]),
    ("decisions/", TITLES["decisions"]),
    ("lots/", lots.PUBLIC),
    ("cooperation/", cooperation.PUBLIC),
    ("record/", _("Record of acts")),
    ("observers/", observation.PUBLIC),
    ("voters/applications/", voter_applications.PUBLIC),
    ("check/", certificates.PUBLIC),
    ("law/", _("The law behind every number")),
    ("about/", _("About")),
    ("accessibility/", _("Accessibility")),
    ("design/", _("Design")),
)


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation; `here` says that the page lies within it."""

    href: str
    label: Promise
    here: bool


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the site and the address of this same page in it."""

    code: str
    label: str
    href: str
    here: bool


@dataclass(frozen=True)
class Page:
    """The frame's view of the page; each part is worked out only where a template asks for it."""

    request: HttpRequest

    @cached_property
    def language(self) -> str:
        return language()

    @cached_property
    def languages(self) -> tuple[Tongue, ...]:
        """Kyrgyz first, then Russian and English; the query stays, so that a filtered list stays filtered."""
        query = self.request.META.get("QUERY_STRING", "")
        rest = f"{self._within}?{query}" if query else self._within
        return tuple(
            Tongue(code, str(label), f"/{code}/{rest}", code == self.language) for code, label in settings.LANGUAGES
        )

    @cached_property
    def canonical(self) -> str:
        """The page's own address: without order, filter and choice of map, which show the same things another way.

        Without a host: the address of the installation is known to the reader, and not to a page that is kept.
        """
        kept = [(name, self.request.GET[name]) for name in ("page", "version") if name in self.request.GET]
        return f"{self.home}{self._within}" + (f"?{urlencode(kept)}" if kept else "")

    @cached_property
    def desk(self) -> bool:
        """Whether this is a page of the staff's face."""
        return self._within.startswith("desk/")

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The navigation of this face."""
        known = self._desk_places if self.desk else PUBLIC_PLACES
        within = next((to for path, to in LIES_WITHIN.items() if self._within.startswith(path)), self._within)
        here = max((path for path, _label in known if within.startswith(path)), key=len, default=None)
        if here == "" and self._within:
            here = None
        return tuple(Place(f"{self.home}{path}", label, path == here) for path, label in known)

    @cached_property
    def foot(self) -> tuple[Place, ...]:
        """The links of the footer."""
        return tuple(Place(f"{self.home}{path}", label, self._within.startswith(path)) for path, label in FOOT_PLACES)

    @cached_property
    def menu_is_of(self) -> str:
        """All that the navigation depends on beside the language: it is drawn once for every value."""
        here = next((place.href for place in self.places if place.here), "")
        if self.desk:
            return f"desk {self.office.role if self.office else ''} {here}"
        return f"{'holds an office' if self.office else 'public'} {here}"

    @cached_property
    def foot_is_of(self) -> str:
        """All that the footer depends on beside the language."""
        return " ".join(path for path, _label in FOOT_PLACES if self._within.startswith(path))

    @cached_property
    def home(self) -> str:
        return f"/{self.language}/"

    @cached_property
    def own_desk(self) -> str:
        return f"{self.home}desk/"

    @cached_property
    def office(self) -> Office | None:
        """The office that the reader acts in, where they are signed in."""
        return getattr(self.request, "office", None)

    @cached_property
    def other_offices(self) -> tuple[Office, ...]:
        """The first three of the reader's other offices, each one click away."""
        held: list[Office] = getattr(self.request, "offices", [])
        return tuple(each for each in held if each != self.office)[:MOST_OTHER_OFFICES]

    @cached_property
    def sign_in(self) -> str:
        return reverse("accounts:sign_in")

    @cached_property
    def sign_out(self) -> str:
        return reverse("accounts:sign_out")

    @cached_property
    def marks(self) -> Marks | None:
        """Of the election whose data a page shows that names none itself; None where there is none, or no database."""
        try:
            return marks_of_featured()
        except DatabaseError:
            return None

    @cached_property
    def _desk_places(self) -> tuple[tuple[str, Promise], ...]:
        """The desk's places that the office in use may open."""
        role = Role(self.office.role) if self.office else None
        return tuple((path, label) for path, label in DESK_PLACES if path not in NEEDS or role in MAY[NEEDS[path]])

    @cached_property
    def _within(self) -> str:
        """The path behind the language."""
        path = self.request.path.lstrip("/")
        code, _slash, rest = path.partition("/")
        return rest if code in dict(settings.LANGUAGES) else ""


def page(request: HttpRequest) -> dict[str, Page]:
    """The context processor: `page`, which costs nothing until a template uses a part of it."""
    return {"page": Page(request)}
