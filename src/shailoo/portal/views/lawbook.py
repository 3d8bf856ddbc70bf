"""The law behind every number: each norm in the project's own summary, and where the program carries it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shailoo.law.coverage import PACKAGE, marks_of_rules
from shailoo.law.editions import editions
from shailoo.law.norms import Area, Deadline, Kind, Norm, NormId, article_of, document, norms, resolve
from shailoo.law.protocol import Nature, correlations
from shailoo.portal import saying
from shailoo.portal.listing import chosen, paged, searched
from shailoo.portal.templatetags.figures import language
from shailoo.portal.views.answers import of_itself
from shailoo.wording.citations import cite

KINDS: Mapping[Kind, Promise] = {
    Kind.DEADLINE: _("Deadline"),
    Kind.DEFINITION: _("Definition"),
    Kind.DOCUMENT: _("Document required"),
    Kind.DUTY: _("Duty"),
    Kind.ELIGIBILITY: _("Eligibility"),
    Kind.FORMULA: _("Formula"),
    Kind.LIABILITY: _("Liability"),
    Kind.PROCEDURE: _("Procedure"),
    Kind.PROHIBITION: _("Prohibition"),
    Kind.PUBLICATION: _("Duty to publish"),
    Kind.RIGHT: _("Right"),
    Kind.TERM: _("Term of office or of force"),
    Kind.THRESHOLD: _("Threshold"),
}
AREAS: Mapping[Area, Promise] = {
    Area.BALLOTS: _("Ballots"),
    Area.CALENDAR: _("Calling and calendar"),
    Area.CAMPAIGN: _("Campaigning"),
    Area.COMMISSIONS: _("Election commissions"),
    Area.COMPLAINTS: _("Complaints"),
    Area.COOPERATION: _("Cooperation of state bodies"),
    Area.COUNTING: _("Counting of votes"),
    Area.DETERMINATION: _("Determination of results"),
    Area.FINANCE: _("Campaign funds and finance"),
    Area.IDENTITY: _("Terms and persons"),
    Area.MANDATES: _("Mandates"),
    Area.MEDIA: _("Mass media"),
    Area.NOMINATION: _("Nomination"),
    Area.OBSERVERS: _("Observers"),
    Area.POLLING_DAY: _("Election day"),
    Area.PUBLICATION: _("Publication"),
    Area.REGISTRATION: _("Registration of candidates"),
    Area.REPRESENTATIVES: _("Representatives of candidates and parties"),
    Area.SANCTIONS: _("Sanctions"),
    Area.TABULATION: _("Tabulation"),
    Area.TERRITORY: _("Precincts and territory"),
    Area.VOTERS: _("Voters and voter lists"),
}
NATURES: Mapping[Nature, Promise] = {
    Nature.DEFINITION: _("one figure is defined by the others"),
    Nature.ACCOUNTING: _(
        "every ballot, voter or cheque must be somewhere; a true count is never bent, a difference goes into an act"
    ),
    Nature.LIMIT: _("a maximum or minimum of the law"),
    Nature.SOURCE: _("two independent sources must agree"),
    Nature.PROCEDURE: _("times, signatures, copies, decisions"),
    Nature.TRIGGER: _("a breach switches on a consequence of the law"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A norm as a page shows it: its words, what refers to it, which rules carry it out, which values it sets."""

    norm: Norm
    words: str  # our summary in the language of the page; "" where it exists in English only
    kind: Promise
    area: Promise
    deadline: str
    documents: tuple[str, ...]
    rules: tuple[str, ...]
    values: tuple[tuple[str, str], ...]  # ("threshold = 7/100", the editions that say so)


@of_itself
def index(request: HttpRequest) -> HttpResponse:
    """For a lawyer: every norm by article, found by a word of its summary, its number or its subject."""
    area = chosen(request.GET, "area", ["", *Area], "")
    search = searched(request.GET)
    found = [each for each in norms().values() if _matches(each, search, area)]
    page = paged(found, request.GET)
    context = {
        "page_of": page,
        "rows": [(each, saying.norm(each.id), KINDS[each.kind], AREAS[each.area]) for each in page],
        "total": len(found),
        "entries": len(norms()),
        "search": search,
        "area": area,
        "areas": sorted(((code.value, words) for code, words in AREAS.items()), key=lambda pair: str(pair[1])),
        "correlations": correlations(),
    }
    return render(request, "portal/law.html", context)


@of_itself
def norm(request: HttpRequest, name: str) -> HttpResponse:
    """For everyone who followed a citation: what the norm says, and what this program does with it."""
    if name.startswith("CR"):
        return _correlation(request, name)
    try:
        found = resolve(name)
    except KeyError as unknown:
        raise Http404(name) from unknown
    context = {
        "name": name,
        "heading": cite(name, language()),
        "trail": [(_("The law"), reverse("portal:law")), (cite(name, language()), "")],
        "entries": [_entry(each) for each in found],
        "around": _around(found),
        "checked_by": [each for each in correlations() if not {each.id for each in found}.isdisjoint(each.norms)],
        "referring": _referring(found),
    }
    return render(request, "portal/norm.html", context)


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


def _matches(each: Norm, search: str, area: str) -> bool:
    words = search.casefold()
    within = not words or each.id.casefold().startswith(words) or words in each.rule.casefold()
    return within and area in ("", each.area.value)


def _entry(each: Norm) -> Entry:
    return Entry(
        each,
        saying.norm(each.id),
        KINDS[each.kind],
        AREAS[each.area],
        _deadline(each.deadline) if each.deadline else "",
        tuple(document(name).name for name in each.documents),
        tuple(_rules().get(each.id, ())),
        tuple(_values(each.id)),
    )


def _deadline(term: Deadline) -> str:
    """The term in English, as the summary is: "within 3 calendar days, by 18:00; counted from: decision issue"."""
    words = [term.bound.value.replace("_", " ")]
    if term.offset is not None and term.unit is not None:
        span = f"{abs(term.offset)}" if term.to_offset is None else f"{abs(term.offset)} to {abs(term.to_offset)}"
        where = "before" if term.offset < 0 else "after"
        words.append(f"{span} {term.unit.value.replace('_', ' ')}(s) {where}")
    words.append(term.anchor.replace("_", " "))
    if term.time:
        words.append(f"{term.time} local time" if term.to_time is None else f"{term.time} to {term.to_time} local time")
    return ", ".join(words)


@cache
def _rules() -> Mapping[NormId, list[str]]:
    """Norm -> the rules of the program that carry it out."""
    found: dict[NormId, list[str]] = {}
    for mark in marks_of_rules(PACKAGE):
        for each in resolve(mark.citation):
            found.setdefault(each.id, []).append(mark.where)
    return found


def _values(name: NormId) -> Iterator[tuple[str, str]]:
    """The values and readings that rest on this norm, each with the editions that say so."""
    said: dict[str, list[str]] = {}
    for edition in editions():
        for key, clause in edition.clauses.items():
            if name in clause.norms:
                said.setdefault(f"{key} = {getattr(edition, key)}", []).append(edition.id)
    yield from ((value, ", ".join(ids)) for value, ids in said.items())


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
    return tuple(other for other, cited in _citations() if other not in ids and not ids.isdisjoint(cited))


@cache
def _citations() -> tuple[tuple[NormId, frozenset[NormId]], ...]:
    known = frozenset(norms())
    return tuple(
        (each.id, frozenset(_words(f"{each.rule} {each.check} {each.note}")) & known) for each in norms().values()
    )


def _words(text: str) -> Iterator[str]:
    for word in text.split():
        yield word.strip(".,;:()")
