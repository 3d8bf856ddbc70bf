"""What the faces and the other rooms read of counting. Nothing here changes anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.db.models import CharField, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.commissions.models import Commission
from shailoo.counting.checking import Place, Setting, as_line, held_against
from shailoo.counting.comparison import value_at
from shailoo.counting.models import (
    Discrepancy,
    Entry,
    Explanation,
    Figures,
    Protocol,
    ProtocolFinding,
    Scan,
    ScannerReport,
)
from shailoo.counting.states import BEING_ENTERED, CLOSED, Act, State, acts_open_to
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.elections.queries import Ballot, ballot
from shailoo.law.protocol import Result
from shailoo.ledger.models import Act as LedgerAct
from shailoo.ledger.queries import acts_on
from shailoo.territory.models import Precinct

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Standing(TypedDict):
        state: str
        protocol_id: int | None
        version: int
        received_at: datetime | None

    Queued: TypeAlias = WithAnnotations[VotingPrecinct, _Standing]

AGAINST_ALL = "against_all"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a commission is: the precincts expected, and the state of the last version of each."""

    expected: int
    states: Mapping[State, int]

    @property
    def accepted(self) -> int:
        return self.states.get(State.ACCEPTED, 0)

    @property
    def missing(self) -> int:
        """Precincts whose paper has not come."""
        return self.states.get(State.EXPECTED, 0)


@dataclass(frozen=True, slots=True)
class OptionMismatch:
    """One option at one precinct: votes by hand, votes by the scanners, and the difference (manual minus scanner)."""

    code: str
    manual: int
    scanner: int

    @property
    def difference(self) -> int:
        return self.manual - self.scanner


@dataclass(frozen=True, slots=True)
class ScannerMismatch:
    """A precinct's manual count beside its scanner reports (L35.14: the manual count stands).

    With a stationary box in use the scanners did not see every ballot: then `whole` is false and only a scanner figure
    above the manual one speaks of an error.
    """

    precinct: str
    protocol_id: int
    options: tuple[OptionMismatch, ...]
    manual_total: int | None
    scanner_total: int
    whole: bool

    @property
    def differing(self) -> tuple[OptionMismatch, ...]:
        """The options on which the two counts cannot both be right."""
        return tuple(each for each in self.options if (each.difference if self.whole else min(each.difference, 0)))


def progress(voting: Voting, tec: Commission | None = None) -> Progress:
    """Counts by the state of each expected precinct's last version, of one TEC or of the country; two queries."""
    expected = VotingPrecinct.objects.filter(voting=voting, **({"tec": tec} if tec else {})).count()
    last = Protocol.objects.filter(voting=voting, **({"tec": tec} if tec else {}))
    rows = last.order_by("precinct_id", "-version").distinct("precinct_id").values_list("state", flat=True)
    states = Counter(State(state) for state in rows)
    states[State.EXPECTED] = expected - sum(states.values())
    return Progress(expected, states)


def queue(voting: Voting, tec: Commission | None = None) -> QuerySet[Queued, Queued]:
    """The expected precincts with `state`, `protocol_id`, `version` and `moved_at` of their last version; one query."""
    last = Protocol.objects.filter(voting_id=OuterRef("voting_id"), precinct_id=OuterRef("precinct_id")).order_by(
        "-version"
    )
    rows = VotingPrecinct.objects.filter(voting=voting, **({"tec": tec} if tec else {}))
    return rows.select_related("precinct", "tec__body", "region").annotate(
        state=Coalesce(Subquery(last.values("state")[:1]), Value(State.EXPECTED.value, output_field=CharField())),
        protocol_id=Subquery(last.values("pk")[:1]),
        version=Coalesce(Subquery(last.values("version")[:1]), 0, output_field=IntegerField()),
        received_at=Subquery(last.values("received_at")[:1]),
    )


def state_of(row: Queued) -> State:
    """Where the protocol of a row of `queue` stands."""
    return State(vars(row)["state"])


