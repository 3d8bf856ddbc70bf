"""Areas from the nation down to the rayon, territorial commissions, and the search of precincts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shailoo.commissions import queries as commissions
from shailoo.commissions.models import Commission
from shailoo.portal import maps, saying
from shailoo.portal.bases import base_of
from shailoo.portal.listing import Listing, listing
from shailoo.portal.pictures import result_bars
from shailoo.portal.templatetags.figures import name as name_of
from shailoo.portal.views.answers import Scene, of_results
from shailoo.results import queries as results
from shailoo.results.queries import Disagreement, PrecinctRow, Standing
from shailoo.results.tabulation import Row, Sums
from shailoo.territory import queries as territory
from shailoo.territory.models import Area
from shailoo.territory.names import ky_sort_key

FORMATS = ("csv", "json", "xlsx")
STANDINGS: Mapping[Standing, tuple[Promise, str]] = {
    Standing.SUMMED: (_("counted"), "green"),
    Standing.INVALIDATED: (_("declared invalid"), "red"),
    Standing.QUARANTINED: (_("beside the totals"), "orange"),
    Standing.IN_WORK: (_("being entered"), "blue"),
    Standing.MISSING: (_("not received"), "grey"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A territory or commission in a list: its sums, its page, and who leads in it."""

    row: Row
    href: str
    leader: str

    @property
    def sums(self) -> Sums:
        return self.row.sums


@dataclass(frozen=True, slots=True)
class PrecinctLine:
    """A precinct in a list."""

    row: PrecinctRow
    href: str
    state: Promise
    colour: str
    leader: str


@of_results
def index(request: HttpRequest, scene: Scene) -> HttpResponse:
    """For whoever looks for a place: the regions, abroad, and the way to every precinct."""
    context = _context(scene, scene.tabulation.national) | {
        "units": _units(request.GET, scene, scene.tabulation.regions, "portal:area"),
        "map": maps.of_nation(request.GET, scene.voting, scene.tabulation),
        "trail": [(_("Areas"), "")],
        "exports": exports("regions"),
    }
    return render(request, "portal/areas.html", context)


@of_results
def area(request: HttpRequest, scene: Scene, code: str) -> HttpResponse:
    """For a journalist in an oblast: sums, who leads, the units and commissions below, and every precinct."""
    found = territory.by_code(code)
    if found is None:
        raise Http404(code)
    if found.kind == Area.Kind.COUNTRY:
        return index(request)
    below = results.children_rows(scene.voting, found)
    rows = results.precinct_results(scene.voting, area=found)
    sums = results.area_sums(scene.voting, found)
    context = _context(scene, sums) | {
        "area": found,
        "trail": trail_of(found),
        "units": _units(request.GET, scene, below, "portal:area") if len(below) > 1 else None,
        "tecs": [_unit(scene, row, "portal:tec") for row in _tecs_of(scene, rows)],
        "precincts": None if len(below) > 1 else precinct_lines(request.GET, scene, rows),
        "exports": exports("precincts", area=found.code),
    }
    return render(request, "portal/area.html", context)


@of_results
def tec(request: HttpRequest, scene: Scene, code: str) -> HttpResponse:
    """For a TEC, its observers and the press: the sums of its precincts beside the protocol that it has signed."""
    found = commissions.by_code(code)
    row = next((each for each in scene.tabulation.tecs if each.code == code), None)
    if found is None or row is None or found.level != Commission.Level.TEC:
        raise Http404(code)
    versions = list(results.tec_protocols(scene.voting, found))
    rows = results.precinct_results(scene.voting, tec=found)
    differing = [each for each in results.disagreements(scene.voting) if each.tec == code] if versions else []
    context = _context(scene, row.sums) | {
        "tec": found,
        "row": row,
        "versions": versions,
        "comparison": list(_comparison(scene, row.sums, versions[0].sums, versions[0].votes)) if versions else [],
        "differing": [(_line_words(scene, each), each) for each in differing],
        "precincts": precinct_lines(request.GET, scene, rows),
        "trail": [*trail_of(found.area, open_end=True), (name_of(row), "")],
        "exports": exports("precincts", tec=code),
    }
    return render(request, "portal/tec.html", context)


@of_results
def search(request: HttpRequest, scene: Scene) -> HttpResponse:
    """For a voter who knows the school where they vote, or the number on the notice."""
    rows = results.precinct_results(scene.voting)
    lines = precinct_lines(request.GET, scene, rows)
    exact = next((line for line in lines.rows if line.row.number == lines.search), None)
    context = {
        "scene": scene,
        "election": scene.election,
        "precincts": lines,
        "search": lines.search,
        "exact": exact,
        "trail": [(_("Search of precincts"), "")],
    }
    return render(request, "portal/search.html", context)


