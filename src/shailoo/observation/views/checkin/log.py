"""Who is inside now, the log of a commission's door, and the numbers of the commissions below."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shailoo.accounts.models import Body
from shailoo.accounts.web import reads_personal, rule
from shailoo.elections.clock import local, now
from shailoo.observation.checkin.findings import read
from shailoo.observation.models import Passage
from shailoo.observation.queries import presence as queries
from shailoo.observation.views.checkin.door import CHECK_IN, scene
from shailoo.observation.words.presence import WAYS, finding, kind

PAGE_SIZE = 50
COLUMNS = ("at", "way", "certificate", "holder", "sender", "verdict", "findings", "noted_at", "uid")


@dataclass(frozen=True, slots=True)
class Row:
    """A passage on the page: its way in words and colour, for whom the person came, and what was found."""

    passage: Passage
    way: str
    colour: str
    sender: Body | None
    findings: tuple[str, ...]


@rule(CHECK_IN)
@reads_personal("observers")
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """For the chairperson of a PEC, and for an observer who asks: who is inside, and everybody who came and went."""
    office, election = scene(request)
    at = now(election)
    present = queries.inside(office.body, election, at)
    page = Paginator(queries.log(office.body, election), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "election": election,
        "commission": office.body,
        "present": [(each, kind(each.comer.who)) for each in present],
        "now": at,
        "rows": list(_rows(list(page.object_list))),
        "page_of": page,
        "total": page.paginator.count,
        "exports": [("CSV", reverse("observation_check_in:csv"))],
    }
    return render(request, "observation/checkin/log.html", context)


@rule(CHECK_IN)
@reads_personal("observers")
@require_safe
def log_csv(request: HttpRequest) -> HttpResponse:
    """The whole log as a table."""
    office, election = scene(request)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_records(list(queries.log(office.body, election))))
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="passages-{office.body.code}.csv"'
    return response


@rule("observation.read")
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """For a TEC and the CEC on election day: where observers are, and where something was wrong at the door."""
    office, election = scene(request)
    at = now(election)
    found = queries.by_commission(office.body, election, at)
    context = {
        "election": election,
        "commission": office.body,
        "rows": found,
        "now": at,
        "inside": sum(each.inside for each in found),
        "observers": sum(each.observers for each in found),
        "turned_away": sum(each.turned_away for each in found),
        "doubtful": sum(each.doubtful for each in found),
    }
    return render(request, "observation/checkin/numbers.html", context)


def _rows(passages: list[Passage]) -> Iterator[Row]:
    senders = queries.senders_of([each.certificate_id for each in passages])
    for each in passages:
        way, colour = WAYS[each.way]
        said = tuple(finding(read(found)) for found in each.findings)
        yield Row(each, str(way), colour, senders.get(each.certificate_id), said)


def _records(passages: list[Passage]) -> Iterator[tuple[str, ...]]:
    senders = queries.senders_of([each.certificate_id for each in passages])
    for each in passages:
        sender = senders.get(each.certificate_id)
        codes = " ".join(str(found["code"]) for found in each.findings)
        times = [local(when).isoformat(timespec="seconds") for when in (each.at, each.noted_at)]
        who = (each.certificate.number, _text(each.certificate.holder), _text(sender.name_ky if sender else ""))
        yield (times[0], each.way, *who, each.verdict, codes, times[1], str(each.uid))


def _text(words: str) -> str:
    """A name in a table: what a sheet would take for a formula stays text."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r") else words
