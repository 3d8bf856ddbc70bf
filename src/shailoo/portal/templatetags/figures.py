"""Template filters for everything that is counted, dated, named or cited; each speaks the language of the page.

A missing value (None or "") is shown as a dash and never as zero: "not counted yet" is not "nobody".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Literal
from urllib.parse import quote

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from shailoo.law import norms
from shailoo.portal.formats import dates
from shailoo.wording import citations, numbers

register = template.Library()
LANGUAGES = ("ky", "ru", "en")


def language() -> str:
    """The language of the page; Kyrgyz where none is set."""
    code = (get_language() or "ky")[:2]
    return code if code in LANGUAGES else "ky"


@register.filter
def count(value: int | Literal[""] | None) -> str:
    """`{{ votes|count }}`: 1 887 345."""
    return numbers.NONE if value is None or value == "" else numbers.count(int(value))


@register.filter
def signed(value: int | Literal[""] | None) -> str:
    """`{{ change|signed }}`: +12, −3, 0."""
    return numbers.NONE if value is None or value == "" else numbers.signed(int(value))


@register.filter
def percent(value: Fraction | int | Literal[""] | None, decimals: int = 2) -> str:
    """`{{ ratio|percent }}`: 24,85 % (en 24.85%); the ratio is exact, a float raises TypeError."""
    if value is None or value == "":
        return numbers.NONE
    return numbers.percent(numbers.exact(value), language(), int(decimals))


@register.filter
def exact(value: Fraction | int | Literal[""] | None, decimals: int = 2) -> str:
    """`{{ quotient|exact }}`: an exact number to two places, 15 727,88."""
    if value is None or value == "":
        return numbers.NONE
    return numbers.number(numbers.exact(value), language(), int(decimals))


@register.filter
def share(value: int | Literal[""] | None, base: int | None) -> str:
    """`{{ votes|share:participated }}`: the votes as a percentage of their base; a dash where the base is zero."""
    if value is None or value == "" or not base:
        return numbers.NONE
    return numbers.percent(numbers.exact(value) / numbers.exact(base), language())


@register.filter
def local_date(day: date | None) -> str:
    """`{{ election.day|local_date }}`: the local day with its weekday."""
    return dates.full_date(day, language()) if day else numbers.NONE


@register.filter
def short_date(day: date | None) -> str:
    """`{{ deadline.last|short_date }}`: 04.10.2020 (en 4 October 2020), for lists and tables."""
    if not day:
        return numbers.NONE
    return dates.long_date(day, "en") if language() == "en" else f"{dates.local_day(day):%d.%m.%Y}"


@register.filter
def rule_of(norm_id: str) -> str:
    """`{{ "L64.3.d"|rule_of }}`: our English summary of a norm."""
    return norms.norm(norm_id).rule


@register.filter
def adopted_on(day: date | None) -> str:
    """`{{ edition.adopted|adopted_on }}`: the day by which a law is cited, without its weekday."""
    return dates.long_date(day, language()) if day else numbers.NONE


@register.filter
def local_time(moment: datetime | None) -> str:
    """`{{ version.at|local_time }}`: the local day and the clock of Bishkek."""
    return dates.full_time(moment, language()) if moment else numbers.NONE


@register.filter
def local_end(end: datetime, begun: datetime) -> str:
    """`{{ opened|local_time }} – {{ closed|local_end:opened }}`: the day is not said twice."""
    return dates.end_time(end, begun, language())


@register.filter
def local_moment(moment: datetime | None) -> str:
    """`{{ deadline|local_moment }}`: the local day with its weekday, and the clock."""
    return dates.full_moment(moment, language()) if moment else numbers.NONE


@register.filter
def days_left(deadline: datetime | None, now: datetime | None = None) -> str:
    """`{{ deadline|days_left:now }}`: days, or hours in the last 24; a rehearsal passes its own clock as `now`."""
    return dates.time_left(deadline, now or timezone.now()) if deadline else numbers.NONE


@register.filter
def name(named: object) -> str:
    """`{{ area|name }}`: name_ky, name_ru or name_en by the language of the page, else the first name that is given."""
    for code in dict.fromkeys((language(), *LANGUAGES)):
        key = f"name_{code}"
        found = named.get(key) if isinstance(named, Mapping) else getattr(named, key, None)
        if found:
            return str(found)
    return str(named or numbers.NONE)


@register.filter
def norm(norm_id: str) -> SafeString:
    """`{{ "L64.3"|norm }}`: the citation as a link to the norm's page, in the language of the page."""
    code = language()
    return format_html(
        '<a class="govuk-link norm" href="/{}/law/{}/">{}</a>', code, quote(norm_id), citations.cite(norm_id, code)
    )


@register.filter
def of_thousand(value: int | Literal[""] | None, base: int | None) -> int:
    """`{{ votes|of_thousand:base }}`: the length of a bar of 1000 units, between 0 and 1000."""
    if not value or not base:
        return 0
    return max(0, min(1000, numbers.rounded(Fraction(int(value) * 1000, int(base)), 0)[0]))
