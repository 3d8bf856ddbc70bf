"""What staff fill in to keep the register of a commission: contact, seats, divisions, working groups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shailoo.accounts.models import Office
from shailoo.commissions import register, words
from shailoo.commissions.actions import Group, GroupMember, Place, Unit
from shailoo.commissions.forms import ActForm, line
from shailoo.commissions.grounds import decisions_for
from shailoo.commissions.models import Commission, Decision, Division, Matter, WorkingGroup, WorkingGroupMember
from shailoo.commissions.queries import members_of

Post = WorkingGroupMember.Post
MOST_SEATS = 100


class ContactForm(ActForm):
    """Where the commission is found; public."""

    address_ky = line(_("Address in Kyrgyz"), required=False)
    address_ru = line(_("Address in Russian"), required=False)
    address_en = line(_("Address in English"), required=False)
    phone = line(_("Telephone of the commission"), longest=80, required=False)
    email = forms.EmailField(label=_("E-mail of the commission"), required=False, max_length=254)
    hours = line(_("Hours"), longest=80, required=False, help_text=_("For example 09:00–18:00."))

    def place(self) -> Place:
        """What was filled in, as the action takes it."""
        return Place(**self.cleaned_data)


class GroundedForm(ActForm):
    """A form whose act rests on a decision in force, of the commission or of the one above it."""

    matter = Matter.OTHER
    decision = forms.ChoiceField(label=_("Decision that is the ground"))

    def __init__(self, *args: Any, commission: Commission, **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        subject = f"body:{commission.body.code}"
        bodies = [commission.body, *([commission.body.superior] if commission.body.superior else [])]
        found = [each for body in bodies for each in decisions_for(body, self.matter, subject)]
        self._decisions = {str(each.pk): each for each in found}
        choices = [(key, f"{each.label} {words.own(each, 'title')}") for key, each in self._decisions.items()]
        self.fields["decision"] = forms.ChoiceField(
            label=_("Decision that is the ground"),
            choices=[("", ""), *choices],
            help_text=_("In force, on this matter and on this commission. Without one, nothing is changed."),
        )

    def ground(self) -> Decision:
        """The decision that was chosen."""
        return self._decisions[self.cleaned_data["decision"]]


class SeatsForm(GroundedForm):
    """How many members the commission has in full."""

    matter = Matter.ESTABLISHMENT
    seats = forms.IntegerField(label=_("Number of seats"), min_value=1, max_value=MOST_SEATS)


class EndForm(GroundedForm):
    """The decision by which a working group ends."""

    matter = Matter.WORKING_GROUP


class DivisionForm(ActForm):
    """A department or a division within one."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(words.DIVISIONS.items()), widget=forms.RadioSelect)
    parent = forms.ChoiceField(label=_("Department that it belongs to"), required=False)
    name_ky = line(_("Name in Kyrgyz"))
    name_ru = line(_("Name in Russian"))
    name_en = line(_("Name in English"))
    head = forms.ChoiceField(label=_("Head"), required=False)
    room = line(_("Room"), longest=20, required=False)
    phone = line(_("Telephone"), longest=80, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)

    def __init__(
        self, data: Any, *, commission: Commission, division: Division | None = None
    ) -> None:  # Any: Django's own
        super().__init__(data, initial=_said(division))
        others = [each for each in register.divisions_of(commission) if each != division and each.parent_id is None]
        offices = commission.body.offices.filter(until__isnull=True).select_related("person").order_by("person__name")
        self._parents = {str(each.pk): each for each in others}
        self._heads: dict[str, Office] = {str(each.pk): each for each in offices}
        self.fields["parent"] = forms.ChoiceField(
            label=_("Department that it belongs to"),
            choices=[("", ""), *((key, words.own(each, "name")) for key, each in self._parents.items())],
            required=False,
        )
        self.fields["head"] = forms.ChoiceField(
            label=_("Head"),
            choices=[("", ""), *((key, each.person.name) for key, each in self._heads.items())],
            required=False,
        )
        self.order_fields(["kind", "parent", "name_ky", "name_ru", "name_en", "head", "room", "phone", "email"])

    def unit(self) -> Unit:
        """What was filled in, as the action takes it."""
        asked = self.cleaned_data
        return Unit(
            kind=Division.Kind(asked["kind"]),
            name_ky=asked["name_ky"],
            name_ru=asked["name_ru"],
            name_en=asked["name_en"],
            parent=self._parents.get(asked["parent"]),
            room=asked["room"],
            phone=asked["phone"],
            email=asked["email"],
            head=self._heads.get(asked["head"]),
        )


