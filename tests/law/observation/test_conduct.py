"""Rights and prohibitions of observers, representatives and proxies, item by item."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from shailoo.law.calendar import BISHKEK
from shailoo.law.norms import norm, norms
from shailoo.law.observation.conduct import (
    ObserverConduct,
    RepresentativeConduct,
    RepresentativeKind,
    Statement,
    observer_conduct,
    representative_conduct,
)
from shailoo.law.observation.observers import ObserverKind
from shailoo.law.observation.people import Mandate
from shailoo.law.observation.powers import BANS, CONDITIONS, POWERS, Act, Condition, Deeds, Right
from shailoo.law.outcome import Outcome
from tests.law.observation.cases import ELECTION_DAY, LAW, errors, steps, warnings

EVERYTHING = frozenset(Condition)


def may(
    kind: ObserverKind,
    right: Right,
    met: frozenset[Condition] = EVERYTHING,
    failed: frozenset[Condition] = frozenset(),
) -> Outcome[object]:
    """What an observer is told who wants to use a right."""
    found = observer_conduct(ObserverConduct(kind, Deeds(frozenset({right}), met=met, failed=failed)), LAW)
    return Outcome(found.value.granted, found.steps, found.findings)


def did(kind: ObserverKind, act: Act) -> list[tuple[str, str]]:
    return errors(observer_conduct(ObserverConduct(kind, Deeds(acts=frozenset({act}))), LAW))


# ------------------------------------------------------------------------------------- rights

OBSERVER_RIGHTS = (
    (Right.OBSERVE_FORMATION,),
    (Right.OBSERVE_LISTS,),
    (Right.OBSERVE_REGISTRATION,),
    (Right.OBSERVE_INFORMATION,),
    (Right.SEE_VOTER_LISTS,),
    (Right.BE_IN_PREMISES,),
    (Right.OBSERVE_MOBILE_VOTING,),
    (Right.STATE_OPINION,),
    (Right.MOVE_FREELY,),
    (Right.OBSERVE_VOTING, Right.OBSERVE_COUNTING),
    (Right.PUT_PROPOSALS,),
    (Right.SEE_PROTOCOLS,),
    (Right.RECEIVE_COPIES,),
    (Right.APPEAL,),
    (Right.ATTEND_RECOUNTS,),
    (Right.WEAR_BADGE,),
    (Right.RECORD,),
)  # L9.4.1 to L9.4.17
CITIZEN_RIGHTS = tuple(each for each in OBSERVER_RIGHTS if each[0] not in (Right.MOVE_FREELY, Right.APPEAL))
INTERNATIONAL_RIGHTS = (
    (Right.STATE_OPINION,),
    (Right.HOLD_PRESS_CONFERENCES,),
    (Right.RECORD,),
    (Right.WEAR_BADGE,),
    (Right.OBSERVE_FORMATION,),
    (Right.OBSERVE_LISTS,),
    (Right.OBSERVE_REGISTRATION,),
    (Right.OBSERVE_INFORMATION,),
)  # L10.4.1 to L10.4.8
REGULATION_RIGHTS = (
    (Right.MEET_PARTICIPANTS,),
    (Right.ATTEND_SITTINGS,),
    (Right.SEE_DOCUMENTS,),
    (Right.BE_IN_PREMISES,),
    (Right.OBSERVE_VOTING,),
    (Right.OBSERVE_COUNTING,),
    (Right.OBSERVE_DETERMINATION,),
    (Right.SEE_COMPLAINT_RESULTS,),
    (Right.RECEIVE_COPIES,),
    (Right.GIVE_CONCLUSION,),
)  # R4.4.b1 to R4.4.b10


def numbered(prefix: str, rights: tuple[tuple[Right, ...], ...]) -> list[tuple[str, Right]]:
    return [(f"{prefix}{number}", right) for number, each in enumerate(rights, 1) for right in each]


@pytest.mark.norm("L9.4")
@pytest.mark.parametrize(("item", "right"), numbered("L9.4.", OBSERVER_RIGHTS))
def test_each_right_of_article_9(item: str, right: Right) -> None:
    assert (item, "mandate_right_given") in steps(may(ObserverKind.OBSERVER, right))


@pytest.mark.norm("L10-1.6")
@pytest.mark.parametrize(("item", "right"), numbered("L10-1.6.", CITIZEN_RIGHTS))
def test_each_right_of_article_10_1(item: str, right: Right) -> None:
    assert (item, "mandate_right_given") in steps(may(ObserverKind.CITIZEN, right))


@pytest.mark.norm("L10.4", "L10.3", "R4.4.a", "R4.4.b")
@pytest.mark.parametrize(
    ("item", "right"),
    [
        *numbered("L10.4.", INTERNATIONAL_RIGHTS),
        *numbered("R4.4.b", REGULATION_RIGHTS),
        ("L10.3", Right.MOVE_FREELY),
        ("R4.4.2", Right.HAVE_INTERPRETER),
    ],
)
def test_each_right_of_international_observers(item: str, right: Right) -> None:
    assert (item, "mandate_right_given") in steps(may(ObserverKind.INTERNATIONAL, right))


@pytest.mark.norm("L10-1.6")
@pytest.mark.parametrize("right", [Right.MOVE_FREELY, Right.APPEAL])
def test_citizen_observers_neither_move_freely_nor_appeal(right: Right) -> None:
    assert errors(may(ObserverKind.CITIZEN, right)) == [("L10-1.6", "mandate_right_not_given")]


@pytest.mark.norm("L10.4", "R4.4.b")
@pytest.mark.parametrize("right", [Right.APPEAL, Right.SEE_VOTER_LISTS, Right.CAMPAIGN])
def test_international_observers_do_not_appeal(right: Right) -> None:
    assert errors(may(ObserverKind.INTERNATIONAL, right)) == [("L10.4", "mandate_right_not_given")]


def test_no_item_of_a_list_of_rights_is_forgotten() -> None:
    lists = {
        Mandate.OBSERVER: ["L9.4"],
        Mandate.CITIZEN_OBSERVER: ["L10-1.6"],
        Mandate.INTERNATIONAL_OBSERVER: ["L10.4", "R4.4.b"],
        Mandate.MEDIA_REPRESENTATIVE: ["L11.2"],
        Mandate.COMMISSION_REPRESENTATIVE: ["L18.1"],
        Mandate.PROXY: ["L20.5"],
    }
    for mandate, names in lists.items():
        items = {item.id for name in names for item in norm(name).items}
        assert items <= set(POWERS[mandate].values())


@pytest.mark.norm("L9.4", "L10-1.6", "L10.4", "L11.2", "L18.1", "L19.7", "R4.4.a", "R4.4.b")
def test_every_condition_of_a_right_is_asked_for() -> None:
    right_of = {item: (mandate, right) for mandate, given in POWERS.items() for right, item in given.items()}
    for item, conditions in CONDITIONS.items():
        mandate, right = right_of[item]
        for condition in conditions:
            kind = next((each for each in ObserverKind if each.value == mandate.value), None)
            if kind is None:
                continue  # those of representatives and media have tests of their own
            failed = frozenset({condition})
            others = EVERYTHING - failed
            assert errors(may(kind, right, met=others, failed=failed)) == [(item, "mandate_right_condition_failed")]
            assert errors(may(kind, right, met=others)) == [(item, "mandate_right_condition_unknown")]


@pytest.mark.norm("L9.4")
def test_a_mandate_not_in_force_gives_no_right() -> None:
    deeds = Deeds(frozenset({Right.STATE_OPINION}), in_force=False)
    found = observer_conduct(ObserverConduct(ObserverKind.OBSERVER, deeds), LAW)
    assert errors(found) == [("L9.4.8", "mandate_not_in_force")]
    assert found.value.denied == (Right.STATE_OPINION,)


def test_a_condition_cannot_hold_and_not_hold() -> None:
    with pytest.raises(ValueError, match="secrecy_kept"):
        Deeds(met=frozenset({Condition.SECRECY_KEPT}), failed=frozenset({Condition.SECRECY_KEPT}))


# ------------------------------------------------------------------------------------- prohibitions

IN_ORDER = (
    Act.ISSUE_BALLOTS,
    Act.SIGN_FOR_VOTER,
    Act.MARK_FOR_VOTER,
    Act.BREAK_SECRECY,
    Act.COUNT_BALLOTS,
    Act.INTERFERE,
    Act.CAMPAIGN,
    Act.DECIDE,
)


@pytest.mark.norm("L9.5", "L10-1.7")
@pytest.mark.parametrize(("number", "act"), list(enumerate(IN_ORDER, 1)))
def test_what_observers_of_candidates_and_of_ngos_may_not_do(number: int, act: Act) -> None:
    assert did(ObserverKind.OBSERVER, act) == [(f"L9.5.{number}", "mandate_act_forbidden")]
    assert did(ObserverKind.CITIZEN, act) == [(f"L10-1.7.{number}", "mandate_act_forbidden")]


@pytest.mark.norm("L10.5", "L10-1.8")
def test_a_status_covers_no_other_activity() -> None:
    assert did(ObserverKind.INTERNATIONAL, Act.UNRELATED_ACTIVITY) == [("L10.5", "mandate_act_forbidden")]
    assert did(ObserverKind.CITIZEN, Act.UNRELATED_ACTIVITY) == [("L10-1.8", "mandate_act_forbidden")]
    assert did(ObserverKind.OBSERVER, Act.UNRELATED_ACTIVITY) == []


@pytest.mark.norm("R4.5")
@pytest.mark.parametrize(
    ("act", "item"),
    [
        (Act.BREAK_LAWS, "R4.5.a"),
        (Act.BREAK_SECRECY, "R4.5.a"),
        (Act.TAKE_SIDES, "R4.5.b"),
        (Act.CAMPAIGN, "R4.5.b"),
        (Act.INTERFERE, "R4.5.c"),
        (Act.CONCLUDE_WITHOUT_FACTS, "R4.5.d"),
    ],
)
def test_what_the_duties_of_international_observers_forbid(act: Act, item: str) -> None:
    assert did(ObserverKind.INTERNATIONAL, act) == [(item, "mandate_act_forbidden")]


def test_every_ban_that_is_cited_is_a_norm() -> None:
    cited = {item for bans in BANS.values() for item in bans.values()}
    items = {item.id for each in norms().values() for item in each.items} | set(norms())
    assert cited <= items


# ------------------------------------------------------------------------------------- silence


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2020, 10, 4, hour, minute, tzinfo=BISHKEK)


def said(moment: datetime, last_closing: datetime | None = None) -> ObserverConduct:
    deeds = Deeds(frozenset({Right.STATE_OPINION, Right.OBSERVE_LISTS}))
    return ObserverConduct(ObserverKind.INTERNATIONAL, deeds, Statement(moment, ELECTION_DAY, last_closing))


@pytest.mark.norm("R4.5")
@pytest.mark.parametrize(
    ("moment", "closing", "warned"),
    [(at(19, 59), None, True), (at(20), None, False), (at(21), at(23), True), (at(23), at(23), False)],
)
def test_an_assessment_before_voting_has_ended_is_warned_of_and_no_bar(
    moment: datetime, closing: datetime | None, warned: bool
) -> None:
    found = observer_conduct(said(moment, closing), LAW)
    assert errors(found) == []
    expected = [("R4.5.e", "international_observer_spoke_before_voting_ended")] if warned else []
    assert warnings(found) == expected
    assert Right.STATE_OPINION in found.value.granted


@pytest.mark.norm("R4.5", "L10.4")
def test_the_other_reading_takes_the_right_to_speak_until_voting_has_ended() -> None:
    barred = LAW.with_readings(international_observer_silence="barred")
    found = observer_conduct(said(at(19, 59)), barred)
    assert errors(found) == [("R4.5.e", "international_observer_may_not_speak_yet")]
    assert found.value.granted == (Right.OBSERVE_LISTS,)
    assert found.value.denied == (Right.STATE_OPINION,)
    assert observer_conduct(said(at(20)), barred).value.denied == ()


def test_no_other_observer_has_a_duty_of_silence() -> None:
    for kind in (ObserverKind.OBSERVER, ObserverKind.CITIZEN):
        assert warnings(observer_conduct(replace(said(at(10)), kind=kind), LAW)) == []


# ------------------------------------------------------------------------------------- representatives, proxies


def represent(kind: RepresentativeKind, deeds: Deeds) -> Outcome[object]:
    found = representative_conduct(RepresentativeConduct(kind, deeds), LAW)
    return Outcome(found.value.granted, found.steps, found.findings)


REPRESENTATIVE_RIGHTS = {
    RepresentativeKind.COMMISSION: numbered(
        "L18.1.",
        (
            (Right.REVIEW_MATERIALS,),
            (Right.PROPOSE_AGENDA,),
            (Right.ATTEND_SITTINGS,),
            (Right.ASK_QUESTIONS,),
            (Right.SEE_DOCUMENTS, Right.RECEIVE_COPIES),
            (Right.APPEAL,),
            (Right.CHECK_VOTERS_DOCUMENTS,),
        ),
    ),
    RepresentativeKind.AUTHORIZED: numbered(
        "L19.7.",
        (
            (Right.CERTIFY_SIGNATURES,),
            (Right.HAND_DOCUMENTS,),
            (Right.RECEIVE_CONFIRMATION,),
            (Right.CAMPAIGN,),
            (Right.ATTEND_LOTS,),
            (Right.ATTEND_SITTINGS,),
        ),
    ),
    RepresentativeKind.PROXY: numbered(
        "L20.5.",
        (
            (Right.CAMPAIGN,),
            (Right.SPEAK_AT_MEETINGS,),
            (Right.ATTEND_SITTINGS,),
            (Right.BE_IN_PREMISES, Right.OBSERVE_VOTING, Right.OBSERVE_COUNTING),
            (Right.SEE_DOCUMENTS, Right.SEE_PROTOCOLS),
            (Right.APPEAL,),
        ),
    ),
}


@pytest.mark.norm("L18.1", "L19.7", "L20.5")
@pytest.mark.parametrize(
    ("kind", "item", "right"), [(kind, *each) for kind, rows in REPRESENTATIVE_RIGHTS.items() for each in rows]
)
def test_each_power_of_representatives_and_proxies(kind: RepresentativeKind, item: str, right: Right) -> None:
    found = represent(kind, Deeds(frozenset({right}), met=EVERYTHING))
    assert steps(found) == {(item, "mandate_right_given")}


@pytest.mark.norm("L19.7")
@pytest.mark.parametrize("right", [Right.CERTIFY_SIGNATURES, Right.HAND_DOCUMENTS, Right.RECEIVE_CONFIRMATION])
def test_signatures_and_documents_are_no_matter_of_the_financial_representative(right: Right) -> None:
    found = represent(RepresentativeKind.FINANCIAL, Deeds(frozenset({right}), met=EVERYTHING))
    assert errors(found) == [("L19.7", "mandate_right_not_given")]


@pytest.mark.norm("L18.1", "L19.7")
@pytest.mark.parametrize(
    ("kind", "right", "condition", "item"),
    [
        (RepresentativeKind.COMMISSION, Right.SEE_DOCUMENTS, Condition.NOT_CONFIDENTIAL, "L18.1.5"),
        (RepresentativeKind.COMMISSION, Right.ATTEND_SITTINGS, Condition.OWN_COMMISSION, "L18.1.3"),
        (RepresentativeKind.AUTHORIZED, Right.ATTEND_SITTINGS, Condition.MATTER_OF_PRINCIPAL, "L19.7.6"),
    ],
)
def test_confidential_papers_other_commissions_and_other_matters_stay_closed(
    kind: RepresentativeKind, right: Right, condition: Condition, item: str
) -> None:
    failed = frozenset({condition})
    found = represent(kind, Deeds(frozenset({right}), met=EVERYTHING - failed, failed=failed))
    assert errors(found) == [(item, "mandate_right_condition_failed")]


@pytest.mark.norm("L17.6", "L18.2", "L19.6", "L20.4", "L20.6")
@pytest.mark.parametrize(
    ("kind", "act", "item"),
    [
        (RepresentativeKind.COMMISSION, Act.USE_OFFICE, "L17.6"),
        (RepresentativeKind.COMMISSION, Act.JOIN_INSPECTIONS, "L18.2.1"),
        (RepresentativeKind.COMMISSION, Act.SPEAK_FOR_COMMISSION, "L18.2.2"),
        (RepresentativeKind.COMMISSION, Act.DRAW_UP_PROTOCOLS, "L18.2.3"),
        (RepresentativeKind.COMMISSION, Act.DECIDE, "L18.2.4"),
        (RepresentativeKind.COMMISSION, Act.SIGN_PROTOCOLS, "L18.2.5"),
        (RepresentativeKind.AUTHORIZED, Act.USE_OFFICE, "L19.6"),
        (RepresentativeKind.FINANCIAL, Act.USE_OFFICE, "L19.6"),
        (RepresentativeKind.PROXY, Act.EXCEED_AUTHORITY, "L20.4"),
        (RepresentativeKind.PROXY, Act.INTERFERE, "L20.6.1"),
        (RepresentativeKind.PROXY, Act.SIGN_FOR_VOTER, "L20.6.2"),
        (RepresentativeKind.PROXY, Act.MARK_FOR_VOTER, "L20.6.2"),
        (RepresentativeKind.PROXY, Act.PRESENT_PROGRAMMES, "L20.6.3"),
    ],
)
def test_what_representatives_and_proxies_may_not_do(kind: RepresentativeKind, act: Act, item: str) -> None:
    assert errors(represent(kind, Deeds(acts=frozenset({act})))) == [(item, "mandate_act_forbidden")]


@pytest.mark.norm("L20.5", "L20.6")
def test_what_is_not_forbidden_to_a_mandate_is_said_to_be_so() -> None:
    found = represent(RepresentativeKind.PROXY, Deeds(acts=frozenset({Act.CAMPAIGN})))
    assert errors(found) == []
    assert ("L20.5", "mandate_act_not_forbidden_here") in steps(found)
