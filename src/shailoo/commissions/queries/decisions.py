"""Reading decisions: the register with its search, and one decision by its number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from shailoo.accounts.models import Body
from shailoo.commissions.law_of import BISHKEK
from shailoo.commissions.models import Decision
from shailoo.commissions.models.decisions import WORDS
from shailoo.law import norms

_LABEL = re.compile(r"\s*№?\s*(?P<number>[0-9]{1,7})(?:\s*/\s*(?P<year>[0-9]{4}))?\s*")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for in the register; what is empty or None does not matter. Days are local, both included.

    `text` is a number ("12", "№ 12/2020"), or beginnings of words that all occur in a title or text, in capitals or
    not, whatever ending follows. `norm` finds what stands under it too: "L37" finds a decision that rests on L37.1.a.
    """

    body: str = ""  # its code
    matter: str = ""
    norm: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None
    published: bool | None = None
    standing: bool | None = None


def decisions(wanted: Wanted) -> QuerySet[Decision]:
    """Decisions that fit, the newest first, each with its body, publication and what ended it."""
    number = _numbered(wanted.text)
    fits = number or Q()
    if wanted.body:
        fits &= Q(body__code=wanted.body)
    if wanted.matter:
        fits &= Q(matter=wanted.matter)
    if wanted.norm:
        fits &= Q(norms__overlap=[wanted.norm, *(each for each in norms.norms() if each.startswith(f"{wanted.norm}."))])
    if wanted.since:
        fits &= Q(taken_at__gte=_begin_of(wanted.since))
    if wanted.until:
        fits &= Q(taken_at__lt=_begin_of(wanted.until + timedelta(days=1)))
    if wanted.published is not None:
        fits &= Q(publication__isnull=not wanted.published)
    if wanted.standing is not None:
        stands = Q(replaced_by__isnull=True, repealed_by__isnull=True)
        fits &= stands if wanted.standing else ~stands
    related = ("body", "publication", "replaced_by", "repealed_by")
    found = Decision.objects.filter(fits).select_related(*related).order_by("-taken_at", "-pk")
    return found if number is not None else _saying(found, wanted.text)


def decision_by_label(body: Body, year: int, number: int) -> Decision | None:
    """The decision of a body by its number; None where there is none."""
    return Decision.objects.select_related("body").filter(body=body, year=year, number=number).first()


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=BISHKEK)


def _numbered(text: str) -> Q | None:
    """The number that is written, with its year where there is one; None where it is none."""
    labelled = _LABEL.fullmatch(text)
    if labelled is None:
        return None
    number = Q(number=int(labelled["number"]))
    return number & Q(year=int(labelled["year"])) if labelled["year"] else number


def _saying(found: QuerySet[Decision], text: str) -> QuerySet[Decision]:
    """Those that hold every word, by the index of words."""
    words = _WORD.findall(text)
    if not words:
        return found
    wanted = SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")
    return found.alias(said=WORDS).filter(said=wanted)
