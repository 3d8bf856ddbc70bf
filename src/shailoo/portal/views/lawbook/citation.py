"""A norm, a paragraph or an article: what it says, what the program does with it, and where it was applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shailoo.elections.models import Election, Voting
from shailoo.elections.occasions import occasion_of
from shailoo.law.calendar import Entry, event, when
from shailoo.law.editions import Edition, Reading, editions
from shailoo.law.norms import Norm, NormId, article_of, document, norms, resolve
from shailoo.law.protocol import correlations
from shailoo.ledger import queries as ledger
from shailoo.ledger.models import Act
from shailoo.portal import saying
from shailoo.portal.templatetags.figures import language
from shailoo.portal.templatetags.figures import name as name_of
from shailoo.portal.views.answers import of_record
from shailoo.portal.views.lawbook import numbers, terms, tracing
from shailoo.portal.views.lawbook.official import official
from shailoo.portal.views.lawbook.words import AREAS, KINDS, NATURES
from shailoo.results.models import ReadingTaken
from shailoo.results.queries.readings import readings_decided
from shailoo.wording.citations import cite

LATEST = 10  # acts shown


@dataclass(frozen=True, slots=True)
class ItemShown:
    """A member of a norm's list; `words` is "" where it exists in English only."""

    id: NormId
    words: str
    rule: str


@dataclass(frozen=True, slots=True)
class ActorShown:
    """Who acts; `words` is "" where the name exists in English only."""

    words: str
    name: str


@dataclass(frozen=True, slots=True)
class NormShown:
    """A norm in the language of the page."""

    norm: Norm
    words: str  # our summary; "" where it exists in English only
    kind: Promise
    area: Promise
    status: tracing.StatusShown
    items: tuple[ItemShown, ...]
    actors: tuple[ActorShown, ...]
    deadline: str
    documents: tuple[str, ...]  # in English


@dataclass(frozen=True, slots=True)
class EventShown:
    """An event of the calendar; `entry` are its days in the featured election, None where it has none there."""

    title: str
    actors: str
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """A question that the law leaves open: what is taken, what else could be, and the decision that took it."""

    words: str
    taken: str
    others: tuple[str, ...]
    why: str  # in English
    decision: ReadingTaken | None


@dataclass(frozen=True, slots=True)
class ActShown:
    """An act that rests on the norm: when, what, by which body. Never by which person."""

    at: datetime
    words: str
    body: str


@of_record
def norm(request: HttpRequest, voting: Voting | None, name: str) -> HttpResponse:
    """For everyone who followed a citation: what the norm says, and what this program does with it."""
    if name.startswith("CR"):
        return _correlation(request, name)
    try:
        found = resolve(name)
    except KeyError as unknown:
        raise Http404(name) from unknown
    law = voting.election.edition if voting else editions()[-1]
    places = tracing.places_of(found)
    applied = ledger.applied(citations_of(name, found), most=LATEST)
    context = {
        "name": name,
        "heading": cite(name, language()),
        "trail": list(_trail(name)),
        "official": official(name, law),
        "entries": [_shown(each) for each in found],
        "events": list(_events(found, voting, law)),
        "featured": voting,
        "rules": [tracing.shown(place) for place in places],
        "correlations": tracing.correlations_of(found),
        "reasoned": voting is not None and tracing.reasoned(places),
        "readings": list(_readings(found, law, voting.election if voting else None)),
        "values": numbers.of_norms(citations_within(found)),
        "applied": applied.number,
        "acts": [_act(each) for each in applied.latest],
        "tests": tracing.tests_of(found),
        "tests_known": tracing.traced().tests_known,
        "referring": _referring(found),
        "around": [(each, saying.norm(each.id)) for each in _around(found)],
    }
    return render(request, "portal/norm.html", context)


def _trail(name: NormId) -> Iterator[tuple[str | Promise, str]]:
    """The law, the article, the citation itself."""
    yield _("The law"), reverse("portal:law")
    article = name.partition(".")[0]
    if article != name:
        yield cite(article, language()), reverse("portal:norm", args=[article])
    yield cite(name, language()), ""


