"""What people fill in for sittings, minutes and registers of commissions. Forms only read; the actions decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shailoo.accounts.models import Body, Office
from shailoo.commissions import register, words
from shailoo.commissions.actions import Plan, Question, Text, Visitor
from shailoo.commissions.carrying_out import SittingChoice
from shailoo.commissions.clocks import Occasion
from shailoo.commissions.models import Decision, Matter, Sitting, Vote
from shailoo.commissions.queries.decisions import Wanted, decision_by_label, decisions
from shailoo.law.observation.commissions import Attendee
from shailoo.law.observation.observers import Level
from shailoo.law.outcome import Refused

if TYPE_CHECKING:
    from django.utils.functional import Promise, _StrPromise

    Label: TypeAlias = _StrPromise

BISHKEK = ZoneInfo("Asia/Bishkek")
EARLIEST, LATEST = date(1991, 8, 31), date(2100, 1, 1)  # no sitting of ours was before, and plans end somewhere
LONGEST_TEXT = 100_000  # signs of a decision or of minutes
TONGUES: Mapping[str, Label] = {"ky": _("in Kyrgyz"), "ru": _("in Russian"), "en": _("in English")}
NO_CONTROL = RegexValidator(r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*\Z", _("Only letters, digits and signs."))


class ActForm(forms.Form):
    """A form whose act can be refused: each finding is shown at the field that it names, or at the top."""

    use_required_attribute = False
    at_field: Mapping[str, str] = {}  # how this form calls what the action calls otherwise

    def refuse(self, refused: Refused) -> None:
        for found in refused.findings:
            named = (self.at_field.get(name, name) for name in found.fields)
            self.add_error(next((name for name in named if name in self.fields), None), words.finding(found))


def line(label: Label | str, *, longest: int = 200, **more: Any) -> forms.CharField:  # Any: what Django's field takes
    return forms.CharField(label=label, max_length=longest, validators=[NO_CONTROL], **more)


def prose(label: Label | str, *, rows: int = 5, **more: Any) -> forms.CharField:  # Any: what Django's field takes
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=widget, validators=[NO_CONTROL], **more)


def _choices(known: Mapping[str, Promise]) -> list[tuple[str, Promise]]:
    return list(known.items())


class InTongues(ActForm):
    """A form with texts in three languages; each of `texts` is filled in in at least one, unless it is in `free`.

    `texts` are (name of the fields, label, rows: 1 for a line).
    """

    texts: Sequence[tuple[str, Label, int]] = ()
    free: Sequence[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        for name, label, rows in self.texts:
            for code, tongue in TONGUES.items():
                said = f"{label} {tongue}"
                made = line(said, longest=300, required=False) if rows == 1 else prose(said, rows=rows, required=False)
                if code == "ky" and name not in self.free:
                    made.help_text = _("In at least one of the languages.")
                self.fields[f"{name}_{code}"] = made

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name, _label, _rows in self.texts:
            if name not in self.free and not any(found.get(f"{name}_{code}") for code in TONGUES):
                self.add_error(f"{name}_ky", gettext("Fill this in in at least one language."))
        return found

    def tongues(self, name: str) -> dict[str, str]:
        """The text by field, as the actions take it: name_ky, name_ru, name_en."""
        return {f"{name}_{code}": str(self.cleaned_data.get(f"{name}_{code}", "")) for code in TONGUES}


def _day(label: Label, **more: Any) -> forms.DateField:  # Any: what Django's own field takes
    """A local day, by the browser's own picker or typed as people write it."""
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        **more,
    )


def _norm_of(written: str) -> str:
    """The id of a norm as people write it: "37.1" is a norm of the law."""
    return f"L{written}" if written[:1].isdigit() else written


class DecisionSearch(forms.Form):
    """What is looked for in a register of decisions. What cannot be read is told at its field and left out."""

    use_required_attribute = False
    q = line(_("Number or words"), longest=80, required=False)
    body = forms.CharField(required=False, max_length=64)
    matter = forms.ChoiceField(
        label=_("Matter"), choices=[("", _("Every matter")), *words.MATTERS.items()], required=False
    )
    norm = line(_("Norm, such as 37.1"), longest=24, required=False)
    since = _day(_("From the day"), required=False)
    until = _day(_("To the day"), required=False)
    force = forms.ChoiceField(
        label=_("In force"),
        choices=[("", _("Every decision")), ("standing", _("In force")), ("ended", _("Replaced or repealed"))],
        required=False,
    )

    def __init__(self, data: Any, *, bodies: Iterable[Body] = ()) -> None:  # Any: Django's own
        super().__init__(data)
        known = [(each.code, words.own(each, "name")) for each in bodies]
        if known:
            choices = [("", gettext("Every commission")), *known]
            self.fields["body"] = forms.ChoiceField(label=_("Commission"), choices=choices, required=False)
        else:
            del self.fields["body"]
        self.full_clean()

    def found(self, *, body: str = "", published: bool | None = None) -> QuerySet[Decision]:
        """The decisions that fit, of the commission with that code where one is given, else of the one chosen."""
        asked = self.cleaned_data
        force = {"standing": True, "ended": False}.get(asked.get("force", ""))
        wanted = Wanted(
            body=body or asked.get("body", ""),
            matter=asked.get("matter", ""),
            norm=_norm_of(asked.get("norm", "")),
            text=asked.get("q", ""),
            since=asked.get("since"),
            until=asked.get("until"),
            published=published,
            standing=force,
        )
        return decisions(wanted).defer("text_ky", "text_ru", "text_en")


