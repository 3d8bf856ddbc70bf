"""How the values of records are typed: dates as they are known, names of organizations, several values one a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shailoo.cooperation import countries, naming
from shailoo.cooperation.dating import UNKNOWN, Dated
from shailoo.cooperation.fields import As, Field
from shailoo.cooperation.models import Organization, Record
from shailoo.cooperation.queries import kept, organizations
from shailoo.cooperation.showing import title_of
from shailoo.cooperation.sorts import BY_NAME

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)  # what a register of elections can hold
LONGEST_TEXT = 20_000  # signs
MOST_LINES = 300
NO_CONTROL = RegexValidator(r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*\Z", _("Only letters, digits and signs."))
_CODE = re.compile(r"\(([-\w]+)\)\s*\Z")
_LOCAL_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
MOST_SUGGESTED = 200  # names that a field suggests while one types


class DatedField(forms.CharField):
    """A day or a year; empty: not known."""

    default_error_messages: ClassVar = {"unreadable": _("Write a day (05.09.2026), a year (2026), or nothing.")}

    def clean(self, value: Any) -> Any:  # Any: Django's own
        text = str(super().clean(value))
        if found := _LOCAL_DAY.fullmatch(text):
            text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
        try:
            return Dated.read(text) if text else UNKNOWN
        except ValueError as wrong:
            raise forms.ValidationError(self.error_messages["unreadable"], code="unreadable") from wrong

    def prepare_value(self, value: Any) -> Any:  # Any: Django's own
        return value.written if isinstance(value, Dated) else value


class NamedField(forms.CharField):
    """A record by its code, or by one of its names; what it shows is the name with the code behind it."""

    default_error_messages: ClassVar = {
        "unknown": _("Nothing of this name stands in the register. Choose one that is suggested, or enter it first."),
        "several": _("Several have this name: %(codes)s. Write the code of one behind it, in brackets."),
    }

    def __init__(self, rows: QuerySet[Any], by_name: Callable[[str], Iterable[Any]], **more: Any) -> None:  # Any: rows
        super().__init__(**more)
        self.rows, self.by_name = rows, by_name

    def clean(self, value: Any) -> Any:  # Any: Django's own
        text = str(super().clean(value)).strip()
        if not text:
            return None
        code = _CODE.search(text)
        found = list(self.rows.filter(code=code[1] if code else text)[:1])
        found = found or ([] if code else list(self.by_name(text))[:5])
        if not found:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        if len(found) > 1:
            codes = ", ".join(each.code for each in found)
            raise forms.ValidationError(self.error_messages["several"], code="several", params={"codes": codes})
        return found[0]

    def prepare_value(self, value: Any) -> Any:  # Any: Django's own
        return suggestion(value) if isinstance(value, (Organization, Record)) else value


class LinesField(forms.CharField):
    """Several texts, one a line; `read` makes a value of a line or raises ValueError."""

    default_error_messages: ClassVar = {
        "unreadable": _("Line %(line)s cannot be read: %(text)s."),
        "many": _("At most %(most)s lines."),
    }

    def __init__(self, read: Callable[[str], Any] = str, write: Callable[[Any], str] = str, **more: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 4}), max_length=LONGEST_TEXT, validators=[NO_CONTROL], **more)
        self.read, self.write = read, write

    def clean(self, value: Any) -> Any:  # Any: Django's own
        lines = [line.strip() for line in str(super().clean(value)).splitlines()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(self.error_messages["many"], code="many", params={"most": MOST_LINES})
        found = []
        for number, line in enumerate(lines, start=1):
            try:
                found += [self.read(line)] if line else []
            except ValueError as wrong:
                told = {"line": number, "text": line}
                raise forms.ValidationError(
                    self.error_messages["unreadable"], code="unreadable", params=told
                ) from wrong
        return found

    def prepare_value(self, value: Any) -> Any:  # Any: Django's own
        return "\n".join(map(self.write, value)) if isinstance(value, list) else value


def day_field(label: Any, **more: Any) -> forms.DateField:  # Any: what Django's own field takes
    """A local day, by the browser's own picker or typed as people write it."""
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        **more,
    )


def organization_field(label: Any, **more: Any) -> NamedField:  # Any: what Django's own field takes
    """An organization by its name, one of its other names, its abbreviation or its code."""
    attributes = {"list": "organizations", "autocomplete": "off"}
    return NamedField(
        organizations(), _organizations_named, label=label, max_length=400, widget=forms.TextInput(attributes), **more
    )


def _organizations_named(text: str) -> Iterable[Organization]:
    key = naming.key(text)
    return organizations().filter(names__contains=[key]) if key else []


