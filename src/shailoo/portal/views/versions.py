"""The numbered publications: each stays readable, with what changed since the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shailoo.portal import saying
from shailoo.portal.listing import paged
from shailoo.portal.views.answers import Scene, of_results
from shailoo.results import queries as results
from shailoo.results.models import Publication
from shailoo.results.queries import Change

KINDS: dict[str, Promise] = {
    Publication.Kind.PRELIMINARY: gettext_lazy("preliminary, without legal significance"),
    Publication.Kind.OFFICIAL: gettext_lazy("official"),
}


@of_results
def index(request: HttpRequest, scene: Scene) -> HttpResponse:
    """For whoever asks what was known when: every version, the latest first."""
    found = results.publications(scene.voting)
    context = {
        "scene": scene,
        "election": scene.election,
        "page_of": (page := paged(found, request.GET)),
        "versions": [(each, KINDS[each.kind], each.version > 1) for each in page],
        "latest": found[0].version if found else 0,
        "trail": [(_("Versions"), "")],
    }
    return render(request, "portal/versions.html", context)


@of_results
def version(request: HttpRequest, scene: Scene, version: int) -> HttpResponse:
    """For a journalist who quotes a version: its files, its hash and signature, and what it changed."""
    found = results.publication(scene.voting, version)
    if found is None:
        raise Http404(version)
    before = results.earlier(found)
    changes = results.difference(found, before) if before else ()
    page = paged([_shown(change, scene) for change in changes], request.GET)
    context = {
        "scene": scene,
        "election": scene.election,
        "found": found,
        "kind": KINDS[found.kind],
        "before": before,
        "page_of": page,
        "rows": [row.cells for row in page if row.counts],
        "texts": [row.cells for row in page if not row.counts],
        "changes": len(changes),
        "trail": [(_("Versions"), reverse("portal:versions")), (_("Version %(number)s") % {"number": version}, "")],
    }
    return render(request, "portal/version.html", context)


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """What changed, in words, from what to what; `counts` where both are numbers or missing."""

    words: str
    before: int | str | None
    after: int | str | None

    @property
    def counts(self) -> bool:
        return all(value is None or isinstance(value, int) for value in (self.before, self.after))

    @property
    def cells(self) -> tuple[str, int | str | None, int | str | None]:
        """As the components take a change."""
        return self.words, self.before, self.after


def _shown(change: Change, scene: Scene) -> ChangeShown:
    return ChangeShown(" – ".join(_parts(change.path, scene)), change.before, change.after)


def _parts(path: tuple[str, ...], scene: Scene) -> Iterator[str]:
    """The way to a figure in words: names for codes, lines by their names."""
    for part in path:
        yield scene.names.get(part) or (saying.line(part) if part in results.LINES else part.replace("_", " "))