def acts_for(office: Office, protocol: Protocol) -> tuple[Act, ...]:
    """The acts that the table opens to this office now, four eyes included; what the desk may offer."""
    open_to = acts_open_to(Role(office.role), State(protocol.state))
    entries = list(protocol.entries.filter(round=protocol.round, released_at=None))
    entered = any(entry.person_id == office.person_id for entry in entries)
    latest = not Protocol.objects.filter(replaces=protocol).exists()
    return tuple(act for act in open_to if _eyes_open(act, protocol, office, entries, entered=entered, latest=latest))


def _eyes_open(
    act: Act, protocol: Protocol, office: Office, entries: Sequence[Entry], *, entered: bool, latest: bool
) -> bool:
    state = State(protocol.state)
    if act is Act.CLAIM:
        again = state is State.FIRST_REENTERED
        second = state in (State.FIRST_ENTERED, State.FIRST_REENTERED)
        return not second or all(e.person_id != office.person_id for e in entries if e.again == again)
    if act in (Act.FINISH, Act.RELEASE):
        return any(e.finished_at is None and e.person_id == office.person_id for e in entries)
    if state is State.CONFLICTING:
        return not entered
    return latest if act is Act.REPLACE else True


@dataclass(frozen=True, slots=True)
class Due:
    """An act that waits for an office, how many protocols it waits with, and the state they stand in."""

    state: State
    act: Act
    count: int


def due(office: Office, voting: Voting) -> tuple[Due, ...]:
    """What waits for this office at its commission, in the order of a protocol's life; one query."""
    counts = dict(
        Protocol.objects.filter(voting=voting, tec_id=office.body_id)
        .exclude(state__in=CLOSED)
        .values_list("state")
        .annotate(Count("pk"))
    )
    return tuple(
        Due(state, acts_open_to(Role(office.role), state)[0], counts[state])
        for state in State
        if state in counts and state not in BEING_ENTERED and acts_open_to(Role(office.role), state)
    )


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that the page of one protocol shows. Entries' values are not in it; figures are those agreed upon."""

    protocol: Protocol
    versions: tuple[Protocol, ...]
    holder: Office | None
    figures: Figures | None
    findings: tuple[ProtocolFinding, ...]
    not_made: tuple[Result, ...]
    explanations: tuple[Explanation, ...]
    scans: tuple[Scan, ...]
    mismatch: ScannerMismatch | None
    discrepancies: tuple[Discrepancy, ...]
    history: tuple[LedgerAct, ...]


def case(protocol: Protocol) -> Case:
    """The protocol with what belongs to it; a fixed number of queries."""
    printed = ballot(protocol.voting)
    figures = Figures.objects.filter(protocol=protocol, round=protocol.round).first()
    reports = _last_reports(protocol.voting, protocol.precinct)
    holder = protocol.entries.filter(round=protocol.round, finished_at=None, released_at=None)
    open_entry = holder.select_related("office__body").first()
    return Case(
        protocol=protocol,
        versions=tuple(protocol_versions(protocol.voting, protocol.precinct)),
        holder=open_entry.office if open_entry else None,
        figures=figures,
        findings=tuple(figures.findings.order_by("severity", "pk")) if figures else (),
        not_made=_not_made(protocol, figures, printed, reports) if figures else (),
        explanations=tuple(figures.explanations.order_by("at")) if figures else (),
        scans=tuple(scans_of(protocol)),
        mismatch=_mismatch(protocol.precinct.number, figures, reports, printed) if figures and reports else None,
        discrepancies=tuple(protocol.discrepancies.order_by("found_at")),
        history=history_of(protocol),
    )


def history_of(protocol: Protocol) -> tuple[LedgerAct, ...]:
    """The acts on a protocol, the oldest first; of one that came in a file the file's act comes before (L36.2).

    A file has one act for all its protocols: an act on each of them would only repeat it.
    """
    file = acts_on(f"import:{protocol.imported_in_id}") if protocol.imported_in_id is not None else ()
    return (*file, *acts_on(f"protocol:{protocol.pk}"))


