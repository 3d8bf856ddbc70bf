"""What those who send people fill in, and the desk that gives them accounts. Forms only read; the actions decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from shailoo.accounts.models import Body
from shailoo.cooperation import countries
from shailoo.cooperation.models import Invitation, Organization
from shailoo.elections.clock import local
from shailoo.elections.models import Election
from shailoo.law.observation.people import Office
from shailoo.law.outcome import Finding, Refused
from shailoo.observation.actions.attaching import PAPERS, Contains
from shailoo.observation.actions.drafting import KINDS, Plan
from shailoo.observation.actions.enquiries import Asking
from shailoo.observation.actions.senders import BODIES, Account
from shailoo.observation.intake.columns import ASKED, HEADINGS, Field, required
from shailoo.observation.intake.photos import Crop
from shailoo.observation.intake.reading import COMMISSION_MEMBER
from shailoo.observation.models import Application, Enquiry, Sender
from shailoo.observation.words import intake as words

TONGUES = (("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English"))
LONGEST_FIELD = 500


class ActForm(forms.Form):
    """A form whose act can be refused: each finding is shown at the field that it names."""

    use_required_attribute = False

    def refuse(self, refused: Refused) -> None:
        """Put each refusal at its first field on this form, or at the top."""
        for found in refused.findings:
            self.tell(found)

    def tell(self, found: Finding) -> None:
        """Show a finding at its first field on this form, or at the top."""
        self.add_error(next((name for name in found.fields if name in self.fields), None), words.finding(found))


# ------------------------------------------------------------------------------------- accounts


class EnquiryForm(ActForm):
    """An organization asks for an account."""

    kind = forms.ChoiceField(label=_("What is your organization?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name of the organization"), max_length=200)
    country = forms.ChoiceField(label=_("State of its seat"), required=False)
    registration = forms.CharField(
        label=_("Number in the register of legal entities or of mass media"), required=False, max_length=80
    )
    contact = forms.CharField(label=_("Who will write the applications"), max_length=200)
    email = forms.EmailField(
        label=_("Mail address"), max_length=254, help_text=_("A link goes there, to be opened within three days.")
    )
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=80)
    language = forms.ChoiceField(label=_("Language in which we write to you"), choices=TONGUES)

    def __init__(self, data: Any = None) -> None:  # Any: Django's own
        super().__init__(data)
        kinds = words.choices("sender_kind", (each for each in Sender.Kind if each != Sender.Kind.CANDIDATE))
        self.fields["kind"] = forms.ChoiceField(
            label=_("What is your organization?"), widget=forms.RadioSelect, choices=kinds
        )
        self.fields["country"] = forms.ChoiceField(
            label=_("State of its seat"), required=False, choices=[("", "–"), *countries.choices()]
        )
        self.fields["language"].initial = words.language()

    def asking(self) -> Asking:
        """What was filled in."""
        found = self.cleaned_data
        return Asking(**{**found, "kind": Sender.Kind(found["kind"])})


class AccountForm(ActForm):
    """An account as the desk of the CEC enters it."""

    kind = forms.ChoiceField(label=_("Kind of organization"))
    organization = forms.ModelChoiceField(
        label=_("Entry in the register of cooperation"),
        queryset=Organization.objects.none(),
        required=False,
        help_text=_("For foreign and international organizations."),
    )
    body = forms.CharField(
        label=_("Code of a body that stands already"),
        required=False,
        max_length=64,
        help_text=_("For a party or a candidate. Without it a new body is entered."),
    )
    name_ky = forms.CharField(label=_("Name in Kyrgyz"), max_length=200)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    registration = forms.CharField(label=_("Number of its registration"), required=False, max_length=80)
    contact = forms.CharField(label=_("Who will write the applications"), max_length=200)
    email = forms.EmailField(label=_("Mail address"), max_length=254)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=80)
    language = forms.ChoiceField(label=_("Language of the correspondence"), choices=TONGUES)
    ground = forms.CharField(
        label=_("Ground"), max_length=120, help_text=_("The invitation or decision by its number and date.")
    )

    def __init__(self, data: Any = None, *, organizations: Any, enquiry: Enquiry | None = None) -> None:
        super().__init__(data, initial=_as_asked(enquiry) if enquiry else None)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind of organization"), choices=words.choices("sender_kind", BODIES)
        )
        self.fields["organization"] = forms.ModelChoiceField(
            label=_("Entry in the register of cooperation"),
            queryset=organizations,
            required=False,
            help_text=_("For foreign and international organizations."),
        )

    def clean_body(self) -> Body | None:
        """The body of that code."""
        code = self.cleaned_data["body"].strip()
        found = Body.objects.filter(code=code).first() if code else None
        if code and found is None:
            raise forms.ValidationError(gettext("There is no body of this code."))
        return found

    def account(self) -> Account:
        """What was filled in."""
        return Account(**{name: value for name, value in self.cleaned_data.items() if name != "ground"})


def _as_asked(enquiry: Enquiry) -> dict[str, str]:
    names = dict.fromkeys(("name_ky", "name_ru", "name_en"), enquiry.name)
    kept = ("kind", "registration", "contact", "email", "phone", "language")
    return names | {name: getattr(enquiry, name) for name in kept}


class ReasonForm(ActForm):
    """Why something is refused or taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class RemarksForm(ActForm):
    """What the Ministry found."""

    remarks = forms.CharField(
        label=_("What does not meet the Regulation"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Empty where the papers meet the Regulation. Everything is forwarded, with your remarks."),
    )


# ------------------------------------------------------------------------------------- the application


class BeginForm(ActForm):
    """For which election, and whom."""

    election = forms.ChoiceField(label=_("Election"))
    kind = forms.ChoiceField(label=_("Whom do you send?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, sender: Sender, elections: Sequence[Election]) -> None:
        super().__init__(data)
        self._elections = {each.slug: each for each in elections}
        named = [(each.slug, words.own(each, "name")) for each in elections]
        self.fields["election"] = forms.ChoiceField(label=_("Election"), choices=named)
        kinds = KINDS[sender.kind]
        self.fields["kind"] = forms.ChoiceField(
            label=_("Whom do you send?"), widget=forms.RadioSelect, choices=words.choices("mandate", kinds)
        )
        self.fields["kind"].initial = kinds[0].value

    @property
    def chosen(self) -> tuple[Election, Application.Kind]:
        """The election and the kind of people."""
        return self._elections[self.cleaned_data["election"]], Application.Kind(self.cleaned_data["kind"])


def _invitation_named(found: Invitation) -> str:
    body = words.value("inviting_body", found.inviting_body) if found.inviting_body else gettext("not known")
    return words.capital(body) + (f", {local(found.sent_at):%d.%m.%Y}" if found.sent_at else "")


class PlanForm(ActForm):
    """How an application is made; of each kind its own questions."""

    form = forms.ChoiceField(label=_("How do your observers come?"))
    route = forms.ChoiceField(label=_("Which way do the papers go?"))
    invitation = forms.ChoiceField(label=_("Invitation"))
    decided_on = forms.DateField(
        label=_("Day of your organization's decision to observe"),
        required=False,
        input_formats=["%d.%m.%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d.%m.%Y"),
        help_text=_("Such as 01.08.2020."),
    )
    deciding_organ = forms.CharField(label=_("Which organ decided"), required=False, max_length=200)
    note = forms.CharField(
        label=_("What else the commission should know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, application: Application, invitations: Sequence[Invitation]) -> None:
        names = ("form", "route", "decided_on", "deciding_organ", "note")
        given = {name: getattr(application, name) for name in names}
        super().__init__(data, initial=given | {"invitation": str(application.invitation_id or "")})
        self._invitations = {str(each.pk): each for each in invitations}
        if application.kind == Application.Kind.INTERNATIONAL:
            self._of_mission()
        else:
            for name in ("form", "route", "invitation"):
                del self.fields[name]
        if application.kind != Application.Kind.CITIZEN:
            for name in ("decided_on", "deciding_organ"):
                del self.fields[name]

    def _of_mission(self) -> None:
        self.fields["form"] = forms.ChoiceField(
            label=_("How do your observers come?"), choices=words.choices("observation_form", Application.Form)
        )
        self.fields["route"] = forms.ChoiceField(
            label=_("Which way do the papers go?"), choices=words.choices("observation_route", Application.Route)
        )
        known = [(key, _invitation_named(each)) for key, each in self._invitations.items()]
        self.fields["invitation"] = forms.ChoiceField(
            label=_("Invitation"), required=False, choices=[("", gettext("not chosen yet")), *known]
        )

    def plan(self) -> Plan:
        """What was filled in."""
        found = dict(self.cleaned_data)
        if "invitation" in found:
            found["invitation"] = self._invitations.get(found["invitation"])
        return Plan(**found)


class PersonForm(ActForm):
    """One person, by the fields that the kind asks for; what cannot be read is kept and told at its field."""

    def __init__(self, data: Mapping[str, object] | None = None, *, kind: str) -> None:
        super().__init__(data)
        self._kind = kind
        for each in ASKED[kind]:
            self.fields[each.value] = _field(each, kind)

    def cells(self) -> dict[Field, str]:
        """What was typed, by fields; several offices with commas between."""
        found: dict[Field, str] = {}
        for each in ASKED[self._kind]:
            held = self.cleaned_data.get(each.value, "")
            found[each] = ", ".join(held) if isinstance(held, list) else str(held)
        return found


YES_NO = {Field.VOTES, Field.RESIDES, Field.CONVICTED, Field.UNRESTRICTED}
_HINTS = {
    Field.CITIZENSHIPS: _("Name or two-letter code of the state; several with commas between."),
    Field.BORN: _("Such as 13.02.1980."),
    Field.DOCUMENT_EXPIRES: _("It must last until election day."),
    Field.COMMISSION: _("Its code, or the number of the precinct."),
    Field.PATRONYMIC: _("Leave it empty where there is none."),
}


class _Typed(forms.CharField):
    """A field that takes whatever is typed, also nothing: the list's own reader judges it, of forms and files alike."""

    def validate(self, value: Any) -> None:  # Any: Django's own
        """Nothing is wrong here; `required` only says what the page tells."""


class _Chosen(forms.ChoiceField):
    """The same for a choice: none of the options may be taken, and is told by the reader."""

    def validate(self, value: Any) -> None:  # Any: Django's own
        """An option that is not there stays none."""
        if value:
            super().validate(value)


def _field(of: Field, kind: str) -> forms.Field:
    label, needed = HEADINGS[of][words.language()], of in required(kind)
    if of in YES_NO:
        answers = [("yes", pgettext("answer", "Yes")), ("no", pgettext("answer", "No"))]
        return _Chosen(label=label, required=needed, choices=answers, widget=forms.RadioSelect)
    if of is Field.LANGUAGE:
        return _Chosen(label=label, required=False, choices=TONGUES)
    if of is Field.OFFICES:
        known = [(each.value, words.value("excluded_office", each.value)) for each in Office]
        known.append((COMMISSION_MEMBER, words.value("mandate", COMMISSION_MEMBER)))
        return forms.MultipleChoiceField(
            label=label, required=False, choices=known, widget=forms.CheckboxSelectMultiple
        )
    return _Typed(label=label, required=needed, max_length=LONGEST_FIELD, help_text=_HINTS.get(of, ""))


class ListFileForm(ActForm):
    """A list of people as a file."""

    file = forms.FileField(
        label=_("List of people"),
        help_text=_("The template filled in: a workbook (XLSX) or a table (CSV), at most 15 MB."),
    )


class ArchiveForm(ActForm):
    """Many photographs or copies as one archive."""

    contains = forms.ChoiceField(label=_("What is in the archive?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("Archive (ZIP)"),
        help_text=_(
            "Each file is named by its person’s row on the list or passport number, such as 12.jpg. At most 15 MB; "
            "send several archives one after the other."
        ),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:  # Any: Django's own
        super().__init__(data, files)
        known = [
            (Contains.PHOTOS.value, gettext("Photographs")),
            (Contains.IDENTITY_COPIES.value, gettext("Copies of passports")),
        ]
        self.fields["contains"] = forms.ChoiceField(
            label=_("What is in the archive?"), widget=forms.RadioSelect, choices=known, initial=known[0][0]
        )


class PaperForm(ActForm):
    """A paper of the application as a whole."""

    kind = forms.ChoiceField(label=_("Which paper"))
    file = forms.FileField(label=_("File"), help_text=_("PDF, JPEG or PNG, at most 15 MB."))

    def __init__(self, data: Any = None, files: Any = None, *, kind: str) -> None:  # Any: Django's own
        super().__init__(data, files)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Which paper"), choices=words.choices("application_paper", PAPERS[kind])
        )


class CopyForm(ActForm):
    """The copy of one person's identity document."""

    file = forms.FileField(label=_("Copy of the passport"), help_text=_("PDF, JPEG or PNG, at most 15 MB."))


class PhotoForm(ActForm):
    """A photograph, and which part of it is cut out; without a new file the present one is cut anew."""

    photo = forms.FileField(
        label=_("Photograph"),
        required=False,
        help_text=_("JPEG or PNG, upright, one face, at least 300 by 400. It is cut to three by four."),
    )
    size = forms.IntegerField(label=_("Width of the part, % of the largest"), min_value=10, max_value=100, initial=100)
    left = forms.IntegerField(
        label=_("From the left, %"), min_value=0, max_value=100, initial=50, help_text=_("0 left, 50 middle, 100 right")
    )
    top = forms.IntegerField(
        label=_("From the top, %"), min_value=0, max_value=100, initial=50, help_text=_("0 top, 50 middle, 100 bottom")
    )

    def crop(self) -> Crop:
        """Which part is cut out."""
        found = self.cleaned_data
        return Crop(found["size"], found["left"], found["top"])


class HandInForm(ActForm):
    """The last question before an application is handed in."""

    sure = forms.BooleanField(
        label=_("The list and the papers are complete and true. I know that they cannot be changed afterwards.")
    )


class PeopleFilter(forms.Form):
    """What a sender looks for on the list."""

    use_required_attribute = False
    q = forms.CharField(label=_("Name or row"), required=False, max_length=80)
    only = forms.ChoiceField(label=_("Show"), required=False)

    def __init__(self, data: Any = None) -> None:  # Any: Django's own
        super().__init__(data)
        known = [
            ("", pgettext("people", "all")),
            ("stopped", gettext("to be mended before handing in")),
            ("found", gettext("with findings")),
        ]
        self.fields["only"] = forms.ChoiceField(label=_("Show"), required=False, choices=known)
