"""How a precinct commission holds mobile voting: lot, register, boxes, papers, act (Art. 33.3 to 33.10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, Unsettled, applies
from shailoo.law.voters.answer import Answer, Requirement
from shailoo.law.voters.control_sheets import MOBILE, ControlSheet, check_sheet
from shailoo.law.voters.voting import Voting


class PaperListWay(StrEnum):
    """How voters of several boxes on their way at once are entered in the one bound paper list of a precinct."""

    ONE_AFTER_ANOTHER = "paper_list_one_after_another"  # the boxes do not travel at the same time
    CERTIFIED_EXTRACTS = "paper_list_certified_extracts"


@dataclass(frozen=True, slots=True, kw_only=True)
class MobileBox:
    """A mobile box and what was done with it, before it left and after it came back. None: not known.

    `members` names the members who went with it; `slot_sealed`: closed by a sheet that everybody signed and stamped;
    `in_safe`: kept in the safe, additionally sealed; `opened_before_end`: opened before voting in the premises ended.
    """

    id: str
    mobile_shown_empty: bool | None = None
    mobile_sealed: bool | None = None
    sheet: ControlSheet | None = None
    members: tuple[str, ...]
    slot_sealed: bool | None = None
    in_safe: bool | None = None
    opened_before_end: bool | None = False


class ActEntry(StrEnum):
    """The six numbers that the act on the end of mobile voting states."""

    APPLICATIONS = "act_applications"
    VOTED = "act_voted"
    ISSUED = "act_issued"
    CHEQUES = "act_cheques"
    UNUSED = "act_unused"
    SPOILED = "act_spoiled"


@dataclass(frozen=True, slots=True)
class MobileAct:
    """The act on the end of mobile voting: who was there, who signed, who asked for a copy, who got one stamped.

    `states` are the numbers that stand in it.
    """

    attended: tuple[str, ...]
    signed: tuple[str, ...]
    copies_asked: tuple[str, ...] = ()
    copies_given: tuple[str, ...] = ()
    states: frozenset[ActEntry] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MobileOrganization:
    """Mobile voting of one precinct, with `applications` in its register. None: not done, or not known.

    Days are local: of the lot, of posting the register, of the voting. `drawn` are members drawn by lot, `at_once` the
    number of boxes on their way at the same time. `refused` names those who were not let be present. `paper_list` is
    what the Central Commission decided for several boxes at once.
    """

    voting: Voting
    applications: int
    chairperson: str
    secretary: str
    lot: date | None = None
    drawn: tuple[str, ...]
    at_once: int
    register_posted: date | None = None
    register_without_reasons: bool | None = None
    held: date | None = None
    boxes: tuple[MobileBox, ...]
    operator_with_each: bool | None = None
    ballots_signed_for: bool | None = None
    ballots_stamped: bool | None = None
    identified: bool | None = None
    cheques_taken: bool | None = None
    entered_by_drawn_member: bool | None = None
    voters_signed: bool | None = None
    filled_alone: bool | None = None
    secret_place: bool | None = None
    rows_complete: bool | None = None
    noted_mobile: bool | None = None
    refused: tuple[str, ...] = ()
    act: MobileAct | None = None
    paper_list: PaperListWay | None = None


GOING: Mapping[str, Requirement] = MappingProxyType(
    {
        "operator_with_each": Requirement("L33.3.a2"),
        "ballots_signed_for": Requirement("L33.3.a2"),
        "ballots_stamped": Requirement("L30.9.b"),
        "identified": Requirement("L33.6.a1"),
        "cheques_taken": Requirement("L33.6.a2"),
        "entered_by_drawn_member": Requirement("L33.6.a3"),
        "voters_signed": Requirement("L33.6.a4"),
        "filled_alone": Requirement("L33.7.a1"),
        "secret_place": Requirement("L33.7.a2"),
        "rows_complete": Requirement("L33.8.a1"),
        "noted_mobile": Requirement("L33.8.a2"),
        "register_without_reasons": Requirement("L33.4.b", Severity.WARNING),
    }
)
"""What those who go to voters do, and the register that is posted without reasons of health."""

MOBILE_BOX: Mapping[str, Requirement] = MappingProxyType(
    {
        "mobile_shown_empty": Requirement("L33.5.a1"),
        "mobile_sealed": Requirement("L33.5.a2"),
        "slot_sealed": Requirement("L33.9.a1"),
        "in_safe": Requirement("L33.9.a2"),
    }
)
"""What is done with every mobile box, before and after."""


@applies(
    "L33.1.a2",
    "L33.2.a1",
    "L33.3.a1",
    "L33.3.a2",
    "L33.3.a3",
    "L33.4.a1",
    "L33.4.a2",
    "L33.4.b",
    "L33.5.a1",
    "L33.5.a2",
    "L33.5.a3",
    "L33.5.a4",
    "L33.5.a5",
    "L33.6.a1",
    "L33.6.a2",
    "L33.6.a3",
    "L33.6.a4",
    "L33.7.a1",
    "L33.7.a2",
    "L33.8.a1",
    "L33.8.a2",
    "L33.9.a1",
    "L33.9.a2",
    "L33.9.b1",
    "L33.9.b2",
    "L33.9.b3",
    "L33.10",
)
def mobile_organization(facts: MobileOrganization, edition: Edition) -> Outcome[bool | None]:
    """Whether a precinct held mobile voting as the law asks: its day, lot, register, boxes, papers and act."""
    answer = Answer()
    if not facts.applications and facts.held is None:
        answer.steps.append(Step("L33.1.a2", "mobile_nobody_applied"))
        return answer.outcome(answer.verdict)
    _day(facts, edition, answer)
    _lot(facts, edition, answer)
    posting = facts.voting.term("mobile_voting_registry_posted", edition)
    answer.kept("L33.4.b", facts.register_posted, posting, "register_posted")
    answer.require(GOING, facts)
    for name in facts.refused:
        who: dict[str, Fact] = {"person": name}
        answer.findings.append(Finding("L33.3.a3", "mobile_audience_refused", Severity.WARNING, who, ("refused",)))
    if not facts.refused:
        answer.steps.append(Step("L33.3.a3", "mobile_open_to_representatives"))
    _boxes(facts, edition, answer)
    _paper_list(facts, answer)
    _act(facts, answer)
    return answer.outcome(answer.verdict)


def _day(facts: MobileOrganization, edition: Edition, answer: Answer) -> None:
    term = facts.voting.term("mobile_voting_day", edition)
    if term.first is None:
        return
    if facts.held is None:
        due: dict[str, Fact] = {"applications": facts.applications, "mobile_day": term.first}
        answer.findings.append(Finding("L33.1.a2", "mobile_voting_not_held", Severity.ERROR, due, ("held",)))
        return
    days: dict[str, Fact] = {"mobile_day": term.first, "visit": facts.held}
    wrong = Finding("L33.2.a1", "mobile_visit_on_another_day", Severity.ERROR, days, ("held",))
    answer.test(facts.held == term.first, Step("L33.2.a1", "mobile_visit_on_its_day", days), wrong)


def _lot(facts: MobileOrganization, edition: Edition, answer: Answer) -> None:
    """Two members in all, and two for each box on its way at the same time; chairperson and secretary stay."""
    answer.kept("L33.4.a1", facts.lot, facts.voting.term("mobile_voting_lot", edition), "lot")
    needed = edition.mobile_members * max(1, facts.at_once)
    numbers: dict[str, Fact] = {"drawn": len(facts.drawn), "needed": needed, "boxes": facts.at_once}
    few = Finding("L33.4.a1", "mobile_members_too_few", Severity.ERROR, numbers, ("drawn", "at_once"))
    answer.test(len(facts.drawn) >= needed, Step("L33.4.a1", "mobile_members_enough", numbers), few)
    heads = ", ".join(name for name in (facts.chairperson, facts.secretary) if name in facts.drawn)
    barred = Finding("L33.4.a2", "mobile_heads_in_draw", Severity.ERROR, {"members": heads}, ("drawn",))
    answer.test(not heads, Step("L33.4.a2", "mobile_heads_not_in_draw"), barred)


def _boxes(facts: MobileOrganization, edition: Edition, answer: Answer) -> None:
    numbers: dict[str, Fact] = {"boxes": len(facts.boxes), "most": edition.mobile_boxes}
    wrong = Finding("L33.3.a1", "mobile_boxes_too_many", Severity.ERROR, numbers, ("boxes",))
    answer.test(len(facts.boxes) <= edition.mobile_boxes, Step("L33.3.a1", "mobile_boxes_within", numbers), wrong)
    for box in facts.boxes:
        answer.require(MOBILE_BOX, box)
        _box(box, facts, answer)


def _box(box: MobileBox, facts: MobileOrganization, answer: Answer) -> None:
    whose: dict[str, Fact] = {"box": box.id}
    missing = Finding("L33.5.a3", "control_sheet_missing", Severity.ERROR, whose, ("boxes",))
    if answer.test(box.sheet is not None, Step("L33.5.a3", "control_sheet_in_box", whose), missing) and box.sheet:
        check_sheet(box.sheet, MOBILE, answer)
    strangers = ", ".join(name for name in box.members if name not in facts.drawn)
    names: dict[str, Fact] = {"box": box.id, "members": strangers} if strangers else {"box": box.id}
    not_drawn = Finding("L33.4.a1", "mobile_member_not_drawn", Severity.ERROR, names, ("boxes",))
    answer.test(bool(box.members) and not strangers, Step("L33.4.a1", "mobile_members_drawn", whose), not_drawn)
    if box.opened_before_end is None:
        answer.unknown("L33.10", "opened_before_end", "boxes")
        return
    opened = Finding("L33.10", "mobile_box_opened_early", Severity.ERROR, whose, ("boxes",))
    answer.test(not box.opened_before_end, Step("L33.10", "mobile_box_unopened", whose), opened)


def _paper_list(facts: MobileOrganization, answer: Answer) -> None:
    """A precinct has one bound list (L15.5), in which every voter signs (L33.6): it cannot travel with two boxes."""
    if facts.at_once <= 1:
        return
    if facts.paper_list is None:
        answer.unsettled = Unsettled(
            "paper_list_of_several_boxes",
            ("L33.6.a3", "L33.6.a4", "L15.5.b1"),
            ("paper_list_one_after_another", "paper_list_certified_extracts"),
        )
        return
    chosen: dict[str, Fact] = {"option": facts.paper_list}
    together = facts.paper_list is not PaperListWay.ONE_AFTER_ANOTHER
    several = Finding("L33.6.a3", "mobile_boxes_at_once", Severity.ERROR, {"boxes": facts.at_once}, ("at_once",))
    answer.test(together, Step("L33.6.a3", "mobile_paper_list_decided", chosen), several)


def _act(facts: MobileOrganization, answer: Answer) -> None:
    """Signed by everybody who was there; a stamped copy at once for whoever asks."""
    if facts.act is None:
        answer.findings.append(Finding("L33.9.b1", "mobile_act_missing", Severity.ERROR, {}, ("act",)))
        return
    act = facts.act
    missing = [entry for entry in ActEntry if entry not in act.states]
    for entry in missing:
        gap: dict[str, Fact] = {"act_entry": entry}
        answer.findings.append(Finding("L33.9.b1", "mobile_act_incomplete", Severity.ERROR, gap, ("act",)))
    if not missing:
        answer.steps.append(Step("L33.9.b1", "mobile_act_complete"))
    unsigned = ", ".join(name for name in act.attended if name not in act.signed)
    names: dict[str, Fact] = {"people": unsigned} if unsigned else {}
    not_signed = Finding("L33.9.b2", "mobile_act_unsigned", Severity.ERROR, names, ("act",))
    signed = bool(act.attended) and not unsigned
    answer.test(signed, Step("L33.9.b2", "mobile_act_signed", {"people": len(act.attended)}), not_signed)
    without = ", ".join(name for name in act.copies_asked if name not in act.copies_given)
    no_copy = Finding("L33.9.b3", "mobile_act_copy_refused", Severity.ERROR, {"people": without}, ("act",))
    answer.test(not without, Step("L33.9.b3", "mobile_act_copies_given", {"copies": len(act.copies_given)}), no_copy)
