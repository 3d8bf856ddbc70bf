"""What is filled in at a commission's door without JavaScript."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shailoo.observation.models import Passage


class CodeForm(forms.Form):
    """A code that was scanned by something else, or a number."""

    use_required_attribute = False
    code = forms.CharField(label=_("Code or number"), max_length=1000, strip=True)


class NoteForm(forms.Form):
    """Somebody comes in, leaves, or is turned away. `uid` makes a second sending of the same page harmless."""

    uid = forms.UUIDField()
    number = forms.CharField(max_length=20)
    way = forms.ChoiceField(choices=Passage.Way.choices)
    verdict = forms.CharField(max_length=40, required=False)
    confirm = forms.BooleanField(required=False)