def _correlation(request: HttpRequest, name: str) -> HttpResponse:
    found = next((each for each in correlations() if each.id == name), None)
    if found is None:
        raise Http404(name)
    context = {
        "correlation": found,
        "name": name,
        "words": saying.correlation(found.id),
        "breach": saying.breach(found),
        "nature": NATURES[found.nature],
        "trail": [(_("The law"), reverse("portal:law")), (name, "")],
    }
    return render(request, "portal/correlation.html", context)


# ------------------------------------------------------------------------------------- what the norm says


def _shown(each: Norm) -> NormShown:
    return NormShown(
        each,
        saying.norm(each.id),
        KINDS[each.kind],
        AREAS[each.area],
        tracing.status(each),
        tuple(ItemShown(item.id, saying.item(item.id), item.rule) for item in each.items),
        tuple(ActorShown(saying.actor(who), who) for who in each.actors),
        terms.deadline(each.deadline) if each.deadline else "",
        tuple(document(paper).name for paper in each.documents),
    )


# ------------------------------------------------------------------------------------- what the program does with it


def _events(found: Iterable[Norm], voting: Voting | None, law: Edition) -> Iterator[EventShown]:
    """The events that date these norms, with their days in the featured election where it has them."""
    names = tracing.events_of(found)
    occasion = occasion_of(voting) if voting and names else None
    for name in names:
        known = event(name)
        entry = when(name, occasion, law) if occasion and occasion.kind in known.kinds else None
        actors = ", ".join(saying.actor(who) or who for who in known.actors)
        yield EventShown(saying.event(name), actors, entry)


def _readings(found: Iterable[Norm], law: Edition, election: Election | None) -> Iterator[ReadingShown]:
    """The readings that answer a question of these norms."""
    own = citations_within(found)
    about = [each for each in law.readings if not own.isdisjoint(each.norms)]
    decided: Mapping[str, ReadingTaken] = readings_decided(election) if election and about else {}
    yield from (_reading(each, decided.get(each.name)) for each in about)


def _reading(each: Reading, decision: ReadingTaken | None) -> ReadingShown:
    others = (saying.option(each.name, option) for option in each.options if option != each.taken)
    return ReadingShown(
        saying.reading(each.name), saying.option(each.name, each.taken), tuple(others), saying.why(each), decision
    )


def citations_within(found: Iterable[Norm]) -> frozenset[NormId]:
    """The ids of these norms and every shorter way to cite them down to the paragraph."""
    names = (each.id for each in found)
    return frozenset(citation for name in names for citation in _shorter(name))


def citations_of(name: NormId, found: Iterable[Norm]) -> Sequence[NormId]:
    """What the ground of an act may say that rests on these norms; the article alone only where it is asked for."""
    return sorted(citations_within(found) | {name})


def _shorter(name: NormId) -> Iterator[NormId]:
    parts = name.split(".")
    yield from (".".join(parts[:length]) for length in range(min(2, len(parts)), len(parts) + 1))
    yield name.rstrip("0123456789") if parts[-1][0].isalpha() else name


def _act(each: Act) -> ActShown:
    return ActShown(each.at, saying.act(each.name), name_of(each.office.body) if each.office else "")


# ------------------------------------------------------------------------------------- its neighbours


def _around(found: tuple[Norm, ...]) -> tuple[Norm, ...]:
    """The other norms of the same article."""
    shown = {each.id for each in found}
    first = found[0].id
    return tuple(
        each
        for each in norms().values()
        if each.id not in shown and each.id[0] == first[0] and article_of(each.id) == article_of(first)
    )


def _referring(found: tuple[Norm, ...]) -> tuple[NormId, ...]:
    """The norms whose summary names one of these."""
    ids = {each.id for each in found}
    return tuple(other for other, cited in _cited() if other not in ids and not ids.isdisjoint(cited))


@cache
def _cited() -> tuple[tuple[NormId, frozenset[NormId]], ...]:
    known = frozenset(norms())
    return tuple(
        (each.id, frozenset(_words(f"{each.rule} {each.check} {each.note}")) & known) for each in norms().values()
    )


def _words(text: str) -> Iterator[str]:
    for word in text.split():
        yield word.strip(".,;:()")
