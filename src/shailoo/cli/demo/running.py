"""The main job, done by the real acts: from the division of the country to a determined and published result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from django.db import connection

from shailoo.cli.demo import times
from shailoo.cli.demo.acts import done
from shailoo.cli.demo.clerks import Desk
from shailoo.cli.demo.deciding import base_decided, result_decided
from shailoo.cli.demo.keeping import keep_calendar
from shailoo.cli.demo.lot import draw_air_time
from shailoo.cli.demo.material import Material, nation_file, public_record_file
from shailoo.cli.demo.observers import observe
from shailoo.cli.demo.sittings import decide_complaints, organize, sit_again
from shailoo.cli.demo.staff import Staff, appoint_everybody
from shailoo.cli.demo.voters import keep_register
from shailoo.commissions import queries as commissions
from shailoo.commissions.actions import establish_cec, establish_pecs, establish_tecs
from shailoo.commissions.models import Commission
from shailoo.cooperation.loading import load_own
from shailoo.counting.actions import Source, import_protocols
from shailoo.elections import actions as elections
from shailoo.elections.generator import Anomaly, Nation, Sheet
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.law.editions import ThresholdBase
from shailoo.results import actions as results
from shailoo.results.models import Publication
from shailoo.territory.actions import import_areas, install_division, lay_out_precincts
from shailoo.territory.models import Area

STILL_TO_COME = 5  # precincts of the desk's TEC whose paper is on its way at night
Step: TypeAlias = Callable[[str], AbstractContextManager[object]]


class Stage(StrEnum):
    """How far the demo goes."""

    NIGHT = "night"  # election night: one TEC still at work
    COUNTED = "counted"  # every protocol in, TEC protocols signed, nothing determined
    DETERMINED = "determined"  # determined and officially published


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be loaded. One of `nation` and `results` is given."""

    material: Material
    stage: Stage
    nation: Nation | None = None
    results: Path | None = None
    geography: Path | None = None
    hands: int = 1  # threads for acts that do not wait for each other; more than one needs committed data


def run(job: Job, step: Step) -> Voting:
    """Carry the job out in an empty, migrated database; `step(name)` is entered for each of its parts."""
    with step("areas and precincts"):
        _lay_out(job)
    with step("commissions and offices"):
        staff = _establish(job.material)
    with step("calling the election"):
        voting = _call(job.material, staff)
    with step("international cooperation"):
        load_own(at=times.PREPARED)
    if job.nation is not None:
        with step("lot on air time"):
            draw_air_time(voting, staff)
        with step("observers and mass media"):
            observe(voting, staff)
        with step("voters, lists and paper"):
            keep_register(voting, _busy_tec(job.nation, voting), staff)
        with step("calendar kept until election day"):
            keep_calendar(voting, staff, since=times.PREPARED, until=times.ELECTION_DAY)
        _count_nation(job, job.nation, voting, staff, step)
    elif job.results is not None:
        with step("protocols from the file"):
            _import(voting, public_record_file(job.results), staff)
    if job.stage is Stage.NIGHT:
        with step("preliminary publication"):
            _publish(voting, Publication.Kind.PRELIMINARY, times.NIGHT, staff)
    else:
        _conclude(job, voting, staff, step)
    if job.nation is not None:
        with step("calendar kept since"):
            keep_calendar(voting, staff, since=times.ELECTION_DAY, until=_afterwards(job.stage))
    sit_again(staff, voting.election.slug, after=_afterwards(job.stage))
    done(elections.set_clock(voting.election, _afterwards(job.stage) + times.A_MOMENT))
    return voting


def _afterwards(stage: Stage) -> datetime:
    return {Stage.NIGHT: times.NIGHT, Stage.COUNTED: times.COUNTED, Stage.DETERMINED: times.AFTERWARDS}[stage]


def _lay_out(job: Job) -> None:
    install_division(at=times.APPOINTED)
    if job.geography is not None:
        done(import_areas(job.geography, by=None, at=times.APPOINTED))
    done(lay_out_precincts(job.material.sites, by=None, at=times.APPOINTED))


def _establish(material: Material) -> Staff:
    country = Area.objects.get(kind=Area.Kind.COUNTRY)
    establish_cec(country, at=times.APPOINTED)
    areas = Area.objects.filter(code__in=material.tec_areas).order_by("code")
    done(establish_tecs(areas, by=None, at=times.APPOINTED))
    staff = appoint_everybody()
    organize(staff)
    done(establish_pecs(by=staff.cec_chair, at=times.PREPARED))
    return staff


def _call(material: Material, staff: Staff) -> Voting:
    voting = done(elections.call_election(material.call, by=staff.cec_chair, at=times.CALLED)).voting
    done(elections.set_precincts(voting, material.listed, by=staff.cec_operator, at=times.PREPARED))
    if material.lists:
        lists = {code: [(name.ky, name.ru) for name in names] for code, names in material.lists.items()}
        done(elections.set_lists(voting, lists, by=staff.cec_operator, at=times.PREPARED))
    return voting


# ---------------------------------------------------------------- counting


def _count_nation(job: Job, nation: Nation, voting: Voting, staff: Staff, step: Step) -> None:
    """A few papers through both blind entries at one TEC, the rest as a file."""
    tec = _busy_tec(nation, voting)
    voting_here = VotingPrecinct.objects.filter(voting=voting, tec=tec)
    found = voting_here.select_related("precinct", "tec__body", "voting__election")
    expected = {each.precinct.number: each for each in found}
    sheets = {sheet.number: sheet for sheet in nation.sheets()}
    papers = _papers(nation, expected)
    by_hand = {*papers.by_hand, *(papers.to_come if job.stage is Stage.NIGHT else ())}
    with step("papers entered twice"):
        desk = Desk(staff, tec, job.material.codes, times.FIRST_PAPERS)
        _work(desk, papers, {number: (expected[number], sheets[number]) for number in papers.by_hand}, job.stage)
    with step("protocols from the file"):
        _import(voting, nation_file(sheets.values(), job.material.codes, by_hand), staff)


