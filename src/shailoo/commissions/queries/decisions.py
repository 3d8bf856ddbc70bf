"""Reading decisions: the register with its search, and one decision by its number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from shailoo.accounts.models import Body
from shailoo.commissions.law_of import BISHKEK
from shailoo.commissions.models import Decision
from shailoo.law import norms

_LABEL = re.compile(r"\s*№?\s*(?P<number>[0-9]{1,7})(?:\s*/\s*(?P<year>[0-9]{4}))?\s*")
_TEXTS = tuple(f"{name}_{language}" for name in ("title", "text") for language in ("ky", "ru", "en"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for in the register; what is empty or None does not matter. Days are local, both included.

    `text` is a number ("12", "№ 12/2020"), or words that all occur in a title or text, in capitals or not. `norm`
    finds what stands under it too: "L37" finds a decision that rests on L37.1.a.
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
    fits = _saying(wanted.text)
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
    return Decision.objects.filter(fits).select_related(*related).order_by("-taken_at", "-pk")


def decision_by_label(body: Body, year: int, number: int) -> Decision | None:
    """The decision of a body by its number; None where there is none."""
    return Decision.objects.select_related("body").filter(body=body, year=year, number=number).first()


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=BISHKEK)


def _saying(text: str) -> Q:
    """A number as it is written, or every word somewhere in a title or text, in whatever language."""
    if labelled := _LABEL.fullmatch(text):
        numbered = Q(number=int(labelled["number"]))
        return numbered & Q(year=int(labelled["year"])) if labelled["year"] else numbered
    said = Q()
    for word in text.split():
        said &= Q(*((f"{place}__icontains", word) for place in _TEXTS), _connector=Q.OR)
    return said
