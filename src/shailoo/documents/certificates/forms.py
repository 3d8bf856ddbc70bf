"""What staff fill in to issue and to revoke a certificate by hand. Forms only read; the actions decide."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shailoo.accounts.models import Body
from shailoo.documents.certificates.actions import Draft
from shailoo.documents.certificates.code import LONGEST_NAME, Kind, Reach, Scope
from shailoo.documents.certificates.lists import Names
from shailoo.documents.certificates.models import Certificate, Revocation
from shailoo.documents.certificates.scopes import body_names, election_names
from shailoo.law.outcome import Refused
from shailoo.wording import sentences

EARLIEST, LATEST = date(1991, 8, 31), date(2100, 1, 1)


class ActForm(forms.Form):
    """A form whose act can be refused: each finding is shown at the field that it names."""

    use_required_attribute = False

    def refuse(self, refused: Refused) -> None:
        """Put each refusal at its first field on this form, or at the top."""
        for found in refused.findings:
            field = next((name for name in found.fields if name in self.fields), None)
            self.add_error(field, sentences.finding(found, (get_language() or "ky")[:2]))


class IssueForm(ActForm):
    """One certificate for a person of a body."""

    kind = forms.TypedChoiceField(label=_("The holder is"), choices=Certificate.Kind.choices, coerce=int)
    holder = forms.CharField(
        label=_("Name of the holder"),
        help_text=_("Exactly as it is to be printed, in one script. It is compared with the person’s document."),
        max_length=200,
    )
    body = forms.CharField(
        label=_("Code of the organization"),
        help_text=_("The commission, party, organization or mission that the holder belongs to, for example CEC."),
        max_length=64,
    )
    election = forms.ChoiceField(label=_("Election"), required=False)
    reach = forms.TypedChoiceField(
        label=_("Good for"),
        choices=[
            (Reach.EVERYWHERE.value, _("everywhere")),
            (Reach.BODY.value, _("one commission")),
            (Reach.AREA.value, _("one area")),
            (Reach.PRECINCT.value, _("one precinct")),
        ],
        coerce=int,
        initial=Reach.EVERYWHERE.value,
    )
    place = forms.CharField(
        label=_("Code of that commission or area, or number of the precinct"),
        help_text=_("Empty where the certificate is good everywhere."),
        required=False,
        max_length=LONGEST_NAME,
    )
    valid_from = forms.DateField(label=_("First day"))
    valid_until = forms.DateField(label=_("Last day"), help_text=_("Valid until 24:00 of this day."))
    ground = forms.CharField(label=_("Ground: the decision or the article of the law"), max_length=120)

    def __init__(self, data: Any = None, *, today: date) -> None:  # Any: Django's
        super().__init__(data, initial={"valid_from": today})
        tongue = (get_language() or "ky")[:2]
        known = [(slug, names[tongue]) for slug, names in election_names().items()]
        self.fields["election"] = forms.ChoiceField(
            label=_("Election"), required=False, choices=[("", _("all elections")), *known]
        )
        for name in ("valid_from", "valid_until"):
            field = self.fields[name]
            field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            field.validators = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]

    def clean_body(self) -> Body:
        """The body of that code."""
        return _body(self.cleaned_data["body"])

    def clean(self) -> dict[str, Any]:
        """A commission is known by its code; an area's code and a precinct's number are taken as they are."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reach") == Reach.BODY and cleaned.get("place"):
            try:
                cleaned["place_names"] = body_names(_body(cleaned["place"]))
            except ValidationError as error:
                self.add_error("place", error)
        return cleaned

    def draft(self) -> Draft:
        """The certificate asked for, from 00:00 of the first day until 24:00 of the last, local time."""
        data = self.cleaned_data
        names: dict[str, Names] = {}
        if data["election"]:
            names["election"] = election_names()[data["election"]]
        if "place_names" in data:
            names["place"] = data["place_names"]
        return Draft(
            kind=Kind(data["kind"]),
            holder=data["holder"],
            body=data["body"],
            valid_from=_midnight(data["valid_from"]),
            valid_until=_midnight(data["valid_until"] + timedelta(days=1)),
            scope=Scope(data["election"], Reach(data["reach"]), data["place"]),
            names=names,
            ground=data["ground"],
        )


class RevokeForm(ActForm):
    """Why a certificate is taken back, and on what ground."""

    reason = forms.ChoiceField(
        label=_("Why it is revoked"), choices=Revocation.Reason.choices, widget=forms.RadioSelect
    )
    ground = forms.CharField(label=_("Ground"), help_text=_("The decision, or the article of the law."), max_length=120)


def _body(code: str) -> Body:
    found = Body.objects.filter(code=code.strip()).first()
    if found is None:
        raise ValidationError(_("No commission or organization has this code."))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