def protocol_versions(voting: Voting, precinct: Precinct) -> QuerySet[Protocol]:
    """Every version of a precinct's protocol, the last first, each with reason and decision."""
    found = Protocol.objects.filter(voting=voting, precinct=precinct)
    return found.select_related("tec__body", "precinct", "voting__election").order_by("-version")


def scans_of(protocol: Protocol) -> QuerySet[Scan]:
    """The pages of the signed paper, with their files."""
    return Scan.objects.filter(protocol=protocol).select_related("file").order_by("page")


def not_accepted(voting: Voting) -> QuerySet[Queued, Queued]:
    """The expected precincts that have no accepted version, with the state of their last one; one query."""
    accepted = Protocol.objects.filter(voting=voting, state=State.ACCEPTED).values("precinct_id")
    return queue(voting).exclude(precinct_id__in=accepted).order_by("precinct__number")


def scanner_mismatches(voting: Voting) -> tuple[ScannerMismatch, ...]:
    """Every accepted protocol whose scanners differ from the manual count, by precinct; three queries."""
    printed = ballot(voting)
    reports: dict[int, list[ScannerReport]] = {}
    found = ScannerReport.objects.filter(voting=voting).order_by("precinct_id", "device_no", "-version")
    for report in found.distinct("precinct_id", "device_no"):
        reports.setdefault(report.precinct_id, []).append(report)
    rows = Figures.objects.filter(
        voting=voting, precinct_id__in=reports, protocol__state=State.ACCEPTED, round=F("protocol__round")
    )
    made = (
        _mismatch(row.precinct.number, row, reports[row.precinct_id], printed)
        for row in rows.select_related("precinct").order_by("precinct__number")
    )
    return tuple(each for each in made if each.differing)


def differing_fields(protocol: Protocol) -> tuple[Discrepancy, Mapping[str, tuple[object, object]]] | None:
    """The conflict that a third person decides: field -> the two values. Only for whoever may settle it."""
    found = (
        Discrepancy.objects.select_related("first", "second")
        .filter(protocol=protocol, round=protocol.round, again=True)
        .first()
    )
    if found is None:
        return None
    return found, {
        field: (value_at(found.first.lines, field), value_at(found.second.lines, field)) for field in found.fields
    }


def may_settle(office: Office) -> bool:
    """Whether the office's role decides between entries at all."""
    return Role(office.role) in MAY["counting.settle"]


def _mismatch(number: str, figures: Figures, reports: Iterable[ScannerReport], printed: Ballot) -> ScannerMismatch:
    last = list(reports)
    options = [
        OptionMismatch(code, figures.votes[place], sum(report.votes[place] for report in last))
        for place, code in enumerate(printed.codes)
    ]
    options.append(OptionMismatch(AGAINST_ALL, figures.against_all, sum(report.against_all for report in last)))
    outside = _number(figures.lines.get("found_stationary")) + _number(figures.lines.get("transferred_to_stationary"))
    manual = figures.lines.get("found_scanners")
    total = manual + _number(figures.lines.get("transferred_to_scanners")) if isinstance(manual, int) else None
    return ScannerMismatch(
        number, figures.protocol_id, tuple(options), total, sum(report.total for report in last), outside == 0
    )


def _not_made(
    protocol: Protocol, figures: Figures, printed: Ballot, reports: Sequence[ScannerReport]
) -> tuple[Result, ...]:
    setting = Setting.of(protocol.voting, printed)
    place = Place(protocol.precinct.number, protocol.tec.body.code, protocol.precinct.kind)
    scanners = [as_line(report, printed.codes) for report in reports]
    return held_against(figures.lines, setting, place, scanners).not_made


def _last_reports(voting: Voting, precinct: Precinct) -> list[ScannerReport]:
    reports = ScannerReport.objects.filter(voting=voting, precinct=precinct)
    return list(reports.order_by("device_no", "-version").distinct("device_no"))


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
