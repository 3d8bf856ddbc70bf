"""What staff and readers fill in at the pages of voter lists. Forms only read; the actions decide."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shailoo.documents.uploads import received
from shailoo.elections.clock import BISHKEK
from shailoo.elections.forms import day_field
from shailoo.territory.models import Area
from shailoo.voters.forms import ActForm
from shailoo.voters.lists.actions.posting import LARGEST, Told
from shailoo.voters.lists.models import Posting

LONGEST_NAME = 120


class PostingForm(ActForm):
    """When and where the list was put up, and a photograph of it."""

    day = day_field(_("Day on which it was put up"), error_messages={"required": _("Write the day.")})
    hour = forms.TimeField(
        label=_("Local time"),
        input_formats=["%H:%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Write the time.")},
    )
    place = forms.CharField(
        label=_("Place"),
        help_text=_("Where voters find it, for instance: entrance of the school, notice board on the left"),
        max_length=240,
        error_messages={"required": _("Write where the list is posted.")},
    )
    file = forms.FileField(
        label=_("Photograph"),
        help_text=_("JPEG or PNG, at most 10 MB. It is kept sealed; place and camera are taken out of it."),
        required=False,
        max_length=200,
        error_messages={"empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )

    @property
    def told(self) -> Told:
        """What the commission says."""
        given = self.cleaned_data
        moment = datetime.combine(given["day"], given["hour"], tzinfo=BISHKEK)
        sent: UploadedFile[bytes] | None = given["file"]
        return Told(moment, given["place"], received(sent, LARGEST), given.get("reason", ""))


class CorrectionForm(PostingForm):
    """The same again, with what was wrong before."""

    reason = forms.CharField(
        label=_("What was wrong"),
        help_text=_("The earlier record stays readable beside this one. Do not name any voter."),
        widget=forms.Textarea({"rows": 3}),
        max_length=1_000,
        error_messages={"required": _("Write the reason.")},
    )


def posting_form(earlier: Posting | None) -> type[PostingForm]:
    """The form for a first record, or for putting right an earlier one."""
    return PostingForm if earlier is None else CorrectionForm


class FindForm(forms.Form):
    """A name in one list."""

    use_required_attribute = False
    q = forms.CharField(
        label=_("Surname, or surname and name"),
        min_length=2,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Write at least two letters of the surname."),
            "min_length": _("Write at least two letters of the surname."),
        },
    )


class SearchForm(forms.Form):
    """A name in all published lists."""

    use_required_attribute = False
    q = forms.CharField(
        label=_("Surname and name"),
        help_text=_("The whole surname and at least the first letter of the name. ң, ө, ү may be written as н, о, у."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write the surname and the first letter of the name.")},
    )


class WaysForm(forms.Form):
    """Which precincts are shown: all or those that are late, of one region."""

    use_required_attribute = False
    late = forms.ChoiceField(
        label=_("Precincts"), required=False, choices=[("", _("all")), ("late", _("late only"))], initial=""
    )
    region = forms.ChoiceField(label=_("Region"), required=False, choices=[])

    def __init__(self, *args: object, regions: list[tuple[Area, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as given
        choices = [("", str(_("all"))), *((area.code, name) for area, name in regions)]
        self.fields["region"].choices = choices  # type: ignore[attr-defined]  # a choice field
