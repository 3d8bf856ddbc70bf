"""What a reader looks for among observers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from shailoo.cooperation.kinds import OrganizationKind
from shailoo.elections.models import Election
from shailoo.observation.checkin.door import Who
from shailoo.observation.models import Application
from shailoo.observation.queries import public as queries
from shailoo.observation.words import public as words
from shailoo.observation.words.presence import kind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST = 80


class FilterForm(forms.Form):
    """Text, election, and the choices of a list; what an address asks wrongly is not asked."""

    use_required_attribute = False
    q = forms.CharField(required=False, max_length=LONGEST)
    election = forms.ChoiceField(label=_("Election"), required=False)

    def __init__(self, data: Any, *, label: StrOrPromise, elections: Iterable[Election]) -> None:  # Any: Django's own
        super().__init__(data)
        self.fields["q"].label = label
        self.elections = {each.slug: each for each in elections}
        choices = [(slug, words.name(each)) for slug, each in self.elections.items()]
        self.fields["election"] = forms.ChoiceField(label=_("Election"), required=False, choices=choices)

    def chosen(self) -> Election | None:
        """The election that was chosen, else the present one, else the latest with anybody accredited."""
        named = self.cleaned_data.get("election") if self.is_valid() or self.cleaned_data else ""
        return self.elections.get(str(named)) or queries.present_election() or next(iter(self.elections.values()), None)

    def asked(self) -> queries.Asked:
        """What is looked for."""
        told = self.cleaned_data
        return queries.Asked(
            text=told.get("q", ""),
            organization=told.get("organization", ""),
            country=told.get("country", ""),
            kind=told.get("kind", ""),
        )


def people_form(data: Any, elections: Iterable[Election]) -> tuple[FilterForm, Election | None]:  # Any: Django's own
    """The filter of the accredited, with the organizations and states that there are at the election chosen."""
    form = FilterForm(data, label=_("Name of the observer or organization"), elections=elections)
    election = form.chosen()
    senders = queries.organization_choices(election) if election else []
    every = ("", pgettext("filter", "all"))
    named = sorted(((code, words.name(each.body)) for each, code in senders), key=lambda each: each[1].casefold())
    kinds = sorted({each.organization.kind for each, _code in senders if each.organization})
    form.fields["organization"] = forms.ChoiceField(label=_("Organization"), required=False, choices=[every, *named])
    form.fields["country"] = forms.ChoiceField(
        label=_("Citizenship"),
        required=False,
        choices=[every, *(queries.country_choices(election) if election else [])],
    )
    form.fields["kind"] = forms.ChoiceField(
        label=_("Kind of organization"),
        required=False,
        choices=[every, *((each, words.organization_kind(OrganizationKind(each))) for each in kinds)],
    )
    form.full_clean()
    return form, election


def organizations_form(data: Any, elections: Iterable[Election]) -> tuple[FilterForm, Election | None]:  # Any: as above
    """The filter of the organizations."""
    form = FilterForm(data, label=_("Name of the organization"), elections=elections)
    election = form.chosen()
    every = ("", pgettext("filter", "all"))
    form.fields["kind"] = forms.ChoiceField(
        label=_("Whom it sends"),
        required=False,
        choices=[every, *((each.value, kind(Who(each.value))) for each in Application.Kind)],
    )
    seats = queries.senders_from_abroad(election) if election else ()
    form.fields["country"] = forms.ChoiceField(
        label=_("State of its seat"), required=False, choices=[every, *words.states(seats)]
    )
    form.full_clean()
    return form, election
