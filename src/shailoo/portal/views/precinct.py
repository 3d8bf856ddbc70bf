"""One precinct: its signed protocol line by line, every version, what the checks found, and what was done when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shailoo.counting import queries as counting
from shailoo.counting.models import Figures, Protocol, ProtocolFinding, Scan
from shailoo.counting.queries import Case, ScannerMismatch
from shailoo.counting.states import QUARANTINED, State
from shailoo.documents import queries as documents
from shailoo.law.protocol import Line, LineType, lines
from shailoo.ledger.models import Act
from shailoo.portal import saying
from shailoo.portal.charts.bars import BarRow, Bars, bars
from shailoo.portal.pictures import series_of
from shailoo.portal.templatetags.figures import name as name_of
from shailoo.portal.views.answers import Scene, of_results
from shailoo.portal.views.areas import STANDINGS, trail_of
from shailoo.results import queries as results
from shailoo.territory import queries as territory
from shailoo.territory.models import Precinct

PUBLIC = (State.ACCEPTED, State.REPLACED, *QUARANTINED)
"""States whose figures the public may see: agreed by two entries or imported; what is being entered is not shown."""
NOT_SHOWN = frozenset({"recount_requested", "tec_id", "precinct_no"})  # who asked for a recount is a person's name
AGAINST_ALL = "against_all"
OCCASIONS: Mapping[str, Promise] = {
    Protocol.Occasion.ORIGINAL: gettext_lazy("original protocol"),
    Protocol.Occasion.RECOUNT: gettext_lazy("vote recounting"),
    Protocol.Occasion.CORRECTION: gettext_lazy("correction"),
}
NUMBERINGS: Mapping[str, Promise] = {
    Precinct.Numbering.BY_REGION_AND_ROW: gettext_lazy(
        "The source names no precinct numbers: this one was given on import, by region and row."
    ),
    Precinct.Numbering.GENERATED: gettext_lazy("This precinct and its number were generated for demonstration."),
}
KINDS: Mapping[str, Promise] = {
    Precinct.Kind.ORDINARY: gettext_lazy("ordinary precinct"),
    Precinct.Kind.ABROAD: gettext_lazy("precinct abroad"),
    Precinct.Kind.REMOTE: gettext_lazy("precinct in a remote place"),
}


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of the protocol with its value in words; `marked` where a check points at it."""

    line: Line
    words: str
    count: int | None
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one section of the protocol."""

    letter: str
    words: str
    lines: tuple[LineShown, ...]


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A control correlation that the figures do not hold: in words, with the numbers put in."""

    finding: ProtocolFinding
    words: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version of the precinct's protocol in the list of versions."""

    protocol: Protocol
    occasion: Promise
    state: str
    href: str
    current: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """A public act: what, when, by which office of which commission, on what ground; its place in the chain."""

    act: Act
    words: str
    role: Promise | str


@of_results
def precinct(request: HttpRequest, scene: Scene, number: str) -> HttpResponse:
    """For a voter, an observer with a copy of the protocol in hand, and a lawyer: the whole record of one station."""
    row = next((each for each in _rows(scene, number)), None)
    if row is None:
        raise Http404(number)
    found = Precinct.objects.select_related("area").get(pk=row.precinct_id)
    versions = list(counting.protocol_versions(scene.voting, found))
    shown = _shown(request.GET, versions)
    case = counting.case(shown) if shown else None
    words, colour = STANDINGS[row.standing]
    place = territory.path(found.area)
    context = {
        "scene": scene,
        "election": scene.election,
        "precinct": found,
        "row": row,
        "standing": words,
        "colour": colour,
        "kind": KINDS[found.kind],
        "numbering": NUMBERINGS.get(found.numbering, ""),
        "tec": next((each for each in scene.tabulation.tecs if each.code == row.tec), None),
        "versions": [_version(each, shown) for each in versions],
        "shown": shown,
        "case": case,
        "in_work": bool(versions) and State(versions[0].state) not in PUBLIC,
        "trail": [*trail_of(place[-1], open_end=True), (_("Precinct %(number)s") % {"number": number}, "")],
    }
    if case and case.figures:
        context |= _figures(scene, case, case.figures)
    return render(request, "portal/precinct.html", context)


@of_results
def scan(request: HttpRequest, scene: Scene, number: str, version: int, page: int) -> HttpResponse:
    """A page of the signed paper, checked against its hash before it leaves."""
    del request
    found = (
        Scan.objects.select_related("file", "protocol")
        .filter(
            protocol__voting=scene.voting,
            protocol__precinct__number=number,
            protocol__version=version,
            protocol__state__in=[state.value for state in PUBLIC],
            page=page,
        )
        .first()
    )
    if found is None:
        raise Http404(number)
    response = HttpResponse(documents.content(found.file), content_type=found.file.media_type)
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _rows(scene: Scene, number: str) -> list[results.PrecinctRow]:
    place = Precinct.objects.filter(number=number).first()
    return results.precinct_results(scene.voting, precinct=place) if place else []


