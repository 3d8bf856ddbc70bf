"""What the demo says at the end: the figures as they stand in the database, for people or as one JSON object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from shailoo.cli.demo.staff import PASSWORD, Staff
from shailoo.counting.models import Entry
from shailoo.documents.actions import place
from shailoo.elections.models import Voting
from shailoo.results import queries
from shailoo.results.models import Publication
from shailoo.results.publication.verify import Report, verify


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the ballot with its votes, and its seats where there are any."""

    code: str
    name: str
    votes: int
    seats: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What an outsider's check of the latest bundle says."""

    holds: bool
    checked: Mapping[str, int]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The whole answer of `shailoo demo --json`; votes and voters are counts, times seconds."""

    election: str
    origin: str
    edition: str
    stage: str
    precincts: int
    summed: int
    quarantined: int
    votes: int  # for all lists and against all
    participated: int | None
    invalid: int | None
    outcome: str | None  # None while nothing is determined
    options: tuple[Choice, ...]
    seats: Mapping[str, int]
    versions: Mapping[str, int]
    bundle: str | None
    verify: Verified | None
    database: str
    reused: bool
    timings: Mapping[str, float]


def tell(voting: Voting, stage: str, database: str, *, reused: bool, timings: Mapping[str, float]) -> Told:
    """The answer for the figures that stand now."""
    national = queries.tabulate(voting).national
    determined = queries.current_determination(voting)
    seats = dict(determined.value.get("seats", {})) if determined else {}
    published = Publication.objects.filter(voting=voting).order_by("-version").first()
    bundle = place(published.bundle_id) if published else None
    return Told(
        election=voting.election.slug,
        origin=voting.election.origin,
        edition=voting.election.edition_id,
        stage=stage,
        precincts=national.expected,
        summed=national.summed,
        quarantined=national.quarantined,
        votes=national.cast,
        participated=national.participated,
        invalid=national.invalid,
        outcome=determined.outcome if determined else None,
        options=_choices(voting, seats),
        seats=seats,
        versions={
            "determination": determined.version if determined else 0,
            "publication": published.version if published else 0,
        },
        bundle=str(bundle) if bundle else None,
        verify=_verified(bundle) if bundle else None,
        database=database,
        reused=reused,
        timings=timings,
    )


def _choices(voting: Voting, seats: Mapping[str, int]) -> tuple[Choice, ...]:
    found = queries.tabulate(voting)
    counts = (*found.national.votes, found.national.against_all)
    return tuple(
        Choice(option.code, option.name_ky, votes, seats.get(option.code, 0))
        for option, votes in zip(found.options, counts, strict=True)
    )


def _verified(bundle: Path) -> Verified:
    report: Report = verify(bundle.read_bytes())
    return Verified(report.holds, dict(report.checked), tuple(map(str, report.faults[:20])))


def data(told: Told) -> dict[str, object]:
    """The answer as plain data for JSON."""
    return asdict(told)


def show(told: Told, staff: Staff, console: Console) -> None:
    """Print the result and the sign-ins for a person at the machine."""
    console.print(_heading(told))
    console.print(_table(told))
    if told.verify is not None:
        verdict = "holds" if told.verify.holds else f"DOES NOT HOLD: {'; '.join(told.verify.faults[:3])}"
        console.print(f"Published as version {told.versions['publication']}; `shailoo verify` of its bundle: {verdict}")
        console.print(f"  {told.bundle}", soft_wrap=True, style="dim")
    console.print(_people(staff))


def _heading(told: Told) -> str:
    whose = {"generated": "GENERATED DATA", "public_record": "PUBLIC RECORD"}.get(told.origin, told.origin)
    state = told.outcome or "not determined: preliminary figures"
    return (
        f"\n[bold]{told.election}[/] ({whose}, edition {told.edition}): {state}\n"
        f"{told.summed:,} of {told.precincts:,} precincts, {told.votes:,} votes"
        + (f", {told.participated:,} voters took part" if told.participated is not None else "")
        + (f", {told.quarantined} protocols beside the sums" if told.quarantined else "")
    )


def _table(told: Told) -> Table:
    table = Table("list", box=None, pad_edge=False)
    table.add_column("votes", justify="right")
    table.add_column("seats", justify="right")
    for choice in sorted(told.options, key=lambda each: -each.votes):
        table.add_row(choice.name, f"{choice.votes:,}", str(choice.seats or ""))
    return table


def busy_tec(staff: Staff) -> str:
    """The first part of the usernames at the TEC whose desk had the most to do, in lower case."""
    entries = Entry.objects.order_by("-pk").values_list("office__body__code", flat=True)
    first = min(office.body.code for office in staff.offices.values() if office.body.code.startswith("TEC-"))
    return (entries.first() or first).lower()


def _people(staff: Staff) -> Table:
    """The sign-ins of the CEC and of one TEC; the other TECs' people are named alike."""
    busiest = busy_tec(staff)
    title = f"password of all: {PASSWORD}\nthe code that is asked for then: shailoo demo-code {busiest}-chair"
    table = Table("sign in as", "who", box=None, pad_edge=False, title=title, title_justify="left")
    for name, office in sorted(staff.offices.items()):
        if name.startswith(("cec-", f"{busiest}-")):
            table.add_row(name, f"{office.person.name}, {office.role}, {office.body.code}")
    return table