def record_field(label: Any, to: str, commission: Organization, **more: Any) -> NamedField:  # Any: Django's own
    """A record of the same register by its title or its code."""
    rows = kept(BY_NAME[to], commission).filter(struck_at=None)
    attributes = {"list": f"{to}s", "autocomplete": "off"}

    def by_name(text: str) -> Iterable[Any]:
        return [each for each in rows[:MOST_SUGGESTED] if title_of(each).text == text]

    return NamedField(rows, by_name, label=label, max_length=600, widget=forms.TextInput(attributes), **more)


def suggestion(record: Organization | Record) -> str:
    """What a field shows of a record, and suggests: its title, and its code by which it is found again."""
    return f"{title_of(record).text} ({record.code})"


def form_field(field: Field, commission: Organization) -> forms.Field:
    """The form's field for a field of a record."""
    plain: dict[str, Any] = {"label": field.label, "help_text": field.hint, "required": False}  # the rules ask for it
    if field.as_ is As.ORGANIZATION:
        return organization_field(**plain)
    if field.as_ is As.RECORD:
        return record_field(to=field.to, commission=commission, **plain)
    made = _MAKERS.get(field.as_)
    if made is not None:
        return made(field, plain)
    return forms.CharField(max_length=field.longest, validators=[NO_CONTROL], **plain)


def _choice(field: Field, plain: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=[("", gettext("choose")), *field.words.items()], **plain)


def _choices(field: Field, plain: dict[str, Any]) -> forms.Field:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(choices=list(field.words.items()), widget=widget, **plain)


def _maybe(_field: Field, plain: dict[str, Any]) -> forms.Field:
    known = {"yes": True, "no": False}
    choices = [("", gettext("not known")), ("yes", gettext("yes")), ("no", gettext("no"))]
    return _MaybeField(choices=choices, coerce=known.__getitem__, empty_value=None, **plain)


class _MaybeField(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def prepare_value(self, value: Any) -> Any:  # Any: Django's own
        return {True: "yes", False: "no", None: ""}.get(value, value) if not isinstance(value, str) else value


def _country(_field: Field, plain: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=[("", gettext("not known")), *countries.choices()], **plain)


def read_country(line: str) -> str:
    """The code of a country that is written as its code, or as its name in the language of the page."""
    if countries.known(line.upper()):
        return line.upper()
    found = [code for code, name in countries.choices() if name.casefold() == line.casefold()]
    if not found:
        raise ValueError(line)
    return found[0]


def _read_email(line: str) -> str:
    return line


def _read_numbered(line: str) -> dict[str, str]:
    day, _sign, number = line.partition("№")
    if not number.strip():
        raise ValueError(line)
    return {"date": Dated.read(day.strip(" ,")).written, "number": number.strip()}


_MAKERS: dict[As, Callable[[Field, dict[str, Any]], forms.Field]] = {  # Any: what Django's own fields take
    As.PROSE: lambda field, plain: forms.CharField(  # noqa: ARG005  one shape of maker
        max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 4}), validators=[NO_CONTROL], **plain
    ),
    As.CHOICE: _choice,
    As.CHOICES: _choices,
    As.DATED: lambda field, plain: DatedField(  # noqa: ARG005  one shape of maker
        max_length=10, **plain | {"help_text": _("A day (05.09.2026) or a year (2026); nothing where it is not known.")}
    ),
    As.DAY: lambda field, plain: day_field(**plain),  # noqa: ARG005  one shape of maker
    As.COUNT: lambda field, plain: forms.IntegerField(min_value=0, max_value=2_000_000_000, **plain),  # noqa: ARG005
    As.COUNTRY: _country,
    As.COUNTRIES: lambda field, plain: LinesField(  # noqa: ARG005  one shape of maker
        read_country,
        countries.name,
        **plain | {"help_text": _("One a line: the name of a country or its code, such as KG.")},
    ),
    As.LINES: lambda field, plain: LinesField(**plain),  # noqa: ARG005  one shape of maker
    As.TICK: lambda field, plain: forms.BooleanField(**plain),  # noqa: ARG005  one shape of maker
    As.MAYBE: _maybe,
    As.EMAILS: lambda field, plain: LinesField(_read_email, **plain),  # noqa: ARG005  one shape of maker
    As.NUMBERED: lambda field, plain: LinesField(  # noqa: ARG005  one shape of maker
        _read_numbered,
        lambda each: f"{each['date']} № {each['number']}",
        **plain | {"help_text": _("Such as 2011-11-25 № 221.")},
    ),
    As.BLOCKS: lambda field, plain: LinesField(  # noqa: ARG005  one shape of maker
        lambda line: [part.strip() for part in line.split(",")], ", ".join, **plain
    ),
}
