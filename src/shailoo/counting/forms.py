"""Forms of the desk. What was typed is read by the actions alone; a form shows it and marks what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from shailoo.commissions.carrying_out import CarriesOut
from shailoo.commissions.models import Decision
from shailoo.counting import words
from shailoo.counting.fields import Field, pages
from shailoo.counting.models import ScannerReport
from shailoo.elections.queries import Ballot
from shailoo.law.outcome import Refused
from shailoo.law.protocol import LineType

YES_OR_NO = (("yes", _("Yes")), ("no", _("No")))


class Typed(forms.CharField):
    """Any text: the action reads it. A form that refused here would lose what was typed."""

    def validate(self, value: object) -> None:
        """Nothing is refused by the form."""


class Chosen(forms.ChoiceField):
    """One of the offered values; blank and foreign ones are answered by the action."""

    def validate(self, value: object) -> None:
        """Nothing is refused by the form."""


class EntryForm(forms.Form):
    """One page of an entry: a control per field, named by its path."""

    use_required_attribute = False

    def __init__(self, asked: Iterable[Field], ballot: Ballot, values: Mapping[str, object], *, posted: bool) -> None:
        shown = {field.path: words.as_typed(_shown(values.get(field.path)), field.kind) for field in asked}
        super().__init__(data=shown if posted else None, initial=shown)
        self.support = [field.path for field in asked if field.is_support]
        for field in asked:
            self.fields[field.path] = _control(field, ballot)

    def refuse(self, unreadable: Mapping[str, str]) -> None:
        """Mark the fields that could not be read, each with what to write instead."""
        for path, code in unreadable.items():
            if path in self.fields:
                self.add_error(path, str(words.UNREADABLE.get(code, code)))


class ExplainForm(forms.Form):
    text = Typed(label=_("Explanation of the commission"), widget=forms.Textarea({"rows": 6}))


class AcceptForm(forms.Form):
    number = Typed(label=_("Number of the act"), max_length=80)
    text = Typed(label=_("What the act says of the difference"), widget=forms.Textarea({"rows": 6}))


class ReasonForm(forms.Form):
    reason = Typed(label=_("Reason"), widget=forms.Textarea({"rows": 4}))


class ReplaceForm(CarriesOut):
    """The decision says whether a recount or a correction has come."""

    reason = Typed(label=_("Reason"), widget=forms.Textarea({"rows": 4}))

    def chosen(self) -> Decision | None:
        """The decision that is carried out; None where none of those offered was chosen."""
        found: Decision | None = self.cleaned_data.get("decision") if self.is_valid() else None
        return found


class SettleForm(forms.Form):
    """For each field that still differs the two values, "A" and "B"; a third cannot be given."""

    def __init__(
        self, values: Mapping[str, tuple[object, object]], ballot: Ballot, data: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(data=data)
        self.paths = tuple(values)
        kinds = {field.path: field.kind for fields in pages(ballot.codes).values() for field in fields}
        for path, (first, second) in values.items():
            kind = kinds.get(path, LineType.TEXT)
            self.fields[path] = Chosen(
                label=words.field(path, ballot),
                choices=(("1", f"A: {words.value(first, kind)}"), ("2", f"B: {words.value(second, kind)}")),
                widget=forms.RadioSelect,
            )
        self.fields["reason"] = Typed(label=_("Reason"), widget=forms.Textarea({"rows": 4}))


class ScanForm(forms.Form):
    page = Typed(label=_("Page of the protocol"), widget=forms.TextInput({"inputmode": "numeric"}))
    file = forms.FileField(
        label=_("Scan or photograph"),
        help_text=_("JPEG, PNG, TIFF or PDF, at most 15 MB"),
        widget=forms.FileInput({"accept": ".jpg,.jpeg,.png,.tif,.tiff,.pdf"}),
        required=True,
    )


class ReportForm(forms.Form):
    """A scanner's final report (L35.8): one control per line of the printout."""

    use_required_attribute = False

    def __init__(self, ballot: Ballot, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data=data)
        count = {"inputmode": "numeric", "autocomplete": "off"}
        self.fields["device_no"] = Typed(label=_("Number of the device"), max_length=40)
        self.fields["role"] = Chosen(
            label=_("The device is"),
            choices=((ScannerReport.Role.PRIMARY, _("primary")), (ScannerReport.Role.ADDITIONAL, _("additional"))),
            widget=forms.RadioSelect,
            initial=ScannerReport.Role.PRIMARY,
        )
        self.fields["initial_total"] = Typed(
            label=_("Counter at the opening"), initial="0", widget=forms.TextInput(count)
        )
        for choice in ballot.choices:
            label = choice.name(words.language())
            self.fields[f"votes.{choice.code}"] = Typed(label=label, widget=forms.TextInput(count))
        for name in ("against_all", "invalid"):
            self.fields[name] = Typed(label=words.line(name), widget=forms.TextInput(count))
        self.fields["total"] = Typed(label=_("Ballots in total"), widget=forms.TextInput(count))
        for name, moment in (
            ("decision_at", _("Decision of the PEC to take the data")),
            ("report_at", _("Report printed")),
            ("failed_at", _("Device failed")),
            ("last_ballot_at", _("Last ballot")),
        ):
            self.fields[name] = Typed(label=moment, required=False, help_text=_("For example 04.10.2020 20:10"))
        self.fields["reason"] = Typed(label=_("Why it is recorded again"), required=False)


def mark(form: forms.Form, refused: Refused) -> None:
    """Put a refusal's words at its fields."""
    for found in refused.findings:
        for path in found.fields:
            if path in form.fields:
                form.add_error(path, words.refusal(Refused((found,)))[0][1])


def _control(field: Field, ballot: Ballot) -> forms.Field:
    label = words.field(field.path, ballot)
    required = not field.is_support
    if field.kind is LineType.BOOLEAN:
        return Chosen(label=label, required=required, choices=YES_OR_NO, widget=forms.RadioSelect)
    if field.kind is LineType.LIST:
        return Typed(label=label, required=required, widget=forms.Textarea({"rows": 3}), help_text=_("One a line"))
    hints = {
        LineType.TIME: _("For example 20:05"),
        LineType.DATETIME: _("For example 05.10.2020 01:40"),
        LineType.DATE: _("For example 04.10.2020"),
    }
    attributes = {"autocomplete": "off"} | ({"inputmode": "numeric"} if field.kind is LineType.INTEGER else {})
    return Typed(
        label=label, required=required, widget=forms.TextInput(attributes), help_text=hints.get(field.kind, "")
    )


def _shown(value: object) -> str:
    """A value as it is typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(_shown(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(part)}" for key, part in value.items())
    return str(value)
