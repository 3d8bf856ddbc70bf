"""What voters and staff fill in. Forms only read; the actions decide."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shailoo.commissions.models import Decision
from shailoo.documents import uploads
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.law.voters.identity import NATIONAL_PASSPORTS, IdentityDocument
from shailoo.law.voters.mobile import REASONS
from shailoo.voters.applications import words
from shailoo.voters.applications.actions import Copy, Filing, Ground, MobileFiling, Papers
from shailoo.voters.applications.actions.answering import Refusal
from shailoo.voters.applications.actions.filing import LARGEST, voting_precinct
from shailoo.voters.applications.dossier import Dossier
from shailoo.voters.applications.models import Paper, Telling
from shailoo.voters.applications.states import Kind
from shailoo.voters.forms import ActForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

YES_OR_NO = (("yes", _("Yes")), ("no", _("No")))
TONGUES = (("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English"))
DOCUMENTS = tuple(each for each in IdentityDocument if each in NATIONAL_PASSPORTS)
NEEDED = {"required": _("Fill this in.")}
LONGEST_NUMBER = 16


def _line(
    label: StrOrPromise, *, most: int, hint: StrOrPromise = "", **more: Any
) -> forms.CharField:  # Any: Django's own
    return forms.CharField(label=label, max_length=most, help_text=hint, error_messages=NEEDED, **more)


def _words(label: StrOrPromise, *, hint: StrOrPromise = "", **more: Any) -> forms.CharField:  # Any: as above
    area = forms.Textarea({"rows": 3})
    return _line(label, most=1_000, hint=hint, widget=area, **more)


def _copy(label: StrOrPromise, hint: StrOrPromise, *, required: bool) -> forms.FileField:  # Django's own word for it
    missing = _("Choose a file.")
    return forms.FileField(
        label=label,
        help_text=hint,
        required=required,
        max_length=200,
        error_messages={"required": missing, "missing": missing, "empty": _("The file is empty.")},
    )


def _documents() -> list[tuple[str, str]]:
    return [(each.value, words.capital(words.value("identity_document", each.value))) for each in DOCUMENTS]


class FilingForm(ActForm):
    """An application of one kind; each kind has the questions that it needs and no other."""

    surname = _line(_("Surname"), most=100)
    name = _line(pgettext_lazy("of a person", "Name"), most=100)
    patronymic = _line(_("Patronymic"), most=100, required=False)
    pin = _line(
        _("Personal number (PIN)"),
        most=20,
        hint=_("14 digits, as on the ID card"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )
    phone = _line(_("Telephone"), most=40, required=False, hint=_("To tell you of the answer"))
    precinct = _line(_("Number of the precinct"), most=LONGEST_NUMBER)
    address = _words(_("Where do you live?"), hint=_("Town or village, street, house, flat"))
    wrong = _words(_("What is wrong in the list?"))
    right = _words(_("How is it right?"))
    abroad = forms.ChoiceField(
        label=_("Do you live or stay abroad?"), choices=YES_OR_NO, widget=forms.RadioSelect, error_messages=NEEDED
    )
    document = forms.ChoiceField(label=_("Which document do you attach?"), error_messages=NEEDED)
    holds_id_card = forms.ChoiceField(
        label=_("Do you have an ID card?"),
        help_text=_("Asked only where another passport is attached."),
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        required=False,
    )
    identity = _copy(_("Copy of the document"), _("A photograph or PDF, at most 5 MB"), required=True)
    supporting = _copy(
        _("Copy of another document"), _("That shows what you write, where you have one"), required=False
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, kind: Kind, voting: Voting) -> None:  # Any: Django's own
        super().__init__(data, files, initial={"abroad": "no", "token": secrets.token_hex(16)})
        self.kind, self.voting = kind, voting
        self.fields["document"] = forms.ChoiceField(
            label=_("Which document do you attach?"), choices=_documents(), error_messages=NEEDED
        )
        for name in _NOT_ASKED[kind]:
            del self.fields[name]
        if kind is Kind.VOTING_ADDRESS:
            self.fields["address"].label = _("Address at which you want to vote")
            self.fields["precinct"].label = _("Number of the precinct in which you want to vote")

    def clean_pin(self) -> str:
        """The number without what people put between its digits."""
        return str(self.cleaned_data["pin"]).replace(" ", "").replace("-", "")

    def clean_precinct(self) -> VotingPrecinct:
        """The precinct of that number in the voting."""
        found = voting_precinct(self.voting, str(self.cleaned_data["precinct"]))
        if found is None:
            raise forms.ValidationError(_("No precinct of this number votes. Check the number."))
        return found

    def filing(self, language: str) -> Filing:
        """What was filled in."""
        found = self.cleaned_data
        return Filing(
            kind=self.kind,
            place=self.place,
            target=found["precinct"].precinct,
            dossier=self._dossier(),
            language=language,
            token=found["token"] or secrets.token_hex(16),
            copies=tuple(self._copies()),
            copies_on_paper=found.get("on_paper") == "yes",
            standard_form=found.get("standard_form", "yes") == "yes",
            document=found.get("document", ""),
            lives_abroad=found.get("abroad") == "yes",
            holds_id_card=_answer(found.get("holds_id_card", "")),
        )

    @property
    def place(self) -> VotingPrecinct:
        """Where the application is received."""
        found: VotingPrecinct = self.cleaned_data["precinct"]
        return found

    def _dossier(self) -> Dossier:
        names = ("surname", "name", "patronymic", "pin", "phone", "address", "wrong", "right")
        return Dossier(**{name: str(self.cleaned_data.get(name, "")).strip() for name in names})

    def _copies(self) -> Iterable[Copy]:
        for kind in Paper.Kind:
            sent = self.cleaned_data.get(kind.value)
            if isinstance(sent, UploadedFile):
                yield Copy(kind, uploads.received(sent, LARGEST))


_OF_ADDRESS = ("abroad", "document", "holds_id_card")
_NOT_ASKED: dict[Kind, tuple[str, ...]] = {
    Kind.NOT_LISTED: ("wrong", "right", *_OF_ADDRESS),
    Kind.MISTAKE: ("address", *_OF_ADDRESS),
    Kind.VOTING_ADDRESS: ("wrong", "right"),
}


def _answer(said: str) -> bool | None:
    return {"yes": True, "no": False}.get(said)


class DeskFilingForm(FilingForm):
    """The same as an office of the precinct commission enters it from the voter's paper."""

    def __init__(
        self, data: Any = None, files: Any = None, *, kind: Kind, own: VotingPrecinct
    ) -> None:  # Any: as above
        super().__init__(data, files, kind=kind, voting=own.voting)
        self.own = own
        self.initial["precinct"] = own.precinct.number
        self.fields["identity"].required = False
        self.fields["phone"].help_text = _("To tell the voter of the answer")
        self.fields["precinct"].label = _("Number of the precinct in whose list the voter asks to stand")
        if "document" in self.fields:
            choices = [("", _("none")), *_documents()]
            self.fields["document"] = forms.ChoiceField(
                label=_("Which document is attached?"), choices=choices, required=False
            )
        self.fields["on_paper"] = forms.ChoiceField(
            label=_("Are copies of documents attached on paper?"), choices=YES_OR_NO, widget=forms.RadioSelect
        )
        self.fields["standard_form"] = forms.ChoiceField(
            label=_("Is the application on the standard form?"), choices=YES_OR_NO, widget=forms.RadioSelect
        )
        self.fields["language"] = forms.ChoiceField(label=_("Language of the answer"), choices=TONGUES)
        self.initial.update(on_paper="yes", standard_form="yes", language=words.language())

    @property
    def place(self) -> VotingPrecinct:
        """The office's own precinct receives, wherever the voter wants to stand."""
        return self.own


