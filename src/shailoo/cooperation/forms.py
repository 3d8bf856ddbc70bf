"""What staff fill in for the register, invitations, letters and delegations. Forms only read; the actions decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from shailoo.cooperation import countries, words
from shailoo.cooperation.actions import Inviting, Paper, Passport, Person, Proposed, Written
from shailoo.cooperation.fields import As
from shailoo.cooperation.form_fields import (
    NO_CONTROL,
    day_field,
    form_field,
    organization_field,
)
from shailoo.cooperation.kinds import Answer, Closing, DelegateRole, Direction, Purpose
from shailoo.cooperation.models import Letter, Organization, Record
from shailoo.cooperation.queries import Asked
from shailoo.cooperation.sorts import Sort
from shailoo.documents.uploads import received
from shailoo.elections.models import Election
from shailoo.law.outcome import Refused

LARGEST = 20 * 1024 * 1024 + 1


class ActForm(forms.Form):
    """A form whose act can be refused: each finding is shown at the field that it names, or at the top.

    A field for the explanation of a warning appears once a warning was shown.
    """

    use_required_attribute = False

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(data, *args, **kwargs)
        if data is not None and "explained" in data:
            self.ask_why()

    def refuse(self, refused: Refused) -> None:
        """Show why the act was refused."""
        for found in refused.findings:
            if found.code == "cooperation_explain_why":
                self.ask_why()
            named = next((name for name in found.fields if name in self.fields), None)
            self.add_error(named, words.finding(found))

    def ask_why(self) -> None:
        """Ask for the explanation of a warning."""
        if "explained" not in self.fields:
            self.fields["explained"] = forms.CharField(
                label=_("Why it stands all the same"),
                required=False,
                max_length=2000,
                widget=forms.Textarea({"rows": 3}),
                validators=[NO_CONTROL],
            )

    @property
    def explained(self) -> str:
        return str(self.cleaned_data.get("explained", "")) if hasattr(self, "cleaned_data") else ""


class RecordForm(ActForm):
    """Every field of a sort of record, its source and a note."""

    def __init__(
        self, data: Any = None, *, sort: Sort, commission: Organization, record: Record | Organization | None = None
    ) -> None:  # Any: Django's own
        initial = _initial(sort, record) if record is not None else {each.name: each.unless for each in sort.fields}
        super().__init__(data, initial=initial)
        self.sort = sort
        asked = dict(self.fields)
        self.fields.clear()
        for each in sort.fields:
            self.fields[each.name] = form_field(each, commission)
        self.fields["source"] = forms.CharField(
            label=_("Source"),
            help_text=_("The page, letter or paper that says so."),
            required=False,
            max_length=200,
            validators=[NO_CONTROL],
        )
        self.fields["note"] = forms.CharField(
            label=_("Note"),
            required=False,
            max_length=5000,
            widget=forms.Textarea({"rows": 3}),
            validators=[NO_CONTROL],
        )
        self.fields.update(asked)

    def values(self) -> dict[str, object]:
        """What was filled in, by the names of the sort's fields."""
        return {each.name: self.cleaned_data.get(each.name) for each in self.sort.fields}


def _initial(sort: Sort, record: Record | Organization) -> dict[str, object]:
    return {each.name: each.of(record) for each in sort.fields} | {"source": record.source, "note": record.note}


class FilterForm(forms.Form):
    """What a reader looks for in a list; what a sort does not have is not asked."""

    use_required_attribute = False
    q = forms.CharField(label=_("Name or words"), required=False, max_length=80)
    country = forms.ChoiceField(label=_("Country"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, data: Any, *, sort: Sort, years: Iterable[int]) -> None:  # Any: Django's own
        super().__init__(data)
        every = ("", pgettext("filter", "all"))
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"), required=False, choices=[every, *countries.choices()]
        )
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Year"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[every, *((str(year), str(year)) for year in years)],
        )
        if sort.kind:
            asked = sort.field(sort.kind)
            self.fields["kind"] = forms.ChoiceField(
                label=asked.label, required=False, choices=[every, *asked.words.items()]
            )
        unasked = ("country", sort.at), ("year", sort.date), ("kind", sort.kind)
        for name, has in unasked:
            if not has:
                del self.fields[name]
        self.full_clean()

    @property
    def asked(self) -> Asked:
        """What was asked; what cannot be read is not asked."""
        found = self.cleaned_data
        return Asked(found.get("q", ""), found.get("country", ""), found.get("year"), found.get("kind", ""))


