"""Reading offices, the people who hold them, invitations to them, and the keys of machines that act in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from shailoo.accounts.models import ApiKey, Invitation, Office, Person
from shailoo.accounts.roles import GIVEN_BY, KEYED, MAY, Reach, Role


def offices_of(person: Person) -> QuerySet[Office]:
    """The offices that a person holds now, in the order in which they began."""
    now = timezone.now()
    held = Office.objects.filter(Q(until__isnull=True) | Q(until__gt=now), person=person, since__lte=now)
    return held.select_related("body", "person").order_by("since", "pk")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which offices are asked for: those whose holder, user name or body holds `text`, of one role or of all."""

    text: str = ""
    role: str = ""


def offices_in_reach(by: Office, act: str, wanted: Wanted) -> QuerySet[Office]:
    """The offices held now over which `by` reaches by `act`: everywhere, or at its own body and those below it."""
    now = timezone.now()
    held = Office.objects.filter(Q(until__isnull=True) | Q(until__gt=now), since__lte=now).filter(_reach(by, act))
    if wanted.role:
        held = held.filter(role=wanted.role)
    if wanted.text:
        text = wanted.text
        holder = Q(person__name__icontains=text) | Q(person__username__icontains=text)
        held = held.filter(holder | Q(body__code__icontains=text))
    return held.select_related("body", "person").order_by("person__name", "person__username", "pk")


def invitations_in_reach(by: Office, wanted: Wanted) -> QuerySet[Invitation]:
    """The invitations to offices over which `by` reaches, the latest first."""
    found = Invitation.objects.filter(_reach(by, "accounts.invite"))
    if wanted.role:
        found = found.filter(role=wanted.role)
    if wanted.text:
        found = found.filter(Q(name__icontains=wanted.text) | Q(body__code__icontains=wanted.text))
    return found.select_related("body", "by__body", "by__person", "office").order_by("-at", "-pk")


def offices_for_keys(by: Office, wanted: Wanted) -> QuerySet[Office]:
    """The offices held now for which `by` may issue a machine's key: of roles that are its to give, none its own."""
    roles = [role for role in KEYED if Role(by.role) in GIVEN_BY[role]]
    held = offices_in_reach(by, "accounts.issue_key", wanted).filter(role__in=roles).exclude(person=by.person_id)
    return held.filter(_served(by)).filter(person__is_active=True)


def keys_in_reach(by: Office, wanted: Wanted, *, open_at: datetime | None = None) -> QuerySet[ApiKey]:
    """The keys of offices over which `by` reaches, the latest first; with `open_at` those that open anything then.

    The text is also looked for in the names of the machines.
    """
    offices = Office.objects.filter(_reach(by, "accounts.revoke_key")).filter(_served(by))
    found = ApiKey.objects.filter(office__in=offices)
    if open_at is not None:
        held = Office.objects.filter(Q(until__isnull=True) | Q(until__gt=open_at), since__lte=open_at)
        expires = Q(expires_at__isnull=True) | Q(expires_at__gt=open_at)
        found = found.filter(expires, revoked_at__isnull=True, office__in=held.filter(person__is_active=True))
    if wanted.role:
        found = found.filter(office__role=wanted.role)
    if wanted.text:
        text = wanted.text
        holder = Q(office__person__name__icontains=text) | Q(office__person__username__icontains=text)
        found = found.filter(holder | Q(office__body__code__icontains=text) | Q(name__icontains=text))
    return found.select_related("office__body", "office__person").order_by("-created_at", "-pk")


def _served(by: Office) -> Q:
    """The offices of all elections for an office that is for all, else those of its own election alone."""
    return Q(election=by.election) if by.election else Q()


def _reach(by: Office, act: str) -> Q:
    """The rows with a body over which the office's role reaches by the act; none for a role that may not."""
    reach = MAY[act].get(Role(by.role))
    if reach is Reach.EVERYWHERE:
        return Q()
    own = Q(body_id=by.body_id)
    if reach is Reach.OWN:
        return own | Q(body__superior_id=by.body_id) | Q(body__superior__superior_id=by.body_id)
    return own if reach is Reach.HERE else Q(pk__in=())
