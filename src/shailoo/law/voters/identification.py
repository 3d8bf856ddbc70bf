"""A voter at the table: list, document, identification, cheque, ballot, signatures (Art. 15.6, 31.2 to 31.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer, Requirement
from shailoo.law.voters.identity import NATIONAL_PASSPORTS, IdentityDocument
from shailoo.law.voters.voting import Voting


class Voted(StrEnum):
    """Whether and where the person has voted already."""

    NOT_YET = "not_yet"
    IN_PREMISES = "in_premises"
    BY_MOBILE_BOX = "by_mobile_box"


ALREADY: Mapping[Voted, NormId] = MappingProxyType({Voted.IN_PREMISES: "L31.4", Voted.BY_MOBILE_BOX: "L33.8.a2"})
"""A vote that bars another, with the norm by which it is known."""


class Signatory(StrEnum):
    """Who signs an act on failed identification."""

    MEMBER = "member"  # the one who controls identification
    OPERATOR = "operator"
    VOTER = "voter"


@dataclass(frozen=True, slots=True)
class FailureAct:
    """The act on equipment that did not confirm a listed voter. None: not known."""

    copies: int
    signed_by: frozenset[Signatory]
    copy_to_voter: bool | None = None
    copy_kept: bool | None = None
    chairperson_told: bool | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """The voter's row in the paper list, where a ballot was issued. None: not known."""

    by_drawn_member: bool | None = None  # the member drawn to register voters made the entry
    document_number: bool | None = None  # series and number of the identity document are written down
    member_signed: bool | None = None
    voter_signed: bool | None = None


@dataclass(frozen=True, slots=True)
class TableVisit:
    """A person at the table of a polling station at the instant `at`. None: not known.

    `listed`: in the final list of this station; `inside_at_close`: already in the premises when voting time ended;
    `for_another`: asks to vote for somebody else; `repeated`: every required attempt of identification was repeated;
    `confirmed`: the equipment confirmed the voter. Consent to identification is not asked for (L31.2.b1). `issued`
    says that a ballot was issued; `cheque` is the number of the printed cheque, `cheque_kept`: the issuing member has
    it.
    """

    voting: Voting
    at: datetime
    listed: bool | None = None
    document: IdentityDocument | None = None
    voted: Voted = Voted.NOT_YET
    for_another: bool = False
    inside_at_close: bool | None = None
    operator_present: bool | None = None
    confirmed: bool | None = None
    repeated: bool | None = None
    cheque: str | None = None
    act: FailureAct | None = None
    issued: bool = False
    cheque_kept: bool | None = None
    entry: Entry | None = None


class TableRuling(StrEnum):
    """What the table does."""

    ISSUE = "issue"  # a ballot is given, or was rightly given
    REFUSE = "refuse"
    IDENTIFY = "identify"  # or once more
    DRAW_UP_ACT = "draw_up_act"  # the equipment has failed
    NOT_KNOWN = "not_known"  # something is to be established first


ENTRY: Mapping[str, Requirement] = MappingProxyType(
    {
        "by_drawn_member": Requirement("L31.3.a1"),
        "document_number": Requirement("L31.3.a2"),
        "member_signed": Requirement("L31.3.a3"),
        "voter_signed": Requirement("L31.6"),
    }
)
"""What the row of the paper list holds once a ballot was issued."""

ACT: Mapping[str, Requirement] = MappingProxyType(
    {
        "chairperson_told": Requirement("L31.2.d1"),
        "copy_to_voter": Requirement("L31.2.d3"),
        "copy_kept": Requirement("L31.2.d3"),
    }
)
"""What is done with an act on failed identification."""


@applies(
    "L1.d05",
    "L15.6",
    "L31.1.a1",
    "L31.2.a1",
    "L31.2.b1",
    "L31.2.c1",
    "L31.2.c2",
    "L31.2.d1",
    "L31.2.d2",
    "L31.2.d3",
    "L31.2.d5",
    "L31.2.e",
    "L31.3.a1",
    "L31.3.a2",
    "L31.3.a3",
    "L31.4",
    "L31.5",
    "L31.6",
    "L33.8.a2",
)
def identification(facts: TableVisit, edition: Edition) -> Outcome[TableRuling]:
    """Whether a ballot is given to a person at the table: in the list, with a passport, identified, once, in person."""
    answer = Answer()
    _hours(facts, edition, answer)
    _person(facts, answer)
    if answer.barred:
        _not_to_be_issued(facts, answer)
        return answer.outcome(TableRuling.REFUSE)
    if answer.stopped:
        return answer.outcome(TableRuling.NOT_KNOWN)
    answer.required("operator_present", Requirement("L31.2.a1"), facts.operator_present)
    ruling = _identified(facts, edition, answer)
    if ruling is TableRuling.ISSUE and facts.issued:
        _issued(facts, answer)
    elif ruling is not TableRuling.ISSUE:
        _not_to_be_issued(facts, answer)
    return answer.outcome(ruling)


