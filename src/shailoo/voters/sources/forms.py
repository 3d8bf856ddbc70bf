"""What staff fill in at the pages on sources. Forms only read; the actions decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shailoo.commissions.carrying_out import CarriesOut
from shailoo.territory.models import Precinct
from shailoo.voters.forms import ActForm
from shailoo.voters.sources.models import InstitutionReport
from shailoo.voters.sources.words import value

LARGEST = 14 * 1024 * 1024  # bytes


class FileForm(ActForm):
    """One file of rows."""

    file = forms.FileField(
        label=_("File (CSV, UTF-8)"),
        help_text=_("At most 14 MB. The first line holds the names of the columns, as given above."),
        max_length=200,
        error_messages={
            "required": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": _("The file is empty."),
        },
    )

    def clean_file(self) -> object:
        """Refuse what is too large for a page."""
        sent = self.cleaned_data["file"]
        if sent is not None and sent.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 14 MB. Send it in parts."))
        return sent


class ReturnForm(ActForm):
    """Why data or a plan go back."""

    reason = forms.CharField(
        label=_("What is to be put right"),
        help_text=_("Do not name any voter."),
        widget=forms.Textarea({"rows": 4}),
        max_length=2_000,
        error_messages={"required": _("Write the reason.")},
    )


class ApproveForm(ActForm, CarriesOut):
    """The CEC's decision on the borders."""


class InstitutionForm(FileForm):
    """A report of a hospital or a place of detention: who, when it came, and the voters by file or typed."""

    kind = forms.ChoiceField(
        label=_("Kind of institution"), error_messages={"required": _("Choose the kind of institution.")}
    )
    name = forms.CharField(
        label=_("Name of the institution"),
        max_length=200,
        error_messages={"required": _("Write the name of the institution.")},
    )
    precinct = forms.ModelChoiceField(
        label=_("Precinct in which it lies"),
        queryset=Precinct.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose the precinct."), "invalid_choice": _("Choose the precinct.")},
    )
    received_on = forms.DateField(
        label=_("Day on which its head handed the data over"),
        help_text=_("In the form 2020-09-20"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": _("Write the day."), "invalid": _("Write the day in the form 2020-09-20.")},
    )
    pins = forms.CharField(
        label=_("PINs of the voters, one in a line"),
        help_text=_("If there are few. Else choose a file below."),
        widget=forms.Textarea({"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        max_length=20_000,
        required=False,
    )
    field_order = ("kind", "name", "precinct", "received_on", "pins", "file")

    def __init__(self, *args: Any, precincts: QuerySet[Precinct], **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
        kinds = [(kind, value("institution_kind", kind)) for kind in InstitutionReport.Kind.values]
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind of institution"),
            choices=kinds,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose the kind of institution.")},
        )
        where = self.fields["precinct"]
        if isinstance(where, forms.ModelChoiceField):
            where.queryset = precincts
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """The voters are typed or in a file, not both and not neither."""
        given = super().clean() or self.cleaned_data
        if bool(given.get("pins", "").strip()) == bool(given.get("file")) and not self.errors:
            self.add_error("pins", _("Type the PINs or choose a file: one of the two."))
        return given
