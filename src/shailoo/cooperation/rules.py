"""What must be true of a record of the register, and what deserves a second look (C1 to C18).

An error stops the entry; a warning is explained in writing, and stands. No norm of the law speaks of the register
itself, so what is found cites the general duty of commissions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import singledispatch

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model

from shailoo.cooperation import countries, naming
from shailoo.cooperation.dating import Dated
from shailoo.cooperation.kinds import EventRole, OrganRole
from shailoo.cooperation.models import (
    Agreement,
    ContactPerson,
    Event,
    Membership,
    Mission,
    Organization,
    OrganMembership,
    Participation,
    PublishedGroup,
    Relation,
    Visit,
)
from shailoo.law.outcome import Finding, Severity

NORM = "L12.1"  # commissions organize elections: what no narrower norm says of keeping the register
MOST_TWINS = 5  # named in one warning


@singledispatch
def checked(record: Model, today: date) -> Iterator[Finding]:  # noqa: ARG001  the day matters to some sorts only
    """Every finding on a record as it would stand on a day; it is not saved yet."""
    return iter(())


@checked.register
def _(record: Organization, today: date) -> Iterator[Finding]:
    if record.founded.after(today):
        yield _later("founded", record.founded)
    yield from _place("country", record.country)
    if record.email:
        yield from _email("email", record.email)
    twins = twins_of(record)
    if twins:
        named = "; ".join(f"{each.name} ({each.code})" for each in twins)
        yield Finding(NORM, "cooperation_probably_there_already", Severity.WARNING, {"entry": named}, ("name",))


@checked.register
def _(record: Membership, today: date) -> Iterator[Finding]:
    if record.since.after(today):
        yield _later("since", record.since)
    yield from _in_order(record.since, record.until)
    if record.association_id == record.commission_id:
        yield Finding(NORM, "cooperation_with_itself", Severity.ERROR, fields=("association",))
    met = record.acquired_at
    if met is not None and record.since.year is not None and met.starts.year not in (None, record.since.year):
        years = {"since_year": str(record.since.year), "event_year": str(met.starts.year)}
        yield Finding(NORM, "cooperation_acquired_in_another_year", Severity.ERROR, years, ("acquired_at", "since"))
    same = Membership.objects.filter(commission_id=record.commission_id, association_id=record.association_id)
    if record.until_on is None and same.filter(until_on=None, struck_at=None).exclude(pk=record.pk).exists():
        yield Finding(NORM, "cooperation_member_already", Severity.ERROR, fields=("association",))


@checked.register
def _(record: OrganMembership, today: date) -> Iterator[Finding]:
    if record.since.after(today):
        yield _later("since", record.since)
    yield from _in_order(record.since, record.until)
    if record.membership.commission_id != record.commission_id:
        yield Finding(NORM, "cooperation_of_another_register", Severity.ERROR, fields=("membership",))
    if record.role != OrganRole.CHAIR:
        return
    others = OrganMembership.objects.filter(
        membership__association_id=record.membership.association_id, organ__iexact=record.organ, role=record.role
    )
    for each in others.filter(struck_at=None).exclude(pk=record.pk):
        if _overlap((record.since, record.until), (each.since, each.until)):
            where = ("role", "since")
            yield Finding(NORM, "cooperation_two_chairs", Severity.WARNING, {"entry": each.code}, where)
            return


@checked.register
def _(record: Agreement, today: date) -> Iterator[Finding]:
    if record.signed_on > today:
        yield _later("signed_on", Dated.of_day(record.signed_on))
    if record.counterpart_id == record.commission_id:
        yield Finding(NORM, "cooperation_with_itself", Severity.ERROR, fields=("counterpart",))
    for name in ("until", "terminated_on"):
        last = getattr(record, name)
        if last is not None and last < record.signed_on:
            yield Finding(NORM, "cooperation_ends_before_it_begins", Severity.ERROR, fields=(name, "signed_on"))
    if record.remind_on is not None and (record.until is None or record.remind_on > record.until):
        yield Finding(NORM, "cooperation_reminder_without_a_term", Severity.ERROR, fields=("remind_on", "until"))
    renewed = record.renewed_by
    if renewed is not None and (renewed.pk == record.pk or renewed.commission_id != record.commission_id):
        yield Finding(NORM, "cooperation_of_another_register", Severity.ERROR, fields=("renewed_by",))


@checked.register
def _(record: Event, today: date) -> Iterator[Finding]:  # noqa: ARG001  an event may be planned
    yield from _in_order(record.starts, record.ends, ("ends", "starts"))
    if record.ends.is_known and not record.starts.is_known:
        yield Finding(NORM, "cooperation_ends_before_it_begins", Severity.ERROR, fields=("starts",))
    yield from _place("country", record.country)
    bodies, all_ = record.election_bodies_countries, record.countries
    if bodies is not None and all_ is not None and bodies > all_:
        counts = {"part": bodies, "whole": all_}
        where = ("election_bodies_countries", "countries")
        yield Finding(NORM, "cooperation_more_countries_than_all", Severity.ERROR, counts, where)
    if not (record.series or record.title):
        yield Finding(NORM, "cooperation_event_without_a_name", Severity.ERROR, fields=("title", "series"))


@checked.register
def _(record: Participation, today: date) -> Iterator[Finding]:  # noqa: ARG001  an event may be planned
    there = record.event
    if there is None:
        return
    same = Participation.objects.filter(commission_id=record.commission_id, event=there, struck_at=None)
    if same.exclude(pk=record.pk).exists():
        yield Finding(NORM, "cooperation_took_part_already", Severity.ERROR, fields=("event",))
    hosts = EventRole.HOST.value in record.roles
    if hosts and there.host_id not in (None, record.commission_id):
        yield Finding(NORM, "cooperation_another_host", Severity.WARNING, fields=("roles", "event"))


@checked.register
def _(record: Mission, today: date) -> Iterator[Finding]:
    yield from _abroad(record.countries, record.observed, "observed", today)
    if record.direction == "incoming" and not record.countries and record.partner_id is None:
        yield Finding(NORM, "cooperation_nobody_came", Severity.ERROR, fields=("partner", "countries"))
    if record.direction == "outgoing" and not record.countries:
        yield Finding(NORM, "cooperation_country_not_said", Severity.WARNING, fields=("countries",))
    if record.ends_on is not None and record.observed.on is not None and record.ends_on < record.observed.on:
        yield Finding(NORM, "cooperation_ends_before_it_begins", Severity.ERROR, fields=("ends_on", "observed"))


@checked.register
def _(record: Visit, today: date) -> Iterator[Finding]:
    yield from _abroad(record.countries, record.visited, "visited", today)
    if not record.countries and record.partner_id is None:
        yield Finding(NORM, "cooperation_nobody_came", Severity.ERROR, fields=("partner", "countries"))


@checked.register
def _(record: Relation, today: date) -> Iterator[Finding]:  # noqa: ARG001  it has no date
    if (record.partner_id is None) == (record.partner_described == ""):
        yield Finding(NORM, "cooperation_one_partner", Severity.ERROR, fields=("partner", "partner_described"))


@checked.register
def _(record: ContactPerson, today: date) -> Iterator[Finding]:  # noqa: ARG001  it has no date
    site = record.commission.website.split("//", 1)[-1].split("/", 1)[0].removeprefix("www.")
    for each in record.emails:
        yield from _email("emails", each)
        if site and not each.casefold().endswith(f"@{site.casefold()}"):
            told = {"entry": each}
            yield Finding(NORM, "cooperation_address_of_another_domain", Severity.WARNING, told, ("emails",))


@checked.register
def _(record: PublishedGroup, today: date) -> Iterator[Finding]:  # noqa: ARG001  it has no date
    if not _is_member(record.head_office):
        told = {"entry": record.head_office}
        yield Finding(NORM, "cooperation_head_is_no_member", Severity.WARNING, told, ("head_office",))


# ------------------------------------------------------------------------------------- parts


def twins_of(record: Organization) -> Sequence[Organization]:
    """Organizations that share a name, an alias or an abbreviation with this one, and are not said to be the same."""
    names = record.keyed()
    if not names:
        return []
    found = Organization.objects.filter(names__overlap=names, struck_at=None).exclude(pk=record.pk)
    if record.same_as_id is not None:
        found = found.exclude(pk=record.same_as_id)
    return [each for each in found.order_by("pk")[:MOST_TWINS] if _differ_in_no_country(record, each)]


def _differ_in_no_country(one: Organization, other: Organization) -> bool:
    """Two bodies of two states may share a name ("Central Election Commission"): they are no twins."""
    return not (one.country and other.country and one.country != other.country)


def _later(name: str, value: Dated) -> Finding:
    return Finding(NORM, "cooperation_in_the_future", Severity.ERROR, {"entry": value.written}, (name,))


def _in_order(first: Dated, last: Dated, where: tuple[str, ...] = ("until", "since")) -> Iterator[Finding]:
    if first.on is not None and last.on is not None and last.on < first.on:
        yield Finding(NORM, "cooperation_ends_before_it_begins", Severity.ERROR, fields=where)


def _overlap(one: tuple[Dated, Dated], other: tuple[Dated, Dated]) -> bool:
    """Whether two periods have a day in common; a day that is not known does not part them."""
    return _not_before(one[1], other[0]) and _not_before(other[1], one[0])


def _not_before(last: Dated, first: Dated) -> bool:
    return last.on is None or first.on is None or last.on >= first.on


def _place(name: str, code: str) -> Iterator[Finding]:
    if code and not countries.known(code):
        yield Finding(NORM, "cooperation_no_such_country", Severity.ERROR, {"entry": code}, (name,))


def _abroad(codes: Sequence[str], on: Dated, name: str, today: date) -> Iterator[Finding]:
    for code in codes:
        yield from _place("countries", code)
    if on.after(today):
        yield _later(name, on)


def _email(name: str, written: str) -> Iterator[Finding]:
    try:
        validate_email(written)
    except ValidationError:
        yield Finding(NORM, "cooperation_no_email", Severity.ERROR, {"entry": written}, (name,))


_MEMBERS = ("member", "deputy", "мучо", "торага", "член", "председател")  # as `naming.key` writes them


def _is_member(office: str) -> bool:
    """Whether the words of an office name a member or the deputy head of the Commission."""
    said = naming.key(office)
    return any(each in said for each in _MEMBERS)
