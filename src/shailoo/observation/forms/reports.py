"""What observers and those who sent them fill in: a statement to publish, a note of an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shailoo.accounts.models import Body
from shailoo.elections.models import Election
from shailoo.law.outcome import Refused
from shailoo.observation.actions.reports import LONGEST_NOTE
from shailoo.observation.models import Accreditation, Statement
from shailoo.observation.queries.reports import commission_called, elections_of, people_of
from shailoo.observation.words.presence import STATEMENTS, finding
from shailoo.observation.words.public import name

if TYPE_CHECKING:
    ElectionChoice = forms.ModelChoiceField[Election]
    PersonChoice = forms.ModelChoiceField[Accreditation]
else:
    ElectionChoice = PersonChoice = forms.ModelChoiceField  # cannot be subscripted at run time


class ActForm(forms.Form):
    """A form whose act can be refused: each finding is shown at the field that it names."""

    use_required_attribute = False

    def refuse(self, refused: Refused) -> None:
        """Put each refusal at its first field on this form, or at the top."""
        for found in refused.findings:
            self.add_error(next((each for each in found.fields if each in self.fields), None), finding(found))


class OfElection(ElectionChoice):
    """An election by its name in the language of the page."""

    def label_from_instance(self, obj: Election) -> str:
        return name(obj)


class OfPerson(PersonChoice):
    """An accredited person by name and number of the certificate."""

    def label_from_instance(self, obj: Accreditation) -> str:
        return f"{obj.applicant.name}, {obj.certificate.number}"


class StatementForm(ActForm):
    """A document to be published as it is."""

    kind = forms.ChoiceField(label=_("What it is"), choices=list(STATEMENTS.items()))
    title = forms.CharField(label=_("Title"), max_length=300)
    language = forms.ChoiceField(label=_("Language of the document"), choices=settings.LANGUAGES)
    file = forms.FileField(
        label=_("Document"),
        help_text=_("PDF, 20 MB at most. It is published as it is and never replaced; send a newer one beside it."),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, body: Body) -> None:  # Any: Django's own
        super().__init__(data, files, initial={"kind": Statement.Kind.PRELIMINARY})
        chosen = OfElection(label=_("Election"), queryset=elections_of(body), empty_label=None)
        self.fields = {"election": chosen, **self.fields}


class NoteForm(ActForm):
    """What happened, where and when, seen by whom."""

    commission = forms.CharField(
        label=_("Commission"), help_text=_("The number of the precinct, or the code of the commission."), max_length=64
    )
    happened_at = forms.DateTimeField(
        label=_("When it happened"),
        help_text=_("Local time, for example 04.10.2020 14:30."),
        input_formats=["%d.%m.%Y %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(format="%d.%m.%Y %H:%M", attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("What happened"),
        help_text=_("Facts that you saw. It is kept as you write it and read by this commission and those above it."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, data: Any = None, *, body: Body) -> None:  # Any: Django's own
        super().__init__(data)
        seen_by = OfPerson(label=_("Who saw it"), queryset=people_of(body), empty_label=None)
        self.fields = {"accreditation": seen_by, **self.fields}

    def clean_commission(self) -> Body:
        """The commission that was named."""
        found = commission_called(self.cleaned_data["commission"])
        if found is None:
            raise forms.ValidationError(gettext("There is no such commission."))
        return found
