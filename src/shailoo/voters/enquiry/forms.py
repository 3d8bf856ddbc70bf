"""What a voter types to find the own entry or a precinct, and what a commission tells of its station."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from shailoo.voters.enquiry.actions.access import Access
from shailoo.voters.enquiry.folding import LONGEST
from shailoo.voters.enquiry.models import StationAccess
from shailoo.voters.enquiry.words import ACCESS, ANSWERS
from shailoo.voters.forms import ActForm

PIN = RegexValidator(r"^[12][0-9]{13}\Z", _("A PIN has 14 digits; the first one is 1 or 2."))
NO_CONTROL = RegexValidator(r"^[^\x00-\x1f\x7f]*\Z", _("Only letters, digits and signs."))
FORMATS = ["%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]
PRIVATE = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class OwnEntryForm(forms.Form):
    """A PIN and a day of birth. What is wrong with their form is told at once; nothing is looked up then."""

    use_required_attribute = False
    pin = forms.CharField(
        label=_("PIN"),
        help_text=_("14 digits; they stand in your passport or ID card"),
        max_length=24,
        widget=forms.TextInput({**PRIVATE, "inputmode": "numeric"}),
        error_messages={
            "required": _("Write your PIN."),
            "max_length": _("A PIN has 14 digits; the first one is 1 or 2."),
        },
    )
    born = forms.DateField(
        label=_("Date of birth"),
        help_text=_("Day, month and year, such as 27.03.1987"),
        input_formats=FORMATS,
        widget=forms.DateInput({**PRIVATE, "inputmode": "text"}, format="%d.%m.%Y"),
        error_messages={
            "required": _("Write your date of birth."),
            "invalid": _("Write day, month and year, such as 27.03.1987."),
        },
    )

    def clean_pin(self) -> str:
        """The digits alone, however they were set apart."""
        given = "".join(self.cleaned_data["pin"].replace("-", " ").split())
        PIN(given)
        return given

    @property
    def answers(self) -> tuple[str, date]:
        """The PIN and the day of birth of a form that is valid."""
        return self.cleaned_data["pin"], self.cleaned_data["born"]


class PlaceForm(forms.Form):
    """A village, a street, a school, a number."""

    use_required_attribute = False
    q = forms.CharField(
        label=_("Village, town, street, or number of the precinct"),
        help_text=_("In Kyrgyz, Russian or Latin letters, also with mistakes"),
        max_length=LONGEST,
        validators=[NO_CONTROL],
        widget=forms.TextInput({"autocomplete": "off", "type": "search"}),
        error_messages={"max_length": _("Write fewer words.")},
    )


def _answer(name: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=ACCESS[name],  # type: ignore[arg-type]  # a lazy text
        choices=[(code, words) for code, (words, _colour) in ANSWERS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )


def _degrees(label: object, hint: object, most: int) -> forms.DecimalField:
    outside = _("Write degrees with up to six decimals, such as 42.874621.")
    return forms.DecimalField(
        label=label,  # type: ignore[arg-type]  # a lazy text
        help_text=hint,  # type: ignore[arg-type]  # as above
        required=False,
        min_value=Decimal(-most),
        max_value=Decimal(most),
        max_digits=9,
        decimal_places=6,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"), outside
        ),
    )


class AccessForm(ActForm):
    """How people come into a station, and where it stands."""

    ramp = _answer("ramp")
    ground_floor = _answer("ground_floor")
    tactile = _answer("tactile")
    parking = _answer("parking")
    note = forms.CharField(
        label=_("What else a voter should know"),
        help_text=_("Such as the entrance from the yard, the stop of the bus. Everybody reads it: name no person."),
        required=False,
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": _("Write at most 400 letters.")},
    )
    latitude = _degrees(_("Latitude"), _("Degrees north, such as 42.874621; leave empty where not known"), 90)
    longitude = _degrees(_("Longitude"), _("Degrees east, such as 74.569762"), 180)

    @property
    def told(self) -> Access:
        """What was filled in, of a form that is valid."""
        given = self.cleaned_data
        answers = {name: StationAccess.Answer(given[name]) for name in ACCESS}
        return Access(**answers, note=given["note"], latitude=given["latitude"], longitude=given["longitude"])
