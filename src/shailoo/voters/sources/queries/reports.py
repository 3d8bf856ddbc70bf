"""Missions with their reports and who is late; reports of institutions with their people."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from shailoo.accounts.models import Body
from shailoo.accounts.roles import Kind
from shailoo.documents.sealed.actions import opened
from shailoo.elections.clock import local
from shailoo.elections.models import Voting
from shailoo.voters.sources.models import InstitutionReport, InstitutionRow, MissionReport, MissionRow
from shailoo.voters.sources.people import MISSION
from shailoo.voters.sources.states import State
from shailoo.voters.sources.terms import MISSIONS, last_day


@dataclass(frozen=True, slots=True)
class Mission:
    """A mission abroad, its last report, and on which local day the Service had its data, if it had."""

    body: Body
    report: MissionReport | None
    received: date | None
    last: date | None  # of the term

    def overdue(self, today: date) -> bool:
        """Whether the Service has no data of it and the term is over, or had them too late."""
        return self.last is not None and (self.received or today) > self.last


def missions(voting: Voting, body: Body | None = None) -> list[Mission]:
    """Every consulate with where its data are, of one if it is given."""
    bodies = Body.objects.filter(kind=Kind.CONSULATE).order_by("code")
    bodies = bodies.filter(pk=body.pk) if body is not None else bodies
    latest: dict[int, MissionReport] = {}
    received: dict[int, date] = {}
    for report in MissionReport.objects.filter(voting=voting).order_by("number").prefetch_related("steps"):
        latest[report.body_id] = report
        for step in report.steps.all():
            if step.state == State.RECEIVED:
                received.setdefault(report.body_id, local(step.at).date())
    last = last_day(voting, MISSIONS)
    return [Mission(each, latest.get(each.pk), received.get(each.pk), last) for each in bodies]


def mission_report(pk: int) -> MissionReport | None:
    """One report with what its page shows."""
    related = ("voting__election__clock", "body", "office__body", "file")
    return MissionReport.objects.select_related(*related).filter(pk=pk).first()


def faults_of(report: MissionReport) -> QuerySet[MissionRow]:
    """The rows that are not taken, with their faults."""
    return report.found.exclude(codes=[]).order_by("row")


def kinds_of(report: MissionReport) -> list[tuple[str, int]]:
    """Fault -> rows of a report."""
    return sorted(
        Counter(code for codes in faults_of(report).values_list("codes", flat=True) for code in codes).items()
    )


def taken_rows(report: MissionReport) -> Iterator[list[str]]:
    """The rows that pass, as the mission wrote them; raises ErasedError, DamagedError. Who reads them is recorded."""
    passing = set(report.found.filter(codes=[]).values_list("row", flat=True))
    rows = csv.reader(io.StringIO(opened(report.file).decode(), newline=""))
    next(rows)
    yield list(MISSION)
    for number, row in enumerate(rows, 1):
        if number in passing:
            yield row


def institution_reports(voting: Voting) -> QuerySet[InstitutionReport]:
    """Reports of institutions, the latest first."""
    related = (
        "precinct__commission__body__superior",
        "office__body",
        "receipt__office__body",
        "voting__election__clock",
    )
    return InstitutionReport.objects.select_related(*related).filter(voting=voting)


def institution(pk: int) -> InstitutionReport | None:
    """One report with what its page shows."""
    related = ("precinct__commission__body__superior", "office__body", "receipt", "voting__election__clock")
    return InstitutionReport.objects.select_related(*related).filter(pk=pk).first()


def people_of(report: InstitutionReport) -> QuerySet[InstitutionRow]:
    """The reported people with their entries: personal data, for the PEC of the place and the Service alone."""
    return report.people.select_related("entry__precinct").order_by("row")
