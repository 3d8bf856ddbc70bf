"""Who is registered, who is refused, and until when the CEC waits (L53.1 to L53.7, L61.1 to L61.8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from shailoo.law.calendar import Kind
from shailoo.law.outcome import Outcome, Severity
from shailoo.law.registration.admission import Decision, Verdict, decide
from shailoo.law.registration.application import Application, ListedCandidate, PartyList, PresidentialCandidate
from shailoo.law.registration.cure import Inconsistencies
from shailoo.law.registration.election import Contest
from shailoo.law.registration.follow_up import Registered
from shailoo.law.registration.grounds import BARS, BEYOND_CURE, NOMINATION, Bar, NominationBreach
from shailoo.law.registration.papers import OF_LIST, OF_LISTED, OF_PARTY_CANDIDATE, OF_SELF_NOMINATED, Paper, Received
from shailoo.law.registration.refusal import Refusal
from tests.law.registration.cases import LAW, LISTS, PRESIDENT, local

SECOND = timedelta(seconds=1)
IN_THE_CURE = LAW.with_readings(late_documents="within_the_cure")

# 15 October 2017: documents until 30 August 24:00, registration ends on 9 September 24:00
PRESIDENT_DUE, PRESIDENT_ENDS = local("2017-08-31 00:00"), local("2017-09-10 00:00")
# 4 October 2020: documents until 24 August 18:00, registration ends on 3 September 24:00
LISTS_DUE, LISTS_ENDS = local("2020-08-24 18:00"), local("2020-09-04 00:00")


def received(papers: Any, at: datetime) -> dict[str, Received]:
    return {paper.value: Received(at) for paper in papers}


def candidate(**changed: Any) -> Application:
    """A self-nominated candidate for President whose file is whole; `changed` are fields of the file."""
    filed = local("2017-08-28 10:00")
    person = PresidentialCandidate("c", valid_signatures=30_000, bars=frozenset())
    papers = received(OF_SELF_NOMINATED, filed)
    whole = Application(
        PRESIDENT, local("2017-09-05 10:00"), filed, papers, fund_created=True, candidate=person, deposit_paid=True
    )
    return replace(whole, **changed)


def person(**changed: Any) -> Application:
    """The same file with another person."""
    known = candidate().candidate
    assert known is not None
    return candidate(candidate=replace(known, **changed))


FILED = local("2020-08-20 10:00")
LISTED = tuple(ListedCandidate(f"c{rank}", received(OF_LISTED, FILED), frozenset()) for rank in range(1, 77))
LIST = Application(
    LISTS,
    local("2020-08-28 10:00"),
    FILED,
    received(OF_LIST, FILED),
    fund_created=True,
    party_list=PartyList("party", LISTED, frozenset()),
    deposit_paid=True,
    receipt_given_at=FILED,
)


def listed(rank: int, **changed: Any) -> Application:
    """The list with one candidate of it changed."""
    others = list(LISTED)
    others[rank - 1] = replace(others[rank - 1], **changed)
    return replace(LIST, party_list=PartyList("party", tuple(others), frozenset()))


def without(papers: Any, missing: Paper) -> dict[str, Received]:
    return {name: paper for name, paper in papers.items() if name != missing}


def norms(outcome: Outcome[Decision], severity: Severity) -> list[str]:
    return [found.norm for found in outcome.findings if found.severity is severity]


# ------------------------------------------------------------------------------------- a whole file


@pytest.mark.norm("L53.2.b", "L61.3.b", "L53.7.2", "L53.7.4", "L61.7.5", "L61.7.2")
@pytest.mark.parametrize("whole", [candidate(), LIST])
def test_a_whole_file_is_registered(whole: Application) -> None:
    outcome = decide(whole, LAW)
    assert outcome.value.verdict is Verdict.REGISTER
    assert outcome.findings == ()
    assert outcome.unsettled is None


@pytest.mark.norm("L53.3")
def test_the_decision_names_the_party_that_nominated_the_candidate() -> None:
    papers = received(OF_PARTY_CANDIDATE, local("2017-08-28 10:00"))
    outcome = decide(candidate(candidate=PresidentialCandidate("c", "party", 30_000, frozenset()), papers=papers), LAW)
    assert (outcome.value.verdict, outcome.value.party) == (Verdict.REGISTER, "party")
    assert "L53.3" in outcome.grounds
    assert decide(candidate(), LAW).value.party is None
    assert "L53.3" not in decide(candidate(), LAW).grounds


# ------------------------------------------------------------------------------------- terms


@pytest.mark.norm("L53.1")
@pytest.mark.parametrize(
    ("filed", "verdict"), [(PRESIDENT_DUE - SECOND, Verdict.REGISTER), (PRESIDENT_DUE, Verdict.REFUSE)]
)
def test_something_is_filed_45_days_before(filed: datetime, verdict: Verdict) -> None:
    outcome = decide(candidate(submitted_at=filed, papers=received(OF_SELF_NOMINATED, filed)), LAW)
    assert outcome.value.verdict is verdict
    assert ("L53.1" in norms(outcome, Severity.ERROR)) is (verdict is Verdict.REFUSE)
    assert outcome.value.grounds == (("L53.7.1",) if verdict is Verdict.REFUSE else ())


@pytest.mark.norm("L61.1")
@pytest.mark.parametrize(("filed", "verdict"), [(LISTS_DUE - SECOND, Verdict.REGISTER), (LISTS_DUE, Verdict.REFUSE)])
def test_a_list_is_filed_40_days_before_by_18_00(filed: datetime, verdict: Verdict) -> None:
    outcome = decide(replace(LIST, submitted_at=filed, receipt_given_at=filed), LAW)
    assert outcome.value.verdict is verdict
    assert ("L61.1" in norms(outcome, Severity.ERROR)) is (verdict is Verdict.REFUSE)


@pytest.mark.norm("L61.1.b")
@pytest.mark.parametrize(
    ("given", "warned"),
    [(FILED, False), (local("2020-08-20 23:59"), False), (local("2020-08-21 00:00"), True), (None, True)],
)
def test_the_receipt_of_a_list_is_confirmed_at_once(given: datetime | None, warned: bool) -> None:
    outcome = decide(replace(LIST, receipt_given_at=given), LAW)
    assert norms(outcome, Severity.WARNING) == (["L61.1.b"] if warned else [])
    assert outcome.value.verdict is Verdict.REGISTER


@pytest.mark.norm("L53.5", "L61.5")
@pytest.mark.parametrize(
    ("whole", "ends", "norm"), [(candidate(), PRESIDENT_ENDS, "L53.5"), (LIST, LISTS_ENDS, "L61.5")]
)
def test_nobody_is_registered_once_registration_has_ended(whole: Application, ends: datetime, norm: str) -> None:
    assert decide(replace(whole, at=ends - SECOND), LAW).value.verdict is Verdict.REGISTER
    over = decide(replace(whole, at=ends), LAW)
    assert over.value.verdict is Verdict.TERM_OVER
    assert norms(over, Severity.ERROR) == [norm]
    assert over.value.registration_ends == ends


@pytest.mark.norm("L53.2.a", "L61.3.a")
@pytest.mark.parametrize(
    ("whole", "until", "norm"),
    [(candidate(), local("2017-09-08 00:00"), "L53.2.a"), (LIST, local("2020-08-31 00:00"), "L61.3.a")],
)
def test_the_file_is_checked_within_ten_days(whole: Application, until: datetime, norm: str) -> None:
    assert decide(whole, LAW).value.decide_by == until
    assert decide(replace(whole, at=until - SECOND), LAW).findings == ()
    assert norms(decide(replace(whole, at=until), LAW), Severity.WARNING) == [norm]


@pytest.mark.norm("L61.3.a")
def test_the_ten_days_are_over_when_registration_ends() -> None:
    late = local("2020-08-24 17:59")
    assert decide(replace(LIST, submitted_at=late, receipt_given_at=late), LAW).value.decide_by == LISTS_ENDS
    early = replace(LIST, election=replace(LISTS, election_day=local("2020-10-01 12:00").date()))
    assert decide(early, LAW).value.decide_by == local("2020-08-31 00:00")


# ------------------------------------------------------------------------------------- documents


@pytest.mark.norm("L53.1.1", "L53.1.3", "L53.1.4", "L53.1.5", "L53.1.6", "L53.1.7", "L53.7.1", "L53.7.b", "L51.3")
@pytest.mark.parametrize(("paper", "norm"), OF_SELF_NOMINATED.items())
def test_a_missing_document_may_come_until_registration_ends(paper: Paper, norm: str) -> None:
    papers = candidate().papers
    waiting = decide(candidate(papers=without(papers, paper), at=PRESIDENT_ENDS - SECOND), LAW)
    assert waiting.value.verdict is Verdict.WAIT
    assert norm in norms(waiting, Severity.WARNING)
    refused = decide(candidate(papers=without(papers, paper), at=PRESIDENT_ENDS), LAW)
    assert (refused.value.verdict, refused.value.grounds) == (Verdict.REFUSE, ("L53.7.1",))
    assert refused.errors[0].facts["behind"] == norm
    came = {**papers, paper.value: Received(PRESIDENT_ENDS - SECOND)}
    completed = decide(candidate(papers=came, at=PRESIDENT_ENDS - SECOND), LAW)
    assert completed.value.verdict is Verdict.REGISTER
    assert "L53.7.b" in completed.grounds


@pytest.mark.norm("L61.1.1", "L61.1.3", "L61.7.1", "L61.7.b")
@pytest.mark.parametrize(("paper", "norm"), OF_LIST.items())
def test_a_missing_document_of_a_list_may_come_until_registration_ends(paper: Paper, norm: str) -> None:
    papers = without(LIST.papers, paper)
    waiting = decide(replace(LIST, papers=papers, at=LISTS_ENDS - SECOND), LAW)
    assert waiting.value.verdict is Verdict.WAIT
    assert norm in norms(waiting, Severity.WARNING)
    refused = decide(replace(LIST, papers=papers, at=LISTS_ENDS), LAW)
    assert (refused.value.verdict, refused.value.grounds) == (Verdict.REFUSE, ("L61.7.1",))
    came = replace(LIST, papers={**papers, paper.value: Received(LISTS_DUE)})
    completed = decide(came, LAW)
    assert completed.value.verdict is Verdict.REGISTER
    assert ("L61.7.b", 1) in [(step.norm, step.facts.get("papers")) for step in completed.steps]
    assert "registration_papers_complete" in [step.code for step in completed.steps]
    assert "registration_papers_complete" not in [step.code for step in waiting.steps]
    assert "L61.7.b" not in decide(LIST, LAW).grounds


@pytest.mark.norm("L53.1.1")
def test_a_party_s_candidate_needs_the_protocol_and_the_intent_to_run() -> None:
    papers = received(OF_PARTY_CANDIDATE, local("2017-08-28 10:00"))
    whole = candidate(candidate=PresidentialCandidate("c", "party", 30_000, frozenset()), papers=papers)
    for paper in (Paper.NOMINATION_PROTOCOL, Paper.INTENT_TO_RUN):
        outcome = decide(replace(whole, papers=without(papers, paper)), LAW)
        assert [(found.norm, found.facts["registration_paper"]) for found in outcome.findings] == [("L53.1.1", paper)]


@pytest.mark.norm("L53.7.b", "L61.7.b")
def test_by_the_other_reading_late_documents_are_taken_in_the_48_hours_only() -> None:
    notice = local("2020-08-25 09:00")
    late = {**LIST.papers, Paper.NOMINATION_DECISION.value: Received(notice + timedelta(hours=48))}
    told = replace(LIST, papers=late, notice_received_at=notice)
    assert decide(told, LAW).value.verdict is Verdict.REGISTER
    assert decide(told, IN_THE_CURE).value.verdict is Verdict.REFUSE
    in_time = {**late, Paper.NOMINATION_DECISION.value: Received(notice + timedelta(hours=48) - SECOND)}
    assert decide(replace(told, papers=in_time), IN_THE_CURE).value.verdict is Verdict.REGISTER
    with_the_first_papers = replace(LIST, notice_received_at=FILED, papers=received(OF_LIST, LISTS_DUE - SECOND))
    assert decide(with_the_first_papers, IN_THE_CURE).value.verdict is Verdict.REGISTER


@pytest.mark.norm("L53.2.d", "L61.3.d")
@pytest.mark.parametrize(
    ("corrected", "verdict"),
    [
        (local("2020-08-27 08:59"), Verdict.REGISTER),
        (local("2020-08-27 09:00"), Verdict.REFUSE),
        (None, Verdict.REFUSE),
    ],
)
def test_a_defective_document_is_corrected_within_48_hours_of_the_notice(
    corrected: datetime | None, verdict: Verdict
) -> None:
    papers = {**LIST.papers, Paper.NOMINATION_DECISION.value: Received(FILED, defective=True, corrected_at=corrected)}
    told = replace(LIST, papers=papers, notice_received_at=local("2020-08-25 09:00"))
    assert decide(told, LAW).value.verdict is verdict
    before = decide(replace(told, at=local("2020-08-25 10:00")), LAW)
    assert before.value.verdict is Verdict.WAIT
    assert before.findings[0].facts["until"] == local("2020-08-27 09:00")


@pytest.mark.norm("L53.2.d")
def test_the_48_hours_end_with_registration() -> None:
    defective = {**candidate().papers, Paper.PASSPORT_COPY.value: Received(local("2017-08-28 10:00"), defective=True)}
    told = candidate(
        papers=defective, notice_received_at=PRESIDENT_ENDS - timedelta(hours=1), at=PRESIDENT_ENDS - SECOND
    )
    assert decide(told, LAW).value.verdict is Verdict.WAIT
    assert decide(replace(told, at=PRESIDENT_ENDS), LAW).value.verdict is Verdict.REFUSE


@pytest.mark.norm("L53.2.c", "L61.3.c")
def test_a_defect_that_was_told_to_nobody_is_the_commission_s_omission() -> None:
    defective = {Paper.PASSPORT_COPY.value: Received(local("2017-08-28 10:00"), defective=True)}
    untold = candidate(papers={**candidate().papers, **defective}, at=local("2017-08-29 10:00"))
    assert norms(decide(untold, LAW), Severity.WARNING) == ["L53.2.c", "L53.1.4"]
    in_time = decide(replace(untold, at=local("2017-08-29 09:59")), LAW)
    assert norms(in_time, Severity.WARNING) == ["L53.1.4"]
    refused = decide(replace(untold, at=PRESIDENT_ENDS), LAW)
    assert refused.value.verdict is Verdict.REFUSE
    assert "L53.2.c" in norms(refused, Severity.WARNING)
    of_a_candidate = {**received(OF_LISTED, FILED), Paper.DATA_FORM.value: Received(FILED, defective=True)}
    assert "L61.3.c" in norms(decide(listed(3, papers=of_a_candidate), LAW), Severity.WARNING)


def test_a_document_that_comes_later_has_not_come_yet() -> None:
    papers = {**LIST.papers, Paper.NOMINATION_DECISION.value: Received(LIST.at + SECOND)}
    assert decide(replace(LIST, papers=papers), LAW).value.verdict is Verdict.WAIT


# ------------------------------------------------------------------------------------- deposit, fund


@pytest.mark.norm("L53.1.6", "L61.1.3")
@pytest.mark.parametrize(
    ("whole", "ends", "norm"), [(candidate(), PRESIDENT_ENDS, "L53.1.6"), (LIST, LISTS_ENDS, "L61.1.3")]
)
def test_a_deposit_that_is_not_paid_in_full_can_still_be_paid(whole: Application, ends: datetime, norm: str) -> None:
    short = replace(whole, deposit_paid=False)
    assert decide(short, LAW).value.verdict is Verdict.WAIT
    assert norms(decide(short, LAW), Severity.WARNING) == [norm]
    refused = decide(replace(short, at=ends), LAW)
    assert refused.value.verdict is Verdict.REFUSE
    assert [found.code for found in refused.errors] == ["registration_deposit_not_paid"]
    assert decide(replace(whole, deposit_paid=None), LAW).value.verdict is Verdict.WAIT


@pytest.mark.norm("L53.7.4", "L61.7.5")
@pytest.mark.parametrize(("whole", "norm"), [(candidate(), "L53.7.4"), (LIST, "L61.7.5")])
def test_without_a_fund_registration_is_refused(whole: Application, norm: str) -> None:
    refused = decide(replace(whole, fund_created=False), LAW)
    assert (refused.value.verdict, refused.value.grounds) == (Verdict.REFUSE, (norm,))
    unknown = decide(replace(whole, fund_created=None), LAW)
    assert (unknown.value.verdict, norms(unknown, Severity.WARNING)) == (Verdict.WAIT, [norm])


# ------------------------------------------------------------------------------------- the candidate for President


@pytest.mark.norm("L53.7.2")
@pytest.mark.parametrize(
    ("valid", "verdict"), [(30_000, Verdict.REGISTER), (29_999, Verdict.REFUSE), (None, Verdict.WAIT)]
)
def test_signatures_of_voters(valid: int | None, verdict: Verdict) -> None:
    outcome = decide(person(valid_signatures=valid), LAW)
    assert outcome.value.verdict is verdict
    assert outcome.value.grounds == (("L53.7.2",) if verdict is Verdict.REFUSE else ())


@pytest.mark.norm("L53.7.3")
@pytest.mark.parametrize(("bar", "ground"), BARS[Contest.PRESIDENT].items())
def test_who_has_no_right_to_be_elected_is_refused(bar: Bar, ground: Any) -> None:
    outcome = decide(person(bars=frozenset({bar})), LAW)
    assert (outcome.value.verdict, outcome.value.grounds) == (Verdict.REFUSE, ("L53.7.3",))
    assert outcome.errors[0].facts["behind"] == ground.behind


@pytest.mark.norm("L53.7.3")
def test_a_right_that_is_not_checked_is_waited_for() -> None:
    outcome = decide(person(bars=None), LAW)
    assert (outcome.value.verdict, norms(outcome, Severity.WARNING)) == (Verdict.WAIT, ["L53.7.3"])


@pytest.mark.norm("L53.7.5")
def test_the_use_of_office_is_a_ground() -> None:
    assert decide(person(used_office=True), LAW).value.grounds == ("L53.7.5",)


def test_every_ground_is_named() -> None:
    outcome = decide(
        replace(person(used_office=True, valid_signatures=0, bars=frozenset({Bar.TOO_OLD})), fund_created=False), LAW
    )
    assert set(outcome.value.grounds) == {"L53.7.2", "L53.7.3", "L53.7.4", "L53.7.5"}


# ------------------------------------------------------------------------------------- the list and its candidates


@pytest.mark.norm("L61.7.2", "L61.3.d")
@pytest.mark.parametrize(("breach", "ground"), NOMINATION.items())
def test_rules_on_nomination_that_were_not_kept(breach: NominationBreach, ground: Any) -> None:
    notice = local("2020-08-28 09:00")
    broken = replace(LIST, party_list=PartyList("party", LISTED, frozenset({breach})), notice_received_at=notice)
    at_once = decide(broken, LAW)
    assert at_once.value.verdict is (Verdict.REFUSE if breach in BEYOND_CURE else Verdict.WAIT)
    assert at_once.findings[0].facts["behind"] == ground.behind
    over = decide(replace(broken, at=notice + timedelta(hours=48)), LAW)
    assert (over.value.verdict, over.value.grounds) == (Verdict.REFUSE, ("L61.7.2",))


@pytest.mark.norm("L61.7.2")
def test_a_nomination_that_is_not_checked_is_waited_for() -> None:
    outcome = decide(replace(LIST, party_list=PartyList("party", LISTED, None)), LAW)
    assert (outcome.value.verdict, norms(outcome, Severity.WARNING)) == (Verdict.WAIT, ["L61.7.2"])


@pytest.mark.norm("L61.7.3", "L61.7.6", "L61.8")
@pytest.mark.parametrize(("bar", "ground"), BARS[Contest.LISTS].items())
def test_a_candidate_without_the_right_to_be_elected_is_taken_off_and_the_others_close_up(
    bar: Bar, ground: Any
) -> None:
    outcome = decide(listed(2, bars=frozenset({bar})), LAW)
    assert outcome.value.verdict is Verdict.REGISTER
    assert outcome.value.excluded == {"c2": (ground.norm,)}
    assert outcome.value.order[:2] == ("c1", "c3")
    assert len(outcome.value.order) == 75
    assert norms(outcome, Severity.WARNING) == [ground.norm]


@pytest.mark.norm("L61.4", "L61.7.4", "L61.8")
def test_nobody_is_registered_on_two_lists() -> None:
    outcome = decide(listed(76, other_list="other"), LAW)
    assert outcome.value.excluded == {"c76": ("L61.7.4",)}
    assert outcome.findings[0].facts["behind"] == "L61.4"


@pytest.mark.norm("L61.1.2", "L61.7.1", "L61.8")
@pytest.mark.parametrize("paper", OF_LISTED)
def test_a_candidate_whose_paper_never_comes_is_taken_off(paper: Paper) -> None:
    file = listed(3, papers=without(received(OF_LISTED, FILED), paper))
    waiting = decide(file, LAW)
    assert (waiting.value.verdict, norms(waiting, Severity.WARNING)) == (Verdict.WAIT, ["L61.1.2"])
    assert waiting.findings[0].code == "registration_candidate_paper_missing"
    closing = decide(replace(file, at=LISTS_ENDS), LAW)
    assert closing.value.excluded == {"c3": ("L61.7.1",)}


@pytest.mark.norm("L61.1.2", "L61.3.d")
def test_a_defective_paper_of_a_candidate_is_corrected_in_the_48_hours() -> None:
    notice = local("2020-08-21 10:00")
    papers = {**received(OF_LISTED, FILED), Paper.DATA_FORM.value: Received(FILED, defective=True)}
    file = replace(listed(3, papers=papers), notice_received_at=notice)
    waiting = decide(replace(file, at=notice + timedelta(hours=47)), LAW)
    assert waiting.value.verdict is Verdict.WAIT
    assert [found.code for found in waiting.findings] == ["registration_candidate_paper_defective"]
    over = decide(file, LAW)
    assert (over.value.verdict, over.value.excluded) == (Verdict.REGISTER, {"c3": ("L61.7.1",)})


@pytest.mark.norm("L61.7.3")
def test_a_candidate_whose_right_is_not_checked_is_waited_for() -> None:
    outcome = decide(listed(5, bars=None), LAW)
    assert (outcome.value.verdict, norms(outcome, Severity.WARNING)) == (Verdict.WAIT, ["L61.7.3"])


@pytest.mark.norm("L61.8")
def test_a_list_that_exclusions_leave_too_short_is_put_to_the_commission() -> None:
    one_out = replace(listed(1, other_list="x"))
    assert decide(one_out, LAW).unsettled is None  # 75 are left
    assert one_out.party_list is not None
    others = list(one_out.party_list.candidates)
    others[1] = replace(others[1], other_list="x")
    outcome = decide(replace(LIST, party_list=PartyList("party", tuple(others), frozenset())), LAW)
    assert outcome.value.verdict is Verdict.PUT_TO_COMMISSION
    assert outcome.unsettled is not None
    assert outcome.unsettled.norms == ("L61.8", "L60.3.a")


@pytest.mark.norm("L61.8")
def test_a_list_of_which_nobody_is_left_is_refused_on_the_grounds_of_its_candidates() -> None:
    nobody = tuple(replace(each, bars=frozenset({Bar.TOO_YOUNG})) for each in LISTED)
    outcome = decide(replace(LIST, party_list=PartyList("party", nobody, frozenset())), LAW)
    assert (outcome.value.verdict, outcome.value.grounds) == (Verdict.REFUSE, ("L61.7.3",))


# ------------------------------------------------------------------------------------- facts and speed


@pytest.mark.parametrize(
    "changed",
    [
        {"candidate": None},
        {"party_list": PartyList("p", (), None)},
        {"election": LISTS},
        {"papers": {"nomination_decision": Received(FILED)}},
        {"at": local("2017-08-28 09:59")},
        {"notice_received_at": local("2017-08-28 09:59")},
    ],
)
def test_a_file_that_cannot_be_is_none(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        candidate(**changed)


def test_nobody_is_registered_for_a_repeat_voting() -> None:
    repeat_voting = replace(PRESIDENT, kind=Kind.REPEAT_VOTING)
    with pytest.raises(ValueError, match="repeat voting"):
        candidate(election=repeat_voting)
    with pytest.raises(ValueError, match="repeat voting"):
        Inconsistencies(repeat_voting, FILED, FILED)
    with pytest.raises(ValueError, match="repeat voting"):
        Refusal(repeat_voting, FILED, FILED)
    with pytest.raises(ValueError, match="repeat voting"):
        Registered(repeat_voting, FILED, FILED)


def test_people_and_papers_that_cannot_be_are_none() -> None:
    with pytest.raises(ValueError, match="no bar"):
        PresidentialCandidate("c", bars=frozenset({Bar.NO_ELECTORAL_RIGHT}))
    with pytest.raises(ValueError, match="no bar"):
        ListedCandidate("c", {}, frozenset({Bar.RESIDENCE}))
    with pytest.raises(ValueError, match="named twice"):
        PartyList("p", (LISTED[0], LISTED[0]))
    with pytest.raises(ValueError, match="defective"):
        Received(FILED, corrected_at=FILED)
    with pytest.raises(ValueError, match="after it came"):
        Received(FILED, defective=True, corrected_at=FILED - SECOND)