@of_results
def bodies(request: HttpRequest, scene: Scene) -> HttpResponse:
    """For whoever wants to know who counts: the Central Commission and every territorial commission."""
    found = {each.body.code: each for each in commissions.tecs()}
    rows = [each for each in scene.tabulation.tecs if each.code in found]
    context = {
        "scene": scene,
        "election": scene.election,
        "cec": commissions.cec(),
        "units": _units(request.GET, scene, rows, "portal:tec"),
        "trail": [(_("Election commissions"), "")],
        "exports": exports("tecs"),
    }
    return render(request, "portal/commissions.html", context)


def trail_of(found: Area, *, open_end: bool = False) -> list[tuple[str | Promise, str]]:
    """The way from the nation to the area; the last step has no address unless more follow."""
    steps: list[tuple[str | Promise, str]] = [(_("Areas"), reverse("portal:areas"))]
    path = [each for each in territory.path(found) if each.kind != Area.Kind.COUNTRY]
    steps += [(name_of(each), reverse("portal:area", args=[each.code])) for each in path]
    return steps if open_end else [*steps[:-1], (steps[-1][0], "")]


def exports(level: str, **only: str) -> list[tuple[str, str]]:
    """(format, address) of the files of a level, of one area or commission where it is named."""
    query = "".join(f"?{key}={value}" for key, value in only.items())
    return [(form.upper(), reverse("portal:table", args=[level, form]) + query) for form in FORMATS]


def precinct_lines(query: QueryDict, scene: Scene, rows: Sequence[PrecinctRow]) -> Listing[PrecinctLine]:
    """Precincts searched by number, place or area, ordered and paged."""
    return listing(
        [_precinct_line(scene, row) for row in rows],
        query,
        keys={
            "number": lambda line: (len(line.row.number), line.row.number),
            "standing": lambda line: line.row.standing.value,
            "participated": lambda line: line.row.participated,
            "valid": lambda line: line.row.valid,
            "against_all": lambda line: line.row.against_all,
        },
        default="number",
        text=lambda line: " ".join((line.row.number, line.row.place_ky, line.row.place_ru, line.row.place_en)),
    )


def _precinct_line(scene: Scene, row: PrecinctRow) -> PrecinctLine:
    words, colour = STANDINGS[row.standing]
    leader = _leader(scene, row.votes) if row.votes is not None else ""
    return PrecinctLine(row, reverse("portal:precinct", args=[row.number]), words, colour, leader)


def _context(scene: Scene, sums: Sums) -> dict[str, object]:
    base = base_of(sums, scene.law)
    return {
        "scene": scene,
        "election": scene.election,
        "sums": sums,
        "base": base,
        "bars": result_bars(scene.tabulation.options, sums, base),
    }


def _units(query: QueryDict, scene: Scene, rows: Iterable[Row], page: str) -> Listing[Unit]:
    return listing(
        [_unit(scene, row, page) for row in rows],
        query,
        keys={
            "name": lambda unit: ky_sort_key(name_of(unit.row)),
            "summed": lambda unit: unit.sums.summed,
            "participated": lambda unit: unit.sums.participated,
            "turnout": lambda unit: results.turnout(unit.sums),
            "valid": lambda unit: unit.sums.valid,
            "against_all": lambda unit: unit.sums.against_all,
        },
        default="name",
        text=lambda unit: " ".join((unit.row.code, unit.row.name_ky, unit.row.name_ru, unit.row.name_en)),
    )


def _unit(scene: Scene, row: Row, page: str) -> Unit:
    return Unit(row, reverse(page, args=[row.code]), _leader(scene, row.sums.votes))


def _leader(scene: Scene, votes: Sequence[int]) -> str:
    """The list or candidate with most votes; "" where nobody leads alone."""
    most = max(votes, default=0)
    leading = [place for place, number in enumerate(votes) if number == most]
    return name_of(scene.tabulation.options[leading[0]]) if most and len(leading) == 1 else ""


def _tecs_of(scene: Scene, rows: Iterable[PrecinctRow]) -> list[Row]:
    """The commissions to which these precincts belong."""
    codes = {row.tec for row in rows}
    return [row for row in scene.tabulation.tecs if row.code in codes]


def _comparison(
    scene: Scene, pec: Sums, signed: Mapping[str, int | None], votes: Sequence[int]
) -> Iterable[tuple[str, int | None, int | None]]:
    """(line, sum of the precincts' protocols, the TEC's protocol) for every line that either has, then every option."""
    for line in results.LINES:
        if pec.lines[line] is not None or signed.get(line) is not None:
            yield saying.line(line), pec.lines[line], signed.get(line)
    lists = [option for option in scene.tabulation.options if option.kind != "against_all"]
    for option, ours, theirs in zip(lists, pec.votes, votes, strict=True):
        yield name_of(option), ours, theirs


def _line_words(scene: Scene, each: Disagreement) -> str:
    """The line in which two sums differ, in words."""
    kind, _dot, code = each.line.partition(".")
    if kind == "votes":
        return scene.names.get(code, code)
    return saying.line(each.line) if each.line in results.LINES else str(_OF_TABLE.get(each.line, each.line))


_OF_TABLE: Mapping[str, Promise] = {
    "protocols": _("Versions of protocols that only one of the two has summed"),
    "protocols_used": _("Protocols summed"),
}
