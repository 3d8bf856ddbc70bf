"""What staff fill in to keep the calendar and to call an election. Forms only read; the actions decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from itertools import chain, count
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shailoo.accounts.models import Body
from shailoo.commissions.carrying_out import DecisionField
from shailoo.commissions.models import Decision
from shailoo.elections import words
from shailoo.elections.actions import Call
from shailoo.elections.actions.calling import USUAL_GROUND
from shailoo.elections.matters import slug_of
from shailoo.elections.models import Election
from shailoo.elections.occasions import kind_of
from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.calendar.calling import Ground
from shailoo.law.outcome import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Label: TypeAlias = _StrPromise

EARLIEST, LATEST = date(1991, 8, 31), date(2100, 1, 1)  # no election of ours was before, and calendars end somewhere
MOST_LISTS = 1000
LONGEST_SLUG = 40  # it begins the numbers of papers, which end with the commission and the kind
CALLABLE: Mapping[Kind, tuple[Election.Kind, Election.Occasion]] = {
    kind_of(kind, occasion): (kind, occasion) for kind in Election.Kind for occasion in Election.Occasion
}
"""The kinds of election that are called; a repeat voting follows from a determination."""
CALLED_BY_THE_CEC = frozenset({Kind.REPEAT_JK, Kind.REPEAT_PRESIDENTIAL})
"""Kinds that the CEC itself may call: by L38.5, or by a reading of it."""
FACTS: Mapping[Kind, tuple[str, Label]] = {
    Kind.PRESIDENTIAL: ("term_ends", _("Day on which the President’s term ends")),
    Kind.JK: ("term_ends", _("Day on which the term of the Jogorku Kenesh ends")),
    Kind.PRESIDENTIAL_EARLY: ("powers_ended", _("Day on which the President’s powers ended")),
    Kind.JK_EARLY: ("dissolved", _("Day of the decision on dissolution")),
    Kind.REPEAT_PRESIDENTIAL: (
        "failed_on",
        _("Day of the decision that nobody was elected or the election is invalid"),
    ),
    Kind.REPEAT_JK: ("failed_on", _("Day of the decision that the election failed or is invalid")),
}
"""What the term and the day of an election of each kind are tested against."""


def day_field(label: Label, **more: Any) -> forms.DateField:  # Any: what Django's own field takes
    """A local day, by the browser's own picker or typed as people write it."""
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        **more,
    )


class ActForm(forms.Form):
    """A form whose act can be refused: each finding is shown at the field that it names."""

    use_required_attribute = False
    at_field: Mapping[str, str] = {}  # how this form calls what the action calls otherwise

    def refuse(self, refused: Refused) -> None:
        """Put each refusal at its first field on this form, or at the top."""
        for found in refused.findings:
            named = (self.at_field.get(name, name) for name in found.fields)
            self.add_error(next((name for name in named if name in self.fields), None), words.finding(found))


