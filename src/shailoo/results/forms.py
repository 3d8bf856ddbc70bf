"""What staff fill in to act on results. Forms only read; what may be done is decided by the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shailoo.commissions.carrying_out import CarriesOut, SittingChoice
from shailoo.commissions.models import Decision, Sitting
from shailoo.law.determination import Violation
from shailoo.law.editions import Reading
from shailoo.law.outcome import Finding
from shailoo.results import words
from shailoo.results.actions import Complaints, FinalMeeting
from shailoo.results.actions.invalidation import Grounds
from shailoo.results.models import Invalidation, Publication
from shailoo.results.queries import Question

MOST = 1_000_000  # complaints; a column holds more, a country does not


class ActForm(forms.Form):
    """A form whose act can be refused: the findings are shown at the fields that they name."""

    use_required_attribute = False

    def refuse(self, findings: Iterable[Finding], sentences: Iterable[tuple[str, str]]) -> None:
        """Put each refusal at its first field on this form, or at the top."""
        for found, (sentence, norm) in zip(findings, sentences, strict=True):
            field = next((name for name in found.fields if name in self.fields), None)
            self.add_error(field, f"{sentence} ({words.cited(norm)})")


class _DecisionForm(CarriesOut, ActForm):
    """Carries out a decision of the commission."""


class _MeetingForm(ActForm):
    complaints_received = forms.IntegerField(label=_("Complaints received"), min_value=0, max_value=MOST, initial=0)
    complaints_decided = forms.IntegerField(label=_("Complaints decided"), min_value=0, max_value=MOST, initial=0)


class TecProtocolForm(_MeetingForm):
    """The TEC's final sitting, and why precincts are not in the sums (L36.2)."""

    sitting = SittingChoice(
        label=_("Final sitting on complaints"),
        help_text=_("It comes before the signing (36.2)."),
        queryset=Sitting.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the final sitting of the commission.")},
    )
    reason = forms.CharField(
        label=_("Reason for a new version"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("sitting", "complaints_received", "complaints_decided")

    def __init__(
        self, data: Any = None, *, out: Iterable[str] = (), sittings: QuerySet[Sitting]
    ) -> None:  # Any: Django's own
        super().__init__(data, initial={"sitting": sittings.first()})
        self.sittings = sittings
        field = self.fields["sitting"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = sittings
        self._out = tuple(out)
        for number in self._out:
            self.fields[f"not_summed.{number}"] = forms.CharField(
                label=_("Why precinct %(number)s is not summed") % {"number": number}
            )

    def meeting(self) -> FinalMeeting:
        found = self.cleaned_data
        return FinalMeeting(found["sitting"], found["complaints_received"], found["complaints_decided"])

    def not_summed(self) -> dict[str, str]:
        reasons = {number: self.cleaned_data[f"not_summed.{number}"] for number in self._out}
        return {number: reason for number, reason in reasons.items() if reason}


class InvalidationForm(_DecisionForm):
    """Carrying out a decision on the validity of a precinct's results (L37.4); the decision names the precinct."""

    ground = forms.TypedChoiceField(
        label=_("Ground"),
        choices=[(ground.value, label) for ground, label in words.GROUNDS.items()],
        coerce=int,
        widget=forms.RadioSelect,
    )
    violations = forms.MultipleChoiceField(
        label=_("Violations found (37.5)"),
        choices=list(words.VIOLATIONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    superior_decision = forms.CharField(
        label=_("Decision of the superior commission or of the court"), required=False, max_length=80
    )

    def grounds(self) -> Grounds:
        found = self.cleaned_data
        return Grounds(
            ground=Invalidation.Ground(found["ground"]),
            decision=found["decision"],
            superior_decision=found["superior_decision"],
            violations=tuple(Violation(each) for each in found["violations"]),
        )


class LiftForm(_DecisionForm):
    """A decision that lifts an invalidation."""

    superior_decision = forms.CharField(
        label=_("Decision of the superior commission or of the court"), required=False, max_length=80
    )

    def grounds(self, ground: Invalidation.Ground) -> Grounds:
        found = self.cleaned_data
        return Grounds(ground, found["decision"], found["superior_decision"])


class ReadingForm(_DecisionForm):
    """A decision to read the law in another way, for one election."""

    option = forms.ChoiceField(label=_("Reading"), widget=forms.RadioSelect)
    reopens = forms.CharField(
        label=_("Why the result is to be determined anew"),
        help_text=_("Only after a determination."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, reading: Reading, decisions: QuerySet[Decision]) -> None:  # Any: Django's
        super().__init__(data, decisions=decisions, initial={"option": str(reading.taken)})
        choices = [(option, _marked(reading, option)) for option in reading.options]
        self.fields["option"] = forms.ChoiceField(label=_("Reading"), widget=forms.RadioSelect, choices=choices)


def _marked(reading: Reading, option: str) -> str:
    """An option in words: whether it is the edition's default, and whether it is taken now."""
    marks = {"option": words.option(reading.name, option)}
    if option == reading.default:
        return (_("%(option)s (default, taken now)") if option == reading.taken else _("%(option)s (default)")) % marks
    return _("%(option)s (taken now)") % marks if option == reading.taken else marks["option"]


class DeterminationForm(_DecisionForm, _MeetingForm):
    """The CEC's decision on the result (L37.1)."""

    reason = forms.CharField(
        label=_("Reason for a new determination"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("decision", "complaints_received", "complaints_decided", "reason")

    def complaints(self) -> Complaints:
        return Complaints(self.cleaned_data["complaints_received"], self.cleaned_data["complaints_decided"])


class QuestionForm(_DecisionForm):
    """The CEC's decision on a question that the law leaves open."""

    question = forms.CharField(widget=forms.HiddenInput)
    option = forms.MultipleChoiceField(label=_("Answer"), widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, data: Any = None, *, question: Question, names: dict[str, str], decisions: QuerySet[Decision]
    ) -> None:  # Any: Django's own
        asked = question.unsettled
        initial = {"question": asked.question}
        super().__init__(data, decisions=decisions, initial=initial, auto_id=f"id_{asked.question}_%s")
        self.fields["option"] = forms.MultipleChoiceField(
            label=_("Answer"),
            widget=forms.CheckboxSelectMultiple,
            choices=[(option, words.question(option, names)) for option in asked.options],
        )


class PublicationForm(ActForm):
    """Which kind of publication is made (L39.1, L39.3)."""

    kind = forms.ChoiceField(
        label=_("Publication"),
        choices=[(kind.value, label) for kind, label in words.KINDS.items()],
        widget=forms.RadioSelect,
    )

    def wanted(self) -> Publication.Kind:
        return Publication.Kind(self.cleaned_data["kind"])
