"""The data of missions abroad: sent by the mission, passed on by the Ministry, received by the Service (L14.6.a).

They change no list: the Service takes them into the register, and they come with its delivery.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.documents.sealed.actions import Content, mark_of, seal
from shailoo.elections.clock import local
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.law.outcome import Refused
from shailoo.law.voters.institutions import MissionReport as Facts
from shailoo.law.voters.institutions import VoterAbroad, mission_report
from shailoo.ledger.actions import record
from shailoo.ledger.holding import hold
from shailoo.territory.models import Precinct
from shailoo.voters.actions.act import act
from shailoo.voters.models import Closing
from shailoo.voters.sources.models import MissionReport, MissionRow, MissionStep
from shailoo.voters.sources.people import MISSION, Person, day, read
from shailoo.voters.sources.states import Act, State, arc
from shailoo.voters.sources.terms import law_of

NORM = "L14.6.a"
SEALED = "mission voters"
PIN = "voter pin"
ON_ITS_WAY = (State.SENT, State.PASSED)


@dataclass(frozen=True, slots=True)
class _Checked:
    person: Person
    mark: str
    codes: tuple[str, ...]


@act
def send_mission_data(voting: Voting, content: bytes, *, by: Office, at: datetime) -> MissionReport | Refused:
    """Send the mission's voters to the Ministry; what the law or the form rejects is told by row."""
    if refused := refusal(by, may="voters.sources.send", of=by.body, election=voting.election.slug, at=at):
        return refused
    hold(f"voting:{voting.pk}/mission:{by.body_id}")
    if Closing.objects.filter(register__election=voting.election).exists():
        return Refused.because("L15.5.a", "voters_lists_closed")
    before = MissionReport.objects.filter(voting=voting, body=by.body)
    if before.filter(state__in=ON_ITS_WAY).exists():
        return Refused.because(NORM, "mission_report_on_its_way")
    found = read(content, MISSION, NORM)
    if found.findings:
        return Refused(found.findings)
    checked = _checked(voting, found.people, by=by, on=local(at).date())
    number = before.count() + 1
    taken = sum(not each.codes for each in checked)
    file = seal(Content(SEALED, f"voting:{voting.pk}/mission:{by.body_id}", content, "text/csv"), by=by, at=at)
    report = MissionReport.objects.create(
        voting=voting,
        body=by.body,
        number=number,
        rows=len(checked),
        taken=taken,
        sha256=found.sha256,
        file=file,
        office=by,
        at=at,
    )
    MissionRow.objects.bulk_create(
        (MissionRow(report=report, row=each.person.row, mark=each.mark, codes=list(each.codes)) for each in checked),
        batch_size=2_000,
    )
    payload = {"mission": by.body.code, "number": number, "rows": len(checked), "taken": taken}
    hashed = record("voters.mission_sent", subject=report.subject, by=by, at=at, grounds=[NORM], payload=payload)
    MissionStep.objects.create(report=report, state=State.SENT, office=by, at=at, act=hashed)
    return report


def _checked(voting: Voting, people: tuple[Person, ...], *, by: Office, on: date) -> list[_Checked]:
    """Each row with the law's answer, the faults of its form, and whether another mission names the same person."""
    outcome = mission_report(
        Facts(voting=law_of(voting), received=on, people=tuple(_abroad(each, on) for each in people)),
        voting.election.edition,
    )
    by_the_law = {str(each.facts["voter"]): each.code for each in outcome.findings if "voter" in each.facts}
    abroad = set(
        VotingPrecinct.objects.filter(voting=voting, precinct__kind=Precinct.Kind.ABROAD).values_list(
            "precinct__number", flat=True
        )
    )
    marks = {each.row: mark_of(each.pin.encode(), PIN) for each in people if "pin_malformed" not in each.codes}
    others = MissionRow.objects.filter(report__voting=voting, mark__in=set(marks.values()))
    elsewhere = set(
        others.exclude(report__body=by.body).exclude(report__state=State.RETURNED).values_list("mark", flat=True)
    )
    return [
        _Checked(each, mark, _codes(each, by_the_law.get(str(each.row)), abroad, other=mark in elsewhere))
        for each in people
        for mark in [marks.get(each.row, "")]
    ]


def _abroad(person: Person, on: date) -> VoterAbroad:
    return VoterAbroad(
        str(person.row), _registered(person.fields["consular_on"], on), _registered(person.fields["biometric_on"], on)
    )


def _registered(written: str, on: date) -> bool | None:
    """Whether somebody was registered by that day; None where the day cannot be read or has not come."""
    if not written:
        return False
    since = day(written)
    return True if since is not None and since <= on else None


def _codes(person: Person, law: str | None, abroad: set[str], *, other: bool) -> tuple[str, ...]:
    codes = [*person.codes]
    if law is not None:
        codes.append(law)
    if not (person.fields["surname"] or person.fields["name"]):
        codes.append("name_missing")
    if not person.fields["born"]:
        codes.append("born_unreadable")
    if person.fields["precinct"] not in abroad:
        codes.append("mission_precinct_unknown")
    if other:
        codes.append("mission_voter_elsewhere")
    return tuple(codes)


@act
def pass_on_mission_data(report: MissionReport, *, by: Office, at: datetime) -> MissionReport | Refused:
    """The Ministry of Foreign Affairs passes the data on to the State Registry Service."""
    return _moved(report, Act.PASS_ON, "", by=by, at=at)


@act
def receive_mission_data(report: MissionReport, *, by: Office, at: datetime) -> MissionReport | Refused:
    """The Service has the data; this day is held against the term."""
    return _moved(report, Act.RECEIVE, "", by=by, at=at)


@act
def return_mission_data(report: MissionReport, reason: str, *, by: Office, at: datetime) -> MissionReport | Refused:
    """The Ministry or the Service sends the data back with a reason; the mission sends them again."""
    return _moved(report, Act.RETURN, reason.strip(), by=by, at=at)


def _moved(report: MissionReport, done: Act, reason: str, *, by: Office, at: datetime) -> MissionReport | Refused:
    found = MissionReport.objects.select_for_update().select_related("voting__election", "body").get(pk=report.pk)
    way = arc(found.state, done)
    may = way.may if way else arc_of(done)
    if refused := refusal(by, may=may, election=found.voting.election.slug, at=at):
        return refused
    if way is None:
        return Refused.because(NORM, "mission_report_elsewhere", mission_state=found.state)
    if done is Act.RETURN and not reason:
        return Refused.because(NORM, "voters_reason_needed", fields=("reason",))
    payload = {"mission": found.body.code, "number": found.number} | ({"reason": reason} if reason else {})
    name = (
        "voters.mission_passed_on"
        if done is Act.PASS_ON
        else ("voters.mission_received" if done is Act.RECEIVE else "voters.mission_returned")
    )
    hashed = record(name, subject=found.subject, by=by, at=at, grounds=[NORM], payload=payload)
    MissionReport.objects.filter(pk=found.pk).update(state=way.target)
    MissionStep.objects.create(report=found, state=way.target, reason=reason, office=by, at=at, act=hashed)
    return MissionReport.objects.select_related("voting__election", "body").get(pk=found.pk)


def arc_of(done: Act) -> str:
    """The permission of an act that leads nowhere from where the report stands: who may not, is told that."""
    return {Act.PASS_ON: "voters.sources.pass_on", Act.RECEIVE: "voters.sources.receive"}.get(
        done, "voters.sources.receive"
    )
