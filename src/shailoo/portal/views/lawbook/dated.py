"""The editions of the law: what each changed in numbers and readings against the one before."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shailoo.elections.models import Voting
from shailoo.law import editions as law
from shailoo.law.editions import Edition, Reading
from shailoo.law.norms import NormId
from shailoo.portal import saying
from shailoo.portal.views.answers import of_record
from shailoo.portal.views.lawbook import numbers
from shailoo.portal.views.lawbook.official import imported, pairs


@dataclass(frozen=True, slots=True)
class EditionShown:
    """An edition and how much it changed against the one before it; None of the first."""

    edition: Edition
    before: Edition | None
    values: tuple[numbers.Changed, ...]
    readings: tuple[ReadingChanged, ...]
    pinned: bool  # by the featured election


@dataclass(frozen=True, slots=True)
class ReadingChanged:
    """A reading in which two editions differ."""

    words: str
    now: str
    before: str
    norms: tuple[NormId, ...]


@of_record
def editions(request: HttpRequest, voting: Voting | None) -> HttpResponse:
    """For a lawyer: every edition of the law that the program knows, and what each changed."""
    texts = imported()
    context = {
        "trail": [(_("The law"), reverse("portal:law")), (_("Editions"), "")],
        "editions": [_shown(each, voting) for each in reversed(law.editions())],
        "texts": texts,
        "pairs": pairs(texts),
    }
    return render(request, "portal/editions.html", context)


@of_record
def edition(request: HttpRequest, voting: Voting | None, edition: str) -> HttpResponse:
    """For a lawyer: all numbers and readings of one edition."""
    found = next((each for each in law.editions() if each.id == edition), None)
    if found is None:
        raise Http404(edition)
    trail = [(_("The law"), reverse("portal:law")), (_("Editions"), reverse("portal:editions")), (found.id, "")]
    context = {
        "trail": trail,
        "shown": _shown(found, voting),
        "values": list(numbers.of_edition(found)),
        "readings": [
            (each, saying.reading(each.name), saying.option(each.name, each.taken), saying.citations(each.norms))
            for each in found.readings
        ],
    }
    return render(request, "portal/edition.html", context)


def _shown(found: Edition, voting: Voting | None) -> EditionShown:
    known = law.editions()
    place = [each.id for each in known].index(found.id)
    before = known[place - 1] if place else None
    pinned = voting is not None and voting.election.edition.id == found.id
    if before is None:
        return EditionShown(found, None, (), (), pinned)
    readings = tuple(
        _changed(each, before.reading(each.name))
        for each in found.readings
        if before.reading(each.name).taken != each.taken
    )
    return EditionShown(found, before, numbers.changed(found, before), readings, pinned)


def _changed(each: Reading, before: Reading) -> ReadingChanged:
    taken = saying.option(each.name, each.taken), saying.option(each.name, before.taken)
    return ReadingChanged(saying.reading(each.name), *taken, each.norms)
