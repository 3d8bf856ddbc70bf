"""The morning of election day at a polling station, until voting opens (Art. 30.9, 30.11, 31.1, 31.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import Entry
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer, Requirement
from shailoo.law.voters.control_sheets import PREMISES, ControlSheet, check_sheet
from shailoo.law.voters.voting import Voting


class Role(StrEnum):
    """What a member of the precinct commission does on election day."""

    IDENTIFICATION = "identification"
    REGISTRATION = "registration"
    ISSUING = "issuing"
    CONTROL = "control"


ROLES: Mapping[Role, NormId] = MappingProxyType(
    {
        Role.IDENTIFICATION: "L31.1.b.1",
        Role.REGISTRATION: "L31.1.b.2",
        Role.ISSUING: "L31.1.b.3",
        Role.CONTROL: "L31.1.b.4",
    }
)
"""The roles that are drawn by lot, each with its norm."""


@dataclass(frozen=True, slots=True)
class BallotBox:
    """A ballot box in the premises and what was done with it before voting. None: not known."""

    id: str
    shown_empty: bool | None = None
    sealed: bool | None = None
    sheet: ControlSheet | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Ballots that a member took to issue: the member, how many, whether the member signed the register."""

    member: str
    ballots: int
    signed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StationOpening:
    """What a precinct commission did before it opened the voting. None: not done, or not known.

    Members are named; `drawn` gives the members of each role by the lot. `voters_paper` and `voters_electronic` are the
    voters of the two lists. Of the ballots, `received` came from the superior commission, `for_mobile` went to mobile
    voting the day before, `counted` is what the members counted now, `kept` what stays in the safe. `list_keepers` are
    the members who were given pages of the paper list; a box stands `nearest_booth_centimetres` from a booth at least.
    """

    voting: Voting
    met: datetime | None = None
    opened: datetime | None = None
    chairperson: str
    secretary: str
    drawn: Mapping[str, tuple[str, ...]]
    safe_in_station: bool | None = None
    safe_seal_intact: bool | None = None
    opened_before_witnesses: bool | None = None
    voters_announced: bool | None = None
    voters_paper: int | None = None
    voters_electronic: int | None = None
    list_shown: bool | None = None
    list_keepers: tuple[str, ...]
    boxes: tuple[BallotBox, ...]
    ballots_announced: bool | None = None
    ballots_shown: bool | None = None
    received: int
    for_mobile: int
    counted: int | None = None
    entered_in_protocol: bool | None = None
    signed_and_stamped: bool | None = None
    batches: tuple[Batch, ...]
    kept: int
    nearest_booth_centimetres: int | None = None
    identification_visible: bool | None = None
    booths_secret: bool | None = None

    def __post_init__(self) -> None:
        strange = self.drawn.keys() - {role.value for role in Role}
        if strange:
            raise ValueError(f"there is no role {', '.join(sorted(strange))}")
        if self.for_mobile > self.received:
            raise ValueError("no more ballots went to mobile voting than were received")


BEFORE_VOTING: Mapping[str, Requirement] = MappingProxyType(
    {
        "safe_in_station": Requirement("L30.11.a2"),
        "safe_seal_intact": Requirement("L31.1.d1"),
        "opened_before_witnesses": Requirement("L31.1.d1"),
        "voters_announced": Requirement("L31.1.d2"),
        "list_shown": Requirement("L31.1.d3"),
        "ballots_announced": Requirement("L31.1.f1"),
        "ballots_shown": Requirement("L31.1.f3"),
        "entered_in_protocol": Requirement("L31.1.f4"),
        "signed_and_stamped": Requirement("L30.9.b"),
        "identification_visible": Requirement("L31.2.a2"),
        "booths_secret": Requirement("L31.7.a2"),
    }
)
"""What must have been done, or be so, before the first voter comes in."""

BOX: Mapping[str, Requirement] = MappingProxyType(
    {"shown_empty": Requirement("L31.1.e1"), "sealed": Requirement("L31.1.e2")}
)
"""What is done with every box."""