class SittingsSearch(forms.Form):
    """Which sittings of which commission."""

    use_required_attribute = False
    body = forms.CharField(required=False, max_length=64)
    when = forms.ChoiceField(
        label=_("When"),
        choices=[("", _("Every sitting")), ("coming", _("Coming sittings")), ("past", _("Past sittings"))],
        required=False,
    )

    def __init__(self, data: Any, *, bodies: Iterable[Body] = ()) -> None:  # Any: Django's own
        super().__init__(data)
        known = [(each.code, words.own(each, "name")) for each in bodies]
        if known:
            choices = [("", gettext("Every commission")), *known]
            self.fields["body"] = forms.ChoiceField(label=_("Commission"), choices=choices, required=False)
        else:
            del self.fields["body"]
        self.full_clean()

    def found(self, *, body: str = "") -> QuerySet[Sitting]:
        """The sittings that fit, of the commission with that code where one is given, else of the one chosen."""
        return register.calendar(body or self.cleaned_data.get("body", ""), self.cleaned_data.get("when", ""))


class CallForm(InTongues):
    """When, where and about which election the commission sits."""

    kind = forms.ChoiceField(
        label=_("What sitting it is"), choices=_choices(words.KINDS), widget=forms.RadioSelect, initial="regular"
    )
    election = forms.ChoiceField(
        label=_("Election"), required=False,
        help_text=_("A sitting about an election goes by its clock and its law."),
    )  # fmt: skip
    texts = (("place", _("Place: street, house, room"), 1),)
    day = _day(_("Day"))
    hour = forms.TimeField(label=_("Local time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    at_field = MappingProxyType({"planned_at": "day", "place": "place_ky"})

    def __init__(self, *args: Any, occasions: Iterable[Occasion], **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        known = [(each.slug, words.own(each, "name")) for each in occasions]
        self.fields["election"].choices = [*known, ("", gettext("No election in particular"))]  # type: ignore[attr-defined]  # a choice field, declared above

    def planned_at(self) -> datetime:
        """The instant at which the sitting begins by plan."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], tzinfo=BISHKEK)

    def plan(self) -> Plan:
        """What was filled in, as the action takes it."""
        asked = self.cleaned_data
        return Plan(
            planned_at=self.planned_at(),
            kind=Sitting.Kind(asked["kind"]),
            election=asked["election"],
            **self.tongues("place"),
        )


class ItemForm(InTongues):
    """A question for the agenda. `subject` names the record that it concerns; other pages fill it in."""

    matter = forms.ChoiceField(label=_("Matter"), choices=_choices(words.MATTERS), initial="other")
    texts = (("title", _("Question for the agenda"), 1),)
    rapporteur = line(_("Who reports"), required=False)
    subject = line(
        _("Record that it concerns"), longest=120, required=False,
        help_text=_("As the record of acts names it; pages that lead here fill it in."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        self.order_fields(["matter", "title_ky", "title_ru", "title_en", "rapporteur", "subject"])
        if self.get_initial_for_field(self.fields["subject"], "subject"):  # a page that leads here knows it better
            self.fields["subject"].widget = forms.HiddenInput()

    def question(self) -> Question:
        """What was filled in, as the action takes it."""
        asked = self.cleaned_data
        return Question(
            Matter(asked["matter"]),
            **self.tongues("title"),
            subject=asked["subject"],
            rapporteur=asked["rapporteur"],
        )


class AskForm(ItemForm):
    """A question for one of the sittings that are still to come or open."""

    sitting = SittingChoice(
        label=_("Sitting"), queryset=Sitting.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, sittings: QuerySet[Sitting], **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        self.sittings = sittings
        field = self.fields["sitting"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = sittings
            field.initial = sittings.first() if sittings.count() == 1 else None
        self.order_fields(["sitting"])


class ReasonForm(ActForm):
    """Why a sitting is cancelled or a proposal is not taken up."""

    reason = prose(_("Reason"), rows=3)


class GuestForm(ActForm):
    """Somebody who comes to a sitting and is no member of the commission."""

    name = line(_("Name of who came"))
    attendee = forms.ChoiceField(
        label=_("As what they attend"),
        choices=[(code, label) for code, label in words.ATTENDEES.items() if code != "member"],
    )
    mandate = forms.BooleanField(label=_("They have shown a mandate in force"), required=False)
    here = forms.BooleanField(label=_("Their commission is this one, or superior to it"), required=False)
    concerned = forms.BooleanField(label=_("A question on the agenda is about whom they represent"), required=False)
    at_field = MappingProxyType({"mandate_in_force": "mandate", "own_level": "here", "above": "here",
                "own_commission": "here", "matter_of_principal": "concerned"})  # fmt: skip

    def visitor(self) -> Visitor:
        """Who came, as the action takes it. Of superior commissions it is enough that they are superior."""
        asked = self.cleaned_data
        attendee = Attendee(asked["attendee"])
        level = Level.CEC if attendee is Attendee.SUPERIOR_MEMBER and asked["here"] else None
        return Visitor(
            attendee=attendee,
            name=asked["name"],
            mandate_in_force=asked["mandate"] or None,
            own_level=level,
            above=asked["here"] or None,
            own_commission=asked["here"] or None,
            matter_of_principal=asked["concerned"] or None,
        )


class MotionForm(InTongues):
    """A text that is put to the vote, the norms it rests on, and the decision that it ends, if any."""

    texts = (("title", _("Title"), 1), ("text", _("Text of the decision"), 6))
    free = ("title",)
    norms = line(
        _("Norms that it rests on"), longest=400, required=False,
        help_text=_("For example 37.1 64.2: article and paragraph, with spaces between norms."),
    )  # fmt: skip
    ends = forms.ChoiceField(
        label=_("What it does to an earlier decision"),
        choices=[("", _("Nothing")), ("replaces", _("It replaces it")), ("repeals", _("It repeals it"))],
        required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    ended = line(_("Number of the earlier decision"), longest=20, required=False, help_text=_("For example 12/2020."))
    at_field = MappingProxyType({"replaces": "ended", "repeals": "ended"})

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        self._body = body
        self.order_fields([f"{name}_{code}" for name in ("title", "text") for code in TONGUES])

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        named = str(found.get("ended", "")).removeprefix("№").strip()
        number, _slash, year = named.partition("/")
        if bool(named) is not bool(found.get("ends")):
            self.add_error("ended", gettext("Say both: which decision, and what this one does to it."))
        elif named:
            digits = number.isdecimal() and year.isdecimal() and len(number) < 8 and len(year) == 4
            decision = decision_by_label(self._body, int(year), int(number)) if digits else None
            if decision is None:
                self.add_error("ended", gettext("The commission has no decision of this number."))
            found["ended_decision"] = decision
        return found

    def text(self) -> Text:
        """What was filled in, as the action takes it."""
        asked = self.cleaned_data
        norms = tuple(_norm_of(each) for each in asked["norms"].replace(",", " ").split())
        ended: Decision | None = asked.get("ended_decision")
        replaced, repealed = (ended if asked["ends"] == how else None for how in ("replaces", "repeals"))
        return Text(
            title_ky=asked["title_ky"],
            title_ru=asked["title_ru"],
            title_en=asked["title_en"],
            text_ky=asked["text_ky"],
            text_ru=asked["text_ru"],
            text_en=asked["text_en"],
            norms=norms,
            replaces=replaced,
            repeals=repealed,
        )


class VotesForm(ActForm):
    """How each member present votes on a motion; who has voted already is not asked again."""

    def __init__(self, data: Any = None, *, members: Iterable[Office]) -> None:  # Any: Django's own
        super().__init__(data)
        self._members = {f"vote_{office.pk}": office for office in members}
        for name, office in self._members.items():
            self.fields[name] = forms.ChoiceField(
                label=office.person.name, choices=_choices(words.CHOICES), widget=forms.RadioSelect, required=False
            )

    def choices(self) -> dict[Office, Vote.Choice]:
        """The votes that were marked."""
        marked = {office: self.cleaned_data.get(name) for name, office in self._members.items()}
        return {office: Vote.Choice(choice) for office, choice in marked.items() if choice}


class MinutesForm(ActForm):
    """What the secretary writes beside what was recorded, in any of the languages."""

    text_ky = prose(_("Course of the sitting in Kyrgyz"), rows=8, required=False)
    text_ru = prose(_("Course of the sitting in Russian"), rows=8, required=False)
    text_en = prose(_("Course of the sitting in English"), rows=8, required=False)


class DissentForm(ActForm):
    """A member's individual opinion."""

    text = prose(_("Individual opinion"), rows=6)
    file = forms.FileField(
        label=_("Signed opinion as a file"), required=False, help_text=_("PDF, JPEG or PNG, at most 10 MB.")
    )
