"""From signed TEC protocols to a determined result, and every obstacle on the way by its name (Art. 36, 37, 55, 64)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.commissions.actions import Plan, call_sitting
from shailoo.commissions.models import Sitting
from shailoo.counting.models import Protocol
from shailoo.elections.models import Election, Voting, VotingPrecinct
from shailoo.law.determination import Violation
from shailoo.law.mandates import Allocation
from shailoo.law.outcome import Refused
from shailoo.law.presidential import Decision
from shailoo.ledger import queries as ledger
from shailoo.ledger.models import Act
from shailoo.results import actions, matters, queries
from shailoo.results.actions.invalidation import Grounds
from shailoo.results.models import Determination, Invalidation, QuestionDecided, ReadingTaken, TecProtocol
from tests.commissions.sittings import done, in_session
from tests.results import scene as scenes
from tests.results.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    """Eight precincts with full protocols, every TEC protocol signed: nothing stands in the way."""
    built = scenes.build()
    scenes.all_protocols(built)
    scenes.sign_all(built)
    return built


@pytest.fixture
def open_scene() -> Scene:
    """Full protocols, no TEC protocol signed."""
    built = scenes.build()
    scenes.all_protocols(built)
    return built


def determine(scene: Scene, *, reason: str = "") -> Determination | Refused:
    return scenes.determine(scene, reason=reason)


def determined(scene: Scene, **rest: str) -> Determination:
    made = determine(scene, **rest)
    assert isinstance(made, Determination), made
    return made


def refused(answer: object) -> set[str]:
    assert isinstance(answer, Refused), answer
    return set(answer.codes)


def invalidate(scene: Scene, number: str) -> None:
    made = actions.invalidate(
        scene.voting, scene.precincts[number], scenes.court(scene, number), by=scene.cec_chair, at=scene.now()
    )
    assert isinstance(made, Invalidation), made


def recount(scene: Scene, number: str, votes: list[int]) -> None:
    before = Protocol.objects.get(voting=scene.voting, precinct__number=number, state="accepted")
    Protocol.objects.filter(pk=before.pk).update(state="replaced")
    scenes.protocol(scene, number, votes, version=before.version + 1, replaces=before)


# ------------------------------------------------------------------------------------- the whole way


@pytest.mark.norm("L37.1.a", "L64.3.b")
def test_with_nothing_in_the_way_the_result_is_determined_with_every_step(scene: Scene) -> None:
    made = determined(scene)
    assert made.outcome == "allocated"
    assert made.value["seats"] == {"p01": 60, "p02": 40, "p03": 20}
    assert made.figures["national"]["votes"] == [2400, 1600, 800]
    outcome = queries.why(scene.voting)
    assert isinstance(outcome.value, Allocation)
    assert outcome.value.seats == made.value["seats"]
    assert outcome.steps == queries.reckoned(scene.voting, queries.tabulate(scene.voting)).steps
    assert [row.seats for row in queries.seats(scene.voting)] == [60, 40, 20]


def test_a_determination_is_in_the_chain_of_the_commission(scene: Scene) -> None:
    determined(scene)
    acts = ledger.acts_on(f"voting:{scene.voting.pk}")
    assert [act.name for act in acts] == ["result.determined"]
    assert acts[0].grounds[0] == "L37.1.a"
    assert ledger.breaks() == []


def test_a_determined_result_stays_what_it_was_when_the_figures_move_on(scene: Scene) -> None:
    made = determined(scene)
    recount(scene, "1001", [0, 600, 0])
    outcome = queries.why(scene.voting)
    assert isinstance(outcome.value, Allocation)
    assert outcome.value.seats == made.value["seats"]
    assert not queries.rests_on(made, scene.voting, queries.tabulate(scene.voting))


def test_a_new_determination_needs_a_reason_and_something_new(scene: Scene) -> None:
    determined(scene)
    assert refused(determine(scene)) == {"reason_missing"}
    assert refused(determine(scene, reason="дагы бир жолу")) == {"nothing_changed"}
    recount(scene, "1001", [0, 600, 0])
    scenes.sign(scene, "KG02", reason="кайра санап чыгуу")
    second = determined(scene, reason="кайра санап чыгуу")
    assert second.version == 2
    assert second.value["seats"] == {"p01": 53, "p02": 50, "p03": 17}
    assert Determination.objects.get(version=1).value["seats"]["p01"] == 60


def test_a_refused_determination_leaves_nothing_behind(open_scene: Scene) -> None:
    before = ledger.acts_on(f"voting:{open_scene.voting.pk}").count()
    assert "tec_protocol_unsigned" in refused(determine(open_scene))
    assert not Determination.objects.exists()
    assert ledger.acts_on(f"voting:{open_scene.voting.pk}").count() == before


# ------------------------------------------------------------------------------------- obstacles by name


def test_nothing_in_the_way_means_no_obstacle(scene: Scene) -> None:
    assert queries.draft(scene.voting).ready
    assert scenes.obstacle_codes(scene) == set()


@pytest.mark.norm("L36.2.b2")
def test_a_missing_protocol_is_an_obstacle() -> None:
    scene = scenes.build()
    for number in list(scene.precincts)[1:]:
        scenes.protocol(scene, number, [300, 200, 100])
    found = [each for each in queries.draft(scene.voting).obstacles if each.code == "protocol_missing"]
    assert [(each.norm, each.facts) for each in found] == [("L36.2.b2", {"precinct": "1001"})]
    assert "protocol_missing" in refused(determine(scene))


@pytest.mark.parametrize(("state", "code"), [("parked", "protocol_parked"), ("to_explain", "protocol_unexplained")])
def test_a_quarantined_protocol_is_an_obstacle(scene: Scene, state: str, code: str) -> None:
    before = Protocol.objects.get(precinct__number="1001")
    Protocol.objects.filter(pk=before.pk).update(state="replaced")
    scenes.protocol(scene, "1001", [300, 200, 100], version=2, replaces=before, state=state)
    assert code in refused(determine(scene))


@pytest.mark.norm("L36.2.c4")
def test_an_unsigned_tec_protocol_is_an_obstacle(open_scene: Scene) -> None:
    for code in ("KG02", "KG03", "KG11"):
        scenes.sign(open_scene, code)
    found = queries.draft(open_scene.voting).obstacles
    assert [(each.code, each.facts["commission"]) for each in found] == [("tec_protocol_unsigned", "tec-abroad")]


@pytest.mark.norm("L37.1.a", "L64.1")
def test_pec_sums_that_differ_from_tec_sums_are_named_by_line(scene: Scene) -> None:
    recount(scene, "1001", [299, 201, 100])
    lines = {(each.tec, each.line): (each.pec, each.tec_value) for each in queries.disagreements(scene.voting)}
    assert lines == {
        ("tec-kg02", "votes.p01"): (599, 600),
        ("tec-kg02", "votes.p02"): (401, 400),
        ("tec-kg02", "protocols"): (1, 1),
    }
    assert refused(determine(scene)) == {"pec_and_tec_sums_differ"}
    scenes.sign(scene, "KG02", reason="кайра санап чыгуу")
    assert queries.disagreements(scene.voting) == ()


def test_a_recount_with_equal_figures_still_outdates_the_summary_table(scene: Scene) -> None:
    recount(scene, "1001", [300, 200, 100])
    assert [each.line for each in queries.disagreements(scene.voting)] == ["protocols"]
    assert refused(determine(scene)) == {"pec_and_tec_sums_differ"}


@pytest.mark.norm("L37.3.b")
def test_an_unknown_base_is_an_obstacle_until_another_reading_is_taken() -> None:
    scene = scenes.build()
    scenes.all_protocols(scene, lines={"participated": None, "invalid": None})
    scenes.sign_all(scene)
    assert refused(determine(scene)) == {"base_unknown"}
    taken = scenes.take_reading(scene, "threshold_base", "valid_with_against_all")
    assert isinstance(taken, ReadingTaken)
    assert determined(scene).readings == {"threshold_base": "valid_with_against_all"}


def test_complaints_are_decided_before_the_result(scene: Scene) -> None:
    answer = scenes.determine(scene, heard=actions.Complaints(received=3, decided=2))
    assert refused(answer) == {"CR57"}


def test_a_precinct_that_its_tec_left_out_waits_for_a_decision_of_the_cec() -> None:
    scene = scenes.build()
    for number in list(scene.precincts)[1:]:
        scenes.protocol(scene, number, [300, 200, 100])
    scenes.sign(scene, "KG02", not_summed={"1001": "добуш берүү өткөн жок"})
    for code in ("KG03", "KG11", "ABROAD"):
        scenes.sign(scene, code)
    assert refused(determine(scene)) == {"question_unsettled"}
    decide(scene, "precincts_not_summed", "wait")
    assert refused(determine(scene)) == {"precincts_awaited"}
    decide(scene, "precincts_not_summed", "determine_without_them")
    made = determined(scene)
    assert made.settles["precincts_not_summed"]["option"] == "determine_without_them"


def decide(scene: Scene, question: str, option: str) -> QuestionDecided:
    made = scenes.answer_question(scene, question, option)
    assert isinstance(made, QuestionDecided), made
    return made


# ------------------------------------------------------------------------------------- open questions


@pytest.mark.norm("L64.3.f")
def test_a_tie_that_the_law_leaves_open_is_decided_by_the_commission_and_stands_in_the_steps() -> None:
    scene = scenes.build(lists=7)
    scene.voting.options.update(registered=1)
    scenes.all_protocols(scene, [100] * 7)
    scenes.sign_all(scene)
    draft = queries.draft(scene.voting)
    assert [each.unsettled.question for each in draft.questions] == ["equal_remainder_votes_and_registration"]
    assert refused(determine(scene)) == {"question_unsettled"}
    taken = decide(scene, "equal_remainder_votes_and_registration", "p03")
    made = determined(scene)
    assert made.value["seats"] == {f"p{n:02}": 18 if n == 3 else 17 for n in range(1, 8)}
    last = queries.recorded_steps(made)[-1]
    assert (last.code, last.facts["option"], last.facts["decision"]) == ("settled_by_decision", "p03", taken.decision)
    outcome = queries.why(scene.voting)
    assert isinstance(outcome.value, Allocation)
    assert outcome.value.seats == made.value["seats"]


@pytest.mark.parametrize("option", ["p99", "", "p01,p02", "p01,p01"])
def test_a_decision_is_one_of_the_options(option: str) -> None:
    scene = scenes.build(lists=7)
    scene.voting.options.update(registered=1)
    scenes.all_protocols(scene, [100] * 7)
    answer = scenes.answer_question(scene, "equal_remainder_votes_and_registration", option)
    assert refused(answer) == {"not_an_option"}


def test_a_decision_lapses_when_the_figures_that_it_was_about_change() -> None:
    scene = scenes.build(lists=7)
    scene.voting.options.update(registered=1)
    scenes.all_protocols(scene, [100] * 7)
    scenes.sign_all(scene)
    decide(scene, "equal_remainder_votes_and_registration", "p03")
    recount(scene, "1001", [99] * 7)
    scenes.sign(scene, "KG02", reason="кайра санап чыгуу")
    assert refused(determine(scene)) == {"question_unsettled"}


def test_a_question_that_nobody_asked_is_not_decided(scene: Scene) -> None:
    answer = scenes.answer_question(scene, "tie", "p01")
    assert refused(answer) == {"question_not_open"}


@pytest.mark.norm("L37.6.2")
def test_a_court_decision_makes_the_result_null_and_void(scene: Scene) -> None:
    decide(scene, "null_by_court", "null_and_void")
    made = determined(scene)
    assert made.outcome == "null_and_void"
    assert "L37.6.2" in made.grounds
    assert queries.seats(scene.voting)[0].seats == 0


# ------------------------------------------------------------------------------------- invalid precincts


@pytest.mark.norm("L37.6.1")
@pytest.mark.parametrize(("participated", "outcome"), [(2100, "allocated"), (2101, "null_and_void")])
def test_more_than_a_third_of_participants_at_invalid_precincts_voids_the_result_and_a_third_does_not(
    participated: int, outcome: str
) -> None:
    scene = scenes.build()
    for number in list(scene.precincts)[1:]:
        scenes.protocol(scene, number, [300, 200, 100])
    scenes.protocol(scene, "1001", [participated, 0, 0])
    invalidate(scene, "1001")
    scenes.sign_all(scene)
    assert queries.draft(scene.voting).outcome.value.result == outcome


@pytest.mark.norm("L37.4.b2")
def test_invalid_precincts_that_could_change_seats_need_a_decision(scene: Scene) -> None:
    invalidate(scene, "1001")
    scenes.sign(scene, "KG02", reason="участок жараксыз деп табылды")
    assert refused(determine(scene)) == {"question_unsettled"}
    decide(scene, "invalid_precincts_affect_result", "repeat_voting")
    assert refused(determine(scene)) == {"repeat_voting_at_precincts_due"}
    decide(scene, "invalid_precincts_affect_result", "result_stands")
    assert determined(scene).figures["national"]["invalidated"] == 1


def test_invalid_precincts_that_can_change_nothing_need_none(scene: Scene) -> None:
    VotingPrecinct.objects.filter(precinct__number="1001").update(voters_listed=0)
    invalidate(scene, "1001")
    scenes.sign(scene, "KG02", reason="участок жараксыз деп табылды")
    assert queries.draft(scene.voting).questions == ()
    assert determined(scene).version == 1


def test_an_invalid_precinct_without_known_participants_is_an_obstacle(scene: Scene) -> None:
    before = Protocol.objects.get(precinct__number="1001")
    Protocol.objects.filter(pk=before.pk).update(state="replaced")
    invalidate(scene, "1001")
    assert "invalid_participants_unknown" in scenes.obstacle_codes(scene)


def test_lifting_an_invalidation_brings_the_precinct_back_and_keeps_both_decisions(scene: Scene) -> None:
    whole = queries.tabulate(scene.voting).national
    invalidate(scene, "1001")
    assert queries.tabulate(scene.voting).national.summed == 7
    asked = matters.lifting(scene.voting, scene.precincts["1001"])
    lifting = replace(scenes.court(scene), decision=scenes.decision(scene, asked))
    lifted = actions.lift(scene.voting, scene.precincts["1001"], lifting, by=scene.cec_chair, at=scene.now())
    assert isinstance(lifted, Invalidation)
    assert queries.tabulate(scene.voting).national == whole
    assert Invalidation.objects.count() == 2
    again = actions.lift(scene.voting, scene.precincts["1001"], lifting, by=scene.cec_chair, at=scene.now())
    assert refused(again) == {"not_invalid"}


@pytest.mark.norm("L37.4.1", "L37.4.3", "L37.4.5")
@pytest.mark.parametrize(
    ("ground", "violations", "superior", "code"),
    [
        (Invalidation.Ground.NO_CERTAINTY, (), "", "violation_missing"),
        (Invalidation.Ground.NO_CERTAINTY, (Violation.BRIBING_VOTERS,), "", "violation_missing"),
        (Invalidation.Ground.SUPERIOR_DECISION, (), "", "decision_reference_missing"),
        (Invalidation.Ground.BALLOTS_INVALIDATED, (), "", "ballots_not_invalidated"),
    ],
)
def test_an_invalidation_needs_its_ground_on_paper(
    scene: Scene, ground: Invalidation.Ground, violations: tuple[Violation, ...], superior: str, code: str
) -> None:
    by = scene.tec_chair()
    grounds = replace(scenes.court(scene, by=by), ground=ground, violations=violations, superior_decision=superior)
    answer = actions.invalidate(scene.voting, scene.precincts["1001"], grounds, by=by, at=scene.now())
    assert refused(answer) == {code}
    assert not Invalidation.objects.exists()


def test_a_precinct_is_invalidated_once_by_its_own_tec(scene: Scene) -> None:
    precinct = scene.precincts["1001"]

    def bribes(by: Office) -> Invalidation | Refused:
        asked = matters.invalidation(scene.voting, precinct)
        taken = scenes.decision(scene, asked, by)
        grounds = Grounds(Invalidation.Ground.WILL_AFFECTED, taken, violations=(Violation.BRIBING_VOTERS,))
        return actions.invalidate(scene.voting, precinct, grounds, by=by, at=scene.now())

    assert refused(bribes(scene.tec_chair("KG03"))) == {"other_territory"}
    assert refused(bribes(scene.cec_chair)) == {"ground_is_the_tecs"}
    own = bribes(scene.tec_chair())
    assert isinstance(own, Invalidation)
    assert own.violations == ["bribing_voters"]
    assert refused(bribes(scene.tec_chair())) == {"already_invalid"}


# ------------------------------------------------------------------------------------- TEC protocols


@pytest.mark.norm("L36.2.b3")
def test_a_tec_protocol_holds_the_sums_and_every_row_of_the_summary_table(open_scene: Scene) -> None:
    signed = scenes.sign(open_scene, "KG02")
    assert (signed.pec_count, signed.protocols_used, signed.votes) == (2, 2, [600, 400, 200])
    assert signed.sums["participated"] == 1200
    assert [row[:2] for row in signed.table] == [["1001", 1], ["1002", 1]]


def sign(scene: Scene, by: Office, **rest: object) -> TecProtocol | Refused:
    meeting = rest.pop("meeting", None) or actions.FinalMeeting(scenes.final_sitting(scene))
    assert isinstance(meeting, actions.FinalMeeting)
    at = scene.now()
    return actions.sign_tec_protocol(scene.voting, scene.tecs["KG02"], by=by, at=at, meeting=meeting)


def test_a_tec_does_not_sign_while_a_protocol_is_missing_or_parked() -> None:
    scene = scenes.build()
    scenes.protocol(scene, "1001", [300, 200, 100], state="parked")
    assert refused(sign(scene, scene.tec_chair())) == {"protocol_parked", "protocol_missing", "CR60"}
    signed = scenes.sign(scene, "KG02", not_summed={"1001": "санап чыгуу күтүлүүдө", "1002": "өткөн жок"})
    assert (signed.protocols_used, len(signed.not_summed)) == (0, 2)


def test_a_precinct_that_is_summed_cannot_be_listed_as_left_out(open_scene: Scene) -> None:
    answer = actions.sign_tec_protocol(
        open_scene.voting,
        open_scene.tecs["KG02"],
        by=open_scene.tec_chair(),
        at=open_scene.now(),
        meeting=actions.FinalMeeting(scenes.final_sitting(open_scene, at=open_scene.clock)),
        not_summed={"1001": "себеп"},
    )
    assert "listed_but_summed" in refused(answer)


@pytest.mark.norm("L36.2.c1")
def test_a_tec_meets_and_decides_every_complaint_before_it_signs(open_scene: Scene) -> None:
    chair, meeting = open_scene.tec_chair(), actions.FinalMeeting
    slug = open_scene.voting.election.slug
    body = chair.body
    wrong = {
        "final_sitting_missing": None,
        "final_sitting_of_another_commission": scenes.final_sitting(open_scene, "KG03"),
        "meeting_after_signing": scenes.final_sitting(open_scene, at=open_scene.clock + timedelta(days=1)),
        "final_sitting_not_held": called(open_scene),
    }
    for code, sitting in wrong.items():
        assert refused(sign(open_scene, chair, meeting=meeting(sitting))) == {code}
    regular, _members = in_session(body, at=open_scene.now(), election=slug)
    elsewhere, _members = in_session(body, at=open_scene.now(), kind=Sitting.Kind.FINAL)
    for sitting in (regular, elsewhere):
        assert refused(sign(open_scene, chair, meeting=meeting(sitting))) == {"not_the_final_sitting"}
    held = scenes.final_sitting(open_scene)
    undecided = meeting(held, complaints_received=2, complaints_decided=1)
    assert refused(sign(open_scene, chair, meeting=undecided)) == {"CR57"}
    signed = sign(open_scene, chair, meeting=meeting(held))
    assert isinstance(signed, TecProtocol)
    assert (signed.final_sitting, signed.final_meeting_at) == (held, held.opened_at)
    act = Act.objects.get(name="tec_protocol.signed")
    assert held.ledger_name in act.grounds
    payload = json.loads(act.payload)
    assert (payload["final_sitting"], payload["members_present"]) == (str(held), 3)


def called(scene: Scene) -> Sitting:
    """A final sitting of the TEC that was called and not opened."""
    plan = Plan("Бишкек", scene.clock + timedelta(hours=2), Sitting.Kind.FINAL, scene.voting.election.slug)
    return done(call_sitting(scene.tecs["KG02"], plan, by=scene.tec_chair(), at=scene.now()))


def test_a_new_tec_protocol_needs_changed_figures_and_a_reason(open_scene: Scene) -> None:
    scenes.sign(open_scene, "KG02")
    assert refused(sign(open_scene, open_scene.tec_chair())) == {"nothing_changed"}
    recount(open_scene, "1001", [299, 201, 100])
    assert refused(sign(open_scene, open_scene.tec_chair())) == {"reason_missing"}
    assert scenes.sign(open_scene, "KG02", reason="кайра санап чыгуу").version == 2


# ------------------------------------------------------------------------------------- readings


def take(scene: Scene, parameter: str, option: str, *, reopens: str = "") -> ReadingTaken | Refused:
    return scenes.take_reading(scene, parameter, option, reopens=reopens)


def test_a_reading_is_one_of_the_options_and_a_change(scene: Scene) -> None:
    assert refused(take(scene, "threshold", "9/100")) == {"no_such_reading"}
    assert refused(take(scene, "threshold_base", "all_voters")) == {"no_such_option"}
    assert refused(take(scene, "threshold_base", "participated")) == {"reading_taken_already"}
    assert isinstance(take(scene, "threshold_base", "list_votes"), ReadingTaken)
    assert Election.objects.get().edition.threshold_base == "list_votes"


def test_after_a_determination_a_reading_reopens_it_in_so_many_words(scene: Scene) -> None:
    made = determined(scene)
    assert refused(take(scene, "threshold_base", "list_votes")) == {"already_determined"}
    assert isinstance(take(scene, "threshold_base", "list_votes", reopens="сот чечими"), ReadingTaken)
    assert not queries.rests_on(made, scene.voting, queries.tabulate(scene.voting))
    assert determined(scene, reason="окуу өзгөрдү").version == 2


# ------------------------------------------------------------------------------------- who may


def test_only_the_offices_of_the_table_do_these_acts(open_scene: Scene) -> None:
    """Every role at the body where it belongs, against every act; refused roles leave nothing behind."""
    scene = open_scene
    for role in Role:
        body = scene.cec_chair.body if role.startswith("cec") or role == Role.PUBLIC else scene.tecs["KG02"].body
        office = Office.objects.filter(role=role, body=body).first() or scenes.office(body, role)
        for act, answer in {
            "results.sign_tec_protocol": sign(scene, office),
            "results.determine": actions.determine(scene.voting, decision=None, by=office, at=scene.now()),
            "results.take_reading": actions.take_reading(
                scene.voting.election, parameter="", option="", decision=None, by=office, at=scene.now()
            ),
            "results.invalidate": actions.invalidate(
                scene.voting,
                scene.precincts["1001"],
                Grounds(Invalidation.Ground.COURT_DECISION, None),
                by=office,
                at=scene.now(),
            ),
        }.items():
            stopped = isinstance(answer, Refused) and answer.codes == ("office_may_not",)
            assert stopped is (role not in MAY[act]), (role, act)


# ------------------------------------------------------------------------------------- a President


def presidential(votes: list[int], *, voting: Voting.Kind = Voting.Kind.GENERAL) -> Scene:
    scene = scenes.build(kind=Election.Kind.PRESIDENTIAL, lists=len(votes), voting=voting)
    scenes.all_protocols(scene, votes)
    scenes.sign_all(scene)
    return scene


@pytest.mark.norm("L55.4")
@pytest.mark.parametrize(
    ("votes", "outcome", "elected", "candidates"),
    [
        ([301, 200, 100], "elected", "p01", []),
        ([300, 200, 100], "repeat_voting", None, ["p01", "p02"]),
    ],
)
def test_a_president_is_elected_by_more_than_half_and_not_by_half(
    votes: list[int], outcome: str, elected: str | None, candidates: list[str]
) -> None:
    made = determined(presidential(votes))
    assert (made.outcome, made.value["elected"], made.value["candidates"]) == (outcome, elected, candidates)


@pytest.mark.norm("L56.1")
def test_a_tie_for_the_second_place_is_decided_by_the_commission() -> None:
    scene = presidential([300, 200, 200])
    assert refused(determine(scene)) == {"question_unsettled"}
    decide(scene, "tie_for_repeat_voting", "p03")
    made = determined(scene)
    assert (made.outcome, made.value["candidates"]) == ("repeat_voting", ["p01", "p03"])
    outcome = queries.why(scene.voting)
    assert isinstance(outcome.value, Decision)
    assert outcome.value.candidates == ("p01", "p03")


@pytest.mark.norm("L56.4")
def test_the_larger_number_elects_in_the_repeat_voting() -> None:
    made = determined(presidential([200, 201], voting=Voting.Kind.REPEAT))
    assert (made.outcome, made.value["elected"]) == ("elected", "p02")
    assert queries.sensitivity(made.voting) is None