def _busy_tec(nation: Nation, voting: Voting) -> Commission:
    """The TEC that the demo looks at: the one with the precinct whose count does not add up."""
    number = next(number for number, kind in nation.anomalies.items() if kind is Anomaly.BALLOT_MISSING)
    found = VotingPrecinct.objects.select_related("tec__body").get(voting=voting, precinct__number=number)
    return found.tec


@dataclass(frozen=True, slots=True)
class _Papers:
    """Which precincts of the desk's TEC play which part, by number."""

    missing: str  # one ballot is missing
    alike: str  # both entries are alike
    slip: str  # one clerk misreads
    late: str  # opened late: to be explained
    begun: str  # entered once
    to_come: tuple[str, ...]

    @property
    def by_hand(self) -> tuple[str, ...]:
        return self.missing, self.alike, self.slip, self.late, self.begun


def _papers(nation: Nation, expected: Mapping[str, VotingPrecinct]) -> _Papers:
    missing = next(number for number in expected if nation.anomalies.get(number) is Anomaly.BALLOT_MISSING)
    plain = iter([number for number in sorted(expected) if number not in nation.anomalies])
    alike, slip, late, begun, *rest = plain
    return _Papers(missing, alike, slip, late, begun, tuple(rest[:STILL_TO_COME]))


def _work(desk: Desk, papers: _Papers, at_hand: Mapping[str, tuple[VotingPrecinct, Sheet]], stage: Stage) -> None:
    """The night at one desk; at the later stages everything that it left open is settled too."""
    desk.enter_twice(*at_hand[papers.alike])
    missing = desk.enter_twice(*at_hand[papers.missing])
    slip = desk.enter_with_a_slip(*at_hand[papers.slip])
    expected, sheet = at_hand[papers.late]
    late_sheet = Sheet(sheet.number, {**sheet.lines, "opened_at": "08:25"}, Anomaly.LATE_OPENING)
    late = desk.enter_twice(expected, late_sheet)
    begun = desk.paper_comes(*at_hand[papers.begun])
    desk.enter(begun, at_hand[papers.begun][1], "operator-3")
    if stage is Stage.NIGHT:
        return
    desk.accept_with_act(missing, at_hand[papers.missing][1])
    for post in ("operator-3", "operator-1"):
        desk.enter(slip, at_hand[papers.slip][1], post)
    desk.explain(late, late_sheet)
    desk.enter(begun, at_hand[papers.begun][1], "operator-2")


def _import(voting: Voting, source: Source, staff: Staff) -> None:
    done(import_protocols(voting, source, by=staff.cec_operator, at=times.FILE_COMES))


# ---------------------------------------------------------------- results


def _conclude(job: Job, voting: Voting, staff: Staff, step: Step) -> None:
    with step("protocols of the territorial commissions"):
        _sign(voting, staff, job.hands)
    if job.results is not None:
        _take_reading(voting, staff)
    with step("preliminary publication"):
        _publish(voting, Publication.Kind.PRELIMINARY, times.COUNTED, staff)
    if job.stage is not Stage.DETERMINED:
        return
    with step("determination"):
        taken = result_decided(voting, staff, at=times.CEC_DETERMINES)
        done(results.determine(voting, decision=taken, by=staff.cec_chair, at=times.CEC_DETERMINES))
    with step("official publication"):
        _publish(voting, Publication.Kind.OFFICIAL, times.PUBLISHED, staff)


def _sign(voting: Voting, staff: Staff, hands: int) -> None:
    """Every TEC signs its protocol, in `hands` threads: TECs do not wait for each other, and papers take time."""
    in_turn = tuple(_in_turn(voting))
    if hands == 1:
        for at, tec in in_turn:
            _sign_one(voting, tec, staff, at)
        return
    with ThreadPoolExecutor(hands) as pool:
        for signed in [pool.submit(_sign_in_thread, voting, tec, staff, at) for at, tec in in_turn]:
            signed.result()


def _sign_in_thread(voting: Voting, tec: Commission, staff: Staff, at: datetime) -> None:
    """The same with a connection that ends with the act; a thread's connection would outlive it."""
    try:
        _sign_one(voting, tec, staff, at)
    finally:
        connection.close()


def _sign_one(voting: Voting, tec: Commission, staff: Staff, at: datetime) -> None:
    sitting = decide_complaints(staff, tec, at=times.TEC_MEETINGS, election=voting.election.slug)
    meeting = results.FinalMeeting(sitting)
    done(results.sign_tec_protocol(voting, tec, by=staff.of_tec(tec, "chair"), at=at, meeting=meeting))


def _in_turn(voting: Voting) -> Iterator[tuple[datetime, Commission]]:
    at = times.TECS_SIGN
    for tec in commissions.tecs().filter(voting_precincts__voting=voting).distinct():
        at += times.A_MOMENT
        yield at, tec


def _take_reading(voting: Voting, staff: Staff) -> None:
    """The CEC has decided on the base of the threshold; its chair carries that out."""
    done(
        results.take_reading(
            voting.election,
            parameter="threshold_base",
            option=ThresholdBase.VALID_WITH_AGAINST_ALL,
            decision=base_decided(voting, staff, at=times.COUNTED),
            by=staff.cec_chair,
            at=times.COUNTED,
        )
    )


def _publish(voting: Voting, kind: Publication.Kind, at: datetime, staff: Staff) -> None:
    done(results.publish(voting, kind=kind, by=staff.cec_operator, at=at))