@applies(
    "L30.9.b",
    "L30.11.a2",
    "L31.1.a1",
    "L31.1.b",
    "L31.1.b.1",
    "L31.1.b.2",
    "L31.1.b.3",
    "L31.1.b.4",
    "L31.1.c",
    "L31.1.d1",
    "L31.1.d2",
    "L31.1.d3",
    "L31.1.d4",
    "L31.1.d5",
    "L31.1.e1",
    "L31.1.e2",
    "L31.1.e3",
    "L31.1.e4",
    "L31.1.e5",
    "L31.1.f1",
    "L31.1.f2",
    "L31.1.f3",
    "L31.1.f4",
    "L31.1.g1",
    "L31.2.a2",
    "L31.7.a2",
    "L31.7.a3",
)
def station_opening(facts: StationOpening, edition: Edition) -> Outcome[bool | None]:
    """Whether a polling station may open: roles by lot, safe, lists, boxes, control sheets, ballots, the room."""
    answer = Answer()
    _hour("L31.1.b", facts.met, facts.voting.term("pec_opening_meeting", edition), "met", answer)
    _roles(facts, answer)
    answer.require(BEFORE_VOTING, facts)
    _lists(facts, answer)
    _boxes(facts, answer)
    _ballots(facts, edition, answer)
    _room(facts, edition, answer)
    _hour("L31.1.a1", facts.opened, facts.voting.term("voting_opens", edition), "opened", answer)
    return answer.outcome(answer.verdict)


def _hour(norm: NormId, done: datetime | None, term: Entry, name: str, answer: Answer) -> None:
    """An act at a named hour: not before it, and later only with an explanation."""
    if term.opens is None:
        return
    if done is None:
        late: dict[str, Fact] = {"polling_hour": term.id, "hour": term.opens}
        answer.findings.append(Finding(norm, "polling_hour_not_reported", Severity.WARNING, late, (name,)))
        return
    hours: dict[str, Fact] = {"polling_hour": term.id, "hour": term.opens, "done": done}
    if done < term.opens:
        answer.findings.append(Finding(norm, "polling_hour_too_early", Severity.ERROR, hours, (name,)))
        return
    answer.test(
        done == term.opens,
        Step(norm, "polling_hour_kept", hours),
        Finding(norm, "polling_hour_missed", Severity.WARNING, hours, (name,)),
    )


def _roles(facts: StationOpening, answer: Answer) -> None:
    """Each role has a member, and neither chairperson nor secretary has one."""
    for role, norm in ROLES.items():
        members = facts.drawn.get(role.value, ())
        names: dict[str, Fact] = {"role": f"drawn_{role.value}", "members": ", ".join(members)}
        nobody = Finding(norm, "station_role_empty", Severity.ERROR, {"role": f"drawn_{role.value}"}, ("drawn",))
        answer.test(bool(members), Step(norm, "station_role_drawn", names), nobody)
    drawn = {name for members in facts.drawn.values() for name in members}
    heads = [name for name in (facts.chairperson, facts.secretary) if name in drawn]
    barred: dict[str, Fact] = {"members": ", ".join(heads)}
    breach = Finding("L31.1.c", "station_heads_in_draw", Severity.ERROR, barred, ("drawn",))
    answer.test(not heads, Step("L31.1.c", "station_heads_not_in_draw"), breach)


def _lists(facts: StationOpening, answer: Answer) -> None:
    """Both lists agree, and the paper list lies with members who register voters."""
    paper, electronic = facts.voters_paper, facts.voters_electronic
    if paper is None or electronic is None:
        answer.unknown("L31.1.d4", "voters_paper" if paper is None else "voters_electronic")
    else:
        numbers: dict[str, Fact] = {"paper": paper, "electronic": electronic}
        fields = ("voters_paper", "voters_electronic")
        differ = Finding("L31.1.d4", "station_lists_differ", Severity.WARNING, numbers, fields)
        answer.test(paper == electronic, Step("L31.1.d4", "station_lists_agree", numbers), differ)
    registrars = facts.drawn.get(Role.REGISTRATION.value, ())
    others = ", ".join(name for name in facts.list_keepers if name not in registrars)
    names: dict[str, Fact] = {"members": others}
    if not facts.list_keepers:
        nobody = Finding("L31.1.d5", "station_list_not_handed_out", Severity.ERROR, {}, ("list_keepers",))
        answer.findings.append(nobody)
        return
    strange = Finding("L31.1.d5", "station_list_with_others", Severity.ERROR, names, ("list_keepers",))
    answer.test(not others, Step("L31.1.d5", "station_list_with_registrars"), strange)


