"""Tags that only our components use: sorting and paging links, form controls, patterns of maps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.forms.utils import flatatt
from django.forms.widgets import (
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    FileInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from shailoo.portal import saying
from shailoo.portal.formats.dates import LAST_DAY, local

register = template.Library()

SORT = "sort"
KINDS: tuple[tuple[type, str], ...] = (
    (CheckboxSelectMultiple, "checkboxes"),  # before RadioSelect, whose subclass it is
    (RadioSelect, "radios"),
    (CheckboxInput, "checkbox"),
    (Select, "select"),
    (Textarea, "textarea"),
    (ClearableFileInput, "file"),
    (FileInput, "file"),
)

# Paths within a square of 16 units; each tells its tone or list apart in black and white.
TONE_MARKS = {
    "tone-2": "M4 4h.1M12 12h.1",
    "tone-3": "M0 16L16 0",
    "tone-4": "M0 16L16 0M0 0L16 16",
    "tone-5": "M0 4h16M0 12h16",
}
TONE_STYLES = {"tone-2": "pattern-mark--dark pattern-mark--dots", "tone-3": "pattern-mark--dark"}
SERIES_MARKS = (
    "",
    "M0 16L16 0",
    "M0 8h16",
    "M0 0L16 16",
    "M8 0v16",
    "M4 4h.1M12 12h.1",
)


@register.simple_tag
def pattern_mark(fill: str) -> SafeString:
    """The path that lies over the colour of `fill` in its pattern; nothing for the plain ones."""
    if fill == "unknown":
        return format_html('<path class="pattern-mark pattern-mark--unknown" d="{}"/>', "M0 16L16 0")
    kind, _dash, place = fill.partition("-")
    if kind == "tone":
        path, css = TONE_MARKS.get(fill, ""), TONE_STYLES.get(fill, "")
    else:
        path, css = SERIES_MARKS[(int(place) - 1) % len(SERIES_MARKS)], ""
    return format_html('<path class="pattern-mark {}" d="{}"/>', css, path) if path else SafeString()


def _request(context: Context) -> HttpRequest:
    request = context["request"]
    if not isinstance(request, HttpRequest):
        raise TypeError("a sortable or paged list is drawn for a request")
    return request


def _query(request: HttpRequest, **changed: str) -> str:
    """The page's own query with some keys changed, as a link."""
    query = request.GET.copy()
    for key, value in changed.items():
        query[key] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def sorted_by(context: Context, key: str) -> str:
    """How the list is ordered by `key` now: ascending, descending, or ""."""
    return {key: "ascending", f"-{key}": "descending"}.get(_request(context).GET.get(SORT, ""), "")


@register.simple_tag(takes_context=True)
def sort_link(context: Context, key: str) -> str:
    """The address of the list ordered by `key`; the other way round where it is so ordered already. Back to page 1."""
    request = _request(context)
    changed = {SORT: f"-{key}" if request.GET.get(SORT) == key else key}
    return _query(request, **changed, **({"page": "1"} if "page" in request.GET else {}))


@register.simple_tag(takes_context=True)
def page_link(context: Context, number: int, name: str = "page") -> str:
    """The address of page `number` of the list, with its filter and order kept."""
    return _query(_request(context), **{name: str(number)})


@register.filter
def elided(page: Page[Any]) -> Iterator[int | None]:
    """The page numbers to offer: the first, the last, those around this one; None where numbers are left out."""
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        yield number if isinstance(number, int) else None


@register.filter
def role_name(role: str) -> str:
    """A role of an office in words."""
    return saying.role(role)


@register.filter
def less(value: int | None, other: int | None) -> int:
    """`{{ new|less:old }}`: the difference; a missing number counts as zero."""
    return (value or 0) - (other or 0)


@register.filter
def urgency(deadline: datetime, now: datetime | None = None) -> str:
    """Past, soon (within 24 hours), or "" for a deadline."""
    left = deadline - (now or timezone.now())
    if left.total_seconds() <= 0:
        return "past"
    return "soon" if left <= LAST_DAY else ""


@register.filter
def two_lines(text: str) -> tuple[str, str]:
    """A name cut for a tile at its first space: "Баткен", "облусу"."""
    first, _space, rest = text.partition(" ")
    return first, rest


@register.filter
def iso(moment: datetime) -> str:
    """The moment for machines, in local time with its offset."""
    return local(moment).isoformat(timespec="minutes")


@register.filter
def field_kind(field: BoundField) -> str:
    """What a field is drawn as: input, select, textarea, file, checkbox, radios, checkboxes or hidden."""
    if field.is_hidden:
        return "hidden"
    return next((kind for widget, kind in KINDS if isinstance(field.field.widget, widget)), "input")


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of the field's hint and error, for aria-describedby; "" where it has neither."""
    hint = [f"{field.auto_id}-hint"] if field.help_text else []
    return " ".join([*hint, *([f"{field.auto_id}-error"] if field.errors else [])])


@register.filter
def control(field: BoundField, css: str) -> SafeString:
    """`{{ field|control:"govuk-input" }}`: the form control with our class, tied to its hint and its errors."""
    block = css.split()[0]
    attributes: dict[str, str | bool] = {"class": f"{css} {block}--error" if field.errors else css}
    if described := described_by(field):
        attributes["aria-describedby"] = described
    return field.as_widget(attrs=attributes)


@register.filter
def choice_control(choice: BoundWidget, kind: str) -> SafeString:
    """One radio button or checkbox of a group, with our class."""
    data = choice.data
    own = {"class": f"govuk-{kind}__input", "type": data["type"], "name": data["name"], "value": str(data["value"])}
    return format_html("<input{}>", flatatt({**data["attrs"], **own}))


@register.filter
def first_control(field: BoundField) -> str:
    """The id that a link from the error summary leads to: the control, or the first of a group."""
    return f"{field.auto_id}_0" if field_kind(field) in ("radios", "checkboxes") else str(field.auto_id)
