"""The numbered publications: each stays readable, with what changed since the one before."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shailoo.portal.changes import KINDS, shown
from shailoo.portal.listing import paged
from shailoo.portal.views.answers import Scene, of_results
from shailoo.results import queries as results


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
    changes = shown(results.difference(found, before) if before else (), scene)
    page = paged(changes, request.GET)
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
