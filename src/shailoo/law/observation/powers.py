"""What each mandate entitles to and forbids, as tables: Art. 9 to 11, 18 to 20 and section 4 of the Regulation.

`judge` reads them for one person's deeds; the rules of `conduct` and `media` stand on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.observation.people import Mandate
from shailoo.law.outcome import Finding, NormId, Severity, Step


class Right(StrEnum):
    """What a mandate can entitle to."""

    OBSERVE_FORMATION = "observe_formation"  # of election commissions of any level
    OBSERVE_LISTS = "observe_lists"  # compilation of voter lists
    OBSERVE_REGISTRATION = "observe_registration"  # of voters
    OBSERVE_INFORMATION = "observe_information"  # information support of the election
    SEE_VOTER_LISTS = "see_voter_lists"  # and the register of applications for mobile voting
    BE_IN_PREMISES = "be_in_premises"  # during voting and counting
    OBSERVE_MOBILE_VOTING = "observe_mobile_voting"
    STATE_OPINION = "state_opinion"  # publicly
    HOLD_PRESS_CONFERENCES = "hold_press_conferences"
    MOVE_FREELY = "move_freely"  # and visit any polling station and commission
    OBSERVE_VOTING = "observe_voting"
    OBSERVE_COUNTING = "observe_counting"  # see ballots and the protocol being filled in
    OBSERVE_DETERMINATION = "observe_determination"
    PUT_PROPOSALS = "put_proposals"  # to whoever presides over the precinct commission
    SEE_PROTOCOLS = "see_protocols"
    RECEIVE_COPIES = "receive_copies"
    HAVE_COPIES_CERTIFIED = "have_copies_certified"
    APPEAL = "appeal"
    ATTEND_RECOUNTS = "attend_recounts"
    WEAR_BADGE = "wear_badge"
    RECORD = "record"  # photo, video, audio
    FILM = "film"  # photo, video
    HAVE_INTERPRETER = "have_interpreter"
    MEET_PARTICIPANTS = "meet_participants"
    ATTEND_SITTINGS = "attend_sittings"
    SEE_DOCUMENTS = "see_documents"
    SEE_COMPLAINT_RESULTS = "see_complaint_results"
    GIVE_CONCLUSION = "give_conclusion"
    REVIEW_MATERIALS = "review_materials"
    PROPOSE_AGENDA = "propose_agenda"  # and demand a vote on it
    ASK_QUESTIONS = "ask_questions"
    CHECK_VOTERS_DOCUMENTS = "check_voters_documents"
    CERTIFY_SIGNATURES = "certify_signatures"
    HAND_DOCUMENTS = "hand_documents"  # signature lists and other registration documents
    RECEIVE_CONFIRMATION = "receive_confirmation"
    CAMPAIGN = "campaign"
    ATTEND_LOTS = "attend_lots"  # for air time
    SPEAK_AT_MEETINGS = "speak_at_meetings"


class Act(StrEnum):
    """What a mandate can forbid."""

    ISSUE_BALLOTS = "issue_ballots"
    SIGN_FOR_VOTER = "sign_for_voter"
    MARK_FOR_VOTER = "mark_for_voter"
    BREAK_SECRECY = "break_secrecy"
    COUNT_BALLOTS = "count_ballots"
    INTERFERE = "interfere"  # with the work of the commission
    CAMPAIGN = "campaign"  # among voters
    DECIDE = "decide"  # take part in decisions of the commission
    UNRELATED_ACTIVITY = "unrelated_activity"  # under cover of the status
    BREAK_LAWS = "break_laws"
    TAKE_SIDES = "take_sides"
    CONCLUDE_WITHOUT_FACTS = "conclude_without_facts"
    JOIN_INSPECTIONS = "join_inspections"
    SPEAK_FOR_COMMISSION = "speak_for_commission"
    DRAW_UP_PROTOCOLS = "draw_up_protocols"
    SIGN_PROTOCOLS = "sign_protocols"
    USE_OFFICE = "use_office"  # the advantages of office or employment
    EXCEED_AUTHORITY = "exceed_authority"
    PRESENT_PROGRAMMES = "present_programmes"  # information programmes, or election coverage, of the own medium


class Condition(StrEnum):
    """Under what a right is given."""

    OWN_COMMISSION = "own_commission"  # the commission to which the person is assigned
    ELECTION_DAY = "election_day"
    SECRECY_KEPT = "secrecy_kept"
    COUNT_NOT_HINDERED = "count_not_hindered"
    PLACE_POINTED_OUT = "place_pointed_out"  # on election day, by the chairperson
    NO_CAMPAIGN_SIGNS = "no_campaign_signs"
    MATTER_OF_PRINCIPAL = "matter_of_principal"  # of the candidate or party that appointed
    NOT_CONFIDENTIAL = "not_confidential"
    WITH_OBSERVER = "with_observer"  # the interpreter comes along


_AUTHORIZED: Mapping[Right, NormId] = MappingProxyType(
    {Right.CAMPAIGN: "L19.7.4", Right.ATTEND_LOTS: "L19.7.5", Right.ATTEND_SITTINGS: "L19.7.6"}
)

POWERS: Mapping[Mandate, Mapping[Right, NormId]] = MappingProxyType(
    {
        Mandate.OBSERVER: {
            Right.OBSERVE_FORMATION: "L9.4.1",
            Right.OBSERVE_LISTS: "L9.4.2",
            Right.OBSERVE_REGISTRATION: "L9.4.3",
            Right.OBSERVE_INFORMATION: "L9.4.4",
            Right.SEE_VOTER_LISTS: "L9.4.5",
            Right.BE_IN_PREMISES: "L9.4.6",
            Right.OBSERVE_MOBILE_VOTING: "L9.4.7",
            Right.STATE_OPINION: "L9.4.8",
            Right.MOVE_FREELY: "L9.4.9",
            Right.OBSERVE_VOTING: "L9.4.10",
            Right.OBSERVE_COUNTING: "L9.4.10",
            Right.PUT_PROPOSALS: "L9.4.11",
            Right.SEE_PROTOCOLS: "L9.4.12",
            Right.RECEIVE_COPIES: "L9.4.13",
            Right.APPEAL: "L9.4.14",
            Right.ATTEND_RECOUNTS: "L9.4.15",
            Right.WEAR_BADGE: "L9.4.16",
            Right.RECORD: "L9.4.17",
        },
        Mandate.CITIZEN_OBSERVER: {  # no free movement, no appeal
            Right.OBSERVE_FORMATION: "L10-1.6.1",
            Right.OBSERVE_LISTS: "L10-1.6.2",
            Right.OBSERVE_REGISTRATION: "L10-1.6.3",
            Right.OBSERVE_INFORMATION: "L10-1.6.4",
            Right.SEE_VOTER_LISTS: "L10-1.6.5",
            Right.BE_IN_PREMISES: "L10-1.6.6",
            Right.OBSERVE_MOBILE_VOTING: "L10-1.6.7",
            Right.STATE_OPINION: "L10-1.6.8",
            Right.OBSERVE_VOTING: "L10-1.6.9",
            Right.OBSERVE_COUNTING: "L10-1.6.9",
            Right.PUT_PROPOSALS: "L10-1.6.10",
            Right.SEE_PROTOCOLS: "L10-1.6.11",
            Right.RECEIVE_COPIES: "L10-1.6.12",
            Right.ATTEND_RECOUNTS: "L10-1.6.13",
            Right.WEAR_BADGE: "L10-1.6.14",
            Right.RECORD: "L10-1.6.15",
        },
        Mandate.INTERNATIONAL_OBSERVER: {
            Right.STATE_OPINION: "L10.4.1",
            Right.HOLD_PRESS_CONFERENCES: "L10.4.2",
            Right.RECORD: "L10.4.3",
            Right.WEAR_BADGE: "L10.4.4",
            Right.OBSERVE_FORMATION: "L10.4.5",
            Right.OBSERVE_LISTS: "L10.4.6",
            Right.OBSERVE_REGISTRATION: "L10.4.7",
            Right.OBSERVE_INFORMATION: "L10.4.8",
            Right.MOVE_FREELY: "L10.3",
            Right.HAVE_INTERPRETER: "R4.4.2",
            Right.MEET_PARTICIPANTS: "R4.4.b1",
            Right.ATTEND_SITTINGS: "R4.4.b2",
            Right.SEE_DOCUMENTS: "R4.4.b3",
            Right.BE_IN_PREMISES: "R4.4.b4",
            Right.OBSERVE_VOTING: "R4.4.b5",
            Right.OBSERVE_COUNTING: "R4.4.b6",
            Right.OBSERVE_DETERMINATION: "R4.4.b7",
            Right.SEE_COMPLAINT_RESULTS: "R4.4.b8",
            Right.RECEIVE_COPIES: "R4.4.b9",
            Right.GIVE_CONCLUSION: "R4.4.b10",
        },
        Mandate.MEDIA_REPRESENTATIVE: {
            Right.ATTEND_SITTINGS: "L11.2.1",
            Right.SEE_PROTOCOLS: "L11.2.2",
            Right.RECEIVE_COPIES: "L11.2.3",
            Right.FILM: "L11.2.4",
            Right.WEAR_BADGE: "L11.2.5",
            Right.HAVE_COPIES_CERTIFIED: "L11.3",
        },
        Mandate.COMMISSION_REPRESENTATIVE: {
            Right.REVIEW_MATERIALS: "L18.1.1",
            Right.PROPOSE_AGENDA: "L18.1.2",
            Right.ATTEND_SITTINGS: "L18.1.3",
            Right.ASK_QUESTIONS: "L18.1.4",
            Right.SEE_DOCUMENTS: "L18.1.5",
            Right.RECEIVE_COPIES: "L18.1.5",
            Right.APPEAL: "L18.1.6",
            Right.CHECK_VOTERS_DOCUMENTS: "L18.1.7",
        },
        Mandate.AUTHORIZED_REPRESENTATIVE: {
            Right.CERTIFY_SIGNATURES: "L19.7.1",
            Right.HAND_DOCUMENTS: "L19.7.2",
            Right.RECEIVE_CONFIRMATION: "L19.7.3",
            **_AUTHORIZED,
        },
        Mandate.FINANCIAL_REPRESENTATIVE: _AUTHORIZED,  # signatures and documents are matters of participation
        Mandate.PROXY: {
            Right.CAMPAIGN: "L20.5.1",
            Right.SPEAK_AT_MEETINGS: "L20.5.2",
            Right.ATTEND_SITTINGS: "L20.5.3",
            Right.BE_IN_PREMISES: "L20.5.4",
            Right.OBSERVE_VOTING: "L20.5.4",
            Right.OBSERVE_COUNTING: "L20.5.4",
            Right.SEE_DOCUMENTS: "L20.5.5",
            Right.SEE_PROTOCOLS: "L20.5.5",
            Right.APPEAL: "L20.5.6",
        },
    }
)
"""Mandate -> its rights, each with its norm."""

CONDITIONS: Mapping[NormId, tuple[Condition, ...]] = MappingProxyType(
    {
        "L9.4.6": (Condition.ELECTION_DAY,),
        "L9.4.10": (Condition.SECRECY_KEPT,),
        "L9.4.12": (Condition.OWN_COMMISSION,),
        "L9.4.14": (Condition.OWN_COMMISSION,),
        "L9.4.16": (Condition.NO_CAMPAIGN_SIGNS,),
        "L9.4.17": (Condition.SECRECY_KEPT, Condition.COUNT_NOT_HINDERED),
        "L10-1.6.6": (Condition.ELECTION_DAY, Condition.OWN_COMMISSION),  # no free movement in Art. 10-1
        "L10-1.6.7": (Condition.OWN_COMMISSION,),
        "L10-1.6.9": (Condition.SECRECY_KEPT, Condition.OWN_COMMISSION),
        "L10-1.6.11": (Condition.OWN_COMMISSION,),
        "L10-1.6.12": (Condition.OWN_COMMISSION,),
        "L10-1.6.14": (Condition.NO_CAMPAIGN_SIGNS,),
        "L10-1.6.15": (Condition.SECRECY_KEPT, Condition.COUNT_NOT_HINDERED),
        "L10.4.3": (Condition.SECRECY_KEPT,),
        "L10.4.4": (Condition.NO_CAMPAIGN_SIGNS,),
        "R4.4.2": (Condition.WITH_OBSERVER,),
        "R4.4.b5": (Condition.SECRECY_KEPT,),
        "R4.4.b6": (Condition.SECRECY_KEPT,),
        "L11.2.4": (Condition.SECRECY_KEPT, Condition.PLACE_POINTED_OUT),
        "L11.2.5": (Condition.NO_CAMPAIGN_SIGNS,),
        "L18.1.1": (Condition.OWN_COMMISSION,),
        "L18.1.2": (Condition.OWN_COMMISSION,),
        "L18.1.3": (Condition.OWN_COMMISSION,),
        "L18.1.4": (Condition.OWN_COMMISSION,),
        "L18.1.5": (Condition.OWN_COMMISSION, Condition.NOT_CONFIDENTIAL),
        "L18.1.6": (Condition.OWN_COMMISSION,),
        "L18.1.7": (Condition.OWN_COMMISSION,),
        "L19.7.6": (Condition.MATTER_OF_PRINCIPAL,),
    }
)
"""Norm of a right -> what must be so for it; a place is pointed out on election day only."""

BANS: Mapping[Mandate, Mapping[Act, NormId]] = MappingProxyType(
    {
        Mandate.OBSERVER: {
            Act.ISSUE_BALLOTS: "L9.5.1",
            Act.SIGN_FOR_VOTER: "L9.5.2",
            Act.MARK_FOR_VOTER: "L9.5.3",
            Act.BREAK_SECRECY: "L9.5.4",
            Act.COUNT_BALLOTS: "L9.5.5",
            Act.INTERFERE: "L9.5.6",
            Act.CAMPAIGN: "L9.5.7",
            Act.DECIDE: "L9.5.8",
        },
        Mandate.CITIZEN_OBSERVER: {
            Act.ISSUE_BALLOTS: "L10-1.7.1",
            Act.SIGN_FOR_VOTER: "L10-1.7.2",
            Act.MARK_FOR_VOTER: "L10-1.7.3",
            Act.BREAK_SECRECY: "L10-1.7.4",
            Act.COUNT_BALLOTS: "L10-1.7.5",
            Act.INTERFERE: "L10-1.7.6",
            Act.CAMPAIGN: "L10-1.7.7",
            Act.DECIDE: "L10-1.7.8",
            Act.UNRELATED_ACTIVITY: "L10-1.8",
        },
        Mandate.INTERNATIONAL_OBSERVER: {
            Act.UNRELATED_ACTIVITY: "L10.5",
            Act.BREAK_LAWS: "R4.5.a",
            Act.TAKE_SIDES: "R4.5.b",
            Act.CAMPAIGN: "R4.5.b",
            Act.INTERFERE: "R4.5.c",
            Act.CONCLUDE_WITHOUT_FACTS: "R4.5.d",
            Act.BREAK_SECRECY: "R4.5.a",
        },
        Mandate.COMMISSION_REPRESENTATIVE: {
            Act.USE_OFFICE: "L17.6",
            Act.JOIN_INSPECTIONS: "L18.2.1",
            Act.SPEAK_FOR_COMMISSION: "L18.2.2",
            Act.DRAW_UP_PROTOCOLS: "L18.2.3",
            Act.DECIDE: "L18.2.4",
            Act.SIGN_PROTOCOLS: "L18.2.5",
        },
        Mandate.AUTHORIZED_REPRESENTATIVE: {Act.USE_OFFICE: "L19.6"},
        Mandate.FINANCIAL_REPRESENTATIVE: {Act.USE_OFFICE: "L19.6"},
        Mandate.PROXY: {
            Act.EXCEED_AUTHORITY: "L20.4",
            Act.INTERFERE: "L20.6.1",
            Act.SIGN_FOR_VOTER: "L20.6.2",
            Act.MARK_FOR_VOTER: "L20.6.2",
            Act.PRESENT_PROGRAMMES: "L20.6.3",
        },
    }
)
"""Mandate -> what it forbids, each with its norm."""

_RIGHTS: Mapping[Mandate, NormId] = MappingProxyType(
    {
        Mandate.OBSERVER: "L9.4",
        Mandate.CITIZEN_OBSERVER: "L10-1.6",
        Mandate.INTERNATIONAL_OBSERVER: "L10.4",
        Mandate.MEDIA_REPRESENTATIVE: "L11.2",
        Mandate.COMMISSION_REPRESENTATIVE: "L18.1",
        Mandate.AUTHORIZED_REPRESENTATIVE: "L19.7",
        Mandate.FINANCIAL_REPRESENTATIVE: "L19.7",
        Mandate.PROXY: "L20.5",
    }
)
"""Mandate -> the norm that lists its rights."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a holder of a mandate wants to do, and what the holder did.

    `met` are the conditions shown to hold, `failed` those shown not to hold; one in neither is not known. `in_force`:
    the mandate is in force at that time. Raises ValueError where a condition is in both.
    """

    rights: frozenset[Right] = frozenset()
    acts: frozenset[Act] = frozenset()
    met: frozenset[Condition] = frozenset()
    failed: frozenset[Condition] = frozenset()
    in_force: bool = True

    def __post_init__(self) -> None:
        if self.met & self.failed:
            raise ValueError(f"a condition cannot hold and not hold: {', '.join(sorted(self.met & self.failed))}")


@dataclass(frozen=True, slots=True)
class Assessed:
    """Which of the rights asked for the person has, which not, and which bans were broken."""

    granted: tuple[Right, ...]
    denied: tuple[Right, ...]
    breaches: tuple[Act, ...]


def judge(mandate: Mandate, deeds: Deeds) -> tuple[Assessed, list[Step | Finding]]:
    """Every right asked for and every act done, against the tables of the mandate."""
    found: list[Step | Finding] = []
    granted: list[Right] = []
    for right in sorted(deeds.rights):
        told = list(_right(mandate, right, deeds))
        found += told
        if not any(isinstance(each, Finding) for each in told):
            granted.append(right)
    breaches = [act for act in sorted(deeds.acts) if act in BANS.get(mandate, {})]
    found += [_breach(mandate, act) for act in breaches]
    found += [_free(mandate, act) for act in sorted(deeds.acts - set(breaches))]
    denied = tuple(right for right in sorted(deeds.rights) if right not in granted)
    return Assessed(tuple(granted), denied, tuple(breaches)), found


def _right(mandate: Mandate, right: Right, deeds: Deeds) -> Iterator[Step | Finding]:
    named = {"mandate": mandate.value, "mandate_right": right.value}
    norm = POWERS[mandate].get(right)
    where = ("deeds.rights",)
    if norm is None:
        yield Finding(_RIGHTS[mandate], "mandate_right_not_given", Severity.ERROR, named, where)
        return
    if not deeds.in_force:
        yield Finding(norm, "mandate_not_in_force", Severity.ERROR, named, ("deeds.in_force",))
        return
    for condition in CONDITIONS.get(norm, ()):
        if condition in deeds.met or _is_idle(condition, deeds):
            continue
        facts = {**named, "mandate_condition": condition.value}
        if condition in deeds.failed:
            yield Finding(norm, "mandate_right_condition_failed", Severity.ERROR, dict(facts), ("deeds.failed",))
        else:
            yield Finding(norm, "mandate_right_condition_unknown", Severity.ERROR, dict(facts), ("deeds.met",))
        return
    yield Step(norm, "mandate_right_given", named)


def _is_idle(condition: Condition, deeds: Deeds) -> bool:
    """A place is pointed out for election day; before it anybody films anywhere."""
    return condition is Condition.PLACE_POINTED_OUT and Condition.ELECTION_DAY in deeds.failed


def _breach(mandate: Mandate, act: Act) -> Finding:
    named = {"mandate": mandate.value, "mandate_act": act.value}
    return Finding(BANS[mandate][act], "mandate_act_forbidden", Severity.ERROR, named, ("deeds.acts",))


def _free(mandate: Mandate, act: Act) -> Step:
    return Step(
        _RIGHTS[mandate], "mandate_act_not_forbidden_here", {"mandate": mandate.value, "mandate_act": act.value}
    )
