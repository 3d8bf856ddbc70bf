"""Which offices of one person the law lets go together (Art. 9, 10-1, 17, 19, 20): roles as the mandates that it names.

Who acts for a state body in this system represents its authority there, and so counts as its official (L1.d06); whoever
acts for a court counts as a judge. Staff of commissions are in no list of the law. A pair that the law does not name is
free: one person in two commissions, for instance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from django.db.models import Q, QuerySet
from django.utils import timezone

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MEMBERS, Role
from shailoo.law.editions import Edition, editions, in_force
from shailoo.law.observation import people
from shailoo.law.observation.conflicts import Held, PersonsMandates, role_conflicts
from shailoo.law.observation.exclusions import exclusions
from shailoo.law.observation.people import Mandate
from shailoo.law.outcome import Finding, Severity

MANDATES: Mapping[Role, Mandate] = MappingProxyType(
    dict.fromkeys(sorted(MEMBERS), Mandate.COMMISSION_MEMBER)
    | {
        Role.COMMISSION_REPRESENTATIVE: Mandate.COMMISSION_REPRESENTATIVE,
        Role.AUTHORIZED_REPRESENTATIVE: Mandate.AUTHORIZED_REPRESENTATIVE,
        Role.FINANCIAL_REPRESENTATIVE: Mandate.FINANCIAL_REPRESENTATIVE,
        Role.PROXY: Mandate.PROXY,
        Role.OBSERVER: Mandate.OBSERVER,
        Role.CITIZEN_OBSERVER: Mandate.CITIZEN_OBSERVER,
        Role.INTERNATIONAL_OBSERVER: Mandate.INTERNATIONAL_OBSERVER,
        Role.MEDIA: Mandate.MEDIA_REPRESENTATIVE,
    }
)
"""The roles that are a mandate in the law's sense."""

EMPLOYMENTS: Mapping[Role, people.Office] = MappingProxyType(
    {
        Role.COURT: people.Office.JUDGE,
        Role.PROSECUTOR: people.Office.PROSECUTOR,
        Role.POLICE: people.Office.LAW_ENFORCEMENT_OFFICER,
        Role.STATE_REGISTRY_SERVICE: people.Office.STATE_OFFICIAL,
        Role.FOREIGN_MINISTRY: people.Office.STATE_OFFICIAL,
        Role.CONSULATE: people.Office.STATE_OFFICIAL,
        Role.MEDIA: people.Office.MEDIA_WORKER,
    }
)
"""The roles whose holders are in an office or employment that the exclusion lists name."""

_MOMENT = timedelta(microseconds=1)


def overlapping(office: Office) -> QuerySet[Office]:
    """The offices that the person of `office` holds at some instant of its term, for the same election or for all."""
    found = Office.objects.filter(Q(until__isnull=True) | Q(until__gt=office.since), person_id=office.person_id)
    if office.until is not None:
        found = found.filter(since__lt=office.until)
    if office.election:
        found = found.filter(election__in=("", office.election))
    return found.exclude(pk=office.pk).select_related("body").order_by("since", "pk")


def office_conflicts(office: Office, others: Iterable[Office]) -> tuple[Finding, ...]:
    """What the law in force on its first day finds between `office` and each of the person's `others`, each once."""
    edition = _edition_on(_day(office.since))
    found = [finding for other in others for finding in _between(office, other, edition)]
    return tuple(each for place, each in enumerate(found) if each not in found[:place])


def _between(one: Office, other: Office, edition: Edition) -> Iterator[Finding]:
    both = (one, other)
    mandates = tuple(held for each in both if (held := _held(each)) is not None)
    yield from role_conflicts(PersonsMandates(mandates), edition).findings
    for each, beside in (both, both[::-1]):
        mandate, employment = MANDATES.get(Role(each.role)), EMPLOYMENTS.get(Role(beside.role))
        if mandate is not None and employment is not None:
            person = people.Person(citizenship=None, offices=frozenset({employment}))
            yield from (step for step in exclusions(mandate, person, edition) if isinstance(step, Finding))


def _held(office: Office) -> Held | None:
    """The mandate of an office with the local days of its term, both included; None for a role that is none."""
    mandate = MANDATES.get(Role(office.role))
    if mandate is None:
        return None
    until = None if office.until is None else _day(office.until - _MOMENT)
    return Held(mandate, _day(office.since), until, commission=office.body.code)


def _edition_on(day: date) -> Edition:
    """The edition in force on a day, the first one known for the days before it."""
    return in_force(max(day, editions()[0].since))


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def barring(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop an appointment; the others are warnings, recorded with it."""
    return tuple(each for each in findings if each.severity is Severity.ERROR)
