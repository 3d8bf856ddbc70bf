"""How many ballots there are, and how they are printed, destroyed and handed over (Art. 30.1, 30.6 to 30.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer, Requirement
from shailoo.law.voters.voting import Voting


class BallotLevel(StrEnum):
    """Whose ballots are counted against whose voters."""

    COUNTRY = "country"  # all ballots against all registered voters
    PRECINCT = "precinct"  # a precinct's ballots against its voter list


LIMIT: Mapping[BallotLevel, NormId] = MappingProxyType(
    {BallotLevel.COUNTRY: "L30.1.a3", BallotLevel.PRECINCT: "L30.9.a4"}
)
"""The norm that limits the ballots at each level."""


@dataclass(frozen=True, slots=True)
class BallotQuantity:
    """Ballots (made for the country, or given to a precinct) and the voters of the final list or lists."""

    level: BallotLevel
    voters: int
    ballots: int


@dataclass(frozen=True, slots=True)
class QuantityVerdict:
    """The most ballots that the voters allow, how many of them are spare, and how many ballots are too many."""

    limit: int
    spare: int
    surplus: int


@applies("L30.1.a3", "L30.9.a4", "L31.9.a1")
def ballot_quantity(facts: BallotQuantity, edition: Edition) -> Outcome[QuantityVerdict]:
    """Whether there are at most 0.1 per cent more ballots than voters, rounded as the reading says.

    A precinct without a spare ballot cannot give a new one for a spoiled one (L31.9): that is warned of.
    """
    answer = Answer()
    norm, limit = LIMIT[facts.level], edition.ballot_limit(facts.voters)
    spare, surplus = limit - facts.voters, max(0, facts.ballots - limit)
    numbers: dict[str, Fact] = {"voters": facts.voters, "ballots": facts.ballots, "limit": limit, "spare": spare}
    over: dict[str, Fact] = {"voters": facts.voters, "ballots": facts.ballots, "limit": limit, "surplus": surplus}
    too_many = Finding(norm, "ballots_over_limit", Severity.ERROR, over, ("ballots",))
    answer.test(surplus == 0, Step(norm, "ballots_within_limit", numbers), too_many)
    if facts.level is BallotLevel.PRECINCT and facts.voters and facts.ballots <= facts.voters:
        none: dict[str, Fact] = {"voters": facts.voters, "ballots": facts.ballots, "spare": spare}
        answer.findings.append(Finding("L31.9.a1", "ballots_none_spare", Severity.WARNING, none, ("ballots",)))
    return answer.outcome(QuantityVerdict(limit, spare, surplus))


# ------------------------------------------------------------------------------------- printing and destruction


class Witness(StrEnum):
    """Whose representatives are invited to the destruction of ballots."""

    CANDIDATES = "candidates"
    PARTIES = "parties"
    PRINTING_HOUSE = "printing_house"
    MASS_MEDIA = "mass_media"
    LAW_ENFORCEMENT = "law_enforcement"


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotPrinting:
    """The end of printing: ballots by what became of them, and who was there when the rest was destroyed.

    `attended` and `signed` are names: those present at the destruction, and those who signed its act. `members` are
    members of the Central Commission present. Nothing is destroyed where nothing was discarded or left over.
    """

    voting: Voting
    finished: date | None = None
    printed: int
    transferred: int
    discarded: int
    surplus: int
    destroyed: int
    transfer_act: bool | None = None
    members: int = 0
    invited: frozenset[Witness] = frozenset()
    attended: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()


@applies("L30.6.a1", "L30.7.a1", "L30.7.a2", "L30.7.a3")
def ballot_printing(facts: BallotPrinting, edition: Edition) -> Outcome[int]:
    """Whether every printed ballot was transferred under an act or destroyed before witnesses; how many are missing."""
    answer = Answer()
    if facts.voting.knows("ballots_printed"):
        answer.kept("L30.6.a1", facts.finished, facts.voting.term("ballots_printed", edition), "finished")
    answer.required("transfer_act", Requirement("L30.7.a1"), facts.transfer_act)
    to_destroy = facts.discarded + facts.surplus
    missing = facts.printed - facts.transferred - to_destroy
    numbers: dict[str, Fact] = {
        "printed": facts.printed,
        "transferred": facts.transferred,
        "discarded": facts.discarded,
        "surplus": facts.surplus,
    }
    fields = ("printed", "transferred", "discarded", "surplus")
    lost = Finding("L30.7.a1", "printed_ballots_not_accounted_for", Severity.ERROR, numbers, fields)
    answer.test(missing == 0, Step("L30.7.a1", "printed_ballots_accounted_for", numbers), lost)
    if to_destroy or facts.destroyed:
        _destruction(facts, to_destroy, edition, answer)
    return answer.outcome(missing)


def _destruction(facts: BallotPrinting, to_destroy: int, edition: Edition, answer: Answer) -> None:
    numbers: dict[str, Fact] = {"destroyed": facts.destroyed, "to_destroy": to_destroy}
    differing = Finding("L30.7.a2", "destroyed_ballots_differ", Severity.ERROR, numbers, ("destroyed",))
    answer.test(facts.destroyed == to_destroy, Step("L30.7.a2", "destroyed_ballots_agree", numbers), differing)
    present: dict[str, Fact] = {"members": facts.members, "needed": edition.destruction_members}
    few = Finding("L30.7.a2", "destruction_members_too_few", Severity.ERROR, present, ("members",))
    enough = facts.members >= edition.destruction_members
    answer.test(enough, Step("L30.7.a2", "destruction_members_enough", present), few)
    for witness in Witness:
        who: dict[str, Fact] = {"witness": witness}
        not_invited = Finding("L30.7.a2", "destruction_witness_not_invited", Severity.ERROR, who, ("invited",))
        answer.test(witness in facts.invited, Step("L30.7.a2", "destruction_witness_invited", who), not_invited)
    _signatures(facts, answer)


def _signatures(facts: BallotPrinting, answer: Answer) -> None:
    """The act is signed by everybody who was there."""
    if not facts.attended:
        nobody = Finding("L30.7.a3", "destruction_attendance_not_recorded", Severity.ERROR, {}, ("attended",))
        answer.findings.append(nobody)
        return
    unsigned = ", ".join(name for name in facts.attended if name not in facts.signed)
    missing = Finding("L30.7.a3", "destruction_act_unsigned", Severity.ERROR, {"people": unsigned}, ("signed",))
    answer.test(not unsigned, Step("L30.7.a3", "destruction_act_signed", {"signed": len(facts.attended)}), missing)


# ------------------------------------------------------------------------------------- handing over


class Handover(StrEnum):
    """Who gives ballots to whom."""

    CEC_TO_TEC = "cec_to_tec"
    TEC_TO_PEC = "tec_to_pec"


@dataclass(frozen=True, slots=True)
class HandoverNorms:
    """The norms of one kind of handing over: presence of members, right to be there, terms by kind of voting."""

    presence: NormId
    audience: NormId
    term: tuple[NormId, str]
    repeat_term: tuple[NormId, str]


HANDOVERS: Mapping[Handover, HandoverNorms] = MappingProxyType(
    {
        Handover.CEC_TO_TEC: HandoverNorms(
            "L30.8.a1",
            "L30.8.a2",
            ("L30.9.a1", "ballots_to_tecs"),
            ("L30.9.a2", "ballots_to_tecs_repeat_voting"),
        ),
        Handover.TEC_TO_PEC: HandoverNorms(
            "L30.8.a3",
            "L30.8.a4",
            ("L30.9.a3", "ballots_to_pecs"),
            ("L30.9.a3", "ballots_to_pecs"),
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotHandover:
    """One handing over of ballots: its local day, and the members of the receiving commission, all and present.

    `act` says whether there is an act of transfer; `refused` names representatives who were not let in; `voters` are
    the listed voters of the precinct, where a precinct receives.
    """

    voting: Voting
    handover: Handover
    on: date | None = None
    members: int
    present: int
    act: bool | None = None
    ballots: int
    voters: int | None = None
    refused: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.members < 1 or self.present > self.members:
            raise ValueError("a commission has members, and no more are present than it has")


@applies("L30.8.a1", "L30.8.a2", "L30.8.a3", "L30.8.a4", "L30.9.a1", "L30.9.a2", "L30.9.a3", "L30.9.a4")
def ballot_handover(facts: BallotHandover, edition: Edition) -> Outcome[bool | None]:
    """Whether ballots may be handed over so: under an act, half of the members present, in time, not too many."""
    answer = Answer()
    norms = HANDOVERS[facts.handover]
    answer.required("act", Requirement(norms.presence), facts.act)
    numbers: dict[str, Fact] = {"present": facts.present, "members": facts.members}
    few = Finding(norms.presence, "handover_members_too_few", Severity.ERROR, numbers, ("present",))
    enough = facts.present >= edition.handover_presence * facts.members
    answer.test(enough, Step(norms.presence, "handover_members_enough", numbers), few)
    for name in facts.refused:
        who: dict[str, Fact] = {"person": name}
        answer.findings.append(
            Finding(norms.audience, "handover_audience_refused", Severity.WARNING, who, ("refused",))
        )
    if not facts.refused:
        answer.steps.append(Step(norms.audience, "handover_open_to_representatives"))
    norm, event = norms.term if facts.voting.knows(norms.term[1]) else norms.repeat_term
    answer.kept(norm, facts.on, facts.voting.term(event, edition), "on")
    if facts.handover is Handover.TEC_TO_PEC:
        _to_precinct(facts, edition, answer)
    return answer.outcome(answer.verdict)


def _to_precinct(facts: BallotHandover, edition: Edition, answer: Answer) -> None:
    if facts.voters is None:
        answer.unknown("L30.9.a4", "voters")
    else:
        answer.take(ballot_quantity(BallotQuantity(BallotLevel.PRECINCT, facts.voters, facts.ballots), edition))