def _hours(facts: TableVisit, edition: Edition, answer: Answer) -> None:
    """From eight to eight; who is inside at the end of voting time may still vote (L35.1)."""
    opens = facts.voting.term("voting_opens", edition).opens
    closes = facts.voting.term("voting_closes", edition).opens
    if opens is None or closes is None:
        return
    if facts.at >= closes and facts.inside_at_close is None:
        answer.unknown("L31.1.a1", "inside_at_close")
        return
    moments: dict[str, Fact] = {"at": facts.at, "opens": opens, "closes": closes}
    inside = opens <= facts.at < closes or (facts.at >= closes and facts.inside_at_close is True)
    outside = Finding("L31.1.a1", "table_outside_voting_hours", Severity.ERROR, moments, ("at",))
    answer.test(inside, Step("L31.1.a1", "table_within_voting_hours", moments), outside)


def _person(facts: TableVisit, answer: Answer) -> None:
    """In the list, with a passport, for himself or herself, for the first time."""
    if facts.listed is None:
        answer.unknown("L15.6", "listed")
    else:
        absent = Finding("L15.6", "table_voter_not_listed", Severity.ERROR, {}, ("listed",))
        answer.test(facts.listed, Step("L15.6", "table_voter_listed"), absent)
    _document(facts, answer)
    other = Finding("L31.4", "table_vote_for_another", Severity.ERROR, {}, ("for_another",))
    answer.test(not facts.for_another, Step("L31.4", "table_vote_in_person"), other)
    if facts.voted in ALREADY:
        where: dict[str, Fact] = {"voted": facts.voted}
        again = Finding(ALREADY[facts.voted], "table_voted_already", Severity.ERROR, where, ("voted",))
        answer.findings.append(again)


def _document(facts: TableVisit, answer: Answer) -> None:
    if facts.document is None:
        answer.findings.append(Finding("L31.5", "table_no_document", Severity.ERROR, {}, ("document",)))
        return
    shown: dict[str, Fact] = {"identity_document": facts.document}
    other = Finding("L1.d05", "table_document_no_passport", Severity.ERROR, shown, ("document",))
    answer.test(facts.document in NATIONAL_PASSPORTS, Step("L31.5", "table_document_shown", shown), other)


def _identified(facts: TableVisit, edition: Edition, answer: Answer) -> TableRuling:
    if facts.confirmed:
        answer.steps.append(Step("L31.2.a1", "table_identified"))
        none = Finding("L31.2.c1", "table_cheque_missing", Severity.ERROR, {}, ("cheque",))
        printed: dict[str, Fact] = {"cheque": facts.cheque or ""}
        with_cheque = answer.test(facts.cheque is not None, Step("L31.2.c1", "table_cheque_printed", printed), none)
        return TableRuling.ISSUE if with_cheque else TableRuling.IDENTIFY
    if facts.confirmed is None or not facts.repeated:
        answer.steps.append(Step("L31.2.d1", "table_identification_to_be_repeated"))
        return TableRuling.IDENTIFY
    _failed(facts, edition, answer)
    return TableRuling.DRAW_UP_ACT if facts.act is None else TableRuling.REFUSE


def _failed(facts: TableVisit, edition: Edition, answer: Answer) -> None:
    """An act in two copies with three signatures; the voter does not vote."""
    answer.steps.append(Step("L31.2.d5", "table_no_vote_without_identification"))
    if facts.act is None:
        answer.findings.append(Finding("L31.2.d1", "table_failure_act_missing", Severity.ERROR, {}, ("act",)))
        return
    numbers: dict[str, Fact] = {"copies": facts.act.copies, "needed": edition.identification_act_copies}
    few = Finding("L31.2.d1", "table_failure_act_copies", Severity.ERROR, numbers, ("act",))
    right = facts.act.copies == edition.identification_act_copies
    answer.test(right, Step("L31.2.d1", "table_failure_act_drawn_up", numbers), few)
    for signatory in Signatory:
        who: dict[str, Fact] = {"signatory": signatory}
        unsigned = Finding("L31.2.d2", "table_failure_act_unsigned", Severity.ERROR, who, ("act",))
        signed = signatory in facts.act.signed_by
        answer.test(signed, Step("L31.2.d2", "table_failure_act_signed", who), unsigned)
    answer.require(ACT, facts.act)


def _issued(facts: TableVisit, answer: Answer) -> None:
    """The cheque stays with the issuing member, the row is complete."""
    answer.required("cheque_kept", Requirement("L31.2.c2"), facts.cheque_kept)
    if facts.entry is None:
        answer.findings.append(Finding("L31.3.a1", "table_entry_missing", Severity.ERROR, {}, ("entry",)))
    else:
        answer.require(ENTRY, facts.entry)


def _not_to_be_issued(facts: TableVisit, answer: Answer) -> None:
    """A ballot that was given all the same: to a voter whom nothing identified, its member is liable."""
    if facts.issued:
        norm = "L31.2.e" if facts.cheque is None else "L31.5"
        answer.findings.append(Finding(norm, "table_ballot_issued_unlawfully", Severity.ERROR, {}, ("issued",)))