def _boxes(facts: StationOpening, answer: Answer) -> None:
    """Each box is shown empty, sealed, and then given its control sheet."""
    none = Finding("L31.1.e1", "station_without_boxes", Severity.ERROR, {}, ("boxes",))
    answer.test(bool(facts.boxes), Step("L31.1.e1", "station_boxes", {"boxes": len(facts.boxes)}), none)
    for box in facts.boxes:
        answer.require(BOX, box)
        whose: dict[str, Fact] = {"box": box.id}
        if box.sheet is None:
            answer.findings.append(Finding("L31.1.e3", "control_sheet_missing", Severity.ERROR, whose, ("boxes",)))
            continue
        answer.steps.append(Step("L31.1.e3", "control_sheet_in_box", whose))
        check_sheet(box.sheet, PREMISES, answer)


def _ballots(facts: StationOpening, edition: Edition, answer: Answer) -> None:
    """The count agrees with what was received less what went out the day before; members sign for batches."""
    due = facts.received - facts.for_mobile
    if facts.counted is None:
        answer.unknown("L31.1.f2", "counted")
        return
    numbers: dict[str, Fact] = {"received": facts.received, "for_mobile": facts.for_mobile, "counted": facts.counted}
    differ = Finding("L31.1.f2", "station_ballots_differ", Severity.WARNING, numbers, ("counted",))
    answer.test(facts.counted == due, Step("L31.1.f2", "station_ballots_agree", numbers), differ)
    given = sum(batch.ballots for batch in facts.batches)
    rest: dict[str, Fact] = {"given": given, "kept": facts.kept, "counted": facts.counted}
    lost = Finding("L31.1.g1", "station_batches_do_not_add_up", Severity.ERROR, rest, ("batches", "kept"))
    answer.test(given + facts.kept == facts.counted, Step("L31.1.g1", "station_batches_add_up", rest), lost)
    _batches(facts, edition, answer)


def _batches(facts: StationOpening, edition: Edition, answer: Answer) -> None:
    """A hundred each, the last may be smaller; to members who issue ballots, against signature."""
    issuers = facts.drawn.get(Role.ISSUING.value, ())
    for number, batch in enumerate(facts.batches, 1):
        facts_of: dict[str, Fact] = {"batch": number, "member": batch.member, "ballots": batch.ballots}
        last = number == len(facts.batches) and facts.kept == 0
        whole = batch.ballots == edition.ballot_batch or (last and 0 < batch.ballots < edition.ballot_batch)
        if not whole:
            size = {**facts_of, "batch_size": edition.ballot_batch}
            answer.findings.append(Finding("L31.1.g1", "station_batch_size", Severity.ERROR, size, ("batches",)))
        if batch.signed is None:
            answer.unknown("L31.1.g1", "signed", "batches")
        elif not batch.signed:
            answer.findings.append(
                Finding("L31.1.g1", "station_batch_unsigned", Severity.ERROR, facts_of, ("batches",))
            )
        if batch.member not in issuers:
            strange = Finding("L31.1.g1", "station_batch_to_another", Severity.ERROR, facts_of, ("batches",))
            answer.findings.append(strange)


def _room(facts: StationOpening, edition: Edition, answer: Answer) -> None:
    distance = facts.nearest_booth_centimetres
    if distance is None:
        answer.unknown("L31.7.a3", "nearest_booth_centimetres")
        return
    numbers: dict[str, Fact] = {"centimetres": distance, "needed": edition.box_distance_centimetres}
    near = Finding("L31.7.a3", "station_box_too_near", Severity.ERROR, numbers, ("nearest_booth_centimetres",))
    far_enough = distance >= edition.box_distance_centimetres
    answer.test(far_enough, Step("L31.7.a3", "station_box_far_enough", numbers), near)
