"""Parts of other rooms' forms where an act carries out a decision of a commission, or rests on one of its sittings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from shailoo.commissions import words
from shailoo.commissions.law_of import BISHKEK
from shailoo.commissions.models import Decision, Sitting

if TYPE_CHECKING:
    DecisionChoice = forms.ModelChoiceField[Decision]
    SittingField = forms.ModelChoiceField[Sitting]
else:
    DecisionChoice = SittingField = forms.ModelChoiceField  # cannot be subscripted at run time


class DecisionField(DecisionChoice):
    """A decision of the commission that acts, taken at a sitting: by its number, its day and what it is on."""

    def label_from_instance(self, obj: Decision) -> str:
        day = date_format(obj.taken_at.astimezone(BISHKEK).date(), "SHORT_DATE_FORMAT")
        return f"{obj.label}, {day}: {words.own(obj, 'title')}"


class SittingChoice(SittingField):
    """A sitting by its number, its day and hour, and its place."""

    def label_from_instance(self, obj: Sitting) -> str:
        moment = date_format(obj.planned_at.astimezone(BISHKEK), "SHORT_DATETIME_FORMAT")
        return f"{obj}, {moment}, {words.own(obj, 'place')}"


class CarriesOut(forms.Form):
    """Carries out a decision; which ones there are is asked before, and given as `decisions`."""

    decision = DecisionField(
        label=_("Decision of the commission"),
        queryset=Decision.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the decision that is carried out.")},
    )

    def __init__(self, *args: Any, decisions: QuerySet[Decision], **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        self.decisions = decisions
        field = self.fields["decision"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = decisions
