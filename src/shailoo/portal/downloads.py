"""Everything to take away: tables of the present figures, and the files of every published version.

Thin views over `results.publication`; what a file holds and how it is written stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from shailoo.commissions import queries as commissions
from shailoo.documents import queries as documents
from shailoo.keys import signing_key
from shailoo.ledger import minisign
from shailoo.portal.views.answers import Scene, of_results
from shailoo.portal.views.areas import FORMATS
from shailoo.results import queries as results
from shailoo.results.models import Publication
from shailoo.results.publication import err, tables, taking
from shailoo.results.publication.snapshot import Snapshot
from shailoo.results.publication.tables import Level, Table
from shailoo.territory import queries as territory

Writer: TypeAlias = Callable[[Table, str], bytes]
WRITERS: Mapping[str, tuple[str, Writer]] = {
    "csv": ("text/csv; charset=utf-8", lambda table, title: tables.to_csv(table)),  # noqa: ARG005  one shape of writer
    "json": ("application/json", lambda table, title: tables.to_json(table)),  # noqa: ARG005  one shape of writer
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tables.to_xlsx),
}
LEVELS = {
    Level.NATION: _("The nation"),
    Level.REGIONS: _("Regions"),
    Level.TECS: _("Territorial commissions"),
    Level.PRECINCTS: _("Precincts"),
}


@of_results
def index(request: HttpRequest, scene: Scene) -> HttpResponse:
    """For a journalist, a party, a researcher: tables to work with, and a bundle that proves itself."""
    context = {
        "scene": scene,
        "election": scene.election,
        "levels": [(level.value, words) for level, words in LEVELS.items()],
        "formats": FORMATS,
        "publication": results.latest_publication(scene.voting),
        "key": minisign.public_key(signing_key(settings.DATA)).text(),
        "trail": [(_("Downloads"), "")],
    }
    return render(request, "portal/downloads.html", context)


@of_results
def table(request: HttpRequest, scene: Scene, level: str, form: str) -> HttpResponse:
    """The present figures of a level; precincts also of one area (`area=`) or commission (`tec=`) alone."""
    media_type, write = WRITERS[form]
    content = write(tables.of_level(_narrowed(request, scene, _snapshot(scene)), Level(level)), level)
    return _file(content, media_type, f"{scene.election.slug}-{level}.{form}")


@of_results
def common_data_format(request: HttpRequest, scene: Scene) -> HttpResponse:
    """The present figures as NIST SP 1500-100 version 2 (Election Results Reporting)."""
    del request  # the same for everybody
    return _file(err.report(_snapshot(scene)), "application/json", f"{scene.election.slug}.err-v2.json")


@of_results
def bundle(request: HttpRequest, scene: Scene, version: int) -> HttpResponse:
    """The signed bundle of a version, as it was kept; its hash is checked before it goes out."""
    del request
    found = _publication(scene, version)
    return _file(documents.content(found.bundle), "application/zip", f"{scene.election.slug}-v{version}.zip")


@of_results
def manifest(request: HttpRequest, scene: Scene, version: int) -> HttpResponse:
    """The manifest of a version: every file with its sha256."""
    del request
    return _file(_publication(scene, version).manifest.encode(), "application/json", "manifest.json")


@of_results
def signature(request: HttpRequest, scene: Scene, version: int) -> HttpResponse:
    """The signature of the manifest, in minisign's form."""
    del request
    return _file(_publication(scene, version).signature.encode(), "text/plain; charset=utf-8", "manifest.json.minisig")


@of_results
def public_key(request: HttpRequest, scene: Scene) -> HttpResponse:
    """The commission's public key, in minisign's form."""
    del request, scene
    content = minisign.public_key(signing_key(settings.DATA)).text().encode()
    return _file(content, "text/plain; charset=utf-8", "shailoo.pub")


def _publication(scene: Scene, version: int) -> Publication:
    found = results.publication(scene.voting, version)
    if found is None:
        raise Http404(version)
    return found


def _snapshot(scene: Scene) -> Snapshot:
    """The present figures; official only while they are those of the determination, as `publish` has it."""
    voting, tabulation = scene.voting, scene.tabulation
    determination = results.current_determination(voting)
    official = determination is not None and results.rests_on(determination, voting, tabulation)
    latest = results.latest_publication(voting)
    return taking.take(
        voting,
        tabulation=tabulation,
        kind=(Publication.Kind.OFFICIAL if official else Publication.Kind.PRELIMINARY).value,
        version=latest.version if latest else 0,
        determination=determination if official else None,
        at=scene.as_of,
    )


def _narrowed(request: HttpRequest, scene: Scene, snapshot: Snapshot) -> Snapshot:
    """The snapshot with the precincts of one area or commission alone, where the address names one."""
    area, tec = request.GET.get("area"), request.GET.get("tec")
    if area is None and tec is None:
        return snapshot
    if not f"{area}{tec}".isprintable():
        raise Http404("area or tec")
    place = territory.by_code(area) if area is not None else None
    body = commissions.by_code(tec) if tec is not None else None
    if place is None and body is None:
        raise Http404("area or tec")
    numbers = {row.number for row in results.precinct_results(scene.voting, area=place, tec=body)}
    return replace(snapshot, precincts=tuple(row for row in snapshot.precincts if row.number in numbers))


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