def _said(division: Division | None) -> dict[str, object]:
    """What the register says of a division now."""
    if division is None:
        return {"kind": Division.Kind.DIVISION}
    names = ("kind", "name_ky", "name_ru", "name_en", "room", "phone", "email")
    return {name: getattr(division, name) for name in names} | {"parent": division.parent_id, "head": division.head_id}


class GroupForm(GroundedForm):
    """A working group: its number and subject, its head, its secretary, its members of the commission, its experts."""

    matter = Matter.WORKING_GROUP
    number = forms.IntegerField(label=_("Number of the group"), min_value=1, max_value=999)
    subject_ky = line(_("Subject in Kyrgyz"), longest=300)
    subject_ru = line(_("Subject in Russian"), longest=300)
    subject_en = line(_("Subject in English"), longest=300)
    head = forms.ChoiceField(label=_("Head of the group"))
    secretary = forms.ChoiceField(label=_("Secretary of the group"))
    members = forms.MultipleChoiceField(
        label=_("Members of the group"), required=False, widget=forms.CheckboxSelectMultiple
    )
    experts = forms.CharField(
        label=_("Experts from outside"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One name on a line."),
    )

    def __init__(
        self, data: Any, *, commission: Commission, group: WorkingGroup | None = None
    ) -> None:  # Any: Django's own
        super().__init__(data, commission=commission, initial=_of_group(group))
        held = commission.body.offices.filter(until__isnull=True).select_related("person").order_by("person__name")
        self._offices = {str(each.pk): each for each in held}
        leading = [str(each.pk) for each in register.by_post(members_of(commission.body, timezone.now()))]
        choices = [(key, each.person.name) for key, each in self._offices.items()]
        heads = [(key, name) for key, name in choices if key in leading]
        self.fields["head"] = forms.ChoiceField(label=_("Head of the group"), choices=[("", ""), *heads])
        self.fields["secretary"] = forms.ChoiceField(label=_("Secretary of the group"), choices=[("", ""), *choices])
        self.fields["members"] = forms.MultipleChoiceField(
            label=_("Members of the group"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple
        )
        if group is not None:
            for name in ("number", "subject_ky", "subject_ru", "subject_en"):
                del self.fields[name]
        self.order_fields(
            ["number", "subject_ky", "subject_ru", "subject_en", "decision", "head", "secretary", "members", "experts"]
        )

    def people(self) -> tuple[GroupMember, ...]:
        """The people of the group, as the actions take them; nobody twice."""
        asked = self.cleaned_data
        posts = dict.fromkeys(asked["members"], Post.MEMBER)
        posts |= {asked["secretary"]: Post.SECRETARY} | {asked["head"]: Post.HEAD}
        names = [name.strip() for name in asked["experts"].splitlines() if name.strip()]
        in_office = [GroupMember(post, self._offices[key]) for key, post in posts.items()]
        return (*in_office, *(GroupMember(Post.MEMBER, name=name) for name in names))

    def group(self) -> Group:
        """The group to be formed, as the action takes it."""
        asked = self.cleaned_data
        subjects = {name: asked[name] for name in ("subject_ky", "subject_ru", "subject_en")}
        return Group(number=asked["number"], members=self.people(), **subjects)


def _of_group(group: WorkingGroup | None) -> dict[str, object]:
    """The people of a group now."""
    if group is None:
        return {}
    people = list(group.members.all())
    posts = {each.post: each.office_id for each in people if each.post != Post.MEMBER}
    return {
        "head": posts.get(Post.HEAD),
        "secretary": posts.get(Post.SECRETARY),
        "members": [each.office_id for each in people if each.post == Post.MEMBER and each.office_id],
        "experts": "\n".join(each.name for each in people if each.office_id is None),
    }