def _shown(query: QueryDict, versions: list[Protocol]) -> Protocol | None:
    """The version that the address names, else the one in force, else the latest that the public may see."""
    public = [each for each in versions if State(each.state) in PUBLIC]
    if asked := query.get("version"):
        found = next((each for each in public if str(each.version) == asked), None)
        if found is None:
            raise Http404("version")
        return found
    return next((each for each in public if each.state == State.ACCEPTED), public[0] if public else None)


def _version(protocol: Protocol, shown: Protocol | None) -> VersionShown:
    href = f"?version={protocol.version}" if State(protocol.state) in PUBLIC else ""
    return VersionShown(
        protocol,
        OCCASIONS[protocol.occasion],
        saying.state(protocol.state),
        href,
        protocol.state == State.ACCEPTED,
        shown is not None and protocol.pk == shown.pk,
    )


def _figures(scene: Scene, case: Case, figures: Figures) -> dict[str, object]:
    marked = {field.partition(".")[0] for finding in case.findings for field in finding.fields}
    scans = [(each, each.file.media_type.startswith("image/"), _scan_href(case, each)) for each in case.scans]
    return {
        "bars": _bars(scene, figures),
        "base": figures.participated if figures.participated is not None else figures.valid,
        "sections": tuple(_sections(figures, marked, scene.names)),
        "findings": [_finding(each) for each in case.findings],
        "not_made": [(each, saying.correlation(each.code)) for each in case.not_made],
        "scans": scans,
        "mismatch": _mismatch(scene, case.mismatch),
        "history": [_happening(each) for each in case.history],
    }


def _scan_href(case: Case, each: Scan) -> str:
    return reverse("portal:scan", args=[case.protocol.precinct.number, case.protocol.version, each.page])


def _bars(scene: Scene, figures: Figures) -> Bars:
    """The votes of this precinct, of those who took part here; of valid ballots where that is not known."""
    options = scene.tabulation.options
    series = series_of(options)
    votes = dict(zip((each.code for each in options if each.kind != AGAINST_ALL), figures.votes, strict=True))
    rows = [
        BarRow(each.code, name_of(each), votes.get(each.code, figures.against_all), series[each.code])
        for each in options
    ]
    return bars(rows, base=figures.participated if figures.participated is not None else figures.valid)


def _sections(figures: Figures, marked: set[str], names: Mapping[str, str]) -> Iterator[Section]:
    """Every line that the protocol's record holds, by section, in the order of the form."""
    for letter in dict.fromkeys(line.section for line in lines()):
        held = tuple(
            shown
            for line in lines()
            if line.section == letter and line.id in figures.lines and line.id not in NOT_SHOWN
            for shown in _lines(line, figures.lines[line.id], line.id in marked, names)
        )
        if held:
            yield Section(letter, saying.section(letter), held)


def _lines(
    line: Line,
    value: object,
    marked: bool,  # noqa: FBT001  a fact about the line, not a mode
    names: Mapping[str, str],
) -> Iterator[LineShown]:
    """A line as it stands; the votes one row for each option of the ballot."""
    if line.id == "votes" and isinstance(value, Mapping):
        yield from (LineShown(line, names.get(code, code), votes, "", marked) for code, votes in value.items())
    elif line.type is LineType.INTEGER and isinstance(value, int):
        yield LineShown(line, saying.line(line.id), value, "", marked)
    else:
        yield LineShown(line, saying.line(line.id), None, _text(value, names), marked)


def _text(value: object, names: Mapping[str, str]) -> str:
    """A value that is no single count, in one line of words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "; ".join(
            f"{names.get(str(key), saying.part(str(key)))}: {_text(item, names)}" for key, item in value.items()
        )
    if isinstance(value, list):
        return " | ".join(_text(item, names) for item in value) or "\N{EM DASH}"
    return names.get(str(value), str(value)) if value not in (None, "") else "\N{EM DASH}"


def _finding(found: ProtocolFinding) -> FindingShown:
    fields = dict.fromkeys(field.partition(".")[0] for field in found.fields)
    return FindingShown(found, saying.correlation(found.code), tuple(saying.line(field) for field in fields))


@dataclass(frozen=True, slots=True)
class MismatchShown:
    """Manual against scanner, option by option: (name, manual, scanner, difference)."""

    rows: tuple[tuple[str, int, int, int], ...]
    manual: int | None
    scanner: int
    whole: bool
    differs: bool


def _mismatch(scene: Scene, found: ScannerMismatch | None) -> MismatchShown | None:
    if found is None:
        return None
    against = next((each.code for each in scene.tabulation.options if each.kind == AGAINST_ALL), AGAINST_ALL)
    rows = tuple(
        (
            scene.names.get(against if each.code == AGAINST_ALL else each.code, each.code),
            each.manual,
            each.scanner,
            each.difference,
        )
        for each in found.options
    )
    return MismatchShown(rows, found.manual_total, found.scanner_total, found.whole, bool(found.differing))


def _happening(act: Act) -> Happening:
    """An act without its content and without a person's name: the office and the commission answer for it."""
    return Happening(act, saying.act(act.name), saying.role(act.office.role) if act.office else "")