class FollowForm(forms.Form):
    """Number and code of an application."""

    use_required_attribute = False
    number = _line(_("Number of the application"), most=28, hint=_("For example 1001/17"))
    code = _line(
        _("Code"),
        most=24,
        hint=_("Ten letters and digits that you were given with the number"),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class ActingForm(ActForm):
    """An act on an application as somebody has seen it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ReasonedForm(ActingForm):
    """An act with its ground and reason."""

    ground = forms.ChoiceField(label=_("Ground"), error_messages=NEEDED)
    reason = _words(_("Reason"), hint=_("The voter reads it. Write no personal number and nobody else’s name."))

    def __init__(self, data: Any = None, *, grounds: type[StrEnum], version: int) -> None:  # Any: Django's own
        super().__init__(data, initial={"version": version})
        choices = [(each.value, words.capital(words.ground(each.value))) for each in grounds]
        self.fields["ground"] = forms.ChoiceField(label=_("Ground"), choices=choices, error_messages=NEEDED)


class CompletingForm(ActingForm):
    """What a voter brought to complete an application."""

    on_paper = forms.ChoiceField(
        label=_("Are copies of documents attached on paper?"), choices=YES_OR_NO, widget=forms.RadioSelect
    )
    standard_form = forms.ChoiceField(
        label=_("Is the application on the standard form?"), choices=YES_OR_NO, widget=forms.RadioSelect
    )
    document = forms.ChoiceField(label=_("Which document is attached?"), required=False)
    identity = _copy(_("Copy of the document"), _("A photograph or PDF, at most 5 MB"), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, kind: Kind, version: int) -> None:  # Any: as above
        initial = {"version": version, "on_paper": "yes", "standard_form": "yes"}
        super().__init__(data, files, initial=initial)
        choices = [("", _("none")), *_documents()]
        self.fields["document"] = forms.ChoiceField(
            label=_("Which document is attached?"), choices=choices, required=False
        )
        if kind is not Kind.VOTING_ADDRESS:
            del self.fields["document"]

    def papers(self) -> Papers:
        """What was brought. A passport in place of the card says that there is no card."""
        found = self.cleaned_data
        sent, document = found.get("identity"), found.get("document", "")
        abroad = document not in ("", IdentityDocument.ID_CARD)
        copies = (Copy(Paper.Kind.IDENTITY, uploads.received(sent, LARGEST)),) if isinstance(sent, UploadedFile) else ()
        return Papers(
            copies=copies,
            copies_on_paper=found["on_paper"] == "yes",
            standard_form=found["standard_form"] == "yes",
            document=document,
            lives_abroad=abroad,
            holds_id_card=False if abroad else None,
        )


class TellingForm(ActingForm):
    """How the voter was told of the answer."""

    channel = forms.ChoiceField(label=_("How was the voter told?"), widget=forms.RadioSelect, error_messages=NEEDED)

    def __init__(self, data: Any = None, *, version: int) -> None:  # Any: Django's own
        super().__init__(data, initial={"version": version})
        by_people = (each for each in Telling.Channel if each is not Telling.Channel.PAGE)
        self.fields["channel"] = forms.ChoiceField(
            label=_("How was the voter told?"),
            choices=[(each.value, words.capital(words.telling(each.value))) for each in by_people],
            widget=forms.RadioSelect,
            error_messages=NEEDED,
        )


class MobileForm(ActForm):
    """A written application for the mobile box, as the precinct commission enters it."""

    surname = _line(_("Surname"), most=100)
    name = _line(pgettext_lazy("of a person", "Name"), most=100)
    patronymic = _line(_("Patronymic"), most=100, required=False)
    pin = _line(
        _("Personal number (PIN)"),
        most=20,
        hint=_("14 digits, as on the ID card"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.ChoiceField(label=_("Why can the voter not come?"), error_messages=NEEDED)
    explained = _words(
        _("In the voter’s words"), hint=_("It is kept sealed, and does not stand in the register that is posted.")
    )
    place = _words(_("Where will the voter be?"))
    phone = _line(_("Telephone"), most=40, required=False)
    decision = forms.ModelChoiceField(
        label=_("Decision on military staff"),
        queryset=Decision.objects.none(),
        required=False,
        help_text=_("Only for military staff in units far from populated areas."),
    )

    def __init__(self, data: Any = None, *, own: VotingPrecinct, decisions: Any) -> None:  # Any: Django's own
        super().__init__(data)
        self.own = own
        choices = [(each.value, words.capital(words.value("mobile_reason", each.value))) for each in REASONS]
        self.fields["reason"] = forms.ChoiceField(
            label=_("Why can the voter not come?"), choices=choices, error_messages=NEEDED
        )
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]  # of a ModelChoiceField

    def clean_pin(self) -> str:
        """The number without what people put between its digits."""
        return str(self.cleaned_data["pin"]).replace(" ", "").replace("-", "")

    def filing(self) -> MobileFiling:
        """What was filled in."""
        names = ("surname", "name", "patronymic", "pin", "phone", "reason", "explained", "place")
        told = {name: str(self.cleaned_data.get(name, "")).strip() for name in names}
        return MobileFiling(self.own, Dossier(**told), self.cleaned_data.get("decision"))


GROUNDS: dict[str, type[StrEnum]] = {"send_back": Ground, "refuse": Refusal}