class ReasonForm(ActForm):
    """Why something is done that needs a reason."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4}), validators=[NO_CONTROL]
    )


class InviteForm(ActForm):
    """Who invites whom: one body, one channel, one purpose, and as many organizations as are ticked."""

    inviting_body = forms.ChoiceField(label=_("Who invites"))
    channel = forms.ChoiceField(label=_("Through whom"))
    purpose = forms.ChoiceField(label=_("For what"))
    source = forms.CharField(
        label=_("Number and day of the paper"), required=False, max_length=200, validators=[NO_CONTROL]
    )
    invitees = forms.MultipleChoiceField(label=_("Organizations"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, data: Any = None, *, election: Election, offered: Sequence[Organization], **more: Any
    ) -> None:  # Any: Django's own
        super().__init__(data, **more)
        self.election, self.offered = election, {each.code: each for each in offered}
        self._choose("inviting_body", words.INVITING_BODIES, "cec")
        self._choose("channel", words.CHANNELS, "mfa")
        self._choose("purpose", words.PURPOSES, "observation")
        self.fields["invitees"] = forms.MultipleChoiceField(
            label=_("Organizations"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(code, words.name(each)) for code, each in self.offered.items()],
        )
        if "explained" in self.fields:
            self.fields["explained"] = self.fields.pop("explained")  # it stands last

    def _choose(self, name: str, known: Mapping[str, Any], first: str) -> None:  # Any: words of any set
        self.fields[name] = forms.ChoiceField(
            label=self.fields[name].label, choices=list(known.items()), initial=first, widget=forms.RadioSelect
        )

    def told(self) -> Inviting:
        """Who invites, as the action takes it."""
        found = self.cleaned_data
        return Inviting(self.election.slug, found["inviting_body"], found["channel"], found["purpose"], found["source"])

    def invited(self) -> list[Organization]:
        return [self.offered[code] for code in self.cleaned_data["invitees"]]


class AnswerForm(ActForm):
    """What the invited organization answered."""

    answer = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None) -> None:  # Any: Django's own
        super().__init__(data)
        choices = [(name, text) for name, (text, _colour) in words.ANSWERS.items() if name != Answer.NONE]
        self.fields["answer"] = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect, choices=choices)


class ProposalForm(ActForm):
    """Who proposed whom."""

    proposer = organization_field(_("Who proposes"))
    proposer_scope = forms.ChoiceField(
        label=_("Where it works"), choices=list(words.SCOPES.items()), widget=forms.RadioSelect
    )
    proposer_specialization = forms.ChoiceField(
        label=_("What it is specialized in"), choices=list(words.SPECIALIZATIONS.items()), widget=forms.RadioSelect
    )
    invitee = organization_field(_("Whom it proposes to invite"))
    source = forms.CharField(label=_("Number and day of the letter"), required=False, max_length=200)

    def told(self, election: Election) -> Proposed:
        """What was proposed, as the action takes it."""
        found = self.cleaned_data
        return Proposed(
            election.slug,
            found["proposer"],
            found["proposer_scope"],
            found["proposer_specialization"],
            found["invitee"],
            found["source"],
        )


class LetterForm(ActForm):
    """A letter that came or goes."""

    direction = forms.ChoiceField(
        label=_("Incoming or outgoing"), choices=list(words.LETTER_DIRECTIONS.items()), widget=forms.RadioSelect
    )
    correspondent = organization_field(_("From whom or to whom"))
    their_number = forms.CharField(label=_("Their number"), required=False, max_length=60, validators=[NO_CONTROL])
    dated_on = day_field(_("Day of the letter"))
    subject = forms.CharField(label=_("Subject"), max_length=300, required=False, validators=[NO_CONTROL])
    summary = forms.CharField(
        label=_("What it says"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 4}),
        validators=[NO_CONTROL],
    )
    answer_due_on = day_field(_("Last day for an answer"), required=False)
    answers = forms.CharField(
        label=_("Answers the letter"),
        help_text=_("Its number, such as 12/2026, where this letter is an answer."),
        required=False,
        max_length=20,
    )
    file = forms.FileField(label=_("Scan"), help_text=_("PDF, JPEG, PNG or TIFF, 20 MB at most."), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, commission: Organization, **more: Any) -> None:
        super().__init__(data, files, **more)
        self.commission = commission

    def clean_answers(self) -> Letter | None:
        """The letter of that number, of the other direction."""
        text = self.cleaned_data["answers"].strip()
        if not text:
            return None
        number, _slash, year = text.partition("/")
        if not (number.isascii() and number.isdigit() and year.isascii() and year.isdigit() and len(text) < 15):
            raise forms.ValidationError(gettext("Write the number as 12/2026."))
        other = Direction.OUTGOING if self.cleaned_data.get("direction") == Direction.INCOMING else Direction.INCOMING
        rows = Letter.objects.filter(commission=self.commission, direction=other.value)
        found = rows.filter(number=int(number), year=int(year)).first() if int(year) < 10_000 else None
        if found is None:
            raise forms.ValidationError(gettext("There is no letter of this number to be answered."))
        return found

    def told(self) -> Written:
        """The letter, as the action takes it."""
        found = self.cleaned_data
        return Written(
            Direction(found["direction"]),
            found["correspondent"],
            found["dated_on"],
            found["subject"],
            their_number=found["their_number"],
            summary=found["summary"],
            answer_due_on=found["answer_due_on"],
            answers=found["answers"],
            content=received(found["file"], LARGEST),
        )


class CloseForm(ActForm):
    """Why no answer is waited for."""

    kind = forms.ChoiceField(
        label=_("Why no answer is waited for"), choices=list(words.CLOSINGS.items()), widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}), validators=[NO_CONTROL]
    )

    @property
    def closing(self) -> Closing:
        return Closing(self.cleaned_data["kind"])


class LettersFilter(forms.Form):
    """Which letters: a text, a direction, whether an answer is waited for."""

    use_required_attribute = False
    q = forms.CharField(label=_("Number, name or words"), required=False, max_length=80)
    direction = forms.ChoiceField(label=_("Incoming or outgoing"), required=False)
    state = forms.ChoiceField(label=_("Answer"), required=False)

    def __init__(self, data: Any) -> None:  # Any: Django's own
        super().__init__(data)
        every = ("", pgettext("filter", "all"))
        self.fields["direction"] = forms.ChoiceField(
            label=_("Incoming or outgoing"), required=False, choices=[every, *words.LETTER_DIRECTIONS.items()]
        )
        states = [("waiting", _("waited for")), ("overdue", _("overdue")), ("answered", _("answered"))]
        self.fields["state"] = forms.ChoiceField(label=_("Answer"), required=False, choices=[every, *states])
        self.full_clean()


class DelegateForm(ActForm):
    """A person of a delegation, and what of the passport a visa or a ticket needs."""

    name = forms.CharField(label=_("Full name as in the passport"), max_length=200, validators=[NO_CONTROL])
    role = forms.ChoiceField(
        label=_("In the delegation"),
        choices=list(words.DELEGATE_ROLES.items()),
        widget=forms.RadioSelect,
        initial="member",
    )
    position = forms.CharField(label=_("Position"), required=False, max_length=200, validators=[NO_CONTROL])
    citizenship = forms.ChoiceField(label=_("Citizenship"), required=False)
    number = forms.CharField(
        label=_("Number of the passport"),
        help_text=_("It is kept encrypted and erased after the journey. Leave it empty where nobody needs it."),
        required=False,
        max_length=30,
        validators=[NO_CONTROL],
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    expires_on = day_field(_("The passport is valid until"), required=False)

    def __init__(self, data: Any = None) -> None:  # Any: Django's own
        super().__init__(data)
        self.fields["citizenship"] = forms.ChoiceField(
            label=_("Citizenship"), required=False, choices=[("", gettext("not known")), *countries.choices()]
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("number") and not found.get("expires_on"):
            self.add_error("expires_on", gettext("Write until when the passport is valid."))
        return found

    def told(self) -> Person:
        """The person, as the action takes them."""
        found = self.cleaned_data
        until: date | None = found["expires_on"]
        passport = None
        if found["number"] and until is not None:
            passport = Passport(found["number"], found["citizenship"], until.isoformat())
        return Person(found["name"], DelegateRole(found["role"]), found["position"], found["citizenship"], passport)


class PaperForm(ActForm):
    """A file that is to stand with a record."""

    title = forms.CharField(label=_("Title of the file"), max_length=200, required=False, validators=[NO_CONTROL])
    file = forms.FileField(label=_("File"), help_text=_("PDF, JPEG, PNG or TIFF, 20 MB at most."))
    is_public = forms.BooleanField(label=_("Everyone may open it"), required=False)

    def told(self) -> Paper:
        """The file, as the action takes it."""
        found = self.cleaned_data
        return Paper(found["title"], received(found["file"], LARGEST), found["is_public"])


def shown_as(sort: Sort) -> dict[str, str]:
    """The lists of names that the fields of a form suggest from: name of the list -> sort of record."""
    lists = {"organizations": "organization"} if any(each.as_ is As.ORGANIZATION for each in sort.fields) else {}
    return lists | {f"{each.to}s": each.to for each in sort.fields if each.as_ is As.RECORD}


def purpose_of(written: str) -> str:
    """The purpose that an address asks for; observation where it asks for none."""
    return written if written in Purpose.values else Purpose.OBSERVATION.value
