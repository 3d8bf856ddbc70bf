"""Voters whom a hospital or a place of temporary detention reports (L14.5): for mobile voting; no list changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.documents.sealed.actions import Content, ErasedError, opened, seal
from shailoo.elections.clock import local
from shailoo.elections.models import Voting
from shailoo.law.outcome import Outcome, Refused
from shailoo.law.voters.institutions import InstitutionReport as Facts
from shailoo.law.voters.institutions import ReportedVoter, ReportUse, institution_report
from shailoo.ledger.actions import record
from shailoo.ledger.holding import hold
from shailoo.territory.models import Precinct
from shailoo.voters.actions.act import act
from shailoo.voters.models import Entry
from shailoo.voters.sources.models import InstitutionReceipt, InstitutionReport, InstitutionRow
from shailoo.voters.sources.people import INSTITUTION, Person, read
from shailoo.voters.sources.terms import law_of

NORM = "L14.5"
SEALED = "institution voters"


@dataclass(frozen=True, slots=True)
class Institution:
    """Who reports: a hospital or a place of detention, by its name, in a precinct; when the PEC had its data."""

    kind: str
    name: str
    precinct: Precinct
    received_on: date  # local day


@act
def report_institution(
    voting: Voting, institution: Institution, content: bytes, *, by: Office, at: datetime
) -> InstitutionReport | Refused:
    """Take down whom the head of an institution has named. Who is on no list is told by row."""
    precinct = institution.precinct
    commission = getattr(precinct, "commission", None)
    if commission is None:
        return Refused.because(NORM, "institution_without_pec", fields=("precinct",))
    if refused := refusal(
        by, may="voters.institutions.report", of=commission.body, election=voting.election.slug, at=at
    ):
        return refused
    hold(f"voting:{voting.pk}/institutions:{precinct.pk}")
    if not institution.name.strip():
        return Refused.because(NORM, "institution_without_name", fields=("name",))
    if institution.received_on > local(at).date():
        return Refused.because(NORM, "institution_received_later", fields=("received_on",))
    if _taken_down(voting, institution, content):
        return Refused.because(NORM, "institution_reported_before")
    found = read(content, INSTITUTION, NORM)
    if found.findings:
        return Refused(found.findings)
    entries = _entries(voting, found.people)
    outcome = verdict(voting, institution.received_on, None, {row: entry is not None for row, entry in entries.items()})
    if outcome.errors:
        return Refused(outcome.errors)
    subject = f"voting:{voting.pk}/precinct:{precinct.number}"
    hashed = record(
        "voters.institution_reported",
        subject=subject,
        by=by,
        at=at,
        grounds=outcome.grounds,
        payload={"kind": institution.kind, "rows": len(entries), "listed": len(outcome.value.mobile)},
    )
    report = InstitutionReport.objects.create(
        voting=voting,
        precinct=precinct,
        kind=institution.kind,
        name=institution.name.strip()[:200],
        received_on=institution.received_on,
        rows=len(entries),
        listed=len(outcome.value.mobile),
        file=seal(Content(SEALED, subject, content, "text/csv"), by=by, at=at),
        office=by,
        at=at,
        act=hashed,
    )
    InstitutionRow.objects.bulk_create(_row(report, each, entries[each.row]) for each in found.people)
    return report


def _taken_down(voting: Voting, institution: Institution, content: bytes) -> bool:
    """Whether the same people stand in a report of the same institution and day: a form that was sent twice."""
    same = InstitutionReport.objects.filter(
        voting=voting,
        precinct=institution.precinct,
        kind=institution.kind,
        name=institution.name.strip()[:200],
        received_on=institution.received_on,
    )
    return any(_holds(each, content) for each in same.select_related("file"))


def _holds(report: InstitutionReport, content: bytes) -> bool:
    try:
        return opened(report.file) == content
    except ErasedError:
        return False


def _row(report: InstitutionReport, person: Person, entry: int | None) -> InstitutionRow:
    codes = [*person.codes]
    if entry is None and not codes:
        codes.append("institution_not_on_list")
    return InstitutionRow(report=report, row=person.row, entry_id=entry, codes=codes)


def _entries(voting: Voting, people: tuple[Person, ...]) -> dict[int, int | None]:
    """Row -> the person's current entry in any list of the election; None for whom there is none."""
    pins = {int(each.pin): each for each in people if "pin_malformed" not in each.codes}
    listed = Entry.objects.filter(register__election=voting.election, until=None, pin__in=pins)
    by_pin = dict(listed.values_list("pin", "pk"))
    found: dict[int, int | None] = {}
    seen: set[int] = set()
    for each in people:
        entry = by_pin.get(int(each.pin)) if "pin_malformed" not in each.codes else None
        found[each.row] = entry if entry not in seen else None
        if entry is not None:
            seen.add(entry)
    return found


def verdict(
    voting: Voting, by_pec: date | None, by_registry: date | None, listed: dict[int, bool]
) -> Outcome[ReportUse]:
    """What the law says of a report: for whom mobile voting is prepared, and whether both had it in time."""
    people = tuple(ReportedVoter(str(row), on_list) for row, on_list in listed.items())
    facts = Facts(voting=law_of(voting), received_by_pec=by_pec, received_by_registry=by_registry, people=people)
    return institution_report(facts, voting.election.edition)


@act
def confirm_institution(report: InstitutionReport, *, by: Office, at: datetime) -> InstitutionReceipt | Refused:
    """The State Registry Service has the report too."""
    election = report.voting.election.slug
    if refused := refusal(by, may="voters.institutions.confirm", election=election, at=at):
        return refused
    hold(report.subject)
    if InstitutionReceipt.objects.filter(report=report).exists():
        return Refused.because(NORM, "institution_confirmed_before")
    payload = {"precinct": report.precinct.number, "rows": report.rows}
    hashed = record(
        "voters.institution_confirmed", subject=report.subject, by=by, at=at, grounds=[NORM], payload=payload
    )
    return InstitutionReceipt.objects.create(report=report, office=by, at=at, act=hashed)
