"""What staff fill in to prepare a lot and to enter the digits of the dice. Forms only read; the actions decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.commissions.clocks import Occasion
from shailoo.commissions.models import Commission, Sitting
from shailoo.law.lots.listing import DRAWN_AT, Purpose
from shailoo.law.outcome import Refused
from shailoo.law.voters.opening import ROLES
from shailoo.lots import words
from shailoo.lots.actions import Plan, Turn
from shailoo.lots.actions.freezing import AMONG_MEMBERS
from shailoo.lots.drawing import BETWEEN_NAMES, MOST_ITEMS, Taking, label

LARGEST_FILE = 4 * 1024 * 1024  # bytes: a hundred thousand lines of forty
_NAMES = re.compile(rf"{re.escape(BETWEEN_NAMES)}|\t|;")
HEADS = tuple(role.value for role in Role if role.value.endswith(("_chair", "_secretary")))


class ActForm(forms.Form):
    """A form whose act can be refused: each finding is shown at the field that it names."""

    use_required_attribute = False

    def refuse(self, refused: Refused) -> None:
        """Put each refusal at its first field on this form, or at the top."""
        for found in refused.findings:
            self.add_error(next((name for name in found.fields if name in self.fields), None), words.finding(found))


class PurposeForm(forms.Form):
    """The first question: what the lot decides; only what this commission draws is offered."""

    use_required_attribute = False
    purpose = forms.ChoiceField(label=_("What does the lot decide?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, commission: Commission) -> None:  # Any: Django's own
        super().__init__(data)
        self.fields["purpose"] = forms.ChoiceField(
            label=_("What does the lot decide?"),
            widget=forms.RadioSelect,
            choices=[
                (each.value, words.capital(words.value("lot_purpose", each.value))) for each in offered(commission)
            ],
        )


def offered(commission: Commission) -> list[Purpose]:
    """The lots that this commission may draw."""
    return [each for each in Purpose if DRAWN_AT.get(each, commission.level) == commission.level]


class ListForm(ActForm):
    """The list of a lot, typed or as a file, and how many are drawn from it."""

    election = forms.ChoiceField(label=_("Election"), required=False)
    title = forms.CharField(
        label=_("What exactly"), help_text=_("The channel, the district, the station."), required=False, max_length=200
    )
    items = forms.CharField(
        label=_("The list, one entry a line"),
        help_text=_("Names in several languages on one line, with “ / ” between them."),
        required=False,
        max_length=LARGEST_FILE,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    file = forms.FileField(
        label=_("Or a text file of the list"), help_text=_("UTF-8, one entry a line, 4 MB at most."), required=False
    )
    drawn = forms.IntegerField(
        label=_("How many are drawn"),
        help_text=_("Empty where the lot settles the order of all."),
        required=False,
        min_value=1,
        max_value=MOST_ITEMS,
    )

    def __init__(
        self,
        data: Any = None,  # Any: Django's own
        files: Any = None,
        *,
        purpose: Purpose,
        members: Sequence[Office],
        occasions: Iterable[Occasion],
    ) -> None:
        named = [(each.slug, _named(each)) for each in occasions]
        running = next((slug for slug, _name in named), "")  # the latest comes first
        items = _without_heads(members) if purpose in AMONG_MEMBERS else ""
        super().__init__(data, files, initial={"items": items, "election": running})
        self.purpose = purpose
        self.fields["election"] = forms.ChoiceField(
            label=_("Election"), required=False, choices=[("", pgettext("lot", "none")), *named]
        )
        if purpose in AMONG_MEMBERS:
            del self.fields["file"]
            self.fields["items"].help_text = gettext("The members without chairperson and secretary, one a line.")
        if purpose is Purpose.STATION_DUTIES:
            self._ask_for_duties()
        elif purpose is Purpose.MOBILE_TEAM:
            self.fields["drawn"].required = True
            self.fields["drawn"].help_text = ""
        elif purpose in (Purpose.BALLOT_ORDER, Purpose.AIR_TIME):
            del self.fields["drawn"]

    def _ask_for_duties(self) -> None:
        """How many members each duty takes, and whether one member may be drawn for two."""
        del self.fields["drawn"]
        for role in ROLES:
            self.fields[role.value] = forms.IntegerField(
                label=words.capital(words.value("lot_role", role.value)), initial=1, min_value=1, max_value=99
            )
        self.fields["taking"] = forms.ChoiceField(
            label=_("May one member have two duties?"),
            widget=forms.RadioSelect,
            initial=Taking.ONCE.value,
            choices=[
                (Taking.ONCE.value, _("No: whoever was drawn takes no part in the later rounds")),
                (Taking.ANEW.value, _("Yes: each round draws from the whole list")),
            ],
        )

    def clean_file(self) -> str:
        """The text of the file; a file that is too large or no UTF-8 text is an error."""
        sent = self.cleaned_data["file"]
        if not isinstance(sent, UploadedFile):
            return ""
        if (sent.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(gettext("The file is larger than 4 MB."))
        try:
            found = str(sent.read(), "utf-8-sig")
        except UnicodeDecodeError as wrong:
            raise forms.ValidationError(gettext("The file is no UTF-8 text.")) from wrong
        if "\x00" in found:
            raise forms.ValidationError(gettext("The file is no UTF-8 text."))
        return found

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("file") and found.get("items"):
            self.add_error("file", gettext("Type the list or send a file, not both."))
        return found

    def plan(self) -> Plan:
        """What was filled in, as the action takes it."""
        found = self.cleaned_data
        lines = (found.get("file") or found["items"]).splitlines()
        return Plan(
            purpose=self.purpose,
            labels=tuple(label(*_NAMES.split(line)) for line in lines if line.strip()),
            turns=self._turns(),
            taking=Taking(found.get("taking") or Taking.ONCE.value),
            title=found["title"],
            election=found["election"],
        )

    def _turns(self) -> tuple[Turn, ...]:
        if self.purpose is Purpose.STATION_DUTIES:
            return tuple(Turn(role.value, self.cleaned_data[role.value]) for role in ROLES)
        return (Turn(drawn=self.cleaned_data.get("drawn")),)


class DigitsForm(ActForm):
    """The digits of the dice as they fell, and the sitting in which they were thrown."""

    sitting = forms.ModelChoiceField(label=_("Sitting"), queryset=Sitting.objects.none(), empty_label=None)
    digits = forms.CharField(
        label=_("Digits of the dice"),
        help_text=_("From 1 to 6, in the order in which they fell, 20 at least. Spaces do not count."),
        max_length=600,
        strip=True,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, sittings: Any) -> None:  # Any: Django's own
        super().__init__(data)
        self.fields["sitting"] = forms.ModelChoiceField(label=_("Sitting"), queryset=sittings, empty_label=None)


class VoidForm(ActForm):
    """Why a lot is given up."""

    reason = forms.CharField(
        label=_("Why the lot is given up"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class FilterForm(forms.Form):
    """What a reader looks for in the list of lots."""

    use_required_attribute = False
    q = forms.CharField(label=_("Commission or subject"), required=False, max_length=80)
    purpose = forms.ChoiceField(label=_("What the lot decides"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, data: Any = None) -> None:  # Any: Django's own
        super().__init__(data)
        purposes = [(each.value, words.capital(words.value("lot_purpose", each.value))) for each in Purpose]
        states = [(each, words.value("lot_state", each)) for each in ("published", "seeded", "drawn", "voided")]
        every = ("", pgettext("lot", "all"))
        self.fields["purpose"] = forms.ChoiceField(
            label=_("What the lot decides"), required=False, choices=[every, *purposes]
        )
        self.fields["state"] = forms.ChoiceField(label=_("State"), required=False, choices=[every, *states])


def _without_heads(members: Sequence[Office]) -> str:
    names = (label(each.person.name) for each in members if each.role not in HEADS)
    return "\n".join(dict.fromkeys(names))


def _named(found: Occasion) -> str:
    return {"ky": found.name_ky, "ru": found.name_ru, "en": found.name_en}[words.language()] or found.name_ky