class FulfilForm(ActForm):
    """The paper that shows that something was done, and which of the commissions below did it."""

    everyone = forms.BooleanField(required=False)
    bodies = forms.MultipleChoiceField(
        label=_("Which commissions have done it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    what = forms.CharField(
        label=_("Paper that shows it"),
        help_text=_("What it is: an act, a decision, minutes, a letter."),
        max_length=200,
    )
    number = forms.CharField(label=_("Number of the paper"), required=False, max_length=60)
    day = day_field(_("Day of the paper"))
    at_field = {"note": "what"}  # noqa: RUF012  # Django's own forms are declared so

    def __init__(
        self, data: Any = None, *, own: Body | None, below: Sequence[Body], today: date
    ) -> None:  # Any: Django's
        super().__init__(data, initial={"day": today})
        self._own, self._below, self._today = own, {body.code: body for body in below}, today
        if own is not None:
            del self.fields["bodies"]
        else:
            choices = [(body.code, _name(body)) for body in below]
            self.fields["bodies"] = forms.MultipleChoiceField(
                label=_("Which commissions have done it"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=choices,
            )
            self.fields["everyone"].label = gettext("All of them: %(count)s") % {"count": len(choices)}
        if own is not None or len(below) < 2:
            del self.fields["everyone"]
        self.order_fields(["everyone", "bodies", "what", "number", "day"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "bodies" in self.fields and not found.get("bodies") and not found.get("everyone"):
            self.add_error("bodies", gettext("Choose at least one commission."))
        day = found.get("day")
        if isinstance(day, date) and day > self._today:
            self.add_error("day", gettext("This day has not come yet."))
        return found

    def chosen(self) -> tuple[Body, ...]:
        """The commissions that the paper is recorded for."""
        if self._own is not None:
            return (self._own,)
        if self.cleaned_data.get("everyone"):
            return tuple(self._below.values())
        return tuple(self._below[code] for code in self.cleaned_data["bodies"])

    def note(self) -> str:
        """The paper in one line: what, number, day."""
        found = self.cleaned_data
        number = f" № {found['number'].lstrip('№ ')}" if found["number"].strip() else ""
        return f"{found['what'].strip()}{number}, {found['day']:%d.%m.%Y}"


def _name(body: Body) -> str:
    return {"ru": body.name_ru, "en": body.name_en}.get(words.language()) or body.name_ky


class MomentForm(ActForm):
    """Something that happened from which terms are counted."""

    anchor = forms.ChoiceField(label=_("What happened"))
    day = day_field(_("Day"))
    hour = forms.TimeField(
        label=_("Local time"),
        help_text=_("Where a term runs in hours from it."),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, data: Any = None, *, anchors: Iterable[str], today: date) -> None:  # Any: Django's own
        super().__init__(data, initial={"day": today})
        choices = [(each, words.anchor(each)) for each in anchors]
        self.fields["anchor"] = forms.ChoiceField(label=_("What happened"), choices=[("", ""), *choices])

    def moment(self) -> date | datetime:
        """A local day, or the instant where the hour is given."""
        day, hour = self.cleaned_data["day"], self.cleaned_data["hour"]
        return datetime.combine(day, hour, tzinfo=BISHKEK) if isinstance(hour, time) else day


class PostponeForm(ActForm):
    """How many lists stand when registration has ended (L61.6)."""

    lists = forms.IntegerField(label=_("Lists registered when registration ended"), min_value=0, max_value=MOST_LISTS)


class ClockForm(ActForm):
    """What the clock of a rehearsal shows from now on."""

    shows = forms.DateTimeField(
        label=_("The clock shows, local time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        validators=[
            MinValueValidator(datetime.combine(EARLIEST, time(), tzinfo=BISHKEK)),
            MaxValueValidator(datetime.combine(LATEST, time(), tzinfo=BISHKEK)),
        ],
    )


class KindForm(forms.Form):
    """The first question of calling: what kind of election it is."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("Which election is called"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None) -> None:  # Any: Django's own
        super().__init__(data)
        choices = [(each.value, words.value("election_kind", each.value)) for each in CALLABLE]
        self.fields["kind"] = forms.ChoiceField(
            label=_("Which election is called"), widget=forms.RadioSelect, choices=choices
        )


class CallForm(ActForm):
    """The act by which an election of one kind is called, its days and its names."""

    ground = forms.ChoiceField(label=_("By which act it is called"), widget=forms.RadioSelect)
    act_number = forms.CharField(
        label=_("Number of the act"), help_text=_("Empty where the election counts as called by law."),
        required=False, max_length=80,
    )  # fmt: skip
    called_on = day_field(_("Day of the act"))
    day = day_field(_("Election day"))
    name_ky = forms.CharField(label=_("Name in Kyrgyz"), max_length=200)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    slug = forms.SlugField(
        label=_("Name in addresses"),
        help_text=_("Latin letters, digits and hyphens. It never changes."),
        max_length=LONGEST_SLUG,
        required=False,
    )
    rehearsal = forms.ChoiceField(
        label=_("Is this a rehearsal?"),
        choices=[("no", _("No, a real election")), ("yes", _("Yes, a rehearsal: nothing of it has legal force"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, kind: Kind, decisions: QuerySet[Decision]) -> None:  # Any: Django's own
        super().__init__(data, initial={"ground": USUAL_GROUND[kind].value})
        self.kind, self.decisions = kind, decisions
        if self.by_the_cec and decisions.exists():
            self.fields["decision"] = DecisionField(
                label=_("Decision of the Central Election Commission"),
                help_text=_("Where the commission itself calls it; the decision names the election."),
                queryset=decisions,
                widget=forms.RadioSelect,
                empty_label=None,
                required=False,
            )
        self.fields["ground"] = forms.ChoiceField(
            label=_("By which act it is called"),
            widget=forms.RadioSelect,
            choices=[(each.value, words.value("calling_ground", each.value)) for each in Ground],
        )
        name, label = FACTS[kind]
        self.fields[name] = day_field(
            label, required=False, help_text=_("What the law is tested against; without it nothing is tested.")
        )
        self.order_fields(["rehearsal", "ground", "decision", "act_number", "called_on", name, "day"])

    @property
    def fact(self) -> str:
        """The field of the day that this kind is tested against."""
        return FACTS[self.kind][0]

    @property
    def by_the_cec(self) -> bool:
        """Whether the law lets the CEC call elections of this kind."""
        return self.kind in CALLED_BY_THE_CEC

    @property
    def proposed_slug(self) -> str:
        """A name in addresses that no election has yet."""
        stem = f"{self.kind.value.replace('_', '-')}-{timezone.localdate().year}"
        taken = set(Election.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
        later = (f"{stem}-{number}" for number in count(2))
        return next(each for each in chain([stem], later) if each not in taken)

    def clean(self) -> dict[str, Any]:
        """The decision names the election, so its name in addresses need not be typed again."""
        found = super().clean() or {}
        if not found.get("slug") and "slug" not in self.errors:
            decision = found.get("decision")
            found["slug"] = slug_of(decision) if decision else ""
            if not found["slug"]:
                self.add_error("slug", gettext("Give the election a name in addresses."))
        return found

    def call(self) -> Call:
        """What was filled in, as the action takes it."""
        found = self.cleaned_data
        kind, occasion = CALLABLE[self.kind]
        facts = {self.fact: found[self.fact]}
        return Call(
            slug=found["slug"],
            kind=kind,
            occasion=occasion,
            name_ky=found["name_ky"],
            name_ru=found["name_ru"],
            name_en=found["name_en"],
            called_on=found["called_on"],
            day=found["day"],
            rehearsal=found["rehearsal"] == "yes",
            ground=Ground(found["ground"]),
            act_number=found["act_number"],
            decision=found.get("decision"),
            **facts,
        )
