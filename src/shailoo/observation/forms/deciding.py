"""What a commission fills in to answer people and to end accreditations. Forms only read; the actions decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shailoo.commissions.carrying_out import CarriesOut
from shailoo.documents.uploads import Kind, checked, received
from shailoo.law.observation.accreditation import GROUND_OF, RefusalGround
from shailoo.law.observation.revocation import GROUNDS, Accredited, RevocationGround
from shailoo.law.outcome import Finding, Refused
from shailoo.observation.actions.ending import Ended
from shailoo.observation.actions.interpreters import Speaker
from shailoo.observation.actions.listing import Proposed
from shailoo.observation.forms.intake import ActForm
from shailoo.observation.models import Accreditation, Applicant, Application, Renewal
from shailoo.observation.words import deciding as words

REFUSE, LEAVE = "refuse", "leave"
LARGEST_PAPER = 10 * 1024 * 1024  # bytes
_ROWS = re.compile(r"\s*\d{1,6}(\s*[-–]\s*\d{1,6})?\s*")


class Rows(forms.CharField):
    """Places on a list, "3, 7-9": the set of them."""

    def __init__(self, **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(required=False, max_length=400, **kwargs)

    def clean(self, value: Any) -> frozenset[int]:  # Any: Django's own
        text = super().clean(value)
        found: set[int] = set()
        for part in filter(str.strip, text.split(",")):
            if not _ROWS.fullmatch(part):
                raise forms.ValidationError(gettext("Write rows as 3, 7-9."))
            first, _dash, last = part.replace("–", "-").partition("-")
            begin, end = int(first), int(last or first)
            if not 0 < begin <= end:
                raise forms.ValidationError(gettext("Write rows as 3, 7-9."))
            found.update(range(begin, end + 1))
        return frozenset(found)


class AnswersForm(ActForm):
    """The answers to the people of an application: nobody is typed in who is simply accredited."""

    others = forms.MultipleChoiceField(
        label=_("Put these applications on the same list"),
        help_text=_("Everybody on them whom nothing bars is accredited; the others stay for later."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    leave_rows = Rows(label=_("Rows to be answered later"), help_text=_("For example 3, 7-9."))
    refuse_rows = Rows(
        label=_("Rows to be refused by the commission’s judgement"),
        help_text=_("For example 3, 7-9. Whoever is barred by the law stands below."),
    )
    ground = forms.ChoiceField(label=_("Ground of this refusal"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stands in a public document: no names, no data of identity documents."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Any = None,  # Any: Django's own
        *,
        application: Application,
        people: Sequence[Applicant],
        barred: Mapping[int, Sequence[Finding]],
        beside: Iterable[Application] = (),
    ) -> None:
        super().__init__(data)
        self.people, self.international = people, application.kind == Application.Kind.INTERNATIONAL
        self.barred = {each.pk: barred[each.pk] for each in people if barred.get(each.pk)}
        self._offer_others(list(beside))
        if self.international:
            named = [each for each in words.grounds() if each[0] in _JUDGED]
            self.fields["ground"] = forms.ChoiceField(
                label=self.fields["ground"].label, required=False, choices=[("", gettext("none")), *named]
            )
        else:
            for name in ("refuse_rows", "ground", "reason"):
                del self.fields[name]
        for each in people:
            if each.pk in self.barred:
                self._ask_of(each, self.barred[each.pk])

    def _offer_others(self, beside: Sequence[Application]) -> None:
        if not beside:
            del self.fields["others"]
            return
        choices = [(str(each.pk), f"{each.label}, {words.own(each.sender.body, 'name')}") for each in beside]
        known = self.fields["others"]
        self.fields["others"] = forms.MultipleChoiceField(
            label=known.label,
            help_text=str(known.help_text),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=choices,
        )

    def _ask_of(self, person: Applicant, found: Sequence[Finding]) -> None:
        """The answer to somebody whom something bars: refused on that ground, or left for later."""
        row = gettext("Row %(row)s, %(name)s") % {"row": person.row, "name": person.name}
        grounds = list(dict.fromkeys(self._ground(each) for each in found))
        named = words.grounds() if self.international else [(code, _sentence(code, found)) for code in grounds]
        self.fields[f"answer_{person.pk}"] = forms.ChoiceField(
            label=row,
            choices=[(REFUSE, gettext("Refuse")), (LEAVE, gettext("Answer later"))],
            initial=REFUSE,
            widget=forms.RadioSelect,
        )
        self.fields[f"ground_{person.pk}"] = forms.ChoiceField(
            label=gettext("Ground"), choices=named, initial=grounds[0]
        )
        self.fields[f"reason_{person.pk}"] = forms.CharField(
            label=gettext("Reason"),
            initial=words.sentence(found[0]),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _ground(self, found: Finding) -> str:
        if not self.international:
            return found.code
        return GROUND_OF.get(found.code, RefusalGround.DOCUMENTS).value

    def of_barred(self) -> list[tuple[Applicant, Sequence[Finding], list[forms.BoundField]]]:
        """The people whom something bars, with what it is and the fields of their answer."""
        names = ("answer", "ground", "reason")
        return [
            (each, self.barred[each.pk], [self[f"{name}_{each.pk}"] for name in names])
            for each in self.people
            if each.pk in self.barred
        ]

    def plain(self) -> list[forms.BoundField]:
        """The fields that are not about one person."""
        return [self[name] for name in self.fields if "_" not in name or name.endswith("_rows")]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        known = {each.row for each in self.people}
        for name in ("leave_rows", "refuse_rows"):
            unknown = sorted(found.get(name, frozenset()) - known)
            if unknown:
                self.add_error(name, gettext("No such row waits: %(row)s.") % {"row": unknown[0]})
        return found

    def rows(self) -> tuple[Proposed, ...]:
        """The answers to the people of this application."""
        found = self.cleaned_data
        left, refused = found["leave_rows"], found.get("refuse_rows", frozenset())
        rows = []
        for each in self.people:
            if each.row in left:
                continue
            if each.pk in self.barred:
                if found[f"answer_{each.pk}"] == REFUSE:
                    rows.append(_no(each, found[f"ground_{each.pk}"], found[f"reason_{each.pk}"]))
            elif each.row in refused:
                rows.append(_no(each, found["ground"], found["reason"]))
            else:
                rows.append(Proposed(each.pk))
        return tuple(rows)

    def also(self) -> frozenset[int]:
        """The other applications that go on the same list."""
        return frozenset(int(each) for each in self.cleaned_data.get("others", ()))


_JUDGED = frozenset({"no_legal_capacity", "documents", "contrary_aims", "earlier_deprived"})


def _no(person: Applicant, ground: str, reason: str) -> Proposed:
    return Proposed(person.pk, accredited=False, ground=ground, reason=reason)


def _sentence(code: str, found: Sequence[Finding]) -> str:
    return next(words.sentence(each) for each in found if each.code == code)


class CarryOutForm(ActForm, CarriesOut):
    """The decision by which a list is carried out."""


class GiveUpForm(ActForm):
    """Why a list is given up."""

    reason = forms.CharField(
        label=_("Why the list is given up"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


# ------------------------------------------------------------------------------------- endings


class RevokeForm(ActForm, CarriesOut):
    """On what ground an accreditation is taken back by a decision."""

    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    norm_broken = forms.CharField(
        label=_("Norm that was broken"),
        help_text=_("As the decision names it, for example 10.5. Empty where the ground is a request."),
        required=False,
        max_length=120,
    )
    gross = forms.ChoiceField(
        label=_("Does the decision call the breach gross?"),
        help_text=_("Whoever broke the law grossly can be refused at later elections."),
        choices=[("no", _("no")), ("yes", _("yes"))],
        initial="no",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    request = forms.FileField(
        label=_("Written request, where that is the ground"),
        help_text=_("PDF or a picture, 10 MB at most."),
        required=False,
    )

    def __init__(self, *args: Any, accreditation: Accreditation, **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        offered = tuple(GROUNDS[Accredited(accreditation.kind)])
        self.fields["ground"] = forms.ChoiceField(
            label=self.fields["ground"].label,
            widget=forms.RadioSelect,
            choices=words.revocation_grounds(offered),
        )
        self.order_fields(["decision", "ground", "norm_broken", "gross", "reason", "request"])

    def clean_request(self) -> bytes:
        """The bytes of the request, as they were found to be a paper."""
        return _paper(self.cleaned_data["request"])

    def ended(self) -> Ended:
        """What was filled in, as the action takes it."""
        found = self.cleaned_data
        return Ended(
            ground=RevocationGround(found["ground"]),
            reason=found["reason"],
            norm_broken=found["norm_broken"],
            gross=found["gross"] == "yes",
            request=found["request"],
        )


class RecallForm(ActForm):
    """Why the sender calls its own person back."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class RenewForm(ActForm):
    """Why another certificate is given."""

    reason = forms.ChoiceField(
        label=_("Why is another certificate given?"), choices=list(words.REASONS.items()), widget=forms.RadioSelect
    )

    def why(self) -> Renewal.Reason:
        return Renewal.Reason(self.cleaned_data["reason"])


class InterpreterForm(ActForm):
    """The interpreter of an international observer."""

    name = forms.CharField(label=_("Name of the interpreter"), max_length=200)
    languages = forms.CharField(label=_("Languages"), max_length=120)
    identity = forms.FileField(
        label=_("Copy of the identity document"), help_text=_("PDF or a picture, 10 MB at most. It is kept encrypted.")
    )

    def clean_identity(self) -> bytes:
        return _paper(self.cleaned_data["identity"])

    def speaker(self) -> Speaker:
        found = self.cleaned_data
        return Speaker(found["name"], found["languages"], found["identity"])


class HelpForm(ActForm):
    """The answer to a request for help."""

    text = forms.CharField(label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


def _paper(sent: UploadedFile[bytes] | None) -> bytes:
    """The bytes of a paper that was sent, looked at; none where none was sent."""
    if sent is None:
        return b""
    looked_at = checked(
        received(sent, LARGEST_PAPER),
        allowed={Kind.PDF, Kind.JPEG, Kind.PNG},
        most_bytes=LARGEST_PAPER,
        norm="R4.7.a2",
    )
    if isinstance(looked_at, Refused):
        raise forms.ValidationError([words.sentence(each) for each in looked_at.findings])
    return looked_at.content
